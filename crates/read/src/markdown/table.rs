//! A table with a header on each row: "| Vary | Origin |".

use crate::{
    error::MistakeKind,
    exchange::HeaderLine,
    lines::{Cursor, Line},
    names::is_known,
    reader::Reader,
};

use super::item::cell;

/// The cells of a row.
fn cells(line: Line<'_>) -> Option<Vec<String>> {
    const CELLS: usize = 8;
    let text = core::str::from_utf8(line.trimmed()).ok()?;
    let text = text.strip_prefix('|').unwrap_or(text);
    let text = text.strip_suffix('|').unwrap_or(text);
    let cells: Vec<_> = text.split('|').take(CELLS + 1).map(cell).collect();
    (2..=CELLS).contains(&cells.len()).then_some(cells)
}

/// Whether a row has only the dashes that are below the titles.
fn is_rule(cells: &[String]) -> bool {
    cells.iter().all(|cell| cell.contains('-') && cell.bytes().all(|byte| matches!(byte, b'-' | b':' | b' ')))
}

/// The titles of the table that begins here, if its first row has the name of a header.
fn titles(cursor: &Cursor<'_>) -> Option<Vec<String>> {
    let mut lines = cursor.clone();
    let titles = cells(lines.next()?)?;
    if !is_rule(&cells(lines.next()?)?) {
        return None;
    }
    let first = cells(lines.next()?)?;
    is_known(first.first()?).then_some(titles)
}

pub(crate) fn begins(cursor: &Cursor<'_>) -> bool {
    cursor.peek().is_some_and(|line| line.text.contains(&b'|')) && titles(cursor).is_some()
}

/// Reads the rows. One column has the values: the only one beside the names, or the one with that title.
pub(crate) fn read<'t>(reader: &mut Reader<'t>, cursor: &mut Cursor<'t>) -> Vec<(Line<'t>, HeaderLine)> {
    let (Some(titles), Some(first)) = (titles(cursor), cursor.next()) else { return Vec::new() };
    cursor.next();
    let is_value = |title: &String| title.to_ascii_lowercase().trim_end_matches('s') == "value";
    let column = if titles.len() == 2 { Some(1) } else { titles.iter().position(is_value) };
    if column.is_none() {
        reader.mistake(first.mistake(MistakeKind::TableColumns));
    }
    let mut lines = Vec::new();
    while let Some((line, cells)) = cursor.peek().and_then(|line| Some((line, cells(line)?))) {
        cursor.next();
        let (name, value) = (cells.first(), column.and_then(|column| cells.get(column)));
        match (name, value) {
            (Some(name), Some(value)) if fetch_cors::header::HeaderName::new(name).is_ok() => {
                lines.push((line, HeaderLine::new(name.as_str(), value.as_str())));
            }
            (_, None) => {}
            _ => reader.mistake(line.mistake(MistakeKind::HeaderName)),
        }
    }
    lines
}
