//! Switches for the CORS-preflight cache.

/// How long the answer to a preflight is cached if its `Access-Control-Max-Age` is malformed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum MalformedMaxAge {
    /// 5 seconds, as without the header.
    Default,
    /// Not at all.
    NotKept,
}

/// Which numbers are valid in `Access-Control-Max-Age`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum MaxAgeNumbers {
    /// Any number of digits.
    DeltaSeconds,
    /// Digits with an optional plus sign before them. The number must fit into a signed integer of 64 bits.
    SignedIntegers,
    /// Digits with an optional plus sign before them, and with optional blanks around both. The number must fit into a
    /// signed integer of 64 bits.
    SignedIntegersInBlanks,
}

/// Which requests match a cache entry that was created with credentials.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum EntryWithCredentials {
    /// All.
    ServesAll,
    /// Those with credentials.
    ServesWithCredentials,
}

/// When the answer to a preflight is cached.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum AnswerKept {
    /// After all checks, if it grants the request.
    OnceItGrants,
    /// Before its method and headers are checked. So an answer that refuses the request may save the next request a
    /// preflight.
    OnceItParses,
}

/// When the method must be in the cache.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum CachedMethod {
    /// When it is not safelisted, or the use-CORS-preflight flag is set.
    CountsUnlessSafelisted,
    /// When it is not safelisted. An answer that lists nothing is cached as well.
    CountsUnlessSafelistedWhateverTheFlag,
    /// When it is neither `GET` nor `POST`.
    CountsUnlessGetOrPost,
}

/// The meaning of a `*` in the cache.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum CachedWildcard {
    /// A wildcard, if it was one for the preflight.
    Wildcard,
    /// A literal method or header name.
    Literal,
    /// A wildcard for requests without credentials, which covers `Authorization` too. It does not matter whether it was
    /// stored with credentials.
    WildcardWithoutCredentials,
}

/// How long answers for an opaque origin are cached.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum OpaqueOriginCache {
    /// As long as other answers, with the origin `null`.
    Kept,
    /// Only for the fetch that got them, and only until redirects taint it, because an opaque origin is a new one in
    /// each fetch.
    KeptForItsFetch,
    /// For a page, as long as other answers, with the origin `null`. An origin that redirects have made opaque is a new
    /// one in each fetch.
    KeptForPage,
}

/// When the cache entries of a URL are removed before they expire.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum CacheCleared {
    /// When a fetch that may have needed a preflight fails.
    OnFailure,
    /// When a fetch that may have needed a preflight fails, except by its redirect mode.
    OnFailureUnlessByRedirectMode,
    /// When an entry does not cover a request. A new answer replaces the old one.
    OnMiss,
}

/// Whether the cache distinguishes a URL with an empty fragment from one without.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum EmptyFragment {
    /// It distinguishes them.
    Kept,
    /// It does not distinguish them.
    Dropped,
}

/// Which cache modes bypass the preflight cache.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum PreflightCacheBypass {
    /// None.
    Never,
    /// "no-store" and "reload", and "default" with a header that makes the request conditional.
    ByNoStoreAndReload,
    /// Those, and "no-cache". The answer to a preflight of a "no-store" request is not cached either.
    ByNoCacheToo,
}

/// When answers of a host that is an IP address are cached.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum IpAddressHosts {
    /// Like those of other hosts.
    LikeOthers,
    /// From the fourth request on, with default preferences.
    FromTheFourth,
}
