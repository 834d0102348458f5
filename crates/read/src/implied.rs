//! The parts of the request that a console line implies but does not quote.

use fetch_cors::browser::{
    ids::{Message, MessageOf},
    known_message,
    request::CredentialsMode,
};

use crate::{
    exchange::ConsoleLine,
    note::{Note, NoteKind},
    request::{Api, PageHeader, PageRequest, PageValue},
};

/// Chromium's words for a request of an `XMLHttpRequest`.
const OF_XHR: [&str; 2] = ["Access to XMLHttpRequest at", "XMLHttpRequest cannot load"];

/// Completes the request, with a note on the line for each part.
pub(crate) fn describe(lines: &[ConsoleLine], request: &mut PageRequest, notes: &mut Vec<Note>) {
    for line in lines {
        let Some(message) = known_message(&line.text) else { continue };
        if request.api.is_none() && OF_XHR.iter().any(|start| line.text.contains(start)) {
            request.api = Some(Api::XmlHttpRequest);
        }
        if let Some(kind) = complete(request, &message) {
            notes.push(Note { place: Some(line.place), kind });
        }
    }
}

fn complete(request: &mut PageRequest, message: &Message<'_>) -> Option<NoteKind> {
    // A server's text is about its configuration, and a script's error is the same for any failure.
    if matches!(message.known.of, MessageOf::Server | MessageOf::Script) {
        return None;
    }
    match message.known.code {
        "allow-origin-wildcard-with-credentials" | "allow-credentials-not-true" if request.credentials.is_none() => {
            request.credentials = Some(CredentialsMode::Include);
            Some(NoteKind::CredentialsOfConsole)
        }
        "method-not-allowed" if request.method.is_none() => {
            let method = message.quoted.method?;
            request.method = Some(method.to_owned());
            Some(NoteKind::MethodOfConsole(method.to_owned()))
        }
        "header-not-allowed" => {
            let name = message.quoted.header?;
            if request.headers.iter().any(|header| header.name.eq_ignore_ascii_case(name)) {
                return None;
            }
            request.headers.push(PageHeader { name: name.to_owned(), value: PageValue::NamedByPreflight });
            Some(NoteKind::HeaderOfConsole(name.to_owned()))
        }
        _ => None,
    }
}
