//! CORS exactly as the [Fetch Standard](https://fetch.spec.whatwg.org/) defines it, without I/O.
//!
//! # A tour
//!
//! - [`browser`] models what a browser does: it classifies a request, says what to send, checks what comes back, keeps the
//!   preflight cache, follows redirects, and tells what a script may read and why. Begin with [`browser::fetch`], the machine
//!   that does all of it, or use the algorithms one by one under the standard's own names. [`browser::Profile`] holds what
//!   browsers do otherwise than the standard; [`browser::Explanation`] says what would fix a response.
//! - [`server`] makes the answer: a [`server::Policy`], checked by the compiler, or a [`server::OwnedPolicy`] read from
//!   configuration, decides about a request and writes into the response's headers.
//! - [`header`], [`method`] and [`origin`] are the words that requests and responses are made of, and [`spec`] the numbered
//!   steps that reasons point at.
//!
//! The halves never name each other. Nothing here does I/O, reads a clock, or keeps anything global: the caller brings
//! transport, time, and for redirects a URL parser. Values are borrowed and small; verdicts carry their reason. No input panics.
//!
//! # Features
//!
//! - `browser`, `server` (default): the halves.
//! - `std` (default): `alloc`, and what needs the standard library.
//! - `alloc`: what grows. Without it nothing allocates, and nothing links an allocator.
//! - `heapless`: a cache and a sink in fixed memory.
//! - `http`: `http::HeaderMap` as a header list and as a sink.
//! - `serde`: policies from configuration.
//! - `tower`: `tower::CorsLayer`, which serves a policy in front of a `tower` service.
//! - `url`: the `url` crate's URLs, and `Location` parsed.
#![no_std]
#![cfg_attr(docsrs, feature(doc_cfg))]
#![forbid(unsafe_code)]
#![warn(clippy::alloc_instead_of_core, clippy::std_instead_of_core)]
#![warn(clippy::exhaustive_enums, clippy::exhaustive_structs)]
#![warn(clippy::indexing_slicing, clippy::unwrap_used, clippy::expect_used, clippy::panic)]
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, clippy::expect_used))]

#[cfg(feature = "browser")]
pub mod browser;
mod convert;
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
#[cfg(feature = "tower")]
pub mod tower;
#[cfg(feature = "url")]
mod url;

#[cfg(any(feature = "browser", feature = "server"))]
pub use convert::UnknownWord;

#[cfg(all(doctest, feature = "url", feature = "serde", feature = "tower"))]
#[doc = include_str!("../README.md")]
struct Readme;
