//! Heads, as `curl -i`, `curl -v` and `wget -S` print them, in the order of the text.
//!
//! ```text
//! lines ─▶ a status line ─▶ header lines ─▶ the body, which is skipped ─▶ the next
//!          `< HTTP/1.1 200`    `< Vary: a`
//!      ─▶ a request line ─▶ its header lines
//!          `> GET / HTTP/1.1`
//! ```

mod body;
mod line;

pub(crate) use line::{PSEUDO, SentLine, StatusLine, header_line};

use crate::{
    command::{Prompt, is_command_line},
    console,
    error::MistakeKind,
    exchange::{Head, HeadStatus, HeaderLine, RequestLine},
    form::Form,
    lines::{Cursor, Line},
    names::is_known,
    note::{Note, NoteKind},
    reader::Reader,
    sent::Sent,
};

/// The prefix of each line of a head.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Before {
    /// This many blanks.
    Blanks(usize),
    /// `< ` or `> `.
    Sign(u8),
}

/// Whether a line begins a head.
pub(crate) fn begins(line: Line<'_>) -> bool {
    let text = line.trimmed();
    status_line_at_start(line).is_some()
        || StatusLine::is_broken(text)
        || SentLine::of(text).is_some()
        || signed(text, b'>').is_some_and(|text| SentLine::of(text).is_some())
        || is_of_wget(text)
        || is_note_of_curl(text)
}

/// Whether a request begins here that is written without a version: a header comes next.
pub(crate) fn begins_without_version(cursor: &Cursor<'_>) -> bool {
    let mut lines = cursor.clone().map(Line::trimmed);
    let is_line = |line: &[u8]| SentLine::without_version(line).is_some();
    let is_header = |line: &[u8]| header_line(line).is_ok_and(|line| is_known(&line.name));
    lines.next().is_some_and(is_line) && lines.next().is_some_and(is_header)
}

/// Reads up to the next command, or to the end.
pub(crate) fn read<'t>(reader: &mut Reader<'t>, cursor: &mut Cursor<'t>) {
    while let Some(line) = cursor.peek() {
        let text = line.trimmed();
        if is_command_line(text, reader.prompt) || console::opens(text) && console::is_known(cursor) {
            return;
        }
        if let Some((before, offset)) = status_line(reader, cursor, line) {
            cursor.go_to(line.start + offset);
            response(reader, cursor, before);
        } else if StatusLine::is_broken(text) {
            reader.mistake(line.mistake(MistakeKind::StatusLine));
            cursor.next();
        } else if let Some(text) = signed(text, b'>').filter(|text| SentLine::of(text).is_some()) {
            reader.take_for(Form::VerboseCurl);
            request(reader, cursor, text, Before::Sign(b'>'));
        } else if SentLine::of(text).is_some() && (reader.heads.is_empty() || is_before_header(cursor))
            || begins_without_version(cursor)
        {
            request(reader, cursor, text, Before::Blanks(line.indent()));
        } else {
            if is_of_curl(text) {
                reader.take_for(Form::VerboseCurl);
                reader.note_scheme(text);
            } else if is_of_wget(text) {
                reader.take_for(Form::Wget);
                reader.note_url(text);
            }
            reader.fails(line);
            cursor.next();
        }
    }
}

/// A status line on a line: its prefix, and its offset.
fn status_line(reader: &Reader<'_>, cursor: &Cursor<'_>, line: Line<'_>) -> Option<(Before, usize)> {
    if let Some(before) = status_line_at_start(line) {
        return Some((before, 0));
    }
    let after_a_body = !reader.heads.is_empty() && reader.form != Some(Form::VerboseCurl);
    let offset = after_a_body.then(|| body::status_line_within(cursor, line.text))??;
    Some((Before::Blanks(0), offset))
}

fn status_line_at_start(line: Line<'_>) -> Option<Before> {
    let text = line.trimmed();
    if StatusLine::of(text).is_some() {
        return Some(Before::Blanks(line.indent()));
    }
    // `> HTTP/1.1 200 OK` is quoted, as in a mail.
    [b'<', b'>'].into_iter().find_map(|sign| StatusLine::of(signed(text, sign)?).map(|_| Before::Sign(sign)))
}

