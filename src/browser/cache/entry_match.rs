//! Which requests a cache entry matches, when entries are created, and when they are removed.

use core::time::Duration;

use super::{CacheEntry, CacheKey, CacheMiss, EntryCredentials, Permission, PreflightCache};
use crate::{
    browser::{
        environment::Environment,
        error::Reason,
        preflight::PreflightGrant,
        profile::{
            Profile,
            switches::{
                CacheCleared, CachedMethod, CachedWildcard, EntryWithCredentials, MalformedMaxAge, OpaqueOriginCache,
                PreflightCacheBypass,
            },
        },
        request::{CacheMode, CredentialsMode, RedirectTaint, Request, UseCorsPreflightFlag},
        route::PreflightReasons,
        safelist::{Candidate, CorsUnsafeRequestHeaderNames},
    },
    header::HeaderName,
    method::Method,
};

/// The result of a cache look-up for a request that needs a preflight.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(clippy::exhaustive_enums, reason = "a caller must act on each")]
pub enum CacheVerdict<'a> {
    /// Cached entries cover the method and all headers: no preflight is sent.
    Hit,
    /// The method needs a preflight.
    MethodMiss(CacheMiss),
    /// This header needs a preflight. It is the first one that does.
    HeaderMiss(HeaderName<'a>, CacheMiss),
}

/// Whether cached entries save `request` the preflight that it needs for these reasons.
///
/// <https://fetch.spec.whatwg.org/#concept-http-fetch>, 4.1.
pub fn cache_verdict<'a>(
    request: &Request<'a>,
    reasons: &PreflightReasons<'a>,
    environment: Environment<'a>,
    cache: &(impl PreflightCache + ?Sized),
    now: Duration,
) -> CacheVerdict<'a> {
    if bypasses(request, environment.profile) {
        return CacheVerdict::MethodMiss(CacheMiss::Bypassed);
    }
    let lookup = Lookup::of(request, environment, now);
    if is_new_to_cache(request, environment) {
        return CacheVerdict::MethodMiss(CacheMiss::NoEntry);
    }
    let flag_set = reasons.flag != UseCorsPreflightFlag::Unset;
    let method_counts = match environment.profile.cached_method {
        CachedMethod::CountsUnlessSafelisted => reasons.method.is_some() || flag_set,
        CachedMethod::CountsUnlessSafelistedWhateverTheFlag => reasons.method.is_some(),
        CachedMethod::CountsUnlessGetOrPost => !matches!(request.method(), Method::GET | Method::POST),
    };
    // By the standard there is always something to ask for.
    if !method_counts && reasons.headers.is_empty() {
        return match lookup.find_any(cache) {
            Ok(()) => CacheVerdict::Hit,
            Err(miss) => CacheVerdict::MethodMiss(miss),
        };
    }
    let mut method = method_counts.then(|| Permission::Method(request.method().as_str()));
    // OPTIMIZATION: only finding the first miss needs the names in order. Finding whether there is a miss does not.
    if !cfg!(fetch_cors_small) && lookup.finds_all(cache, method, reasons.headers) {
        return CacheVerdict::Hit;
    }
    // OPTIMIZATION: a `*` that covers one header covers all but `Authorization`, so it is looked up together with the
    // first header. No entry has the empty name.
    let mut wildcard = Wanted::new(Permission::HeaderName(""));
    let mut names = reasons.headers.iter();
    loop {
        let in_question =
            |name: &HeaderName<'_>| wildcard.nearest.is_err() || name.is_cors_non_wildcard_request_header_name();
        let names = names.by_ref().filter(in_question).map(|name| Permission::HeaderName(name.as_str()));
        // OPTIMIZATION: several permissions at a time, since the cache looks for the key anew each time.
        let mut batch = [wildcard; BATCH];
        let mut length = 1;
        for (place, permission) in batch.iter_mut().skip(1).zip(method.take().into_iter().chain(names)) {
            *place = Wanted::new(permission);
            length += 1;
        }
        let batch = batch.get_mut(..length).unwrap_or_default();
        lookup.find_all(cache, batch);
        let [first, wanted @ ..] = batch else { return CacheVerdict::Hit };
        wildcard = *first;
        for Wanted { permission, nearest } in wanted.iter() {
            match (permission, nearest) {
                (_, Ok(())) => {}
                (Permission::Method(_), Err(miss)) => return CacheVerdict::MethodMiss(*miss),
                (Permission::HeaderName(name), Err(miss)) => {
                    return CacheVerdict::HeaderMiss(HeaderName::from_transport(name), *miss);
                }
            }
        }
        if length < BATCH {
            return CacheVerdict::Hit;
        }
    }
}

