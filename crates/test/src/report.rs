//! The text of a failed assertion.

use core::fmt::Write as _;

use fetch_cors::browser::{Explanation, explain::Sufficiency};

use crate::{
    code::ReasonCode,
    end::{End, Read},
    exchange::{Answer, Witness},
    fetched::InBrowser,
};

/// The failed assertion and its browsers, then the whole exchange.
pub(crate) fn of_failure(expected: &str, failing: &[&InBrowser]) -> String {
    let mut out = String::new();
    for own in failing.iter().take(1) {
        _ = writeln!(out, "expected: {expected}\n  a page of {} calls {}", own.exchange.origin, own.exchange.fetch);
    }
    write_all(&mut out, failing);
    out
}

/// The whole exchange.
pub(crate) fn of_all(browsers: &[InBrowser]) -> String {
    let mut out = String::new();
    for own in browsers.iter().take(1) {
        _ = writeln!(out, "a page of {} calls {}", own.exchange.origin, own.exchange.fetch);
    }
    write_all(&mut out, &browsers.iter().collect::<Vec<_>>());
    out
}

/// One report for all browsers with the same exchange.
fn write_all(out: &mut String, browsers: &[&InBrowser]) {
    let mut reports: Vec<(Vec<&str>, String)> = Vec::new();
    for own in browsers {
        let (name, report) = (own.exchange.browser.name(), of_browser(own));
        match reports.iter_mut().find(|(_, other)| *other == report) {
            Some((names, _)) => names.push(name),
            None => reports.push((vec![name], report)),
        }
    }
    for (names, report) in reports {
        _ = write!(out, "\nIn {}:\n{report}", names.join(", "));
    }
}

fn of_browser(own: &InBrowser) -> String {
    let mut advice = Advice { of_answers: vec![String::new(); own.exchange.answers.len()], ..Advice::default() };
    own.exchange.run(&mut advice);
    let mut out = String::new();
    let checks = &core::mem::take(&mut advice.of_answers);
    for (answer, checks) in own.exchange.answers.iter().zip(checks) {
        write_exchange(&mut out, answer);
        out.push_str(checks);
        if !checks.is_empty() && is_outside_of_layer(answer) {
            keep(&mut advice.causes, LAYER.into());
        }
    }
    out.push_str(&advice.before);
    out.push('\n');
    match &own.end {
        End::Readable(read) => write_read(&mut out, read),
        End::Opaque(response_type) => {
            _ = writeln!(out, "The script gets a response of type `{response_type}`, and reads nothing of it.");
        }
        End::Refused(refusal) => _ = writeln!(out, "Refused: {}", refusal.text),
        End::Thrown(text) => _ = writeln!(out, "Nothing is sent, so the test is to be changed: {text}"),
    }
    for (title, lines) in
        [("Likely cause:", &advice.causes), ("What to change:", &advice.changes), ("Worth knowing:", &advice.hints)]
    {
        if !lines.is_empty() {
            _ = writeln!(out, "{title}");
        }
        for line in lines {
            _ = writeln!(out, "  {line}");
        }
    }
    out
}

const LAYER: &str = "- the layer that sets the CORS headers does not see this: put it around the whole router, with its errors and its \
                     `OPTIONS` (in axum that is `Router::layer` after the last route, not `route_layer`)";

/// Whether an error response has no header of CORS, like that of a router for a path without a route. A layer that refuses an origin
/// names `Origin` in `Vary`.
fn is_outside_of_layer(answer: &Answer) -> bool {
    answer.head.as_ref().is_ok_and(|head| {
        let is_of_cors = |name: &http::HeaderName| name.as_str().starts_with("access-control-");
        let mut vary = head
            .headers()
            .get_all(http::header::VARY)
            .iter()
            .flat_map(|line| line.as_bytes().split(|byte| *byte == b','));
        let has_origin = vary.any(|name| name.trim_ascii().eq_ignore_ascii_case(b"origin"));
        head.status().as_u16() >= 400 && !has_origin && !head.headers().keys().any(is_of_cors)
    })
}

fn write_exchange(out: &mut String, answer: &Answer) {
    let request = &answer.request;
    let line = |name: &http::HeaderName, value: &http::HeaderValue| {
        format!("  {name}: {}\n", String::from_utf8_lossy(value.as_bytes()))
    };
    _ = writeln!(out, "{} {}", request.method(), request.uri());
    out.extend(request.headers().iter().map(|(name, value)| line(name, value)));
    match &answer.head {
        Ok(head) => {
            _ = writeln!(out, "Answer: status {}", head.status().as_u16());
            out.extend(head.headers().iter().map(|(name, value)| line(name, value)));
        }
        Err(error) => _ = writeln!(out, "No answer: {error}"),
    }
}

fn write_read(out: &mut String, read: &Read) {
    _ = writeln!(out, "The script reads status {}, the body, and these headers:", read.status);
    for (name, value) in &read.shown {
        _ = writeln!(out, "  {name}: {}", String::from_utf8_lossy(value));
    }
    if !read.hidden.is_empty() {
        _ = writeln!(out, "but not these:");
    }
    for (name, because) in &read.hidden {
        _ = writeln!(out, "  {name}: {because}");
    }
}

/// The advice of the explanations of the steps that fail.
#[derive(Debug, Default)]
struct Advice {
    /// The failures before anything is sent.
    before: String,
    of_answers: Vec<String>,
    causes: Vec<String>,
    changes: Vec<String>,
    hints: Vec<String>,
}

impl Witness for Advice {
    fn explained(&mut self, explanation: &Explanation<'_>, answer: Option<usize>) {
        let mut failures = explanation.mixed_content().into_iter().chain(explanation.failures()).peekable();
        // A step that passes needs no advice.
        if failures.peek().is_none() {
            return;
        }
        let of_answer = answer.and_then(|answer| self.of_answers.get_mut(answer));
        let out = of_answer.unwrap_or(&mut self.before);
        for error in failures {
            let code = ReasonCode::of(&error.reason);
            _ = writeln!(out, "  FAIL {}\n       `{code}`; {}", error.reason, error.step());
        }
        for hint in explanation.hints() {
            keep(if hint.is_cause() { &mut self.causes } else { &mut self.hints }, format!("- {hint}"));
        }
        keep_changes(&mut self.changes, explanation);
    }
}

fn keep(lines: &mut Vec<String>, line: String) {
    if !lines.contains(&line) {
        lines.push(line);
    }
}

/// The fix of an answer: all changes to it together, or one of the page's.
fn keep_changes(lines: &mut Vec<String>, explanation: &Explanation<'_>) {
    let (statuses, headers) = explanation.fix().partition::<Vec<_>, _>(|change| change.status().is_some());
    for (number, change) in statuses.iter().chain(&headers).enumerate() {
        keep(lines, format!("{} {change}", if number == 0 { "in the answer:" } else { "          and:" }));
    }
    let or = if lines.is_empty() { "" } else { "or " };
    for (change, sufficiency) in explanation.page_changes() {
        let not_alone = if sufficiency == Sufficiency::Alone { "" } else { " (not enough alone)" };
        keep(lines, format!("{or}in the page's call: {change}{not_alone}"));
    }
}
