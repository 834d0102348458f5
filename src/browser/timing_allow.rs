//! TAO check: whether a page may see the timing of a response.
//!
//! ```
//! use fetch_cors::browser::timing_allow::{TimingAllow, tao_check};
//! use fetch_cors::browser::{RequestInit, Response, Url, request::ResponseTainting};
//! use fetch_cors::{header::Headers, origin::Origin};
//!
//! let page = Origin::parse("https://app.example").unwrap();
//! let url = Url::new("https://api.example/items").unwrap();
//! let request = RequestInit::default().request(url, page).unwrap().with_response_tainting(ResponseTainting::Cors);
//! let response = Response::new(200, Headers::EMPTY).unwrap();
//! assert_eq!(tao_check(&request, &response), TimingAllow::Failed);
//! ```

use super::{
    request::{Request, RequestMode, ResponseTainting},
    response::Response,
};
use crate::{grammar, header::HeaderName, origin::Origin};

/// Whether the page may see the timing of a fetch.
///
/// <https://fetch.spec.whatwg.org/#timing-allow-failed>
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[expect(clippy::exhaustive_enums, reason = "a question of yes or no")]
pub enum TimingAllow {
    /// All responses so far allow it.
    #[default]
    Passed,
    /// A response of the redirect chain does not allow it.
    Failed,
}

/// Whether the page may see the timing of `response`, and of the responses before it.
///
/// <https://fetch.spec.whatwg.org/#concept-tao-check>
pub fn tao_check(request: &Request<'_>, response: &Response<'_>) -> TimingAllow {
    // 2.
    if request.timing_allow() == TimingAllow::Failed {
        return TimingAllow::Failed;
    }
    // 3–5.
    if names(response, request.serialized_origin()) {
        return TimingAllow::Passed;
    }
    // 6.
    if request.mode() == RequestMode::Navigate && !request.is_same_origin() {
        return TimingAllow::Failed;
    }
    // 7–8.
    match request.response_tainting() {
        ResponseTainting::Basic => TimingAllow::Passed,
        ResponseTainting::Cors | ResponseTainting::Opaque => TimingAllow::Failed,
    }
}

/// Whether `Timing-Allow-Origin` has `*` or this origin.
fn names(response: &Response<'_>, origin: Origin<'_>) -> bool {
    response.headers.get(HeaderName::TIMING_ALLOW_ORIGIN).is_some_and(|value| {
        // OPTIMIZATION: neither `*` nor an origin has a quoted string, so values with one are skipped.
        grammar::split_unquoted(value.lines()).any(|item| item == b"*" || origin.is_serialized_as(item))
    })
}

/// Whether a navigated document may see the timing of the redirects that led to it. Each of these responses must name
/// its origin.
///
/// <https://fetch.spec.whatwg.org/#navigation-tao-check>
///
/// ```
/// use fetch_cors::{browser::{Response, timing_allow::{TimingAllow, navigation_tao_check}}, header::Headers, origin::Origin};
///
/// let (all, none): ([(&str, &[u8]); 1], _) = ([("Timing-Allow-Origin", b"*")], Headers::EMPTY);
/// let redirects = [Response::new(302, Headers::from_pairs(&all)).unwrap(), Response::new(302, none).unwrap()];
/// let destination = Origin::parse("https://app.example").unwrap();
/// assert_eq!(navigation_tao_check(redirects, destination), TimingAllow::Failed);
/// assert_eq!(navigation_tao_check(redirects[..1].iter().copied(), destination), TimingAllow::Passed);
/// ```
pub fn navigation_tao_check<'a>(
    redirects: impl IntoIterator<Item = Response<'a>>,
    destination_origin: Origin<'_>,
) -> TimingAllow {
    // 1–2.
    let allowed = redirects.into_iter().all(|response| names(&response, destination_origin));
    if allowed { TimingAllow::Passed } else { TimingAllow::Failed }
}
