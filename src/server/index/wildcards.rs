//! The patterns with a wildcard, by the pieces of their text.

extern crate alloc;

use alloc::{boxed::Box, vec::Vec};

use hashbrown::HashTable;

use super::{arena::Arena, key::Key, keys::Keys, seed::Seed};
use crate::server::pattern::{Dangers, Hosts, OriginPattern, Prefilter, Shape, Tuple, ends_in_host};

/// Patterns with a wildcard for hosts, for ports, or for both.
///
/// An origin has few keys: one for each dot, and one for any host; twice as many if patterns match any port. Each is looked up
/// once, and at most one pattern has it. [`Labels`](super::labels::Labels) finds patterns with a `*` within a label. So the
/// cost of a look-up has a limit that does not depend on the number of patterns. Usually there is one probe, because a key
/// whose length no pattern has is not even hashed.
pub(super) struct Wildcards {
    all: Box<[Wildcard]>,
    /// Places in `all`, by the key. Of patterns with the same text, only the first.
    table: HashTable<u32>,
    keys: Keys,
    /// The lowest number of a rule with one of these patterns.
    pub(super) lowest_rule: usize,
}

struct Wildcard {
    number: u32,
    tuple: Tuple,
}

/// Up to this number, patterns are compared one by one.
const FEW: usize = 8;

impl Wildcards {
    /// Indexes the patterns of these numbers, which ascend.
    pub(super) fn new(arena: &Arena, seed: &Seed, patterns: Vec<(u32, Tuple)>) -> Self {
        let all: Box<[Wildcard]> = patterns.into_iter().map(|(number, tuple)| Wildcard { number, tuple }).collect();
        let entry = |place: u32| all.get(place as usize).and_then(|wildcard| arena.get(wildcard.number));
        let text = |place: u32| entry(place).map_or("", |(text, _)| text);
        let hasher = seed.hasher();
        let mut table = HashTable::with_capacity(all.len());
        let (mut keys, mut lowest_rule) = (Keys::default(), usize::MAX);
        for (wildcard, place) in all.iter().zip(0..) {
            let key = Key::of(text(place));
            let rule = entry(place).map_or(usize::MAX, |(_, rule)| rule);
            lowest_rule = lowest_rule.min(rule);
            keys.insert(place, u32::try_from(rule).unwrap_or(u32::MAX), wildcard.tuple.hosts, key, &hasher, text);
            let hash = |place: &u32| Key::of(text(*place)).hash(hasher.clone());
            table.entry(key.hash(hasher.clone()), |other| key.is_of(text(*other)), hash).or_insert(place);
        }
        Wildcards { all, table, keys, lowest_rule }
    }

    /// The prefilters of all patterns, if these are few.
    pub(super) fn prefilters(&self, arena: &Arena) -> Box<[Prefilter]> {
        let few = if self.all.len() <= FEW { &*self.all } else { &[] };
        few.iter().map(|wildcard| wildcard.pattern(arena.text(wildcard.number)).prefilter).collect()
    }

