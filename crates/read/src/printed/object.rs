//! An object of headers, or of a response that has them: Python's, Node's and Rust's, JSON, and the log of an API client.

use fetch_cors::header::HeaderName;

use crate::{
    call::{Printed, object},
    error::MistakeKind,
    exchange::{HeaderLine, RequestLine},
    form::Form,
    lines::{Cursor, Line},
    names::{Side, side_of},
    reader::Reader,
    sent::Sent,
};

use super::keep;

/// The longest object, in bytes.
const LIMIT: usize = 64 << 10;
/// The longest label before an object, in bytes.
const LABEL: usize = 40;

/// The parts of an exchange that an object has.
#[derive(Debug, Default)]
struct Found {
    method: Option<String>,
    url: Option<String>,
    status: Option<u16>,
    request: Vec<HeaderLine>,
    response: Vec<HeaderLine>,
}

/// Whether a line opens an object: `{`, `Headers {`, `Object [AxiosHeaders] {`, `CaseInsensitiveDict({`, `Headers: {`, `GET https://api.example/: {`.
pub(crate) fn may_begin(line: Line<'_>) -> bool {
    let text = line.trimmed();
    let before = text.iter().position(|byte| *byte == b'{');
    is_of_entries(text)
        || before.is_some_and(|before| before == 0 || is_opening(text.get(..before).unwrap_or_default()))
}

/// Whether a line begins a list of pairs.
fn is_of_entries(text: &[u8]) -> bool {
    matches!(text, [b'[', b'[', b'\'' | b'"', ..]) || text == b"["
}

fn is_opening(before: &[u8]) -> bool {
    // That of a server's code is what it should send.
    let word = |text: &[u8]| !text.is_empty() && text != b"return" && text.iter().all(u8::is_ascii_alphanumeric);
    let before = before.trim_ascii();
    // `Map(2)`
    let counted = before.strip_suffix(b")").map(<[u8]>::trim_ascii_end).and_then(|text| {
        let digits = text.iter().rev().take_while(|byte| byte.is_ascii_digit()).count();
        text.get(..text.len() - digits)?.strip_suffix(b"(").filter(|_| digits > 0)
    });
    let before = counted.unwrap_or(before);
    // Node prints a class as `Object [AxiosHeaders]` and `[Object: null prototype]`.
    let is_class = before.ends_with(b"]")
        && before.contains(&b'[')
        && before
            .iter()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b' ' | b'[' | b']' | b'(' | b')' | b':'));
    let is_label = before.len() < LABEL
        && before.ends_with(b":")
        && before.iter().all(|byte| byte.is_ascii_alphabetic() || matches!(byte, b' ' | b':'));
    is_class || is_label || word(before.strip_suffix(b"(").unwrap_or(before)) || logged(before).is_some()
}

/// The request in `PUT https://api.example/items:`.
fn logged(text: &[u8]) -> Option<RequestLine> {
    RequestLine::of_text(core::str::from_utf8(text).ok()?.strip_suffix(':')?)
}

/// Reads the object that begins on this line. Returns `false` if it is not a response.
pub(crate) fn read<'t>(reader: &mut Reader<'t>, cursor: &mut Cursor<'t>) -> bool {
    let Some(line) = cursor.peek() else { return false };
    let rest = cursor.rest();
    let opening = if is_of_entries(line.trimmed()) { b'[' } else { b'{' };
    let Some(brace) = rest.iter().position(|byte| *byte == opening) else { return false };
    let bytes = rest.get(brace..).unwrap_or_default();
    let bytes = bytes.get(..LIMIT).unwrap_or(bytes);
    let text = match core::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => core::str::from_utf8(bytes.get(..error.valid_up_to()).unwrap_or_default()).unwrap_or_default(),
    };
    let first = text.split('\n').next().unwrap_or_default();
    let parsed = object(text);
    let is_response = |members: &[(String, Printed)]| {
        let has = |names: &[&str]| members.iter().any(|(name, _)| names.contains(&&**name));
        has(&["status"]) && has(&["statusText", "redirected", "bodyUsed", "config"])
    };
    let cut_off =
        |members: &[(String, Printed)]| is_response(members) || first.contains("\u{2026}}") && first.contains("status");
    let (mut found, end) = match parsed.map(|(members, end)| (cut_off(&members), of_members(members), end)) {
        Some((_, Some(found), end)) => (found, end),
        Some((true, None, end)) => {
            reader.take_for(Form::HeaderMap);
            reader.mistake(line.mistake(MistakeKind::ObjectCut));
            cursor.go_to(cursor.offset() + brace + end);
            cursor.next();
            return true;
        }
        None if cut_off(&[]) => {
            reader.take_for(Form::HeaderMap);
            reader.mistake(line.mistake(MistakeKind::ObjectCut));
            cursor.next();
            return true;
        }
        _ => return false,
    };
    if let Some(line) = logged(rest.get(..brace).unwrap_or_default().trim_ascii()) {
        (found.method, found.url) = (Some(line.method), line.url);
    }
    reader.take_for(Form::HeaderMap);
    let answers = found.method.clone().map(|method| RequestLine { method, url: found.url.clone() });
    let answers = answers.or_else(|| reader.asked());
    if found.url.is_some() || !found.request.is_empty() {
        let Found { method, url, request: lines, .. } = found;
        reader.sent.push(Sent { place: line.place(), method, url, lines, ..Sent::default() });
    }
    if found.status.is_some_and(|status| !(100..=599).contains(&status)) {
        reader.mistake(line.mistake(MistakeKind::StatusCode));
    }
    if !found.response.is_empty() || found.status.is_some() {
        keep(reader, line.place(), answers, found.status, found.response);
    }
    cursor.go_to(cursor.offset() + brace + end);
    cursor.next();
    true
}

