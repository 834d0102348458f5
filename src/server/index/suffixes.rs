//! The suffixes of an origin that the host of a pattern may end with.

use crate::grammar::word;

/// Visits each suffix of `bytes` that starts with a dot, the longest first.
// OPTIMIZATION: eight bytes are compared with the dot at once. Above the first hit in a word another byte may look like a
// dot, so each hit is compared again: the suffixes are those of a loop over single bytes.
pub(super) fn for_each_suffix(bytes: &[u8], mut visit: impl FnMut(&[u8])) {
    let mut rest = bytes;
    while let Some((eight, tail)) = rest.split_first_chunk() {
        let mut places = word::places_of(b'.', u64::from_le_bytes(*eight));
        while places != 0 {
            if let Some(suffix @ [b'.', ..]) = rest.get(word::lowest(places)..) {
                visit(suffix);
            }
            places &= places - 1;
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

/// A set of lengths, in bytes: a key of another length is in no table.
#[derive(Clone, Copy, Default)]
pub(super) struct Lengths([u64; 6]);

impl Lengths {
    pub(super) fn insert(&mut self, length: usize) {
        if let Some(word) = self.0.get_mut(length / 64) {
            *word |= 1 << (length % 64);
        }
    }

    pub(super) fn contains(&self, length: usize) -> bool {
        self.0.get(length / 64).is_some_and(|word| word & 1 << (length % 64) != 0)
    }
}

#[cfg(test)]
mod tests {
    extern crate std;
    use super::*;

    #[test]
    fn every_dot_starts_a_suffix() {
        let texts =
            ["", ".", "a.b", "a/.b/./", "........", ".a......b.", "https://a.b/c./d.example.com:8443", "././././././."];
        for text in texts {
            let mut found = std::vec::Vec::new();
            for_each_suffix(text.as_bytes(), |suffix| found.push(text.len() - suffix.len()));
            assert!(text.match_indices('.').map(|(at, _)| at).eq(found), "{text}");
        }
    }

    #[test]
    fn lengths_contain_what_was_inserted_and_nothing_else() {
        for length in [0, 1, 63, 64, 326, 383] {
            let mut lengths = Lengths::default();
            lengths.insert(length);
            assert!((0..1000).all(|other| lengths.contains(other) == (other == length)), "{length}");
        }
        let mut lengths = Lengths::default();
        lengths.insert(384);
        assert!((0..1000).all(|other| !lengths.contains(other)));
    }
}
