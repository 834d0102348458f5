//! Texts that have no exchange: each that is known by its signs gets a mistake of its own.
//!
//! ```text
//! lines ─▶ configured  a server's configuration, or its code
//!       ─▶ program     code of a program that is no browser
//! ```

mod configured;
mod program;

use crate::{command::Failure, error::MistakeKind, lines::Line, logged};

/// What the lines are.
pub(crate) fn kind(lines: &[Line<'_>]) -> MistakeKind {
    let Some(first) = lines.first() else { return MistakeKind::UnknownForm };
    let has = |is: fn(&[u8]) -> bool| lines.iter().any(|line| is(line.trimmed()));
    match () {
        () if logged::is_of_server(first.trimmed()) => MistakeKind::ServerLog,
        () if is_document(first.trimmed()) => MistakeKind::Body,
        () if has(configured::is_of_server) => MistakeKind::ServerConfiguration,
        () if has(program::is_of_program) => MistakeKind::OtherProgram,
        () => {
            lines.iter().find_map(|line| Failure::of(*line)).map_or(MistakeKind::UnknownForm, |failure| failure.kind())
        }
    }
}

/// Whether a line begins a document, which is the body of a response.
fn is_document(text: &[u8]) -> bool {
    let text = text.to_ascii_lowercase();
    [&b"<!doctype"[..], b"<html", b"<?xml"].iter().any(|start| text.starts_with(start))
}
