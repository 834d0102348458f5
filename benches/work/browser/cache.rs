//! The preflight cache, with many entries.

use std::{hint::black_box, time::Duration};

use fetch_cors::browser::{
    Action, Environment, GrowingPreflightCache, Profile, Request,
    cache::{CacheVerdict, cache_verdict},
    fetch,
    route::{Route, route},
};

use super::{
    message::{GRANTED, Page},
    transcribed,
};
use crate::work::{Repeat, Work, leak};

/// How many entries the cache has.
pub const ENTRIES: [usize; 3] = [10, 1_000, 100_000];

/// How many entries an answer makes, for two methods and three names.
const ENTRIES_OF_ANSWER: usize = 5;

pub(super) fn all() -> Vec<Work> {
    let mut all = Vec::new();
    for count in ENTRIES {
        all.push(Work::new(format!("cache: look-up among {count} entries"), move || look_up(count)));
        // Filling a larger cache takes minutes.
        if count <= 1_000 {
            let transcribed = move || transcribed::look_up(&pages(count));
            all.push(Work::new(format!("cache: look-up among {count} entries, transcribed"), transcribed));
        }
    }
    all
}

/// Requests for different URLs. The answers to their preflights make this many entries together.
fn pages(entries: usize) -> Vec<Page> {
    let url = |number: usize| -> &'static str { leak(format!("https://api.example/items/{number:06}")) };
    let pages =
        (0..entries / ENTRIES_OF_ANSWER).map(|number| Page { url: url(number), ..Page::with_two_unsafe_headers() });
    pages.collect()
}

/// Some of the pages, evenly spread.
pub(super) fn spread(pages: &[Page]) -> impl Iterator<Item = &Page> {
    (0..16).filter_map(|part| pages.get((pages.len() - 1) * part / 15))
}

/// Looks up 16 requests in turn. The cache has an answer for each.
fn look_up(entries: usize) -> Repeat {
    let pages = pages(entries);
    let environment = Environment::new(&Profile::FETCH);
    let mut cache = GrowingPreflightCache::with_limit(pages.len());
    for page in &pages {
        match fetch(page.request(), environment, &mut cache, Duration::ZERO) {
            Ok(Action::SendPreflight(awaiting)) => {
                let _ = awaiting.on_response(&GRANTED.response(), &mut cache, Duration::ZERO).expect("it passes");
            }
            _ => unreachable!("nothing is cached yet"),
        }
    }
    assert_eq!(cache.len(), pages.len());
    let requests: Vec<_> = spread(&pages).map(|page| page.request()).collect();
    let mut turns = (0..requests.len()).cycle();
    let reasons = |request: &'static Request<'static>| match route(request, &Profile::FETCH) {
        Ok(Route::CorsWithPreflight(reasons)) => (request, reasons),
        _ => unreachable!("it needs a preflight"),
    };
    let requests: Vec<_> = leak(requests).iter().map(reasons).collect();
    Box::new(move || {
        if let Some((request, reasons)) = turns.next().and_then(|turn| requests.get(turn)) {
            let verdict = cache_verdict(black_box(request), reasons, environment, &cache, Duration::ZERO);
            assert_eq!(black_box(verdict), CacheVerdict::Hit);
        }
    })
}
