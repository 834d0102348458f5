//! How the standard reads the value of a header that may occur on several lines.

use core::{error, fmt, hash};

use super::{Header, HeaderName, Headers, Iter};
use crate::{
    convert::impl_eq_text,
    grammar::{self, LengthFilter},
};

/// The values of all headers of one name, combined: separated by a comma and a space.
///
/// <https://fetch.spec.whatwg.org/#concept-header-list-get>
#[derive(Clone, Copy)]
pub struct CombinedValue<'a> {
    headers: Headers<'a>,
    name: HeaderName<'a>,
    first: &'a [u8],
    lines: Lines,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Lines {
    One,
    Several(EmptyLines),
}

/// The treatment of empty lines among several lines.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum EmptyLines {
    /// They count like other lines.
    Read,
    /// They do not count. If all lines are empty, they count as one empty line.
    #[cfg(feature = "browser")]
    Skipped,
}

impl EmptyLines {
    #[inline]
    fn keeps(self, value: &[u8]) -> bool {
        self == EmptyLines::Read || !value.is_empty()
    }
}

impl<'a> CombinedValue<'a> {
    /// The combined value of each name.
    // OPTIMIZATION: reads the lines once for all names. One pass for each name would cost a tenth of a check of a
    // preflight with ten lines. Of a line with another name, only the name is read, and of a name of another length only that. The
    // values are the same.
    #[inline]
    pub(super) fn of_each<const N: usize>(
        headers: Headers<'a>,
        names: [(HeaderName<'a>, EmptyLines); N],
    ) -> [Option<Self>; N] {
        let mut values = [None; N];
        let lengths = names.iter().fold(LengthFilter::NONE, |lengths, (name, _)| lengths.with(name.as_str().len()));
        for (other, value) in headers.raw_lines() {
            if !lengths.may_have(other.len()) {
                continue;
            }
            let mut is_named = false;
            for ((name, empty_lines), combined) in names.iter().zip(&mut values) {
                // OPTIMIZATION: most names are in lower case, as in HTTP/2, and `==` is faster than a comparison
                // without regard to case.
                if name.as_str() == other || name.matches(other.as_bytes()) {
                    Self::add_line(combined, headers, *name, *empty_lines, grammar::trim_tab_or_space(value));
                    is_named = true;
                }
            }
            // Lines after the second one of a name change nothing.
            let is_known = |value: &Option<Self>| value.is_some_and(|value| value.lines != Lines::One);
            if is_named && values.iter().all(is_known) {
                break;
            }
        }
        values
    }

    #[inline(never)]
    fn add_line(
        combined: &mut Option<Self>,
        headers: Headers<'a>,
        name: HeaderName<'a>,
        empty_lines: EmptyLines,
        value: &'a [u8],
    ) {
        match combined {
            None => *combined = Some(CombinedValue { headers, name, first: value, lines: Lines::One }),
            Some(_) if !empty_lines.keeps(value) => {}
            Some(combined) if !empty_lines.keeps(combined.first) => combined.first = value,
            Some(combined) => combined.lines = Lines::Several(empty_lines),
        }
    }

    /// The name of these headers, as the caller wrote it.
    pub fn name(self) -> HeaderName<'a> {
        self.name
    }

    /// The value, if it is on a single line.
    pub fn single(self) -> Option<&'a [u8]> {
        match self.lines {
            Lines::One => Some(self.first),
            Lines::Several(_) => None,
        }
    }

    /// The value of the first line alone.
    #[cfg(feature = "browser")]
    pub(crate) fn first_line(self) -> Self {
        CombinedValue { lines: Lines::One, ..self }
    }

