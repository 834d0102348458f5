//! The value of a header of a request, as it is sent.

use core::{fmt, hash};

use super::{RequestHeaders, combined::CombinedBytes};
use crate::{browser::iterators::OptionIter, convert::impl_eq_text, header::HeaderName, origin::Origin};

/// The value of a header of a request, as it is sent: the caller's bytes, or bytes that are computed one by one.
#[derive(Clone, Copy)]
pub struct RequestHeaderValue<'a>(Kind<'a>);

#[derive(Clone, Copy)]
enum Kind<'a> {
    Bytes(&'a [u8]),
    /// The values of all headers of this name, with `, ` between them.
    Combined(RequestHeaders<'a>, HeaderName<'a>),
    /// The page's `Content-Type`, with another charset.
    RewrittenContentType(RequestHeaders<'a>),
    Origin(Origin<'a>),
}

impl<'a> RequestHeaderValue<'a> {
    pub(in crate::browser) const fn from_bytes(bytes: &'a [u8]) -> Self {
        RequestHeaderValue(Kind::Bytes(bytes))
    }

    pub(in crate::browser) const fn from_origin(origin: Origin<'a>) -> Self {
        RequestHeaderValue(Kind::Origin(origin))
    }

    pub(super) const fn combined(headers: RequestHeaders<'a>, name: HeaderName<'a>) -> Self {
        RequestHeaderValue(Kind::Combined(headers, name))
    }

    pub(super) const fn rewritten_content_type(headers: RequestHeaders<'a>) -> Self {
        RequestHeaderValue(Kind::RewrittenContentType(headers))
    }

    /// The value, if it is one slice of the caller's memory.
    pub const fn as_bytes(self) -> Option<&'a [u8]> {
        match self.0 {
            Kind::Bytes(bytes) => Some(bytes),
            Kind::Combined(..) | Kind::RewrittenContentType(_) | Kind::Origin(_) => None,
        }
    }

    /// The bytes of the value.
    pub fn bytes(self) -> impl Iterator<Item = u8> + Clone + use<'a> {
        let (mut bytes, mut combined, mut rewritten, mut origin) = (b"".as_slice(), None, None, None);
        match self.0 {
            Kind::Bytes(value) => bytes = value,
            Kind::Combined(headers, name) => combined = CombinedBytes::of(headers, name),
            Kind::RewrittenContentType(headers) => rewritten = headers.rewritten_content_type(),
            Kind::Origin(value) => origin = Some(value.serialized_bytes()),
        }
        bytes.iter().copied().chain(OptionIter(combined)).chain(OptionIter(rewritten)).chain(OptionIter(origin))
    }
}

impl PartialEq<[u8]> for RequestHeaderValue<'_> {
    fn eq(&self, other: &[u8]) -> bool {
        match self.as_bytes() {
            Some(bytes) => bytes == other,
            None => self.bytes().eq(other.iter().copied()),
        }
    }
}

impl<const N: usize> PartialEq<[u8; N]> for RequestHeaderValue<'_> {
    fn eq(&self, other: &[u8; N]) -> bool {
        *self == other[..]
    }
}

impl PartialEq for RequestHeaderValue<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.bytes().eq(other.bytes())
    }
}

impl Eq for RequestHeaderValue<'_> {}

impl_eq_text!(RequestHeaderValue, |value, text| value == *text.as_bytes());

impl hash::Hash for RequestHeaderValue<'_> {
    fn hash<H: hash::Hasher>(&self, state: &mut H) {
        self.bytes().for_each(|byte| state.write_u8(byte));
        state.write_u8(0xFF);
    }
}

/// Writes the value as text, with bytes outside ASCII escaped.
impl fmt::Display for RequestHeaderValue<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.bytes().try_for_each(|byte| write!(formatter, "{}", core::ascii::escape_default(byte)))
    }
}

impl fmt::Debug for RequestHeaderValue<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, formatter)
    }
}

/// A header of a request, as it is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct RequestHeader<'a> {
    /// The name, as the first header of this name was written.
    pub name: HeaderName<'a>,
    /// The value.
    pub value: RequestHeaderValue<'a>,
}

/// Writes a field line, without its end.
impl fmt::Display for RequestHeader<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}: {}", self.name, self.value)
    }
}
