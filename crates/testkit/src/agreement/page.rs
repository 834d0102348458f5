//! The pages, and their requests.

use core::fmt;

use fetch_cors::origin::Origin;

use super::{
    application::{Line, RESOURCES, Site, as_text},
    asking::Sent,
};
use crate::rng::Rng;

/// A page with one request.
pub struct Page {
    /// The origin of the page.
    pub origin: String,
    /// The site and the resource of the URL.
    pub goes_to: (usize, usize),
    /// The method, as the page writes it.
    pub method: &'static str,
    /// The headers that the page sets.
    pub headers: Vec<(&'static str, Vec<u8>)>,
    /// The cookies.
    pub cookies: Cookies,
    /// The API that it uses.
    pub way: Way,
    /// The body.
    pub body: Body,
}

impl fmt::Debug for Page {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Page { origin, goes_to, method, cookies, way, body, .. } = self;
        let headers: Vec<Line> = self.headers.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
        let headers = as_text(&headers);
        write!(formatter, "{origin} asks for {goes_to:?}: {method} {headers:?} {cookies:?} {way:?} {body:?}")
    }
}

/// The cookies that a page's request has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cookies {
    /// None.
    Omit,
    /// Those of its own origin.
    SameOrigin,
    /// All.
    Include,
}

/// The API that a page uses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// `fetch()`.
    Fetch(Mode, Redirects),
    /// XMLHttpRequest, with or without upload listeners.
    Xhr(Upload),
}

/// The modes of `fetch()`, by the names of the standard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Another origin's response must allow the page.
    Cors,
    /// Another origin's response is opaque.
    NoCors,
    /// A request to another origin fails.
    SameOrigin,
}

/// The redirect modes of `fetch()`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Redirects {
    /// It follows them.
    Follow,
    /// It fails.
    Error,
    /// It returns an opaque-redirect filtered response.
    Manual,
}

/// Whether a page has upload listeners.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Upload {
    /// It does not.
    Ignored,
    /// It does.
    Watched,
}

/// The body of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Body {
    /// Nothing.
    None,
    /// A string.
    Text,
    /// A blob of JSON.
    Json,
    /// Bytes.
    Bytes,
    /// A stream.
    Stream,
}

impl Body {
    fn content_type(self) -> Option<&'static str> {
        match self {
            Body::Text => Some("text/plain;charset=UTF-8"),
            Body::Json => Some("application/json"),
            Body::None | Body::Bytes | Body::Stream => None,
        }
    }
}

/// The first six need no preflight.
const METHODS: [&str; 14] =
    ["GET", "GET", "GET", "get", "HEAD", "POST", "PUT", "put", "DELETE", "PATCH", "patch", "PURGE", "OPTIONS", "*"];

impl Page {
    /// Draws pages of few origins. Some are near the patterns of each site.
    pub fn draw_all(rng: &mut Rng, sites: &[Site]) -> Vec<Self> {
        let mut origins: Vec<Vec<String>> = sites.iter().map(|site| draw_origins(rng, site)).collect();
        let others = [format!("https://{}", rng.host()), sites[rng.below(sites.len())].origin.to_owned()];
        origins.push(others.into_iter().chain(["null".to_owned()]).collect());
        (0..=rng.below(20)).map(|_| Page::draw(rng, &origins)).collect()
    }

    fn draw(rng: &mut Rng, origins: &[Vec<String>]) -> Self {
        let site = rng.pick(&[0, 0, 0, 0, 1, 1, 2]);
        let near = &origins[if rng.once_in(4) { rng.below(origins.len()) } else { site }];
        let way = match rng.below(14) {
            0 => Way::Xhr(Upload::Ignored),
            1 | 2 => Way::Xhr(Upload::Watched),
            3 => Way::Fetch(Mode::NoCors, rng.pick(&[Redirects::Follow, Redirects::Follow, Redirects::Manual])),
            4 => Way::Fetch(Mode::SameOrigin, Redirects::Follow),
            5 => Way::Fetch(Mode::Cors, rng.pick(&[Redirects::Error, Redirects::Manual])),
            _ => Way::Fetch(Mode::Cors, Redirects::Follow),
        };
        let no_cors = matches!(way, Way::Fetch(Mode::NoCors, _));
        let method = if no_cors || rng.once_in(3) { rng.pick(&METHODS[..6]) } else { rng.pick(&METHODS) };
        let cookies = match (rng.pick(&[Cookies::SameOrigin, Cookies::Include, Cookies::Omit]), way) {
            (Cookies::Omit, Way::Xhr(_)) => Cookies::SameOrigin,
            (cookies, _) => cookies,
        };
        let body = match rng.pick(&[Body::None, Body::Text, Body::Json, Body::Bytes, Body::Stream]) {
            _ if matches!(method, "GET" | "get" | "HEAD") => Body::None,
            Body::Stream if way != Way::Fetch(Mode::Cors, Redirects::Follow) => Body::Bytes,
            body => body,
        };
        let resource = if rng.once_in(3) { rng.below(RESOURCES) } else { 0 };
        Page {
            origin: near[rng.below(near.len())].clone(),
            goes_to: (site, resource),
            method,
            headers: draw_headers(rng),
            cookies,
            way,
            body,
        }
    }

