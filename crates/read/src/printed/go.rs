//! A map of headers as Go prints it: `map[Access-Control-Allow-Origin:[*] Vary:[Origin]]`.

use fetch_cors::header::HeaderName;

use crate::{error::MistakeKind, exchange::HeaderLine, form::Form, lines::Cursor, names::is_known, reader::Reader};

use super::keep;

const MAP: &str = "map[";

/// The text from the first entry of a map of headers, if the line has one.
fn entries(line: &[u8]) -> Option<&str> {
    let text = core::str::from_utf8(line).ok()?;
    let (_, entries) = text.split_once(MAP)?;
    let (name, _) = entries.split_once(":[")?;
    is_known(name).then_some(entries)
}

pub(crate) fn begins(cursor: &Cursor<'_>) -> bool {
    cursor.peek().is_some_and(|line| entries(line.text).is_some())
}

pub(crate) fn read<'t>(reader: &mut Reader<'t>, cursor: &mut Cursor<'t>) {
    let Some(line) = cursor.next() else { return };
    let Some(mut rest) = entries(line.text) else { return };
    reader.take_for(Form::HeaderMap);
    let before = core::str::from_utf8(line.text).unwrap_or_default().split(MAP).next().unwrap_or_default();
    // `&{Status:200 OK StatusCode:200 Proto:HTTP/2.0 … Header:map[…]`
    let status = before.split_once("StatusCode:").and_then(|(_, rest)| rest.get(..3)?.parse().ok());
    let mut lines = Vec::new();
    loop {
        rest = rest.trim_start();
        if rest.starts_with(']') {
            break;
        }
        let entry = rest.split_once(":[").and_then(|(name, rest)| Some((name, rest.split_once(']')?)));
        let Some((name, (value, after))) = entry.filter(|(name, _)| HeaderName::new(name).is_ok()) else {
            return reader.mistake(line.mistake(MistakeKind::HeadCut));
        };
        if is_list(name, value) {
            lines.extend(value.split_ascii_whitespace().map(|value| HeaderLine::new(name, value)));
        } else {
            lines.push(HeaderLine::new(name, value));
        }
        rest = after;
    }
    keep(reader, line.place(), None, status, lines);
}

/// Whether the blanks separate lines. Go does not escape blanks in a value, but values of these headers have none.
fn is_list(name: &str, value: &str) -> bool {
    let name = name.to_ascii_lowercase();
    (name.starts_with("access-control-") || name == "vary") && !value.contains(',')
}
