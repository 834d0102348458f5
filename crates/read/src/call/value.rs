//! Values of a call: literals, names that hold one, and expressions, which are not evaluated.

use std::collections::HashMap;

use super::lexer::{EXPRESSIONS, Kind, Token};

/// A value, and where it begins.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Value {
    pub(super) at: usize,
    pub(super) data: Data,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Data {
    /// A string, with the expressions in it whose values are unknown.
    Text {
        text: String,
        expressions: Vec<String>,
    },
    /// A number, `true`, `null`.
    Word(String),
    Object(Vec<Member>),
    Array(Vec<Value>),
    /// `name(arguments)`, or `new name(arguments)`.
    Call {
        name: String,
        arguments: Vec<Value>,
    },
    /// An expression that is not data, as it is written.
    Expression(String),
}

#[derive(Clone, Debug, PartialEq)]
pub(super) struct Member {
    pub(super) name: String,
    /// Whether the name is written as `"name"`.
    pub(super) quoted: bool,
    pub(super) value: Value,
}

impl Value {
    pub(super) fn members(&self) -> &[Member] {
        match &self.data {
            Data::Object(members) => members,
            _ => &[],
        }
    }

    pub(super) fn member(&self, name: &str) -> Option<&Value> {
        // The last member of a name counts.
        self.members().iter().rev().find(|member| member.name == name).map(|member| &member.value)
    }

    /// The text, if it has no unknown expression.
    pub(super) fn text(&self) -> Option<&str> {
        match &self.data {
            Data::Text { text, expressions } if expressions.is_empty() => Some(text),
            _ => None,
        }
    }

    pub(super) fn is_word(&self, word: &str) -> bool {
        matches!(&self.data, Data::Word(own) if own == word)
    }

    /// About how many bytes a copy of it takes.
    fn size(&self) -> usize {
        64 + match &self.data {
            Data::Text { text, .. } | Data::Word(text) | Data::Expression(text) => text.len(),
            Data::Object(members) => members.iter().map(|member| member.name.len() + member.value.size()).sum(),
            Data::Array(values) => values.iter().map(Value::size).sum(),
            Data::Call { name, arguments } => name.len() + arguments.iter().map(Value::size).sum::<usize>(),
        }
    }

    /// The source text of the value, for people.
    pub(super) fn shown(&self) -> String {
        match &self.data {
            Data::Text { text, .. } | Data::Word(text) | Data::Expression(text) => text.clone(),
            Data::Object(_) => "{\u{2026}}".into(),
            Data::Array(_) => "[\u{2026}]".into(),
            Data::Call { name, .. } => format!("{name}(\u{2026})"),
        }
    }
}

/// The deepest nesting. No call needs more.
const DEPTH: usize = 32;
/// How many bytes of named values are copied. Without a limit, copies of copies could grow without end.
const COPIED: usize = 256 << 10;
/// How many tokens of expressions are skipped. A call within nested functions is skipped once for each of them.
const SKIPPED: usize = 4_000_000;

/// Reads values from tokens.
pub(super) struct Values<'t> {
    pub(super) code: &'t str,
    pub(super) tokens: &'t [Token],
    pub(super) at: usize,
    /// The values that names hold.
    pub(super) names: HashMap<String, Value>,
    /// How many bytes of named values were copied.
    copied: usize,
    skipped: usize,
    depth: usize,
    pub(super) too_deep: bool,
}

impl<'t> Values<'t> {
    pub(super) fn new(code: &'t str, tokens: &'t [Token]) -> Self {
        Values { code, tokens, at: 0, names: HashMap::new(), copied: 0, skipped: 0, depth: 0, too_deep: false }
    }

