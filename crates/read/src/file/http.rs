//! Files of REST clients: `PUT https://api.example/items`, header lines, an empty line and the body.

use crate::{
    heads::{StatusLine, header_line},
    lines::{Cursor, Line},
    reader::Reader,
    request::PageBody,
};

use super::{METHODS, Request};

/// How many lines of comments and variables may be before a request.
const LINES_BEFORE: usize = 30;

/// The method and the target of a request line.
fn request_line(line: Line<'_>) -> Option<(&str, &str)> {
    let mut words = core::str::from_utf8(line.trimmed()).ok()?.split_ascii_whitespace();
    let (method, target, version, end) = (words.next()?, words.next()?, words.next(), words.next());
    let is_target = target.contains("://") || target.starts_with("{{");
    let is_version = version.is_none_or(|version| version.starts_with("HTTP/"));
    (METHODS.contains(&method) && is_target && is_version && end.is_none()).then_some((method, target))
}

/// `@host = https://api.example`
fn variable(line: Line<'_>) -> Option<(&str, &str)> {
    let (name, value) = core::str::from_utf8(line.trimmed()).ok()?.strip_prefix('@')?.split_once('=')?;
    let name = name.trim();
    let is_name =
        !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.'));
    is_name.then(|| (name, value.trim()))
}

fn is_comment(line: Line<'_>) -> bool {
    line.trimmed().starts_with(b"#") || line.trimmed().starts_with(b"//")
}

fn is_between(line: Line<'_>) -> bool {
    line.is_blank() || is_comment(line) || variable(line).is_some()
}

/// `?a=1` and `&b=2`, which continue the URL.
fn continues_url(line: Line<'_>) -> Option<&str> {
    core::str::from_utf8(line.trimmed()).ok().filter(|text| text.starts_with('?') || text.starts_with('&'))
}

/// Whether a request begins here, after comments and variables. What comes after its line is not prose.
pub(crate) fn begins(cursor: &Cursor<'_>) -> bool {
    let mut lines = cursor.clone();
    if !lines.peek().is_some_and(|line| !line.is_blank() && (is_between(line) || request_line(line).is_some())) {
        return false;
    }
    let found = lines.by_ref().take(LINES_BEFORE).find(|line| !is_between(*line));
    let is_part = |line: Line<'_>| {
        line.is_blank() || is_between(line) || continues_url(line).is_some() || header_line(line.trimmed()).is_ok()
    };
    found.is_some_and(|line| request_line(line).is_some()) && lines.next().is_none_or(is_part)
}

/// Reads the request, and its body up to the next request or to the head of an answer.
pub(crate) fn read<'t>(reader: &mut Reader<'t>, cursor: &mut Cursor<'t>) {
    let mut request = Request::default();
    for line in cursor.by_ref() {
        if let Some((name, value)) = variable(line) {
            request.add_variable(name, value);
        }
        if let Some((method, target)) = request_line(line) {
            method.clone_into(&mut request.method);
            request.url = Some((line, target.to_owned()));
            break;
        }
    }
    while let Some(line) = cursor.peek().filter(|line| !line.is_blank() && !is_separator(*line)) {
        cursor.next();
        if let (Some(more), Some((_, url)), true) = (continues_url(line), &mut request.url, request.headers.is_empty())
        {
            url.push_str(more);
        } else if !is_comment(line) {
            match header_line(line.trimmed()) {
                Ok(header) => request.headers.push((line, header)),
                Err(kind) => reader.mistake(line.mistake(kind)),
            }
        }
    }
    let (start, mut last) = (cursor.offset(), cursor.offset());
    while let Some(line) = cursor.peek().filter(|line| !is_separator(*line) && StatusLine::of(line.trimmed()).is_none())
    {
        cursor.next();
        if !line.is_blank() {
            last = line.start + line.text.len();
        }
    }
    let body = reader.text.get(start..last).unwrap_or_default().trim_ascii();
    if !body.is_empty() {
        request.body = Some(PageBody::Text(String::from_utf8_lossy(body).into_owned()));
    }
    request.keep(reader);
}

/// `###`, between two requests.
fn is_separator(line: Line<'_>) -> bool {
    line.trimmed().starts_with(b"###")
}
