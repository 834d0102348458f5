//! What the tests have in common.

use fetch_cors_read::{Exchange, MistakeKind, PageHeader, PageValue, Pasted, ReadError, read};

/// The exchange in a text.
pub(crate) fn exchange(text: &str) -> Exchange {
    match read(text.as_bytes()) {
        Ok(Pasted::Exchange(exchange)) => *exchange,
        other => panic!("{text}\n{other:?}"),
    }
}

/// The page's headers, as lines.
pub(crate) fn headers(exchange: &Exchange) -> Vec<String> {
    let line = |header: &PageHeader| match &header.value {
        PageValue::Given(value) => format!("{}: {}", header.name, String::from_utf8_lossy(value)),
        PageValue::NamedByPreflight => format!("{}: ?", header.name),
    };
    exchange.request.headers.iter().map(line).collect()
}

/// The request line, the origin and the headers of the page's request.
pub(crate) fn asked(exchange: &Exchange) -> (String, Option<&str>, Vec<String>) {
    let request = &exchange.request;
    let (method, url) = (request.method.as_deref().unwrap_or("?"), request.url.as_deref().unwrap_or("?"));
    (format!("{method} {url}"), request.origin.as_deref(), headers(exchange))
}

/// The mistakes in a text.
pub(crate) fn error(text: &[u8]) -> ReadError {
    match read(text) {
        Err(error) => error,
        other => panic!("{other:?}"),
    }
}

/// The first mistake in a text, with its line and column.
pub(crate) fn mistake(text: &str) -> (MistakeKind, usize, usize) {
    let error = read(text.as_bytes()).map(|read| format!("{read:?}")).expect_err(text);
    let first = &error.mistakes[0];
    (first.kind, first.place.line, first.place.column)
}

/// The statuses of the heads.
pub(crate) fn statuses(exchange: &Exchange) -> Vec<u16> {
    exchange.heads.iter().map(|head| head.status.code()).collect()
}

/// The status and the lines of the only head.
pub(crate) fn head(exchange: &Exchange) -> (u16, Vec<String>) {
    let [head] = &exchange.heads[..] else { panic!("{exchange:?}") };
    let lines = head.lines.iter().map(|line| format!("{}: {}", line.name, String::from_utf8_lossy(&line.value)));
    (head.status.code(), lines.collect())
}

/// A text as it is found in files, terminals, issues and chats.
pub(crate) fn shapes(text: &str) -> Vec<String> {
    let indented = text.lines().map(|line| format!("    {line}\n")).collect::<Vec<_>>().concat();
    vec![
        text.to_owned(),
        text.trim_end().to_owned(),
        text.replace('\n', "\r\n"),
        format!("\u{FEFF}{text}"),
        format!("\n\n{text}\n\n"),
        format!("This is what I get.\n\n```\n{text}```\n\nWhy?\n"),
        format!("~~~text\n{text}~~~\n"),
        indented,
    ]
}
