//! Header names, header lists, and the ways in which the standard reads a value.
//!
//! 1. [`Headers`]: a list of lines to read, in order and with repeated names. It reads byte pairs, an `http::HeaderMap`, or
//!    your own type that implements [`HeaderSource`].
//! 2. [`HeaderName`]: a name, compared without regard to ASCII case.
//! 3. `HeaderSink`: a response to write into (feature `server`). `PairSink` is one in fixed memory.
//!
//! ```
//! use fetch_cors::header::{HeaderName, Headers};
//!
//! let pairs: [(&str, &[u8]); 2] = [("Vary", b"Accept"), ("vary", b"Origin")];
//! let headers = Headers::from_pairs(&pairs);
//! assert_eq!(headers.iter().filter(|header| header.name == HeaderName::VARY).count(), 2);
//! ```

mod extract;
mod forbidden;
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
pub use extract::{InvalidElement, ListValues, MultipleHeaders};
#[cfg(any(feature = "browser", feature = "server"))]
pub(crate) use list::RawLines;
pub use list::{Header, HeaderSource, Headers, Iter};
pub use name::{HeaderName, InvalidHeaderName, Lowercase};
#[cfg(feature = "server")]
pub use pairs::PairSink;
#[cfg(feature = "server")]
pub use sink::{AnswerSink, CapacityError, HeaderSink};
#[cfg(feature = "server")]
pub(crate) use sink::{AnySink, Stopped, with_any_sink};
#[cfg(feature = "browser")]
pub(crate) use value::EmptyLines;
pub use value::{CombinedValue, InvalidHeaderValue, check_header_value};
#[cfg(feature = "server")]
pub(crate) use value_ref::FIELD_LIMIT;
#[cfg(feature = "server")]
pub use value_ref::ValueRef;
#[cfg(feature = "server")]
pub(crate) use vary::OwnNames;
#[cfg(feature = "server")]
pub use vary::VaryNames;
