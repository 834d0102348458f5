//! What works in a policy, but hurts.

use core::fmt;

use super::{
    error::{Field, as_text},
    pattern::{Danger, Hosts, OriginPattern, Shape, Tuple},
    policy::{
        Policy,
        list::{Extent, Names},
        rule::{Credentials, Rule, admits},
        settings::{PrivateNetwork, Settings},
    },
    repeats::{Compared, Repeats},
};
use crate::{header::HeaderName, method::Method};

#[cfg(feature = "alloc")]
mod indexed;

/// A borrowed policy with more patterns is slow, because each request is compared with all of them.
const SCANNED_PATTERNS: usize = 256;

/// The longest time for which Chromium keeps an answer to a preflight, in seconds.
const CHROMIUM_MAX_AGE: u32 = 7200;

/// The longest time for which any browser does, in seconds.
const FIREFOX_MAX_AGE: u32 = 86400;

/// Something in a policy that works, but hurts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lint<'a> {
    /// The number of the rule, from 0.
    pub rule: usize,
    /// The field.
    pub field: Field,
    /// The number of the element in that field's list, from 0.
    pub index: usize,
    /// The element; empty if there is none.
    pub value: &'a str,
    /// What is the matter with it.
    pub kind: LintKind<'a>,
}

/// What is the matter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum LintKind<'a> {
    /// Another pattern covers this one, so it does nothing.
    PatternShadowed {
        /// The other pattern.
        by: &'a str,
    },
    /// The pattern stands there already.
    PatternRepeated,
    /// The pattern spells out a danger that it has.
    DangerSpelledOut(Danger),
    /// The pattern spells out a danger that it has not.
    DangerIdle(Danger),
    /// The pattern is of `http`, and there is none of `https` for that host.
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
    /// The name stands there already.
    NameRepeated,
    /// The name is allowed anyway.
    NameNeedless,
    /// The method is in another case than the one that browsers send it in.
    MethodCase,
    /// Browsers have given up the protocol.
    PrivateNetworkLegacy,
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
            LintKind::ManyPatterns => "many-patterns",
        }
    }

    /// What is the matter, as a fixed sentence.
    pub const fn text(&self) -> &'static str {
        match self {
            LintKind::PatternShadowed { .. } => "another pattern covers this one",
            LintKind::PatternRepeated => "the pattern stands there already",
            LintKind::DangerSpelledOut(Danger::OpaqueOrigin) => "any page can have the origin `null`",
            LintKind::DangerSpelledOut(Danger::InsecureScheme) => "whoever is on the network speaks as this origin",
            LintKind::DangerSpelledOut(Danger::AnyOrigin) => "every site acts as its visitor",
            LintKind::DangerSpelledOut(Danger::PublicSuffix) => "anyone can register a name under this one",
            LintKind::DangerIdle(_) => "the pattern does not have the danger that it spells out",
            LintKind::HttpsTwinMissing => "no pattern is for the same host with `https`",
            LintKind::PublicSuffix => "anyone can register a name under this one",
            LintKind::MaxAgeAboveLimit { limit: CHROMIUM_MAX_AGE } => "Chromium keeps answers for 7200 seconds at most",
            LintKind::MaxAgeAboveLimit { .. } => "no browser keeps answers for more than 86400 seconds",
            LintKind::MaxAgeMissing => "browsers keep answers to preflights for 5 seconds",
            LintKind::WildcardWithoutAuthorization => "`*` does not cover `Authorization`",
            LintKind::NameRepeated => "the name stands there already",
            LintKind::NameNeedless => "the name is allowed anyway",
            LintKind::MethodCase => "browsers send this method in upper case only",
            LintKind::PrivateNetworkLegacy => "browsers have given up this protocol",
            LintKind::ManyPatterns => "each request is compared with more than 256 patterns, one by one",
        }
    }

    /// What would mend it.
    pub const fn mend(&self) -> &'static str {
        match self {
            LintKind::PatternShadowed { .. } | LintKind::PatternRepeated => "drop one of them",
            LintKind::DangerSpelledOut(_) => "list the origins that need it, in a rule of their own",
            LintKind::DangerIdle(_) => "do not spell it out",
            LintKind::HttpsTwinMissing => "list the host with `https` too",
            LintKind::PublicSuffix => "list the origins, or spell out the danger `public-suffix` on it",
            LintKind::MaxAgeAboveLimit { .. } => "write that limit",
            LintKind::MaxAgeMissing => "write 7200, or 0 if that is meant",
            LintKind::WildcardWithoutAuthorization => "list `authorization` after the `*`, if requests have it",
            LintKind::NameRepeated | LintKind::NameNeedless => "drop it",
            LintKind::MethodCase => "write it in upper case, if that is meant",
            LintKind::PrivateNetworkLegacy => "drop it, unless old browsers need it",
            LintKind::ManyPatterns => "make it an `OwnedPolicy`, which looks origins up in an index",
        }
    }
}

