//! Changes to the page's call, if these are the simpler fix.

use core::{fmt, str};

use super::{HttpsUrl, Login};
use crate::{
    browser::{
        error::Reason,
        explain::{
            Explanation, Stage,
            hint::{is_hsts, leads_to_http},
        },
        iterators::Steps,
        redirect::location_line,
        request::{Body, CredentialsMode, RedirectMode, RedirectTaint, RequestMode, UseCorsPreflightFlag},
        response::Response,
        route::{PreflightReasons, Route},
        safelist::cors_unsafe_request_header_names,
    },
    grammar,
    header::HeaderName,
    method::Method,
};

/// A change to the page's call instead of the server. [`Explanation::page_changes`] says whether it is enough.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum PageChange<'a> {
    /// Use this credentials mode.
    CredentialsMode(CredentialsMode),
    /// Use this mode.
    Mode(RequestMode),
    /// Use this redirect mode.
    RedirectMode(RedirectMode),
    /// Use this method, which the server allows.
    Method(&'a str),
    /// Leave this header out: the server does not need it.
    WithoutHeader(HeaderName<'a>),
    /// Send the body as `text/plain`, which needs no preflight.
    TextPlain,
    /// Call `fetch()`, or do not listen to the progress of the upload.
    WithoutUploadListener,
    /// Request this URL: the value of `Location`, or the end of the redirects.
    Location(&'a [u8]),
    /// Request the `https:` URL.
    Https(HttpsUrl<'a>),
    /// Navigate to log in, because no fetch can get past a login page.
    NavigateToLogIn,
    /// Serve the files over HTTP.
    ServeFiles,
    /// Send a body that can be sent again.
    BodyWithSource,
}

/// Whether a change to the page's call is enough.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Sufficiency {
    /// It is enough alone.
    Alone,
    /// It is enough together with all other changes to the call of this kind.
    Together,
    /// It is not enough: the server must change too.
    Partial,
}

impl PageChange<'_> {
    /// The code of this change, in kebab-case. It is stable.
    pub const fn code(&self) -> &'static str {
        match self {
            PageChange::CredentialsMode(_) => "use-credentials-mode",
            PageChange::Mode(_) => "use-mode",
            PageChange::RedirectMode(_) => "use-redirect-mode",
            PageChange::Method(_) => "use-method",
            PageChange::WithoutHeader(_) => "leave-out-header",
            PageChange::TextPlain => "send-text-plain",
            PageChange::WithoutUploadListener => "no-upload-listener",
            PageChange::Location(_) => "request-location",
            PageChange::Https(_) => "request-https",
            PageChange::NavigateToLogIn => "navigate-to-log-in",
            PageChange::ServeFiles => "serve-over-http",
            PageChange::BodyWithSource => "send-known-body",
        }
    }
}

/// Writes it as an option of `fetch()`, if it is one.
impl fmt::Display for PageChange<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            PageChange::CredentialsMode(mode) => {
                write!(formatter, "credentials: \"{mode}\", if the server needs none for this")
            }
            PageChange::Mode(mode) => write!(formatter, "mode: \"{mode}\" (for an element: `crossorigin`)"),
            PageChange::RedirectMode(mode) => write!(formatter, "redirect: \"{mode}\""),
            PageChange::Method(method) => write!(formatter, "method: \"{method}\", which the server allows"),
            PageChange::WithoutHeader(name) => write!(formatter, "no header `{}`", name.lowercase()),
            PageChange::TextPlain => formatter.write_str("the body as `text/plain`, which needs no preflight"),
            PageChange::WithoutUploadListener => formatter.write_str("no listener on the upload, or `fetch()`"),
            PageChange::Location(url) => write!(formatter, "the URL `{}` to begin with", url.escape_ascii()),
            PageChange::Https(url) => write!(formatter, "the URL `{url}` to begin with"),
            PageChange::NavigateToLogIn => {
                formatter.write_str("navigate to the login (`location.assign`): no fetch gets through it")
            }
            PageChange::ServeFiles => formatter.write_str(
                "serve the files over HTTP, from `http://localhost` for instance, and open the page from there",
            ),
            PageChange::BodyWithSource => formatter.write_str("a body of known bytes, no stream"),
        }
    }
}

