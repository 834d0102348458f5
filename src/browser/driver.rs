//! The whole fetch as a machine: it says what to send next, the caller sends it and brings the response.

use core::time::Duration;

use super::{
    asked::{Asked, Preflighted},
    cache::{self, CacheVerdict, PreflightCache, cache_verdict},
    cors_check::cors_check,
    cross_origin_resource_policy::{EmbedderPolicy, IncludesCredentials, cross_origin_resource_policy_check},
    environment::Environment,
    error::{NetworkError, Phase, Reason},
    filter::{FilteredResponse, filter, filter_opaque_redirect},
    origin_header::request_origin_header,
    preflight::{PreflightRequest, check_preflight, preflight_request},
    profile::{ErrorModeWithoutLocation, LocationIsRead},
    redirect::{http_redirect_fetch, location, parse_referrer_policy},
    request::{
        Body, CredentialsMode, RedirectMode, RedirectTaint, ReferrerPolicy, Request, RequestHeaders, RequestMode,
        ResponseTainting,
    },
    response::{Response, Status},
    route::{PreflightReasons, Route, Scheme, route, scheme_fetch},
    timing_allow::tao_check,
    url::Url,
};
use crate::{method::Method, origin::Origin};

/// Begins a fetch of `request`.
///
/// `now` is a time on the caller's clock, the one that the cache's entries are told by.
///
/// <https://fetch.spec.whatwg.org/#concept-fetch>
///
/// ```
/// use core::time::Duration;
/// use fetch_cors::{
///     browser::{Action, Environment, NoCache, Outcome, Profile, RequestInit, Response, Url, fetch},
///     header::Headers,
///     origin::Origin,
/// };
///
/// let (page, url) = (Origin::parse("https://app.example").unwrap(), Url::new("https://api.example/items/1").unwrap());
/// let request = RequestInit { method: "DELETE", ..RequestInit::default() }.request(url, page).unwrap();
/// let (environment, now) = (Environment::new(&Profile::FETCH), Duration::ZERO);
///
/// let Ok(Action::SendPreflight(awaiting)) = fetch(request, environment, &mut NoCache, now) else { panic!() };
/// assert_eq!(awaiting.preflight().access_control_request_method.as_str(), "DELETE");
///
/// let lines: [(&str, &[u8]); 2] =
///     [("Access-Control-Allow-Origin", b"https://app.example"), ("Access-Control-Allow-Methods", b"PUT")];
/// let response = Response::new(204, Headers::from_pairs(&lines)).unwrap();
/// let error = awaiting.on_response(&response, &mut NoCache, now).unwrap_err();
/// assert_eq!(error.to_string(), "response to the preflight: `Access-Control-Allow-Methods` does not allow `DELETE`");
/// ```
pub fn fetch<'a>(
    request: Request<'a>,
    environment: Environment<'a>,
    cache: &mut (impl PreflightCache + ?Sized),
    now: Duration,
) -> Result<Action<'a>, NetworkError<'a>> {
    let asked = Asked::of(&request, environment.profile);
    Fetch { request, environment, preflighted: Preflighted::No, asked }.main_fetch(cache, now)
}

