//! The work that the benchmarks measure, and what they share.
#![allow(clippy::expect_used, reason = "a benchmark may fail")]

pub mod callgrind;
pub mod counts;
pub mod growth;
pub mod hostile;
pub mod measured;
#[path = "../tests/oracle/mod.rs"]
#[expect(dead_code, unused_imports, reason = "the tests use the rest of it")]
mod oracle;
#[cfg(feature = "peers")]
pub mod peers;
#[path = "../tests/oracle/preflight_cache.rs"]
#[expect(dead_code, reason = "the tests use the rest of it")]
mod preflight_cache;
pub mod work;
