//! `header-lists.json`

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
    name: String,
    lines: Option<Vec<Bytes>>,
    values: Value,
}

pub(crate) fn check(case: &Value) -> Result<(), String> {
    let case: Case = read(case)?;
    let name = HeaderName::new(&case.name).map_err(|error| error.to_string())?;
    let list = HeaderList::lines(&case.name, case.lines.as_deref().unwrap_or_default());
    let pairs = list.pairs();
    let headers = Headers::from_pairs(&pairs);
    let extracted = if name == HeaderName::ACCESS_CONTROL_MAX_AGE {
        let text = |value| vec![String::from_utf8_lossy(value).into_owned()];
        headers.extract_single(name).map(|value| value.map(text)).map_err(|_| ())
    } else {
        let texts = |values: fetch_cors::header::ListValues<'_>| values.iter().map(str::to_owned).collect();
        headers.extract(name).map(|values| values.map(texts)).map_err(|_| ())
    };
    let extracted = match extracted {
        Ok(Some(values)) => values.into(),
        Ok(None) => Value::Null,
        Err(()) => "failure".into(),
    };
    expect("values", extracted, case.values)
}
