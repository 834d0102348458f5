//! Origins as browsers serialize them: `https://app.example`, `http://localhost:3000`, `null`.
//!
//! A text that no browser sends is an error, often with the origin that was probably meant:
//!
//! ```
//! use fetch_cors::origin::Origin;
//!
//! assert!(Origin::parse("https://app.example:8443").is_ok());
//! assert!(Origin::parse("https://app.example/items").is_err());
//! ```

mod around;
mod error;
mod header_value;
mod host;
mod lenient;
mod parse;
mod port;
mod punycode;
mod scheme;
mod suggestion;
mod usual;
mod whole;

use core::{fmt, str};

use crate::{
    convert::impl_eq_text,
    grammar::{self, const_bytes as bytes},
};

pub use error::{InvalidOrigin, InvalidOriginReason};
#[cfg(any(feature = "browser", feature = "server"))]
pub(crate) use host::Host;
#[cfg(feature = "browser")]
pub(crate) use scheme::check_scheme;
pub use suggestion::Suggestion;
#[cfg(feature = "server")]
pub(crate) use {
    around::Around,
    host::{HostReason, check_ipv6, is_domain_byte, without_final_dot},
    lenient::Pieces,
    parse::{check_tuple, find_host_end, find_scheme_end},
    port::{PortReason, parse_port},
    scheme::{default_port, is_special},
    usual::find_usual_scheme_end,
    whole::Whole,
};

/// An origin: opaque, or a scheme, a host and perhaps a port.
///
/// Origins are equal if their serializations are, so two opaque origins are equal. [`Origin::is_same_origin`] decides whether
/// one origin may read from another.
///
/// <https://html.spec.whatwg.org/multipage/browsers.html#concept-origin>
///
/// ```
/// use fetch_cors::origin::Origin;
///
/// let page = Origin::parse("https://app.example")?;
/// assert!(page.is_same_origin(Origin::parse("https://app.example")?));
/// assert!(!page.is_same_origin(Origin::parse("https://app.example:8443")?));
/// assert!(!Origin::OPAQUE.is_same_origin(Origin::OPAQUE));
/// assert!(Origin::parse("https://app.example/").is_err());
/// # Ok::<(), fetch_cors::origin::InvalidOrigin>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Origin<'a> {
    // Two slices, because in a URL with userinfo they are not adjacent.
    scheme: &'a str,
    authority: &'a str,
}

impl Origin<'static> {
    /// An opaque origin, serialized as `null`: that of a sandboxed frame or of a `data:` document.
    pub const OPAQUE: Self = Origin { scheme: "", authority: "" };
}

impl<'a> Origin<'a> {
    /// Parses an origin as a URL parser serializes it. Hosts may have every character that URLs allow, such as `_`.
    ///
    /// <https://html.spec.whatwg.org/multipage/browsers.html#ascii-serialisation-of-an-origin>
    pub const fn parse(serialized: &'a str) -> Result<Self, InvalidOrigin> {
        if let b"null" = serialized.as_bytes() {
            return Ok(Origin { scheme: "", authority: "" });
        }
        let scheme_end = match parse::check_tuple(serialized.as_bytes()) {
            Ok(scheme_end) => scheme_end,
            Err(error) => return Err(error),
        };
        let scheme_and_authority = match serialized.split_at_checked(scheme_end) {
            Some((scheme, rest)) => match rest.split_at_checked("://".len()) {
                Some((_, authority)) => Some((scheme, authority)),
                None => None,
            },
            None => None,
        };
        match scheme_and_authority {
            Some((scheme, authority)) => Ok(Origin { scheme, authority }),
            None => Err(InvalidOrigin { reason: InvalidOriginReason::Scheme, offset: 0 }),
        }
    }

    /// Parses the value of an `Origin` header by its grammar, which is narrower in hosts than URLs are, and wider in ports.
    ///
    /// <https://fetch.spec.whatwg.org/#origin-header>
    pub fn from_header(value: &'a [u8]) -> Result<Self, InvalidOrigin> {
        let invalid = |reason, offset| InvalidOrigin { reason, offset };
        let text = match str::from_utf8(value) {
            Ok("null") => return Ok(Origin::OPAQUE),
            Ok(text) => text,
            Err(error) => return Err(invalid(InvalidOriginReason::Host, error.valid_up_to())),
        };
        let (scheme, authority) = grammar::split_once(text, "://").ok_or(invalid(InvalidOriginReason::Scheme, 0))?;
        scheme::check_scheme(scheme.as_bytes()).map_err(|offset| invalid(InvalidOriginReason::Scheme, offset))?;
        let origin = Origin { scheme, authority };
        let start = scheme.len() + "://".len();
        let (host, port) = origin.host_and_port();
        header_value::check_host(host.as_bytes())
            .map_err(|offset| invalid(InvalidOriginReason::Host, start + offset))?;
        match port {
            None if host.len() < authority.len() => Err(invalid(InvalidOriginReason::Host, start + host.len())),
            Some(port) if !(1..=5).contains(&port.len()) || !port.bytes().all(|byte| byte.is_ascii_digit()) => {
                Err(invalid(InvalidOriginReason::Port, start + host.len() + 1))
            }
            _ => Ok(origin),
        }
    }

