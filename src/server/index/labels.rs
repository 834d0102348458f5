//! The patterns with a `*` within the first label, by their parts.

use core::hash::Hasher;

use foldhash::fast::FoldHasher;
use hashbrown::HashTable;

use super::{key::Key, lengths::ones};

/// Where an origin may have the literal parts of a pattern such as `https://app-*-team.example.com`.
///
/// Patterns that share all that follows the first label are a family. The lengths of their parts say where to look. First come
/// the parts before the `*`. For each such part that the origin has, the parts after it follow, the longest first. A label has
/// at most 63 bytes, so there are 63 lengths of the first kind, and 2,016 pairs of both.
///
// OPTIMIZATION: a look-up makes one probe for each part before the `*` that the origin has, and then stops at the longest part
// after it. That pattern knows the first rule of all that match with it, because it matches what they match. So an origin that
// is listed costs at most 63 comparisons of texts instead of 2,016. The hash of each part follows from that of the part that is
// one byte shorter. So a probe that finds nothing costs one multiplication instead of a hash of the whole text.
#[derive(Default)]
pub(super) struct Labels {
    /// By the family: the lengths of the parts before the `*`.
    prefixes: HashTable<Branch>,
    /// By the family and the part before the `*`: the lengths of the parts after it.
    suffixes: HashTable<Branch>,
    /// By the family and both parts: the pattern.
    pairs: HashTable<Pair>,
    /// Made of the seed.
    multipliers: [u64; 3],
}

/// Two branches with the same hash are merged. That makes more probes, and changes no result.
struct Branch {
    hash: u64,
    /// A bit for each length.
    lengths: u64,
    lowest_rule: u32,
}

struct Pair {
    hash: u64,
    /// The place of the pattern.
    place: u32,
    /// The lowest number of a rule with this pattern, or with one whose part before the `*` is the same and whose shorter part
    /// after it is an end of this one's.
    lowest_rule: u32,
}

/// The parts of the key of such a pattern, or of an origin whose label has no `*`.
struct Parts<'a> {
    scheme: &'a [u8],
    prefix: &'a [u8],
    suffix: &'a [u8],
    /// All that follows the first label.
    parent: &'a [u8],
}

impl<'a> Parts<'a> {
    fn of(key: Key<'a>) -> Option<Self> {
        let (suffix, parent) = split_label(key.after?)?;
        let scheme = key.scheme();
        Some(Parts { scheme, prefix: key.before.get(scheme.len()..)?, suffix, parent })
    }
}

/// The first label of a host, and the rest, which starts with a dot.
fn split_label(host: &[u8]) -> Option<(&[u8], &[u8])> {
    host.split_at_checked(host.iter().position(|byte| *byte == b'.')?)
}

/// A pattern that matches an origin if the part that its `*` matches is well-formed, and the first rule with such a pattern.
pub(super) struct Found {
    pub(super) place: u32,
    pub(super) rule: usize,
}

/// The most bytes of a label before or after a `*`.
const PART_LIMIT: usize = 62;

