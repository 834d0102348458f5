//! Alternatives: what the page could do otherwise, where that is the simpler mend.

use core::{fmt, str};

use super::{Explanation, Stage};
use crate::{
    browser::{
        error::Reason,
        redirect::location,
        request::{Body, CredentialsMode, RedirectMode, RedirectTaint, RequestMode},
        response::Response,
        safelist::cors_unsafe_request_header_names,
    },
    grammar,
    header::HeaderName,
    method::Method,
};

/// A change to the page's call that would spare the server one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Alternative<'a> {
    /// Use this credentials mode.
    CredentialsMode(CredentialsMode),
    /// Use this mode.
    Mode(RequestMode),
    /// Use this redirect mode.
    RedirectMode(RedirectMode),
    /// Use this method, which the server allows.
    Method(&'a str),
    /// Leave this header out: it has no meaning in such a request.
    WithoutHeader(HeaderName<'a>),
    /// Ask for this URL at once: as it stands in `Location`, or where redirects have led.
    Location(&'a [u8]),
    /// Send a body that can be sent again.
    BodyWithSource,
}

/// Writes it as an option of `fetch()`, where it is one.
impl fmt::Display for Alternative<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Alternative::CredentialsMode(mode) => {
                write!(formatter, "credentials: \"{mode}\", if the server needs none for this")
            }
            Alternative::Mode(mode) => write!(formatter, "mode: \"{mode}\""),
            Alternative::RedirectMode(mode) => write!(formatter, "redirect: \"{mode}\""),
            Alternative::Method(method) => write!(formatter, "method: \"{method}\", which the server allows"),
            Alternative::WithoutHeader(name) => write!(formatter, "no header `{}`", name.lowercase()),
            Alternative::Location(url) => write!(formatter, "the URL `{}` to begin with", url.escape_ascii()),
            Alternative::BodyWithSource => formatter.write_str("a body of known bytes, no stream"),
        }
    }
}

impl<'a> Explanation<'a> {
    /// What the page could do otherwise so that the response passes, or that there is less to ask for.
    pub fn alternatives(&self) -> impl Iterator<Item = Alternative<'a>> {
        let failure = |is_it: fn(&Reason<'_>) -> bool| self.failures().any(|error| is_it(&error.reason));
        let redirected = failure(|reason| matches!(reason, Reason::PreflightRedirected { .. }));
        let redirect_mode = failure(|reason| {
            matches!(reason, Reason::RedirectModeError { .. } | Reason::NoCorsRedirectModeNotFollow { .. })
        });
        let same_origin_mode = failure(|reason| matches!(reason, Reason::SameOriginModeCrossOrigin));
        let stream = failure(|reason| matches!(reason, Reason::BodyWithoutSource));
        let location = redirected.then(|| self.response().and_then(|response| self.location(response))).flatten();
        let tainted = self.allow_origin_of_tainted().then(|| self.request.current_url().without_fragment().as_bytes());
        [
            self.passes_without_credentials().then_some(Alternative::CredentialsMode(CredentialsMode::SameOrigin)),
            self.method_in_another_case().map(Alternative::Method),
            location.or(tainted).map(Alternative::Location),
            redirect_mode.then_some(Alternative::RedirectMode(RedirectMode::Follow)),
            same_origin_mode.then_some(Alternative::Mode(RequestMode::Cors)),
            stream.then_some(Alternative::BodyWithSource),
        ]
        .into_iter()
        .flatten()
        .chain(self.pointless_headers().map(Alternative::WithoutHeader))
    }

    /// Where a preflight is redirected to, if that is the same place: elsewhere there may be a login.
    fn location(&self, response: &Response<'a>) -> Option<&'a [u8]> {
        let value = location(response, self.environment.profile).ok().flatten()?.single()?;
        let (url, location) = (self.request.current_url().without_fragment(), str::from_utf8(value).ok()?);
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
            && self.mend().any(|change| change.header_name() == Some(HeaderName::ACCESS_CONTROL_ALLOW_ORIGIN))
    }

    /// Whether something fails, and nothing would without credentials.
    fn passes_without_credentials(&self) -> bool {
        let without = self.request.with_credentials_mode(CredentialsMode::SameOrigin);
        self.request.credentials_mode() == CredentialsMode::Include
            && matches!(self.stage, Stage::Preflight(_) | Stage::Response(_))
            && self.failures().next().is_some()
            && Explanation { request: without, ..*self }.failures().next().is_none()
    }

    /// The method that the response allows where it does not allow the request's, if they differ in case alone, and if a
    /// page can send it: what is normalized to another never leaves the browser.
    fn method_in_another_case(&self) -> Option<&'a str> {
        let method = self.failures().find_map(|error| match error.reason {
            Reason::MethodNotAllowed { method, .. } => Some(method),
            _ => None,
        })?;
        let listed = self.response()?.headers.extract(HeaderName::ACCESS_CONTROL_ALLOW_METHODS).ok().flatten()?;
        let is_sent_so = |listed: &str| Method::new(listed).is_ok_and(|own| own.normalize().as_str() == listed);
        listed.iter().find(|listed| listed.eq_ignore_ascii_case(method.as_str()) && is_sent_so(listed))
    }

    /// The headers that a page sends by mistake, where that makes something fail.
    fn pointless_headers(&self) -> impl Iterator<Item = HeaderName<'a>> {
        let refused = self
            .failures()
            .any(|error| matches!(error.reason, Reason::HeaderNotAllowed { .. } | Reason::AllowHeadersUnparsable(_)));
        let names = refused
            .then(|| cors_unsafe_request_header_names(self.request.headers(), self.environment.profile).iter())
            .into_iter()
            .flatten();
        let without_body = self.request.body() == Body::None;
        names.filter(move |name| is_cors_response_header(*name) || without_body && *name == HeaderName::CONTENT_TYPE)
    }
}

/// The host of an HTTP(S) URL, with its port if that is not the default, and what comes after it.
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

/// Whether a header of this name belongs into the responses of the CORS protocol.
///
/// <https://fetch.spec.whatwg.org/#http-responses>
pub(super) fn is_cors_response_header(name: HeaderName<'_>) -> bool {
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
