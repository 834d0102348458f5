//! The checks on the response to a preflight.

use super::{
    GrantedHeaderNames, GrantedMethods, MaxAge, PreflightGrant, chromium_order::in_chromium_order,
    webkit_order::in_webkit_order,
};
use crate::{
    browser::{
        cors_check,
        error::{NetworkError, Phase, Reason, Wildcard},
        header_lookup::{Listed, lookup_names},
        option_iter::OptionIter,
        profile::{
            Profile,
            switches::{
                AnswerKept, AuthorizationUnderWildcard, MethodWithoutList, PreflightChecks, TaintedPreflightOrigin,
            },
        },
        redirect::{check_location_of_preflight, location},
        request::{CredentialsMode, RedirectMode, Request, ResponseTainting, UseCorsPreflightFlag},
        response::Response,
        safelist::cors_unsafe_request_header_names,
    },
    header::{HeaderName, InvalidElement},
    origin::Origin,
};

/// "CORS-preflight fetch", step 7: what the response to the preflight grants `request`, or the first check that fails.
///
/// <https://fetch.spec.whatwg.org/#cors-preflight-fetch-0>, 7.
pub fn check_preflight<'a>(
    request: &Request<'a>,
    response: &Response<'a>,
    profile: &'a Profile,
) -> Result<PreflightGrant<'a>, NetworkError<'a>> {
    let lists = Lists::of(request, response, profile);
    match lists.failures(request, response, profile).next() {
        Some(reason) => Err(network_error(reason)),
        None => Ok(lists.grant(response, profile)),
    }
}

/// What is kept of a response that refuses `request` for its method or a header, in a browser that keeps it before it
/// checks them.
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
    kept.then(|| Lists::of(request, response, profile).grant(response, profile))
}

/// All that is wrong with `response`, to the preflight for `request`, in the order in which it is found out.
pub fn preflight_failures<'a>(
    request: &Request<'a>,
    response: &Response<'a>,
    profile: &'a Profile,
) -> impl Iterator<Item = NetworkError<'a>> {
    let failures = Lists::of(request, response, profile).failures(request, response, profile);
    failures.map(network_error)
}

fn network_error(reason: Reason<'_>) -> NetworkError<'_> {
    NetworkError { phase: Phase::Preflight, reason, response_tainting: ResponseTainting::Cors }
}

/// What the response lists.
#[derive(Clone, Copy)]
struct Lists<'a> {
    methods: Result<GrantedMethods<'a>, InvalidElement<'a>>,
    header_names: Result<GrantedHeaderNames<'a>, InvalidElement<'a>>,
}

impl<'a> Lists<'a> {
    fn of(request: &Request<'a>, response: &Response<'a>, profile: &Profile) -> Self {
        let grants_own_method = profile.method_without_list == MethodWithoutList::GrantedByFlag
            && request.use_cors_preflight_flag() != UseCorsPreflightFlag::Unset;
        Lists {
            // 1.
            methods: response.headers.extract(HeaderName::ACCESS_CONTROL_ALLOW_METHODS).map(|methods| match methods {
                Some(methods) => GrantedMethods::Listed(methods),
                // 4. An empty list is not null.
                None if grants_own_method => GrantedMethods::Own(request.method()),
                None => GrantedMethods::None,
            }),
            // 2.
            header_names: response
                .headers
                .extract(HeaderName::ACCESS_CONTROL_ALLOW_HEADERS)
                .map(|names| names.map_or(GrantedHeaderNames::None, GrantedHeaderNames::Listed)),
        }
    }

