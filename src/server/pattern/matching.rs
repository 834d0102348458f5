//! Whether an origin is one of a pattern's.

use super::{Hosts, ORIGIN_LIMIT, Ports, Tuple, host, is_origin};
use crate::{
    grammar::const_bytes as bytes,
    origin::{Host, default_port, parse_port},
};

impl Tuple {
    /// Whether `origin` is one of those of the pattern whose text is `written`.
    #[inline(always)]
    pub(in crate::server) fn matches(self, written: &[u8], origin: &[u8]) -> bool {
        match (self.hosts, self.ports) {
            // A pattern without a wildcard is a well-formed origin, so what equals it is one.
            (Hosts::One, Ports::One) => written == origin,
            _ => self.matches_wildcard(written, origin),
        }
    }

    // OPTIMIZATION: the written ends are compared first, and are short. What the wildcard matches is checked byte by byte only
    // where they are equal, so most origins cost two comparisons. The order of checks does not change the result.
    #[inline(never)]
    fn matches_wildcard(self, written: &[u8], origin: &[u8]) -> bool {
        if origin.len() > ORIGIN_LIMIT {
            return false;
        }
        let before_port = bytes::split_at(written, self.host_end.into()).0;
        let (before_host, host) = bytes::split_at(before_port, self.host_start.into());
        let scheme = bytes::split_at(written, self.scheme_end.into()).0;
        let before_host_of_origin = match (self.hosts, self.ports) {
            (Hosts::One, _) => return without_port(origin, scheme) == Some(before_port),
            (_, Ports::One) => origin.strip_suffix(self.after_wildcard(written)),
            (_, Ports::Any) => without_port(origin, scheme).and_then(|rest| rest.strip_suffix(host)),
        };
        let before_wildcard = before_host.strip_suffix(b"*").unwrap_or(before_host);
        let by_wildcard = before_host_of_origin.and_then(|rest| rest.strip_prefix(before_wildcard));
        by_wildcard.is_some_and(|part| match self.hosts {
            Hosts::One => false,
            Hosts::Subdomains => host::are_labels(part, scheme),
            Hosts::Label => host::is_part_of_label(part, scheme),
            Hosts::Any => Host::parse(part, scheme).is_ok() && is_origin(origin),
        })
    }

    /// All that follows the `*`.
    fn after_wildcard(self, written: &[u8]) -> &[u8] {
        written.get(self.host_start.into()..).unwrap_or_default()
    }
}

/// An origin without its port; `None` if a browser does not send that port with this scheme.
fn without_port<'o>(origin: &'o [u8], scheme: &[u8]) -> Option<&'o [u8]> {
    // A port has five digits at most.
    let mut rest = origin;
    for _ in 0..=5 {
        match rest {
            [before @ .., b':'] => {
                let port = origin.get(rest.len()..).unwrap_or_default();
                let own = parse_port(port).is_ok_and(|port| default_port(scheme) != Some(port));
                return own.then_some(before);
            }
            [before @ .., b'0'..=b'9'] => rest = before,
            _ => break,
        }
    }
    Some(origin)
}
