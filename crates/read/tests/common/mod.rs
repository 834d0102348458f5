//! What tests of calls have in common.

use fetch_cors_read::{Exchange, PageHeader, PageValue, Pasted, read};

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
