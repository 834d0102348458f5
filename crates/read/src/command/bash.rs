//! Splits a command into words as bash does.

use core::{iter::Peekable, str::CharIndices};

use super::{Word, Words};

/// The words of the command at the start of `text`, up to the end of its line.
pub(super) fn words(text: &str) -> Words {
    let mut shell = Shell { text, at: text.char_indices().peekable(), words: Words::default(), word: None };
    shell.read();
    shell.finish_word();
    if shell.words.open.is_some() || shell.words.end == 0 {
        shell.words.end = text.len();
    }
    shell.words
}

struct Shell<'t> {
    text: &'t str,
    at: Peekable<CharIndices<'t>>,
    words: Words,
    word: Option<Word>,
}

impl Shell<'_> {
    fn push(&mut self, start: usize, character: char) {
        self.begin(start).text.push(character);
    }

    fn begin(&mut self, start: usize) -> &mut Word {
        self.word.get_or_insert_with(|| Word { start, text: String::new(), expansion: None })
    }

    fn finish_word(&mut self) {
        self.words.list.extend(self.word.take());
    }

    fn read(&mut self) {
        while let Some((start, character)) = self.at.next() {
            let next = self.at.peek().map(|(_, next)| *next);
            match character {
                '\\' => self.backslash(start),
                '\'' => self.single(start),
                '"' => self.double(start),
                '$' if next == Some('\'') => {
                    self.at.next();
                    self.ansi_c(start);
                }
                '$' if next == Some('"') => {
                    self.at.next();
                    self.double(start);
                }
                // PowerShell continues a command after this sign.
                '`' if next.is_some() && self.rest_of_line_is_blank() => self.skip_blanks(),
                '$' | '`' => self.expansion(start, character),
                '\n' => {
                    self.words.end = start + 1;
                    return;
                }
                '\r' if next == Some('\n') => {}
                ' ' | '\t' => self.finish_word(),
                // `2>&1`
                '>' if self.word.as_ref().is_some_and(|word| matches!(&*word.text, "1" | "2")) => {
                    self.word = None;
                    return self.skip_line(start);
                }
                // AD-HOC: a shell would cut an unquoted URL at its `&`. A person who pastes one means all of it.
                '&' | ';' | '|' | '>' | '<' | '#'
                    if self.word.is_none() || matches!(character, '|' | ';') && next != Some('=') =>
                {
                    self.finish_word();
                    return self.skip_line(start);
                }
                _ => self.push(start, character),
            }
        }
    }

    /// Skips the rest of the line after the end of the command.
    fn skip_line(&mut self, start: usize) {
        let rest = self.text.get(start..).unwrap_or_default();
        self.words.end = start + rest.find('\n').map_or(rest.len(), |end| end + 1);
    }

    fn backslash(&mut self, start: usize) {
        match self.at.next() {
            Some((_, '\n')) | None => {}
            Some((_, '\r')) if self.at.peek().is_some_and(|(_, next)| *next == '\n') => {
                self.at.next();
            }
            // A blank after the backslash is a mistake of copying: the command continues on the next line.
            Some((_, ' ')) if self.rest_of_line_is_blank() => {
                self.skip_blanks();
            }
            Some((_, character)) => self.push(start, character),
        }
    }

    /// Skips the blanks at the end of a line, and that end.
    fn skip_blanks(&mut self) {
        while self.at.next_if(|(_, next)| matches!(next, ' ' | '\t' | '\r')).is_some() {}
        self.at.next_if(|(_, next)| *next == '\n');
    }

    fn rest_of_line_is_blank(&mut self) -> bool {
        let Some((at, _)) = self.at.peek() else { return false };
        let line = self.text.get(*at..).unwrap_or_default().split('\n').next().unwrap_or_default();
        line.trim().is_empty()
    }

    fn single(&mut self, start: usize) {
        self.begin(start);
        for (_, character) in self.at.by_ref() {
            if character == '\'' {
                return;
            }
            if let Some(word) = &mut self.word {
                word.text.push(character);
            }
        }
        self.words.open = self.words.open.or(Some(start));
    }

    fn double(&mut self, start: usize) {
        self.begin(start);
        while let Some((at, character)) = self.at.next() {
            let next = self.at.peek().map(|(_, next)| *next);
            match (character, next) {
                ('"', _) => return,
                ('\\', Some(escaped @ ('"' | '\\' | '$' | '`'))) => {
                    self.at.next();
                    self.push(at, escaped);
                }
                ('\\', Some('\n')) => {
                    self.at.next();
                }
                ('$' | '`', _) => self.expansion(at, character),
                _ => self.push(at, character),
            }
        }
        self.words.open = self.words.open.or(Some(start));
    }

    /// A variable, or the output of a command. It is kept as it is written.
    fn expansion(&mut self, start: usize, sign: char) {
        self.push(start, sign);
        let rest = self.text.get(start + 1..).unwrap_or_default();
        let is_name = |character: char| character.is_ascii_alphanumeric() || character == '_';
        let length = match (sign, rest.chars().next()) {
            ('$', Some('{')) => rest.find('}').map_or(0, |end| end + 1),
            ('$', Some('(')) => rest.find(')').map_or(0, |end| end + 1),
            ('$', Some(character)) if is_name(character) => {
                rest.find(|character| !is_name(character)).unwrap_or(rest.len())
            }
            ('`', _) => rest.find('`').map_or(0, |end| end + 1),
            _ => 0,
        };
        if length == 0 {
            return;
        }
        let end = start + 1 + length;
        while let Some((at, character)) = self.at.next_if(|(at, _)| *at < end) {
            self.push(at, character);
        }
        let expansion = self.text.get(start..end).unwrap_or_default().to_owned();
        self.begin(start).expansion.get_or_insert(expansion);
    }

    /// `$'…'`
    fn ansi_c(&mut self, start: usize) {
        self.begin(start);
        while let Some((at, character)) = self.at.next() {
            match character {
                '\'' => return,
                '\\' => {
                    let Some((_, escaped)) = self.at.next() else { break };
                    let character = match escaped {
                        'n' => '\n',
                        't' => '\t',
                        'r' => '\r',
                        'a' => '\x07',
                        'b' => '\x08',
                        'e' | 'E' => '\x1B',
                        'f' => '\x0C',
                        'v' => '\x0B',
                        'x' => self.number(16, 2, 0),
                        'u' => self.number(16, 4, 0),
                        'U' => self.number(16, 8, 0),
                        '0'..='7' => self.number(8, 2, escaped.to_digit(8).unwrap_or_default()),
                        other => other,
                    };
                    self.push(at, character);
                }
                _ => self.push(at, character),
            }
        }
        self.words.open = self.words.open.or(Some(start));
    }

    /// A character by its number, of at most so many digits.
    fn number(&mut self, radix: u32, digits: usize, first: u32) -> char {
        let mut number = first;
        for _ in 0..digits {
            let Some((_, digit)) = self.at.next_if(|(_, digit)| digit.is_digit(radix)) else { break };
            number = number.saturating_mul(radix).saturating_add(digit.to_digit(radix).unwrap_or_default());
        }
        char::from_u32(number).unwrap_or(char::REPLACEMENT_CHARACTER)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(text: &str) -> Vec<String> {
        words(text).list.into_iter().map(|word| word.text).collect()
    }

    #[test]
    fn quotes_are_read_as_bash_reads_them() {
        for (text, expected) in [
            ("curl a b", &["curl", "a", "b"][..]),
            ("curl 'a b' \"c \\\" d\"", &["curl", "a b", "c \" d"]),
            ("curl 'it'\\''s'", &["curl", "it's"]),
            ("curl $'it\\'s \\u0041\\x42\\n\\101'", &["curl", "it's AB\nA"]),
            ("curl a\\\n  b \\\r\n c", &["curl", "a", "b", "c"]),
            ("curl a \\ \n b", &["curl", "a", "b"]),
            ("curl 'a\nb' c\nd", &["curl", "a\nb", "c"]),
            ("curl https://a/?b=1&c=2 &", &["curl", "https://a/?b=1&c=2"]),
            ("curl a | jq . 'b", &["curl", "a"]),
            ("curl a 2> b", &["curl", "a"]),
            ("curl ''", &["curl", ""]),
            ("curl \"a\\nb\"", &["curl", "a\\nb"]),
        ] {
            assert_eq!(texts(text), expected, "{text}");
        }
    }

    #[test]
    fn expansions_are_kept_and_named() {
        let read = words("curl -H \"Authorization: Bearer $TOKEN\" ${HOST}/a `date` '$NO' $(cat b)");
        let named: Vec<_> = read.list.iter().filter_map(|word| word.expansion.as_deref()).collect();
        assert_eq!(named, ["$TOKEN", "${HOST}", "`date`", "$(cat b)"]);
        assert_eq!(read.list[2].text, "Authorization: Bearer $TOKEN");
    }

    #[test]
    fn a_quote_that_is_not_closed_is_found() {
        for (text, open) in [("curl 'a", 5), ("curl \"a' b", 5), ("curl a $'b\\'", 7)] {
            assert_eq!(words(text).open, Some(open), "{text}");
        }
    }
}
