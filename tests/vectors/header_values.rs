//! `header-values.json`

use fetch_cors::{
    browser::request::RequestHeaders,
    header::{Headers, check_header_value},
};
use serde::Deserialize;
use serde_json::Value;

use crate::{
    bytes::{Bytes, HeaderList},
    expect, read,
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    value: Bytes,
    normalized: Bytes,
    from_the_wire: Bytes,
    valid: bool,
}

pub(crate) fn check(case: &Value) -> Result<(), String> {
    let case: Case = read(case)?;
    let list = HeaderList::lines("x-a", &[case.value]);
    let pairs = list.pairs();
    let headers = Headers::from_pairs(&pairs);
    let wire = headers.iter().map(|header| header.value.to_vec()).next().unwrap_or_default();
    expect("from_the_wire", Bytes(wire), case.from_the_wire)?;
    let given = RequestHeaders::new(headers).iter().map(|header| header.value.to_vec()).next().unwrap_or_default();
    expect("valid", check_header_value(&given).is_ok(), case.valid)?;
    expect("normalized", Bytes(given), case.normalized)
}
