//! `origin-header.json`

use fetch_cors::browser::{Environment, Profile, request_origin_header, route::route};
use serde::Deserialize;
use serde_json::Value;

use crate::{expect, read, request::Description};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    request: Description,
    origin_header: Option<String>,
}

pub(crate) fn check(case: &Value) -> Result<(), String> {
    let Case { request, origin_header: expected } = read(case)?;
    request.with_request(|request| {
        let route = route(&request, &Profile::FETCH).map_err(|error| error.to_string())?;
        let request = request.with_response_tainting(route.response_tainting());
        let origin = request_origin_header(&request, Environment::new(&Profile::FETCH));
        expect("origin_header", origin.map(|origin| origin.to_string()), expected)
    })
}
