//! The essence of a MIME type, read as the MIME Sniffing Standard reads it.

use core::{error, fmt};

use super::NotSafelisted;
use crate::grammar::{find_non_token, trim_http_whitespace};

const SAFELISTED_ESSENCES: [&str; 3] = ["application/x-www-form-urlencoded", "multipart/form-data", "text/plain"];

/// Tells why a `Content-Type` has no safelisted essence. Parameters are not looked at: none makes a type invalid.
///
/// <https://mimesniff.spec.whatwg.org/#parse-a-mime-type>
pub(super) fn check_essence(value: &[u8]) -> Result<(), NotSafelisted> {
    // 1.
    let input = trim_http_whitespace(value);
    // 7, brought forward: the parameters begin at the first `;`.
    let essence = input.split(|byte| *byte == b';').next().map_or(input, trim_http_whitespace);
    // 2–9.
    let slash = essence.iter().position(|byte| *byte == b'/');
    let (type_, subtype) = match slash {
        Some(slash) => (essence.get(..slash).unwrap_or_default(), essence.get(slash + 1..).unwrap_or_default()),
        None => return Err(NotSafelisted::MimeType(InvalidMimeType::NoSubtype)),
    };
    if let Some(offset) = find_non_token(type_) {
        return Err(NotSafelisted::MimeType(InvalidMimeType::Type { offset }));
    }
    if let Some(offset) = find_non_token(subtype) {
        return Err(NotSafelisted::MimeType(InvalidMimeType::Subtype { offset }));
    }
    if SAFELISTED_ESSENCES.iter().any(|safelisted| safelisted.as_bytes().eq_ignore_ascii_case(essence)) {
        return Ok(());
    }
    Err(NotSafelisted::Essence { length: essence.len() })
}

/// A `Content-Type` is no MIME type.
///
/// <https://mimesniff.spec.whatwg.org/#parse-a-mime-type>
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum InvalidMimeType {
    /// There is no `/` before the parameters.
    NoSubtype,
    /// What stands before the `/` is no token.
    Type {
        /// The offset within the type of the first byte that no token has.
        offset: usize,
    },
    /// What stands after the `/` is no token.
    Subtype {
        /// The offset within the subtype of the first byte that no token has.
        offset: usize,
    },
}

impl fmt::Display for InvalidMimeType {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            InvalidMimeType::NoSubtype => formatter.write_str("the MIME type has no `/`"),
            InvalidMimeType::Type { offset } => write!(formatter, "the MIME type's type is no token at byte {offset}"),
            InvalidMimeType::Subtype { offset } => {
                write!(formatter, "the MIME type's subtype is no token at byte {offset}")
            }
        }
    }
}

impl error::Error for InvalidMimeType {}
