//! The dots of an origin, after each of which the host of a pattern may start.

/// Visits what follows each dot, with the dot.
///
/// OPTIMIZATION: eight bytes are looked at together; a byte that is no dot may look like one, and is looked at again.
pub(super) fn from_dots(bytes: &[u8], mut visit: impl FnMut(&[u8])) {
    const ONES: u64 = u64::from_le_bytes([1; 8]);
    const DOTS: u64 = u64::from_le_bytes([b'.'; 8]);
    let mut rest = bytes;
    while let Some((word, tail)) = rest.split_first_chunk::<8>() {
        let zeros = u64::from_le_bytes(*word) ^ DOTS;
        let mut found = zeros.wrapping_sub(ONES) & !zeros & ONES << 7;
        while found != 0 {
            if let Some(suffix @ [b'.', ..]) = rest.get(found.trailing_zeros() as usize / 8..) {
                visit(suffix);
            }
            found &= found - 1;
        }
        rest = tail;
    }
    while let [byte, tail @ ..] = rest {
        if *byte == b'.' {
            visit(rest);
        }
        rest = tail;
    }
}

#[cfg(test)]
mod tests {
    extern crate std;
    use super::*;

    #[test]
    fn all_dots_are_found() {
        let texts =
            ["", ".", "a.b", "a/.b/./", "........", ".a......b.", "https://a.b/c./d.example.com:8443", "././././././."];
        for text in texts {
            let mut found = std::vec::Vec::new();
            from_dots(text.as_bytes(), |suffix| found.push(text.len() - suffix.len()));
            assert!(text.match_indices('.').map(|(at, _)| at).eq(found), "{text}");
        }
    }
}
