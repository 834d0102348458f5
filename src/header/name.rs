//! Header names, and the sets of them that the standard names.

use core::{cmp, error, fmt, hash};

use super::set::NameSet;
use crate::{
    convert::{impl_eq_text, impl_text},
    grammar,
};

/// A header name: compared, ordered and hashed without regard to ASCII case.
///
/// <https://fetch.spec.whatwg.org/#header-name>
///
/// ```
/// use fetch_cors::header::HeaderName;
///
/// assert_eq!(HeaderName::new("x-request-id")?, HeaderName::new("X-Request-ID")?);
/// assert!(HeaderName::new("x request id").is_err());
/// # Ok::<(), fetch_cors::header::InvalidHeaderName>(())
/// ```
#[derive(Clone, Copy)]
pub struct HeaderName<'a>(pub(super) &'a str);

macro_rules! names {
    ($($constant:ident = $text:literal;)*) => {
        #[doc = "The names that this crate reads or writes."]
        impl HeaderName<'static> {
            $(#[doc = concat!("`", $text, "`")] pub const $constant: Self = HeaderName($text);)*
        }
    };
}

names! {
    ACCEPT = "accept";
    ACCEPT_LANGUAGE = "accept-language";
    ACCESS_CONTROL_ALLOW_CREDENTIALS = "access-control-allow-credentials";
    ACCESS_CONTROL_ALLOW_HEADERS = "access-control-allow-headers";
    ACCESS_CONTROL_ALLOW_METHODS = "access-control-allow-methods";
    ACCESS_CONTROL_ALLOW_ORIGIN = "access-control-allow-origin";
    ACCESS_CONTROL_ALLOW_PRIVATE_NETWORK = "access-control-allow-private-network";
    ACCESS_CONTROL_EXPOSE_HEADERS = "access-control-expose-headers";
    ACCESS_CONTROL_MAX_AGE = "access-control-max-age";
    ACCESS_CONTROL_REQUEST_HEADERS = "access-control-request-headers";
    ACCESS_CONTROL_REQUEST_METHOD = "access-control-request-method";
    ACCESS_CONTROL_REQUEST_PRIVATE_NETWORK = "access-control-request-private-network";
    AUTHORIZATION = "authorization";
    AVAILABLE_DICTIONARY = "available-dictionary";
    CACHE_CONTROL = "cache-control";
    CONTENT_DISPOSITION = "content-disposition";
    CONTENT_LANGUAGE = "content-language";
    CONTENT_LENGTH = "content-length";
    CONTENT_TYPE = "content-type";
    CROSS_ORIGIN_RESOURCE_POLICY = "cross-origin-resource-policy";
    HOST = "host";
    IF_MATCH = "if-match";
    IF_MODIFIED_SINCE = "if-modified-since";
    IF_NONE_MATCH = "if-none-match";
    IF_RANGE = "if-range";
    IF_UNMODIFIED_SINCE = "if-unmodified-since";
    LOCATION = "location";
    ORIGIN = "origin";
    PRAGMA = "pragma";
    RANGE = "range";
    REFERRER_POLICY = "referrer-policy";
    SEC_FETCH_SITE = "sec-fetch-site";
    SEC_FETCH_STORAGE_ACCESS = "sec-fetch-storage-access";
    TIMING_ALLOW_ORIGIN = "timing-allow-origin";
    VARY = "vary";
}

static NO_CORS_SAFELISTED_REQUEST_HEADERS: NameSet<4> =
    NameSet::new(["accept", "accept-language", "content-language", "content-type"]);

static CORS_SAFELISTED_RESPONSE_HEADERS: NameSet<7> = NameSet::new([
    "cache-control",
    "content-language",
    "content-length",
    "content-type",
    "expires",
    "last-modified",
    "pragma",
]);

static REQUEST_BODY_HEADERS: NameSet<4> =
    NameSet::new(["content-encoding", "content-language", "content-location", "content-type"]);

impl<'a> HeaderName<'a> {
    /// A name, checked to be a token.
    pub const fn new(name: &'a str) -> Result<Self, InvalidHeaderName> {
        match grammar::find_non_token(name.as_bytes()) {
            None => Ok(HeaderName(name)),
            Some(offset) => Err(InvalidHeaderName { offset }),
        }
    }

    /// A name as the transport gave it: it equals a real name or it equals none.
    pub(crate) const fn from_transport(name: &'a str) -> Self {
        HeaderName(name)
    }

