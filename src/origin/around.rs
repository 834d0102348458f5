//! Characters that are often left around an origin by mistake: blanks, invisible characters, quotes and brackets.

use super::parse::find_scheme_end;
use crate::grammar::const_bytes as bytes;

/// A character before or after an origin that does not belong to it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Around {
    /// A blank, a control character, or a character that has no width.
    Blank,
    /// A quote, or the bracket of a list.
    Quote,
}

impl Around {
    /// Such a character at the start of a text, and its length in bytes.
    pub(crate) const fn at_start(text: &[u8]) -> Option<(Self, usize)> {
        match text {
            [0..=b' ' | 0x7F, ..] => Some((Around::Blank, 1)),
            [b'"' | b'\'' | b'`' | b'<' | b'(', ..] => Some((Around::Quote, 1)),
            // A list's bracket has a scheme after it; that of an IPv6 address has none.
            [b'[', rest @ ..] if find_scheme_end(rest).is_some() => Some((Around::Quote, 1)),
            [first, second, ..] if is_blank_pair(*first, *second) => Some((Around::Blank, 2)),
            [first, second, third, ..] => of_three(*first, *second, *third),
            _ => None,
        }
    }

    /// Such a character at the end of a text, and its length in bytes.
    pub(crate) const fn at_end(text: &[u8]) -> Option<(Self, usize)> {
        match text {
            [.., 0..=b' ' | 0x7F] => Some((Around::Blank, 1)),
            [.., b'"' | b'\'' | b'`' | b'>' | b')'] => Some((Around::Quote, 1)),
            [rest @ .., b']'] if bytes::find(rest, b'[').is_none() => Some((Around::Quote, 1)),
            [.., first, second] if is_blank_pair(*first, *second) => Some((Around::Blank, 2)),
            [.., first, second, third] => of_three(*first, *second, *third),
            _ => None,
        }
    }
}

/// U+0080 to U+00A0, and U+00AD.
const fn is_blank_pair(first: u8, second: u8) -> bool {
    matches!((first, second), (0xC2, 0x80..=0xA0 | 0xAD))
}

/// U+2000 to U+200F, U+2028 to U+202F, U+205F to U+206F, U+3000, U+FEFF; and quotes from U+2018 to U+201F.
const fn of_three(first: u8, second: u8, third: u8) -> Option<(Around, usize)> {
    match (first, second, third) {
        (0xE2, 0x80, 0x98..=0x9F) => Some((Around::Quote, 3)),
        (0xE2, 0x80, 0x80..=0x8F | 0xA8..=0xAF)
        | (0xE2, 0x81, 0x9F..=0xAF)
        | (0xE3, 0x80, 0x80)
        | (0xEF, 0xBB, 0xBF) => Some((Around::Blank, 3)),
        _ => None,
    }
}
