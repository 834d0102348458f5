//! Whether a request includes credentials, and whether anybody can be asked for them.

use crate::browser::{
    cross_origin_resource_policy::{EmbedderPolicy, IncludesCredentials},
    environment::Environment,
    profile::{Profile, switches::ProxyAuthentication},
    request::{CredentialsMode, RedirectTaint, Request, RequestMode, ResponseTainting},
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
        // AD-HOC: the standard says "is not", which would give credentials to what redirects have tainted, and to nothing else.
        || request.origin().is_same_origin(request.current_url().origin())
            && request.redirect_taint() == RedirectTaint::SameOrigin
}

// AD-HOC: without a proxy there is nobody to log in to, and the standard asks the user all the same.
pub(in crate::browser) fn fails_by_proxy_authentication(response: &Response<'_>, profile: &Profile) -> bool {
    response.status.as_u16() == 407 && profile.proxy_authentication == ProxyAuthentication::Fails
}
