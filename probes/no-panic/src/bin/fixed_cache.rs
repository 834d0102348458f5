//! The cache in fixed memory.
#![no_std]
#![no_main]
use core::{hint::black_box, time::Duration};

use fetch_cors::browser::{
    Action, PreflightCache,
    cache::{CacheEntry, CacheKey, EntryCredentials, FixedPreflightCache, Permission, cache_verdict},
    fetch,
    route::{Route, route},
};
use no_panic::*;

fn now() -> Duration {
    black_box(Duration::ZERO)
}

fn exercise<const ENTRIES: usize, const BYTES: usize>(mut cache: FixedPreflightCache<ENTRIES, BYTES>) {
    if let (Some(origin), Some(url)) = (origin(), url()) {
        let key = CacheKey { partition: text(), origin, url, opaque_in_fetch: Some(u64::from(now().subsec_nanos())) };
        let entry = CacheEntry {
            permission: black_box(Permission::HeaderName(text())),
            credentials: black_box(EntryCredentials::Included),
            expires: now(),
        };
        for _ in 0..number() {
            cache.append(key, entry, now());
            cache.visit(key, &mut |entry| keep(entry));
            cache.update(key, &mut |entry| black_box(entry.expires));
            cache.touch(key);
            keep((cache.len(), cache.is_empty()));
            if number() == 0 {
                cache.remove(key);
            }
        }
    }
    if let Some(request) = request() {
        if let Ok(Route::CorsWithPreflight(reasons)) = route(&request, profile()) {
            keep(cache_verdict(&request, &reasons, environment(), &cache, now()));
        }
        if let Ok(Action::SendPreflight(awaiting)) = fetch(request, environment(), &mut cache, now())
            && let Some(response) = response()
        {
            keep(awaiting.on_response(&response, &mut cache, now()).is_ok());
        }
    }
    keep(cache);
}

program!({
    exercise(FixedPreflightCache::<16, 128>::new());
    exercise(FixedPreflightCache::<1, 512>::new());
    exercise(FixedPreflightCache::<0, 0>::new());
});
