//! The standard's algorithms, step by step as they are written, with no thought of cost and no code of the crate's.

pub(crate) mod cors_check;
pub(crate) mod credentials;
pub(crate) mod cross_origin_resource_policy;
pub(crate) mod filtered_response;
mod forbidden_request_header;
mod get_decode_and_split;
mod header_list_values;
pub(crate) mod header_name;
pub(crate) mod header_value;
pub(crate) mod http_redirect_fetch;
pub(crate) mod location;
pub(crate) mod main_fetch;
pub(crate) mod max_age;
pub(crate) mod method;
mod mime_type;
mod no_cors_guard;
mod origin_header;
pub(crate) mod preflight;
pub(crate) mod request;
pub(crate) mod request_init;
pub(crate) mod request_origin_header;
mod safelisted_request_header;
mod single_range;
pub(crate) mod timing_allow;
mod unsafe_request_header_names;

pub(crate) use forbidden_request_header::is_forbidden_request_header;
pub(crate) use get_decode_and_split::get_decode_and_split;
pub(crate) use header_list_values::extract_header_list_values;
pub(crate) use mime_type::{parse_a_mime_type, serialize_a_mime_type};
pub(crate) use no_cors_guard::append_all;
pub(crate) use origin_header::is_origin_or_null;
pub(crate) use safelisted_request_header::is_cors_safelisted_request_header;
pub(crate) use single_range::parse_a_single_range_header_value;
pub(crate) use unsafe_request_header_names::{combine, cors_unsafe_request_header_names};

/// A header: its name and its value.
pub(crate) type Header = (Vec<u8>, Vec<u8>);

/// <https://fetch.spec.whatwg.org/#concept-header-list-get>
pub(crate) fn get(name: &[u8], list: &[Header]) -> Option<Vec<u8>> {
    let values: Vec<Vec<u8>> =
        list.iter().filter(|header| header.0.eq_ignore_ascii_case(name)).map(|header| header.1.clone()).collect();
    // 1–2.
    if values.is_empty() { None } else { Some(values.join(&b", "[..])) }
}

/// <https://fetch.spec.whatwg.org/#concept-header-value-normalize>
pub(crate) fn normalize(value: &[u8]) -> Vec<u8> {
    strip(value, b"\t\n\r ")
}

/// `value` without the bytes of `class` at both ends.
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
