//! The patterns with a `*` within the first label, by their parts.

use foldhash::fast::FoldHasher;
use hashbrown::HashTable;

use super::{key::Key, lengths::ones};

/// Where an origin may have the literal parts of a pattern such as `https://app-*-team.example.com`.
///
/// Many patterns may share all that follows the first label. The lengths of their parts say where to look: first those of
/// the parts before the `*`, then, for each such part that the origin has, those of the parts after it. A label has 63 bytes,
/// so there are 63 lengths of the first kind, and 2,016 pairs of both. A look-up makes at most as many probes; it makes one
/// for each length before the `*`, and one for each length after it that patterns with the part before it have.
#[derive(Default)]
pub(super) struct Labels {
    /// By the scheme and all that follows the first label: the lengths of the parts before the `*`.
    prefixes: HashTable<Branch>,
    /// By the scheme, the part before the `*` and all that follows the first label: the lengths of the parts after the `*`.
    suffixes: HashTable<Branch>,
}

struct Branch {
    /// The place of one of the patterns.
    place: u32,
    /// A bit for each length.
    lengths: u64,
}

/// The parts of the key of such a pattern.
struct Parts<'a> {
    scheme: &'a [u8],
    /// The scheme, and the part of the label before the `*`.
    before: &'a [u8],
    suffix: &'a [u8],
    /// All that follows the first label.
    parent: &'a [u8],
}

impl<'a> Parts<'a> {
    fn of(key: Key<'a>) -> Option<Self> {
        let (suffix, parent) = split_label(key.after?)?;
        Some(Parts { scheme: key.scheme(), before: key.before, suffix, parent })
    }
}

/// The first label of a host, and the rest, which starts with a dot.
fn split_label(host: &[u8]) -> Option<(&[u8], &[u8])> {
    host.split_at_checked(host.iter().position(|byte| *byte == b'.')?)
}

impl Labels {
    /// Adds the pattern at `place`. `text` says which text a pattern has that was added before.
    pub(super) fn insert<'t>(
        &mut self,
        place: u32,
        key: Key<'_>,
        hasher: &FoldHasher<'_>,
        text: impl Fn(u32) -> &'t str,
    ) {
        let Some(parts) = Parts::of(key) else { return };
        let of_scheme = Key { before: parts.scheme, after: Some(parts.parent), ..key };
        let of_prefix = Key { before: parts.before, ..of_scheme };
        let prefix_length = parts.before.len() - parts.scheme.len();
        insert(&mut self.prefixes, of_scheme, place, prefix_length, hasher, &text, of_its_scheme);
        insert(&mut self.suffixes, of_prefix, place, parts.suffix.len(), hasher, &text, of_its_prefix);
    }

    /// Visits the keys that patterns may have whose literal parts are in `origin`, which has no port if they have any port.
    pub(super) fn for_each_key<'t>(
        &self,
        origin: &[u8],
        scheme: &[u8],
        any_port: bool,
        hasher: &FoldHasher<'_>,
        text: impl Fn(u32) -> &'t str,
        mut visit: impl FnMut(Key<'_>),
    ) {
        if self.prefixes.is_empty() {
            return;
        }
        let host = origin.get(scheme.len()..).unwrap_or_default();
        let Some((label, parent)) = split_label(host) else { return };
        let key = Key { before: scheme, after: Some(parent), any_port };
        for prefix in ones(lengths_of(&self.prefixes, key, hasher, &text, of_its_scheme)) {
            let Some(before) = origin.get(..scheme.len() + prefix) else { break };
            let key = Key { before, ..key };
            for suffix in ones(lengths_of(&self.suffixes, key, hasher, &text, of_its_prefix)) {
                // At least one byte is left for the `*`.
                if prefix + suffix < label.len() {
                    visit(Key { after: host.get(label.len() - suffix..), ..key });
                }
            }
        }
    }
}

fn insert<'t>(
    table: &mut HashTable<Branch>,
    key: Key<'_>,
    place: u32,
    length: usize,
    hasher: &FoldHasher<'_>,
    text: &impl Fn(u32) -> &'t str,
    of: fn(Key<'t>) -> Option<Key<'t>>,
) {
    let same = |branch: &Branch| of(Key::of(text(branch.place))).is_some_and(|other| other == key);
    let hash = |branch: &Branch| of(Key::of(text(branch.place))).map_or(0, |key| key.hash(hasher.clone()));
    let entry = table.entry(key.hash(hasher.clone()), same, hash).or_insert(Branch { place, lengths: 0 });
    entry.into_mut().lengths |= 1_u64.checked_shl(u32::try_from(length).unwrap_or(u32::MAX)).unwrap_or_default();
}

fn lengths_of<'t>(
    table: &HashTable<Branch>,
    key: Key<'_>,
    hasher: &FoldHasher<'_>,
    text: &impl Fn(u32) -> &'t str,
    of: fn(Key<'t>) -> Option<Key<'t>>,
) -> u64 {
    let same = |branch: &Branch| of(Key::of(text(branch.place))).is_some_and(|other| other == key);
    table.find(key.hash(hasher.clone()), same).map_or(0, |branch| branch.lengths)
}

/// The key of a pattern in `prefixes`.
fn of_its_scheme(key: Key<'_>) -> Option<Key<'_>> {
    Parts::of(key).map(|parts| Key { before: parts.scheme, after: Some(parts.parent), ..key })
}

/// The key of a pattern in `suffixes`.
fn of_its_prefix(key: Key<'_>) -> Option<Key<'_>> {
    Parts::of(key).map(|parts| Key { before: parts.before, after: Some(parts.parent), ..key })
}
