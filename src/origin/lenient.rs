//! Splits a text that was meant as an origin into its parts, without failing, so that all its faults can be reported.

use super::{
    around::Around,
    parse::{find_host_end, find_scheme_end},
};
use crate::grammar::const_bytes as bytes;

/// The pieces of a text, as offsets.
#[derive(Clone, Copy)]
pub(crate) struct Pieces {
    /// The start, after blanks and quotes.
    pub(crate) start: usize,
    /// The end of the scheme, if `://` follows.
    pub(crate) scheme_end: Option<usize>,
    /// The `@` after a user name.
    #[cfg(feature = "server")]
    pub(crate) userinfo_end: Option<usize>,
    pub(crate) host_start: usize,
    pub(crate) host_end: usize,
    /// The end of host and port, where a path may start.
    pub(crate) authority_end: usize,
    /// The end, before blanks and quotes.
    pub(crate) end: usize,
    /// Whether the host is an IPv6 address without its brackets.
    pub(crate) lacks_brackets: bool,
}

impl Pieces {
    pub(crate) const fn of(text: &[u8]) -> Self {
        let mut start = 0;
        let mut trimmed = text;
        while let Some((_, length)) = Around::at_start(trimmed) {
            start += length;
            trimmed = bytes::split_at(trimmed, length).1;
        }
        while let Some((_, length)) = Around::at_end(trimmed) {
            trimmed = bytes::split_at(trimmed, trimmed.len() - length).0;
        }
        let end = start + trimmed.len();
        let scheme_end = find_scheme_end(trimmed);
        let after_scheme = match scheme_end {
            Some(length) => length + "://".len(),
            None => skip_broken_scheme(trimmed),
        };
        let rest = bytes::split_at(trimmed, after_scheme).1;
        let length = find_path(rest);
        let authority = bytes::split_at(rest, length).0;
        let authority_start = start + after_scheme;
        let at = bytes::find_last(authority, b'@');
        let host_start = match at {
            Some(at) => authority_start + at + 1,
            None => authority_start,
        };
        let host_and_port = bytes::split_at(authority, host_start - authority_start).1;
        let lacks_brackets = is_bare_ipv6(host_and_port);
        let host_length = match bytes::find(host_and_port, b'[') {
            _ if lacks_brackets => host_and_port.len(),
            // The address may have a wildcard before it, and no port.
            Some(bracket) if bytes::find(bytes::split_at(host_and_port, bracket).0, b':').is_none() => {
                bracket + find_host_end(bytes::split_at(host_and_port, bracket).1)
            }
            _ => find_host_end(host_and_port),
        };
        Pieces {
            start,
            scheme_end: match scheme_end {
                Some(length) => Some(start + length),
                None => None,
            },
            #[cfg(feature = "server")]
            userinfo_end: match at {
                Some(_) => Some(host_start - 1),
                None => None,
            },
            host_start,
            host_end: host_start + host_length,
            authority_end: authority_start + length,
            end,
            lacks_brackets,
        }
    }
}

/// The length of a text that was meant as a scheme and `://`.
const fn skip_broken_scheme(text: &[u8]) -> usize {
    match text {
        [b'h', b't', b't', b'p', b':', b'\\', b'\\', ..] => 7,
        [b'h', b't', b't', b'p', b's', b':', b'\\', b'\\', ..] => 8,
        [b'h', b't', b't', b'p', b':' | b'/', b'/', ..] => 6,
        [b'h', b't', b't', b'p', b's', b':' | b'/', b'/', ..] => 7,
        [b'h', b't', b't', b'p', b':', ..] => 5,
        [b'h', b't', b't', b'p', b's', b':', ..] => 6,
        [b':', b'/', b'/', ..] => 3,
        [b'/', b'/', ..] => 2,
        _ => 0,
    }
}

const fn find_path(text: &[u8]) -> usize {
    let mut rest = text;
    while let [byte, tail @ ..] = rest {
        if matches!(*byte, b'/' | b'?' | b'#' | b'\\') {
            break;
        }
        rest = tail;
    }
    text.len() - rest.len()
}

/// Whether the text has two colons, and only characters of an IPv6 address.
const fn is_bare_ipv6(text: &[u8]) -> bool {
    let mut colons = 0;
    let mut rest = text;
    while let [byte, tail @ ..] = rest {
        match *byte {
            b':' => colons += 1,
            b'0'..=b'9' | b'a'..=b'f' | b'A'..=b'F' => {}
            _ => return false,
        }
        rest = tail;
    }
    colons > 1
}
