//! Lints of a borrowed policy, by an index that is built for them.

extern crate alloc;

use alloc::vec::Vec;

use super::{Lint, LintKind, Linted, PublicSuffixes, lint};
use crate::server::{
    config::Field,
    credentials::Credentials,
    index::Index,
    pattern::OriginPattern,
    policy::{Policy, patterns::index_of, rule::Rule, settings::Settings},
};

/// A borrowed policy with more patterns is slow, because each request is compared with all of them.
const SCANNED_PATTERNS: usize = 256;

/// A borrowed policy, and an index of its patterns.
#[derive(Clone, Copy)]
struct Borrowed<'a, 'i> {
    policy: &'a Policy<'a>,
    index: &'i Index,
    patterns: &'i [(usize, usize, OriginPattern<'a>)],
}

/// Lints in n log n steps, where comparing each pattern with all others takes n² steps.
pub(super) fn lint_borrowed<'a>(
    policy: &'a Policy<'a>,
    public_suffixes: Option<&dyn PublicSuffixes>,
    found: &mut dyn FnMut(Lint<'a>),
) {
    let mut patterns = Vec::new();
    for (number, rule) in policy.rules().enumerate() {
        patterns.extend(rule.origins.iter().enumerate().map(|(index, pattern)| (number, index, *pattern)));
    }
    if patterns.len() > SCANNED_PATTERNS {
        found(Lint { rule: 0, field: Field::Origins, index: 0, value: "", kind: LintKind::ManyPatterns });
    }
    let index = index_of(&policy.first, policy.more);
    lint(Borrowed { policy, index: &index, patterns: &patterns }, public_suffixes, found);
}

impl<'a> Linted<'a> for Borrowed<'a, '_> {
    fn settings(self) -> &'a Settings {
        &self.policy.settings
    }

    fn rules(self) -> impl Iterator<Item = Rule<'a>> {
        self.policy.rules().copied()
    }

    fn credentials(self, rule: usize) -> Option<Credentials> {
        self.policy.rules().nth(rule).map(|rule| rule.credentials)
    }

    fn patterns(self) -> impl Iterator<Item = (usize, usize, OriginPattern<'a>)> {
        self.patterns.iter().copied()
    }

    fn shadow_of(self, rule: usize, pattern: OriginPattern<'_>) -> Option<&'a str> {
        let number = self.index.shadow_of(rule, pattern)?;
        self.patterns.get(number).map(|(.., other)| other.as_str())
    }

    fn is_repeated(self, rule: usize, index: usize, pattern: OriginPattern<'_>) -> bool {
        self.index.is_repeated(rule, index, pattern)
    }

    fn has_https_twin(self, pattern: OriginPattern<'_>) -> bool {
        self.index.has_https_twin(pattern)
    }
}

impl<'a> Policy<'a> {
    /// Reports the policy's settings that are valid, and risky or useless.
    ///
    /// For n patterns and names this takes n log n steps, and it allocates. Call it in a test: it needs the feature `config`, which the
    /// server itself may do without.
    pub fn lint(&'a self, mut found: impl FnMut(Lint<'a>)) {
        lint_borrowed(self, None, &mut found);
    }

    /// Lints as [`Policy::lint`] does, and also reports wildcards over the public suffixes of a whole list.
    pub fn lint_with(&'a self, public_suffixes: &dyn PublicSuffixes, mut found: impl FnMut(Lint<'a>)) {
        lint_borrowed(self, Some(public_suffixes), &mut found);
    }
}
