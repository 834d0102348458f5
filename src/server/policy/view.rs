//! The parts of a policy that decisions and answers read, for both types of policies.

// OPTIMIZATION: one `Copy` value reads both types, so the code that reads them is compiled once. If an inlined caller knows the
// type of its policy, the compiler resolves the matches.

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

impl<'a> AnyPolicy<'a> {
    #[inline(always)]
    pub(in crate::server) fn settings(self) -> &'a Settings {
        match self {
            AnyPolicy::Borrowed(policy) => &policy.settings,
            #[cfg(feature = "alloc")]
            AnyPolicy::Owned(policy) => &policy.settings,
        }
    }

    /// The rule of this number, from 0.
    #[inline(always)]
    pub(in crate::server) fn rule(self, number: usize) -> Option<AnyRule<'a>> {
        match self {
            AnyPolicy::Borrowed(policy) => match number.checked_sub(1) {
                None => Some(AnyRule::Borrowed(&policy.first)),
                Some(number) => policy.more.get(number).map(AnyRule::Borrowed),
            },
            #[cfg(feature = "alloc")]
            AnyPolicy::Owned(policy) => policy.rules.get(number).map(AnyRule::Owned),
        }
    }

    /// The number of the first rule with a pattern that matches `origin`.
    #[inline(always)]
    pub(in crate::server) fn find(self, origin: &[u8]) -> Option<usize> {
        match self {
            AnyPolicy::Borrowed(policy) => policy.find(origin),
            #[cfg(feature = "alloc")]
            AnyPolicy::Owned(policy) => policy.find(origin),
        }
    }

    /// Like [`AnyPolicy::find`], for callers where one more call does not matter.
    #[inline(never)]
    pub(in crate::server) fn find_again(self, origin: &[u8]) -> Option<usize> {
        self.find(origin)
    }

    /// The value of `Access-Control-Allow-Origin` that a policy with one exact origin sends to everybody.
    #[inline(always)]
    pub(in crate::server) fn fixed_origin(self) -> Option<ValueRef<'a>> {
        match self {
            AnyPolicy::Borrowed(policy) => {
                policy.first.origins.first().map(|pattern| ValueRef::borrowed(pattern.as_str().as_bytes()))
            }
            #[cfg(feature = "alloc")]
            AnyPolicy::Owned(policy) => policy.fixed_origin.as_ref().map(OwnedValue::value),
        }
    }

    /// The predicate, and the number of its rule.
    #[inline]
    pub(in crate::server) fn predicate(self) -> Option<(usize, &'a dyn OriginPredicate)> {
        let number = self.settings().predicate?;
        Some((number, self.rule(number)?.predicate()?))
    }
}

/// A rule of either type of policy.
#[derive(Clone, Copy)]
pub(in crate::server) enum AnyRule<'a> {
    Borrowed(&'a Rule<'a>),
    #[cfg(feature = "alloc")]
    Owned(&'a OwnedRule),
}

impl<'a> AnyRule<'a> {
    #[inline(always)]
    pub(in crate::server) fn credentials(self) -> Credentials {
        match self {
            AnyRule::Borrowed(rule) => rule.credentials,
            #[cfg(feature = "alloc")]
            AnyRule::Owned(rule) => rule.credentials,
        }
    }

    #[inline]
    pub(in crate::server) fn own_exposed(self) -> OwnExposed {
        match self {
            AnyRule::Borrowed(rule) => rule.own_exposed,
            #[cfg(feature = "alloc")]
            AnyRule::Owned(rule) => rule.own_exposed,
        }
    }

    #[inline(always)]
    pub(in crate::server) fn list(self, which: ListName) -> ListView<'a> {
        match self {
            AnyRule::Borrowed(rule) => {
                let names = match which {
                    ListName::Methods => &rule.methods,
                    ListName::RequestHeaders => &rule.request_headers,
                    ListName::ExposedHeaders => &rule.exposed_headers,
                };
                ListView { coverage: names.coverage, text: ValueRef::borrowed(names.text.as_bytes()) }
            }
            #[cfg(feature = "alloc")]
            AnyRule::Owned(rule) => {
                let list = match which {
                    ListName::Methods => &rule.methods,
                    ListName::RequestHeaders => &rule.request_headers,
                    ListName::ExposedHeaders => &rule.exposed_headers,
                };
                ListView { coverage: list.coverage, text: list.text.value() }
            }
        }
    }

    #[inline(always)]
    pub(in crate::server) fn max_age(self) -> Option<ValueRef<'a>> {
        match self {
            AnyRule::Borrowed(rule) => rule.max_age.as_ref().map(|max_age| ValueRef::borrowed(max_age.as_bytes())),
            #[cfg(feature = "alloc")]
            AnyRule::Owned(rule) => rule.max_age.as_ref().map(OwnedValue::value),
        }
    }

    /// Whether the rule matches every origin, and sends `*`.
    #[inline(always)]
    pub(in crate::server) fn sends_wildcard(self) -> bool {
        match self {
            AnyRule::Borrowed(rule) => rule.sends_wildcard(),
            #[cfg(feature = "alloc")]
            AnyRule::Owned(rule) => rule.breadth == Breadth::All && rule.credentials == Credentials::Omitted,
        }
    }

    #[inline]
    pub(in crate::server) fn predicate(self) -> Option<&'a dyn OriginPredicate> {
        match self {
            AnyRule::Borrowed(rule) => rule.predicate,
            #[cfg(feature = "alloc")]
            AnyRule::Owned(rule) => rule.predicate.as_deref().map(|predicate| predicate as &dyn OriginPredicate),
        }
    }
}
