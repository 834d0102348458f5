//! Hosts and ports as they stand in an origin, checked at compile time and on each request by the same functions.

use super::ascii;

/// The longest label, in bytes.
const LABEL_LIMIT: usize = 63;

/// The longest domain, in bytes.
pub(super) const DOMAIN_LIMIT: usize = 253;

/// What is wrong with a host, and the offset in it, in bytes.
pub(super) type HostFault = (HostReason, usize);

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum HostReason {
    Byte,
    Empty,
    EmptyLabel,
    Hyphen,
    TooLong,
    Ipv4,
    Ipv6,
    Ipv6Form,
}

/// `serialized-domain`, in a length that DNS allows.
///
/// AD-HOC: `_` is taken as a letter; browsers send it, and names with it are in use.
///
/// <https://fetch.spec.whatwg.org/#serialized-domain>
pub(super) const fn check_domain(host: &[u8]) -> Result<(), HostFault> {
    if host.is_empty() {
        return Err((HostReason::Empty, 0));
    }
    if host.len() > DOMAIN_LIMIT {
        return Err((HostReason::TooLong, DOMAIN_LIMIT));
    }
    let mut rest = host;
    let mut label = 0;
    let mut last = b'.';
    while let [byte, tail @ ..] = rest {
        let offset = host.len() - rest.len();
        match *byte {
            b'a'..=b'z' | b'0'..=b'9' | b'_' => label += 1,
            b'-' if label == 0 => return Err((HostReason::Hyphen, offset)),
            b'-' => label += 1,
            b'.' if label == 0 => return Err((HostReason::EmptyLabel, offset)),
            b'.' if last == b'-' => return Err((HostReason::Hyphen, offset - 1)),
            b'.' => label = 0,
            _ => return Err((HostReason::Byte, offset)),
        }
        if label > LABEL_LIMIT {
            return Err((HostReason::TooLong, offset));
        }
        last = *byte;
        rest = tail;
    }
    match last {
        b'.' => Err((HostReason::EmptyLabel, host.len() - 1)),
        b'-' => Err((HostReason::Hyphen, host.len() - 1)),
        _ => Ok(()),
    }
}

/// Whether the last label of a domain is a number, so that a URL parser takes the whole for an IPv4 address.
///
/// <https://url.spec.whatwg.org/#ends-in-a-number-checker>
pub(super) const fn ends_in_number(host: &[u8]) -> bool {
    let last = match ascii::find_last(host, b'.') {
        Some(dot) => ascii::split_at(host, dot + 1).1,
        None => host,
    };
    !last.is_empty() && ascii::all_digits(last) || matches!(last, [b'0', b'x', hex @ ..] if all_hex(hex))
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

/// `serialized-ipv4`: four decimal numbers below 256, without zeros in front.
///
/// <https://fetch.spec.whatwg.org/#serialized-ipv4>
pub(super) const fn check_ipv4(host: &[u8]) -> Result<(), HostFault> {
    let mut rest = host;
    let mut octets = 1;
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
                (value, digits) = (0, 0);
            }
            _ => return Err((HostReason::Ipv4, offset)),
        }
        rest = tail;
    }
    if octets == 4 && digits > 0 { Ok(()) } else { Err((HostReason::Ipv4, 0)) }
}

/// An IPv6 address without its brackets, in the one form that a URL serializer writes.
///
/// <https://url.spec.whatwg.org/#concept-ipv6-serializer>
pub(super) const fn check_ipv6(address: &[u8]) -> Result<(), HostFault> {
    let mut groups = 0_usize;
    // Of the groups that are zero: the run that goes on, the longest since the gap, and the longest before it. A run that
    // touches the gap is longer than any.
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
            Err((HostReason::Ipv6Form, 0))
        } else {
            Ok(())
        };
    }
    if groups > 6 {
        return Err((HostReason::Ipv6, address.len()));
    }
    // The gap is the first of the longest runs of zeros.
    let length = 8 - groups;
    if before < length && longest <= length { Ok(()) } else { Err((HostReason::Ipv6Form, 0)) }
}

/// Whether this host is the machine itself, which no network stands before.
///
/// <https://w3c.github.io/webappsec-secure-contexts/#is-origin-trustworthy>
pub(super) const fn is_loopback(host: &[u8]) -> bool {
    ascii::eq(host, b"localhost")
        || ascii::ends_with(host, b".localhost")
        || ascii::eq(host, b"[::1]")
        || matches!(host, [b'1', b'2', b'7', b'.', ..]) && check_ipv4(host).is_ok()
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum PortFault {
    NotANumber,
    LeadingZero,
    OutOfRange,
}

/// A port as a URL serializer writes it.
///
/// <https://url.spec.whatwg.org/#concept-url-port>
pub(super) const fn check_port(port: &[u8]) -> Result<u16, PortFault> {
    if port.is_empty() || !ascii::all_digits(port) {
        return Err(PortFault::NotANumber);
    }
    if port.len() > 1 && matches!(port, [b'0', ..]) {
        return Err(PortFault::LeadingZero);
    }
    let mut value = 0_u32;
    let mut rest = port;
    while let [digit, tail @ ..] = rest {
        value = value * 10 + (*digit - b'0') as u32;
        if value > 65535 {
            return Err(PortFault::OutOfRange);
        }
        rest = tail;
    }
    #[allow(clippy::cast_possible_truncation, reason = "it is below 65536")]
    Ok(value as u16)
}

/// The port that is never written with this scheme.
///
/// <https://url.spec.whatwg.org/#default-port>
pub(super) const fn default_port(scheme: &[u8]) -> Option<u16> {
    match scheme {
        b"http" | b"ws" => Some(80),
        b"https" | b"wss" => Some(443),
        b"ftp" => Some(21),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ipv6_has_one_form() {
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
    fn the_machine_itself_is_known_by_name_and_by_address() {
        for own in ["localhost", "a.localhost", "[::1]", "127.0.0.1", "127.255.255.255"] {
            assert!(is_loopback(own.as_bytes()), "{own}");
        }
        for other in ["127.evil.example", "127.0.0.1.evil.example", "10.0.0.1", "128.0.0.1", "notlocalhost", "[::2]"] {
            assert!(!is_loopback(other.as_bytes()), "{other}");
        }
    }

    #[test]
    fn ipv4_is_four_numbers_below_256() {
        for good in ["0.0.0.0", "255.255.255.255", "1.20.255.0"] {
            assert!(check_ipv4(good.as_bytes()).is_ok(), "{good}");
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
            assert!(check_ipv4(bad.as_bytes()).is_err_and(|fault| fault == (HostReason::Ipv4, offset)), "{bad}");
        }
    }

    #[test]
    fn domains_are_letters_digits_hyphens_and_underscores() {
        for good in ["a", "a.example", "a_b.example", "_a", "xn--bcher-kva.example", "1.2.3"] {
            assert!(check_domain(good.as_bytes()).is_ok(), "{good}");
        }
        for bad in
            ["", ".", "a.", ".a", "a..b", "-a", "a-", "a-.b", "a.-b", "A", "a b", "a/b", "b\u{fc}cher", "a@b", "a:1"]
        {
            assert!(check_domain(bad.as_bytes()).is_err(), "{bad}");
        }
        assert!(check_domain(&[b'a'; 63]).is_ok());
        assert!(check_domain(&[b'a'; 64]).is_err());
        let mut label = [b'a'; 64];
        label[1] = b'-';
        assert!(check_domain(&label).is_err());
        assert!(check_domain(&label[..63]).is_ok());
    }
}
