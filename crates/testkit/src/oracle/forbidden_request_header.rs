use super::get_decode_and_split;

/// <https://fetch.spec.whatwg.org/#forbidden-request-header>
pub fn is_forbidden_request_header(name: &[u8], value: &[u8]) -> bool {
    let name = String::from_utf8_lossy(name).to_ascii_lowercase();
    // 1.
    let names = "Accept-Charset Accept-Encoding Access-Control-Request-Headers Access-Control-Request-Method Connection \
                 Content-Length Cookie Cookie2 Date DNT Expect Host Keep-Alive Origin Referer Set-Cookie TE Trailer \
                 Transfer-Encoding Upgrade Via";
    if names.to_ascii_lowercase().split(' ').any(|forbidden| forbidden == name) {
        return true;
    }
    // 2.
    if name.starts_with("proxy-") || name.starts_with("sec-") {
        return true;
    }
    // 3.
    if ["x-http-method", "x-http-method-override", "x-method-override"].contains(&&name[..]) {
        // 3.1.
        let parsed_values = get_decode_and_split(value);
        // 3.2.
        for method in parsed_values {
            let method = method.to_ascii_uppercase();
            if method == b"CONNECT" || method == b"TRACE" || method == b"TRACK" {
                return true;
            }
        }
    }
    // 4.
    false
}