impl Labels {
    /// Adds the pattern at `place`, of this rule. Rules are added in ascending order. `text` returns the text of a pattern that
    /// was added before.
    pub(super) fn insert<'t>(
        &mut self,
        place: u32,
        rule: u32,
        key: Key<'_>,
        hasher: &FoldHasher<'_>,
        text: impl Fn(u32) -> &'t str,
    ) {
        let Some(parts) = Parts::of(key) else { return };
        if self.pairs.is_empty() {
            self.multipliers = [0_u8, 1, 2].map(|number| {
                let mut hasher = hasher.clone();
                hasher.write_u8(number);
                hasher.finish() | 1
            });
        }
        let family = family(parts.scheme, parts.parent, key.any_port, hasher);
        let prefix = parts.prefix.iter().fold(family, |hash, byte| self.next_of_prefix(hash, *byte));
        insert_length(&mut self.prefixes, family, parts.prefix.len(), rule);
        insert_length(&mut self.suffixes, prefix, parts.suffix.len(), rule);
        let mut lowest_rule = rule;
        let mut hash = self.multipliers[1];
        let mut start = parts.suffix.len();
        // Of the patterns with a shorter part, the last in this walk is the longest.
        loop {
            let suffix = parts.suffix.get(start..).unwrap_or_default();
            let shorter = Key { after: Some(after(key, suffix)), ..key };
            if let Some(pair) = self.pair(self.hash_of_pair(prefix, hash), shorter, &text) {
                lowest_rule = pair.lowest_rule;
                if suffix.len() == parts.suffix.len() {
                    return;
                }
            }
            let Some(next) = start.checked_sub(1) else { break };
            start = next;
            hash = self.next_of_suffix(hash, parts.suffix.get(start).copied().unwrap_or_default());
        }
        let hash = self.hash_of_pair(prefix, hash);
        self.pairs.insert_unique(hash, Pair { hash, place, lowest_rule }, |pair| pair.hash);
    }

    /// The first rule before `limit` with a pattern whose literal parts are in `origin`. If the patterns match any port,
    /// `origin` comes without its port.
    pub(super) fn find<'t>(
        &self,
        origin: &[u8],
        scheme: &[u8],
        any_port: bool,
        limit: usize,
        hasher: &FoldHasher<'_>,
        text: impl Fn(u32) -> &'t str,
    ) -> Option<Found> {
        if self.prefixes.is_empty() {
            return None;
        }
        let host = origin.get(scheme.len()..).unwrap_or_default();
        let (label, parent) = split_label(host)?;
        let mut prefix_hash = family(scheme, parent, any_port, hasher);
        let branch = branch(&self.prefixes, prefix_hash)?;
        // The hashes of the ends of the label, by their lengths.
        let mut suffix_hashes = [self.multipliers[1]; PART_LIMIT + 1];
        let mut hash = self.multipliers[1];
        for (slot, byte) in suffix_hashes.iter_mut().skip(1).zip(label.iter().rev()) {
            hash = self.next_of_suffix(hash, *byte);
            *slot = hash;
        }
        let mut found: Option<Found> = None;
        for length in 0..label.len().min(PART_LIMIT + 1) {
            let limit = found.as_ref().map_or(limit, |found| found.rule);
            if branch.lowest_rule as usize >= limit {
                break;
            }
            if branch.lengths >> length & 1 != 0
                && let Some(suffixes) = branch_before(&self.suffixes, prefix_hash, limit)
            {
                let before = origin.get(..scheme.len() + length).unwrap_or_default();
                // At least one byte is left for the `*`.
                let longest = (label.len() - length - 1).min(PART_LIMIT);
                let lengths = suffixes.lengths & (u64::MAX >> (63 - longest));
                let pair = descending(lengths).find_map(|suffix| {
                    let hash = self.hash_of_pair(prefix_hash, *suffix_hashes.get(suffix)?);
                    let key = Key { before, after: host.get(label.len() - suffix..), any_port };
                    self.pair(hash, key, &text)
                });
                if let Some(pair) = pair.filter(|pair| (pair.lowest_rule as usize) < limit) {
                    found = Some(Found { place: pair.place, rule: pair.lowest_rule as usize });
                }
            }
            prefix_hash = self.next_of_prefix(prefix_hash, label.get(length).copied().unwrap_or_default());
        }
        found
    }

    /// Visits the keys of patterns whose literal parts may be in `origin`. If the patterns match any port, `origin` has none.
    pub(super) fn for_each_key(
        &self,
        origin: &[u8],
        scheme: &[u8],
        any_port: bool,
        hasher: &FoldHasher<'_>,
        mut visit: impl FnMut(Key<'_>),
    ) {
        let host = origin.get(scheme.len()..).unwrap_or_default();
        let Some((label, parent)) = split_label(host) else { return };
        let mut hash = family(scheme, parent, any_port, hasher);
        let Some(branch_of_family) = branch(&self.prefixes, hash) else { return };
        for (length, byte) in label.iter().enumerate().take(PART_LIMIT + 1) {
            if branch_of_family.lengths >> length & 1 != 0
                && let (Some(suffixes), Some(before)) =
                    (branch(&self.suffixes, hash), origin.get(..scheme.len() + length))
            {
                for suffix in ones(suffixes.lengths).filter(|suffix| length + suffix < label.len()) {
                    visit(Key { before, after: host.get(label.len() - suffix..), any_port });
                }
            }
            hash = self.next_of_prefix(hash, *byte);
        }
    }

    #[inline]
    fn pair<'t>(&self, hash: u64, key: Key<'_>, text: &impl Fn(u32) -> &'t str) -> Option<&Pair> {
        self.pairs.find(hash, |pair| pair.hash == hash && key.is_of(text(pair.place)))
    }

    #[inline]
    fn next_of_prefix(&self, hash: u64, byte: u8) -> u64 {
        folded_product(hash ^ u64::from(byte), self.multipliers[0])
    }

    #[inline]
    fn next_of_suffix(&self, hash: u64, byte: u8) -> u64 {
        folded_product(hash ^ u64::from(byte), self.multipliers[2])
    }

    #[inline]
    fn hash_of_pair(&self, prefix: u64, suffix: u64) -> u64 {
        folded_product(prefix.wrapping_add(suffix), self.multipliers[1])
    }
}

/// The text after the `*`, with another part of the label.
fn after<'k>(key: Key<'k>, suffix: &[u8]) -> &'k [u8] {
    let after = key.after.unwrap_or_default();
    let label = split_label(after).map_or(0, |(label, _)| label.len());
    after.get(label - suffix.len()..).unwrap_or_default()
}

/// The hash of the parts that all patterns of a family share.
#[inline]
fn family(scheme: &[u8], parent: &[u8], any_port: bool, hasher: &FoldHasher<'_>) -> u64 {
    let mut hasher = hasher.clone();
    hasher.write(scheme);
    hasher.write(parent);
    hasher.write_u8(any_port.into());
    hasher.finish()
}

/// Both halves of a product, in one word.
#[allow(clippy::cast_possible_truncation, reason = "both halves are used")]
#[inline]
fn folded_product(left: u64, right: u64) -> u64 {
    let product = u128::from(left) * u128::from(right);
    product as u64 ^ (product >> 64) as u64
}

fn insert_length(table: &mut HashTable<Branch>, hash: u64, length: usize, rule: u32) {
    let new = Branch { hash, lengths: 0, lowest_rule: rule };
    let entry = table.entry(hash, |branch| branch.hash == hash, |branch| branch.hash).or_insert(new);
    entry.into_mut().lengths |= 1_u64.checked_shl(u32::try_from(length).unwrap_or(u32::MAX)).unwrap_or_default();
}

#[inline]
fn branch(table: &HashTable<Branch>, hash: u64) -> Option<&Branch> {
    table.find(hash, |branch| branch.hash == hash)
}

/// The branch, if it has a rule before `limit`.
#[inline]
fn branch_before(table: &HashTable<Branch>, hash: u64, limit: usize) -> Option<&Branch> {
    branch(table, hash).filter(|branch| (branch.lowest_rule as usize) < limit)
}

/// The numbers of the bits that are set, the highest first.
fn descending(mut bits: u64) -> impl Iterator<Item = usize> {
    core::iter::from_fn(move || {
        let highest = bits.checked_ilog2()?;
        bits ^= 1 << highest;
        usize::try_from(highest).ok()
    })
}
