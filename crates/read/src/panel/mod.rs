//! Header lines of developer tools: the General block, response headers and request headers. A line is `name: value`, or the
//! name and the value are on two lines.
//!
//! ```text
//! lines ─▶ titles, general fields, status lines, pairs ─▶ pairs, each assigned to a side by its title or its name
//! ```

mod text;
mod title;

use crate::{
    command::{Prompt, is_command_line},
    console,
    error::MistakeKind,
    exchange::{HeaderLine, RequestLine},
    form::Form,
    heads::{SentLine, StatusLine, header_line},
    lines::{Cursor, Line},
    markdown::{self, plain},
    names::{Side, is_known, side_of},
    note::{Note, NoteKind},
    place::Place,
    printed::{is_phrase, status_alone},
    reader::Reader,
    sent::Sent,
    unknown,
};
use text::{begins_with_name, is_measure, is_prose, is_word, status_of};
use title::{General, Title, general, title, translated};

pub(crate) use title::is_title;

/// Whether a line begins a panel: with a title, a field or a known name.
pub(crate) fn begins(cursor: &Cursor<'_>) -> bool {
    let mut lines = cursor.clone();
    let Some(first) = lines.next() else { return false };
    let first = plain(first.trimmed());
    let Ok(text) = core::str::from_utf8(&first) else { return false };
    if markdown::table::begins(cursor) {
        return true;
    }
    if text.len() < 64 && title(text.as_bytes()).is_some() || title::labelled(text).is_some() {
        return true;
    }
    if RequestLine::of_text(text).is_some() {
        // The status, the time, a title: not prose.
        return lines.take(4).any(|line| status_alone(line.trimmed()).is_some() || is_title(line.trimmed()));
    }
    let next = lines.next().map(Line::trimmed).unwrap_or_default();
    let is_field =
        |text: &[u8], field| core::str::from_utf8(text).ok().and_then(translated).is_some_and(|(own, _)| own == field);
    let follows = core::str::from_utf8(next).unwrap_or_default();
    if title::is_method(text) && title::is_url(follows) {
        return true;
    }
    if is_field(text.as_bytes(), General::Url) && is_field(next, General::Method) {
        return true;
    }
    if let Some((field, value)) = general(text) {
        let next = core::str::from_utf8(next).unwrap_or_default();
        return match field {
            General::Url => value.unwrap_or(next).contains("://"),
            General::Method => true,
            General::Status => value.unwrap_or(next).starts_with(|character: char| character.is_ascii_digit()),
            General::Other => (value.is_some() || !next.is_empty()) && !is_configuration(cursor),
        };
    }
    match header_line(text.as_bytes()) {
        Ok(line) => line.name.starts_with(':') || is_known(&line.name),
        Err(_) => is_name(text) && !next.is_empty(),
    }
}

/// Whether one of the next lines shows that this configures a server.
fn is_configuration(cursor: &Cursor<'_>) -> bool {
    const SEARCHED: usize = 40;
    cursor.clone().take(SEARCHED).any(|line| unknown::is_of_server(line.trimmed()))
}

/// Whether this line and the next look like headers, although the name of the first is unknown. Prose rarely has two such
/// lines.
pub(crate) fn may_begin(cursor: &Cursor<'_>) -> bool {
    let mut lines = cursor.clone().map(|line| header_line(&plain(line.trimmed())));
    let (Some(Ok(first)), Some(Ok(second))) = (lines.next(), lines.next()) else { return false };
    // Digits before a colon may be a time.
    let is_word = first.name.starts_with(|first: char| first.is_ascii_alphabetic());
    let has_values = !first.value.is_empty() && !first.value.starts_with(b"//") && !second.value.is_empty();
    is_word && has_values && !is_configuration(cursor)
}

/// Whether a line has only a name, whose value is on the next one.
fn is_name(text: &str) -> bool {
    let name = text.strip_suffix(':').unwrap_or(text);
    let pseudo = name.strip_prefix(':').is_some_and(|name| crate::heads::PSEUDO.contains(&name));
    pseudo || is_known(name)
}

