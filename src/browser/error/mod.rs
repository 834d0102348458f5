//! Network errors: which check failed, in which phase, at which step of the standard, and on which bytes.
//!
//! A failed fetch ends with a [`NetworkError`]. Its [`Reason`] has a stable [code](Reason::code), and its text names
//! the header and the value. An [`Explanation`](super::Explanation) adds the fix.

mod text;

use core::error;

use super::{
    cross_origin_resource_policy::{PolicySource, ResourcePolicy},
    request::{RedirectMode, RequestMode, ResponseTainting},
    response::Status,
    url::Url,
};
use crate::{
    header::{CombinedValue, HeaderName, InvalidElement},
    method::Method,
    origin::Origin,
    spec::{Algorithm, Step},
};

/// A failed fetch. The page learns only that it failed.
///
/// <https://fetch.spec.whatwg.org/#concept-network-error>
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct NetworkError<'a> {
    /// The phase of the fetch.
    pub phase: Phase,
    /// The reason of the failure.
    pub reason: Reason<'a>,
    /// The response tainting of the request at that point.
    pub response_tainting: ResponseTainting,
}

/// The phase in which a fetch failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Phase {
    /// Deciding how to fetch; nothing was sent to this URL.
    Route,
    /// Asking for permission: the fault is in the response to the preflight.
    Preflight,
    /// Fetching: the fault is in the response to the request.
    Response,
    /// Following a redirect.
    Redirect,
}

/// Why a fetch failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Reason<'a> {
    /// In mode "same-origin" the URL is of another origin.
    SameOriginModeCrossOrigin,
    /// In mode "no-cors" the redirect mode is not "follow".
    NoCorsRedirectModeNotFollow {
        /// The redirect mode.
        redirect_mode: RedirectMode,
    },
    /// In mode "cors" the URL is not HTTP(S).
    SchemeNotHttp {
        /// The scheme.
        scheme: &'a str,
    },
    /// A page of `https` requests a URL that is not secure. Every browser blocks that before the checks of CORS.
    MixedContent {
        /// The URL.
        url: Url<'a>,
    },
    /// A URL of this scheme is not fetched; a `blob:` URL only by GET.
    SchemeNotFetched {
        /// The scheme.
        scheme: &'a str,
    },
    /// The transport failed: no connection, no response.
    Network,
    /// The page sets a header that the browser keeps for itself.
    HeaderOfBrowser {
        /// The header.
        name: HeaderName<'a>,
    },
    /// A header of the response has a NUL byte, which no value may have.
    HeaderValueInvalid {
        /// The header.
        name: HeaderName<'a>,
    },
    /// Several lines of a header that has one value contradict each other: `Location`, `Content-Disposition` or
    /// `Content-Length`.
    HeaderContradictory {
        /// The combined value.
        value: CombinedValue<'a>,
    },
    /// The response is a 407, and there is no user who can enter a name and a password. Or the 407 is not from a proxy,
    /// and the browser does not ask its user in that case.
    ProxyAuthenticationRequired,
    /// There is no `Access-Control-Allow-Origin`.
    AllowOriginMissing,
    /// `Access-Control-Allow-Origin` is `*`, which does not allow a request with credentials.
    AllowOriginWildcardWithCredentials,
    /// `Access-Control-Allow-Origin` has several values.
    AllowOriginMultiple {
        /// The combined value.
        value: CombinedValue<'a>,
        /// Whether they are on several lines or in one list.
        several: Several,
    },
    /// `Access-Control-Allow-Origin` is not an origin.
    AllowOriginInvalid {
        /// The value.
        value: CombinedValue<'a>,
    },
    /// `Access-Control-Allow-Origin` is not the request's origin.
    AllowOriginMismatch {
        /// The value.
        value: CombinedValue<'a>,
        /// The request's origin, as it is sent.
        origin: Origin<'a>,
    },
    /// `Access-Control-Allow-Credentials` is not `true`, and the request is with credentials.
    AllowCredentialsNotTrue {
        /// The value, if there is one.
        value: Option<CombinedValue<'a>>,
    },
    /// The status of the response to the preflight is not ok.
    PreflightStatusNotOk {
        /// The status.
        status: Status,
    },
    /// The response to the preflight redirects.
    PreflightRedirected {
        /// The status.
        status: Status,
    },
    /// `Access-Control-Allow-Methods` is not a list of methods.
    AllowMethodsUnparsable(InvalidElement<'a>),
    /// `Access-Control-Allow-Headers` is not a list of header names.
    AllowHeadersUnparsable(InvalidElement<'a>),
    /// `Access-Control-Allow-Methods` does not allow the method.
    MethodNotAllowed {
        /// The method.
        method: Method<'a>,
        /// Whether there was a wildcard.
        wildcard: Wildcard,
    },
    /// `Access-Control-Allow-Headers` does not name `Authorization`, which no wildcard covers.
    AuthorizationNotAllowed {
        /// Whether there was a wildcard.
        wildcard: Wildcard,
    },
    /// `Access-Control-Allow-Headers` does not allow a header.
    HeaderNotAllowed {
        /// The header.
        name: HeaderName<'a>,
        /// Whether there was a wildcard.
        wildcard: Wildcard,
    },
    /// `Cross-Origin-Resource-Policy` keeps the response from this origin.
    CrossOriginResourcePolicy {
        /// The policy that forbids it.
        policy: ResourcePolicy,
        /// The source of the policy.
        source: PolicySource,
    },
    /// The response redirects, and the redirect mode is "error".
    RedirectModeError {
        /// The status.
        status: Status,
    },
    /// There are several `Location` headers.
    LocationMultiple {
        /// The combined value.
        value: CombinedValue<'a>,
    },
    /// `Location` does not parse as a URL.
    LocationInvalid {
        /// The value.
        value: CombinedValue<'a>,
    },
    /// The redirect leads to a URL that is not HTTP(S).
    RedirectSchemeNotHttp {
        /// The scheme.
        scheme: &'a str,
        /// The mode of the request.
        mode: RequestMode,
    },
    /// There have been 20 redirects already.
    TooManyRedirects,
    /// The redirect leads to a URL with a user name or a password.
    RedirectUrlHasCredentials {
        /// Who forbids it: the standard or the browser.
        forbidden_by: ForbiddenBy,
    },
    /// The body is a stream, and the connection uses HTTP/1.x, which cannot send one.
    StreamOverHttp1,
    /// The body is a stream, and the browser does not support that.
    StreamNotSupported,
    /// The body is a stream that has been read, and a redirect or a 401 requires that it is sent again.
    BodyWithoutSource,
}

/// Whether the standard or the browser forbids something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ForbiddenBy {
    /// The standard.
    Standard,
    /// Only a browser, not the standard.
    Browser,
}