impl Lint<'_> {
    /// A stable name of what is the matter.
    pub const fn code(&self) -> &'static str {
        self.kind.code()
    }

    /// What would mend it.
    pub const fn mend(&self) -> &'static str {
        self.kind.mend()
    }
}

impl fmt::Display for Lint<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Lint { rule, field, index, value, kind } = self;
        write!(formatter, "rule {rule}, `{field}`, {index}: `{value}`: {} ({})", kind.text(), kind.mend())
    }
}

/// A list of public suffixes, for [`Policy::lint_with`]: the crate has none, since such a list grows stale.
///
/// <https://publicsuffix.org/>
pub trait PublicSuffixes {
    /// Whether anyone can register a name under `domain`.
    fn is_public_suffix(&self, domain: &str) -> bool;
}

/// A policy of either form, to lint.
pub(super) trait Linted<'a>: Copy {
    fn settings(self) -> &'a Settings;
    /// The rules, their patterns apart.
    fn rules(self) -> impl Iterator<Item = Rule<'a>>;
    /// Whether the rule of this number allows credentials.
    fn credentials(self, rule: usize) -> Option<Credentials>;
    /// The patterns, each with the number of its rule, and its number there.
    fn patterns(self) -> impl Iterator<Item = (usize, usize, OriginPattern<'a>)>;
    /// Another pattern, of no later rule, that covers this one.
    fn shadow_of(self, rule: usize, pattern: OriginPattern<'_>) -> Option<&'a str>;
    /// Whether the same text stands there before.
    fn is_repeated(self, rule: usize, index: usize, pattern: OriginPattern<'_>) -> bool;
    /// Whether there is a pattern for the same host and port, with `https`.
    fn has_https_twin(self, pattern: OriginPattern<'_>) -> bool;
}

impl<'a> Linted<'a> for &'a Policy<'a> {
    fn settings(self) -> &'a Settings {
        &self.settings
    }

    fn rules(self) -> impl Iterator<Item = Rule<'a>> {
        Policy::rules(self).copied()
    }

    fn credentials(self, rule: usize) -> Option<Credentials> {
        Policy::rules(self).nth(rule).map(|rule| rule.credentials)
    }

    fn patterns(self) -> impl Iterator<Item = (usize, usize, OriginPattern<'a>)> {
        Policy::rules(self).enumerate().flat_map(|(number, rule)| {
            rule.origins.iter().enumerate().map(move |(index, pattern)| (number, index, *pattern))
        })
    }

    fn shadow_of(self, rule: usize, pattern: OriginPattern<'_>) -> Option<&'a str> {
        let mut others = self.patterns().take_while(|(number, ..)| *number <= rule);
        let stands_for_opaque = |number: usize, other: OriginPattern<'_>| {
            Policy::rules(self).nth(number).is_some_and(|rule| admits(&other, rule.credentials, b"null"))
        };
        let shadow = others.find(|(number, _, other)| {
            other.as_str() != pattern.as_str()
                && other.covers(pattern)
                && (pattern.shape != Shape::Opaque || stands_for_opaque(*number, *other))
        });
        shadow.map(|(.., other)| other.as_str())
    }

    fn is_repeated(self, rule: usize, index: usize, pattern: OriginPattern<'_>) -> bool {
        let mut earlier = self.patterns().take_while(|(number, place, _)| (*number, *place) != (rule, index));
        earlier.any(|(.., other)| other.as_str() == pattern.as_str())
    }

    fn has_https_twin(self, pattern: OriginPattern<'_>) -> bool {
        self.patterns().any(|(.., other)| is_https_twin(pattern, other))
    }
}

fn is_https_twin(pattern: OriginPattern<'_>, other: OriginPattern<'_>) -> bool {
    // The port of the twin is its own default one, the same one, or any.
    let port = matches!(other.port(), b"" | b":*") || other.port() == pattern.port();
    port && other.scheme() == b"https" && other.host() == pattern.host()
}

fn lint<'a>(policy: impl Linted<'a>, public_suffixes: Option<&dyn PublicSuffixes>, found: &mut dyn FnMut(Lint<'a>)) {
    for (rule, index, pattern) in policy.patterns() {
        let credentials = policy.credentials(rule) == Some(Credentials::Allowed);
        let mut tell = |kind| found(Lint { rule, field: Field::Origins, index, value: pattern.as_str(), kind });
        if policy.is_repeated(rule, index, pattern) {
            tell(LintKind::PatternRepeated);
        } else if let Some(by) = policy.shadow_of(rule, pattern) {
            tell(LintKind::PatternShadowed { by });
        }
        let public_suffix = is_public_suffix(pattern, public_suffixes);
        for danger in pattern.dangers() {
            let there = match danger {
                Danger::OpaqueOrigin => pattern.shape == Shape::Opaque,
                Danger::AnyOrigin => pattern.shape == Shape::Any && credentials,
                Danger::InsecureScheme => pattern.is_insecure() && credentials,
                // Without a list there is nothing to tell by.
                Danger::PublicSuffix => public_suffixes.is_none() || public_suffix,
            };
            tell(if there { LintKind::DangerSpelledOut(danger) } else { LintKind::DangerIdle(danger) });
        }
        if pattern.is_insecure() && pattern.scheme() == b"http" && !policy.has_https_twin(pattern) {
            tell(LintKind::HttpsTwinMissing);
        }
        if public_suffix && !pattern.dangers.contains(Danger::PublicSuffix) {
            tell(LintKind::PublicSuffix);
        }
    }
    for (number, rule) in policy.rules().enumerate() {
        lint_rule(number, &rule, found);
    }
    if policy.settings().private_network == PrivateNetwork::Allowed {
        let kind = LintKind::PrivateNetworkLegacy;
        found(Lint { rule: 0, field: Field::PrivateNetwork, index: 0, value: "", kind });
    }
}

fn is_public_suffix(pattern: OriginPattern<'_>, public_suffixes: Option<&dyn PublicSuffixes>) -> bool {
    let Shape::Tuple(Tuple { hosts: Hosts::Subdomains, .. }) = pattern.shape else { return false };
    let domain = as_text(pattern.host().strip_prefix(b".").unwrap_or_default());
    public_suffixes.is_some_and(|list| list.is_public_suffix(domain))
}

fn lint_rule<'a>(number: usize, rule: &Rule<'a>, found: &mut dyn FnMut(Lint<'a>)) {
    for (field, names) in [
        (Field::Methods, rule.methods),
        (Field::RequestHeaders, rule.request_headers),
        (Field::ExposedHeaders, rule.exposed_headers),
    ] {
        lint_names(number, field, names, found);
    }
    let mut tell = |value, kind| found(Lint { rule: number, field: Field::MaxAge, index: 0, value, kind });
    match rule.max_age.map(|max_age| max_age.seconds) {
        Some(seconds) if seconds > FIREFOX_MAX_AGE => {
            tell("", LintKind::MaxAgeAboveLimit { limit: FIREFOX_MAX_AGE });
        }
        Some(seconds) if seconds > CHROMIUM_MAX_AGE => {
            tell("", LintKind::MaxAgeAboveLimit { limit: CHROMIUM_MAX_AGE });
        }
        Some(_) => {}
        None if (rule.methods.extent, rule.request_headers.extent) != (Extent::Nothing, Extent::Nothing) => {
            tell("", LintKind::MaxAgeMissing);
        }
        None => {}
    }
}

fn lint_names<'a>(rule: usize, field: Field, names: Names<'a>, found: &mut dyn FnMut(Lint<'a>)) {
    let compared = if field == Field::Methods { Compared::AsWritten } else { Compared::IgnoringCase };
    let repeats = Repeats::new(names.elements, compared);
    let any = matches!(names.extent, Extent::Any | Extent::AnyAndAuthorization);
    for (index, element) in names.elements.iter().enumerate() {
        let value = as_text(element);
        let name = HeaderName::from_transport(value);
        let mut tell = |kind| found(Lint { rule, field, index, value, kind });
        if repeats.contains(index) {
            tell(LintKind::NameRepeated);
        }
        if element == b"*" {
            if field == Field::RequestHeaders && names.extent == Extent::Any {
                tell(LintKind::WildcardWithoutAuthorization);
            }
            continue;
        }
        let needless = match field {
            Field::Methods => any || matches!(element, b"GET" | b"HEAD" | b"POST"),
            Field::ExposedHeaders => any || name.is_cors_safelisted_response_header_name(),
            _ => any && !name.is_cors_non_wildcard_request_header_name(),
        };
        if needless {
            tell(LintKind::NameNeedless);
        }
        let other_case = Method::new(value).is_ok_and(|method| {
            let upper = |normal: &str| normal.eq_ignore_ascii_case(value) && normal != value;
            method.normalize() != method || upper("PATCH")
        });
        if field == Field::Methods && other_case {
            tell(LintKind::MethodCase);
        }
    }
}

fn lint_borrowed<'a>(
    policy: &'a Policy<'a>,
    public_suffixes: Option<&dyn PublicSuffixes>,
    found: &mut dyn FnMut(Lint<'a>),
) {
    if Linted::patterns(policy).nth(SCANNED_PATTERNS).is_none() {
        return lint(policy, public_suffixes, found);
    }
    found(Lint { rule: 0, field: Field::Origins, index: 0, value: "", kind: LintKind::ManyPatterns });
    #[cfg(feature = "alloc")]
    indexed::lint_by_index(policy, public_suffixes, found);
    #[cfg(not(feature = "alloc"))]
    lint(policy, public_suffixes, found);
}

impl<'a> Policy<'a> {
    /// Gives to `found` what works in the policy but hurts.
    ///
    /// Without the feature `alloc` this takes time that grows with the square of the number of patterns and of names.
    pub fn lint(&'a self, mut found: impl FnMut(Lint<'a>)) {
        lint_borrowed(self, None, &mut found);
    }

    /// The same, wildcards over public suffixes included.
    pub fn lint_with(&'a self, public_suffixes: &dyn PublicSuffixes, mut found: impl FnMut(Lint<'a>)) {
        lint_borrowed(self, Some(public_suffixes), &mut found);
    }
}

