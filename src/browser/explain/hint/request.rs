//! Hints on a request, before anything is sent.

use super::Hint;
use crate::{
    browser::{
        error::Reason,
        explain::{
            Explanation,
            fix::{is_added_by_libraries, is_cors_response_header},
        },
        request::{Body, CredentialsMode, RedirectTaint, RequestMode},
        route::Route,
        safelist::cors_unsafe_request_header_names,
    },
    header::{Header, HeaderName},
    origin::{Host, Origin},
};

impl<'a> Explanation<'a> {
    pub(super) fn request_hints(&self) -> impl Iterator<Item = Hint<'a>> + use<'a> {
        let (request, route) = (&self.request, self.route());
        let cors = matches!(route, Some(Route::Cors | Route::CorsWithPreflight(_)));
        let preflight = matches!(route, Some(Route::CorsWithPreflight(_)));
        let credentials_mode = request.credentials_mode();
        let include = credentials_mode == CredentialsMode::Include;
        let no_cors = request.mode() == RequestMode::NoCors;
        let unsafe_names = cors_unsafe_request_header_names(request.headers(), self.environment.profile);
        let content_type = request.body() == Body::None
            && unsafe_names.reasons().any(|header| header.name == HeaderName::CONTENT_TYPE);
        let method = request.method();
        let lower_case = method.as_str().bytes().any(|byte| byte.is_ascii_lowercase());
        let (page, server) = (request.origin(), request.current_url().origin());
        let public_page = !page.is_opaque() && !is_local(page);
        let scheme_fails = |wanted: &[&str]| {
            self.failures().any(|error| {
                    matches!(error.reason, Reason::SchemeNotHttp { scheme } | Reason::SchemeNotFetched { scheme } if wanted.contains(&scheme))
                })
        };
        // The scheme of `localhost:8080/` is `localhost`, and that of `api.example:8080/` has a dot.
        let without_scheme = self.failures().any(|error| {
            matches!(error.reason, Reason::SchemeNotHttp { scheme } | Reason::SchemeNotFetched { scheme }
                if scheme == "localhost" || scheme.contains('.'))
        });
        let hints = [
            self.mixed_content().map(|_| Hint::MixedContent),
            scheme_fails(&["file"]).then_some(Hint::FileUrl),
            without_scheme.then_some(Hint::UrlWithoutScheme),
            scheme_fails(&["ws", "wss"]).then_some(Hint::WebSocketUrl),
            (cors && include).then_some(Hint::CredentialsCauseNoPreflight),
            (cors && include).then_some(Hint::CredentialsAreNotCookies),
            (cors && page.is_opaque()).then_some(Hint::OpaqueOrigin),
            (cors && request.redirect_taint() != RedirectTaint::SameOrigin).then_some(Hint::TaintedOrigin),
            matches!(route, Some(Route::Opaque)).then_some(Hint::ResponseIsOpaque),
            (preflight && content_type).then_some(Hint::ContentTypeWithoutBody),
            (cors && lower_case).then_some(Hint::MethodCase { method }),
            (public_page && is_local(server)).then_some(Hint::LocalNetwork),
            self.stream_over_http1().map(|_| Hint::StreamOverHttp1),
            (preflight && self.environment.profile.may_ask_again(request.current_url()))
                .then_some(Hint::PreflightOfIpAddress),
            (cors && credentials_mode == CredentialsMode::SameOrigin).then_some(Hint::SameOriginCredentials),
        ];
        let left_out = request.headers().dropped_by_guard().map(move |Header { name, value }| {
            let forbidden = !no_cors || name.is_forbidden_request_header(value);
            if forbidden { Hint::ForbiddenRequestHeader { name } } else { Hint::NotInNoCors { name } }
        });
        let needless = request.headers().iter().filter_map(|header| Hint::of_needless_header(header.name));
        hints.into_iter().flatten().chain(left_out).chain(needless.filter(move |_| preflight))
    }
}

impl<'a> Hint<'a> {
    /// The hint about a header that causes a preflight, if the request does not need the header.
    pub(super) fn of_needless_header(name: HeaderName<'a>) -> Option<Self> {
        match () {
            () if is_cors_response_header(name) => Some(Hint::ResponseHeaderInRequest { name }),
            () if is_added_by_libraries(name) => Some(Hint::AddedByLibrary { name }),
            () => None,
        }
    }
}

/// Whether the host of an origin is this machine or in a local network.
fn is_local(origin: Origin<'_>) -> bool {
    origin.parsed_host().is_some_and(Host::is_local_network)
}
