//! The two forms of a policy, as decisions and answers read them.
//!
//! OPTIMIZATION: which form it is, is asked once for a decision and once for an answer. All else is compiled for each form.

#[cfg(feature = "alloc")]
use super::owned::{OwnedPolicy, OwnedRule};
use super::{
    Policy,
    rule::{Credentials, List, OriginPredicate, OwnExposed, Rule, Which},
    settings::Settings,
};
use crate::header::HeaderText;

/// A policy of either form.
#[derive(Clone, Copy, Debug)]
pub(in crate::server) enum PolicyRef<'a> {
    Borrowed(&'a Policy<'a>),
    #[cfg(feature = "alloc")]
    Owned(&'a OwnedPolicy),
}

/// What is read of a policy.
pub(in crate::server) trait PolicyForm {
    type Rule: RuleForm;

    fn as_ref(&self) -> PolicyRef<'_>;

    fn settings(&self) -> &Settings;

    /// The rule of this number, from 0.
    fn rule(&self, number: usize) -> Option<&Self::Rule>;

    /// The number of the first rule that lists `origin`.
    fn find(&self, origin: &[u8]) -> Option<usize>;

    /// The one origin of a static policy.
    fn static_origin(&self) -> Option<HeaderText<'_>>;

    /// The predicate, and the number of its rule.
    #[inline]
    fn predicate(&self) -> Option<(usize, &dyn OriginPredicate)> {
        let number = self.settings().predicate?;
        Some((number, self.rule(number)?.predicate()?))
    }
}

/// What is read of a rule.
pub(in crate::server) trait RuleForm {
    fn credentials(&self) -> Credentials;

    fn own_exposed(&self) -> OwnExposed;

    fn list(&self, which: Which) -> List<'_>;

    fn max_age(&self) -> Option<HeaderText<'_>>;

    /// Whether every origin gets `*`.
    fn sends_wildcard(&self) -> bool;

    fn predicate(&self) -> Option<&dyn OriginPredicate>;
}

impl<'a> PolicyRef<'a> {
    #[inline]
    pub(in crate::server) fn settings(self) -> &'a Settings {
        match self {
            PolicyRef::Borrowed(policy) => policy.settings(),
            #[cfg(feature = "alloc")]
            PolicyRef::Owned(policy) => policy.settings(),
        }
    }

    pub(in crate::server) fn find(self, origin: &[u8]) -> Option<usize> {
        match self {
            PolicyRef::Borrowed(policy) => policy.find(origin),
            #[cfg(feature = "alloc")]
            PolicyRef::Owned(policy) => policy.find(origin),
        }
    }

    #[inline]
    pub(in crate::server) fn predicate(self) -> Option<(usize, &'a dyn OriginPredicate)> {
        match self {
            PolicyRef::Borrowed(policy) => policy.predicate(),
            #[cfg(feature = "alloc")]
            PolicyRef::Owned(policy) => policy.predicate(),
        }
    }
}

impl<'p> PolicyForm for Policy<'p> {
    type Rule = Rule<'p>;

    #[inline]
    fn as_ref(&self) -> PolicyRef<'_> {
        PolicyRef::Borrowed(self)
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
    fn static_origin(&self) -> Option<HeaderText<'_>> {
        self.first.origins.first().map(|pattern| HeaderText::borrowed(pattern.as_str().as_bytes()))
    }
}

impl RuleForm for Rule<'_> {
    #[inline]
    fn credentials(&self) -> Credentials {
        self.credentials
    }

    #[inline]
    fn own_exposed(&self) -> OwnExposed {
        self.own_exposed
    }

    #[inline]
    fn list(&self, which: Which) -> List<'_> {
        let names = match which {
            Which::Methods => &self.methods,
            Which::RequestHeaders => &self.request_headers,
            Which::ExposedHeaders => &self.exposed_headers,
        };
        List { extent: names.extent, text: HeaderText::borrowed(names.text.as_bytes()) }
    }

    #[inline]
    fn max_age(&self) -> Option<HeaderText<'_>> {
        self.max_age.as_ref().map(|max_age| HeaderText::borrowed(max_age.as_bytes()))
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
impl PolicyForm for OwnedPolicy {
    type Rule = OwnedRule;

    #[inline]
    fn as_ref(&self) -> PolicyRef<'_> {
        PolicyRef::Owned(self)
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
    fn static_origin(&self) -> Option<HeaderText<'_>> {
        self.static_origin.as_ref().map(super::value::Text::header_text)
    }
}

#[cfg(feature = "alloc")]
impl RuleForm for OwnedRule {
    #[inline]
    fn credentials(&self) -> Credentials {
        self.credentials
    }

    #[inline]
    fn own_exposed(&self) -> OwnExposed {
        self.own_exposed
    }

    #[inline]
    fn list(&self, which: Which) -> List<'_> {
        let list = match which {
            Which::Methods => &self.methods,
            Which::RequestHeaders => &self.request_headers,
            Which::ExposedHeaders => &self.exposed_headers,
        };
        List { extent: list.extent, text: list.text.header_text() }
    }

    #[inline]
    fn max_age(&self) -> Option<HeaderText<'_>> {
        self.max_age.as_ref().map(super::value::Text::header_text)
    }

    #[inline]
    fn sends_wildcard(&self) -> bool {
        self.breadth == super::rule::Breadth::All && self.credentials == Credentials::Omitted
    }

    #[inline]
    fn predicate(&self) -> Option<&dyn OriginPredicate> {
        self.predicate.as_deref()
    }
}