impl<'a> Explanation<'a> {
    /// The changes to the page's call that make the response pass, or make the request to the server unnecessary. Each
    /// has whether it is enough.
    pub fn page_changes(&self) -> impl Iterator<Item = (PageChange<'a>, Sufficiency)> {
        let failure = |is_it: fn(&Reason<'_>) -> bool| self.failures().any(|error| is_it(&error.reason));
        let redirected = failure(|reason| matches!(reason, Reason::PreflightRedirected { .. }));
        let redirect_mode = failure(|reason| {
            matches!(reason, Reason::RedirectModeError { .. } | Reason::NoCorsRedirectModeNotFollow { .. })
        });
        let same_origin_mode = failure(|reason| matches!(reason, Reason::SameOriginModeCrossOrigin));
        let file = failure(|reason| matches!(reason, Reason::SchemeNotHttp { scheme: "file" }));
        let stream = failure(|reason| {
            matches!(reason, Reason::BodyWithoutSource | Reason::StreamOverHttp1 | Reason::StreamNotSupported)
        });
        let login = self.login().filter(|login| *login == Login::AfterRedirect || self.failures().next().is_some());
        let hsts = self.response().filter(|response| is_hsts(response));
        let own_redirect = hsts.and_then(|response| location_line(response, self.environment.profile));
        let checked_redirect = login.is_none()
            && matches!(self.stage, Stage::Response(response) if response.status.is_redirect())
            && failure(|reason| matches!(reason, Reason::AllowOriginMissing));
        let location = (redirected || checked_redirect)
            .then(|| self.response().and_then(|response| self.location(response)))
            .flatten();
        let tainted = login.is_none() && self.allow_origin_of_tainted();
        let tainted = tainted.then(|| self.request.current_url().without_fragment().as_bytes());
        let method = self.method_in_another_case();
        let of_method = self.sufficiency(|reason| matches!(reason, Reason::MethodNotAllowed { .. }));
        let embedded = failure(|reason| matches!(reason, Reason::CrossOriginResourcePolicy { .. }));
        let mode = same_origin_mode || embedded && self.passes_in_mode_cors();
        let alone = |change| (change, Sufficiency::Alone);
        let headers = self.sufficiency_of_headers();
        let changes = [
            self.passes_without_credentials()
                .then_some(alone(PageChange::CredentialsMode(CredentialsMode::SameOrigin))),
            method.map(|method| (PageChange::Method(method), of_method)),
            location.or(own_redirect).or(tainted).map(|location| alone(PageChange::Location(location))),
            self.mixed_content_url().map(|url| alone(PageChange::Https(HttpsUrl(url)))),
            login.map(|_| (PageChange::NavigateToLogIn, Sufficiency::Partial)),
            redirect_mode.then_some(alone(PageChange::RedirectMode(RedirectMode::Follow))),
            mode.then_some(alone(PageChange::Mode(RequestMode::Cors))),
            file.then_some(alone(PageChange::ServeFiles)),
            self.text_plain_needs_no_preflight().then_some(alone(PageChange::TextPlain)),
            self.listener_alone_needs_preflight().then_some(alone(PageChange::WithoutUploadListener)),
            stream.then_some(alone(PageChange::BodyWithSource)),
        ];
        let of_headers = self.superfluous_headers().map(move |name| (PageChange::WithoutHeader(name), headers));
        Steps(changes.into_iter().flatten().chain(of_headers))
    }

    /// Whether a change that resolves these failures resolves all of them.
    fn sufficiency(&self, resolves: fn(&Reason<'_>) -> bool) -> Sufficiency {
        if self.failures().all(|error| resolves(&error.reason)) { Sufficiency::Alone } else { Sufficiency::Partial }
    }

    /// The target of a preflight's redirect, if it is the same resource. Another target may be a login page.
    fn location(&self, response: &Response<'a>) -> Option<&'a [u8]> {
        let value = location_line(response, self.environment.profile)?;
        let (url, location) = (self.request.current_url().without_fragment(), str::from_utf8(value).ok()?);
        // Browsers block the `http` URL as mixed content.
        if leads_to_http(url, value) {
            return None;
        }
        let location = grammar::until(location, b"#");
        let same = match location.strip_prefix('/') {
            Some(rest) if !rest.starts_with('/') => {
                let (_, path) = split_host(url)?;
                trim_slashes(path) == trim_slashes(location) && path != location
            }
            _ => {
                let ((host, path), (to_host, to_path)) = (split_host(url)?, split_host(location)?);
                let without_www = |host: &'a str| host.strip_prefix("www.").unwrap_or(host);
                without_www(host) == without_www(to_host)
                    && trim_slashes(path) == trim_slashes(to_path)
                    && url != location
            }
        };
        same.then_some(value)
    }

    /// Whether `Access-Control-Allow-Origin` fails for an origin that redirects have made `null`.
    fn allow_origin_of_tainted(&self) -> bool {
        self.request.redirect_taint() != RedirectTaint::SameOrigin
            && self.fix().any(|change| change.header_name() == Some(HeaderName::ACCESS_CONTROL_ALLOW_ORIGIN))
    }

    /// Whether the fetch fails, but would pass without credentials.
    fn passes_without_credentials(&self) -> bool {
        let without = self.request.with_credentials_mode(CredentialsMode::SameOrigin);
        self.request.credentials_mode() == CredentialsMode::Include
            && matches!(self.stage, Stage::Preflight(_) | Stage::Response(_))
            && self.failures().next().is_some()
            && Explanation { request: without, ..*self }.failures().next().is_none()
    }

    /// Whether the response, refused in mode "no-cors", would pass in mode "cors".
    fn passes_in_mode_cors(&self) -> bool {
        let Stage::Response(response) = &self.stage else { return false };
        let value = response.headers.get(HeaderName::ACCESS_CONTROL_ALLOW_ORIGIN);
        let origin = self.request.serialized_origin();
        value.is_some_and(|value| value == *b"*" || value.single().is_some_and(|line| origin.is_serialized_as(line)))
    }

    /// The allowed method that differs from the request's only in case. `None` if no page can send it, because `fetch()` writes
    /// it in another case.
    fn method_in_another_case(&self) -> Option<&'a str> {
        let method = self.failures().find_map(|error| match error.reason {
            Reason::MethodNotAllowed { method, .. } => Some(method),
            _ => None,
        })?;
        let listed = self.response()?.headers.extract(HeaderName::ACCESS_CONTROL_ALLOW_METHODS).ok().flatten()?;
        let is_sent_so = |listed: &str| Method::new(listed).is_ok_and(|own| own.normalize().as_str() == listed);
        listed.iter().find(|listed| listed.eq_ignore_ascii_case(method.as_str()) && is_sent_so(listed))
    }

    /// Why there is a preflight, if it fails only for reasons of preflights. The response after it may pass.
    fn preflight_reasons(&self) -> Option<PreflightReasons<'a>> {
        let of_preflight = |reason: &Reason<'_>| {
            matches!(
                reason,
                Reason::PreflightStatusNotOk { .. }
                    | Reason::AllowMethodsUnparsable(_)
                    | Reason::AllowHeadersUnparsable(_)
                    | Reason::HeaderNotAllowed { .. }
                    | Reason::AllowCredentialsNotTrue { .. }
            )
        };
        let fails = matches!(self.stage, Stage::Preflight(_))
            && self.failures().next().is_some()
            && self.failures().all(|error| of_preflight(&error.reason));
        match self.route().filter(|_| fails)? {
            Route::CorsWithPreflight(reasons) => Some(reasons),
            Route::Basic | Route::Opaque | Route::Cors => None,
        }
    }

