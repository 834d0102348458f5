//! Lints: settings of a policy that are valid, and risky or useless.

use core::fmt;

use super::{
    config::Field,
    credentials::Credentials,
    pattern::{Danger, OriginPattern, Shape},
    policy::{
        list::{AllowList, Coverage},
        repeats::{Compared, Repeats},
        rule::Rule,
        settings::{Disclosure, Enforcement, PrivateNetwork, Settings},
    },
};
use crate::{
    grammar::{Escaped, const_bytes::as_text},
    header::HeaderName,
};

mod borrowed;
mod kind;
mod owned;

pub use kind::LintKind;
use kind::{CHROMIUM_MAX_AGE, FIREFOX_MAX_AGE};

/// A setting that is valid, and risky or useless.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Lint<'a> {
    /// The number of the rule, from 0.
    pub rule: usize,
    /// The field.
    pub field: Field,
    /// The number of the element in that field's list, from 0.
    pub index: usize,
    /// The element, or an empty text if the lint is not about an element.
    pub value: &'a str,
    /// What is wrong with it.
    pub kind: LintKind<'a>,
}

impl Lint<'_> {
    /// A stable name of the kind.
    pub const fn code(&self) -> &'static str {
        self.kind.code()
    }

    /// How to fix it, as a fixed sentence.
    pub const fn fix(&self) -> &'static str {
        self.kind.fix()
    }
}

impl fmt::Display for Lint<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Lint { rule, field, index, value, kind } = self;
        write!(formatter, "rule {rule}, `{field}`, {index}: `{}`: {} ({})", Escaped(value), kind.text(), kind.fix())
    }
}

/// A whole list of public suffixes, for [`Policy::lint_with`](super::Policy::lint_with). The crate checks and lints with a short list of its own. The
/// whole list grows stale, so the caller brings it.
///
/// <https://publicsuffix.org/>
pub trait PublicSuffixes {
    /// Whether anyone can register a name under `domain`.
    fn is_public_suffix(&self, domain: &str) -> bool;
}

