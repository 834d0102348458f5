use super::Header;

/// Whether a response ends HTTP-network fetch in a network error: a header value has no NUL.
///
/// <https://fetch.spec.whatwg.org/#concept-header-value>, as official tests have it.
pub fn has_invalid_header_value(response: &[Header]) -> bool {
    response.iter().any(|(_, value)| value.contains(&0x00))
}

/// Whether HTTP-network-or-cache fetch is run once more on a new connection. The body: whether its source is non-null.
///
/// <https://fetch.spec.whatwg.org/#concept-http-network-or-cache-fetch>, 17.
pub fn runs_on_new_connection(status: u16, is_new_connection_fetch: bool, body: Option<bool>) -> bool {
    status == 421 && !is_new_connection_fetch && (body.is_none() || body == Some(true))
}
