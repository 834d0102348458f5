//! A line of a list, with its marks of emphasis and code: "- **Vary**: `Origin`".

use std::borrow::Cow;

/// Marks around a text. Of two that begin alike, the longer one is first.
const MARKS: [&str; 5] = ["**", "__", "`", "*", "_"];
const BULLETS: [&str; 5] = ["- ", "* ", "+ ", "\u{2022} ", "\u{B7} "];
/// The longest line, in bytes.
const LINE: usize = 4096;

/// The line without Markdown, if it has any.
pub(crate) fn plain(line: &[u8]) -> Cow<'_, [u8]> {
    let Some(text) = core::str::from_utf8(line).ok().filter(|line| line.len() < LINE) else {
        return Cow::Borrowed(line);
    };
    let item = item(text);
    // No header has such a value, and the others may be the mistake.
    let is_code = || text.ends_with('`') && text.contains(": `");
    if item.is_none() && !MARKS.iter().any(|mark| text.starts_with(mark)) && !is_code() {
        return Cow::Borrowed(line);
    }
    match unmarked(item.unwrap_or(text)) {
        Cow::Borrowed(plain) => Cow::Borrowed(plain.as_bytes()),
        Cow::Owned(plain) => Cow::Owned(plain.into_bytes()),
    }
}

/// The text after a bullet, or after a number.
fn item(line: &str) -> Option<&str> {
    let numbered = || {
        let rest = line.trim_start_matches(|character: char| character.is_ascii_digit());
        let number = line.len() - rest.len();
        (1..=3).contains(&number).then(|| rest.strip_prefix(". ").or_else(|| rest.strip_prefix(") ")))?
    };
    let after = BULLETS.iter().find_map(|bullet| line.strip_prefix(bullet)).or_else(numbered)?;
    Some(after.trim_start())
}

/// `name: value` without the marks around the name, the value, or both.
fn unmarked(text: &str) -> Cow<'_, str> {
    let inside = MARKS.iter().find_map(|mark| Some((*mark, text.strip_prefix(mark)?)));
    let (name, value) = match inside {
        None => match text.split_once(':') {
            Some((name, value)) => (name, value),
            None => return Cow::Borrowed(text),
        },
        Some((mark, inside)) => match inside.split_once(':') {
            None => return Cow::Borrowed(inside_of(text, mark).unwrap_or(text)),
            Some((name, value)) => match (name.trim_end().strip_suffix(mark), value.strip_prefix(mark)) {
                (Some(name), _) => (name, value),
                (None, Some(value)) => (name, value),
                (None, None) => match value.strip_suffix(mark) {
                    Some(value) => (name, value),
                    None => return Cow::Borrowed(text),
                },
            },
        },
    };
    let value = cell(value);
    // A name alone has its value on the next line.
    Cow::Owned(if value.is_empty() { format!("{name}:") } else { format!("{name}: {value}") })
}

/// A value without the marks around it. A `*` alone is a value; a backslash before it is Markdown's.
pub(super) fn cell(text: &str) -> String {
    let text = text.trim();
    let inside = MARKS.iter().find_map(|mark| inside_of(text, mark));
    inside.unwrap_or(text).replace("\\*", "*").replace("\\_", "_").trim().to_owned()
}

/// The text between two marks. Emphasis begins and ends with a word, so `*, *` has none.
fn inside_of<'t>(text: &'t str, mark: &str) -> Option<&'t str> {
    let inside = text.strip_prefix(mark)?.strip_suffix(mark).filter(|inside| !inside.is_empty())?;
    let is_word = |character: char| !character.is_whitespace() && !matches!(character, '*' | ',');
    let is_emphasis = inside.starts_with(is_word) && inside.ends_with(is_word);
    (mark == "`" || is_emphasis).then_some(inside)
}
