//! Texts that have no exchange: each that is known by its signs gets a mistake of its own.
//!
//! ```text
//! lines ─▶ configured  a server's configuration, or its code
//!       ─▶ program     code that is not JavaScript of a page
//! ```

mod configured;
mod program;

pub(crate) use configured::is_of_server;
pub(crate) use program::replaces_fetch;

use crate::{
    command::Failure,
    error::{Mistake, MistakeKind},
    lines::Line,
    logged, outline,
};

/// The mistake in these lines, at the line that shows what they are.
pub(crate) fn mistake(lines: &[Line<'_>]) -> Option<Mistake> {
    let first = lines.first()?;
    let find = |is: fn(&[u8]) -> bool| lines.iter().find(|line| is(line.trimmed()));
    let failure = || lines.iter().find_map(|line| Failure::of(*line));
    Some(match () {
        () if logged::is_of_server(first.trimmed()) => first.mistake(MistakeKind::ServerLog),
        () if is_document(first.trimmed()) => first.mistake(MistakeKind::Body),
        () => match (find(configured::is_of_server), find(program::is_of_program), failure()) {
            (Some(line), ..) => line.mistake(MistakeKind::ServerConfiguration),
            (None, Some(line), _) => line.mistake(MistakeKind::OtherProgram),
            (None, None, Some(failure)) => failure.mistake(),
            (None, None, None) if outline::is_in(lines) => first.mistake(MistakeKind::Outline),
            (None, None, None) => first.mistake(MistakeKind::UnknownForm),
        },
    })
}

/// Whether a line begins a document, which is the body of a response.
fn is_document(text: &[u8]) -> bool {
    let text = text.to_ascii_lowercase();
    [&b"<!doctype"[..], b"<html", b"<?xml"].iter().any(|start| text.starts_with(start))
}
