//! Pasted text in the form in which it is compared: in lower case, with one kind of quotes and one kind of blanks.

/// The characters of a text, each with where it ends: letters in lower case, all quotes as `'`, and a run of blanks, line
/// breaks and written-out `\n` as one blank.
#[derive(Clone)]
pub(super) struct Plain<'t> {
    text: &'t str,
    /// Where the next character starts, in bytes.
    pub(super) at: usize,
    after_blank: bool,
}

impl<'t> Plain<'t> {
    pub(super) const fn new(text: &'t str) -> Self {
        Plain { text, at: 0, after_blank: false }
    }
}

impl Iterator for Plain<'_> {
    type Item = char;

    fn next(&mut self) -> Option<char> {
        loop {
            let rest = self.text.get(self.at..)?;
            let character = rest.chars().next()?;
            let escaped = matches!(rest.as_bytes(), [b'\\', b'n' | b'r' | b't', ..]);
            self.at += if escaped { 2 } else { character.len_utf8() };
            let is_blank = escaped || character.is_whitespace();
            let skipped = is_blank && self.after_blank || matches!(character, '\u{200b}' | '\u{2060}' | '\u{feff}');
            if skipped {
                continue;
            }
            self.after_blank = is_blank;
            return Some(match character {
                _ if is_blank => ' ',
                _ if is_quote(character) => '\'',
                _ => character.to_ascii_lowercase(),
            });
        }
    }
}

/// Whether consoles, forums and editors use this character as a quote.
pub(super) const fn is_quote(character: char) -> bool {
    matches!(
        character,
        '\'' | '"' | '`' | '\u{b4}' | '\u{ab}' | '\u{bb}' | '\u{2018}'..='\u{201f}' | '\u{2032}' | '\u{2039}' | '\u{203a}'
            | '\u{300c}'..='\u{300f}' | '\u{ff02}' | '\u{ff07}'
    )
}

/// The end of `piece` at the start of `text`, if `text` starts with it.
pub(super) fn starts_with(text: &Plain<'_>, piece: &str) -> Option<usize> {
    let mut text = text.clone();
    Plain::new(piece).all(|character| text.next() == Some(character)).then_some(text.at)
}

/// The text after the first `piece` in `text`.
pub(super) fn after<'t>(text: &'t str, piece: &str) -> Option<&'t str> {
    around(text, piece).map(|(_, after)| after)
}

/// The text before and after the first `piece` in `text`.
pub(super) fn around<'t>(text: &'t str, piece: &str) -> Option<(&'t str, &'t str)> {
    let first = Plain::new(piece).next()?;
    let mut from = Plain::new(text);
    loop {
        let before = from.clone();
        if from.next()? == first
            && let Some(end) = starts_with(&before, piece)
        {
            return Some((text.get(..before.at)?, text.get(end..)?));
        }
    }
}

/// Whether `text` contains `piece`.
pub(super) fn holds(text: &str, piece: &str) -> bool {
    after(text, piece).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_compare_without_quotes_blanks_and_case() {
        let piece = "The 'X' header\nis missing";
        for text in [
            "the 'x' header is missing",
            "The \u{2018}X\u{2019} header is missing",
            "The \u{201c}X\u{201d} header is   missing",
            "The `X` header\\nis missing",
            "a\u{fc}: The \u{ab}X\u{bb} header\u{a0}is\r\n missing.",
        ] {
            assert!(holds(text, piece), "{text}");
        }
        assert!(!holds("The X header is missing", piece));
        assert_eq!(after("a b c", "B"), Some(" c"));
        assert_eq!(after("", "b"), None);
    }
}
