//! `Invoke-WebRequest` and `Invoke-RestMethod`, typed or copied from developer tools, with the variables before them.
//!
//! ```text
//! text ─▶ tokens      words, strings, variables
//!      ─▶ statements  variables that get a value, up to the first command that sends a request
//!      ─▶ parameters  the request that is sent
//! ```

mod parameters;
mod tokens;

use std::collections::HashMap;

use crate::{error::MistakeKind, exchange::RequestLine, form::Form, lines::Cursor, reader::Reader};

use tokens::{Kind, Token, tokens};

const COMMANDS: [&str; 4] = ["invoke-webrequest", "invoke-restmethod", "iwr", "irm"];
/// Other names of the first, which are programs of other shells.
const ALIASES: [&str; 2] = ["curl", "wget"];
/// Parameters, in lower case, that those programs do not have.
const PARAMETERS: [&str; 7] =
    [" -uri ", " -method ", " -headers ", " -body ", " -contenttype ", " -usebasicparsing", " -websession "];
/// How many lines of variables may precede a command.
const LINES_BEFORE: usize = 60;
/// How many bytes of a line, and of a text, are read.
const LINE: usize = 2_000;
const LIMIT: usize = 256 << 10;
/// How many variables are kept, and how many entries of one.
const VARIABLES: usize = 64;
const ENTRIES: usize = 256;
/// The deepest nesting of a value.
const DEPTH: usize = 8;

/// Whether a line begins such a command, or a variable with such a command soon after it.
pub(crate) fn begins(cursor: &Cursor<'_>) -> bool {
    let Some(first) = cursor.peek() else { return false };
    let text = without_prompt(first.trimmed());
    if is_command(text) {
        return true;
    }
    let assigns = text.first() == Some(&b'$') && text.get(..LINE).unwrap_or(text).contains(&b'=');
    assigns && cursor.clone().take(LINES_BEFORE).any(|line| has_command(line.text))
}

/// Whether a line has `curl` or `wget` as names of `Invoke-WebRequest`.
pub(crate) fn begins_with_alias(cursor: &Cursor<'_>) -> bool {
    let Some(line) = cursor.peek() else { return false };
    let text = without_prompt(line.trimmed());
    let text = text.get(..LINE).unwrap_or(text).to_ascii_lowercase();
    let word = text.split(u8::is_ascii_whitespace).next().unwrap_or_default();
    let has = |parameter: &&str| text.windows(parameter.len()).any(|window| window == parameter.as_bytes());
    ALIASES.iter().any(|alias| word == alias.as_bytes()) && PARAMETERS.iter().any(has)
}

/// Whether a word is a name of a command.
fn is_name(word: &str) -> bool {
    let word = word.to_ascii_lowercase();
    COMMANDS.iter().chain(&ALIASES).any(|name| *name == word)
}

fn is_command(text: &[u8]) -> bool {
    let word = text.split(u8::is_ascii_whitespace).next().unwrap_or_default();
    word.len() < text.len() && COMMANDS.iter().any(|command| word.eq_ignore_ascii_case(command.as_bytes()))
}

fn has_command(line: &[u8]) -> bool {
    let line = line.get(..LINE).unwrap_or(line).trim_ascii();
    let after_sign = line.split(|byte| matches!(byte, b'=' | b'(')).map(<[u8]>::trim_ascii);
    after_sign.into_iter().any(is_command)
}

/// `PS C:\Users\me> `
fn without_prompt(line: &[u8]) -> &[u8] {
    let end = line.starts_with(b"PS ").then(|| line.iter().position(|byte| *byte == b'>')).flatten();
    end.and_then(|end| line.get(end + 1..)).unwrap_or(line).trim_ascii_start()
}

/// Reads the command that begins here, with its variables.
pub(crate) fn read<'t>(reader: &mut Reader<'t>, cursor: &mut Cursor<'t>) {
    let Some(line) = cursor.peek() else { return };
    let trimmed = line.trimmed();
    let skipped = line.indent() + (trimmed.len() - without_prompt(trimmed).len());
    let start = cursor.offset() + skipped;
    reader.take_for(Form::PowerShell);
    let bytes = cursor.rest().get(skipped..).unwrap_or_default();
    let Some(text) = super::utf8(reader, start, bytes.get(..LIMIT).unwrap_or(bytes)) else {
        cursor.next();
        return;
    };
    let tokens = tokens(text);
    let mut script = Script { reader, start, tokens: &tokens, at: 0, depth: 0, variables: HashMap::new() };
    let sent = script.statements();
    let end = tokens.get(script.at).map_or(text.len(), |token| token.start);
    if let Some(sent) = sent {
        let method = sent.method.clone().unwrap_or_else(|| "GET".into());
        reader.asking = Some(RequestLine { method, url: sent.url.clone() });
        reader.sent.push(sent);
    }
    // After a mistake, the piece ends with the line.
    cursor.go_to(start + end);
    if cursor.offset() <= line.start {
        cursor.next();
    }
}

