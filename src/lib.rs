//! CORS exactly as the [Fetch Standard](https://fetch.spec.whatwg.org/#http-cors-protocol) defines it, without I/O: which
//! headers a server should send, and what a browser makes of them.
//!
//! # Start here
//!
#![cfg_attr(
    feature = "tower",
    doc = "- **You have axum, tonic or another `tower` service.** Use [`tower::CorsLayer`]."
)]
#![cfg_attr(
    not(feature = "tower"),
    doc = "- **You have axum, tonic or another `tower` service.** Use `tower::CorsLayer` (feature `tower`)."
)]
//! - **You have another server or a proxy.** Begin with [`server`]: make a [`server::Policy`], call [`decide`] for each request, and
//!   write the [`server::Decision`] into the response.
//! - **A request fails and you want to know why.** Pass the responses to [`browser::Explanation`], or run the program `cors explain`
//!   of the repository.
//! - **You test a server, or you write a client with a browser's rules.** Begin with [`browser::fetch`].
#![cfg_attr(
    all(feature = "cache", feature = "url", feature = "serde", feature = "tower"),
    doc = "- **You come from another library, or have a task such as cookies, caches or a database.** Read the [`guide`]."
)]
#![cfg_attr(
    not(all(feature = "cache", feature = "url", feature = "serde", feature = "tower")),
    doc = "- **You come from another library, or have a task such as cookies, caches or a database.** Read the `guide`, which is shown where all features are on, as on docs.rs."
)]
//!
//! [`decide`]: server::Policy::decide
//!
//! # The server half
//!
//! A policy and a request go in, response headers come out.
//!
#![cfg_attr(feature = "server", doc = "```")]
#![cfg_attr(not(feature = "server"), doc = "```ignore")]
//! use fetch_cors::header::{Headers, PairSink};
//! use fetch_cors::server::{MAX_ANSWER_LINES, OriginPattern, Policy};
//!
//! static POLICY: Policy<'static> = Policy::builder(&[OriginPattern::new("https://*.app.example")])
//!     .methods("PUT, DELETE")
//!     .request_headers("content-type, authorization")
//!     .credentials()
//!     .max_age_seconds(7200)
//!     .build_or_panic(); // a mistake is a compile error
//!
//! let request: [(&str, &[u8]); 1] = [("origin", b"https://eu.app.example")];
//! let decision = POLICY.decide("GET", Headers::from_pairs(&request));
//! // A status means: send it at once, without a body. Without one the application answers.
//! assert_eq!(decision.status(), None);
//!
//! let mut memory = [("", &b""[..]); MAX_ANSWER_LINES];
//! let mut response = PairSink::new(&mut memory);
//! decision.write(&mut response)?;
//! assert_eq!(response.pairs()[1], ("access-control-allow-origin", &b"https://eu.app.example"[..]));
//! # Ok::<(), fetch_cors::header::CapacityError>(())
//! ```
//!
//! # The browser half
//!
//! It says what to send, you send it, and pass the response back. Here the server allows the origin and forgets the header:
//!
#![cfg_attr(feature = "cache", doc = "```")]
#![cfg_attr(not(feature = "cache"), doc = "```ignore")]
//! use core::time::Duration;
//! use fetch_cors::browser::{Action, Environment, GrowingPreflightCache, Profile, RequestInit, Response, Url, fetch};
//! use fetch_cors::{header::Headers, origin::Origin};
//!
//! let page = Origin::parse("https://app.example").unwrap();
//! let url = Url::new("https://api.example/items").unwrap();
//! let json: [(&str, &[u8]); 1] = [("Content-Type", b"application/json")];
//! let init = RequestInit { method: "POST", headers: Headers::from_pairs(&json), ..RequestInit::default() };
//! let request = init.request(url, page).unwrap();
//!
//! let (mut cache, now) = (GrowingPreflightCache::new(), Duration::ZERO);
//! let action = fetch(request, Environment::new(&Profile::FETCH), &mut cache, now).unwrap();
//! let Action::SendPreflight(awaiting) = action else { panic!("JSON needs a preflight") };
//!
//! let head: [(&str, &[u8]); 1] = [("Access-Control-Allow-Origin", b"https://app.example")];
//! let response = Response::new(204, Headers::from_pairs(&head)).unwrap();
//! let fixes: Vec<_> = awaiting.explain(&response).fix().map(|change| change.to_string()).collect();
//! assert_eq!(fixes, ["Access-Control-Allow-Headers: content-type"]);
//!
//! let error = awaiting.on_response(&response, &mut cache, now).unwrap_err();
//! assert_eq!(error.reason.to_string(), "`Access-Control-Allow-Headers` does not allow `content-type`");
//! assert_eq!(error.step().number, "7.7");
//! ```
//!
//! # Modules
//!
//! - [`server`] and [`browser`] are the halves. They are independent of each other: use either alone.
//! - [`header`], [`method`] and [`origin`] are the types that both halves share.
//! - [`spec`] has the numbered steps of the standard that reasons point at.
//!
//! # What holds everywhere
//!
//! Nothing here does I/O, reads a clock or keeps anything global. The caller brings the transport, the time, and for redirects a
//! URL parser. Values are borrowed and small, and each verdict carries its reason. No input panics.
//!
//! # Features
//!
//! - `server` (default): the server half.
//! - `browser`: the browser half, which takes as long to build as the rest.
//! - `std` (default): `alloc`, and what needs the standard library.
//! - `alloc`: caches that grow, and policies read at run time. Without it nothing allocates, and nothing links an allocator.
//! - `heapless`: a cache and a sink in fixed memory.
//! - `http`: `http::HeaderMap` as a header list and as a sink.
//! - `serde`: policies from configuration.
//! - `tower`: `tower::CorsLayer`, which serves a policy in front of a `tower` service.
//! - `tracing`: `tower::trace`, which writes events for refused requests.
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
// The pages link to items of all features and have examples with all of them.
#[cfg(all(any(doc, doctest), feature = "cache", feature = "url", feature = "serde", feature = "tower"))]
pub mod guide;
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

/// The examples of the pages of the repository.
#[cfg(all(doctest, feature = "url", feature = "serde", feature = "tower"))]
mod pages {
    #[doc = include_str!("../README.md")]
    struct Readme;
    #[doc = include_str!("../docs/patterns.md")]
    struct Patterns;
    #[doc = include_str!("../docs/policy-json.md")]
    struct PolicyJson;
    #[doc = include_str!("../docs/edge.md")]
    struct Edge;
}
