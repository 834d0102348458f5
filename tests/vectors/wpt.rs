//! The data files of web-platform-tests, unchanged.

use fetch_cors::{
    browser::{
        Profile, Request, Response, Url,
        filter::filter,
        request::{RequestHeaders, ResponseTainting},
        safelist::{InvalidMimeType, NotSafelisted, cors_safelisted_request_header},
    },
    header::{HeaderName, Headers},
    origin::Origin,
};
use serde::Deserialize;
use serde_json::Value;

use crate::{
    bytes::{Bytes, HeaderList, latin1},
    expect,
};

/// The lines of a response's head.
fn parse_lines(input: &str) -> Result<HeaderList, String> {
    let mut list = HeaderList::default();
    for line in input.split("\r\n") {
        let (name, value) = line.split_once(':').ok_or("no header line")?;
        list.push(name, &latin1(value).ok_or("no byte string")?);
    }
    Ok(list)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ExposeHeaders {
    input: String,
    exposed: bool,
}

/// cors/access-control-expose-headers-parsing.window.js
pub(crate) fn check_expose_headers(case: &Value) -> Result<(), String> {
    let case: ExposeHeaders = serde_json::from_value(case.clone()).map_err(|error| error.to_string())?;
    let mut list = parse_lines(&case.input)?;
    for (name, value) in [("Access-Control-Allow-Origin", "*"), ("BB-8", "hey"), ("Content-Language", "mkay")] {
        list.push(name, value.as_bytes());
    }
    let pairs = list.pairs();
    let response = Response::new(221, Headers::from_pairs(&pairs)).map_err(|error| error.to_string())?;
    let url = Url::new("https://api.example/").unwrap();
    let request = Request::new(url, Origin::parse("https://page.example").unwrap());
    let filtered = filter(&request.with_response_tainting(ResponseTainting::Cors), &response, &Profile::FETCH);
    let value = |name: &str| filtered.headers().find(|header| header.name.matches(name.as_bytes())).map(|h| h.value);
    expect("status", filtered.status(), 221)?;
    expect("content-language", value("content-language"), Some(b"mkay"))?;
    expect("bb-8", value("bb-8"), case.exposed.then_some(b"hey"))
}

/// fetch/api/cors/cors-preflight-not-cors-safelisted.any.js
pub(crate) fn check_not_cors_safelisted(case: &Value) -> Result<(), String> {
    let (name, value): (String, Bytes) = serde_json::from_value(case.clone()).map_err(|error| error.to_string())?;
    let name = HeaderName::new(&name).map_err(|error| error.to_string())?;
    expect("safelisted", cors_safelisted_request_header(name, &value.0, &Profile::FETCH).is_ok(), false)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Nosniff {
    input: String,
    nosniff: bool,
}

/// fetch/nosniff/parsing-nosniff.window.js, which uses "get, decode, and split".
///
/// <https://fetch.spec.whatwg.org/#determine-nosniff>
pub(crate) fn check_nosniff(case: &Value) -> Result<(), String> {
    let case: Nosniff = serde_json::from_value(case.clone()).map_err(|error| error.to_string())?;
    let list = parse_lines(&case.input)?;
    let pairs = list.pairs();
    let value = Headers::from_pairs(&pairs).get(HeaderName::new("x-content-type-options").unwrap());
    let first = value.and_then(|value| value.get_decode_and_split().next().map(Vec::from_iter));
    expect("nosniff", first.is_some_and(|first| first.eq_ignore_ascii_case(b"nosniff")), case.nosniff)
}

#[derive(Deserialize)]
struct MimeType {
    input: String,
    output: Option<String>,
}

/// mimesniff/mime-types/parsing.any.js, reduced to the essence, which decides whether a `Content-Type` is safelisted.
pub(crate) fn check_mime_type(case: &Value) -> Result<(), String> {
    let case: MimeType = serde_json::from_value(case.clone()).map_err(|error| error.to_string())?;
    // No header value has a character above U+00FF. Its UTF-8 bytes replace it; they are not token bytes either.
    let input = latin1(&case.input).unwrap_or_else(|| case.input.into_bytes());
    let list = HeaderList::lines("content-type", &[Bytes(input)]);
    let pairs = list.pairs();
    let value = RequestHeaders::new(Headers::from_pairs(&pairs)).iter().next().map_or(&[][..], |header| header.value);
    let essence = case.output.as_deref().and_then(|output| output.split(';').next());
    let parsed = match cors_safelisted_request_header(HeaderName::CONTENT_TYPE, value, &Profile::FETCH) {
        Ok(()) => Some(value.split(|byte| *byte == b';').next().unwrap_or_default()),
        Err(NotSafelisted::Essence { length }) => Some(&value[..length]),
        Err(NotSafelisted::MimeType(
            InvalidMimeType::NoSubtype | InvalidMimeType::Type { .. } | InvalidMimeType::Subtype { .. },
        )) => None,
        // This is judged before the type.
        Err(NotSafelisted::Byte { offset, byte }) => return expect("the unsafe byte", value[offset], byte),
        Err(NotSafelisted::ValueLength { length }) => return expect("length", length, value.len()),
        Err(other) => return Err(format!("refused for {other:?}")),
    };
    let parsed = parsed.map(|essence| String::from_utf8_lossy(essence).trim_end().to_ascii_lowercase());
    expect("essence", parsed.as_deref(), essence)
}
