//! Requests as API clients keep them in files.
//!
//! ```text
//! text ─▶ http   `PUT https://api.example/items` and header lines, with `###` between requests ─┐
//!      ─▶ bruno  blocks: `put { url: … }`, `headers { … }`                                       ├▶ variables ─▶ a request
//! ```

pub(crate) mod bruno;
pub(crate) mod http;

use std::collections::HashMap;

use crate::{
    error::MistakeKind,
    exchange::{HeaderLine, RequestLine},
    form::Form,
    lines::Line,
    note::{Note, NoteKind},
    reader::Reader,
    request::PageBody,
    sent::{By, Sent},
};

/// How many variables are kept, and the greatest length of a value.
const VARIABLES: usize = 64;
const VALUE: usize = 2_000;
/// The methods of requests in files, in upper case.
const METHODS: [&str; 7] = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

/// A request in a file, with its variables.
#[derive(Debug, Default)]
struct Request<'t> {
    method: String,
    /// The URL, and the line that has it.
    url: Option<(Line<'t>, String)>,
    headers: Vec<(Line<'t>, HeaderLine)>,
    body: Option<PageBody>,
    variables: HashMap<String, String>,
}

impl Request<'_> {
    fn has_header(&self, name: &str) -> bool {
        self.headers.iter().any(|(_, line)| line.is(name))
    }

    fn add_variable(&mut self, name: &str, value: &str) {
        if self.variables.len() < VARIABLES && value.len() < VALUE {
            self.variables.insert(name.to_owned(), value.to_owned());
        }
    }

    /// The text with the values of variables that the file has.
    fn filled(&self, text: &str) -> String {
        let mut text = text.to_owned();
        // A value may have another variable.
        for _ in 0..2 {
            for name in names(&text) {
                if let Some(value) = self.variables.get(&name) {
                    text = text.replacen(&format!("{{{{{name}}}}}"), value, 1);
                }
            }
        }
        text
    }

    /// Keeps the request. A variable without a value is a mistake before the path, and gets a note elsewhere.
    fn keep(mut self, reader: &mut Reader<'_>) {
        reader.take_for(Form::RequestFile);
        let Some((line, url)) = self.url.take() else { return };
        let full = self.filled(&url);
        let authority = full.split_once("://").map(|(_, rest)| rest.split(['/', '?', '#']).next().unwrap_or_default());
        if authority.is_none_or(|authority| !names(authority).is_empty()) {
            let kind = if full.starts_with('/') || names(&full).is_empty() {
                MistakeKind::NoUrl
            } else {
                MistakeKind::NotData
            };
            return reader.mistake(line.mistake(kind));
        }
        for name in names(&full) {
            suppose(reader, line, &name);
        }
        let url = names(&full).iter().fold(full, |url, name| url.replace(&format!("{{{{{name}}}}}"), "1"));
        let mut lines = Vec::new();
        for (line, header) in &self.headers {
            let value = self.filled(header.text().unwrap_or_default());
            for name in names(&value) {
                suppose(reader, *line, &name);
            }
            lines.push(HeaderLine::new(header.name.as_str(), value));
        }
        reader.asking = Some(RequestLine { method: self.method.clone(), url: Some(url.clone()) });
        let (method, body) = (Some(self.method), self.body);
        reader.sent.push(Sent {
            place: line.place(),
            method,
            url: Some(url),
            lines,
            body,
            by: By::Command,
            copied: false,
        });
    }
}

fn suppose(reader: &mut Reader<'_>, line: Line<'_>, name: &str) {
    let kind = NoteKind::ExpressionSupposed(format!("{{{{{name}}}}}"));
    reader.notes.push(Note { place: Some(line.place()), kind });
}

/// The names of the variables in a text: `{{host}}`.
fn names(text: &str) -> Vec<String> {
    const NAMES: usize = 8;
    let parts = text.split("{{").skip(1).filter_map(|part| part.split_once("}}"));
    parts.take(NAMES).map(|(name, _)| name.to_owned()).collect()
}
