//! Where a request comes from.

use crate::header::{HeaderName, Headers};

/// Where a request with `Origin` comes from, as far as the server can tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::server) enum Site {
    /// From a page of the same origin, or from no page at all.
    Own,
    /// From a page of another origin.
    Other,
}

impl Site {
    /// AD-HOC: what the browser says of itself counts; a browser too old to say it is judged by `Host`.
    ///
    /// <https://w3c.github.io/webappsec-fetch-metadata/#sec-fetch-site-header>
    pub(in crate::server) fn of(origin: &[u8], headers: Headers<'_>) -> Self {
        if let Some(site) = headers.get(HeaderName::SEC_FETCH_SITE) {
            return if site == *b"same-origin" || site == *b"none" { Site::Own } else { Site::Other };
        }
        let host = headers.get(HeaderName::HOST).and_then(crate::header::HeaderValue::single);
        let authority = origin.windows(3).position(|window| window == b"://");
        let authority = authority.and_then(|scheme_end| origin.get(scheme_end + 3..));
        match (host, authority) {
            (Some(host), Some(authority)) if host.eq_ignore_ascii_case(authority) => Site::Own,
            _ => Site::Other,
        }
    }
}
