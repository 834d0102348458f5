//! Reads a text piece by piece, and combines the pieces.

use crate::{
    call,
    command::{self, Failure, Prompt, is_command_line},
    console, element,
    error::{Mistake, MistakeKind, ReadError},
    exchange::{ConsoleLine, Exchange, Head, HeadStatus, HeaderLine, RequestLine},
    file,
    form::Form,
    heads, implied,
    lines::{Cursor, Line},
    logged::{self, Logged},
    markdown,
    note::{Note, NoteKind},
    outline, panel,
    place::Place,
    printed,
    request::PageRequest,
    sent::{Sent, page_request},
    unknown,
};

/// How many mistakes are kept. A text with more is something else.
const MISTAKES: usize = 20;
/// How many commands, requests and calls are read: a text describes one fetch.
const COMMANDS: usize = 32;
const CALLS: usize = 8;
const OBJECTS: usize = 32;
const CONSOLE_LINES: usize = 200;
/// After this many unknown lines, the rest is not read.
const UNKNOWN_LINES: usize = 2_000;

/// The result so far.
#[derive(Debug)]
pub(crate) struct Reader<'t> {
    pub(crate) text: &'t [u8],
    pub(crate) form: Option<Form>,
    pub(crate) sent: Vec<Sent>,
    /// The parts of a call that a sent request does not show.
    pub(crate) call: Option<PageRequest>,
    pub(crate) heads: Vec<Head>,
    pub(crate) console: Vec<ConsoleLine>,
    pub(crate) notes: Vec<Note>,
    mistakes: Vec<Mistake>,
    /// The first unknown line.
    unknown: Option<Mistake>,
    /// The request that the next head answers.
    pub(crate) asking: Option<RequestLine>,
    /// Whether a command needs a prompt.
    pub(crate) prompt: Prompt,
    /// The error with which a command ended.
    pub(crate) failure: Option<Failure>,
    /// A status alone on a line. It belongs to the headers that come next.
    pub(crate) status_above: Option<u16>,
    /// The indentation of the line that opened an outline. Deeper lines are no headers.
    outline: Option<usize>,
    /// Requests as consoles show them.
    pub(crate) logged: Vec<Logged>,
    scheme: Option<&'static str>,
    /// The URL that `wget` prints before its request.
    url: Option<String>,
    calls: usize,
    objects: usize,
}

impl<'t> Reader<'t> {
    pub(crate) fn new(text: &'t [u8]) -> Self {
        Reader {
            text,
            form: None,
            sent: Vec::new(),
            call: None,
            heads: Vec::new(),
            console: Vec::new(),
            notes: Vec::new(),
            mistakes: Vec::new(),
            unknown: None,
            asking: None,
            prompt: Prompt::Optional,
            failure: None,
            status_above: None,
            outline: None,
            logged: Vec::new(),
            scheme: None,
            url: None,
            calls: 0,
            objects: 0,
        }
    }

    /// The first recognized form is that of the text.
    pub(crate) fn take_for(&mut self, form: Form) {
        let refined = matches!((self.form, form), (Some(Form::Heads), Form::VerboseCurl | Form::Wget));
        if self.form.is_none() || self.form == Some(Form::Console) || refined {
            self.form = Some(form);
        }
    }

    pub(crate) fn mistake(&mut self, mistake: Mistake) {
        if self.mistakes.len() < MISTAKES {
            self.mistakes.push(mistake);
        }
    }

    /// A mistake at this offset of the text.
    pub(crate) fn mistake_at(&mut self, offset: usize, kind: MistakeKind) {
        if self.mistakes.len() < MISTAKES {
            let rest = self.text.get(offset..).unwrap_or_default();
            let line = rest.split(|byte| *byte == b'\n').next().unwrap_or_default();
            self.mistakes.push(Mistake::new(self.text, offset, kind, line.trim_ascii()));
        }
    }

    /// The request that the next head answers; unknown after a redirect that was followed.
    pub(crate) fn asked(&mut self) -> Option<RequestLine> {
        self.asking.take()
    }

    /// Adds the head of a response. Without a status, a successful one is assumed.
    pub(crate) fn add_head(
        &mut self,
        place: Place,
        answers: Option<RequestLine>,
        status: Option<u16>,
        lines: Vec<HeaderLine>,
    ) {
        let status = status.map_or(HeadStatus::Supposed(200), HeadStatus::Given);
        if let HeadStatus::Supposed(status) = status {
            self.notes.push(Note { place: Some(place), kind: NoteKind::StatusSupposed(status) });
        }
        self.heads.push(Head { place, answers, status, lines });
    }

