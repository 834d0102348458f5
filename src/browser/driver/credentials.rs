//! Whether a request includes credentials, and whether the browser can ask a user for them.

use crate::browser::{
    cross_origin_resource_policy::{EmbedderPolicy, IncludesCredentials},
    environment::{Environment, GlobalObject},
    error::Phase,
    profile::switches::ProxyAuthentication,
    request::{CredentialsMode, RedirectTaint, Request, RequestMode, ResponseTainting, TraversableForUserPrompts},
    response::Response,
};

/// <https://fetch.spec.whatwg.org/#http-network-or-cache-fetch>, 8.3–8.4.
pub(in crate::browser) fn includes_credentials(
    request: &Request<'_>,
    environment: Environment<'_>,
) -> IncludesCredentials {
    let included = match request.credentials_mode() {
        CredentialsMode::Include => true,
        CredentialsMode::SameOrigin => request.response_tainting() == ResponseTainting::Basic,
        CredentialsMode::Omit => false,
    };
    if included && embedder_policy_allows_credentials(request, environment) {
        IncludesCredentials::Yes
    } else {
        IncludesCredentials::No
    }
}

/// <https://fetch.spec.whatwg.org/#cross-origin-embedder-policy-allows-credentials>
fn embedder_policy_allows_credentials(request: &Request<'_>, environment: Environment<'_>) -> bool {
    request.mode() != RequestMode::NoCors
        || environment.embedder_policy != EmbedderPolicy::Credentialless
        // AD-HOC: the standard says "is not", which would give credentials only to requests that redirects have
        // tainted.
        || request.origin().is_same_origin(request.current_url().origin())
            && request.redirect_taint() == RedirectTaint::SameOrigin
}

/// Whether there is a user who can be asked for a name and a password.
///
/// <https://fetch.spec.whatwg.org/#populate-request-from-client>, 1.
pub(super) fn can_prompt(request: &Request<'_>, environment: Environment<'_>) -> bool {
    request.traversable_for_user_prompts() == TraversableForUserPrompts::Client
        && environment.global_object == GlobalObject::Window
}

/// Whether a 407 ends the fetch.
///
/// <https://fetch.spec.whatwg.org/#concept-http-network-or-cache-fetch>, 16.1.
pub(in crate::browser) fn fails_by_proxy_authentication(
    request: &Request<'_>,
    response: &Response<'_>,
    phase: Phase,
    environment: Environment<'_>,
) -> bool {
    response.status.as_u16() == 407
        // AD-HOC: without a proxy a 407 cannot be answered, so some browsers fail where the standard asks the user.
        && (environment.profile.proxy_authentication == ProxyAuthentication::Fails
            // The request of a preflight has no client, which differs from a client without a traversable.
            || phase != Phase::Preflight && !can_prompt(request, environment))
}
