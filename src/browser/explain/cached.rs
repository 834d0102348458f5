//! Responses that come from a cache.

use crate::header::{Header, HeaderName, Headers};

/// Headers in which caches write `HIT`, each in its own way.
///
/// <https://httpwg.org/specs/rfc9211.html>, and what content delivery networks send.
const HIT: [&str; 13] = [
    "cache-status",
    "cdn-cache",
    "cf-cache-status",
    "x-cache",
    "x-cache-lookup",
    "x-cache-status",
    "x-drupal-cache",
    "x-litespeed-cache",
    "x-nextjs-cache",
    "x-nginx-cache",
    "x-proxy-cache",
    "x-rack-cache",
    "x-vercel-cache",
];

/// Words for a stored answer, even if it is stale.
const STORED: [&[u8]; 5] = [b"hit", b"revalidated", b"stale", b"updating", b"refreshhit"];

/// The header that shows that a cache has answered.
pub(super) fn cache_evidence(headers: Headers<'_>) -> Option<HeaderName<'_>> {
    // Any cache may send `Age`, so the other headers are stronger evidence.
    let is_age = |header: &Header<'_>| header.name.matches(b"age");
    let named = headers.iter().filter(|header| !is_age(header)).find(is_evidence);
    named.or_else(|| headers.iter().find(is_evidence)).map(|header| header.name)
}

fn is_evidence(header: &Header<'_>) -> bool {
    let Header { name, value } = *header;
    let positive = || value.iter().all(u8::is_ascii_digit) && value.iter().any(|digit| *digit != b'0');
    let words = || value.split(|byte| !byte.is_ascii_alphanumeric());
    match () {
        () if name.matches(b"age") || name.matches(b"x-cache-hits") => positive(),
        // The second number is the id of the request for which the answer was stored.
        () if name.matches(b"x-varnish") => words().filter(|word| !word.is_empty()).count() >= 2,
        () if HIT.into_iter().any(|own| name.matches(own.as_bytes())) => {
            words().any(|word| STORED.into_iter().any(|own| word.eq_ignore_ascii_case(own)))
        }
        () => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shared_cache_is_recognized_by_its_headers() {
        for (name, value, stored) in [
            ("Age", "583098", true),
            ("Age", "0", false),
            ("Age", "", false),
            ("X-Cache", "Hit from cloudfront", true),
            ("X-Cache", "RefreshHit from cloudfront", true),
            ("X-Cache", "Miss from cloudfront", false),
            ("X-Cache", "HIT, MISS", true),
            ("CF-Cache-Status", "HIT", true),
            ("CF-Cache-Status", "DYNAMIC", false),
            ("Cache-Status", "ExampleCache; hit; ttl=376", true),
            ("X-Cache-Hits", "1", true),
            ("X-Cache-Hits", "0", false),
            ("X-Varnish", "32770 65538", true),
            ("X-Varnish", "32770", false),
            ("X-Vercel-Cache", "STALE", true),
            ("X-Cached-By", "HIT", false),
        ] {
            let lines = [(name, value.as_bytes())];
            assert_eq!(cache_evidence(Headers::from_pairs(&lines)).is_some(), stored, "{name}: {value}");
        }
    }
}
