//! Origin patterns: the origins that a policy lists.

use core::fmt;

use super::{ascii, host};

mod fault;
mod look;
mod matching;
mod parse;

pub use fault::{PatternFault, PatternReason};
pub(super) use look::Look;
pub(super) use parse::check_origin;
use parse::parse;

/// The longest origin that is ever matched: a scheme of 64 bytes, a domain of 253, and a port.
pub const ORIGIN_LIMIT: usize = 326;

const SCHEME_LIMIT: usize = 64;

/// Some origins: one, those of all subdomains, those on all ports, all there are, or the opaque one.
///
/// | written                      | matches                                                            |
/// |------------------------------|--------------------------------------------------------------------|
/// | `https://app.example`        | that origin                                                        |
/// | `https://*.app.example`      | one or more labels before `.app.example`, never `app.example` itself |
/// | `http://localhost:*`         | every port, the default one too                                    |
/// | `tauri://localhost`          | that origin: every scheme but `file` may stand in a pattern        |
/// | `*`                          | every origin                                                       |
/// | `null`                       | opaque origins: sandboxed frames, `data:` documents, `file:` pages |
///
/// A text that is no pattern is told when the policy is built, together with all other mistakes.
///
/// <https://fetch.spec.whatwg.org/#origin-header>
///
/// ```
/// use fetch_cors::server::OriginPattern;
///
/// let pattern = OriginPattern::new("https://*.app.example");
/// assert!(pattern.matches(b"https://a.b.app.example"));
/// assert!(!pattern.matches(b"https://evilapp.example"));
/// assert!(OriginPattern::new("https://app.example/").fault().is_some());
/// ```
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct OriginPattern<'a> {
    text: &'a str,
    pub(super) shape: Shape,
    pub(super) dangers: Dangers,
    pub(super) look: Look,
}

/// What a pattern is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    Any,
    Opaque,
    Tuple(Tuple),
    Faulty(PatternFault),
}

/// Offsets into the text of a pattern with a scheme and a host.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Tuple {
    pub(super) hosts: Hosts,
    pub(super) ports: Ports,
    scheme_end: u16,
    /// With [`Hosts::Subdomains`], the host starts with the dot after the `*`.
    host_start: u16,
    host_end: u16,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Hosts {
    One,
    Subdomains,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ports {
    One,
    Any,
}

/// Something that a pattern must spell out before a policy has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Danger {
    /// `null`: any page gets that origin by framing itself in a sandbox.
    OpaqueOrigin,
    /// An insecure scheme together with credentials: whoever is on the network speaks as that origin.
    InsecureScheme,
    /// `*` together with credentials: every site acts as its visitor.
    AnyOrigin,
    /// A wildcard over a public suffix: anyone can register a name there.
    PublicSuffix,
}

impl Danger {
    /// All of them.
    pub const ALL: [Danger; 4] =
        [Danger::OpaqueOrigin, Danger::InsecureScheme, Danger::AnyOrigin, Danger::PublicSuffix];

    /// A stable name, as it stands in configuration.
    pub const fn code(self) -> &'static str {
        match self {
            Danger::OpaqueOrigin => "opaque-origin",
            Danger::InsecureScheme => "insecure-scheme",
            Danger::AnyOrigin => "any-origin",
            Danger::PublicSuffix => "public-suffix",
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Dangers(u8);

impl Dangers {
    pub(super) const NONE: Self = Dangers(0);

    pub(super) const fn contains(self, danger: Danger) -> bool {
        self.0 & 1 << danger as u8 != 0
    }

    pub(super) const fn with(self, danger: Danger) -> Self {
        Dangers(self.0 | 1 << danger as u8)
    }
}

impl OriginPattern<'static> {
    /// `*`: every origin.
    pub const ANY: Self = OriginPattern::new("*");
}

impl<'a> OriginPattern<'a> {
    /// The pattern that is written so.
    pub const fn new(text: &'a str) -> Self {
        let shape = match parse(text.as_bytes()) {
            Ok(shape) => shape,
            Err(fault) => Shape::Faulty(fault),
        };
        OriginPattern::from_parts(text, shape, Dangers::NONE)
    }

