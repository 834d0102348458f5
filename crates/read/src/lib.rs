//! Reads what people paste about a CORS failure, without I/O.
//!
//! ```text
//! text ─▶ cleaned, trace ─▶ recognised ─┐
//!                     ┌──────────────────┘
//!                     ├▶ heads     `curl -i`, `curl -v`, `wget -S`       ─┐
//!                     ├▶ panel     header lines of developer tools       ├▶ requests as sent ─▶ the page's request
//!                     ├▶ command   `curl` and `wget`, PowerShell           ─┘
//!                     ├▶ call      `fetch()`, axios, jQuery, Angular, XMLHttpRequest
//!                     ├▶ printed   PowerShell's responses, maps of headers        ─▶ a head
//!                     ├▶ console   lines of three browsers, and of their requests
//!                     └▶ har       entries, and the fetches that they make
//! ```

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;

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

use std::borrow::Cow;

use har::Har;
use reader::Reader;

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
    let is_object = text.trim_ascii_start().starts_with(b"{");
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
    let cleaned = cleaned::cleaned(text);
    let plain = reading(&cleaned, no_har.as_ref());
    let makes_sense = plain.as_ref().is_ok_and(|exchange| !entities::are_in(exchange));
    let decoded = if makes_sense { None } else { entities::decoded(&cleaned) };
    let decoded = decoded.map(|decoded| reading(&decoded, no_har.as_ref()));
    let result = match (plain, decoded) {
        (_, Some(Ok(mut exchange))) => {
            exchange.notes.insert(0, Note { place: None, kind: NoteKind::EntitiesDecoded });
            Ok(exchange)
        }
        (Err(plain), Some(Err(mut decoded))) if plain.form.is_none() && decoded.form.is_some() => {
            decoded.mistakes.iter_mut().for_each(|mistake| entities::put_back(&cleaned, &mut mistake.place));
            Err(decoded)
        }
        (plain, _) => plain,
    };
    result.map(|exchange| Pasted::Exchange(Box::new(exchange))).map_err(|mut error| {
        error.mistakes.iter_mut().for_each(|mistake| cleaned::put_back(text, &mut mistake.place));
        error
    })
}

/// Reads a text that is not a HAR. The error that it is none counts for an object that has no exchange.
fn reading(text: &[u8], no_har: Option<&ReadError>) -> Result<Exchange, ReadError> {
    let text = trace::as_verbose(text).map_or(Cow::Borrowed(text), Cow::Owned);
    let text = prefixes::blanked(&text).map_or(text, Cow::Owned);
    let mut reader = Reader::new(&text);
    reader.read_all();
    // A log of a driver has the lines of a console in JSON.
    let is_log = reader.console.iter().any(|line| console::opens(line.text.as_bytes()))
        && no_har.is_some_and(|error| error.mistakes.iter().all(|mistake| mistake.kind == MistakeKind::NoHar));
    let is_read = is_log || reader.form == Some(Form::HeaderMap);
    match (reader.finish(), no_har) {
        // A configuration, or code: that says more than the syntax.
        (Err(error), Some(_)) if !is_read && error.form.is_none() && !error.is_unknown() => Err(error),
        (_, Some(error)) if !is_read => Err(error.clone()),
        (result, _) => result,
    }
}
