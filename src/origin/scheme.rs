//! Schemes, and their default ports.

/// The offset of the first byte that a serialized scheme cannot have.
///
/// <https://fetch.spec.whatwg.org/#serialized-scheme>
pub(crate) const fn check_scheme(scheme: &[u8]) -> Result<(), usize> {
    let mut rest = scheme;
    while let [byte, tail @ ..] = rest {
        let offset = scheme.len() - rest.len();
        match *byte {
            b'a'..=b'z' => {}
            b'0'..=b'9' | b'+' | b'-' | b'.' if offset > 0 => {}
            _ => return Err(offset),
        }
        rest = tail;
    }
    if scheme.is_empty() { Err(0) } else { Ok(()) }
}

/// Whether a URL of this scheme has a host that the URL parser reads as a domain or as an address.
///
/// <https://url.spec.whatwg.org/#special-scheme>
pub(crate) const fn is_special(scheme: &[u8]) -> bool {
    matches!(scheme, b"http" | b"https" | b"ws" | b"wss" | b"ftp" | b"file")
}

/// The port that is never written with this scheme.
///
/// <https://url.spec.whatwg.org/#default-port>
pub(crate) const fn default_port(scheme: &[u8]) -> Option<u16> {
    match scheme {
        b"http" | b"ws" => Some(80),
        b"https" | b"wss" => Some(443),
        b"ftp" => Some(21),
        _ => None,
    }
}
