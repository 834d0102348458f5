//! Responses as PowerShell prints them: the properties, one of which has the head, or the table of the headers.

use crate::{
    error::MistakeKind,
    exchange::HeaderLine,
    form::Form,
    heads::{StatusLine, header_line},
    lines::{Cursor, Line},
    reader::Reader,
};

use super::keep;

/// Whether a line begins the properties of a response, or the table of its headers.
pub(crate) fn begins(cursor: &Cursor<'_>) -> bool {
    let Some(first) = cursor.peek() else { return false };
    matches!(property(first), Some(("StatusCode" | "RawContent", _))) || value_column(cursor).is_some()
}

pub(crate) fn read<'t>(reader: &mut Reader<'t>, cursor: &mut Cursor<'t>) {
    reader.take_for(Form::PowerShellResponse);
    match value_column(cursor) {
        Some(column) => table(reader, cursor, column),
        None => properties(reader, cursor),
    }
}

/// The name in `RawContent        : HTTP/1.1 200 OK`, and the column of its value.
fn property(line: Line<'_>) -> Option<(&str, usize)> {
    let text = core::str::from_utf8(line.text).ok()?;
    let (name, _) = text.split_once(" :")?;
    let is_name = |name: &str| name.bytes().all(|byte| byte.is_ascii_alphabetic()) && !name.is_empty();
    is_name(name.trim()).then_some((name.trim(), name.len() + 3))
}

/// Reads all properties. A head that is cut off is a mistake, because the missing part may have the header that
/// matters.
fn properties<'t>(reader: &mut Reader<'t>, cursor: &mut Cursor<'t>) {
    let (first, mut has_head) = (cursor.peek(), false);
    while let Some(line) = cursor.peek() {
        let Some((name, column)) = property(line) else { break };
        cursor.next();
        if name == "RawContent" {
            head(reader, cursor, line, column);
            has_head = true;
        }
        // Indented lines continue the value or the body.
        while cursor.peek().is_some_and(|line| line.is_blank() || line.indent() + 1 >= column) {
            cursor.next();
        }
    }
    if let (Some(first), false) = (first, has_head) {
        reader.mistake(first.mistake(MistakeKind::HeadCut));
    }
}

/// Reads the head. Its first line is after the name, and an empty line ends it.
fn head<'t>(reader: &mut Reader<'t>, cursor: &mut Cursor<'t>, first: Line<'t>, column: usize) {
    let value = first.text.get(column..).unwrap_or_default().trim_ascii();
    let Some(StatusLine { status, .. }) = StatusLine::of(value) else {
        return reader.mistake(first.mistake(MistakeKind::StatusLine));
    };
    let (mut lines, mut last) = (Vec::new(), first);
    while let Some(line) = cursor.peek() {
        if line.is_blank() || line.indent() + 1 < column {
            break;
        }
        cursor.next();
        match header_line(line.trimmed()) {
            Ok(header) => lines.push(header),
            // The cut is the only mistake.
            Err(_) if is_cut(line.trimmed()) => {}
            Err(kind) => reader.mistake(line.mistake(kind)),
        }
        last = line;
    }
    if is_cut(last.trimmed()) {
        return reader.mistake(last.mistake(MistakeKind::HeadCut));
    }
    keep(reader, first.place(), None, Some(status), lines);
}

fn is_cut(text: &[u8]) -> bool {
    text.ends_with(b"...") || text.ends_with("\u{2026}".as_bytes())
}

/// The column of the values in `Key   Value`, with a line of `---` below it.
fn value_column(cursor: &Cursor<'_>) -> Option<usize> {
    let mut lines = cursor.clone();
    let (first, second) = (lines.next()?, lines.next()?);
    let below = second.trimmed();
    let is_rule = below.starts_with(b"---") && below.iter().all(|byte| matches!(byte, b'-' | b' '));
    let (start, end) = (first.trimmed().strip_prefix(b"Key")?, first.text.windows(5).position(|it| it == b"Value")?);
    (is_rule && start.trim_ascii() == b"Value").then_some(end)
}

fn table<'t>(reader: &mut Reader<'t>, cursor: &mut Cursor<'t>, column: usize) {
    let Some(first) = cursor.next() else { return };
    cursor.next();
    let mut lines = Vec::new();
    while let Some(line) = cursor.peek().filter(|line| !line.is_blank()) {
        cursor.next();
        let name = line.text.get(..column).unwrap_or(line.text).trim_ascii();
        let value = line.text.get(column..).unwrap_or_default().trim_ascii();
        // A value that is a list is in braces.
        let value = value.strip_prefix(b"{").and_then(|value| value.strip_suffix(b"}")).unwrap_or(value);
        match core::str::from_utf8(name) {
            _ if is_cut(value) || is_cut(name) => {
                reader.mistake(line.mistake(MistakeKind::HeadCut));
            }
            Ok(name) if fetch_cors::header::HeaderName::new(name).is_ok() => lines.push(HeaderLine::new(name, value)),
            _ => reader.mistake(line.mistake(MistakeKind::HeaderName)),
        }
    }
    keep(reader, first.place(), None, None, lines);
}
