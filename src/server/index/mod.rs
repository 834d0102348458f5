//! The index of an owned policy's origins: the cost of a look-up does not grow with their number.
//!
//! ```text
//!                 origin
//!                   │
//!          ┌────────┴─────────┐
//!     the whole text      its pieces: scheme, suffixes, the part before the port
//!          │                  │  (keys.rs, labels.rs)
//!          ▼                  ▼
//!   Exact: HashTable    Wildcards: HashTable        hashes: seed.rs
//!     (exact.rs)           (wildcards.rs)
//!          │                  │
//!          └────────┬─────────┘
//!            number of a pattern ──► Arena: its text, and the number of its rule
//!                   │                (arena.rs)
//!                   ▼
//!      the lowest number of a rule
//! ```
//!
//! Whole keys are hashed, and whole texts compared. Of patterns with the same text the tables have the first alone, so each
//! key has one pattern at most, and no shape of patterns makes a chain. Where the program is compiled for size, `small.rs` takes the
//! place of the tables.

extern crate alloc;

use alloc::{boxed::Box, vec::Vec};
use core::fmt;

use super::{
    credentials::Credentials,
    pattern::{ORIGIN_LIMIT, OriginPattern, Prefilter, Shape, is_origin},
};
use crate::grammar::const_bytes::as_text;

mod arena;
#[cfg(not(fetch_cors_small))]
mod exact;
#[cfg(not(fetch_cors_small))]
mod key;
#[cfg(not(fetch_cors_small))]
mod keys;
#[cfg(not(fetch_cors_small))]
mod labels;
#[cfg(not(fetch_cors_small))]
mod lengths;
#[cfg(not(fetch_cors_small))]
mod seed;
#[cfg(fetch_cors_small)]
mod small;
#[cfg(not(fetch_cors_small))]
mod wildcards;

use arena::Arena;
#[cfg(fetch_cors_small)]
use small::{Exact, Seed, Wildcards};
#[cfg(not(fetch_cors_small))]
use {exact::Exact, seed::Seed, wildcards::Wildcards};

pub(super) struct Index {
    arena: Arena,
    seed: Seed,
    exact: Exact,
    /// In memory of its own, because it is large.
    wildcards: Box<Wildcards>,
    /// `*` without credentials.
    any: First,
    /// `*` with credentials.
    any_reflected: First,
    /// The prefilters of the patterns with a wildcard, if these are few and the policy has no `*`.
    prefilters: Box<[Prefilter]>,
    /// The lowest number of a rule with a pattern that is not in `exact`.
    lowest_inexact: usize,
}

/// The first of some patterns.
#[derive(Clone, Copy)]
struct First {
    /// The number of its rule.
    rule: usize,
    number: u32,
}

/// Later than every rule.
const NO_RULE: usize = usize::MAX;

impl First {
    const NONE: Self = First { rule: NO_RULE, number: u32::MAX };
}

