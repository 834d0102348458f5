//! The entries that caches keep and evict.

use core::time::Duration;

#[cfg(feature = "heapless")]
use fetch_cors::browser::cache::FixedPreflightCache;
use fetch_cors::{
    browser::{
        GrowingPreflightCache, PreflightCache, Profile, Url,
        cache::{CacheEntry, CacheKey, EntryCredentials, Permission},
    },
    origin::Origin,
};

const MINUTE: Duration = Duration::from_secs(60);

fn key(url: &str) -> CacheKey<'_> {
    let (origin, url) = (Origin::parse("https://app.example").unwrap(), Url::new(url).unwrap());
    CacheKey { partition: "", origin, url, opaque_in_fetch: None }
}

fn entry(name: &str, expires: Duration) -> CacheEntry<'_> {
    CacheEntry { permission: Permission::HeaderName(name), credentials: EntryCredentials::NotIncluded, expires }
}

/// The number of entries for a URL.
fn held(cache: &impl PreflightCache, url: &str) -> usize {
    let mut count = 0;
    cache.visit(key(url), &mut |_| count += 1);
    count
}

fn url(number: usize) -> String {
    format!("https://api.example/{number}")
}

#[test]
fn full_growing_cache_evicts_expired_entries_first() {
    let [unused, dead, new] = [url(1), url(2), url(3)];
    let mut cache = GrowingPreflightCache::with_limit(2);
    cache.append(key(&unused), entry("x-a", MINUTE * 2), Duration::ZERO);
    // An entry expires at this time, not after it.
    cache.append(key(&dead), entry("x-a", MINUTE), Duration::ZERO);
    cache.append(key(&new), entry("x-a", MINUTE * 2), MINUTE);
    assert_eq!([&unused, &dead, &new].map(|url| held(&cache, url)), [1, 0, 1]);
}

#[test]
fn full_growing_cache_without_expired_entries_evicts_the_least_recently_used() {
    let [first, second, third, fourth] = [url(1), url(2), url(3), url(4)];
    let mut cache = GrowingPreflightCache::with_limit(2);
    for url in [&first, &second, &third] {
        cache.append(key(url), entry("x-a", MINUTE), Duration::ZERO);
    }
    assert_eq!([&first, &second, &third].map(|url| held(&cache, url)), [0, 1, 1]);
    cache.touch(key(&second));
    cache.append(key(&fourth), entry("x-a", MINUTE), Duration::ZERO);
    assert_eq!([&second, &third, &fourth].map(|url| held(&cache, url)), [1, 0, 1]);
}

#[test]
fn growing_cache_finds_every_entry_after_it_has_grown() {
    let mut cache = GrowingPreflightCache::new();
    for number in 0..100 {
        cache.append(key(&url(number)), entry("x-a", MINUTE), Duration::ZERO);
        assert!((0..=number).all(|number| held(&cache, &url(number)) == 1), "{number}");
    }
}

#[test]
fn cache_of_a_browser_has_that_browsers_entry_limit() {
    for (profile, expected) in [(&Profile::FIREFOX, 100), (&Profile::CHROMIUM, 150), (&Profile::FETCH, 150)] {
        let mut cache = GrowingPreflightCache::of_browser(profile);
        for number in 0..150 {
            cache.append(key(&url(number)), entry("x-a", MINUTE), Duration::ZERO);
        }
        assert_eq!(cache.len(), expected, "{}", profile.name);
    }
}

/// The longest name that fits in a URL's record beside this many short ones, which expire after a minute.
fn longest_name(short: usize, now: Duration) -> usize {
    longest_name_of(key(&url(1)), short, now)
}

fn longest_name_of(key: CacheKey<'_>, short: usize, now: Duration) -> usize {
    let text = "x".repeat(20_000);
    let is_kept = |length: usize| {
        let mut cache = GrowingPreflightCache::new();
        (0..short).for_each(|_| cache.append(key, entry("x", MINUTE), Duration::ZERO));
        cache.append(key, entry(&text[..length], MINUTE * 2), now);
        let mut found = false;
        cache.visit(key, &mut |entry| found |= entry.permission.as_str().len() == length);
        found
    };
    (2..20_000).rfind(|length| is_kept(*length)).unwrap()
}

#[test]
fn growing_cache_limits_a_record_to_16_kib_over_all_its_entries() {
    let [alone, second, third] = [0, 1, 2].map(|short| longest_name(short, Duration::ZERO));
    assert!(alone < 16 * 1024 && third > 15 * 1024, "{alone}, {third}");
    assert_eq!(alone - second, second - third);
    // Expired entries take no space.
    assert_eq!(longest_name(2, MINUTE), alone);
}

#[test]
fn growing_cache_counts_a_longer_key_against_its_records_limit() {
    let (path, long) = ("/x".repeat(500), "x".repeat(1000));
    let [short, long_url] = ["", &path].map(|path| format!("https://api.example/{path}"));
    let long_origin = format!("https://{long}");
    let keys = [
        key(&short),
        key(&long_url),
        CacheKey { partition: &long, ..key(&short) },
        CacheKey { origin: Origin::parse(&long_origin).unwrap(), ..key(&short) },
        CacheKey { partition: &long, ..key(&long_url) },
    ];
    let [alone, url, partition, origin, both] = keys.map(|key| longest_name_of(key, 0, Duration::ZERO));
    assert_eq!([url, partition, both].map(|length| alone - length), [1000, 1000, 2000]);
    assert_eq!(alone - origin, long_origin.len() - "https://app.example".len());
}

#[cfg(feature = "heapless")]
#[test]
fn fixed_cache_drops_expired_entries() {
    let mut cache = FixedPreflightCache::<4, 128>::new();
    cache.append(key("https://api.example/1"), entry("x-a", MINUTE), Duration::ZERO);
    cache.append(key("https://api.example/2"), entry("x-a", MINUTE * 2), MINUTE);
    assert_eq!(cache.len(), 1);
}
