//! The titles of a panel, and the fields of its General block.

use crate::{
    exchange::RequestLine,
    names::{Side, is_known},
    printed::status_alone,
};

/// A field of the General block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum General {
    Url,
    Method,
    Status,
    /// A field that does not matter to the exchange.
    Other,
}

const GENERAL: [(&str, General); 23] = [
    ("request url", General::Url),
    ("url", General::Url),
    ("request method", General::Method),
    ("method", General::Method),
    ("status code", General::Status),
    ("status", General::Status),
    ("remote address", General::Other),
    ("referrer policy", General::Other),
    ("scheme", General::Other),
    ("filename", General::Other),
    ("address", General::Other),
    ("source", General::Other),
    ("initiator", General::Other),
    ("version", General::Other),
    ("transferred", General::Other),
    ("request priority", General::Other),
    ("dns resolution", General::Other),
    ("tracking protection", General::Other),
    ("blocking", General::Other),
    ("http version", General::Other),
    ("protocol", General::Other),
    ("encoded", General::Other),
    ("decoded", General::Other),
];

/// The title of a block of lines, and the side of its lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Title {
    Of(Side),
    /// The answer to the request before it, after which there is another request.
    Redirect,
    /// Headers of the side that the title before names.
    Headers,
    /// A body follows, or a query, up to the next title.
    Body,
    Other,
}

pub(super) fn title(text: &[u8]) -> Option<Title> {
    let text = core::str::from_utf8(text).ok()?.trim();
    // `Response Headers (5)`, `Response Headers (1.2 kB)`, `▼ Response Headers`, `Response Headersview source`.
    let text = text.trim_start_matches(|character: char| !character.is_ascii_alphabetic());
    let text = text.split(" (").next().unwrap_or(text);
    let text = text.trim_end_matches("view source").trim_end_matches("view parsed").trim_end_matches("Raw");
    match &*text.trim_end().trim_end_matches(':').to_ascii_lowercase() {
        "response headers" | "response" => Some(Title::Of(Side::Response)),
        "request headers" | "request" => Some(Title::Of(Side::Request)),
        "redirect response" => Some(Title::Redirect),
        // Below a title, it is of its side.
        "headers" => Some(Title::Headers),
        "general" | "summary" | "overview" => Some(Title::Other),
        "request headers provisional headers are shown" | "provisional headers are shown" => {
            Some(Title::Of(Side::Request))
        }
        "timing" | "network" => Some(Title::Other),
        "query string parameters"
        | "payload"
        | "request payload"
        | "form data"
        | "preview"
        | "request data"
        | "request body"
        | "response body" => Some(Title::Body),
        _ => None,
    }
}

/// Whether a line is the title of a block of lines.
pub(crate) fn is_title(text: &[u8]) -> bool {
    text.len() < 64
        && title(text).is_some_and(|title| matches!(title, Title::Of(_) | Title::Redirect))
        && !text.starts_with(b"HTTP/")
}

/// A field of the General block, and its value if that is on the same line.
pub(super) fn general(text: &str) -> Option<(General, Option<&str>)> {
    let (name, value) = text.split_once(':').map_or((text, None), |(name, value)| (name, Some(value.trim())));
    let name = name.trim().to_ascii_lowercase();
    let (_, field) = GENERAL.iter().find(|(known, _)| *known == name)?;
    Some((*field, value.filter(|value| !value.is_empty())))
}

/// A title with the request line or the status on its line.
pub(super) fn labelled(text: &str) -> Option<(Side, Option<RequestLine>, Option<u16>)> {
    let (title, value) = text.split_once(':')?;
    let value = value.trim();
    match &*title.trim().to_ascii_lowercase() {
        "request" => RequestLine::of_text(value).map(|line| (Side::Request, Some(line), None)),
        "response" => status_alone(value.as_bytes()).map(|status| (Side::Response, None, Some(status))),
        _ => None,
    }
}

pub(super) fn is_method(text: &str) -> bool {
    matches!(text, "GET" | "HEAD" | "POST" | "PUT" | "PATCH" | "DELETE" | "OPTIONS")
}

pub(super) fn is_url(text: &str) -> bool {
    (text.starts_with("https://") || text.starts_with("http://")) && !text.contains(' ')
}

/// Whether a line is a field of Firefox that does not matter, with its value directly after its name: `VersionHTTP/2`.
pub(super) fn is_glued(text: &str) -> bool {
    const NAMES: [&str; 8] = [
        "Scheme",
        "Version",
        "Transferred",
        "Referrer Policy",
        "Request Priority",
        "DNS Resolution",
        "Tracking Protection",
        "Blocking",
    ];
    let value = NAMES.iter().find_map(|name| text.strip_prefix(name));
    value.is_some_and(|value| value.starts_with(|first: char| first.is_ascii_alphanumeric()))
}

/// Sentences in place of headers.
const NOTHING: [&str; 4] =
    ["no request headers", "no response headers", "no request, served from", "provisional headers are shown"];

/// Whether a line says that there are no headers.
pub(super) fn says_nothing(text: &str) -> bool {
    let text = text.to_ascii_lowercase();
    NOTHING.iter().any(|nothing| text.starts_with(nothing))
}

/// A field of the General block in another language than English, known by its value: a URL, a method, a status.
pub(super) fn translated(text: &str) -> Option<(General, &str)> {
    const NAME: usize = 60;
    let (name, value) = text.split_once([':', '\u{FF1A}'])?;
    let (name, value) = (name.trim(), value.trim());
    if name.is_empty() || name.len() > NAME || is_known(name) {
        return None;
    }
    let status =
        value.split(' ').next().filter(|status| status.len() == 3 && status.bytes().all(|byte| byte.is_ascii_digit()));
    match () {
        () if is_url(value) => Some((General::Url, value)),
        () if is_method(value) => Some((General::Method, value)),
        () if status.is_some_and(|status| ("100".."600").contains(&status)) => Some((General::Status, value)),
        () => None,
    }
}
