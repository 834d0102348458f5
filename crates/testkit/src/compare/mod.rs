//! The crate compared with the oracle. Each function takes plain data, and panics where they differ.

#[cfg(feature = "cache")]
pub mod driver;
pub mod request;
mod response;
mod words;

use fetch_cors::{
    browser::{NetworkError, request::RequestHeader},
    spec::Step,
};

pub use request::{init, route, with_request};
pub use response::{EMBEDDER_POLICIES, preflight_response, response};
pub use words::{header_list, header_value, method_and_name, request_header_list};

use crate::oracle::Header;

/// A header list before normalization: names and values, not stripped.
pub type Lines = Vec<(String, Vec<u8>)>;

pub fn pairs(lines: &Lines) -> Vec<(&str, &[u8])> {
    lines.iter().map(|(name, value)| (&name[..], &value[..])).collect()
}

/// The list as a parser of HTTP returns it: without the tabs and spaces around each value.
///
/// <https://httpwg.org/specs/rfc9112.html#field.parsing>
pub fn from_the_wire(lines: &Lines) -> Vec<Header> {
    let strip = |value: &[u8]| {
        let is_blank = |byte: &u8| *byte == b' ' || *byte == b'\t';
        let start = value.iter().position(|byte| !is_blank(byte)).unwrap_or(value.len());
        let end = value.iter().rposition(|byte| !is_blank(byte)).map_or(start, |last| last + 1);
        value[start..end].to_vec()
    };
    lines.iter().map(|(name, value)| (name.as_bytes().to_vec(), strip(value))).collect()
}

/// The crate's header list in the oracle's form, with names in lower case.
pub fn lowercase<'a>(headers: impl IntoIterator<Item = fetch_cors::header::Header<'a>>) -> Vec<Header> {
    let line = |header: fetch_cors::header::Header<'a>| {
        (header.name.as_str().to_ascii_lowercase().into_bytes(), header.value.to_vec())
    };
    headers.into_iter().map(line).collect()
}

/// The headers of a request in the oracle's form, with names in lower case.
pub fn written<'a>(headers: impl IntoIterator<Item = RequestHeader<'a>>) -> Vec<Header> {
    let line = |header: RequestHeader<'a>| {
        (header.name.as_str().to_ascii_lowercase().into_bytes(), header.value.bytes().collect())
    };
    headers.into_iter().map(line).collect()
}

pub fn names_in_lower_case(list: &[Header]) -> Vec<Header> {
    list.iter().map(|(name, value)| (name.to_ascii_lowercase(), value.clone())).collect()
}

/// Whether `step` has this number, or is a range that contains it.
fn is_step(step: Step, number: &str) -> bool {
    step.number == number || step.number.split('–').any(|part| part == number)
}

#[track_caller]
pub fn expect_step(error: &NetworkError<'_>, number: &str) {
    assert!(is_step(error.step(), number), "fails at {}, expected {number}: {error}", error.step());
}
