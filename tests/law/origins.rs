//! Which origins a pattern means, as plainly as it can be written: no index, no offsets, much allocating. And such patterns and
//! origins, drawn.

use super::dice::Dice;

fn is_label(label: &str) -> bool {
    let allowed = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-' || c == '_';
    !label.is_empty()
        && label.len() <= 63
        && label.chars().all(allowed)
        && !label.starts_with('-')
        && !label.ends_with('-')
}

fn is_domain(host: &str) -> bool {
    host.len() <= 253 && host.split('.').all(is_label)
}

/// The form that the URL standard's serializer gives an address.
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
pub(crate) fn parts(origin: &str) -> Option<(String, String, String)> {
    let (scheme, authority) = origin.split_once("://")?;
    let rest = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "+-.".contains(c);
    let good_scheme = scheme.starts_with(|c: char| c.is_ascii_lowercase()) && scheme.chars().all(rest);
    let (host, port) = match authority.rsplit_once(':') {
        Some((host, port)) if !port.contains(']') => (host, Some(port)),
        _ => (authority, None),
    };
    let good_host = match host.strip_prefix('[').and_then(|host| host.strip_suffix(']')) {
        Some(address) => ipv6(address).is_some_and(|canonical| canonical == address),
        None => is_domain(host),
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

/// Whether `origin` is one that `pattern`, a valid one, stands for.
pub(crate) fn matches(pattern: &str, origin: &str) -> bool {
    match pattern {
        "*" => return origin == "null" || parts(origin).is_some(),
        "null" => return origin == "null",
        _ => {}
    }
    let Some((scheme, host, port)) = parts(origin) else { return false };
    let (own_scheme, authority) = pattern.split_once("://").unwrap();
    let (own_host, own_port) = match authority.rsplit_once(':') {
        Some((host, port)) if !port.contains(']') => (host, port),
        _ => (authority, ""),
    };
    let host_matches = match own_host.strip_prefix("*.") {
        // One or more labels before it.
        Some(parent) => host.split('.').count() > parent.split('.').count() && host.ends_with(&format!(".{parent}")),
        None => host == own_host,
    };
    scheme == own_scheme && host_matches && (own_port == "*" || port == own_port)
}

impl Dice {
    /// A host: a name, or now and then an address.
    pub(crate) fn host(&mut self) -> String {
        if self.roll(8) == 0 {
            return self.pick(&["127.0.0.1", "[::1]", "[2001:db8::1]", "localhost", "10.0.0.2"]).into();
        }
        let labels = ["a", "b", "example", "com", "evil", "co", "uk", "a-b", "a_b", "xn--bcher-kva"];
        let mut host: Vec<&str> = (0..=self.roll(3)).map(|_| self.pick(&labels)).collect();
        host.push(self.pick(&["com", "example", "net"]));
        host.join(".")
    }

    /// A valid pattern.
    pub(crate) fn pattern(&mut self) -> String {
        let scheme = self.pick(&["https", "https", "http", "tauri", "chrome-extension"]);
        let host = self.host();
        let address = host.starts_with(|c: char| c.is_ascii_digit() || c == '[');
        let wildcard = if self.roll(2) == 0 && !address { "*." } else { "" };
        let port = self.pick(&["", "", "", ":8080", ":3000", ":*"]);
        format!("{scheme}://{wildcard}{host}{port}")
    }

    /// An origin that is, or is nearly, one of this pattern's.
    pub(crate) fn origin_near(&mut self, pattern: &str) -> String {
        let label =
            self.pick(&["a.", "a.b.", "", "evil", "-.", "..", "A.", "x_y.", "\u{fc}.", "a b.", "u@", "a/", "www."]);
        let port = self.pick(&["", ":1", ":65535", ":65536", ":080", ":443", ":80", ":8080", ":x", ":"]);
        let mut origin = pattern.replacen("*.", label, 1).replacen(":*", port, 1);
        match self.roll(14) {
            0 => origin.push_str(".evil.net"),
            1 => origin.push('.'),
            2 => origin.push('/'),
            3 => origin = origin.to_uppercase(),
            4 => origin.push_str(port),
            5 => origin = origin.replacen("://", "://evil", 1),
            6 => origin = origin.replacen("https", "http", 1),
            7 => drop(origin.pop()),
            8 => origin = origin.replacen("://", "://user:pass@", 1),
            9 if origin.is_ascii() => origin.insert(self.roll(origin.len() + 1).min(12), 'x'),
            10 => origin = origin.replacen("://", &format!("://{}.", "a".repeat(self.roll(300))), 1),
            _ => {}
        }
        origin
    }
}
