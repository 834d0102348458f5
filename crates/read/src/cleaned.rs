//! Removes colours of terminals and invisible characters of pages from a text.

use std::borrow::Cow;

use crate::place::Place;

const ESCAPE: u8 = 0x1B;
/// A byte order mark, a zero-width space, a word joiner, and a no-break space.
const UNSEEN: [&str; 4] = ["\u{FEFF}", "\u{200B}", "\u{2060}", "\u{A0}"];

/// The text without colours, and without invisible characters at the start of a line. Within a line they stay, because
/// they may be the mistake.
pub(crate) fn cleaned(text: &[u8]) -> Cow<'_, [u8]> {
    let has_escape = text.contains(&ESCAPE);
    let has_unseen = text.split(|byte| *byte == b'\n').any(|line| unseen(line) > 0);
    if !has_escape && !has_unseen {
        return Cow::Borrowed(text);
    }
    let mut out = Vec::with_capacity(text.len());
    for line in text.split_inclusive(|byte| *byte == b'\n') {
        let mut rest = line.get(dropped(line)..).unwrap_or_default();
        while let Some((first, after)) = rest.split_first() {
            let colour = colour(rest);
            if colour == 0 {
                out.push(*first);
            }
            rest = if colour == 0 { after } else { rest.get(colour..).unwrap_or_default() };
        }
    }
    Cow::Owned(out)
}

/// How many bytes at the start of a line are removed.
fn dropped(line: &[u8]) -> usize {
    let mut at = 0;
    loop {
        let rest = line.get(at..).unwrap_or_default();
        let length = unseen(rest).max(colour(rest));
        if length == 0 {
            return at;
        }
        at += length;
    }
}

fn unseen(text: &[u8]) -> usize {
    UNSEEN.iter().find(|unseen| text.starts_with(unseen.as_bytes())).map_or(0, |unseen| unseen.len())
}

/// The length of `ESC [ 34 m` and the like at the start of a text.
fn colour(text: &[u8]) -> usize {
    let [ESCAPE, b'[', rest @ ..] = text else { return 0 };
    let parameters = rest.iter().take_while(|byte| matches!(byte, b'0'..=b'9' | b';')).count();
    if rest.get(parameters).is_some_and(u8::is_ascii_alphabetic) { parameters + 3 } else { 0 }
}

/// Changes a place in the cleaned text to the place in the original text.
pub(crate) fn put_back(text: &[u8], place: &mut Place) {
    let line = text.split(|byte| *byte == b'\n').nth(place.line - 1).unwrap_or_default();
    let mut at = dropped(line);
    let is_first = |byte: &u8| !matches!(byte, 0x80..=0xBF);
    let columns = |end: usize| line.get(..end).unwrap_or(line).iter().filter(|byte| is_first(byte)).count();
    let mut seen = 1;
    while let Some(rest) = line.get(at..).filter(|rest| !rest.is_empty()) {
        let colour = colour(rest);
        if colour == 0 {
            if seen >= place.column && rest.first().is_some_and(is_first) {
                break;
            }
            seen += usize::from(rest.get(1).is_none_or(is_first));
        }
        at += colour.max(1);
    }
    place.column = columns(at) + 1;
}
