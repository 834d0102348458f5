//! A running fetch: main fetch and HTTP fetch.

use core::time::Duration;

use super::{
    Action, Outcome,
    awaiting_location::Redirect,
    awaiting_preflight::AwaitingPreflight,
    awaiting_response::AwaitingResponse,
    credentials::{fails_by_proxy_authentication, includes_credentials},
    preflight_after_redirect::{PreflightHeaders, Preflighted},
};
use crate::browser::{
    cache::{self, CacheMiss, CacheVerdict, PreflightCache, cache_verdict},
    cors_check::cors_check,
    cross_origin_resource_policy::cross_origin_resource_policy_check,
    environment::{Environment, HttpVersion},
    error::{ForbiddenBy, NetworkError, Phase, Reason},
    filter::{filter, filter_opaque_redirect},
    http_network_fetch::{check_head, check_request_headers},
    profile::switches::{CredentialsWithoutCors, ErrorModeWithoutLocation, RedirectChecks},
    redirect::{
        check_credentials_first, check_empty_location, check_ftp_first, check_location_first, location,
        parse_referrer_policy, redirects,
    },
    request::{Body, CredentialsMode, RedirectMode, Request, RequestMode, ResponseTainting},
    response::Response,
    route::{PreflightReasons, Route, Scheme, route, scheme_fetch},
    timing_allow::tao_check,
};

/// A running fetch.
#[derive(Clone, Copy, Debug)]
pub(super) struct Fetch<'a> {
    pub(super) request: Request<'a>,
    pub(super) environment: Environment<'a>,
    pub(super) preflighted: Preflighted,
    pub(super) preflight_headers: PreflightHeaders<'a>,
    pub(super) attempt: Attempt,
    /// The response tainting that the first request had.
    pub(super) first_tainting: ResponseTainting,
    /// The fault that [`RedirectChecks::AgainAfterPreflight`] will find.
    pub(super) found_again: Option<FoundAgain>,
}

/// Which run of HTTP-network-or-cache fetch this is.
///
/// <https://fetch.spec.whatwg.org/#concept-http-network-or-cache-fetch>
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Attempt {
    First,
    /// `isNewConnectionFetch`.
    OnNewConnection,
}

/// Why a redirect is refused once the preflight for its URL has passed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FoundAgain {
    Wildcard,
    Credentials,
    Userinfo,
}

impl FoundAgain {
    const fn reason<'a>(self) -> Reason<'a> {
        match self {
            FoundAgain::Wildcard => Reason::AllowOriginWildcardWithCredentials,
            // OPTIMIZATION: the value is left out, because it would take 64 bytes of each fetch. The browser does not
            // quote it.
            FoundAgain::Credentials => Reason::AllowCredentialsNotTrue { value: None },
            FoundAgain::Userinfo => Reason::RedirectUrlHasCredentials { forbidden_by: ForbiddenBy::Standard },
        }
    }
}

impl<'a> Fetch<'a> {
    /// <https://fetch.spec.whatwg.org/#concept-main-fetch>
    pub(super) fn main_fetch(
        mut self,
        cache: &mut (impl PreflightCache + ?Sized),
        now: Duration,
    ) -> Result<Action<'a>, NetworkError<'a>> {
        self.attempt = Attempt::First;
        // 12.
        let asking = self.preflight_headers.request(&self.request);
        let route = match route(&asking, self.environment.profile) {
            Ok(route) => route,
            Err(error) => return Err(self.fail(error, cache)),
        };
        if let Err(reason) = check_request_headers(&asking, self.environment.profile) {
            return Err(self.fail(self.error(Phase::Route, reason), cache));
        }
        self.request = self.request.with_response_tainting(route.response_tainting());
        if self.request.redirect_count() == 0 {
            self.first_tainting = route.response_tainting();
        }
        match route {
            Route::Basic | Route::Opaque => match scheme_fetch(&self.request) {
                Ok(Scheme::Http) => self.send_request(cache),
                Ok(scheme) => Ok(Action::FetchScheme(scheme, AwaitingResponse(self))),
                Err(error) => Err(self.fail(error, cache)),
            },
            Route::Cors if !self.preflight_headers.always(self.preflighted) => self.send_request(cache),
            Route::Cors => {
                let reasons = PreflightReasons::of(&asking, self.environment.profile);
                self.preflight_unless_cached(reasons, cache, now)
            }
            Route::CorsWithPreflight(reasons) => self.preflight_unless_cached(reasons, cache, now),
        }
    }

