//! Where a request comes from.

use super::first_lines;
use crate::{
    header::{HeaderName, Headers, ValueRef},
    origin::{default_port, parse_port},
};

/// Where a request with `Origin` comes from, as far as the server knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::server) enum Site {
    /// From a page of the same origin, or from no page at all.
    Own,
    /// From a page of another origin.
    Other,
}

impl Site {
    /// <https://w3c.github.io/webappsec-fetch-metadata/#sec-fetch-site-header>
    // AD-HOC: `Sec-Fetch-Site` decides, as no page can set it. Without it the origin is compared with the request's host.
    pub(in crate::server) fn of(origin: &[u8], headers: Headers<'_>) -> Self {
        let is_own = match first_lines(headers, HeaderName::SEC_FETCH_SITE) {
            (Some(site), None) => matches!(site.as_bytes(), b"same-origin" | b"none"),
            (Some(_), Some(_)) => false,
            (None, _) => host_of_request(headers).is_some_and(|host| is_host_of(origin, host.as_bytes())),
        };
        if is_own { Site::Own } else { Site::Other }
    }
}

/// The value of `:authority`, or else of `Host`; nothing if the request has several.
///
/// <https://httpwg.org/specs/rfc9113.html#HttpRequest>
fn host_of_request(headers: Headers<'_>) -> Option<ValueRef<'_>> {
    let mut authorities = headers.raw_lines().filter(|(name, _)| *name == ":authority");
    if let Some((_, authority)) = authorities.next() {
        return authorities.next().is_none().then_some(ValueRef::of_field(authority));
    }
    match first_lines(headers, HeaderName::HOST) {
        (host, None) => host,
        (_, Some(_)) => None,
    }
}

/// Whether `host`, a host with a port or without, is that of `origin`. No port means the default port of the origin's scheme.
// AD-HOC: the scheme is not compared, because a server behind a proxy does not know its own.
fn is_host_of(origin: &[u8], host: &[u8]) -> bool {
    let Some(scheme_end) = origin.windows(3).position(|window| window == b"://") else { return false };
    let (Some(scheme), Some(authority)) = (origin.get(..scheme_end), origin.get(scheme_end + 3..)) else {
        return false;
    };
    if !matches!(scheme, b"http" | b"https") {
        return false;
    }
    let (origin_host, origin_port) = split_port(authority);
    let (request_host, request_port) = split_port(host);
    let number = |port: &[u8]| if port.is_empty() { default_port(scheme) } else { parse_port(port).ok() };
    !origin_host.is_empty()
        && origin_host.eq_ignore_ascii_case(request_host)
        && number(origin_port).is_some_and(|port| number(request_port) == Some(port))
}

/// The host, and the port without its colon. The colons of an IPv6 address are before its bracket.
fn split_port(authority: &[u8]) -> (&[u8], &[u8]) {
    match authority.iter().rposition(|byte| matches!(byte, b':' | b']')) {
        Some(place) if authority.get(place) == Some(&b':') => {
            (authority.get(..place).unwrap_or_default(), authority.get(place + 1..).unwrap_or_default())
        }
        _ => (authority, &[]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn host_with_the_default_port_is_same_origin() {
        for (origin, host) in [
            ("https://self.example", "self.example"),
            ("https://self.example", "self.example:443"),
            ("https://self.example", "SELF.example:443"),
            ("https://self.example", "self.example:"),
            ("http://self.example", "self.example:80"),
            ("https://self.example:8443", "self.example:8443"),
            ("https://[2001:db8::1]", "[2001:db8::1]"),
            ("https://[2001:db8::1]", "[2001:DB8::1]:443"),
            ("http://[::1]:8080", "[::1]:8080"),
        ] {
            assert!(is_host_of(origin.as_bytes(), host.as_bytes()), "{origin} {host}");
        }
    }

    #[test]
    fn another_host_or_port_is_cross_origin() {
        for (origin, host) in [
            ("https://self.example", "self.example:80"),
            ("http://self.example", "self.example:443"),
            ("https://self.example", "self.example:8443"),
            ("https://self.example:8443", "self.example"),
            ("https://self.example", "evil.example"),
            ("https://self.example", "self.example.evil"),
            ("https://self.example", "self.example:443:443"),
            ("https://self.example", "self.example:x"),
            ("https://self.example", "self.example:65536"),
            ("https://[2001:db8::1]", "[2001:db8::2]"),
            ("https://[::1]", "[::1"),
            ("tauri://localhost", "localhost"),
            ("https://", ""),
            ("null", "null"),
            ("", ""),
        ] {
            assert!(!is_host_of(origin.as_bytes(), host.as_bytes()), "{origin} {host}");
        }
    }
}
