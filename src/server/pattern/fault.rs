//! What is wrong with a text that is no origin pattern.

use core::fmt;

/// What is wrong with a text that is no origin pattern, or no origin.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct PatternFault {
    /// What.
    pub reason: PatternReason,
    /// The offset of the first byte at fault, in bytes.
    pub offset: usize,
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
