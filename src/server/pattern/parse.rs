//! Origin patterns and origins, parsed.

use super::{Hosts, ORIGIN_LIMIT, PatternFault, PatternReason, Ports, SCHEME_LIMIT, Shape, Tuple};
use crate::server::{
    ascii,
    host::{self, HostReason, PortFault},
};

const fn fault<T>(reason: PatternReason, offset: usize) -> Result<T, PatternFault> {
    Err(PatternFault { reason, offset })
}

/// Tells why `origin` is no well-formed origin, `null` apart; such a value is never matched, and never sent back.
///
/// <https://fetch.spec.whatwg.org/#origin-header>
pub(in crate::server) const fn check_origin(origin: &[u8]) -> Result<(), PatternFault> {
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

pub(super) const fn parse(text: &[u8]) -> Result<Shape, PatternFault> {
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
