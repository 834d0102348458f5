//! Ports, as a URL serializer writes them.

use crate::grammar::const_bytes as bytes;

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum PortReason {
    NotANumber,
    LeadingZero,
    OutOfRange,
}

/// Parses a port without its colon.
///
/// <https://url.spec.whatwg.org/#concept-url-port>
pub(crate) const fn parse_port(port: &[u8]) -> Result<u16, PortReason> {
    if port.is_empty() || !bytes::all_digits(port) {
        return Err(PortReason::NotANumber);
    }
    if port.len() > 1 && matches!(port, [b'0', ..]) {
        return Err(PortReason::LeadingZero);
    }
    let mut value = 0_u32;
    let mut rest = port;
    while let [digit, tail @ ..] = rest {
        value = value * 10 + (*digit - b'0') as u32;
        if value > 65535 {
            return Err(PortReason::OutOfRange);
        }
        rest = tail;
    }
    #[allow(clippy::cast_possible_truncation, reason = "it is below 65536")]
    Ok(value as u16)
}