// AD-HOC: in the standard the cache mode affects only the HTTP cache. In browsers some modes bypass the preflight cache, too.
fn bypasses(request: &Request<'_>, profile: &Profile) -> bool {
    // OPTIMIZATION: if no mode bypasses, the headers are not searched for conditional ones. The result is the same.
    profile.preflight_cache_bypass != PreflightCacheBypass::Never
        && match request.http_cache_mode() {
            CacheMode::NoStore | CacheMode::Reload => true,
            CacheMode::NoCache => profile.preflight_cache_bypass == PreflightCacheBypass::ByNoCacheToo,
            CacheMode::Default | CacheMode::ForceCache | CacheMode::OnlyIfCached => false,
        }
}

const BATCH: usize = 8;

/// A permission to look up, and the nearest miss so far.
#[derive(Clone, Copy)]
struct Wanted<'a> {
    permission: Permission<'a>,
    nearest: Result<(), CacheMiss>,
}

impl<'a> Wanted<'a> {
    const fn new(permission: Permission<'a>) -> Self {
        Wanted { permission, nearest: Err(CacheMiss::NoEntry) }
    }
}

#[derive(Clone, Copy)]
struct Lookup<'a> {
    key: CacheKey<'a>,
    credentials: CredentialsMode,
    profile: &'a Profile,
    now: Duration,
}

impl<'a> Lookup<'a> {
    fn of(request: &Request<'a>, environment: Environment<'a>, now: Duration) -> Self {
        let profile = environment.profile;
        let (key, credentials) = (CacheKey::of(request, environment), request.credentials_mode());
        Lookup { key, credentials, profile, now }
    }

