//! The parameters of a command, as a request.

use crate::{
    error::MistakeKind,
    exchange::HeaderLine,
    note::{Note, NoteKind},
    place::Place,
    request::PageBody,
    sent::{By, Sent},
};

use super::{Kind, Script, Value};

/// The meaning of a parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Meaning {
    Uri,
    Method,
    Headers,
    Body,
    ContentType,
    Session,
    UserAgent,
    Token,
    Form,
    File,
    /// It does not change the request, and has a value.
    Value,
    /// It does not change the request, and has no value.
    Flag,
}

const PARAMETERS: [(&str, Meaning); 36] = {
    use Meaning::*;
    [
        ("uri", Uri),
        ("method", Method),
        ("custommethod", Method),
        ("headers", Headers),
        ("body", Body),
        ("contenttype", ContentType),
        ("websession", Session),
        ("useragent", UserAgent),
        ("token", Token),
        ("form", Form),
        ("infile", File),
        ("sessionvariable", Value),
        ("authentication", Value),
        ("credential", Value),
        ("certificate", Value),
        ("certificatethumbprint", Value),
        ("connectiontimeoutseconds", Value),
        ("erroraction", Value),
        ("httpversion", Value),
        ("maximumredirection", Value),
        ("maximumretrycount", Value),
        ("operationtimeoutseconds", Value),
        ("outfile", Value),
        ("proxy", Value),
        ("responseheadersvariable", Value),
        ("rhv", Value),
        ("retryintervalsec", Value),
        ("sslprotocol", Value),
        ("statuscodevariable", Value),
        ("timeoutsec", Value),
        ("transferencoding", Value),
        ("usebasicparsing", Flag),
        ("skipcertificatecheck", Flag),
        ("skipheadervalidation", Flag),
        ("skiphttperrorcheck", Flag),
        ("usedefaultcredentials", Flag),
    ]
};

/// The parameter with this name, or the only one that begins with it.
fn parameter(name: &str) -> Option<Meaning> {
    let name = name.to_ascii_lowercase();
    if let Some((_, meaning)) = PARAMETERS.iter().find(|(own, _)| *own == name) {
        return Some(*meaning);
    }
    let mut of_start = PARAMETERS.iter().filter(|(own, _)| name.len() > 1 && own.starts_with(&name));
    of_start.next().filter(|_| of_start.next().is_none()).map(|(_, meaning)| *meaning)
}

/// A request in the making.
#[derive(Default)]
struct Building {
    sent: Sent,
    content_type: Option<String>,
    body: Option<Value>,
    form: bool,
}

impl Script<'_, '_> {
    /// The request of a command, whose name is the token at `name`.
    pub(super) fn command(&mut self, name: usize) -> Option<Sent> {
        let mut building = Building::default();
        while let Some(kind) = self.peek().cloned() {
            let at = self.at;
            let meaning = match &kind {
                Kind::End | Kind::Sign('|' | ')') => break,
                Kind::Open => {
                    self.mistake(at, MistakeKind::QuoteOpen);
                    self.at = self.tokens.len();
                    return None;
                }
                Kind::Word(word) if word.starts_with('-') => {
                    self.at += 1;
                    let Some(meaning) = parameter(word.trim_start_matches('-').trim_end_matches(':')) else {
                        self.mistake(at, MistakeKind::UnknownOption);
                        continue;
                    };
                    meaning
                }
                // The first argument without a name.
                Kind::Word(_) | Kind::Text { .. } | Kind::Variable(_) if building.sent.url.is_none() => Meaning::Uri,
                _ => {
                    self.mistake(at, MistakeKind::CallSyntax);
                    self.at = self.tokens.len();
                    return None;
                }
            };
            if meaning == Meaning::Flag {
                continue;
            }
            if matches!(self.peek(), None | Some(Kind::End | Kind::Sign('|'))) {
                self.mistake(at, MistakeKind::OptionValue);
                continue;
            }
            let place = self.at;
            let value = self.value();
            self.set(&mut building, place, meaning, value);
        }
        self.finish(building, name)
    }

