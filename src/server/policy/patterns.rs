//! The patterns of an owned policy, and what finds the rule for an origin by them.

use core::fmt;

#[cfg(feature = "std")]
use super::Policy;
use super::rule::Rule;
use crate::server::index::Index;

pub(in crate::server) struct Patterns {
    source: Source,
    // OPTIMIZATION: a function that is pointed to, so that a program whose policies are all `const` holds no code of the index.
    find: fn(&Source, &[u8]) -> Option<usize>,
}

pub(in crate::server) enum Source {
    Indexed(Index),
    /// Those of a `const` policy, where they are.
    #[cfg(feature = "std")]
    Listed(&'static Policy<'static>),
}

/// The index of the patterns of these rules.
pub(in crate::server) fn index_of(first: &Rule<'_>, more: &[Rule<'_>]) -> Index {
    let rules = core::iter::once(first).chain(more).zip(0_u32..);
    Index::new(
        rules.flat_map(|(rule, number)| rule.origins.iter().map(move |pattern| (number, rule.credentials, *pattern))),
    )
}

impl Patterns {
    pub(super) fn indexed(index: Index) -> Self {
        Patterns { source: Source::Indexed(index), find: find_indexed }
    }

    #[cfg(feature = "std")]
    pub(super) fn listed(policy: &'static Policy<'static>) -> Self {
        Patterns { source: Source::Listed(policy), find: find_listed }
    }

    pub(in crate::server) fn source(&self) -> &Source {
        &self.source
    }

    /// The number of the first rule with a pattern that matches `origin`.
    #[inline(always)]
    pub(super) fn find(&self, origin: &[u8]) -> Option<usize> {
        (self.find)(&self.source, origin)
    }
}

fn find_indexed(source: &Source, origin: &[u8]) -> Option<usize> {
    match source {
        Source::Indexed(index) => index.find(origin),
        #[cfg(feature = "std")]
        Source::Listed(_) => None,
    }
}

#[cfg(feature = "std")]
fn find_listed(source: &Source, origin: &[u8]) -> Option<usize> {
    match source {
        Source::Listed(policy) => policy.find(origin),
        Source::Indexed(_) => None,
    }
}

impl fmt::Debug for Patterns {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.source {
            Source::Indexed(index) => index.fmt(formatter),
            #[cfg(feature = "std")]
            Source::Listed(policy) => {
                formatter.debug_list().entries(policy.rules().flat_map(|rule| rule.origins)).finish()
            }
        }
    }
}
