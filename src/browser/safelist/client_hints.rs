//! Headers that Chromium safelists beyond the standard: client hints.

use super::NotSafelisted;
use crate::header::HeaderName;

// AD-HOC: none of these is in the standard's safelist any more.
pub(super) fn check(name: HeaderName<'_>, value: &[u8]) -> Result<(), NotSafelisted> {
    let is_one_of = |names: &[&str]| names.iter().any(|one| name.as_str().eq_ignore_ascii_case(one));
    let safe = match () {
        () if is_one_of(&["user-agent", "intervention"]) => true,
        () if is_one_of(&["device-memory", "dpr", "downlink"]) => is_decimal(value),
        () if is_one_of(&["width", "viewport-width", "rtt"]) => is_integer(value),
        () if is_one_of(&["ect"]) => matches!(value, b"slow-2g" | b"2g" | b"3g" | b"4g"),
        () if is_one_of(&["save-data"]) => value.eq_ignore_ascii_case(b"on"),
        () => false,
    };
    if safe { Ok(()) } else { Err(NotSafelisted::Name) }
}

fn is_integer(value: &[u8]) -> bool {
    !value.is_empty() && value.iter().all(u8::is_ascii_digit)
}

/// Digits, and perhaps a point with more of them.
fn is_decimal(value: &[u8]) -> bool {
    let mut parts = value.splitn(2, |byte| *byte == b'.');
    parts.all(is_integer)
}