    /// <https://fetch.spec.whatwg.org/#concept-http-fetch>, 4.1.
    fn preflight_unless_cached(
        mut self,
        reasons: PreflightReasons<'a>,
        cache: &mut (impl PreflightCache + ?Sized),
        now: Duration,
    ) -> Result<Action<'a>, NetworkError<'a>> {
        self.preflighted = Preflighted::Yes;
        match cache_verdict(&self.request, &reasons, self.environment, cache, now) {
            CacheVerdict::Hit => {
                cache::touch(cache, &self.request, self.environment);
                return self.send_request(cache);
            }
            CacheVerdict::MethodMiss(CacheMiss::Bypassed) => {}
            CacheVerdict::MethodMiss(_) | CacheVerdict::HeaderMiss(..) => {
                cache::clear_on_miss(cache, &self.request, self.environment);
            }
        }
        Ok(Action::SendPreflight(AwaitingPreflight { fetch: self, reasons }))
    }

    fn send_request(self, cache: &mut (impl PreflightCache + ?Sized)) -> Result<Action<'a>, NetworkError<'a>> {
        self.awaiting_response(cache).map(Action::SendRequest)
    }

    /// Continues with the request. Fails if a late check refuses the redirect that led here, or if the connection cannot send the body.
    ///
    /// <https://fetch.spec.whatwg.org/#concept-http-network-fetch>, 8.3.
    pub(super) fn awaiting_response(
        self,
        cache: &mut (impl PreflightCache + ?Sized),
    ) -> Result<AwaitingResponse<'a>, NetworkError<'a>> {
        if let Some(found) = self.found_again {
            return Err(self.fail(self.error(Phase::Redirect, found.reason()), cache));
        }
        if self.environment.http_version == HttpVersion::Http1 && self.request.body() == Body::WithoutSource {
            return Err(self.fail(self.error(Phase::Response, Reason::StreamOverHttp1), cache));
        }
        Ok(AwaitingResponse(self))
    }

    /// The fetch again, on a new connection, if `response` asks for that.
    ///
    /// <https://fetch.spec.whatwg.org/#concept-http-network-or-cache-fetch>, 17.
    pub(super) fn on_new_connection(self, body: Body, response: &Response<'_>) -> Option<Self> {
        (response.status.as_u16() == 421
            && self.attempt == Attempt::First
            && body != Body::WithoutSource
            && check_head(response, self.environment.profile).is_ok())
        .then_some(Fetch { attempt: Attempt::OnNewConnection, ..self })
    }