/// The parts of a panel so far.
#[derive(Default)]
struct Panel {
    url: Option<String>,
    method: Option<String>,
    status: Option<u16>,
    /// The lines, each with its side if a title or its name decides it.
    lines: Vec<(Option<Side>, HeaderLine)>,
    side: Option<Side>,
    in_body: bool,
    is_redirected: bool,
    /// Whether its General block is in another language, so that unknown names may be fields.
    is_translated: bool,
}

/// Reads up to the next command, or to the end.
pub(crate) fn read<'t>(reader: &mut Reader<'t>, cursor: &mut Cursor<'t>) {
    reader.take_for(Form::HeaderLines);
    let mut panel = Panel::default();
    let mut place = None;
    while let Some(line) = cursor.peek() {
        if is_command_line(line.trimmed(), Prompt::Needed) || console::opens(line.text) && console::is_known(cursor) {
            break;
        }
        place = place.or(Some(line.place()).filter(|_| !line.is_blank()));
        if markdown::table::begins(cursor) {
            for (line, header) in markdown::table::read(reader, cursor) {
                panel.header(reader, line, header);
            }
            continue;
        }
        // `Headers: { … }` of a program, after `Status: 200`.
        let above = reader.status_above;
        reader.status_above = panel.status.or(above);
        if reader.reads_object(cursor) {
            panel.status = None;
            continue;
        }
        reader.status_above = above;
        cursor.next();
        if line.is_blank() {
            continue;
        }
        // A request after the answer of a redirect is another one.
        let is_answered = panel.is_redirected && panel.status.is_some();
        if is_answered && title(&plain(line.trimmed())) == Some(Title::Of(Side::Request)) {
            core::mem::take(&mut panel).finish(reader, place.take().unwrap_or(line.place()));
            place = Some(line.place());
        }
        panel.line(reader, cursor, line);
    }
    panel.finish(reader, place.unwrap_or(Place { line: 1, column: 1 }));
}

impl Panel {
    fn line(&mut self, reader: &mut Reader<'_>, cursor: &mut Cursor<'_>, line: Line<'_>) {
        let bytes = &*plain(line.trimmed());
        let is_bullet = matches!(bytes, [b'-' | b'*' | b'+']);
        if is_bullet || self.starts(bytes) || self.is_titled(bytes) || self.in_body {
            return;
        }
        let text = core::str::from_utf8(bytes).ok();
        if text.is_some_and(title::says_nothing) {
            return;
        }
        if self.side == Some(Side::Response) && status_alone(bytes).is_some() {
            self.status = status_alone(bytes);
            return;
        }
        if let Some((field, value)) = text.and_then(translated).filter(|_| self.lines.is_empty() && self.side.is_none())
        {
            self.is_translated = true;
            return self.general(reader, line, field, value.to_owned());
        }
        if let Some((field, value)) = text.and_then(general).filter(|_| self.lines.is_empty() || self.side.is_none()) {
            let value = value.map(str::to_owned).or_else(|| next_line(cursor));
            return self.general(reader, line, field, value.unwrap_or_default());
        }
        self.pair(reader, cursor, line, bytes);
    }

