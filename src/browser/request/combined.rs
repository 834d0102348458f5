//! The combined value of a request's headers of one name.

use super::{RequestHeaders, RequestHeadersIter};
use crate::header::HeaderName;

/// The bytes of the combined value of the headers of one name: its lines, with `, ` between them.
///
/// <https://fetch.spec.whatwg.org/#concept-header-list-combine>
#[derive(Clone)]
pub(super) struct CombinedBytes<'a> {
    separator: &'static [u8],
    line: &'a [u8],
    lines: RequestHeadersIter<'a>,
    name: HeaderName<'a>,
}

impl<'a> CombinedBytes<'a> {
    /// The combined value of the headers of this name, if there is one.
    pub(super) fn of(headers: RequestHeaders<'a>, name: HeaderName<'a>) -> Option<Self> {
        let mut lines = headers.iter();
        let line = lines.find(|header| header.name == name)?.value;
        let mut bytes = CombinedBytes { separator: b"", line, lines, name };
        bytes.fill();
        Some(bytes)
    }

    /// At the end of a line, moves to the next one, so that the next byte is available.
    fn fill(&mut self) {
        if self.separator.is_empty() && self.line.is_empty() {
            let name = self.name;
            if let Some(header) = self.lines.find(|header| header.name == name) {
                (self.separator, self.line) = (b", ", header.value);
            }
        }
    }

    /// The next byte, without taking it.
    pub(super) fn peek(&self) -> Option<u8> {
        self.separator.first().or(self.line.first()).copied()
    }

    /// The next bytes, if all are on one line.
    pub(super) fn slice(&self, length: usize) -> Option<&'a [u8]> {
        if self.separator.is_empty() { self.line.get(..length) } else { None }
    }

    /// Whether only a blank is left, because the last of several lines is empty.
    pub(super) fn is_final_blank(&self) -> bool {
        self.separator == b" " && self.line.is_empty() && self.lines.clone().all(|header| header.name != self.name)
    }

    /// Skips the bytes of a class, and returns how many there are.
    pub(super) fn skip_class(&mut self, is_skipped: impl Fn(u8) -> bool) -> usize {
        let mut count = 0;
        while self.peek().is_some_and(&is_skipped) {
            self.next();
            count += 1;
        }
        count
    }
}

impl Iterator for CombinedBytes<'_> {
    type Item = u8;

    fn next(&mut self) -> Option<u8> {
        let byte = self.peek()?;
        match self.separator {
            [_, rest @ ..] => self.separator = rest,
            [] => self.line = self.line.get(1..).unwrap_or_default(),
        }
        self.fill();
        Some(byte)
    }
}
