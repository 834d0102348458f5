//! CORS for actix-web, exactly as the Fetch Standard defines it: a policy of [`fetch_cors`] in front of an application.
//!
//! Begin with [`Cors`], which has an example. [`fetch_cors::server`] has all that a policy can say.
//!
//! # Where to put it
//!
//! Wrap the whole `App`, and do so last, so that this middleware is the outermost. Otherwise a `404`, or an error of
//! another middleware, has no CORS headers, and no page can read it. Preflights are answered before they reach your
//! routes.

// The way of a request:
//
// middleware ── cors: which policy, which look-up, which hook
//     │
//     └──────── headers: actix-web's header map, to read from and to write into

mod cors;
mod headers;
mod middleware;
mod refused;

pub use cors::Cors;
pub use middleware::{CorsMiddleware, ResponseFuture};
pub use refused::RefusedRequest;
#[cfg(feature = "tracing")]
pub use refused::trace;

/// README's example.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