/// What to do next.
#[derive(Clone, Copy, Debug)]
pub enum Action<'a> {
    /// Send the preflight.
    SendPreflight(AwaitingPreflight<'a>),
    /// Send the request.
    SendRequest(AwaitingResponse<'a>),
    /// Make the response of what the URL itself says: no server is asked.
    FetchScheme(Scheme, AwaitingResponse<'a>),
}

/// What becomes of a response.
#[derive(Clone, Copy, Debug)]
pub enum Outcome<'a> {
    /// The fetch ends, and the page gets this.
    Response(FilteredResponse<'a>),
    /// The browser follows a redirect.
    Redirect(Redirect<'a>),
}

/// A fetch under way.
#[derive(Clone, Copy, Debug)]
struct Fetch<'a> {
    request: Request<'a>,
    environment: Environment<'a>,
    preflighted: Preflighted,
    asked: Asked<'a>,
}

impl<'a> Fetch<'a> {
    /// <https://fetch.spec.whatwg.org/#concept-main-fetch>
    fn main_fetch(
        mut self,
        cache: &mut (impl PreflightCache + ?Sized),
        now: Duration,
    ) -> Result<Action<'a>, NetworkError<'a>> {
        // 12.
        let asking = self.asked.request(&self.request);
        let route = match route(&asking, self.environment.profile) {
            Ok(route) => route,
            Err(error) => return Err(self.fail(error, cache)),
        };
        self.request = self.request.with_response_tainting(route.response_tainting());
        match route {
            Route::Basic | Route::Opaque => match scheme_fetch(&self.request) {
                Ok(Scheme::Http) => Ok(Action::SendRequest(AwaitingResponse(self))),
                Ok(scheme) => Ok(Action::FetchScheme(scheme, AwaitingResponse(self))),
                Err(error) => Err(self.fail(error, cache)),
            },
            Route::Cors if !self.asked.always(self.preflighted) => Ok(Action::SendRequest(AwaitingResponse(self))),
            Route::Cors => {
                let reasons = PreflightReasons::of(&asking, self.environment.profile);
                Ok(self.preflight_unless_cached(reasons, cache, now))
            }
            Route::CorsWithPreflight(reasons) => Ok(self.preflight_unless_cached(reasons, cache, now)),
        }
    }

    /// <https://fetch.spec.whatwg.org/#concept-http-fetch>, 4.1.
    fn preflight_unless_cached(
        mut self,
        reasons: PreflightReasons<'a>,
        cache: &mut (impl PreflightCache + ?Sized),
        now: Duration,
    ) -> Action<'a> {
        self.preflighted = Preflighted::Yes;
        match cache_verdict(&self.request, &reasons, self.environment, cache, now) {
            CacheVerdict::Hit => Action::SendRequest(AwaitingResponse(self)),
            CacheVerdict::MethodMiss(_) | CacheVerdict::HeaderMiss(..) => {
                cache::clear_on_miss(cache, &self.request, self.environment);
                Action::SendPreflight(AwaitingPreflight { fetch: self, reasons })
            }
        }
    }

    fn error<'b>(&self, phase: Phase, reason: Reason<'b>) -> NetworkError<'b> {
        NetworkError { phase, reason, response_tainting: self.request.response_tainting() }
    }

    /// Ends the fetch in `error`.
    fn fail<'b>(self, error: NetworkError<'b>, cache: &mut (impl PreflightCache + ?Sized)) -> NetworkError<'b> {
        // Main fetch, 12, with preflight, 3. Of a redirect chain each hop that took that way does this, by then for
        // the last URL.
        if self.preflighted == Preflighted::Yes {
            cache::clear_on_failure(cache, &self.request, self.environment);
        }
        error
    }

    /// <https://fetch.spec.whatwg.org/#http-network-or-cache-fetch>, 8.3–8.4.
    fn includes_credentials(&self) -> IncludesCredentials {
        let request = &self.request;
        let included = match request.credentials_mode() {
            CredentialsMode::Include => true,
            CredentialsMode::SameOrigin => request.response_tainting() == ResponseTainting::Basic,
            CredentialsMode::Omit => false,
        };
        if included && self.embedder_policy_allows_credentials() {
            IncludesCredentials::Yes
        } else {
            IncludesCredentials::No
        }
    }

    /// <https://html.spec.whatwg.org/multipage/browsers.html#cross-origin-embedder-policy-allows-credentials>
    fn embedder_policy_allows_credentials(&self) -> bool {
        let request = &self.request;
        request.mode() != RequestMode::NoCors
            || self.environment.embedder_policy != EmbedderPolicy::Credentialless
            || request.origin().is_same_origin(request.current_url().origin())
                && request.redirect_taint() == RedirectTaint::SameOrigin
    }
}

/// A fetch that waits for the response to its preflight.
#[derive(Clone, Copy, Debug)]
pub struct AwaitingPreflight<'a> {
    fetch: Fetch<'a>,
    reasons: PreflightReasons<'a>,
}

impl<'a> AwaitingPreflight<'a> {
    /// The preflight to send: without credentials, and following no redirect.
    pub fn preflight(&self) -> PreflightRequest<'a> {
        preflight_request(&self.asking(), self.fetch.environment.profile)
    }

    fn asking(&self) -> Request<'a> {
        self.fetch.asked.request(&self.fetch.request)
    }

    /// Why it is needed.
    pub const fn reasons(&self) -> &PreflightReasons<'a> {
        &self.reasons
    }

    /// The request that it asks for.
    pub const fn request(&self) -> &Request<'a> {
        &self.fetch.request
    }

    /// Goes on with the response to the preflight, and keeps what that grants.
    ///
    /// <https://fetch.spec.whatwg.org/#cors-preflight-fetch-0>, 7.
    pub fn on_response<'b>(
        self,
        response: &Response<'b>,
        cache: &mut (impl PreflightCache + ?Sized),
        now: Duration,
    ) -> Result<AwaitingResponse<'a>, NetworkError<'b>>
    where
        'a: 'b,
    {
        let Environment { profile, .. } = self.fetch.environment;
        let request: Request<'b> = self.asking();
        match check_preflight(&request, response, profile) {
            Ok(grant) => {
                cache::store(cache, &request, self.fetch.environment, &grant, now);
                Ok(AwaitingResponse(self.fetch))
            }
            Err(error) => Err(self.fetch.fail(error, cache)),
        }
    }

    /// Ends the fetch: there is no response.
    pub fn on_network_error(self, cache: &mut (impl PreflightCache + ?Sized)) -> NetworkError<'a> {
        self.fetch.fail(self.fetch.error(Phase::Preflight, Reason::Network), cache)
    }
}

