//! Dangers: what a pattern must spell out before a policy accepts it.

use core::{fmt, str};

use super::{Hosts, OriginPattern, Shape};
use crate::{convert::UnknownWord, server::credentials::Credentials};

/// Something that a pattern must spell out before a policy takes it: see
/// [`OriginPattern::dangerously_allow`](super::OriginPattern::dangerously_allow).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Danger {
    /// `null`: any page gets that origin by framing itself in a sandbox.
    OpaqueOrigin,
    /// An insecure scheme together with credentials: a network attacker speaks as that origin.
    InsecureScheme,
    /// `*` together with credentials: every site acts as its visitor.
    AnyOrigin,
    /// A wildcard over a public suffix together with credentials: anyone can register a name there.
    PublicSuffix,
    /// Any host of a scheme together with credentials: every extension or application of that kind acts as its user.
    AnyHost,
    /// `file://`: any file that a user opens has that origin in an old webview.
    FileOrigin,
}

impl Danger {
    /// All of them.
    pub const ALL: &'static [Danger] = &[
        Danger::OpaqueOrigin,
        Danger::InsecureScheme,
        Danger::AnyOrigin,
        Danger::PublicSuffix,
        Danger::AnyHost,
        Danger::FileOrigin,
    ];

    /// The codes of all of them.
    pub(crate) const CODES: &'static [&'static str] = &[
        Danger::OpaqueOrigin.code(),
        Danger::InsecureScheme.code(),
        Danger::AnyOrigin.code(),
        Danger::PublicSuffix.code(),
        Danger::AnyHost.code(),
        Danger::FileOrigin.code(),
    ];

    /// A stable name, as it is written in configuration.
    pub const fn code(self) -> &'static str {
        match self {
            Danger::OpaqueOrigin => "opaque-origin",
            Danger::InsecureScheme => "insecure-scheme",
            Danger::AnyOrigin => "any-origin",
            Danger::PublicSuffix => "public-suffix",
            Danger::AnyHost => "any-host",
            Danger::FileOrigin => "file-origin",
        }
    }
}

/// Writes the code.
impl fmt::Display for Danger {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(self.code())
    }
}

/// Reads the code.
///
/// ```
/// use fetch_cors::server::Danger;
///
/// assert_eq!("public-suffix".parse(), Ok(Danger::PublicSuffix));
/// ```
impl str::FromStr for Danger {
    type Err = UnknownWord;

    fn from_str(code: &str) -> Result<Self, UnknownWord> {
        let danger = Danger::ALL.iter().find(|danger| danger.code() == code);
        danger.copied().ok_or(UnknownWord::none_of(Danger::CODES))
    }
}

/// Some of the dangers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(in crate::server) struct Dangers(u8);

impl Dangers {
    pub(in crate::server) const NONE: Self = Dangers(0);

    pub(in crate::server) const fn contains(self, danger: Danger) -> bool {
        self.0 & 1 << danger as u8 != 0
    }

    pub(super) const fn with(self, danger: Danger) -> Self {
        Dangers(self.0 | 1 << danger as u8)
    }
}

impl OriginPattern<'_> {
    /// The dangers that this pattern has in a rule with these credentials.
    pub(in crate::server) const fn dangers_with(self, credentials: Credentials) -> Dangers {
        let mut found = Dangers::NONE;
        let credentials = matches!(credentials, Credentials::Allowed);
        match self.shape {
            Shape::Opaque => found = found.with(Danger::OpaqueOrigin),
            Shape::Any if credentials => found = found.with(Danger::AnyOrigin),
            Shape::Tuple(_) if self.is_file() => found = found.with(Danger::FileOrigin),
            Shape::Tuple(tuple) if credentials => {
                if self.is_insecure() {
                    found = found.with(Danger::InsecureScheme);
                }
                if self.is_over_public_suffix() {
                    found = found.with(Danger::PublicSuffix);
                }
                if matches!(tuple.hosts, Hosts::Any) {
                    found = found.with(Danger::AnyHost);
                }
            }
            _ => {}
        }
        found
    }

    /// The danger of this number, from 0, that the pattern has and does not spell out.
    pub(crate) const fn missing_danger(self, credentials: Credentials, number: usize) -> Option<Danger> {
        let found = self.dangers_with(credentials);
        let mut left = number;
        let mut rest = Danger::ALL;
        while let [danger, tail @ ..] = rest {
            if found.contains(*danger) && !self.dangers.contains(*danger) {
                if left == 0 {
                    return Some(*danger);
                }
                left -= 1;
            }
            rest = tail;
        }
        None
    }
}
