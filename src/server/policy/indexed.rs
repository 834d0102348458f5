//! Owned policies with lists of their own and an index of their patterns.

extern crate alloc;

use alloc::{boxed::Box, string::String};

use super::{
    Policy,
    list::AllowList,
    max_age::MaxAge,
    owned::{OwnedList, OwnedPolicy, OwnedRule, fixed_origin, static_predicate},
    patterns::{Patterns, index_of},
    repeats::{Compared, Repeats, order, sorted},
    rule::{OriginPredicate, Rule},
    settings::Settings,
    value::OwnedValue,
};
use crate::{grammar::const_bytes::as_text, server::credentials::Credentials};

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

impl OwnedPolicy {
    /// A copy of a `const` policy, with an index of its patterns and with values for header maps.
    ///
    /// An index pays from five exact patterns on, or from twelve with a wildcard.
    ///
    /// ```
    /// use fetch_cors::server::{OriginPattern, OwnedPolicy, Policy};
    ///
    /// static POLICY: Policy<'static> = Policy::builder(&[OriginPattern::new("https://*.app.example")]).build_or_panic();
    /// let policy = OwnedPolicy::indexed(&POLICY);
    /// assert!(policy.allows_origin(b"https://eu.app.example"));
    /// ```
    pub fn indexed(policy: &Policy<'static>) -> Self {
        let mut owned = OwnedPolicy::from_rules(&policy.first, policy.more, policy.settings);
        for (own, rule) in owned.rules.iter_mut().zip(policy.rules()) {
            own.predicate = static_predicate(rule);
        }
        owned
    }

    pub(in crate::server) fn from_rules(first: &Rule<'_>, more: &[Rule<'_>], settings: Settings) -> Self {
        OwnedPolicy {
            rules: core::iter::once(first).chain(more).map(OwnedRule::new).collect(),
            patterns: Patterns::indexed(index_of(first, more)),
            settings,
            fixed_origin: fixed_origin(first, settings),
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
}
