//! CORS exactly as the [Fetch Standard](https://fetch.spec.whatwg.org/) defines it.
#![no_std]
#![forbid(unsafe_code)]
#![warn(clippy::alloc_instead_of_core, clippy::std_instead_of_core)]
#![warn(clippy::indexing_slicing, clippy::unwrap_used, clippy::expect_used, clippy::panic)]
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, clippy::expect_used))]

#[cfg(feature = "browser")]
pub mod browser;
mod grammar;
pub mod header;
#[cfg(feature = "http")]
mod http;
pub mod method;
pub mod origin;
pub mod spec;
#[cfg(feature = "url")]
mod url;
#[cfg(feature = "url")]
pub use url::parse_location;
