//! `request-init.json`

use fetch_cors::browser::request::RequestErrorReason;
use serde::Deserialize;
use serde_json::Value;

use crate::{
    bytes::HeaderList,
    expect, read,
    request::{Description, expect_step},
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    request: Description,
    throws: Option<String>,
    method: Option<String>,
    headers: Option<HeaderList>,
}

pub(crate) fn check(case: &Value) -> Result<(), String> {
    let Case { request, throws, method, headers } = read(case)?;
    request.with(|request| match (request, throws) {
        (Err(error), Some(throws)) if throws == "Web IDL" => match error.reason {
            RequestErrorReason::ModeUnknown { .. } => Ok(()),
            reason => Err(format!("throws for {reason:?}, expected Web IDL to")),
        },
        (Err(error), Some(throws)) => expect_step(error.step, &throws),
        (Err(error), None) => Err(format!("throws: {error}")),
        (Ok(_), Some(throws)) => Err(format!("does not throw, expected {throws}")),
        (Ok(request), None) => {
            expect("method", Some(request.method().as_str()), method.as_deref())?;
            expect("headers", Some(request.headers().header_list().collect()), headers)
        }
    })
}