#[cfg(feature = "alloc")]
mod owned {
    use super::{Credentials, Lint, Linted, OriginPattern, PublicSuffixes, Rule, Settings, lint};
    use crate::server::policy::{owned::OwnedPolicy, view::RuleForm};

    impl<'a> Linted<'a> for &'a OwnedPolicy {
        fn settings(self) -> &'a Settings {
            OwnedPolicy::settings(self)
        }

        fn rules(self) -> impl Iterator<Item = Rule<'a>> {
            OwnedPolicy::rules(self).map(crate::server::policy::owned::OwnedRule::as_rule)
        }

        fn credentials(self, rule: usize) -> Option<Credentials> {
            OwnedPolicy::rules(self).nth(rule).map(RuleForm::credentials)
        }

        fn patterns(self) -> impl Iterator<Item = (usize, usize, OriginPattern<'a>)> {
            let mut last = (usize::MAX, 0);
            self.index().patterns().map(move |(rule, pattern)| {
                last = if last.0 == rule { (rule, last.1 + 1) } else { (rule, 0) };
                (rule, last.1, pattern)
            })
        }

        fn shadow_of(self, rule: usize, pattern: OriginPattern<'_>) -> Option<&'a str> {
            self.index().shadow_of(rule, pattern).map(|number| self.index().text(number))
        }

        fn is_repeated(self, rule: usize, index: usize, pattern: OriginPattern<'_>) -> bool {
            self.index().is_repeated(rule, index, pattern)
        }

        fn has_https_twin(self, pattern: OriginPattern<'_>) -> bool {
            self.index().has_https_twin(pattern)
        }
    }

    impl OwnedPolicy {
        /// See [`Policy::lint`](crate::server::Policy::lint).
        pub fn lint<'a>(&'a self, mut found: impl FnMut(Lint<'a>)) {
            lint(self, None, &mut found);
        }

        /// See [`Policy::lint_with`](crate::server::Policy::lint_with).
        pub fn lint_with<'a>(&'a self, public_suffixes: &dyn PublicSuffixes, mut found: impl FnMut(Lint<'a>)) {
            lint(self, Some(public_suffixes), &mut found);
        }
    }
}
