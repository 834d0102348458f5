//! Refusing requests on the server.

use super::{answer::ResponseHeaders, decide::apart, refusal::Refusal};
use crate::header::{HeaderName, HeaderSink, Headers};

/// Where a request with `Origin` comes from, as far as the server can tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Site {
    /// From a page of the same origin, or from no page at all.
    Own,
    /// From a page of another origin.
    Other,
}

impl Site {
    /// AD-HOC: what the browser says of itself counts; a browser too old to say it is judged by `Host`.
    ///
    /// <https://w3c.github.io/webappsec-fetch-metadata/#sec-fetch-site-header>
    pub(super) fn of(origin: &[u8], headers: Headers<'_>) -> Self {
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

/// A cross-origin request that the server refuses itself.
#[derive(Clone, Copy, Debug)]
pub struct Forbidden<'a> {
    pub(super) headers: ResponseHeaders<'a>,
}

impl<'a> Forbidden<'a> {
    /// The status of the response.
    pub const fn status(&self) -> u16 {
        403
    }

    /// Why.
    pub fn refusal(&self) -> Option<Refusal<'a>> {
        self.headers.refusal()
    }

    /// Writes the headers that make caches tell such responses apart.
    #[inline(always)]
    pub fn write<S: HeaderSink<'a>>(&self, sink: &mut S) -> Result<(), S::Error> {
        let headers = self.headers;
        sink.lend(|sink| apart(move || headers.write_no_grant(sink)))
    }
}
