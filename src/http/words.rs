//! Methods, header names and statuses of the `http` crate.

#[cfg(feature = "browser")]
use crate::browser::response::Status;
use crate::{header::HeaderName, method::Method};

/// Every method of the `http` crate is a token.
impl<'a> From<&'a http::Method> for Method<'a> {
    fn from(method: &'a http::Method) -> Self {
        Method::from_transport(method.as_str())
    }
}

/// Fails for a method that the `http` crate does not take.
impl TryFrom<Method<'_>> for http::Method {
    type Error = http::method::InvalidMethod;

    fn try_from(method: Method<'_>) -> Result<Self, Self::Error> {
        http::Method::from_bytes(method.as_str().as_bytes())
    }
}

/// Every header name of the `http` crate is a token.
impl<'a> From<&'a http::HeaderName> for HeaderName<'a> {
    fn from(name: &'a http::HeaderName) -> Self {
        HeaderName::from_transport(name.as_str())
    }
}

/// Fails for a name that the `http` crate does not take: one of more than 65,535 bytes.
impl TryFrom<HeaderName<'_>> for http::HeaderName {
    type Error = http::header::InvalidHeaderName;

    fn try_from(name: HeaderName<'_>) -> Result<Self, Self::Error> {
        http::HeaderName::from_bytes(name.as_str().as_bytes())
    }
}

/// Every status of the `http` crate is a [`Status`].
#[cfg(feature = "browser")]
impl From<http::StatusCode> for Status {
    fn from(status: http::StatusCode) -> Self {
        Status::from_three_digits(status.as_u16())
    }
}

/// Fails for a status below 100.
#[cfg(feature = "browser")]
impl TryFrom<Status> for http::StatusCode {
    type Error = http::status::InvalidStatusCode;

    fn try_from(status: Status) -> Result<Self, Self::Error> {
        http::StatusCode::from_u16(status.as_u16())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn token_bytes_are_those_of_the_http_crate() {
        for byte in 0..=u8::MAX {
            if let Ok(method) = http::Method::from_bytes(&[b'A', byte]) {
                assert!(Method::new(method.as_str()).is_ok(), "{byte}");
            }
            if let Ok(name) = http::HeaderName::from_bytes(&[b'a', byte]) {
                assert!(HeaderName::new(name.as_str()).is_ok(), "{byte}");
            }
        }
        assert!(http::Method::from_bytes(b"").is_err() && http::HeaderName::from_bytes(b"").is_err());
    }

    #[test]
    #[cfg(feature = "browser")]
    fn status_codes_convert_both_ways_without_loss() {
        for number in 0..=1000 {
            let Ok(status) = http::StatusCode::from_u16(number) else { continue };
            assert_eq!(Ok(Status::from(status)), Status::new(number));
            assert_eq!(http::StatusCode::try_from(Status::from(status)).ok(), Some(status));
        }
    }
}
