//! The error with which a command ended: `curl: (7) Failed to connect to localhost port 8080`.

use crate::{
    error::{Mistake, MistakeKind},
    lines::Line,
    note::{Note, NoteKind},
    place::Place,
};

/// The error with which a command ended.
#[derive(Clone, Debug)]
pub(crate) struct Failure {
    place: Place,
    text: String,
    is_answered: bool,
}

/// Errors of curl after an answer: a status that `--fail` refuses, a body that is cut off or cannot be written, too many redirects.
const ANSWERED: [&str; 4] = ["(22)", "(18)", "(23)", "(47)"];
/// The beginnings of such errors, of `wget` and of HTTPie.
const OTHERS: [&str; 4] = ["wget: unable to ", "http: error: ", "https: error: ", "xh: error: "];

/// What PowerShell says of a status, and of a server that it does not reach.
const STATUSES: [&str; 2] =
    ["Response status code does not indicate success: ", "The remote server returned an error: ("];
const UNREACHED: [&str; 3] =
    [": Unable to connect to the remote server", ": The remote name could not be resolved", ": No such host is known"];

impl Failure {
    /// The error on a line.
    pub(crate) fn of(line: Line<'_>) -> Option<Self> {
        const LINE: usize = 1_000;
        let text = core::str::from_utf8(line.trimmed()).ok().filter(|text| text.len() < LINE)?;
        let of_curl =
            text.strip_prefix("curl: (").is_some_and(|rest| rest.starts_with(|first: char| first.is_ascii_digit()));
        let is_refused = text.starts_with("Connecting to ") && text.contains("... failed: ");
        // `wget` without `-S` prints the status alone, and so does PowerShell.
        let is_status = text.starts_with("HTTP request sent, awaiting response... ")
            && text.ends_with(|last: char| last.is_ascii_alphabetic())
            || STATUSES.iter().any(|status| text.contains(status));
        let is_unreached = UNREACHED.iter().any(|start| text.contains(start));
        let is_error =
            of_curl || is_refused || is_status || is_unreached || OTHERS.iter().any(|start| text.starts_with(start));
        let is_answered = is_status || ANSWERED.iter().any(|code| text.starts_with(&format!("curl: {code}")));
        is_error.then(|| Failure { place: line.place(), text: text.to_owned(), is_answered })
    }

    /// The kind of mistake, if the text has nothing else.
    const fn kind(&self) -> MistakeKind {
        if self.is_answered { MistakeKind::HeadNotPrinted } else { MistakeKind::NoAnswer }
    }

    pub(crate) fn mistake(&self) -> Mistake {
        Mistake::at(self.place, self.kind(), self.text.as_bytes())
    }

    /// The note beside the request.
    pub(crate) fn note(self, is_without_head: bool) -> Note {
        let kind = match (self.is_answered, is_without_head) {
            (true, true) => NoteKind::HeadNotPrinted(self.text),
            (false, true) => NoteKind::NoAnswer(self.text),
            _ => NoteKind::CommandFailed(self.text),
        };
        Note { place: Some(self.place), kind }
    }
}
