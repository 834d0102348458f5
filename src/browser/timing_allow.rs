//! TAO check: may a page see how long this took?

use super::{
    request::{Request, RequestMode, ResponseTainting},
    response::Response,
};
use crate::{grammar, header::HeaderName};

/// Whether the page may see how long a fetch took.
///
/// <https://fetch.spec.whatwg.org/#timing-allow-failed>
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[expect(clippy::exhaustive_enums, reason = "a question of yes or no")]
pub enum TimingAllow {
    /// It may, as far as is known.
    #[default]
    Passed,
    /// A response of the redirect chain did not allow it.
    Failed,
}

/// Tells whether the page may see the timing of `response`, and of those before it.
///
/// <https://fetch.spec.whatwg.org/#concept-tao-check>
pub fn tao_check(request: &Request<'_>, response: &Response<'_>) -> TimingAllow {
    // 2.
    if request.timing_allow() == TimingAllow::Failed {
        return TimingAllow::Failed;
    }
    // 3–5.
    let origin = request.serialized_origin();
    if let Some(value) = response.headers.get(HeaderName::TIMING_ALLOW_ORIGIN) {
        // OPTIMIZATION: neither `*` nor an origin has a quoted string.
        if grammar::split_unquoted(value.lines()).any(|item| item == b"*" || origin.is_serialized_as(item)) {
            return TimingAllow::Passed;
        }
    }
    // 6.
    let same_origin = request.current_url().origin().is_same_origin(request.origin());
    if request.mode() == RequestMode::Navigate && !same_origin {
        return TimingAllow::Failed;
    }
    // 7–8.
    match request.response_tainting() {
        ResponseTainting::Basic => TimingAllow::Passed,
        ResponseTainting::Cors | ResponseTainting::Opaque => TimingAllow::Failed,
    }
}
