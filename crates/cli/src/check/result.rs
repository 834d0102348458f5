//! The result of a run, and its exit status.

use super::{
    finding::Finding,
    plan::Place,
    transport::NoAnswer,
    verdict::{Checked, Outcome},
};
use crate::exit::Exit;

/// The result of a run.
#[derive(Clone, Debug, Default)]
pub struct Run {
    pub checks: Vec<Checked>,
    pub probes: Vec<Probe>,
}

/// The probe of one URL.
#[derive(Clone, Debug)]
pub struct Probe {
    pub url: String,
    /// The pages that should be allowed.
    pub pages: Vec<String>,
    pub place: Option<Place>,
    pub result: Result<Vec<Finding>, NoAnswer>,
}

impl Run {
    pub fn findings(&self) -> impl Iterator<Item = (&Probe, &Finding)> {
        self.probes.iter().flat_map(|probe| probe.result.iter().flatten().map(move |finding| (probe, finding)))
    }

    /// The exit status. A failure is certain, so it has priority over a missing answer.
    pub fn exit(&self) -> Exit {
        let outcome = |outcome| self.checks.iter().any(|checked| checked.outcome() == outcome);
        if outcome(Outcome::Failed) || self.findings().next().is_some() {
            Exit::Refused
        } else if outcome(Outcome::NoAnswer) || self.probes.iter().any(|probe| probe.result.is_err()) {
            Exit::NoAnswer
        } else {
            Exit::Readable
        }
    }
}
