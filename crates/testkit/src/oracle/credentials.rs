use super::request::{Request, same_origin};

/// <https://fetch.spec.whatwg.org/#http-network-or-cache-fetch>, 8.3–8.4.
pub fn includes_credentials(request: &Request, embedder_policy: &str) -> bool {
    // 3.
    let include_credentials = request.credentials_mode == "include"
        || request.credentials_mode == "same-origin" && request.response_tainting == "basic";
    // 4.
    include_credentials && embedder_policy_allows_credentials(request, embedder_policy)
}

/// <https://fetch.spec.whatwg.org/#cross-origin-embedder-policy-allows-credentials>, except that the fourth step
/// requires the redirect-taint "same-origin".
fn embedder_policy_allows_credentials(request: &Request, embedder_policy: &str) -> bool {
    // 2.
    if request.mode != "no-cors" {
        return true;
    }
    // 4.
    if embedder_policy != "credentialless" {
        return true;
    }
    // 5–6.
    same_origin(&request.origin, &request.current_url().origin) && request.redirect_taint() == "same-origin"
}
