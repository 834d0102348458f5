//! A single range header value.

use core::{cmp::Ordering, error, fmt};

use crate::{
    browser::profile::{
        Profile,
        switches::{RangeNumbers, RangeSyntax},
    },
    grammar::{InvalidNumber, unsigned_number},
};

/// "Parse a single range header value": why a `Range` is not a single range with a start, written without whitespace.
///
/// <https://fetch.spec.whatwg.org/#simple-range-header-value>
pub(super) fn check_range(value: &[u8], profile: &Profile) -> Result<(), InvalidRange> {
    match profile.range_syntax {
        RangeSyntax::Digits => check_digits(value, profile.range_numbers),
        RangeSyntax::PlusSigns => check_with_plus_signs(value),
    }
}

fn check_digits(value: &[u8], numbers: RangeNumbers) -> Result<(), InvalidRange> {
    // 2–6. Only lower case and no whitespace, because allowWhitespace is false.
    let rest = value.strip_prefix(b"bytes=").ok_or(InvalidRange::Unit)?;
    // 8–9.
    let (start, rest) = split_digits(rest);
    // 11–12.
    let [b'-', rest @ ..] = rest else { return Err(InvalidRange::Dash { offset: value.len() - rest.len() }) };
    // 14–15.
    let (end, rest) = split_digits(rest);
    // 16.
    if !rest.is_empty() {
        return Err(InvalidRange::Trailing { offset: value.len() - rest.len() });
    }
    // 17, and step 3 of the safelist.
    if start.is_empty() {
        return Err(InvalidRange::NoStart);
    }
    let limit: &[u8] = match numbers {
        RangeNumbers::Unlimited => b"",
        RangeNumbers::BelowI64Max => b"9223372036854775807",
        RangeNumbers::UpToU64Max => b"18446744073709551616",
    };
    let reaches_limit = |digits: &&[u8]| compare_decimals(digits, limit) != Ordering::Less;
    if !limit.is_empty() && [start, end].iter().any(reaches_limit) {
        return Err(InvalidRange::NumberTooLarge);
    }
    // 18.
    if !end.is_empty() && compare_decimals(start, end) == Ordering::Greater {
        return Err(InvalidRange::StartAfterEnd);
    }
    Ok(())
}

// AD-HOC: WebKit parses these numbers like all others, with optional whitespace around them and an optional `+`.
fn check_with_plus_signs(value: &[u8]) -> Result<(), InvalidRange> {
    let (unit, rest) = value.split_at_checked("bytes".len()).ok_or(InvalidRange::Unit)?;
    let rest = rest.strip_prefix(b"=").filter(|_| unit.eq_ignore_ascii_case(b"bytes"));
    let rest = rest.ok_or(InvalidRange::Unit)?;
    if let Some(offset) = value.iter().position(|byte| matches!(byte, b' ' | b'\t')) {
        return Err(InvalidRange::Trailing { offset });
    }
    let Some(dash) = rest.iter().position(|byte| *byte == b'-') else {
        return Err(InvalidRange::Dash { offset: value.len() });
    };
    let (start, end) = rest.split_at_checked(dash).unwrap_or_default();
    let end = end.get(1..).unwrap_or_default();
    if start.is_empty() {
        return Err(InvalidRange::NoStart);
    }
    let number = |text, offset| match unsigned_number(text) {
        Ok(number) => Ok(number),
        Err(InvalidNumber::Overflow) => Err(InvalidRange::NumberTooLarge),
        Err(InvalidNumber::Syntax) => Err(InvalidRange::Trailing { offset }),
    };
    let first = number(start, value.len() - rest.len())?;
    let last = if end.is_empty() { u64::MAX } else { number(end, value.len() - end.len())? };
    if last < first { Err(InvalidRange::StartAfterEnd) } else { Ok(()) }
}

fn split_digits(bytes: &[u8]) -> (&[u8], &[u8]) {
    let end = bytes.iter().position(|byte| !byte.is_ascii_digit()).unwrap_or(bytes.len());
    bytes.split_at_checked(end).unwrap_or((bytes, &[]))
}

/// Compares decimal numbers of any length.
fn compare_decimals(left: &[u8], right: &[u8]) -> Ordering {
    let significant = |digits: &[u8]| digits.iter().position(|digit| *digit != b'0').unwrap_or(digits.len());
    let left = left.get(significant(left)..).unwrap_or_default();
    let right = right.get(significant(right)..).unwrap_or_default();
    left.len().cmp(&right.len()).then_with(|| left.cmp(right))
}

/// A `Range` is not a single range with a start.
///
/// <https://fetch.spec.whatwg.org/#simple-range-header-value>
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum InvalidRange {
    /// It does not begin with `bytes=`.
    Unit,
    /// There is no `-` after the start.
    Dash {
        /// The offset where it is missing.
        offset: usize,
    },
    /// Something follows the end, such as a second range or whitespace.
    Trailing {
        /// The offset of the first such byte.
        offset: usize,
    },
    /// It has no start: `bytes=-500`.
    NoStart,
    /// It starts after its end.
    StartAfterEnd,
    /// A number is too large for the browser. The standard has no limit.
    NumberTooLarge,
}

impl fmt::Display for InvalidRange {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            InvalidRange::Unit => formatter.write_str("the range does not begin with `bytes=`"),
            InvalidRange::Dash { offset } => write!(formatter, "the range has no `-` at byte {offset}"),
            InvalidRange::Trailing { offset } => write!(formatter, "the range goes on at byte {offset}"),
            InvalidRange::NoStart => formatter.write_str("the range has no start"),
            InvalidRange::StartAfterEnd => formatter.write_str("the range starts after its end"),
            InvalidRange::NumberTooLarge => formatter.write_str("the range has a number too large for the browser"),
        }
    }
}

impl error::Error for InvalidRange {}
