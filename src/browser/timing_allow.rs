//! TAO check: may a page see how long this took?

use core::{error, fmt};

use super::{
    request::{Request, RequestMode, ResponseTainting},
    response::Response,
};
use crate::header::HeaderName;

/// Tells whether the page may see the timing of `response`. Of a redirect chain, every response must pass.
///
/// <https://fetch.spec.whatwg.org/#concept-tao-check>
pub fn tao_check(request: &Request<'_>, response: &Response<'_>) -> Result<(), TimingNotAllowed> {
    // 2 is the caller's: one failure settles the matter.
    // 3–5.
    let origin = request.serialized_origin();
    if let Some(value) = response.headers.get(HeaderName::TIMING_ALLOW_ORIGIN)
        && value.get_decode_and_split().any(|item| item.clone().eq([b'*']) || item.eq(origin.serialized_bytes()))
    {
        return Ok(());
    }
    // 6.
    let same_origin = request.current_url().origin().is_same_origin(request.origin());
    if request.mode() == RequestMode::Navigate && !same_origin {
        return Err(TimingNotAllowed);
    }
    // 7–8.
    if request.response_tainting() == ResponseTainting::Basic { Ok(()) } else { Err(TimingNotAllowed) }
}

/// A page may not see the timing of a response.
///
/// <https://fetch.spec.whatwg.org/#concept-tao-check>
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TimingNotAllowed;

impl fmt::Display for TimingNotAllowed {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("`Timing-Allow-Origin` does not name the origin")
    }
}

impl error::Error for TimingNotAllowed {}
