//! HTTP-redirect fetch: the request after a redirect, or why the redirect fails.
//!
//! ```
//! use fetch_cors::browser::{Environment, Profile, RequestInit, Url};
//! use fetch_cors::browser::{redirect::http_redirect_fetch, request::ReferrerPolicy, response::Status};
//! use fetch_cors::origin::Origin;
//!
//! let page = Origin::parse("https://app.example").unwrap();
//! let [from, to] = ["https://app.example/save", "https://app.example/saved"].map(|url| Url::new(url).unwrap());
//! let request = RequestInit { method: "POST", ..RequestInit::default() }.request(from, page).unwrap();
//! let status = Status::new(303).unwrap();
//! let environment = Environment::new(&Profile::FETCH);
//! let next = http_redirect_fetch(&request, status, ReferrerPolicy::Empty, to, environment).unwrap();
//! assert_eq!(next.method().as_str(), "GET");
//! ```

use super::{
    environment::{Environment, LocationParses},
    error::{ForbiddenBy, Reason},
    origin_header::kept_origin,
    profile::{
        Profile,
        switches::{
            ClientHintsAfterRedirect, DeleteAcrossOrigins, EmptyLocation, EqualLocations, FtpLocation, LocationIsRead,
            OriginOnceSent, RedirectChecks, RedirectStatuses, UserinfoInLocation,
        },
    },
    request::{
        Body, DuplicateNames, Keepalive, KeptOrigin, RedirectMode, RedirectTaint, ReferrerPolicy, Request, RequestMode,
        ResponseTainting,
    },
    response::{Response, Status},
    url::{Url, UrlCredentials},
};
use crate::{
    grammar::Elements,
    header::{CombinedValue, HeaderName},
    method::Method,
};

/// <https://fetch.spec.whatwg.org/#concept-http-redirect-fetch>, 7.
pub(super) const REDIRECT_LIMIT: u8 = 20;

/// Whether a response redirects, by its status.
pub(super) fn redirects(response: &Response<'_>, profile: &Profile) -> bool {
    let more = profile.redirect_statuses == RedirectStatuses::AllBut304To306
        && matches!(response.status.as_u16(), 301..=303 | 307..=399)
        && response.headers.get(HeaderName::LOCATION).is_some_and(|value| value != *b"");
    more || response.status.is_redirect()
}

/// "Location URL", steps 1 and 2: the value of the `Location` that a response redirects to, if it has one.
///
/// The caller's URL parser resolves it against the request's current URL, and decides whether it is valid.
///
/// <https://fetch.spec.whatwg.org/#concept-response-location-url>, 1–2.
pub fn location<'a>(response: &Response<'a>, profile: &Profile) -> Result<Option<CombinedValue<'a>>, Reason<'a>> {
    // 1.
    if !redirects(response, profile) {
        return Ok(None);
    }
    // 2.
    let Some(value) = response.headers.get(HeaderName::LOCATION) else { return Ok(None) };
    let mut lines = value.lines();
    let first = lines.next();
    let is_one = match profile.equal_locations {
        EqualLocations::Fail => lines.next().is_none(),
        EqualLocations::One => lines.all(|line| Some(line) == first),
        EqualLocations::Combined => true,
    };
    let location = match profile.equal_locations {
        _ if !is_one => return Err(Reason::LocationMultiple { value }),
        EqualLocations::Fail | EqualLocations::One => value.first_line(),
        EqualLocations::Combined => value,
    };
    match profile.empty_location {
        EmptyLocation::NoRedirect | EmptyLocation::Fails if location == *b"" => Ok(None),
        _ => Ok(Some(location)),
    }
}

/// The value of the `Location` that a response redirects to, if it is one line.
pub(super) fn location_line<'a>(response: &Response<'a>, profile: &Profile) -> Option<&'a [u8]> {
    location(response, profile).ok().flatten().and_then(CombinedValue::single)
}

/// Fails for an empty `Location`, in a profile for which that is a failure.
pub(super) fn check_empty_location<'a>(response: &Response<'a>, profile: &Profile) -> Result<(), Reason<'a>> {
    match response.headers.get(HeaderName::LOCATION) {
        Some(value) if profile.empty_location == EmptyLocation::Fails && value == *b"" => {
            Err(Reason::LocationInvalid { value })
        }
        _ => Ok(()),
    }
}

