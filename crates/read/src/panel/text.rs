//! What the text of a line is: a name, a sentence, a status, a measure.

use fetch_cors::header::HeaderName;

use crate::names::is_known;

/// `45 ms`, `1.2 KB`
pub(super) fn is_measure(bytes: &[u8]) -> bool {
    let number = bytes.iter().take_while(|byte| byte.is_ascii_digit() || **byte == b'.').count();
    let unit = bytes.get(number..).unwrap_or_default().trim_ascii();
    number > 0 && [&b"ms"[..], b"s", b"B", b"KB", b"kB", b"MB"].contains(&unit)
}

/// The status that a field begins with: `302 Redirect`, `200 OK (from disk cache)`.
pub(super) fn status_of(value: &str) -> Option<u16> {
    let digits = value.split(|character: char| !character.is_ascii_digit()).next()?;
    digits.parse().ok().filter(|status| (100..=599).contains(status))
}

/// Whether a line is a sentence: four words or more before a colon, if there is one.
pub(super) fn is_prose(text: &str) -> bool {
    let words = text.split(':').next().unwrap_or_default().split_ascii_whitespace();
    text.starts_with(|first: char| first.is_alphabetic()) && words.count() >= 4
}

/// Whether a line begins with the name of a header, whose colon is missing.
pub(super) fn begins_with_name(text: &str) -> bool {
    text.split_ascii_whitespace().next().is_some_and(is_known)
}

/// Whether a text may be a name that is not known: it begins with a letter.
pub(super) fn is_word(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_alphabetic()) && HeaderName::new(text).is_ok()
}
