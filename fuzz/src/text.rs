//! Requests and responses as text, so that vectors can be seeds, and seeds are readable:
//!
//! ```text
//! fetch PUT cors include follow - text - https://page.example https://api.example/
//! x-a: 1
//!
//! 204
//! access-control-allow-origin: *
//! ```
//!
//! The words are API, method, mode, credentials mode, redirect mode, referrer policy, body, flags, origin, and URL
//! list. An unknown word falls back to a known one, so that almost every text is a request.

use std::time::Duration;

use fetch_cors::origin::Origin;

use testkit::{
    compare::{
        Lines,
        driver::{Exchange, Fetch},
    },
    oracle::{
        self,
        location::REFERRER_POLICIES,
        method::is_method,
        request::{Request, Url},
        request_init::{Api, Body, Init},
    },
};

const MODES: [&str; 6] = ["cors", "no-cors", "same-origin", "navigate", "websocket", "webtransport"];
const CREDENTIALS_MODES: [&str; 3] = ["same-origin", "include", "omit"];
const REDIRECT_MODES: [&str; 3] = ["follow", "manual", "error"];
const TAINTINGS: [&str; 3] = ["basic", "cors", "opaque"];

/// A line of words, with header lines after it.
pub(crate) struct Block<'a> {
    words: Vec<&'a str>,
    pub(crate) lines: Lines,
}

/// The blocks; empty lines separate them.
pub(crate) fn blocks(data: &[u8]) -> impl Iterator<Item = Block<'_>> {
    let mut rest = Some(data);
    core::iter::from_fn(move || {
        let data = rest?;
        let end = data.windows(2).position(|pair| pair == b"\n\n");
        rest = end.map(|end| &data[end + 2..]);
        Some(block(&data[..end.unwrap_or(data.len())]))
    })
}

fn block(data: &[u8]) -> Block<'_> {
    let mut lines = data.split(|byte| *byte == b'\n');
    let words = lines.next().and_then(|line| core::str::from_utf8(line).ok()).unwrap_or_default();
    Block { words: words.split(' ').collect(), lines: lines.filter_map(header).collect() }
}

/// `name: value`
pub(crate) fn header(line: &[u8]) -> Option<(String, Vec<u8>)> {
    let colon = line.iter().position(|byte| *byte == b':')?;
    Some((core::str::from_utf8(&line[..colon]).ok()?.to_owned(), line[colon + 1..].to_vec()))
}

/// All lines of `name: value`.
pub(crate) fn headers(data: &[u8]) -> Lines {
    data.split(|byte| *byte == b'\n').filter_map(header).collect()
}

