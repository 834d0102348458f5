//! `max-age.json`

use fetch_cors::{
    browser::{Profile, Response, preflight::check_preflight},
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
    lines: Option<Vec<Bytes>>,
    seconds: u32,
}

pub(crate) fn check(case: &Value) -> Result<(), String> {
    let case: Case = read(case)?;
    let mut list = HeaderList::lines("Access-Control-Max-Age", case.lines.as_deref().unwrap_or_default());
    list.push("Access-Control-Allow-Origin", b"*");
    let pairs = list.pairs();
    let response = Response::new(200, Headers::from_pairs(&pairs)).map_err(|error| error.to_string())?;
    Description::default().with_request(|request| {
        let grant = check_preflight(&request, &response, &Profile::FETCH).map_err(|error| error.to_string())?;
        expect("seconds", grant.max_age.seconds, case.seconds)
    })
}
