//! What an answer depends on, and how that is merged into `Vary`.

use super::HeaderName;
use crate::grammar::Elements;

/// The names of the request headers that an answer depends on.
///
/// <https://fetch.spec.whatwg.org/#cors-protocol-and-http-caches>
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct VaryNames {
    own: u8,
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
    pub(crate) const NONE: Self = VaryNames { own: 0, more: &[] };
    pub(crate) const REQUEST_METHOD: u8 = 1;
    pub(crate) const ORIGIN: u8 = 1 << 1;
    pub(crate) const REQUEST_HEADERS: u8 = 1 << 2;
    pub(crate) const REQUEST_PRIVATE_NETWORK: u8 = 1 << 3;
    pub(crate) const SEC_FETCH_SITE: u8 = 1 << 4;

    pub(crate) const fn new(own: u8, more: &'static [HeaderName<'static>]) -> Self {
        VaryNames { own, more }
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
    ///
    /// OPTIMIZATION: the usual sets of names are parts of one text, so they need not be joined.
    pub(crate) const fn as_line(self) -> Option<&'static str> {
        const ORIGIN: &str = "origin";
        const ORIGIN_HEADERS: &str = "origin, access-control-request-headers";
        const METHOD_ORIGIN: &str = "access-control-request-method, origin";
        const METHOD_ORIGIN_HEADERS: &str = "access-control-request-method, origin, access-control-request-headers";
        match (self.own, self.more) {
            (VaryNames::ORIGIN, []) => Some(ORIGIN),
            (6, []) => Some(ORIGIN_HEADERS),
            (3, []) => Some(METHOD_ORIGIN),
            (7, []) => Some(METHOD_ORIGIN_HEADERS),
            _ => None,
        }
    }
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
            let names = VaryNames::new(own, &[]);
            let joined: Vec<_> = names.iter().map(HeaderName::as_str).collect();
            if let Some(line) = names.as_line() {
                assert_eq!(line, joined.join(", "));
            }
        }
        assert!(VaryNames::NONE.is_empty());
    }

    #[test]
    fn what_is_there_is_not_missing() {
        let missing = |own, lines: &[&'static str]| -> Vec<String> {
            let lines = lines.iter().map(|line| line.as_bytes());
            VaryNames::new(own, &[]).missing_from(lines).map(|name| name.as_str().into()).collect()
        };
        assert_eq!(missing(2, &[]), ["origin"]);
        assert_eq!(missing(2, &["Accept, ORIGIN"]), [""; 0]);
        assert_eq!(missing(2, &["x-origin", "accept"]), ["origin"]);
        assert_eq!(missing(6, &["accept", "cookie , ,Origin"]), ["access-control-request-headers"]);
        assert_eq!(missing(7, &["accept, *"]), [""; 0]);
    }
}
