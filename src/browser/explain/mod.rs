//! Explanations: every check of one step of a fetch, the fix, and the likely mistake.
//!
//! Start with [`Explanation`]. Its [checks](Explanation::checks) are all checks in order, passed and failed. Its
//! [fix](Explanation::fix) is the list of [changes](Change) of response headers that are needed. Its
//! [hints](Explanation::hints) name common mistakes. [`PageChange`] is a change that the page can make instead.

mod cached;
mod check;
mod code;
mod codes;
mod fix;
mod hint;
mod login;
mod names;

pub use check::{Check, Subject};
pub use codes::{Code, CodeKind};
pub use fix::{Change, HttpsUrl, NewValue, PageChange, Sufficiency};
pub(super) use fix::{is_added_by_libraries, is_cors_response_header};
pub use hint::{Hint, OriginMistake, PreflightRedirect};
pub(super) use login::is_login;
pub use names::NameMistake;

use super::{
    cors_check::CorsCheck,
    cross_origin_resource_policy::cross_origin_resource_policy_check,
    driver::{AwaitingPreflight, fails_by_proxy_authentication, includes_credentials},
    environment::{Environment, HttpVersion},
    error::{NetworkError, Phase, Reason},
    http_network_fetch::{check_head, check_request_headers},
    iterators::{OptionIter, Steps},
    mixed_content::check_mixed_content,
    preflight::preflight_failures,
    profile::switches::{ErrorModeWithoutLocation, RequestStreams},
    redirect::{
        self, check_credentials_first, check_empty_location, check_location_first, http_redirect_fetch, location,
        parse_referrer_policy, redirects,
    },
    request::{Body, RedirectMode, Request, ResponseTainting},
    response::Response,
    route::{Route, Scheme, route, scheme_fetch},
    url::Url,
};

/// One step of a fetch, explained: the request, and its response if there is one.
///
/// The driver returns only the first failure, as a browser does. This lists all of them, in the same order.
///
/// ```
/// use fetch_cors::{
///     browser::{Environment, Explanation, Profile, RequestInit, Response, Url, request::CredentialsMode},
///     header::Headers,
///     origin::Origin,
/// };
///
/// let (page, url) = (Origin::parse("https://app.example").unwrap(), Url::new("https://api.example/items/1").unwrap());
/// let init = RequestInit { method: "DELETE", credentials: CredentialsMode::Include, ..RequestInit::default() };
/// let request = init.request(url, page).unwrap();
///
/// let lines: [(&str, &[u8]); 2] =
///     [("Access-Control-Allow-Origin", b"*"), ("Access-Control-Allow-Methods", b"PUT")];
/// let response = Response::new(204, Headers::from_pairs(&lines)).unwrap();
/// let explanation = Explanation::of_preflight(&request, &response, Environment::new(&Profile::FETCH));
/// assert_eq!(explanation.failures().count(), 3);
/// let changes: Vec<_> = explanation.fix().map(|change| change.to_string()).collect();
/// assert_eq!(changes, [
///     "Access-Control-Allow-Origin: https://app.example",
///     "Access-Control-Allow-Credentials: true",
///     "Access-Control-Allow-Methods: PUT, DELETE",
/// ]);
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Explanation<'a> {
    request: Request<'a>,
    environment: Environment<'a>,
    stage: Stage<'a>,
}

