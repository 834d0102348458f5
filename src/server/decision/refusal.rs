//! Why origins are refused.

use core::{error, fmt};

use crate::server::pattern::PatternFault;

/// Why an origin is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Refusal<'a> {
    /// No rule is for it.
    NotAllowed {
        /// The origin.
        origin: &'a [u8],
    },
    /// It is `null`, and no rule lists that.
    Opaque,
    /// It is no well-formed origin, so no browser has sent it.
    Malformed {
        /// The value of `Origin`.
        value: &'a [u8],
        /// What is wrong with it.
        fault: PatternFault,
    },
    /// There are several `Origin` lines, so no browser has sent them.
    SeveralOrigins,
    /// A rule asks its caller about it, who has not been asked: see [`Policy::begin`](crate::server::Policy::begin).
    NotAsked {
        /// The origin.
        origin: &'a [u8],
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
            Refusal::NotAsked { .. } => "origin-not-asked",
        }
    }
}

impl fmt::Display for Refusal<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Refusal::NotAllowed { origin } => {
                write!(formatter, "no rule is for the origin `{}`", origin.escape_ascii())
            }
            Refusal::Opaque => formatter.write_str("no rule lists the origin `null`"),
            Refusal::Malformed { value, fault } => write!(formatter, "`{}`: {fault}", value.escape_ascii()),
            Refusal::SeveralOrigins => formatter.write_str("the request has several `Origin` lines"),
            Refusal::NotAsked { origin } => {
                write!(formatter, "nobody was asked about the origin `{}`", origin.escape_ascii())
            }
        }
    }
}

impl error::Error for Refusal<'_> {}
