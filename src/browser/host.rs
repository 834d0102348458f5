//! Hosts that are addresses of this machine or of a local network.

/// Whether a host is this machine: `localhost`, a name below it, `127.0.0.0/8` or `[::1]`.
///
/// A name such as `127.evil.example` is a domain, and no address.
///
/// <https://w3c.github.io/webappsec-secure-contexts/#potentially-trustworthy-origin>
pub(super) fn is_loopback(host: &str) -> bool {
    let name = host.strip_suffix('.').unwrap_or(host);
    match ipv4(host) {
        Some([first, ..]) => first == 127,
        None => name == "localhost" || name.ends_with(".localhost") || host == "[::1]",
    }
}

/// Whether a host is an address or a name of this machine or of a local network, as far as it shows.
///
/// <https://wicg.github.io/local-network-access/#ip-address-space>
pub(super) fn is_local(host: &str) -> bool {
    let private = match ipv4(host) {
        Some([10, ..] | [192, 168, ..] | [169, 254, ..] | [172, 16..=31, ..]) => true,
        Some([100, second, ..]) => matches!(second, 64..=127),
        Some(_) => false,
        None => {
            let in_ipv6 = |prefix: &[u8; 3]| host.as_bytes().starts_with(prefix);
            // `fc00::/7` and `fe80::/10`.
            let unique_or_link_local = [b"[fc", b"[fd", b"[fe"].into_iter().any(in_ipv6);
            unique_or_link_local && !host.as_bytes().get(3).is_some_and(|byte| matches!(byte, b'c'..=b'f'))
                || matches!(host.as_bytes().rsplit(|byte| *byte == b'.').next(), Some(b"local" | b"internal"))
        }
    };
    private || is_loopback(host)
}

/// The four octets of a host that is an IPv4 address.
fn ipv4(host: &str) -> Option<[u8; 4]> {
    let mut octets = host.as_bytes().split(|byte| *byte == b'.').map(octet);
    let address = [octets.next()??, octets.next()??, octets.next()??, octets.next()??];
    octets.next().is_none().then_some(address)
}

fn octet(digits: &[u8]) -> Option<u8> {
    if !(1..=3).contains(&digits.len()) {
        return None;
    }
    digits.iter().try_fold(0_u8, |number, digit| {
        let digit = digit.checked_sub(b'0').filter(|digit| *digit <= 9)?;
        number.checked_mul(10)?.checked_add(digit)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_domain_that_starts_like_an_address_is_no_address() {
        for (host, loopback, local) in [
            ("127.0.0.1", true, true),
            ("127.255.0.9", true, true),
            ("[::1]", true, true),
            ("localhost", true, true),
            ("localhost.", true, true),
            ("app.localhost", true, true),
            ("127.evil.example", false, false),
            ("127.0.0.1.evil.example", false, false),
            ("10.evil.example", false, false),
            ("192.168.evil.example", false, false),
            ("evillocalhost", false, false),
            ("localhost.evil.example", false, false),
            ("10.0.0.1", false, true),
            ("192.168.1.1", false, true),
            ("172.16.0.1", false, true),
            ("172.32.0.1", false, false),
            ("169.254.1.1", false, true),
            ("100.64.0.1", false, true),
            ("100.128.0.1", false, false),
            ("128.0.0.1", false, false),
            ("printer.local", false, true),
            ("[fd00::1]", false, true),
            ("[fe80::1]", false, true),
            ("[fec0::1]", false, false),
            ("[2001:db8::1]", false, false),
            ("feed.example", false, false),
        ] {
            assert_eq!((is_loopback(host), is_local(host)), (loopback, local), "{host}");
        }
    }
}
