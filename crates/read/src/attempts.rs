//! Reads a text as it is. If that makes no sense, reads it without the prefixes of its lines, or with the characters of entities.
//!
//! ```text
//! text ─▶ cleaned ─▶ trace ─▶ reader ─┬▶ an exchange, or mistakes
//!                    ▲                ├▶ nothing known: prefixes ─┐
//!                    └────────────────┼───────────────────────────┤
//!                                     └▶ a mistake: entities ─────┘
//! ```

use std::borrow::Cow;

use crate::{
    cleaned, console, entities,
    error::{MistakeKind, ReadError},
    exchange::Exchange,
    form::Form,
    note::{Note, NoteKind},
    prefixes,
    reader::Reader,
    trace,
};

/// The exchange in a text that is not a HAR. `no_har` is the error of reading it as one, for a text that is an object and has no
/// exchange.
pub(crate) fn exchange(text: &[u8], no_har: Option<&ReadError>) -> Result<Exchange, ReadError> {
    let cleaned = cleaned::cleaned(text);
    let plain = reading(&cleaned, no_har);
    let makes_sense = plain.as_ref().is_ok_and(|exchange| !entities::are_in(exchange));
    let decoded = if makes_sense { None } else { entities::decoded(&cleaned) };
    let decoded = decoded.map(|decoded| reading(&decoded, no_har));
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
    result.map_err(|mut error| {
        for mistake in &mut error.mistakes {
            // A trace of numbers may have more lines than rows.
            mistake.place.line = mistake.place.line.min(text.split(|byte| *byte == b'\n').count());
            cleaned::put_back(text, &mut mistake.place);
        }
        error
    })
}

/// Reads a text that is not a HAR. One that is not known may have a prefix on each line.
fn reading(text: &[u8], no_har: Option<&ReadError>) -> Result<Exchange, ReadError> {
    let plain = pieces(text, no_har);
    if !plain.as_ref().is_err_and(|error| error.form.is_none()) {
        return plain;
    }
    let blanked = prefixes::blanked(text).map(|text| pieces(&text, no_har));
    let is_known =
        |result: &Result<Exchange, ReadError>| result.as_ref().map_or_else(|error| error.form.is_some(), |_| true);
    blanked.filter(is_known).unwrap_or(plain)
}

/// Reads the pieces of a text. `no_har` is the error of an object that has no exchange.
fn pieces(text: &[u8], no_har: Option<&ReadError>) -> Result<Exchange, ReadError> {
    let text = trace::as_verbose(text).map_or(Cow::Borrowed(text), Cow::Owned);
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
