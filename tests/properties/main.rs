//! Two kinds of properties: any bytes give an error or a verdict, and the verdict agrees with the oracle, which runs
//! the standard's steps one by one.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod agreement;
mod any_bytes;
#[cfg(any(feature = "cache", feature = "heapless"))]
mod caches;
mod compared;
mod exercise;
mod names;
mod redirects;

/// This many cases, or as many as `PROPTEST_CASES` says.
fn config(cases: u32) -> proptest::test_runner::Config {
    use proptest::test_runner::Config;

    let config =
        if std::env::var_os("PROPTEST_CASES").is_some() { Config::default() } else { Config::with_cases(cases) };
    Config { failure_persistence: None, ..config }
}
