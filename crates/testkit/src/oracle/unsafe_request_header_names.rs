use super::{Header, is_cors_safelisted_request_header};

/// <https://fetch.spec.whatwg.org/#cors-unsafe-request-header-names>
pub fn cors_unsafe_request_header_names(headers: &[Header]) -> Vec<Vec<u8>> {
    // 1.
    let mut unsafe_names = Vec::new();
    // 2.
    let mut potentially_unsafe_names = Vec::new();
    // 3.
    let mut safelist_value_size = 0;
    // 4.
    for (name, value) in headers {
        if is_cors_safelisted_request_header(name, value) {
            // 4.2.
            potentially_unsafe_names.push(name.clone());
            safelist_value_size += value.len();
        } else {
            // 4.1.
            unsafe_names.push(name.clone());
        }
    }
    // 5.
    if safelist_value_size > 1024 {
        unsafe_names.extend(potentially_unsafe_names);
    }
    // 6.
    convert_header_names_to_a_sorted_lowercase_set(unsafe_names)
}

/// <https://fetch.spec.whatwg.org/#convert-header-names-to-a-sorted-lowercase-set>
fn convert_header_names_to_a_sorted_lowercase_set(header_names: Vec<Vec<u8>>) -> Vec<Vec<u8>> {
    // 1.
    let mut header_names_set = Vec::new();
    // 2.
    for name in header_names {
        let name = name.to_ascii_lowercase();
        if !header_names_set.contains(&name) {
            header_names_set.push(name);
        }
    }
    // 3.
    header_names_set.sort();
    header_names_set
}

/// <https://fetch.spec.whatwg.org/#concept-header-list-combine>, applied to each header in turn.
pub fn combine(headers: &[Header]) -> Vec<Header> {
    let mut list: Vec<Header> = Vec::new();
    for (name, value) in headers {
        match list.iter_mut().find(|header| header.0.eq_ignore_ascii_case(name)) {
            // 1.
            Some(header) => header.1 = [&header.1[..], b", ", value].concat(),
            // 2.
            None => list.push((name.clone(), value.clone())),
        }
    }
    list
}
