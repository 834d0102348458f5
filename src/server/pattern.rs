//! Origin patterns: the origins that a policy lists.

use core::fmt;

use super::{
    ascii,
    host::{self, HostReason, PortFault},
};

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
        OriginPattern { text, shape, dangers: Dangers::NONE }
    }

    /// The same pattern, wanted in spite of a danger.
    #[must_use]
    pub const fn despite(self, danger: Danger) -> Self {
        OriginPattern { dangers: self.dangers.with(danger), ..self }
    }

    #[cfg(feature = "alloc")]
    pub(super) const fn from_parts(text: &'a str, shape: Shape, dangers: Dangers) -> Self {
        OriginPattern { text, shape, dangers }
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
    pub(super) const fn is_exact(self) -> bool {
        matches!(self.shape, Shape::Opaque | Shape::Tuple(Tuple { hosts: Hosts::One, ports: Ports::One, .. }))
    }

    /// Whether `origin`, the value of an `Origin` header, is one of these origins; a value that no browser sends is none.
    pub fn matches(self, origin: &[u8]) -> bool {
        match self.shape {
            Shape::Any => origin == b"null" || check_origin(origin).is_ok(),
            Shape::Opaque => origin == b"null",
            // OPTIMIZATION: a pattern without wildcard is a well-formed origin, so what equals it is one.
            Shape::Tuple(Tuple { hosts: Hosts::One, ports: Ports::One, .. }) => origin == self.text.as_bytes(),
            Shape::Tuple(tuple) => self.matches_tuple(tuple, origin),
            Shape::Faulty(_) => false,
        }
    }

    fn matches_tuple(self, tuple: Tuple, origin: &[u8]) -> bool {
        if origin.len() > ORIGIN_LIMIT {
            return false;
        }
        let after_scheme = origin.strip_prefix(self.scheme()).and_then(|rest| rest.strip_prefix(b"://"));
        let Some(authority) = after_scheme else { return false };
        let host = match tuple.ports {
            Ports::One => match authority.strip_suffix(self.port()) {
                Some(host) => host,
                None => return false,
            },
            Ports::Any => {
                let (host, port) = split_port(authority);
                let own_port =
                    |port| host::check_port(port).is_ok_and(|port| host::default_port(self.scheme()) != Some(port));
                if !port.is_none_or(own_port) {
                    return false;
                }
                host
            }
        };
        match tuple.hosts {
            Hosts::One => host == self.host(),
            Hosts::Subdomains => {
                let labels = host.strip_suffix(self.host()).unwrap_or_default();
                host.len() <= host::DOMAIN_LIMIT && host::check_domain(labels).is_ok()
            }
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
            Hosts::Subdomains => {
                // `*.a.b` is within `*.b`, and `*.b` within itself; `b` is not.
                let other_host = other.host();
                other_host.ends_with(self.host()) && (others.hosts == Hosts::Subdomains || other_host != self.host())
            }
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

/// The host, and the port without its colon.
pub(super) fn split_port(authority: &[u8]) -> (&[u8], Option<&[u8]>) {
    // The colons of an IPv6 address stand before its bracket.
    let address = match authority {
        [b'[', ..] => ascii::find(authority, b']').unwrap_or(0),
        _ => 0,
    };
    let colon = authority.get(address..).and_then(|rest| ascii::find(rest, b':')).map(|colon| address + colon);
    match colon {
        Some(colon) => (authority.get(..colon).unwrap_or_default(), authority.get(colon + 1..)),
        None => (authority, None),
    }
}

/// What is wrong with a text that is no origin pattern, or no origin.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct PatternFault {
    /// What.
    pub reason: PatternReason,
    /// The offset of the first byte at fault, in bytes.
    pub offset: usize,
}

const fn fault<T>(reason: PatternReason, offset: usize) -> Result<T, PatternFault> {
    Err(PatternFault { reason, offset })
}

macro_rules! pattern_reasons {
    ($($variant:ident = $code:literal, $text:literal, $mend:literal;)*) => {
        /// Why a text is no origin pattern.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum PatternReason {
            $(#[doc = concat!("The origin ", $text, ".")] $variant,)*
        }

        impl PatternReason {
            /// A stable name.
            pub const fn code(self) -> &'static str {
                match self { $(PatternReason::$variant => $code,)* }
            }

            /// What is wrong, as a fixed sentence.
            pub const fn text(self) -> &'static str {
                match self { $(PatternReason::$variant => concat!("origin ", $text),)* }
            }

            /// What would mend it.
            pub const fn mend(self) -> &'static str {
                match self { $(PatternReason::$variant => $mend,)* }
            }
        }
    };
}

