//! The one grammar of origins: scheme, host, port. It is `const`, so that policies are checked by it at compile time.

use super::{
    InvalidOrigin, InvalidOriginReason,
    host::{Host, HostReason},
    port::parse_port,
    scheme::{check_scheme, default_port},
    usual::find_usual_scheme_end,
};
use crate::grammar::const_bytes as bytes;

/// The end of the scheme of a text, if `://` follows.
pub(crate) const fn find_scheme_end(text: &[u8]) -> Option<usize> {
    let mut rest = text;
    while let [_, tail @ ..] = rest {
        if let [b':', b'/', b'/', ..] = rest {
            return Some(text.len() - rest.len());
        }
        rest = tail;
    }
    None
}

/// The end of the host in a text of host and port. An IPv6 address contains colons too.
pub(crate) const fn find_host_end(authority: &[u8]) -> usize {
    let end = match authority {
        [b'[', ..] => match bytes::find(authority, b']') {
            Some(bracket) => Some(bracket + 1),
            None => None,
        },
        _ => bytes::find(authority, b':'),
    };
    match end {
        Some(end) => end,
        None => authority.len(),
    }
}

/// Checks a serialized origin other than `null`. Returns the end of its scheme.
///
/// <https://html.spec.whatwg.org/multipage/browsers.html#ascii-serialisation-of-an-origin>
pub(crate) const fn check_tuple(text: &[u8]) -> Result<usize, InvalidOrigin> {
    if let Some(scheme_end) = find_usual_scheme_end(text) {
        return Ok(scheme_end);
    }
    let Some(scheme_end) = find_scheme_end(text) else {
        return Err(InvalidOrigin { reason: InvalidOriginReason::Scheme, offset: 0 });
    };
    let (scheme, rest) = bytes::split_at(text, scheme_end);
    if let Err(offset) = check_scheme(scheme) {
        return Err(InvalidOrigin { reason: InvalidOriginReason::Scheme, offset });
    }
    let authority = bytes::split_at(rest, "://".len()).1;
    match check_authority(scheme, authority) {
        Ok(()) => Ok(scheme_end),
        Err((reason, offset)) => Err(InvalidOrigin { reason, offset: scheme_end + "://".len() + offset }),
    }
}

/// Checks host and port. Fails with an offset in them.
pub(crate) const fn check_authority(scheme: &[u8], authority: &[u8]) -> Result<(), (InvalidOriginReason, usize)> {
    let host_end = find_host_end(authority);
    let (host, port) = bytes::split_at(authority, host_end);
    match Host::parse(host, scheme) {
        Ok(_) => {}
        // A fault of an address is reported at its start.
        Err((HostReason::Ipv4 | HostReason::Ipv6 | HostReason::Ipv6Form | HostReason::Ipv6Zeros, _)) => {
            return Err((InvalidOriginReason::Host, 0));
        }
        Err((_, offset)) => return Err((InvalidOriginReason::Host, offset)),
    }
    let digits = match port {
        [] => return Ok(()),
        [b':', digits @ ..] => digits,
        _ => return Err((InvalidOriginReason::Host, host_end)),
    };
    match (parse_port(digits), default_port(scheme)) {
        (Ok(port), Some(default)) if port == default => Err((InvalidOriginReason::DefaultPort, host_end + 1)),
        (Ok(_), _) => Ok(()),
        (Err(_), _) => Err((InvalidOriginReason::Port, host_end + 1)),
    }
}
