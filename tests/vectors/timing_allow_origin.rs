//! `timing-allow-origin.json`

use fetch_cors::{
    browser::{
        Response,
        timing_allow::{TimingAllow, tao_check},
    },
    header::Headers,
};
use serde::Deserialize;
use serde_json::Value;

use crate::{
    bytes::{Bytes, HeaderList},
    expect, read,
    request::Description,
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    request: Description,
    timing_allow_origin: Vec<Bytes>,
    allowed: bool,
}

pub(crate) fn check(case: &Value) -> Result<(), String> {
    let Case { request, timing_allow_origin, allowed } = read(case)?;
    let list = HeaderList::lines("Timing-Allow-Origin", &timing_allow_origin);
    let pairs = list.pairs();
    let response = Response::new(200, Headers::from_pairs(&pairs)).map_err(|error| error.to_string())?;
    request.with_request(|request| expect("allowed", tao_check(&request, &response) == TimingAllow::Passed, allowed))
}
