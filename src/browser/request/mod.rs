//! Requests, as a page makes them and as redirects change them.
//!
//! [`RequestInit`] has the arguments of `fetch()`, and [`XhrInit`] the settings of an XMLHttpRequest. Each becomes a
//! [`Request`], or a [`RequestError`] that names the step at which the page's call throws.
//!
//! ```
//! use fetch_cors::browser::{RequestInit, Url};
//! use fetch_cors::origin::Origin;
//!
//! let page = Origin::parse("https://app.example").unwrap();
//! let url = Url::new("https://api.example/").unwrap();
//! let error = RequestInit { method: "A B", ..RequestInit::default() }.request(url, page).unwrap_err();
//! assert_eq!(error.reason.to_string(), "`A B`: method is not a token at byte 1");
//! ```

mod body_init;
mod charset;
mod combined;
mod content_type;
mod error;
mod header_list;
mod headers;
mod init;
mod mime_type;
mod modes;
mod no_cors_guard;
mod taint;
mod taken;
mod value;
mod xhr_init;

pub use body_init::{BodyInit, DocumentType};
pub use error::{RequestError, RequestErrorReason};
pub use headers::{DuplicateNames, HeadersGuard, RequestHeaders, RequestHeadersIter};
pub use init::RequestInit;
pub use modes::{
    Body, CacheMode, CredentialsMode, Duplex, Keepalive, RedirectMode, ReferrerPolicy, RequestMode, ResponseTainting,
    TraversableForUserPrompts, UnsafeRequestFlag, UseCorsPreflightFlag,
};
pub use taint::{HostIsSite, RedirectTaint, SameSite};
pub use value::{RequestHeader, RequestHeaderValue};
pub use xhr_init::{UploadListener, XhrCredentials, XhrInit};

use core::fmt;

use super::{
    profile::{Profile, switches::RequestStreams},
    timing_allow::TimingAllow,
    url::Url,
};
use crate::{header::HeaderName, method::Method, origin::Origin};

/// The headers that make a request conditional.
///
/// <https://fetch.spec.whatwg.org/#concept-http-network-or-cache-fetch>, 8.16.
const CONDITIONAL_HEADERS: [HeaderName<'static>; 5] = [
    HeaderName::IF_MODIFIED_SINCE,
    HeaderName::IF_NONE_MATCH,
    HeaderName::IF_UNMODIFIED_SINCE,
    HeaderName::IF_MATCH,
    HeaderName::IF_RANGE,
];

/// A request, with the state that a fetch keeps in it.
///
/// [`RequestInit`] and [`XhrInit`] make the requests of `fetch()` and XMLHttpRequest. [`Request::new`] and the `with_` methods
/// make those of other APIs.
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
    cache_mode: CacheMode,
    redirect_mode: RedirectMode,
    referrer_policy: ReferrerPolicy,
    traversable_for_user_prompts: TraversableForUserPrompts,
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
    /// The number of its fetch; 0 if it does not matter.
    number: u64,
}

