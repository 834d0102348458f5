//! The standard's algorithms, transcribed step by step. They ignore cost, and use no code of the crate.

pub mod cors_check;
pub mod credentials;
pub mod cross_origin_resource_policy;
pub mod filtered_response;
mod forbidden_request_header;
mod get_decode_and_split;
mod header_list_values;
pub mod header_name;
pub mod header_value;
pub mod http_network_or_cache_fetch;
pub mod http_redirect_fetch;
pub mod location;
pub mod main_fetch;
pub mod max_age;
pub mod method;
mod mime_type;
mod no_cors_guard;
mod origin_header;
pub mod origin_pattern;
pub mod preflight;
pub mod preflight_cache;
pub mod request;
pub mod request_init;
pub mod request_origin_header;
mod safelisted_request_header;
mod single_range;
pub mod timing_allow;
mod unsafe_request_header_names;
pub mod valid_origin_pattern;

pub use forbidden_request_header::is_forbidden_request_header;
pub use get_decode_and_split::get_decode_and_split;
pub use header_list_values::extract_header_list_values;
pub use mime_type::{parse_a_mime_type, parse_as_webkit, serialize_a_mime_type};
pub use no_cors_guard::append_all;
pub use origin_header::is_origin_or_null;
pub use safelisted_request_header::is_cors_safelisted_request_header;
pub use single_range::parse_a_single_range_header_value;
pub use unsafe_request_header_names::{combine, cors_unsafe_request_header_names};

/// A header: its name and its value.
pub type Header = (Vec<u8>, Vec<u8>);

/// <https://fetch.spec.whatwg.org/#concept-header-list-get>
pub fn get(name: &[u8], list: &[Header]) -> Option<Vec<u8>> {
    let values: Vec<Vec<u8>> =
        list.iter().filter(|header| header.0.eq_ignore_ascii_case(name)).map(|header| header.1.clone()).collect();
    // 1–2.
    if values.is_empty() { None } else { Some(values.join(&b", "[..])) }
}

/// <https://fetch.spec.whatwg.org/#concept-header-value-normalize>
pub fn normalize(value: &[u8]) -> Vec<u8> {
    strip(value, b"\t\n\r ")
}

/// `value` without the leading and trailing bytes of `class`.
fn strip(value: &[u8], class: &[u8]) -> Vec<u8> {
    let mut value = value.to_vec();
    while value.first().is_some_and(|byte| class.contains(byte)) {
        value.remove(0);
    }
    while value.last().is_some_and(|byte| class.contains(byte)) {
        value.pop();
    }
    value
}

/// <https://infra.spec.whatwg.org/#collect-a-sequence-of-code-points>
fn collect(input: &[u8], position: &mut usize, condition: impl Fn(u8) -> bool) -> Vec<u8> {
    let mut result = Vec::new();
    while *position < input.len() && condition(input[*position]) {
        result.push(input[*position]);
        *position += 1;
    }
    result
}

/// <https://httpwg.org/specs/rfc9110.html#tokens>
fn is_token(bytes: &[u8]) -> bool {
    let tchar = b"!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    !bytes.is_empty() && bytes.iter().all(|byte| tchar.contains(byte))
}