    /// Whether there is a method cache entry match, and a header-name cache entry match for each name. The answer is also `false`
    /// if it depends on the total length of long values: then [`Lookup::find_all`] decides.
    fn finds_all(
        &self,
        cache: &(impl PreflightCache + ?Sized),
        mut method: Option<Permission<'_>>,
        names: CorsUnsafeRequestHeaderNames<'_>,
    ) -> bool {
        let names_pass = names.all_are_marked(&mut |candidates| {
            cache.visit(self.key, &mut |entry| {
                let length = entry.permission.as_str().len();
                // OPTIMIZATION: most entries have another length, and need no comparison. A `*` also covers names of
                // other lengths.
                let finds = |wanted: Permission<'_>| {
                    (length == wanted.as_str().len() || length == 1)
                        && self.covers(entry, wanted).is_ok()
                        && self.matches(entry).is_ok()
                };
                match entry.permission {
                    Permission::Method(_) if method.is_some_and(finds) => method = None,
                    Permission::Method(_) => {}
                    Permission::HeaderName(_) => {
                        for Candidate { header, passes } in candidates.iter_mut() {
                            *passes = *passes || finds(Permission::HeaderName(header.name.as_str()));
                        }
                    }
                }
            });
        });
        names_pass && method.is_none()
    }

    /// "There is a method cache entry match", "there is a header-name cache entry match"; or the nearest miss, of each.
    fn find_all(&self, cache: &(impl PreflightCache + ?Sized), wanted: &mut [Wanted<'_>]) {
        cache.visit(self.key, &mut |entry| {
            // OPTIMIZATION: most entries have another kind or length, and need no comparison. Expiry is checked once
            // for each entry. With the hasher of the growing cache, this saves a fifth of a look-up for two names.
            let is_wildcard = entry.permission.as_str() == "*";
            let matched = self.matches(entry);
            for Wanted { permission, nearest } in wanted.iter_mut() {
                let Err(nearest_miss) = *nearest else { continue };
                let may_cover = is_wildcard || entry.permission.as_str().len() == permission.as_str().len();
                let found =
                    if may_cover { self.covers(entry, *permission).and(matched) } else { Err(CacheMiss::NotListed) };
                *nearest = match found {
                    Err(CacheMiss::NotListed) if nearest_miss != CacheMiss::NoEntry => continue,
                    _ => found.map_err(|miss| nearest_miss.max(miss)),
                };
            }
        });
    }

    /// Finds any live entry of the key; or the nearest miss.
    fn find_any(&self, cache: &(impl PreflightCache + ?Sized)) -> Result<(), CacheMiss> {
        let mut nearest = Err(CacheMiss::NoEntry);
        cache.visit(self.key, &mut |entry| {
            nearest = nearest.or_else(|nearest: CacheMiss| self.matches(entry).map_err(|miss| nearest.max(miss)));
        });
        nearest
    }

    /// Method cache entry match, and header-name cache entry match: whether the entry covers the wanted permission.
    ///
    /// <https://fetch.spec.whatwg.org/#concept-cache-match-method>,
    /// <https://fetch.spec.whatwg.org/#concept-cache-match-header>
    fn covers(&self, entry: CacheEntry<'_>, wanted: Permission<'_>) -> Result<(), CacheMiss> {
        let named = match (entry.permission, wanted) {
            (Permission::Method(method), Permission::Method(wanted)) => method == wanted,
            (Permission::HeaderName(name), Permission::HeaderName(wanted)) => {
                HeaderName::from_transport(name).matches(wanted.as_bytes())
            }
            _ => return Err(CacheMiss::NotListed),
        };
        if named {
            return Ok(());
        }
        if entry.permission.as_str() != "*" || self.profile.cached_wildcard == CachedWildcard::Literal {
            return Err(CacheMiss::NotListed);
        }
        if self.profile.cached_wildcard == CachedWildcard::WildcardWithoutCredentials {
            return match EntryCredentials::of(self.credentials) {
                EntryCredentials::NotIncluded => Ok(()),
                EntryCredentials::Included => Err(CacheMiss::WildcardWithCredentials),
            };
        }
        // AD-HOC: the standard reads a stored `*` as a wildcard, with or without credentials. But for a preflight with
        // credentials, and in browsers, it is a literal. As a wildcard, it would allow what the preflight refused.
        if entry.credentials == EntryCredentials::Included {
            return Err(CacheMiss::WildcardWithCredentials);
        }
        match wanted {
            Permission::HeaderName(name)
                if HeaderName::from_transport(name).is_cors_non_wildcard_request_header_name() =>
            {
                Err(CacheMiss::WildcardNotCovering)
            }
            _ => Ok(()),
        }
    }

    /// "There is a cache entry match", if the entry is alive.
    ///
    /// <https://fetch.spec.whatwg.org/#concept-cache-match>
    fn matches(&self, entry: CacheEntry<'_>) -> Result<(), CacheMiss> {
        let exactly = self.profile.entry_with_credentials == EntryWithCredentials::ServesWithCredentials;
        match (entry.credentials, EntryCredentials::of(self.credentials)) {
            (EntryCredentials::NotIncluded, EntryCredentials::Included) => return Err(CacheMiss::WithoutCredentials),
            (EntryCredentials::Included, EntryCredentials::NotIncluded) if exactly => {
                return Err(CacheMiss::WithCredentials);
            }
            _ => {}
        }
        if self.now >= entry.expires {
            return Err(CacheMiss::Expired { at: entry.expires });
        }
        Ok(())
    }
}

/// The most methods and header names that are kept of one answer.
// AD-HOC: each is compared with those that are kept, so keeping all of an answer that lists 10,000 would be slow. The
// others need a new preflight.
const MOST_KEPT: usize = 256;

