//! Calls as pages write them, with literals: `fetch()` and its clients, axios, jQuery, Angular, superagent, XMLHttpRequest.
//!
//! ```text
//! text ─▶ lexer      tokens
//!      ─▶ value      literals, and names that hold one
//!      ─▶ statements which calls are made ─▶ fetch, ky, axios, jquery, angular, superagent, browser, xhr ─▶ the page's request
//! ```
//!
//! Nothing is run. An expression that is not a literal is an error if the request depends on it, and gets a note if not.

mod added;
mod angular;
mod axios;
mod browser;
mod client;
mod convert;
mod fetch;
mod jquery;
mod ky;
mod lexer;
mod object;
mod statements;
mod superagent;
mod types;
mod value;
mod xhr;

pub(crate) use object::{Printed, object};

use crate::{
    command::{Prompt, is_command_line},
    error::{Mistake, MistakeKind},
    form::Form,
    heads,
    lines::{Cursor, Line},
    note::{Note, NoteKind},
    place::Place,
    reader::Reader,
    request::PageRequest,
    sent::Sent,
    unknown,
};

/// The longest call, in bytes.
const LIMIT: usize = 256 << 10;
/// How many lines of code may precede a call.
const LINES_BEFORE: usize = 60;
/// How many bytes of a line are read.
const LINE: usize = 2_000;

/// Texts that begin a call.
const CALLS: [&str; 32] = [
    "fetch(",
    "fetch<",
    "axios",
    "new XMLHttpRequest",
    ".open(",
    "$.ajax(",
    "$.get",
    "$.post(",
    "jQuery.",
    "this.http",
    "this._http",
    "ofetch(",
    "new EventSource",
    "sendBeacon(",
    "new WebSocket",
    "useFetch(",
    "useLazyFetch(",
    "ky(",
    "ky.get(",
    "ky.post(",
    "ky.put(",
    "ky.patch(",
    "ky.delete(",
    "ky.create(",
    "ky.extend(",
    "superagent",
    "request.get(",
    "request.post(",
    "request.put(",
    "request.patch(",
    "request.delete(",
    "request.del(",
];
/// Texts that begin code which may precede a call.
const CODE: [&str; 11] =
    ["const ", "let ", "var ", "async ", "function ", "import ", "export ", "try ", "//", "/*", "window."];

/// A call, as it was found in a piece of code.
#[derive(Debug)]
struct Found {
    form: Form,
    /// The request, as the page writes it or as developer tools copy it.
    request: Call,
    /// The offset of its end, in the piece.
    end: usize,
}

#[derive(Debug)]
enum Call {
    Written(Box<PageRequest>),
    Copied(Sent),
}

/// Notes and mistakes, collected while reading.
#[derive(Debug, Default)]
struct Findings {
    mistakes: Vec<(usize, MistakeKind, String)>,
    notes: Vec<(usize, NoteKind)>,
}

impl Findings {
    fn mistake(&mut self, at: usize, kind: MistakeKind, found: &str) {
        self.mistakes.push((at, kind, found.to_owned()));
    }

    fn note(&mut self, at: usize, kind: NoteKind) {
        self.notes.push((at, kind));
    }
}

fn has_call(text: &[u8]) -> bool {
    let text = text.get(..LINE).unwrap_or(text);
    CALLS.iter().any(|call| {
        let mut places = text.windows(call.len()).enumerate().filter(|(_, window)| *window == call.as_bytes());
        // `prefetch(` is another function.
        places.any(|(at, _)| {
            call.starts_with('.')
                || !at.checked_sub(1).and_then(|at| text.get(at)).is_some_and(u8::is_ascii_alphanumeric)
        })
    })
}

/// Whether a line begins a call, or code with a call soon after it.
pub(crate) fn begins(cursor: &Cursor<'_>) -> bool {
    let Some(first) = cursor.peek() else { return false };
    if has_call(first.text) {
        return true;
    }
    CODE.iter().any(|code| first.trimmed().starts_with(code.as_bytes()))
        && cursor.clone().take(LINES_BEFORE).take_while(|line| !ends(*line)).any(|line| has_call(line.text))
}

/// Whether a line ends a piece of code, because another form begins there.
fn ends(line: Line<'_>) -> bool {
    heads::begins(line) || is_command_line(line.trimmed(), Prompt::Needed)
}

/// Reads the first call of the code that begins here.
pub(crate) fn read<'t>(reader: &mut Reader<'t>, cursor: &mut Cursor<'t>) {
    let start = cursor.offset();
    let mut last = cursor.clone();
    while last.peek().is_some_and(|line| !ends(line)) && last.offset() - start < LIMIT {
        last.next();
    }
    let code = reader.text.get(start..last.offset()).unwrap_or_default();
    let code = code.get(..LIMIT).unwrap_or(code);
    let code = match core::str::from_utf8(code) {
        Ok(code) => code,
        Err(error) => {
            let at = start + error.valid_up_to();
            reader.mistake(Mistake::new(reader.text, at, MistakeKind::NotUtf8, b""));
            return cursor.go_to(last.offset());
        }
    };
    // Code that loads a module for requests runs outside of browsers.
    if let Some(line) = Cursor::new(code.as_bytes()).find(|line| unknown::replaces_fetch(line.trimmed())) {
        reader.mistake_at(start + line.start, MistakeKind::OtherProgram);
        return cursor.go_to(last.offset());
    }
    let mut findings = Findings::default();
    let found = statements::read(code, &mut findings);
    let typographic = code.find(['\u{201C}', '\u{201D}', '\u{2018}', '\u{2019}']);
    if let Some(at) = typographic.filter(|_| found.is_none()) {
        reader.mistake_at(start + at, MistakeKind::Typographic);
        return cursor.go_to(last.offset());
    }
    for (at, kind, found) in findings.mistakes {
        reader.mistake(Mistake::new(reader.text, start + at, kind, found.as_bytes()));
    }
    for (at, kind) in findings.notes {
        reader.notes.push(Note { place: Some(Place::of(reader.text, start + at)), kind });
    }
    let Some(Found { form, request, end }) = found else {
        if reader.form.is_none() {
            reader.mistake_at(start, MistakeKind::CallSyntax);
        }
        return cursor.go_to(last.offset());
    };
    // "Copy all as fetch" has several calls.
    let after_copy = reader.form == Some(Form::CopiedFetch);
    reader.take_for(form);
    match request {
        Call::Written(request) if reader.call.is_none() && !after_copy => reader.call = Some(*request),
        Call::Written(request) => leave_out(reader, start, request.method, request.url),
        Call::Copied(sent) if after_copy && reader.sent.iter().all(|before| before.url != sent.url) => {
            leave_out(reader, start, sent.method, sent.url);
        }
        Call::Copied(sent) => reader.sent.push(Sent { place: Place::of(reader.text, start), ..sent }),
    }
    // The rest of the line after the call is code.
    cursor.go_to(start + end);
    cursor.next();
}

/// Notes a request that is not read, because one before it is.
fn leave_out(reader: &mut Reader<'_>, start: usize, method: Option<String>, url: Option<String>) {
    let (method, url) = (method.unwrap_or_else(|| "GET".into()), url.unwrap_or_default());
    let place = Some(Place::of(reader.text, start));
    reader.notes.push(Note { place, kind: NoteKind::RequestLeftOut(format!("{method} {url}")) });
}
