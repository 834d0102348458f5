//! Origin patterns, parsed: all faults of one text in one pass, and its shape if there are none.

use super::{
    Hosts, ORIGIN_LIMIT, PatternFault, PatternFaults, PatternReason, Ports, SCHEME_LIMIT, Shape, Tuple, host, whole,
};
use crate::{
    grammar::{self, const_bytes as bytes},
    origin::{
        Pieces, PortReason, check_ipv6, check_tuple, default_port, find_usual_scheme_end, is_special, parse_port,
    },
};

/// Whether `origin` is one that a browser may send, `null` and `file://` apart; no other value is matched or sent back.
///
/// <https://html.spec.whatwg.org/multipage/browsers.html#ascii-serialisation-of-an-origin>
// AD-HOC: URLs may have a `*` in a host; such a host would make a pattern an origin, and no application has one. The origin of a
// `file:` URL is opaque, so a host after `file://` is not a browser's.
pub(in crate::server) fn is_origin(origin: &[u8]) -> bool {
    if origin.len() > ORIGIN_LIMIT {
        return false;
    }
    find_usual_scheme_end(origin).is_some() || is_other_origin(origin)
}

#[inline(never)]
fn is_other_origin(origin: &[u8]) -> bool {
    !matches!(origin, [b'f', b'i', b'l', b'e', b':', ..])
        && match check_tuple(origin) {
            Ok(scheme_end) => {
                scheme_end <= SCHEME_LIMIT && bytes::find(origin, b'*').is_none() && has_serialized_address(origin)
            }
            Err(_) => false,
        }
}

/// Whether the address in brackets, if there is one, is as the serializer writes it, `::` included.
fn has_serialized_address(origin: &[u8]) -> bool {
    let Some(open) = bytes::find(origin, b'[') else { return true };
    let rest = bytes::split_at(origin, open + 1).1;
    match bytes::find(rest, b']') {
        Some(close) => check_ipv6(bytes::split_at(rest, close).0).is_ok(),
        None => false,
    }
}

/// Why `origin` is not one that a browser may send; `file://` is one.
///
/// <https://html.spec.whatwg.org/multipage/browsers.html#ascii-serialisation-of-an-origin>
pub(in crate::server) fn check_origin(origin: &[u8]) -> Result<(), PatternFault> {
    if is_origin(origin) || matches!(origin, b"file://") {
        return Ok(());
    }
    if origin.len() > ORIGIN_LIMIT {
        return Err(PatternFault { reason: PatternReason::TooLong, offset: ORIGIN_LIMIT });
    }
    let faults = parse(origin).1;
    Err(match (faults.first(), bytes::find(origin, b'*')) {
        (Some(fault), _) => fault,
        (None, Some(offset)) => PatternFault { reason: PatternReason::HostByte, offset },
        // A pattern is stricter than an origin, so this is not reached.
        (None, None) => PatternFault { reason: PatternReason::HostByte, offset: 0 },
    })
}

/// The shape of a pattern, and what is wrong with it, leftmost first.
pub(super) const fn parse(text: &[u8]) -> (Option<Shape>, PatternFaults) {
    let mut faults = PatternFaults::NONE;
    match text {
        b"*" => return (Some(Shape::Any), faults),
        b"null" => return (Some(Shape::Opaque), faults),
        _ => {}
    }
    // A list of several origins may be longer than one.
    if text.len() > ORIGIN_LIMIT {
        match whole::find_second_origin(text) {
            Some(offset) => faults.add(PatternReason::SeveralOrigins, offset),
            None => faults.add(PatternReason::TooLong, ORIGIN_LIMIT),
        }
        return (None, faults);
    }
    let pieces = Pieces::of(text);
    if let Some(fault) = whole::find_fault(text, &pieces) {
        faults.add(fault.reason, fault.offset);
        return (None, faults);
    }
    whole::check_around(text, &pieces, &mut faults);
    // If it is a pattern without its quotes, there is no other fault.
    if let b"*" | b"null" = slice(text, pieces.start, pieces.end) {
        return (None, faults);
    }
    let scheme = check_scheme(text, &pieces, &mut faults);
    if let (b"file", true) = (scheme, pieces.host_start == text.len() && faults.count() == 0) {
        return (Some(Shape::Tuple(tuple(Hosts::One, Ports::One, &pieces, pieces.host_start, scheme))), faults);
    }
    if let Some(at) = pieces.userinfo_end {
        faults.add(PatternReason::Userinfo, at);
    }
    let (hosts, host_start) = check_host(text, scheme, &pieces, &mut faults);
    let ports = check_port(text, scheme, &pieces, &mut faults);
    if pieces.authority_end < pieces.end {
        let slash = matches!(slice(text, pieces.authority_end, pieces.end), b"/");
        faults.add(if slash { PatternReason::TrailingSlash } else { PatternReason::Path }, pieces.authority_end);
    }
    if faults.count() > 0 {
        return (None, faults);
    }
    (Some(Shape::Tuple(tuple(hosts, ports, &pieces, host_start, scheme))), faults)
}

#[allow(clippy::cast_possible_truncation, reason = "no offset is above the limit")]
const fn tuple(hosts: Hosts, ports: Ports, pieces: &Pieces, host_start: usize, scheme: &[u8]) -> Tuple {
    let scheme_end = match pieces.scheme_end {
        Some(end) => end,
        None => 0,
    };
    Tuple {
        hosts,
        ports,
        scheme_end: scheme_end as u16,
        host_start: host_start as u16,
        host_end: pieces.host_end as u16,
        default_port: match default_port(scheme) {
            Some(port) => port,
            None => 0,
        },
        keeps_case: !is_special(scheme),
    }
}

