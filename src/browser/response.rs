//! Responses, as the transport gives them, and what their statuses mean.
//!
//! ```
//! use fetch_cors::browser::{Response, response::Status};
//! use fetch_cors::header::Headers;
//!
//! let response = Response::new(204, Headers::EMPTY).unwrap();
//! assert!(response.status.is_ok());
//! assert!(Status::new(1000).is_err());
//! ```

use core::{error, fmt};

use crate::header::Headers;

/// A response status: a number from 0 to 999.
///
/// <https://fetch.spec.whatwg.org/#concept-status>
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Status(u16);

impl Status {
    pub(super) const OK: Self = Status(200);
    pub(super) const NO_CONTENT: Self = Status(204);
    pub(super) const UNAUTHORIZED: Self = Status(401);

    /// Checks that a number is a status.
    pub const fn new(status: u16) -> Result<Self, InvalidStatus> {
        if status <= 999 { Ok(Status(status)) } else { Err(InvalidStatus { status }) }
    }

    /// The number of a status that the `http` crate has checked.
    #[cfg(feature = "http")]
    pub(crate) const fn from_three_digits(status: u16) -> Self {
        Status(status)
    }

    /// The number.
    pub const fn as_u16(self) -> u16 {
        self.0
    }

    /// Whether the status is 200 to 299.
    ///
    /// <https://fetch.spec.whatwg.org/#ok-status>
    pub const fn is_ok(self) -> bool {
        matches!(self.0, 200..=299)
    }

    /// Whether the status is 301, 302, 303, 307 or 308.
    ///
    /// <https://fetch.spec.whatwg.org/#redirect-status>
    pub const fn is_redirect(self) -> bool {
        matches!(self.0, 301 | 302 | 303 | 307 | 308)
    }

    /// Whether a response of this status has no body.
    ///
    /// <https://fetch.spec.whatwg.org/#null-body-status>
    pub const fn is_null_body(self) -> bool {
        matches!(self.0, 101 | 103 | 204 | 205 | 304)
    }
}

impl fmt::Display for Status {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, formatter)
    }
}

/// A number is not a status.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct InvalidStatus {
    /// The number.
    pub status: u16,
}

impl fmt::Display for InvalidStatus {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "status `{}` is above 999", self.status)
    }
}

impl error::Error for InvalidStatus {}

/// The head of a response, as it comes out of the HTTP layer: after its cache, and without interim (1xx) responses.
///
/// If a 304 revalidated a cached response, this is the stored response with its headers updated. A 304 that answers the page's
/// own `If-None-Match` is passed as it is.
///
/// <https://fetch.spec.whatwg.org/#concept-response>
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Response<'a> {
    /// The status.
    pub status: Status,
    /// The header list.
    pub headers: Headers<'a>,
}

impl<'a> Response<'a> {
    /// A response with this status and these headers.
    pub fn new(status: u16, headers: Headers<'a>) -> Result<Self, InvalidStatus> {
        Ok(Response { status: Status::new(status)?, headers })
    }
}
