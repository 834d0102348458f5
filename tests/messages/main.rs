//! Texts that people read, word for word: errors, verdicts and hints of both halves, and what `Debug` and `Display` show.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::std_instead_of_core,
    reason = "a test may fail"
)]
#![allow(clippy::too_many_lines, reason = "tables are long")]

#[cfg(feature = "browser")]
mod allow_origins;
#[cfg(feature = "config")]
mod answers;
#[cfg(feature = "browser")]
mod browsers;
#[cfg(feature = "config")]
mod builders;
#[cfg(feature = "cache")]
mod cache;
#[cfg(feature = "cache")]
mod caches;
#[cfg(feature = "browser")]
mod calls;
#[cfg(all(feature = "cache", feature = "config"))]
mod debug;
#[cfg(feature = "browser")]
mod departures;
mod equality;
#[cfg(feature = "browser")]
mod exchange;
#[cfg(feature = "browser")]
mod explanations;
#[cfg(feature = "browser")]
mod hints;
#[cfg(feature = "config")]
mod lints;
#[cfg(feature = "url")]
mod locations;
#[cfg(feature = "browser")]
mod messages;
#[cfg(feature = "config")]
mod mistakes;
#[cfg(feature = "browser")]
mod mixed;
#[cfg(feature = "cache")]
mod network;
#[cfg(feature = "browser")]
mod network_errors;
#[cfg(feature = "config")]
mod patterns;
#[cfg(feature = "config")]
mod requests;
#[cfg(feature = "browser")]
mod safelists;
#[cfg(feature = "config")]
mod sinks;
#[cfg(feature = "browser")]
mod visibility;
mod words;
