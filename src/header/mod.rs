//! Headers: names blind to ASCII case, borrowed lists that keep order and doubles, and the ways the standard reads a value.

mod list;
mod name;
mod value;

pub use list::{Header, HeaderSource, Headers, Iter};
pub use name::{HeaderName, InvalidHeaderName, Lowercase};
pub use value::{HeaderValue, InvalidElement, InvalidHeaderValue, ListValues, MultipleHeaders, check_header_value};
