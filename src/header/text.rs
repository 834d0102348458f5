//! A header value to write.

use core::fmt;

/// A header value to write: bytes that live as long as the policy or the request that they come from.
///
/// <https://fetch.spec.whatwg.org/#header-value>
#[derive(Clone, Copy)]
pub struct HeaderText<'v>(Kind<'v>);

#[derive(Clone, Copy)]
enum Kind<'v> {
    Bytes(&'v [u8]),
    #[cfg(feature = "http")]
    Shared(&'v http::HeaderValue),
}

/// Values that are always at hand.
macro_rules! constants {
    ($($constant:ident = $text:literal;)*) => {
        impl HeaderText<'static> {
            $(pub(crate) const $constant: Self = {
                #[cfg(feature = "http")]
                static VALUE: http::HeaderValue = http::HeaderValue::from_static($text);
                #[cfg(feature = "http")]
                let text = HeaderText::shared(&VALUE);
                #[cfg(not(feature = "http"))]
                let text = HeaderText::borrowed($text.as_bytes());
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

impl<'v> HeaderText<'v> {
    pub(crate) const fn borrowed(bytes: &'v [u8]) -> Self {
        HeaderText(Kind::Bytes(bytes))
    }

    /// A value whose clone is a change of a reference count; it must have no blanks around.
    #[cfg(feature = "http")]
    pub(crate) const fn shared(value: &'v http::HeaderValue) -> Self {
        HeaderText(Kind::Shared(value))
    }

    /// The value, if [`HeaderText::to_header_value`] would not copy it.
    #[cfg(all(feature = "http", feature = "server"))]
    pub(crate) const fn as_shared(self) -> Option<&'v http::HeaderValue> {
        match self.0 {
            Kind::Bytes(_) => None,
            Kind::Shared(value) => Some(value),
        }
    }

    /// The bytes of the value.
    #[inline]
    pub fn as_bytes(self) -> &'v [u8] {
        match self.0 {
            Kind::Bytes(bytes) => bytes,
            #[cfg(feature = "http")]
            Kind::Shared(value) => value.as_bytes(),
        }
    }

    /// The value as the `http` crate has it; copied only where neither the crate nor the caller holds one already.
    #[cfg(feature = "http")]
    #[inline]
    pub fn to_header_value(self) -> Result<http::HeaderValue, http::header::InvalidHeaderValue> {
        match self.0 {
            Kind::Bytes(bytes) => http::HeaderValue::from_bytes(bytes),
            Kind::Shared(value) => Ok(value.clone()),
        }
    }
}

impl PartialEq for HeaderText<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.as_bytes() == other.as_bytes()
    }
}

impl Eq for HeaderText<'_> {}

/// Writes the value as text, with escapes for what is not printable ASCII.
impl fmt::Display for HeaderText<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.as_bytes().escape_ascii(), formatter)
    }
}

impl fmt::Debug for HeaderText<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "\"{self}\"")
    }
}