    /// Whether this repeats the last head.
    pub(crate) fn repeats(&self, status: u16, lines: &[HeaderLine]) -> bool {
        self.heads.last().is_some_and(|head| head.status.code() == status && head.lines == lines)
    }

    /// Records the scheme of a connection, as `curl -v` prints it.
    pub(crate) fn note_scheme(&mut self, text: &[u8]) {
        let has = |piece: &[u8]| text.windows(piece.len()).any(|window| window == piece);
        if has(b"SSL connection") || has(b"port 443") || has(b"ALPN") {
            self.scheme = Some("https");
        } else if has(b"port 80 ") {
            self.scheme = Some("http");
        }
    }

    /// Records the first URL that `wget` prints: `--2026-11-27 06:08:47--  https://api.example/`.
    pub(crate) fn note_url(&mut self, text: &[u8]) {
        let last = core::str::from_utf8(text).ok().and_then(|text| text.split_ascii_whitespace().next_back());
        if let Some(url) = last.filter(|url| self.url.is_none() && url.contains("://")) {
            self.scheme = if url.starts_with("http:") { Some("http") } else { Some("https") };
            self.url = Some(url.to_owned());
        }
    }

    /// The URL of a request line's target, if the host and the scheme are known.
    pub(crate) fn url_of_target(&self, target: &str, lines: &[HeaderLine]) -> Option<String> {
        let host = lines.iter().find(|line| line.is("host")).and_then(HeaderLine::text)?;
        let of_command = self.sent.iter().rev().filter_map(|sent| sent.url.as_deref()).find_map(|url| {
            let (scheme, rest) = url.split_once("://")?;
            (rest.split(['/', '?', '#']).next() == Some(host)).then_some(scheme)
        });
        let scheme = of_command.or(self.scheme)?;
        Some(format!("{scheme}://{host}{target}"))
    }

    /// Reads the pieces of the text one after the other.
    pub(crate) fn read_all(&mut self) {
        let (spans, mut prose) = (markdown::fences::spans(self.text), 0);
        for span in &spans {
            self.read_prose(prose, span.start);
            let mut cursor = Cursor::new(self.text).up_to(span.end);
            cursor.go_to(span.start);
            self.read_span(&mut cursor);
            prose = span.end;
        }
        self.read_prose(prose, self.text.len());
        if let (true, Some(unknown)) = (self.is_empty(), self.unknown.take()) {
            self.mistake(unknown);
        }
    }

    /// Reads the console lines of the text around fences, and commands that are code there.
    fn read_prose(&mut self, start: usize, end: usize) {
        let mut cursor = Cursor::new(self.text).up_to(end);
        cursor.go_to(start);
        while cursor.peek().is_some() {
            let line = cursor.peek().filter(|line| command::is_inline(line.trimmed()) && self.sent.len() < COMMANDS);
            if let Some(line) = line {
                command::read(self, &mut cursor, line);
            } else if logged::begins(&cursor) && self.logged.len() < CONSOLE_LINES {
                logged::read(self, &mut cursor);
            } else if self.console.len() < CONSOLE_LINES && console::is_known_in_prose(&cursor) {
                self.take_for(Form::Console);
                console::read(self, &mut cursor);
            } else {
                cursor.next();
            }
        }
    }

    fn read_span(&mut self, cursor: &mut Cursor<'t>) {
        let mut unknown: Vec<Line<'t>> = Vec::new();
        self.outline = None;
        while let Some(line) = cursor.peek() {
            if line.is_blank() {
                cursor.next();
                continue;
            }
            // An element within a document is not what fails.
            let is_first = unknown.is_empty() && self.is_empty();
            if is_first && element::begins(cursor) {
                element::read(self, cursor);
                continue;
            }
            let opener = unknown.last().filter(|above| self.is_empty() && outline::opens(**above, line));
            self.outline = self.outline.or(opener.map(|above| above.indent())).filter(|indent| line.indent() > *indent);
            let known = self.read_piece(cursor, line);
            if known {
                self.leave_out(&unknown);
                unknown.clear();
                continue;
            }
            cursor.next();
            self.asking = printed::session::asked(line.trimmed()).or(self.asking.take());
            self.status_above = printed::status_alone(line.trimmed()).or(self.status_above);
            unknown.push(line);
            if unknown.len() > UNKNOWN_LINES {
                break;
            }
        }
        // A later piece may be known.
        match unknown::mistake(&unknown).filter(|_| self.is_empty()) {
            Some(mistake) => _ = self.unknown.get_or_insert(mistake),
            None => self.leave_out(&unknown),
        }
    }

