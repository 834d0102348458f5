//! The CORS-preflight cache: which preflights are saved.
//!
//! [`PreflightCache`] is a trait, so that a caller can keep entries where it likes. There are three caches:
//! [`NoCache`] stores nothing, `FixedPreflightCache` (feature `heapless`) has a fixed size, and `GrowingPreflightCache`
//! (feature `cache`) grows. Times are the caller's own clock, as a [`Duration`] since a moment of the caller's choice.
//!
//! [`fetch`](super::fetch()) reads and fills the given cache. [`cache_verdict`] says why a preflight is or is not
//! saved.
//!
//! ```
//! use core::time::Duration;
//! use fetch_cors::browser::cache::{CacheMiss, CacheVerdict, cache_verdict};
//! use fetch_cors::browser::{Environment, NoCache, Profile, RequestInit, Url, route::{Route, route}};
//! use fetch_cors::origin::Origin;
//!
//! let page = Origin::parse("https://app.example").unwrap();
//! let url = Url::new("https://api.example/items/1").unwrap();
//! let request = RequestInit { method: "DELETE", ..RequestInit::default() }.request(url, page).unwrap();
//! let Ok(Route::CorsWithPreflight(reasons)) = route(&request, &Profile::FETCH) else { panic!("DELETE is preflighted") };
//! let verdict = cache_verdict(&request, &reasons, Environment::new(&Profile::FETCH), &NoCache, Duration::ZERO);
//! assert_eq!(verdict, CacheVerdict::MethodMiss(CacheMiss::NoEntry));
//! ```

mod entry_match;
#[cfg(feature = "heapless")]
mod fixed;
#[cfg(feature = "cache")]
mod growing;
mod miss;

use core::time::Duration;

pub use entry_match::{CacheVerdict, cache_verdict};
pub(super) use entry_match::{clear_on_failure, clear_on_miss, store, touch};
#[cfg(feature = "heapless")]
pub use fixed::FixedPreflightCache;
#[cfg(feature = "cache")]
pub use growing::GrowingPreflightCache;
pub use miss::CacheMiss;

use super::{
    environment::Environment,
    profile::switches::{EmptyFragment, OpaqueOriginCache, TaintedPreflightOrigin},
    request::{CredentialsMode, Request},
    url::Url,
};
use crate::origin::Origin;

/// The key of a request's entries: the network partition key, the origin and the URL.
///
/// <https://fetch.spec.whatwg.org/#concept-cache-match>
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(clippy::exhaustive_structs, reason = "caches outside of this crate make it")]
pub struct CacheKey<'a> {
    /// The network partition key, as text of the caller's choice.
    pub partition: &'a str,
    /// The byte-serialized origin.
    pub origin: Origin<'a>,
    /// The URL.
    pub url: Url<'a>,
    /// The number of the fetch by [`PreflightCache::next_fetch`], for an opaque origin in a browser that treats it as
    /// another origin in each fetch.
    pub opaque_in_fetch: Option<u64>,
}

impl<'a> CacheKey<'a> {
    pub(super) fn of(request: &Request<'a>, environment: Environment<'a>) -> Self {
        let Environment { profile, partition, .. } = environment;
        let origin = match profile.tainted_preflight_origin {
            TaintedPreflightOrigin::Null => request.serialized_origin(),
            TaintedPreflightOrigin::Page => request.origin(),
        };
        let url = match profile.empty_fragment {
            EmptyFragment::Kept => request.current_url(),
            EmptyFragment::Dropped => request.current_url().without_empty_fragment(),
        };
        let is_new = match profile.opaque_origin_cache {
            OpaqueOriginCache::Kept => false,
            OpaqueOriginCache::KeptForItsFetch => origin.is_opaque(),
            OpaqueOriginCache::KeptForPage => origin.is_opaque() && !request.origin().is_opaque(),
        };
        CacheKey { partition, origin, url, opaque_in_fetch: is_new.then(|| request.number()) }
    }
}

/// A cache entry, without its key.
///
/// <https://fetch.spec.whatwg.org/#cache-entry>
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(clippy::exhaustive_structs, reason = "caches outside of this crate make it")]
pub struct CacheEntry<'a> {
    /// The permission.
    pub permission: Permission<'a>,
    /// Whether a request with credentials created it.
    pub credentials: EntryCredentials,
    /// When it expires, on the clock of the caller's `now`.
    pub expires: Duration,
}

/// The permission of a cache entry. A `*` is stored as a method or header name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(clippy::exhaustive_enums, reason = "caches outside of this crate make it")]
pub enum Permission<'a> {
    /// A method.
    ///
    /// <https://fetch.spec.whatwg.org/#concept-cache-method>
    Method(&'a str),
    /// A header name.
    ///
    /// <https://fetch.spec.whatwg.org/#concept-cache-header-name>
    HeaderName(&'a str),
}

impl<'a> Permission<'a> {
    /// The method or the name.
    pub const fn as_str(self) -> &'a str {
        match self {
            Permission::Method(text) | Permission::HeaderName(text) => text,
        }
    }
}

/// Whether a request with credentials created a cache entry.
///
/// <https://fetch.spec.whatwg.org/#concept-cache-credentials>
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(clippy::exhaustive_enums, reason = "a question of yes or no")]
pub enum EntryCredentials {
    /// Its credentials mode was "include".
    Included,
    /// It was another.
    NotIncluded,
}

impl EntryCredentials {
    pub(super) fn of(credentials_mode: CredentialsMode) -> Self {
        match credentials_mode {
            CredentialsMode::Include => EntryCredentials::Included,
            CredentialsMode::Omit | CredentialsMode::SameOrigin => EntryCredentials::NotIncluded,
        }
    }
}

/// A store for cache entries. The crate has the rules of the cache, and the implementor has the memory.
///
/// An implementation may drop entries at any time, and may return expired ones: the rules check the time. All times come
/// from one clock that does not go back.
///
/// <https://fetch.spec.whatwg.org/#concept-cache>
pub trait PreflightCache {
    /// Calls `visit` with each entry of the key.
    fn visit(&self, key: CacheKey<'_>, visit: &mut dyn FnMut(CacheEntry<'_>));

    /// Calls `update` with each entry of the key, and sets its expiry to what that returns.
    fn update(&mut self, key: CacheKey<'_>, update: &mut dyn FnMut(CacheEntry<'_>) -> Duration);

    /// Appends an entry. It may drop others to make room, or not store the entry.
    fn append(&mut self, key: CacheKey<'_>, entry: CacheEntry<'_>, now: Duration);

    /// Removes all entries of the key.
    fn remove(&mut self, key: CacheKey<'_>);

    /// Returns a new number for a fetch that begins. It is called for pages with an opaque origin, which is another origin in
    /// each fetch. A cache that always returns the same number may use the answer to one fetch for another.
    fn next_fetch(&mut self) -> u64 {
        0
    }

    /// Notes that the entries of the key have just saved a preflight, for a cache that evicts the least recently used.
    fn touch(&mut self, _key: CacheKey<'_>) {}
}

/// No cache: every request that needs a preflight sends one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[expect(clippy::exhaustive_structs, reason = "users write its name as a value")]
pub struct NoCache;

impl PreflightCache for NoCache {
    fn visit(&self, _: CacheKey<'_>, _: &mut dyn FnMut(CacheEntry<'_>)) {}
    fn update(&mut self, _: CacheKey<'_>, _: &mut dyn FnMut(CacheEntry<'_>) -> Duration) {}
    fn append(&mut self, _: CacheKey<'_>, _: CacheEntry<'_>, _: Duration) {}
    fn remove(&mut self, _: CacheKey<'_>) {}
}
