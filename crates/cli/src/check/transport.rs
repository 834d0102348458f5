//! What goes over the network: a request, its answer, and the trait that sends one.

use core::{fmt, time::Duration};

/// A header: its name, and the bytes of its value.
pub type Line = (String, Vec<u8>);

/// A request as a browser sends it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Ask {
    pub kind: Kind,
    pub method: String,
    /// The URL, without its fragment.
    pub url: String,
    pub headers: Vec<Line>,
    pub credentials: Credentials,
    pub body: Option<String>,
}

/// What a request is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    Preflight,
    Request,
    /// A request without `Origin`, as a page of the server's own origin sends it.
    Nobody,
}

/// Whether credentials, such as cookies, go along.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Credentials {
    Included,
    Left,
}

/// The head of a response. Names are in lower case, and lines of one name in the order in which they came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    pub status: u16,
    pub headers: Vec<Line>,
}

/// Why there is no response. The cause is the network or the server, not CORS.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoAnswer {
    pub reason: String,
}

/// A request and its outcome.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exchange {
    pub ask: Ask,
    pub answer: Answer,
}

/// Sends requests to servers.
pub trait Transport {
    /// Sends a request once, follows no redirect, and returns the head of the response.
    fn send(&mut self, ask: &Ask) -> Result<Answer, NoAnswer>;

    /// Whether the transport has any credentials, so that a server can see whether they go along.
    fn has_credentials(&self) -> bool;

    /// The time of a monotonic clock, for the preflight cache.
    fn now(&self) -> Duration;
}

impl Answer {
    /// The values of the lines of a header.
    pub fn lines<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a [u8]> + Clone {
        self.headers.iter().filter(move |(own, _)| own.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_slice())
    }

    /// The value of a header, as text; several lines are joined with `, `.
    pub fn text(&self, name: &str) -> Option<String> {
        let mut lines = self.lines(name).map(String::from_utf8_lossy).peekable();
        lines.peek()?;
        Some(lines.collect::<Vec<_>>().join(", "))
    }

    /// The headers as the library takes them.
    pub fn pairs(&self) -> Vec<(&str, &[u8])> {
        self.headers.iter().map(|(name, value)| (name.as_str(), value.as_slice())).collect()
    }
}

impl fmt::Display for Ask {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} {}", self.method, self.url)
    }
}

impl fmt::Display for NoAnswer {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.reason)
    }
}

/// A transport that sends each request once, and repeats the answer for an equal request.
///
/// Browsers that would send equal requests share one exchange, so a request with a side effect is sent once.
pub struct Once<'t, T: ?Sized> {
    transport: &'t mut T,
    known: Vec<(Ask, Result<Answer, NoAnswer>)>,
}

impl<'t, T: Transport + ?Sized> Once<'t, T> {
    pub fn new(transport: &'t mut T) -> Self {
        Once { transport, known: Vec::new() }
    }
}

impl<T: Transport + ?Sized> Transport for Once<'_, T> {
    fn send(&mut self, ask: &Ask) -> Result<Answer, NoAnswer> {
        let mut ask = ask.clone();
        if !self.has_credentials() {
            ask.credentials = Credentials::Left;
        }
        let ask = &ask;
        if let Some((_, answer)) = self.known.iter().find(|(known, _)| known.is_on_the_wire(ask)) {
            return answer.clone();
        }
        let answer = self.transport.send(ask);
        self.known.push((ask.clone(), answer.clone()));
        answer
    }

    fn has_credentials(&self) -> bool {
        self.transport.has_credentials()
    }

    fn now(&self) -> Duration {
        self.transport.now()
    }
}

impl Ask {
    /// Whether both requests look equal to a server: the case of header names and the order of headers do not count.
    fn is_on_the_wire(&self, other: &Ask) -> bool {
        let lines = |ask: &Ask| {
            let mut lines: Vec<Line> =
                ask.headers.iter().map(|(name, value)| (name.to_ascii_lowercase(), value.clone())).collect();
            lines.sort_unstable();
            lines
        };
        (self.kind, &self.method, &self.url, self.credentials, &self.body)
            == (other.kind, &other.method, &other.url, other.credentials, &other.body)
            && lines(self) == lines(other)
    }
}
