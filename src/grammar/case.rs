//! Text compared without regard to ASCII case.

// OPTIMIZATION: compares eight bytes at a time, and converts to lower case only where two words differ. The result is
// the same.

use core::cmp::Ordering;

use super::swar::each;

/// The bytes of a word in lower case.
const fn lowercase(word: u64) -> u64 {
    // The highest bit of each byte shows whether the other bits have reached a bound; no sum overflows its byte.
    let low = word & each(0x7F);
    let from_a = low + each(0x80 - b'A');
    let after_z = low + each(0x7F - b'Z');
    word | (from_a & !after_z & !word & each(0x80)) >> 2
}

/// Whether the bytes of the two words are equal, except for the case of letters.
// OPTIMIZATION: compares eight bytes at once. Letters that differ only in case differ in bit 5 alone. If a difference is in
// another bit, no byte is checked for a letter; otherwise one word is, which is enough.
const fn is_match(a: u64, b: u64) -> bool {
    let differences = a ^ b;
    if differences == 0 {
        return true;
    }
    if differences & !each(0x20) != 0 {
        return false;
    }
    let low = (a | each(0x20)) & each(0x7F);
    let from_a = low + each(0x80 - b'a');
    let after_z = low + each(0x7F - b'z');
    let letters = from_a & !after_z & !a & each(0x80);
    differences << 2 & !letters == 0
}

/// Whether the two are a byte-case-insensitive match; core's own is not `const` in every supported compiler.
// OPTIMIZATION: usually the lengths differ. The comparison itself is out of line, so that it is not unrolled for each constant name. The
// result is the same.
#[inline]
pub(crate) const fn eq_ignore_ascii_case(left: &[u8], right: &[u8]) -> bool {
    left.len() == right.len() && eq_of_one_length(left, right)
}

// OPTIMIZATION: the last word may overlap the one before, so that no bytes are left to be compared one by one. It is compared first:
// names that begin alike, as those of CORS do, differ there.
#[inline(never)]
const fn eq_of_one_length(left: &[u8], right: &[u8]) -> bool {
    if cfg!(fetch_cors_small) {
        return eq_of_bytes(left, right);
    }
    let (Some(left_end), Some(right_end)) = (left.last_chunk(), right.last_chunk()) else {
        return eq_of_few(left, right);
    };
    if !is_match(u64::from_ne_bytes(*left_end), u64::from_ne_bytes(*right_end)) {
        return false;
    }
    let (mut left, mut right) = (left, right);
    while let (Some((a, left_rest)), Some((b, right_rest))) = (left.split_first_chunk(), right.split_first_chunk()) {
        if !is_match(u64::from_ne_bytes(*a), u64::from_ne_bytes(*b)) {
            return false;
        }
        (left, right) = (left_rest, right_rest);
    }
    true
}

/// The same comparison of texts of less than eight bytes.
const fn eq_of_few(left: &[u8], right: &[u8]) -> bool {
    if let (Some(left_start), Some(left_end)) = (left.first_chunk(), left.last_chunk())
        && let (Some(right_start), Some(right_end)) = (right.first_chunk(), right.last_chunk())
    {
        return is_match(both(*left_start, *left_end), both(*right_start, *right_end));
    }
    eq_of_bytes(left, right)
}

const fn eq_of_bytes(mut left: &[u8], mut right: &[u8]) -> bool {
    while let ([a, left_rest @ ..], [b, right_rest @ ..]) = (left, right) {
        if !a.eq_ignore_ascii_case(b) {
            return false;
        }
        (left, right) = (left_rest, right_rest);
    }
    true
}

const fn both(start: [u8; 4], end: [u8; 4]) -> u64 {
    (u32::from_ne_bytes(start) as u64) << 32 | u32::from_ne_bytes(end) as u64
}

/// Whether `bytes` equal `lowercase`, which has only letters and hyphens, without regard to ASCII case.
// OPTIMIZATION: upper-case letters differ from lower-case ones only in bit 5, and setting it turns no other byte into a
// letter. The loop has no branch, and compiles to a few vector instructions.
#[cfg(any(feature = "browser", feature = "server"))]
#[inline(always)]
pub(crate) fn is_lowercase<const N: usize>(bytes: &[u8], lowercase: &[u8; N]) -> bool {
    if cfg!(fetch_cors_small) {
        return eq_ignore_ascii_case(bytes, lowercase);
    }
    let Ok(bytes) = <&[u8; N]>::try_from(bytes) else { return false };
    let differences = bytes.iter().zip(lowercase).map(|(byte, expected)| {
        let case = if *expected == b'-' { 0 } else { 0x20 };
        (byte | case) ^ expected
    });
    differences.fold(0, |all, difference| all | difference) == 0
}

