//! The essence of a MIME type, parsed by the MIME Sniffing Standard.

use core::{error, fmt};

use super::NotSafelisted;
use crate::{
    browser::profile::switches::ContentTypeParsing,
    grammar::{eq_ignore_ascii_case, find_non_token, trim_http_whitespace},
};

const SAFELISTED_ESSENCES: [&str; 3] = ["application/x-www-form-urlencoded", "multipart/form-data", "text/plain"];

/// "Parse a MIME type": why the essence of a `Content-Type` is not safelisted. Parameters are not looked at: to the standard, none makes a type
/// invalid.
///
/// <https://mimesniff.spec.whatwg.org/#parse-a-mime-type>
pub(super) fn check_essence(value: &[u8], parsing: ContentTypeParsing) -> Result<(), NotSafelisted> {
    // 1.
    let input = trim_http_whitespace(value);
    let essence = match parsing {
        // 7, brought forward: the parameters begin at the first `;`.
        ContentTypeParsing::MimeType => until(input, |byte| byte == b';'),
        ContentTypeParsing::MediaType => media_type(input).map_err(NotSafelisted::MimeType)?,
    };
    let essence = trim_http_whitespace(essence);
    // OPTIMIZATION: what is one of these is a type and a subtype.
    if SAFELISTED_ESSENCES.iter().any(|safelisted| eq_ignore_ascii_case(safelisted.as_bytes(), essence)) {
        return Ok(());
    }
    // 2–9.
    let type_ = until(essence, |byte| byte == b'/');
    let Some([b'/', subtype @ ..]) = essence.get(type_.len()..) else {
        return Err(NotSafelisted::MimeType(InvalidMimeType::NoSubtype));
    };
    if let Some(offset) = find_non_token(type_) {
        return Err(NotSafelisted::MimeType(InvalidMimeType::Type { offset }));
    }
    if let Some(offset) = find_non_token(subtype) {
        return Err(NotSafelisted::MimeType(InvalidMimeType::Subtype { offset }));
    }
    Err(NotSafelisted::Essence { length: essence.len() })
}

fn until(bytes: &[u8], ends: impl Fn(u8) -> bool) -> &[u8] {
    bytes.split(|byte| ends(*byte)).next().unwrap_or_default()
}

// AD-HOC: Firefox reads the value as it reads a list of media types, and takes the only one.
fn media_type(input: &[u8]) -> Result<&[u8], InvalidMimeType> {
    if let Some(offset) = input.iter().position(|byte| *byte == b',') {
        return Err(InvalidMimeType::Comma { offset });
    }
    let essence = until(input, |byte| matches!(byte, b' ' | b'\t' | b';'));
    match input.iter().position(|byte| *byte == b';') {
        Some(first) if input.ends_with(b";") && first != input.len() - 1 => {
            Err(InvalidMimeType::LastParameter { offset: input.len() - 1 })
        }
        None if essence.len() != input.len() => Err(InvalidMimeType::Subtype { offset: essence.len() }),
        _ => Ok(essence),
    }
}

/// A `Content-Type` is not a MIME type.
///
/// <https://mimesniff.spec.whatwg.org/#parse-a-mime-type>
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum InvalidMimeType {
    /// There is no `/` before the parameters.
    NoSubtype,
    /// The type, before the `/`, is not a token.
    Type {
        /// The offset within the type of the first byte that no token has.
        offset: usize,
    },
    /// The subtype, after the `/`, is not a token.
    Subtype {
        /// The offset within the subtype of the first byte that no token has.
        offset: usize,
    },
    /// There is a comma, after which Firefox reads another type.
    Comma {
        /// The offset of the comma.
        offset: usize,
    },
    /// A `;` at the end is not the first `;`, which Firefox rejects.
    LastParameter {
        /// The offset of the `;`.
        offset: usize,
    },
}

impl fmt::Display for InvalidMimeType {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            InvalidMimeType::NoSubtype => formatter.write_str("the MIME type has no `/`"),
            InvalidMimeType::Type { offset } => {
                write!(formatter, "the MIME type's type is not a token at byte {offset}")
            }
            InvalidMimeType::Subtype { offset } => {
                write!(formatter, "the MIME type's subtype is not a token at byte {offset}")
            }
            InvalidMimeType::Comma { offset } => write!(formatter, "there is a comma at byte {offset}"),
            InvalidMimeType::LastParameter { offset } => {
                write!(formatter, "there is an empty parameter at byte {offset}")
            }
        }
    }
}

impl error::Error for InvalidMimeType {}