/// A value: data, or an expression that is not evaluated.
#[derive(Clone, Debug, PartialEq)]
enum Value {
    Text(String),
    /// `@{name="value"}`, or a dictionary filled by `Add`.
    Table(Vec<(String, Value)>),
    /// An expression that is not data, as it is written.
    Expression(String),
}

/// The state of reading a script.
struct Script<'r, 't> {
    reader: &'r mut Reader<'t>,
    /// The offset of the first token's text.
    start: usize,
    tokens: &'r [Token],
    at: usize,
    depth: usize,
    /// The variables, by their names in lower case.
    variables: HashMap<String, Value>,
}

impl Script<'_, '_> {
    fn peek(&self) -> Option<&Kind> {
        self.tokens.get(self.at).map(|token| &token.kind)
    }

    fn is_sign(&self, sign: char) -> bool {
        self.peek() == Some(&Kind::Sign(sign))
    }

    fn skip(&mut self, sign: char) -> bool {
        let is = self.is_sign(sign);
        self.at += usize::from(is);
        is
    }

    fn skip_ends(&mut self) {
        while self.peek() == Some(&Kind::End) {
            self.at += 1;
        }
    }

    /// The offset of a token in the whole text.
    fn offset(&self, at: usize) -> usize {
        self.start + self.tokens.get(at).or(self.tokens.last()).map_or(0, |token| token.start)
    }

    fn mistake(&mut self, at: usize, kind: MistakeKind) {
        let offset = self.offset(at);
        self.reader.mistake_at(offset, kind);
    }

    /// Reads statements up to the first command that sends a request, and returns its request.
    fn statements(&mut self) -> Option<crate::sent::Sent> {
        while let Some(kind) = self.peek() {
            let at = self.at;
            match kind.clone() {
                Kind::Open => {
                    self.mistake(at, MistakeKind::QuoteOpen);
                    self.at = self.tokens.len();
                    return None;
                }
                Kind::Word(word) if is_name(&word) => {
                    self.at += 1;
                    return self.command(at);
                }
                Kind::Variable(path) => {
                    self.at += 1;
                    self.variable(&path);
                }
                _ => self.at += 1,
            }
        }
        None
    }

    /// Reads a statement that begins with a variable.
    fn variable(&mut self, path: &str) {
        let path = path.to_ascii_lowercase();
        let name = path.split('.').next().unwrap_or_default().to_owned();
        if let Some(member) = path.strip_suffix(".add") {
            self.add(&name, member.ends_with(".cookies"));
        } else if self.is_sign('[') {
            self.at += 1;
            let Some(Kind::Text { text: key, .. }) = self.peek().cloned() else { return };
            self.at += 1;
            if self.skip(']') && self.skip('=') {
                let value = self.value();
                self.insert(&name, key, value);
            }
        } else if self.skip('=') {
            // The value may be the command.
            if matches!(self.peek(), Some(Kind::Word(word)) if is_name(word)) {
                return;
            }
            let value = self.value();
            match path.split_once('.') {
                Some((_, "useragent")) => self.insert(&name, "User-Agent".into(), value),
                Some(_) => {}
                None if self.variables.len() < VARIABLES => {
                    self.variables.insert(name, value);
                }
                None => {}
            }
        }
    }

    /// Reads `("name", "value")` after `Add`. For cookies, they are within a call that makes one.
    fn add(&mut self, name: &str, is_cookie: bool) {
        let mut texts = Vec::new();
        while let Some(kind) = self.peek().filter(|kind| **kind != Kind::End && **kind != Kind::Open).cloned() {
            if let Kind::Text { text, .. } = kind {
                texts.push(text);
            }
            self.at += 1;
        }
        let mut texts = texts.into_iter();
        let (Some(key), Some(value)) = (texts.next(), texts.next()) else { return };
        if is_cookie {
            self.insert(name, "Cookie".into(), Value::Text(format!("{key}={value}")));
        } else {
            self.insert(name, key, Value::Text(value));
        }
    }

