//! CORS exactly as the [Fetch Standard](https://fetch.spec.whatwg.org/) defines it.
#![no_std]
#![forbid(unsafe_code)]
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, clippy::expect_used))]

#[cfg(feature = "browser")]
pub mod browser;
mod grammar;
pub mod header;
#[cfg(all(feature = "server", feature = "heapless"))]
mod heapless;
#[cfg(feature = "http")]
mod http;
pub mod method;
pub mod origin;
#[cfg(feature = "serde")]
mod serde;
#[cfg(feature = "server")]
pub mod server;
pub mod spec;
#[cfg(feature = "url")]
mod url;
#[cfg(feature = "url")]
pub use url::location_parses;
