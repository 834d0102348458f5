//! Names of headers that requests have, and of those that responses have.

/// A side of an exchange.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Side {
    Request,
    Response,
}

/// Headers of requests only, in lower case.
const REQUEST: [&str; 33] = [
    "accept",
    "accept-charset",
    "accept-encoding",
    "accept-language",
    "access-control-request-headers",
    "access-control-request-method",
    "access-control-request-private-network",
    "authorization",
    "cookie",
    "dnt",
    "expect",
    "host",
    "if-match",
    "if-modified-since",
    "if-none-match",
    "if-range",
    "if-unmodified-since",
    "max-forwards",
    "origin",
    "priority",
    "proxy-authorization",
    "range",
    "referer",
    "save-data",
    "te",
    "upgrade-insecure-requests",
    "user-agent",
    "x-csrf-token",
    "x-requested-with",
    "x-xsrf-token",
    "device-memory",
    "downlink",
    "x-client-data",
];

/// Headers of responses only, in lower case.
const RESPONSE: [&str; 46] = [
    "accept-ch",
    "accept-ranges",
    "access-control-allow-credentials",
    "access-control-allow-headers",
    "access-control-allow-methods",
    "access-control-allow-origin",
    "access-control-allow-private-network",
    "access-control-expose-headers",
    "access-control-max-age",
    "age",
    "allow",
    "alt-svc",
    "cf-cache-status",
    "cf-ray",
    "clear-site-data",
    "content-disposition",
    "content-range",
    "content-security-policy",
    "content-security-policy-report-only",
    "cross-origin-embedder-policy",
    "cross-origin-opener-policy",
    "cross-origin-resource-policy",
    "etag",
    "expires",
    "feature-policy",
    "last-modified",
    "location",
    "nel",
    "permissions-policy",
    "proxy-authenticate",
    "referrer-policy",
    "refresh",
    "report-to",
    "retry-after",
    "server",
    "server-timing",
    "set-cookie",
    "strict-transport-security",
    "timing-allow-origin",
    "vary",
    "www-authenticate",
    "x-cache",
    "x-content-type-options",
    "x-frame-options",
    "x-powered-by",
    "x-xss-protection",
];

/// Headers of both.
const BOTH: [&str; 14] = [
    "cache-control",
    "connection",
    "content-encoding",
    "content-language",
    "content-length",
    "content-location",
    "content-type",
    "date",
    "keep-alive",
    "pragma",
    "trailer",
    "transfer-encoding",
    "upgrade",
    "via",
];

/// The side that has this header, if only one has it.
pub(crate) fn side_of(name: &str) -> Option<Side> {
    let name = name.to_ascii_lowercase();
    let is_pseudo = matches!(&*name, ":method" | ":authority" | ":scheme" | ":path");
    if REQUEST.contains(&&*name) || name.starts_with("sec-") || is_pseudo {
        return Some(Side::Request);
    }
    (RESPONSE.contains(&&*name) || name == ":status").then_some(Side::Response)
}

/// Whether this is the name of a common header.
pub(crate) fn is_known(name: &str) -> bool {
    side_of(name).is_some() || BOTH.iter().any(|known| known.eq_ignore_ascii_case(name))
}
