//! Untrusted text in messages.

use core::fmt::{self, Write as _};

/// Text that is safe in a line of a log or on a terminal: everything but printable ASCII is escaped.
///
/// So no value ends a line, sends a control sequence, or reverses the direction of what follows (CWE-117, CWE-150). A long value
/// is truncated, so that it does not fill a log.
pub(crate) struct Escaped<'a>(pub(crate) &'a str);

/// The longest text that is written in full, in bytes. An origin is shorter.
const LIMIT: usize = 512;

impl fmt::Display for Escaped<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let end = self.0.char_indices().map(|(start, _)| start).find(|start| *start >= LIMIT);
        let (shown, rest) = end.and_then(|end| self.0.split_at_checked(end)).unwrap_or((self.0, ""));
        shown.chars().try_for_each(|character| match character {
            // Quotes do no harm, and JSON values have many.
            '"' | '\'' => formatter.write_char(character),
            _ => fmt::Display::fmt(&character.escape_default(), formatter),
        })?;
        formatter.write_str(if rest.is_empty() { "" } else { "..." })
    }
}

#[cfg(test)]
mod tests {
    extern crate std;
    use super::*;
    use std::string::ToString;

    #[test]
    fn bytes_outside_printable_ascii_are_escaped() {
        for (text, escaped) in [
            ("https://a.example", "https://a.example"),
            ("a\nb\r\tc", "a\\nb\\r\\tc"),
            ("\u{1b}[2J\u{7f}", "\\u{1b}[2J\\u{7f}"),
            ("\u{9b}1m", "\\u{9b}1m"),
            ("\u{202e}\u{2066}\u{feff}", "\\u{202e}\\u{2066}\\u{feff}"),
            ("\u{fc}", "\\u{fc}"),
            ("\"600\" \\n", "\"600\" \\\\n"),
        ] {
            assert_eq!(Escaped(text).to_string(), escaped, "{text:?}");
        }
    }
}
