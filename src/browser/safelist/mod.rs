//! Safelists: the headers that a cross-origin request may have without a preflight.
//!
//! ```
//! use fetch_cors::browser::{Profile, safelist::{NotSafelisted, cors_safelisted_request_header}};
//! use fetch_cors::header::HeaderName;
//!
//! let check = |value: &[u8]| cors_safelisted_request_header(HeaderName::CONTENT_TYPE, value, &Profile::FETCH);
//! assert_eq!(check(b"text/plain;charset=utf-8"), Ok(()));
//! assert_eq!(check(b"application/json"), Err(NotSafelisted::Essence { length: 16 }));
//! ```

mod all_pass;
mod bytes;
mod client_hints;
mod mime;
mod range;
mod sorted;
mod unsafe_names;

use core::{error, fmt};

use crate::{
    browser::profile::{Profile, switches::MoreSafelistedHeaders},
    grammar::is_lowercase,
    header::HeaderName,
};
use bytes::{Classes, check_bytes};

pub(super) use all_pass::{Candidate, all_unsafe_names_are_marked, all_unsafe_names_pass};
pub use mime::InvalidMimeType;
pub use range::InvalidRange;
pub(super) use sorted::sorted_names;
pub use unsafe_names::{
    CorsUnsafeRequestHeader, CorsUnsafeRequestHeaderNames, UnsafeReason, cors_unsafe_request_header_names,
};

/// The longest value of a safelisted header, in bytes.
pub const SAFELISTED_VALUE_LIMIT: usize = 128;

/// The greatest total length of the values of all safelisted headers, in bytes.
pub const SAFELISTED_TOTAL_LIMIT: usize = 1024;

/// Why a header with a normalized value is not a CORS-safelisted request-header.
///
/// <https://fetch.spec.whatwg.org/#cors-safelisted-request-header>
///
/// ```
/// use fetch_cors::{browser::{Profile, safelist::{NotSafelisted, cors_safelisted_request_header}}, header::HeaderName};
///
/// let content_type = |value| cors_safelisted_request_header(HeaderName::CONTENT_TYPE, value, &Profile::FETCH);
/// assert_eq!(content_type(b"text/plain;charset=utf-8"), Ok(()));
/// assert_eq!(content_type(b"application/json"), Err(NotSafelisted::Essence { length: 16 }));
/// ```
#[inline]
pub fn cors_safelisted_request_header(
    name: HeaderName<'_>,
    value: &[u8],
    profile: &Profile,
) -> Result<(), NotSafelisted> {
    // 2 before 1, so that the reason is the name if a shorter value would not help.
    match (Rule::of(name), profile.more_safelisted_headers) {
        (Some(rule), _) => check_value(rule, value, profile),
        (None, MoreSafelistedHeaders::ClientHints) if value.len() <= SAFELISTED_VALUE_LIMIT => {
            client_hints::check(name, value)
        }
        (None, MoreSafelistedHeaders::None | MoreSafelistedHeaders::ClientHints) => Err(NotSafelisted::Name),
    }
}

fn check_value(rule: Rule, value: &[u8], profile: &Profile) -> Result<(), NotSafelisted> {
    // 1.
    if value.len() > SAFELISTED_VALUE_LIMIT {
        return Err(NotSafelisted::ValueLength { length: value.len() });
    }
    match rule {
        Rule::Accept => check_bytes(value, Classes::unsafe_in(profile)),
        Rule::Language => check_bytes(value, Classes::NOT_OF_LANGUAGE),
        Rule::ContentType => {
            // 1.
            check_bytes(value, Classes::unsafe_in(profile))?;
            // 2–4.
            mime::check_essence(value, profile.content_type_parsing)
        }
        Rule::Range => range::check_range(value, profile).map_err(NotSafelisted::Range),
    }
}

/// The rule for a header's value, by the header's name.
#[derive(Clone, Copy)]
enum Rule {
    Accept,
    Language,
    ContentType,
    Range,
}

impl Rule {
    #[inline]
    fn of(name: HeaderName<'_>) -> Option<Self> {
        let name = name.as_str().as_bytes();
        // OPTIMIZATION: the length of most names differs from those of the five. The result is the same.
        match name.len() {
            5 if is_lowercase(name, b"range") => Some(Rule::Range),
            6 if is_lowercase(name, b"accept") => Some(Rule::Accept),
            12 if is_lowercase(name, b"content-type") => Some(Rule::ContentType),
            15 if is_lowercase(name, b"accept-language") => Some(Rule::Language),
            16 if is_lowercase(name, b"content-language") => Some(Rule::Language),
            _ => None,
        }
    }
}

pub(super) fn has_no_unsafe_byte(value: &[u8]) -> bool {
    check_bytes(value, Classes::UNSAFE).is_ok()
}

/// Why a header is not a CORS-safelisted request-header.
///
/// <https://fetch.spec.whatwg.org/#cors-safelisted-request-header>
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum NotSafelisted {
    /// No header of this name is safelisted.
    Name,
    /// The value has more than 128 bytes.
    ValueLength {
        /// The length of the value, in bytes.
        length: usize,
    },
    /// The value has a byte that is not allowed in this header.
    Byte {
        /// The offset of the first such byte.
        offset: usize,
        /// That byte.
        byte: u8,
    },
    /// The value of `Content-Type` is not a MIME type.
    MimeType(InvalidMimeType),
    /// The value of `Content-Type` is a MIME type whose essence is not safelisted.
    Essence {
        /// The length of the essence, which is at the start of the value, in bytes.
        length: usize,
    },
    /// The value of `Range` is not a single range with a start.
    Range(InvalidRange),
}

impl fmt::Display for NotSafelisted {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            NotSafelisted::Name => formatter.write_str("no header of this name is safelisted"),
            NotSafelisted::ValueLength { length } => {
                write!(formatter, "the value has {length} bytes, more than {SAFELISTED_VALUE_LIMIT}")
            }
            NotSafelisted::Byte { offset, byte } => {
                write!(formatter, "the value has the byte `{}` at {offset}", byte.escape_ascii())
            }
            NotSafelisted::MimeType(error) => fmt::Display::fmt(error, formatter),
            NotSafelisted::Essence { .. } => formatter.write_str(
                "the MIME type is none of `application/x-www-form-urlencoded`, `multipart/form-data`, `text/plain`",
            ),
            NotSafelisted::Range(error) => fmt::Display::fmt(error, formatter),
        }
    }
}

impl error::Error for NotSafelisted {
    fn source(&self) -> Option<&(dyn error::Error + 'static)> {
        match self {
            NotSafelisted::MimeType(error) => Some(error),
            NotSafelisted::Range(error) => Some(error),
            _ => None,
        }
    }
}
