//! Policies that own their data, and find an origin among many with an index.

extern crate alloc;

use alloc::{boxed::Box, string::String};
use core::fmt;

use super::{
    Policy,
    list::{AllowList, Coverage},
    max_age::MaxAge,
    patterns::{Patterns, index_of},
    repeats::{Compared, Repeats, order, sorted},
    rule::{Breadth, OriginPredicate, OwnExposed, Rule},
    settings::{Caching, Settings},
    value::OwnedValue,
};
use crate::{grammar::const_bytes::as_text, header::Headers, server::credentials::Credentials};

/// A policy that is built at run time, with an index of its patterns: the cost of a look-up does not grow with their number.
///
/// It decides as [`Policy`] does. [`PolicyConfig::build`](crate::server::PolicyConfig::build) makes it from configuration, and
/// `OwnedPolicy::from(&POLICY)` from a `const` policy.
///
/// <https://fetch.spec.whatwg.org/#http-responses>
#[derive(Debug)]
pub struct OwnedPolicy {
    pub(super) rules: Box<[OwnedRule]>,
    pub(super) patterns: Patterns,
    pub(super) settings: Settings,
    pub(super) fixed_origin: Option<OwnedValue>,
}

pub(in crate::server) struct OwnedRule {
    pub(super) breadth: Breadth,
    pub(super) credentials: Credentials,
    pub(super) methods: OwnedList,
    pub(super) request_headers: OwnedList,
    pub(super) exposed_headers: OwnedList,
    pub(super) own_exposed: OwnExposed,
    pub(super) max_age: Option<OwnedValue>,
    pub(super) max_age_seconds: Option<u32>,
    pub(super) predicate: Option<Box<dyn OriginPredicate>>,
}

#[derive(Debug)]
pub(super) struct OwnedList {
    pub(super) coverage: Coverage,
    pub(super) text: OwnedValue,
    /// The list as it was given, for lints and for the configuration.
    pub(super) given: Box<str>,
}

impl OwnedList {
    /// Methods, each once, in their order.
    fn methods(names: &AllowList<'_>) -> Self {
        let repeats = Repeats::new(names.elements, Compared::AsWritten);
        let mut text = String::with_capacity(names.text.len());
        for (number, element) in names.elements.iter().enumerate() {
            if !repeats.contains(number) {
                push(&mut text, element);
            }
        }
        OwnedList::new(names, &text)
    }

    /// Header names, each once, in lower case and in order.
    fn headers(names: &AllowList<'_>) -> Self {
        let mut text = String::with_capacity(names.text.len());
        let mut before: Option<&[u8]> = None;
        for (element, _) in sorted(names.elements, Compared::IgnoringCase) {
            if before.is_none_or(|before| order(before, element, Compared::IgnoringCase).is_ne()) {
                push(&mut text, element);
            }
            before = Some(element);
        }
        text.make_ascii_lowercase();
        OwnedList::new(names, &text)
    }

    #[cfg(feature = "std")]
    fn as_given(names: &AllowList<'_>) -> Self {
        OwnedList { coverage: names.coverage, text: OwnedValue::new(names.text), given: Box::from(names.text) }
    }

    fn new(names: &AllowList<'_>, text: &str) -> Self {
        let mut given = String::with_capacity(names.text.len());
        names.elements.iter().for_each(|element| push(&mut given, element));
        OwnedList { coverage: names.coverage, text: OwnedValue::new(text), given: given.into() }
    }
}

/// Adds an element to a list.
fn push(list: &mut String, element: &[u8]) {
    if !list.is_empty() {
        list.push_str(", ");
    }
    list.push_str(as_text(element));
}

impl OwnedRule {
    fn new(rule: &Rule<'_>) -> Self {
        OwnedRule::with_lists(
            rule,
            OwnedList::methods(&rule.methods),
            OwnedList::headers(&rule.request_headers),
            OwnedList::headers(&rule.exposed_headers),
        )
    }

    /// A rule whose lists are sent as they are given.
    #[cfg(feature = "std")]
    fn as_given(rule: &Rule<'static>) -> Self {
        let [methods, request_headers, exposed_headers] =
            [&rule.methods, &rule.request_headers, &rule.exposed_headers].map(OwnedList::as_given);
        let mut own = OwnedRule::with_lists(rule, methods, request_headers, exposed_headers);
        own.predicate = static_predicate(rule);
        own
    }

    fn with_lists(rule: &Rule<'_>, methods: OwnedList, request_headers: OwnedList, exposed_headers: OwnedList) -> Self {
        OwnedRule {
            breadth: rule.breadth,
            credentials: rule.credentials,
            methods,
            request_headers,
            exposed_headers,
            own_exposed: rule.own_exposed,
            max_age: rule.max_age.as_ref().map(|max_age| OwnedValue::new(as_text(max_age.as_bytes()))),
            max_age_seconds: rule.max_age.map(|max_age| max_age.seconds),
            predicate: None,
        }
    }

    pub(in crate::server) fn credentials(&self) -> Credentials {
        self.credentials
    }

