//! Tokens of PowerShell, as far as commands with literals need them.

/// A token, and where it begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Token {
    pub(super) start: usize,
    pub(super) kind: Kind,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A command, the name of a parameter, or an argument without quotes.
    Word(String),
    /// A string, and the variables in it as they are written.
    Text {
        text: String,
        variables: Vec<String>,
    },
    /// A variable with its members, without the `$`: `session.Cookies.Add`.
    Variable(String),
    Sign(char),
    /// The end of a line, or `;`.
    End,
    /// A string that does not end.
    Open,
}

/// How many tokens are read.
const TOKENS: usize = 20_000;

/// The tokens of `text`, without comments, and without ends of lines that a backtick escapes.
pub(super) fn tokens(text: &str) -> Vec<Token> {
    let mut lexer = Lexer { text, at: 0 };
    let mut tokens = Vec::new();
    while tokens.len() < TOKENS
        && let Some(token) = lexer.next()
    {
        let open = token.kind == Kind::Open;
        tokens.push(token);
        if open {
            break;
        }
    }
    tokens
}

struct Lexer<'t> {
    text: &'t str,
    at: usize,
}

impl Lexer<'_> {
    fn rest(&self) -> &str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn take(&mut self) -> Option<char> {
        let character = self.rest().chars().next()?;
        self.at += character.len_utf8();
        Some(character)
    }

    fn take_while(&mut self, is: impl Fn(char) -> bool) -> String {
        let rest = self.rest();
        let taken = rest.get(..rest.find(|character| !is(character)).unwrap_or(rest.len())).unwrap_or_default();
        let taken = taken.to_owned();
        self.at += taken.len();
        taken
    }

    fn skip_blanks(&mut self) {
        loop {
            let before = self.at;
            self.take_while(|character| matches!(character, ' ' | '\t' | '\r' | '\u{A0}'));
            let rest = self.rest();
            if let Some(after) = rest.strip_prefix('`')
                && let Some(line) = after.find('\n')
                && after.get(..line).unwrap_or_default().trim().is_empty()
            {
                self.at += 1 + line + 1;
            } else if rest.starts_with('#') {
                self.take_while(|character| character != '\n');
            }
            if self.at == before {
                return;
            }
        }
    }

    fn next(&mut self) -> Option<Token> {
        self.skip_blanks();
        let start = self.at;
        let rest = self.rest();
        let first = rest.chars().next()?;
        let kind = if rest.starts_with("@\"") || rest.starts_with("@'") {
            self.here_string()
        } else {
            match first {
                '"' => self.double(),
                '\'' => self.single(),
                '$' if rest.starts_with("$(") => self.sign(),
                '$' => self.variable(),
                '\n' | ';' => {
                    self.at += 1;
                    Kind::End
                }
                '(' | ')' | '{' | '}' | '[' | ']' | '=' | ',' | '|' | '@' => self.sign(),
                _ => Kind::Word(self.word()),
            }
        };
        Some(Token { start, kind })
    }

    fn sign(&mut self) -> Kind {
        self.take().map_or(Kind::End, Kind::Sign)
    }

    fn variable(&mut self) -> Kind {
        self.at += 1;
        let braced = self.rest().starts_with('{');
        self.at += usize::from(braced);
        let path = self.take_while(|it| it.is_alphanumeric() || matches!(it, '_' | ':' | '.'));
        self.at += usize::from(braced && self.rest().starts_with('}'));
        Kind::Variable(path)
    }

    fn word(&mut self) -> String {
        let mut word = String::new();
        while let Some(next) = self.rest().chars().next() {
            match next {
                '`' => {
                    if self.rest().get(1..).is_none_or(|after| after.starts_with(['\n', '\r'])) {
                        self.at += usize::from(word.is_empty());
                        break;
                    }
                    self.at += 1;
                    word.extend(self.take());
                }
                _ if next.is_whitespace() => break,
                '(' | ')' | '{' | '}' | '[' | ']' | '=' | ',' | ';' | '|' | '"' | '\'' if !word.contains("://") => {
                    break;
                }
                _ => {
                    word.push(next);
                    self.at += next.len_utf8();
                }
            }
        }
        word
    }

    fn single(&mut self) -> Kind {
        self.at += 1;
        let mut text = String::new();
        while let Some(character) = self.take() {
            if character != '\'' {
                text.push(character);
            } else if self.rest().starts_with('\'') {
                self.at += 1;
                text.push('\'');
            } else {
                return Kind::Text { text, variables: Vec::new() };
            }
        }
        Kind::Open
    }

    fn double(&mut self) -> Kind {
        self.at += 1;
        let (mut text, mut variables) = (String::new(), Vec::new());
        while let Some(character) = self.take() {
            match character {
                '"' if self.rest().starts_with('"') => {
                    self.at += 1;
                    text.push('"');
                }
                '"' => return Kind::Text { text, variables },
                other => self.in_double(other, &mut text, &mut variables),
            }
        }
        Kind::Open
    }

    /// A character within double quotes, which was read already.
    fn in_double(&mut self, character: char, text: &mut String, variables: &mut Vec<String>) {
        match character {
            '`' => text.extend(self.escape()),
            '$' => {
                let rest = self.rest();
                if let Some(number) = rest.strip_prefix("([char]").and_then(|rest| rest.split_once(')')) {
                    let (digits, length) = (number.0.trim(), "([char])".len() + number.0.len());
                    let code = digits
                        .strip_prefix("0x")
                        .map_or_else(|| digits.parse().ok(), |hex| u32::from_str_radix(hex, 16).ok());
                    text.push(code.and_then(char::from_u32).unwrap_or(char::REPLACEMENT_CHARACTER));
                    self.at += length;
                } else if rest.starts_with(|it: char| it.is_alphabetic() || matches!(it, '_' | '{' | '(')) {
                    let variable = self.variable_in_text();
                    text.push_str(&variable);
                    variables.push(variable);
                } else {
                    text.push('$');
                }
            }
            other => text.push(other),
        }
    }

    /// A variable in a string, or a subexpression, as it is written.
    fn variable_in_text(&mut self) -> String {
        let rest = self.rest();
        let end = match rest.chars().next() {
            Some('{') => rest.find('}').map(|end| end + 1),
            Some('(') => rest.find(')').map(|end| end + 1),
            _ => rest.find(|it: char| !it.is_alphanumeric() && it != '_' && it != ':'),
        };
        let variable = format!("${}", rest.get(..end.unwrap_or(rest.len())).unwrap_or_default());
        self.at += variable.len() - 1;
        variable
    }

    /// The character that a backtick escapes.
    fn escape(&mut self) -> Option<char> {
        Some(match self.take()? {
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            '0' => '\0',
            'b' => '\x08',
            'f' => '\x0C',
            'v' => '\x0B',
            other => other,
        })
    }

    /// `@"`, lines, and `"@` at the start of a line.
    fn here_string(&mut self) -> Kind {
        let quote = if self.rest().starts_with("@\"") { '"' } else { '\'' };
        self.at += 2;
        self.take_while(|it| it != '\n');
        self.at += usize::from(self.rest().starts_with('\n'));
        let end = format!("\n{quote}@");
        let (mut text, mut variables) = (String::new(), Vec::new());
        loop {
            if text.is_empty() && self.rest().starts_with(&end[1..]) {
                self.at += end.len() - 1;
                break;
            }
            if self.rest().starts_with(&end) {
                self.at += end.len();
                break;
            }
            match self.take() {
                None => return Kind::Open,
                Some('\r') => {}
                Some(other) if quote == '"' => self.in_double(other, &mut text, &mut variables),
                Some(other) => text.push(other),
            }
        }
        Kind::Text { text, variables }
    }
}
