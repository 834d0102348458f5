//! Lines of consoles.

use fetch_cors::browser::known_message;

use crate::{exchange::ConsoleLine, lines::Line, reader::Reader, request::PageRequest, sent::origin_of};

/// Whether a line has a message that is known, and is no header or code.
pub(crate) fn is_known(line: Line<'_>) -> bool {
    core::str::from_utf8(line.trimmed()).is_ok_and(|text| text.len() < MAX && known_message(text).is_some())
}

/// No console writes so long a line.
const MAX: usize = 4096;

pub(crate) fn read(reader: &mut Reader<'_>, line: Line<'_>) {
    let text = String::from_utf8_lossy(line.trimmed()).into_owned();
    reader.console.push(ConsoleLine { place: line.place(), text });
}

/// What the lines quote of the request.
pub(crate) fn describe(lines: &[ConsoleLine], request: &mut PageRequest) {
    for line in lines {
        let Some(message) = known_message(&line.text) else { continue };
        if let (None, Some(url)) = (&request.url, message.quoted.url) {
            request.url = Some(url.to_owned());
        }
        if let (None, Some(origin)) = (&request.origin, message.quoted.origin) {
            // A redirect made it `null`; the page's is not told.
            if origin != "null" {
                request.origin =
                    origin_of(origin).filter(|serialized| serialized != "null").or(Some(origin.to_owned()));
            }
        }
    }
}
