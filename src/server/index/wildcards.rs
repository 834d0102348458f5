//! The patterns with a wildcard, by the pieces of their text.

extern crate alloc;

use alloc::{boxed::Box, vec::Vec};

use foldhash::fast::FoldHasher;
use hashbrown::HashTable;

use super::{
    arena::Arena,
    key::{Key, hash_before},
    seed::Seed,
    suffixes::{Lengths, for_each_suffix},
};
use crate::server::pattern::{Dangers, OriginPattern, Shape};

/// Patterns with a wildcard for hosts, for ports, or for both.
///
/// An origin has few keys: one for each dot of its host, and as many again where patterns have any port. Each is looked up
/// once, and no more than one pattern has it. So a look-up costs at most twice as many probes as an origin has dots (126),
/// whatever the patterns are; a key whose length no pattern has is not even hashed.
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
    shape: Shape,
}

/// The lengths that keys have, in bytes.
#[derive(Default)]
struct KeyLengths {
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
    pub(super) fn new(arena: &Arena, seed: &Seed, patterns: Vec<(u32, Shape)>) -> Self {
        let all: Box<[Wildcard]> = patterns.into_iter().map(|(number, shape)| Wildcard { number, shape }).collect();
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

    /// The number of the first rule before `limit` that lists `origin` by one of these patterns.
    #[inline(never)]
    pub(super) fn find(&self, arena: &Arena, seed: &Seed, origin: &[u8], limit: usize) -> Option<usize> {
        let mut best = None;
        let mut best_rule = limit;
        self.for_each_candidate(arena, seed, origin, |wildcard, text, rule| {
            if rule < best_rule {
                (best, best_rule) = (Some((wildcard, text)), rule);
            }
        });
        let (wildcard, text) = best?;
        // OPTIMIZATION: one candidate is compared, and not up to 252, each over the whole host. All of them have their literal
        // text in the origin, so each matches if the origin is well-formed, and none otherwise.
        wildcard.pattern(text).matches(origin).then_some(best_rule)
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
        let Some(scheme) = scheme_of(origin) else { return };
        let mut look_up = |key: Key<'_>, before: &FoldHasher<'_>| {
            if let Some((wildcard, text, rule)) = self.get(arena, key, key.hash_after(before.clone())) {
                visit(wildcard, text, rule);
            }
        };
        let before = hash_before(seed.hasher(), scheme);
        let lengths = &self.lengths;
        let mut port = 0;
        if lengths.any_port {
            let portless = without_port(origin);
            port = origin.len() - portless.len();
            if lengths.hosts_of_any_port.contains(portless.len()) {
                let key = Key { before: portless, after: None, any_port: true };
                look_up(key, &hash_before(seed.hasher(), portless));
            }
        }
        for_each_suffix(origin, |suffix| {
            if lengths.suffixes.contains(suffix.len()) {
                look_up(Key { before: scheme, after: Some(suffix), any_port: false }, &before);
            }
            let host = suffix.len().saturating_sub(port);
            if lengths.any_port && lengths.suffixes_of_any_port.contains(host) {
                look_up(Key { before: scheme, after: suffix.get(..host), any_port: true }, &before);
            }
        });
    }

    /// The pattern with this key, its text, and the number of its rule.
    #[inline]
    fn get<'i>(&'i self, arena: &'i Arena, key: Key<'_>, hash: u64) -> Option<(&'i Wildcard, &'i str, usize)> {
        let of_place = |place: u32| {
            let wildcard = self.all.get(place as usize)?;
            let (text, rule) = arena.get(wildcard.number)?;
            Some((wildcard, text, rule))
        };
        let place = self.table.find(hash, |place| of_place(*place).is_some_and(|(_, text, _)| key.is_of(text)))?;
        of_place(*place)
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
    fn pattern<'i>(&self, text: &'i str) -> OriginPattern<'i> {
        OriginPattern::from_parts(text, self.shape, Dangers::NONE)
    }
}

/// The scheme of an origin or of a pattern, with the `://` after it.
fn scheme_of(origin: &[u8]) -> Option<&[u8]> {
    let (scheme, _) = origin.split_at_checked(origin.iter().position(|byte| *byte == b':')? + b"://".len())?;
    scheme.ends_with(b"://").then_some(scheme)
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
