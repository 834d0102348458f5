//! Compares console lines with the heads of the same text.

use fetch_cors::browser::known_message;

use crate::report::{Note, Report, Verdict};

/// The code of the note that the heads allow a request whose failure the console reports.
const DISAGREES: &str = "console-disagrees";

/// Whether a console line is about a preflight. Then the request needs one.
pub fn reports_a_preflight(lines: &[String]) -> bool {
    let is_about_one = |line: &&String| line.to_ascii_lowercase().contains("preflight");
    lines
        .iter()
        .filter(is_about_one)
        .any(|line| known_message(line).is_some_and(|message| message.known.step.is_some()))
}

/// A note if the console reports a failure, but by the heads that browser refuses nothing.
pub fn disagrees(report: &Report) -> Option<Note> {
    let verdict = |of: &str| match of {
        "chromium" => Some(report.browsers.chromium),
        "firefox" => Some(report.browsers.firefox),
        "webkit" => Some(report.browsers.webkit),
        _ => None,
    };
    let disagrees =
        |message: &&crate::report::Message| message.step.is_some() && verdict(message.of) == Some(Verdict::Readable);
    let message = report.messages.iter().find(disagrees)?;
    let text = format!(
        "the console of {} reports a failure, and by these heads there is none: the browser got other heads, or the page made \
         another call (another method, other headers or another credentials mode)",
        message.whose
    );
    Some(Note { code: DISAGREES, text })
}
