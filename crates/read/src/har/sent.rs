//! Entries as requests that were sent, and the modes that they imply.

use fetch_cors::browser::request::RequestMode;

use super::{Entry, EntryRequest};
use crate::{
    exchange::HeaderLine,
    place::Place,
    request::PageBody,
    sent::{By, Sent},
};

/// The value of a header.
pub(super) fn header<'e>(request: &'e EntryRequest<'_>, name: &str) -> Option<&'e str> {
    request.headers.iter().find(|(own, _)| own.eq_ignore_ascii_case(name)).map(|(_, value)| &**value)
}

pub(super) fn is_preflight(entry: &Entry<'_>) -> bool {
    entry.request.method == "OPTIONS" && header(&entry.request, "access-control-request-method").is_some()
}

/// Whether a preflight asks for nothing that needs one. Its cause is then a listener on an upload.
pub(super) fn asks_for_nothing(preflight: &Entry<'_>) -> bool {
    let method = header(&preflight.request, "access-control-request-method").unwrap_or_default();
    let names = header(&preflight.request, "access-control-request-headers").unwrap_or_default();
    matches!(method, "GET" | "HEAD" | "POST") && names.trim().is_empty()
}

/// An entry as a request that a browser sent. Its place is its number.
pub(super) fn of(entry: &Entry<'_>, number: usize) -> Sent {
    let pairs = entry.request.headers.iter();
    let lines =
        pairs.flat_map(|(name, value)| value.split('\n').map(move |value| HeaderLine::new(&**name, bytes(value))));
    let length = header(&entry.request, "content-length").and_then(|length| length.parse::<u64>().ok());
    let has_body = entry.request.post_data.is_some() || length.is_some_and(|length| length > 0);
    Sent {
        place: Place { line: number + 1, column: 1 },
        method: Some(entry.request.method.to_string()),
        url: Some(entry.request.url.to_string()),
        lines: lines.collect(),
        body: has_body.then(|| PageBody::Text(String::new())),
        by: By::Lines,
        copied: true,
    }
}

/// The bytes of a value. Each character is a byte, unless one is above U+00FF.
pub(super) fn bytes(value: &str) -> Vec<u8> {
    let latin1: Option<Vec<u8>> =
        value.trim().chars().map(|character| u8::try_from(u32::from(character)).ok()).collect();
    latin1.unwrap_or_else(|| value.trim().as_bytes().to_vec())
}

/// The mode of a request without `Sec-Fetch-Mode`: it was not sent, or its page has no TLS.
pub(super) fn mode(entry: &Entry<'_>) -> Option<RequestMode> {
    let has_origin = header(&entry.request, "origin").is_some();
    match &*entry.resource_type {
        "fetch" | "xhr" | "font" | "eventsource" => Some(RequestMode::Cors),
        "websocket" => Some(RequestMode::WebSocket),
        "document" => Some(RequestMode::Navigate),
        "image" | "stylesheet" | "script" | "media" if !has_origin => Some(RequestMode::NoCors),
        _ if has_origin => Some(RequestMode::Cors),
        _ => None,
    }
}
