//! Whole fetches, through the driver.

use std::{hint::black_box, time::Duration};

use fetch_cors::browser::{
    Action, AwaitingResponse, Environment, GrowingPreflightCache, Outcome, PreflightCache, Profile, Request, Response,
    fetch,
};

use super::{
    message::{ALLOWED, EXPOSED, GRANTED, Page},
    transcribed, write,
};
use crate::work::{Repeat, Work};

pub(super) fn all() -> Vec<Work> {
    /// Longer than the lifetime of an answer.
    const AFTER_EXPIRY: Duration = Duration::from_secs(601);
    let asked = Page::with_two_unsafe_headers();
    vec![
        Work::new("fetch: simple", move || fetches(Page::simple().request(), Duration::ZERO)),
        Work::new("fetch: simple, transcribed", move || transcribed::fetches(Page::simple(), Duration::ZERO)),
        Work::new("fetch: uncached", move || fetches(asked.request(), AFTER_EXPIRY)),
        Work::new("fetch: uncached, transcribed", move || transcribed::fetches(asked, AFTER_EXPIRY)),
        Work::new("fetch: cached", move || fetches(asked.request(), Duration::ZERO)),
        Work::new("fetch: cached, transcribed", move || transcribed::fetches(asked, Duration::ZERO)),
    ]
}

/// Repeats a fetch, each time this much later. It writes all requests, and counts the headers that a script can read.
fn fetches(request: Request<'static>, later: Duration) -> Repeat {
    let (granted, allowed) = (GRANTED.response(), ALLOWED.response());
    let mut cache = GrowingPreflightCache::new();
    let mut now = Duration::ZERO;
    Box::new(move || {
        now += later;
        assert_eq!(black_box(fetch_once(black_box(&request), &granted, &allowed, &mut cache, now)), EXPOSED);
    })
}

fn fetch_once(
    request: &Request<'static>,
    granted: &Response<'static>,
    allowed: &Response<'static>,
    cache: &mut impl PreflightCache,
    now: Duration,
) -> usize {
    let awaiting = match fetch(*request, Environment::new(&Profile::FETCH), cache, now) {
        Ok(Action::SendPreflight(awaiting)) => {
            awaiting.preflight().headers().for_each(|(_, value)| write(value));
            awaiting.on_response(granted, cache, now).expect("the preflight passes")
        }
        Ok(Action::SendRequest(awaiting)) => awaiting,
        Ok(Action::FetchScheme(..)) => unreachable!("the URL is HTTP"),
        Err(error) => panic!("{error}"),
    };
    send(awaiting, allowed, cache)
}

fn send(awaiting: AwaitingResponse<'static>, allowed: &Response<'static>, cache: &mut impl PreflightCache) -> usize {
    let outgoing = awaiting.outgoing();
    outgoing.headers.iter().for_each(|header| {
        black_box(header);
    });
    match awaiting.on_response(allowed, cache) {
        Ok(Outcome::Response(response)) => response.headers().count(),
        Ok(Outcome::Redirect(_)) => unreachable!("the status is 200"),
        Err(error) => panic!("{error}"),
    }
}
