//! What has been seen, so that a generator that sees little any more is found out.

use std::collections::BTreeMap;

/// How often something was seen.
#[derive(Debug, Default)]
pub(crate) struct Tally(BTreeMap<&'static str, u64>);

impl Tally {
    /// Sees something once more, if it is so.
    pub(crate) fn see(&mut self, what: &'static str, so: bool) {
        if so {
            *self.0.entry(what).or_default() += 1;
        }
    }

    /// Adds what another has seen.
    pub(crate) fn add(&mut self, other: &Tally) {
        for (what, count) in &other.0 {
            *self.0.entry(what).or_default() += count;
        }
    }

    /// How often this was seen.
    pub(crate) fn count(&self, what: &str) -> u64 {
        self.0.get(what).copied().unwrap_or_default()
    }
}
