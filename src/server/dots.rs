//! The dots of an origin, after each of which the host of a pattern may start.

use crate::grammar::word;

/// Visits what follows each dot, with the dot.
///
/// OPTIMIZATION: eight bytes are looked at together; a byte that is no dot may look like one, and is looked at again.
pub(super) fn from_dots(bytes: &[u8], mut visit: impl FnMut(&[u8])) {
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
