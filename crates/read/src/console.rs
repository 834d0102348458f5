//! Lines of consoles. A message may be broken over several of them.

use fetch_cors::browser::{ids::Message, known_message};

use crate::{
    exchange::ConsoleLine,
    lines::{Cursor, Line},
    reader::Reader,
    request::PageRequest,
    sent::origin_of,
};

/// The longest line, in bytes. Consoles write none that is longer.
const LONGEST: usize = 4096;
/// Over how many lines a message may be broken.
const LINES: usize = 4;

/// The code of a message that says the same for every failure.
const SAYS_LITTLE: &str = "script-error";

fn known(text: &str) -> Option<Message<'_>> {
    known_message(text).filter(|_| text.len() < LONGEST)
}

fn text(line: Line<'_>) -> String {
    String::from_utf8_lossy(line.trimmed().get(..LONGEST).unwrap_or(line.trimmed())).into_owned()
}

/// Whether a known message begins on the next line.
pub(crate) fn is_known(cursor: &Cursor<'_>) -> bool {
    message(&mut cursor.clone()).is_some()
}

/// The message that begins on the next line, in as few lines as possible.
fn message(cursor: &mut Cursor<'_>) -> Option<String> {
    let mut message = text(cursor.next()?);
    for _ in 1..LINES {
        if known(&message).is_some() {
            return Some(message);
        }
        let next = cursor.peek().filter(|line| !line.is_blank()).map(text)?;
        if known(&next).is_some() {
            return None;
        }
        message = format!("{message} {next}");
        cursor.next();
    }
    known(&message).is_some().then_some(message)
}

/// Reads the message that begins on the next line, and the lines after it that belong to it.
pub(crate) fn read(reader: &mut Reader<'_>, cursor: &mut Cursor<'_>) {
    let Some(first) = cursor.peek() else { return };
    let Some(mut message) = message(cursor) else { return };
    for _ in 1..LINES {
        let Some(next) = cursor.peek().filter(|line| !line.is_blank()).map(text) else { break };
        let joined = format!("{message} {next}");
        let (before, with) = (known(&message), known(&joined));
        let tells_more = with.is_some_and(|with| {
            known(&next).is_none_or(|next| next.known.id == with.known.id)
                && before.is_some_and(|before| before.known.id != with.known.id)
                && with.known.code != SAYS_LITTLE
        });
        if !tells_more {
            break;
        }
        message = joined;
        cursor.next();
    }
    reader.console.push(ConsoleLine { place: first.place(), text: message });
}

/// The parts of the request that the lines quote.
pub(crate) fn describe(lines: &[ConsoleLine], request: &mut PageRequest) {
    for line in lines {
        let Some(message) = known_message(&line.text) else { continue };
        let quoted = message.quoted;
        if let (None, Some(url)) = (&request.url, quoted.redirected_from.or(quoted.url)) {
            request.url = Some(url.to_owned());
        }
        // A redirect may have changed the page's origin to `null`.
        if let (None, Some(origin)) = (&request.origin, quoted.origin.filter(|origin| *origin != "null")) {
            request.origin = origin_of(origin).filter(|serialized| serialized != "null").or(Some(origin.to_owned()));
        }
    }
}
