//! Values that an owned policy sends.

#[cfg(not(feature = "http"))]
extern crate alloc;

#[cfg(not(feature = "http"))]
use alloc::boxed::Box;

use crate::header::HeaderText;

/// A value as it is sent.
///
/// OPTIMIZATION: a clone of it does not copy, where the `http` crate is there to take one.
pub(in crate::server) struct Text(#[cfg(feature = "http")] http::HeaderValue, #[cfg(not(feature = "http"))] Box<str>);

impl Text {
    #[cfg(feature = "http")]
    pub(in crate::server) fn new(text: &str) -> Self {
        // All that a policy sends are tokens, origins, and numbers.
        Text(http::HeaderValue::from_str(text).unwrap_or(http::HeaderValue::from_static("")))
    }

    #[cfg(not(feature = "http"))]
    pub(in crate::server) fn new(text: &str) -> Self {
        Text(Box::from(text))
    }

    #[cfg(feature = "http")]
    #[inline]
    pub(in crate::server) fn header_text(&self) -> HeaderText<'_> {
        HeaderText::shared(&self.0)
    }

    #[cfg(not(feature = "http"))]
    #[inline]
    pub(in crate::server) fn header_text(&self) -> HeaderText<'_> {
        HeaderText::borrowed(self.0.as_bytes())
    }
}

impl core::fmt::Debug for Text {
    fn fmt(&self, formatter: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        self.header_text().fmt(formatter)
    }
}