    /// Whether the body's type alone causes the preflight of a `POST` with credentials, as a beacon is. If the page
    /// reads the answer, a server that takes JSON should instead list `Content-Type`.
    fn text_plain_needs_no_preflight(&self) -> bool {
        let Some(PreflightReasons { flag: UseCorsPreflightFlag::Unset, method: None, headers }) =
            self.preflight_reasons()
        else {
            return false;
        };
        self.request.body() == Body::WithSource
            && self.request.credentials_mode() == CredentialsMode::Include
            && headers.iter().all(|name| name == HeaderName::CONTENT_TYPE)
    }

    /// Whether an upload listener is the only cause of a preflight.
    fn listener_alone_needs_preflight(&self) -> bool {
        self.preflight_reasons().is_some_and(|reasons| {
            reasons.flag == UseCorsPreflightFlag::SetByUploadListener
                && reasons.method.is_none()
                && reasons.headers.is_empty()
        })
    }

    /// The headers that the server does not need and that cause a failure.
    fn superfluous_headers(&self) -> impl Iterator<Item = HeaderName<'a>> {
        let refused = self
            .failures()
            .any(|error| matches!(error.reason, Reason::HeaderNotAllowed { .. } | Reason::AllowHeadersUnparsable(_)));
        let names = refused
            .then(|| cors_unsafe_request_header_names(self.request.headers(), self.environment.profile).iter())
            .into_iter()
            .flatten();
        let without_body = self.request.body() == Body::None;
        names.filter(move |name| is_superfluous(*name) || without_body && *name == HeaderName::CONTENT_TYPE)
    }

    fn sufficiency_of_headers(&self) -> Sufficiency {
        let without_body = self.request.body() == Body::None;
        let resolved = self.failures().all(|error| match error.reason {
            Reason::HeaderNotAllowed { name, .. } => {
                is_superfluous(name) || without_body && name == HeaderName::CONTENT_TYPE
            }
            _ => false,
        });
        match (resolved, self.superfluous_headers().nth(1)) {
            (false, _) => Sufficiency::Partial,
            (true, None) => Sufficiency::Alone,
            (true, Some(_)) => Sufficiency::Together,
        }
    }
}

