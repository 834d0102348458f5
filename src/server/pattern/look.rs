//! A first look at an origin, before it is compared with a pattern.

use super::{Hosts, Ports, Shape, Tuple};
use crate::server::ascii::split_at;

/// Eight to sixteen bytes that all origins of a pattern have at one place.
///
/// OPTIMIZATION: they tell most origins apart, at the cost of a comparison or two.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::server) struct Look {
    first: u64,
    /// How far before the end of an origin these stand, in bytes; 0 if they stand [`Look::SCHEME`] bytes after its start.
    from_end: u16,
    second: u64,
    /// How far after the first these stand.
    step: u8,
}

impl Look {
    /// What stands nowhere, so that no origin is told apart.
    const NOTHING: Self = Look { first: 0, second: 0, step: 0, from_end: u16::MAX };

    /// The bytes of the shortest scheme and `://`; the host, and with it what origins have in common, ends later.
    const SCHEME: usize = 4;

    pub(super) const fn of(shape: Shape, text: &[u8]) -> Self {
        match shape {
            Shape::Tuple(Tuple { hosts: Hosts::One, ports: Ports::One, .. }) => {
                let from_end = if text.len() < 16 { text.len() } else { 16 };
                Look::at(split_at(text, text.len() - from_end).1, from_end)
            }
            Shape::Tuple(Tuple { hosts: Hosts::Subdomains, ports: Ports::One, host_start, .. }) => {
                let suffix = split_at(text, host_start as usize).1;
                Look::at(suffix, suffix.len())
            }
            Shape::Tuple(Tuple { hosts: Hosts::One, ports: Ports::Any, host_end, .. }) => {
                Look::at(split_at(split_at(text, host_end as usize).0, Look::SCHEME).1, 0)
            }
            _ => Look::NOTHING,
        }
    }

    /// The first bytes of `fixed`, which stands there.
    #[allow(clippy::cast_possible_truncation, reason = "a pattern has fewer bytes")]
    const fn at(fixed: &[u8], from_end: usize) -> Self {
        let step = if fixed.len() < 16 { fixed.len().saturating_sub(8) } else { 8 };
        match (fixed.first_chunk(), split_at(fixed, step).1.first_chunk()) {
            (Some(first), Some(second)) => Look {
                first: u64::from_ne_bytes(*first),
                second: u64::from_ne_bytes(*second),
                step: step as u8,
                from_end: from_end as u16,
            },
            _ => Look::NOTHING,
        }
    }

    /// Whether `origin` has these bytes there; or the pattern has no such bytes.
    #[inline(always)]
    pub(in crate::server) fn resembles(self, origin: &[u8]) -> bool {
        let start = match self.from_end {
            0 => Look::SCHEME,
            from_end => origin.len().wrapping_sub(from_end.into()),
        };
        match word_at(origin, start) {
            Some(first) => first == self.first && word_at(origin, start + usize::from(self.step)) == Some(self.second),
            None => self.from_end == Look::NOTHING.from_end,
        }
    }
}

#[inline(always)]
fn word_at(text: &[u8], place: usize) -> Option<u64> {
    text.get(place..)?.first_chunk().copied().map(u64::from_ne_bytes)
}

#[cfg(test)]
mod tests {
    use crate::server::OriginPattern;

    #[test]
    fn the_origins_of_a_pattern_resemble_it_and_few_others_do() {
        let cases: [(&str, &[&str], &[&str]); 9] = [
            (
                "https://app.example",
                &["https://app.example"],
                &["https://api.example", "https://app.example:1", "https:"],
            ),
            ("a://b.test", &["a://b.test"], &["a://c.test", "b://b.test", "a://b.tesu"]),
            ("null", &["null", "https://app.example"], &[]),
            (
                "https://*.app.example",
                &["https://a.app.example", "https://a.b.app.example", ".app.example"],
                &["https://a.app.examplf", "https://a.bpp.example", "https://app.example:1", "app.example", ""],
            ),
            (
                "https://*.tenant-000001.example",
                &["https://a.tenant-000001.example"],
                &["https://a.tenant-000002.example"],
            ),
            ("https://*.ab.test", &["https://x.ab.test"], &["https://x.bb.test", "https://x.ab.tesu"]),
            (
                "http://localhost:*",
                &["http://localhost", "http://localhost:1", "http://localhost:65535"],
                &["http://localhosu", "http://lacalhost:1", "http://local"],
            ),
            // These have fewer than eight bytes of their own, or may stand anywhere.
            ("https://*.a.b", &["https://x.a.b", "https://x.c.d", ""], &[]),
            ("https://*.app.example:*", &["https://x.app.example:1", "https://x.c.d"], &[]),
        ];
        for (pattern, resembling, others) in cases {
            let look = OriginPattern::new(pattern).look;
            for origin in resembling {
                assert!(look.resembles(origin.as_bytes()), "{pattern} {origin}");
            }
            for origin in others {
                assert!(!look.resembles(origin.as_bytes()), "{pattern} {origin}");
            }
        }
    }
}
