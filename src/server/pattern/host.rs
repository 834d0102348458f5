//! The host of a pattern. It is stricter than that of an origin: a name that DNS cannot have is a mistake in a list.

use super::{PatternFaults, PatternReason};
use crate::{
    grammar::const_bytes as bytes,
    origin::{Around, Host, HostReason, check_ipv6, is_domain_byte, is_special},
};

/// The longest label that DNS has, in bytes.
const LABEL_LIMIT: usize = 63;

/// The longest domain that DNS has, in bytes.
const DOMAIN_LIMIT: usize = 253;

/// Reports the faults of a host that has no `*`, or of the part after its `*`.
pub(super) const fn check(host: &[u8], start: usize, scheme: &[u8], after_wildcard: bool, faults: &mut PatternFaults) {
    if let [b'[', rest @ ..] = host {
        let [address @ .., b']'] = rest else { return faults.add(PatternReason::Ipv6, start) };
        return match check_ipv6(address) {
            Ok(()) if after_wildcard => faults.add(PatternReason::WildcardAddress, start.saturating_sub(1)),
            Ok(()) => {}
            Err((HostReason::Ipv6Form | HostReason::Ipv6Zeros, offset)) => {
                faults.add(PatternReason::Ipv6Form, start + 1 + offset);
            }
            Err((_, offset)) => faults.add(PatternReason::Ipv6, start + 1 + offset),
        };
    }
    if !check_bytes(host, start, scheme, faults) || !check_labels(host, start, faults) {
        return;
    }
    match Host::parse(host, scheme) {
        Ok(Host::Domain(_)) => {}
        Ok(_) if after_wildcard => faults.add(PatternReason::WildcardAddress, start.saturating_sub(1)),
        Ok(_) => {}
        Err((HostReason::Empty, offset)) => faults.add(PatternReason::HostEmpty, start + offset),
        Err((HostReason::Ipv4, offset)) => faults.add(PatternReason::Ipv4, start + offset),
        Err((_, offset)) => faults.add(PatternReason::HostByte, start + offset),
    }
}

/// Reports the faults of a host that has a `*` in its first label, between `before` and `after`.
pub(super) const fn check_parts(before: &[u8], after: &[u8], start: usize, scheme: &[u8], faults: &mut PatternFaults) {
    let after_start = start + before.len() + 1;
    let label_end = match bytes::find(after, b'.') {
        Some(dot) => dot,
        None => after.len(),
    };
    let (label, parent) = bytes::split_at(after, label_end);
    check_bytes(before, start, scheme, faults);
    check_bytes(label, after_start, scheme, faults);
    if before.len() + 1 + label.len() > LABEL_LIMIT {
        faults.add(PatternReason::HostTooLong, start + LABEL_LIMIT);
    } else if before.len() + 1 + after.len() > DOMAIN_LIMIT {
        faults.add(PatternReason::HostTooLong, start + DOMAIN_LIMIT);
    }
    check(bytes::split_at(parent, 1).1, after_start + label_end + 1, scheme, true, faults);
}

/// Reports the first byte of each kind that a host cannot have. Returns whether every byte is one that a host can have.
const fn check_bytes(host: &[u8], start: usize, scheme: &[u8], faults: &mut PatternFaults) -> bool {
    let mut good = true;
    let mut rest = host;
    while let [byte, tail @ ..] = rest {
        let offset = start + host.len() - rest.len();
        if let Some((Around::Blank, length)) = Around::at_start(rest) {
            faults.add(PatternReason::Blank, offset);
            good = false;
            rest = bytes::split_at(rest, length).1;
            continue;
        }
        let reason = match *byte {
            b'*' => Some(PatternReason::WildcardPlace),
            b'A'..=b'Z' if is_special(scheme) => Some(PatternReason::UpperCase),
            b'A'..=b'Z' => None,
            0x80..=0xFF => Some(PatternReason::NonAscii),
            // AD-HOC: URLs may have these in a host; in a list they are quotes, or variables that nothing has expanded.
            b'"' | b'\'' | b'`' | b'$' | b'{' | b'}' | b'(' | b')' => Some(PatternReason::HostByte),
            byte if !is_domain_byte(byte) => Some(PatternReason::HostByte),
            _ => None,
        };
        if let Some(reason) = reason {
            faults.add(reason, offset);
            good = false;
        }
        rest = tail;
    }
    good
}