pub(super) const fn slice(text: &[u8], start: usize, end: usize) -> &[u8] {
    bytes::split_at(bytes::split_at(text, end).0, start).1
}

/// Checks the scheme, and returns it.
const fn check_scheme<'a>(text: &'a [u8], pieces: &Pieces, faults: &mut PatternFaults) -> &'a [u8] {
    let Some(end) = pieces.scheme_end else {
        // The scheme is the only fault of an empty text.
        faults.add(PatternReason::SchemeMissing, pieces.start);
        return b"";
    };
    let scheme = slice(text, pieces.start, end);
    let mut rest = scheme;
    while let [byte, tail @ ..] = rest {
        let offset = scheme.len() - rest.len();
        match *byte {
            b'a'..=b'z' => {}
            b'0'..=b'9' | b'+' | b'-' | b'.' if offset > 0 => {}
            b'A'..=b'Z' => faults.add(PatternReason::UpperCase, pieces.start + offset),
            b'*' | b'?' => faults.add(PatternReason::SchemeWildcard, pieces.start + offset),
            _ => faults.add(PatternReason::SchemeInvalid, pieces.start + offset),
        }
        rest = tail;
    }
    match scheme {
        [] => faults.add(PatternReason::SchemeInvalid, pieces.start),
        b"file" if pieces.host_start < text.len() => faults.add(PatternReason::SchemeFile, pieces.start),
        _ if scheme.len() > SCHEME_LIMIT => faults.add(PatternReason::SchemeTooLong, pieces.start + SCHEME_LIMIT),
        _ => {}
    }
    special_in_lowercase(scheme)
}

/// The special scheme that this one would be in lower case. Host and port are then checked as those of that scheme.
const fn special_in_lowercase(scheme: &[u8]) -> &[u8] {
    let mut special: &[&[u8]] = &[b"http", b"https", b"ws", b"wss", b"ftp", b"file"];
    while let [known, rest @ ..] = special {
        if grammar::eq_ignore_ascii_case(scheme, known) {
            return known;
        }
        special = rest;
    }
    scheme
}

/// Checks the host. Returns which part of it may vary, and where its written part starts: after the `*`, if there is one.
const fn check_host(text: &[u8], scheme: &[u8], pieces: &Pieces, faults: &mut PatternFaults) -> (Hosts, usize) {
    let start = pieces.host_start;
    let host = slice(text, start, pieces.host_end);
    // A missing or wrong scheme is reported already. The host is then checked as that of a web page.
    let is_file = bytes::eq(scheme, b"file");
    let web = scheme.is_empty() || is_special(scheme);
    let scheme = if web { b"https" } else { scheme };
    match host {
        [] if is_file || pieces.scheme_end.is_none() => (Hosts::One, start),
        b"*" if !web => (Hosts::Any, start + 1),
        [b'*', b'.', _, ..] => {
            let parent = slice(text, start + 2, pieces.host_end);
            if parent.len() > 251 {
                // A byte and a dot must fit before it.
                faults.add(PatternReason::HostTooLong, pieces.host_end);
            }
            host::check(parent, start + 2, scheme, true, faults);
            (Hosts::Subdomains, start + 1)
        }
        _ if pieces.lacks_brackets => {
            faults.add(PatternReason::Ipv6Brackets, start);
            (Hosts::One, start)
        }
        [b'.', _, ..] => {
            faults.add(PatternReason::LeadingDot, start);
            host::check(slice(text, start + 1, pieces.host_end), start + 1, scheme, false, faults);
            (Hosts::One, start)
        }
        _ => {
            let Some(star) = host::find_wildcard_in_label(host) else {
                match host::find_wildcard_in_ipv4(host) {
                    Some(star) => faults.add(PatternReason::WildcardAddress, start + star),
                    None => host::check(host, start, scheme, false, faults),
                }
                return (Hosts::One, start);
            };
            let (before, after) = (bytes::split_at(host, star).0, bytes::split_at(host, star + 1).1);
            host::check_parts(before, after, start, scheme, faults);
            (Hosts::Label, start + star + 1)
        }
    }
}

const fn check_port(text: &[u8], scheme: &[u8], pieces: &Pieces, faults: &mut PatternFaults) -> Ports {
    let digits = match slice(text, pieces.host_end, pieces.authority_end) {
        [] => return Ports::One,
        b":*" => return Ports::Any,
        [b':', digits @ ..] => digits,
        _ => {
            faults.add(PatternReason::HostByte, pieces.host_end);
            return Ports::One;
        }
    };
    let reason = match (parse_port(digits), default_port(scheme)) {
        (Ok(number), Some(default)) if default == number => PatternReason::PortDefault,
        (Ok(_), _) => return Ports::One,
        (Err(PortReason::NotANumber), _) if bytes::find(digits, b'*').is_some() => PatternReason::WildcardPlace,
        (Err(PortReason::NotANumber), _) => PatternReason::PortInvalid,
        (Err(PortReason::LeadingZero), _) => PatternReason::PortLeadingZero,
        (Err(PortReason::OutOfRange), _) => PatternReason::PortOutOfRange,
    };
    faults.add(reason, pieces.host_end);
    Ports::One
}