    /// Reads a line that has the method, the URL or the status. Returns false if it is another.
    fn starts(&mut self, bytes: &[u8]) -> bool {
        if let Some(StatusLine { status, .. }) = StatusLine::of(bytes) {
            (self.status, self.side) = (Some(status), Some(Side::Response));
            return true;
        }
        if let Some(SentLine { method, .. }) = SentLine::of(bytes).or(SentLine::without_version(bytes)) {
            self.method = self.method.take().or(Some(method.to_owned()));
            self.side = Some(Side::Request);
            return true;
        }
        let Ok(text) = core::str::from_utf8(bytes) else { return false };
        // `Request: PUT https://api.example/`, `Response: 403`
        if let Some((side, request, status)) = title::labelled(text) {
            self.side = Some(side);
            if let Some(line) = request {
                (self.method, self.url) = (Some(line.method), line.url);
            }
            self.status = status.or(self.status);
            return true;
        }
        if !self.lines.is_empty() {
            return false;
        }
        // Firefox has the method, the URL, the status and its phrase on a line each.
        if title::is_method(text) {
            self.method = Some(text.to_owned());
        } else if title::is_url(text) {
            self.url = self.url.take().or(Some(text.to_owned()));
        } else if let Some(line) = RequestLine::of_text(text) {
            (self.method, self.url) = (Some(line.method), line.url);
        } else if self.url.is_some() && (status_alone(bytes).is_some() || is_measure(bytes)) {
            self.status = status_alone(bytes).or(self.status);
        } else {
            return self.status.is_some() && is_phrase(text) || title::is_glued(text);
        }
        true
    }

    /// Reads the title of a block. Returns false if the line is none.
    fn is_titled(&mut self, bytes: &[u8]) -> bool {
        let title = if bytes.len() < 64 { title(bytes) } else { None };
        (self.side, self.in_body) = match title {
            Some(Title::Redirect) => {
                // The status above is that of the last answer.
                (self.status, self.is_redirected) = (None, true);
                (Some(Side::Response), false)
            }
            Some(Title::Of(side)) => (Some(side), false),
            Some(Title::Headers) => (self.side, false),
            Some(Title::Body) => (None, true),
            Some(Title::Other) => (None, false),
            None => return false,
        };
        true
    }

    /// Reads a header, or its name with the value on the next line.
    fn pair(&mut self, reader: &mut Reader<'_>, cursor: &mut Cursor<'_>, line: Line<'_>, bytes: &[u8]) {
        let text = core::str::from_utf8(bytes).ok();
        let header = match text.filter(|text| is_name(text)) {
            Some(name) => {
                let name = name.strip_suffix(':').unwrap_or(name);
                Ok(HeaderLine::new(name, next_line(cursor).unwrap_or_default()))
            }
            None => header_line(bytes),
        };
        match header {
            Ok(header)
                if self.is_translated
                    && self.lines.is_empty()
                    && !header.name.starts_with(':')
                    && !is_known(&header.name) => {}
            Err(_) if self.is_translated && self.lines.is_empty() => {}
            Err(_) if text.is_some_and(is_prose) => {
                reader.notes.push(Note { place: Some(line.place()), kind: NoteKind::LinesLeftOut { to: line.number } });
            }
            // A title in another language.
            Err(_) if text.is_some_and(|text| !begins_with_name(text)) && is_before_known(cursor) => self.side = None,
            Ok(mut header) => {
                if header.value.is_empty() && text.is_some_and(|text| !is_name(text)) && is_value(cursor) {
                    header.value = next_line(cursor).unwrap_or_default().into_bytes();
                }
                self.header(reader, line, header);
            }
            // An unknown name, and its value on the next line.
            Err(MistakeKind::NoColon) if text.is_some_and(is_word) && !self.lines.is_empty() && is_followed(cursor) => {
                let value = next_line(cursor).unwrap_or_default();
                let name = text.unwrap_or_default();
                self.lines.push((self.side.or_else(|| side_of(name)), HeaderLine::new(name, value)));
            }
            Err(kind) => reader.mistake(line.mistake(kind)),
        }
    }

    fn general(&mut self, reader: &mut Reader<'_>, line: Line<'_>, field: General, value: String) {
        match field {
            // After a redirect, there are more.
            General::Url if value.contains("://") => self.url = self.url.take().or(Some(value)),
            General::Method => self.method = Some(value),
            General::Status => match status_of(&value) {
                Some(status) => self.status = Some(status),
                // `(failed)`, `blocked`, `CORS error`, `(canceled)`
                None if !value.starts_with(|character: char| character.is_ascii_digit()) => {}
                None => reader.mistake(line.mistake(MistakeKind::StatusCode)),
            },
            General::Url | General::Other => {}
        }
    }

