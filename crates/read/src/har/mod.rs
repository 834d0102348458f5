//! HAR files, as developer tools and browser drivers export them.
//!
//! ```text
//! text ─▶ model     log, pages, entries, as they are written; bodies are skipped
//!      ─▶ fetches   which entries make one fetch: its preflight, its redirects
//! ```
//!
//! Only what the CORS protocol needs is kept. Strings without escapes are borrowed from the text.

mod exporter;
mod fetches;
mod model;
mod sent;
mod text;

pub use exporter::Exporter;
pub use fetches::{Fetch, Hop, Recorded};
pub use model::{Creator, Entry, EntryRequest, EntryResponse, Har, Initiator, Page, PostData};
pub use text::Text;

use crate::{
    error::{Mistake, MistakeKind, ReadError},
    form::Form,
    place::Place,
};

/// Reads a HAR.
///
/// Only `log.entries` is needed; all other members may be missing. A time that is not a date is unknown.
///
/// ```
/// let text = br#"{"log": {"creator": {"name": "Firefox"}, "entries": [{"request": {"method": "GET", "url": "https://api.example/"}}]}}"#;
/// let har = fetch_cors_read::har::read(text).unwrap();
/// assert_eq!(har.entries[0].request.url, "https://api.example/");
/// ```
pub fn read(text: &[u8]) -> Result<Har<'_>, ReadError> {
    let text = text.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(text);
    let fails = |mistake| Err(ReadError { form: Some(Form::Har), mistakes: vec![mistake] });
    match serde_json::from_slice::<model::File<'_>>(text) {
        Ok(model::File { log: Some(model::Log { creator, browser, pages, entries: Some(entries) }) }) => {
            Ok(Har { creator, browser, pages, entries })
        }
        Ok(_) => fails(Mistake::new(text, 0, MistakeKind::NoHar, b"")),
        Err(error) => {
            let kind = if error.is_data() { MistakeKind::HarMember } else { MistakeKind::JsonSyntax };
            let found = error.to_string();
            let found = found.split(" at line ").next().unwrap_or_default();
            let place = Place { line: error.line(), column: error.column().max(1) };
            fails(Mistake { place, ..Mistake::new(text, 0, kind, found.as_bytes()) })
        }
    }
}
