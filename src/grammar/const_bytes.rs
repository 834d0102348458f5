//! Bytes compared and cut at compile time.

#[cfg(feature = "server")]
use core::cmp::Ordering;

/// Whether the two are equal; `==` on slices is not `const`.
pub(crate) const fn eq(mut left: &[u8], mut right: &[u8]) -> bool {
    if left.len() != right.len() {
        return false;
    }
    while let ([a, left_rest @ ..], [b, right_rest @ ..]) = (left, right) {
        if *a != *b {
            return false;
        }
        (left, right) = (left_rest, right_rest);
    }
    true
}

/// The order of the two; `cmp` on slices is not `const`.
#[cfg(feature = "server")]
pub(crate) const fn cmp(mut left: &[u8], mut right: &[u8]) -> Ordering {
    loop {
        match (left, right) {
            ([a, left_rest @ ..], [b, right_rest @ ..]) if *a == *b => (left, right) = (left_rest, right_rest),
            ([a, ..], [b, ..]) if *a < *b => return Ordering::Less,
            ([], []) => return Ordering::Equal,
            ([], [_, ..]) => return Ordering::Less,
            ([_, ..], _) => return Ordering::Greater,
        }
    }
}

/// Splits at `middle`, or at the end if `bytes` is shorter.
pub(crate) const fn split_at(bytes: &[u8], middle: usize) -> (&[u8], &[u8]) {
    match bytes.split_at_checked(middle) {
        Some(parts) => parts,
        None => (bytes, &[]),
    }
}

/// The index of the first `byte`.
pub(crate) const fn find(bytes: &[u8], byte: u8) -> Option<usize> {
    let mut rest = bytes;
    while let [first, tail @ ..] = rest {
        if *first == byte {
            return Some(bytes.len() - rest.len());
        }
        rest = tail;
    }
    None
}

/// The index of the last `byte`.
pub(crate) const fn find_last(bytes: &[u8], byte: u8) -> Option<usize> {
    let mut rest = bytes;
    while let [tail @ .., last] = rest {
        if *last == byte {
            return Some(tail.len());
        }
        rest = tail;
    }
    None
}

pub(crate) const fn ends_with(bytes: &[u8], suffix: &[u8]) -> bool {
    match bytes.len().checked_sub(suffix.len()) {
        Some(start) => eq(split_at(bytes, start).1, suffix),
        None => false,
    }
}

pub(crate) const fn all_digits(mut bytes: &[u8]) -> bool {
    while let [first, rest @ ..] = bytes {
        if !first.is_ascii_digit() {
            return false;
        }
        bytes = rest;
    }
    true
}

/// These bytes as text. They must be cut from a text at ASCII bytes.
#[cfg(feature = "server")]
pub(crate) const fn as_text(bytes: &[u8]) -> &str {
    match core::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(_) => "",
    }
}
