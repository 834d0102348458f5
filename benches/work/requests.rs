//! Requests and responses as servers see them.

use http::{HeaderMap, HeaderName, HeaderValue};

use super::leak;

pub(super) type Lines = &'static [(&'static str, &'static [u8])];

#[derive(Clone, Copy)]
pub(super) struct Request {
    pub(super) method: &'static str,
    pub(super) lines: Lines,
}

impl Request {
    /// Ten lines as a browser sends them. `Origin` is last.
    pub(super) fn actual(origin: &str) -> Self {
        let mut lines = Request::without_origin().lines.to_vec();
        lines.push(("origin", leak(origin.to_owned()).as_bytes()));
        Request { method: "GET", lines: leak(lines) }
    }

    pub(super) const fn without_origin() -> Self {
        let lines: Lines = &[
            ("host", b"api.example"),
            ("authorization", b"Bearer 0123456789abcdef"),
            ("user-agent", b"Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko)"),
            ("accept", b"*/*"),
            ("sec-fetch-site", b"cross-site"),
            ("sec-fetch-mode", b"cors"),
            ("sec-fetch-dest", b"empty"),
            ("referer", b"https://app.example/"),
            ("accept-encoding", b"gzip, deflate, br, zstd"),
        ];
        Request { method: "GET", lines }
    }

    /// Ten lines as a browser sends them. `Origin` is last.
    pub(super) fn preflight(origin: &str, names: &str) -> Self {
        let lines = vec![
            ("host", &b"api.example"[..]),
            ("accept", b"*/*"),
            ("access-control-request-method", b"PUT"),
            ("access-control-request-headers", leak(names.to_owned()).as_bytes()),
            ("user-agent", b"Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko)"),
            ("sec-fetch-mode", b"cors"),
            ("sec-fetch-site", b"cross-site"),
            ("sec-fetch-dest", b"empty"),
            ("accept-encoding", b"gzip, deflate, br, zstd"),
            ("origin", leak(origin.to_owned()).as_bytes()),
        ];
        Request { method: "OPTIONS", lines: leak(lines) }
    }
}

/// A response without headers.
pub(super) const EMPTY: Lines = &[];

/// The response of an application.
pub(super) const PLAIN: Lines =
    &[("content-type", b"application/json"), ("content-length", b"512"), ("etag", b"\"0123456789abcdef\"")];

/// The response of an upstream with CORS headers of its own.
pub(super) const UPSTREAM: Lines = &[
    ("content-type", b"application/json"),
    ("content-length", b"512"),
    ("etag", b"\"0123456789abcdef\""),
    ("access-control-allow-origin", b"*"),
    ("access-control-expose-headers", b"etag"),
    ("vary", b"accept-encoding, origin"),
];

pub(super) fn map(lines: Lines) -> HeaderMap {
    let lines = lines.iter().filter_map(|(name, value)| {
        Some((HeaderName::from_bytes(name.as_bytes()).ok()?, HeaderValue::from_bytes(value).ok()?))
    });
    lines.collect()
}