// AD-HOC: WebKitGTK's network layer refuses a redirect to an `ftp:` or `ftps:` URL before WebKit learns of it.
pub(super) fn check_ftp_first<'a>(
    request: &Request<'a>,
    response: &Response<'a>,
    environment: Environment<'a>,
) -> Result<(), Reason<'a>> {
    let mut result = Ok(());
    if environment.profile.ftp_location == FtpLocation::FailsFirst
        && let Ok(Some(value)) = location(response, environment.profile)
    {
        (environment.parse_location)(request.current_url(), value, &mut |url| {
            if let Some(scheme) = ["ftp", "ftps"].into_iter().find(|scheme| *scheme == url.scheme()) {
                result = Err(Reason::RedirectSchemeNotHttp { scheme, mode: request.mode() });
            }
        });
    }
    result
}

// AD-HOC: the errors of `Location` that browsers check for before anything else.
pub(super) fn check_location_first<'a>(
    request: &Request<'a>,
    response: &Response<'a>,
    environment: Environment<'a>,
) -> Result<(), Reason<'a>> {
    let blocks_schemes = match environment.profile.location_is_read {
        LocationIsRead::ToFollow => return Ok(()),
        LocationIsRead::FirstToFollow if request.redirect_mode() != RedirectMode::Follow => return Ok(()),
        LocationIsRead::FirstToFollow => true,
        LocationIsRead::First => false,
    };
    let Some(value) = location(response, environment.profile)? else { return Ok(()) };
    let (text, current) = (value.single().unwrap_or_default(), request.current_url());
    let mut is_own_blob = false;
    let parses = (environment.parse_location)(current, value, &mut |url| {
        is_own_blob = url.scheme() == "blob" && url.origin().is_same_origin(current.origin());
    });
    if !blocks_schemes {
        let is_url = (parses == LocationParses::Yes || host_has_blank(text)) && !is_filesystem_of_nothing(text);
        return if is_url { Ok(()) } else { Err(Reason::LocationInvalid { value }) };
    }
    if parses == LocationParses::No {
        return Err(Reason::LocationInvalid { value });
    }
    let scheme = LOCAL_SCHEMES.into_iter().find(|scheme| after_scheme(text, scheme).is_some());
    let is_blank_page = || {
        after_scheme(text, "about").is_some_and(|path| {
            path.split(|byte| matches!(byte, b'?' | b'#'))
                .next()
                .is_some_and(|page| page.eq_ignore_ascii_case(b"blank"))
        })
    };
    match scheme {
        Some(scheme) if !is_own_blob && !is_blank_page() => {
            Err(Reason::RedirectSchemeNotHttp { scheme, mode: request.mode() })
        }
        _ => Ok(()),
    }
}

/// Schemes that a page on the network may not load, except `about:blank` and the page's own `blob:` URLs.
const LOCAL_SCHEMES: [&str; 18] = [
    "about",
    "blob",
    "cached-favicon",
    "chrome",
    "data",
    "file",
    "indexeddb",
    "jar",
    "javascript",
    "moz-extension",
    "moz-icon",
    "moz-page-thumb",
    "moz-src",
    "page-icon",
    "resource",
    "view-source",
    "ws",
    "wss",
];

/// The text after this scheme and its colon.
fn after_scheme<'a>(location: &'a [u8], scheme: &str) -> Option<&'a [u8]> {
    let (start, rest) = location.split_at_checked(scheme.len())?;
    let rest = rest.strip_prefix(b":")?;
    start.eq_ignore_ascii_case(scheme.as_bytes()).then_some(rest)
}

// AD-HOC: Chromium parses a host with blanks, and then does not find it.
fn host_has_blank(location: &[u8]) -> bool {
    let after_slashes =
        ["http", "https"].into_iter().find_map(|scheme| after_scheme(location, scheme)?.strip_prefix(b"//"));
    let mut host = after_slashes.unwrap_or_default().split(|byte| matches!(byte, b'/' | b'\\' | b'?' | b'#'));
    host.next().is_some_and(|host| host.contains(&b' '))
}