    /// The name as it was written.
    pub const fn as_str(self) -> &'a str {
        self.0
    }

    /// The name in lower case.
    pub const fn lowercase(self) -> Lowercase<'a> {
        Lowercase(self.0)
    }

    /// Whether this is the byte-case-insensitive match of `bytes`.
    #[inline]
    pub const fn matches(self, bytes: &[u8]) -> bool {
        grammar::eq_ignore_ascii_case(self.0.as_bytes(), bytes)
    }

    #[inline(never)]
    pub(crate) const fn is_one_of(self, mut names: &[&str]) -> bool {
        while let [name, rest @ ..] = names {
            if grammar::eq_ignore_ascii_case(self.0.as_bytes(), name.as_bytes()) {
                return true;
            }
            names = rest;
        }
        false
    }

    #[inline(never)]
    pub(crate) const fn starts_with(self, prefix: &str) -> bool {
        let (mut name, mut prefix) = (self.0.as_bytes(), prefix.as_bytes());
        while let [expected, prefix_rest @ ..] = prefix {
            let [byte, name_rest @ ..] = name else { return false };
            if !byte.eq_ignore_ascii_case(expected) {
                return false;
            }
            (name, prefix) = (name_rest, prefix_rest);
        }
        true
    }

    /// Whether `Access-Control-Allow-Headers: *` does not cover this header.
    ///
    /// <https://fetch.spec.whatwg.org/#cors-non-wildcard-request-header-name>
    pub const fn is_cors_non_wildcard_request_header_name(self) -> bool {
        self.matches(HeaderName::AUTHORIZATION.0.as_bytes())
    }

    /// Whether only privileged APIs keep this header on a `no-cors` request.
    ///
    /// <https://fetch.spec.whatwg.org/#privileged-no-cors-request-header-name>
    pub const fn is_privileged_no_cors_request_header_name(self) -> bool {
        self.matches(HeaderName::RANGE.0.as_bytes())
    }

    /// Whether a page may set this header on a `no-cors` request, to a safelisted value.
    ///
    /// <https://fetch.spec.whatwg.org/#no-cors-safelisted-request-header-name>
    pub const fn is_no_cors_safelisted_request_header_name(self) -> bool {
        NO_CORS_SAFELISTED_REQUEST_HEADERS.contains(self)
    }

    /// Whether a script reads this header of a cross-origin response that lists no header names.
    ///
    /// <https://fetch.spec.whatwg.org/#cors-safelisted-response-header-name>
    pub const fn is_cors_safelisted_response_header_name(self) -> bool {
        CORS_SAFELISTED_RESPONSE_HEADERS.contains(self)
    }

    /// Whether naming this response header in `Access-Control-Expose-Headers` shows a script more than it sees anyway.
    ///
    /// <https://fetch.spec.whatwg.org/#cors-safelisted-response-header-name>
    pub const fn is_worth_exposing(self) -> bool {
        !self.is_cors_safelisted_response_header_name()
            && !self.is_forbidden_response_header_name()
            && !self.starts_with("access-control-")
    }

    /// Whether this header describes the body, and goes when a redirect drops the body.
    ///
    /// <https://fetch.spec.whatwg.org/#request-body-header-name>
    pub const fn is_request_body_header_name(self) -> bool {
        REQUEST_BODY_HEADERS.contains(self)
    }
}

impl_text!(HeaderName, InvalidHeaderName);
impl_eq_text!(HeaderName, |name, text| name.matches(text.as_bytes()));

impl<'a> TryFrom<&'a [u8]> for HeaderName<'a> {
    type Error = InvalidHeaderName;

    fn try_from(bytes: &'a [u8]) -> Result<Self, InvalidHeaderName> {
        grammar::check_token(bytes).map(HeaderName).map_err(|offset| InvalidHeaderName { offset })
    }
}

impl PartialEq for HeaderName<'_> {
    #[inline]
    fn eq(&self, other: &Self) -> bool {
        self.matches(other.0.as_bytes())
    }
}

impl Eq for HeaderName<'_> {}

impl Ord for HeaderName<'_> {
    fn cmp(&self, other: &Self) -> cmp::Ordering {
        grammar::cmp_ignore_ascii_case(self.0.as_bytes(), other.0.as_bytes())
    }
}

impl PartialOrd for HeaderName<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl hash::Hash for HeaderName<'_> {
    fn hash<H: hash::Hasher>(&self, state: &mut H) {
        for byte in self.0.bytes() {
            state.write_u8(byte.to_ascii_lowercase());
        }
        state.write_u8(0xFF);
    }
}

impl fmt::Display for HeaderName<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(self.0)
    }
}

impl fmt::Debug for HeaderName<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.0, formatter)
    }
}

/// A header name, written in lower case.
#[derive(Clone, Copy, Debug)]
pub struct Lowercase<'a>(&'a str);

impl Lowercase<'_> {
    /// The bytes of the name, in lower case.
    pub fn bytes(self) -> impl Iterator<Item = u8> {
        self.0.bytes().map(|byte| byte.to_ascii_lowercase())
    }
}

/// Memory for a name, aligned for the vector instructions that change it.
#[repr(align(16))]
struct Words([u8; 64]);

impl fmt::Display for Lowercase<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        use fmt::Write;
        // OPTIMIZATION: all but the longest names are converted in whole words, and written in one call. The text is
        // the same.
        let mut memory = Words([0; 64]);
        if let Some(bytes) = memory.0.get_mut(..self.0.len().next_multiple_of(16))
            && let Some(start) = bytes.get_mut(..self.0.len())
        {
            start.copy_from_slice(self.0.as_bytes());
            bytes.make_ascii_lowercase();
            if let Some(text) = core::str::from_utf8(bytes).ok().and_then(|text| text.get(..self.0.len())) {
                return formatter.write_str(text);
            }
        }
        self.0.chars().try_for_each(|character| formatter.write_char(character.to_ascii_lowercase()))
    }
}

/// A header name is not a token.
///
/// <https://fetch.spec.whatwg.org/#header-name>
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct InvalidHeaderName {
    /// The offset of the first byte that no token has, in bytes; 0 for the empty name.
    pub offset: usize,
}

impl fmt::Display for InvalidHeaderName {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "header name is not a token at byte {}", self.offset)
    }
}

impl error::Error for InvalidHeaderName {}