impl Index {
    /// Indexes patterns, each with the number of its rule, the numbers ascending.
    pub(super) fn new(patterns: &[(u32, Credentials, OriginPattern<'_>)]) -> Self {
        let arena = Arena::new(patterns.iter().map(|(rule, _, pattern)| (*rule, *pattern)));
        let seed = Seed::new();
        let numbered = patterns.iter().zip(0_u32..);
        let exact = numbered.clone().filter(|((.., pattern), _)| pattern.is_exact()).map(|(_, number)| number);
        let exact = Exact::new(&arena, &seed, exact);
        let mut wildcards = Vec::new();
        let (mut any, mut any_reflected) = (First::NONE, First::NONE);
        for ((rule, credentials, pattern), number) in numbered {
            match pattern.shape {
                _ if pattern.is_exact() => {}
                Shape::Any => {
                    let first = match credentials {
                        Credentials::Allowed => &mut any_reflected,
                        Credentials::Omitted => &mut any,
                    };
                    if first.rule == NO_RULE {
                        *first = First { rule: *rule as usize, number };
                    }
                }
                Shape::Tuple(tuple) => wildcards.push((number, tuple)),
                Shape::Opaque | Shape::Faulty(_) => {}
            }
        }
        let wildcards = Box::new(Wildcards::new(&arena, &seed, wildcards));
        let lowest_any = any.rule.min(any_reflected.rule);
        let prefilters = if lowest_any == NO_RULE { wildcards.prefilters(&arena) } else { Box::default() };
        let lowest_inexact = wildcards.lowest_rule.min(lowest_any);
        Index { arena, seed, exact, wildcards, any, any_reflected, prefilters, lowest_inexact }
    }

    /// The number of the first rule that lists `origin`.
    #[inline(always)]
    pub(super) fn find(&self, origin: &[u8]) -> Option<usize> {
        let is_short = origin.len() <= ORIGIN_LIMIT;
        let exact = if is_short { self.exact.find(&self.arena, &self.seed, origin) } else { None };
        if self.lowest_inexact >= exact.unwrap_or(NO_RULE) {
            return exact;
        }
        let none_may_match =
            !self.prefilters.is_empty() && !self.prefilters.iter().any(|prefilter| prefilter.may_match(origin));
        if none_may_match { exact } else { self.find_inexact(origin, exact) }
    }

    /// The number of the first rule that lists `origin`, where `exact` is the first that lists it by an exact pattern.
    #[inline(never)]
    fn find_inexact(&self, origin: &[u8], exact: Option<usize>) -> Option<usize> {
        let mut best = exact.unwrap_or(NO_RULE).min(self.any.rule);
        if origin.len() > ORIGIN_LIMIT {
            return (best != NO_RULE).then_some(best);
        }
        if self.wildcards.lowest_rule < best
            && let Some(rule) = self.wildcards.find(&self.arena, &self.seed, &self.prefilters, origin, best)
        {
            best = rule;
        }
        if self.any_reflected.rule < best && is_origin(origin) {
            best = self.any_reflected.rule;
        }
        (best != NO_RULE).then_some(best)
    }

    /// The patterns, in order, each with the number of its rule.
    pub(super) fn patterns(&self) -> impl Iterator<Item = (usize, OriginPattern<'_>)> + Clone {
        self.arena.patterns()
    }

    /// The number of the first other pattern, of no later rule, that covers this one.
    pub(super) fn shadow_of(&self, rule: usize, pattern: OriginPattern<'_>) -> Option<usize> {
        let any = match pattern.shape {
            Shape::Any => &[][..],
            // With credentials `*` matches neither the opaque origin nor `file://`.
            Shape::Opaque => &[self.any],
            _ if pattern.is_file() => &[self.any],
            _ => &[self.any, self.any_reflected],
        };
        let any = any.iter().filter(|any| any.rule <= rule).map(|any| any.number);
        let first = any.chain(self.wildcards.shadow_of(&self.arena, &self.seed, rule, pattern)).min();
        first.map(|number| number as usize)
    }

    /// The text of the pattern of this number.
    pub(super) fn text(&self, number: usize) -> &str {
        u32::try_from(number).map_or("", |number| self.arena.text(number))
    }

    /// Whether a pattern before this one of the rule, or of a rule before, has its text.
    pub(super) fn is_repeated(&self, rule: usize, index: usize, pattern: OriginPattern<'_>) -> bool {
        let number = self.arena.first_of(rule) + index;
        self.position(pattern.as_str()).is_some_and(|first| (first as usize) < number)
    }

    /// Whether a pattern with `https` matches all of its hosts.
    pub(super) fn has_https_twin(&self, pattern: OriginPattern<'_>) -> bool {
        let authority = pattern.as_str().get(pattern.scheme().len()..).unwrap_or_default();
        let host = authority.get(..authority.len() - pattern.port().len()).unwrap_or_default();
        // The port of the twin is its own default one, the same one, or any.
        let ports = ["", as_text(pattern.port()), ":*"];
        ports.into_iter().any(|port| {
            let twin = alloc::format!("https{host}{port}");
            self.position(&twin).is_some()
                || self.wildcards.shadow_of(&self.arena, &self.seed, NO_RULE, OriginPattern::new(&twin)).is_some()
        })
    }

    /// The number of the first pattern with this text.
    fn position(&self, text: &str) -> Option<u32> {
        if text == "*" {
            let first = self.any.number.min(self.any_reflected.number);
            return (first != First::NONE.number).then_some(first);
        }
        let exact = self.exact.position(&self.arena, &self.seed, text);
        exact.or_else(|| self.wildcards.position(&self.arena, &self.seed, text))
    }
}

/// Writes the patterns alone: the tables follow from them, and the seed is a secret.
impl fmt::Debug for Index {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_list().entries(self.patterns()).finish()
    }
}
