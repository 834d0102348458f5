//! Switches for the CORS-preflight cache.

/// How long a preflight's answer is kept if its `Access-Control-Max-Age` is malformed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum MalformedMaxAge {
    /// As if there were none: 5 seconds.
    Default,
    /// Not at all.
    NotKept,
}

/// Which numbers `Access-Control-Max-Age` may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum MaxAgeNumbers {
    /// Digits, however many.
    DeltaSeconds,
    /// Digits, perhaps after a plus sign, that a signed integer of 64 bits holds.
    SignedIntegers,
    /// Digits, perhaps after a plus sign and with blanks around them, that a signed integer of 64 bits holds.
    SignedIntegersInBlanks,
}

/// Which requests an entry of the cache that was made with credentials serves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum EntryWithCredentials {
    /// All.
    ServesAll,
    /// Those with credentials.
    ServesWithCredentials,
}

/// When the answer to a preflight is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum AnswerKept {
    /// When it grants the request.
    OnceItGrants,
    /// Before its method and headers are checked: an answer that refuses the request may save the next one a preflight.
    OnceItParses,
}

/// When the cache is asked for the method.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum CachedMethod {
    /// When it is not safelisted, or the use-CORS-preflight flag is set.
    CountsUnlessSafelisted,
    /// When it is not safelisted. An answer that lists nothing is kept as well.
    CountsUnlessSafelistedWhateverTheFlag,
    /// When it is neither `GET` nor `POST`.
    CountsUnlessGetOrPost,
}

/// What a `*` in the cache is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum CachedWildcard {
    /// A wildcard, where it was one to the preflight.
    Wildcard,
    /// A method and a name like others.
    Literal,
    /// A wildcard to a request without credentials, `Authorization` included, with or without credentials in the request that stored it.
    WildcardWithoutCredentials,
}

/// How long answers for an opaque origin are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum OpaqueOriginCache {
    /// As long as others, under `null`.
    Kept,
    /// For the fetch that got them, and not once redirects have tainted it: an opaque origin is a new one in each fetch.
    KeptForItsFetch,
    /// As long as others, under `null`, for a page. An origin that redirects have made opaque is a new one in each fetch.
    KeptForPage,
}

/// When the entries of a URL are removed before they expire.
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
    /// It does.
    Kept,
    /// It does not.
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
    /// These and "no-cache"; of a request that is not stored the answer is not kept either.
    ByNoCacheToo,
}

/// When answers of a host with an IP address are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum IpAddressHosts {
    /// As those of other hosts.
    LikeOthers,
    /// From the fourth request on, with default preferences.
    FromTheFourth,
}