    fn set(&mut self, building: &mut Building, at: usize, meaning: Meaning, value: Value) {
        match (meaning, value) {
            (Meaning::Uri, Value::Text(url)) => {
                building.sent.url = Some(if url.contains("://") { url } else { format!("http://{url}") });
            }
            (Meaning::Method, Value::Text(method)) => building.sent.method = Some(method),
            (Meaning::Headers, Value::Table(entries)) => {
                for (name, value) in entries {
                    match value {
                        Value::Text(value) => building.sent.lines.push(HeaderLine::new(name, value)),
                        Value::Expression(text) => {
                            self.supposed(at, &text);
                            building.sent.lines.push(HeaderLine::new(name, text));
                        }
                        Value::Table(_) => self.mistake(at, MistakeKind::NotData),
                    }
                }
            }
            (Meaning::Session, Value::Table(entries)) => {
                for (name, value) in entries {
                    if let Value::Text(value) = value {
                        building.sent.lines.push(HeaderLine::new(name, value));
                    }
                }
            }
            (Meaning::UserAgent, Value::Text(agent)) => building.sent.lines.push(HeaderLine::new("User-Agent", agent)),
            (Meaning::Token, _) => building.sent.lines.push(HeaderLine::new("Authorization", "Bearer \u{2026}")),
            (Meaning::ContentType, Value::Text(text)) => building.content_type = Some(text),
            (Meaning::Body, value) => building.body = Some(value),
            (Meaning::Form, _) => building.form = true,
            (Meaning::File, _) => self.mistake(at, MistakeKind::FromFile),
            (Meaning::Uri | Meaning::Method, _) => self.mistake(at, MistakeKind::ShellExpansion),
            (Meaning::Headers, _) => self.mistake(at, MistakeKind::NotData),
            (Meaning::Session | Meaning::UserAgent | Meaning::ContentType | Meaning::Value | Meaning::Flag, _) => {}
        }
    }

    /// Adds a note that the value of something is unknown.
    fn supposed(&mut self, at: usize, text: &str) {
        let place = Some(Place::of(self.reader.text, self.offset(at)));
        let text: String = text.chars().take(100).collect();
        self.reader.notes.push(Note { place, kind: NoteKind::ExpressionSupposed(text) });
    }

    fn finish(&mut self, building: Building, name: usize) -> Option<Sent> {
        let Building { mut sent, mut content_type, body, form } = building;
        if sent.url.is_none() {
            self.mistake(name, MistakeKind::NoUrl);
            return None;
        }
        let method = sent.method.take().unwrap_or_else(|| "GET".into()).to_ascii_uppercase();
        let is_get = matches!(&*method, "GET" | "HEAD");
        let has_own = sent.lines.iter().any(|line| line.is("content-type"));
        let default = match body {
            Some(Value::Table(_)) if is_get => None,
            Some(Value::Table(_)) => Some("application/x-www-form-urlencoded"),
            Some(_) if method == "POST" => Some("application/x-www-form-urlencoded"),
            _ => None,
        };
        sent.body = match body {
            Some(Value::Text(text)) => Some(PageBody::Text(text)),
            // PowerShell makes a query of it.
            Some(Value::Table(_)) if is_get => None,
            Some(Value::Table(_)) => Some(PageBody::Text(String::new())),
            Some(Value::Expression(text)) => {
                self.supposed(name, &format!("{text}, taken for a string"));
                Some(PageBody::Text(String::new()))
            }
            None if form => Some(PageBody::FormData),
            None => None,
        };
        content_type = content_type.or_else(|| default.map(str::to_owned));
        if let Some(content_type) = content_type.filter(|_| !has_own) {
            sent.lines.push(HeaderLine::new("Content-Type", content_type));
        }
        let place = Place::of(self.reader.text, self.offset(name));
        Some(Sent { place, method: Some(method), by: By::Command, ..sent })
    }
}
