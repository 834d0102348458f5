//! `methods.json`

use fetch_cors::method::Method;
use serde::Deserialize;
use serde_json::Value;

use crate::{expect, read};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    method: String,
    normalized: Option<String>,
    cors_safelisted: bool,
    forbidden: bool,
}

pub(crate) fn check(case: &Value) -> Result<(), String> {
    let case: Case = read(case)?;
    let method = Method::new(&case.method).ok();
    expect("normalized", method.map(|method| method.normalize().as_str()), case.normalized.as_deref())?;
    expect("cors_safelisted", method.is_some_and(Method::is_cors_safelisted), case.cors_safelisted)?;
    expect("forbidden", method.is_some_and(Method::is_forbidden), case.forbidden)
}
