//! Hosts, as a URL serializer writes them. The same functions check them at compile time and on each request.

use super::scheme::is_special;
use crate::grammar::const_bytes as bytes;

/// A fault of a host, and its offset in bytes.
pub(crate) type HostFault = (HostReason, usize);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum HostReason {
    Empty,
    Byte,
    Ipv4,
    Ipv6,
    /// The address is not in the serializer's form.
    Ipv6Form,
    /// The `::` is not where the serializer puts it.
    Ipv6Zeros,
}

/// A host, by its kind.
///
/// <https://url.spec.whatwg.org/#concept-host>
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Host<'a> {
    /// A domain, or an opaque host.
    Domain(&'a [u8]),
    Ipv4([u8; 4]),
    /// The address without its brackets.
    Ipv6(&'a [u8]),
}

impl<'a> Host<'a> {
    /// Parses the host of an origin with this scheme. Hosts of schemes that are not special keep their case, as the ids of
    /// Safari's extensions show.
    ///
    /// <https://url.spec.whatwg.org/#concept-host-parser>
    // AD-HOC: with every scheme, a host that ends in a number must be an IPv4 address. No application has such a name.
    pub(crate) const fn parse(host: &'a [u8], scheme: &[u8]) -> Result<Self, HostFault> {
        if let [b'[', rest @ ..] = host {
            return match rest {
                [address @ .., b']'] => match check_ipv6(address) {
                    // AD-HOC: the grammar of the `Origin` header allows `::` in any place, so it is allowed here.
                    Ok(()) | Err((HostReason::Ipv6Zeros, _)) => Ok(Host::Ipv6(address)),
                    Err((reason, offset)) => Err((reason, offset + 1)),
                },
                _ => Err((HostReason::Ipv6, 0)),
            };
        }
        let keeps_case = !is_special(scheme);
        let mut rest = host;
        while let [byte, tail @ ..] = rest {
            if !(is_domain_byte(*byte) || keeps_case && byte.is_ascii_uppercase()) {
                return Err((HostReason::Byte, host.len() - rest.len()));
            }
            rest = tail;
        }
        if host.is_empty() {
            return Err((HostReason::Empty, 0));
        }
        if !ends_in_number(host) {
            return Ok(Host::Domain(host));
        }
        match parse_ipv4(host) {
            Ok(octets) => Ok(Host::Ipv4(octets)),
            Err(fault) => Err(fault),
        }
    }

    /// Whether this host is the machine itself, reached without a network.
    ///
    /// <https://w3c.github.io/webappsec-secure-contexts/#is-origin-trustworthy>
    pub(crate) const fn is_loopback(self) -> bool {
        match self {
            Host::Domain(domain) => {
                let domain = without_final_dot(domain);
                bytes::eq(domain, b"localhost") || bytes::ends_with(domain, b".localhost")
            }
            Host::Ipv4([127, ..]) => true,
            Host::Ipv4(_) => false,
            Host::Ipv6(address) => bytes::eq(address, b"::1"),
        }
    }

    /// Whether this host is the machine itself or in a local network, as far as the name or the address shows.
    ///
    /// <https://wicg.github.io/local-network-access/#ip-address-space-section>
    #[cfg(feature = "browser")]
    pub(crate) const fn is_local_network(self) -> bool {
        self.is_loopback()
            || match self {
                Host::Domain(domain) => {
                    let domain = without_final_dot(domain);
                    bytes::ends_with(domain, b".local") || bytes::ends_with(domain, b".internal")
                }
                Host::Ipv4([10, ..] | [100, 64..=127, ..] | [169, 254, ..] | [172, 16..=31, ..] | [192, 168, ..]) => {
                    true
                }
                Host::Ipv4(_) => false,
                // `fc00::/7` and `fe80::/10`
                Host::Ipv6([b'f', b'c' | b'd', _, _, b':', ..]) => true,
                Host::Ipv6([b'f', b'e', b'8' | b'9' | b'a' | b'b', _, b':', ..]) => true,
                Host::Ipv6(_) => false,
            }
    }
}

/// The domain without the dot that may end it.
pub(crate) const fn without_final_dot(domain: &[u8]) -> &[u8] {
    match domain {
        [start @ .., b'.'] => start,
        _ => domain,
    }
}

/// Whether a serialized domain may have this byte: printable ASCII that is neither upper-case nor a forbidden domain code
/// point.
///
/// <https://url.spec.whatwg.org/#forbidden-domain-code-point>
#[inline]
pub(crate) const fn is_domain_byte(byte: u8) -> bool {
    matches!(
        byte,
        b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'!' | b'"' | b'$' | b'&'..=b',' | b';' | b'=' | b'`' | b'{' | b'}' | b'~'
    )
}

/// Whether the last label of a domain is a number, so that a URL parser reads the host as an IPv4 address.
///
/// <https://url.spec.whatwg.org/#ends-in-a-number-checker>
pub(crate) const fn ends_in_number(host: &[u8]) -> bool {
    let host = without_final_dot(host);
    let last = match bytes::find_last(host, b'.') {
        Some(dot) => bytes::split_at(host, dot + 1).1,
        None => host,
    };
    !last.is_empty() && bytes::all_digits(last) || matches!(last, [b'0', b'x', hex @ ..] if all_hex(hex))
}

const fn all_hex(mut bytes: &[u8]) -> bool {
    while let [first, rest @ ..] = bytes {
        if !first.is_ascii_hexdigit() {
            return false;
        }
        bytes = rest;
    }
    true
}

/// Parses `serialized-ipv4`: four decimal numbers below 256, without zeros in front.
///
/// <https://fetch.spec.whatwg.org/#serialized-ipv4>
const fn parse_ipv4(host: &[u8]) -> Result<[u8; 4], HostFault> {
    let mut rest = host;
    let (mut octets, mut address) = (1, 0_u32);
    let (mut value, mut digits) = (0_u32, 0);
    while let [byte, tail @ ..] = rest {
        let offset = host.len() - rest.len();
        match *byte {
            b'0'..=b'9' if digits == 0 || value != 0 => {
                value = value * 10 + (*byte - b'0') as u32;
                digits += 1;
                if value > 255 {
                    return Err((HostReason::Ipv4, offset));
                }
            }
            b'.' if digits > 0 => {
                octets += 1;
                address = address << 8 | value;
                (value, digits) = (0, 0);
            }
            _ => return Err((HostReason::Ipv4, offset)),
        }
        rest = tail;
    }
    if octets == 4 && digits > 0 { Ok((address << 8 | value).to_be_bytes()) } else { Err((HostReason::Ipv4, 0)) }
}

/// An IPv6 address without its brackets, in the one form that a URL serializer writes.
///
/// <https://url.spec.whatwg.org/#concept-ipv6-serializer>
pub(crate) const fn check_ipv6(address: &[u8]) -> Result<(), HostFault> {
    let mut groups = 0_usize;
    // Runs of groups that are zero: the current one, the longest after the `::`, and the longest before it. A run next to
    // the `::` counts as 8, which is never right.
    let (mut zeros, mut longest, mut before) = (0_usize, 0_usize, 0_usize);
    let mut gap = false;
    let mut rest = address;
    if let [b':', b':', tail @ ..] = rest {
        (gap, zeros, rest) = (true, 8, tail);
    }
    while !rest.is_empty() {
        let offset = address.len() - rest.len();
        let (mut value, mut digits) = (0_u32, 0);
        while let [byte, tail @ ..] = rest {
            let digit = match *byte {
                b'0'..=b'9' => *byte - b'0',
                b'a'..=b'f' => *byte - b'a' + 10,
                b'A'..=b'F' => return Err((HostReason::Ipv6Form, address.len() - rest.len())),
                _ => break,
            };
            if digits == 4 {
                return Err((HostReason::Ipv6, offset));
            }
            if digits > 0 && value == 0 {
                return Err((HostReason::Ipv6Form, offset));
            }
            value = value << 4 | digit as u32;
            digits += 1;
            rest = tail;
        }
        if digits == 0 || groups == 8 {
            return Err((HostReason::Ipv6, offset));
        }
        groups += 1;
        zeros = if value == 0 { zeros + 1 } else { 0 };
        if zeros > longest {
            longest = zeros;
        }
        match rest {
            [] => {}
            [b':', b':', tail @ ..] if !gap => {
                before = if zeros > 0 { 8 } else { longest };
                (gap, zeros, longest, rest) = (true, 8, 0, tail);
            }
            [b':', tail @ ..] if !tail.is_empty() => rest = tail,
            _ => return Err((HostReason::Ipv6, address.len() - rest.len())),
        }
    }
    if !gap {
        return if groups != 8 {
            Err((HostReason::Ipv6, address.len()))
        } else if longest > 1 {
            Err((HostReason::Ipv6Zeros, 0))
        } else {
            Ok(())
        };
    }
    if groups > 6 {
        return Err((HostReason::Ipv6, address.len()));
    }
    // The `::` must replace the first of the longest runs of zeros.
    let length = 8 - groups;
    if before < length && longest <= length { Ok(()) } else { Err((HostReason::Ipv6Zeros, 0)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ipv6_host_is_valid_only_in_its_serialized_form() {
        for good in
            ["::", "::1", "1::", "2001:db8::1", "1:2:3:4:5:6:7:8", "1:0:0:2::3", "1::2:0:0:3:4", "0:1:2:3:4:5:6:7"]
        {
            assert!(check_ipv6(good.as_bytes()).is_ok(), "{good}");
        }
        for bad in [
            "",
            ":",
            ":::",
            "1",
            "::01",
            "::A",
            "0:0:0:0:0:0:0:1",
            "1::2::3",
            "1:2:3:4:5:6::7",
            "1:",
            "::1:",
            "1:0:0::2:3",
            "12345::",
            "::1.2.3.4",
            "1:2:3:4:5:6:7:8:9",
            "::%1",
            "1:2:3:4:5:6:7::",
            "1:0:2:3:4:5:0:0",
            "0:0:1::2:3:4",
        ] {
            assert!(check_ipv6(bad.as_bytes()).is_err(), "{bad}");
        }
    }

    #[test]
    fn loopback_hosts_are_recognized_by_name_and_address() {
        for own in ["localhost", "a.localhost", "[::1]", "127.0.0.1", "127.255.255.255"] {
            assert!(Host::parse(own.as_bytes(), b"http").is_ok_and(Host::is_loopback), "{own}");
        }
        for other in ["127.evil.example", "127.0.0.1.evil.example", "10.0.0.1", "128.0.0.1", "notlocalhost", "[::2]"] {
            assert!(Host::parse(other.as_bytes(), b"http").is_ok_and(|host| !host.is_loopback()), "{other}");
        }
    }

    #[test]
    fn ipv4_is_four_numbers_below_256() {
        for good in ["0.0.0.0", "255.255.255.255", "1.20.255.0"] {
            assert!(parse_ipv4(good.as_bytes()).is_ok(), "{good}");
        }
        for (bad, offset) in [
            ("", 0),
            ("1.2.3", 0),
            ("1.2.3.4.5", 0),
            ("1.2.3.", 0),
            (".1.2.3", 0),
            ("1..2.3", 2),
            ("256.0.0.0", 2),
            ("1.2.3.1000", 9),
            ("1.2.03.4", 5),
            ("1.2.3.a", 6),
        ] {
            assert_eq!(parse_ipv4(bad.as_bytes()), Err((HostReason::Ipv4, offset)), "{bad}");
        }
    }

    #[test]
    fn a_domain_is_what_the_url_parser_writes() {
        for good in
            ["a", "a.example", "a_b.example", "x-.a.example", "-a", "a.example.", "a..b", "1.2.3.a", "a!b", "0x.a"]
        {
            assert_eq!(Host::parse(good.as_bytes(), b"https"), Ok(Host::Domain(good.as_bytes())), "{good}");
        }
        for bad in [
            "",
            "A",
            "a b",
            "a/b",
            "b\u{fc}cher",
            "a@b",
            "a:1",
            "a%20b",
            "a|b",
            "a\r\nb",
            "1.2.3",
            "a.1",
            "a.0x1.",
            "256.1.1.1",
        ] {
            assert!(Host::parse(bad.as_bytes(), b"https").is_err(), "{bad}");
        }
        assert!(Host::parse(b"A4C1", b"safari-web-extension").is_ok());
    }

    #[cfg(feature = "browser")]
    #[test]
    fn a_host_is_in_a_local_network_by_its_address_and_not_by_the_start_of_its_name() {
        let is_local = |host: &str| Host::parse(host.as_bytes(), b"http").is_ok_and(Host::is_local_network);
        for local in ["10.0.0.1", "172.31.0.1", "192.168.1.1", "169.254.1.1", "printer.local", "[fd00::1]", "[fe80::1]"]
        {
            assert!(is_local(local), "{local}");
        }
        for other in
            ["10.evil.example", "192.168.evil.example", "172.32.0.1", "local.example", "[2001:db8::1]", "[fd::1]"]
        {
            assert!(!is_local(other), "{other}");
        }
    }
}
