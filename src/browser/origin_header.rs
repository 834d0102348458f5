//! The `Origin` header of a request.

use super::{
    environment::{Environment, StorageAccess, storage_access},
    profile::switches::{
        OriginOfElements, OriginOnDowngrade, OriginWithoutCors, ReferrerPolicyHidesOrigin, RelaxedReferrerPolicies,
    },
    request::{CrossedOrigins, KeptOrigin, ReferrerPolicy, Request, RequestMode, ResponseTainting, UnsafeRequestFlag},
};
use crate::{method::Method, origin::Origin};

/// "Append a request `Origin` header": the value of `Origin` for `request`; `None` if it is not sent.
///
/// The response tainting of `request` must be that of its route.
///
/// <https://fetch.spec.whatwg.org/#append-a-request-origin-header>
pub fn request_origin_header<'a>(request: &Request<'a>, environment: Environment<'_>) -> Option<Origin<'a>> {
    let profile = environment.profile;
    // 2.
    let serialized_origin = request.serialized_origin();
    // 3.
    if request.response_tainting() == ResponseTainting::Cors
        || matches!(request.mode(), RequestMode::WebSocket | RequestMode::WebTransport)
    {
        return Some(serialized_origin);
    }
    if profile.origin_of_elements == OriginOfElements::Sent
        && request.mode() == RequestMode::Cors
        && request.unsafe_request_flag() == UnsafeRequestFlag::Unset
    {
        return Some(serialized_origin);
    }
    // 4. AD-HOC: a server that may ask for storage access must know the page's origin.
    // <https://privacycg.github.io/storage-access-headers/#origin-header-integration>
    let may_ask_for_storage = storage_access(request, environment) == Some(StorageAccess::Inactive);
    if matches!(request.method(), Method::GET | Method::HEAD) && !may_ask_for_storage {
        return match request.kept_origin() {
            KeptOrigin::None => None,
            KeptOrigin::Serialized => Some(serialized_origin),
            KeptOrigin::Opaque => Some(Origin::OPAQUE),
        };
    }
    // 4.1.
    let hidden = match profile.referrer_policy_hides_origin {
        ReferrerPolicyHidesOrigin::Yes => request.mode() != RequestMode::Cors && hides_origin(request, environment),
        ReferrerPolicyHidesOrigin::InNavigations => {
            request.mode() == RequestMode::Navigate && hides_origin(request, environment)
        }
        ReferrerPolicyHidesOrigin::AtFirst if request.redirect_count() == 0 => {
            request.mode() != RequestMode::Cors && hides_origin(request, environment)
        }
        ReferrerPolicyHidesOrigin::AtFirst => {
            request.mode() != RequestMode::Cors && request.kept_origin() == KeptOrigin::Opaque
        }
    };
    let crossed = profile.origin_without_cors == OriginWithoutCors::NullAfterRedirect
        && request.crossed_origins() == CrossedOrigins::Yes;
    let hidden = hidden || crossed;
    // 4.2.
    Some(if hidden { Origin::OPAQUE } else { serialized_origin })
}

/// The `Origin` of `request`, as kept for the request after a redirect.
pub(super) fn kept_origin(request: &Request<'_>, environment: Environment<'_>) -> KeptOrigin {
    match request_origin_header(request, environment) {
        None => KeptOrigin::None,
        Some(origin) if origin.is_opaque() => KeptOrigin::Opaque,
        Some(_) => KeptOrigin::Serialized,
    }
}

/// Whether the referrer policy hides the origin from the current URL.
fn hides_origin(request: &Request<'_>, environment: Environment<'_>) -> bool {
    let url = request.current_url();
    let ignores_relaxed = environment.profile.relaxed_referrer_policies == RelaxedReferrerPolicies::IgnoredAcrossSites
        && !environment.same_site.schemelessly_same_site(request.origin(), url.origin());
    let policy = match request.referrer_policy() {
        ReferrerPolicy::NoReferrerWhenDowngrade | ReferrerPolicy::OriginWhenCrossOrigin | ReferrerPolicy::UnsafeUrl
            if ignores_relaxed =>
        {
            ReferrerPolicy::Empty
        }
        policy => policy,
    };
    match policy {
        ReferrerPolicy::NoReferrer => true,
        // AD-HOC: the empty policy is the page's own. A page without one has strict-origin-when-cross-origin.
        ReferrerPolicy::Empty
        | ReferrerPolicy::NoReferrerWhenDowngrade
        | ReferrerPolicy::StrictOrigin
        | ReferrerPolicy::StrictOriginWhenCrossOrigin => {
            environment.profile.origin_on_downgrade == OriginOnDowngrade::Hidden
                && request.origin().scheme() == "https"
                && url.scheme() != "https"
        }
        ReferrerPolicy::SameOrigin => !request.origin().is_same_origin(url.origin()),
        ReferrerPolicy::Origin | ReferrerPolicy::OriginWhenCrossOrigin | ReferrerPolicy::UnsafeUrl => false,
    }
}
