//! A header value to write.

use core::fmt;

use crate::grammar::trim_tab_or_space;

/// The longest value of a request that is read, in bytes, including the whitespace around it.
pub(crate) const FIELD_LIMIT: usize = 4096;

/// A header value to write: bytes that live as long as the policy or the request that they come from.
///
/// <https://fetch.spec.whatwg.org/#header-value>
#[derive(Clone, Copy)]
pub struct ValueRef<'v>(Repr<'v>);

#[derive(Clone, Copy)]
enum Repr<'v> {
    Bytes(&'v [u8]),
    #[cfg(feature = "http")]
    Shared(&'v http::HeaderValue),
}

/// Values that the crate has ready as constants.
macro_rules! constants {
    ($($constant:ident = $text:literal;)*) => {
        impl ValueRef<'static> {
            $(pub(crate) const $constant: Self = {
                #[cfg(feature = "http")]
                static VALUE: http::HeaderValue = http::HeaderValue::from_static($text);
                #[cfg(feature = "http")]
                let text = ValueRef::shared(&VALUE);
                #[cfg(not(feature = "http"))]
                let text = ValueRef::borrowed($text.as_bytes());
                text
            };)*
        }
    };
}

constants! {
    ANY = "*";
    TRUE = "true";
    CORS_SAFELISTED_METHODS = "GET, HEAD, POST";
}

impl<'v> ValueRef<'v> {
    pub(crate) const EMPTY: Self = ValueRef::borrowed(b"");

    pub(crate) const fn borrowed(bytes: &'v [u8]) -> Self {
        ValueRef(Repr::Bytes(bytes))
    }

    /// A value whose clone only changes a reference count. It must have no whitespace around it.
    #[cfg(feature = "http")]
    pub(crate) const fn shared(value: &'v http::HeaderValue) -> Self {
        ValueRef(Repr::Shared(value))
    }

    /// The value, if [`ValueRef::to_header_value`] would not copy it.
    #[cfg(all(feature = "http", feature = "server"))]
    pub(crate) const fn as_shared(self) -> Option<&'v http::HeaderValue> {
        match self.0 {
            Repr::Bytes(_) => None,
            Repr::Shared(value) => Some(value),
        }
    }

    /// The value of a request's line, without the whitespace around it.
    ///
    /// A value of more than [`FIELD_LIMIT`] bytes keeps its whitespace, because removing it would read each byte. Such
    /// a value is longer than every origin, method and list that is read, so it is not used further.
    #[inline]
    pub(crate) const fn of_field(bytes: &'v [u8]) -> Self {
        if bytes.len() > FIELD_LIMIT {
            return ValueRef::borrowed(bytes);
        }
        ValueRef::borrowed(trim_tab_or_space(bytes))
    }

    /// See [`ValueRef::of_field`].
    #[cfg(feature = "http")]
    #[inline]
    pub(crate) fn of_map_value(value: &'v http::HeaderValue) -> Self {
        let trimmed = ValueRef::of_field(value.as_bytes());
        if trimmed.as_bytes().len() == value.len() { ValueRef::shared(value) } else { trimmed }
    }

    /// The bytes of the value.
    #[inline]
    pub fn as_bytes(self) -> &'v [u8] {
        match self.0 {
            Repr::Bytes(bytes) => bytes,
            #[cfg(feature = "http")]
            Repr::Shared(value) => value.as_bytes(),
        }
    }

    /// The value as the `http` crate has it. It is copied only if neither the crate nor the caller has such a value.
    #[cfg(feature = "http")]
    #[inline]
    pub fn to_header_value(self) -> Result<http::HeaderValue, http::header::InvalidHeaderValue> {
        match self.0 {
            Repr::Bytes(bytes) => http::HeaderValue::from_bytes(bytes),
            Repr::Shared(value) => Ok(value.clone()),
        }
    }
}

impl PartialEq for ValueRef<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.as_bytes() == other.as_bytes()
    }
}

impl Eq for ValueRef<'_> {}

/// Writes the value as text. Bytes that are not printable ASCII are escaped.
impl fmt::Display for ValueRef<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.as_bytes().escape_ascii(), formatter)
    }
}

impl fmt::Debug for ValueRef<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "\"{self}\"")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_equal_by_their_bytes() {
        assert_eq!(ValueRef::TRUE, ValueRef::borrowed(b"true"));
        assert_ne!(ValueRef::TRUE, ValueRef::ANY);
        assert_ne!(ValueRef::borrowed(b"true"), ValueRef::borrowed(b"True"));
    }

    #[test]
    fn a_value_longer_than_the_limit_keeps_its_blanks() {
        let blanks = [b' '; FIELD_LIMIT + 1];
        assert_eq!(ValueRef::of_field(&blanks).as_bytes().len(), FIELD_LIMIT + 1);
        assert_eq!(ValueRef::of_field(&blanks[1..]).as_bytes(), b"");
        assert_eq!(ValueRef::of_field(b"\t a b ").as_bytes(), b"a b");
    }
}
