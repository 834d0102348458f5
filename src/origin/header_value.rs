//! The grammar of the `Origin` header's value: narrower than URLs in domains, wider in addresses and ports.

/// Checks a host by `serialized-host`; fails with an offset, in bytes.
///
/// <https://fetch.spec.whatwg.org/#serialized-host>
pub(super) fn check_host(host: &[u8]) -> Result<(), usize> {
    match host {
        [b'[', address @ .., b']'] if is_serialized_ipv6(address) => Ok(()),
        [b'[', .., b']'] => Err(0),
        _ => check_serialized_domain(host),
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
