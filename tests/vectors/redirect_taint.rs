//! `redirect-taint.json`

use fetch_cors::{browser::request::RedirectTaint, origin::Origin};
use serde::Deserialize;
use serde_json::Value;

use crate::{
    expect, read,
    request::{TwoLabels, redirect_taint},
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    origin: String,
    url_origins: Vec<String>,
    taint: String,
}

pub(crate) fn check(case: &Value) -> Result<(), String> {
    let case: Case = read(case)?;
    let origin = Origin::parse(&case.origin).map_err(|error| error.to_string())?;
    let origins: Vec<Origin<'_>> = case.url_origins.iter().map(|origin| Origin::parse(origin).unwrap()).collect();
    let taint = origins
        .windows(2)
        .fold(RedirectTaint::default(), |taint, pair| taint.after_redirect(origin, pair[0], pair[1], &TwoLabels));
    expect("taint", taint, redirect_taint(&case.taint))
}