    fn insert(&mut self, name: &str, key: String, value: Value) {
        if self.variables.len() >= VARIABLES && !self.variables.contains_key(name) {
            return;
        }
        let table = self.variables.entry(name.to_owned()).or_insert_with(|| Value::Table(Vec::new()));
        if !matches!(table, Value::Table(_)) {
            *table = Value::Table(Vec::new());
        }
        if let Value::Table(entries) = table
            && entries.len() < ENTRIES
        {
            entries.push((key, value));
        }
    }

    /// The value that begins here. An expression that is not data is skipped.
    fn value(&mut self) -> Value {
        let at = self.at;
        match self.peek().cloned() {
            Some(Kind::Text { text, variables }) => {
                self.at += 1;
                self.filled(text, &variables)
            }
            Some(Kind::Variable(path)) => {
                self.at += 1;
                let known = self.variables.get(&path.to_ascii_lowercase()).cloned();
                known.unwrap_or_else(|| Value::Expression(format!("${path}")))
            }
            Some(Kind::Word(word)) if !word.eq_ignore_ascii_case("new-object") => {
                self.at += 1;
                Value::Text(word)
            }
            Some(Kind::Word(_)) => {
                // A session, or a dictionary.
                while self.peek().is_some_and(|kind| !matches!(kind, Kind::End | Kind::Open)) {
                    self.at += 1;
                }
                Value::Table(Vec::new())
            }
            Some(Kind::Sign('@')) if self.tokens.get(at + 1).is_some_and(|it| it.kind == Kind::Sign('{')) => {
                self.at += 2;
                let table = self.table();
                // `| ConvertTo-Json` makes a text of the table.
                if self.is_sign('|') { Value::Expression("@{\u{2026}}".into()) } else { table }
            }
            Some(Kind::Sign('(' | '[' | '@')) => self.expression(at),
            _ => Value::Expression(String::new()),
        }
    }

    /// A text, in which the values of variables replace the variables.
    fn filled(&self, mut text: String, variables: &[String]) -> Value {
        for variable in variables {
            let name = variable.trim_start_matches('$').trim_matches(['{', '}']).to_ascii_lowercase();
            match self.variables.get(&name) {
                Some(Value::Text(value)) if text.len() + value.len() < LIMIT => {
                    text = text.replacen(&**variable, value, 1);
                }
                _ => return Value::Expression(text),
            }
        }
        Value::Text(text)
    }

    /// `name=value` up to `}`.
    fn table(&mut self) -> Value {
        let mut entries = Vec::new();
        self.depth += 1;
        while self.depth <= DEPTH && entries.len() < ENTRIES {
            self.skip_ends();
            let key = match self.peek() {
                Some(Kind::Text { text, .. } | Kind::Word(text)) => text.clone(),
                _ => break,
            };
            self.at += 1;
            if !self.skip('=') {
                break;
            }
            let value = self.value();
            entries.push((key, value));
        }
        self.depth -= 1;
        self.skip_ends();
        if !self.skip('}') {
            let at = self.at;
            self.mistake(at, MistakeKind::CallSyntax);
            self.at = self.tokens.len();
        }
        Value::Table(entries)
    }

    /// The text between brackets, and the rest of the line after them.
    fn expression(&mut self, from: usize) -> Value {
        let mut depth = 0_usize;
        let mut only_text = None;
        while let Some(kind) = self.peek() {
            match kind {
                Kind::Sign('(' | '[' | '{') => depth += 1,
                Kind::Sign(')' | ']' | '}') => depth = depth.saturating_sub(1),
                Kind::Text { text, .. } => only_text = Some(text.clone()),
                Kind::Open => break,
                _ => {}
            }
            self.at += 1;
            if depth == 0 && !matches!(self.peek(), Some(Kind::Sign('(' | '['))) {
                break;
            }
        }
        // `([System.Text.Encoding]::UTF8.GetBytes("…"))`, and a text in brackets.
        let has_bytes = self.tokens.get(from..self.at).unwrap_or_default().iter().any(
            |token| matches!(&token.kind, Kind::Word(word) if word.to_ascii_lowercase().contains("utf8.getbytes")),
        );
        match only_text {
            Some(text) if has_bytes || self.at - from == 3 => Value::Text(text),
            _ => Value::Expression("(\u{2026})".into()),
        }
    }
}
