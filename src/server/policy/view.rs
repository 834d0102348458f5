//! What decisions and answers read of a policy, whichever type it has.

// OPTIMIZATION: the code that reads a policy is generic over its type. [`AnyPolicy`] is matched once for each decision and once
// for each answer.

use super::{
    Policy,
    rule::{ListName, ListView, OriginPredicate, OwnExposed, Rule},
    settings::Settings,
};
#[cfg(feature = "alloc")]
use super::{
    owned::{OwnedPolicy, OwnedRule},
    rule::Breadth,
    value::OwnedValue,
};
use crate::header::ValueRef;
use crate::server::credentials::Credentials;

/// A policy of either type.
#[derive(Clone, Copy, Debug)]
pub(in crate::server) enum AnyPolicy<'a> {
    Borrowed(&'a Policy<'a>),
    #[cfg(feature = "alloc")]
    Owned(&'a OwnedPolicy),
}

/// What is read of a policy.
pub(in crate::server) trait PolicyView {
    type Rule: RuleView;

    fn as_any(&self) -> AnyPolicy<'_>;

    fn settings(&self) -> &Settings;

    /// The rule of this number, from 0.
    fn rule(&self, number: usize) -> Option<&Self::Rule>;

    /// The number of the first rule with a pattern that matches `origin`.
    fn find(&self, origin: &[u8]) -> Option<usize>;

    /// The value of `Access-Control-Allow-Origin` that a policy with one exact origin sends to everybody.
    fn fixed_origin(&self) -> Option<ValueRef<'_>>;

    /// The predicate, and the number of its rule.
    #[inline]
    fn predicate(&self) -> Option<(usize, &dyn OriginPredicate)> {
        let number = self.settings().predicate?;
        Some((number, self.rule(number)?.predicate()?))
    }
}

/// What is read of a rule.
pub(in crate::server) trait RuleView {
    fn credentials(&self) -> Credentials;

    fn own_exposed(&self) -> OwnExposed;

    fn list(&self, which: ListName) -> ListView<'_>;

    fn max_age(&self) -> Option<ValueRef<'_>>;

    /// Whether the rule matches every origin, and sends `*`.
    fn sends_wildcard(&self) -> bool;

    fn predicate(&self) -> Option<&dyn OriginPredicate>;
}

impl<'a> AnyPolicy<'a> {
    #[inline]
    pub(in crate::server) fn settings(self) -> &'a Settings {
        match self {
            AnyPolicy::Borrowed(policy) => policy.settings(),
            #[cfg(feature = "alloc")]
            AnyPolicy::Owned(policy) => policy.settings(),
        }
    }

    /// Whether the first rule sends `*` to everybody.
    pub(in crate::server) fn sends_wildcard(self) -> bool {
        match self {
            AnyPolicy::Borrowed(policy) => policy.rule(0).is_some_and(RuleView::sends_wildcard),
            #[cfg(feature = "alloc")]
            AnyPolicy::Owned(policy) => policy.rule(0).is_some_and(RuleView::sends_wildcard),
        }
    }

    pub(in crate::server) fn find(self, origin: &[u8]) -> Option<usize> {
        match self {
            AnyPolicy::Borrowed(policy) => policy.find(origin),
            #[cfg(feature = "alloc")]
            AnyPolicy::Owned(policy) => policy.find(origin),
        }
    }

    #[inline]
    pub(in crate::server) fn predicate(self) -> Option<(usize, &'a dyn OriginPredicate)> {
        match self {
            AnyPolicy::Borrowed(policy) => policy.predicate(),
            #[cfg(feature = "alloc")]
            AnyPolicy::Owned(policy) => policy.predicate(),
        }
    }
}

impl<'p> PolicyView for Policy<'p> {
    type Rule = Rule<'p>;

    #[inline]
    fn as_any(&self) -> AnyPolicy<'_> {
        AnyPolicy::Borrowed(self)
    }

    #[inline]
    fn settings(&self) -> &Settings {
        &self.settings
    }

    #[inline]
    fn rule(&self, number: usize) -> Option<&Rule<'p>> {
        match number.checked_sub(1) {
            None => Some(&self.first),
            Some(number) => self.more.get(number),
        }
    }

    #[inline(always)]
    fn find(&self, origin: &[u8]) -> Option<usize> {
        if self.first.lists(origin) {
            return Some(0);
        }
        self.more.iter().position(|rule| rule.lists(origin)).map(|number| number + 1)
    }

    #[inline]
    fn fixed_origin(&self) -> Option<ValueRef<'_>> {
        self.first.origins.first().map(|pattern| ValueRef::borrowed(pattern.as_str().as_bytes()))
    }
}

impl RuleView for Rule<'_> {
    #[inline]
    fn credentials(&self) -> Credentials {
        self.credentials
    }

    #[inline]
    fn own_exposed(&self) -> OwnExposed {
        self.own_exposed
    }

    #[inline]
    fn list(&self, which: ListName) -> ListView<'_> {
        let names = match which {
            ListName::Methods => &self.methods,
            ListName::RequestHeaders => &self.request_headers,
            ListName::ExposedHeaders => &self.exposed_headers,
        };
        ListView { coverage: names.coverage, text: ValueRef::borrowed(names.text.as_bytes()) }
    }

    #[inline]
    fn max_age(&self) -> Option<ValueRef<'_>> {
        self.max_age.as_ref().map(|max_age| ValueRef::borrowed(max_age.as_bytes()))
    }

    #[inline]
    fn sends_wildcard(&self) -> bool {
        Rule::sends_wildcard(self)
    }

    #[inline]
    fn predicate(&self) -> Option<&dyn OriginPredicate> {
        self.predicate
    }
}

#[cfg(feature = "alloc")]
impl PolicyView for OwnedPolicy {
    type Rule = OwnedRule;

    #[inline]
    fn as_any(&self) -> AnyPolicy<'_> {
        AnyPolicy::Owned(self)
    }

    #[inline]
    fn settings(&self) -> &Settings {
        &self.settings
    }

    #[inline]
    fn rule(&self, number: usize) -> Option<&OwnedRule> {
        self.rules.get(number)
    }

    #[inline(always)]
    fn find(&self, origin: &[u8]) -> Option<usize> {
        self.index.find(origin)
    }

    #[inline]
    fn fixed_origin(&self) -> Option<ValueRef<'_>> {
        self.fixed_origin.as_ref().map(OwnedValue::value)
    }
}

#[cfg(feature = "alloc")]
impl RuleView for OwnedRule {
    #[inline]
    fn credentials(&self) -> Credentials {
        self.credentials
    }

    #[inline]
    fn own_exposed(&self) -> OwnExposed {
        self.own_exposed
    }

    #[inline]
    fn list(&self, which: ListName) -> ListView<'_> {
        let list = match which {
            ListName::Methods => &self.methods,
            ListName::RequestHeaders => &self.request_headers,
            ListName::ExposedHeaders => &self.exposed_headers,
        };
        ListView { coverage: list.coverage, text: list.text.value() }
    }

    #[inline]
    fn max_age(&self) -> Option<ValueRef<'_>> {
        self.max_age.as_ref().map(OwnedValue::value)
    }

    #[inline]
    fn sends_wildcard(&self) -> bool {
        self.breadth == Breadth::All && self.credentials == Credentials::Omitted
    }

    #[inline]
    fn predicate(&self) -> Option<&dyn OriginPredicate> {
        self.predicate.as_deref()
    }
}
