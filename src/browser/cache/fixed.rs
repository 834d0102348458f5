//! A cache in memory of fixed size.

use core::time::Duration;

use heapless::Vec;

use super::{CacheEntry, CacheKey, EntryCredentials, Permission, PreflightCache};

/// A [`PreflightCache`] of at most `ENTRIES` entries, each of at most `BYTES` bytes of key and name; a longer one is not
/// kept. When it is full, the entry that expires first is evicted.
///
/// Each entry takes `BYTES` bytes and about 60 more. A look-up compares every entry.
#[derive(Clone, Debug)]
pub struct FixedPreflightCache<const ENTRIES: usize, const BYTES: usize = 256> {
    entries: Vec<Entry<BYTES>, ENTRIES>,
    fetches: u64,
}

#[derive(Clone, Debug)]
struct Entry<const BYTES: usize> {
    /// The key, then the method or header name.
    text: Vec<u8, BYTES>,
    key_length: usize,
    kind: Kind,
    credentials: EntryCredentials,
    expires: Duration,
    opaque_in_fetch: Option<u64>,
}

#[derive(Clone, Copy, Debug)]
enum Kind {
    Method,
    HeaderName,
}

impl<const BYTES: usize> Entry<BYTES> {
    fn new(key: CacheKey<'_>, entry: CacheEntry<'_>) -> Option<Self> {
        let (kind, name) = match entry.permission {
            Permission::Method(name) => (Kind::Method, name),
            Permission::HeaderName(name) => (Kind::HeaderName, name),
        };
        let mut text = Vec::new();
        for byte in key_bytes(key) {
            text.push(byte).ok()?;
        }
        let key_length = text.len();
        text.extend_from_slice(name.as_bytes()).ok()?;
        let CacheEntry { credentials, expires, .. } = entry;
        Some(Entry { text, key_length, kind, credentials, expires, opaque_in_fetch: key.opaque_in_fetch })
    }

    fn is_of(&self, key: CacheKey<'_>) -> bool {
        // OPTIMIZATION: the bytes of `key_bytes`, part by part.
        let origin = self.text.get(..self.key_length).and_then(|own| {
            let rest = own.strip_prefix(key.url.as_str().as_bytes())?.strip_prefix(&[0])?;
            rest.strip_suffix(key.partition.as_bytes())?.strip_suffix(&[0])
        });
        self.opaque_in_fetch == key.opaque_in_fetch && origin.is_some_and(|origin| key.origin.is_serialized_as(origin))
    }

    fn as_entry(&self) -> CacheEntry<'_> {
        let name = self.text.get(self.key_length..).unwrap_or_default();
        let name = core::str::from_utf8(name).unwrap_or_default();
        let permission = match self.kind {
            Kind::Method => Permission::Method(name),
            Kind::HeaderName => Permission::HeaderName(name),
        };
        CacheEntry { permission, credentials: self.credentials, expires: self.expires }
    }
}

/// The key as one sequence of bytes. Its first two parts have no NUL byte, so different keys have different sequences.
fn key_bytes(key: CacheKey<'_>) -> impl Iterator<Item = u8> {
    let origin = key.origin.serialized_bytes();
    key.url.as_str().bytes().chain([0]).chain(origin).chain([0]).chain(key.partition.bytes())
}

impl<const ENTRIES: usize, const BYTES: usize> FixedPreflightCache<ENTRIES, BYTES> {
    /// An empty cache.
    pub const fn new() -> Self {
        FixedPreflightCache { entries: Vec::new(), fetches: 0 }
    }

    /// The number of entries, expired ones included.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether the cache has no entries.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }
}

impl<const ENTRIES: usize, const BYTES: usize> Default for FixedPreflightCache<ENTRIES, BYTES> {
    fn default() -> Self {
        FixedPreflightCache::new()
    }
}

impl<const ENTRIES: usize, const BYTES: usize> PreflightCache for FixedPreflightCache<ENTRIES, BYTES> {
    fn visit(&self, key: CacheKey<'_>, visit: &mut dyn FnMut(CacheEntry<'_>)) {
        self.entries.iter().filter(|entry| entry.is_of(key)).for_each(|entry| visit(entry.as_entry()));
    }

    fn update(&mut self, key: CacheKey<'_>, update: &mut dyn FnMut(CacheEntry<'_>) -> Duration) {
        for entry in self.entries.iter_mut().filter(|entry| entry.is_of(key)) {
            entry.expires = update(entry.as_entry());
        }
    }

    fn append(&mut self, key: CacheKey<'_>, entry: CacheEntry<'_>, now: Duration) {
        let Some(entry) = Entry::new(key, entry) else { return };
        self.entries.retain(|held| held.expires > now);
        if let Err(entry) = self.entries.push(entry)
            && let Some(first_to_die) = self.entries.iter_mut().min_by_key(|held| held.expires)
        {
            *first_to_die = entry;
        }
    }

    fn remove(&mut self, key: CacheKey<'_>) {
        self.entries.retain(|entry| !entry.is_of(key));
    }

    fn next_fetch(&mut self) -> u64 {
        self.fetches = self.fetches.wrapping_add(1);
        self.fetches
    }
}
