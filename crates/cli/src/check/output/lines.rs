//! The lines of an exchange that concern CORS, and sentences that all formats share.

use crate::check::{
    plan::Expectation,
    transport::{Exchange, Line},
    verdict::{Checked, Outcome},
    visit::End,
};
use crate::rules::Rules;

/// Headers of a request that concern CORS.
const OF_REQUEST: [&str; 4] =
    ["origin", "access-control-request-method", "access-control-request-headers", "content-type"];

/// Headers of a response that concern CORS and caches, beside `access-control-`.
const OF_RESPONSE: [&str; 8] = [
    "vary",
    "cache-control",
    "age",
    "x-cache",
    "cf-cache-status",
    "location",
    "www-authenticate",
    "cross-origin-resource-policy",
];

/// The lines of an exchange that concern CORS, as `curl -v` prints them.
pub fn exchange(exchange: &Exchange) -> Vec<String> {
    let mut lines = vec![format!("> {}", exchange.ask)];
    let of_request = exchange.ask.headers.iter().filter(|(name, _)| is_one_of(name, &OF_REQUEST));
    lines.extend(of_request.map(|line| format!("> {}", header(line))));
    lines.push(format!("< {}", exchange.answer.status));
    let of_response =
        exchange.answer.headers.iter().filter(|(name, _)| {
            is_one_of(name, &OF_RESPONSE) || name.to_ascii_lowercase().starts_with("access-control-")
        });
    lines.extend(of_response.map(|line| format!("< {}", header(line))));
    lines
}

fn is_one_of(name: &str, names: &[&str]) -> bool {
    names.iter().any(|own| own.eq_ignore_ascii_case(name))
}

/// A header as text, with characters that control a terminal escaped.
fn header((name, value): &Line) -> String {
    shown(&format!("{}: {}", name.to_ascii_lowercase(), String::from_utf8_lossy(value)))
}

/// Text with its control characters escaped.
pub fn shown(text: &str) -> String {
    let escaped = |character: char| match character {
        _ if character.is_control() => character.escape_default().to_string(),
        _ => character.to_string(),
    };
    text.chars().map(escaped).collect()
}

/// The names of browsers, for people.
pub fn names(browsers: &[Rules]) -> String {
    browsers.iter().map(|browser| browser.name()).collect::<Vec<_>>().join(", ")
}

/// How a check ended in some browsers.
pub fn end(browsers: &[Rules], end: &End) -> String {
    let browsers = names(browsers);
    match end {
        End::Readable => format!("readable in {browsers}"),
        End::Refused(refusal) => format!("refused in {browsers}: {}", shown(&refusal.text)),
        End::NoAnswer(_, error) => format!("no answer: {}", shown(&error.reason)),
    }
}

/// Why a check failed or had no answer; `None` if it met the expectation.
pub fn failure(checked: &Checked) -> Option<String> {
    let ends = checked.ends();
    let ends = ends.iter().map(|(browsers, of)| end(browsers, of)).collect::<Vec<_>>().join("; ");
    match checked.outcome() {
        Outcome::Met => None,
        Outcome::NoAnswer => Some(ends),
        Outcome::Failed => {
            let expected = match checked.check.expectation {
                Expectation::Readable => "expected to be readable",
                Expectation::Refused => "expected to be refused",
            };
            Some(format!("{expected}, but is {ends}"))
        }
    }
}

/// The fixes of a check that was expected to be readable, each once.
pub fn fixes(checked: &Checked) -> Vec<String> {
    let mut fixes = Vec::new();
    for (_, visit) in &checked.browsers {
        if let (End::Refused(refusal), Expectation::Readable) = (&visit.end, checked.check.expectation) {
            for fix in &refusal.fixes {
                if !fixes.contains(fix) {
                    fixes.push(fix.clone());
                }
            }
        }
    }
    fixes
}
