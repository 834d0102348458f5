//! The requests of `fetch()`, with the checks that throw before anything is sent.

use super::{
    Body, BodyInit, CacheMode, CredentialsMode, Duplex, HeadersGuard, RedirectMode, ReferrerPolicy, Request,
    RequestError, RequestErrorReason, RequestHeaders, RequestMode, TraversableForUserPrompts, UnsafeRequestFlag,
    UseCorsPreflightFlag, error::find_invalid_header,
};
use crate::{
    browser::url::{Url, UrlCredentials},
    header::Headers,
    method::Method,
    origin::Origin,
    spec::{Algorithm, Step},
};

/// The arguments of `fetch()`, or of `new Request(input, init)`.
///
/// A later version may have more fields, so end it with `..RequestInit::default()`.
///
/// <https://fetch.spec.whatwg.org/#requestinit>
///
/// ```
/// use fetch_cors::{browser::{RequestInit, Url, request::BodyInit}, header::Headers, origin::Origin};
///
/// let page = Origin::parse("https://app.example").unwrap();
/// let url = Url::new("https://api.example/items").unwrap();
/// let init = RequestInit { method: "post", body: Some(BodyInit::Text), ..RequestInit::default() };
/// let request = init.request(url, page).unwrap();
/// assert_eq!(request.method().as_str(), "POST");
/// ```
#[derive(Clone, Copy, Debug)]
#[expect(clippy::exhaustive_structs, reason = "users fill it with `..`, which `non_exhaustive` forbids")]
pub struct RequestInit<'a> {
    /// The method, as the page wrote it.
    pub method: &'a str,
    /// The headers, in order, duplicate names included.
    pub headers: Headers<'a>,
    /// The body.
    pub body: Option<BodyInit<'a>>,
    /// The mode. `fetch()` uses "cors" if the page gives none.
    pub mode: RequestMode,
    /// The credentials mode.
    pub credentials: CredentialsMode,
    /// The redirect mode.
    pub redirect: RedirectMode,
    /// The referrer policy.
    pub referrer_policy: ReferrerPolicy,
    /// The member `cache`.
    pub cache: CacheMode,
    /// The member `duplex`. It is required if the body is a stream.
    pub duplex: Option<Duplex>,
    /// `NoTraversable` if the page gives `window: null`. Any other `window` throws.
    pub traversable_for_user_prompts: TraversableForUserPrompts,
}

impl Default for RequestInit<'_> {
    fn default() -> Self {
        RequestInit {
            method: "GET",
            headers: Headers::EMPTY,
            body: None,
            mode: RequestMode::Cors,
            credentials: CredentialsMode::SameOrigin,
            redirect: RedirectMode::Follow,
            referrer_policy: ReferrerPolicy::Empty,
            cache: CacheMode::Default,
            duplex: None,
            traversable_for_user_prompts: TraversableForUserPrompts::Client,
        }
    }
}

impl<'a> RequestInit<'a> {
    /// The request that `fetch(url, init)` makes on a page of `origin`, or the exception.
    ///
    /// A browser without request streams does not throw for a stream, but sends it as text. The driver changes the request so.
    ///
    /// <https://fetch.spec.whatwg.org/#dom-request>
    pub fn request(self, url: Url<'a>, origin: Origin<'a>) -> Result<Request<'a>, RequestError<'a>> {
        use RequestErrorReason::*;
        // 5.3.
        if url.credentials() == UrlCredentials::Present {
            return Err(thrown("5.3", UrlIncludesCredentials));
        }
        // 17.
        if self.mode == RequestMode::Navigate {
            return Err(thrown("17", ModeNavigate));
        }
        // AD-HOC: a script has no name for these modes, so Web IDL throws before the first step.
        if matches!(self.mode, RequestMode::WebSocket | RequestMode::WebTransport) {
            return Err(thrown("1", ModeUnknown { mode: self.mode }));
        }
        // 21.
        if self.cache == CacheMode::OnlyIfCached && self.mode != RequestMode::SameOrigin {
            return Err(thrown("21", OnlyIfCachedInMode { mode: self.mode }));
        }
        // 25.
        let method =
            Method::new(self.method).map_err(|error| thrown("25.2", InvalidMethod { method: self.method, error }))?;
        if method.is_forbidden() {
            return Err(thrown("25.2", ForbiddenMethod { method }));
        }
        let method = method.normalize();
        // 32.
        let guard = if self.mode == RequestMode::NoCors {
            if !method.is_cors_safelisted() {
                return Err(thrown("32.1", MethodInNoCors { method }));
            }
            HeadersGuard::RequestNoCors
        } else if self.headers.iter().any(|header| header.name.may_be_forbidden_request_header()) {
            HeadersGuard::Request
        } else {
            // OPTIMIZATION: the guard would drop nothing, and each later pass over the headers would ask it again, at some 70
            // instructions a header.
            HeadersGuard::None
        };
        // 33.
        let invalid = find_invalid_header(self.headers);
        if let Some(reason) = invalid {
            return Err(thrown("33.5", reason));
        }
        // 35.
        if self.body.is_some() && (method == Method::GET || method == Method::HEAD) {
            return Err(thrown("35", BodyWithGetOrHead { method }));
        }
        // 39.
        let stream = self.body == Some(BodyInit::Stream);
        if stream && self.duplex.is_none() {
            return Err(thrown("39.1", StreamWithoutDuplex));
        }
        if stream && !matches!(self.mode, RequestMode::SameOrigin | RequestMode::Cors) {
            return Err(thrown("39.2", StreamInMode { mode: self.mode }));
        }
        let use_cors_preflight_flag =
            if stream { UseCorsPreflightFlag::SetByStream } else { UseCorsPreflightFlag::Unset };
        // AD-HOC: a `Document` is not a `BodyInit`, so Web IDL makes a string of it.
        let body = self.body.map(|body| if let BodyInit::Document(_) = body { BodyInit::Text } else { body });
        // 33 and 37, applied while reading. The default `Accept` is step 12 of fetch.
        let headers = RequestHeaders::new(self.headers)
            .with_guard(guard)
            .with_content_type(body.and_then(BodyInit::content_type))
            .with_accept(Some(b"*/*"));
        Ok(Request::new(url, origin)
            .with_method(method)
            .with_headers(headers)
            .with_mode(self.mode)
            .with_credentials_mode(self.credentials)
            .with_redirect_mode(self.redirect)
            .with_referrer_policy(self.referrer_policy)
            .with_cache_mode(self.cache)
            .with_traversable_for_user_prompts(self.traversable_for_user_prompts)
            .with_body(body.map_or(Body::None, BodyInit::body))
            .with_unsafe_request_flag(UnsafeRequestFlag::Set)
            .with_use_cors_preflight_flag(use_cors_preflight_flag))
    }
}

fn thrown<'a>(number: &'static str, reason: RequestErrorReason<'a>) -> RequestError<'a> {
    RequestError { step: Step::new(Algorithm::RequestConstructor, number), reason }
}
