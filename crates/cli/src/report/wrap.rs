//! Plain text of at most 100 columns.

pub const WIDTH: usize = 100;

/// Appends `text` after `first`, broken at blanks. The lines after the first are indented to the width of `first`.
pub fn wrap(out: &mut String, first: &str, text: &str) {
    let indent = first.chars().count();
    let (mut column, mut line_is_empty) = (indent, true);
    out.push_str(first);
    for word in text.split(' ') {
        let width = word.chars().count();
        if !line_is_empty && column + 1 + width > WIDTH {
            out.push('\n');
            out.extend(core::iter::repeat_n(' ', indent));
            (column, line_is_empty) = (indent, true);
        }
        if !line_is_empty {
            out.push(' ');
            column += 1;
        }
        out.push_str(word);
        (column, line_is_empty) = (column + width, false);
    }
    out.push('\n');
}

/// A word, quoted for a shell if it needs that.
pub fn quoted(word: &str) -> String {
    let plain = |character: char| character.is_ascii_alphanumeric() || "-_./:=@%+,".contains(character);
    if !word.is_empty() && word.chars().all(plain) {
        return word.into();
    }
    format!("'{}'", word.replace('\'', r"'\''"))
}

/// A header name as people write it: a name in lower case gets capitals, any other stays as it is.
pub fn capitalized(name: &str) -> String {
    if name.bytes().any(|byte| byte.is_ascii_uppercase()) {
        return name.into();
    }
    let mut starts_word = true;
    name.chars()
        .map(|character| {
            let written = if starts_word { character.to_ascii_uppercase() } else { character };
            starts_word = character == '-';
            written
        })
        .collect()
}
