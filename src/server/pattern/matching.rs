//! Whether an origin is one of a pattern's.

use super::{Hosts, ORIGIN_LIMIT, Ports, Tuple};
use crate::server::{ascii, host};

impl Tuple {
    /// Whether `origin` is one of those of the pattern whose text is `written`.
    #[inline(always)]
    pub(in crate::server) fn matches(self, written: &[u8], origin: &[u8]) -> bool {
        match (self.hosts, self.ports) {
            // A pattern without wildcard is a well-formed origin, so what equals it is one.
            (Hosts::One, Ports::One) => written == origin,
            _ => self.matches_wildcard(written, origin),
        }
    }

    /// OPTIMIZATION: what is written around the wildcard is compared before what the wildcard stands for is looked at.
    #[inline(never)]
    fn matches_wildcard(self, written: &[u8], origin: &[u8]) -> bool {
        if origin.len() > ORIGIN_LIMIT {
            return false;
        }
        let before_port = ascii::split_at(written, self.host_end.into()).0;
        let (before_host, host) = ascii::split_at(before_port, self.host_start.into());
        let scheme = ascii::split_at(written, self.scheme_end.into()).0;
        let before_host_of_origin = match (self.hosts, self.ports) {
            (Hosts::Subdomains, Ports::One) => origin.strip_suffix(self.after_wildcard(written)),
            (Hosts::Subdomains, Ports::Any) => without_port(origin, scheme).and_then(|rest| rest.strip_suffix(host)),
            (Hosts::One, _) => return without_port(origin, scheme) == Some(before_port),
        };
        let before_wildcard = before_host.strip_suffix(b"*").unwrap_or(before_host);
        before_host_of_origin
            .and_then(|rest| rest.strip_prefix(before_wildcard))
            .is_some_and(|labels| labels.len() + host.len() <= host::DOMAIN_LIMIT && host::check_domain(labels).is_ok())
    }

    /// All that follows the `*`.
    fn after_wildcard(self, written: &[u8]) -> &[u8] {
        written.get(self.host_start.into()..).unwrap_or_default()
    }
}

/// What stands before the port of an origin, if that is one that an origin with this scheme has, or none.
fn without_port<'o>(origin: &'o [u8], scheme: &[u8]) -> Option<&'o [u8]> {
    // A port has five digits at most.
    let mut rest = origin;
    for _ in 0..=5 {
        match rest {
            [before @ .., b':'] => {
                let port = origin.get(rest.len()..).unwrap_or_default();
                let own = host::check_port(port).is_ok_and(|port| host::default_port(scheme) != Some(port));
                return own.then_some(before);
            }
            [before @ .., b'0'..=b'9'] => rest = before,
            _ => break,
        }
    }
    Some(origin)
}
