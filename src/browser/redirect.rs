//! HTTP-redirect fetch: what a redirect makes of a request.

use super::{
    environment::{Environment, LocationParses},
    error::{ForbiddenBy, Reason},
    profile::{
        Profile,
        switches::{EmptyLocation, EqualLocations, LocationIsRead, UserinfoInLocation},
    },
    request::{Body, RedirectMode, RedirectTaint, ReferrerPolicy, Request, RequestMode, ResponseTainting},
    response::{Response, Status},
    url::{Url, UrlCredentials},
};
use crate::{grammar::Elements, header::HeaderName, method::Method};

const REDIRECT_LIMIT: u8 = 20;

/// Where a response redirects to: the bytes of its `Location`, or nowhere.
///
/// The caller's URL parser reads them against the request's current URL; what is a URL is not decided here.
///
/// <https://fetch.spec.whatwg.org/#concept-response-location-url>, 1–2.
pub fn location<'a>(response: &Response<'a>, profile: &Profile) -> Result<Option<&'a [u8]>, Reason<'a>> {
    // 1.
    if !response.status.is_redirect() {
        return Ok(None);
    }
    // 2.
    let Some(value) = response.headers.get(HeaderName::LOCATION) else { return Ok(None) };
    let location = match (value.single(), profile.equal_locations) {
        (Some(single), _) => Some(single),
        (None, EqualLocations::Fail) => None,
        (None, EqualLocations::One) => value.lines().next().filter(|first| value.lines().all(|line| line == *first)),
    };
    match location.ok_or(Reason::LocationMultiple { value })? {
        [] if profile.empty_location == EmptyLocation::NoRedirect => Ok(None),
        location => Ok(Some(location)),
    }
}

/// AD-HOC: what browsers find wrong with `Location` before they look at anything else.
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
    if (environment.parse_location)(request.current_url(), value, &mut |_| {}) == LocationParses::No {
        return Err(Reason::LocationInvalid { value });
    }
    let has_scheme = |scheme: &&str| {
        value.split(|byte| *byte == b':').next().is_some_and(|start| start.eq_ignore_ascii_case(scheme.as_bytes()))
    };
    match LOCAL_SCHEMES.into_iter().find(has_scheme) {
        Some(scheme) if blocks_schemes => Err(Reason::RedirectSchemeNotHttp { scheme }),
        _ => Ok(()),
    }
}

/// What a page on the network may not load.
const LOCAL_SCHEMES: [&str; 7] = ["blob", "chrome", "data", "file", "javascript", "resource", "view-source"];

/// The request that follows a redirect of `request` by a response of this status to `location_url`, or why there is
/// none.
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
    if matches!(code, 301 | 302) && method == Method::POST
        || code == 303 && method != Method::GET && method != Method::HEAD
    {
        redirected = redirected
            .with_method(Method::GET)
            .with_body(Body::None)
            .with_headers(request.headers().without_body_headers());
    }
    // 13.
    if !current.is_same_origin(next) {
        redirected = redirected.with_headers(redirected.headers().without_authorization());
    }
    // 18, and what it does to the redirect-taint.
    let taint: RedirectTaint = request.redirect_taint().after_redirect(origin, current, next, environment.same_site);
    // 19.
    let referrer_policy = match referrer_policy {
        ReferrerPolicy::Empty => request.referrer_policy(),
        given => given,
    };
    Ok(redirected.with_redirect_taint(taint).with_referrer_policy(referrer_policy).with_next_url(location_url))
}

/// All that is wrong with a redirect, in the order in which it is found out.
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
    let scheme = (!location_url.is_http()).then_some(Reason::RedirectSchemeNotHttp { scheme });
    // 7–8.
    let count = (request.redirect_count() >= REDIRECT_LIMIT).then_some(Reason::TooManyRedirects);
    // 9–10.
    let credentials = credentials_forbidden_by(request, location_url, profile)
        .map(|forbidden_by| Reason::RedirectUrlHasCredentials { forbidden_by });
    // 11.
    let body = (status.as_u16() != 303 && request.body() == Body::WithoutSource).then_some(Reason::BodyWithoutSource);
    [scheme, count, credentials, body].into_iter().flatten()
}

/// Who forbids a redirect to `location_url` for its user name or password, if anybody does.
fn credentials_forbidden_by(request: &Request<'_>, location_url: Url<'_>, profile: &Profile) -> Option<ForbiddenBy> {
    let cross_origin = request.mode() == RequestMode::Cors && !request.origin().is_same_origin(location_url.origin());
    match location_url.credentials() {
        UrlCredentials::Absent => None,
        // 9–10.
        UrlCredentials::Present if cross_origin || request.response_tainting() == ResponseTainting::Cors => {
            Some(ForbiddenBy::Standard)
        }
        UrlCredentials::Present if profile.userinfo_in_location == UserinfoInLocation::Fails => {
            Some(ForbiddenBy::Browser)
        }
        UrlCredentials::Present => None,
    }
}

/// AD-HOC: in mode "error" Chromium fails by the user name or password first.
pub(super) fn check_credentials_first<'a>(
    request: &Request<'a>,
    location: &[u8],
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

/// The referrer policy that a response asks for: the last that is one, in any case of its letters.
///
/// <https://w3c.github.io/webappsec-referrer-policy/#parse-referrer-policy-from-header>
pub fn parse_referrer_policy(response: &Response<'_>) -> ReferrerPolicy {
    // 1. AD-HOC: a header with an element that its grammar does not have says nothing by the standard; browsers skip the
    // element, as they skip words that are not policies.
    let lines = response.headers.iter().filter(|header| header.name == HeaderName::REFERRER_POLICY);
    let tokens = lines.flat_map(|header| Elements::new(header.value));
    // 2–4.
    tokens.filter_map(ReferrerPolicy::from_token).last().unwrap_or_default()
}
