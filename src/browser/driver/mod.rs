//! A whole fetch as a state machine: it says what to send next, and the caller sends it and passes the response back.
//!
//! Start with [`fetch`](super::fetch()). It returns an [`Action`]: send a preflight, send the request, or use a
//! response that needs no network. Pass the response to [`AwaitingPreflight`] or [`AwaitingResponse`]. The end is an
//! [`Outcome`], or a [`Redirect`] whose `Location` the caller parses. [`OutgoingRequest`] is the request in the form
//! that is sent.

mod awaiting_location;
mod awaiting_preflight;
mod awaiting_response;
mod credentials;
mod fetch;
mod outgoing;
mod preflight_after_redirect;

use core::time::Duration;

pub use awaiting_location::Redirect;
pub use awaiting_preflight::AwaitingPreflight;
pub use awaiting_response::AwaitingResponse;
pub(super) use credentials::{fails_by_proxy_authentication, includes_credentials};
use fetch::{Attempt, Fetch};
pub use outgoing::{OutgoingHeaders, OutgoingRequest};
use preflight_after_redirect::{PreflightHeaders, Preflighted};

use super::{
    cache::PreflightCache,
    environment::Environment,
    error::{NetworkError, Phase, Reason},
    filter::FilteredResponse,
    profile::switches::{OpaqueOriginCache, RequestStreams},
    request::{Request, UseCorsPreflightFlag},
    route::{Scheme, use_cors_preflight_flag},
};

/// Begins a fetch of `request`.
///
/// `now` is a time on the caller's clock. The entries of the cache are stored and looked up by the same clock.
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
    // A redirect may remove the body, so whether there is a body with a listener is decided now.
    let request = request.as_made_by(environment.profile);
    let request = request.with_use_cors_preflight_flag(use_cors_preflight_flag(&request, environment.profile));
    let counts = match environment.profile.opaque_origin_cache {
        OpaqueOriginCache::Kept => false,
        OpaqueOriginCache::KeptForItsFetch => request.origin().is_opaque(),
        OpaqueOriginCache::KeptForPage => !request.origin().is_opaque(),
    };
    let request = if counts { request.numbered(cache.next_fetch()) } else { request };
    let preflight_headers = PreflightHeaders::of(&request, environment.profile);
    let (first_tainting, found_again) = (request.response_tainting(), None);
    let (preflighted, attempt) = (Preflighted::No, Attempt::First);
    let fetch = Fetch { request, environment, preflighted, preflight_headers, attempt, first_tainting, found_again };
    let streams = request.use_cors_preflight_flag() == UseCorsPreflightFlag::SetByStream;
    if streams && environment.profile.request_streams == RequestStreams::Refused {
        return Err(fetch.error(Phase::Route, Reason::StreamNotSupported));
    }
    fetch.main_fetch(cache, now)
}

/// What to do next.
#[must_use = "a fetch goes on only when its next step is taken"]
#[derive(Clone, Debug)]
#[expect(clippy::exhaustive_enums, reason = "a caller must act on each")]
pub enum Action<'a> {
    /// Send the preflight.
    SendPreflight(AwaitingPreflight<'a>),
    /// Send the request.
    SendRequest(AwaitingResponse<'a>),
    /// Make the response from the URL itself: there is no server.
    FetchScheme(Scheme, AwaitingResponse<'a>),
}

/// The outcome of a response.
#[must_use = "a fetch goes on only when its next step is taken"]
#[derive(Clone, Debug)]
#[expect(clippy::exhaustive_enums, reason = "a caller must act on each")]
pub enum Outcome<'a> {
    /// The fetch ends, and the page gets this.
    Response(FilteredResponse<'a>),
    /// The browser follows a redirect.
    Redirect(Redirect<'a>),
}
