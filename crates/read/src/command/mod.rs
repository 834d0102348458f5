//! Commands of `curl`, `wget`, HTTPie and PowerShell, typed or copied from developer tools.
//!
//! ```text
//! line ─▶ start       where a command begins
//! text ─▶ bash, cmd   words, as the shell makes them
//!      ─▶ options     which take a value, and what each means
//!      ─▶ apply       the request that is sent
//!      ─▶ httpie      the request of a command of HTTPie, by the same options
//!      ─▶ powershell  all of that for PowerShell
//! line ─▶ failure     the error with which a command ended
//! ```

mod apply;
mod bash;
mod cmd;
mod failure;
pub(crate) mod httpie;
mod options;
pub(crate) mod powershell;
mod start;

pub(crate) use failure::Failure;
pub(crate) use start::{Prompt, is_command_line, is_inline};

use crate::{
    error::{Mistake, MistakeKind},
    exchange::RequestLine,
    form::Form,
    lines::{Cursor, Line},
    note::{Note, NoteKind},
    reader::Reader,
};
use options::Options;

/// A word of a command, as the shell passes it on.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Word {
    /// The offset of its first character.
    start: usize,
    text: String,
    /// Text that a shell would have replaced: a variable, or a command whose output is used.
    expansion: Option<String>,
}

/// The words of a command, and the offset after it.
#[derive(Debug, Default)]
struct Words {
    list: Vec<Word>,
    end: usize,
    /// A quote that is not closed.
    open: Option<usize>,
}

/// Quotes and dashes that programs write in place of `'`, `"` and `-`.
const TYPOGRAPHIC: [char; 6] = ['\u{2018}', '\u{2019}', '\u{201C}', '\u{201D}', '\u{2013}', '\u{2014}'];

/// The program of a command.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Tool {
    Curl,
    Wget,
    Httpie,
}

/// Reads the command that begins on this line.
pub(crate) fn read<'t>(reader: &mut Reader<'t>, cursor: &mut Cursor<'t>, line: Line<'t>) {
    let Some(start) = start::start(line.trimmed()) else { return };
    if start.has_prompt {
        reader.prompt = Prompt::Needed;
    }
    let rest = cursor.rest();
    let skipped = line.indent() + start.offset;
    let Some(text) = utf8(reader, cursor.offset() + skipped, rest.get(skipped..).unwrap_or_default()) else {
        cursor.next();
        return;
    };
    // A command in quotes ends with them, if it is on one line.
    let first = text.split('\n').next().unwrap_or_default();
    let text = start.quote.and_then(|quote| first.split_once(char::from(quote))).map_or(text, |(text, _)| text);
    let tool = match () {
        () if text.starts_with("wget") => Tool::Wget,
        () if text.starts_with("curl") => Tool::Curl,
        () => Tool::Httpie,
    };
    reader.take_for(match tool {
        Tool::Curl => Form::CurlCommand,
        Tool::Wget => Form::WgetCommand,
        Tool::Httpie => Form::HttpieCommand,
    });
    let words = if cmd::is_of_cmd(text) { cmd::words(text) } else { bash::words(text) };
    let offset = cursor.offset() + skipped;
    if let Some(open) = words.open {
        reader.mistake_at(offset + open, MistakeKind::QuoteOpen);
        cursor.go_to(offset + words.end);
        return;
    }
    let is_typographic = |word: &&Word| text.get(word.start..).is_some_and(|word| word.starts_with(TYPOGRAPHIC));
    if let Some(word) = words.list.iter().find(is_typographic) {
        reader.mistake_at(offset + word.start, MistakeKind::Typographic);
        return cursor.go_to(offset + words.end);
    }
    let requests = match tool {
        Tool::Curl => apply::requests(reader, Options::of_curl(), &words.list, offset),
        Tool::Wget => apply::requests(reader, Options::of_wget(), &words.list, offset),
        Tool::Httpie => httpie::request(reader, &words.list, offset).into_iter().collect(),
    };
    for sent in requests {
        let method = sent.method.clone().unwrap_or_else(|| "GET".into());
        reader.asking = Some(RequestLine { method, url: sent.url.clone() });
        reader.sent.push(sent);
    }
    for word in &words.list {
        if let Some(expansion) = &word.expansion {
            let place = Some(crate::place::Place::of(reader.text, offset + word.start));
            reader.notes.push(Note { place, kind: NoteKind::ExpressionSupposed(expansion.clone()) });
        }
    }
    cursor.go_to(offset + words.end);
    if start.quote.is_some() {
        cursor.next();
    }
}

/// The longest start of `bytes` that is UTF-8, if a command fits into it: bodies after it may be anything.
fn utf8<'t>(reader: &mut Reader<'_>, offset: usize, bytes: &'t [u8]) -> Option<&'t str> {
    let valid = match core::str::from_utf8(bytes) {
        Ok(text) => return Some(text),
        Err(error) => error.valid_up_to(),
    };
    let text = core::str::from_utf8(bytes.get(..valid).unwrap_or_default()).unwrap_or_default();
    let line_end = bytes.iter().position(|byte| *byte == b'\n').unwrap_or(bytes.len());
    if valid >= line_end {
        return Some(text);
    }
    reader.mistake(Mistake::new(reader.text, offset + valid, MistakeKind::NotUtf8, b""));
    None
}
