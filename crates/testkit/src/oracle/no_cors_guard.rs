use super::{Header, get, is_cors_safelisted_request_header, normalize};

/// The content of a `Headers` object with the guard "request-no-cors", after these headers were appended.
///
/// <https://fetch.spec.whatwg.org/#concept-headers-append>
pub fn append_all(headers: &[Header]) -> Vec<Header> {
    let mut list: Vec<Header> = Vec::new();
    for (name, value) in headers {
        // 1.
        let value = normalize(value);
        // 2 always passes, because these names and values are valid. 3.1.
        let temporary_value = match get(name, &list) {
            // 3.2.
            None => value.clone(),
            // 3.3.
            Some(temporary_value) => [&temporary_value[..], b", ", &value].concat(),
        };
        // 3.4.
        if !is_no_cors_safelisted_request_header(name, &temporary_value) {
            continue;
        }
        // 4.
        list.push((name.clone(), value));
        // 5.
        list.retain(|header| !header.0.eq_ignore_ascii_case(b"range"));
    }
    list
}

/// <https://fetch.spec.whatwg.org/#no-cors-safelisted-request-header>
fn is_no_cors_safelisted_request_header(name: &[u8], value: &[u8]) -> bool {
    let names: [&[u8]; 4] = [b"accept", b"accept-language", b"content-language", b"content-type"];
    // 1.
    if !names.contains(&&name.to_ascii_lowercase()[..]) {
        return false;
    }
    // 2.
    is_cors_safelisted_request_header(name, value)
}
