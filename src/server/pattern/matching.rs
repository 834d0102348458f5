//! Whether a pattern matches an origin.

use super::{Hosts, ORIGIN_LIMIT, Ports, Tuple, host, is_origin};
use crate::{
    grammar::const_bytes as bytes,
    origin::{find_host_end, parse_port},
};

/// Whether a value is an origin that a browser may send, and ends in this host.
pub(in crate::server) type EndsInHost = fn(&[u8], &[u8]) -> bool;

pub(in crate::server) fn ends_in_host(origin: &[u8], host: &[u8]) -> bool {
    find_host_end(host) == host.len() && is_origin(origin)
}

impl Tuple {
    /// Whether the pattern with the text `written` matches `origin`.
    // OPTIMIZATION: only patterns for every host point to `ends_in_host`, so other programs do not link it. No other pattern
    // calls it.
    #[inline(always)]
    pub(in crate::server) fn matches(self, written: &[u8], origin: &[u8], ends_in_host: EndsInHost) -> bool {
        match (self.hosts, self.ports) {
            // A pattern without a wildcard is a well-formed origin, so an equal value is one too.
            (Hosts::One, Ports::One) => written == origin,
            _ => self.matches_wildcard(written, origin, ends_in_host),
        }
    }

    // OPTIMIZATION: the written ends are compared first, and are short. What the wildcard matches is checked byte by byte only
    // where they are equal, so most origins cost two comparisons. The order of checks does not change the result.
    #[inline(never)]
    fn matches_wildcard(self, written: &[u8], origin: &[u8], ends_in_host: EndsInHost) -> bool {
        if origin.len() > ORIGIN_LIMIT {
            return false;
        }
        let (before_host, after_wildcard) = bytes::split_at(written, self.host_start.into());
        let before_host_of_origin = match self.ports {
            Ports::One => origin.strip_suffix(after_wildcard),
            Ports::Any => {
                let host_end = usize::from(self.host_end.saturating_sub(self.host_start));
                let host = bytes::split_at(after_wildcard, host_end).0;
                self.without_port(origin).and_then(|rest| rest.strip_suffix(host))
            }
        };
        let before_wildcard = before_host.strip_suffix(b"*").unwrap_or(before_host);
        let by_wildcard = before_host_of_origin.and_then(|rest| rest.strip_prefix(before_wildcard));
        by_wildcard.is_some_and(|part| match self.hosts {
            Hosts::One => part.is_empty(),
            Hosts::Subdomains => host::are_labels(part, self.keeps_case),
            Hosts::Label => host::is_part_of_label(part, self.keeps_case),
            Hosts::Any => ends_in_host(origin, part),
        })
    }

    /// An origin without its port; `None` if a browser does not send that port with the scheme.
    fn without_port(self, origin: &[u8]) -> Option<&[u8]> {
        // A port has five digits at most.
        let mut rest = origin;
        for _ in 0..=5 {
            match rest {
                [before @ .., b':'] => {
                    let port = parse_port(bytes::split_at(origin, rest.len()).1).ok()?;
                    return (port != self.default_port || port == 0).then_some(before);
                }
                [before @ .., b'0'..=b'9'] => rest = before,
                _ => break,
            }
        }
        Some(origin)
    }
}
