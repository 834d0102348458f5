//! What an answer depends on, and how that is merged into `Vary`.

use super::HeaderName;
use crate::grammar::Elements;

/// The names of the request headers that an answer depends on.
///
/// <https://fetch.spec.whatwg.org/#cors-protocol-and-http-caches>
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct VaryNames {
    own: u8,
    /// OPTIMIZATION: the crate's own names, joined before they are needed.
    line: &'static str,
    more: &'static [HeaderName<'static>],
}

/// The names that the crate itself reads, each a bit.
const OWN: [HeaderName<'static>; 5] = [
    HeaderName::ACCESS_CONTROL_REQUEST_METHOD,
    HeaderName::ORIGIN,
    HeaderName::ACCESS_CONTROL_REQUEST_HEADERS,
    HeaderName::ACCESS_CONTROL_REQUEST_PRIVATE_NETWORK,
    HeaderName::SEC_FETCH_SITE,
];

impl VaryNames {
    pub(crate) const NONE: Self = VaryNames::new(0);
    pub(crate) const REQUEST_METHOD: u8 = 1;
    pub(crate) const ORIGIN: u8 = 1 << 1;
    pub(crate) const REQUEST_HEADERS: u8 = 1 << 2;
    pub(crate) const REQUEST_PRIVATE_NETWORK: u8 = 1 << 3;
    pub(crate) const SEC_FETCH_SITE: u8 = 1 << 4;

    pub(crate) const fn new(own: u8) -> Self {
        VaryNames { own, line: line(own), more: &[] }
    }

    pub(crate) const fn and(self, more: &'static [HeaderName<'static>]) -> Self {
        VaryNames { more, ..self }
    }

    /// Whether the answer is the same for every request.
    pub const fn is_empty(self) -> bool {
        self.own == 0 && self.more.is_empty()
    }

    /// The names, each once if the policy's predicate names none of the crate's own.
    pub fn iter(self) -> impl Iterator<Item = HeaderName<'static>> + Clone {
        let own = OWN.iter().enumerate().filter(move |(bit, _)| self.own & 1 << bit != 0).map(|(_, name)| *name);
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

    /// All the names as one value, if that is at hand.
    pub(crate) const fn as_line(self) -> Option<&'static str> {
        if self.more.is_empty() && !self.line.is_empty() { Some(self.line) } else { None }
    }
}

/// The names of a set, joined; nothing for a set that no policy has.
const fn line(own: u8) -> &'static str {
    macro_rules! lines {
        ($($site:literal)?) => {
            match own & !VaryNames::SEC_FETCH_SITE {
                0b0010 => concat!("origin" $(, $site)?),
                0b0011 => concat!("access-control-request-method, origin" $(, $site)?),
                0b0110 => concat!("origin, access-control-request-headers" $(, $site)?),
                0b0111 => concat!("access-control-request-method, origin, access-control-request-headers" $(, $site)?),
                0b1010 => concat!("origin, access-control-request-private-network" $(, $site)?),
                0b1011 => concat!("access-control-request-method, origin, access-control-request-private-network" $(, $site)?),
                0b1110 => concat!("origin, access-control-request-headers, access-control-request-private-network" $(, $site)?),
                0b1111 => concat!(
                    "access-control-request-method, origin, access-control-request-headers, ",
                    "access-control-request-private-network" $(, $site)?
                ),
                _ => "",
            }
        };
    }
    if own & VaryNames::SEC_FETCH_SITE == 0 { lines!() } else { lines!(", sec-fetch-site") }
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
        for own in 0..32 {
            let names = VaryNames::new(own);
            let joined: Vec<_> = names.iter().map(HeaderName::as_str).collect();
            let has_origin = own & VaryNames::ORIGIN != 0;
            assert_eq!(names.as_line(), has_origin.then_some(&*joined.join(", ")));
        }
        assert!(VaryNames::NONE.is_empty());
    }

    #[test]
    fn what_is_there_is_not_missing() {
        let missing = |own, lines: &[&'static str]| -> Vec<String> {
            let lines = lines.iter().map(|line| line.as_bytes());
            VaryNames::new(own).missing_from(lines).map(|name| name.as_str().into()).collect()
        };
        assert_eq!(missing(2, &[]), ["origin"]);
        assert_eq!(missing(2, &["Accept, ORIGIN"]), [""; 0]);
        assert_eq!(missing(2, &["x-origin", "accept"]), ["origin"]);
        assert_eq!(missing(6, &["accept", "cookie , ,Origin"]), ["access-control-request-headers"]);
        assert_eq!(missing(7, &["accept, *"]), [""; 0]);
    }
}
