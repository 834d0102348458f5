//! Origin patterns: the origins that a policy lists.

use core::{fmt, hash};

use crate::{
    grammar::const_bytes as bytes,
    origin::{Host, Suggestion, is_special, without_final_dot},
};

#[cfg(feature = "config")]
mod covers;
mod danger;
mod fault;
mod host;
mod matching;
mod parse;
mod prefilter;
mod public_suffix;
mod whole;

pub use danger::Danger;
pub(super) use danger::Dangers;
pub(super) use fault::PatternFaults;
pub use fault::{PatternFault, PatternReason};
pub(super) use matching::{EndsInHost, ends_in_host};
use parse::parse;
pub(super) use parse::{check_origin, is_origin};
pub(super) use prefilter::Prefilter;

/// The longest origin that is ever matched: a scheme of 64 bytes, a domain of 253, and a port.
pub const ORIGIN_LIMIT: usize = 326;

const SCHEME_LIMIT: usize = 64;

/// A set of origins: one origin, those of all subdomains, those on all ports, every origin, or the opaque one.
///
/// | written                      | matches                                                            |
/// |------------------------------|--------------------------------------------------------------------|
/// | `https://app.example`        | that origin                                                        |
/// | `https://*.app.example`      | one or more labels before `.app.example`, never `app.example` itself |
/// | `http://localhost:*`         | every port, the default one too                                    |
/// | `tauri://localhost`          | that origin: a scheme of an application                            |
/// | `https://app-*.app.example`  | one or more characters of the first label, and no dot, for the `*` |
/// | `moz-extension://*`          | every host of one scheme that is not the scheme of web pages       |
/// | `*`                          | every origin                                                       |
/// | `null`                       | opaque origins: sandboxed frames, `data:` documents, `file:` pages |
/// | `file://`                    | that text, which old webviews send for `file:` pages               |
///
/// A text that is not a pattern is an error when the policy is built, together with all other mistakes.
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
    pub(super) prefilter: Prefilter,
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
    /// After the `*`, if the host has one.
    host_start: u16,
    host_end: u16,
    /// The default port of the scheme; 0 if it has none.
    default_port: u16,
    /// Whether hosts of the scheme keep their case.
    keeps_case: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Hosts {
    One,
    /// `*.` and a domain.
    Subdomains,
    /// A `*` within the first label.
    Label,
    /// `*` alone, with a scheme that is not a web page's.
    Any,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ports {
    One,
    Any,
}

impl OriginPattern<'static> {
    /// `*`: every origin.
    pub const ANY: Self = OriginPattern::new("*");
}

impl<'a> OriginPattern<'a> {
    /// Parses a pattern.
    pub const fn new(text: &'a str) -> Self {
        let shape = match parse(text.as_bytes()) {
            (Some(shape), _) => shape,
            (None, faults) => match faults.first() {
                Some(fault) => Shape::Faulty(fault),
                None => Shape::Faulty(PatternFault { reason: PatternReason::HostByte, offset: 0 }),
            },
        };
        OriginPattern::from_parts(text, shape, Dangers::NONE)
    }

    /// This pattern with a danger spelled out, so that a policy takes it.
    ///
    /// ```
    /// use fetch_cors::server::{Danger, OriginPattern, Policy};
    ///
    /// static POLICY: Policy<'static> = Policy::builder(&[
    ///     OriginPattern::new("https://app-*-team.vercel.app").dangerously_allow(Danger::PublicSuffix),
    /// ])
    /// .credentials()
    /// .build_or_panic();
    /// assert!(POLICY.allows_origin(b"https://app-42-team.vercel.app"));
    /// ```
    #[must_use]
    pub const fn dangerously_allow(self, danger: Danger) -> Self {
        OriginPattern { dangers: self.dangers.with(danger), ..self }
    }

    pub(super) const fn from_parts(text: &'a str, shape: Shape, dangers: Dangers) -> Self {
        OriginPattern { text, shape, dangers, prefilter: Prefilter::of(shape, text.as_bytes()) }
    }