/// How a header with a single value got several.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Several {
    /// It occurs several times: two layers of a server add it.
    Lines,
    /// It occurs once, with a list.
    Values,
}

/// Why a `*` did not prevent a refusal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Wildcard {
    /// The list has none.
    Absent,
    /// The list has one, which the request's credentials make a literal.
    LiteralWithCredentials,
    /// The list has one, which does not cover this name.
    NotCovering,
}

impl<'a> NetworkError<'a> {
    /// The network error of a fetch that fails in this phase. It is for callers that run single algorithms.
    pub const fn new(phase: Phase, reason: Reason<'a>, response_tainting: ResponseTainting) -> Self {
        NetworkError { phase, reason, response_tainting }
    }
}

impl NetworkError<'_> {
    /// The step that finds the fault. A later step may be the one that returns the network error.
    pub const fn step(&self) -> Step {
        use Algorithm::*;
        let (algorithm, number) = match (self.phase, self.reason) {
            (_, Reason::SameOriginModeCrossOrigin) => (MainFetch, "12, \"same-origin\""),
            (_, Reason::NoCorsRedirectModeNotFollow { .. }) => (MainFetch, "12, \"no-cors\", 1"),
            (_, Reason::SchemeNotHttp { .. }) => (MainFetch, "12, not an HTTP(S) scheme"),
            (_, Reason::MixedContent { .. }) => (MainFetch, "7"),
            (_, Reason::SchemeNotFetched { .. }) => (SchemeFetch, "3–4"),
            (Phase::Preflight, Reason::Network) => (CorsPreflightFetch, "6"),
            (_, Reason::Network) => (HttpFetch, "4.3"),
            (_, Reason::HeaderOfBrowser { .. }) => (HttpNetworkOrCacheFetch, "8"),
            (_, Reason::HeaderValueInvalid { .. } | Reason::HeaderContradictory { .. }) => (HttpNetworkFetch, "10"),
            (_, Reason::ProxyAuthenticationRequired) => (HttpNetworkOrCacheFetch, "16.1"),
            (_, Reason::AllowOriginMissing) => (CorsCheck, "2"),
            (
                _,
                Reason::AllowOriginWildcardWithCredentials
                | Reason::AllowOriginMultiple { .. }
                | Reason::AllowOriginInvalid { .. }
                | Reason::AllowOriginMismatch { .. },
            ) => (CorsCheck, "4"),
            (_, Reason::AllowCredentialsNotTrue { .. }) => (CorsCheck, "8"),
            (_, Reason::PreflightStatusNotOk { .. } | Reason::PreflightRedirected { .. }) => (CorsPreflightFetch, "7"),
            (_, Reason::AllowMethodsUnparsable(_) | Reason::AllowHeadersUnparsable(_)) => (CorsPreflightFetch, "7.3"),
            (_, Reason::MethodNotAllowed { .. }) => (CorsPreflightFetch, "7.5"),
            (_, Reason::AuthorizationNotAllowed { .. }) => (CorsPreflightFetch, "7.6"),
            (_, Reason::HeaderNotAllowed { .. }) => (CorsPreflightFetch, "7.7"),
            (_, Reason::CrossOriginResourcePolicy { .. }) => (CrossOriginResourcePolicyCheck, "5"),
            (_, Reason::RedirectModeError { .. }) => (HttpFetch, "6.3, \"error\""),
            (_, Reason::LocationMultiple { .. } | Reason::LocationInvalid { .. }) => (HttpRedirectFetch, "5"),
            (_, Reason::RedirectSchemeNotHttp { .. }) => (HttpRedirectFetch, "6"),
            (_, Reason::TooManyRedirects) => (HttpRedirectFetch, "7"),
            (_, Reason::RedirectUrlHasCredentials { .. }) => (HttpRedirectFetch, "9–10"),
            (_, Reason::StreamOverHttp1 | Reason::StreamNotSupported) => (HttpNetworkFetch, "8.3"),
            (Phase::Response, Reason::BodyWithoutSource) => (HttpNetworkOrCacheFetch, "15.2.1"),
            (_, Reason::BodyWithoutSource) => (HttpRedirectFetch, "11"),
        };
        Step::new(algorithm, number)
    }
}

impl error::Error for NetworkError<'_> {}
