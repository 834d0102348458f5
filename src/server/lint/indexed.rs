//! Lints of a large borrowed policy, by an index that is built for them.

extern crate alloc;

use alloc::vec::Vec;

use super::{Lint, Linted, PublicSuffixes, lint};
use crate::server::{
    credentials::Credentials,
    index::Index,
    pattern::OriginPattern,
    policy::{Policy, patterns::index_of, rule::Rule, settings::Settings},
};

/// A borrowed policy, and an index of its patterns.
#[derive(Clone, Copy)]
struct Indexed<'a, 'i> {
    policy: &'a Policy<'a>,
    index: &'i Index,
    patterns: &'i [(usize, usize, OriginPattern<'a>)],
}

/// Lints in n log n steps, where the patterns alone take n² steps.
pub(super) fn lint_by_index<'a>(
    policy: &'a Policy<'a>,
    public_suffixes: Option<&dyn PublicSuffixes>,
    found: &mut dyn FnMut(Lint<'a>),
) {
    let patterns: Vec<(usize, usize, OriginPattern<'a>)> = Linted::patterns(policy).collect();
    let index = index_of(&policy.first, policy.more);
    lint(Indexed { policy, index: &index, patterns: &patterns }, public_suffixes, found);
}

impl<'a> Linted<'a> for Indexed<'a, '_> {
    fn settings(self) -> &'a Settings {
        Linted::settings(self.policy)
    }

    fn rules(self) -> impl Iterator<Item = Rule<'a>> {
        Linted::rules(self.policy)
    }

    fn credentials(self, rule: usize) -> Option<Credentials> {
        Linted::credentials(self.policy, rule)
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
