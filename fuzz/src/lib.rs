//! The fuzz targets: each takes any bytes, and panics if the crate is wrong.
//!
//! `cargo fuzz run` generates the bytes. `cargo test --no-default-features` replays `corpus/`, and needs no engine.

mod browsers;
mod config;
mod decided;
pub mod seeds;
pub mod targets;
mod text;