    /// Reads the piece that begins on this line. Returns false if its form is unknown.
    fn read_piece(&mut self, cursor: &mut Cursor<'t>, line: Line<'t>) -> bool {
        let text = line.trimmed();
        let is_nested = self.outline.is_some();
        if !is_nested && self.reads_object(cursor) {
            return true;
        }
        if self.form.is_some() && self.fails(line) {
            cursor.next();
            return true;
        }
        let is_console = self.console.len() < CONSOLE_LINES && console::opens(text) && console::is_known(cursor);
        if logged::begins(cursor) && self.logged.len() < CONSOLE_LINES {
            logged::read(self, cursor);
        } else if is_console {
            self.take_for(Form::Console);
            console::read(self, cursor);
        } else if printed::powershell::begins(cursor) {
            printed::powershell::read(self, cursor);
        } else if printed::go::begins(cursor) {
            printed::go::read(self, cursor);
        } else if self.sent.len() < COMMANDS && command::powershell::begins_with_alias(cursor) {
            command::powershell::read(self, cursor);
        } else if is_command_line(text, self.prompt) && self.sent.len() < COMMANDS {
            command::read(self, cursor, line);
        } else if self.sent.len() < COMMANDS && command::powershell::begins(cursor) {
            command::powershell::read(self, cursor);
        } else if self.calls < CALLS && call::begins(cursor) {
            self.calls += 1;
            call::read(self, cursor);
        } else if heads::begins(line) || heads::begins_without_version(cursor) {
            heads::read(self, cursor);
        } else if self.sent.len() < COMMANDS && file::bruno::begins(cursor) {
            file::bruno::read(self, cursor);
        } else if !is_nested && panel::begins(cursor) {
            panel::read(self, cursor);
        } else if self.sent.len() < COMMANDS && file::http::begins(cursor) {
            file::http::read(self, cursor);
        } else if self.console.len() < CONSOLE_LINES && console::is_known(cursor) {
            self.take_for(Form::Console);
            console::read(self, cursor);
        } else if !is_nested && panel::may_begin(cursor) {
            panel::read(self, cursor);
        } else {
            return false;
        }
        true
    }

    /// Reads the object of a response that begins on the next line. Returns false if there is none.
    pub(crate) fn reads_object(&mut self, cursor: &mut Cursor<'t>) -> bool {
        let is_tried = self.objects < OBJECTS && cursor.peek().is_some_and(printed::object::may_begin);
        self.objects += usize::from(is_tried);
        is_tried && printed::object::read(self, cursor)
    }

    /// Keeps the error with which a command ended, if the line has it.
    pub(crate) fn fails(&mut self, line: Line<'_>) -> bool {
        let failure = Failure::of(line);
        let fails = failure.is_some();
        self.failure = self.failure.take().or(failure);
        fails
    }

    fn is_empty(&self) -> bool {
        self.form.is_none() && self.mistakes.is_empty()
    }

    fn leave_out(&mut self, lines: &[Line<'t>]) {
        // The rest after a call is code.
        if self.calls > 0 {
            return;
        }
        if let (Some(first), Some(last)) = (lines.first(), lines.last()) {
            self.notes.push(Note { place: Some(first.place()), kind: NoteKind::LinesLeftOut { to: last.number } });
        }
    }

    /// Combines the pieces, or returns all mistakes.
    pub(crate) fn finish(mut self) -> Result<Exchange, ReadError> {
        if self.form.is_none() && self.mistakes.is_empty() {
            self.mistake(Mistake::new(self.text, 0, MistakeKind::Empty, b""));
        }
        let is_bare = self.sent.is_empty() && self.call.is_none() && self.heads.is_empty() && self.console.is_empty();
        match self.failure.take() {
            Some(failure) if is_bare => self.mistake(failure.mistake()),
            Some(failure) => self.notes.push(failure.note(self.heads.is_empty())),
            None if is_bare
                && self.mistakes.is_empty()
                && self.logged.is_empty()
                && !self.notes.iter().any(Note::is_of_answer)
                && self.form.is_some() =>
            {
                self.mistake_at(0, MistakeKind::NoHead);
            }
            None => {}
        }
        let (Some(form), true) = (self.form, self.mistakes.is_empty()) else {
            return Err(ReadError { form: self.form, mistakes: self.mistakes });
        };
        let mut notes = self.notes;
        let of_sent = page_request(&self.sent, &mut notes);
        let mut request = match self.call {
            Some(call) => call.completed_by(of_sent),
            None => of_sent,
        };
        request.url = request.url.or(self.url);
        console::describe(&self.console, &mut request);
        implied::describe(&self.console, &mut request, &mut notes);
        logged::describe(&self.logged, &mut request, &mut notes);
        notes.sort_by_key(|note| note.place);
        Ok(Exchange { form, request, heads: self.heads, console: self.console, notes })
    }
}
