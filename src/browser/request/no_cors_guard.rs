//! The guard "request-no-cors": which values have been let through.

use crate::{
    browser::{
        profile::Profile,
        safelist::{self, SAFELISTED_VALUE_LIMIT},
    },
    grammar,
    header::HeaderName,
};

/// The combined values that the `request-no-cors` guard has let through: what must be known of each to judge the next.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct NoCorsValues {
    accept: Option<u8>,
    accept_language: Option<u8>,
    content_language: Option<u8>,
    content_type: Option<u8>,
    content_type_has_parameters: bool,
}

impl NoCorsValues {
    /// Appends the header if, combined with what is there, it is a no-CORS-safelisted request-header.
    // OPTIMIZATION: the values are not kept. A combined value is safe iff it is not too long, each part of it has safe
    // bytes alone (`, ` is always safe) and, for `Content-Type`, its essence is safelisted: that of the first part if
    // parameters have begun there, and otherwise none, since a subtype has no comma.
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