    /// The same pattern, wanted in spite of a danger.
    #[must_use]
    pub const fn despite(self, danger: Danger) -> Self {
        OriginPattern { dangers: self.dangers.with(danger), ..self }
    }

    pub(super) const fn from_parts(text: &'a str, shape: Shape, dangers: Dangers) -> Self {
        OriginPattern { text, shape, dangers, look: Look::of(shape, text.as_bytes()) }
    }

    /// The pattern as it was written.
    pub const fn as_str(self) -> &'a str {
        self.text
    }

    /// What is wrong with it, if anything.
    pub const fn fault(self) -> Option<PatternFault> {
        match self.shape {
            Shape::Faulty(fault) => Some(fault),
            _ => None,
        }
    }

    /// The dangers that are spelled out.
    pub fn dangers(self) -> impl Iterator<Item = Danger> {
        Danger::ALL.into_iter().filter(move |danger| self.dangers.contains(*danger))
    }

    /// The host, or that after the `*`; nothing if the pattern has none.
    pub(super) const fn host(self) -> &'a [u8] {
        let Shape::Tuple(tuple) = self.shape else { return b"" };
        let host = ascii::split_at(self.text.as_bytes(), tuple.host_end as usize).0;
        ascii::split_at(host, tuple.host_start as usize).1
    }

    pub(super) const fn scheme(self) -> &'a [u8] {
        let Shape::Tuple(tuple) = self.shape else { return b"" };
        ascii::split_at(self.text.as_bytes(), tuple.scheme_end as usize).0
    }

    /// The port with its colon.
    pub(super) const fn port(self) -> &'a [u8] {
        let Shape::Tuple(tuple) = self.shape else { return b"" };
        ascii::split_at(self.text.as_bytes(), tuple.host_end as usize).1
    }

    /// Whether whoever is on the network can speak as an origin of this pattern.
    pub(super) const fn is_insecure(self) -> bool {
        matches!(self.scheme(), b"http" | b"ws" | b"ftp") && !host::is_loopback(self.host())
    }

    /// Whether it matches one origin only.
    #[inline]
    pub(super) const fn is_exact(&self) -> bool {
        matches!(self.shape, Shape::Opaque | Shape::Tuple(Tuple { hosts: Hosts::One, ports: Ports::One, .. }))
    }

    /// Whether `origin`, the value of an `Origin` header, is one of these origins; a value that no browser sends is none.
    #[inline]
    pub fn matches(self, origin: &[u8]) -> bool {
        match self.shape {
            Shape::Any => origin == b"null" || check_origin(origin).is_ok(),
            // OPTIMIZATION: a pattern without wildcard is a well-formed origin, so what equals it is one.
            Shape::Opaque => origin == b"null",
            Shape::Tuple(tuple) => tuple.matches(self.text.as_bytes(), origin),
            Shape::Faulty(_) => false,
        }
    }

    /// Whether this pattern matches every origin that `other` matches.
    pub(super) fn covers(self, other: OriginPattern<'_>) -> bool {
        let (Shape::Tuple(own), Shape::Tuple(others)) = (self.shape, other.shape) else {
            return matches!(self.shape, Shape::Any) || self.shape == other.shape && self.fault().is_none();
        };
        let ports = own.ports == Ports::Any || own.ports == others.ports && self.port() == other.port();
        let hosts = match own.hosts {
            Hosts::One => own.hosts == others.hosts && self.host() == other.host(),
            // `*.a.b` is within `*.b`, and `*.b` within itself; `b` is not, having no dot before it.
            Hosts::Subdomains => other.host().ends_with(self.host()),
        };
        ports && hosts && self.scheme() == other.scheme()
    }
}

impl fmt::Debug for OriginPattern<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_tuple("OriginPattern").field(&self.text).finish()
    }
}

impl fmt::Display for OriginPattern<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(self.text)
    }
}
