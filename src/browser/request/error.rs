//! Why `fetch()` or XMLHttpRequest throws.

use core::{error, fmt};

use super::RequestMode;
use crate::{
    header::{self, Header, HeaderName, Headers, InvalidHeaderName, InvalidHeaderValue},
    method::{InvalidMethod, Method},
    spec::Step,
};

pub(super) fn find_invalid_header(headers: Headers<'_>) -> Option<RequestErrorReason<'_>> {
    headers.iter().find_map(|Header { name, value }| {
        if let Err(error) = HeaderName::new(name.as_str()) {
            return Some(RequestErrorReason::InvalidHeaderName { name: name.as_str(), error });
        }
        // Normalizing removes HTTP whitespace from both ends first.
        let error = header::check_header_value(crate::grammar::trim_http_whitespace(value)).err()?;
        Some(RequestErrorReason::InvalidHeaderValue { name, error })
    })
}

/// The exception that a page gets before anything is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct RequestError<'a> {
    /// The step that throws.
    pub step: Step,
    /// The reason.
    pub reason: RequestErrorReason<'a>,
}

/// Why a call throws.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum RequestErrorReason<'a> {
    /// The URL has a user name or a password.
    UrlIncludesCredentials,
    /// The mode is `navigate`, which only a browser uses.
    ModeNavigate,
    /// The mode has no word that a script can use.
    ModeUnknown {
        /// The mode.
        mode: RequestMode,
    },
    /// The method is not a token.
    InvalidMethod {
        /// The method.
        method: &'a str,
        /// The first byte that a token cannot have.
        error: InvalidMethod,
    },
    /// The method is `CONNECT`, `TRACE` or `TRACK`.
    ForbiddenMethod {
        /// The method.
        method: Method<'a>,
    },
    /// In mode "no-cors" the method is not `GET`, `HEAD` or `POST`.
    MethodInNoCors {
        /// The method.
        method: Method<'a>,
    },
    /// A header's name is not a token.
    InvalidHeaderName {
        /// The name.
        name: &'a str,
        /// The first byte that a token cannot have.
        error: InvalidHeaderName,
    },
    /// A header has an invalid value.
    InvalidHeaderValue {
        /// The header.
        name: HeaderName<'a>,
        /// The first byte that a value cannot have.
        error: InvalidHeaderValue,
    },
    /// A `GET` or `HEAD` has a body.
    BodyWithGetOrHead {
        /// The method.
        method: Method<'a>,
    },
    /// The body is a stream, and the mode neither "same-origin" nor "cors".
    StreamInMode {
        /// The mode.
        mode: RequestMode,
    },
    /// The body is a stream, and the member `duplex` is missing.
    StreamWithoutDuplex,
    /// The cache mode is "only-if-cached", and the mode is not "same-origin".
    OnlyIfCachedInMode {
        /// The mode.
        mode: RequestMode,
    },
}

impl fmt::Display for RequestErrorReason<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        use RequestErrorReason::*;
        match self {
            UrlIncludesCredentials => formatter.write_str("the URL has a user name or a password"),
            ModeNavigate => formatter.write_str("the mode `navigate` is the browser's own"),
            ModeUnknown { mode } => write!(formatter, "scripts have no mode `{mode}`"),
            InvalidMethod { method, error } => write!(formatter, "`{}`: {error}", method.escape_default()),
            ForbiddenMethod { method } => write!(formatter, "the method `{method}` is forbidden"),
            MethodInNoCors { method } => write!(formatter, "the mode `no-cors` has no method `{method}`"),
            InvalidHeaderName { name, error } => write!(formatter, "`{}`: {error}", name.escape_default()),
            InvalidHeaderValue { name, error } => write!(formatter, "`{name}`: {error}"),
            BodyWithGetOrHead { method } => write!(formatter, "a `{method}` has no body"),
            StreamInMode { mode } => write!(formatter, "a stream is not sent in mode `{mode}`"),
            StreamWithoutDuplex => formatter.write_str("a stream is sent with `duplex: \"half\"` alone"),
            OnlyIfCachedInMode { mode } => {
                write!(formatter, "the cache mode `only-if-cached` has no mode `{mode}`, but `same-origin`")
            }
        }
    }
}

impl fmt::Display for RequestError<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.reason, formatter)
    }
}

impl error::Error for RequestError<'_> {
    fn source(&self) -> Option<&(dyn error::Error + 'static)> {
        match &self.reason {
            RequestErrorReason::InvalidMethod { error, .. } => Some(error),
            RequestErrorReason::InvalidHeaderName { error, .. } => Some(error),
            RequestErrorReason::InvalidHeaderValue { error, .. } => Some(error),
            _ => None,
        }
    }
}
