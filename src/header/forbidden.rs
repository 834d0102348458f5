//! Forbidden request-headers and forbidden response-header names: those that no script sets, and that no script reads.

use super::{HeaderName, set::NameSet};
use crate::{grammar, method::Method};

/// <https://fetch.spec.whatwg.org/#forbidden-header-name>, step 1.
static FORBIDDEN_REQUEST_HEADERS: NameSet<21> = NameSet::new([
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
]);

static METHOD_OVERRIDES: NameSet<3> = NameSet::new(["x-http-method", "x-http-method-override", "x-method-override"]);

static FORBIDDEN_RESPONSE_HEADERS: NameSet<2> = NameSet::new(["set-cookie", "set-cookie2"]);

impl HeaderName<'_> {
    /// Whether a page may not set this header, whatever its value.
    ///
    /// <https://fetch.spec.whatwg.org/#forbidden-request-header>, 1–2.
    #[inline]
    pub const fn is_forbidden_request_header_name(self) -> bool {
        FORBIDDEN_REQUEST_HEADERS.contains(self)
            // OPTIMIZATION: both prefixes begin with these two letters, and few other names do.
            || matches!(self.0.as_bytes(), [b'P' | b'p' | b'S' | b's', ..])
                && (self.starts_with("proxy-") || self.starts_with("sec-"))
    }

    /// Whether there is a value to which a page may not set this header.
    #[cfg(feature = "browser")]
    pub(crate) fn may_be_forbidden_request_header(self) -> bool {
        self.is_forbidden_request_header_name() || self.is_method_override()
    }

    /// Whether a page may not set this header to `value`.
    ///
    /// <https://fetch.spec.whatwg.org/#forbidden-request-header>
    #[inline]
    pub fn is_forbidden_request_header(self, value: &[u8]) -> bool {
        // 1–2.
        self.is_forbidden_request_header_name()
            // 3–4.
            || self.is_method_override() && overrides_with_forbidden_method(value)
    }

    /// [`is_forbidden_request_header`](Self::is_forbidden_request_header), but splits the value of a method override at all commas.
    #[cfg(feature = "browser")]
    #[inline]
    pub(crate) fn is_forbidden_request_header_at_commas(self, value: &[u8]) -> bool {
        self.is_forbidden_request_header_name()
            || self.is_method_override() && grammar::Elements::new(value).any(Method::is_forbidden_bytes)
    }

    /// Whether a page may not set headers of one name with these combined values.
    #[cfg(feature = "browser")]
    pub(crate) fn is_forbidden_request_header_combined<'v>(self, values: impl Iterator<Item = &'v [u8]>) -> bool {
        self.is_method_override() && grammar::split_unquoted(values).any(Method::is_forbidden_bytes)
    }

    #[inline]
    fn is_method_override(self) -> bool {
        METHOD_OVERRIDES.contains(self)
    }

    /// Whether no script ever reads this response header.
    ///
    /// <https://fetch.spec.whatwg.org/#forbidden-response-header-name>
    pub const fn is_forbidden_response_header_name(self) -> bool {
        FORBIDDEN_RESPONSE_HEADERS.contains(self)
    }
}

#[inline(never)]
fn overrides_with_forbidden_method(value: &[u8]) -> bool {
    grammar::split_unquoted(core::iter::once(value)).any(Method::is_forbidden_bytes)
}
