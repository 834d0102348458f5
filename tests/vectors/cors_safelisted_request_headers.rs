//! `cors-safelisted-request-headers.json`, `cors-safelisted-request-header-bytes.json`

use fetch_cors::{
    browser::{
        Profile,
        safelist::{NotSafelisted, cors_safelisted_request_header},
    },
    header::HeaderName,
};
use serde::Deserialize;
use serde_json::Value;

use crate::{bytes::Bytes, expect, read};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    name: String,
    value: Bytes,
    safelisted: bool,
    reason: Option<String>,
}

pub(crate) fn check(case: &Value) -> Result<(), String> {
    let case: Case = read(case)?;
    let name = HeaderName::new(&case.name).map_err(|error| error.to_string())?;
    let verdict = cors_safelisted_request_header(name, &case.value.0, &Profile::FETCH);
    expect("safelisted", verdict.is_ok(), case.safelisted)?;
    expect("reason", verdict.err().map(word), case.reason)
}

/// The word for a reason in the files.
pub(crate) fn word(reason: NotSafelisted) -> String {
    match reason {
        NotSafelisted::Name => "name".to_owned(),
        NotSafelisted::ValueLength { .. } => "length".to_owned(),
        NotSafelisted::Byte { offset, .. } => format!("byte {offset}"),
        NotSafelisted::MimeType(_) => "mime-type".to_owned(),
        NotSafelisted::Essence { .. } => "essence".to_owned(),
        NotSafelisted::Range(_) => "range".to_owned(),
        _ => format!("{reason:?}"),
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct BytesCase {
    name: String,
    before: Bytes,
    after: Bytes,
    safelisted: Bytes,
}

pub(crate) fn check_bytes(case: &Value) -> Result<(), String> {
    let case: BytesCase = read(case)?;
    let name = HeaderName::new(&case.name).map_err(|error| error.to_string())?;
    for byte in 0..=u8::MAX {
        let value = [&case.before.0[..], &[byte], &case.after.0].concat();
        let verdict = cors_safelisted_request_header(name, &value, &Profile::FETCH);
        expect(&format!("{:?}", Bytes(value)), verdict.is_ok(), case.safelisted.0.contains(&byte))?;
        if let Err(NotSafelisted::Byte { offset, byte: found }) = verdict {
            expect("the byte and its offset", (found, offset), (byte, case.before.0.len()))?;
        }
    }
    Ok(())
}
