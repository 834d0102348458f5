//! Headers: names blind to ASCII case, borrowed lists that keep order and doubles, and the ways the standard reads a value.

mod list;
mod name;
#[cfg(feature = "server")]
pub(crate) mod pairs;
mod set;
#[cfg(feature = "server")]
pub(crate) mod sink;
mod value;
#[cfg(feature = "server")]
mod value_ref;
#[cfg(feature = "server")]
pub(crate) mod vary;

#[cfg(all(feature = "server", feature = "http"))]
pub use crate::http::WriteError;
#[cfg(feature = "server")]
pub(crate) use list::RawLines;
pub use list::{Header, HeaderSource, Headers, Iter};
pub use name::{HeaderName, InvalidHeaderName, Lowercase};
#[cfg(feature = "server")]
pub use pairs::PairSink;
#[cfg(feature = "server")]
pub use sink::{AnswerSink, CapacityError, HeaderSink};
pub use value::{HeaderValue, InvalidElement, InvalidHeaderValue, ListValues, MultipleHeaders, check_header_value};
#[cfg(feature = "server")]
pub(crate) use value_ref::FIELD_LIMIT;
#[cfg(feature = "server")]
pub use value_ref::ValueRef;
#[cfg(feature = "server")]
pub(crate) use vary::OwnNames;
#[cfg(feature = "server")]
pub use vary::VaryNames;