pattern_reasons! {
    TooLong = "origin-too-long", "has more than 326 bytes", "no browser sends it: drop it";
    SchemeMissing = "scheme-missing", "has no scheme with `://` after it", "put `https://` before the host";
    SchemeInvalid = "scheme-invalid", "has a scheme that is not made of lower-case letters, digits, `+`, `-` and `.`", "write the scheme as browsers send it";
    SchemeTooLong = "scheme-too-long", "has a scheme of more than 64 bytes", "no browser sends it: drop it";
    SchemeFile = "scheme-file", "has the scheme `file`, whose pages have the origin `null`", "serve the page over http on `localhost`";
    UpperCase = "upper-case", "has an upper-case letter", "write it in lower case, as browsers send it";
    NonAscii = "non-ascii", "has a byte that is not ASCII", "write the host in its `xn--` form";
    Userinfo = "userinfo", "has a user name or a password", "drop what stands before the `@`, and the `@`";
    TrailingSlash = "trailing-slash", "ends with a slash", "drop the trailing slash";
    Path = "path", "has a path, a query or a fragment", "drop all that follows the host and the port";
    HostEmpty = "host-empty", "has no host", "put a host after `://`";
    HostByte = "host-byte", "has a host with a byte that no domain has", "write the host as browsers send it";
    HostTooLong = "host-too-long", "has a label of more than 63 bytes or a host of more than 253", "no browser sends it: drop it";
    LabelEmpty = "label-empty", "has an empty label in its host", "drop the dot too many";
    LabelHyphen = "label-hyphen", "has a label that starts or ends with a hyphen", "drop the hyphen";
    WildcardPlace = "wildcard-place", "has a `*` that is neither `*.` before the host nor the whole port", "write `https://*.example.com` for subdomains, `:*` for any port";
    WildcardAddress = "wildcard-address", "has a `*` before an address", "list the addresses one by one";
    Ipv4 = "ipv4-invalid", "has a host that ends in a number and is no IPv4 address", "write four decimal numbers without zeros in front";
    Ipv6 = "ipv6-invalid", "has a host in brackets that is no IPv6 address", "write the address as browsers send it, without a zone";
    Ipv6Form = "ipv6-form", "has an IPv6 address in a form that browsers do not send", "write it in lower case, without zeros in front, with `::` for the longest run of zeros";
    PortInvalid = "port-invalid", "has a port that is no number", "write a decimal number after the colon, or drop the colon";
    PortLeadingZero = "port-leading-zero", "has a port with a zero in front", "drop the zero";
    PortOutOfRange = "port-out-of-range", "has a port above 65535", "write the port that the page is on";
    PortDefault = "port-default", "spells out the default port of its scheme", "drop the port: browsers do not send it";
}

impl fmt::Display for PatternFault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}, at byte {}", self.reason.text(), self.offset)
    }
}

impl core::error::Error for PatternFault {}

