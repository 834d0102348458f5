//! The grammar of the `Origin` header's value: narrower than URLs in domains, wider in addresses and ports.

use super::host::Host;

/// Checks a host by `serialized-host`; fails with an offset, in bytes.
///
/// <https://fetch.spec.whatwg.org/#serialized-host>
pub(super) fn check_host(host: &[u8]) -> Result<(), usize> {
    match host {
        [b'[', ..] => Host::parse(host, b"").map(|_| ()).map_err(|_| 0),
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