/// A request to be sent, as far as CORS knows it.
#[derive(Clone, Copy, Debug)]
pub struct OutgoingRequest<'a> {
    /// The method.
    pub method: Method<'a>,
    /// The URL.
    pub url: Url<'a>,
    /// The headers of the page, and `Content-Type`, `Accept` and `Accept-Language` where the browser adds them.
    pub headers: RequestHeaders<'a>,
    /// The value of `Origin`, if it is sent.
    pub origin: Option<Origin<'a>>,
    /// Whether cookies, client certificates and stored `Authorization` go along.
    pub credentials: IncludesCredentials,
    /// The body: the page's, or none.
    pub body: Body,
}

/// A fetch that waits for the response to its request.
#[derive(Clone, Copy, Debug)]
pub struct AwaitingResponse<'a>(Fetch<'a>);

impl<'a> AwaitingResponse<'a> {
    /// What to send.
    ///
    /// <https://fetch.spec.whatwg.org/#concept-http-network-or-cache-fetch>
    pub fn outgoing(&self) -> OutgoingRequest<'a> {
        let request = &self.0.request;
        OutgoingRequest {
            method: request.method(),
            url: request.current_url(),
            headers: request.headers(),
            origin: request_origin_header(request, self.0.environment.profile),
            credentials: self.0.includes_credentials(),
            body: request.body(),
        }
    }

    /// The request, with the response tainting of its route.
    pub const fn request(&self) -> &Request<'a> {
        &self.0.request
    }

    /// Whether a browser with a user asks for a name and a password, and sends the request again, before it goes on
    /// with `response`: never where the response is tainted by CORS. A network error, if the body cannot be sent again.
    ///
    /// <https://fetch.spec.whatwg.org/#concept-http-network-or-cache-fetch>, 15.
    pub fn prompts_for_credentials(&self, response: &Response<'_>) -> Result<bool, NetworkError<'a>> {
        let fetch = &self.0;
        let prompts = response.status.as_u16() == 401
            && fetch.request.response_tainting() != ResponseTainting::Cors
            && fetch.includes_credentials() == IncludesCredentials::Yes;
        // 15.2.1.
        if prompts && fetch.request.body() == Body::WithoutSource {
            return Err(fetch.error(Phase::Response, Reason::BodyWithoutSource));
        }
        Ok(prompts)
    }

    /// Goes on with the response.
    ///
    /// <https://fetch.spec.whatwg.org/#concept-http-fetch>, 4.4–7.
    pub fn on_response<'b>(
        self,
        response: &Response<'b>,
        cache: &mut (impl PreflightCache + ?Sized),
    ) -> Result<Outcome<'b>, NetworkError<'b>>
    where
        'a: 'b,
    {
        let fetch: Fetch<'b> = self.0;
        match fetch.http_fetch(response) {
            Ok(outcome) => Ok(outcome),
            Err((phase, reason)) => Err(fetch.fail(fetch.error(phase, reason), cache)),
        }
    }

    /// Ends the fetch: there is no response.
    pub fn on_network_error(self, cache: &mut (impl PreflightCache + ?Sized)) -> NetworkError<'a> {
        self.0.fail(self.0.error(Phase::Response, Reason::Network), cache)
    }
}

