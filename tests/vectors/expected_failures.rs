//! The cases that are known to fail, with the reasons.

use std::collections::BTreeMap;

use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    file: String,
    id: String,
    reason: String,
}

/// The expected failures that have not run yet.
pub(crate) struct ExpectedFailures {
    waiting: BTreeMap<(String, String), String>,
}

pub(crate) enum Verdict {
    Passed,
    FailedAsExpected { reason: String },
    Failed { why: String },
}

impl ExpectedFailures {
    pub(crate) fn parse(json: &str) -> Result<Self, String> {
        let entries: Vec<Entry> = serde_json::from_str(json).map_err(|error| error.to_string())?;
        let mut waiting = BTreeMap::new();
        for Entry { file, id, reason } in entries {
            if reason.is_empty() {
                return Err(format!("{file}::{id} is expected to fail without a reason"));
            }
            if waiting.insert((file.clone(), id.clone()), reason).is_some() {
                return Err(format!("{file}::{id} is expected to fail twice"));
            }
        }
        Ok(ExpectedFailures { waiting })
    }

    /// The meaning of a case's `result`, with its expectation.
    pub(crate) fn judge(&mut self, file: &str, id: &str, result: Result<(), String>) -> Verdict {
        match (self.waiting.remove(&(file.to_owned(), id.to_owned())), result) {
            (None, Ok(())) => Verdict::Passed,
            (None, Err(why)) => Verdict::Failed { why },
            (Some(reason), Err(_)) => Verdict::FailedAsExpected { reason },
            (Some(_), Ok(())) => {
                Verdict::Failed { why: "passes, though expected-failures.json expects it to fail".to_owned() }
            }
        }
    }

    /// The expected failures of cases that did not run.
    pub(crate) fn not_run(self) -> impl Iterator<Item = String> {
        self.waiting.into_keys().map(|(file, id)| format!("{file}::{id}"))
    }
}

/// Tests the three ways to fail before the runner relies on them.
pub(crate) fn self_test() {
    let json = r#"[{"file": "a", "id": "1", "reason": "r"}, {"file": "a", "id": "2", "reason": "r"},
                   {"file": "a", "id": "3", "reason": "r"}]"#;
    let mut expected = ExpectedFailures::parse(json).expect("the list parses");
    let failed = || Err("why".to_owned());
    assert!(matches!(expected.judge("a", "1", failed()), Verdict::FailedAsExpected { .. }));
    assert!(matches!(expected.judge("a", "2", Ok(())), Verdict::Failed { .. }), "an unexpected success fails");
    assert!(matches!(expected.judge("a", "1", failed()), Verdict::Failed { .. }), "an id is expected to fail once");
    assert!(matches!(expected.judge("b", "3", failed()), Verdict::Failed { .. }), "a failure fails");
    assert!(matches!(expected.judge("b", "3", Ok(())), Verdict::Passed));
    assert!(expected.not_run().eq(["a::3"]), "an expected failure that did not run is reported");
}
