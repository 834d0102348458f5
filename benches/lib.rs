//! The work that the benchmarks measure, and their common code.
#![allow(clippy::expect_used, reason = "a benchmark may fail")]

#[cfg(feature = "callgrind")]
pub mod callgrind;
pub mod counts;
pub mod growth;
pub mod measured;
#[cfg(feature = "peers")]
pub mod peers;
pub mod work;
