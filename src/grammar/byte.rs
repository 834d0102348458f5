//! Byte classes, as tables made at compile time.

/// The bytes of a `token`.
///
/// <https://httpwg.org/specs/rfc9110.html#tokens>
const TOKEN: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0_usize;
    while byte < 256 {
        #[allow(clippy::cast_possible_truncation, clippy::indexing_slicing)]
        {
            table[byte] = matches!(
                byte as u8,
                b'!' | b'#' | b'$' | b'%' | b'&' | b'\'' | b'*' | b'+' | b'-' | b'.' | b'^'
                    | b'_' | b'`' | b'|' | b'~' | b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z'
            );
        }
        byte += 1;
    }
    table
};

pub(crate) const fn is_token_byte(byte: u8) -> bool {
    #[allow(clippy::indexing_slicing, reason = "a byte is below 256")]
    TOKEN[byte as usize]
}

/// Whether a list of tokens, with its commas and blanks, may have this byte.
#[cfg(feature = "server")]
pub(crate) const fn is_list_byte(byte: u8) -> bool {
    is_token_byte(byte) || is_tab_or_space(byte) || byte == b','
}

/// Where `bytes` stops being a token: at its first byte that is not a token byte, or at its end if it is empty.
pub(crate) const fn find_non_token(bytes: &[u8]) -> Option<usize> {
    let mut rest = bytes;
    while let [byte, tail @ ..] = rest {
        if !is_token_byte(*byte) {
            return Some(bytes.len() - rest.len());
        }
        rest = tail;
    }
    if bytes.is_empty() { Some(0) } else { None }
}

/// `bytes` as the text of a token, or where they stop being one.
pub(crate) fn check_token(bytes: &[u8]) -> Result<&str, usize> {
    match find_non_token(bytes) {
        None => core::str::from_utf8(bytes).map_err(|error| error.valid_up_to()),
        Some(offset) => Err(offset),
    }
}

pub(crate) const fn is_token(bytes: &[u8]) -> bool {
    find_non_token(bytes).is_none()
}

/// Whether one of `bytes` is `byte`. core's own search is optimized for long slices, and its code is long.
#[cfg(feature = "browser")]
pub(crate) const fn has_byte(mut bytes: &[u8], byte: u8) -> bool {
    while let [first, rest @ ..] = bytes {
        if *first == byte {
            return true;
        }
        bytes = rest;
    }
    false
}

/// `bytes` as text, if they are a token.
pub(crate) fn token(bytes: &[u8]) -> Option<&str> {
    if is_token(bytes) { core::str::from_utf8(bytes).ok() } else { None }
}

/// <https://fetch.spec.whatwg.org/#http-tab-or-space-byte>
#[cfg(feature = "server")]
const fn is_tab_or_space(byte: u8) -> bool {
    matches!(byte, b'\t' | b' ')
}

/// Removes HTTP tab or space bytes from both ends, as HTTP does with a field value on the wire.
#[inline]
pub(crate) const fn trim_tab_or_space(bytes: &[u8]) -> &[u8] {
    if begins_and_ends_in_glyphs(bytes) { bytes } else { trim(bytes, false) }
}

/// Removes HTTP whitespace bytes from both ends.
///
/// <https://fetch.spec.whatwg.org/#concept-header-value-normalize>
#[cfg(feature = "browser")]
#[inline]
pub(crate) const fn trim_http_whitespace(bytes: &[u8]) -> &[u8] {
    if begins_and_ends_in_glyphs(bytes) { bytes } else { trim(bytes, true) }
}

// OPTIMIZATION: all bytes of whitespace are below `!`. So two comparisons show that there is nothing to trim, and the
// result is the same.
const fn begins_and_ends_in_glyphs(bytes: &[u8]) -> bool {
    match bytes {
        _ if cfg!(fetch_cors_small) => false,
        [first, .., last] => *first > b' ' && *last > b' ',
        _ => false,
    }
}

const fn trim(mut bytes: &[u8], line_breaks: bool) -> &[u8] {
    while let [first, rest @ ..] = bytes
        && is_blank(*first, line_breaks)
    {
        bytes = rest;
    }
    while let [rest @ .., last] = bytes
        && is_blank(*last, line_breaks)
    {
        bytes = rest;
    }
    bytes
}

const fn is_blank(byte: u8, line_breaks: bool) -> bool {
    matches!(byte, b'\t' | b' ') || line_breaks && matches!(byte, b'\n' | b'\r')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_byte_has_its_class() {
        const SEPARATORS: &[u8] = b"\"(),/:;<=>?@[\\]{}";
        for byte in 0..=u8::MAX {
            let token = byte.is_ascii_graphic() && !SEPARATORS.contains(&byte);
            assert_eq!(is_token(&[byte]), token, "{byte:#04x}");
            let tab_or_space = byte == 0x09 || byte == 0x20;
            #[cfg(feature = "server")]
            assert_eq!(is_list_byte(byte), token || tab_or_space || byte == b',', "{byte:#04x}");
            assert_eq!(trim_tab_or_space(&[byte]).is_empty(), tab_or_space, "{byte:#04x}");
            #[cfg(feature = "browser")]
            {
                let whitespace = tab_or_space || byte == 0x0A || byte == 0x0D;
                assert_eq!(trim_http_whitespace(&[byte]).is_empty(), whitespace, "{byte:#04x}");
            }
        }
    }

    #[test]
    fn a_token_ends_at_its_first_other_byte() {
        assert_eq!(find_non_token(b""), Some(0));
        assert_eq!(find_non_token(b"x-a"), None);
        assert_eq!(find_non_token(b"x a"), Some(1));
        assert_eq!(token(b"x-\xE9"), None);
    }
}
