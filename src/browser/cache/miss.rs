//! Why a preflight is not saved.

use core::{fmt, time::Duration};

/// Why an entry that could have saved a preflight did not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum CacheMiss {
    /// The request's cache mode makes the browser bypass the preflight cache.
    Bypassed,
    /// The cache has nothing for this page, URL and partition.
    NoEntry,
    /// None of the entries names the method or the header.
    NotListed,
    /// The only match is `*`, which does not cover `Authorization`.
    WildcardNotCovering,
    /// The only match is `*`, stored by a request with credentials, where it is a literal.
    WildcardWithCredentials,
    /// An entry matches, but it was created without credentials, and the request has credentials.
    WithoutCredentials,
    /// An entry matches, but it was created with credentials, and the request has none.
    WithCredentials,
    /// An entry matched, but it has expired.
    Expired {
        /// When it expired.
        at: Duration,
    },
}

impl fmt::Display for CacheMiss {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            CacheMiss::Bypassed => formatter.write_str("the request's cache mode makes the browser ask anew"),
            CacheMiss::NoEntry => formatter.write_str("nothing is cached for this origin and URL"),
            CacheMiss::NotListed => formatter.write_str("no cached answer names it"),
            CacheMiss::WildcardNotCovering => formatter.write_str("a cached `*` does not cover it"),
            CacheMiss::WildcardWithCredentials => formatter.write_str("a `*` cached with credentials is a literal"),
            CacheMiss::WithoutCredentials => {
                formatter.write_str("the cached answer was for a request without credentials")
            }
            CacheMiss::WithCredentials => formatter.write_str("the cached answer was for a request with credentials"),
            CacheMiss::Expired { at } => {
                let (seconds, tenths) = (at.as_secs(), at.subsec_millis() / 100);
                write!(formatter, "the cached answer expired at {seconds}")?;
                if tenths > 0 { write!(formatter, ".{tenths} s") } else { formatter.write_str(" s") }
            }
        }
    }
}
