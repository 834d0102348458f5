use super::{
    cors_unsafe_request_header_names,
    method::is_cors_safelisted_method,
    request::{Request, same_origin},
};

/// The outcome of main fetch for a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fetched {
    Basic,
    Opaque,
    Cors,
    CorsWithPreflight,
}

impl Fetched {
    pub fn response_tainting(self) -> &'static str {
        match self {
            Fetched::Basic => "basic",
            Fetched::Opaque => "opaque",
            Fetched::Cors | Fetched::CorsWithPreflight => "cors",
        }
    }
}

/// The first matching case of the switch, or the step of a network error.
///
/// <https://fetch.spec.whatwg.org/#concept-main-fetch>, 12.
pub fn main_fetch(request: &Request) -> Result<Fetched, &'static str> {
    let url = request.current_url();
    if same_origin(&url.origin, &request.origin) && request.response_tainting == "basic"
        || url.scheme == "data"
        || ["navigate", "websocket", "webtransport"].contains(&request.mode)
    {
        return Ok(Fetched::Basic);
    }
    if request.mode == "same-origin" {
        return Err("12, \"same-origin\"");
    }
    if request.mode == "no-cors" {
        // 1.
        if request.redirect_mode != "follow" {
            return Err("12, \"no-cors\", 1");
        }
        // 2–3.
        return Ok(Fetched::Opaque);
    }
    if !url.is_http() {
        return Err("12, not an HTTP(S) scheme");
    }
    if request.use_cors_preflight_flag
        || request.unsafe_request_flag
            && (!is_cors_safelisted_method(&request.method)
                || !cors_unsafe_request_header_names(&request.header_list).is_empty())
    {
        return Ok(Fetched::CorsWithPreflight);
    }
    Ok(Fetched::Cors)
}

/// The kind of response that a URL has; `None` for a network error.
///
/// <https://fetch.spec.whatwg.org/#scheme-fetch>, where a WebSocket's handshake counts as HTTP.
pub fn scheme_fetch(request: &Request) -> Option<&'static str> {
    let url = request.current_url();
    let path = url.href.split(':').nth(1).unwrap().split(['?', '#']).next();
    match &url.scheme[..] {
        "about" if path == Some("blank") => Some("about:blank"),
        "blob" if request.method == "GET" => Some("blob"),
        "data" => Some("data"),
        "http" | "https" => Some("http"),
        "ws" | "wss" if request.mode == "websocket" => Some("http"),
        _ => None,
    }
}
