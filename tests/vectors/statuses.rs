//! `statuses.json`

use fetch_cors::browser::response::Status;
use serde::Deserialize;
use serde_json::Value;

use crate::{expect, read};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(clippy::struct_excessive_bools, reason = "the classes are independent")]
struct Case {
    status: u16,
    valid: bool,
    ok: bool,
    redirect: bool,
    null_body: bool,
}

pub(crate) fn check(case: &Value) -> Result<(), String> {
    let case: Case = read(case)?;
    let status = Status::new(case.status).ok();
    expect("valid", status.map(Status::as_u16), case.valid.then_some(case.status))?;
    expect("ok", status.is_some_and(Status::is_ok), case.ok)?;
    expect("redirect", status.is_some_and(Status::is_redirect), case.redirect)?;
    expect("null_body", status.is_some_and(Status::is_null_body), case.null_body)
}
