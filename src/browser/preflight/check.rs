//! The checks on the response to a preflight.

use super::{
    GrantedHeaderNames, GrantedMethods, MaxAge, PreflightGrant, chromium_order::in_chromium_order,
    webkit_order::in_webkit_order,
};
use crate::{
    browser::{
        cors_check::CorsCheck,
        error::{NetworkError, Phase, Reason, Wildcard},
        header_lookup::{Listed, ShortList, lookup_names},
        iterators::{OptionIter, Steps},
        profile::{
            Profile,
            switches::{
                AnswerKept, AuthorizationUnderWildcard, MethodWithoutList, PreflightChecks, TaintedPreflightOrigin,
            },
        },
        redirect::{check_location_of_preflight, location},
        request::{CredentialsMode, RedirectMode, Request, ResponseTainting, UseCorsPreflightFlag},
        response::Response,
        safelist::{all_unsafe_names_pass, cors_unsafe_request_header_names},
    },
    header::{CombinedValue, EmptyLines, HeaderName, InvalidElement, ListValues},
    origin::Origin,
};

/// "CORS-preflight fetch", step 7: the grant in the response to the preflight for `request`, or the first check that
/// fails.
///
/// <https://fetch.spec.whatwg.org/#cors-preflight-fetch-0>, 7.
pub fn check_preflight<'a>(
    request: &Request<'a>,
    response: &Response<'a>,
    profile: &'a Profile,
) -> Result<PreflightGrant<'a>, NetworkError<'a>> {
    let mut names = ShortList::EMPTY;
    let checks = Checks::noted(request, response, profile, &mut |name| names.push(name));
    match checks.first_failure(&names) {
        Some(reason) => Err(network_error(reason)),
        None => Ok(checks.grant()),
    }
}

/// The part of a response that is cached even though it refuses the method or a header of `request`, in a browser that
/// caches it before these checks.
pub(in crate::browser) fn answer_of_refusal<'a>(
    error: &NetworkError<'_>,
    request: &Request<'a>,
    response: &Response<'a>,
    profile: &'a Profile,
) -> Option<PreflightGrant<'a>> {
    let parses = matches!(
        error.reason,
        Reason::MethodNotAllowed { .. } | Reason::AuthorizationNotAllowed { .. } | Reason::HeaderNotAllowed { .. }
    );
    let kept = parses && profile.answer_kept == AnswerKept::OnceItParses;
    kept.then(|| Checks::of(request, response, profile).grant())
}

/// All failures of `response`, to the preflight for `request`, in the order in which they are found.
pub fn preflight_failures<'a>(
    request: &Request<'a>,
    response: &Response<'a>,
    profile: &'a Profile,
) -> impl Iterator<Item = NetworkError<'a>> {
    let checks = Checks::of(request, response, profile);
    let header_failures = checks.header_names.ok().map(|names| header_failures(request, names, profile));
    let order = in_order(profile.preflight_checks);
    order.iter().filter_map(move |check| checks.failure(*check)).chain(OptionIter(header_failures)).map(network_error)
}

fn network_error(reason: Reason<'_>) -> NetworkError<'_> {
    NetworkError { phase: Phase::Preflight, reason, response_tainting: ResponseTainting::Cors }
}

/// A check of the response. The check of header names is separate: it comes last, and may fail for several names.
#[derive(Clone, Copy)]
enum Check {
    Redirect,
    AllowOrigin,
    AllowCredentials,
    Status,
    MethodsSyntax,
    HeaderNamesSyntax,
    Method,
}

/// The checks, in the order of a browser.
const fn in_order(checks: PreflightChecks) -> &'static [Check; 7] {
    use Check::*;
    match checks {
        PreflightChecks::CorsStatusSyntaxMethodHeaders => {
            &[AllowOrigin, AllowCredentials, Redirect, Status, MethodsSyntax, HeaderNamesSyntax, Method]
        }
        PreflightChecks::CorsRedirectStatusMethodsHeaders => {
            &[AllowOrigin, AllowCredentials, Redirect, Status, MethodsSyntax, Method, HeaderNamesSyntax]
        }
        PreflightChecks::RedirectCorsStatusSyntaxMethodHeaders => {
            &[Redirect, AllowOrigin, AllowCredentials, Status, MethodsSyntax, HeaderNamesSyntax, Method]
        }
        PreflightChecks::StatusCorsSyntaxMethodHeaders => {
            &[Redirect, Status, AllowOrigin, AllowCredentials, MethodsSyntax, HeaderNamesSyntax, Method]
        }
    }
}

