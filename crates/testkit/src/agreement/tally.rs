//! What has been seen, so that a generator that sees little any more is found out.

use std::collections::BTreeMap;

/// How often something was seen.
#[derive(Debug, Default)]
pub struct Tally(pub BTreeMap<&'static str, u64>);

impl Tally {
    /// Sees something once more, if it is so.
    pub fn see(&mut self, what: &'static str, so: bool) {
        if so {
            *self.0.entry(what).or_default() += 1;
        }
    }
}
