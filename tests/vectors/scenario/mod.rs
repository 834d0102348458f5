//! The files of scenarios: whole fetches, one after the other, with one cache.

mod browser;
mod form;
mod list_cache;
mod server;

#[cfg(feature = "cache")]
use fetch_cors::browser::GrowingPreflightCache;
use fetch_cors::browser::PreflightCache;
#[cfg(feature = "heapless")]
use fetch_cors::browser::cache::FixedPreflightCache;
use serde_json::Value;

use crate::{expect, read};
use browser::Browser;
use form::Case;
use list_cache::ListCache;

/// All caches. The last one is the plainest.
fn caches() -> Vec<(&'static str, Box<dyn PreflightCache>)> {
    vec![
        #[cfg(feature = "cache")]
        ("growing", Box::new(GrowingPreflightCache::new())),
        #[cfg(feature = "heapless")]
        ("fixed", Box::new(FixedPreflightCache::<64, 512>::new())),
        ("list", Box::new(ListCache::default())),
    ]
}

/// Runs the fetches of a case with each cache. Each must give the outcome of the case.
pub(crate) fn check(case: &Value) -> Result<(), String> {
    let case: Case = read(case)?;
    if case.fetches.is_empty() {
        return Err("there is no fetch".to_owned());
    }
    for (cache, mut memory) in caches() {
        let mut browser = Browser::new(&case.server, &mut *memory);
        for (number, fetch) in case.fetches.iter().enumerate() {
            let (exchanges, outcome) = browser.fetch(number, fetch);
            let at = |error| format!("fetch {number}, {cache} cache: {error}");
            let expected: Vec<_> = fetch.exchanges.iter().map(|exchange| format!("{exchange}")).collect();
            let found: Vec<_> = exchanges.iter().map(|exchange| format!("{exchange}")).collect();
            expect("exchanges", found, expected).map_err(at)?;
            for (found, expected) in exchanges.into_iter().zip(&fetch.exchanges) {
                expect("exchange", found.told_by(expected), expected.clone()).map_err(at)?;
            }
            fetch.outcome.compare(outcome).map_err(at)?;
        }
    }
    Ok(())
}