    fn grant(self, response: &Response<'a>, profile: &Profile) -> PreflightGrant<'a> {
        PreflightGrant {
            methods: self.methods.unwrap_or(GrantedMethods::None),
            header_names: self.header_names.unwrap_or(GrantedHeaderNames::None),
            // 8–10.
            max_age: MaxAge::of(response, profile),
        }
    }

    fn failures(
        self,
        request: &Request<'a>,
        response: &Response<'a>,
        profile: &'a Profile,
    ) -> impl Iterator<Item = Reason<'a>> {
        let redirect = check_redirect(request, response, profile).err();
        // The CORS check is done on the request, not on the preflight, for the sake of the credentials mode.
        let [allow_origin, allow_credentials] = match checked_origin(request, profile) {
            Some(origin) => cors_check::failures(origin, request.credentials_mode(), response, profile),
            None => [None, None],
        };
        let status = if redirect.is_some() { None } else { check_status(response).err() };
        // 3.
        let methods_syntax = self.methods.err().map(Reason::AllowMethodsUnparsable);
        let header_names_syntax = self.header_names.err().map(Reason::AllowHeadersUnparsable);
        // 5.
        let method = self.methods.ok().and_then(|methods| check_method(request, methods).err());
        // 6–7.
        let header_names = self.header_names.ok().map(|names| header_failures(request, names, profile));
        let (first, redirect, status) = match profile.preflight_checks {
            PreflightChecks::CorsStatusSyntaxMethodHeaders | PreflightChecks::CorsRedirectStatusMethodsHeaders => {
                (None, redirect, status)
            }
            PreflightChecks::RedirectCorsStatusSyntaxMethodHeaders => (redirect, None, status),
            PreflightChecks::StatusCorsSyntaxMethodHeaders => (redirect.or(status), None, None),
        };
        let (method_first, method) = match profile.preflight_checks {
            PreflightChecks::CorsRedirectStatusMethodsHeaders => (method, None),
            _ => (None, method),
        };
        [
            first,
            allow_origin,
            allow_credentials,
            redirect,
            status,
            methods_syntax,
            method_first,
            header_names_syntax,
            method,
        ]
        .into_iter()
        .flatten()
        .chain(OptionIter(header_names))
    }
}

/// The origin that the response must allow; none, if any will do.
fn checked_origin<'a>(request: &Request<'a>, profile: &Profile) -> Option<Origin<'a>> {
    match profile.tainted_preflight_origin {
        TaintedPreflightOrigin::Null => Some(request.serialized_origin()),
        TaintedPreflightOrigin::Page if request.current_url().origin().is_same_origin(request.origin()) => None,
        TaintedPreflightOrigin::Page => Some(request.origin()),
    }
}

/// Tells a redirect that could be followed from other statuses that are not ok.
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
    if methods.contains(method) || method.is_cors_safelisted() {
        return Ok(());
    }
    let wildcard = match (methods.contains_wildcard(), request.credentials_mode()) {
        (false, _) => Wildcard::Absent,
        (true, CredentialsMode::Include) => Wildcard::LiteralWithCredentials,
        (true, _) => return Ok(()),
    };
    Err(Reason::MethodNotAllowed { method, wildcard })
}

fn header_failures<'a>(
    request: &Request<'a>,
    names: GrantedHeaderNames<'a>,
    profile: &'a Profile,
) -> impl Iterator<Item = Reason<'a>> {
    let wildcard = match (names.contains_wildcard(), request.credentials_mode()) {
        (false, _) => Wildcard::Absent,
        (true, CredentialsMode::Include) => Wildcard::LiteralWithCredentials,
        (true, _) => Wildcard::NotCovering,
    };
    let unsafe_names = cors_unsafe_request_header_names(request.headers(), profile);
    let is_non_wildcard = move |name: &HeaderName<'_>| {
        profile.authorization_under_wildcard == AuthorizationUnderWildcard::NotCovered
            && name.is_cors_non_wildcard_request_header_name()
    };
    // 6.
    let authorization = request.headers().iter().any(|header| is_non_wildcard(&header.name));
    let authorization = (authorization && !names.contains(HeaderName::AUTHORIZATION))
        .then_some(Reason::AuthorizationNotAllowed { wildcard });
    // 7. What 6 has refused is not refused twice.
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
    authorization.into_iter().chain(others)
}
