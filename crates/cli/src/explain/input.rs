//! The input: files and standard input, each in any form.

use std::path::Path;

use fetch_cors_read::{Colon, Exchange, HeaderLine, PageRequest, Pasted, ReadError, TEXT_LIMIT};

use crate::{
    BadInput,
    exchange::Head,
    report::{Note, Taken},
};

/// The combined input.
#[derive(Debug, Default)]
pub struct Input {
    pub request: PageRequest,
    pub heads: Vec<Head>,
    /// Lines of consoles.
    pub console: Vec<String>,
    /// The method of the request that the first head answers, if the input has it.
    pub first_answers: Option<String>,
    /// The recognized form of each source.
    pub taken: Vec<Taken>,
}

/// Reads files, where `-` is standard input. Without files, reads standard input.
pub fn read(files: &[&str], standard_input: impl FnOnce() -> Result<Vec<u8>, BadInput>) -> Result<Input, BadInput> {
    let mut input = Input::default();
    let mut standard_input = Some(standard_input);
    if files.is_empty() {
        input.add_standard_input(standard_input.take())?;
    }
    for file in files {
        if *file == "-" {
            input.add_standard_input(standard_input.take())?;
        } else {
            let text = std::fs::read(Path::new(file)).map_err(|error| format!("{file}: {error}"))?;
            input.add(file, &text)?;
        }
    }
    Ok(input)
}

impl Input {
    fn add_standard_input(&mut self, read: Option<impl FnOnce() -> Result<Vec<u8>, BadInput>>) -> Result<(), BadInput> {
        let read = read.ok_or("`-` is given twice, but standard input can be read only once")?;
        let text = read()?;
        // An empty input is allowed: the report then says what to ask for.
        if text.iter().all(u8::is_ascii_whitespace) { Ok(()) } else { self.add("standard input", &text) }
    }

    /// Reads one source.
    pub fn add(&mut self, source: &str, text: &[u8]) -> Result<(), BadInput> {
        match fetch_cors_read::read(text).map_err(|error| mistakes(source, text, &error))? {
            Pasted::Exchange(exchange) => {
                self.exchange(source, *exchange);
                Ok(())
            }
            _ => Err(format!("{source}: this is a HAR, which has many exchanges: see `cors har`").into()),
        }
    }

    /// Merges one source. Earlier sources have priority over later ones.
    fn exchange(&mut self, source: &str, exchange: Exchange) {
        let notes = exchange.notes.iter().map(|note| Note { code: note.kind.code(), text: note.to_string() });
        self.taken.push(Taken {
            source: source.into(),
            form: exchange.form.as_str(),
            text: exchange.to_string(),
            notes: notes.collect(),
        });
        if self.heads.is_empty() {
            let first = exchange.heads.first().and_then(|head| head.answers.as_ref());
            // A head after a browser's request may be the answer to its preflight.
            let is_of_browser = |line: &HeaderLine| line.name.to_ascii_lowercase().starts_with("sec-");
            if !exchange.request.browser_headers.iter().any(is_of_browser) {
                self.first_answers = first.map(|request| request.method.clone());
            }
        }
        self.heads.extend(exchange.heads.iter().map(|head| {
            Head {
                place: format!("{source}:{}", head.place.line),
                status: head.status.code(),
                lines: head.lines.iter().map(|line| (line.name.clone(), line.value.clone())).collect(),
                blank_before_colon: (head.lines.iter().enumerate())
                    .filter_map(|(number, line)| (line.colon == Colon::AfterBlank).then_some(number))
                    .collect(),
            }
        }));
        self.console.extend(exchange.console.into_iter().map(|line| line.text));
        self.request = core::mem::take(&mut self.request).completed_by(exchange.request);
    }
}

/// All mistakes in a text, each with its line and a mark below its place.
fn mistakes(source: &str, text: &[u8], error: &ReadError) -> String {
    let mut out = String::new();
    for mistake in &error.mistakes {
        if !out.is_empty() {
            out.push('\n');
        }
        out.push_str(&format!("{source}:{mistake}"));
        let (number, column) = (mistake.place.line, mistake.place.column);
        let line = text.split(|byte| *byte == b'\n').nth(number - 1).unwrap_or_default();
        let line = String::from_utf8_lossy(line.get(..TEXT_LIMIT).unwrap_or(line));
        // Of a long line, only the part around the place is shown.
        let start = column.saturating_sub(SHOWN_BEFORE);
        let shown: String = line.trim_end().chars().skip(start).take(SHOWN).map(plain).collect();
        if !shown.trim().is_empty() {
            let margin = number.to_string().len();
            out.push_str(&format!("\n  {number} | {shown}\n  {:margin$} | {:>2$}", "", "^", column - start));
        }
    }
    out
}

/// How many characters of a line are shown, and how many of them before the place.
const SHOWN: usize = 90;
const SHOWN_BEFORE: usize = 60;

/// A character that takes one column; others are replaced.
fn plain(character: char) -> char {
    if character.is_control() { ' ' } else { character }
}
