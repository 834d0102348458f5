use super::{Header, extract_header_list_values, header_name::classes, request::Request};

/// The headers that a script can read. With tainting "cors", the response must have passed the CORS check.
///
/// <https://fetch.spec.whatwg.org/#concept-main-fetch>, 14.
pub fn filtered_headers(request: &Request, response: &[Header]) -> Vec<Header> {
    let mut exposed_names: Vec<Vec<u8>> = Vec::new();
    // 1.
    if request.response_tainting == "cors" {
        // 1.1.
        let header_names = extract_header_list_values(b"Access-Control-Expose-Headers", response);
        if let Some(Ok(header_names)) = header_names {
            // 1.2.
            if request.credentials_mode != "include" && header_names.iter().any(|name| name == b"*") {
                exposed_names = response.iter().map(|header| header.0.clone()).collect();
            } else {
                // 1.3.
                exposed_names = header_names;
            }
        }
    }
    let is_in = |name: &[u8], class| classes(&String::from_utf8_lossy(name)).contains(&class);
    let shown = |name: &[u8]| match request.response_tainting {
        // <https://fetch.spec.whatwg.org/#concept-filtered-response-basic>
        "basic" => !is_in(name, "forbidden-response"),
        // <https://fetch.spec.whatwg.org/#concept-filtered-response-cors>
        "cors" => {
            is_in(name, "cors-safelisted-response")
                || exposed_names.iter().any(|exposed| exposed.eq_ignore_ascii_case(name))
                    && !is_in(name, "forbidden-response")
        }
        // <https://fetch.spec.whatwg.org/#concept-filtered-response-opaque>
        "opaque" => false,
        tainting => panic!("`{tainting}` is not a response tainting"),
    };
    // 2.
    response.iter().filter(|header| shown(&header.0)).cloned().collect()
}
