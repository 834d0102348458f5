//! `origins.json`, `same-origin.json`, `urls.json`

use fetch_cors::{
    browser::{Url, url::UrlCredentials},
    origin::Origin,
};
use serde::Deserialize;
use serde_json::Value;

use crate::{bytes::latin1, expect, read};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    origin: String,
    origin_header: bool,
    url_origin: bool,
    parts: Option<Parts>,
}

#[derive(Debug, Deserialize, PartialEq)]
#[serde(deny_unknown_fields)]
struct Parts {
    scheme: String,
    host: String,
    port: Option<u16>,
}

pub(crate) fn check(case: &Value) -> Result<(), String> {
    let case: Case = read(case)?;
    let bytes = latin1(&case.origin).ok_or("no byte string")?;
    let from_header = Origin::from_header(&bytes);
    expect("origin_header", from_header.is_ok(), case.origin_header)?;
    let parsed = Origin::parse(&case.origin);
    expect("url_origin", parsed.is_ok(), case.url_origin)?;
    for origin in [from_header, parsed].into_iter().flatten() {
        expect("serialized", origin.to_string(), case.origin.clone())?;
        expect("is_serialized_as", origin.is_serialized_as(&bytes), true)?;
        expect("serialized_bytes", origin.serialized_bytes().eq(bytes.iter().copied()), true)?;
    }
    let Some(expected) = case.parts else { return Ok(()) };
    let origin = parsed.map_err(|error| error.to_string())?;
    let parts = Parts { scheme: origin.scheme().to_owned(), host: origin.host().to_owned(), port: origin.port() };
    expect("parts", parts, expected)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Pair {
    a: String,
    b: String,
    same_origin: bool,
}

pub(crate) fn check_same_origin(case: &Value) -> Result<(), String> {
    let case: Pair = read(case)?;
    let (a, b) = (Origin::parse(&case.a).unwrap(), Origin::parse(&case.b).unwrap());
    expect("a and b", a.is_same_origin(b), case.same_origin)?;
    expect("b and a", b.is_same_origin(a), case.same_origin)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct UrlCase {
    url: String,
    origin: Option<String>,
    includes_credentials: bool,
}

pub(crate) fn check_url(case: &Value) -> Result<(), String> {
    let case: UrlCase = read(case)?;
    let url = Url::new(&case.url).ok();
    expect("origin", url.map(|url| url.origin().to_string()), case.origin)?;
    let credentials = url.is_some_and(|url| url.credentials() == UrlCredentials::Present);
    expect("includes_credentials", credentials, case.includes_credentials)
}
