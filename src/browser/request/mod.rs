//! Requests, as a page makes them and as redirects change them.

mod content_type;
mod headers;
mod init;
mod modes;
mod taint;

pub use headers::{Doubles, HeadersGuard, RequestHeaders, RequestHeadersIter};
pub use init::{BodyInit, RequestError, RequestErrorReason, RequestInit, UploadListener, XhrCredentials, XhrInit};
pub use modes::{
    Body, CredentialsMode, Keepalive, RedirectMode, ReferrerPolicy, RequestMode, ResponseTainting, UnsafeRequestFlag,
    UseCorsPreflightFlag,
};
pub use taint::{HostIsSite, RedirectTaint, SameSite};

use core::fmt;

use super::{timing_allow::TimingAllow, url::Url};
use crate::{method::Method, origin::Origin};

/// A request, with the bookkeeping that a fetch does on it.
///
/// [`RequestInit`] and [`XhrInit`] make the ones that `fetch()` and XMLHttpRequest make; [`Request::new`] and the
/// `with_` methods make those of other APIs.
///
/// <https://fetch.spec.whatwg.org/#concept-request>
#[derive(Clone, Copy, Debug)]
pub struct Request<'a> {
    method: Method<'a>,
    url: Url<'a>,
    origin: Origin<'a>,
    headers: RequestHeaders<'a>,
    mode: RequestMode,
    credentials_mode: CredentialsMode,
    redirect_mode: RedirectMode,
    referrer_policy: ReferrerPolicy,
    body: Body,
    unsafe_request_flag: UnsafeRequestFlag,
    use_cors_preflight_flag: UseCorsPreflightFlag,
    response_tainting: ResponseTainting,
    redirect_taint: RedirectTaint,
    timing_allow: TimingAllow,
    redirect_count: u8,
    crossed_origins: CrossedOrigins,
    kept_origin: KeptOrigin,
    keepalive: Keepalive,
    /// The number of its fetch, where that matters.
    number: u64,
}

/// An `Origin` that a request still has from before a redirect.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum KeptOrigin {
    None,
    /// The request's own, serialized.
    Serialized,
    /// `null`, which hid it.
    Opaque,
}

/// Whether a redirect of the chain led from one origin to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum CrossedOrigins {
    No,
    Yes,
}

impl<'a> Request<'a> {
    /// The standard's "new request" with this URL and the origin of the page: a `GET` in mode `no-cors`.
    pub fn new(url: Url<'a>, origin: Origin<'a>) -> Self {
        Request {
            method: Method::GET,
            url,
            origin,
            headers: RequestHeaders::new(crate::header::Headers::EMPTY),
            mode: RequestMode::default(),
            credentials_mode: CredentialsMode::default(),
            redirect_mode: RedirectMode::default(),
            referrer_policy: ReferrerPolicy::default(),
            body: Body::default(),
            unsafe_request_flag: UnsafeRequestFlag::default(),
            use_cors_preflight_flag: UseCorsPreflightFlag::default(),
            response_tainting: ResponseTainting::default(),
            redirect_taint: RedirectTaint::default(),
            timing_allow: TimingAllow::default(),
            redirect_count: 0,
            crossed_origins: CrossedOrigins::No,
            kept_origin: KeptOrigin::None,
            keepalive: Keepalive::default(),
            number: 0,
        }
    }
}

