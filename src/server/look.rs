//! A first look at an origin, before it is compared with a pattern.

use super::{
    dots::without_port,
    pattern::{Hosts, OriginPattern, Ports, Shape, Tuple},
};

/// Eight to sixteen bytes that all origins of a pattern have at one place, counted from the start or from the end.
///
/// OPTIMIZATION: they tell most origins apart, at the cost of a comparison or two.
#[derive(Debug)]
pub(super) struct Look {
    bytes: u64,
    start: usize,
    /// All bits where it is counted from the end.
    from_end: usize,
    /// Eight bytes some way further on.
    more: u64,
    step: usize,
}

impl Look {
    /// What stands nowhere, so that no origin is told apart.
    const NOTHING: Self = Look { bytes: 0, start: usize::MAX / 2, from_end: 0, more: 0, step: 0 };

    pub(super) fn of(pattern: OriginPattern<'_>) -> Self {
        let text = pattern.as_str().as_bytes();
        let look = match pattern.shape {
            Shape::Tuple(Tuple { hosts: Hosts::Subdomains, ports: Ports::One, .. }) => {
                let suffix = pattern.after_wildcard();
                Look::at(suffix, suffix.len().wrapping_neg(), usize::MAX)
            }
            // The scheme has four bytes at least.
            Shape::Tuple(Tuple { hosts: Hosts::One, ports: Ports::Any, .. }) => {
                without_port(text).get(4..).and_then(|fixed| Look::at(fixed, 4, 0))
            }
            _ => None,
        };
        look.unwrap_or(Look::NOTHING)
    }

    /// The first bytes of `fixed`, which starts there.
    fn at(fixed: &[u8], start: usize, from_end: usize) -> Option<Self> {
        let step = fixed.len().checked_sub(8)?.min(8);
        Some(Look { bytes: word_at(fixed, 0)?, start, from_end, more: word_at(fixed, step)?, step })
    }

    /// Whether `origin` has these bytes there; or a pattern has no such bytes.
    #[inline(always)]
    pub(super) fn resembles(&self, origin: &[u8]) -> bool {
        let start = self.start.wrapping_add(origin.len() & self.from_end);
        match word_at(origin, start) {
            Some(bytes) => bytes == self.bytes && word_at(origin, start + self.step) == Some(self.more),
            None => self.start == Look::NOTHING.start,
        }
    }
}

#[inline(always)]
fn word_at(text: &[u8], place: usize) -> Option<u64> {
    text.get(place..)?.first_chunk().copied().map(u64::from_ne_bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_origins_of_a_pattern_resemble_it_and_few_others_do() {
        let cases: [(&str, &[&str], &[&str]); 6] = [
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
            let look = Look::of(OriginPattern::new(pattern));
            for origin in resembling {
                assert!(look.resembles(origin.as_bytes()), "{pattern} {origin}");
            }
            for origin in others {
                assert!(!look.resembles(origin.as_bytes()), "{pattern} {origin}");
            }
        }
    }
}
