//! The CORS-preflight request.

use core::fmt;

use crate::{
    browser::{
        profile::{Profile, switches::TaintedPreflightOrigin},
        request::Request,
        safelist::{CorsUnsafeRequestHeaderNames, cors_unsafe_request_header_names},
        url::Url,
    },
    header::HeaderName,
    method::Method,
    origin::Origin,
};

/// The CORS-preflight request for a request. It has no credentials and none of the request's own headers.
///
/// <https://fetch.spec.whatwg.org/#cors-preflight-request>
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct PreflightRequest<'a> {
    /// The URL: the current URL of the request.
    pub url: Url<'a>,
    /// The value of `Origin`.
    pub origin: Origin<'a>,
    /// The value of `Access-Control-Request-Method`.
    pub access_control_request_method: Method<'a>,
    /// The value of `Access-Control-Request-Headers`, which is not sent if there are none.
    pub access_control_request_headers: CorsUnsafeRequestHeaderNames<'a>,
}

/// The CORS-preflight request that is sent before `request`.
///
/// <https://fetch.spec.whatwg.org/#cors-preflight-fetch-0>, 1–5.
pub fn preflight_request<'a>(request: &Request<'a>, profile: &'a Profile) -> PreflightRequest<'a> {
    PreflightRequest::asking_for(request, cors_unsafe_request_header_names(request.headers(), profile), profile)
}

impl<'a> PreflightRequest<'a> {
    /// Always `OPTIONS`.
    pub const METHOD: Method<'static> = Method::OPTIONS;

    /// The preflight for a request whose CORS-unsafe request-header names are known.
    pub(in crate::browser) fn asking_for(
        request: &Request<'a>,
        header_names: CorsUnsafeRequestHeaderNames<'a>,
        profile: &Profile,
    ) -> Self {
        PreflightRequest {
            url: request.current_url(),
            origin: match profile.tainted_preflight_origin {
                TaintedPreflightOrigin::Null => request.serialized_origin(),
                TaintedPreflightOrigin::Page => request.origin(),
            },
            access_control_request_method: request.method(),
            access_control_request_headers: header_names,
        }
    }

    /// Its headers, in the order of the standard. Each value implements `Display`.
    pub fn headers(self) -> impl Iterator<Item = (HeaderName<'static>, PreflightHeader<'a>)> {
        let names = self.access_control_request_headers;
        let names = if names.is_empty() { None } else { Some(PreflightHeader::Names(names)) };
        [
            (HeaderName::ACCEPT, Some(PreflightHeader::Text("*/*"))),
            (
                HeaderName::ACCESS_CONTROL_REQUEST_METHOD,
                Some(PreflightHeader::Text(self.access_control_request_method.as_str())),
            ),
            (HeaderName::ACCESS_CONTROL_REQUEST_HEADERS, names),
            (HeaderName::ORIGIN, Some(PreflightHeader::Origin(self.origin))),
        ]
        .into_iter()
        .filter_map(|(name, value)| Some((name, value?)))
    }
}

/// The value of a preflight's header.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum PreflightHeader<'a> {
    /// A text.
    Text(&'a str),
    /// An origin, serialized.
    Origin(Origin<'a>),
    /// Header names in lower case, separated by commas.
    Names(CorsUnsafeRequestHeaderNames<'a>),
}

impl fmt::Display for PreflightHeader<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            PreflightHeader::Text(text) => formatter.write_str(text),
            PreflightHeader::Origin(origin) => fmt::Display::fmt(origin, formatter),
            PreflightHeader::Names(names) => fmt::Display::fmt(names, formatter),
        }
    }
}
