//! Bodies, which are skipped.

use crate::{exchange::HeaderLine, lines::Cursor};

use super::StatusLine;

/// Skips as many bytes as `Content-Length` says, if a head or the end comes after them.
///
/// `curl -I` prints the header and no body, so it is not taken at its word.
pub(super) fn skip(cursor: &mut Cursor<'_>, lines: &[HeaderLine]) {
    let length = lines.iter().find(|line| line.is("content-length"));
    let Some(length) = length.and_then(|line| line.text()?.parse::<usize>().ok()) else { return };
    if length > cursor.rest().len() {
        return;
    }
    let mut after = cursor.clone();
    after.go_to(cursor.offset() + length);
    // A few lines are looked at, so that many heads do not look at the same ones.
    let next = after.clone().take(4).find(|line| !line.is_blank());
    if next.is_none_or(|line| StatusLine::of(line.trimmed()).is_some()) {
        *cursor = after;
    }
}

/// Where a status line begins within a line, if a header or the empty line comes after it: a body may not end its own line.
pub(super) fn status_line_within(cursor: &Cursor<'_>, line: &[u8]) -> Option<usize> {
    let offset = line.windows(5).rposition(|five| five == b"HTTP/")?;
    StatusLine::of(line.get(offset..)?)?;
    let next = cursor.clone().nth(1)?;
    (next.is_blank() || next.text.contains(&b':')).then_some(offset)
}
