//! The texts of the server half: refusals and mistakes.
#![no_std]
#![no_main]
use core::hint::black_box;

use fetch_cors::server::{OriginPattern, Policy, Rule};
use no_panic::*;

program!({
    let pattern = OriginPattern::new(text());
    write(pattern);
    pattern.fault().map(write);
    let builder = Policy::builder(black_box::<&[OriginPattern<'_>]>(&[])).rules(black_box::<&[Rule<'_>]>(&[]));
    builder.errors().for_each(write);
    if let Ok(policy) = builder.build() {
        let policy = black_box(&policy);
        policy.decide(text(), headers()).refusal().map(write);
    }
});
