//! CORS-preflight fetch: the request, the checks of its response, and the grant.
//!
//! In order: [`preflight_request`] makes the request. [`check_preflight`] checks the response and returns a
//! [`PreflightGrant`], with a [`MaxAge`] in seconds for the [preflight cache](super::cache). [`preflight_failures`]
//! lists all failures, not only the first. [`route`](super::route::route) decides whether a preflight is needed.
//! [`fetch`](super::fetch()) does all of this.
//!
//! ```
//! use fetch_cors::browser::preflight::{check_preflight, preflight_request};
//! use fetch_cors::browser::{Profile, RequestInit, Response, Url};
//! use fetch_cors::{header::Headers, origin::Origin};
//!
//! let page = Origin::parse("https://app.example").unwrap();
//! let url = Url::new("https://api.example/items/1").unwrap();
//! let request = RequestInit { method: "DELETE", ..RequestInit::default() }.request(url, page).unwrap();
//! let preflight = preflight_request(&request, &Profile::FETCH);
//! assert_eq!(preflight.access_control_request_method.as_str(), "DELETE");
//!
//! let lines: [(&str, &[u8]); 2] =
//!     [("Access-Control-Allow-Origin", b"https://app.example"), ("Access-Control-Allow-Methods", b"PUT")];
//! let response = Response::new(204, Headers::from_pairs(&lines)).unwrap();
//! let error = check_preflight(&request, &response, &Profile::FETCH).unwrap_err();
//! assert_eq!(error.reason.to_string(), "`Access-Control-Allow-Methods` does not allow `DELETE`");
//! ```

mod check;
mod chromium_order;
mod grant;
mod max_age;
mod request;
mod webkit_order;

pub(super) use check::answer_of_refusal;
pub use check::{check_preflight, preflight_failures};
pub use grant::{GrantedHeaderNames, GrantedMethods, PreflightGrant};
pub use max_age::{MaxAge, MaxAgeSource};
pub use request::{PreflightHeader, PreflightRequest, preflight_request};
pub(super) use webkit_order::known_name as known_webkit_name;