// AD-HOC: in Chromium `filesystem:` is followed by another URL.
fn is_filesystem_of_nothing(location: &[u8]) -> bool {
    let of = after_scheme(location, "filesystem");
    of.is_some_and(|of| !["http", "https", "file"].into_iter().any(|scheme| after_scheme(of, scheme).is_some()))
}

// AD-HOC: Firefox checks the `Location` of a redirected preflight before it refuses the redirect itself.
pub(super) fn check_location_of_preflight<'a>(request: &Request<'a>, location: &'a [u8]) -> Result<(), Reason<'a>> {
    let start = location.iter().position(|byte| *byte > b' ').unwrap_or_default();
    let location = location.get(start..).unwrap_or_default();
    let Some(colon) = location.iter().position(|byte| matches!(byte, b':' | b'/' | b'?' | b'#' | b'\\')) else {
        return Ok(());
    };
    let (scheme, rest) = location.split_at_checked(colon).unwrap_or_default();
    let is_http = ["http", "https"].into_iter().any(|http| http.as_bytes().eq_ignore_ascii_case(scheme));
    if rest.starts_with(b":") && !is_http {
        let scheme = core::str::from_utf8(scheme).unwrap_or_default();
        return Err(Reason::RedirectSchemeNotHttp { scheme, mode: request.mode() });
    }
    let authority = rest.strip_prefix(b":").unwrap_or(rest).strip_prefix(b"//").unwrap_or_default();
    let authority = authority.split(|byte| matches!(byte, b'/' | b'\\' | b'?' | b'#')).next().unwrap_or_default();
    match authority.iter().rposition(|byte| *byte == b'@').and_then(|at| authority.get(..at)) {
        None | Some(b"" | b":") => Ok(()),
        Some(_) => Err(Reason::RedirectUrlHasCredentials { forbidden_by: ForbiddenBy::Standard }),
    }
}

/// The request that follows a redirect of `request` by a response of this status to `location_url`, or why the redirect
/// fails.
///
/// <https://fetch.spec.whatwg.org/#concept-http-redirect-fetch>, 6–19.
pub fn http_redirect_fetch<'a>(
    request: &Request<'a>,
    status: Status,
    referrer_policy: ReferrerPolicy,
    location_url: Url<'a>,
    environment: Environment<'a>,
) -> Result<Request<'a>, Reason<'a>> {
    // 6–11.
    if let Some(reason) = failures(request, status, location_url, environment.profile).next() {
        return Err(reason);
    }
    let (origin, current, next) = (request.origin(), request.current_url().origin(), location_url.origin());
    let code = status.as_u16();
    let mut redirected = *request;
    // 12.
    let method = request.method();
    let is_across_origins = !current.is_same_origin(next);
    let deletes_no_more = environment.profile.delete_across_origins == DeleteAcrossOrigins::BecomesGet;
    if matches!(code, 301 | 302) && method == Method::POST
        || code == 303 && method != Method::GET && method != Method::HEAD
        || deletes_no_more && is_across_origins && method == Method::DELETE
    {
        redirected = redirected
            .with_method(Method::GET)
            .with_body(Body::None)
            .with_headers(request.headers().without_body_headers());
    }
    // 13.
    if is_across_origins {
        redirected = redirected.with_headers(redirected.headers().without_authorization());
    }
    // AD-HOC: Chromium sends client hints to other origins only if the page's permissions policy allows it.
    if environment.profile.client_hints_after_redirect == ClientHintsAfterRedirect::DroppedAcrossOrigins
        && !origin.is_same_origin(next)
    {
        redirected = redirected.with_headers(redirected.headers().without_client_hints());
    }
    // 18, with its effect on the redirect-taint.
    let taint: RedirectTaint = request.redirect_taint().after_redirect(origin, current, next, environment.same_site);
    // 19.
    let referrer_policy = match referrer_policy {
        ReferrerPolicy::Empty => request.referrer_policy(),
        given => given,
    };
    let kept_origin = match environment.profile.origin_once_sent {
        OriginOnceSent::KeptWithinOrigin if !is_across_origins => kept_origin(request, environment),
        OriginOnceSent::KeptWithinOrigin | OriginOnceSent::Dropped => KeptOrigin::None,
    };
    Ok(redirected
        .with_redirect_taint(taint)
        .with_referrer_policy(referrer_policy)
        .with_kept_origin(kept_origin)
        .with_next_url(location_url))
}