/// Whether a header line comes after this line.
fn is_before_header(cursor: &Cursor<'_>) -> bool {
    cursor.clone().nth(1).is_some_and(|line| header_line(line.trimmed()).is_ok())
}

/// The text after `<` or `>` and a blank.
fn signed(text: &[u8], sign: u8) -> Option<&[u8]> {
    match text {
        [first, b' ', rest @ ..] if *first == sign => Some(rest.trim_ascii_start()),
        [first] if *first == sign => Some(b""),
        _ => None,
    }
}

/// The beginnings of the notes that `curl -v` prints. Others begin like an item of a list.
const NOTES: [&[u8]; 24] = [
    b"Trying",
    b"Host ",
    b"Connected to ",
    b"Connection ",
    b"connect to ",
    b"About to connect",
    b"Rebuilt URL",
    b"Uses proxy",
    b"Added ",
    b"Could not ",
    b"Failed to ",
    b"Note: Unnecessary",
    b"IPv4: ",
    b"IPv6: ",
    b"Re-using",
    b"Closing ",
    b"ALPN",
    b"SSL ",
    b"TLS",
    b"Server certificate",
    b"Establish HTTP proxy",
    b"Request completely",
    b"upload completely",
    b"using HTTP/",
];

/// Whether a line is a note of curl's, and not an item of a list.
fn is_note_of_curl(text: &[u8]) -> bool {
    let note = text.strip_prefix(b"* ").map(<[u8]>::trim_ascii_start);
    text.starts_with(b"% Total") || note.is_some_and(|note| NOTES.iter().any(|start| note.starts_with(start)))
}

fn is_of_curl(text: &[u8]) -> bool {
    text.starts_with(b"* ") || text.starts_with(b"% Total") || text == b"*"
}

fn is_of_wget(text: &[u8]) -> bool {
    // `--2026-11-27 06:08:47--  https://api.example/`
    let dated = matches!(text, [b'-', b'-', year, _, _, _, b'-', ..] if year.is_ascii_digit());
    dated || text.starts_with(b"HTTP request sent, awaiting response")
}

/// Reads a response: keeps its head, and skips its body.
fn response<'t>(reader: &mut Reader<'t>, cursor: &mut Cursor<'t>, before: Before) {
    let Some(first) = cursor.next() else { return };
    let text = match before {
        Before::Blanks(_) => first.trimmed(),
        Before::Sign(sign) => signed(first.trimmed(), sign).unwrap_or_default(),
    };
    let Some(StatusLine { status, phrase }) = StatusLine::of(text) else { return };
    reader.take_for(match before {
        Before::Sign(b'<') => Form::VerboseCurl,
        Before::Sign(_) | Before::Blanks(_) => Form::Heads,
    });
    if !(100..=599).contains(&status) {
        reader.mistake(first.mistake(MistakeKind::StatusCode));
    }
    let mut lines = header_lines(reader, cursor, before);
    if lines.is_empty() && before == Before::Blanks(first.indent()) {
        lines = spaced_lines(cursor);
    }
    let websocket = status == 101 && lines.iter().any(|line| line.is("upgrade"));
    if (100..=199).contains(&status) && !websocket {
        return;
    }
    // A proxy's answer to CONNECT is not the server's.
    if reader.asking.as_ref().is_some_and(|asking| asking.method == "CONNECT") {
        reader.asking = None;
        if !(200..=299).contains(&status) {
            reader.notes.push(Note { place: Some(first.place()), kind: NoteKind::RefusedByProxy(status) });
        }
        return;
    }
    let is_established = phrase.to_ascii_lowercase().ends_with(b"established");
    if (200..=299).contains(&status) && (is_established || lines.is_empty() && is_of_tunnel(text, cursor)) {
        return;
    }
    if before == Before::Blanks(0) {
        body::skip(cursor, &lines);
    }
    // With `-v` and `-i` together, curl prints each head twice.
    if reader.form == Some(Form::VerboseCurl) && before == Before::Blanks(0) && reader.repeats(status, &lines) {
        return;
    }
    let answers = reader.asked();
    reader.heads.push(Head { place: first.place(), answers, status: HeadStatus::Given(status), lines });
}