/// Finds headers, or a response with headers. `None` for any other object.
fn of_members(members: Vec<(String, Printed)>) -> Option<Found> {
    let mut found = Found::default();
    if members.iter().any(|(_, value)| matches!(value, Printed::Object(_))) {
        let mut has_headers = false;
        for (name, value) in members {
            // Firefox writes the size, too: `Response Headers (123 B)`.
            match (name.split(" (").next().unwrap_or_default(), value) {
                ("status" | "statusCode" | "status_code", Printed::Number(number)) => {
                    found.status = number.parse().ok();
                }
                ("url", Printed::Lines(lines)) => {
                    found.url = lines.into_iter().next().filter(|url| url.contains("://"));
                }
                // An entry of a HAR, or what a proxy keeps.
                ("request", Printed::Object(inner)) => {
                    let request = of_parts(inner)?;
                    (found.method, found.url, found.request) = (request.method, request.url, request.response);
                }
                ("response", Printed::Object(inner)) => {
                    let response = of_parts(inner)?;
                    (found.status, found.response) = (response.status, response.response);
                    has_headers = true;
                }
                ("Request Headers", Printed::Object(headers)) => found.request = lines_of(headers)?,
                ("headers" | "Response Headers", Printed::Object(headers)) => {
                    found.response = lines_of(headers)?;
                    has_headers |= name != "headers";
                }
                _ => {}
            }
        }
        // Without a status, `headers` may belong to a request.
        return (has_headers || found.status.is_some() && !found.response.is_empty()).then_some(found);
    }
    found.response = lines_of(members)?;
    found.response.iter().any(|line| side_of(&line.name) == Some(Side::Response)).then_some(found)
}

/// The method, the URL, the status and the headers of a request or a response.
fn of_parts(members: Vec<(String, Printed)>) -> Option<Found> {
    let mut found = Found::default();
    for (name, value) in members {
        match (&*name, value) {
            ("method", Printed::Lines(lines)) => found.method = lines.into_iter().next(),
            ("url", Printed::Lines(lines)) => found.url = lines.into_iter().next().filter(|url| url.contains("://")),
            ("status" | "statusCode", Printed::Number(number)) => found.status = number.parse().ok(),
            ("headers", Printed::Object(headers)) => found.response = lines_of(headers)?,
            _ => {}
        }
    }
    Some(found)
}

fn lines_of(mut members: Vec<(String, Printed)>) -> Option<Vec<HeaderLine>> {
    // Firefox has `{ "headers": [ … ] }` there, and React Native `{ map: { … } }`.
    if let [(name, Printed::Object(inner))] = &mut members[..]
        && matches!(&**name, "headers" | "map")
    {
        return lines_of(core::mem::take(inner));
    }
    let mut lines = Vec::new();
    for (name, value) in members {
        let values = match value {
            Printed::Lines(values) => values,
            Printed::Number(number) => vec![number],
            Printed::Object(_) | Printed::Other => return None,
        };
        HeaderName::new(&name).ok()?;
        lines.extend(values.into_iter().map(|value| HeaderLine::new(&*name, value)));
    }
    Some(lines)
}
