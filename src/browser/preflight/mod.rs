//! CORS-preflight fetch: the request that asks, the checks on what it is answered, and what that grants.

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
