//! `header-names.json`, `forbidden-request-headers.json`

use fetch_cors::header::HeaderName;
use serde::Deserialize;
use serde_json::Value;

use crate::{bytes::Bytes, expect, read};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    name: String,
    valid: bool,
    classes: Vec<String>,
}

pub(crate) fn check(case: &Value) -> Result<(), String> {
    let case: Case = read(case)?;
    let name = HeaderName::new(&case.name).ok();
    expect("valid", name.is_some(), case.valid)?;
    let Some(name) = name else { return Ok(()) };
    let classes = [
        ("cors-non-wildcard", name.is_cors_non_wildcard_request_header_name()),
        ("cors-safelisted-response", name.is_cors_safelisted_response_header_name()),
        ("forbidden-response", name.is_forbidden_response_header_name()),
        ("no-cors-safelisted", name.is_no_cors_safelisted_request_header_name()),
        ("privileged-no-cors", name.is_privileged_no_cors_request_header_name()),
        ("request-body", name.is_request_body_header_name()),
    ];
    let classes: Vec<&str> = classes.into_iter().filter(|class| class.1).map(|class| class.0).collect();
    expect("classes", classes, case.classes.iter().map(String::as_str).collect())
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct HeaderCase {
    name: String,
    value: Bytes,
    forbidden: bool,
}

pub(crate) fn check_forbidden(case: &Value) -> Result<(), String> {
    let case: HeaderCase = read(case)?;
    let name = HeaderName::new(&case.name).map_err(|error| error.to_string())?;
    expect("forbidden", name.is_forbidden_request_header(&case.value.0), case.forbidden)
}