    /// The method that is sent.
    pub fn method_sent(&self) -> &'static str {
        match self.method {
            "get" => "GET",
            "put" => "PUT",
            method => method,
        }
    }

    /// Whether the page's headers of one name are combined in every browser.
    pub fn combines(&self) -> bool {
        matches!(self.way, Way::Xhr(_))
    }

    /// The headers that are sent with a body, without those of the browser that no policy decides about.
    pub fn headers_sent(&self, body: Body) -> Vec<Sent> {
        let mut sent = self.headers_given();
        let content_type = body.content_type().filter(|_| sent.iter().all(|line| line.0 != "content-type"));
        sent.extend(content_type.map(|value| ("content-type".to_owned(), value.as_bytes().to_vec())));
        if sent.iter().all(|line| line.0 != "accept") {
            sent.push(("accept".to_owned(), b"*/*".to_vec()));
        }
        sent
    }

    /// The headers that the page itself sets.
    pub fn headers_given(&self) -> Vec<Sent> {
        let allowed = self.headers.iter().filter(|(name, _)| *name != "Cookie");
        allowed.map(|(name, value)| (name.to_lowercase(), value.clone())).collect()
    }
}

/// Draws origins that a site's policy allows or nearly allows. A page's origin is always valid.
fn draw_origins(rng: &mut Rng, site: &Site) -> Vec<String> {
    let clauses = site.intent.iter().flat_map(|intent| &intent.clauses);
    let patterns: Vec<&String> = clauses.flat_map(|clause| &clause.origins).collect();
    let mut origins = vec!["https://b.example".to_owned()];
    if !patterns.is_empty() {
        for _ in 0..3 {
            let pattern = patterns[rng.below(patterns.len())];
            let origin = match rng.below(3) {
                _ if pattern == "*" => format!("https://{}", rng.host()),
                0 | 1 => pattern.replacen("*.", "www.", 1).replacen(":*", ":81", 1),
                _ => rng.origin_near(pattern),
            };
            origins.extend(Some(origin).filter(|origin| Origin::parse(origin).is_ok()));
        }
    }
    origins
}

fn draw_headers(rng: &mut Rng) -> Vec<(&'static str, Vec<u8>)> {
    let (long, longer) = ([b'a'; 128], [b'a'; 129]);
    let choices: [(&str, &[u8]); 32] = [
        ("accept", b"text/plain"),
        ("Accept", b"text/html;q=\"1\""),
        ("Accept", b"caf\xE9"),
        ("accept", &long),
        ("accept", &longer),
        ("accept-language", b"en-GB, *;q=0.5"),
        ("Accept-Language", b"en_GB"),
        ("content-language", &long),
        ("content-type", b"application/json"),
        ("Content-Type", b"TEXT/Plain; charset=utf-8"),
        ("content-type", b"text/plain;a=b"),
        ("content-type", b"text"),
        ("range", b"bytes=0-499"),
        ("Range", b"bytes=500-"),
        ("range", b"bytes=-500"),
        ("range", b"bytes=2-1"),
        ("range", b"BYTES=0-"),
        ("range", b"bytes=+1-+2"),
        ("range", b"bytes=0-1,3-4"),
        ("range", b"bytes=9223372036854775806-"),
        ("range", b"bytes=9223372036854775807-"),
        ("range", b"bytes=0-18446744073709551615"),
        ("range", b"bytes=18446744073709551616-"),
        ("Save-Data", b"on"),
        ("X-A", b"1"),
        ("x-a", b"2"),
        ("x-b", b""),
        ("x-c", b"1"),
        ("Authorization", b"Bearer a"),
        ("authorization", b"Basic b"),
        ("Cookie", b"c=d"),
        ("*", b"1"),
    ];
    let rarity = 4 + rng.below(80);
    let mut headers: Vec<_> =
        rng.some(rarity, &choices).into_iter().map(|(name, value)| (name, value.to_vec())).collect();
    match rng.below(16) {
        // A header of many lines, which browsers combine or not.
        1 => {
            if let Some(repeated) = headers.first().cloned() {
                headers.resize(12, repeated);
            }
        }
        // Safelisted values of 1024 bytes together, or of one byte more.
        2 => {
            headers.retain(|(name, _)| name.starts_with("x-"));
            headers.extend((0..8).map(|_| ("accept", long.to_vec())));
            if rng.once_in(2) {
                headers.push(("accept-language", b"a".to_vec()));
            }
        }
        3 => {
            headers.extend([("Accept-Language", long.to_vec()), ("Content-Language", long.to_vec())]);
            headers.extend((0..5 + rng.below(3)).map(|_| ("accept-language", vec![b'a'; 100 + rng.below(29)])));
        }
        _ => {}
    }
    headers
}
