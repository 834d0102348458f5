//! Responses as programs print them without lines of HTTP.
//!
//! ```text
//! text ─▶ powershell  `RawContent : HTTP/1.1 200 OK`, and the table of `.Headers`      ─┐
//!      ─▶ object      a dict of Python, an object of Node or Rust, JSON, Postman's log  ├▶ a head
//!      ─▶ go          `map[Vary:[Origin]]`                                              ─┘
//! ```

pub(crate) mod go;
pub(crate) mod object;
pub(crate) mod powershell;
pub(crate) mod session;

use crate::{
    exchange::{HeaderLine, RequestLine},
    place::Place,
    reader::Reader,
};

/// Phrases of statuses, in lower case.
const PHRASES: [&str; 24] = [
    "ok",
    "created",
    "accepted",
    "no content",
    "moved permanently",
    "found",
    "see other",
    "not modified",
    "temporary redirect",
    "permanent redirect",
    "bad request",
    "unauthorized",
    "forbidden",
    "not found",
    "method not allowed",
    "not acceptable",
    "conflict",
    "unsupported media type",
    "unprocessable entity",
    "too many requests",
    "internal server error",
    "bad gateway",
    "service unavailable",
    "gateway timeout",
];

/// Whether a text is the phrase of a status.
pub(crate) fn is_phrase(text: &str) -> bool {
    PHRASES.contains(&&*text.to_ascii_lowercase())
}

/// The status in `403` or `<Response [403]>`, which an interpreter prints before the headers, or in `403 Forbidden`.
pub(crate) fn status_alone(line: &[u8]) -> Option<u16> {
    let inside = line.strip_prefix(b"<Response [").and_then(|rest| rest.strip_suffix(b"]>")).unwrap_or(line);
    let (digits, phrase) = inside.split_at_checked(3)?;
    let phrase = core::str::from_utf8(phrase).ok()?.trim();
    let is_status = digits.iter().all(u8::is_ascii_digit) && (inside.len() == 3 || is_phrase(phrase));
    let status = core::str::from_utf8(digits).ok().filter(|_| is_status)?.parse().ok()?;
    (100..=599).contains(&status).then_some(status)
}

/// Adds the head of a response. The status and the request may be on lines before it.
fn keep(
    reader: &mut Reader<'_>,
    place: Place,
    answers: Option<RequestLine>,
    status: Option<u16>,
    lines: Vec<HeaderLine>,
) {
    let status = status.or(reader.status_above.take());
    let answers = answers.or_else(|| reader.asked());
    reader.add_head(place, answers, status, lines);
}
