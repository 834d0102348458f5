//! `preflight-responses.json`

use fetch_cors::{
    browser::{
        Profile, Response,
        preflight::{GrantedHeaderNames, GrantedMethods, PreflightGrant, check_preflight, preflight_failures},
    },
    header::Headers,
};
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
    status: u16,
    headers: HeaderList,
    error: Option<String>,
    grant: Option<Grant>,
}

#[derive(Debug, Deserialize, PartialEq)]
#[serde(deny_unknown_fields)]
struct Grant {
    methods: Option<Vec<String>>,
    headers: Option<Vec<String>>,
}

impl From<PreflightGrant<'_>> for Grant {
    fn from(grant: PreflightGrant<'_>) -> Self {
        let methods = match grant.methods {
            GrantedMethods::None => None,
            methods => Some(methods.iter().map(str::to_owned).collect()),
        };
        let headers = match grant.header_names {
            GrantedHeaderNames::None => None,
            names => Some(names.iter().map(|name| name.to_string()).collect()),
        };
        Grant { methods, headers }
    }
}

pub(crate) fn check(case: &Value) -> Result<(), String> {
    let Case { request, status, headers, error, grant } = read(case)?;
    let pairs = headers.pairs();
    let response = Response::new(status, Headers::from_pairs(&pairs)).map_err(|error| error.to_string())?;
    request.with_request(|request| {
        let verdict = check_preflight(&request, &response, &Profile::FETCH);
        let first = preflight_failures(&request, &response, &Profile::FETCH).next();
        expect("the first of all failures", first, verdict.as_ref().err().copied())?;
        match (verdict, error) {
            (Ok(found), None) => grant.map_or(Ok(()), |grant| expect("grant", Grant::from(found), grant)),
            (Ok(_), Some(error)) => Err(format!("passes, expected {error}")),
            (Err(found), Some(error)) => expect_step(found.step(), &error),
            (Err(found), None) => Err(format!("network error: {found}")),
        }
    })
}
