//! The origins and patterns of the server half, in the plainest code: no index, no offsets, many allocations.

/// Whether a URL parser reads the last label as a number. Then the whole host must be an IPv4 address.
///
/// <https://url.spec.whatwg.org/#ends-in-a-number-checker>
pub(crate) fn ends_in_a_number(host: &str) -> bool {
    let labels = host.strip_suffix('.').unwrap_or(host);
    let last = labels.rsplit('.').next().unwrap();
    let hex = |digits: &str| digits.chars().all(|c| c.is_ascii_hexdigit());
    !last.is_empty() && (last.chars().all(|c| c.is_ascii_digit()) || last.strip_prefix("0x").is_some_and(hex))
}

pub(crate) fn is_special(scheme: &str) -> bool {
    ["http", "https", "ws", "wss", "ftp", "file"].contains(&scheme)
}

/// Whether a URL serializer can write this domain. A `*` is rejected, because it is a wildcard here.
fn is_domain(host: &str, scheme: &str) -> bool {
    let allowed = |c: char| c.is_ascii_graphic() && !"#%/:<>?@[\\]^|*".contains(c);
    let in_case = !is_special(scheme) || !host.chars().any(|c| c.is_ascii_uppercase());
    let ipv4 = || host.parse::<std::net::Ipv4Addr>().is_ok_and(|address| address.to_string() == host);
    !host.is_empty() && host.chars().all(allowed) && in_case && (!ends_in_a_number(host) || ipv4())
}

/// The address as the URL standard serializes it.
fn ipv6(address: &str) -> Option<String> {
    if address.contains('.') {
        return None;
    }
    let groups = address.parse::<std::net::Ipv6Addr>().ok()?.segments();
    let mut best = 0..0;
    for start in 0..8 {
        let length = groups[start..].iter().take_while(|group| **group == 0).count();
        if length > best.len() && length > 1 {
            best = start..start + length;
        }
    }
    let join = |groups: &[u16]| groups.iter().map(|group| format!("{group:x}")).collect::<Vec<_>>().join(":");
    Some(if best.is_empty() {
        join(&groups)
    } else {
        format!("{}::{}", join(&groups[..best.start]), join(&groups[best.end..]))
    })
}

/// Scheme, host and port of a well-formed origin.
pub fn parts(origin: &str) -> Option<(String, String, String)> {
    let (scheme, authority) = origin.split_once("://")?;
    let rest = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "+-.".contains(c);
    let good_scheme = scheme.starts_with(|c: char| c.is_ascii_lowercase()) && scheme.chars().all(rest);
    let (host, port) = match authority.rsplit_once(':') {
        Some((host, port)) if !port.contains(']') => (host, Some(port)),
        _ => (authority, None),
    };
    let good_host = match host.strip_prefix('[').and_then(|host| host.strip_suffix(']')) {
        Some(address) => ipv6(address).is_some_and(|canonical| canonical == address),
        None => is_domain(host, scheme),
    };
    let default = match scheme {
        "http" | "ws" => 80,
        "https" | "wss" => 443,
        "ftp" => 21,
        _ => -1,
    };
    let good_port = port.is_none_or(|port| {
        port.parse::<u16>().is_ok_and(|number| number.to_string() == port && i32::from(number) != default)
    });
    let good = good_scheme && scheme.len() <= 64 && scheme != "file" && good_host && good_port && origin.len() <= 326;
    good.then(|| (scheme.into(), host.into(), port.unwrap_or_default().into()))
}

/// Whether the valid pattern `pattern` matches `origin`.
pub fn matches(pattern: &str, origin: &str) -> bool {
    match pattern {
        "*" => return origin == "null" || origin == "file://" || parts(origin).is_some(),
        "null" | "file://" => return origin == pattern,
        _ => {}
    }
    let Some((scheme, host, port)) = parts(origin) else { return false };
    let (own_scheme, authority) = pattern.split_once("://").unwrap();
    let (own_host, own_port) = match authority.rsplit_once(':') {
        Some((host, port)) if !port.contains(']') => (host, port),
        _ => (authority, ""),
    };
    // The scheme decides whether upper-case letters are allowed.
    let labels = |part: &str| part.split('.').all(|label| !label.is_empty());
    let host_matches = match own_host.split_once('*') {
        Some(("", "")) => true,
        // One or more labels in place of the `*`.
        Some(("", parent)) if parent.starts_with('.') => host.strip_suffix(parent).is_some_and(labels),
        // A part of one label in place of the `*`.
        Some((before, after)) => {
            let middle = host.strip_prefix(before).and_then(|rest| rest.strip_suffix(after));
            middle.is_some_and(|middle| labels(middle) && !middle.contains('.'))
        }
        None => host == own_host,
    };
    scheme == own_scheme && host_matches && (own_port == "*" || port == own_port)
}
