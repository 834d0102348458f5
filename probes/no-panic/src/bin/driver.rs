//! The driver, with a cache of the caller's.
#![no_std]
#![no_main]
use core::{hint::black_box, time::Duration};

use fetch_cors::browser::{
    Action, AwaitingResponse, Outcome, PreflightCache,
    cache::{CacheEntry, CacheKey, EntryCredentials, Permission},
    fetch,
};
use no_panic::*;

/// A cache with unknown content.
struct Unknown;

fn entry() -> CacheEntry<'static> {
    CacheEntry {
        permission: black_box(Permission::Method(text())),
        credentials: black_box(EntryCredentials::Included),
        expires: now(),
    }
}

impl PreflightCache for Unknown {
    fn visit(&self, key: CacheKey<'_>, visit: &mut dyn FnMut(CacheEntry<'_>)) {
        keep(key);
        (0..number()).for_each(|_| visit(entry()));
    }

    fn update(&mut self, key: CacheKey<'_>, update: &mut dyn FnMut(CacheEntry<'_>) -> Duration) {
        keep(key);
        (0..number()).for_each(|_| keep(update(entry())));
    }

    fn append(&mut self, key: CacheKey<'_>, entry: CacheEntry<'_>, now: Duration) {
        keep((key, entry, now));
    }

    fn remove(&mut self, key: CacheKey<'_>) {
        keep(key);
    }
}

fn now() -> Duration {
    black_box(Duration::ZERO)
}

/// Continues with unknown responses while there are redirects.
fn go_on(mut action: Action<'static>) {
    loop {
        let awaiting: AwaitingResponse<'static> = match black_box(action) {
            Action::SendRequest(awaiting) => awaiting,
            Action::FetchScheme(scheme, awaiting) => {
                keep(scheme);
                awaiting
            }
            Action::SendPreflight(awaiting) => {
                keep(awaiting.preflight());
                keep(*awaiting.request());
                let Some(response) = response() else { return };
                if number() == 0 {
                    return keep(awaiting.on_network_error(&mut Unknown));
                }
                match awaiting.on_response(&response, &mut Unknown, now()) {
                    Ok(awaiting) => awaiting,
                    Err(error) => return keep((error, error.step())),
                }
            }
        };
        awaiting.outgoing().headers.iter().for_each(|header| keep_all(header.value.bytes()));
        keep(awaiting.outgoing());
        let Some(response) = response() else { return };
        keep(awaiting.prompts_for_credentials(&response));
        if number() == 0 {
            return keep(awaiting.on_network_error(&mut Unknown));
        }
        match awaiting.on_response(&response, &mut Unknown) {
            Ok(Outcome::Redirect(redirect)) => {
                keep((redirect.location(), redirect.base_url(), redirect.status()));
                match redirect.follow(url(), &mut Unknown, now()) {
                    Ok(next) => action = next,
                    Err(error) => return keep((error, error.step())),
                }
            }
            Ok(Outcome::Response(filtered)) => return keep_all(filtered.verdicts()),
            Err(error) => return keep((error, error.step())),
        }
    }
}

program!({
    if let Some(request) = request() {
        match fetch(request, environment(), &mut Unknown, now()) {
            Ok(action) => go_on(action),
            Err(error) => keep(error),
        }
    }
});