/// Whether a head without header lines is a proxy's: it has an older version of HTTP than the head that follows at once.
fn is_of_tunnel(text: &[u8], cursor: &Cursor<'_>) -> bool {
    let next = cursor.peek().map(Line::trimmed).filter(|next| StatusLine::of(next).is_some());
    let is_newer = |next: &[u8]| next.starts_with(b"HTTP/2") || next.starts_with(b"HTTP/3");
    text.starts_with(b"HTTP/1") && next.is_some_and(is_newer)
}

/// Reads a request as it was sent.
fn request<'t>(reader: &mut Reader<'t>, cursor: &mut Cursor<'t>, text: &[u8], before: Before) {
    let Some(first) = cursor.next() else { return };
    let Some(SentLine { method, target }) = SentLine::of(text).or(SentLine::without_version(text)) else { return };
    let (method, target) = (method.to_owned(), target.to_owned());
    let lines = header_lines(reader, cursor, before);
    let url = target.contains("://").then(|| target.clone());
    let url = url.or_else(|| reader.url_of_target(&target, &lines));
    reader.asking = Some(RequestLine { method: method.clone(), url: url.clone() });
    // It is for the proxy. Its target is not a URL.
    if method == "CONNECT" {
        return;
    }
    reader.take_for(Form::Heads);
    reader.sent.push(Sent { place: first.place(), method: Some(method), url, lines, ..Sent::default() });
}

/// The header lines of a text that has an empty line after each line: more than one, and the first is known.
fn spaced_lines(cursor: &mut Cursor<'_>) -> Vec<HeaderLine> {
    let (mut lines, mut ahead): (Vec<HeaderLine>, _) = (Vec::new(), cursor.clone());
    while let Some(Ok(header)) = ahead.next().map(|line| header_line(line.trimmed())) {
        let is_first_known = !lines.is_empty() || is_known(&header.name);
        // The empty line, or the end.
        if !is_first_known || ahead.next().is_some_and(|line| !line.is_blank()) {
            break;
        }
        lines.push(header);
        if lines.len() > 1 {
            *cursor = ahead.clone();
        }
    }
    if lines.len() > 1 { lines } else { Vec::new() }
}

/// The header lines up to an empty line, to a line with another prefix, or to the end.
fn header_lines<'t>(reader: &mut Reader<'t>, cursor: &mut Cursor<'t>, before: Before) -> Vec<HeaderLine> {
    let mut lines: Vec<HeaderLine> = Vec::new();
    while let Some(line) = cursor.peek() {
        let text = match before {
            Before::Sign(sign) => match signed(line.trimmed(), sign) {
                Some(text) => text,
                // A note of curl's may be between two headers.
                None if is_of_curl(line.trimmed()) => {
                    cursor.next();
                    continue;
                }
                None => return lines,
            },
            // After a head, `wget` prints lines with fewer blanks.
            Before::Blanks(blanks) if line.indent() < blanks && !line.is_blank() => return lines,
            Before::Blanks(blanks) => line.text.get(blanks..).unwrap_or_default(),
        };
        if is_command_line(line.trimmed(), Prompt::Needed)
            || crate::panel::is_title(line.trimmed())
            || console::opens(line.text)
        {
            return lines;
        }
        cursor.next();
        if text.trim_ascii().is_empty() {
            return lines;
        }
        if let ([b' ' | b'\t', ..], Some(last), Before::Blanks(_)) = (text, lines.last_mut(), before) {
            // A folded line continues the value before it.
            if !last.value.is_empty() {
                last.value.push(b' ');
            }
            last.value.extend(text.trim_ascii());
            continue;
        }
        match header_line(text) {
            Ok(header) => lines.push(header),
            Err(kind) => reader.mistake(line.mistake(kind)),
        }
    }
    lines
}