/// The host of an HTTP(S) URL, with its port unless that is the default, and the rest.
fn split_host(url: &str) -> Option<(&str, &str)> {
    let (scheme, rest) = grammar::split_once(url, "://")?;
    let default_port = match scheme {
        "http" => ":80",
        "https" => ":443",
        _ => return None,
    };
    let (host, path) = grammar::split_before(rest, b"/?");
    Some((host.strip_suffix(default_port).unwrap_or(host), path))
}

/// A path without the slashes at its end, and its query.
fn trim_slashes(path: &str) -> (&str, Option<&str>) {
    match grammar::split_once(path, "?") {
        Some((path, query)) => (path.trim_end_matches('/'), Some(query)),
        None => (path.trim_end_matches('/'), None),
    }
}

/// Headers that libraries add to every request, for tracing or against caching. No third party needs them.
const ADDED_BY_LIBRARIES: [&str; 27] = [
    "b3",
    "baggage",
    "cache-control",
    "elastic-apm-traceparent",
    "expires",
    "newrelic",
    "pragma",
    "request-context",
    "request-id",
    "sentry-trace",
    "traceparent",
    "tracestate",
    "uber-trace-id",
    "x-amzn-trace-id",
    "x-b3-parentspanid",
    "x-b3-sampled",
    "x-b3-spanid",
    "x-b3-traceid",
    "x-cloud-trace-context",
    "x-datadog-trace-id",
    "x-dynatrace",
    "x-instana-l",
    "x-instana-s",
    "x-instana-t",
    "x-newrelic-id",
    "x-requested-with",
    "x-socket-id",
];

/// Whether the request can do without this header: a library adds it, or it is a response header.
fn is_superfluous(name: HeaderName<'_>) -> bool {
    is_cors_response_header(name) || is_added_by_libraries(name)
}

/// Whether libraries add this header to requests of all kinds.
pub(in crate::browser) fn is_added_by_libraries(name: HeaderName<'_>) -> bool {
    ADDED_BY_LIBRARIES.iter().any(|own| name.matches(own.as_bytes())) || name.starts_with("x-datadog-")
}

/// Whether a header of this name belongs in the responses of the CORS protocol.
///
/// <https://fetch.spec.whatwg.org/#http-responses>
pub(in crate::browser) fn is_cors_response_header(name: HeaderName<'_>) -> bool {
    [
        HeaderName::ACCESS_CONTROL_ALLOW_ORIGIN,
        HeaderName::ACCESS_CONTROL_ALLOW_CREDENTIALS,
        HeaderName::ACCESS_CONTROL_ALLOW_METHODS,
        HeaderName::ACCESS_CONTROL_ALLOW_HEADERS,
        HeaderName::ACCESS_CONTROL_MAX_AGE,
        HeaderName::ACCESS_CONTROL_EXPOSE_HEADERS,
    ]
    .contains(&name)
}
