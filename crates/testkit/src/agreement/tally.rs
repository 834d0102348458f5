//! Counts of the kinds of cases, which show whether the generator still produces all of them.

use std::collections::BTreeMap;

/// How often each kind of case occurred.
#[derive(Debug, Default)]
pub struct Tally(pub BTreeMap<&'static str, u64>);

impl Tally {
    /// Counts a kind of case, if `so`.
    pub fn see(&mut self, what: &'static str, so: bool) {
        if so {
            *self.0.entry(what).or_default() += 1;
        }
    }
}
