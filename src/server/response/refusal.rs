//! Why requests are refused.

use core::{error, fmt};

use crate::{
    header::{FIELD_LIMIT, HeaderName},
    server::pattern::PatternFault,
};

/// Why a request is refused: the reason is in its origin, or in what a preflight asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Refusal<'a> {
    /// No rule matches the origin.
    NotAllowed {
        /// The origin.
        origin: &'a [u8],
    },
    /// The origin is `null`, and no rule allows it.
    Opaque,
    /// The value is not a well-formed origin, so no browser has sent it.
    Malformed {
        /// The value of `Origin`.
        value: &'a [u8],
        /// What is wrong with it.
        fault: PatternFault,
    },
    /// The request has several `Origin` lines, so no browser has sent it.
    SeveralOrigins,
    /// The origin needs an external look-up, and none was made, or it failed: see [`Policy::begin`](crate::server::Policy::begin) and
    /// [`OriginLookup::resume_without_answer`](crate::server::OriginLookup::resume_without_answer).
    NotLookedUp {
        /// The origin.
        origin: &'a [u8],
    },
    /// The policy has to read what the preflight asks for, and that is too long: more than 4096 bytes, blanks included, more
    /// than 8 lines that are not empty, or more than 256 names.
    RequestTooLong {
        /// `Access-Control-Request-Method` or `Access-Control-Request-Headers`.
        header: HeaderName<'static>,
    },
    /// The policy has to read what the preflight asks for, and that is not a token or not a list of tokens, so no browser has
    /// sent it.
    RequestMalformed {
        /// `Access-Control-Request-Method` or `Access-Control-Request-Headers`.
        header: HeaderName<'static>,
    },
}

impl Refusal<'_> {
    /// A stable name.
    pub const fn code(&self) -> &'static str {
        match self {
            Refusal::NotAllowed { .. } => "origin-not-allowed",
            Refusal::Opaque => "origin-opaque",
            Refusal::Malformed { .. } => "origin-malformed",
            Refusal::SeveralOrigins => "origin-several",
            Refusal::NotLookedUp { .. } => "origin-not-looked-up",
            Refusal::RequestTooLong { .. } => "request-too-long",
            Refusal::RequestMalformed { .. } => "request-malformed",
        }
    }
}

/// The longest value that is written in full, in bytes: more than an origin has.
const SHOWN_LIMIT: usize = 512;

impl fmt::Display for Refusal<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Refusal::NotAllowed { origin } => {
                write!(formatter, "no rule allows the origin `{}`", origin.escape_ascii())
            }
            Refusal::Opaque => formatter.write_str("no rule allows the origin `null`"),
            Refusal::Malformed { value, fault } => {
                let shown = value.get(..SHOWN_LIMIT).unwrap_or(value);
                let cut = if shown.len() < value.len() { "..." } else { "" };
                write!(formatter, "`{}{cut}`: {fault}", shown.escape_ascii())
            }
            Refusal::SeveralOrigins => formatter.write_str("the request has several `Origin` lines"),
            Refusal::NotLookedUp { origin } => {
                write!(formatter, "the origin `{}` was not looked up", origin.escape_ascii())
            }
            Refusal::RequestTooLong { header } => {
                write!(
                    formatter,
                    "`{header}` is too long to be answered: more than {FIELD_LIMIT} bytes, 8 lines or 256 names"
                )
            }
            Refusal::RequestMalformed { header } => {
                write!(formatter, "`{header}` does not have the form that browsers send")
            }
        }
    }
}

impl error::Error for Refusal<'_> {}
