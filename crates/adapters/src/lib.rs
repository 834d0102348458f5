//! Twelve cases with the same expected outcome for every adapter, whatever its framework or proxy.
//!
//! An adapter is started with the policy `cases/policy.json`, in front of the application that the cases need (for
//! example `cases/nginx.conf`). The judge sends it real requests. The browser half, in three profiles, decides what a
//! page reads of the answers.
//!
//! ```text
//! cases.json ──▶ cases ──▶ page  ──▶ wire ──▶ the adapter
//!                    └───▶ reload ──┘
//! ```
//!
//! - [`cases`]: the cases, as data.
//! - [`wire`]: a request to the adapter, and its answer.
//! - [`page`]: a step of a case, which is a fetch by a page in a browser or a request by another client.
//! - [`reload`]: many fetches at once, while the adapter's policy is replaced.

pub mod cases;
pub mod page;
pub mod reload;
pub mod wire;
