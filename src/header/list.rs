//! A header list, borrowed.

use core::{fmt, hash, slice};

use super::{CombinedValue, HeaderName, value::EmptyLines};
use crate::grammar;

/// One line of a header list.
///
/// <https://fetch.spec.whatwg.org/#concept-header>
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(clippy::exhaustive_structs, reason = "a name and a value, for good")]
pub struct Header<'a> {
    /// The name, as it was written.
    pub name: HeaderName<'a>,
    /// The value, without tab or space around it.
    pub value: &'a [u8],
}

/// A header list to read: lines in order, with repeated names. Names are compared without regard to ASCII case.
///
/// <https://fetch.spec.whatwg.org/#concept-header-list>
///
/// ```
/// use fetch_cors::header::{HeaderName, Headers};
///
/// let lines: [(&str, &[u8]); 2] = [("Vary", b"Origin"), ("vary", b" Accept ")];
/// let vary = Headers::from_pairs(&lines).get(HeaderName::VARY);
/// assert!(vary.is_some_and(|value| value == *b"Origin, Accept"));
/// ```
#[derive(Clone, Copy)]
pub struct Headers<'a>(Source<'a>);

#[derive(Clone, Copy)]
enum Source<'a> {
    Pairs(&'a [(&'a str, &'a [u8])]),
    Other(&'a dyn HeaderSource),
    #[cfg(feature = "http")]
    Map(&'a http::HeaderMap),
}

/// A header list of another type, for [`Headers::from_source`].
///
/// Lines are numbered from 0 in the order of the list. A name or a value is given as it is on the wire.
///
/// It is [`Sync`], so that a value that borrows [`Headers`] can be kept across an `await`, and be sent to another
/// thread.
pub trait HeaderSource: Sync {
    /// The line of this number; `None` after the last.
    fn header(&self, number: usize) -> Option<(&str, &[u8])>;
}

impl<'a> Headers<'a> {
    /// No headers at all.
    pub const EMPTY: Headers<'static> = Headers(Source::Pairs(&[]));

    /// The headers of a slice of names and values.
    pub const fn from_pairs(pairs: &'a [(&'a str, &'a [u8])]) -> Self {
        Headers(Source::Pairs(pairs))
    }

    /// The headers of any list whose lines can be numbered.
    pub const fn from_source(source: &'a dyn HeaderSource) -> Self {
        Headers(Source::Other(source))
    }

    #[cfg(feature = "http")]
    pub(crate) const fn from_map(map: &'a http::HeaderMap) -> Self {
        Headers(Source::Map(map))
    }

    /// The lines, in order.
    pub fn iter(self) -> Iter<'a> {
        Iter(self.raw_lines())
    }

    /// The lines, in order, with the whitespace around their values.
    pub(crate) fn raw_lines(self) -> RawLines<'a> {
        match self.0 {
            Source::Pairs(pairs) => RawLines::Pairs(pairs.iter()),
            Source::Other(source) => RawLines::Other(source, 0),
            #[cfg(feature = "http")]
            Source::Map(map) => RawLines::Map(crate::http::Lines::new(map)),
        }
    }

    /// The pairs, if this list is made of pairs.
    #[cfg(feature = "server")]
    pub(crate) const fn as_pairs(self) -> Option<&'a [(&'a str, &'a [u8])]> {
        match self.0 {
            Source::Pairs(pairs) => Some(pairs),
            Source::Other(_) => None,
            #[cfg(feature = "http")]
            Source::Map(_) => None,
        }
    }

    /// The map, if this list is a map.
    #[cfg(all(feature = "server", feature = "http"))]
    pub(crate) const fn as_map(self) -> Option<&'a http::HeaderMap> {
        match self.0 {
            Source::Map(map) => Some(map),
            Source::Pairs(_) | Source::Other(_) => None,
        }
    }

    /// Whether there is a header of this name.
    ///
    /// <https://fetch.spec.whatwg.org/#header-list-contains>
    pub fn contains(self, name: HeaderName<'_>) -> bool {
        self.iter().any(|header| header.name == name)
    }

    /// The values of all headers of this name, combined.
    ///
    /// <https://fetch.spec.whatwg.org/#concept-header-list-get>
    pub fn get(self, name: HeaderName<'a>) -> Option<CombinedValue<'a>> {
        let [value] = CombinedValue::of_each(self, [(name, EmptyLines::Read)]);
        value
    }

    /// "Get" for each of these names, with or without empty lines.
    #[cfg(feature = "browser")]
    #[inline]
    pub(crate) fn get_each<const N: usize>(
        self,
        names: [(HeaderName<'a>, EmptyLines); N],
    ) -> [Option<CombinedValue<'a>>; N] {
        CombinedValue::of_each(self, names)
    }
}

impl<'a> IntoIterator for Headers<'a> {
    type Item = Header<'a>;
    type IntoIter = Iter<'a>;

    fn into_iter(self) -> Iter<'a> {
        self.iter()
    }
}

/// Two are equal if they have the same lines in the same order.
impl PartialEq for Headers<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.iter().eq(other.iter())
    }
}

impl Eq for Headers<'_> {}

impl hash::Hash for Headers<'_> {
    fn hash<H: hash::Hasher>(&self, state: &mut H) {
        self.iter().for_each(|line| line.hash(state));
        state.write_u8(0xFF);
    }
}

impl fmt::Debug for Headers<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        struct Line<'a>(Header<'a>);
        impl fmt::Debug for Line<'_> {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(formatter, "{}: {}", self.0.name, self.0.value.escape_ascii())
            }
        }
        formatter.debug_list().entries(self.iter().map(Line)).finish()
    }
}

/// The lines of a [`Headers`], in order.
#[derive(Clone)]
pub struct Iter<'a>(RawLines<'a>);

/// The lines of a [`Headers`], in order, with the whitespace around their values.
#[derive(Clone)]
pub(crate) enum RawLines<'a> {
    Pairs(slice::Iter<'a, (&'a str, &'a [u8])>),
    Other(&'a dyn HeaderSource, usize),
    #[cfg(feature = "http")]
    Map(crate::http::Lines<'a>),
}

impl<'a> Iterator for RawLines<'a> {
    type Item = (&'a str, &'a [u8]);

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        match self {
            RawLines::Pairs(pairs) => pairs.next().copied(),
            RawLines::Other(source, number) => {
                let line = source.header(*number)?;
                *number += 1;
                Some(line)
            }
            #[cfg(feature = "http")]
            RawLines::Map(lines) => lines.next(),
        }
    }
}

impl<'a> Iterator for Iter<'a> {
    type Item = Header<'a>;

    #[inline]
    fn next(&mut self) -> Option<Header<'a>> {
        let (name, value) = self.0.next()?;
        Some(Header { name: HeaderName::from_transport(name), value: grammar::trim_tab_or_space(value) })
    }
}

impl fmt::Debug for Iter<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_list().entries(self.clone()).finish()
    }
}
