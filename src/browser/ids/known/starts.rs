//! The starts of the known sentences, to skip most places of a text.

use super::{messages::MESSAGES, plain::Plain, sentences::SENTENCES};
use crate::grammar::const_bytes;

/// How many characters of a sentence are compared at first.
pub(super) const LENGTH: usize = 4;

/// The places of a text, each with whether a known sentence may start there.
// OPTIMIZATION: a set of the first four characters of all sentences, of one bit for each hash. At a place whose bit is not set no
// sentence starts, and none of them is compared. That saves two thirds of the time for prose, and a quarter for a text of starts.
pub(super) struct Places<'t> {
    text: Plain<'t>,
    ahead: Plain<'t>,
    /// The next four characters, one byte each. Those outside of ASCII, and those after the end, are 0.
    window: u32,
}

impl<'t> Places<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        let text = Plain::new(text);
        let (ahead, window) = (text.clone(), 0);
        let mut places = Places { text, ahead, window };
        (0..LENGTH).for_each(|_| places.look_ahead());
        places
    }

    fn look_ahead(&mut self) {
        let byte = self.ahead.next().and_then(|character| u8::try_from(character).ok()).filter(u8::is_ascii);
        self.window = self.window << 8 | u32::from(byte.unwrap_or(0));
    }

    /// The next place at which a sentence may start.
    pub(super) fn next(&mut self) -> Option<Plain<'t>> {
        loop {
            let (here, window) = (self.text.clone(), self.window);
            self.text.next()?;
            self.look_ahead();
            if SET.has(window) {
                return Some(here);
            }
        }
    }
}

struct Set([u64; 64]);

impl Set {
    const fn with(mut self, window: u32) -> Self {
        let (word, bit) = place_of(window);
        if let Some((_, [word, ..])) = self.0.split_at_mut_checked(word) {
            *word |= bit;
        }
        self
    }

    fn has(&self, window: u32) -> bool {
        let (word, bit) = place_of(window);
        self.0.get(word).is_some_and(|word| word & bit != 0)
    }
}

/// The word and the bit of a window.
const fn place_of(window: u32) -> (usize, u64) {
    // The highest twelve bits depend on all others.
    let hash = window.wrapping_mul(0x9E37_79B1) >> 20;
    ((hash >> 6) as usize, 1 << (hash & 63))
}

/// The first four characters of a sentence, as [`Plain`] has them.
const fn window_of(sentence: &str) -> u32 {
    let (start, _) = const_bytes::split_at(sentence.as_bytes(), LENGTH);
    let (mut rest, mut window) = (start, 0);
    while let [byte, tail @ ..] = rest {
        let plain = if matches!(byte, b'"' | b'`') { b'\'' } else { byte.to_ascii_lowercase() };
        window = window << 8 | plain as u32;
        rest = tail;
    }
    window
}

static SET: Set = {
    let mut set = Set([0; 64]);
    let mut rest = MESSAGES;
    while let [known, tail @ ..] = rest {
        set = set.with(window_of(known.id));
        rest = tail;
    }
    let mut lists: &[&[(&str, &str)]] = &SENTENCES;
    while let [list, others @ ..] = lists {
        let mut rest = *list;
        while let [(sentence, _), tail @ ..] = rest {
            set = set.with(window_of(sentence));
            rest = tail;
        }
        lists = others;
    }
    set
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn most_places_of_prose_are_skipped() {
        let set: u32 = SET.0.iter().map(|word| word.count_ones()).sum();
        assert!((1..128).contains(&set), "{set} of {} bits", SET.0.len() * 64);
        assert!(Places::new("so it is").next().is_none());
        let here = Places::new("so it is: Failed to fetch").next().unwrap();
        assert_eq!(here.at, "so it is:".len() + 1);
    }
}
