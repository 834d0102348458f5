//! `routes.json`

use fetch_cors::browser::{
    Profile,
    request::UseCorsPreflightFlag,
    route::{PreflightReasons, Route, Scheme, route, scheme_fetch},
};
use serde::Deserialize;
use serde_json::Value;

use crate::{
    expect, read,
    request::{Description, expect_step},
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    request: Description,
    route: Option<String>,
    error: Option<String>,
    reasons: Option<Reasons>,
    scheme_fetch: Option<String>,
}

#[derive(Debug, Deserialize, PartialEq)]
#[serde(deny_unknown_fields)]
struct Reasons {
    flag: bool,
    method: bool,
    headers: Vec<String>,
}

impl From<PreflightReasons<'_>> for Reasons {
    fn from(reasons: PreflightReasons<'_>) -> Self {
        Reasons {
            flag: reasons.flag != UseCorsPreflightFlag::Unset,
            method: reasons.method.is_some(),
            headers: reasons.headers.iter().map(|name| name.lowercase().to_string()).collect(),
        }
    }
}

pub(crate) fn check(case: &Value) -> Result<(), String> {
    let Case { request, route: expected, error, reasons, scheme_fetch: expected_scheme } = read(case)?;
    request.with_request(|request| {
        let route = match (route(&request, &Profile::FETCH), error) {
            (Ok(route), None) => route,
            (Ok(route), Some(error)) => return Err(format!("route is {route:?}, expected {error}")),
            (Err(found), Some(error)) => return expect_step(found.step(), &error),
            (Err(found), None) => return Err(format!("network error: {found}")),
        };
        let (name, found) = match route {
            Route::Basic => ("basic", None),
            Route::Opaque => ("opaque", None),
            Route::Cors => ("cors", None),
            Route::CorsWithPreflight(reasons) => ("cors-with-preflight", Some(Reasons::from(reasons))),
        };
        expect("route", Some(name), expected.as_deref())?;
        expect("reasons", found, reasons)?;
        let Some(expected) = expected_scheme else { return Ok(()) };
        let scheme = match scheme_fetch(&request) {
            Ok(Scheme::Http) => "http",
            Ok(Scheme::AboutBlank) => "about:blank",
            Ok(Scheme::Blob) => "blob",
            Ok(Scheme::Data) => "data",
            Err(_) => "network error",
        };
        expect("scheme_fetch", scheme, &expected)
    })
}
