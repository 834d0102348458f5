//! `Vary`: the request headers that an answer depends on, and those that the response's own `Vary` lacks.

use super::HeaderName;
use crate::grammar::{self, Elements, const_bytes::as_text};

/// The names of the request headers that an answer depends on.
///
/// <https://fetch.spec.whatwg.org/#cors-protocol-and-http-caches>
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct VaryNames {
    own: OwnNames,
    /// The names that a predicate reads.
    more: &'static [HeaderName<'static>],
}

/// The names that the crate itself reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct OwnNames {
    /// The names as one value.
    line: &'static str,
    // OPTIMIZATION: the line as a value of a header map, so that its bytes are not checked for each answer. The bytes are equal.
    #[cfg(feature = "http")]
    value: &'static http::HeaderValue,
}

/// The names that this line lists.
macro_rules! own_names {
    ($($piece:literal),+) => {{
        const LINE: &str = concat!($($piece),+);
        #[cfg(feature = "http")]
        static VALUE: http::HeaderValue = http::HeaderValue::from_static(LINE);
        OwnNames {
            line: LINE,
            #[cfg(feature = "http")]
            value: &VALUE,
        }
    }};
}

impl OwnNames {
    pub(crate) const REQUEST_METHOD: u8 = 1;
    pub(crate) const ORIGIN: u8 = 1 << 1;
    pub(crate) const REQUEST_HEADERS: u8 = 1 << 2;
    pub(crate) const REQUEST_PRIVATE_NETWORK: u8 = 1 << 3;
    pub(crate) const SEC_FETCH_SITE: u8 = 1 << 4;

    pub(crate) const NONE: Self = own_names!("");

    /// `Origin` and the names of these bits, in a fixed order. They are joined when the policy is built.
    pub(crate) const fn origin_and(bits: u8) -> Self {
        let bits = bits | OwnNames::ORIGIN;
        macro_rules! joined {
            ($($last:literal)?) => {
                match bits & 0b1101 {
                    0b0000 => own_names!("origin" $(, $last)?),
                    0b0001 => own_names!("access-control-request-method, origin" $(, $last)?),
                    0b0100 => own_names!("origin, access-control-request-headers" $(, $last)?),
                    0b0101 => own_names!(
                        "access-control-request-method, origin, access-control-request-headers" $(, $last)?
                    ),
                    0b1000 => own_names!("origin, access-control-request-private-network" $(, $last)?),
                    0b1001 => own_names!(
                        "access-control-request-method, origin, access-control-request-private-network"
                        $(, $last)?
                    ),
                    0b1100 => own_names!(
                        "origin, access-control-request-headers, access-control-request-private-network"
                        $(, $last)?
                    ),
                    _ => own_names!(
                        "access-control-request-method, origin, access-control-request-headers, ",
                        "access-control-request-private-network" $(, $last)?
                    ),
                }
            };
        }
        if bits & OwnNames::SEC_FETCH_SITE == 0 { joined!() } else { joined!(", sec-fetch-site") }
    }

    #[inline]
    pub(crate) const fn is_empty(self) -> bool {
        self.line.is_empty()
    }

    #[inline]
    pub(crate) const fn as_line(self) -> &'static str {
        self.line
    }

    #[cfg(feature = "http")]
    #[inline]
    pub(crate) const fn as_value(self) -> &'static http::HeaderValue {
        self.value
    }

    /// The names, as bytes.
    pub(crate) fn iter(self) -> Elements<'static> {
        Elements::new(self.line.as_bytes())
    }
}

impl VaryNames {
    #[inline]
    pub(crate) const fn new(own: OwnNames, more: &'static [HeaderName<'static>]) -> Self {
        VaryNames { own, more }
    }

    /// Whether the answer is the same for every request.
    pub const fn is_empty(self) -> bool {
        self.own.is_empty() && self.more.is_empty()
    }

    /// The names. None is repeated, unless the predicate and the crate read the same header.
    pub fn iter(self) -> impl Iterator<Item = HeaderName<'static>> + Clone {
        let own = self.own.iter().map(|name| HeaderName::from_transport(as_text(name)));
        own.chain(self.more.iter().copied())
    }

    /// The names that are in no line of `vary`. None is missing if a line has `*`.
    ///
    /// <https://httpwg.org/specs/rfc9110.html#field.vary>
    pub fn missing_from<'v>(
        self,
        vary: impl Iterator<Item = &'v [u8]> + Clone,
    ) -> impl Iterator<Item = HeaderName<'static>> {
        self.iter().filter(move |name| !is_named(name.as_str().as_bytes(), vary.clone()))
    }

    /// The crate's own names, and the others.
    #[inline]
    pub(crate) const fn parts(self) -> (OwnNames, &'static [HeaderName<'static>]) {
        (self.own, self.more)
    }

    /// All names, if there are any and they are the crate's own.
    #[inline]
    pub(crate) const fn as_own(self) -> Option<OwnNames> {
        if self.more.is_empty() && !self.own.is_empty() { Some(self.own) } else { None }
    }
}

/// Whether `vary` covers this name.
pub(crate) fn is_named<'v>(name: &[u8], mut vary: impl Iterator<Item = &'v [u8]>) -> bool {
    let covers = |element: &[u8]| element == b"*" || grammar::eq_ignore_ascii_case(name, element);
    vary.any(|line| Elements::new(line).any(covers))
}

#[cfg(test)]
mod tests {
    extern crate std;
    use super::*;
    use std::{string::String, vec::Vec};

    #[test]
    fn prebuilt_vary_line_is_the_names_joined() {
        const NAMES: [&str; 5] = [
            "access-control-request-method",
            "origin",
            "access-control-request-headers",
            "access-control-request-private-network",
            "sec-fetch-site",
        ];
        for bits in 0..32 {
            let names = VaryNames::new(OwnNames::origin_and(bits), &[]);
            let bits = bits | OwnNames::ORIGIN;
            let of_bits: Vec<&str> = (0..5).filter(|bit| bits & 1 << bit != 0).map(|bit| NAMES[bit]).collect();
            assert!(names.iter().map(HeaderName::as_str).eq(of_bits.iter().copied()));
            assert_eq!(names.as_own().map(OwnNames::as_line), Some(&*of_bits.join(", ")));
            #[cfg(feature = "http")]
            assert_eq!(names.as_own().map(OwnNames::as_value).unwrap(), &*of_bits.join(", "));
        }
        assert!(VaryNames::new(OwnNames::NONE, &[]).is_empty());
    }

    #[test]
    fn vary_names_that_a_line_has_are_not_missing() {
        let missing = |own, lines: &[&'static str]| -> Vec<String> {
            let lines = lines.iter().map(|line| line.as_bytes());
            VaryNames::new(OwnNames::origin_and(own), &[])
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