/// All failures of a redirect, in the order of the checks.
///
/// <https://fetch.spec.whatwg.org/#concept-http-redirect-fetch>, 6–11.
pub(super) fn failures<'a>(
    request: &Request<'_>,
    status: Status,
    location_url: Url<'a>,
    profile: &Profile,
) -> impl Iterator<Item = Reason<'a>> + use<'a> {
    // 6.
    let scheme = location_url.scheme();
    let scheme = (!location_url.is_http()).then_some(Reason::RedirectSchemeNotHttp { scheme, mode: request.mode() });
    // 7–8.
    let limit = match request.keepalive() {
        Keepalive::Unset => REDIRECT_LIMIT,
        Keepalive::Set => profile.keepalive_redirect_limit,
    };
    let count = (request.redirect_count() >= limit).then_some(Reason::TooManyRedirects);
    // 9–10.
    let credentials = if checks_credentials_again(request, profile) {
        None
    } else {
        credentials_forbidden_by(request, location_url, profile)
            .map(|forbidden_by| Reason::RedirectUrlHasCredentials { forbidden_by })
    };
    // 11.
    let body = (status.as_u16() != 303 && request.body() == Body::WithoutSource).then_some(Reason::BodyWithoutSource);
    [scheme, count, credentials, body].into_iter().flatten()
}

/// Whether a user name or password is found only after the preflight for the URL that has it.
fn checks_credentials_again(request: &Request<'_>, profile: &Profile) -> bool {
    profile.redirect_checks == RedirectChecks::AgainAfterPreflight
        && request.response_tainting() == ResponseTainting::Basic
}

/// Whether `location_url` has a user name or password that is found only then.
pub(super) fn finds_credentials_again(request: &Request<'_>, location_url: Url<'_>, profile: &Profile) -> bool {
    checks_credentials_again(request, profile) && credentials_forbidden_by(request, location_url, profile).is_some()
}

/// The rule that forbids a redirect to `location_url` because of its user name or password, if one does.
fn credentials_forbidden_by(request: &Request<'_>, location_url: Url<'_>, profile: &Profile) -> Option<ForbiddenBy> {
    let cross_origin = request.mode() == RequestMode::Cors && !request.origin().is_same_origin(location_url.origin());
    match location_url.credentials() {
        UrlCredentials::Absent => None,
        // 9–10.
        UrlCredentials::Present if cross_origin || request.response_tainting() == ResponseTainting::Cors => {
            Some(ForbiddenBy::Standard)
        }
        UrlCredentials::Present
            if profile.userinfo_in_location == UserinfoInLocation::FailsUnlessXmlHttpRequest
                && request.headers().duplicate_names() != DuplicateNames::Combine =>
        {
            Some(ForbiddenBy::Browser)
        }
        UrlCredentials::Present => None,
    }
}

// AD-HOC: in mode "error" Chromium fails by the user name or password first.
pub(super) fn check_credentials_first<'a>(
    request: &Request<'a>,
    location: CombinedValue<'_>,
    environment: Environment<'a>,
) -> Result<(), Reason<'a>> {
    let mut forbidden_by = None;
    if environment.profile.location_is_read == LocationIsRead::First {
        (environment.parse_location)(request.current_url(), location, &mut |url| {
            forbidden_by = credentials_forbidden_by(request, url, environment.profile);
        });
    }
    forbidden_by.map_or(Ok(()), |forbidden_by| Err(Reason::RedirectUrlHasCredentials { forbidden_by }))
}

/// "Parse a referrer policy from a `Referrer-Policy` header": the last valid policy that a response names, in any case of
/// its letters.
///
/// <https://w3c.github.io/webappsec-referrer-policy/#parse-referrer-policy-from-header>
pub fn parse_referrer_policy(response: &Response<'_>) -> ReferrerPolicy {
    // 1. AD-HOC: by the standard, an element outside of the grammar makes the whole header invalid. Browsers skip the element,
    // as they skip words that are not policies.
    let lines = response.headers.iter().filter(|header| header.name == HeaderName::REFERRER_POLICY);
    let tokens = lines.flat_map(|header| Elements::new(header.value));
    // 2–4.
    tokens.filter_map(ReferrerPolicy::from_token).last().unwrap_or_default()
}
