//! The index of a program that is compiled for size (`--cfg fetch_cors_small`), in place of the tables.
//!
//! Patterns that match one origin are found by bisection, and those with a wildcard are compared one by one, so the cost of a look-up
//! grows with the number of wildcards. The results are those of the tables.
// OPTIMIZATION: without the tables, their hashes and their keys a WebAssembly module is some 25 KB smaller.

extern crate alloc;

use alloc::{boxed::Box, vec::Vec};

use super::arena::Arena;
use crate::server::{
    order::sorted_numbers,
    pattern::{Dangers, OriginPattern, Prefilter, Shape, Tuple, ends_in_host},
};

/// There are no hashes, so no seed.
pub(super) struct Seed;

impl Seed {
    pub(super) fn new() -> Self {
        Seed
    }
}

/// The patterns that match one origin.
pub(super) struct Exact {
    /// Their numbers, sorted by their texts. Of those with the same text, only the first.
    sorted: Box<[u32]>,
}

impl Exact {
    /// Sorts the patterns of these numbers, which ascend.
    pub(super) fn new(arena: &Arena, _: &Seed, numbers: impl Iterator<Item = u32>) -> Self {
        let numbers: Vec<u32> = numbers.collect();
        let text = |place: usize| numbers.get(place).map_or("", |number| arena.text(*number));
        let mut sorted = sorted_numbers(numbers.len(), &|left, right| text(left).cmp(text(right)));
        sorted.dedup_by(|place, before| text(*place) == text(*before));
        Exact { sorted: sorted.into_iter().filter_map(|place| numbers.get(place).copied()).collect() }
    }

    /// The number of the first rule that lists this origin.
    pub(super) fn find(&self, arena: &Arena, _: &Seed, origin: &[u8]) -> Option<usize> {
        self.get(arena, origin).and_then(|number| arena.bytes(number)).map(|(_, rule)| rule)
    }

    /// The number of the first pattern with this text.
    pub(super) fn position(&self, arena: &Arena, _: &Seed, text: &str) -> Option<u32> {
        self.get(arena, text.as_bytes())
    }

    fn get(&self, arena: &Arena, text: &[u8]) -> Option<u32> {
        let place = self.sorted.binary_search_by(|number| arena.text(*number).as_bytes().cmp(text)).ok()?;
        self.sorted.get(place).copied()
    }
}

/// The patterns with a wildcard.
pub(super) struct Wildcards {
    /// Their numbers, ascending.
    all: Box<[(u32, Tuple)]>,
    /// The lowest number of a rule with one of them.
    pub(super) lowest_rule: usize,
}

impl Wildcards {
    /// Keeps the patterns of these numbers, which ascend.
    pub(super) fn new(arena: &Arena, _: &Seed, all: Vec<(u32, Tuple)>) -> Self {
        let first = all.first().and_then(|(number, _)| arena.get(*number));
        Wildcards { all: all.into(), lowest_rule: first.map_or(usize::MAX, |(_, rule)| rule) }
    }

    /// There are no prefilters.
    #[allow(clippy::unused_self, reason = "the tables have some")]
    pub(super) fn prefilters(&self, _: &Arena) -> Box<[Prefilter]> {
        Box::default()
    }

    /// The number of the first rule before `limit` that lists `origin` by one of these patterns.
    pub(super) fn find(&self, arena: &Arena, _: &Seed, _: &[Prefilter], origin: &[u8], limit: usize) -> Option<usize> {
        self.all
            .iter()
            .filter_map(|(number, tuple)| arena.get(*number).map(|(text, rule)| (tuple, text, rule)))
            .take_while(|(.., rule)| *rule < limit)
            .find(|(tuple, text, _)| tuple.matches(text.as_bytes(), origin, ends_in_host))
            .map(|(.., rule)| rule)
    }

    /// The number of the first pattern with this text.
    pub(super) fn position(&self, arena: &Arena, _: &Seed, text: &str) -> Option<u32> {
        self.all.iter().map(|(number, _)| *number).find(|number| arena.text(*number) == text)
    }

    /// The lowest number of another pattern, of no later rule than `rule`, that covers `pattern`.
    pub(super) fn shadow_of(&self, arena: &Arena, _: &Seed, rule: usize, pattern: OriginPattern<'_>) -> Option<u32> {
        let covers = |(number, tuple): &&(u32, Tuple)| {
            arena.get(*number).is_some_and(|(text, of_rule)| {
                let own = OriginPattern::from_parts(text, Shape::Tuple(*tuple), Dangers::NONE);
                of_rule <= rule && text != pattern.as_str() && own.covers(pattern)
            })
        };
        self.all.iter().find(covers).map(|(number, _)| *number)
    }
}
