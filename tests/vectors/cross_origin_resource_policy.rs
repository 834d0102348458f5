//! `cross-origin-resource-policy.json`

use fetch_cors::{
    browser::{
        Response,
        cross_origin_resource_policy::{EmbedderPolicy, IncludesCredentials, cross_origin_resource_policy_check},
    },
    header::Headers,
    origin::Origin,
};
use serde::Deserialize;
use serde_json::Value;

use crate::{
    bytes::{Bytes, HeaderList},
    expect, read,
    request::TwoLabels,
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    origin: String,
    url_origin: String,
    policy: Vec<Bytes>,
    embedder_policy: String,
    includes_credentials: bool,
    allowed: bool,
}

pub(crate) fn check(case: &Value) -> Result<(), String> {
    let case: Case = read(case)?;
    let list = HeaderList::lines("Cross-Origin-Resource-Policy", &case.policy);
    let pairs = list.pairs();
    let response = Response::new(200, Headers::from_pairs(&pairs)).map_err(|error| error.to_string())?;
    let verdict = cross_origin_resource_policy_check(
        Origin::parse(&case.origin).map_err(|error| error.to_string())?,
        match case.embedder_policy.as_str() {
            "unsafe-none" => EmbedderPolicy::UnsafeNone,
            "require-corp" => EmbedderPolicy::RequireCorp,
            "credentialless" => EmbedderPolicy::Credentialless,
            policy => return Err(format!("`{policy}` is not an embedder policy")),
        },
        &response,
        Origin::parse(&case.url_origin).map_err(|error| error.to_string())?,
        if case.includes_credentials { IncludesCredentials::Yes } else { IncludesCredentials::No },
        &TwoLabels,
    );
    expect("allowed", verdict.is_ok(), case.allowed)
}
