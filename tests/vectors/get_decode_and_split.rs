//! `get-decode-and-split.json`

use fetch_cors::header::{HeaderName, Headers};
use serde::Deserialize;
use serde_json::Value;

use crate::{
    bytes::{Bytes, HeaderList},
    expect, read,
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    headers: HeaderList,
    name: String,
    get: Option<Bytes>,
    split: Option<Vec<Bytes>>,
}

pub(crate) fn check(case: &Value) -> Result<(), String> {
    let case: Case = read(case)?;
    let name = HeaderName::new(&case.name).map_err(|error| error.to_string())?;
    let pairs = case.headers.pairs();
    let headers = Headers::from_pairs(&pairs);
    let value = headers.get(name);
    expect("contains", headers.contains(name), case.get.is_some())?;
    expect("get", value.map(|value| Bytes(value.bytes().collect())), case.get)?;
    let split = value.map(|value| value.get_decode_and_split().map(|item| Bytes(item.collect())).collect());
    expect("split", split, case.split)
}
