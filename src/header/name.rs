//! Header names, and the sets of them that the standard names.

use core::{cmp, error, fmt, hash};

use crate::{grammar, method::Method};

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
pub struct HeaderName<'a>(&'a str);

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
    CONTENT_LANGUAGE = "content-language";
    CONTENT_TYPE = "content-type";
    CROSS_ORIGIN_RESOURCE_POLICY = "cross-origin-resource-policy";
    HOST = "host";
    LOCATION = "location";
    ORIGIN = "origin";
    RANGE = "range";
    REFERRER_POLICY = "referrer-policy";
    SEC_FETCH_SITE = "sec-fetch-site";
    TIMING_ALLOW_ORIGIN = "timing-allow-origin";
    VARY = "vary";
}

/// <https://fetch.spec.whatwg.org/#forbidden-header-name>, step 1.
const FORBIDDEN_REQUEST_HEADERS: [&str; 21] = [
    "accept-charset",
    "accept-encoding",
    "access-control-request-headers",
    "access-control-request-method",
    "connection",
    "content-length",
    "cookie",
    "cookie2",
    "date",
    "dnt",
    "expect",
    "host",
    "keep-alive",
    "origin",
    "referer",
    "set-cookie",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
    "via",
];

const METHOD_OVERRIDES: [&str; 3] = ["x-http-method", "x-http-method-override", "x-method-override"];

const CORS_SAFELISTED_RESPONSE_HEADERS: [&str; 7] =
    ["cache-control", "content-language", "content-length", "content-type", "expires", "last-modified", "pragma"];

const REQUEST_BODY_HEADERS: [&str; 4] = ["content-encoding", "content-language", "content-location", "content-type"];

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
    pub fn matches(self, bytes: &[u8]) -> bool {
        self.0.as_bytes().eq_ignore_ascii_case(bytes)
    }

    pub(crate) const fn is_one_of(self, mut names: &[&str]) -> bool {
        while let [name, rest @ ..] = names {
            if grammar::eq_ignore_ascii_case(self.0.as_bytes(), name.as_bytes()) {
                return true;
            }
            names = rest;
        }
        false
    }

    pub(crate) const fn starts_with(self, prefix: &str) -> bool {
        match self.0.as_bytes().split_at_checked(prefix.len()) {
            Some((start, _)) => grammar::eq_ignore_ascii_case(start, prefix.as_bytes()),
            None => false,
        }
    }

    /// Whether a page may not set this header, whatever its value.
    ///
    /// <https://fetch.spec.whatwg.org/#forbidden-request-header>, 1–2.
    pub const fn is_forbidden_request_header_name(self) -> bool {
        self.is_one_of(&FORBIDDEN_REQUEST_HEADERS) || self.starts_with("proxy-") || self.starts_with("sec-")
    }

    /// Whether a page may not set this header to `value`.
    ///
    /// <https://fetch.spec.whatwg.org/#forbidden-request-header>
    pub fn is_forbidden_request_header(self, value: &[u8]) -> bool {
        // 1–2.
        self.is_forbidden_request_header_name()
            // 3–4.
            || self.is_method_override()
                && grammar::split_unquoted(core::iter::once(value)).any(Method::is_forbidden_bytes)
    }

    /// The same, with the value of a method override split at all commas.
    #[cfg(feature = "browser")]
    pub(crate) fn is_forbidden_request_header_at_commas(self, value: &[u8]) -> bool {
        self.is_forbidden_request_header_name()
            || self.is_method_override() && grammar::Elements::new(value).any(Method::is_forbidden_bytes)
    }

    fn is_method_override(self) -> bool {
        self.is_one_of(&METHOD_OVERRIDES)
    }

    /// Whether no script ever reads this response header.
    ///
    /// <https://fetch.spec.whatwg.org/#forbidden-response-header-name>
    pub const fn is_forbidden_response_header_name(self) -> bool {
        self.is_one_of(&["set-cookie", "set-cookie2"])
    }

    /// Whether `Access-Control-Allow-Headers: *` does not cover this header.
    ///
    /// <https://fetch.spec.whatwg.org/#cors-non-wildcard-request-header-name>
    pub fn is_cors_non_wildcard_request_header_name(self) -> bool {
        self == HeaderName::AUTHORIZATION
    }

    /// Whether only privileged APIs keep this header on a `no-cors` request.
    ///
    /// <https://fetch.spec.whatwg.org/#privileged-no-cors-request-header-name>
    pub fn is_privileged_no_cors_request_header_name(self) -> bool {
        self == HeaderName::RANGE
    }

    /// Whether a page may set this header on a `no-cors` request, to a safelisted value.
    ///
    /// <https://fetch.spec.whatwg.org/#no-cors-safelisted-request-header-name>
    pub fn is_no_cors_safelisted_request_header_name(self) -> bool {
        self.is_one_of(&["accept", "accept-language", "content-language", "content-type"])
    }

    /// Whether a script reads this header of a cross-origin response that lists no header names.
    ///
    /// <https://fetch.spec.whatwg.org/#cors-safelisted-response-header-name>
    pub const fn is_cors_safelisted_response_header_name(self) -> bool {
        self.is_one_of(&CORS_SAFELISTED_RESPONSE_HEADERS)
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
    pub fn is_request_body_header_name(self) -> bool {
        self.is_one_of(&REQUEST_BODY_HEADERS)
    }
}

impl PartialEq for HeaderName<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.0.eq_ignore_ascii_case(other.0)
    }
}

impl Eq for HeaderName<'_> {}

impl Ord for HeaderName<'_> {
    fn cmp(&self, other: &Self) -> cmp::Ordering {
        let lowercase = |byte: u8| byte.to_ascii_lowercase();
        self.0.bytes().map(lowercase).cmp(other.0.bytes().map(lowercase))
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

impl fmt::Display for Lowercase<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        use fmt::Write;
        self.0.chars().try_for_each(|character| formatter.write_char(character.to_ascii_lowercase()))
    }
}

/// A header name is no token.
///
/// <https://fetch.spec.whatwg.org/#header-name>
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InvalidHeaderName {
    /// The offset of the first byte that no token has, in bytes; 0 for the empty name.
    pub offset: usize,
}

impl fmt::Display for InvalidHeaderName {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "header name is no token at byte {}", self.offset)
    }
}

impl error::Error for InvalidHeaderName {}
