//! A policy in front of a `tower` service: axum, tonic, hyper, and everything else that takes a [`Layer`](tower_layer::Layer).
//!
//! Begin with [`CorsLayer`], which has an example.
//!
//! # Where to put it
//!
//! Wrap the whole router: without these headers no page can read an error, a redirect to a login, or a `404`. In axum that is
//! `Router::layer`, after the last route, because it does not wrap routes that are added later. Do not use `route_layer`: paths without a
//! route would bypass the layer, and with `MethodRouter::route_layer` all preflights would.
//!
//! To give parts of the router policies of their own, still use one layer, with [`CorsLayer::by_request`]. With a layer for each nested
//! router, a path without a route bypasses them all, unless its nested router has a fallback. After `Router::merge`, each path without a
//! route gets the policy of one of the routers.
//!
//! Add the layer after those that may answer themselves, such as a check of logins, a limit or a time-out: in axum the layer that is
//! added last is the outermost, and in a `tower::ServiceBuilder` the one that is added first. A preflight never has cookies or
//! `Authorization`, so a check of logins outside of this layer answers it with 401. [`CorsLayer::check_placement`] reports all of these in a test.
//!
//! Preflights are answered before your routes see them. If your application must answer them itself, do not use the layer: see
//! [`PreflightAnswer::response_headers`](crate::server::PreflightAnswer::response_headers).
//!
//! # What else it does
//!
//! | you want | use |
//! |---|---|
//! | another policy while the server runs | [`CorsLayer::reloadable`] |
//! | policies by path, host or tenant | [`CorsLayer::by_request`], with [`RequestHead::host`] |
//! | origins in a database | [`CorsLayer::with_lookup`] |
//! | to log or count refused requests | [`CorsLayer::on_refusal`], and [`trace`] with the feature `tracing` |
//!
//! A layer's type holds only what the layer uses, so the rest costs neither time nor space.
#![cfg_attr(not(feature = "tracing"), doc = "\n[`trace`]: RefusedRequest")]

// The way of a request:
//
// service ── source: which policy ──▶ decision ── refused: call the hook ──▶ answer, or call the service behind
//                                        ▲                                      and write into its response
//                                        └── lookup: wait for the caller's answer, if the layer has one

mod lookup;
mod placement;
mod refused;
mod service;
mod source;

pub use lookup::{Lookup, LookupResponseFuture};
pub use placement::Misplaced;
#[cfg(feature = "tracing")]
pub use refused::trace;
pub use refused::{RefusalHook, RefusedRequest};
pub use service::{Cors, CorsLayer, ResponseFuture};
pub use source::{PolicySource, RequestHead};
