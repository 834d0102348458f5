//! A single range header value.

use core::{cmp::Ordering, error, fmt};

use crate::browser::profile::switches::RangeNumbers;

/// "Parse a single range header value": why a `Range` is not a single range with a start, written without whitespace.
///
/// <https://fetch.spec.whatwg.org/#simple-range-header-value>
pub(super) fn check_range(value: &[u8], numbers: RangeNumbers) -> Result<(), InvalidRange> {
    // 2–6. Lower case alone, and no whitespace, since allowWhitespace is false.
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
    // 17, and the safelist's own third step.
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

/// A `Range` is no single range with a start.
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
    /// Something stands after the end: a second range, whitespace.
    Trailing {
        /// The offset of what does.
        offset: usize,
    },
    /// It has no start: `bytes=-500`.
    NoStart,
    /// It starts after its end.
    StartAfterEnd,
    /// It has a number too large for the browser; the standard has no such limit.
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
