//! The browser half: what a browser sends, and what it makes of the responses.
//!
//! # In which order to read
//!
//! 1. [`RequestInit`] and [`XhrInit`]: a request as `fetch()` or XMLHttpRequest makes it. [`request`] has its parts.
//! 2. [`fetch`]: a state machine over the whole of a fetch. Each [`Action`] says what to send; you send it, and pass the
//!    [`Response`] back. In the end there is an [`Outcome`] or a [`NetworkError`] with its [`Reason`] and its step.
//! 3. [`Environment`] and [`Profile`]: the browser, and its departures from the standard ([`profile`]).
//! 4. [`Explanation`]: every check of a response, the likely cause, and the headers that would fix it ([`explain`]). [`known_message`]: what
//!    a line of a browser's console means ([`ids`]).
//! 5. [`PreflightCache`]: which preflights are saved ([`cache`]). [`NoCache`] saves none.
//! 6. The algorithms one by one, each in the module with its name: [`route`], [`safelist`], [`preflight`], [`cors_check`], [`filter`],
//!    [`redirect`], [`timing_allow`], [`cross_origin_resource_policy`], [`mixed_content`].
//!
//! # Example
//!
//! A page reads a response, and one of its headers:
//!
//! ```
//! use core::time::Duration;
//! use fetch_cors::browser::{Action, Environment, NoCache, Outcome, Profile, RequestInit, Response, Url, fetch};
//! use fetch_cors::{header::Headers, origin::Origin};
//!
//! let page = Origin::parse("https://app.example").unwrap();
//! let url = Url::new("https://api.example/items").unwrap();
//! let request = RequestInit::default().request(url, page).unwrap();
//! let action = fetch(request, Environment::new(&Profile::FETCH), &mut NoCache, Duration::ZERO).unwrap();
//! let Action::SendRequest(awaiting) = action else { panic!("a GET without headers needs no preflight") };
//!
//! let head: [(&str, &[u8]); 3] =
//!     [("Access-Control-Allow-Origin", b"*"), ("Content-Type", b"application/json"), ("ETag", b"\"1\"")];
//! let response = Response::new(200, Headers::from_pairs(&head)).unwrap();
//! let Ok(Outcome::Response(filtered)) = awaiting.on_response(&response, &mut NoCache) else { panic!("it can be read") };
//! let names: Vec<_> = filtered.headers().map(|header| header.name.to_string()).collect();
//! assert_eq!(names, ["Content-Type"]);
//! ```

pub mod cache;
mod cors_check;
pub mod cross_origin_resource_policy;
pub mod driver;
pub mod environment;
pub mod error;
pub mod explain;
pub mod filter;
mod header_lookup;
mod http_network_fetch;
pub mod ids;
mod iterators;
pub mod mixed_content;
mod origin_header;
pub mod preflight;
pub mod profile;
pub mod redirect;
pub mod request;
pub mod response;
pub mod route;
pub mod safelist;
pub mod timing_allow;
pub mod url;
mod words;

// The root has the names that callers of `fetch` need. Everything else is in its module.
#[cfg(feature = "cache")]
#[doc(inline)]
pub use cache::GrowingPreflightCache;
#[doc(inline)]
pub use cache::{NoCache, PreflightCache};
pub use cors_check::cors_check;
#[doc(inline)]
pub use driver::{Action, AwaitingPreflight, AwaitingResponse, Outcome, OutgoingRequest, Redirect, fetch};
#[doc(inline)]
pub use environment::Environment;
#[doc(inline)]
pub use error::{NetworkError, Reason};
#[doc(inline)]
pub use explain::Explanation;
#[doc(inline)]
pub use filter::FilteredResponse;
#[doc(inline)]
pub use ids::known_message;
pub use origin_header::request_origin_header;
#[doc(inline)]
pub use profile::Profile;
#[doc(inline)]
pub use request::{Request, RequestInit, XhrInit};
#[doc(inline)]
pub use response::Response;
#[doc(inline)]
pub use url::Url;

#[cfg(feature = "url")]
pub use crate::url::{location_url, parse_location, parse_url};
