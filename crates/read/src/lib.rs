//! Reads what people paste about a CORS failure, without I/O.
//!
//! ```text
//! text ─▶ attempts ─▶ reader ─┬▶ heads     `curl -i`, `curl -v`, `wget -S`          ─┐
//!                             ├▶ panel     headers of developer tools, and Markdown  ├▶ requests as sent ─▶ the page's request
//!                             ├▶ command   `curl`, `wget`, HTTPie, PowerShell        │
//!                             ├▶ file      files of API clients                     ─┘
//!                             ├▶ call      `fetch()`, its clients, other APIs of browsers
//!                             ├▶ element   `<img crossorigin>`
//!                             ├▶ printed   PowerShell's responses, maps of headers    ─▶ a head
//!                             ├▶ console   lines of three browsers, and of their requests
//!                             ├▶ har       entries, and the fetches that they make
//!                             └▶ unknown   texts without an exchange                  ─▶ a mistake that names them
//! ```

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;

mod attempts;
mod call;
mod cleaned;
mod command;
mod console;
mod element;
mod entities;
mod error;
mod exchange;
mod file;
mod form;
mod heads;
mod implied;
mod lines;
mod logged;
mod markdown;
mod names;
mod note;
mod outline;
mod panel;
mod place;
mod prefixes;
mod printed;
mod reader;
mod request;
mod sent;
mod trace;
mod unknown;

pub mod har;

pub use error::{Mistake, MistakeKind, ReadError};
pub use exchange::{Colon, ConsoleLine, Exchange, Head, HeadStatus, HeaderLine, RequestLine};
pub use form::Form;
pub use note::{Note, NoteKind};
pub use place::Place;
pub use request::{Api, PageBody, PageHeader, PageRequest, PageValue};

use har::Har;

/// The content of a text.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Pasted<'t> {
    /// It describes one fetch.
    Exchange(Box<Exchange>),
    /// It is a HAR, which describes many.
    Har(Box<Har<'t>>),
}

/// The longest text other than a HAR, in bytes.
pub const TEXT_LIMIT: usize = 16 << 20;

/// Reads a text of any form, and names the form.
///
/// The text is UTF-8, or heads of any bytes. A HAR may be as long as memory allows, and takes a small multiple of its length.
/// Any other text may have [`TEXT_LIMIT`] bytes.
///
/// ```
/// use fetch_cors_read::{Form, Pasted, read};
///
/// let text = b"$ curl -i https://api.example/items -H 'Origin: https://app.example'\nHTTP/2 200\nvary: origin\n\n[]";
/// let Ok(Pasted::Exchange(exchange)) = read(text) else { panic!("it is not a HAR") };
/// assert_eq!(exchange.form, Form::CurlCommand);
/// assert_eq!(exchange.request.origin.as_deref(), Some("https://app.example"));
/// assert_eq!(exchange.heads[0].status.code(), 200);
/// ```
pub fn read(text: &[u8]) -> Result<Pasted<'_>, ReadError> {
    let fails = |kind, form| {
        let start = text.get(..80).unwrap_or(text);
        Err(ReadError { form, mistakes: vec![Mistake::new(text, 0, kind, start)] })
    };
    // Without its mark, its first characters are ASCII, each with a zero byte.
    let is_unmarked = matches!(text, [1..=127, 0, 1..=127, 0, ..] | [0, 1..=127, 0, 1..=127, ..]);
    if text.starts_with(b"\xFF\xFE") || text.starts_with(b"\xFE\xFF") || is_unmarked {
        return fails(MistakeKind::Utf16, None);
    }
    let text = text.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(text);
    let start = text.trim_ascii_start();
    let is_object = start.starts_with(b"{") && !markdown::fences::opens_with_brace(start);
    let no_har = match is_object.then(|| har::read(text)) {
        Some(Ok(har)) => return Ok(Pasted::Har(Box::new(har))),
        Some(Err(error)) => Some(error),
        None => None,
    };
    if let (Some(error), true) = (&no_har, text.len() > TEXT_LIMIT) {
        return Err(error.clone());
    }
    if text.len() > TEXT_LIMIT {
        return fails(MistakeKind::TooLong, None);
    }
    match attempts::exchange(text, no_har.as_ref()) {
        Ok(exchange) => Ok(Pasted::Exchange(Box::new(exchange))),
        Err(error) => Err(error),
    }
}