    /// The origin that was probably meant by a text that is not a serialized origin.
    ///
    /// ```
    /// use fetch_cors::origin::Origin;
    ///
    /// let suggestion = Origin::suggest("HTTPS://App.Example:443/path").map(|suggestion| suggestion.to_string());
    /// assert_eq!(suggestion.as_deref(), Some("https://app.example"));
    /// assert!(Origin::suggest("two words").is_none());
    /// ```
    // AD-HOC: for messages. People write `localhost:3000`, `HTTPS://App.Example:443/path` and `http://::1`.
    pub fn suggest(text: &str) -> Option<Suggestion> {
        let suggestion = Suggestion::of(text.as_bytes())?;
        Origin::parse(suggestion.as_str()).is_ok().then_some(suggestion)
    }

    /// The origin of these parts of a URL, which its parser has made.
    #[cfg(feature = "browser")]
    pub(crate) const fn from_url_parts(scheme: &'a str, authority: &'a str) -> Result<Self, InvalidOrigin> {
        match parse::check_authority(scheme.as_bytes(), authority.as_bytes()) {
            Ok(()) => Ok(Origin { scheme, authority }),
            Err((reason, offset)) => Err(InvalidOrigin { reason, offset }),
        }
    }

    /// The host by its kind; `None` if the origin is opaque.
    #[cfg(feature = "browser")]
    pub(crate) fn parsed_host(self) -> Option<Host<'a>> {
        Host::parse(self.host().as_bytes(), self.scheme.as_bytes()).ok()
    }

    const fn host_and_port(self) -> (&'a str, Option<&'a str>) {
        let Some((host, rest)) = self.authority.split_at_checked(parse::find_host_end(self.authority.as_bytes()))
        else {
            return (self.authority, None);
        };
        match (rest.as_bytes(), rest.split_at_checked(1)) {
            ([b':', ..], Some((_, port))) => (host, Some(port)),
            _ => (host, None),
        }
    }

    /// Whether this is an opaque origin.
    pub const fn is_opaque(self) -> bool {
        self.scheme.is_empty()
    }

    /// The scheme; empty if the origin is opaque.
    pub const fn scheme(self) -> &'a str {
        self.scheme
    }

    /// The host, an IPv6 address with its brackets; empty if the origin is opaque.
    pub const fn host(self) -> &'a str {
        self.host_and_port().0
    }

    /// The port, if it is not the scheme's default.
    pub const fn port(self) -> Option<u16> {
        match self.host_and_port().1 {
            Some(port) => match u16::from_str_radix(port, 10) {
                Ok(port) => Some(port),
                Err(_) => None,
            },
            None => None,
        }
    }

    /// Whether both are the same origin. An opaque origin is not the same as any value, itself included.
    ///
    /// <https://html.spec.whatwg.org/multipage/browsers.html#same-origin>
    pub const fn is_same_origin(self, other: Origin<'_>) -> bool {
        !self.is_opaque()
            && bytes::eq(self.authority.as_bytes(), other.authority.as_bytes())
            && bytes::eq(self.scheme.as_bytes(), other.scheme.as_bytes())
    }

    /// The bytes of the serialized origin.
    pub fn serialized_bytes(self) -> impl Iterator<Item = u8> + Clone {
        self.serialized_parts().into_iter().flat_map(str::bytes)
    }

    pub(crate) const fn serialized_parts(self) -> [&'a str; 3] {
        if self.is_opaque() { ["null", "", ""] } else { [self.scheme, "://", self.authority] }
    }

    /// Whether `bytes` are this origin, serialized.
    pub fn is_serialized_as(self, bytes: &[u8]) -> bool {
        if self.is_opaque() {
            return bytes == b"null";
        }
        bytes
            .strip_suffix(self.authority.as_bytes())
            .and_then(|rest| rest.strip_suffix(b"://"))
            .is_some_and(|scheme| scheme == self.scheme.as_bytes())
    }
}

impl<'a> TryFrom<&'a str> for Origin<'a> {
    type Error = InvalidOrigin;

    fn try_from(serialized: &'a str) -> Result<Self, InvalidOrigin> {
        Origin::parse(serialized)
    }
}

