use super::is_token;

/// <https://fetch.spec.whatwg.org/#concept-method>
pub fn is_method(bytes: &[u8]) -> bool {
    is_token(bytes)
}

/// <https://fetch.spec.whatwg.org/#simple-method>
pub fn is_cors_safelisted_method(method: &str) -> bool {
    ["GET", "HEAD", "POST"].contains(&method)
}

/// <https://fetch.spec.whatwg.org/#forbidden-method>
pub fn is_forbidden_method(method: &str) -> bool {
    ["CONNECT", "TRACE", "TRACK"].contains(&&method.to_ascii_uppercase()[..])
}

/// <https://fetch.spec.whatwg.org/#concept-method-normalize>
pub fn normalize_method(method: &str) -> String {
    let uppercase = method.to_ascii_uppercase();
    let normalized = ["DELETE", "GET", "HEAD", "OPTIONS", "POST", "PUT"].contains(&&uppercase[..]);
    if normalized { uppercase } else { method.to_owned() }
}
