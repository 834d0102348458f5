//! When which hint applies.

use super::{Explanation, Hint, OriginMistake, PreflightRedirect, Stage, alternative::is_cors_response_header};
use crate::{
    browser::{
        error::Reason,
        filter::{HiddenBecause, Visibility, filter},
        redirect::location,
        request::{Body, CredentialsMode, RedirectTaint, Request, RequestMode, ResponseTainting},
        response::Response,
        route::{Route, route},
        safelist::cors_unsafe_request_header_names,
    },
    grammar,
    header::{Header, HeaderName, HeaderValue},
    origin::{Host, Origin},
};

/// <https://wicg.github.io/private-network-access/>
const ALLOW_PRIVATE_NETWORK: &str = "access-control-allow-private-network";

/// The headers whose `*` credentials make a literal.
const WITH_WILDCARD: [HeaderName<'static>; 4] = [
    HeaderName::ACCESS_CONTROL_ALLOW_ORIGIN,
    HeaderName::ACCESS_CONTROL_ALLOW_METHODS,
    HeaderName::ACCESS_CONTROL_ALLOW_HEADERS,
    HeaderName::ACCESS_CONTROL_EXPOSE_HEADERS,
];

impl<'a> Explanation<'a> {
    /// What people get wrong, where it applies to this step.
    pub fn hints(&self) -> impl Iterator<Item = Hint<'a>> {
        let (of_request, of_response, of_redirect) = match &self.stage {
            Stage::Request => (Some(self.request_hints()), None, None),
            Stage::Preflight(response) | Stage::Response(response) => {
                let vary = self.answer_may_vary(response).then_some(Hint::VaryOrigin);
                let hints = self.cors_check_hints(response).chain(self.response_hints(response)).chain(vary);
                (None, Some(hints), None)
            }
            Stage::Redirect(response, _) => (None, None, Some(self.redirect_hints(response))),
        };
        of_request
            .into_iter()
            .flatten()
            .chain(of_response.into_iter().flatten())
            .chain(of_redirect.into_iter().flatten())
    }

    fn route(&self) -> Option<Route<'a>> {
        route(&self.request, self.environment.profile).ok()
    }

    fn request_hints(&self) -> impl Iterator<Item = Hint<'a>> {
        let (request, route) = (&self.request, self.route());
        let cors = matches!(route, Some(Route::Cors | Route::CorsWithPreflight(_)));
        let preflight = matches!(route, Some(Route::CorsWithPreflight(_)));
        let include = request.credentials_mode() == CredentialsMode::Include;
        let no_cors = request.mode() == RequestMode::NoCors;
        let unsafe_names = cors_unsafe_request_header_names(request.headers(), self.environment.profile);
        let content_type = request.body() == Body::None
            && unsafe_names.reasons().any(|header| header.name == HeaderName::CONTENT_TYPE);
        let method = request.method();
        let lower_case = method.as_str().bytes().any(|byte| byte.is_ascii_lowercase());
        let (page, server) = (request.origin(), request.current_url().origin());
        let hints = [
            (cors && include).then_some(Hint::CredentialsCauseNoPreflight),
            (cors && page.is_opaque()).then_some(Hint::OpaqueOrigin),
            (cors && request.redirect_taint() != RedirectTaint::SameOrigin).then_some(Hint::TaintedOrigin),
            matches!(route, Some(Route::Opaque)).then_some(Hint::ResponseIsOpaque),
            (preflight && content_type).then_some(Hint::ContentTypeWithoutBody),
            (cors && lower_case).then_some(Hint::MethodCase { method }),
            (!page.is_opaque() && !is_local(page) && is_local(server)).then_some(Hint::LocalNetwork),
        ];
        let left_out = request.headers().left_out().map(move |Header { name, value }| {
            let forbidden = !no_cors || name.is_forbidden_request_header(value);
            if forbidden { Hint::ForbiddenRequestHeader { name } } else { Hint::NotInNoCors { name } }
        });
        let misplaced = request.headers().iter().filter(|header| is_cors_response_header(header.name));
        let misplaced = misplaced.map(|header| Hint::ResponseHeaderInRequest { name: header.name });
        hints.into_iter().flatten().chain(left_out).chain(misplaced.filter(move |_| preflight))
    }

    /// What both responses are read for.
    fn cors_check_hints(&self, response: &Response<'a>) -> impl Iterator<Item = Hint<'a>> {
        let request = &self.request;
        let cors = request.response_tainting() == ResponseTainting::Cors || matches!(self.stage, Stage::Preflight(_));
        let include = request.credentials_mode() == CredentialsMode::Include;
        let allow_origin = response.headers.get(HeaderName::ACCESS_CONTROL_ALLOW_ORIGIN).filter(|_| cors);
        let failed = |is_it: fn(&Reason<'_>) -> bool| self.failures().any(|error| is_it(&error.reason));
        let not_origin = failed(|reason| {
            matches!(
                reason,
                Reason::AllowOriginInvalid { .. }
                    | Reason::AllowOriginMismatch { .. }
                    | Reason::AllowOriginMultiple { .. }
            )
        });
        let nearly_true = failed(|reason| matches!(reason, Reason::AllowCredentialsNotTrue { value: Some(_) }));
        let wrong = allow_origin.filter(|_| not_origin);
        let list = |line: &[u8]| line.contains(&b',') || line.contains(&b' ');
        let mistake = wrong
            .and_then(HeaderValue::single)
            .filter(|line| !list(line))
            .and_then(|line| OriginMistake::of(line, request.serialized_origin()));
        let private = HeaderName::from_transport(ALLOW_PRIVATE_NETWORK);
        let hints = [
            mistake.map(Hint::AllowOrigin),
            wrong.filter(|value| value.single().is_none()).map(|_| Hint::AllowOriginDoubled),
            wrong.and_then(HeaderValue::single).filter(|line| list(line)).map(|_| Hint::AllowOriginList),
            nearly_true.then_some(Hint::AllowCredentialsValue),
            response.headers.contains(private).then_some(Hint::PrivateNetworkAccess),
            (!request.origin().is_opaque() && self.mend_allows_null()).then_some(Hint::AllowNull),
        ];
        let preflight = matches!(self.stage, Stage::Preflight(_));
        let headers = response.headers;
        let read_here = move |name: &HeaderName<'static>| match () {
            () if *name == HeaderName::ACCESS_CONTROL_ALLOW_ORIGIN => cors,
            () if *name == HeaderName::ACCESS_CONTROL_EXPOSE_HEADERS => cors && !preflight,
            () => preflight,
        };
        let literals = WITH_WILDCARD
            .into_iter()
            .filter(move |name| include && read_here(name) && has_wildcard(headers.get(*name)))
            .map(|name| Hint::WildcardWithCredentials { name });
        hints.into_iter().flatten().chain(literals)
    }

    /// Whether an `Access-Control-Allow-Origin` for one origin alone goes without `Vary: Origin`.
    fn answer_may_vary(&self, response: &Response<'a>) -> bool {
        let cors =
            self.request.response_tainting() == ResponseTainting::Cors || matches!(self.stage, Stage::Preflight(_));
        let names_origin = |value: HeaderValue<'_>| value != *b"*" && value != *b"null";
        let names_origin = match response.headers.get(HeaderName::ACCESS_CONTROL_ALLOW_ORIGIN) {
            Some(value) if names_origin(value) => true,
            _ => self.mend().any(|change| change.header_name() == Some(HeaderName::ACCESS_CONTROL_ALLOW_ORIGIN)),
        };
        let vary = response.headers.extract(HeaderName::VARY).ok().flatten();
        cors && names_origin
            && !self.request.serialized_origin().is_opaque()
            && !vary.is_some_and(|names| names.contains("*") || names.contains_name(HeaderName::ORIGIN))
    }

    /// What one of the two responses is read for.
    fn response_hints(&self, response: &Response<'a>) -> impl Iterator<Item = Hint<'a>> {
        let (preflight, actual) = match self.stage {
            Stage::Preflight(_) => (Some(self.preflight_hints(response)), None),
            _ => (None, Some(self.actual_hints(response))),
        };
        preflight.into_iter().flatten().chain(actual.into_iter().flatten())
    }

    fn preflight_hints(&self, response: &Response<'a>) -> impl Iterator<Item = Hint<'a>> {
        let (mut status, mut both, mut separator) = (None, None, None);
        for error in self.failures() {
            match error.reason {
                Reason::PreflightRedirected { .. } => {
                    status = Some(Hint::PreflightRedirect(self.preflight_redirect(response)));
                }
                Reason::PreflightStatusNotOk { status: code } => status = Some(Hint::PreflightStatus { status: code }),
                Reason::AllowOriginMissing
                | Reason::AllowOriginWildcardWithCredentials
                | Reason::AllowCredentialsNotTrue { .. } => both = Some(Hint::OnBothResponses),
                Reason::AllowMethodsUnparsable(error) | Reason::AllowHeadersUnparsable(error) => {
                    let apart = |byte: &u8| matches!(byte, b' ' | b';' | b'"' | b'\'' | b'[' | b']' | b'(' | b')');
                    if error.element.iter().any(apart) {
                        separator = Some(Hint::ListSeparator { name: error.name });
                    }
                }
                _ => {}
            }
        }
        let listed = response.headers.extract(HeaderName::ACCESS_CONTROL_ALLOW_HEADERS).ok().flatten();
        let under_wildcard = self.request.headers().contains(HeaderName::AUTHORIZATION)
            && listed.is_some_and(|names| names.contains("*") && !names.contains_name(HeaderName::AUTHORIZATION));
        let under_wildcard = under_wildcard.then_some(Hint::AuthorizationUnderWildcard);
        [status, both, separator, under_wildcard].into_iter().flatten()
    }

    fn preflight_redirect(&self, response: &Response<'a>) -> PreflightRedirect {
        let url = self.request.current_url().without_fragment();
        let Ok(Some(location)) = location(response, self.environment.profile) else { return PreflightRedirect::Other };
        let without_scheme = |url: &'a str| url.strip_prefix("http://");
        let https = core::str::from_utf8(location).ok().and_then(|location| location.strip_prefix("https://"));
        if https.is_some() && without_scheme(url).map(host) == https.map(host) {
            return PreflightRedirect::ToHttps;
        }
        // The location may be a whole URL, or its path alone.
        let path = grammar::until(url, b"?").as_bytes();
        let asked = location.split(|byte| *byte == b'?').next().unwrap_or_default();
        match asked.strip_suffix(b"/") {
            Some(short) if short.len() > 1 && path.ends_with(short) => PreflightRedirect::TrailingSlash,
            _ => PreflightRedirect::Other,
        }
    }

    fn actual_hints(&self, response: &Response<'a>) -> impl Iterator<Item = Hint<'a>> {
        let status = response.status;
        let missing = self.failures().any(|error| error.reason == Reason::AllowOriginMissing);
        let preflighted = matches!(self.route(), Some(Route::CorsWithPreflight(_)));
        let not_listed = Visibility::Hidden(HiddenBecause::NotListed);
        let hidden = self.failures().next().is_none()
            && !status.is_redirect()
            && filter(&self.request, response, self.environment.profile)
                .verdicts()
                .any(|(header, visibility)| visibility == not_listed && !is_housekeeping(header.name));
        [
            (missing && preflighted).then_some(Hint::OnlyOnPreflight),
            (missing && status.as_u16() >= 400).then_some(Hint::ErrorResponse { status }),
            hidden.then_some(Hint::ExposeHeaders),
        ]
        .into_iter()
        .flatten()
    }

    fn redirect_hints(&self, response: &Response<'a>) -> impl Iterator<Item = Hint<'a>> + use<'a> {
        let (request, status) = (&self.request, response.status);
        let authorization = |request: &Request<'_>| request.headers().contains(HeaderName::AUTHORIZATION);
        let next = self.next_request();
        let drops = next.is_some_and(|next| authorization(request) && !authorization(&next));
        let becomes_get = next.is_some_and(|next| next.method() != request.method());
        [
            drops.then_some(Hint::RedirectDropsAuthorization),
            becomes_get.then_some(Hint::RedirectBecomesGet { method: request.method(), status }),
        ]
        .into_iter()
        .flatten()
    }
}

/// Whether a header is of the protocol, and no script misses it.
fn is_housekeeping(name: HeaderName<'_>) -> bool {
    ["connection", "date", "keep-alive", "server", "transfer-encoding", "vary", "via"]
        .iter()
        .any(|own| name.matches(own.as_bytes()))
        || is_cors_response_header(name)
}

fn has_wildcard(value: Option<HeaderValue<'_>>) -> bool {
    value.is_some_and(|value| value.get_decode_and_split().any(|item| item.eq([b'*'])))
}

fn host(after_scheme: &str) -> &str {
    grammar::until(after_scheme, b"/?#:")
}

/// Whether the host is an address or a name of a local network, as far as it shows.
fn is_local(origin: Origin<'_>) -> bool {
    origin.parsed_host().is_some_and(Host::is_local_network)
}
