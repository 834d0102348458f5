//! The wait for the response to a preflight.

use core::time::Duration;

use super::{
    awaiting_response::AwaitingResponse,
    credentials::fails_by_proxy_authentication,
    fetch::{Attempt, Fetch},
};
use crate::browser::{
    cache::{self, PreflightCache},
    environment::Environment,
    error::{NetworkError, Phase, Reason},
    http_network_fetch::check_head,
    preflight::{PreflightRequest, answer_of_refusal, check_preflight},
    redirect::check_location_first,
    request::{Body, Request},
    response::Response,
    route::PreflightReasons,
};

/// A fetch that waits for the response to its preflight.
#[must_use = "a fetch goes on only when its next step is taken"]
#[derive(Clone, Debug)]
pub struct AwaitingPreflight<'a> {
    pub(super) fetch: Fetch<'a>,
    pub(super) reasons: PreflightReasons<'a>,
}

impl<'a> AwaitingPreflight<'a> {
    /// The preflight to send: without credentials, and following no redirect.
    pub fn preflight(&self) -> PreflightRequest<'a> {
        // OPTIMIZATION: the reasons are those of the same request.
        PreflightRequest::asking_for(&self.asking(), self.reasons.headers, self.fetch.environment.profile)
    }

    /// The request with the headers that the preflight asks for.
    pub(in crate::browser) fn asking(&self) -> Request<'a> {
        self.fetch.preflight_headers.request(&self.fetch.request)
    }

    pub(in crate::browser) const fn environment(&self) -> Environment<'a> {
        self.fetch.environment
    }

    /// Why the preflight is needed.
    pub const fn reasons(&self) -> &PreflightReasons<'a> {
        &self.reasons
    }

    /// The request that the preflight asks about.
    pub const fn request(&self) -> &Request<'a> {
        &self.fetch.request
    }

    /// After the first `response` of status 421 (Misdirected Request): the fetch that waits for the preflight's answer on a new
    /// connection. `None` if the fetch goes on with `response`.
    ///
    /// <https://fetch.spec.whatwg.org/#concept-http-network-or-cache-fetch>, 17.
    pub fn on_new_connection(&self, response: &Response<'_>) -> Option<Self> {
        let fetch = self.fetch.on_new_connection(Body::None, response)?;
        Some(AwaitingPreflight { fetch, ..*self })
    }

    /// Continues with the response to the preflight, and caches what it grants.
    ///
    /// The preflight of a stream is sent before the browser knows that the connection cannot send streams. The error comes here.
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
        let first = if let Err(reason) = check_head(response, profile) {
            Err(reason)
        } else if fails_by_proxy_authentication(&request, response, Phase::Preflight, self.fetch.environment) {
            Err(Reason::ProxyAuthenticationRequired)
        } else {
            check_location_first(&request, response, self.fetch.environment)
        };
        if let Err(reason) = first {
            return Err(self.fetch.fail(self.fetch.error(Phase::Preflight, reason), cache));
        }
        match check_preflight(&request, response, profile) {
            Ok(grant) => {
                cache::store(cache, &request, self.fetch.environment, &grant, now);
                Fetch { attempt: Attempt::First, ..self.fetch }.awaiting_response(cache)
            }
            Err(error) => {
                if let Some(answer) = answer_of_refusal(&error, &request, response, profile) {
                    cache::store(cache, &request, self.fetch.environment, &answer, now);
                }
                Err(self.fetch.fail(error, cache))
            }
        }
    }

    /// Ends the fetch: there is no response.
    pub fn on_network_error(self, cache: &mut (impl PreflightCache + ?Sized)) -> NetworkError<'a> {
        self.fetch.fail(self.fetch.error(Phase::Preflight, Reason::Network), cache)
    }
}
