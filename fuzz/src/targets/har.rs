use std::collections::BTreeSet;

use fetch_cors_read::har::{Har, read};

/// A text must give an error with its position, or a HAR.
pub fn run(data: &[u8]) {
    match read(data) {
        Ok(har) => holds(&har),
        Err(error) => super::pasted::is_complete(&error, data),
    }
}

/// The properties of every HAR: each entry belongs to at most one fetch, a fetch has an origin and a URL, and fetches
/// are in order.
pub(super) fn holds(har: &Har<'_>) {
    assert!(har.entries.iter().all(|entry| entry.time.is_finite()));
    let fetches = har.fetches();
    let mut seen = BTreeSet::new();
    for fetch in &fetches {
        assert!(fetch.request.origin.is_some() && fetch.request.url.is_some() && !fetch.hops.is_empty(), "{fetch:?}");
        for entry in fetch.hops.iter().flat_map(|hop| [hop.preflight, hop.request]).flatten() {
            assert!(entry < har.entries.len() && seen.insert(entry), "{entry} is of two fetches");
        }
    }
    assert!(fetches.is_sorted_by_key(|fetch| fetch.started));
}
