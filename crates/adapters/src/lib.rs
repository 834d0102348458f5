//! Twelve cases that every adapter answers alike, whatever framework or proxy it is for.
//!
//! An adapter is started with the policy `cases/policy.json`, in front of the application that the cases need (`cases/nginx.conf` is one).
//! The judge sends real requests to it. What a page makes of the answers is decided by the browser half, in three profiles.
//!
//! ```text
//! cases.json ──▶ cases ──▶ page  ──▶ wire ──▶ the adapter
//!                    └───▶ reload ──┘
//! ```
//!
//! - [`cases`]: the cases, as data.
//! - [`wire`]: a request to the adapter, and its answer.
//! - [`page`]: a step of a case: a fetch by a page in a browser, or a request by something else.
//! - [`reload`]: many fetches at once, while the adapter gets another policy.

pub mod cases;
pub mod page;
pub mod reload;
pub mod wire;