    pub(super) fn peek(&self) -> Option<&'t Token> {
        self.tokens.get(self.at)
    }

    pub(super) fn word_at(&self, at: usize) -> Option<&'t str> {
        let token = self.tokens.get(at).filter(|token| token.kind == Kind::Word)?;
        self.code.get(token.start..token.end)
    }

    pub(super) fn word(&self) -> Option<&'t str> {
        self.word_at(self.at)
    }

    pub(super) fn is_sign(&self, sign: char) -> bool {
        self.sign_at(self.at, sign)
    }

    pub(super) fn sign_at(&self, at: usize, sign: char) -> bool {
        self.tokens.get(at).is_some_and(|token| token.kind == Kind::Sign(sign))
    }

    /// Skips this sign, if it is the next token.
    pub(super) fn skip(&mut self, sign: char) -> bool {
        let is = self.is_sign(sign);
        self.at += usize::from(is);
        is
    }

    pub(super) fn offset(&self) -> usize {
        self.peek().map_or(self.code.len(), |token| token.start)
    }

    /// The offset after the last token.
    pub(super) fn end(&self) -> usize {
        self.at.checked_sub(1).and_then(|at| self.tokens.get(at)).map_or(0, |token| token.end)
    }

    /// A name with its members: `axios.post`, `xhr.upload.onprogress`.
    pub(super) fn path(&mut self) -> Option<String> {
        let mut path = self.word()?.to_owned();
        self.at += 1;
        while self.is_sign('.') || self.is_sign('?') && self.sign_at(self.at + 1, '.') {
            let dot = self.at + usize::from(self.is_sign('?'));
            let Some(member) = self.word_at(dot + 1) else { break };
            path.push('.');
            path.push_str(member);
            self.at = dot + 2;
        }
        self.skip_type_arguments();
        Some(path)
    }

    /// The values between `(` and `)`; `None` if there is no end.
    pub(super) fn arguments(&mut self) -> Option<Vec<Value>> {
        self.skip('(').then_some(())?;
        self.list(')')
    }

    fn list(&mut self, end: char) -> Option<Vec<Value>> {
        let mut values = Vec::new();
        loop {
            if self.skip(end) {
                return Some(values);
            }
            values.push(self.value()?);
            if !self.skip(',') && !self.is_sign(end) {
                return None;
            }
        }
    }

    /// The value that begins here.
    pub(super) fn value(&mut self) -> Option<Value> {
        if self.depth >= DEPTH {
            self.too_deep = true;
            return None;
        }
        self.depth += 1;
        let value = self.sum();
        self.depth -= 1;
        value
    }

    /// One value, or strings that are joined with `+`; anything else is an expression.
    fn sum(&mut self) -> Option<Value> {
        let (start, first) = (self.at, self.offset());
        let mut value = self.primary();
        while self.is_sign('+') && value.as_ref().is_some_and(|value| matches!(value.data, Data::Text { .. })) {
            self.at += 1;
            let next = self.primary();
            let (Some(left), Some(right)) = (&mut value, next) else { break };
            let Data::Text { text, expressions } = &mut left.data else { break };
            match right.data {
                Data::Text { text: more, expressions: others } => {
                    text.push_str(&more);
                    expressions.extend(others);
                    expressions.truncate(EXPRESSIONS);
                }
                other => {
                    let shown = Value { at: right.at, data: other }.shown();
                    let expression = format!("${{{shown}}}");
                    text.push_str(&expression);
                    expressions.push(expression);
                }
            }
        }
        if value.is_some() {
            self.skip_type_of_value();
        }
        if value.is_some() && self.ends_value() {
            return value;
        }
        self.skip_expression();
        (self.at > start).then(|| {
            let text = self.code.get(first..self.end()).unwrap_or_default();
            Value { at: first, data: Data::Expression(text.chars().take(200).collect()) }
        })
    }

    pub(super) fn ends_value(&self) -> bool {
        let Some(token) = self.peek() else { return true };
        match token.kind {
            Kind::Sign(',' | ')' | ']' | '}' | ';') => true,
            Kind::Word | Kind::Text { .. } => token.on_new_line,
            _ => false,
        }
    }

    /// Skips to the end of an expression.
    fn skip_expression(&mut self) {
        let (mut depth, mut after_operator) = (0_usize, true);
        while let Some(token) = self.peek() {
            match token.kind {
                Kind::Sign('(' | '[' | '{') => depth += 1,
                Kind::Sign(')' | ']' | '}') if depth == 0 => return,
                Kind::Sign(')' | ']' | '}') => depth -= 1,
                Kind::Sign(',' | ';') if depth == 0 => return,
                Kind::Word if depth == 0 && token.on_new_line && !after_operator => return,
                _ => {}
            }
            self.skipped += 1;
            if self.skipped > SKIPPED {
                self.at = self.tokens.len();
                return;
            }
            after_operator = matches!(token.kind, Kind::Sign(sign) if !matches!(sign, ')' | ']' | '}'));
            self.at += 1;
        }
    }

    fn primary(&mut self) -> Option<Value> {
        let token = self.peek()?;
        let at = token.start;
        let data = match &token.kind {
            Kind::Text { text, expressions, .. } => {
                self.at += 1;
                self.filled(text, expressions)
            }
            Kind::Number => {
                self.at += 1;
                Data::Word(self.code.get(token.start..token.end)?.to_owned())
            }
            Kind::Sign('{') => self.object()?,
            Kind::Sign('[') => {
                self.at += 1;
                Data::Array(self.list(']')?)
            }
            Kind::Word => self.named()?,
            Kind::Sign('(') => {
                let before = self.at;
                self.at += 1;
                match self.value() {
                    Some(value) if self.skip(')') && !self.is_sign('=') => value.data,
                    _ => {
                        self.at = before;
                        return None;
                    }
                }
            }
            Kind::Sign(_) | Kind::Open => return None,
        };
        Some(Value { at, data })
    }

    /// A template, in which the values of names replace the names.
    fn filled(&mut self, text: &str, expressions: &[String]) -> Data {
        let (mut text, mut unknown) = (text.to_owned(), Vec::new());
        for expression in expressions {
            let name = expression.trim_start_matches("${").trim_end_matches('}').trim();
            match self.held_value(name).as_ref().and_then(Value::text) {
                Some(known) => text = text.replacen(&**expression, known, 1),
                None => unknown.push(expression.clone()),
            }
        }
        Data::Text { text, expressions: unknown }
    }

    /// A name, a call, or a word such as `true`.
    fn named(&mut self) -> Option<Data> {
        let word = self.word()?;
        if word == "await" {
            self.at += 1;
            return self.primary().map(|value| value.data);
        }
        if matches!(word, "async" | "function" | "class" | "typeof" | "delete" | "void") {
            return None;
        }
        let is_new = word == "new";
        self.at += usize::from(is_new);
        let path = self.path()?;
        if self.is_sign('(') {
            let before = self.at;
            let Some(arguments) = self.arguments() else {
                self.at = before;
                return None;
            };
            let name = if is_new { format!("new {path}") } else { path };
            return Some(Data::Call { name, arguments });
        }
        if matches!(&*path, "true" | "false" | "null" | "undefined" | "NaN") {
            return Some(Data::Word(path));
        }
        Some(self.held_value(&path).map_or(Data::Expression(path), |value| value.data))
    }

    /// The value that a name holds.
    fn held_value(&mut self, name: &str) -> Option<Value> {
        let value = self.names.get(name)?;
        self.copied += value.size();
        (self.copied < COPIED).then(|| value.clone())
    }

    pub(super) fn object(&mut self) -> Option<Data> {
        self.skip('{').then_some(())?;
        let mut members = Vec::new();
        loop {
            if self.skip('}') {
                return Some(Data::Object(members));
            }
            self.member(&mut members)?;
            if !self.skip(',') && !self.is_sign('}') {
                return None;
            }
        }
    }

    fn member(&mut self, members: &mut Vec<Member>) -> Option<()> {
        let token = self.peek()?;
        // `...other`
        if self.is_sign('.') {
            while self.skip('.') {}
            let value = self.value()?;
            match value.data {
                Data::Object(others) => members.extend(others),
                _ => members.push(Member { name: "...".into(), quoted: false, value }),
            }
            return Some(());
        }
        let (name, quoted) = match &token.kind {
            Kind::Text { text, quote, .. } => (text.clone(), *quote == '"'),
            Kind::Word | Kind::Number => (self.code.get(token.start..token.end)?.to_owned(), false),
            // A computed name.
            Kind::Sign('[') => {
                self.at += 1;
                let name = self.value()?;
                self.at = self.at.checked_sub(usize::from(!self.is_sign(']')))?;
                (name.text().unwrap_or("[\u{2026}]").to_owned(), false)
            }
            _ => return None,
        };
        self.at += 1;
        let value = if self.skip(':') {
            self.value()?
        } else if self.is_sign(',') || self.is_sign('}') {
            // `{ headers }`
            let data = self.held_value(&name).map_or_else(|| Data::Expression(name.clone()), |value| value.data);
            Value { at: token.start, data }
        } else {
            // A method.
            self.skip_expression();
            Value { at: token.start, data: Data::Expression(format!("{name}()")) }
        };
        members.push(Member { name, quoted, value });
        Some(())
    }
}
