//! The grammar of an origin's parts: scheme, host, default port.

#[derive(Clone, Copy)]
pub(super) enum Rules {
    Url,
    OriginHeader,
}

/// <https://url.spec.whatwg.org/#default-port>
pub(super) fn default_port(scheme: &str) -> Option<&'static str> {
    match scheme {
        "http" | "ws" => Some("80"),
        "https" | "wss" => Some("443"),
        "ftp" => Some("21"),
        _ => None,
    }
}

/// `serialized-scheme`; fails with an offset, in bytes.
///
/// <https://fetch.spec.whatwg.org/#serialized-scheme>
pub(crate) fn check_scheme(scheme: &[u8]) -> Result<(), usize> {
    if !scheme.first().is_some_and(u8::is_ascii_lowercase) {
        return Err(0);
    }
    let allowed = |byte: &u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'+' | b'-' | b'.');
    scheme.iter().position(|byte| !allowed(byte)).map_or(Ok(()), Err)
}

pub(super) fn check_host(host: &[u8], rules: Rules) -> Result<(), usize> {
    if let [b'[', address @ .., b']'] = host {
        return if is_serialized_ipv6(address) { Ok(()) } else { Err(0) };
    }
    match rules {
        Rules::Url => check_url_host(host),
        Rules::OriginHeader => check_serialized_domain(host),
    }
}

/// Neither an upper-case letter nor a forbidden domain code point; what ends in a number is an IPv4 address.
///
/// <https://url.spec.whatwg.org/#concept-host-parser>
fn check_url_host(host: &[u8]) -> Result<(), usize> {
    let allowed =
        |byte: &u8| byte.is_ascii_graphic() && !byte.is_ascii_uppercase() && !b"#/:<>?@[\\]^|%".contains(byte);
    if let Some(offset) = host.iter().position(|byte| !allowed(byte)) {
        return Err(offset);
    }
    match host {
        [] => Err(0),
        _ if ends_in_a_number(host) && !is_serialized_ipv4(host) => Err(0),
        _ => Ok(()),
    }
}

/// <https://url.spec.whatwg.org/#ends-in-a-number-checker>
fn ends_in_a_number(host: &[u8]) -> bool {
    let host = host.strip_suffix(b".").unwrap_or(host);
    let last = host.rsplit(|byte| *byte == b'.').next().unwrap_or_default();
    match last {
        [] => false,
        [b'0', b'x', hex @ ..] if hex.iter().all(u8::is_ascii_hexdigit) => true,
        digits => digits.iter().all(u8::is_ascii_digit),
    }
}

/// `serialized-domain`, of which `serialized-ipv4` is a part.
///
/// <https://fetch.spec.whatwg.org/#serialized-domain>
fn check_serialized_domain(host: &[u8]) -> Result<(), usize> {
    let mut offset = 0;
    for label in host.split(|byte| *byte == b'.') {
        let alphanumeric = |byte: &u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9');
        if let Some(bad) = label.iter().position(|byte| !alphanumeric(byte) && *byte != b'-') {
            return Err(offset + bad);
        }
        if !label.first().is_some_and(alphanumeric) {
            return Err(offset);
        }
        if !label.last().is_some_and(alphanumeric) {
            return Err(offset + label.len() - 1);
        }
        offset += label.len() + 1;
    }
    Ok(())
}

/// <https://fetch.spec.whatwg.org/#serialized-ipv4>
fn is_serialized_ipv4(host: &[u8]) -> bool {
    let dec_octet = |octet: &[u8]| {
        matches!(
            octet,
            [b'0'..=b'9']
                | [b'1'..=b'9', b'0'..=b'9']
                | [b'1', b'0'..=b'9', b'0'..=b'9']
                | [b'2', b'0'..=b'4', b'0'..=b'9']
                | [b'2', b'5', b'0'..=b'5']
        )
    };
    host.split(|byte| *byte == b'.').count() == 4 && host.split(|byte| *byte == b'.').all(dec_octet)
}

/// Eight groups, or a `::` with at most six around it.
///
/// <https://fetch.spec.whatwg.org/#serialized-ipv6>
fn is_serialized_ipv6(address: &[u8]) -> bool {
    /// How many groups stand in `part`, if all are `h16`.
    fn groups(part: &[u8]) -> Option<usize> {
        let hex = |byte: &u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
        let h16 = |group: &[u8]| match group {
            [b'0'] => true,
            [b'1'..=b'9' | b'a'..=b'f', rest @ ..] => rest.len() <= 3 && rest.iter().all(hex),
            _ => false,
        };
        if part.is_empty() {
            return Some(0);
        }
        let mut count = 0;
        for group in part.split(|byte| *byte == b':') {
            if !h16(group) {
                return None;
            }
            count += 1;
        }
        Some(count)
    }
    match address.windows(2).position(|pair| pair == b"::") {
        None => groups(address) == Some(8),
        Some(gap) => {
            let (before, after) = (address.get(..gap), address.get(gap + 2..));
            match (before.and_then(groups), after.and_then(groups)) {
                (Some(before), Some(after)) => before + after <= 6,
                _ => false,
            }
        }
    }
}
