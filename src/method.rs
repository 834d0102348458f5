//! Request methods: tokens, compared byte for byte.
//!
//! Six of them are normalized: a page that writes `put` sends `PUT`. A page that writes `patch` sends `patch`, which is another
//! method than `PATCH`.
//!
//! ```
//! use fetch_cors::method::Method;
//!
//! assert_eq!(Method::new("put")?.normalize(), Method::PUT);
//! assert!(Method::new("not a token").is_err());
//! # Ok::<(), fetch_cors::method::InvalidMethod>(())
//! ```

use core::{error, fmt};

use crate::{
    convert::{impl_eq_text, impl_text},
    grammar,
};

/// A request method: a token, compared byte for byte.
///
/// <https://fetch.spec.whatwg.org/#concept-method>
///
/// ```
/// use fetch_cors::method::Method;
///
/// assert_eq!(Method::new("put")?.normalize(), Method::PUT);
/// assert_eq!(Method::new("patch")?.normalize().as_str(), "patch");
/// # Ok::<(), fetch_cors::method::InvalidMethod>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Method<'a>(&'a str);

impl Method<'static> {
    /// `DELETE`
    pub const DELETE: Self = Method("DELETE");
    /// `GET`
    pub const GET: Self = Method("GET");
    /// `HEAD`
    pub const HEAD: Self = Method("HEAD");
    /// `OPTIONS`
    pub const OPTIONS: Self = Method("OPTIONS");
    /// `POST`
    pub const POST: Self = Method("POST");
    /// `PUT`
    pub const PUT: Self = Method("PUT");

    /// The methods that are normalized.
    const NORMALIZED: [Self; 6] = [Self::DELETE, Self::GET, Self::HEAD, Self::OPTIONS, Self::POST, Self::PUT];
}

const FORBIDDEN: [&str; 3] = ["CONNECT", "TRACE", "TRACK"];

impl<'a> Method<'a> {
    /// A method, checked to be a token.
    pub const fn new(method: &'a str) -> Result<Self, InvalidMethod> {
        match grammar::find_non_token(method.as_bytes()) {
            None => Ok(Method(method)),
            Some(offset) => Err(InvalidMethod { offset }),
        }
    }

    /// A method that the `http` crate has checked.
    #[cfg(feature = "http")]
    pub(crate) const fn from_transport(method: &'a str) -> Self {
        Method(method)
    }

    /// The method as text.
    pub const fn as_str(self) -> &'a str {
        self.0
    }

    /// Upper-cases the six methods that browsers upper-case, and leaves all others alone.
    ///
    /// <https://fetch.spec.whatwg.org/#concept-method-normalize>
    #[must_use]
    pub const fn normalize(self) -> Self {
        match Method::normalized(self.0.as_bytes()) {
            Some(normalized) => Method(normalized),
            None => self,
        }
    }

    /// The method that browsers send instead of this one, if it is one of the six that they upper-case.
    pub(crate) const fn normalized(method: &[u8]) -> Option<&'static str> {
        let mut rest: &[Method<'static>] = &Method::NORMALIZED;
        while let [normalized, tail @ ..] = rest {
            if grammar::eq_ignore_ascii_case(method, normalized.0.as_bytes()) {
                return Some(normalized.0);
            }
            rest = tail;
        }
        None
    }

    /// Whether this is a CORS-safelisted method: `GET`, `HEAD` or `POST`.
    ///
    /// <https://fetch.spec.whatwg.org/#cors-safelisted-method>
    pub const fn is_cors_safelisted(self) -> bool {
        matches!(self.0.as_bytes(), b"GET" | b"HEAD" | b"POST")
    }

    /// Whether no page may use this method.
    ///
    /// <https://fetch.spec.whatwg.org/#forbidden-method>
    pub const fn is_forbidden(self) -> bool {
        Self::is_forbidden_bytes(self.0.as_bytes())
    }

    pub(crate) const fn is_forbidden_bytes(bytes: &[u8]) -> bool {
        let mut forbidden: &[&str] = &FORBIDDEN;
        while let [method, rest @ ..] = forbidden {
            if grammar::eq_ignore_ascii_case(bytes, method.as_bytes()) {
                return true;
            }
            forbidden = rest;
        }
        false
    }
}

impl_text!(Method, InvalidMethod);
impl_eq_text!(Method, |method, text| method.0 == text);

impl<'a> TryFrom<&'a [u8]> for Method<'a> {
    type Error = InvalidMethod;

    fn try_from(bytes: &'a [u8]) -> Result<Self, InvalidMethod> {
        grammar::check_token(bytes).map(Method).map_err(|offset| InvalidMethod { offset })
    }
}

impl fmt::Display for Method<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(self.0)
    }
}

impl fmt::Debug for Method<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.0, formatter)
    }
}

/// A method is not a token.
///
/// <https://fetch.spec.whatwg.org/#concept-method>
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct InvalidMethod {
    /// The offset of the first byte that no token has, in bytes; 0 for the empty method.
    pub offset: usize,
}

impl fmt::Display for InvalidMethod {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "method is not a token at byte {}", self.offset)
    }
}

impl error::Error for InvalidMethod {}
