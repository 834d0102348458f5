//! The patterns that match one origin, by their text.

use core::hash::Hasher;

use hashbrown::HashTable;

use super::{arena::Arena, seed::Seed};

pub(super) struct Exact {
    /// The numbers of the patterns. Of those with the same text, only the first.
    table: HashTable<u32>,
}

impl Exact {
    /// Indexes the patterns of these numbers, which ascend.
    pub(super) fn new(arena: &Arena, seed: &Seed, numbers: impl Iterator<Item = u32> + Clone) -> Self {
        let mut table = HashTable::with_capacity(numbers.clone().count());
        let hash_of = |number: &u32| hash(seed, arena.text(*number).as_bytes());
        for number in numbers {
            let is_same = |other: &u32| arena.text(*other) == arena.text(number);
            table.entry(hash_of(&number), is_same, hash_of).or_insert(number);
        }
        Exact { table }
    }

    /// The number of the first rule that lists this origin.
    #[inline(always)]
    pub(super) fn find(&self, arena: &Arena, seed: &Seed, origin: &[u8]) -> Option<usize> {
        let mut rule = None;
        self.table.find(hash(seed, origin), |number| {
            let entry = arena.bytes(*number).filter(|(text, _)| *text == origin);
            rule = entry.map(|(_, rule)| rule);
            rule.is_some()
        });
        rule
    }

    /// The number of the first pattern with this text.
    pub(super) fn position(&self, arena: &Arena, seed: &Seed, text: &str) -> Option<u32> {
        self.table.find(hash(seed, text.as_bytes()), |number| arena.text(*number) == text).copied()
    }
}

#[inline(always)]
fn hash(seed: &Seed, text: &[u8]) -> u64 {
    let mut hasher = seed.hasher();
    hasher.write(text);
    hasher.finish()
}
