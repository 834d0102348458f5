//! Which headers a request may carry across origins without a preflight.

mod client_hints;
mod mime;
mod range;
mod sorted;
mod unsafe_names;

use core::{error, fmt};

use crate::{
    browser::profile::{
        Profile,
        switches::{BytesAbove7F, MoreSafelistedHeaders},
    },
    header::HeaderName,
};

pub use mime::InvalidMimeType;
pub use range::InvalidRange;
pub(super) use sorted::sorted_names;
pub use unsafe_names::{
    CorsUnsafeRequestHeader, CorsUnsafeRequestHeaderNames, UnsafeReason, cors_unsafe_request_header_names,
};

/// The longest value of a safelisted header, in bytes.
pub const SAFELISTED_VALUE_LIMIT: usize = 128;

/// The most that the values of all safelisted headers may have together, in bytes.
pub const SAFELISTED_TOTAL_LIMIT: usize = 1024;

/// Tells why a header, its value normalized, is no CORS-safelisted request-header.
///
/// <https://fetch.spec.whatwg.org/#cors-safelisted-request-header>
///
/// ```
/// use fetch_cors::{browser::{NotSafelisted, Profile, cors_safelisted_request_header}, header::HeaderName};
///
/// let content_type = |value| cors_safelisted_request_header(HeaderName::CONTENT_TYPE, value, &Profile::FETCH);
/// assert_eq!(content_type(b"text/plain;charset=utf-8"), Ok(()));
/// assert_eq!(content_type(b"application/json"), Err(NotSafelisted::Essence { length: 16 }));
/// ```
pub fn cors_safelisted_request_header(
    name: HeaderName<'_>,
    value: &[u8],
    profile: &Profile,
) -> Result<(), NotSafelisted> {
    // 2 before 1, so that the reason is the name where a short value would not help.
    let Some(rule) = Rule::of(name) else {
        return match profile.more_safelisted_headers {
            MoreSafelistedHeaders::ClientHints if value.len() <= SAFELISTED_VALUE_LIMIT => {
                client_hints::check(name, value)
            }
            MoreSafelistedHeaders::None | MoreSafelistedHeaders::ClientHints => Err(NotSafelisted::Name),
        };
    };
    // 1.
    if value.len() > SAFELISTED_VALUE_LIMIT {
        return Err(NotSafelisted::ValueLength { length: value.len() });
    }
    let is_unsafe = |byte| is_cors_unsafe_request_header_byte(byte) || is_unsafe_above_7f(byte, profile);
    match rule {
        Rule::Accept => check_bytes(value, is_unsafe),
        Rule::Language => check_bytes(value, |byte| !is_language_byte(byte)),
        Rule::ContentType => {
            // 1.
            check_bytes(value, is_unsafe)?;
            // 2–4.
            mime::check_essence(value, profile.content_type_parsing)
        }
        Rule::Range => range::check_range(value, profile.range_numbers).map_err(NotSafelisted::Range),
    }
}

/// What makes a header's value safe, by its name.
#[derive(Clone, Copy)]
enum Rule {
    Accept,
    Language,
    ContentType,
    Range,
}

impl Rule {
    fn of(name: HeaderName<'_>) -> Option<Self> {
        // OPTIMIZATION: most names are told apart from the five by their length.
        match name.as_str().len() {
            5 if name == HeaderName::RANGE => Some(Rule::Range),
            6 if name == HeaderName::ACCEPT => Some(Rule::Accept),
            12 if name == HeaderName::CONTENT_TYPE => Some(Rule::ContentType),
            15 if name == HeaderName::ACCEPT_LANGUAGE => Some(Rule::Language),
            16 if name == HeaderName::CONTENT_LANGUAGE => Some(Rule::Language),
            _ => None,
        }
    }
}

fn check_bytes(value: &[u8], is_unsafe: impl Fn(u8) -> bool) -> Result<(), NotSafelisted> {
    match value.iter().enumerate().find(|(_, byte)| is_unsafe(**byte)) {
        Some((offset, byte)) => Err(NotSafelisted::Byte { offset, byte: *byte }),
        None => Ok(()),
    }
}

const fn is_unsafe_above_7f(byte: u8, profile: &Profile) -> bool {
    matches!(profile.bytes_above_7f, BytesAbove7F::Unsafe) && byte > 0x7F
}

pub(super) fn has_no_unsafe_byte(value: &[u8]) -> bool {
    check_bytes(value, is_cors_unsafe_request_header_byte).is_ok()
}

/// <https://fetch.spec.whatwg.org/#cors-unsafe-request-header-byte>
const fn is_cors_unsafe_request_header_byte(byte: u8) -> bool {
    matches!(
        byte,
        0x00..=0x08 | 0x0A..=0x1F | b'"' | b'(' | b')' | b':' | b'<' | b'>' | b'?' | b'@' | b'[' | b'\\' | b']'
            | b'{' | b'}' | 0x7F
    )
}

/// The bytes that `Accept-Language` and `Content-Language` may have.
const fn is_language_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b' ' | b'*' | b',' | b'-' | b'.' | b';' | b'=')
}

/// Why a header is no CORS-safelisted request-header.
///
/// <https://fetch.spec.whatwg.org/#cors-safelisted-request-header>
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum NotSafelisted {
    /// No header of this name is safelisted.
    Name,
    /// The value has more than 128 bytes.
    ValueLength {
        /// How many, in bytes.
        length: usize,
    },
    /// The value has a byte that its header may not have here.
    Byte {
        /// The offset of the first such byte.
        offset: usize,
        /// That byte.
        byte: u8,
    },
    /// The value of `Content-Type` is no MIME type.
    MimeType(InvalidMimeType),
    /// The value of `Content-Type` is a MIME type with an essence that no form has.
    Essence {
        /// How many bytes of the value, from its start, are the essence.
        length: usize,
    },
    /// The value of `Range` is no single range with a start.
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

impl error::Error for NotSafelisted {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_byte_has_its_class() {
        for byte in 0..=u8::MAX {
            let delimiter = b"\"():<>?@[\\]{}\x7F".contains(&byte);
            let expected = byte < 0x20 && byte != 0x09 || delimiter;
            assert_eq!(is_cors_unsafe_request_header_byte(byte), expected, "{byte:#04x}");
            let language = matches!(byte, 0x30..=0x39 | 0x41..=0x5A | 0x61..=0x7A)
                || [0x20, 0x2A, 0x2C, 0x2D, 0x2E, 0x3B, 0x3D].contains(&byte);
            assert_eq!(is_language_byte(byte), language, "{byte:#04x}");
        }
    }
}
