//! The switches of a [`Profile`](super::Profile), one enum each. The first variant of each is the standard's behaviour.
//!
//! To change one thing in a browser, change the field of its profile:
//!
//! ```
//! use fetch_cors::browser::{Profile, profile::switches::AuthorizationUnderWildcard};
//!
//! let mut strict = Profile::CHROMIUM;
//! strict.authorization_under_wildcard = AuthorizationUnderWildcard::NotCovered;
//! ```

mod cache;
mod preflight;
mod redirect;
mod request;
mod response;

pub use self::{cache::*, preflight::*, redirect::*, request::*, response::*};