    /// The pattern as it was written.
    pub const fn as_str(self) -> &'a str {
        self.text
    }

    /// Everything that is wrong with it, leftmost first: each reason once.
    pub fn faults(self) -> impl Iterator<Item = PatternFault> + Clone {
        self.all_faults().iter()
    }

    pub(super) const fn all_faults(self) -> PatternFaults {
        parse(self.text.as_bytes()).1
    }

    /// The pattern that was probably meant, if this one is faulty.
    pub const fn suggestion(self) -> Option<Suggestion> {
        if self.fault().is_none() {
            return None;
        }
        match Suggestion::of(self.text.as_bytes()) {
            Some(suggestion) => match parse(suggestion.as_bytes()).0 {
                // Never suggests a wildcard over a shared suffix, unless the text has one already: it would allow everybody
                // with a name there.
                Some(shape) if is_over_public_suffix(suggestion.as_str(), shape) && !self.names_subdomains() => None,
                Some(_) => Some(suggestion),
                None => None,
            },
            None => None,
        }
    }

    /// Whether `*.` is in the text.
    const fn names_subdomains(self) -> bool {
        let mut rest = self.text.as_bytes();
        while let [_, tail @ ..] = rest {
            if let [b'/' | b'@' | b' ', b'*', b'.', ..] = rest {
                return true;
            }
            rest = tail;
        }
        matches!(self.text.as_bytes(), [b'*', b'.', ..])
    }

    /// The first thing that is wrong with it, if anything.
    pub const fn fault(self) -> Option<PatternFault> {
        match self.shape {
            Shape::Faulty(fault) => Some(fault),
            _ => None,
        }
    }

    /// The dangers that are spelled out.
    pub fn dangers(self) -> impl Iterator<Item = Danger> {
        Danger::ALL.iter().copied().filter(move |danger| self.dangers.contains(*danger))
    }

    /// The written part of the host: after the `*`, if there is one. Empty for `*`, `null` and `moz-extension://*`.
    pub(super) const fn literal_suffix(self) -> &'a [u8] {
        let Shape::Tuple(tuple) = self.shape else { return b"" };
        let before_port = bytes::split_at(self.text.as_bytes(), tuple.host_end as usize).0;
        bytes::split_at(before_port, tuple.host_start as usize).1
    }

    /// The scheme; empty for `*` and `null`.
    pub(super) const fn scheme(self) -> &'a [u8] {
        let Shape::Tuple(tuple) = self.shape else { return b"" };
        bytes::split_at(self.text.as_bytes(), tuple.scheme_end as usize).0
    }

    /// Whether this is `file://`, which old webviews send.
    pub(super) const fn is_file(self) -> bool {
        matches!(self.scheme(), b"file")
    }

    /// Whether a network attacker can speak as an origin of this pattern.
    pub(super) const fn is_insecure(self) -> bool {
        matches!(self.scheme(), b"http" | b"ws" | b"ftp") && !self.is_loopback()
    }

    /// Whether all of its hosts are the machine itself.
    const fn is_loopback(self) -> bool {
        let host = match self.parent_domain() {
            Some(parent) => parent,
            None => self.literal_suffix(),
        };
        match Host::parse(host, self.scheme()) {
            Ok(host) => host.is_loopback(),
            Err(_) => false,
        }
    }

    /// Whether its wildcard is over names that anyone can register, by the list of the crate.
    ///
    /// The scheme of an application says nothing about who has registered a name.
    pub(super) const fn is_over_public_suffix(self) -> bool {
        match self.parent_domain() {
            Some(parent) => is_special(self.scheme()) && !self.is_loopback() && public_suffix::is_public_suffix(parent),
            None => false,
        }
    }

    /// The domain under which a wildcard matches names.
    pub(super) const fn parent_domain(self) -> Option<&'a [u8]> {
        let Shape::Tuple(Tuple { hosts: Hosts::Subdomains | Hosts::Label, .. }) = self.shape else { return None };
        let suffix = self.literal_suffix();
        match bytes::find(suffix, b'.') {
            Some(dot) => Some(without_final_dot(bytes::split_at(suffix, dot + 1).1)),
            None => None,
        }
    }

    /// Whether it matches one origin only.
    #[inline]
    pub(super) const fn is_exact(&self) -> bool {
        matches!(self.shape, Shape::Opaque | Shape::Tuple(Tuple { hosts: Hosts::One, ports: Ports::One, .. }))
    }

    /// Whether `origin`, the value of an `Origin` header, is one of these origins; a value that no browser sends is not matched.
    #[inline]
    pub fn matches(self, origin: &[u8]) -> bool {
        match self.shape {
            Shape::Any => matches!(origin, b"null" | b"file://") || is_origin(origin),
            Shape::Opaque => origin == b"null",
            Shape::Tuple(tuple) => tuple.matches(self.text.as_bytes(), origin, ends_in_host),
            Shape::Faulty(_) => false,
        }
    }
}

impl fmt::Debug for OriginPattern<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_tuple("OriginPattern").field(&self.text).finish()
    }
}

/// Shape and prefilter follow from the text.
impl hash::Hash for OriginPattern<'_> {
    fn hash<H: hash::Hasher>(&self, state: &mut H) {
        (self.text, self.dangers).hash(state);
    }
}

/// A pattern without a spelled-out danger; fails with the first fault.
impl<'a> TryFrom<&'a str> for OriginPattern<'a> {
    type Error = PatternFault;

    fn try_from(text: &'a str) -> Result<Self, PatternFault> {
        let pattern = OriginPattern::new(text);
        pattern.fault().map_or(Ok(pattern), Err)
    }
}

impl AsRef<str> for OriginPattern<'_> {
    fn as_ref(&self) -> &str {
        self.text
    }
}

impl fmt::Display for OriginPattern<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(self.text)
    }
}

/// Whether a pattern of this text and shape has its wildcard over a shared suffix.
const fn is_over_public_suffix(text: &str, shape: Shape) -> bool {
    OriginPattern::from_parts(text, shape, Dangers::NONE).is_over_public_suffix()
}
