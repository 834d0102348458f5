//! `headers-guard.json`

use fetch_cors::{
    browser::request::{HeadersGuard, RequestHeaders},
    header::Headers,
};
use serde::Deserialize;
use serde_json::Value;

use crate::{bytes::HeaderList, expect, read};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    guard: String,
    append: HeaderList,
    kept: HeaderList,
}

pub(crate) fn check(case: &Value) -> Result<(), String> {
    let case: Case = read(case)?;
    let guard = match case.guard.as_str() {
        "none" => HeadersGuard::None,
        "request" => HeadersGuard::Request,
        "request-no-cors" => HeadersGuard::RequestNoCors,
        guard => return Err(format!("`{guard}` is not a guard")),
    };
    let pairs = case.append.pairs();
    let headers = RequestHeaders::new(Headers::from_pairs(&pairs)).with_guard(guard);
    expect("kept", headers.iter().collect(), case.kept)?;
    expect("kept and left out", headers.iter().count() + headers.dropped_by_guard().count(), pairs.len())
}