/// An `Origin` header that the request keeps from before a redirect.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum KeptOrigin {
    None,
    /// The request's own origin, serialized.
    Serialized,
    /// `null`, which hid the origin.
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
            cache_mode: CacheMode::default(),
            redirect_mode: RedirectMode::default(),
            referrer_policy: ReferrerPolicy::default(),
            traversable_for_user_prompts: TraversableForUserPrompts::default(),
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
    /// The method, normalized.
    ///
    /// <https://fetch.spec.whatwg.org/#concept-request-method>
    method: Method<'a>, with_method;
    /// The headers that the page sets.
    ///
    /// <https://fetch.spec.whatwg.org/#concept-request-header-list>
    headers: RequestHeaders<'a>, with_headers;
    /// The mode: with CORS, without it, or same-origin.
    ///
    /// <https://fetch.spec.whatwg.org/#concept-request-mode>
    mode: RequestMode, with_mode;
    /// When cookies and other credentials are sent.
    ///
    /// <https://fetch.spec.whatwg.org/#concept-request-credentials-mode>
    credentials_mode: CredentialsMode, with_credentials_mode;
    /// How the request uses the HTTP cache.
    ///
    /// <https://fetch.spec.whatwg.org/#concept-request-cache-mode>
    cache_mode: CacheMode, with_cache_mode;
    /// What to do with a redirect.
    ///
    /// <https://fetch.spec.whatwg.org/#concept-request-redirect-mode>
    redirect_mode: RedirectMode, with_redirect_mode;
    /// The referrer policy, on which `Origin` depends too.
    ///
    /// <https://fetch.spec.whatwg.org/#concept-request-referrer-policy>
    referrer_policy: ReferrerPolicy, with_referrer_policy;
    /// Whether the browser may ask the user, for a password for example.
    ///
    /// <https://fetch.spec.whatwg.org/#concept-request-window>
    traversable_for_user_prompts: TraversableForUserPrompts, with_traversable_for_user_prompts;
    /// The kind of body.
    ///
    /// <https://fetch.spec.whatwg.org/#concept-request-body>
    body: Body, with_body;
    /// Whether the request may outlive its page.
    ///
    /// <https://fetch.spec.whatwg.org/#request-keepalive-flag>
    keepalive: Keepalive, with_keepalive;
    /// Whether the page chose the method and the headers.
    ///
    /// <https://fetch.spec.whatwg.org/#unsafe-request-flag>
    unsafe_request_flag: UnsafeRequestFlag, with_unsafe_request_flag;
    /// The use-CORS-preflight flag: whether a preflight is needed independently of the method and the headers.
    ///
    /// <https://fetch.spec.whatwg.org/#use-cors-preflight-flag>
    use_cors_preflight_flag: UseCorsPreflightFlag, with_use_cors_preflight_flag;
    /// How much of the response a script will be able to read.
    ///
    /// <https://fetch.spec.whatwg.org/#concept-request-response-tainting>
    response_tainting: ResponseTainting, with_response_tainting;
    /// Which origins the redirects so far have crossed.
    ///
    /// <https://fetch.spec.whatwg.org/#concept-request-tainted-origin>
    redirect_taint: RedirectTaint, with_redirect_taint;
    /// Whether the page may see detailed timings so far.
    ///
    /// <https://fetch.spec.whatwg.org/#timing-allow-failed>
    timing_allow: TimingAllow, with_timing_allow;
}

impl<'a> Request<'a> {
    /// The URL that is requested now: the last one after redirects.
    ///
    /// <https://fetch.spec.whatwg.org/#concept-request-current-url>
    pub const fn current_url(&self) -> Url<'a> {
        self.url
    }

    /// The origin of the page, even if redirects have tainted it.
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

    /// Whether the current URL has the page's own origin. An opaque origin does not equal itself as a value, so for a `blob:`
    /// URL of a page with one, [`Url::with_blob_url_entry`] says that the page made it.
    ///
    /// <https://url.spec.whatwg.org/#concept-url-origin>
    pub(super) fn is_same_origin(&self) -> bool {
        self.url.is_blob_of_page() || self.url.origin().is_same_origin(self.origin)
    }

    /// The cache mode of the request at the HTTP cache. A page that sets a conditional header asks the server.
    ///
    /// <https://fetch.spec.whatwg.org/#concept-http-network-or-cache-fetch>, 8.16.
    pub(super) fn http_cache_mode(&self) -> CacheMode {
        let is_conditional = |name: HeaderName<'_>| CONDITIONAL_HEADERS.contains(&name);
        match self.cache_mode {
            CacheMode::Default if self.headers.iter().any(|header| is_conditional(header.name)) => CacheMode::NoStore,
            cache_mode => cache_mode,
        }
    }

    /// The request that a browser makes of the page's call.
    pub(super) fn as_made_by(self, profile: &Profile) -> Self {
        let request = self.with_headers(self.headers.as_guarded_by(profile));
        if profile.request_streams == RequestStreams::SentAsText
            && request.use_cors_preflight_flag == UseCorsPreflightFlag::SetByStream
        {
            return request
                .with_body(Body::WithSource)
                .with_use_cors_preflight_flag(UseCorsPreflightFlag::Unset)
                .with_headers(request.headers.with_content_type(BodyInit::Text.content_type()));
        }
        request
    }

    /// "Serializing a request origin": the origin as it is sent and compared. It is opaque after a redirect has tainted it.
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