macro_rules! fields {
    ($($(#[$attribute:meta])* $field:ident: $type:ty, $with:ident;)*) => {
        impl<'a> Request<'a> {
            $(
                $(#[$attribute])*
                pub const fn $field(&self) -> $type {
                    self.$field
                }

                #[doc = concat!("The request with another [`", stringify!($field), "`](Request::", stringify!($field), ").")]
                #[must_use]
                pub const fn $with(mut self, $field: $type) -> Self {
                    self.$field = $field;
                    self
                }
            )*
        }
    };
}

fields! {
    /// <https://fetch.spec.whatwg.org/#concept-request-method>
    method: Method<'a>, with_method;
    /// <https://fetch.spec.whatwg.org/#concept-request-header-list>
    headers: RequestHeaders<'a>, with_headers;
    /// <https://fetch.spec.whatwg.org/#concept-request-mode>
    mode: RequestMode, with_mode;
    /// <https://fetch.spec.whatwg.org/#concept-request-credentials-mode>
    credentials_mode: CredentialsMode, with_credentials_mode;
    /// <https://fetch.spec.whatwg.org/#concept-request-redirect-mode>
    redirect_mode: RedirectMode, with_redirect_mode;
    /// <https://fetch.spec.whatwg.org/#concept-request-referrer-policy>
    referrer_policy: ReferrerPolicy, with_referrer_policy;
    /// <https://fetch.spec.whatwg.org/#concept-request-body>
    body: Body, with_body;
    /// <https://fetch.spec.whatwg.org/#request-keepalive-flag>
    keepalive: Keepalive, with_keepalive;
    /// <https://fetch.spec.whatwg.org/#unsafe-request-flag>
    unsafe_request_flag: UnsafeRequestFlag, with_unsafe_request_flag;
    /// <https://fetch.spec.whatwg.org/#use-cors-preflight-flag>
    use_cors_preflight_flag: UseCorsPreflightFlag, with_use_cors_preflight_flag;
    /// <https://fetch.spec.whatwg.org/#concept-request-response-tainting>
    response_tainting: ResponseTainting, with_response_tainting;
    /// <https://fetch.spec.whatwg.org/#concept-request-tainted-origin>
    redirect_taint: RedirectTaint, with_redirect_taint;
    /// <https://fetch.spec.whatwg.org/#timing-allow-failed>
    timing_allow: TimingAllow, with_timing_allow;
}

impl<'a> Request<'a> {
    /// <https://fetch.spec.whatwg.org/#concept-request-current-url>
    pub const fn current_url(&self) -> Url<'a> {
        self.url
    }

    /// The origin of the page, whatever redirects have made of it.
    ///
    /// <https://fetch.spec.whatwg.org/#concept-request-origin>
    pub const fn origin(&self) -> Origin<'a> {
        self.origin
    }

    /// How many redirects have been followed.
    ///
    /// <https://fetch.spec.whatwg.org/#concept-request-redirect-count>
    pub const fn redirect_count(&self) -> u8 {
        self.redirect_count
    }

    /// The request for the next URL of its redirect chain.
    pub(super) fn with_next_url(self, url: Url<'a>) -> Self {
        let same_origin = self.url.origin().is_same_origin(url.origin());
        let crossed_origins = if same_origin { self.crossed_origins } else { CrossedOrigins::Yes };
        Request { url, redirect_count: self.redirect_count.saturating_add(1), crossed_origins, ..self }
    }

    pub(super) const fn with_kept_origin(mut self, kept_origin: KeptOrigin) -> Self {
        self.kept_origin = kept_origin;
        self
    }

    pub(super) const fn kept_origin(&self) -> KeptOrigin {
        self.kept_origin
    }

    /// The request of the fetch of this number.
    pub(super) const fn numbered(mut self, number: u64) -> Self {
        self.number = number;
        self
    }

    pub(super) const fn number(&self) -> u64 {
        self.number
    }

    pub(super) const fn crossed_origins(&self) -> CrossedOrigins {
        self.crossed_origins
    }

    /// "Serializing a request origin": the origin as it is sent and compared, opaque once redirects have tainted it.
    ///
    /// <https://fetch.spec.whatwg.org/#serializing-a-request-origin>
    pub fn serialized_origin(&self) -> Origin<'a> {
        match self.redirect_taint {
            RedirectTaint::SameOrigin => self.origin,
            RedirectTaint::SameSite | RedirectTaint::CrossSite => Origin::OPAQUE,
        }
    }
}

/// Writes the method and the URL.
impl fmt::Display for Request<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} {}", self.method, self.url)
    }
}
