//! Values that an owned policy sends.

#[cfg(not(feature = "http"))]
extern crate alloc;

#[cfg(not(feature = "http"))]
use alloc::boxed::Box;

use crate::header::ValueRef;

/// A value as it is sent: a list, an origin or a number.
// OPTIMIZATION: with the `http` crate it is a `HeaderValue`, which a header map shares instead of copying it.
pub(in crate::server) struct OwnedValue(
    #[cfg(feature = "http")] http::HeaderValue,
    #[cfg(not(feature = "http"))] Box<str>,
);

impl OwnedValue {
    #[cfg(feature = "http")]
    pub(in crate::server) fn new(text: &str) -> Self {
        // All that a policy sends are tokens, origins, and numbers.
        OwnedValue(http::HeaderValue::from_str(text).unwrap_or(http::HeaderValue::from_static("")))
    }

    #[cfg(not(feature = "http"))]
    pub(in crate::server) fn new(text: &str) -> Self {
        OwnedValue(Box::from(text))
    }

    #[cfg(feature = "http")]
    #[inline]
    pub(in crate::server) fn value(&self) -> ValueRef<'_> {
        ValueRef::shared(&self.0)
    }

    #[cfg(not(feature = "http"))]
    #[inline]
    pub(in crate::server) fn value(&self) -> ValueRef<'_> {
        ValueRef::borrowed(self.0.as_bytes())
    }
}

impl core::fmt::Debug for OwnedValue {
    fn fmt(&self, formatter: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        self.value().fmt(formatter)
    }
}