/// The step of the fetch.
#[derive(Clone, Copy, Debug)]
enum Stage<'a> {
    /// Nothing was sent to the current URL yet.
    Request,
    /// The preflight was answered.
    Preflight(Response<'a>),
    /// The request was answered.
    Response(Response<'a>),
    /// The response redirects to this URL; `None` if its `Location` did not parse.
    Redirect(Response<'a>, Option<Url<'a>>),
}

impl<'a> Explanation<'a> {
    /// Explains how `request` is fetched.
    pub const fn of_request(request: &Request<'a>, environment: Environment<'a>) -> Self {
        Explanation { request: *request, environment, stage: Stage::Request }
    }

    /// Explains the response to the preflight for `request`.
    pub const fn of_preflight(request: &Request<'a>, response: &Response<'a>, environment: Environment<'a>) -> Self {
        Explanation { request: *request, environment, stage: Stage::Preflight(*response) }
    }

    /// Explains the response to `request`, which has the response tainting of its route.
    pub const fn of_response(request: &Request<'a>, response: &Response<'a>, environment: Environment<'a>) -> Self {
        Explanation { request: *request, environment, stage: Stage::Response(*response) }
    }

    /// Explains the redirect of the response to `request`, after the response has passed its checks.
    pub const fn of_redirect(
        request: &Request<'a>,
        response: &Response<'a>,
        location_url: Option<Url<'a>>,
        environment: Environment<'a>,
    ) -> Self {
        Explanation { request: *request, environment, stage: Stage::Redirect(*response, location_url) }
    }

    /// The response, if there is one.
    const fn response(&self) -> Option<&Response<'a>> {
        match &self.stage {
            Stage::Request => None,
            Stage::Preflight(response) | Stage::Response(response) | Stage::Redirect(response, _) => Some(response),
        }
    }

    /// All failures, in the order in which they are found; empty if the fetch continues.
    pub fn failures(&self) -> impl Iterator<Item = NetworkError<'a>> {
        let Explanation { request, environment, stage } = self;
        let (mut of_request, mut of_preflight, mut of_response, mut of_redirect) = (None, None, None, None);
        match stage {
            Stage::Request => {
                let sent_at_once = !matches!(self.route(), Some(Route::CorsWithPreflight(_)));
                of_request = self.route_failure(request).or_else(|| self.stream_over_http1().filter(|_| sent_at_once));
            }
            Stage::Preflight(response) => {
                let first = self.first_failure(Phase::Preflight, response);
                let checks = preflight_failures(request, response, environment.profile);
                of_preflight = Some(first.into_iter().chain(checks).chain(self.stream_over_http1()));
            }
            Stage::Response(response) => of_response = Some(self.response_failures(response)),
            Stage::Redirect(response, location_url) => {
                of_redirect = Some(self.redirect_failures(response, *location_url));
                of_request = self.next_request().and_then(|next| self.route_failure(&next));
            }
        }
        Steps(OptionIter(of_redirect).chain(of_request).chain(OptionIter(of_preflight)).chain(OptionIter(of_response)))
    }

    /// The failure of a request that browsers block as mixed content: this request, or the one that the redirect leads
    /// to. It is not a failure of CORS, and comes before it.
    ///
    /// Neither [`Explanation::failures`] nor the driver has it: see [`mixed_content`](super::mixed_content::mixed_content).
    pub fn mixed_content(&self) -> Option<NetworkError<'a>> {
        let request = match self.stage {
            Stage::Request => self.request,
            Stage::Redirect(..) => self.next_request()?,
            Stage::Preflight(_) | Stage::Response(_) => return None,
        };
        check_mixed_content(&request).err()
    }

    /// The `http:` URL of mixed content.
    fn mixed_content_url(&self) -> Option<Url<'a>> {
        match self.mixed_content()?.reason {
            Reason::MixedContent { url } => Some(url),
            _ => None,
        }
    }

    fn route_failure(&self, request: &Request<'a>) -> Option<NetworkError<'a>> {
        if request.body() == Body::WithoutSource && self.environment.profile.request_streams == RequestStreams::Refused
        {
            return Some(self.error(Phase::Route, Reason::StreamNotSupported));
        }
        match route(request, self.environment.profile) {
            Err(error) => Some(error),
            Ok(_) => scheme_fetch(request).err().or_else(|| {
                let reason = check_request_headers(request, self.environment.profile).err()?;
                Some(self.error(Phase::Route, reason))
            }),
        }
    }

    /// The failure of a stream that the connection cannot send. It is found when the request is sent.
    fn stream_over_http1(&self) -> Option<NetworkError<'a>> {
        let made = self.request.as_made_by(self.environment.profile);
        let fails = self.environment.http_version == HttpVersion::Http1
            && made.body() == Body::WithoutSource
            && matches!(scheme_fetch(&made), Ok(Scheme::Http));
        fails.then_some(self.error(Phase::Response, Reason::StreamOverHttp1))
    }

    const fn error(&self, phase: Phase, reason: Reason<'a>) -> NetworkError<'a> {
        NetworkError { phase, reason, response_tainting: self.request.response_tainting() }
    }

    /// The failure that some browsers find before the standard's checks begin.
    fn first_failure(&self, phase_of_location: Phase, response: &Response<'a>) -> Option<NetworkError<'a>> {
        let phase = if phase_of_location == Phase::Preflight { Phase::Preflight } else { Phase::Response };
        if let Err(reason) = check_head(response, self.environment.profile) {
            return Some(self.error(phase, reason));
        }
        if self.proxy_authentication_fails(response) {
            return Some(self.error(phase, Reason::ProxyAuthenticationRequired));
        }
        let reason = check_location_first(&self.request, response, self.environment).err()?;
        Some(self.error(phase_of_location, reason))
    }

    fn proxy_authentication_fails(&self, response: &Response<'a>) -> bool {
        let phase = if let Stage::Preflight(_) = self.stage { Phase::Preflight } else { Phase::Response };
        fails_by_proxy_authentication(&self.request, response, phase, self.environment)
    }

    /// <https://fetch.spec.whatwg.org/#concept-http-fetch>, 4.4–6.3.
    fn response_failures(&self, response: &Response<'a>) -> impl Iterator<Item = NetworkError<'a>> {
        let Explanation { request, environment, .. } = self;
        let tainting = request.response_tainting();
        let first = self.first_failure(Phase::Redirect, response);
        // 4.4.
        let cors_check = (tainting == ResponseTainting::Cors).then(|| {
            CorsCheck::of(request.serialized_origin(), request.credentials_mode(), response, environment.profile)
                .failures()
        });
        let cors_check = cors_check.into_iter().flatten().flatten();
        // 5.
        let resource_policy = (tainting == ResponseTainting::Opaque).then(|| {
            cross_origin_resource_policy_check(
                request.origin(),
                environment.embedder_policy,
                response,
                request.current_url().origin(),
                includes_credentials(request, *environment),
                environment.same_site,
            )
        });
        let resource_policy = resource_policy.and_then(Result::err);
        // 6.3.
        let redirect = self.redirect_mode_failures(response).map(|reason| self.error(Phase::Redirect, reason));
        first
            .into_iter()
            .chain(cors_check.chain(resource_policy).map(|reason| self.error(Phase::Response, reason)))
            .chain(redirect.filter(move |error| Some(*error) != first))
    }

    /// The failures of a redirect that are found before it is followed.
    fn redirect_mode_failures(&self, response: &Response<'a>) -> impl Iterator<Item = Reason<'a>> + use<'a> {
        let Explanation { request, environment, .. } = self;
        let status = response.status;
        let location = location(response, environment.profile);
        let responds = environment.profile.error_mode_without_location == ErrorModeWithoutLocation::Responds;
        let [before, after] = match (request.redirect_mode(), location) {
            _ if !redirects(response, environment.profile) => [None, None],
            (RedirectMode::Error, Ok(None)) if responds => [None, None],
            (RedirectMode::Error, location) => {
                let before = match location {
                    Ok(Some(location)) => check_credentials_first(request, location, *environment).err(),
                    Err(reason) if responds => Some(reason),
                    Ok(None) | Err(_) => None,
                };
                [before, Some(Reason::RedirectModeError { status })]
            }
            (RedirectMode::Manual, _) => [None, None],
            (RedirectMode::Follow, location) => {
                [location.err(), check_empty_location(response, environment.profile).err()]
            }
        };
        before.into_iter().chain(after)
    }

    fn redirect_failures(
        &self,
        response: &Response<'a>,
        location_url: Option<Url<'a>>,
    ) -> impl Iterator<Item = NetworkError<'a>> {
        let invalid = match location_url {
            Some(_) => None,
            None => location(response, self.environment.profile).ok().flatten(),
        };
        let invalid = invalid.map(|value| Reason::LocationInvalid { value });
        let url =
            location_url.map(|url| redirect::failures(&self.request, response.status, url, self.environment.profile));
        invalid.into_iter().chain(OptionIter(url)).map(|reason| self.error(Phase::Redirect, reason))
    }

    /// The request that a redirect leads to, if it may be followed.
    fn next_request(&self) -> Option<Request<'a>> {
        match self.stage {
            Stage::Redirect(response, Some(url)) => {
                let policy = parse_referrer_policy(&response);
                http_redirect_fetch(&self.request, response.status, policy, url, self.environment).ok()
            }
            _ => None,
        }
    }
}

impl<'a> AwaitingPreflight<'a> {
    /// Explains the response to the preflight.
    pub fn explain<'b>(&self, response: &Response<'b>) -> Explanation<'b>
    where
        'a: 'b,
    {
        Explanation::of_preflight(&self.asking(), response, self.environment())
    }
}
