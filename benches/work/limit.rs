//! The least possible code: equal answers and headers for one policy, written by hand for it alone.

use http::{HeaderMap, HeaderValue, header};

use super::requests::Lines;

const ORIGIN: &[u8] = b"https://app.example";

/// `https://app.example`, `https://*.app.example`, `http://localhost:*`.
fn allows(origin: &[u8]) -> bool {
    origin == ORIGIN || is_subdomain(origin) || is_on_loopback(origin)
}

fn is_subdomain(origin: &[u8]) -> bool {
    let labels = origin.strip_suffix(b".app.example").and_then(|rest| rest.strip_prefix(b"https://"));
    labels.is_some_and(|labels| {
        labels.len() <= 241
            && labels.split(|byte| *byte == b'.').all(|label| {
                (1..64).contains(&label.len())
                    && !label.starts_with(b"-")
                    && !label.ends_with(b"-")
                    && label.iter().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_'))
            })
    })
}

fn is_on_loopback(origin: &[u8]) -> bool {
    match origin.strip_prefix(b"http://localhost") {
        Some([]) => true,
        Some([b':', port @ ..]) => {
            matches!(port, [b'1'..=b'9', ..]) && port.len() <= 5 && port.iter().all(u8::is_ascii_digit)
        }
        _ => false,
    }
}

/// Writes an answer into a response without headers, and returns its number of lines.
pub(super) fn pairs<'a>(method: &str, lines: Lines, out: &mut [(&'a str, &'a [u8]); 12]) -> usize {
    let (mut origin, mut several, mut asked) = (None, false, false);
    for (name, value) in lines {
        match name.len() {
            6 if name.eq_ignore_ascii_case("origin") => {
                several |= origin.is_some();
                origin = Some(*value);
            }
            29 if name.eq_ignore_ascii_case("access-control-request-method") => asked = true,
            _ => {}
        }
    }
    let [first, second, third, fourth, fifth, sixth, ..] = out;
    let Some(origin) = origin.filter(|origin| !several && allows(origin)) else {
        *first = ("vary", b"origin");
        return 1;
    };
    *first = ("vary", b"origin");
    *second = ("access-control-allow-origin", origin);
    *third = ("access-control-allow-credentials", b"true");
    if method != "OPTIONS" || !asked {
        return 3;
    }
    *fourth = ("access-control-allow-methods", b"PUT, DELETE");
    *fifth = ("access-control-allow-headers", b"authorization, content-type");
    *sixth = ("access-control-max-age", b"7200");
    6
}

/// Writes an answer into a response that may have headers.
pub(super) fn map(method: &str, request: &HeaderMap, response: &mut HeaderMap) {
    if response.keys().any(|name| name.as_str().starts_with("access-control-")) {
        for name in [
            header::ACCESS_CONTROL_ALLOW_ORIGIN,
            header::ACCESS_CONTROL_ALLOW_CREDENTIALS,
            header::ACCESS_CONTROL_ALLOW_METHODS,
            header::ACCESS_CONTROL_ALLOW_HEADERS,
            header::ACCESS_CONTROL_MAX_AGE,
            header::ACCESS_CONTROL_EXPOSE_HEADERS,
        ] {
            response.remove(name);
        }
    }
    let has_origin = |value: &HeaderValue| {
        value.as_bytes().split(|byte| *byte == b',').any(|name| name.trim_ascii().eq_ignore_ascii_case(b"origin"))
    };
    if !response.get_all(header::VARY).iter().any(has_origin) {
        response.append(header::VARY, HeaderValue::from_static("origin"));
    }
    let mut origins = request.get_all(header::ORIGIN).iter();
    let (Some(origin), None) = (origins.next(), origins.next()) else { return };
    if !allows(origin.as_bytes()) {
        return;
    }
    response.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin.clone());
    response.insert(header::ACCESS_CONTROL_ALLOW_CREDENTIALS, HeaderValue::from_static("true"));
    if method == "OPTIONS" && request.contains_key(header::ACCESS_CONTROL_REQUEST_METHOD) {
        response.insert(header::ACCESS_CONTROL_ALLOW_METHODS, HeaderValue::from_static("PUT, DELETE"));
        response.insert(header::ACCESS_CONTROL_ALLOW_HEADERS, HeaderValue::from_static("authorization, content-type"));
        response.insert(header::ACCESS_CONTROL_MAX_AGE, HeaderValue::from_static("7200"));
    }
}
