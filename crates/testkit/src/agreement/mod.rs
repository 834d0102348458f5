//! The agreement law: the two halves of the crate agree.
//!
//! The law holds for every valid policy and every request that a page can make, in each browser:
//!
//! 1. A page reads a response if and only if the intent of each policy on its way allows that ([`meaning`]). It reads
//!    exactly the headers that the intent names.
//! 2. A refused page learns nothing, except what a policy sends to every origin, or what the application itself sends.
//!    The answer equals that of a policy that allows nobody, byte for byte, except for `Vary` ([`server`]).
//! 3. Both hold whether a response comes from the server, or from a shared cache that knows only `Vary`. Both hold
//!    whether a preflight is sent, or its answer is cached.
//! 4. A changed policy decides at once which pages read what, with cookies or without. A cached answer to a preflight
//!    may still allow a method and headers until it expires, and nothing else. A new preflight gets the new policy's
//!    answer.
//! 5. `Policy` and `OwnedPolicy` give equal answers.

mod application;
mod asking;
mod browsers;
mod intent;
mod meaning;
mod page;
mod server;
mod shared_cache;
mod tally;
mod verdict;
mod visit;
mod world;

use core::time::Duration;
use std::collections::BTreeMap;

use fetch_cors::browser::GrowingPreflightCache;

use crate::rng::Rng;

use self::{
    application::{Site, url},
    browsers::Browser,
    intent::EDITIONS,
    page::Page,
    server::{Server, Written},
    shared_cache::Wire,
    tally::Tally,
    visit::Client,
    world::World,
};

/// Draws sites with their policies, pages, and browsers, and has the pages fetch. Panics unless the law holds. Returns
/// how often each kind of case occurred.
pub fn holds(rng: &mut Rng) -> BTreeMap<&'static str, u64> {
    let mut tally = Tally::default();
    let mut clients = Browser::ALL.map(|browser| Client {
        browser,
        edition: rng.pick(&EDITIONS),
        tells_site: rng.once_in(2),
        private_network: rng.once_in(4),
        cache: GrowingPreflightCache::new(),
    });
    let mut now = Duration::ZERO;
    let mut eras = vec![Site::draw_all(rng)];
    let pages = Page::draw_all(rng, &eras[0]);
    live(rng, &eras, &pages, &mut clients, &mut now, &mut tally);
    if rng.once_in(2) {
        // A change of the policies empties the shared cache. The browsers' caches stay.
        eras.push(Site::draw_all(rng));
        live(rng, &eras, &pages, &mut clients, &mut now, &mut tally);
    }
    tally.0
}

/// Some fetches, while the policies stay the same.
fn live(
    rng: &mut Rng,
    eras: &[Vec<Site>],
    pages: &[Page],
    clients: &mut [Client],
    now: &mut Duration,
    tally: &mut Tally,
) {
    let sites = &eras[eras.len() - 1];
    let written: Vec<_> =
        sites.iter().map(|site| site.intent.as_ref().map(|intent| (intent, Written::of(intent)))).collect();
    let rules: Vec<_> =
        written.iter().map(|site| site.as_ref().map(|(intent, written)| (*intent, written.rules(intent)))).collect();
    let servers = rules.iter().map(|site| site.as_ref().map(|(intent, rules)| Server::new(intent, rules)));
    let mut world = World::new(sites, servers.collect());
    for _ in 0..=rng.below(40) {
        *now += Duration::from_secs(rng.pick(&[0, 0, 0, 0, 0, 0, 0, 0, 1, 4, 61, 601, 7201, 100_001]));
        if rng.once_in(3) {
            stray(rng, &mut world, sites, *now);
        }
        let page = &pages[rng.below(pages.len())];
        for client in &mut *clients {
            let url = url(sites[page.goes_to.0].origin, page.goes_to.1);
            let (got, trace) = visit::visit(client, &mut world, page, &url, *now);
            verdict::check(eras, page, client, &got, &trace, tally);
        }
    }
}

/// A request that no script makes: a navigation, an image, or a client that is not a browser.
fn stray(rng: &mut Rng, world: &mut World<'_>, sites: &[Site], now: Duration) {
    let site = &sites[rng.below(sites.len())];
    let origins: &[&[u8]] = match rng.below(6) {
        0..4 => &[],
        4 => &[b"https://a.example", b"https://a.example"],
        _ => &[b"https://evil.example/\xFF"],
    };
    let mut lines: Vec<_> = origins.iter().map(|origin| ("origin".to_owned(), origin.to_vec())).collect();
    lines.push((server::EDITION.into(), rng.pick(&EDITIONS).into()));
    let method = rng.pick(&["GET", "GET", "HEAD", "OPTIONS"]).to_owned();
    if method == "OPTIONS" && rng.once_in(2) {
        lines.push(("access-control-request-method".into(), b"PUT".to_vec()));
    }
    world.send(&Wire { method, url: url(site.origin, rng.pick(&[0, 0, 1, 2, 3])), lines }, now);
}
