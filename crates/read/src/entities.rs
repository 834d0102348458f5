//! Entities of HTML in a text that was copied from the source of a page: `&quot;`, `&#39;`, `&amp;`.

use crate::{exchange::Exchange, place::Place};

const NAMED: [(&str, char); 6] = [("quot", '"'), ("apos", '\''), ("amp", '&'), ("lt", '<'), ("gt", '>'), ("nbsp", ' ')];
/// The longest entity, in bytes.
const LONGEST: usize = 10;

/// The length of the entity that the text begins with, and its character.
fn entity(text: &[u8]) -> Option<(usize, char)> {
    let rest = text.strip_prefix(b"&")?;
    let end = rest.iter().take(LONGEST).position(|byte| *byte == b';')?;
    let name = core::str::from_utf8(rest.get(..end)?).ok()?;
    let numbered = || {
        let digits = name.strip_prefix('#')?;
        let number = match digits.strip_prefix(['x', 'X']) {
            Some(digits) => u32::from_str_radix(digits, 16),
            None => digits.parse(),
        };
        // An end of a line would change the number of the lines after it.
        char::from_u32(number.ok()?).filter(|character| !character.is_control())
    };
    let named = NAMED.iter().find(|(known, _)| *known == name).map(|(_, character)| *character);
    Some((end + 2, named.or_else(numbered)?))
}

/// The text with characters in place of entities, if it has any.
pub(crate) fn decoded(text: &[u8]) -> Option<Vec<u8>> {
    let (mut out, mut rest, mut found) = (Vec::with_capacity(text.len()), text, false);
    while let Some((first, after)) = rest.split_first() {
        if let Some((length, character)) = entity(rest) {
            out.extend(character.encode_utf8(&mut [0; 4]).bytes());
            rest = rest.get(length..).unwrap_or_default();
            found = true;
        } else {
            out.push(*first);
            rest = after;
        }
    }
    found.then_some(out)
}

/// Whether an entity is where only its character makes sense: around a URL or an origin, or in a console's line.
pub(crate) fn are_in(exchange: &Exchange) -> bool {
    let request = &exchange.request;
    let mut texts = request.url.iter().chain(&request.origin).chain(exchange.console.iter().map(|line| &line.text));
    // A URL may have `&amp;`.
    let is_quote = |text: &str| entity(text.as_bytes()).is_some_and(|(_, character)| character != '&');
    texts.any(|text| text.match_indices('&').any(|(at, _)| text.get(at..).is_some_and(is_quote)))
}

/// Changes a place in the decoded text to the place in the text.
pub(crate) fn put_back(text: &[u8], place: &mut Place) {
    let mut rest = text.split(|byte| *byte == b'\n').nth(place.line - 1).unwrap_or_default();
    let (mut seen, mut column) = (1, 1);
    while seen < place.column && !rest.is_empty() {
        let length = entity(rest).map_or_else(
            || rest.utf8_chunks().next().and_then(|chunk| chunk.valid().chars().next()).map_or(1, char::len_utf8),
            |(length, _)| length,
        );
        column += if entity(rest).is_some() { length } else { 1 };
        seen += 1;
        rest = rest.get(length..).unwrap_or_default();
    }
    place.column = column;
}
