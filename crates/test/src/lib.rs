#![doc = include_str!("../README.md")]
//!
//! # The way through
//!
//! ```text
//! Page + Fetch ──▶ Exchange ──▶ sent, referrer, site ──▶ Server ──▶ end ──▶ Fetched ──▶ Readable
//!   page, fetch     exchange      what browsers add       server            fetched       │
//!                                                                     report ◀── a failed assertion
//! cors_matrix!, TOML ──▶ Matrix ──▶ many pages and fetches, and three checks more       (matrix)
//! ```
#![cfg_attr(docsrs, feature(doc_cfg))]

mod browser;
mod code;
mod end;
mod exchange;
mod fetch;
mod fetched;
pub mod matrix;
mod page;
mod referrer;
mod report;
mod sent;
pub mod server;
mod site;

pub use browser::Browser;
pub use code::{ReasonCode, UnknownReasonCode};
pub use fetch::Fetch;
pub use fetch_cors::browser::{
    filter::ResponseType,
    request::{CacheMode, CredentialsMode, RedirectMode, ReferrerPolicy, RequestMode},
};
pub use fetched::{Fetched, Outcome, Readable, Unreadable};
pub use matrix::Matrix;
pub use page::Page;
