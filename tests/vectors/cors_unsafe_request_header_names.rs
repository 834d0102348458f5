//! `cors-unsafe-request-header-names.json`

use fetch_cors::{
    browser::{
        Profile,
        request::{DuplicateNames, RequestHeaders},
        safelist::cors_unsafe_request_header_names,
    },
    header::Headers,
};
use serde::Deserialize;
use serde_json::Value;

use crate::{bytes::HeaderList, expect, read};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    headers: HeaderList,
    #[serde(default)]
    combine: bool,
    names: Vec<String>,
}

pub(crate) fn check(case: &Value) -> Result<(), String> {
    let case: Case = read(case)?;
    let pairs = case.headers.pairs();
    let doubles = if case.combine { DuplicateNames::Combine } else { DuplicateNames::Append };
    let headers = RequestHeaders::new(Headers::from_pairs(&pairs)).with_duplicate_names(doubles);
    let names = cors_unsafe_request_header_names(headers, &Profile::FETCH);
    expect("is_empty", names.is_empty(), case.names.is_empty())?;
    expect("names", names.iter().map(|name| name.lowercase().to_string()).collect(), case.names.clone())?;
    expect("written", names.to_string(), case.names.join(","))
}
