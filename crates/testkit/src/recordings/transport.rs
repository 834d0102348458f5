//! The recordings' server, and the conversion of a recording's text to bytes.

use fetch_cors::{browser::Response, header::Headers};

use super::scenario::{Rule, Scenario, When};

/// The bytes of a text whose characters are bytes.
pub fn latin1(text: &str) -> Vec<u8> {
    text.chars().map(|character| u8::try_from(u32::from(character)).unwrap_or(b'?')).collect()
}

/// The owner of header lines that the crate reads.
pub struct Lines(Vec<(String, Vec<u8>)>);

impl Lines {
    pub fn new(lines: &[(String, String)]) -> Self {
        Lines(lines.iter().map(|(name, value)| (name.clone(), latin1(value))).collect())
    }

    pub fn pairs(&self) -> Vec<(&str, &[u8])> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_slice())).collect()
    }
}

/// A response of the server.
pub struct Answer {
    status: u16,
    lines: Lines,
}

/// A server, with the number of requests that each of its rules has answered.
pub struct Server<'s> {
    rules: Vec<(&'s Rule, usize)>,
}

impl<'s> Server<'s> {
    pub fn new(scenario: &'s Scenario) -> Self {
        Server { rules: scenario.server.iter().map(|rule| (rule, 0)).collect() }
    }

    /// Whether there is a server at this URL. Browsers block other ports, and find no other hosts.
    pub(crate) fn is_at(url: &str) -> bool {
        let host = url.strip_prefix("http://").and_then(|rest| rest.split('/').next());
        let parts = host.and_then(|host| host.rsplit_once(':'));
        parts.is_some_and(|(host, port)| {
            let is_host = matches!(host, "a.test" | "b.test" | "c.test" | "127.0.0.1" | "[::1]" | "127.0.0.9");
            is_host && matches!(port, "8101" | "8102" | "8103" | "8104")
        })
    }

    /// The answer to a request for `url`, which has neither a fragment nor userinfo.
    pub fn answer(&mut self, when: When, url: &str, fetch: usize) -> Answer {
        let fits = |(rule, answered): &&mut (&Rule, usize)| {
            rule.when == when
                && rule.url == url
                && rule.fetch.is_none_or(|only| only == fetch)
                && rule.times.is_none_or(|times| *answered < times)
        };
        match self.rules.iter_mut().find(fits) {
            Some((rule, answered)) => {
                *answered += 1;
                Answer::new(rule.status, rule.headers.clone())
            }
            None => Answer::new(404, Vec::new()),
        }
    }
}

impl Answer {
    fn new(status: u16, mut lines: Vec<(String, String)>) -> Self {
        if !matches!(status, 204 | 205 | 304) {
            lines.push(("Content-Length".into(), "0".into()));
        }
        lines.push(("Connection".into(), "keep-alive".into()));
        if !lines.iter().any(|(name, _)| name.eq_ignore_ascii_case("cache-control")) {
            lines.push(("Cache-Control".into(), "no-store".into()));
        }
        Answer { status, lines: Lines::new(&lines) }
    }

    pub fn with_response<T>(&self, use_it: impl FnOnce(&Response<'_>) -> Option<T>) -> Option<T> {
        let pairs = self.lines.pairs();
        // The status was checked when it was read.
        use_it(&Response::new(self.status, Headers::from_pairs(&pairs)).ok()?)
    }
}
