//! Hints: likely mistakes and their causes.
//!
//! ```text
//! request ─▶ preflight ─▶ response ─▶ redirect     one file each: when a hint applies
//!                 └──── shared ────┘
//!                     Hint  ──▶ text               what it says
//! ```

mod code;
mod origin_mistake;
mod preflight;
mod redirect;
mod request;
mod response;
mod shared;
mod text;

pub use origin_mistake::OriginMistake;
pub(in crate::browser) use origin_mistake::differ_in_www;
pub use preflight::PreflightRedirect;
pub(super) use preflight::{is_hsts, leads_to_http};

use super::{Explanation, Stage, names::NameMistake};
use crate::{
    browser::{
        iterators::{OptionIter, Steps},
        response::Status,
        route::{Route, route},
    },
    header::HeaderName,
    method::Method,
    origin::Origin,
};

/// A hint about a step of a fetch.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Hint<'a> {
    /// The request is with credentials, and credentials alone cause no preflight.
    CredentialsCauseNoPreflight,
    /// The request is with credentials, and cookies have rules of their own.
    CredentialsAreNotCookies,
    /// The request goes to another origin in credentials mode "same-origin", so without credentials.
    SameOriginCredentials,
    /// The page's origin is opaque.
    OpaqueOrigin,
    /// Redirects have made the request's origin opaque.
    TaintedOrigin,
    /// The fix allows `null`.
    AllowNull,
    /// Mode "no-cors" hides the response.
    ResponseIsOpaque,
    /// The page set a header that it may not set.
    ForbiddenRequestHeader {
        /// The header.
        name: HeaderName<'a>,
    },
    /// The page sets a header that mode "no-cors" drops.
    NotInNoCors {
        /// The header.
        name: HeaderName<'a>,
    },
    /// The page sends a header that belongs in the response.
    ResponseHeaderInRequest {
        /// The header.
        name: HeaderName<'a>,
    },
    /// A library adds this header to every request, and it causes a preflight.
    AddedByLibrary {
        /// The header.
        name: HeaderName<'a>,
    },
    /// A request without a body has a `Content-Type` that causes a preflight.
    ContentTypeWithoutBody,
    /// `navigator.sendBeacon()` always sends credentials.
    Beacon,
    /// The method has lower-case letters, which the browser keeps.
    MethodCase {
        /// The method.
        method: Method<'a>,
    },
    /// The server lists the method in another case.
    ListedMethodCase {
        /// The method.
        method: Method<'a>,
    },
    /// The page's and the URL's hosts differ only in `www.`.
    WwwHost {
        /// The page's origin.
        page: Origin<'a>,
        /// The URL's origin.
        url: Origin<'a>,
    },
    /// The page requests a file.
    FileUrl,
    /// The URL is a host and a port without a scheme.
    UrlWithoutScheme,
    /// The page fetches a URL of a WebSocket.
    WebSocketUrl,
    /// A page of `https` requests an `http:` URL.
    MixedContent,
    /// The server redirects to `http`, because it does not know that clients reach it over `https`.
    RedirectToHttp,
    /// A public page requests a local address.
    LocalNetwork,
    /// The body is a stream, and the connection uses HTTP/1.x.
    StreamOverHttp1,
    /// The host is an IP address, for which this browser may repeat preflights that the cache could save.
    PreflightOfIpAddress,
    /// The response has the header of Private Network Access.
    PrivateNetworkAccess,
    /// The server handles CORS, but does not allow this origin.
    OriginNotListed {
        /// The origin.
        origin: Origin<'a>,
    },
    /// A service in front of the server sends a challenge that a human must pass.
    Challenge {
        /// The header that shows it.
        name: HeaderName<'a>,
    },
    /// The answer comes from a cache, which stored it for another request.
    CachedResponse {
        /// The header that shows it.
        name: HeaderName<'a>,
    },
    /// The answer is a 304 without the CORS headers.
    NotModified,
    /// A header's name is a misspelling of another.
    HeaderName {
        /// The name as it was written.
        written: HeaderName<'a>,
        /// The header that was meant.
        meant: HeaderName<'static>,
        /// The kind of mistake.
        mistake: NameMistake,
    },
    /// `*` in `Access-Control-Allow-Headers` does not cover `Authorization`.
    AuthorizationUnderWildcard,
    /// `*` is not a wildcard to a request with credentials.
    WildcardWithCredentials {
        /// The header that has it.
        name: HeaderName<'static>,
    },
    /// `**` is not a wildcard.
    DoubleWildcard {
        /// The header that has it.
        name: HeaderName<'static>,
    },
    /// `Access-Control-Allow-Origin` is nearly the origin.
    AllowOrigin(OriginMistake),
    /// The response has several `Access-Control-Allow-Origin` headers.
    AllowOriginDoubled,
    /// `Access-Control-Allow-Credentials` is nearly `true`.
    AllowCredentialsValue,
    /// The elements of a list header are in quotes or brackets.
    ListQuotes {
        /// The header.
        name: HeaderName<'static>,
    },
    /// The elements of a list header are not separated by commas.
    ListSeparator {
        /// The header.
        name: HeaderName<'static>,
    },
    /// The response to the preflight redirects.
    PreflightRedirect(PreflightRedirect),
    /// The status of the response to the preflight, and what causes it.
    PreflightStatus {
        /// The status.
        status: Status,
    },
    /// The server's CORS layer refuses the preflight, because its lists do not have something that the preflight asks
    /// for.
    RefusedByLists {
        /// The status.
        status: Status,
    },
    /// The preflight was answered without any CORS handling.
    PreflightWithoutCors,
    /// The response has no CORS header at all.
    WithoutCors,
    /// The redirect itself fails the CORS check.
    RedirectIsChecked,
    /// The page belongs to an extension of the browser.
    ExtensionPage,
    /// An `OPTIONS` request without the two headers of a preflight is not a preflight.
    PlainOptions,
    /// The response to the request needs a header that the response to the preflight lacks.
    OnBothResponses,
    /// The response to the preflight has a header that this response lacks.
    OnlyOnPreflight,
    /// The status has a cause of its own, which should be fixed first.
    StatusFirst {
        /// The status.
        status: Status,
    },
    /// The response is an error response.
    ErrorResponse {
        /// The status.
        status: Status,
    },
    /// Frameworks send `Cross-Origin-Resource-Policy` by default.
    ResourcePolicyByDefault,
    /// The page's embedder policy asks for `Cross-Origin-Resource-Policy`.
    EmbedderPolicy,
    /// The answer depends on the origin, but it has no `Vary` for caches.
    VaryOrigin,
    /// `Access-Control-Expose-Headers` could show more headers.
    ExposeHeaders,
    /// The browser itself makes this redirect, by an earlier rule of the host.
    Hsts,
    /// The redirect leads to a page for logging in.
    RedirectToLogin,
    /// The redirect drops `Authorization`.
    RedirectDropsAuthorization,
    /// The redirect makes the request a `GET` without a body.
    RedirectBecomesGet {
        /// The method before.
        method: Method<'a>,
        /// The status that does it.
        status: Status,
    },
}

impl<'a> Explanation<'a> {
    /// The hints for this step.
    pub fn hints(&self) -> impl Iterator<Item = Hint<'a>> {
        let (of_request, of_response, of_redirect) = match &self.stage {
            Stage::Request => (Some(self.request_hints()), None, None),
            Stage::Preflight(response) | Stage::Response(response) => {
                let vary = self.answer_may_vary(response).then_some(Hint::VaryOrigin);
                let hints = self.shared_hints(response).chain(self.response_hints(response)).chain(vary);
                (None, Some(hints), None)
            }
            Stage::Redirect(response, _) => (None, None, Some(self.redirect_hints(response))),
        };
        Steps(OptionIter(of_request).chain(OptionIter(of_response)).chain(OptionIter(of_redirect)))
    }

    pub(super) fn route(&self) -> Option<Route<'a>> {
        route(&self.request, self.environment.profile).ok()
    }
}
