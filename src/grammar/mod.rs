//! From bytes to tokens: the grammar of HTTP and of the Fetch Standard, without any knowledge of CORS.

mod byte;
mod case;
pub(crate) mod const_bytes;
#[cfg(feature = "server")]
mod escape;
mod length_filter;
mod list;
#[cfg(feature = "browser")]
mod number;
mod split;
mod str_split;
pub(crate) mod swar;

#[cfg(feature = "server")]
pub(crate) use byte::is_list_byte;
pub(crate) use byte::{check_token, find_non_token, token, trim_tab_or_space};
#[cfg(feature = "browser")]
pub(crate) use byte::{has_byte, is_token_byte, trim_http_whitespace};
#[cfg(any(feature = "browser", feature = "server"))]
pub(crate) use case::is_lowercase;
#[cfg(all(feature = "browser", feature = "alloc"))]
pub(crate) use case::lowercase_start;
pub(crate) use case::{cmp_ignore_ascii_case, eq_ignore_ascii_case};
#[cfg(feature = "server")]
pub(crate) use escape::Escaped;
pub(crate) use length_filter::LengthFilter;
pub(crate) use list::Elements;
#[cfg(feature = "browser")]
pub(crate) use number::{InvalidNumber, signed_number, unsigned_number};
pub(crate) use split::{split, split_unquoted};
pub(crate) use str_split::split_once;
#[cfg(feature = "browser")]
pub(crate) use str_split::{rsplit_once, split_before, until};