impl<'a> Fetch<'a> {
    fn http_fetch(&self, response: &Response<'a>) -> Result<Outcome<'a>, (Phase, Reason<'a>)> {
        let request = self.request;
        self.check_location_first(response).map_err(|reason| (Phase::Redirect, reason))?;
        // 4.4.
        if request.response_tainting() == ResponseTainting::Cors {
            cors_check(&request, response, self.environment.profile).map_err(|error| (error.phase, error.reason))?;
        }
        // 4.5.
        let request = request.with_timing_allow(tao_check(&request, response));
        // 5.
        if request.response_tainting() == ResponseTainting::Opaque {
            cross_origin_resource_policy_check(
                request.origin(),
                self.environment.embedder_policy,
                response,
                request.current_url().origin(),
                self.includes_credentials(),
                self.environment.same_site,
            )
            .map_err(|reason| (Phase::Response, reason))?;
        }
        let fetch = Fetch { request, ..*self };
        // 6.
        if response.status.is_redirect()
            && let Some(outcome) = fetch.redirect(response).map_err(|reason| (Phase::Redirect, reason))?
        {
            return Ok(outcome);
        }
        Ok(Outcome::Response(filter(&request, response)))
    }

    /// AD-HOC: what browsers find wrong with `Location` before they look at anything else.
    fn check_location_first(&self, response: &Response<'a>) -> Result<(), Reason<'a>> {
        let Fetch { request, environment, .. } = self;
        let blocks_schemes = match environment.profile.location_is_read {
            LocationIsRead::ToFollow => return Ok(()),
            LocationIsRead::FirstToFollow if request.redirect_mode() != RedirectMode::Follow => return Ok(()),
            LocationIsRead::FirstToFollow => true,
            LocationIsRead::First => false,
        };
        let Some(value) = location(response, environment.profile)? else { return Ok(()) };
        if !(environment.location_parses)(request.current_url(), value) {
            return Err(Reason::LocationInvalid { value });
        }
        let has_scheme = |scheme: &&str| {
            value.split(|byte| *byte == b':').next().is_some_and(|start| start.eq_ignore_ascii_case(scheme.as_bytes()))
        };
        match ["data", "javascript"].into_iter().find(has_scheme) {
            Some(scheme) if blocks_schemes => Err(Reason::RedirectSchemeNotHttp { scheme }),
            _ => Ok(()),
        }
    }

    /// What becomes of a response that redirects; nothing special, if there is nothing to follow.
    ///
    /// <https://fetch.spec.whatwg.org/#concept-http-fetch>, 6.3.
    fn redirect(self, response: &Response<'a>) -> Result<Option<Outcome<'a>>, Reason<'a>> {
        let Fetch { request, environment, .. } = self;
        let status = response.status;
        let location = location(response, environment.profile);
        let responds = environment.profile.error_mode_without_location == ErrorModeWithoutLocation::Responds;
        match request.redirect_mode() {
            RedirectMode::Error if responds && location?.is_none() => Ok(None),
            RedirectMode::Error => Err(Reason::RedirectModeError { status }),
            // A navigation is redirected by HTML, which has the response for that.
            RedirectMode::Manual if request.mode() == RequestMode::Navigate => Ok(None),
            RedirectMode::Manual => Ok(Some(Outcome::Response(filter_opaque_redirect(&request, response)))),
            RedirectMode::Follow => {
                let policy = parse_referrer_policy(response);
                Ok(location?.map(|location| Outcome::Redirect(Redirect { fetch: self, status, location, policy })))
            }
        }
    }
}

/// A redirect to be followed, once the caller has parsed where to.
#[derive(Clone, Copy, Debug)]
pub struct Redirect<'a> {
    fetch: Fetch<'a>,
    status: Status,
    location: &'a [u8],
    policy: ReferrerPolicy,
}

impl<'a> Redirect<'a> {
    /// The bytes of `Location`.
    pub const fn location(&self) -> &'a [u8] {
        self.location
    }

    /// The URL that `Location` is parsed against; where it has no fragment, it gets this one's.
    pub const fn base_url(&self) -> Url<'a> {
        self.fetch.request.current_url()
    }

    /// The status that redirects.
    pub const fn status(&self) -> Status {
        self.status
    }

    /// The request that is redirected.
    pub const fn request(&self) -> &Request<'a> {
        &self.fetch.request
    }

    /// Follows the redirect to `location_url`; nothing, if `Location` does not parse.
    ///
    /// <https://fetch.spec.whatwg.org/#concept-http-redirect-fetch>
    pub fn follow<'b>(
        self,
        location_url: Option<Url<'b>>,
        cache: &mut (impl PreflightCache + ?Sized),
        now: Duration,
    ) -> Result<Action<'b>, NetworkError<'b>>
    where
        'a: 'b,
    {
        let fetch: Fetch<'b> = self.fetch;
        // 5.
        let redirected =
            location_url.ok_or(Reason::LocationInvalid { value: self.location }).and_then(|location_url| {
                // 6–19.
                http_redirect_fetch(&fetch.request, self.status, self.policy, location_url, fetch.environment)
            });
        match redirected {
            // 22.
            Ok(request) => {
                let (asked, request) = fetch.asked.after_redirect(&fetch.request, request);
                Fetch { request, asked, ..fetch }.main_fetch(cache, now)
            }
            Err(reason) => Err(fetch.fail(fetch.error(Phase::Redirect, reason), cache)),
        }
    }
}
