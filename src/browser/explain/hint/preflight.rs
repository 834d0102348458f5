//! Hints on the response to a preflight.

use super::{
    Hint,
    shared::{challenge, knows_cors},
};
use crate::{
    browser::{
        error::Reason,
        explain::{Explanation, fix::Names, login::leads_to_login},
        redirect::location_line,
        request::CredentialsMode,
        response::Response,
        route::Route,
    },
    grammar::{self, Elements},
    header::HeaderName,
};

/// Why a preflight is redirected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum PreflightRedirect {
    /// From `http` to `https`, by the browser itself.
    Hsts,
    /// From `http` to `https`.
    ToHttps,
    /// From `https` to `http`.
    ToHttp,
    /// To the same URL with a `/` at the end of its path.
    TrailingSlash,
    /// To the same URL without the `/` at the end of its path.
    NoTrailingSlash,
    /// To the host with `www.`, or without it.
    Www,
    /// To a page for logging in.
    Login,
    /// For another reason.
    Other,
}

/// The header with which Chromium marks a redirect as its own.
///
/// <https://chromium.googlesource.com/chromium/src/+/main/net/url_request/url_request_http_job.cc>
const NON_AUTHORITATIVE_REASON: &str = "non-authoritative-reason";

/// The headers that are lists of names.
const LISTS: [HeaderName<'static>; 2] =
    [HeaderName::ACCESS_CONTROL_ALLOW_METHODS, HeaderName::ACCESS_CONTROL_ALLOW_HEADERS];

impl<'a> Explanation<'a> {
    pub(super) fn preflight_hints(&self, response: &Response<'a>) -> impl Iterator<Item = Hint<'a>> + use<'a> {
        let (mut status, mut both, mut plain, mut method_case) = (None, None, None, None);
        let allowed = response.headers.extract(HeaderName::ACCESS_CONTROL_ALLOW_METHODS).ok().flatten();
        for error in self.failures() {
            match error.reason {
                Reason::PreflightRedirected { .. } => {
                    status = Some(Hint::PreflightRedirect(self.preflight_redirect(response)));
                }
                Reason::PreflightStatusNotOk { status: code } => {
                    status = Some(if self.is_refused_by_lists(response) {
                        Hint::RefusedByLists { status: code }
                    } else {
                        Hint::PreflightStatus { status: code }
                    });
                    plain = matches!(code.as_u16(), 404 | 405 | 501).then_some(Hint::PlainOptions);
                }
                Reason::AllowOriginMissing
                | Reason::AllowOriginWildcardWithCredentials
                | Reason::AllowCredentialsNotTrue { .. } => both = Some(Hint::OnBothResponses),
                Reason::MethodNotAllowed { method, .. } => {
                    let lower_case = method.as_str().bytes().any(|byte| byte.is_ascii_lowercase());
                    let listed =
                        || allowed.and_then(|names| names.iter().find(|own| own.eq_ignore_ascii_case(method.as_str())));
                    method_case = if lower_case {
                        Some(Hint::MethodCase { method })
                    } else {
                        listed().map(|_| Hint::ListedMethodCase { method })
                    };
                }
                _ => {}
            }
        }
        let credentials = self.fails_by(|reason| matches!(reason, Reason::AllowCredentialsNotTrue { value: None }));
        let listed = response.headers.extract(HeaderName::ACCESS_CONTROL_ALLOW_HEADERS).ok().flatten();
        let under_wildcard = self.request.headers().contains(HeaderName::AUTHORIZATION)
            && listed.is_some_and(|names| names.contains("*") && !names.contains_name(HeaderName::AUTHORIZATION));
        let headers = response.headers;
        let lists = LISTS.into_iter().flat_map(move |name| {
            let lines = move || headers.get(name).into_iter().flat_map(crate::header::CombinedValue::lines);
            let quoted = lines().flat_map(Elements::new).any(is_quoted);
            let separated = lines().flat_map(Elements::new).any(is_not_separated);
            [quoted.then_some(Hint::ListQuotes { name }), separated.then_some(Hint::ListSeparator { name })]
        });
        [
            status,
            plain,
            method_case,
            both,
            (credentials && self.may_be_beacon()).then_some(Hint::Beacon),
            under_wildcard.then_some(Hint::AuthorizationUnderWildcard),
        ]
        .into_iter()
        .chain(lists)
        .flatten()
        .chain(self.needless_header_hints())
    }

    /// Whether the status comes from the server's CORS layer: it refuses what is not on its lists with 400 or 403.
    ///
    /// A response with only `Access-Control-Allow-Origin` may come from a proxy, which adds it to the refusals of any
    /// layer.
    fn is_refused_by_lists(&self, response: &Response<'a>) -> bool {
        let not_listed = self.fails_by(|reason| *reason == Reason::AllowOriginMissing) && knows_cors(response);
        let not_allowed = self.fails_by(|reason| {
            matches!(
                reason,
                Reason::MethodNotAllowed { .. }
                    | Reason::HeaderNotAllowed { .. }
                    | Reason::AuthorizationNotAllowed { .. }
                    | Reason::AllowOriginMismatch { .. }
            )
        });
        let has_list = LISTS.into_iter().any(|name| response.headers.contains(name));
        matches!(response.status.as_u16(), 400 | 403)
            && (not_listed || not_allowed && has_list)
            && challenge(response).is_none()
    }

    /// The refused headers that the request does not need.
    fn needless_header_hints(&self) -> impl Iterator<Item = Hint<'a>> + use<'a> {
        let refused = self.fails_by(|reason| matches!(reason, Reason::HeaderNotAllowed { .. }));
        let value = self.response().and_then(|response| response.headers.get(HeaderName::ACCESS_CONTROL_ALLOW_HEADERS));
        let missing = self.request_names().missing_in(Names::as_read(value));
        missing.filter(move |_| refused).filter_map(Hint::of_needless_header)
    }

    /// Whether `navigator.sendBeacon()` can have made the request.
    fn may_be_beacon(&self) -> bool {
        let Some(Route::CorsWithPreflight(reasons)) = self.route() else { return false };
        self.request.method().as_str() == "POST"
            && self.request.credentials_mode() == CredentialsMode::Include
            && !reasons.headers.is_empty()
            && reasons.headers.iter().all(|name| name == HeaderName::CONTENT_TYPE)
    }

    fn preflight_redirect(&self, response: &Response<'a>) -> PreflightRedirect {
        if is_hsts(response) {
            return PreflightRedirect::Hsts;
        }
        let url = self.request.current_url().without_fragment();
        let Some(location) = location_line(response, self.environment.profile) else { return PreflightRedirect::Other };
        if leads_to_login(url, location) {
            return PreflightRedirect::Login;
        }
        let without_scheme = |url: &'a str| url.strip_prefix("http://");
        let https = core::str::from_utf8(location).ok().and_then(|location| location.strip_prefix("https://"));
        if https.is_some() && without_scheme(url).map(host).map(without_www) == https.map(host).map(without_www) {
            return PreflightRedirect::ToHttps;
        }
        if leads_to_http(url, location) {
            return PreflightRedirect::ToHttp;
        }
        let host_of = |url: &'a str| grammar::split_once(url, "://").map(|(_, rest)| host(rest));
        if let (Some(own), Some(to)) = (host_of(url), core::str::from_utf8(location).ok().and_then(host_of))
            && own != to
            && without_www(own) == without_www(to)
        {
            return PreflightRedirect::Www;
        }
        // The location may be a whole URL, or its path alone.
        let path = grammar::until(url, b"?").as_bytes();
        let asked = location.split(|byte| *byte == b'?').next().unwrap_or_default();
        match asked.strip_suffix(b"/") {
            Some(short) if short.len() > 1 && path.ends_with(short) => PreflightRedirect::TrailingSlash,
            None if asked.len() > 1 && path.strip_suffix(b"/").is_some_and(|short| short.ends_with(asked)) => {
                PreflightRedirect::NoTrailingSlash
            }
            _ => PreflightRedirect::Other,
        }
    }
}

/// Whether the browser itself made the redirect, by HTTP Strict Transport Security.
pub(in crate::browser::explain) fn is_hsts(response: &Response<'_>) -> bool {
    let value = response.headers.get(HeaderName::from_transport(NON_AUTHORITATIVE_REASON));
    value.is_some_and(|value| value.bytes().map(|byte| byte.to_ascii_lowercase()).eq(*b"hsts"))
}

fn host(after_scheme: &str) -> &str {
    grammar::until(after_scheme, b"/?#:")
}

/// Whether a redirect leads from an `https` URL to an `http` URL of the same host.
pub(in crate::browser::explain) fn leads_to_http(url: &str, location: &[u8]) -> bool {
    let to = core::str::from_utf8(location).ok().and_then(|location| location.strip_prefix("http://"));
    to.is_some_and(|to| url.strip_prefix("https://").map(host) == Some(host(to)))
}

fn without_www(host: &str) -> &str {
    host.strip_prefix("www.").unwrap_or(host)
}

/// Whether quotes or brackets surround an element, or the list that it is the first or the last of.
fn is_quoted(element: &[u8]) -> bool {
    matches!(element, [b'"' | b'\'' | b'`' | b'[' | b'(' | b'{', ..] | [.., b'"' | b'\'' | b'`' | b']' | b')' | b'}'])
}

/// Whether an element is several names, without commas between them.
fn is_not_separated(element: &[u8]) -> bool {
    element.iter().any(|byte| matches!(byte, b' ' | b'\t' | b';'))
}
