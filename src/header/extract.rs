//! "Extract header list values": the elements of a header whose grammar is a list, or the value of one that is single.

use core::{error, fmt};

use super::{CombinedValue, HeaderName, Headers, value::ValueLines};
use crate::grammar::{self, Elements};

impl<'a> Headers<'a> {
    /// "Extract header list values": the elements of all headers of this name, whose grammar is a list of tokens.
    ///
    /// Each line is parsed by itself; one element that is not a token fails the whole.
    ///
    /// <https://fetch.spec.whatwg.org/#extract-header-list-values>
    pub fn extract(self, name: HeaderName<'a>) -> Result<Option<ListValues<'a>>, InvalidElement<'a>> {
        // 1.
        let Some(value) = self.get(name) else { return Ok(None) };
        // 2 does not apply: a list may have several lines. 3–5.
        ListValues::new(value).map(Some)
    }

    /// The value of the header of this name, whose grammar allows a single header.
    ///
    /// <https://fetch.spec.whatwg.org/#extract-header-list-values>
    pub fn extract_single(self, name: HeaderName<'a>) -> Result<Option<&'a [u8]>, MultipleHeaders> {
        // 1.
        let Some(value) = self.get(name) else { return Ok(None) };
        // 2.
        value.single().map(Some).ok_or(MultipleHeaders)
    }
}

/// The elements of a list header, all of them tokens.
///
/// <https://fetch.spec.whatwg.org/#extract-header-list-values>
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct ListValues<'a> {
    value: CombinedValue<'a>,
    has_wildcard: bool,
}

impl<'a> ListValues<'a> {
    pub(super) fn new(value: CombinedValue<'a>) -> Result<Self, InvalidElement<'a>> {
        Self::noted(value, &mut |_| ())
    }

    /// The elements of `value`, or the first that is not a token. Each before it is given to `note`.
    pub(crate) fn noted(value: CombinedValue<'a>, note: &mut dyn FnMut(&'a [u8])) -> Result<Self, InvalidElement<'a>> {
        let mut has_wildcard = false;
        for line in value.value_lines() {
            let mut elements = Elements::new(line);
            while let Some(token) = elements.next_token() {
                has_wildcard |= token == b"*";
                note(token);
            }
            if let Some(element) = elements.next() {
                let (name, offset) = (value.name(), grammar::find_non_token(element).unwrap_or_default());
                return Err(InvalidElement { name, line, element, offset, follows_wildcard: has_wildcard });
            }
        }
        Ok(ListValues { value, has_wildcard })
    }

    /// The elements, in order, doubles kept.
    pub fn iter(self) -> impl Iterator<Item = &'a str> + Clone {
        self.elements().filter_map(grammar::token)
    }

    /// The elements, as bytes.
    pub(crate) fn elements(self) -> ListElements<'a> {
        ListElements { line: Elements::new(b""), lines: self.value.value_lines() }
    }

    /// Whether an element is `token`, byte for byte.
    pub fn contains(self, token: &str) -> bool {
        self.elements().any(|element| element == token.as_bytes())
    }

    /// Whether an element is `*`.
    #[cfg(feature = "browser")]
    pub(crate) const fn contains_wildcard(self) -> bool {
        self.has_wildcard
    }

    /// Whether an element is the byte-case-insensitive match of `name`.
    pub fn contains_name(self, name: HeaderName<'_>) -> bool {
        self.elements().any(|element| name.matches(element))
    }
}

/// The elements of a [`ListValues`], in order.
#[derive(Clone)]
pub(crate) struct ListElements<'a> {
    line: Elements<'a>,
    lines: ValueLines<'a>,
}

impl<'a> Iterator for ListElements<'a> {
    type Item = &'a [u8];

    fn next(&mut self) -> Option<&'a [u8]> {
        loop {
            if let Some(element) = self.line.next() {
                return Some(element);
            }
            self.line = Elements::new(self.lines.next()?);
        }
    }
}

impl fmt::Debug for ListValues<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_list().entries(self.iter()).finish()
    }
}

/// A list header has an element that is not a token, so the whole header is ignored.
///
/// <https://fetch.spec.whatwg.org/#extract-header-list-values>
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct InvalidElement<'a> {
    /// The header.
    pub name: HeaderName<'a>,
    /// The value of the line that the element is on.
    pub line: &'a [u8],
    /// The element.
    pub element: &'a [u8],
    /// The offset within the element of the first byte that no token has, in bytes.
    pub offset: usize,
    follows_wildcard: bool,
}

impl InvalidElement<'_> {
    /// Whether an element before it is `*`.
    pub const fn follows_wildcard(&self) -> bool {
        self.follows_wildcard
    }
}

impl fmt::Display for InvalidElement<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let InvalidElement { name, element, offset, .. } = self;
        write!(
            formatter,
            "`{name}` has the element `{}`, which is not a token at byte {offset}",
            element.escape_ascii()
        )
    }
}

impl error::Error for InvalidElement<'_> {}

/// A header that may occur once occurs several times.
///
/// <https://fetch.spec.whatwg.org/#extract-header-list-values>
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct MultipleHeaders;

impl fmt::Display for MultipleHeaders {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("several headers where one is allowed")
    }
}

impl error::Error for MultipleHeaders {}
