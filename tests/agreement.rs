//! The agreement law, by drawn policies and pages.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::expect_used,
    clippy::std_instead_of_core,
    clippy::items_after_statements
)]

mod law;
#[path = "law/seed.rs"]
mod seed;

use law::{
    Tally,
    dice::{self, Dice},
    holds,
};
use proptest::prelude::*;

/// Lets the law hold until there are so many triples of policy, request and browser.
fn hold(seed: u64, triples: u64) -> Tally {
    let (mut dice, mut tally) = (Dice::from_seed(seed), Tally::default());
    while tally.count("triples") < triples {
        tally.add(&holds(&mut dice));
    }
    tally
}

#[test]
fn the_law_holds() {
    let tally = hold(0x2_4A1F, 10_000);
    println!("{tally:#?}");
}

/// `cargo test --release --all-features --test agreement -- --ignored`
#[test]
#[ignore = "a million triples"]
fn the_law_holds_a_million_times() {
    let tally = hold(0x5EED_01A3, 1_000_000);
    println!("{tally:#?}");
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(64) })]

    #[test]
    fn the_law_holds_by_any_bytes(bytes in proptest::collection::vec(any::<u8>(), 0..600)) {
        holds(&mut Dice::from_bytes(&bytes));
    }
}