    /// The value of each line, in order.
    pub fn lines(self) -> impl Iterator<Item = &'a [u8]> + Clone {
        self.value_lines()
    }

    pub(super) fn value_lines(self) -> ValueLines<'a> {
        let (headers, empty_lines) = match self.lines {
            Lines::One => (Headers::EMPTY, EmptyLines::Read),
            Lines::Several(empty_lines) => (self.headers, empty_lines),
        };
        ValueLines { single: self.single(), headers: headers.iter(), name: self.name, empty_lines }
    }

    /// The bytes of the combined value.
    pub fn bytes(self) -> impl Iterator<Item = u8> + Clone {
        let mut lines = self.value_lines();
        ValueBytes { now: lines.next().unwrap_or_default(), then: None, lines }
    }

    /// The combined value, split at its commas outside quoted strings.
    ///
    /// <https://fetch.spec.whatwg.org/#concept-header-list-get-decode-split>
    pub fn get_decode_and_split(self) -> impl Iterator<Item = impl Iterator<Item = u8> + Clone> + Clone {
        grammar::split(self.bytes())
    }
}

/// The values of the lines of a [`CombinedValue`], in order.
#[derive(Clone)]
pub(super) struct ValueLines<'a> {
    single: Option<&'a [u8]>,
    headers: Iter<'a>,
    name: HeaderName<'a>,
    empty_lines: EmptyLines,
}

impl<'a> Iterator for ValueLines<'a> {
    type Item = &'a [u8];

    fn next(&mut self) -> Option<&'a [u8]> {
        if let Some(single) = self.single.take() {
            return Some(single);
        }
        let matches = |header: &Header<'_>| header.name == self.name && self.empty_lines.keeps(header.value);
        self.headers.find(matches).map(|header| header.value)
    }
}

/// The bytes of a [`CombinedValue`], combined.
#[derive(Clone)]
struct ValueBytes<'a> {
    now: &'a [u8],
    then: Option<&'a [u8]>,
    lines: ValueLines<'a>,
}

impl Iterator for ValueBytes<'_> {
    type Item = u8;

    fn next(&mut self) -> Option<u8> {
        loop {
            if let [byte, rest @ ..] = self.now {
                self.now = rest;
                return Some(*byte);
            }
            (self.now, self.then) = match self.then {
                Some(line) => (line, None),
                None => (b", ".as_slice(), Some(self.lines.next()?)),
            };
        }
    }
}

impl PartialEq<[u8]> for CombinedValue<'_> {
    fn eq(&self, other: &[u8]) -> bool {
        match self.single() {
            Some(value) => value == other,
            None => self.bytes().eq(other.iter().copied()),
        }
    }
}

impl<const N: usize> PartialEq<[u8; N]> for CombinedValue<'_> {
    fn eq(&self, other: &[u8; N]) -> bool {
        *self == other[..]
    }
}

impl PartialEq for CombinedValue<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.bytes().eq(other.bytes())
    }
}

impl Eq for CombinedValue<'_> {}

impl_eq_text!(CombinedValue, |value, text| value == *text.as_bytes());

impl PartialEq<&[u8]> for CombinedValue<'_> {
    fn eq(&self, other: &&[u8]) -> bool {
        *self == **other
    }
}

impl hash::Hash for CombinedValue<'_> {
    fn hash<H: hash::Hasher>(&self, state: &mut H) {
        self.bytes().for_each(|byte| state.write_u8(byte));
        state.write_u8(0xFF);
    }
}

/// Writes the combined value as text, with bytes outside ASCII escaped.
impl fmt::Display for CombinedValue<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.bytes().try_for_each(|byte| write!(formatter, "{}", core::ascii::escape_default(byte)))
    }
}

impl fmt::Debug for CombinedValue<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}: {self}", self.name)
    }
}

/// Why `value`, without the tabs and spaces around it, is not a header value.
///
/// <https://fetch.spec.whatwg.org/#header-value>
pub fn check_header_value(value: &[u8]) -> Result<(), InvalidHeaderValue> {
    match value.iter().position(|byte| matches!(byte, 0x00 | b'\n' | b'\r')) {
        None => Ok(()),
        Some(offset) => Err(InvalidHeaderValue { offset }),
    }
}

/// A header value has a NUL, CR or LF.
///
/// <https://fetch.spec.whatwg.org/#header-value>
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct InvalidHeaderValue {
    /// The offset of that byte.
    pub offset: usize,
}

impl fmt::Display for InvalidHeaderValue {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "header value has a NUL, CR or LF at byte {}", self.offset)
    }
}

impl error::Error for InvalidHeaderValue {}
