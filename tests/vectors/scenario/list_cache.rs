//! The plainest cache: a list of all entries.

use core::time::Duration;

use fetch_cors::browser::{
    PreflightCache,
    cache::{CacheEntry, CacheKey, EntryCredentials, Permission},
};

#[derive(Default)]
pub(super) struct ListCache(Vec<Entry>);

struct Entry {
    partition: String,
    origin: String,
    url: String,
    is_method: bool,
    text: String,
    credentials: EntryCredentials,
    expires: Duration,
}

impl Entry {
    fn is_of(&self, key: CacheKey<'_>) -> bool {
        self.partition == key.partition && self.origin == key.origin.to_string() && self.url == key.url.as_str()
    }

    fn as_entry(&self) -> CacheEntry<'_> {
        let permission =
            if self.is_method { Permission::Method(&self.text) } else { Permission::HeaderName(&self.text) };
        CacheEntry { permission, credentials: self.credentials, expires: self.expires }
    }
}

impl PreflightCache for ListCache {
    fn visit(&self, key: CacheKey<'_>, visit: &mut dyn FnMut(CacheEntry<'_>)) {
        self.0.iter().filter(|entry| entry.is_of(key)).for_each(|entry| visit(entry.as_entry()));
    }

    fn update(&mut self, key: CacheKey<'_>, update: &mut dyn FnMut(CacheEntry<'_>) -> Duration) {
        for entry in self.0.iter_mut().filter(|entry| entry.is_of(key)) {
            entry.expires = update(entry.as_entry());
        }
    }

    fn append(&mut self, key: CacheKey<'_>, entry: CacheEntry<'_>, _now: Duration) {
        self.0.push(Entry {
            partition: key.partition.to_owned(),
            origin: key.origin.to_string(),
            url: key.url.as_str().to_owned(),
            is_method: matches!(entry.permission, Permission::Method(_)),
            text: entry.permission.as_str().to_owned(),
            credentials: entry.credentials,
            expires: entry.expires,
        });
    }

    fn remove(&mut self, key: CacheKey<'_>) {
        self.0.retain(|entry| !entry.is_of(key));
    }
}
