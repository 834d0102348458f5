//! A cache that grows to a limit.

extern crate alloc;

use alloc::{boxed::Box, vec::Vec};
use core::{fmt, hash::Hasher, time::Duration};

use foldhash::{SharedSeed, fast::FoldHasher};
use hashbrown::HashTable;
use smallvec::SmallVec;

use crate::browser::profile::Profile;

use super::{CacheEntry, CacheKey, EntryCredentials, Permission, PreflightCache};

/// A [`PreflightCache`] on the heap, with a limit to how many pairs of origin and URL it keeps answers for.
///
/// The cost of a look-up does not grow with the number of entries. When the cache is full, expired entries are evicted.
/// If none has expired, the least recently used ones are evicted: one in a thousand, and at least one. Each pair takes
/// at most 16 KiB, its URL included: about 100 methods and names. Nothing is kept for a longer URL. So the cache takes
/// at most 16 KiB times its limit, which is 16 MiB for [`GrowingPreflightCache::new`].
#[derive(Clone)]
pub struct GrowingPreflightCache {
    records: HashTable<Record>,
    limit: usize,
    /// How often something was stored or used.
    uses: u64,
    keys: (u64, SharedSeed),
}

/// The cached answers for one key.
#[derive(Clone)]
struct Record {
    partition: Box<str>,
    origin: Box<[u8]>,
    url: Box<str>,
    opaque_in_fetch: Option<u64>,
    entries: SmallVec<[Entry; 2]>,
    /// The count of uses when it was last stored or used.
    used: u64,
    /// The hash of the key.
    hash: u64,
}

#[derive(Clone)]
struct Entry {
    kind: Kind,
    name: Box<str>,
    credentials: EntryCredentials,
    expires: Duration,
}

#[derive(Clone, Copy)]
enum Kind {
    Method,
    HeaderName,
}

/// The limits of memory, in bytes: of a whole record, of a record without the text of its key, and of an entry without its
/// name. They hold even while a vector is moved to twice the space.
const RECORD_LIMIT: usize = 16 * 1024;
const RECORD_SIZE: usize = 512;
const ENTRY_SIZE: usize = 128;

impl GrowingPreflightCache {
    /// The limit of [`GrowingPreflightCache::new`]: how many pairs of origin and URL have answers.
    pub const DEFAULT_LIMIT: usize = 1024;

    /// An empty cache.
    pub fn new() -> Self {
        Self::with_limit(Self::DEFAULT_LIMIT)
    }

    /// An empty cache that keeps answers for at most `limit` pairs of origin and URL.
    pub fn with_limit(limit: usize) -> Self {
        Self::with_limit_and_keys(limit, (0, 0))
    }

    /// An empty cache of a browser's size.
    pub fn of_browser(profile: &Profile) -> Self {
        Self::with_limit(profile.cached_urls.unwrap_or(Self::DEFAULT_LIMIT))
    }

    /// A cache with this limit, whose hashes use these keys. Keep the keys secret from pages that choose URLs.
    pub fn with_limit_and_keys(limit: usize, keys: (u64, u64)) -> Self {
        GrowingPreflightCache {
            records: HashTable::new(),
            limit,
            uses: 0,
            keys: (keys.0, SharedSeed::from_u64(keys.1)),
        }
    }

    /// The number of pairs of origin and URL with answers, expired ones included.
    pub fn len(&self) -> usize {
        self.records.len()
    }

    /// Whether the cache has no answers.
    pub fn is_empty(&self) -> bool {
        self.records.is_empty()
    }

    /// Evicts the entries that have expired at `now`. If there are none, evicts the least recently used ones.
    fn make_room(&mut self, now: Duration) {
        self.records.retain(|record| record.entries.iter().any(|entry| entry.expires > now));
        if self.records.len() < self.limit.max(1) {
            return;
        }
        let mut uses: Vec<u64> = self.records.iter().map(|record| record.used).collect();
        let share = uses.len() / 1000;
        let last_to_go = *uses.select_nth_unstable(share).1;
        self.records.retain(|record| record.used > last_to_go);
    }

    fn next_use(&mut self) -> u64 {
        self.uses = self.uses.saturating_add(1);
        self.uses
    }
}

impl Default for GrowingPreflightCache {
    fn default() -> Self {
        GrowingPreflightCache::new()
    }
}

impl fmt::Debug for GrowingPreflightCache {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let urls = self.records.iter().map(|record| &record.url);
        formatter.debug_set().entries(urls).finish()
    }
}

