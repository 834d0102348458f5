//! What is fuzzed: each target takes any bytes, and panics where the crate is wrong.
//!
//! `cargo fuzz run` gives the bytes; `cargo test --no-default-features` replays `corpus/`, and needs no engine.

mod browsers;
mod config;
mod decided;
pub mod seeds;
pub mod targets;
mod text;