    fn header(&mut self, reader: &mut Reader<'_>, line: Line<'_>, header: HeaderLine) {
        let is_status =
            header.is(":status") || header.is("status") && header.text().is_some_and(|text| status_of(text).is_some());
        if is_status {
            match header.text().and_then(status_of) {
                Some(status) => self.status = Some(status),
                None => reader.mistake(line.mistake(MistakeKind::StatusCode)),
            }
            self.side = self.side.or(Some(Side::Response));
            return;
        }
        let side = match self.side {
            // A header of requests only does not belong to an earlier block without a title.
            Some(side) => Some(side),
            None => side_of(&header.name),
        };
        self.lines.push((side, header));
    }

    /// Gives each line a side: its own, that of the line before it, or that of the first line that has one.
    fn finish(self, reader: &mut Reader<'_>, place: Place) {
        let first = self.lines.iter().find_map(|(side, _)| *side).unwrap_or(Side::Response);
        let (mut last, mut request, mut response) = (first, Vec::new(), Vec::new());
        let (mut method, mut url) = (self.method, self.url);
        let (mut scheme, mut authority, mut path) = (None, None, None);
        for (side, line) in self.lines {
            last = side.unwrap_or(last);
            let text = || line.text().map(str::to_owned);
            match (&*line.name, last) {
                (":method", _) => method = method.or_else(text),
                (":scheme", _) => scheme = text(),
                (":authority", _) => authority = text(),
                (":path", _) => path = text(),
                (_, Side::Request) => request.push(line),
                (_, Side::Response) => response.push(line),
            }
        }
        if let (None, Some(scheme), Some(authority), Some(path)) = (&url, scheme, authority, path) {
            url = Some(format!("{scheme}://{authority}{path}"));
        }
        let answers = method.clone().map(|method| RequestLine { method, url: url.clone() });
        if method.is_some() || url.is_some() || !request.is_empty() {
            reader.sent.push(Sent { place, method, url, lines: request, ..Sent::default() });
        }
        if response.is_empty() {
            // A panel shows the headers below the status, and no response is without any.
            let kind = self.status.map(NoteKind::StatusAlone);
            reader.notes.extend(kind.map(|kind| Note { place: Some(place), kind }));
            return;
        }
        let status = self.status.or_else(|| reader.status_above.take());
        reader.add_head(place, answers, status, response);
    }
}

/// Whether the next line is a header that is known.
fn is_before_known(cursor: &Cursor<'_>) -> bool {
    let next = cursor.clone().find(|line| !line.is_blank());
    next.is_some_and(|line| header_line(&plain(line.trimmed())).is_ok_and(|line| is_known(&line.name)))
}

/// Whether the next line is a value, not a header.
fn is_value(cursor: &Cursor<'_>) -> bool {
    if !is_followed(cursor) {
        return false;
    }
    let Some(line) = cursor.peek().filter(|line| !line.is_blank()) else { return false };
    let is_name = core::str::from_utf8(line.trimmed()).is_ok_and(is_name);
    // A URL looks like a header whose name is its scheme.
    !is_name && header_line(line.trimmed()).map_or(true, |line| line.value.starts_with(b"//"))
}

/// Whether the next line may be a value: it begins no other form.
fn is_followed(cursor: &Cursor<'_>) -> bool {
    cursor.peek().is_some_and(|line| !is_command_line(line.trimmed(), Prompt::Needed) && !console::opens(line.text))
}

/// The next line, as the value of a name.
fn next_line(cursor: &mut Cursor<'_>) -> Option<String> {
    let line = cursor.peek().filter(|_| is_followed(cursor))?;
    cursor.next();
    Some(String::from_utf8_lossy(&plain(line.trimmed())).into_owned())
}