impl Record {
    fn is_of(&self, key: CacheKey<'_>) -> bool {
        *self.url == *key.url.as_str()
            && *self.partition == *key.partition
            && self.opaque_in_fetch == key.opaque_in_fetch
            && key.origin.is_serialized_as(&self.origin)
    }
}

/// The partition is not hashed, because few partitions are in use at a time.
fn hash(keys: &(u64, SharedSeed), key: CacheKey<'_>) -> u64 {
    // OPTIMIZATION: hashes words, with the hasher of the index. Together with the comparisons that `find_all` skips,
    // this saves a fifth of a look-up.
    let mut hasher = FoldHasher::with_seed(keys.0, &keys.1);
    hasher.write(key.url.as_str().as_bytes());
    key.origin.serialized_parts().into_iter().for_each(|part| hasher.write(part.as_bytes()));
    if let Some(fetch) = key.opaque_in_fetch {
        hasher.write_u64(fetch);
    }
    hasher.finish()
}

fn size_of_entry(name: &str) -> usize {
    ENTRY_SIZE + name.len()
}

impl Entry {
    fn new(entry: CacheEntry<'_>) -> Self {
        let (kind, name) = match entry.permission {
            Permission::Method(name) => (Kind::Method, name),
            Permission::HeaderName(name) => (Kind::HeaderName, name),
        };
        Entry { kind, name: name.into(), credentials: entry.credentials, expires: entry.expires }
    }

    fn as_entry(&self) -> CacheEntry<'_> {
        let permission = match self.kind {
            Kind::Method => Permission::Method(&self.name),
            Kind::HeaderName => Permission::HeaderName(&self.name),
        };
        CacheEntry { permission, credentials: self.credentials, expires: self.expires }
    }
}

impl PreflightCache for GrowingPreflightCache {
    fn visit(&self, key: CacheKey<'_>, visit: &mut dyn FnMut(CacheEntry<'_>)) {
        let hash = hash(&self.keys, key);
        if let Some(record) = self.records.find(hash, |record| record.is_of(key)) {
            record.entries.iter().for_each(|entry| visit(entry.as_entry()));
        }
    }

    fn update(&mut self, key: CacheKey<'_>, update: &mut dyn FnMut(CacheEntry<'_>) -> Duration) {
        let hash = hash(&self.keys, key);
        if let Some(record) = self.records.find_mut(hash, |record| record.is_of(key)) {
            for entry in &mut record.entries {
                entry.expires = update(entry.as_entry());
            }
        }
    }

    fn append(&mut self, key: CacheKey<'_>, entry: CacheEntry<'_>, now: Duration) {
        let origin_size: usize = key.origin.serialized_parts().into_iter().map(str::len).sum();
        let key_size = key.partition.len() + key.url.as_str().len() + origin_size;
        let size = RECORD_SIZE + key_size + size_of_entry(entry.permission.as_str());
        let used = self.next_use();
        let hash = hash(&self.keys, key);
        if let Some(record) = self.records.find_mut(hash, |record| record.is_of(key)) {
            record.entries.retain(|held| held.expires > now);
            let held: usize = record.entries.iter().map(|held| size_of_entry(&held.name)).sum();
            if held + size <= RECORD_LIMIT {
                record.entries.push(Entry::new(entry));
                record.used = used;
            }
            return;
        }
        if size > RECORD_LIMIT || self.limit == 0 {
            return;
        }
        if self.records.len() >= self.limit {
            self.make_room(now);
        }
        let record = Record {
            partition: key.partition.into(),
            origin: key.origin.serialized_bytes().collect(),
            url: key.url.as_str().into(),
            opaque_in_fetch: key.opaque_in_fetch,
            entries: SmallVec::from_iter([Entry::new(entry)]),
            used,
            hash,
        };
        self.records.insert_unique(hash, record, |record| record.hash);
    }

    fn remove(&mut self, key: CacheKey<'_>) {
        let hash = hash(&self.keys, key);
        if let Ok(record) = self.records.find_entry(hash, |record| record.is_of(key)) {
            record.remove();
        }
    }

    fn next_fetch(&mut self) -> u64 {
        self.next_use()
    }

    fn touch(&mut self, key: CacheKey<'_>) {
        let used = self.next_use();
        let hash = hash(&self.keys, key);
        if let Some(record) = self.records.find_mut(hash, |record| record.is_of(key)) {
            record.used = used;
        }
    }
}
