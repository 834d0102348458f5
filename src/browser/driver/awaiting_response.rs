//! The wait for the response to a request.

use super::{
    Outcome, OutgoingRequest,
    credentials::{can_prompt, includes_credentials},
    fetch::Fetch,
};
use crate::browser::{
    cache::PreflightCache,
    cross_origin_resource_policy::IncludesCredentials,
    error::{NetworkError, Phase, Reason},
    profile::switches::ProxyAuthentication,
    request::{Body, Request, ResponseTainting},
    response::Response,
    route::{Scheme, scheme_fetch},
};

/// A fetch that waits for the response to its request.
#[must_use = "a fetch goes on only when its next step is taken"]
#[derive(Clone, Debug)]
pub struct AwaitingResponse<'a>(pub(super) Fetch<'a>);

impl<'a> AwaitingResponse<'a> {
    /// "HTTP-network-or-cache fetch": the request to send.
    ///
    /// <https://fetch.spec.whatwg.org/#concept-http-network-or-cache-fetch>
    pub fn outgoing(&self) -> OutgoingRequest<'a> {
        OutgoingRequest::of(&self.0.request, self.0.environment)
    }

    /// The request, with the response tainting of its route.
    pub const fn request(&self) -> &Request<'a> {
        &self.0.request
    }

    /// Whether the browser asks its user for a name and a password, and sends the request again, before it continues with
    /// `response`. It does so for a 401, unless the response is tainted by CORS, and for a proxy's 407. It is a network error
    /// if the body cannot be sent again.
    ///
    /// If the user enters none, [`on_response`](Self::on_response) goes on with the same response.
    ///
    /// <https://fetch.spec.whatwg.org/#concept-http-network-or-cache-fetch>, 15–16.
    pub fn prompts_for_credentials(&self, response: &Response<'_>) -> Result<bool, NetworkError<'a>> {
        let Fetch { request, environment, .. } = self.0;
        let prompts = match response.status.as_u16() {
            // 15.
            401 => {
                request.response_tainting() != ResponseTainting::Cors
                    && includes_credentials(&request, environment) == IncludesCredentials::Yes
            }
            // 16.
            407 => environment.profile.proxy_authentication == ProxyAuthentication::Prompts,
            _ => false,
        };
        let prompts = prompts && can_prompt(&request, environment);
        // 15.2.1. AD-HOC: the standard has no such step for a 407, but there too a stream cannot be sent again.
        if prompts && request.body() == Body::WithoutSource {
            return Err(self.0.error(Phase::Response, Reason::BodyWithoutSource));
        }
        Ok(prompts)
    }

    /// After the first `response` of status 421 (Misdirected Request), if the body can be sent again: the fetch that waits for the
    /// answer on a new connection. `None` if the fetch goes on with `response`.
    ///
    /// ```
    /// use core::time::Duration;
    /// use fetch_cors::{
    ///     browser::{Action, Environment, NoCache, Profile, RequestInit, Response, Url, fetch},
    ///     header::Headers,
    ///     origin::Origin,
    /// };
    ///
    /// let (page, url) = (Origin::parse("https://app.example").unwrap(), Url::new("https://api.example/").unwrap());
    /// let request = RequestInit::default().request(url, page).unwrap();
    /// let action = fetch(request, Environment::new(&Profile::FETCH), &mut NoCache, Duration::ZERO);
    /// let Ok(Action::SendRequest(awaiting)) = action else { panic!() };
    ///
    /// let misdirected = Response::new(421, Headers::EMPTY).unwrap();
    /// let again = awaiting.on_new_connection(&misdirected).expect("the request is sent again");
    /// assert!(again.on_new_connection(&misdirected).is_none());
    /// ```
    ///
    /// <https://fetch.spec.whatwg.org/#concept-http-network-or-cache-fetch>, 17.
    pub fn on_new_connection(&self, response: &Response<'_>) -> Option<Self> {
        let fetch = &self.0;
        // Only HTTP has connections.
        let http = matches!(scheme_fetch(&fetch.request), Ok(Scheme::Http));
        if http { fetch.on_new_connection(fetch.request.body(), response).map(AwaitingResponse) } else { None }
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
        let mut fetch: Fetch<'b> = self.0;
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
