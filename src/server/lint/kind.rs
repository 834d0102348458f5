//! The kinds of lints.

use core::fmt;

use crate::server::pattern::Danger;

/// The longest time for which Chromium keeps an answer to a preflight, in seconds.
pub(super) const CHROMIUM_MAX_AGE: u32 = 7200;

/// The longest time for which any browser does, in seconds.
pub(super) const FIREFOX_MAX_AGE: u32 = 86400;

/// The kind of a lint.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum LintKind<'a> {
    /// Another pattern covers this one, so it does nothing.
    PatternShadowed {
        /// The other pattern.
        by: &'a str,
    },
    /// The pattern repeats an earlier one.
    PatternRepeated,
    /// The pattern spells out a danger that it has.
    DangerSpelledOut(Danger),
    /// The pattern spells out a danger that it does not have.
    DangerIdle(Danger),
    /// The pattern has the scheme `http`, and no pattern with `https` matches its hosts.
    HttpsTwinMissing,
    /// The pattern is a wildcard over a public suffix.
    PublicSuffix,
    /// Browsers keep an answer for a shorter time.
    MaxAgeAboveLimit {
        /// The longest time, in seconds: that of Chromium, or above it that of all browsers.
        limit: u32,
    },
    /// There are preflights, and browsers keep the answers for five seconds only.
    MaxAgeMissing,
    /// `*` does not cover `Authorization`: requests with it fail, or ask again each time.
    WildcardWithoutAuthorization,
    /// The name repeats an earlier one.
    NameRepeated,
    /// The name is allowed anyway.
    NameNeedless,
    /// The method is in another case than the one that pages usually write it in, and case matters.
    MethodCase,
    /// Browsers no longer support the protocol.
    PrivateNetworkLegacy,
    /// No page has an origin with the pattern's scheme: a WebSocket's `Origin` is that of its page.
    SchemeNeverSent,
    /// A `*` is part of a name, where it is not a wildcard.
    LiteralAsterisk,
    /// A setting makes the answers to `*` depend on the request, so that caches keep one for each origin.
    WildcardVaries,
    /// A borrowed policy has more than 256 patterns, and compares an origin with all of them.
    ManyPatterns,
}

impl LintKind<'_> {
    /// A stable name.
    pub const fn code(&self) -> &'static str {
        match self {
            LintKind::PatternShadowed { .. } => "pattern-shadowed",
            LintKind::PatternRepeated => "pattern-repeated",
            LintKind::DangerSpelledOut(_) => "danger-spelled-out",
            LintKind::DangerIdle(_) => "danger-idle",
            LintKind::HttpsTwinMissing => "https-twin-missing",
            LintKind::PublicSuffix => "public-suffix",
            LintKind::MaxAgeAboveLimit { .. } => "max-age-above-limit",
            LintKind::MaxAgeMissing => "max-age-missing",
            LintKind::WildcardWithoutAuthorization => "wildcard-without-authorization",
            LintKind::NameRepeated => "name-repeated",
            LintKind::NameNeedless => "name-needless",
            LintKind::MethodCase => "method-case",
            LintKind::PrivateNetworkLegacy => "private-network-legacy",
            LintKind::SchemeNeverSent => "scheme-never-sent",
            LintKind::LiteralAsterisk => "literal-asterisk",
            LintKind::WildcardVaries => "wildcard-varies",
            LintKind::ManyPatterns => "many-patterns",
        }
    }

    /// The problem, as a fixed sentence.
    pub const fn text(&self) -> &'static str {
        match self {
            LintKind::PatternShadowed { .. } => "another pattern covers this one",
            LintKind::PatternRepeated => "the pattern repeats an earlier one",
            LintKind::SchemeNeverSent => "no page has an origin with this scheme",
            LintKind::LiteralAsterisk => "a `*` within a name is not a wildcard",
            LintKind::WildcardVaries => {
                "answers to `*` would be the same for everybody without this setting, and need no `Vary`"
            }
            LintKind::DangerSpelledOut(Danger::AnyHost) => {
                "every extension or application of this kind acts as its user"
            }
            LintKind::DangerSpelledOut(Danger::FileOrigin) => {
                "any file that a user opens can have the origin `file://`"
            }
            LintKind::DangerSpelledOut(Danger::OpaqueOrigin) => "any page can have the origin `null`",
            LintKind::DangerSpelledOut(Danger::InsecureScheme) => "a network attacker speaks as this origin",
            LintKind::DangerSpelledOut(Danger::AnyOrigin) => "every site acts as its visitor",
            LintKind::DangerSpelledOut(Danger::PublicSuffix) => "anyone can register a name under this one",
            LintKind::DangerIdle(_) => "the pattern does not have the danger that it spells out",
            LintKind::HttpsTwinMissing => "no pattern matches the same host with `https`",
            LintKind::PublicSuffix => "anyone can register a name under this one",
            LintKind::MaxAgeAboveLimit { limit: CHROMIUM_MAX_AGE } => "Chromium keeps answers for 7200 seconds at most",
            LintKind::MaxAgeAboveLimit { .. } => "no browser keeps answers for more than 86400 seconds",
            LintKind::MaxAgeMissing => "browsers keep answers to preflights for 5 seconds",
            LintKind::WildcardWithoutAuthorization => "`*` does not cover `Authorization`",
            LintKind::NameRepeated => "the name repeats an earlier one",
            LintKind::NameNeedless => "the name is allowed anyway",
            LintKind::MethodCase => {
                "methods are compared byte for byte, and pages usually write this one in upper case"
            }
            LintKind::PrivateNetworkLegacy => "browsers no longer support this protocol",
            LintKind::ManyPatterns => "each request is compared with more than 256 patterns, one by one",
        }
    }

    /// How to fix it, as a fixed sentence.
    pub const fn fix(&self) -> &'static str {
        match self {
            LintKind::PatternShadowed { .. } | LintKind::PatternRepeated => "drop one of them",
            LintKind::DangerSpelledOut(_) => "list the origins that need it, in a rule of their own",
            LintKind::DangerIdle(_) => "do not spell it out",
            LintKind::HttpsTwinMissing => "list the host with `https` too",
            LintKind::PublicSuffix => "list the origins, or spell out the danger `public-suffix` on it",
            LintKind::MaxAgeAboveLimit { limit: CHROMIUM_MAX_AGE } => {
                "no harm: Firefox keeps them for up to 86400 seconds"
            }
            LintKind::MaxAgeAboveLimit { .. } => "write 86400",
            LintKind::MaxAgeMissing => "write 7200, or 0 if that is meant",
            LintKind::WildcardWithoutAuthorization => "list `authorization` after the `*`, if requests have it",
            LintKind::NameRepeated | LintKind::NameNeedless => "drop it",
            LintKind::MethodCase => "write it in upper case, unless pages do not",
            LintKind::PrivateNetworkLegacy => "drop it, unless old browsers need it",
            LintKind::SchemeNeverSent => {
                "list the origin of the page: `https` in place of `wss`, `http` in place of `ws`"
            }
            LintKind::LiteralAsterisk => "list the names one by one, or write `*` alone",
            LintKind::WildcardVaries => "leave the setting at its default",
            LintKind::ManyPatterns => "make it an `OwnedPolicy`, which looks origins up in an index",
        }
    }
}

impl fmt::Display for LintKind<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(self.text())
    }
}
