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
/// The most lines of a message. It may have more if its first line contains one of `STARTS`.
const LINES: usize = 4;
const LINES_AFTER_START: usize = 12;

/// Texts that occur only in a message.
const STARTS: [&str; 9] = [
    "Access to fetch at",
    "Access to XMLHttpRequest at",
    "Access to script at",
    "Access to font at",
    "Access to image at",
    "Access to CSS stylesheet at",
    "Cross-Origin Request Blocked:",
    "XMLHttpRequest cannot load",
    "due to access control checks",
];

/// The code of a message that says the same for every failure.
const SAYS_LITTLE: &str = "script-error";

/// The code of a message that has only the words "CORS error".
const IN_PROSE: &str = "reason-elsewhere";

fn known(text: &str) -> Option<Message<'_>> {
    (text.len() < LONGEST).then(|| known_message(text))?
}

fn text(line: Line<'_>) -> String {
    String::from_utf8_lossy(line.trimmed().get(..LONGEST).unwrap_or(line.trimmed())).into_owned()
}

/// Whether a line has the start of a message.
pub(crate) fn opens(line: &[u8]) -> bool {
    let line = line.get(..LONGEST).unwrap_or(line);
    STARTS.iter().any(|start| line.windows(start.len()).any(|window| window == start.as_bytes()))
}

/// Whether a known message begins on the next line.
pub(crate) fn is_known(cursor: &Cursor<'_>) -> bool {
    message(&mut cursor.clone()).is_some()
}

/// Whether a known message begins on the next line, and is not only a word of prose for any failure.
pub(crate) fn is_known_in_prose(cursor: &Cursor<'_>) -> bool {
    let message = message(&mut cursor.clone());
    message.is_some_and(|text| known(&text).is_some_and(|message| message.known.code != IN_PROSE))
}

/// The message that begins on the next line, in as few lines as possible.
fn message(cursor: &mut Cursor<'_>) -> Option<String> {
    let first = cursor.next()?;
    let lines = if opens(first.text) { LINES_AFTER_START } else { LINES };
    let mut message = text(first);
    for _ in 1..lines {
        if known(&message).is_some() {
            return Some(message);
        }
        let next = cursor.peek().filter(|line| !line.is_blank()).map(text)?;
        // A part of a message may be known by itself.
        let is_another = !opens(first.text) || opens(next.as_bytes());
        if is_another && known(&next).is_some() {
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
    // A message that says more may come a few lines later.
    let (lines, mut joined) = (if opens(first.text) { LINES_AFTER_START } else { LINES }, message.clone());
    let mut ahead = cursor.clone();
    for _ in 1..lines {
        let Some(line) = ahead.next().filter(|line| !line.is_blank() && !opens(line.text)) else { break };
        let next = text(line);
        joined = format!("{joined} {next}");
        let (before, with) = (known(&message), known(&joined));
        if let (Some(with), Some(next)) = (with, known(&next))
            && with.known.id != next.known.id
            && with.known.id.strip_prefix("Preflight") != Some(next.known.id)
        {
            break;
        }
        let tells_more = with.is_some_and(|with| {
            before.is_some_and(|before| before.known.id != with.known.id) && with.known.code != SAYS_LITTLE
        });
        if tells_more {
            message.clone_from(&joined);
            *cursor = ahead.clone();
        }
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
