//! The `Origin` header of a request.

use super::{
    environment::StorageAccess,
    profile::{
        Profile,
        switches::{OriginWithoutCors, ReferrerPolicyHidesOrigin},
    },
    request::{CrossedOrigins, ReferrerPolicy, Request, RequestMode, ResponseTainting},
};
use crate::{method::Method, origin::Origin};

/// The value of the `Origin` header that `request` is sent with, if it is sent with one.
///
/// Its response tainting must be that of its route.
///
/// <https://fetch.spec.whatwg.org/#append-a-request-origin-header>
pub fn request_origin_header<'a>(request: &Request<'a>, profile: &Profile) -> Option<Origin<'a>> {
    origin_header(request, None, profile)
}

/// The value of the `Origin` header that `request` is sent with, given the storage access status that goes along.
///
/// <https://fetch.spec.whatwg.org/#append-a-request-origin-header>,
/// <https://privacycg.github.io/storage-access-headers/#origin-header-integration>
pub(super) fn origin_header<'a>(
    request: &Request<'a>,
    storage_access: Option<StorageAccess>,
    profile: &Profile,
) -> Option<Origin<'a>> {
    // 2.
    let serialized_origin = request.serialized_origin();
    // 3.
    if request.response_tainting() == ResponseTainting::Cors
        || matches!(request.mode(), RequestMode::WebSocket | RequestMode::WebTransport)
    {
        return Some(serialized_origin);
    }
    // 4. AD-HOC: with a status that the server may ask to change, it is to know whose page it is.
    if matches!(request.method(), Method::GET | Method::HEAD) && storage_access != Some(StorageAccess::Inactive) {
        return None;
    }
    // 4.1.
    let hidden = profile.referrer_policy_hides_origin == ReferrerPolicyHidesOrigin::Yes
        && request.mode() != RequestMode::Cors
        && hides_origin(request);
    let crossed = profile.origin_without_cors == OriginWithoutCors::NullAfterRedirect
        && request.crossed_origins() == CrossedOrigins::Yes;
    let hidden = hidden || crossed;
    // 4.2.
    Some(if hidden { Origin::OPAQUE } else { serialized_origin })
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