    /// The number of the first rule before `limit` that lists `origin` by one of these patterns.
    #[inline(never)]
    pub(super) fn find(
        &self,
        arena: &Arena,
        seed: &Seed,
        prefilters: &[Prefilter],
        origin: &[u8],
        limit: usize,
    ) -> Option<usize> {
        // OPTIMIZATION: comparing a few patterns costs about half as much as looking up the keys of an origin. The numbers of
        // their rules ascend, so the first pattern that matches has the first rule.
        if self.all.len() <= FEW {
            let may_match = |place: usize| prefilters.get(place).is_none_or(|prefilter| prefilter.may_match(origin));
            let candidates = self.all.iter().enumerate().filter(|(place, _)| may_match(*place));
            let entries = candidates.filter_map(|(_, wildcard)| Some((wildcard, arena.get(wildcard.number)?)));
            let mut earlier = entries.take_while(|(_, (_, rule))| *rule < limit);
            return earlier.find(|(wildcard, (text, _))| wildcard.matches(text, origin)).map(|(_, (_, rule))| rule);
        }
        // OPTIMIZATION: compares at most three candidates over the whole host, instead of one for each dot. The origin has the
        // literal text of every candidate, so a candidate matches if and only if its wildcard part is well-formed. Candidates
        // of one kind match together or not at all: where their wildcard parts differ, the other one has literal text, which is
        // well-formed.
        let mut first_of_kind: [Option<(&Wildcard, &str, usize)>; 2] = [None; 2];
        self.for_each_candidate(arena, seed, origin, |wildcard, text, rule| {
            let [of_subdomains, of_any] = &mut first_of_kind;
            let first = if wildcard.tuple.hosts == Hosts::Any { of_any } else { of_subdomains };
            if rule < first.map_or(limit, |(.., rule)| rule) {
                *first = Some((wildcard, text, rule));
            }
        });
        let firsts = first_of_kind.iter().flatten();
        let first = firsts.filter(|(wildcard, text, _)| wildcard.matches(text, origin)).map(|(.., rule)| *rule).min();
        let text = |place: u32| self.all.get(place as usize).map_or("", |wildcard| arena.text(wildcard.number));
        let of_label = self.keys.find_label(origin, first.unwrap_or(limit), &seed.hasher(), text);
        let of_label = of_label.filter(|found| {
            self.all.get(found.place as usize).is_some_and(|wildcard| wildcard.matches(text(found.place), origin))
        });
        of_label.map(|found| found.rule).or(first)
    }

    /// Visits the patterns whose literal text `origin` has, each with its text and the number of its rule. Patterns with a `*`
    /// within a label are left out. If `origin` is the text of a pattern, these are the patterns that may cover it.
    fn for_each_candidate<'i>(
        &'i self,
        arena: &'i Arena,
        seed: &Seed,
        origin: &[u8],
        mut visit: impl FnMut(&'i Wildcard, &'i str, usize),
    ) {
        self.keys.for_each(origin, &seed.hasher(), |key, before| {
            if let Some((wildcard, text, rule)) = self.get(arena, key, key.hash_after(before)) {
                visit(wildcard, text, rule);
            }
        });
    }

    /// The pattern with this key, its text, and the number of its rule.
    #[inline]
    fn get<'i>(&'i self, arena: &'i Arena, key: Key<'_>, hash: u64) -> Option<(&'i Wildcard, &'i str, usize)> {
        let mut found = None;
        self.table.find(hash, |place| {
            let wildcard = self.all.get(*place as usize);
            let entry =
                wildcard.and_then(|wildcard| arena.get(wildcard.number).map(|(text, rule)| (wildcard, text, rule)));
            found = entry.filter(|(_, text, _)| key.is_of(text));
            found.is_some()
        });
        found
    }

    /// The number of the first pattern with this text.
    pub(super) fn position(&self, arena: &Arena, seed: &Seed, text: &str) -> Option<u32> {
        let key = Key::of(text);
        self.get(arena, key, key.hash(seed.hasher())).map(|(wildcard, ..)| wildcard.number)
    }

    /// The lowest number of another pattern, of no later rule than `rule`, that covers `pattern`.
    pub(super) fn shadow_of(&self, arena: &Arena, seed: &Seed, rule: usize, pattern: OriginPattern<'_>) -> Option<u32> {
        let own = pattern.as_str();
        let mut lowest: Option<u32> = None;
        let mut visit = |wildcard: &Wildcard, text: &str, of_rule: usize| {
            let earlier = lowest.is_none_or(|lowest| wildcard.number < lowest);
            if earlier && of_rule <= rule && text != own && wildcard.pattern(text).covers(pattern) {
                lowest = Some(wildcard.number);
            }
        };
        self.for_each_candidate(arena, seed, own.as_bytes(), &mut visit);
        self.keys.for_each_of_labels(own.as_bytes(), &seed.hasher(), |key| {
            if let Some((wildcard, text, rule)) = self.get(arena, key, key.hash(seed.hasher())) {
                visit(wildcard, text, rule);
            }
        });
        lowest
    }
}

impl Wildcard {
    #[inline(always)]
    fn matches(&self, text: &str, origin: &[u8]) -> bool {
        self.tuple.matches(text.as_bytes(), origin, ends_in_host)
    }

    fn pattern<'i>(&self, text: &'i str) -> OriginPattern<'i> {
        OriginPattern::from_parts(text, Shape::Tuple(self.tuple), Dangers::NONE)
    }
}