    /// The rule without its origins, with its lists as they were given.
    pub(in crate::server) fn as_rule(&self) -> Rule<'_> {
        Rule {
            methods: AllowList::new(&self.methods.given),
            request_headers: AllowList::new(&self.request_headers.given),
            exposed_headers: AllowList::new(&self.exposed_headers.given),
            own_exposed: self.own_exposed,
            credentials: self.credentials,
            max_age: self.max_age_seconds.map(MaxAge::new),
            ..Rule::new(&[])
        }
    }
}

impl fmt::Debug for OwnedRule {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("OwnedRule")
            .field("credentials", &self.credentials)
            .field("methods", &self.methods.text)
            .field("request_headers", &self.request_headers.text)
            .field("exposed_headers", &self.exposed_headers.text)
            .field("max_age", &self.max_age_seconds)
            .finish_non_exhaustive()
    }
}

impl OwnedPolicy {
    pub(in crate::server) fn from_rules(first: &Rule<'_>, more: &[Rule<'_>], settings: Settings) -> Self {
        OwnedPolicy {
            rules: core::iter::once(first).chain(more).map(OwnedRule::new).collect(),
            patterns: Patterns::indexed(index_of(first, more)),
            settings,
            fixed_origin: fixed_origin(first, settings),
        }
    }

    /// A policy with values for header maps. It uses the patterns and lists of a `const` policy without copying them.
    // OPTIMIZATION: nothing is sorted, indexed or parsed. A program whose policies are all `const` does not link that code,
    // which saves 60 KB of a server. The answers are those of the `const` policy.
    #[cfg(feature = "std")]
    pub(crate) fn of_static(policy: &'static Policy<'static>) -> Self {
        OwnedPolicy {
            rules: policy.rules().map(OwnedRule::as_given).collect(),
            patterns: Patterns::listed(policy),
            settings: policy.settings,
            fixed_origin: fixed_origin(&policy.first, policy.settings),
        }
    }

    /// Gives the rule of this number its predicate.
    pub(in crate::server) fn set_predicate(&mut self, rule: usize, predicate: Box<dyn OriginPredicate>) {
        if let Some(rule) = self.rules.get_mut(rule) {
            rule.predicate = Some(predicate);
        }
    }

    pub(in crate::server) fn settings(&self) -> &Settings {
        &self.settings
    }

    pub(in crate::server) fn rules(&self) -> impl Iterator<Item = &OwnedRule> + Clone {
        self.rules.iter()
    }

    pub(in crate::server) fn patterns(&self) -> &Patterns {
        &self.patterns
    }

    #[inline(always)]
    pub(in crate::server) fn find(&self, origin: &[u8]) -> Option<usize> {
        self.patterns.find(origin)
    }

    /// Whether caches may give one answer to all requests.
    ///
    /// <https://fetch.spec.whatwg.org/#cors-protocol-and-http-caches>
    pub fn caching(&self) -> Caching {
        self.settings.caching()
    }

    /// Whether a rule has an [external look-up](super::rule::Rule::external_lookup), so that [`begin`](Self::begin) may return
    /// an origin to look up.
    ///
    /// A server that cannot wait for an answer refuses such a policy when it loads it, in place of refusing origins later.
    ///
    /// ```
    /// use fetch_cors::server::PolicyConfig;
    ///
    /// assert!(PolicyConfig::default().external_lookup().build().unwrap().has_external_lookup());
    /// assert!(!PolicyConfig::new(["https://app.example"]).build().unwrap().has_external_lookup());
    /// ```
    pub fn has_external_lookup(&self) -> bool {
        self.settings.external_lookup.is_some()
    }
}

/// A predicate of a `const` policy.
struct StaticPredicate(&'static dyn OriginPredicate);

impl OriginPredicate for StaticPredicate {
    fn allows(&self, origin: &str, request: Headers<'_>) -> bool {
        self.0.allows(origin, request)
    }

    fn reads(&self) -> &'static [crate::header::HeaderName<'static>] {
        self.0.reads()
    }
}

fn static_predicate(rule: &Rule<'static>) -> Option<Box<dyn OriginPredicate>> {
    rule.predicate.map(|predicate| Box::new(StaticPredicate(predicate)) as Box<dyn OriginPredicate>)
}

fn fixed_origin(first: &Rule<'_>, settings: Settings) -> Option<OwnedValue> {
    match (settings.caching(), first.origins) {
        (Caching::SameForAll, [pattern]) => Some(OwnedValue::new(pattern.as_str())),
        _ => None,
    }
}

/// Indexes the patterns of a `const` policy, and prepares its values for header maps.
impl From<&Policy<'static>> for OwnedPolicy {
    fn from(policy: &Policy<'static>) -> Self {
        let mut owned = OwnedPolicy::from_rules(&policy.first, policy.more, policy.settings);
        for (own, rule) in owned.rules.iter_mut().zip(policy.rules()) {
            own.predicate = static_predicate(rule);
        }
        owned
    }
}
