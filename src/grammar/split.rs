//! "Get, decode, and split" of a header value, over any source of its bytes.

use super::trim_tab_or_space;

/// A position in a value, with access to the bytes from there on.
///
/// A value may be spread over several lines of a header list, so it is read byte by byte.
pub(crate) trait Position: Iterator<Item = u8> + Clone {}
impl<I: Iterator<Item = u8> + Clone> Position for I {}

/// The values that `input` splits into, each as its bytes.
///
/// <https://fetch.spec.whatwg.org/#header-value-get-decode-and-split>
pub(crate) fn split<P: Position>(input: P) -> Split<P> {
    Split { position: Some(input) }
}

#[derive(Clone, Debug)]
pub(crate) struct Split<P> {
    position: Option<P>,
}

impl<P: Position> Iterator for Split<P> {
    type Item = core::iter::Take<core::iter::Skip<P>>;

    fn next(&mut self) -> Option<Self::Item> {
        let start = self.position.take()?;
        let mut position = start.clone();
        // Tab or space at the start of the value, and one past the last byte that is neither.
        let (mut length, mut blank, mut end) = (0_usize, 0_usize, 0_usize);
        let mut quoted = Quoted::No;
        while let Some(byte) = position.next() {
            if quoted.ends_at(byte) {
                self.position = Some(position);
                break;
            }
            length += 1;
            if !matches!(byte, b'\t' | b' ') {
                end = length;
            } else if end == 0 {
                blank = length;
            }
        }
        Some(start.skip(blank).take(end.saturating_sub(blank)))
    }
}

/// The combined value of these lines, split; only the values without a quoted string.
// OPTIMIZATION: no such value continues in the next line, so each is a slice of its line.
pub(crate) fn split_unquoted<'a>(lines: impl Iterator<Item = &'a [u8]>) -> impl Iterator<Item = &'a [u8]> {
    let mut lines = lines;
    let mut rest = None;
    let mut quoted = Quoted::No;
    core::iter::from_fn(move || {
        loop {
            let line = match rest {
                Some(rest) => rest,
                None => lines.next()?,
            };
            let goes_on = quoted != Quoted::No;
            let mut has_quotes = false;
            let comma = line.iter().position(|byte| {
                has_quotes |= *byte == b'"';
                quoted.ends_at(*byte)
            });
            let value = if let Some(comma) = comma {
                rest = line.get(comma + 1..);
                line.get(..comma)?
            } else {
                rest = None;
                // The comma between two lines.
                quoted.ends_at(b',');
                line
            };
            if !goes_on && !has_quotes {
                return Some(trim_tab_or_space(value));
            }
        }
    })
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Quoted {
    No,
    Yes,
    Escape,
}

impl Quoted {
    /// Whether a value ends before this byte.
    fn ends_at(&mut self, byte: u8) -> bool {
        *self = match (*self, byte) {
            (Quoted::No, b',') => return true,
            (Quoted::No, b'"') | (Quoted::Escape, _) => Quoted::Yes,
            (Quoted::Yes, b'\\') => Quoted::Escape,
            (Quoted::Yes, b'"') => Quoted::No,
            (same, _) => same,
        };
        false
    }
}

#[cfg(test)]
mod tests {
    extern crate std;
    use super::*;
    use std::{string::String, vec::Vec};

    fn values(input: &str) -> Vec<String> {
        let values: Vec<String> = split(input.bytes()).map(|value| value.map(char::from).collect()).collect();
        values
    }

    #[test]
    fn split_agrees_with_the_standards_examples() {
        // <https://fetch.spec.whatwg.org/#example-header-list-get-decode-split>
        assert_eq!(values("nosniff,"), ["nosniff", ""]);
        assert_eq!(values(""), [""]);
        assert_eq!(values("text/html;\", x/x"), ["text/html;\", x/x"]);
        assert_eq!(values("x/x;test=\"hi\",y/y"), ["x/x;test=\"hi\"", "y/y"]);
        assert_eq!(values("x / x,,,1"), ["x / x", "", "", "1"]);
        assert_eq!(values("\"1,2\", 3"), ["\"1,2\"", "3"]);
    }

    #[test]
    fn values_without_quotes_are_slices() {
        let pieces = ["", "*", " a\t", "\"", "b\"", "\\", "a, b", "\"c, d", "e\", *", "\\\"", "\"\\"];
        for first in pieces {
            for second in pieces {
                for third in pieces {
                    let combined = values(&[first, second, third].join(", "));
                    let expected = combined.iter().filter(|value| !value.contains('"')).map(String::as_bytes);
                    let lines = [first, second, third].map(str::as_bytes);
                    assert!(split_unquoted(lines.into_iter()).eq(expected), "{lines:?}");
                }
            }
        }
    }

    #[test]
    fn commas_in_quoted_strings_do_not_split() {
        assert_eq!(values("a\"b,c\"d,e"), ["a\"b,c\"d", "e"]);
        assert_eq!(values("\"a\\\",b\",c"), ["\"a\\\",b\"", "c"]);
        assert_eq!(values("\"\\"), ["\"\\"]);
        assert_eq!(values(" \t , a \t"), ["", "a"]);
    }
}
