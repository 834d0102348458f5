use super::{Header, get, request::Request};

/// The step that fails, if one does.
///
/// <https://fetch.spec.whatwg.org/#concept-cors-check>
pub fn cors_check(request: &Request, response: &[Header]) -> Result<(), &'static str> {
    // 1.
    let origin = get(b"Access-Control-Allow-Origin", response);
    // 2.
    let Some(origin) = origin else { return Err("2") };
    // 3.
    if request.credentials_mode != "include" && origin == b"*" {
        return Ok(());
    }
    // 4.
    if request.serialized_origin().as_bytes() != origin {
        return Err("4");
    }
    // 5.
    if request.credentials_mode != "include" {
        return Ok(());
    }
    // 6.
    let credentials = get(b"Access-Control-Allow-Credentials", response);
    // 7.
    if credentials.is_some_and(|credentials| credentials == b"true") {
        return Ok(());
    }
    // 8.
    Err("8")
}