/// The word if it is one of these, else a fixed choice among them.
fn one_of<const N: usize>(word: &str, all: [&'static str; N]) -> &'static str {
    let number = word.bytes().map(usize::from).sum::<usize>();
    all.into_iter().find(|known| *known == word).unwrap_or(all[number % N])
}

/// The URL, parsed by the `url` crate.
pub(crate) fn url(text: &str) -> Option<Url> {
    url::Url::parse(text).ok().map(|url| of_url(&url))
}

/// The origin of a blob's URL. Browsers parse it from the path; a path without a valid one gives `None`.
fn blob_origin(path: &str) -> Option<url::Origin> {
    let inner = url::Url::parse(path).ok().filter(|inner| matches!(inner.scheme(), "http" | "https"))?;
    let after_scheme = path.strip_prefix(inner.scheme())?.strip_prefix("://")?;
    let (authority, _) = after_scheme.split_once('/')?;
    let (_, host_and_port) = authority.rsplit_once('@').unwrap_or(("", authority));
    let serialized = format!("{}://{host_and_port}", inner.scheme());
    (inner.origin().ascii_serialization() == serialized).then(|| inner.origin())
}

fn of_url(url: &url::Url) -> Url {
    let origin = if url.scheme() == "blob" { blob_origin(url.path()) } else { Some(url.origin()) };
    Url {
        href: url.as_str().to_owned(),
        scheme: url.scheme().to_owned(),
        origin: origin.map_or("null".to_owned(), |origin| origin.ascii_serialization()),
        includes_credentials: !url.username().is_empty() || url.password().is_some_and(|password| !password.is_empty()),
    }
}

/// Parses a `Location`.
///
/// <https://fetch.spec.whatwg.org/#concept-response-location-url>, 3–5.
pub(crate) fn location(base: &Url, location: &[u8]) -> Option<Url> {
    let base = url::Url::parse(&base.href).expect("it is serialized");
    let mut url = base.join(&String::from_utf8_lossy(location)).ok()?;
    if url.fragment().is_none() {
        url.set_fragment(base.fragment());
    }
    Some(of_url(&url))
}

impl Block<'_> {
    fn word(&self, number: usize) -> &str {
        self.words.get(number).copied().unwrap_or_default()
    }

    fn has(&self, flag: &str) -> bool {
        self.word(7).split(',').any(|given| given == flag)
    }

    fn is_fetch(&self) -> bool {
        ["fetch", "xhr", "other"].contains(&self.word(0))
    }

    fn origin(&self) -> String {
        Origin::parse(self.word(8)).map_or("https://page.example".to_owned(), |origin| origin.to_string())
    }

    fn url_list(&self) -> Vec<Url> {
        let mut list: Vec<Url> = self.words.iter().skip(9).filter_map(|word| url(word)).collect();
        if list.is_empty() {
            list.extend(url("https://api.example/"));
        }
        list
    }

    fn body(&self) -> Option<Body> {
        match self.word(6) {
            "" | "-" => None,
            "text" => Some(Body::Text),
            "url-search-params" => Some(Body::UrlSearchParams),
            "form-data" => Some(Body::FormData),
            "bytes" => Some(Body::Bytes),
            "stream" => Some(Body::Stream),
            "html-document" => Some(Body::Document(true)),
            "xml-document" => Some(Body::Document(false)),
            blob => Some(Body::Blob(blob.trim_start_matches("blob:").to_owned())),
        }
    }

    fn referrer_policy(&self) -> &'static str {
        one_of(self.word(5).trim_matches('-'), REFERRER_POLICIES)
    }

    /// The first word.
    pub(crate) fn method(&self) -> &str {
        self.word(0)
    }

    /// The input of a page, if an API is named.
    pub(crate) fn init(&self) -> Option<Init> {
        let api = match self.word(0) {
            "fetch" => Api::Fetch,
            "xhr" => Api::Xhr,
            _ => return None,
        };
        Some(Init {
            api,
            method: self.word(1).to_owned(),
            headers: self.lines.clone(),
            body: self.body(),
            mode: one_of(self.word(2), MODES),
            credentials_mode: one_of(self.word(3), CREDENTIALS_MODES),
            redirect_mode: one_of(self.word(4), REDIRECT_MODES),
            referrer_policy: self.referrer_policy(),
            upload_listener: self.has("preflight"),
            url: self.url_list().remove(0),
            origin: self.origin(),
        })
    }

    /// The request with these words, whether or not an API can make it.
    pub(crate) fn request(&self) -> Request {
        let method = if is_method(self.word(1).as_bytes()) { self.word(1) } else { "GET" };
        let given = |(name, value): &(String, Vec<u8>)| (name.as_bytes().to_vec(), oracle::normalize(value));
        Request {
            method: method.to_owned(),
            url_list: self.url_list(),
            origin: self.origin(),
            header_list: self.lines.iter().map(given).collect(),
            mode: one_of(self.word(2), MODES),
            credentials_mode: one_of(self.word(3), CREDENTIALS_MODES),
            redirect_mode: one_of(self.word(4), REDIRECT_MODES),
            referrer_policy: self.referrer_policy(),
            body: self.body().map(|body| body != Body::Stream),
            unsafe_request_flag: self.has("unsafe"),
            use_cors_preflight_flag: self.has("preflight"),
            response_tainting: TAINTINGS.into_iter().find(|word| self.has(word)).unwrap_or("basic"),
            timing_allow_failed: self.has("timing-failed"),
            redirect_count: 0,
        }
    }

    /// The status, if the block is a response.
    pub(crate) fn status(&self) -> Option<u16> {
        self.word(0).parse().ok()
    }

    fn fetch(&self) -> Fetch {
        let wait = self.word(7).split(',').find_map(|flag| flag.strip_prefix("wait=")?.parse().ok());
        let embedder_policies = ["require-corp", "credentialless"];
        Fetch {
            init: self.init().ok_or_else(|| self.request()),
            embedder_policy: embedder_policies.into_iter().find(|word| self.has(word)).unwrap_or("unsafe-none"),
            wait: Duration::from_millis(wait.unwrap_or(0_u32).into()),
            exchanges: Vec::new(),
        }
    }
}

/// Fetches, each with its responses.
pub(crate) fn script(data: &[u8]) -> Vec<Fetch> {
    let mut fetches: Vec<Fetch> = Vec::new();
    for block in blocks(data) {
        match fetches.last_mut() {
            Some(fetch) if !block.is_fetch() => {
                let exchange: Exchange = block.status().map(|status| (status, block.lines));
                fetch.exchanges.push(exchange);
            }
            _ => fetches.push(block.fetch()),
        }
    }
    fetches
}
