//! The order in which WebKit finds headers missing.

// AD-HOC: if a preflight does not allow several headers, WebKit quotes the first of its list. Names that it knows come
// before all others, and it writes them in its own spelling. They were found by testing each.

use crate::{
    browser::{iterators::OptionIter, request::RequestHeaders},
    header::HeaderName,
};

/// The names of a request's headers, in the order of WebKit's list.
pub(super) fn in_webkit_order(headers: RequestHeaders<'_>) -> impl Iterator<Item = HeaderName<'_>> {
    let names = headers.iter().map(|header| header.name);
    let known = names.clone().filter(|name| known_name(*name).is_some());
    let others = OptionIter(Some(names)).filter(|name| known_name(*name).is_none());
    known.chain(others)
}

/// WebKit's spelling of a name that it knows.
pub(in crate::browser) fn known_name(name: HeaderName<'_>) -> Option<&'static str> {
    KNOWN.iter().copied().find(|known| name.matches(known.as_bytes()))
}

const KNOWN: [&str; 64] = [
    "Accept",
    "Accept-Language",
    "Accept-Ranges",
    "Access-Control-Allow-Credentials",
    "Access-Control-Allow-Headers",
    "Access-Control-Allow-Methods",
    "Access-Control-Allow-Origin",
    "Access-Control-Expose-Headers",
    "Access-Control-Max-Age",
    "Age",
    "Authorization",
    "Cache-Control",
    "Clear-Site-Data",
    "Content-Disposition",
    "Content-Encoding",
    "Content-Language",
    "Content-Location",
    "Content-Range",
    "Content-Security-Policy",
    "Content-Security-Policy-Report-Only",
    "Content-Type",
    "Cross-Origin-Embedder-Policy",
    "Cross-Origin-Embedder-Policy-Report-Only",
    "Cross-Origin-Opener-Policy",
    "Cross-Origin-Opener-Policy-Report-Only",
    "Cross-Origin-Resource-Policy",
    "Default-Style",
    "ETag",
    "Expires",
    "Icy-MetaInt",
    "Icy-Metadata",
    "If-Match",
    "If-Modified-Since",
    "If-None-Match",
    "If-Range",
    "If-Unmodified-Since",
    "Integrity-Policy",
    "Integrity-Policy-Report-Only",
    "Last-Event-ID",
    "Last-Modified",
    "Link",
    "Location",
    "Ping-From",
    "Ping-To",
    "Pragma",
    "Range",
    "Referrer-Policy",
    "Refresh",
    "Report-To",
    "Reporting-Endpoints",
    "Server-Timing",
    "Service-Worker",
    "Service-Worker-Allowed",
    "Service-Worker-Navigation-Preload",
    "Set-Cookie2",
    "SourceMap",
    "Timing-Allow-Origin",
    "Upgrade-Insecure-Requests",
    "User-Agent",
    "Vary",
    "X-Content-Type-Options",
    "X-SourceMap",
    "X-Temp-Tablet",
    "X-XSS-Protection",
];
