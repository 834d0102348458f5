use super::{normalize, strip};

/// <https://fetch.spec.whatwg.org/#header-value>
pub fn is_header_value(value: &[u8]) -> bool {
    strip(value, b"\t ") == value && !value.iter().any(|byte| [0x00, 0x0A, 0x0D].contains(byte))
}

/// The value that a header gets from an API, if the text is a header value.
///
/// <https://fetch.spec.whatwg.org/#concept-headers-append>, 1–2.
pub fn given(value: &[u8]) -> Option<Vec<u8>> {
    let value = normalize(value);
    if is_header_value(&value) { Some(value) } else { None }
}
