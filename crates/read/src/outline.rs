//! Outlines, such as YAML and code: a name or a bracket with deeper lines below it. Their lines only look like headers.

use crate::{lines::Line, panel};

/// Whether a line opens a deeper part of an outline, which begins with the next line.
pub(crate) fn opens(line: Line<'_>, next: Line<'_>) -> bool {
    let text = line.trimmed();
    let is_alone = !text.iter().any(u8::is_ascii_whitespace) && !panel::is_title(text);
    // People write labels with a capital letter.
    let is_word = text.ends_with(b":") && is_alone && !text.first().is_some_and(u8::is_ascii_uppercase);
    let is_code = matches!(text.last(), Some(b'{' | b'[' | b'('));
    // `/*` in a file of a host has the headers of its paths below it.
    let is_path = text.starts_with(b"/") && !text.starts_with(b"//") && !text.iter().any(u8::is_ascii_whitespace);
    (is_word || is_path || is_code) && next.indent() > line.indent()
}

/// Whether the lines have an outline of names.
pub(crate) fn is_in(lines: &[Line<'_>]) -> bool {
    let is_name = |line: Line<'_>| line.trimmed().ends_with(b":") || line.trimmed().starts_with(b"/");
    let opens_part = |line: Line<'_>, next| is_name(line) && opens(line, next);
    lines.windows(2).any(|pair| matches!(pair, [line, next] if opens_part(*line, *next)))
}
