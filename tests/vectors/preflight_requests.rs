//! `preflight-requests.json`

use fetch_cors::browser::{
    Profile,
    preflight::{PreflightRequest, preflight_request},
};
use serde::Deserialize;
use serde_json::Value;

use crate::{bytes::HeaderList, expect, read, request::Description};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    request: Description,
    preflight: Preflight,
}

#[derive(Debug, Deserialize, PartialEq)]
#[serde(deny_unknown_fields)]
struct Preflight {
    method: String,
    url: String,
    headers: HeaderList,
}

pub(crate) fn check(case: &Value) -> Result<(), String> {
    let Case { request, preflight: expected } = read(case)?;
    request.with_request(|request| {
        let preflight = preflight_request(&request, &Profile::FETCH);
        let mut headers = HeaderList::default();
        for (name, value) in preflight.headers() {
            headers.push(name.as_str(), value.to_string().as_bytes());
        }
        let method = PreflightRequest::METHOD.as_str().to_owned();
        expect("preflight", Preflight { method, url: preflight.url.to_string(), headers }, expected)
    })
}
