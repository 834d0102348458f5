use super::{parse_a_mime_type, parse_a_single_range_header_value};

/// <https://fetch.spec.whatwg.org/#cors-safelisted-request-header>
pub fn is_cors_safelisted_request_header(name: &[u8], value: &[u8]) -> bool {
    // 1.
    if value.len() > 128 {
        return false;
    }
    // 2.
    match &name.to_ascii_lowercase()[..] {
        b"accept" => !value.iter().any(|byte| is_cors_unsafe_request_header_byte(*byte)),
        b"accept-language" | b"content-language" => value.iter().all(|byte| {
            (0x30..=0x39).contains(byte)
                || (0x41..=0x5A).contains(byte)
                || (0x61..=0x7A).contains(byte)
                || [0x20, 0x2A, 0x2C, 0x2D, 0x2E, 0x3B, 0x3D].contains(byte)
        }),
        b"content-type" => {
            // "content-type", 1.
            if value.iter().any(|byte| is_cors_unsafe_request_header_byte(*byte)) {
                return false;
            }
            // "content-type", 2–3.
            let Some(mime_type) = parse_a_mime_type(value) else { return false };
            // "content-type", 4.
            let essences: [&[u8]; 3] = [b"application/x-www-form-urlencoded", b"multipart/form-data", b"text/plain"];
            essences.contains(&&mime_type.essence[..])
        }
        // "range", 1–3.
        b"range" => parse_a_single_range_header_value(value, false).is_some_and(|range| range.0.is_some()),
        _ => false,
    }
    // 3 is the value of the switch.
}

/// <https://fetch.spec.whatwg.org/#cors-unsafe-request-header-byte>
fn is_cors_unsafe_request_header_byte(byte: u8) -> bool {
    let delimiters = [0x22, 0x28, 0x29, 0x3A, 0x3C, 0x3E, 0x3F, 0x40, 0x5B, 0x5C, 0x5D, 0x7B, 0x7D, 0x7F];
    byte < 0x20 && byte != 0x09 || delimiters.contains(&byte)
}
