//! Headers: names blind to ASCII case, borrowed lists that keep order and doubles, and the ways the standard reads a value.

mod list;
mod name;
#[cfg(feature = "server")]
pub(crate) mod pairs;
mod set;
#[cfg(feature = "server")]
pub(crate) mod sink;
#[cfg(feature = "server")]
mod text;
mod value;
#[cfg(feature = "server")]
pub(crate) mod vary;

#[cfg(all(feature = "server", feature = "http"))]
pub use crate::http::NotWritten;
pub use list::{Header, HeaderSource, Headers, Iter};
pub use name::{HeaderName, InvalidHeaderName, Lowercase};
#[cfg(feature = "server")]
pub use pairs::PairSink;
#[cfg(feature = "server")]
pub use sink::{Full, HeaderSink};
#[cfg(feature = "server")]
pub use text::HeaderText;
pub use value::{HeaderValue, InvalidElement, InvalidHeaderValue, ListValues, MultipleHeaders, check_header_value};
#[cfg(feature = "server")]
pub(crate) use vary::OwnNames;
#[cfg(feature = "server")]
pub use vary::VaryNames;
