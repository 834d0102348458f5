//! The patterns of an owned policy, and what finds the rule for an origin by them.

#[cfg(feature = "config")]
extern crate alloc;

#[cfg(feature = "config")]
use alloc::vec::Vec;
use core::fmt;

use super::Policy;
#[cfg(feature = "config")]
use super::rule::Rule;
#[cfg(feature = "config")]
use crate::server::index::Index;

pub(in crate::server) enum Patterns {
    #[cfg(feature = "config")]
    Indexed(Searchable<Index>),
    /// The patterns of a `const` policy, not copied.
    Listed(Searchable<&'static Policy<'static>>),
}

/// Patterns, and the function that searches patterns of this type.
// OPTIMIZATION: a pointer to the function. So a program whose policies are all `const` does not link the search of an index.
pub(in crate::server) struct Searchable<T> {
    pub(in crate::server) patterns: T,
    find: fn(&T, &[u8]) -> Option<usize>,
}

/// The index of the patterns of these rules.
#[cfg(feature = "config")]
pub(in crate::server) fn index_of(first: &Rule<'_>, more: &[Rule<'_>]) -> Index {
    let mut patterns = Vec::new();
    for (rule, number) in core::iter::once(first).chain(more).zip(0_u32..) {
        patterns.extend(rule.origins.iter().map(|pattern| (number, rule.credentials, *pattern)));
    }
    Index::new(&patterns)
}

impl Patterns {
    #[cfg(feature = "config")]
    pub(super) fn indexed(index: Index) -> Self {
        Patterns::Indexed(Searchable { patterns: index, find: |index, origin| index.find(origin) })
    }

    pub(super) fn listed(policy: &'static Policy<'static>) -> Self {
        Patterns::Listed(Searchable { patterns: policy, find: |policy, origin| policy.find(origin) })
    }

    /// The number of the first rule with a pattern that matches `origin`.
    #[inline(always)]
    pub(super) fn find(&self, origin: &[u8]) -> Option<usize> {
        match self {
            #[cfg(feature = "config")]
            Patterns::Indexed(indexed) => indexed.find(origin),
            Patterns::Listed(listed) => listed.find(origin),
        }
    }
}

impl<T> Searchable<T> {
    #[inline(always)]
    fn find(&self, origin: &[u8]) -> Option<usize> {
        (self.find)(&self.patterns, origin)
    }
}

impl fmt::Debug for Patterns {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            #[cfg(feature = "config")]
            Patterns::Indexed(indexed) => indexed.patterns.fmt(formatter),
            Patterns::Listed(listed) => {
                formatter.debug_list().entries(listed.patterns.rules().flat_map(|rule| rule.origins)).finish()
            }
        }
    }
}
