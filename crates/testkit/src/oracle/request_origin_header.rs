use super::request::{Request, same_origin, scheme_and_host};

/// <https://fetch.spec.whatwg.org/#append-a-request-origin-header>. An empty referrer policy counts as the default
/// policy.
pub fn request_origin_header(request: &Request) -> Option<String> {
    // 2.
    let mut serialized_origin = request.serialized_origin();
    // 3.
    if request.response_tainting == "cors" || request.mode == "websocket" || request.mode == "webtransport" {
        return Some(serialized_origin);
    }
    // 4.
    if request.method == "GET" || request.method == "HEAD" {
        return None;
    }
    // 4.1.
    if request.mode != "cors" {
        let hidden = match request.referrer_policy {
            "no-referrer" => true,
            "" | "no-referrer-when-downgrade" | "strict-origin" | "strict-origin-when-cross-origin" => {
                request.origin != "null"
                    && scheme_and_host(&request.origin).0 == "https"
                    && request.current_url().scheme != "https"
            }
            "same-origin" => !same_origin(&request.origin, &request.current_url().origin),
            _ => false,
        };
        if hidden {
            "null".clone_into(&mut serialized_origin);
        }
    }
    // 4.2.
    Some(serialized_origin)
}
