//! Bytes compared and cut at compile time.

/// Whether the two are the same; `==` on slices is not `const`.
pub(super) const fn eq(mut left: &[u8], mut right: &[u8]) -> bool {
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

/// Cuts at `middle`, or at the end if there is less.
pub(super) const fn split_at(bytes: &[u8], middle: usize) -> (&[u8], &[u8]) {
    match bytes.split_at_checked(middle) {
        Some(parts) => parts,
        None => (bytes, &[]),
    }
}

/// Where `byte` stands first.
pub(super) const fn find(bytes: &[u8], byte: u8) -> Option<usize> {
    let mut rest = bytes;
    while let [first, tail @ ..] = rest {
        if *first == byte {
            return Some(bytes.len() - rest.len());
        }
        rest = tail;
    }
    None
}

/// Where `byte` stands last.
pub(super) const fn find_last(bytes: &[u8], byte: u8) -> Option<usize> {
    let mut rest = bytes;
    while let [tail @ .., last] = rest {
        if *last == byte {
            return Some(tail.len());
        }
        rest = tail;
    }
    None
}

pub(super) const fn ends_with(bytes: &[u8], suffix: &[u8]) -> bool {
    match bytes.len().checked_sub(suffix.len()) {
        Some(start) => eq(split_at(bytes, start).1, suffix),
        None => false,
    }
}

pub(super) const fn all_digits(mut bytes: &[u8]) -> bool {
    while let [first, rest @ ..] = bytes {
        if !first.is_ascii_digit() {
            return false;
        }
        bytes = rest;
    }
    true
}
