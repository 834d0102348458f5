//! Files of Bruno: blocks with a name, such as `put { … }` with the URL, `headers { … }` and `body:json { … }`.

use crate::{
    exchange::HeaderLine,
    lines::{Cursor, Line},
    reader::Reader,
    request::PageBody,
};

use super::{METHODS, Request};

/// How many lines a file may have.
const LINES: usize = 2_000;

/// The name of the block that a line opens: `put {`, `body:json {`.
fn block(line: Line<'_>) -> Option<&str> {
    let name = core::str::from_utf8(line.text).ok()?.trim_end().strip_suffix('{')?.trim_end();
    let is_name = |byte: u8| byte.is_ascii_lowercase() || matches!(byte, b':' | b'-' | b'_');
    (!name.is_empty() && name.bytes().all(is_name)).then_some(name)
}

fn is_method(name: &str) -> bool {
    METHODS.iter().any(|method| method.eq_ignore_ascii_case(name))
}

/// `name: value` in a block, unless it is switched off by a `~`.
fn pair(line: Line<'_>) -> Option<(&str, &str)> {
    let (name, value) = core::str::from_utf8(line.trimmed()).ok()?.split_once(':')?;
    (!name.starts_with('~')).then(|| (name.trim(), value.trim()))
}

/// Whether a block of a file begins here, and one with a method soon after it, or at once.
pub(crate) fn begins(cursor: &Cursor<'_>) -> bool {
    const SEARCHED: usize = 40;
    let names = || cursor.clone().take(SEARCHED).filter_map(block);
    let is_first = cursor.peek().and_then(block).is_some_and(|name| name == "meta" || is_method(name));
    let has_url = || {
        cursor
            .clone()
            .take(SEARCHED)
            .skip_while(|line| !block(*line).is_some_and(is_method))
            .skip(1)
            .take(3)
            .any(|line| pair(line).is_some_and(|(name, _)| name == "url"))
    };
    is_first && names().any(is_method) && has_url()
}

/// Reads all blocks of the file.
pub(crate) fn read<'t>(reader: &mut Reader<'t>, cursor: &mut Cursor<'t>) {
    let (mut request, mut lines) = (Request::default(), 0);
    while let Some(line) = cursor.peek().filter(|line| line.is_blank() || block(*line).is_some()) {
        cursor.next();
        let Some(name) = block(line) else { continue };
        // A block ends with a brace at the start of a line.
        while let Some(line) = cursor.next().filter(|line| line.text.first() != Some(&b'}') && lines < LINES) {
            lines += 1;
            part(&mut request, name, line);
        }
        if let Some(kind) = name.strip_prefix("body:") {
            body(&mut request, kind);
        }
    }
    request.keep(reader);
}

/// Reads a line of a block.
fn part<'t>(request: &mut Request<'t>, block: &str, line: Line<'t>) {
    let Some((name, value)) = pair(line) else { return };
    match (block, name) {
        (method, "url") if is_method(method) => {
            request.method = method.to_ascii_uppercase();
            request.url = Some((line, value.to_owned()));
        }
        ("headers", name) => request.headers.push((line, HeaderLine::new(name, value))),
        ("auth:bearer", "token") => {
            request.headers.push((line, HeaderLine::new("Authorization", format!("Bearer {value}"))));
        }
        ("auth:basic", "username") => {
            request.headers.push((line, HeaderLine::new("Authorization", "Basic \u{2026}")));
        }
        ("vars" | "vars:pre-request", name) => request.add_variable(name, value),
        _ => {}
    }
}

/// Adds the body, and the type that Bruno gives it.
fn body(request: &mut Request<'_>, kind: &str) {
    let content_type = match kind {
        "json" | "graphql" => "application/json",
        "text" => "text/plain",
        "xml" => "application/xml",
        "form-urlencoded" => "application/x-www-form-urlencoded",
        "multipart-form" => {
            request.body = Some(PageBody::FormData);
            return;
        }
        // The variables of a query in GraphQL are a block, too.
        _ => return,
    };
    request.body = Some(PageBody::Text(String::new()));
    let line = request.url.as_ref().map(|(line, _)| *line).filter(|_| !request.has_header("content-type"));
    request.headers.extend(line.map(|line| (line, HeaderLine::new("Content-Type", content_type))));
}
