//! Main fetch's switch: whether a request is sent with CORS, and with a preflight.
//!
//! [`route`] returns the [`Route`]. [`PreflightReasons`] has the causes of a preflight: the method, header names, or a
//! flag.

use super::{
    error::{NetworkError, Phase, Reason},
    profile::{
        Profile,
        switches::{RequestStreams, UploadListenerWithoutBody},
    },
    request::{Body, RedirectMode, Request, RequestMode, ResponseTainting, UnsafeRequestFlag, UseCorsPreflightFlag},
    safelist::{CorsUnsafeRequestHeaderNames, cors_unsafe_request_header_names},
};
use crate::method::Method;

/// How a request is fetched.
///
/// <https://fetch.spec.whatwg.org/#concept-main-fetch>
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(clippy::exhaustive_enums, reason = "a caller must act on each")]
pub enum Route<'a> {
    /// Same origin, `data:`, or a mode without CORS: the page reads the whole response.
    Basic,
    /// Another origin in mode "no-cors": the page reads nothing.
    Opaque,
    /// A simple request to another origin: it is sent at once, and the page reads the response if that allows it.
    Cors,
    /// A request to another origin that is sent only after a preflight.
    CorsWithPreflight(PreflightReasons<'a>),
}

impl Route<'_> {
    /// The response tainting of the route.
    pub const fn response_tainting(&self) -> ResponseTainting {
        match self {
            Route::Basic => ResponseTainting::Basic,
            Route::Opaque => ResponseTainting::Opaque,
            Route::Cors | Route::CorsWithPreflight(_) => ResponseTainting::Cors,
        }
    }
}

/// Why a request needs a preflight: each reason is enough.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct PreflightReasons<'a> {
    /// The use-CORS-preflight flag, where it is set.
    pub flag: UseCorsPreflightFlag,
    /// The method, if it is not CORS-safelisted.
    pub method: Option<Method<'a>>,
    /// The headers that are not safelisted.
    pub headers: CorsUnsafeRequestHeaderNames<'a>,
}

impl<'a> PreflightReasons<'a> {
    /// The reasons in the request itself; the API that made it does not matter.
    #[inline]
    pub(super) fn of(request: &Request<'a>, profile: &'a Profile) -> Self {
        let method = request.method();
        PreflightReasons {
            flag: use_cors_preflight_flag(request, profile),
            method: if method.is_cors_safelisted() { None } else { Some(method) },
            headers: cors_unsafe_request_header_names(request.headers(), profile),
        }
    }

    fn require_preflight(&self, unsafe_request_flag: UnsafeRequestFlag) -> bool {
        self.flag != UseCorsPreflightFlag::Unset
            || unsafe_request_flag == UnsafeRequestFlag::Set && (self.method.is_some() || !self.headers.is_empty())
    }
}

/// <https://fetch.spec.whatwg.org/#use-cors-preflight-flag>
pub(super) fn use_cors_preflight_flag(request: &Request<'_>, profile: &Profile) -> UseCorsPreflightFlag {
    if request.redirect_count() > 0 {
        return request.use_cors_preflight_flag();
    }
    match (request.use_cors_preflight_flag(), request.body(), profile.upload_listener_without_body) {
        (UseCorsPreflightFlag::SetByStream, ..) if profile.request_streams == RequestStreams::SentAsText => {
            UseCorsPreflightFlag::Unset
        }
        (UseCorsPreflightFlag::SetByUploadListener, Body::None, UploadListenerWithoutBody::Ignored) => {
            UseCorsPreflightFlag::Unset
        }
        (flag, _, _) => flag,
    }
}

/// "Main fetch", step 12: how `request` is fetched, given its current URL and the tainting that redirects have left it with.
///
/// <https://fetch.spec.whatwg.org/#concept-main-fetch>
///
/// ```
/// use fetch_cors::{browser::{Profile, RequestInit, Url, route::{Route, route}}, origin::Origin};
///
/// let page = Origin::parse("https://app.example").unwrap();
/// let url = Url::new("https://api.example/items/1").unwrap();
/// let request = RequestInit { method: "DELETE", ..RequestInit::default() }.request(url, page).unwrap();
/// let Ok(Route::CorsWithPreflight(why)) = route(&request, &Profile::FETCH) else { panic!() };
/// assert_eq!(why.method.map(|method| method.as_str()), Some("DELETE"));
/// ```
pub fn route<'a>(request: &Request<'a>, profile: &'a Profile) -> Result<Route<'a>, NetworkError<'a>> {
    let url = request.current_url();
    let failure = |reason| Err(route_error(request, reason));
    // 12.
    if request.is_same_origin() && request.response_tainting() == ResponseTainting::Basic || url.scheme() == "data" {
        return Ok(Route::Basic);
    }
    match request.mode() {
        RequestMode::Navigate | RequestMode::WebSocket | RequestMode::WebTransport => return Ok(Route::Basic),
        RequestMode::SameOrigin => return failure(Reason::SameOriginModeCrossOrigin),
        RequestMode::NoCors => {
            // "no-cors", 1.
            return match request.redirect_mode() {
                RedirectMode::Follow => Ok(Route::Opaque),
                redirect_mode => failure(Reason::NoCorsRedirectModeNotFollow { redirect_mode }),
            };
        }
        RequestMode::Cors => {}
    }
    if !url.is_http() {
        return failure(Reason::SchemeNotHttp { scheme: url.scheme() });
    }
    let reasons = PreflightReasons::of(request, profile);
    Ok(if reasons.require_preflight(request.unsafe_request_flag()) {
        Route::CorsWithPreflight(reasons)
    } else {
        Route::Cors
    })
}

fn route_error<'a>(request: &Request<'a>, reason: Reason<'a>) -> NetworkError<'a> {
    NetworkError { phase: Phase::Route, reason, response_tainting: request.response_tainting() }
}

/// How scheme fetch gets the response for a URL.
///
/// <https://fetch.spec.whatwg.org/#concept-scheme-fetch>
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(clippy::exhaustive_enums, reason = "a caller must act on each")]
pub enum Scheme {
    /// HTTP(S), and so the network.
    Http,
    /// `about:blank`, which is empty.
    AboutBlank,
    /// `blob:`, whose store is the caller's.
    Blob,
    /// `data:`, which is its own response.
    Data,
}

/// The source of the response to a request with the route "basic" or "opaque".
///
/// <https://fetch.spec.whatwg.org/#concept-scheme-fetch>
pub fn scheme_fetch<'a>(request: &Request<'a>) -> Result<Scheme, NetworkError<'a>> {
    let url = request.current_url();
    // 3.
    match url.scheme() {
        "http" | "https" => Ok(Scheme::Http),
        "about" if url.path_is_blank() => Ok(Scheme::AboutBlank),
        "blob" if request.method() == Method::GET => Ok(Scheme::Blob),
        "data" => Ok(Scheme::Data),
        // AD-HOC: a WebSocket's handshake is an HTTP request; its URL's scheme was made "http" before it came here.
        "ws" | "wss" if request.mode() == RequestMode::WebSocket => Ok(Scheme::Http),
        // 4.
        scheme => Err(route_error(request, Reason::SchemeNotFetched { scheme })),
    }
}
