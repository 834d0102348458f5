//! Lints of an owned policy.

use super::{Lint, Linted, PublicSuffixes, borrowed::lint_borrowed, lint};
use crate::server::{
    credentials::Credentials,
    index::Index,
    pattern::OriginPattern,
    policy::{
        owned::{OwnedPolicy, OwnedRule},
        patterns::Patterns,
        rule::Rule,
        settings::Settings,
    },
};

/// An owned policy, and the index of its patterns.
#[derive(Clone, Copy)]
struct Owned<'a> {
    policy: &'a OwnedPolicy,
    index: &'a Index,
}

impl<'a> Linted<'a> for Owned<'a> {
    fn settings(self) -> &'a Settings {
        self.policy.settings()
    }

    fn rules(self) -> impl Iterator<Item = Rule<'a>> {
        self.policy.rules().map(OwnedRule::as_rule)
    }

    fn credentials(self, rule: usize) -> Option<Credentials> {
        self.policy.rules().nth(rule).map(OwnedRule::credentials)
    }

    fn patterns(self) -> impl Iterator<Item = (usize, usize, OriginPattern<'a>)> {
        let mut last = (usize::MAX, 0);
        self.index.patterns().map(move |(rule, pattern)| {
            last = if last.0 == rule { (rule, last.1 + 1) } else { (rule, 0) };
            (rule, last.1, pattern)
        })
    }

    fn shadow_of(self, rule: usize, pattern: OriginPattern<'_>) -> Option<&'a str> {
        self.index.shadow_of(rule, pattern).map(|number| self.index.text(number))
    }

    fn is_repeated(self, rule: usize, index: usize, pattern: OriginPattern<'_>) -> bool {
        self.index.is_repeated(rule, index, pattern)
    }

    fn has_https_twin(self, pattern: OriginPattern<'_>) -> bool {
        self.index.has_https_twin(pattern)
    }
}

fn lint_owned<'a>(
    policy: &'a OwnedPolicy,
    public_suffixes: Option<&dyn PublicSuffixes>,
    found: &mut dyn FnMut(Lint<'a>),
) {
    match policy.patterns() {
        Patterns::Indexed(indexed) => lint(Owned { policy, index: &indexed.patterns }, public_suffixes, found),
        Patterns::Listed(listed) => lint_borrowed(listed.patterns, public_suffixes, found),
    }
}

impl OwnedPolicy {
    /// Calls `found` with each setting that is valid and risky or useless.
    pub fn lint<'a>(&'a self, mut found: impl FnMut(Lint<'a>)) {
        lint_owned(self, None, &mut found);
    }

    /// Lints as `lint` does, and looks wildcards up in the whole list of public suffixes.
    pub fn lint_with<'a>(&'a self, public_suffixes: &dyn PublicSuffixes, mut found: impl FnMut(Lint<'a>)) {
        lint_owned(self, Some(public_suffixes), &mut found);
    }
}
