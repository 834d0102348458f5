//! The patterns with a wildcard, by the pieces of their text.

extern crate alloc;

use alloc::{boxed::Box, vec::Vec};

use foldhash::fast::FoldHasher;
use hashbrown::HashTable;

use super::{
    arena::Arena,
    key::{Key, hash_before},
    lengths::Lengths,
    seed::Seed,
};
use crate::server::pattern::{Dangers, Look, OriginPattern, Shape, Tuple};

/// Patterns with a wildcard for hosts, for ports, or for both.
///
/// An origin has few keys: one for each dot, and as many again where patterns have any port. Each is looked up once, and no
/// more than one pattern has it. So a look-up makes at most two probes for each dot of at most 326 bytes, and usually one: a
/// suffix whose length no pattern has is not even hashed.
pub(super) struct Wildcards {
    all: Box<[Wildcard]>,
    /// Places in `all`, by the key. Of patterns with the same text the first is here alone.
    table: HashTable<u32>,
    lengths: KeyLengths,
    /// The lowest number of a rule with one of these patterns.
    pub(super) lowest_rule: usize,
}

struct Wildcard {
    number: u32,
    tuple: Tuple,
}

/// So many patterns are compared one by one.
const FEW: usize = 8;

/// The lengths that keys have, in bytes.
#[derive(Default)]
struct KeyLengths {
    /// Of the scheme, with the `://` after it.
    schemes: Lengths,
    /// After the `*`, with the port.
    suffixes: Lengths,
    /// Before the port, where that is any.
    hosts_of_any_port: Lengths,
    /// After the `*` and before the port, where that is any.
    suffixes_of_any_port: Lengths,
    any_port: bool,
}

impl KeyLengths {
    fn insert(&mut self, key: Key<'_>) {
        self.schemes.insert(scheme_length(key.before));
        self.any_port |= key.any_port;
        match (key.after, key.any_port) {
            (Some(after), false) => self.suffixes.insert(after.len()),
            (Some(after), true) => self.suffixes_of_any_port.insert(after.len()),
            (None, _) => self.hosts_of_any_port.insert(key.before.len()),
        }
    }
}

impl Wildcards {
    /// Indexes the patterns of these numbers, which ascend.
    pub(super) fn new(arena: &Arena, seed: &Seed, patterns: Vec<(u32, Tuple)>) -> Self {
        let all: Box<[Wildcard]> = patterns.into_iter().map(|(number, tuple)| Wildcard { number, tuple }).collect();
        let entry = |place: u32| all.get(place as usize).and_then(|wildcard| arena.get(wildcard.number));
        let text = |place: u32| entry(place).map_or("", |(text, _)| text);
        let mut table = HashTable::with_capacity(all.len());
        let (mut lengths, mut lowest_rule) = (KeyLengths::default(), usize::MAX);
        for place in (0..).take(all.len()) {
            let key = Key::of(text(place));
            lengths.insert(key);
            lowest_rule = entry(place).map_or(lowest_rule, |(_, rule)| lowest_rule.min(rule));
            let hash = |place: &u32| Key::of(text(*place)).hash(seed.hasher());
            table.entry(key.hash(seed.hasher()), |other| key.is_of(text(*other)), hash).or_insert(place);
        }
        Wildcards { all, table, lengths, lowest_rule }
    }

    /// The prefilters of all patterns, if these are few.
    pub(super) fn prefilters(&self, arena: &Arena) -> Box<[Look]> {
        let few = if self.all.len() <= FEW { &*self.all } else { &[] };
        few.iter().map(|wildcard| wildcard.pattern(arena.text(wildcard.number)).look).collect()
    }