/// Reports labels that are empty or too long. Returns whether there are none. One dot may end a domain.
const fn check_labels(host: &[u8], start: usize, faults: &mut PatternFaults) -> bool {
    let mut good = host.len() <= DOMAIN_LIMIT;
    if !good {
        faults.add(PatternReason::HostTooLong, start + DOMAIN_LIMIT);
    }
    let mut label = 0;
    let mut rest = host;
    while let [byte, tail @ ..] = rest {
        let offset = start + host.len() - rest.len();
        if *byte != b'.' {
            label += 1;
            if label == LABEL_LIMIT + 1 {
                faults.add(PatternReason::HostTooLong, offset);
                good = false;
            }
        } else if label == 0 {
            faults.add(PatternReason::LabelEmpty, offset);
            good = false;
        } else {
            label = 0;
        }
        rest = tail;
    }
    good
}

/// Whether a `*` before a dot may match these bytes: labels, none of them empty, with dots between them.
#[inline]
pub(super) fn are_labels(labels: &[u8], keeps_case: bool) -> bool {
    may_be_wildcard(labels, keeps_case, Dots::BetweenLabels)
}

/// Whether a `*` within a label may match these bytes.
#[inline]
pub(super) fn is_part_of_label(part: &[u8], keeps_case: bool) -> bool {
    may_be_wildcard(part, keeps_case, Dots::Nowhere)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Dots {
    Nowhere,
    BetweenLabels,
}

fn may_be_wildcard(part: &[u8], keeps_case: bool, dots: Dots) -> bool {
    let mut last = b'.';
    for byte in part {
        if !is_wildcard_byte(*byte, keeps_case) || *byte == b'.' && (dots == Dots::Nowhere || last == b'.') {
            return false;
        }
        last = *byte;
    }
    last != b'.'
}

/// Whether a `*` may match this byte. Upper-case letters are in hosts of schemes that are not special.
// AD-HOC: URLs may have a `*` in a host. Here it is always a wildcard, so that no pattern is an origin that it matches.
const fn is_wildcard_byte(byte: u8, keeps_case: bool) -> bool {
    is_domain_byte(byte) && byte != b'*' || keeps_case && byte.is_ascii_uppercase()
}

/// The offset of the `*` in the first label of this host, if there is one and the label has text beside it.
pub(super) const fn find_wildcard_in_label(host: &[u8]) -> Option<usize> {
    let Some(star) = bytes::find(host, b'*') else { return None };
    let (before, rest) = bytes::split_at(host, star);
    let after = bytes::split_at(rest, 1).1;
    let Some(dot) = bytes::find(after, b'.') else { return None };
    // `*example.com` would match `evilexample.com`.
    let parent = crate::origin::without_final_dot(bytes::split_at(after, dot + 1).1);
    let in_first_label = bytes::find(before, b'.').is_none();
    let beside_text = !before.is_empty() || dot > 0;
    if in_first_label && beside_text && bytes::find(parent, b'.').is_some() { Some(star) } else { None }
}

/// The offset of the first `*` in a host that would be an IPv4 address without it.
pub(super) const fn find_wildcard_in_ipv4(host: &[u8]) -> Option<usize> {
    let mut digits = 0;
    let mut rest = host;
    while let [byte @ (b'0'..=b'9' | b'.' | b'*'), tail @ ..] = rest {
        digits += byte.is_ascii_digit() as usize;
        rest = tail;
    }
    if rest.is_empty() && digits > 0 { bytes::find(host, b'*') } else { None }
}
