//! The `Origin` header of a request.

use super::{
    profile::{
        Profile,
        switches::{OriginWithoutCors, ReferrerPolicyHidesOrigin},
    },
    request::{CrossedOrigins, KeptOrigin, ReferrerPolicy, Request, RequestMode, ResponseTainting},
};
use crate::{method::Method, origin::Origin};

/// "Append a request `Origin` header": the value of the `Origin` that `request` is sent with, if it is sent with one.
///
/// Its response tainting must be that of its route.
///
/// <https://fetch.spec.whatwg.org/#append-a-request-origin-header>
pub fn request_origin_header<'a>(request: &Request<'a>, profile: &Profile) -> Option<Origin<'a>> {
    // 2.
    let serialized_origin = request.serialized_origin();
    // 3.
    if request.response_tainting() == ResponseTainting::Cors
        || matches!(request.mode(), RequestMode::WebSocket | RequestMode::WebTransport)
    {
        return Some(serialized_origin);
    }
    // 4.
    if matches!(request.method(), Method::GET | Method::HEAD) {
        return match request.kept_origin() {
            KeptOrigin::None => None,
            KeptOrigin::Serialized => Some(serialized_origin),
            KeptOrigin::Opaque => Some(Origin::OPAQUE),
        };
    }
    // 4.1.
    let hidden = request.mode() != RequestMode::Cors
        && match profile.referrer_policy_hides_origin {
            ReferrerPolicyHidesOrigin::Yes => hides_origin(request),
            ReferrerPolicyHidesOrigin::No => false,
            ReferrerPolicyHidesOrigin::AtFirst if request.redirect_count() == 0 => hides_origin(request),
            ReferrerPolicyHidesOrigin::AtFirst => request.kept_origin() == KeptOrigin::Opaque,
        };
    let crossed = profile.origin_without_cors == OriginWithoutCors::NullAfterRedirect
        && request.crossed_origins() == CrossedOrigins::Yes;
    let hidden = hidden || crossed;
    // 4.2.
    Some(if hidden { Origin::OPAQUE } else { serialized_origin })
}

/// The `Origin` that `request` is sent with, for the request that a redirect makes of it.
pub(super) fn kept_origin(request: &Request<'_>, profile: &Profile) -> KeptOrigin {
    match request_origin_header(request, profile) {
        None => KeptOrigin::None,
        Some(origin) if origin.is_opaque() => KeptOrigin::Opaque,
        Some(_) => KeptOrigin::Serialized,
    }
}

/// Whether the referrer policy hides the origin from the current URL.
fn hides_origin(request: &Request<'_>) -> bool {
    let url = request.current_url();
    match request.referrer_policy() {
        ReferrerPolicy::NoReferrer => true,
        // AD-HOC: the empty policy is the page's own, and a page that has none has strict-origin-when-cross-origin.
        ReferrerPolicy::Empty
        | ReferrerPolicy::NoReferrerWhenDowngrade
        | ReferrerPolicy::StrictOrigin
        | ReferrerPolicy::StrictOriginWhenCrossOrigin => {
            request.origin().scheme() == "https" && url.scheme() != "https"
        }
        ReferrerPolicy::SameOrigin => !request.origin().is_same_origin(url.origin()),
        ReferrerPolicy::Origin | ReferrerPolicy::OriginWhenCrossOrigin | ReferrerPolicy::UnsafeUrl => false,
    }
}
