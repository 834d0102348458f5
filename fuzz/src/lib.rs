//! What is fuzzed: each target takes any bytes, and panics where the crate is wrong.
//!
//! `cargo fuzz run` gives the bytes; `cargo test --no-default-features` replays `corpus/`, and needs no engine.

mod browsers;
#[path = "../../tests/compare/mod.rs"]
mod compare;
mod config;
mod decided;
#[path = "../../tests/compare/driver.rs"]
mod driver;
#[path = "../../tests/law/mod.rs"]
mod law;
#[path = "../../tests/oracle/mod.rs"]
mod oracle;
#[path = "../../tests/oracle/origin_pattern.rs"]
mod origin_pattern;
#[path = "../../tests/oracle/preflight_cache.rs"]
mod preflight_cache;
pub mod seeds;
pub mod targets;
mod text;
#[path = "../../tests/oracle/valid_origin_pattern.rs"]
mod valid_origin_pattern;
