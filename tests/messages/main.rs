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
#[cfg(all(feature = "server", feature = "alloc"))]
mod answers;
#[cfg(feature = "browser")]
mod browsers;
#[cfg(all(feature = "server", feature = "alloc"))]
mod builders;
#[cfg(all(feature = "browser", feature = "alloc"))]
mod cache;
#[cfg(all(feature = "browser", feature = "alloc"))]
mod caches;
#[cfg(feature = "browser")]
mod calls;
#[cfg(all(feature = "browser", feature = "server", feature = "alloc"))]
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
#[cfg(all(feature = "server", feature = "alloc"))]
mod lints;
#[cfg(feature = "url")]
mod locations;
#[cfg(feature = "browser")]
mod messages;
#[cfg(all(feature = "server", feature = "alloc"))]
mod mistakes;
#[cfg(feature = "browser")]
mod mixed;
#[cfg(all(feature = "browser", feature = "alloc"))]
mod network;
#[cfg(feature = "browser")]
mod network_errors;
#[cfg(all(feature = "server", feature = "alloc"))]
mod patterns;
#[cfg(all(feature = "server", feature = "alloc"))]
mod requests;
#[cfg(feature = "browser")]
mod safelists;
#[cfg(all(feature = "server", feature = "alloc"))]
mod sinks;
#[cfg(feature = "browser")]
mod visibility;
mod words;
