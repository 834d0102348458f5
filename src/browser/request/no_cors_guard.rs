//! The guard "request-no-cors", and the values that it has let through.

use crate::{
    browser::{
        profile::Profile,
        safelist::{self, SAFELISTED_VALUE_LIMIT},
    },
    grammar,
    header::HeaderName,
};

/// The combined values that the `request-no-cors` guard has let through, as far as the next value depends on them.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct NoCorsValues {
    accept: Option<u8>,
    accept_language: Option<u8>,
    content_language: Option<u8>,
    content_type: Option<u8>,
    content_type_has_parameters: bool,
}

impl NoCorsValues {
    /// Appends the header if its value, combined with the earlier ones, is that of a no-CORS-safelisted request-header.
    // OPTIMIZATION: does not store the values, so no memory is needed. A combined value is safe if and only if it is not too
    // long and all its parts have safe bytes (`, ` is always safe). For `Content-Type` the essence must be safelisted too. That
    // is the essence of the first part if it has parameters; otherwise there is none, because a subtype has no comma.
    pub(super) fn append(&mut self, name: HeaderName<'_>, value: &[u8]) -> bool {
        let length = match () {
            () if name == HeaderName::ACCEPT => &mut self.accept,
            () if name == HeaderName::ACCEPT_LANGUAGE => &mut self.accept_language,
            () if name == HeaderName::CONTENT_LANGUAGE => &mut self.content_language,
            () if name == HeaderName::CONTENT_TYPE => &mut self.content_type,
            () => return false,
        };
        let safe = match *length {
            Some(_) if name == HeaderName::CONTENT_TYPE => {
                self.content_type_has_parameters && safelist::has_no_unsafe_byte(value)
            }
            _ => safelist::cors_safelisted_request_header(name, value, &Profile::FETCH).is_ok(),
        };
        let combined = length.map_or(value.len(), |length| usize::from(length) + ", ".len() + value.len());
        match u8::try_from(combined) {
            Ok(combined) if safe && usize::from(combined) <= SAFELISTED_VALUE_LIMIT => *length = Some(combined),
            _ => return false,
        }
        if name == HeaderName::CONTENT_TYPE {
            self.content_type_has_parameters |= grammar::has_byte(value, b';');
        }
        true
    }
}
