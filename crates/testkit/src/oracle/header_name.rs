use super::is_token;

/// <https://fetch.spec.whatwg.org/#header-name>
pub fn is_header_name(bytes: &[u8]) -> bool {
    is_token(bytes)
}

/// The classes that `name` is in, by their names in `header-names.json`.
pub fn classes(name: &str) -> Vec<&'static str> {
    let classes: [(&str, &[&str]); 6] = [
        // <https://fetch.spec.whatwg.org/#cors-non-wildcard-request-header-name>
        ("cors-non-wildcard", &["Authorization"]),
        // <https://fetch.spec.whatwg.org/#cors-safelisted-response-header-name>, of no list
        (
            "cors-safelisted-response",
            &[
                "Cache-Control",
                "Content-Language",
                "Content-Length",
                "Content-Type",
                "Expires",
                "Last-Modified",
                "Pragma",
            ],
        ),
        // <https://fetch.spec.whatwg.org/#forbidden-response-header-name>
        ("forbidden-response", &["Set-Cookie", "Set-Cookie2"]),
        // <https://fetch.spec.whatwg.org/#no-cors-safelisted-request-header-name>
        ("no-cors-safelisted", &["Accept", "Accept-Language", "Content-Language", "Content-Type"]),
        // <https://fetch.spec.whatwg.org/#privileged-no-cors-request-header-name>
        ("privileged-no-cors", &["Range"]),
        // <https://fetch.spec.whatwg.org/#request-body-header-name>
        ("request-body", &["Content-Encoding", "Content-Language", "Content-Location", "Content-Type"]),
    ];
    let is_in = |names: &[&str]| names.iter().any(|listed| listed.eq_ignore_ascii_case(name));
    classes.into_iter().filter(|(_, names)| is_in(names)).map(|(class, _)| class).collect()
}