/// The values that the checks read.
struct Checks<'q, 'r, 'a> {
    request: &'q Request<'a>,
    response: &'r Response<'a>,
    profile: &'a Profile,
    /// It checks the request instead of the preflight, because of the credentials mode. `None` if any origin is
    /// accepted.
    cors_check: Option<CorsCheck<'r, 'a>>,
    methods: Result<GrantedMethods<'a>, InvalidElement<'a>>,
    header_names: Result<GrantedHeaderNames<'a>, InvalidElement<'a>>,
    max_age: Option<CombinedValue<'a>>,
}

impl<'q, 'r, 'a> Checks<'q, 'r, 'a> {
    fn of(request: &'q Request<'a>, response: &'r Response<'a>, profile: &'a Profile) -> Self {
        Checks::noted(request, response, profile, &mut |_| ())
    }

    /// The checks, as above. Calls `note` with each granted header name.
    fn noted(
        request: &'q Request<'a>,
        response: &'r Response<'a>,
        profile: &'a Profile,
        note: &mut dyn FnMut(&'a [u8]),
    ) -> Self {
        // OPTIMIZATION: reads the lines once for all five names.
        let [allow_origin, allow_credentials] = CorsCheck::NAMES;
        let [allow_origin, allow_credentials, methods, header_names, max_age] = response.headers.get_each([
            (allow_origin, profile.empty_lines()),
            (allow_credentials, profile.empty_lines()),
            (HeaderName::ACCESS_CONTROL_ALLOW_METHODS, EmptyLines::Read),
            (HeaderName::ACCESS_CONTROL_ALLOW_HEADERS, EmptyLines::Read),
            (HeaderName::ACCESS_CONTROL_MAX_AGE, profile.empty_lines()),
        ]);
        let grants_own_method = profile.method_without_list == MethodWithoutList::GrantedByFlag
            && request.use_cors_preflight_flag() != UseCorsPreflightFlag::Unset;
        Checks {
            request,
            response,
            profile,
            cors_check: checked_origin(request, profile).map(|origin| CorsCheck {
                origin,
                credentials_mode: request.credentials_mode(),
                response,
                profile,
                values: [allow_origin, allow_credentials],
            }),
            // 1.
            methods: match methods.map(|methods| ListValues::noted(methods, &mut |_| ())) {
                Some(methods) => methods.map(GrantedMethods::Listed),
                // 4. An empty list is not null.
                None if grants_own_method => Ok(GrantedMethods::Own(request.method())),
                None => Ok(GrantedMethods::None),
            },
            // 2.
            header_names: match header_names.map(|names| ListValues::noted(names, note)) {
                Some(names) => names.map(GrantedHeaderNames::Listed),
                None => Ok(GrantedHeaderNames::None),
            },
            max_age,
        }
    }

    fn grant(&self) -> PreflightGrant<'a> {
        PreflightGrant {
            methods: self.methods.unwrap_or(GrantedMethods::None),
            header_names: self.header_names.unwrap_or(GrantedHeaderNames::None),
            // 8–10.
            max_age: MaxAge::of(self.max_age, self.profile),
        }
    }

    fn failure(&self, check: Check) -> Option<Reason<'a>> {
        let Checks { request, response, profile, .. } = *self;
        match check {
            Check::AllowOrigin => self.cors_check.as_ref()?.check_allow_origin().err(),
            Check::AllowCredentials => self.cors_check.as_ref()?.check_allow_credentials().err(),
            Check::Redirect => check_redirect(request, response, profile).err(),
            // A redirect is refused as a redirect.
            Check::Status => {
                check_status(response).err().filter(|_| check_redirect(request, response, profile).is_ok())
            }
            // 3.
            Check::MethodsSyntax => self.methods.err().map(Reason::AllowMethodsUnparsable),
            Check::HeaderNamesSyntax => self.header_names.err().map(Reason::AllowHeadersUnparsable),
            // 5.
            Check::Method => check_method(request, self.methods.ok()?).err(),
        }
    }

    /// The first failure. `listed` has the granted header names.
    fn first_failure(&self, listed: &ShortList<'a>) -> Option<Reason<'a>> {
        let Checks { request, profile, .. } = *self;
        if let Some(reason) = in_order(profile.preflight_checks).iter().find_map(|check| self.failure(*check)) {
            return Some(reason);
        }
        let names = self.header_names.ok()?;
        // OPTIMIZATION: only finding the first refused name needs the names in order. Finding whether one is refused
        // does not, and usually none is.
        let has_wildcard = wildcard_of(request, names) == Wildcard::NotCovering;
        let is_allowed = |name| listed.look_up(name) == Listed::Yes || has_wildcard && !is_non_wildcard(name, profile);
        if listed.is_complete() && all_unsafe_names_pass(request.headers(), profile, is_allowed) {
            return None;
        }
        first_of(&mut header_failures(request, names, profile))
    }
}

