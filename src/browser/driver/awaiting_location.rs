//! The wait for a parsed `Location`.

use core::time::Duration;

use super::{
    Action,
    fetch::{Fetch, FoundAgain},
};
#[cfg(feature = "url")]
use crate::browser::environment::Environment;
use crate::browser::{
    cache::PreflightCache,
    error::{NetworkError, Phase, Reason},
    redirect::{finds_credentials_again, http_redirect_fetch},
    request::{ReferrerPolicy, Request},
    response::Status,
    url::Url,
};
use crate::header::CombinedValue;

/// A redirect to follow, once the caller has parsed its `Location`.
#[must_use = "a fetch goes on only when its next step is taken"]
#[derive(Clone, Debug)]
pub struct Redirect<'a> {
    pub(super) fetch: Fetch<'a>,
    pub(super) status: Status,
    pub(super) location: CombinedValue<'a>,
    pub(super) policy: ReferrerPolicy,
}

impl<'a> Redirect<'a> {
    /// The value of `Location`.
    pub const fn location(&self) -> CombinedValue<'a> {
        self.location
    }

    /// The URL that `Location` is parsed against. If the result has no fragment, it gets the fragment of this URL.
    pub const fn base_url(&self) -> Url<'a> {
        self.fetch.request.current_url()
    }

    #[cfg(feature = "url")]
    pub(crate) const fn environment(&self) -> Environment<'a> {
        self.fetch.environment
    }

    /// The status that redirects.
    pub const fn status(&self) -> Status {
        self.status
    }

    /// The request that is redirected.
    pub const fn request(&self) -> &Request<'a> {
        &self.fetch.request
    }

    /// Follows the redirect to `location_url`. Pass `None` if `Location` does not parse.
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
        let found_again = location_url
            .filter(|location_url| finds_credentials_again(&fetch.request, *location_url, fetch.environment.profile))
            .map_or(fetch.found_again, |_| Some(FoundAgain::Userinfo));
        let redirected =
            location_url.ok_or(Reason::LocationInvalid { value: self.location }).and_then(|location_url| {
                // 6–19.
                http_redirect_fetch(&fetch.request, self.status, self.policy, location_url, fetch.environment)
            });
        match redirected {
            // 22.
            Ok(request) => {
                let (preflight_headers, request) = fetch.preflight_headers.after_redirect(
                    &fetch.request,
                    request,
                    fetch.preflighted,
                    fetch.environment.profile,
                );
                let request = fetch.with_first_credentials(request);
                Fetch { request, preflight_headers, found_again, ..fetch }.main_fetch(cache, now)
            }
            Err(reason) => Err(fetch.fail(fetch.error(Phase::Redirect, reason), cache)),
        }
    }
}
