//! Annotations of a GitHub workflow.
//!
//! <https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands>

use super::lines::{failure, fixes, shown};
use crate::check::{finding::Severity, plan::Place, result::Run, verdict::Outcome};

pub fn write(run: &Run) -> String {
    let mut out = String::new();
    for checked in &run.checks {
        if let Some(text) = failure(checked) {
            let level = if checked.outcome() == Outcome::NoAnswer { "warning" } else { "error" };
            let fixes: String = fixes(checked).iter().flat_map(|fix| ["\nfix: ", fix]).collect();
            let title = checked.check.title();
            command(&mut out, level, checked.check.place.as_ref(), &title, &format!("{text}{fixes}"));
        }
    }
    for probe in &run.probes {
        if let Err(error) = &probe.result {
            command(&mut out, "warning", probe.place.as_ref(), &probe.url, &format!("no answer: {error}"));
        }
    }
    for (probe, finding) in run.findings() {
        let level = match finding.code.severity() {
            Severity::Dangerous => "error",
            Severity::Broken => "warning",
            Severity::Note => "notice",
        };
        let text = format!("{}: {}\nfix: {}", finding.url, finding.message, finding.fix);
        command(&mut out, level, probe.place.as_ref(), finding.code.as_str(), &text);
    }
    out
}

fn command(out: &mut String, level: &str, place: Option<&Place>, title: &str, text: &str) {
    let place = place.map(|Place { file, line }| format!("file={},line={line},", property(file)));
    let text: Vec<_> = text.lines().map(|line| data(&shown(line))).collect();
    let (place, title, text) = (place.unwrap_or_default(), property(&shown(title)), text.join("%0A"));
    out.extend(["::", level, " ", &place, "title=", &title, "::", &text, "\n"]);
}

fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
