//! Bodies, which are skipped.

use crate::{exchange::HeaderLine, lines::Cursor};

use super::StatusLine;

/// Skips as many bytes as `Content-Length` says, if a head or the end comes after them.
///
/// `curl -I` prints the header without a body, so the header alone is not trusted.
pub(super) fn skip(cursor: &mut Cursor<'_>, lines: &[HeaderLine]) {
    let length = lines.iter().find(|line| line.is("content-length"));
    let Some(length) = length.and_then(|line| line.text()?.parse::<usize>().ok()) else { return };
    if length > cursor.rest().len() {
        return;
    }
    let mut after = cursor.clone();
    after.go_to(cursor.offset() + length);
    // Only a few lines are read, so that many heads do not read the same lines again and again.
    let next = after.clone().take(4).find(|line| !line.is_blank());
    if next.is_none_or(|line| StatusLine::of(line.trimmed()).is_some()) {
        *cursor = after;
    }
}

/// The start of a status line within a line, if a header or the empty line comes after it. A body may lack a line end of its
/// own.
pub(super) fn status_line_within(cursor: &Cursor<'_>, line: &[u8]) -> Option<usize> {
    let offset = line.windows(5).rposition(|five| five == b"HTTP/")?;
    StatusLine::of(line.get(offset..)?)?;
    let next = cursor.clone().nth(1)?;
    (next.is_blank() || next.text.contains(&b':')).then_some(offset)
}
