//! The headers that redirects remove from a request's header list.

use crate::header::HeaderName;

/// The headers that redirects have removed.
// OPTIMIZATION: one byte for all three. A fetch has several lists, which are copied.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Taken(u8);

impl Taken {
    pub(super) const NOTHING: Taken = Taken(0);
    /// The request-body-headers, with the body.
    pub(super) const BODY_HEADERS: Taken = Taken(1);
    /// The CORS non-wildcard request-headers.
    pub(super) const AUTHORIZATION: Taken = Taken(2);
    /// The page's client hints that a browser does not send to other origins.
    pub(super) const CLIENT_HINTS: Taken = Taken(4);

    pub(super) const fn and(self, more: Taken) -> Self {
        Taken(self.0 | more.0)
    }

    pub(super) const fn but(self, less: Taken) -> Self {
        Taken(self.0 & !less.0)
    }

    pub(super) const fn has(self, what: Taken) -> bool {
        self.0 & what.0 != 0
    }

    /// Whether a redirect removed the header of this name.
    #[inline]
    pub(super) fn takes(self, name: HeaderName<'_>) -> bool {
        self.has(Taken::BODY_HEADERS) && name.is_request_body_header_name()
            || self.has(Taken::AUTHORIZATION) && name.is_cors_non_wildcard_request_header_name()
            || self.has(Taken::CLIENT_HINTS) && is_withheld_client_hint(name)
    }
}

// AD-HOC: Chromium does not send these client hints to other origins.
fn is_withheld_client_hint(name: HeaderName<'_>) -> bool {
    const HINTS: [&[u8]; 7] = [b"device-memory", b"downlink", b"dpr", b"ect", b"rtt", b"viewport-width", b"width"];
    HINTS.into_iter().any(|hint| name.matches(hint))
}
