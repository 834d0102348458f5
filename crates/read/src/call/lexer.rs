//! Tokens of JavaScript, as far as calls with literals need them.

/// A token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A name or a keyword.
    Word,
    /// A string; the value of `${…}` is unknown, and is kept as it is written.
    Text {
        text: String,
        quote: char,
        expressions: Vec<String>,
    },
    Number,
    /// One character.
    Sign(char),
    /// A string that does not end.
    Open,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Token {
    pub(super) kind: Kind,
    pub(super) start: usize,
    pub(super) end: usize,
    /// Whether it is the first on its line.
    pub(super) on_new_line: bool,
}

/// So many expressions of a string are looked at.
pub(super) const EXPRESSIONS: usize = 32;
/// No expression within a string is longer.
const EXPRESSION: usize = 1_000;
/// After so many strings that do not end, this is not code.
const OPEN: usize = 16;

/// The tokens of `code`, without comments.
pub(super) fn tokens(code: &str) -> Vec<Token> {
    let mut lexer = Lexer { code, at: 0, on_new_line: true, open: 0 };
    let mut tokens = Vec::new();
    while let Some(token) = lexer.next() {
        tokens.push(token);
    }
    tokens
}

struct Lexer<'t> {
    code: &'t str,
    at: usize,
    on_new_line: bool,
    open: usize,
}

impl Lexer<'_> {
    fn rest(&self) -> &str {
        self.code.get(self.at..).unwrap_or_default()
    }

    fn next(&mut self) -> Option<Token> {
        self.skip_blanks();
        let start = self.at;
        let first = self.rest().chars().next()?;
        let kind = match first {
            '"' | '\'' | '`' => self.string(first),
            _ if first.is_ascii_digit() => {
                self.skip_while(|character| character.is_ascii_alphanumeric() || character == '.' || character == '_');
                Kind::Number
            }
            _ if is_word(first) => {
                self.skip_while(|character| is_word(character) || character.is_ascii_digit());
                Kind::Word
            }
            _ => {
                self.at += first.len_utf8();
                Kind::Sign(first)
            }
        };
        let on_new_line = core::mem::replace(&mut self.on_new_line, false);
        Some(Token { kind, start, end: self.at, on_new_line })
    }

    fn skip_while(&mut self, is: impl Fn(char) -> bool) {
        let rest = self.rest();
        self.at += rest.find(|character| !is(character)).unwrap_or(rest.len());
    }

    fn skip_blanks(&mut self) {
        loop {
            let before = self.at;
            self.skip_while(char::is_whitespace);
            if self.rest().starts_with("//") {
                self.skip_while(|character| character != '\n');
            } else if self.rest().starts_with("/*") {
                let rest = self.rest();
                self.at += rest.find("*/").map_or(rest.len(), |end| end + 2);
            }
            if self.at == before {
                return;
            }
            self.on_new_line |= self.code.get(before..self.at).unwrap_or_default().contains('\n');
        }
    }

    fn string(&mut self, quote: char) -> Kind {
        let (mut text, mut expressions) = (String::new(), Vec::new());
        let start = self.at;
        self.at += 1;
        loop {
            let rest = self.rest();
            let Some(character) = rest.chars().next() else { break };
            match character {
                _ if character == quote => {
                    self.at += 1;
                    return Kind::Text { text, quote, expressions };
                }
                '\n' if quote != '`' => break,
                '\\' => {
                    self.at += 1;
                    self.escape(&mut text);
                }
                '$' if quote == '`' && rest.starts_with("${") => {
                    let Some(length) = rest.bytes().take(EXPRESSION).position(|byte| byte == b'}') else { break };
                    let expression = rest.get(..=length).unwrap_or_default().to_owned();
                    self.at += length + 1;
                    text.push_str(&expression);
                    if expressions.len() < EXPRESSIONS {
                        expressions.push(expression);
                    }
                }
                _ => {
                    text.push(character);
                    self.at += character.len_utf8();
                }
            }
        }
        // Only the quote is taken, so that what follows is read.
        self.open += 1;
        self.at = if self.open < OPEN { start + 1 } else { self.code.len() };
        Kind::Open
    }

    /// What comes after a backslash.
    fn escape(&mut self, text: &mut String) {
        let Some(escaped) = self.rest().chars().next() else { return };
        self.at += escaped.len_utf8();
        match escaped {
            'n' => text.push('\n'),
            't' => text.push('\t'),
            'r' => text.push('\r'),
            'b' => text.push('\x08'),
            'f' => text.push('\x0C'),
            'v' => text.push('\x0B'),
            '0' => text.push('\0'),
            'x' => text.push(self.number(2)),
            'u' if self.rest().starts_with('{') => {
                self.at += 1;
                text.push(self.number(6));
                if self.rest().starts_with('}') {
                    self.at += 1;
                }
            }
            'u' => self.utf16(text),
            // A line goes on.
            '\r' if self.rest().starts_with('\n') => self.at += 1,
            '\n' => {}
            other => text.push(other),
        }
    }

    fn digits(&mut self, count: usize) -> u32 {
        let rest = self.rest();
        let length = rest.chars().take(count).take_while(char::is_ascii_hexdigit).count();
        let number = u32::from_str_radix(rest.get(..length).unwrap_or_default(), 16).unwrap_or(0xFFFD);
        self.at += length;
        number
    }

    fn number(&mut self, count: usize) -> char {
        char::from_u32(self.digits(count)).unwrap_or(char::REPLACEMENT_CHARACTER)
    }

    /// `\uD83D\uDE00` is one character.
    fn utf16(&mut self, text: &mut String) {
        let unit = |number: u32| u16::try_from(number).unwrap_or(0xFFFD);
        let mut units = vec![unit(self.digits(4))];
        if matches!(units.first(), Some(0xD800..=0xDBFF)) && self.rest().starts_with("\\u") {
            self.at += 2;
            units.push(unit(self.digits(4)));
        }
        text.extend(char::decode_utf16(units).map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER)));
    }
}

fn is_word(character: char) -> bool {
    character.is_alphabetic() || character == '_' || character == '$'
}