/// A policy of either form, to lint.
pub(super) trait Linted<'a>: Copy {
    fn settings(self) -> &'a Settings;
    /// The rules. The rules of an owned policy come without their patterns.
    fn rules(self) -> impl Iterator<Item = Rule<'a>>;
    /// Whether the rule of this number allows credentials.
    fn credentials(self, rule: usize) -> Option<Credentials>;
    /// The patterns, each with the number of its rule, and its number there.
    fn patterns(self) -> impl Iterator<Item = (usize, usize, OriginPattern<'a>)>;
    /// Another pattern, of no later rule, that covers this one.
    fn shadow_of(self, rule: usize, pattern: OriginPattern<'_>) -> Option<&'a str>;
    /// Whether an earlier pattern has the same text.
    fn is_repeated(self, rule: usize, index: usize, pattern: OriginPattern<'_>) -> bool;
    /// Whether patterns with `https` match all of its hosts, on the same port or on their default one.
    fn has_https_twin(self, pattern: OriginPattern<'_>) -> bool;
}

fn lint<'a>(policy: impl Linted<'a>, public_suffixes: Option<&dyn PublicSuffixes>, found: &mut dyn FnMut(Lint<'a>)) {
    for (rule, index, pattern) in policy.patterns() {
        let rule_credentials = policy.credentials(rule).unwrap_or(Credentials::Omitted);
        let mut report = |kind| found(Lint { rule, field: Field::Origins, index, value: pattern.as_str(), kind });
        if policy.is_repeated(rule, index, pattern) {
            report(LintKind::PatternRepeated);
        } else if let Some(by) = policy.shadow_of(rule, pattern) {
            report(LintKind::PatternShadowed { by });
        }
        let public_suffix = is_public_suffix(pattern, public_suffixes);
        let present = pattern.dangers_with(rule_credentials);
        for danger in pattern.dangers() {
            // Without the whole list the crate may not know the public suffix.
            let unknown = danger == Danger::PublicSuffix && (public_suffixes.is_none() || public_suffix);
            let there = unknown || present.contains(danger);
            report(if there { LintKind::DangerSpelledOut(danger) } else { LintKind::DangerIdle(danger) });
        }
        if is_never_sent(pattern.scheme()) {
            report(LintKind::SchemeNeverSent);
        }
        if pattern.is_insecure() && pattern.scheme() == b"http" && !policy.has_https_twin(pattern) {
            report(LintKind::HttpsTwinMissing);
        }
        if public_suffix && !pattern.dangers.contains(Danger::PublicSuffix) {
            report(LintKind::PublicSuffix);
        }
    }
    for (number, rule) in policy.rules().enumerate() {
        lint_rule(number, &rule, found);
    }
    if is_wildcard_alone(policy) {
        let settings = policy.settings();
        for (field, varies) in [
            (Field::Disclosure, settings.disclosure == Disclosure::Minimal),
            (Field::PrivateNetwork, settings.private_network == PrivateNetwork::Allowed),
            (Field::Enforcement, settings.enforcement == Enforcement::Server),
        ] {
            if varies {
                found(Lint { rule: 0, field, index: 0, value: "", kind: LintKind::WildcardVaries });
            }
        }
    }
    if policy.settings().private_network == PrivateNetwork::Allowed {
        let kind = LintKind::PrivateNetworkLegacy;
        found(Lint { rule: 0, field: Field::PrivateNetwork, index: 0, value: "", kind });
    }
}

/// Whether the policy is one rule with `*`, whose answer depends on its settings alone.
fn is_wildcard_alone<'a>(policy: impl Linted<'a>) -> bool {
    let settings = policy.settings();
    let mut patterns = policy.patterns();
    let any = patterns.next().is_some_and(|(.., pattern)| pattern.shape == Shape::Any) && patterns.next().is_none();
    let mut rules = policy.rules();
    let without_credentials = rules.next().is_some_and(|rule| !rule.with_credentials()) && rules.next().is_none();
    any && without_credentials && settings.predicate.is_none() && settings.external_lookup.is_none()
}

/// Whether no page has an origin with this scheme. A WebSocket sends its page's origin, and other such URLs have opaque
/// origins.
fn is_never_sent(scheme: &[u8]) -> bool {
    let schemes = ["ws", "wss", "ftp", "data", "blob", "javascript", "about", "mailto", "tel", "view-source"];
    schemes.into_iter().any(|never| never.as_bytes() == scheme)
}

fn is_public_suffix(pattern: OriginPattern<'_>, public_suffixes: Option<&dyn PublicSuffixes>) -> bool {
    let domain = as_text(pattern.parent_domain().unwrap_or_default());
    pattern.is_over_public_suffix()
        || !domain.is_empty() && public_suffixes.is_some_and(|list| list.is_public_suffix(domain))
}

fn lint_rule<'a>(number: usize, rule: &Rule<'a>, found: &mut dyn FnMut(Lint<'a>)) {
    for (field, names) in [
        (Field::Methods, rule.methods),
        (Field::RequestHeaders, rule.request_headers),
        (Field::ExposedHeaders, rule.exposed_headers),
    ] {
        lint_names(number, field, names, found);
    }
    let mut report = |value, kind| found(Lint { rule: number, field: Field::MaxAge, index: 0, value, kind });
    match rule.max_age.map(|max_age| max_age.seconds) {
        Some(seconds) if seconds > FIREFOX_MAX_AGE => {
            report("", LintKind::MaxAgeAboveLimit { limit: FIREFOX_MAX_AGE });
        }
        Some(seconds) if seconds > CHROMIUM_MAX_AGE => {
            report("", LintKind::MaxAgeAboveLimit { limit: CHROMIUM_MAX_AGE });
        }
        Some(_) => {}
        None if (rule.methods.coverage, rule.request_headers.coverage) != (Coverage::Nothing, Coverage::Nothing) => {
            report("", LintKind::MaxAgeMissing);
        }
        None => {}
    }
}

fn lint_names<'a>(rule: usize, field: Field, names: AllowList<'a>, found: &mut dyn FnMut(Lint<'a>)) {
    let compared = if field == Field::Methods { Compared::AsWritten } else { Compared::IgnoringCase };
    let repeats = Repeats::new(names.elements, compared);
    let any = matches!(names.coverage, Coverage::Any | Coverage::AnyAndAuthorization);
    for (index, element) in names.elements.iter().enumerate() {
        let value = as_text(element);
        let name = HeaderName::from_transport(value);
        let mut report = |kind| found(Lint { rule, field, index, value, kind });
        if repeats.contains(index) {
            report(LintKind::NameRepeated);
        }
        if element == b"*" {
            if field == Field::RequestHeaders && names.coverage == Coverage::Any {
                report(LintKind::WildcardWithoutAuthorization);
            }
            continue;
        }
        if element.contains(&b'*') {
            report(LintKind::LiteralAsterisk);
        }
        let needless = match field {
            Field::Methods => any || matches!(element, b"GET" | b"HEAD" | b"POST"),
            Field::ExposedHeaders => any || name.is_cors_safelisted_response_header_name(),
            _ => any && !name.is_cors_non_wildcard_request_header_name(),
        };
        if needless {
            report(LintKind::NameNeedless);
        }
        // The six methods that browsers write in upper case are errors in any other.
        let other_case =
            ["PATCH", "QUERY"].into_iter().any(|usual| usual.eq_ignore_ascii_case(value) && usual != value);
        if field == Field::Methods && other_case {
            report(LintKind::MethodCase);
        }
    }
}
