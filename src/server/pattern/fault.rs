//! What is wrong with a text that is not an origin pattern.

use core::fmt;

/// What is wrong with a text that is not an origin pattern, or not an origin.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct PatternFault {
    /// What is wrong.
    pub reason: PatternReason,
    /// The offset of the first byte at fault, in bytes.
    pub offset: usize,
}

/// The faults of one text, leftmost first, each reason once.
#[derive(Clone, Copy, Debug)]
pub(in crate::server) struct PatternFaults([Option<PatternFault>; 8]);

impl PatternFaults {
    pub(super) const NONE: Self = PatternFaults([None; 8]);

    /// Adds a fault in order, unless an earlier fault has its reason. At most eight reasons are stored.
    pub(super) const fn add(&mut self, reason: PatternReason, offset: usize) {
        let mut fault = PatternFault { reason, offset };
        let mut slots: &mut [Option<PatternFault>] = &mut self.0;
        while let [slot, rest @ ..] = slots {
            match *slot {
                None => {
                    *slot = Some(fault);
                    return;
                }
                Some(other) if other.reason as u8 == reason as u8 && other.offset <= fault.offset => return,
                // The fault that is replaced moves on, or is dropped at the end.
                Some(other) if fault.offset < other.offset => {
                    *slot = Some(fault);
                    if other.reason as u8 == reason as u8 {
                        return;
                    }
                    fault = other;
                }
                Some(_) => {}
            }
            slots = rest;
        }
    }

    pub(in crate::server) const fn first(&self) -> Option<PatternFault> {
        self.0[0]
    }

    pub(super) const fn count(&self) -> usize {
        let mut rest: &[Option<PatternFault>] = &self.0;
        while let [start @ .., None] = rest {
            rest = start;
        }
        rest.len()
    }

    /// The fault of this number, from 0.
    pub(in crate::server) const fn get(&self, number: usize) -> Option<PatternFault> {
        match self.0.split_at_checked(number) {
            Some((_, [fault, ..])) => *fault,
            _ => None,
        }
    }

    pub(super) fn iter(self) -> impl Iterator<Item = PatternFault> + Clone {
        self.0.into_iter().flatten()
    }
}

macro_rules! pattern_reasons {
    ($($variant:ident = $code:literal, $text:literal, $fix:literal;)*) => {
        /// Why a text is not an origin pattern.
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

            /// How to fix it, as a fixed sentence.
            pub const fn fix(self) -> &'static str {
                match self { $(PatternReason::$variant => $fix,)* }
            }
        }
    };
}

pattern_reasons! {
    TooLong = "origin-too-long", "has more than 326 bytes", "no browser sends it: drop it";
    SeveralOrigins = "several-origins", "is a list of several in one text", "write one origin for each element";
    Empty = "empty", "is empty", "drop it, or set the variable that it comes from";
    Keyword = "keyword", "is a word and not an origin", "write `*` for every origin, `null` for opaque origins, or list the origins; the server's own origin needs no entry";
    Variable = "variable", "has a variable that nothing has expanded", "write its value";
    RegularExpression = "regular-expression", "is a regular expression", "write a pattern: `https://*.example.com` for subdomains, `https://app-*.example.com` for a part of the first label";
    SchemeWithoutHost = "scheme-without-host", "is a URL without a host, which has no origin of its own", "list the origin of the page that opens it, or `null` where it has none";
    SchemeRepeated = "scheme-repeated", "has two schemes", "write one scheme";
    SchemeWildcard = "scheme-wildcard", "has a wildcard in its scheme", "list `https://` and `http://` one by one";
    Quoted = "quoted", "has quotes or brackets around it", "drop them";
    Blank = "blank", "has a blank, a control character or a character without width", "drop the blank";
    SchemeMissing = "scheme-missing", "has no scheme with `://` after it", "put `https://` before the host";
    SchemeInvalid = "scheme-invalid", "has a scheme that is not made of lower-case letters, digits, `+`, `-` and `.`", "write the scheme as browsers send it";
    SchemeTooLong = "scheme-too-long", "has a scheme of more than 64 bytes", "no browser sends it: drop it";
    SchemeFile = "scheme-file", "has the scheme `file` and a path or a host", "serve the page over http on `localhost`, or list `null`, or `file://` for old webviews";
    UpperCase = "upper-case", "has an upper-case letter", "write it in lower case, as browsers send it";
    NonAscii = "non-ascii", "has a letter that is not ASCII", "write the host in its `xn--` form, as a browser gives it: `new URL(text).host`";
    Userinfo = "userinfo", "has a user name or a password", "drop the `@` and all that is before it";
    TrailingSlash = "trailing-slash", "ends with a slash", "drop the trailing slash";
    Path = "path", "has a path, a query or a fragment", "drop all that follows the host and the port";
    HostEmpty = "host-empty", "has no host", "put a host after `://`";
    HostByte = "host-byte", "has a host with a byte that no domain has", "write the host as browsers send it";
    HostTooLong = "host-too-long", "has a label of more than 63 bytes or a host of more than 253", "no browser sends it: drop it";
    LeadingDot = "leading-dot", "has a dot before its host", "write `*.` for all subdomains, or drop the dot";
    LabelEmpty = "label-empty", "has an empty label in its host", "drop the extra dot";
    WildcardPlace = "wildcard-place", "has a `*` in a place where none may be", "write `https://*.example.com` for subdomains, `https://app-*.example.com` for a part of the first label, `:*` for any port, or `*` alone for every origin";
    WildcardAddress = "wildcard-address", "has a `*` in an address, or before one", "list the addresses one by one";
    Ipv4 = "ipv4-invalid", "has a host that ends in a number and is not an IPv4 address", "write four decimal numbers without zeros in front";
    Ipv6 = "ipv6-invalid", "has a host in brackets that is not an IPv6 address", "write the address as browsers send it, without a zone";
    Ipv6Brackets = "ipv6-brackets", "has an IPv6 address without brackets", "put brackets around an IPv6 address";
    Ipv6Form = "ipv6-form", "has an IPv6 address in a form that browsers do not send", "write it in lower case, without zeros in front, with `::` for the longest run of zeros";
    PortInvalid = "port-invalid", "has a port that is not a number", "write one decimal number after the colon, `:*` for any port, or drop the colon";
    PortLeadingZero = "port-leading-zero", "has a port with a zero in front", "drop the zero";
    PortOutOfRange = "port-out-of-range", "has a port above 65535", "write the port that the page is on";
    PortDefault = "port-default", "spells out the default port of its scheme", "drop the port: browsers do not send it";
}

impl fmt::Display for PatternReason {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(self.text())
    }
}

impl fmt::Display for PatternFault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}, at byte {}", self.reason.text(), self.offset)
    }
}

impl core::error::Error for PatternFault {}
