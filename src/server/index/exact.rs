//! The exact patterns, by their whole text.

use core::hash::Hasher;

use hashbrown::HashTable;

use super::{arena::Arena, seed::Seed};

/// The numbers of patterns that match one origin. Of those with the same text the first is here alone.
pub(super) struct Exact(HashTable<u32>);

impl Exact {
    pub(super) fn with_capacity(patterns: usize) -> Self {
        Exact(HashTable::with_capacity(patterns))
    }

    /// Adds the pattern of this number, whose text is `text`, unless an earlier one has that text.
    pub(super) fn insert(&mut self, arena: &Arena, seed: &Seed, number: u32, text: &str) {
        let hash = |text: &str| hash(seed, text.as_bytes());
        let is_same = |other: &u32| arena.text(*other) == text;
        self.0.entry(hash(text), is_same, |number| hash(arena.text(*number))).or_insert(number);
    }

    /// The number of the first rule with a pattern for this origin alone.
    #[inline(always)]
    pub(super) fn find(&self, arena: &Arena, seed: &Seed, origin: &[u8]) -> Option<usize> {
        let mut rule = None;
        self.0.find(hash(seed, origin), |number| {
            let entry = arena.bytes(*number).filter(|(text, _)| *text == origin);
            rule = entry.map(|(_, rule)| rule);
            rule.is_some()
        });
        rule
    }

    /// The number of the first pattern with this text.
    pub(super) fn position(&self, arena: &Arena, seed: &Seed, text: &str) -> Option<u32> {
        self.0.find(hash(seed, text.as_bytes()), |number| arena.text(*number) == text).copied()
    }
}

#[inline(always)]
fn hash(seed: &Seed, text: &[u8]) -> u64 {
    let mut hasher = seed.hasher();
    hasher.write(text);
    hasher.finish()
}