// OPTIMIZATION: out of line, so that this rarely used code takes no stack in its caller.
#[inline(never)]
fn first_of<'a>(failures: &mut dyn Iterator<Item = Reason<'a>>) -> Option<Reason<'a>> {
    failures.next()
}

/// The origin that the response must allow; `None` if any origin is accepted.
fn checked_origin<'a>(request: &Request<'a>, profile: &Profile) -> Option<Origin<'a>> {
    match profile.tainted_preflight_origin {
        TaintedPreflightOrigin::Null => Some(request.serialized_origin()),
        TaintedPreflightOrigin::Page if request.current_url().origin().is_same_origin(request.origin()) => None,
        TaintedPreflightOrigin::Page => Some(request.origin()),
    }
}

/// Distinguishes a redirect that could be followed from other statuses that are not ok.
fn check_redirect<'a>(request: &Request<'a>, response: &Response<'a>, profile: &Profile) -> Result<(), Reason<'a>> {
    let status = response.status;
    let location = location(response, profile);
    let minds_mode = profile.preflight_checks == PreflightChecks::CorsRedirectStatusMethodsHeaders;
    if matches!(location, Ok(None)) || minds_mode && request.redirect_mode() != RedirectMode::Follow {
        return Ok(());
    }
    if minds_mode && let Ok(Some(location)) = location {
        check_location_of_preflight(request, location.single().unwrap_or_default())?;
    }
    Err(Reason::PreflightRedirected { status })
}

fn check_status<'a>(response: &Response<'a>) -> Result<(), Reason<'a>> {
    let status = response.status;
    if status.is_ok() { Ok(()) } else { Err(Reason::PreflightStatusNotOk { status }) }
}

fn check_method<'a>(request: &Request<'a>, methods: GrantedMethods<'a>) -> Result<(), Reason<'a>> {
    let method = request.method();
    if method.is_cors_safelisted() || methods.contains(method) {
        return Ok(());
    }
    let wildcard = match (methods.contains_wildcard(), request.credentials_mode()) {
        (false, _) => Wildcard::Absent,
        (true, CredentialsMode::Include) => Wildcard::LiteralWithCredentials,
        (true, _) => return Ok(()),
    };
    Err(Reason::MethodNotAllowed { method, wildcard })
}

/// How a `*` in the list affects the names of `request`'s headers.
fn wildcard_of(request: &Request<'_>, names: GrantedHeaderNames<'_>) -> Wildcard {
    match (names.contains_wildcard(), request.credentials_mode()) {
        (false, _) => Wildcard::Absent,
        (true, CredentialsMode::Include) => Wildcard::LiteralWithCredentials,
        (true, _) => Wildcard::NotCovering,
    }
}

/// Whether a `*` does not cover this name.
fn is_non_wildcard(name: HeaderName<'_>, profile: &Profile) -> bool {
    profile.authorization_under_wildcard == AuthorizationUnderWildcard::NotCovered
        && name.is_cors_non_wildcard_request_header_name()
}

/// The failures that steps 6 and 7 find.
fn header_failures<'a>(
    request: &Request<'a>,
    names: GrantedHeaderNames<'a>,
    profile: &'a Profile,
) -> impl Iterator<Item = Reason<'a>> {
    let wildcard = wildcard_of(request, names);
    let unsafe_names = cors_unsafe_request_header_names(request.headers(), profile);
    let is_non_wildcard = move |name: &HeaderName<'_>| is_non_wildcard(*name, profile);
    // 6.
    let authorization = request.headers().iter().any(|header| is_non_wildcard(&header.name));
    let authorization = (authorization && !names.contains(HeaderName::AUTHORIZATION))
        .then_some(Reason::AuthorizationNotAllowed { wildcard });
    // 7. A header that 6 has refused is not reported twice.
    let (in_table, in_list) = match profile.preflight_checks {
        PreflightChecks::RedirectCorsStatusSyntaxMethodHeaders => (in_chromium_order(request.headers()), None),
        PreflightChecks::StatusCorsSyntaxMethodHeaders => (None, Some(in_webkit_order(request.headers()))),
        _ => (None, None),
    };
    let ascending = if in_table.is_some() || in_list.is_some() { None } else { Some(unsafe_names.iter()) };
    let is_unsafe = move |name: &HeaderName<'_>| unsafe_names.reasons().any(|header| header.name == *name);
    let others = OptionIter(in_table)
        .chain(OptionIter(in_list))
        .filter(is_unsafe)
        .chain(OptionIter(ascending))
        .filter(move |name| !is_non_wildcard(name));
    let asked = (wildcard != Wildcard::NotCovering).then_some(others);
    let others = lookup_names(OptionIter(asked), names.elements())
        .filter(|(_, listed)| *listed == Listed::No)
        .map(move |(name, _)| Reason::HeaderNotAllowed { name, wildcard });
    Steps(authorization.into_iter().chain(others))
}
