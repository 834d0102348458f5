//! Faults that concern a text as a whole, and the blanks and quotes around it.

use super::{PatternFault, PatternFaults, PatternReason, parse::slice};
use crate::{
    grammar::const_bytes as bytes,
    origin::{Around, Pieces, Whole, find_scheme_end},
};

/// Why a text is not one pattern. Its parts are then not checked.
pub(super) const fn find_fault(text: &[u8], pieces: &Pieces) -> Option<PatternFault> {
    let trimmed = slice(text, pieces.start, pieces.end);
    let whole = Whole::of(trimmed);
    let (reason, offset) = match (whole, find_second_origin(text)) {
        _ if trimmed.is_empty() => (PatternReason::Empty, 0),
        (Some(Whole::WithoutHost), _) => (PatternReason::SchemeWithoutHost, pieces.start),
        (_, Some(offset)) => (PatternReason::SeveralOrigins, offset),
        (Some(Whole::WordForAny | Whole::WordForNull | Whole::Word), _) => (PatternReason::Keyword, pieces.start),
        (Some(Whole::File), _) => (PatternReason::SchemeFile, pieces.start),
        (Some(Whole::TwoSchemes), _) => (PatternReason::SchemeRepeated, pieces.host_start),
        (Some(Whole::Variable), _) => (PatternReason::Variable, pieces.start),
        (Some(Whole::RegularExpression), _) => (PatternReason::RegularExpression, pieces.start),
        (None, None) => return None,
    };
    Some(PatternFault { reason, offset })
}

/// Reports the blanks and the quotes around a pattern.
pub(super) const fn check_around(text: &[u8], pieces: &Pieces, faults: &mut PatternFaults) {
    let mut rest = bytes::split_at(text, pieces.start).0;
    while let Some((around, length)) = Around::at_start(rest) {
        faults.add(reason(around), pieces.start - rest.len());
        rest = bytes::split_at(rest, length).1;
    }
    // The bracket of a list is known by the scheme behind it, which is not in the part that is walked here.
    if !rest.is_empty() {
        faults.add(PatternReason::Quoted, pieces.start - rest.len());
    }
    let mut end = text.len();
    while end > pieces.end {
        let Some((around, length)) = Around::at_end(bytes::split_at(text, end).0) else { break };
        end -= length;
        faults.add(reason(around), end);
    }
}

const fn reason(around: Around) -> PatternReason {
    match around {
        Around::Blank => PatternReason::Blank,
        Around::Quote => PatternReason::Quoted,
    }
}

/// The separators of a list in one text: a comma, a semicolon, or a blank or a bar with a scheme after it.
pub(super) const fn find_second_origin(text: &[u8]) -> Option<usize> {
    let mut rest = text;
    let mut seen = false;
    while let [byte, tail @ ..] = rest {
        match *byte {
            b',' | b';' if seen => return Some(text.len() - rest.len()),
            b'\t' | b'\n' | b'\r' | b' ' | b'|' if seen && find_scheme_end(tail).is_some() => {
                return Some(text.len() - rest.len());
            }
            0..=b' ' => {}
            _ => seen = true,
        }
        rest = tail;
    }
    None
}
