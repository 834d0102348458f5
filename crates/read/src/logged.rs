//! Requests as consoles show them: `XHR GET https://api.example/items [HTTP/1.1 200 OK 12ms]` of Firefox,
//! `GET https://api.example/items net::ERR_FAILED 200` of Chromium. They have no headers.

use crate::{
    exchange::ConsoleLine,
    form::Form,
    lines::Cursor,
    note::{Note, NoteKind},
    place::Place,
    reader::Reader,
    request::PageRequest,
};

/// The greatest lengths of a method and of such a line.
const METHOD: usize = 16;
const LINE: usize = 4096;
/// The longest place before a request, in characters.
const PLACE: usize = 80;
const METHODS: [&str; 7] = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

/// A request as a console shows it.
#[derive(Clone, Debug)]
pub(crate) struct Logged {
    place: Place,
    method: String,
    url: String,
    status: Option<u16>,
}

/// The parts of a line.
#[derive(Clone, Copy, Debug)]
struct Parts<'t> {
    method: &'t str,
    url: &'t str,
    /// The text after the URL.
    rest: &'t str,
    is_of_firefox: bool,
}

fn parts(line: &[u8]) -> Option<Parts<'_>> {
    let text = core::str::from_utf8(line.get(..LINE).unwrap_or(line)).ok()?.trim();
    // Firefox copies it as `XHRGEThttps://…`.
    let after = text.strip_prefix("XHR").map(str::trim_start);
    let start = after.unwrap_or(text);
    // `app.js:12 10:00:01 GET https://…`: the place in the code, and the time.
    let start = start
        .char_indices()
        .take(PLACE)
        .filter(|(_, character)| *character == ' ')
        .map(|(at, _)| start.get(at + 1..).unwrap_or_default())
        .find(|rest| {
            METHODS.iter().any(|method| rest.strip_prefix(method).is_some_and(|rest| rest.starts_with(" http")))
        })
        .filter(|_| after.is_none())
        .unwrap_or(start);
    let (method, url) = start.split_at_checked(start.find("http")?)?;
    let is_method = method.trim_end().bytes().all(|byte| byte.is_ascii_uppercase()) && method.len() <= METHOD;
    let (url, rest) = url.split_once(char::is_whitespace).unwrap_or((url, ""));
    let is_url = url.starts_with("https://") || url.starts_with("http://");
    let blank = after.is_some() || method.ends_with(' ');
    (is_method && method.trim_end().len() >= 3 && is_url && blank && !url.ends_with(':')).then_some(Parts {
        method: method.trim_end(),
        url,
        rest: rest.trim(),
        is_of_firefox: after.is_some(),
    })
}

/// The status in `[HTTP/1.1 200 OK 12ms]`.
fn answer(text: &str) -> Option<u16> {
    let (version, rest) = text.strip_prefix("[HTTP/")?.split_once(' ')?;
    let is_version = version.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    rest.get(..3).filter(|_| is_version && text.ends_with(']'))?.parse().ok()
}

/// Whether the text after the URL says why the request failed.
fn is_failure(rest: &str) -> bool {
    rest.starts_with("net::ERR_") || rest.starts_with("CORS ") || rest.starts_with("NS_ERROR_")
}

fn next_line<'t>(cursor: &Cursor<'t>) -> &'t str {
    let next = cursor.clone().nth(1);
    next.and_then(|line| core::str::from_utf8(line.trimmed()).ok()).unwrap_or_default()
}

/// Whether a line is such a request.
pub(crate) fn begins(cursor: &Cursor<'_>) -> bool {
    let Some(parts) = cursor.peek().and_then(|line| parts(line.trimmed())) else { return false };
    match parts.rest {
        "" => parts.is_of_firefox || answer(next_line(cursor)).is_some(),
        rest => answer(rest).is_some() || is_failure(rest) || of_chromium(rest).is_some(),
    }
}

/// The status in `405 (Method Not Allowed)`.
fn of_chromium(rest: &str) -> Option<u16> {
    let (status, phrase) = rest.split_once(' ')?;
    (status.len() == 3 && phrase.starts_with('(')).then(|| status.parse().ok())?
}

pub(crate) fn read<'t>(reader: &mut Reader<'t>, cursor: &mut Cursor<'t>) {
    let Some(line) = cursor.peek() else { return };
    let Some(Parts { method, url, rest, .. }) = parts(line.trimmed()) else { return };
    let below = answer(next_line(cursor)).filter(|_| rest.is_empty());
    cursor.next();
    if below.is_some() {
        cursor.next();
    }
    reader.take_for(Form::Console);
    let of_failure = || rest.strip_prefix("net::ERR_FAILED ")?.get(..3)?.parse().ok();
    let status = answer(rest).or(below).or_else(|| of_chromium(rest)).or_else(of_failure);
    if is_failure(rest) || of_chromium(rest).is_some() {
        let text = String::from_utf8_lossy(line.trimmed()).into_owned();
        if fetch_cors::browser::known_message(&text).is_some() {
            reader.console.push(ConsoleLine { place: line.place(), text });
        }
    }
    reader.logged.push(Logged { place: line.place(), method: method.into(), url: url.into(), status });
}

/// Takes the URL and the method from the lines. A preflight has the request's URL, but not its method.
pub(crate) fn describe(logged: &[Logged], request: &mut PageRequest, notes: &mut Vec<Note>) {
    for Logged { place, method, url, status } in logged {
        let is_same = request.url.as_ref().is_none_or(|own| own == url);
        if is_same && request.url.is_none() {
            request.url = Some(url.clone());
        }
        if is_same && request.method.is_none() && method != "OPTIONS" {
            request.method = Some(method.clone());
        }
        let kind = NoteKind::LoggedRequest { method: method.clone(), status: *status };
        notes.push(Note { place: Some(*place), kind });
    }
}

/// `OPTIONS /a 404 1.2 ms`, `Started OPTIONS "/a" for 192.0.2.1`
fn is_of_framework(text: &str) -> bool {
    let mut words = text.split_ascii_whitespace();
    let (first, second, third) = (words.next(), words.next(), words.next());
    let is_method = |word: Option<&str>| word.is_some_and(|word| METHODS.contains(&word));
    let is_status = third.is_some_and(|third| third.len() == 3 && third.bytes().all(|byte| byte.is_ascii_digit()));
    let is_line = is_method(first) && second.is_some_and(|second| second.starts_with('/')) && is_status;
    is_line || first == Some("Started") && is_method(second) && third.is_some_and(|third| third.starts_with("\"/"))
}

/// Whether a line is from the log of a server: it has a request line in quotes, as nginx, Apache and HAProxy write it.
pub(crate) fn is_of_server(line: &[u8]) -> bool {
    let Ok(text) = core::str::from_utf8(line.get(..LINE).unwrap_or(line)) else { return false };
    let quoted = text.split('"').skip(1).step_by(2);
    quoted.into_iter().any(|quoted| crate::heads::SentLine::of(quoted.as_bytes()).is_some()) || is_of_framework(text)
}