impl_eq_text!(Origin, |origin, text| origin.is_serialized_as(text.as_bytes()));

/// Writes the serialized origin.
impl fmt::Display for Origin<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.serialized_parts().into_iter().try_for_each(|part| formatter.write_str(part))
    }
}

impl fmt::Debug for Origin<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, formatter)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn serialized_origins_of_urls_are_parsed() {
        for origin in [
            "null",
            "http://a",
            "https://a.example",
            "https://a_b.example:8443",
            "https://a.example.",
            "https://a..",
            "https://.",
            "https://a.0xg",
            "http://127.0.0.1:8080",
            "http://[::1]",
            "http://[2001:db8::1]:3000",
            "http://[1:2:3:4:5:6:7:8]",
            "chrome-extension://abcdefghijklmnop",
            "tauri://localhost",
            "http://a:0",
            "https://x-.a.example",
            "https://-a.example",
            "safari-web-extension://140BB581-A2C0",
        ] {
            assert!(Origin::parse(origin).is_ok(), "{origin}");
        }
    }

    #[test]
    fn each_fault_is_named_and_located() {
        use InvalidOriginReason::*;
        for (origin, reason, offset) in [
            ("", Scheme, 0),
            ("a.example", Scheme, 0),
            ("://a", Scheme, 0),
            ("HTTPS://a", Scheme, 0),
            ("httPs://a", Scheme, 3),
            ("http://", Host, 7),
            ("file://", Host, 7),
            ("http://A", Host, 7),
            ("http://a/", Host, 8),
            ("http://u@a", Host, 8),
            ("http://a b", Host, 8),
            ("http://b\u{fc}cher", Host, 8),
            ("http://256.1.1.1", Host, 7),
            ("http://1.2.3", Host, 7),
            ("http://1.2.3.4.", Host, 7),
            ("http://a.0x1", Host, 7),
            ("http://0x.", Host, 7),
            ("http://[::1", Host, 7),
            ("http://[1::2::3]", Host, 7),
            ("http://[1:2:3:4:5:6::7]", Host, 7),
            ("http://[::01]", Host, 7),
            ("http://[::A]", Host, 7),
            ("http://a:", Port, 9),
            ("http://a:65536", Port, 9),
            ("http://a:080", Port, 9),
            ("http://a:8a", Port, 9),
            ("http://a:80", DefaultPort, 9),
            ("https://a:443", DefaultPort, 10),
        ] {
            assert_eq!(Origin::parse(origin), Err(InvalidOrigin { reason, offset }), "{origin}");
        }
    }

    #[test]
    fn origin_header_allows_fewer_hosts_and_more_ports_than_urls() {
        for (origin, url, header) in [
            ("https://a_b.example", true, false),
            ("https://-a.example", true, false),
            ("https://a-.example", true, false),
            ("https://a.example.", true, false),
            ("https://a.example", true, true),
            ("https://1.2.3", false, true),
            ("https://a:443", false, true),
            ("https://a:99999", false, true),
            ("https://a:00001", false, true),
            ("https://a:100000", false, false),
        ] {
            assert_eq!(Origin::parse(origin).is_ok(), url, "{origin}");
            assert_eq!(Origin::from_header(origin.as_bytes()).is_ok(), header, "{origin}");
        }
        assert!(Origin::from_header(b"http://\xFF").is_err());
    }

    #[test]
    fn fault_in_the_domain_of_an_origin_header_is_located() {
        for (origin, offset) in [
            ("https://a_b.example", 9),
            ("https://aa.b_c", 12),
            ("https://aa.-b", 11),
            ("https://aa.bb-", 13),
            ("https://aa.bbb.c_", 16),
            ("https://aa..b", 11),
        ] {
            let reason = InvalidOriginReason::Host;
            assert_eq!(Origin::from_header(origin.as_bytes()), Err(InvalidOrigin { reason, offset }), "{origin}");
        }
    }

    #[test]
    fn scheme_host_and_port_of_an_origin_are_read() {
        let Ok(origin) = Origin::parse("http://[::1]:3000") else { panic!() };
        assert_eq!((origin.scheme(), origin.host(), origin.port()), ("http", "[::1]", Some(3000)));
        assert!(origin.is_serialized_as(b"http://[::1]:3000"));
        assert!(!origin.is_serialized_as(b"http://[::1]"));
        assert!(!origin.is_serialized_as(b"xhttp://[::1]:3000"));
        assert!(Origin::OPAQUE.is_serialized_as(b"null"));
        assert!(!Origin::OPAQUE.is_serialized_as(b""));
    }
}
