//! Splits a command into words as cmd.exe and the C runtime do. Developer tools write such commands for Windows.

use super::{Word, Words};

/// Whether a command is written for cmd.exe: with `^` before quotes, or at the end of a line.
pub(super) fn is_of_cmd(text: &str) -> bool {
    let first = text.split('\n').next().unwrap_or_default().trim_end();
    let caret_at_end = first.ends_with(" ^");
    caret_at_end || first.starts_with("curl.exe \"") || first.contains(" ^\"")
}

/// A character as cmd.exe passes it on.
#[derive(Clone, Copy)]
struct Passed {
    at: usize,
    character: char,
}

/// The words of the command at the start of `text`, up to the end of its line.
pub(super) fn words(text: &str) -> Words {
    let (line, end, open) = line(text);
    let (words, open_word) = arguments(&line);
    Words { list: words, end, open: open.or(open_word) }
}

/// The text that cmd.exe passes on, without its carets. A caret at the end of a line joins the next one. Within quotes it is
/// text.
fn line(text: &str) -> (Vec<Passed>, usize, Option<usize>) {
    let (mut passed, mut quoted) = (Vec::new(), None);
    let mut at = text.char_indices().filter(|(_, character)| *character != '\r').peekable();
    while let Some((start, character)) = at.next() {
        match character {
            '^' if quoted.is_none() => match at.next() {
                // A caret takes the end of its line away; an empty line after it is a line's end in the word.
                Some((_, '\n')) => {
                    if let Some((at, character)) = at.next_if(|(_, next)| *next == '\n') {
                        passed.push(Passed { at, character });
                    }
                }
                Some((at, character)) => passed.push(Passed { at, character }),
                None => {}
            },
            '\n' => return (passed, start + 1, quoted),
            '"' => {
                quoted = if quoted.is_none() { Some(start) } else { None };
                passed.push(Passed { at: start, character });
            }
            '&' | '|' | '>' | '<' if quoted.is_none() && passed.last().is_some_and(|last| last.character == ' ') => {
                let rest = text.get(start..).unwrap_or_default();
                return (passed, start + rest.find('\n').map_or(rest.len(), |end| end + 1), None);
            }
            _ => passed.push(Passed { at: start, character }),
        }
    }
    (passed, text.len(), quoted)
}

/// The arguments of a program, as the runtime of C splits them.
fn arguments(line: &[Passed]) -> (Vec<Word>, Option<usize>) {
    let (mut words, mut word, mut quoted): (_, Option<Word>, _) = (Vec::new(), None, None);
    let mut rest = line.iter().copied().peekable();
    while let Some(Passed { at, character }) = rest.next() {
        let text = |word: &mut Option<Word>, character: Option<char>| {
            let word = word.get_or_insert_with(|| Word { start: at, text: String::new(), expansion: None });
            word.text.extend(character);
        };
        match character {
            '\\' => {
                let mut count = 1;
                while rest.next_if(|next| next.character == '\\').is_some() {
                    count += 1;
                }
                let before_quote = rest.peek().is_some_and(|next| next.character == '"');
                let kept = if before_quote { count / 2 } else { count };
                (0..kept).for_each(|_| text(&mut word, Some('\\')));
                if before_quote && count % 2 == 1 {
                    rest.next();
                    text(&mut word, Some('"'));
                }
            }
            '"' if quoted.is_some() && rest.peek().is_some_and(|next| next.character == '"') => {
                rest.next();
                text(&mut word, Some('"'));
            }
            '"' => {
                quoted = if quoted.is_none() { Some(at) } else { None };
                text(&mut word, None);
            }
            ' ' | '\t' if quoted.is_none() => words.extend(word.take()),
            _ => text(&mut word, Some(character)),
        }
    }
    words.extend(word);
    (words, quoted)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn carets_and_quotes_are_read_as_windows_reads_them() {
        for (text, expected) in [
            ("curl --url ^\"https://a/^\" ^\n  -X ^\"PUT^\"\nnext", &["curl", "--url", "https://a/", "-X", "PUT"][..]),
            ("curl -H ^\"sec-ch-ua: ^\\^\"A^\\^\"^\"", &["curl", "-H", "sec-ch-ua: \"A\""]),
            ("curl --data-raw ^\"a^\n\nb^\"", &["curl", "--data-raw", "a\nb"]),
            ("curl \"a^b\" \"c \\\"d\\\"\" \"e\"\"f\"", &["curl", "a^b", "c \"d\"", "e\"f"]),
            ("curl a\\b \"c\\\\\"", &["curl", "a\\b", "c\\"]),
            ("curl ^%a^% | more", &["curl", "%a%"]),
        ] {
            let read = words(text);
            assert_eq!(read.list.iter().map(|word| &*word.text).collect::<Vec<_>>(), expected, "{text}");
            assert_eq!(read.open, None, "{text}");
        }
    }
}
