use super::{
    Header, get, get_decode_and_split,
    request::{Request, same_origin},
};

/// <https://fetch.spec.whatwg.org/#concept-tao-check>
pub fn tao_check(request: &Request, response: &[Header]) -> bool {
    // 2.
    if request.timing_allow_failed {
        return false;
    }
    // 3.
    let values = get(b"Timing-Allow-Origin", response).map(|value| get_decode_and_split(&value));
    if let Some(values) = values {
        // 4.
        if values.iter().any(|value| value == b"*") {
            return true;
        }
        // 5.
        if values.contains(&request.serialized_origin().into_bytes()) {
            return true;
        }
    }
    // 6.
    if request.mode == "navigate" && !same_origin(&request.current_url().origin, &request.origin) {
        return false;
    }
    // 7–8.
    request.response_tainting == "basic"
}