    /// The number of the first rule before `limit` that lists `origin` by one of these patterns.
    #[inline(never)]
    pub(super) fn find(&self, arena: &Arena, seed: &Seed, origin: &[u8], limit: usize) -> Option<usize> {
        // OPTIMIZATION: to compare a few patterns costs about half as much as to look up the keys of an origin. The numbers of
        // their rules ascend, so the first that matches is the first of all.
        if self.all.len() <= FEW {
            let entries = self.all.iter().filter_map(|wildcard| Some((wildcard, arena.get(wildcard.number)?)));
            let mut earlier = entries.take_while(|(_, (_, rule))| *rule < limit);
            return earlier.find(|(wildcard, (text, _))| wildcard.matches(text, origin)).map(|(_, (_, rule))| rule);
        }
        let mut best = None;
        let mut best_rule = limit;
        self.for_each_candidate(arena, seed, origin, |wildcard, text, rule| {
            if rule < best_rule {
                (best, best_rule) = (Some((wildcard, text)), rule);
            }
        });
        let (wildcard, text) = best?;
        // OPTIMIZATION: one candidate is compared, and not one for each dot, each over the whole host. The literal text of each is in
        // the origin already, so each matches if the origin is well-formed, and none otherwise.
        wildcard.matches(text, origin).then_some(best_rule)
    }

    /// Visits the patterns whose literal text `origin` has, each with its text and the number of its rule. If `origin` is the
    /// text of a pattern, these are the patterns that may cover it.
    fn for_each_candidate<'i>(
        &'i self,
        arena: &'i Arena,
        seed: &Seed,
        origin: &[u8],
        mut visit: impl FnMut(&'i Wildcard, &'i str, usize),
    ) {
        let lengths = &self.lengths;
        let Some(scheme) = lengths.schemes.iter().find_map(|length| scheme_of(origin, length)) else { return };
        let mut look_up = |before: FoldHasher<'_>, key: Key<'_>| {
            if let Some((wildcard, text, rule)) = self.get(arena, key, key.hash_after(before)) {
                visit(wildcard, text, rule);
            }
        };
        let before = hash_before(seed.hasher(), scheme);
        for suffix in suffixes(origin, &lengths.suffixes) {
            look_up(before.clone(), Key { before: scheme, after: Some(suffix), any_port: false });
        }
        if lengths.any_port {
            let portless = without_port(origin);
            if lengths.hosts_of_any_port.contains(portless.len()) {
                let key = Key { before: portless, after: None, any_port: true };
                look_up(hash_before(seed.hasher(), portless), key);
            }
            for suffix in suffixes(portless, &lengths.suffixes_of_any_port) {
                look_up(before.clone(), Key { before: scheme, after: Some(suffix), any_port: true });
            }
        }
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
        self.for_each_candidate(arena, seed, own.as_bytes(), |wildcard, text, of_rule| {
            let earlier = lowest.is_none_or(|lowest| wildcard.number < lowest);
            if earlier && of_rule <= rule && text != own && wildcard.pattern(text).covers(pattern) {
                lowest = Some(wildcard.number);
            }
        });
        lowest
    }
}

impl Wildcard {
    #[inline(always)]
    fn matches(&self, text: &str, origin: &[u8]) -> bool {
        self.tuple.matches(text.as_bytes(), origin)
    }

    fn pattern<'i>(&self, text: &'i str) -> OriginPattern<'i> {
        OriginPattern::from_parts(text, Shape::Tuple(self.tuple), Dangers::NONE)
    }
}

/// The scheme of an origin or of a pattern with the `://` after it, if these have this length.
fn scheme_of(origin: &[u8], length: usize) -> Option<&[u8]> {
    origin.get(..length).filter(|scheme| scheme.ends_with(b"://"))
}

/// The length of the scheme of a pattern with the `://` after it.
fn scheme_length(text: &[u8]) -> usize {
    text.iter().take_while(|byte| **byte != b':').count() + b"://".len()
}

/// The suffixes of `origin` that start with a dot and have one of these lengths.
fn suffixes<'o>(origin: &'o [u8], lengths: &Lengths) -> impl Iterator<Item = &'o [u8]> {
    let starts = lengths.iter().map_while(|length| origin.len().checked_sub(length));
    starts.filter_map(|start| origin.get(start..)).filter(|suffix| suffix.starts_with(b"."))
}

/// The part before the port of an origin or of a pattern: a colon, and five digits at most.
// OPTIMIZATION: only the end is read. An IPv6 address ends in its bracket, and a text that ends like a port in another way is
// not an origin, which `OriginPattern::matches` finds.
fn without_port(text: &[u8]) -> &[u8] {
    let mut rest = text;
    for _ in 0..=5 {
        match rest {
            [before @ .., b':'] => return before,
            [before @ .., b'0'..=b'9' | b'*'] => rest = before,
            _ => break,
        }
    }
    text
}
