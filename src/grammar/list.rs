//! HTTP's `#element` lists.

use super::{byte::is_token_byte, swar, trim_tab_or_space};

/// The elements of one line of a `#element` list, without the empty ones and without the blanks around.
///
/// <https://httpwg.org/specs/rfc9110.html#abnf.extension.recipient>
#[derive(Clone, Debug)]
pub(crate) struct Elements<'a> {
    rest: &'a [u8],
}

impl<'a> Elements<'a> {
    pub(crate) const fn new(line: &'a [u8]) -> Self {
        Elements { rest: line }
    }

    /// The next element, if it is a token. Otherwise nothing is consumed.
    // OPTIMIZATION: one pass over the bytes finds the end of the element and checks that it is a token, which saves a
    // tenth of a check of a preflight. The result is the element of `next`, or `None`.
    #[inline]
    pub(crate) fn next_token(&mut self) -> Option<&'a [u8]> {
        let mut start = self.rest;
        while let [b',' | b' ' | b'\t', rest @ ..] = start {
            start = rest;
        }
        let end = start.iter().position(|byte| !is_token_byte(*byte)).unwrap_or(start.len());
        let (token, mut rest) = start.split_at_checked(end)?;
        while let [b' ' | b'\t', tail @ ..] = rest {
            rest = tail;
        }
        if token.is_empty() || !matches!(rest, [] | [b',', ..]) {
            return None;
        }
        self.rest = rest;
        Some(token)
    }
}

impl<'a> Iterator for Elements<'a> {
    type Item = &'a [u8];

    fn next(&mut self) -> Option<&'a [u8]> {
        while !self.rest.is_empty() {
            let (element, rest) = match position_of_comma(self.rest) {
                Some(comma) => (self.rest.get(..comma)?, self.rest.get(comma + 1..)?),
                None => (self.rest, &[][..]),
            };
            self.rest = rest;
            let element = trim_tab_or_space(element);
            if !element.is_empty() {
                return Some(element);
            }
        }
        None
    }
}

// OPTIMIZATION: eight bytes at a time.
fn position_of_comma(bytes: &[u8]) -> Option<usize> {
    if cfg!(fetch_cors_small) {
        return bytes.iter().position(|byte| *byte == b',');
    }
    let (words, rest) = bytes.as_chunks::<8>();
    for (word, start) in words.iter().zip((0..).step_by(8)) {
        let places = swar::places_of(b',', u64::from_le_bytes(*word));
        if places != 0 {
            return Some(start + swar::lowest(places));
        }
    }
    let start = bytes.len() - rest.len();
    rest.iter().position(|byte| *byte == b',').map(|place| start + place)
}

#[cfg(test)]
mod tests {
    extern crate std;
    use super::*;
    use crate::grammar::byte::is_token;

    #[test]
    fn a_token_is_taken_and_nothing_else_is() {
        let pieces = ["", " ", "\t", ",", "a", "bc", "a b", "\"", "\u{e9}", "*"];
        for first in pieces {
            for second in pieces {
                for third in pieces {
                    let line = [first, second, third].concat();
                    let (mut elements, mut tokens) = (Elements::new(line.as_bytes()), Elements::new(line.as_bytes()));
                    while let Some(token) = tokens.next_token() {
                        assert_eq!(elements.next(), Some(token), "{line:?}");
                        assert!(is_token(token), "{line:?}");
                    }
                    let next = tokens.next();
                    assert_eq!(next, elements.next(), "{line:?}");
                    assert!(next.is_none_or(|element| !is_token(element)), "{line:?}");
                }
            }
        }
    }

    #[test]
    fn empty_elements_and_blanks_are_skipped() {
        let cases: [(&[u8], &[&[u8]]); 7] = [
            (b"", &[]),
            (b" , ,\t,", &[]),
            (b"a", &[b"a"]),
            (b",a,,b , c\t", &[b"a", b"b", b"c"]),
            (b"a b,c", &[b"a b", b"c"]),
            (b"\x0Ba", &[b"\x0Ba"]),
            (b"\"a,b\"", &[b"\"a", b"b\""]),
        ];
        for (line, expected) in cases {
            assert!(Elements::new(line).eq(expected.iter().copied()), "{line:?}");
        }
    }
}
