//! Whether one pattern matches all that another matches.

use super::{Hosts, OriginPattern, Ports, Shape, host};
use crate::grammar::const_bytes as bytes;

impl<'a> OriginPattern<'a> {
    /// Whether this pattern matches every origin that `other` matches.
    pub(in crate::server) fn covers(self, other: OriginPattern<'_>) -> bool {
        let (Shape::Tuple(own), Shape::Tuple(others)) = (self.shape, other.shape) else {
            return matches!(self.shape, Shape::Any) || self.shape == other.shape && self.fault().is_none();
        };
        let ports = own.ports == Ports::Any || own.ports == others.ports && self.port() == other.port();
        ports && self.scheme() == other.scheme() && self.covers_hosts(other)
    }

    /// Whether this pattern matches every host that `other` matches; schemes and ports are not compared.
    pub(in crate::server) fn covers_hosts(self, other: OriginPattern<'_>) -> bool {
        let (Shape::Tuple(own), Shape::Tuple(others)) = (self.shape, other.shape) else {
            return matches!(self.shape, Shape::Any);
        };
        let (prefix, suffix) = (other.literal_prefix(), other.literal_suffix());
        match (own.hosts, others.hosts) {
            (Hosts::Any, _) => true,
            (Hosts::One, _) => own.hosts == others.hosts && self.literal_suffix() == suffix,
            // `*.a.b` is within `*.b`, and `*.b` within itself; `b` is not, because no dot is before it.
            (Hosts::Subdomains, Hosts::Any) => false,
            (Hosts::Subdomains, _) => suffix.ends_with(self.literal_suffix()),
            (Hosts::Label, Hosts::One) => {
                let part = suffix.strip_prefix(self.literal_prefix());
                let part = part.and_then(|part| part.strip_suffix(self.literal_suffix()));
                part.is_some_and(|part| host::is_part_of_label(part, own.keeps_case))
            }
            (Hosts::Label, Hosts::Label) => {
                // The part that only the other pattern writes must be within the same label.
                let beyond = suffix.strip_suffix(self.literal_suffix());
                prefix.starts_with(self.literal_prefix()) && beyond.is_some_and(|beyond| !beyond.contains(&b'.'))
            }
            (Hosts::Label, _) => false,
        }
    }

    /// The port with its colon, `:*` for any; empty if none is written.
    pub(in crate::server) fn port(self) -> &'a [u8] {
        let Shape::Tuple(tuple) = self.shape else { return b"" };
        bytes::split_at(self.text.as_bytes(), tuple.host_end as usize).1
    }

    /// The written part of the host before its `*`; empty if the host has no `*`.
    fn literal_prefix(self) -> &'a [u8] {
        let Shape::Tuple(tuple) = self.shape else { return b"" };
        let before = bytes::split_at(self.text.as_bytes(), tuple.host_start as usize).0;
        match bytes::split_at(before, tuple.scheme_end as usize + "://".len()).1 {
            [prefix @ .., b'*'] => prefix,
            _ => b"",
        }
    }
}
