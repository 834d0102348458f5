//! The two halves against each other: the agreement law.
//!
//! For any policy that validates and any request that a page can make, in each browser:
//!
//! 1. A page reads a response if and only if the intent of each policy on its way says so ([`meaning`]); and the headers that it
//!    sees are exactly those that are meant.
//! 2. Who is refused learns nothing, save what a policy tells everybody, or what an application is left to say itself. The answer
//!    is byte for byte that of a policy with rules for nobody, `Vary` apart ([`server`]).
//! 3. Both hold whether a response comes from the server or from a cache that all browsers share, which knows `Vary` and nothing
//!    else; and whether a preflight was answered now, or an earlier answer was kept.
//! 4. A policy that is changed rules at once over who reads what, with cookies or without. An answer to a preflight that a
//!    browser has kept may spare a request the question about its method and headers until it dies, and nothing else; what is
//!    asked anew is answered by the policy of the day.
//! 5. Both forms of a policy say the same.

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

/// Draws sites with their policies, pages, and browsers; lets the pages ask, and fails unless the law holds. Tells what was seen,
/// and how often.
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
        // The policies are changed, and with them the shared cache is emptied. What browsers keep stays.
        eras.push(Site::draw_all(rng));
        live(rng, &eras, &pages, &mut clients, &mut now, &mut tally);
    }
    tally.0
}

/// Some visits, by policies that stay.
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

/// A request that no script makes: a navigation, an image, or something that is not a browser's.
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
