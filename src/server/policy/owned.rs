//! Policies with values for header maps, which own what they have or borrow it for ever.

extern crate alloc;

use alloc::boxed::Box;
use core::fmt;

use super::{
    Policy,
    list::{AllowList, Coverage},
    patterns::Patterns,
    rule::{Breadth, OriginPredicate, OwnExposed, Rule},
    settings::{Caching, Settings},
    value::OwnedValue,
};
use crate::{grammar::const_bytes::as_text, header::Headers, server::credentials::Credentials};

/// A policy of a running server: one that is built from configuration, or a `const` policy made ready for header maps.
///
/// It decides as [`Policy`] does. With the feature `config` it may have an index of its patterns: then the cost of a look-up does
/// not grow with their number. `PolicyConfig::build` makes such a policy from configuration, and `OwnedPolicy::indexed` from a
/// `const` policy. `OwnedPolicy::from(&POLICY)` makes one without an index.
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
    #[cfg(feature = "config")]
    pub(super) given: Box<str>,
}

impl OwnedList {
    fn as_given(names: &AllowList<'_>) -> Self {
        OwnedList {
            coverage: names.coverage,
            text: OwnedValue::new(names.text),
            #[cfg(feature = "config")]
            given: Box::from(names.text),
        }
    }
}

impl OwnedRule {
    /// A rule whose lists are sent as they are given.
    fn as_given(rule: &Rule<'static>) -> Self {
        let [methods, request_headers, exposed_headers] =
            [&rule.methods, &rule.request_headers, &rule.exposed_headers].map(OwnedList::as_given);
        let mut own = OwnedRule::with_lists(rule, methods, request_headers, exposed_headers);
        own.predicate = static_predicate(rule);
        own
    }

    pub(super) fn with_lists(
        rule: &Rule<'_>,
        methods: OwnedList,
        request_headers: OwnedList,
        exposed_headers: OwnedList,
    ) -> Self {
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

/// Prepares a `const` policy's values for header maps. Its patterns and lists are used, and not copied.
// OPTIMIZATION: nothing is sorted, indexed or parsed. A program whose policies are all `const` does not link that code,
// which saves 60 KB of a server. The answers are those of the `const` policy.
impl From<&'static Policy<'static>> for OwnedPolicy {
    fn from(policy: &'static Policy<'static>) -> Self {
        OwnedPolicy {
            rules: policy.rules().map(OwnedRule::as_given).collect(),
            patterns: Patterns::listed(policy),
            settings: policy.settings,
            fixed_origin: fixed_origin(&policy.first, policy.settings),
        }
    }
}

/// A `const` policy that requests share.
#[cfg(feature = "std")]
impl From<&'static Policy<'static>> for alloc::sync::Arc<OwnedPolicy> {
    fn from(policy: &'static Policy<'static>) -> Self {
        alloc::sync::Arc::new(OwnedPolicy::from(policy))
    }
}

impl OwnedPolicy {
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

pub(super) fn static_predicate(rule: &Rule<'static>) -> Option<Box<dyn OriginPredicate>> {
    rule.predicate.map(|predicate| Box::new(StaticPredicate(predicate)) as Box<dyn OriginPredicate>)
}

pub(super) fn fixed_origin(first: &Rule<'_>, settings: Settings) -> Option<OwnedValue> {
    match (settings.caching(), first.origins) {
        (Caching::SameForAll, [pattern]) => Some(OwnedValue::new(pattern.as_str())),
        _ => None,
    }
}