/// Whether no other request has had the origin, by [`OpaqueOriginCache::KeptForItsFetch`].
///
/// [`OpaqueOriginCache::KeptForItsFetch`]: crate::browser::profile::switches::OpaqueOriginCache::KeptForItsFetch
fn is_new_to_cache(request: &Request<'_>, environment: Environment<'_>) -> bool {
    environment.profile.opaque_origin_cache == OpaqueOriginCache::KeptForItsFetch
        && request.redirect_taint() != RedirectTaint::SameOrigin
        && CacheKey::of(request, environment).origin.is_opaque()
}

/// "Create a new cache entry", for each method and header name that a preflight was granted.
///
/// <https://fetch.spec.whatwg.org/#cors-preflight-fetch-0>, 7.12–7.15.
pub(in crate::browser) fn store(
    cache: &mut (impl PreflightCache + ?Sized),
    request: &Request<'_>,
    environment: Environment<'_>,
    grant: &PreflightGrant<'_>,
    now: Duration,
) {
    let Environment { profile, .. } = environment;
    let lookup = Lookup::of(request, environment, now);
    if is_new_to_cache(request, environment) {
        return;
    }
    if profile.preflight_cache_bypass == PreflightCacheBypass::ByNoCacheToo
        && request.http_cache_mode() == CacheMode::NoStore
    {
        return;
    }
    // In such a browser, an answer that is not kept does not replace existing entries.
    if profile.malformed_max_age == MalformedMaxAge::NotKept && grant.max_age.seconds == 0 {
        return;
    }
    if profile.cached_url_limit.is_some_and(|limit| lookup.key.url.as_str().len() > limit) {
        return;
    }
    // Entries that the request bypassed still exist.
    if bypasses(request, profile) {
        clear_on_miss(cache, request, environment);
    }
    let expires = now.saturating_add(grant.max_age.duration());
    let methods = grant.methods.iter().map(Permission::Method);
    let header_names = grant.header_names.iter().map(|name| Permission::HeaderName(name.as_str()));
    // No method is empty, so this entry matches only requests for which any answer is enough.
    let answer = profile.cached_method == CachedMethod::CountsUnlessSafelistedWhateverTheFlag;
    let answer = answer.then_some(Permission::Method(""));
    for permission in methods.chain(header_names).take(MOST_KEPT).chain(answer) {
        let mut matched = false;
        cache.update(lookup.key, &mut |entry| {
            if lookup.covers(entry, permission).and_then(|()| lookup.matches(entry)).is_err() {
                return entry.expires;
            }
            matched = true;
            // AD-HOC: the standard sets the entry's max-age, but not the time from which it counts. As in both
            // browsers, it counts from now, because the server has just sent it.
            expires
        });
        // An entry that has already expired is not stored.
        if !matched && expires > now {
            let credentials = EntryCredentials::of(request.credentials_mode());
            cache.append(lookup.key, CacheEntry { permission, credentials, expires }, now);
        }
    }
}

/// Notes that the cache has saved a preflight.
pub(in crate::browser) fn touch(
    cache: &mut (impl PreflightCache + ?Sized),
    request: &Request<'_>,
    environment: Environment<'_>,
) {
    cache.touch(CacheKey::of(request, environment));
}

/// "Clear cache entries", of a request whose fetch has failed.
///
/// <https://fetch.spec.whatwg.org/#concept-cache-clear>
pub(in crate::browser) fn clear_on_failure(
    cache: &mut (impl PreflightCache + ?Sized),
    request: &Request<'_>,
    environment: Environment<'_>,
    reason: &Reason<'_>,
) {
    let clears = match environment.profile.cache_cleared {
        CacheCleared::OnFailure => true,
        CacheCleared::OnFailureUnlessByRedirectMode => !matches!(reason, Reason::RedirectModeError { .. }),
        CacheCleared::OnMiss => false,
    };
    if clears {
        cache.remove(CacheKey::of(request, environment));
    }
}

// AD-HOC: removes the entries of a request that they do not cover, as Chromium and WebKit do.
pub(in crate::browser) fn clear_on_miss(
    cache: &mut (impl PreflightCache + ?Sized),
    request: &Request<'_>,
    environment: Environment<'_>,
) {
    if environment.profile.cache_cleared == CacheCleared::OnMiss {
        cache.remove(CacheKey::of(request, environment));
    }
}
