//! What an answer depends on, and how that is merged into `Vary`.

use core::str;

use super::HeaderName;
use crate::grammar::Elements;

/// The names of the request headers that an answer depends on.
///
/// <https://fetch.spec.whatwg.org/#cors-protocol-and-http-caches>
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct VaryNames {
    /// Those that the crate itself reads, joined.
    own: &'static str,
    /// Those that a predicate reads.
    more: &'static [HeaderName<'static>],
}

impl VaryNames {
    pub(crate) const REQUEST_METHOD: u8 = 1;
    pub(crate) const ORIGIN: u8 = 1 << 1;
    pub(crate) const REQUEST_HEADERS: u8 = 1 << 2;
    pub(crate) const REQUEST_PRIVATE_NETWORK: u8 = 1 << 3;
    pub(crate) const SEC_FETCH_SITE: u8 = 1 << 4;

    /// `Origin`, and the names of these bits, as one value.
    pub(crate) const fn line_of_origin_and(bits: u8) -> &'static str {
        join(bits)
    }

    /// The names of such a value, or none.
    pub(crate) const fn of_line(own: &'static str) -> Self {
        VaryNames { own, more: &[] }
    }

    pub(crate) const fn and(self, more: &'static [HeaderName<'static>]) -> Self {
        VaryNames { more, ..self }
    }

    /// Whether the answer is the same for every request.
    pub const fn is_empty(self) -> bool {
        self.own.is_empty() && self.more.is_empty()
    }

    /// The names, each once if the policy's predicate names none of the crate's own.
    pub fn iter(self) -> impl Iterator<Item = HeaderName<'static>> + Clone {
        let own = Elements::new(self.own.as_bytes()).filter_map(|name| str::from_utf8(name).ok());
        let own = own.map(HeaderName::from_transport);
        own.chain(self.more.iter().copied())
    }

    /// The names that no line of `vary` has yet; none if one of them is `*`.
    ///
    /// <https://httpwg.org/specs/rfc9110.html#field.vary>
    pub fn missing_from<'v>(
        self,
        vary: impl Iterator<Item = &'v [u8]> + Clone,
    ) -> impl Iterator<Item = HeaderName<'static>> {
        self.iter().filter(move |name| !is_named(*name, vary.clone()))
    }

    /// The crate's own names as one value, and the others.
    pub(crate) const fn parts(self) -> (&'static str, &'static [HeaderName<'static>]) {
        (self.own, self.more)
    }

    pub(crate) const fn from_parts(own: &'static str, more: &'static [HeaderName<'static>]) -> Self {
        VaryNames { own, more }
    }

    /// All the names as one value, if that is at hand.
    pub(crate) const fn as_line(self) -> Option<&'static str> {
        if self.more.is_empty() && !self.own.is_empty() { Some(self.own) } else { None }
    }
}

/// The names of a set with `Origin`, in one order, joined when the policy is made.
const fn join(bits: u8) -> &'static str {
    macro_rules! lines {
        ($($last:literal)?) => {
            match bits & 0b1101 {
                0b0000 => concat!("origin" $(, $last)?),
                0b0001 => concat!("access-control-request-method, origin" $(, $last)?),
                0b0100 => concat!("origin, access-control-request-headers" $(, $last)?),
                0b0101 => concat!("access-control-request-method, origin, access-control-request-headers" $(, $last)?),
                0b1000 => concat!("origin, access-control-request-private-network" $(, $last)?),
                0b1001 => concat!(
                    "access-control-request-method, origin, access-control-request-private-network" $(, $last)?
                ),
                0b1100 => concat!(
                    "origin, access-control-request-headers, access-control-request-private-network" $(, $last)?
                ),
                _ => concat!(
                    "access-control-request-method, origin, access-control-request-headers, ",
                    "access-control-request-private-network" $(, $last)?
                ),
            }
        };
    }
    if bits & VaryNames::SEC_FETCH_SITE == 0 { lines!() } else { lines!(", sec-fetch-site") }
}

/// Whether `vary` covers this name.
pub(crate) fn is_named<'v>(name: HeaderName<'_>, vary: impl Iterator<Item = &'v [u8]>) -> bool {
    vary.flat_map(Elements::new).any(|element| element == b"*" || name.matches(element))
}

#[cfg(test)]
mod tests {
    extern crate std;
    use super::*;
    use std::{string::String, vec::Vec};

    #[test]
    fn lines_at_hand_are_the_names_joined() {
        const NAMES: [&str; 5] = [
            "access-control-request-method",
            "origin",
            "access-control-request-headers",
            "access-control-request-private-network",
            "sec-fetch-site",
        ];
        for bits in 0..32 {
            let names = VaryNames::of_line(VaryNames::line_of_origin_and(bits));
            let bits = bits | VaryNames::ORIGIN;
            let of_bits: Vec<&str> = (0..5).filter(|bit| bits & 1 << bit != 0).map(|bit| NAMES[bit]).collect();
            assert!(names.iter().map(HeaderName::as_str).eq(of_bits.iter().copied()));
            assert_eq!(names.as_line(), Some(&*of_bits.join(", ")));
        }
        assert!(VaryNames::of_line("").is_empty());
    }

    #[test]
    fn what_is_there_is_not_missing() {
        let missing = |own, lines: &[&'static str]| -> Vec<String> {
            let lines = lines.iter().map(|line| line.as_bytes());
            VaryNames::of_line(VaryNames::line_of_origin_and(own))
                .missing_from(lines)
                .map(|name| name.as_str().into())
                .collect()
        };
        assert_eq!(missing(2, &[]), ["origin"]);
        assert_eq!(missing(2, &["Accept, ORIGIN"]), [""; 0]);
        assert_eq!(missing(2, &["x-origin", "accept"]), ["origin"]);
        assert_eq!(missing(6, &["accept", "cookie , ,Origin"]), ["access-control-request-headers"]);
        assert_eq!(missing(7, &["accept, *"]), [""; 0]);
    }
}
