//! Fences. The text inside is read; of the text around, only lines of consoles.

use core::ops::Range;

use crate::{heads, lines::Cursor};

/// The parts of a text that are read: those inside of fences, or all of it.
pub(crate) fn spans(text: &[u8]) -> Vec<Range<usize>> {
    let whole = || vec![Range { start: 0, end: text.len() }];
    let (mut spans, mut open) = (Vec::new(), None);
    for line in Cursor::new(text) {
        let trimmed = line.trimmed();
        let is_fence = trimmed.starts_with(b"```") || trimmed.starts_with(b"~~~");
        match open {
            // A fence after a head belongs to its body.
            None if !is_fence && spans.is_empty() && heads::begins(line) => return whole(),
            None if is_fence => open = Some(line.start + line.text.len()),
            Some(start) if is_fence => {
                spans.push(Range { start, end: line.start });
                open = None;
            }
            _ => {}
        }
    }
    spans.extend(open.map(|start| Range { start, end: text.len() }));
    if spans.is_empty() { whole() } else { spans }
}