/// The first 16 bytes in lower case, as a number. If the numbers of two texts differ, their order is that of the texts.
/// A shorter text is padded with zeros.
#[cfg(all(feature = "browser", feature = "alloc"))]
pub(crate) fn lowercase_start(bytes: &[u8]) -> u128 {
    let mut start = [0; 16];
    match (bytes.first_chunk(), start.get_mut(..bytes.len())) {
        (Some(chunk), _) => start = *chunk,
        (None, Some(place)) => place.copy_from_slice(bytes),
        (None, None) => {}
    }
    let word = |chunk: &[u8; 8]| u128::from(lowercase(u64::from_be_bytes(*chunk)));
    start.as_chunks().0.iter().fold(0, |number, chunk| number << 64 | word(chunk))
}

/// The order of the two in lower case.
pub(crate) fn cmp_ignore_ascii_case(mut left: &[u8], mut right: &[u8]) -> Ordering {
    while !cfg!(fetch_cors_small)
        && let (Some((a, left_rest)), Some((b, right_rest))) = (left.split_first_chunk(), right.split_first_chunk())
    {
        // In big-endian order, the order of words is that of their bytes.
        let (a, b) = (u64::from_be_bytes(*a), u64::from_be_bytes(*b));
        if !is_match(a, b) {
            return lowercase(a).cmp(&lowercase(b));
        }
        (left, right) = (left_rest, right_rest);
    }
    while let ([a, left_rest @ ..], [b, right_rest @ ..]) = (left, right) {
        if a != b && !a.eq_ignore_ascii_case(b) {
            return a.to_ascii_lowercase().cmp(&b.to_ascii_lowercase());
        }
        (left, right) = (left_rest, right_rest);
    }
    left.len().cmp(&right.len())
}

#[cfg(test)]
mod tests {
    extern crate std;
    use super::*;
    use std::vec::Vec;

    #[cfg(any(feature = "browser", feature = "server"))]
    #[test]
    fn names_compare_without_regard_to_ascii_case_alone() {
        assert!(is_lowercase(b"Origin", b"origin"));
        assert!(is_lowercase(b"ACCESS-control-REQUEST-method", b"access-control-request-method"));
        assert!(!is_lowercase(b"access\rcontrol-request-method", b"access-control-request-method"));
        assert!(!is_lowercase(b"Origim", b"origin"));
        // Two bytes that differ by the same bit.
        assert!(!is_lowercase(b"nrhgin", b"origin"));
        assert!(!is_lowercase(b"origin2", b"origin"));
    }

    #[test]
    fn comparison_by_words_agrees_with_bytes() {
        let beside = [b'@', b'A', b'Z', b'[', b'`', b'a', b'z', b'{', 0x00, 0x7F, 0x80, 0xC1, 0xE1, 0xFF, b'-'];
        for place in 0..20 {
            for a in beside {
                for b in beside {
                    // The byte is last, or among the first of a few; or one text is longer.
                    let one_length = [1, 4, 7, 20].map(|more| (place + more).min(20)).map(|length| (length, length));
                    let two = [(place + 1, 20), (20, place + 1), (place, place + 1)];
                    for (left, right) in one_length.into_iter().chain(two) {
                        let mut texts = [[b'x'; 20], [b'X'; 20]];
                        (texts[0][place], texts[1][place]) = (a, b);
                        let [left, right] = [&texts[0][..left], &texts[1][..right]];
                        let lowercase = |bytes: &[u8]| -> Vec<u8> { bytes.to_ascii_lowercase() };
                        let expected = lowercase(left).cmp(&lowercase(right));
                        assert_eq!(cmp_ignore_ascii_case(left, right), expected, "{left:?} {right:?}");
                        #[cfg(all(feature = "browser", feature = "alloc"))]
                        {
                            let starts = lowercase_start(left).cmp(&lowercase_start(right));
                            assert!(starts.is_eq() || starts == expected, "{left:?} {right:?}");
                        }
                        assert_eq!(eq_ignore_ascii_case(left, right), expected.is_eq(), "{left:?} {right:?}");
                    }
                }
            }
        }
    }
}