/// Tells why `origin` is no well-formed origin, `null` apart; such a value is never matched, and never sent back.
///
/// <https://fetch.spec.whatwg.org/#origin-header>
pub(super) const fn check_origin(origin: &[u8]) -> Result<(), PatternFault> {
    match parse_tuple(origin, Wildcards::None) {
        Ok(_) => Ok(()),
        Err(fault) => Err(fault),
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Wildcards {
    Allowed,
    None,
}

const fn parse(text: &[u8]) -> Result<Shape, PatternFault> {
    match text {
        b"*" => return Ok(Shape::Any),
        b"null" => return Ok(Shape::Opaque),
        _ => {}
    }
    match parse_tuple(text, Wildcards::Allowed) {
        Ok(tuple) => Ok(Shape::Tuple(tuple)),
        Err(fault) => Err(fault),
    }
}

#[allow(clippy::cast_possible_truncation, reason = "no offset is above the limit")]
const fn parse_tuple(text: &[u8], wildcards: Wildcards) -> Result<Tuple, PatternFault> {
    if text.len() > ORIGIN_LIMIT {
        return fault(PatternReason::TooLong, ORIGIN_LIMIT);
    }
    let scheme = match parse_scheme(text) {
        Ok(scheme) => scheme,
        Err(fault) => return Err(fault),
    };
    let authority_start = scheme.len() + "://".len();
    let authority = ascii::split_at(text, authority_start).1;
    if let Err((reason, offset)) = check_authority_bytes(authority) {
        return fault(reason, authority_start + offset);
    }
    let (hosts, host_start) = match authority {
        [b'*', b'.', _, ..] if matches!(wildcards, Wildcards::Allowed) => (Hosts::Subdomains, authority_start + 1),
        _ => (Hosts::One, authority_start),
    };
    let host_and_port = ascii::split_at(text, host_start).1;
    let host_length = match host_and_port {
        [b'[', ..] | [b'.', b'[', ..] => match ascii::find(host_and_port, b']') {
            Some(bracket) => bracket + 1,
            None => return fault(PatternReason::Ipv6, host_start),
        },
        _ => match ascii::find(host_and_port, b':') {
            Some(colon) => colon,
            None => host_and_port.len(),
        },
    };
    let (host, port) = ascii::split_at(host_and_port, host_length);
    if let Err((reason, offset)) = check_host(host, hosts, wildcards) {
        return fault(reason, host_start + offset);
    }
    let host_end = host_start + host_length;
    let ports = match check_port(port, scheme, wildcards) {
        Ok(ports) => ports,
        Err(reason) => return fault(reason, host_end),
    };
    Ok(Tuple {
        hosts,
        ports,
        scheme_end: scheme.len() as u16,
        host_start: host_start as u16,
        host_end: host_end as u16,
    })
}

/// `serialized-scheme`, and the `://` after it.
///
/// <https://fetch.spec.whatwg.org/#serialized-scheme>
const fn parse_scheme(text: &[u8]) -> Result<&[u8], PatternFault> {
    let mut rest = text;
    let scheme = loop {
        match rest {
            [b':', b'/', b'/', ..] => break ascii::split_at(text, text.len() - rest.len()).0,
            [_, tail @ ..] => rest = tail,
            [] => return fault(PatternReason::SchemeMissing, 0),
        }
    };
    let mut rest = scheme;
    while let [byte, tail @ ..] = rest {
        let offset = scheme.len() - rest.len();
        match *byte {
            b'a'..=b'z' => {}
            b'0'..=b'9' | b'+' | b'-' | b'.' if offset > 0 => {}
            b'A'..=b'Z' => return fault(PatternReason::UpperCase, offset),
            _ => return fault(PatternReason::SchemeInvalid, offset),
        }
        rest = tail;
    }
    match scheme {
        [] => fault(PatternReason::SchemeInvalid, 0),
        b"file" => fault(PatternReason::SchemeFile, 0),
        _ if scheme.len() > SCHEME_LIMIT => fault(PatternReason::SchemeTooLong, SCHEME_LIMIT),
        _ => Ok(scheme),
    }
}

/// Finds what belongs to a URL and not to an origin, so that it is told by its name.
const fn check_authority_bytes(authority: &[u8]) -> Result<(), (PatternReason, usize)> {
    let mut rest = authority;
    while let [byte, tail @ ..] = rest {
        let reason = match *byte {
            b'/' if tail.is_empty() => Some(PatternReason::TrailingSlash),
            b'/' | b'?' | b'#' | b'\\' => Some(PatternReason::Path),
            b'@' => Some(PatternReason::Userinfo),
            b'A'..=b'Z' if !matches!(authority, [b'[', ..]) => Some(PatternReason::UpperCase),
            0x80..=0xFF => Some(PatternReason::NonAscii),
            _ => None,
        };
        if let Some(reason) = reason {
            return Err((reason, authority.len() - rest.len()));
        }
        rest = tail;
    }
    Ok(())
}

const fn check_host(host: &[u8], hosts: Hosts, wildcards: Wildcards) -> Result<(), (PatternReason, usize)> {
    let domain = match hosts {
        Hosts::One => host,
        // Before the dot stand the labels of the origin.
        Hosts::Subdomains => ascii::split_at(host, 1).1,
    };
    let start = host.len() - domain.len();
    let checked = match domain {
        [b'[', address @ .., b']'] => match host::check_ipv6(address) {
            Err((reason, offset)) => Err((reason, offset + 1)),
            Ok(()) if start > 0 => return Err((PatternReason::WildcardAddress, 0)),
            Ok(()) => Ok(()),
        },
        _ => match host::check_domain(domain) {
            // The grammar of `Origin` does not tell a domain from a number; what is listed here must be one that comes.
            Ok(()) if matches!(wildcards, Wildcards::Allowed) && host::ends_in_number(domain) => {
                match host::check_ipv4(domain) {
                    Ok(()) if start > 0 => return Err((PatternReason::WildcardAddress, 0)),
                    checked => checked,
                }
            }
            checked => checked,
        },
    };
    // A byte of the labels to come must fit.
    let too_long = domain.len() + 2 * start > host::DOMAIN_LIMIT;
    let (reason, offset) = match checked {
        Ok(()) if too_long => (HostReason::TooLong, host::DOMAIN_LIMIT),
        Ok(()) => return Ok(()),
        Err(fault) => fault,
    };
    let reason = match reason {
        HostReason::Byte if matches!(ascii::split_at(domain, offset).1, [b'*', ..]) => PatternReason::WildcardPlace,
        HostReason::Byte => PatternReason::HostByte,
        HostReason::Empty => PatternReason::HostEmpty,
        HostReason::EmptyLabel => PatternReason::LabelEmpty,
        HostReason::Hyphen => PatternReason::LabelHyphen,
        HostReason::TooLong => PatternReason::HostTooLong,
        HostReason::Ipv4 => PatternReason::Ipv4,
        HostReason::Ipv6 => PatternReason::Ipv6,
        HostReason::Ipv6Form => PatternReason::Ipv6Form,
    };
    Err((reason, start + offset))
}

const fn check_port(port: &[u8], scheme: &[u8], wildcards: Wildcards) -> Result<Ports, PatternReason> {
    let digits = match port {
        [] => return Ok(Ports::One),
        b":*" if matches!(wildcards, Wildcards::Allowed) => return Ok(Ports::Any),
        [b':', digits @ ..] => digits,
        _ => return Err(PatternReason::HostByte),
    };
    match host::check_port(digits) {
        Ok(number) => match host::default_port(scheme) {
            Some(default) if default == number => Err(PatternReason::PortDefault),
            _ => Ok(Ports::One),
        },
        Err(PortFault::NotANumber) if ascii::find(digits, b'*').is_some() => Err(PatternReason::WildcardPlace),
        Err(PortFault::NotANumber) => Err(PatternReason::PortInvalid),
        Err(PortFault::LeadingZero) => Err(PatternReason::PortLeadingZero),
        Err(PortFault::OutOfRange) => Err(PatternReason::PortOutOfRange),
    }
}
