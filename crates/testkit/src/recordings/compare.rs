//! The differences between a prediction and a recording.

use super::scenario::{Exchange, Observation, Outcome};

/// A difference: the field, the recorded value, the predicted value.
pub struct Difference {
    pub what: String,
    pub expected: String,
    pub got: String,
}

/// Whether the browser's ids of failures are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ids {
    Ignored,
    Compared,
    /// WebKit has no ids, so the lines of its console are compared.
    ConsoleCompared,
}

/// Replaces, in a prediction, a line that the operating system writes.
pub const OF_THE_SYSTEM: &str = "(what the system says)";

const COMPARED_HEADERS: [&str; 4] =
    ["origin", "access-control-request-method", "access-control-request-headers", "authorization"];

/// The differences between a recording and a prediction; empty if they agree.
pub fn differences(expected: &Observation, got: &Observation, ids: Ids) -> Vec<Difference> {
    let mut differences = Differences(Vec::new());
    let sent = |observation: &Observation| {
        let lines: Vec<String> =
            observation.exchanges.iter().map(|sent| format!("{} {}", sent.method, sent.url)).collect();
        lines.join(", ")
    };
    differences.note("exchanges", &sent(expected), &sent(got));
    for (number, (expected, got)) in expected.exchanges.iter().zip(&got.exchanges).enumerate() {
        for name in COMPARED_HEADERS {
            differences.note(&format!("exchange {number} {name}"), &expected.header(name), &got.header(name));
        }
        let cookie = |exchange: &Exchange| exchange.header("cookie").is_some();
        differences.note(&format!("exchange {number} cookie"), &cookie(expected), &cookie(got));
    }
    if ids == Ids::Compared {
        differences.note("cors_error", &expected.cors_error, &got.cors_error);
        if expected.failed_parameter.is_some() {
            differences.note("failed_parameter", &expected.failed_parameter, &got.failed_parameter);
        }
    }
    if ids == Ids::ConsoleCompared && got.console.as_deref() != Some(OF_THE_SYSTEM) {
        // AD-HOC: some recordings have the line without its trailing spaces.
        let trimmed = |observation: &Observation| {
            let is_blank = |character: char| character.is_whitespace() || ('\u{1C}'..='\u{1F}').contains(&character);
            observation.console.as_deref().map(|line| line.trim_end_matches(is_blank).to_owned())
        };
        differences.note("console", &trimmed(expected), &trimmed(got));
    }
    let (expected, got) = (&expected.outcome, &got.outcome);
    let failed = |outcome: &Outcome| outcome.response_type.as_deref() == Some("error");
    if failed(expected) || failed(got) {
        differences.note("outcome", &expected.response_type, &got.response_type);
        differences.note("thrown", &expected.thrown_before_network, &got.thrown_before_network);
        return differences.0;
    }
    if expected.response_type.is_some() {
        differences.note("type", &expected.response_type, &got.response_type);
        differences.note("redirected", &expected.redirected, &got.redirected);
    }
    differences.note("status", &expected.status, &got.status);
    differences.note("url", &expected.url, &got.url);
    differences.note("headers", &expected.headers, &got.headers);
    differences.0
}

struct Differences(Vec<Difference>);

impl Differences {
    fn note<T: PartialEq + std::fmt::Debug>(&mut self, what: &str, expected: &T, got: &T) {
        if expected != got {
            let (expected, got) = (format!("{expected:?}"), format!("{got:?}"));
            self.0.push(Difference { what: what.into(), expected, got });
        }
    }
}
