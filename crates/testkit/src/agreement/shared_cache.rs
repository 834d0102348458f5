//! A shared cache, by a plain reading of RFC 9111. It serves a stored response to every request with the same URL and
//! the same values of the headers that `Vary` names. Like some real caches, it also stores answers to preflights.

use core::{fmt, time::Duration};

use super::application::{Line, as_text};

/// A request as it is sent.
#[derive(Clone, Debug)]
pub struct Wire {
    /// The method.
    pub method: String,
    /// The URL.
    pub url: String,
    /// The headers.
    pub lines: Vec<Line>,
}

/// A response as it is received.
#[derive(Clone, PartialEq, Eq)]
pub struct Reply {
    /// The status.
    pub status: u16,
    /// The headers.
    pub lines: Vec<Line>,
}

impl fmt::Debug for Reply {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} {:?}", self.status, as_text(&self.lines))
    }
}

/// All values of the lines of this name, in order.
pub fn values<'l>(lines: &'l [Line], name: &str) -> Vec<&'l [u8]> {
    lines.iter().filter(|line| line.0.eq_ignore_ascii_case(name)).map(|line| &line.1[..]).collect()
}

/// All elements of the lists of this name, in lower case.
pub fn words(lines: &[Line], name: &str) -> Vec<String> {
    let text = values(lines, name).join(&b',');
    String::from_utf8_lossy(&text)
        .split(',')
        .map(|word| word.trim().to_lowercase())
        .filter(|word| !word.is_empty())
        .collect()
}

impl Wire {
    /// Whether this is a preflight.
    pub fn is_preflight(&self) -> bool {
        self.method == "OPTIONS"
            && values(&self.lines, "origin").len() == 1
            && !values(&self.lines, "access-control-request-method").is_empty()
    }
}

/// The source of a response.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum From {
    /// The server.
    Server,
    /// The shared cache, which stored it for a page of the same origin.
    Cache,
    /// The shared cache, which stored it for a page of another origin, or for no page.
    CacheForAnother,
}

/// A stored response.
#[derive(Debug, Default)]
pub struct SharedCache(Vec<Stored>);

#[derive(Debug)]
struct Stored {
    request: Wire,
    reply: Reply,
    expires: Duration,
}

impl Stored {
    /// <https://httpwg.org/specs/rfc9111.html#caching.negotiated.responses>
    fn is_for(&self, request: &Wire, now: Duration) -> bool {
        let same = |name: &String| values(&self.request.lines, name) == values(&request.lines, name);
        (&self.request.method, &self.request.url, self.request.is_preflight())
            == (&request.method, &request.url, request.is_preflight())
            && now < self.expires
            && words(&self.reply.lines, "vary").iter().all(same)
    }
}

impl SharedCache {
    /// The newest stored response that the request may get.
    pub fn find(&self, request: &Wire, now: Duration) -> Option<(&Reply, From)> {
        let stored = self.0.iter().rev().find(|stored| stored.is_for(request, now))?;
        let same = values(&stored.request.lines, "origin") == values(&request.lines, "origin");
        Some((&stored.reply, if same { From::Cache } else { From::CacheForAnother }))
    }

    /// <https://httpwg.org/specs/rfc9111.html#response.cacheability>
    pub fn store(&mut self, request: &Wire, reply: &Reply, now: Duration) {
        let cacheable = matches!(request.method.as_str(), "GET" | "HEAD") || request.is_preflight();
        let forbidden = words(&reply.lines, "cache-control").contains(&"no-store".to_owned())
            || words(&reply.lines, "vary").contains(&"*".to_owned())
            || !values(&request.lines, "authorization").is_empty()
            || matches!(reply.status, 206 | 304 | 500);
        if cacheable && !forbidden {
            let expires = now + Duration::from_secs(60);
            self.0.push(Stored { request: request.clone(), reply: reply.clone(), expires });
        }
    }
}
