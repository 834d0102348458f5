//! The two halves agree, for random policies and pages.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::expect_used,
    clippy::std_instead_of_core,
    clippy::items_after_statements
)]

use std::collections::BTreeMap;

use proptest::prelude::*;
use testkit::{agreement::holds, rng::Rng};

/// How often each kind of case occurs at least among a million triples. A generator that produces fewer is wrong.
const SEEN: [(&str, u64); 31] = [
    ("opaque", 10_000),
    ("read, a stream sent", 2_000),
    ("read, after a change of policy", 10_000),
    ("read, after a redirect", 5_000),
    ("read, after two redirects", 500),
    ("read, an upload watched", 10_000),
    ("read, answer to a preflight kept", 5_000),
    ("read, by `null`", 5_000),
    ("read, by an origin that redirects made `null`", 300),
    ("read, by the application's say", 2_000),
    ("read, from the shared cache", 10_000),
    ("read, of the page's own origin", 2_000),
    ("read, preflight from the shared cache", 20_000),
    ("read, preflight stored for another", 200),
    ("read, preflighted", 30_000),
    ("read, said to everybody", 10_000),
    ("read, simple", 30_000),
    ("read, stored for another", 500),
    ("read, with credentials", 10_000),
    ("refused, after a redirect", 4_000),
    ("refused, by credentials", 20_000),
    ("refused, by header", 20_000),
    ("refused, by method", 30_000),
    ("refused, by origin", 100_000),
    ("refused, by the page itself", 20_000),
    ("refused, by the server itself", 3_000),
    ("refused, from the shared cache", 10_000),
    ("refused, stored for another", 100),
    ("refused, whatever answer was kept", 200),
    ("all, a method that is asked for", 300_000),
    ("all, redirected twice", 1_000),
];

/// Checks at least `triples` triples of policy, request and browser, and that every outcome occurs.
fn hold(seed: u64, triples: u64) {
    let (mut rng, mut total) = (Rng::from_seed(seed), BTreeMap::new());
    while total.get("triples").is_none_or(|count| *count < triples) {
        for (what, count) in holds(&mut rng) {
            *total.entry(what).or_insert(0) += count;
        }
    }
    println!("{total:#?}");
    // Rare cases may be missing in a small number.
    for (what, least) in SEEN.map(|(what, least)| (what, least * triples / 1_000_000)) {
        let count = total.get(what).copied().unwrap_or_default();
        assert!(least < 50 || count >= least, "{what}: {count} of {least}");
    }
}

#[test]
fn pages_read_what_policies_mean_in_ten_thousand_exchanges() {
    hold(0x2_4A1F, 10_000);
}

/// `cargo test --release --all-features --test agreement -- --ignored`
#[test]
#[ignore = "a million triples"]
fn pages_read_what_policies_mean_in_a_million_exchanges() {
    hold(0x5EED_01A3, 1_000_000);
}

#[test]
fn agreement_of_zero_bytes_draws_at_least_one_exchange() {
    assert!(holds(&mut Rng::from_bytes(&[]))["triples"] > 0);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(64) })]

    #[test]
    fn pages_read_what_policies_mean_for_any_bytes(bytes in proptest::collection::vec(any::<u8>(), 0..600)) {
        holds(&mut Rng::from_bytes(&bytes));
    }
}
