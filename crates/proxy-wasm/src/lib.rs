//! A policy of `fetch-cors` as a proxy-wasm filter, for Envoy and the proxies that load the same modules.
//!
//! README says how to build it and how to configure a proxy. The proxy calls the functions that the module exports.
//! Only its own tests use it as a Rust library.
#![cfg_attr(target_arch = "wasm32", no_std)]

// The way of a request:
//
//   the proxy ──▶ abi.rs      the module's exports and imports, and its memory: all that is unsafe
//                   │
//                   ▼
//                filter.rs    configure: json.rs, policy.rs ── JSON to a policy, or every mistake
//                   │         request:   header_map.rs ── the head; decide; answer at once, or keep the decision
//                   │         response:  response.rs ── the kept decision, into the upstream's headers
//                   ▼
//                proxy.rs     what the filter asks of a proxy: a trait, so that tests can be the proxy

extern crate alloc;

#[cfg(target_arch = "wasm32")]
mod abi;
mod contexts;
mod filter;
mod header_map;
mod json;
mod policy;
mod proxy;
mod response;

#[cfg(test)]
mod tests;

pub use filter::{Action, Filters};
pub use header_map::{HeaderMap, Line};
pub use proxy::{HostError, Level, Map, Proxy};