    pub(super) fn error<'b>(&self, phase: Phase, reason: Reason<'b>) -> NetworkError<'b> {
        NetworkError { phase, reason, response_tainting: self.request.response_tainting() }
    }

    /// Ends the fetch in `error`.
    pub(super) fn fail<'b>(
        self,
        error: NetworkError<'b>,
        cache: &mut (impl PreflightCache + ?Sized),
    ) -> NetworkError<'b> {
        // Main fetch, 12, with preflight, 3. Of a redirect chain each hop that took that way does this, by then for
        // the last URL.
        if self.preflighted == Preflighted::Yes {
            cache::clear_on_failure(cache, &self.request, self.environment, &error.reason);
        }
        error
    }

    /// <https://fetch.spec.whatwg.org/#concept-http-fetch>, 4.4–6.
    pub(super) fn http_fetch(&mut self, response: &Response<'a>) -> Result<Outcome<'a>, (Phase, Reason<'a>)> {
        let request = &self.request;
        // Scheme fetch returns the response to an `about:`, `blob:` or `data:` URL unchecked.
        if !matches!(scheme_fetch(request), Ok(Scheme::Http)) {
            return Ok(Outcome::Response(filter(request, response, self.environment.profile)));
        }
        check_head(response, self.environment.profile).map_err(|reason| (Phase::Response, reason))?;
        if fails_by_proxy_authentication(request, response, Phase::Response, self.environment) {
            return Err((Phase::Response, Reason::ProxyAuthenticationRequired));
        }
        check_ftp_first(request, response, self.environment).map_err(|reason| (Phase::Redirect, reason))?;
        check_location_first(request, response, self.environment).map_err(|reason| (Phase::Redirect, reason))?;
        // 4.4.
        if request.response_tainting() == ResponseTainting::Cors {
            cors_check(request, response, self.environment.profile).map_err(|error| (error.phase, error.reason))?;
        }
        // 4.5.
        self.request = self.request.with_timing_allow(tao_check(request, response));
        let request = &self.request;
        // 5.
        if request.response_tainting() == ResponseTainting::Opaque {
            cross_origin_resource_policy_check(
                request.origin(),
                self.environment.embedder_policy,
                response,
                request.current_url().origin(),
                includes_credentials(request, self.environment),
                self.environment.same_site,
            )
            .map_err(|reason| (Phase::Response, reason))?;
        }
        // 6.
        if redirects(response, self.environment.profile)
            && let Some(outcome) = self.redirect(response).map_err(|reason| (Phase::Redirect, reason))?
        {
            return Ok(outcome);
        }
        Ok(Outcome::Response(filter(request, response, self.environment.profile)))
    }

    /// The outcome of a response that redirects; `None` if it is handled like any other response.
    ///
    /// <https://fetch.spec.whatwg.org/#concept-http-fetch>, 6.3.
    fn redirect(&self, response: &Response<'a>) -> Result<Option<Outcome<'a>>, Reason<'a>> {
        let Fetch { request, environment, .. } = *self;
        let status = response.status;
        let location = location(response, environment.profile);
        let responds = environment.profile.error_mode_without_location == ErrorModeWithoutLocation::Responds;
        match request.redirect_mode() {
            RedirectMode::Error if responds && location?.is_none() => Ok(None),
            RedirectMode::Error => {
                if let Ok(Some(location)) = location {
                    check_credentials_first(&request, location, environment)?;
                }
                Err(Reason::RedirectModeError { status })
            }
            // HTML follows the redirects of a navigation, and gets the response for that.
            RedirectMode::Manual if request.mode() == RequestMode::Navigate => Ok(None),
            RedirectMode::Manual => Ok(Some(Outcome::Response(filter_opaque_redirect(&request, response)))),
            RedirectMode::Follow => {
                let policy = parse_referrer_policy(response);
                check_empty_location(response, environment.profile)?;
                let fetch = Fetch { found_again: self.check_again(response), ..*self };
                Ok(location?.map(|location| Outcome::Redirect(Redirect { fetch, status, location, policy })))
            }
        }
    }

    // AD-HOC: without CORS WebKit decides on credentials once, for the whole chain.
    pub(super) fn with_first_credentials<'b>(&self, request: Request<'b>) -> Request<'b> {
        let as_at_first = self.environment.profile.credentials_without_cors == CredentialsWithoutCors::AsAtFirst
            && request.mode() == RequestMode::NoCors
            && request.credentials_mode() == CredentialsMode::SameOrigin
            && self.first_tainting == ResponseTainting::Basic;
        if as_at_first { request.with_credentials_mode(CredentialsMode::Include) } else { request }
    }

    // AD-HOC: WebKit checks a redirect in two processes. The second one uses the credentials of the first request, and
    // runs after the first one has sent the next preflight.
    fn check_again(&self, response: &Response<'a>) -> Option<FoundAgain> {
        let Fetch { request, environment, .. } = *self;
        let again = environment.profile.redirect_checks == RedirectChecks::AgainAfterPreflight
            && request.response_tainting() == ResponseTainting::Cors
            && request.credentials_mode() == CredentialsMode::SameOrigin
            && self.first_tainting == ResponseTainting::Basic;
        let include = request.with_credentials_mode(CredentialsMode::Include);
        if !again {
            return None;
        }
        match cors_check(&include, response, environment.profile) {
            Ok(()) => None,
            Err(NetworkError { reason: Reason::AllowCredentialsNotTrue { .. }, .. }) => Some(FoundAgain::Credentials),
            // Without credentials the origin is allowed.
            Err(_) => Some(FoundAgain::Wildcard),
        }
    }
}
