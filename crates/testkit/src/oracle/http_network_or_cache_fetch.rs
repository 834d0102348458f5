use super::Header;

/// Whether HTTP-network fetch returns a network error, because a header value has a NUL byte.
///
/// <https://fetch.spec.whatwg.org/#concept-header-value>, as web-platform-tests interpret it.
pub fn has_invalid_header_value(response: &[Header]) -> bool {
    response.iter().any(|(_, value)| value.contains(&0x00))
}

/// Whether HTTP-network-or-cache fetch runs again on a new connection. `body` says whether the body's source is
/// non-null.
///
/// <https://fetch.spec.whatwg.org/#concept-http-network-or-cache-fetch>, 17.
pub fn runs_on_new_connection(status: u16, is_new_connection_fetch: bool, body: Option<bool>) -> bool {
    status == 421 && !is_new_connection_fetch && (body.is_none() || body == Some(true))
}
