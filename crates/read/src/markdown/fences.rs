//! Fences. The text inside is read; of the text around, only lines of consoles.

use core::ops::Range;

use crate::{
    heads,
    lines::{Cursor, Line},
};

/// The signs of Markdown, and those of Jira.
const FENCES: [&[u8]; 4] = [b"```", b"~~~", b"{code", b"{noformat}"];

/// Whether a text begins with a fence that looks like an object.
pub(crate) fn opens_with_brace(text: &[u8]) -> bool {
    text.starts_with(b"{") && FENCES.iter().any(|fence| text.starts_with(fence))
}

/// Where the text after an opening fence begins: on its line, if there is more than the name of a language.
fn content(line: Line<'_>) -> usize {
    if line.trimmed().starts_with(b"{") {
        return line.start + line.text.len();
    }
    let signs = line.trimmed().iter().take_while(|byte| matches!(byte, b'`' | b'~')).count();
    let rest = line.trimmed().get(signs..).unwrap_or_default();
    let is_name = rest
        .trim_ascii()
        .iter()
        .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'_' | b'.' | b'#'));
    if is_name { line.start + line.text.len() } else { line.start + line.indent() + signs }
}

/// Where the text before a closing fence at the end of a line ends.
fn end(line: Line<'_>) -> Option<usize> {
    let before = line.text.trim_ascii_end().strip_suffix(b"```")?;
    (!before.trim_ascii().is_empty() && !before.ends_with(b"`")).then_some(line.start + before.len())
}

/// The parts of a text that are read: those inside of fences, or all of it.
pub(crate) fn spans(text: &[u8]) -> Vec<Range<usize>> {
    let whole = || vec![Range { start: 0, end: text.len() }];
    let (mut spans, mut open) = (Vec::new(), None);
    for line in Cursor::new(text) {
        let trimmed = line.trimmed();
        let is_fence = FENCES.iter().any(|fence| trimmed.starts_with(fence));
        match open {
            // A fence after a head belongs to its body.
            None if !is_fence && spans.is_empty() && heads::begins(line) => return whole(),
            None if is_fence => {
                let start = content(line);
                // Chats write the text between fences on their lines.
                match end(line).filter(|end| *end > start) {
                    Some(end) => spans.push(Range { start, end }),
                    None => open = Some(start),
                }
            }
            Some(start) => {
                let end = if is_fence { Some(line.start) } else { end(line) };
                spans.extend(end.map(|end| Range { start, end }));
                open = open.filter(|_| end.is_none());
            }
            None => {}
        }
    }
    spans.extend(open.map(|start| Range { start, end: text.len() }));
    if spans.is_empty() { whole() } else { spans }
}
