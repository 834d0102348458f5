//! Requests of pages, and their responses.

use fetch_cors::{
    browser::{Request, RequestInit, Response, Url},
    header::Headers,
    origin::Origin,
};

use crate::work::{leak, requests::Lines};

pub(super) const PAGE: &str = "https://app.example";
pub(super) const URL: &str = "https://api.example/items/1";

/// The input of a page to `fetch()`.
#[derive(Clone, Copy)]
pub(super) struct Page {
    pub(super) method: &'static str,
    pub(super) url: &'static str,
    pub(super) lines: Lines,
}

impl Page {
    pub(super) const fn simple() -> Self {
        Page { method: "GET", url: URL, lines: &[] }
    }

    pub(super) const fn with_two_headers() -> Self {
        Page { lines: &[("Accept-Language", b"en-GB, en"), ("Content-Type", b"text/plain")], ..Page::simple() }
    }

    pub(super) const fn with_two_unsafe_headers() -> Self {
        let lines: Lines = &[("Content-Type", b"application/json"), ("X-Requested-With", b"XMLHttpRequest")];
        Page { method: "PUT", lines, ..Page::simple() }
    }

    pub(super) const fn with_usual_headers() -> Self {
        let lines: Lines = &[
            ("Accept", b"application/json"),
            ("Accept-Language", b"en-GB, en"),
            ("Authorization", b"Bearer 0123456789abcdef"),
            ("Cache-Control", b"no-cache"),
            ("Content-Type", b"application/json"),
            ("If-None-Match", b"\"0123456789abcdef\""),
            ("Traceparent", b"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"),
            ("X-CSRF-Token", b"0123456789abcdef"),
            ("X-Request-ID", b"0123456789abcdef"),
            ("X-Requested-With", b"XMLHttpRequest"),
        ];
        Page { method: "POST", lines, ..Page::simple() }
    }

    /// Headers that are not safelisted, in no order.
    pub(super) fn with_headers(count: usize) -> Self {
        // 389 and the counts have no common divisor, so each name occurs once.
        let name = |number: usize| -> &'static str { leak(format!("X-Header-{:04}", number * 389 % count)) };
        let lines: Vec<(&str, &[u8])> = (0..count).map(|number| (name(number), &b"1"[..])).collect();
        Page { lines: leak(lines), ..Page::simple() }
    }

    pub(super) fn request(self) -> Request<'static> {
        let page = Origin::parse(PAGE).expect("it is an origin");
        let url = Url::new(self.url).expect("it is a URL");
        let init =
            RequestInit { method: self.method, headers: Headers::from_pairs(self.lines), ..RequestInit::default() };
        init.request(url, page).expect("nothing is thrown")
    }
}

/// The head of a response.
#[derive(Clone, Copy)]
pub(super) struct Head {
    pub(super) status: u16,
    pub(super) lines: Lines,
}

impl Head {
    pub(super) fn response(self) -> Response<'static> {
        Response::new(self.status, Headers::from_pairs(self.lines)).expect("it is a status")
    }
}

/// The answer to a preflight, with ten lines as a network would deliver them.
pub(super) const GRANTED: Head = Head {
    status: 204,
    lines: &[
        ("date", b"Thu, 26 Nov 2026 12:00:00 GMT"),
        ("server", b"example"),
        ("vary", b"origin"),
        ("access-control-allow-origin", b"https://app.example"),
        ("access-control-allow-methods", b"PUT, DELETE"),
        ("access-control-allow-headers", b"authorization, content-type, x-requested-with"),
        ("access-control-max-age", b"600"),
        ("strict-transport-security", b"max-age=31536000"),
        ("x-request-id", b"0123456789abcdef"),
        ("content-length", b"0"),
    ],
};

/// A response that the page can read, with ten lines.
pub(super) const ALLOWED: Head = Head {
    status: 200,
    lines: &[
        ("date", b"Thu, 26 Nov 2026 12:00:00 GMT"),
        ("content-type", b"application/json"),
        ("content-length", b"512"),
        ("vary", b"origin"),
        ("access-control-allow-origin", b"https://app.example"),
        ("access-control-expose-headers", b"etag, x-request-id"),
        ("cache-control", b"no-cache"),
        ("etag", b"\"0123456789abcdef\""),
        ("strict-transport-security", b"max-age=31536000"),
        ("x-request-id", b"0123456789abcdef"),
    ],
};

/// How many headers of [`ALLOWED`] a script can read.
pub(super) const EXPOSED: usize = 5;

/// How many headers of [`fifty_headers`] a script can read.
pub(super) const EXPOSED_OF_FIFTY: usize = 22;

/// Fifty headers, of which two are safelisted and twenty are listed.
pub(super) fn fifty_headers() -> Head {
    let listed = (0..20).map(|number| format!("X-Header-{:02}", 2 * number)).collect::<Vec<_>>().join(", ");
    let mut lines: Vec<(&str, &[u8])> = vec![
        ("access-control-allow-origin", b"*"),
        ("access-control-expose-headers", leak(listed).as_bytes()),
        ("content-type", b"application/json"),
        ("content-length", b"512"),
    ];
    let name = |number: usize| -> &'static str { leak(format!("x-header-{number:02}")) };
    lines.extend((0..46).map(|number| (name(number), &b"1"[..])));
    Head { status: 200, lines: leak(lines) }
}
