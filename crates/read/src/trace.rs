//! What `curl --trace` and `curl --trace-ascii` print, as the lines that `curl -v` prints of it.
//!
//! ```text
//! == Info: Connected to api.example        * Connected to api.example
//! => Send header, 83 bytes (0x53)      ─▶  *
//! 0000: GET /items HTTP/1.1                > GET /items HTTP/1.1
//! 0015: Host: api.example                  > Host: api.example
//! ```
//!
//! A line has the number of the line that it is made of.

use crate::lines::{Cursor, Line};

/// How many bytes a row has, as text and as numbers.
const ROW: usize = 64;
const NUMBERS: usize = 16;

/// What a line begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Block<'t> {
    /// A part of a head that was sent, or received. Its bytes are below.
    Head(u8),
    Note(&'t str),
    /// Bytes that are of no head.
    Data,
}

impl<'t> Block<'t> {
    /// The block that a line begins, perhaps after a time and the number of a connection.
    fn of(line: Line<'t>) -> Option<Self> {
        let text = core::str::from_utf8(line.trimmed()).ok()?;
        let is_of_time = |character: char| character.is_ascii_digit() || ":. []-".contains(character);
        let text = text.trim_start_matches(is_of_time);
        if let Some(note) = text.strip_prefix("== Info: ") {
            return Some(Block::Note(note));
        }
        match text
            .strip_prefix("=> Send ")
            .map(|what| (b'>', what))
            .or(text.strip_prefix("<= Recv ").map(|what| (b'<', what)))?
        {
            (sign, what) if what.starts_with("header, ") => Some(Block::Head(sign)),
            (_, what) => what.contains(" bytes (0x").then_some(Block::Data),
        }
    }
}

/// The offset in the block and the text of a row: `0040: …`.
fn row(line: Line<'_>) -> Option<(usize, &[u8])> {
    let text = line.text.trim_ascii_start();
    let colon = text.iter().position(|byte| *byte == b':').filter(|colon| (4..=8).contains(colon))?;
    let (digits, rest) = text.split_at_checked(colon)?;
    let offset = usize::from_str_radix(core::str::from_utf8(digits).ok()?, 16).ok()?;
    let rest = rest.get(1..)?;
    Some((offset, rest.strip_prefix(b" ").unwrap_or(rest)))
}

/// The bytes of a row of numbers: `47 45 54 20                GET `.
fn numbers(row: &[u8]) -> Option<Vec<u8>> {
    let number = |chunk: &[u8]| match chunk {
        [high, low, b' '] | [high, low] => u8::from_str_radix(core::str::from_utf8(&[*high, *low]).ok()?, 16).ok(),
        _ => None,
    };
    let bytes: Vec<u8> = row.chunks(3).take(NUMBERS).map_while(number).collect();
    (!bytes.is_empty()).then_some(bytes)
}

/// The text with the lines of `curl -v` in place of a trace, if it has one.
pub(crate) fn as_verbose(text: &[u8]) -> Option<Vec<u8>> {
    let is_head = |line: Line<'_>| matches!(Block::of(line), Some(Block::Head(_)));
    Cursor::new(text).any(is_head).then_some(())?;
    let (mut out, mut cursor) = (Vec::with_capacity(text.len()), Cursor::new(text));
    while let Some(line) = cursor.next() {
        let Some(block) = Block::of(line) else {
            out.extend(line.text);
            out.push(b'\n');
            continue;
        };
        let note = if let Block::Note(note) = block { note } else { "" };
        out.extend(format!("* {}\n", note.trim_start()).as_bytes());
        let mut rows = Vec::new();
        while let Some(row) = cursor.peek().and_then(row) {
            rows.push(row);
            cursor.next();
        }
        let lines = if let Block::Head(sign) = block { lines(&rows, sign) } else { Vec::new() };
        let count = lines.len().max(rows.len());
        let lines = lines.into_iter().chain(core::iter::repeat(b"*".to_vec())).take(count);
        lines.for_each(|line| out.extend(line.into_iter().chain([b'\n'])));
    }
    Some(out)
}

/// The lines in the rows of a block, each after the sign, or `*` in place of a row that continues a line.
fn lines(rows: &[(usize, &[u8])], sign: u8) -> Vec<Vec<u8>> {
    let signed = |line: &[u8]| [&[sign, b' '], line].concat();
    let bytes: Option<Vec<Vec<u8>>> = rows.iter().map(|(_, row)| numbers(row)).collect();
    let are_numbers = rows.iter().all(|(offset, _)| offset % NUMBERS == 0);
    if let Some(bytes) = bytes.filter(|_| are_numbers) {
        let bytes = bytes.concat();
        let ended = bytes.split_inclusive(|byte| *byte == b'\n');
        return ended.map(|line| signed(line.trim_ascii())).collect();
    }
    let (mut lines, mut last) = (Vec::<Vec<u8>>::new(), None);
    for (at, (offset, row)) in rows.iter().enumerate() {
        if let Some(line) = last.and_then(|last: usize| lines.get_mut(last)) {
            line.extend(*row);
            lines.push(b"*".to_vec());
        } else {
            last = Some(lines.len());
            lines.push(signed(row));
        }
        // A full row goes on in the next, without the two bytes of an end of a line between them.
        let next = rows.get(at + 1).map_or(0, |(next, _)| *next);
        last = last.filter(|_| next == offset + ROW && row.len() + 2 > ROW);
    }
    lines
}
