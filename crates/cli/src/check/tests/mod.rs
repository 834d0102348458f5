//! Tests of `cors check`, with a transport in memory.

mod findings;
mod halves;
mod outputs;
mod visits;

use core::time::Duration;

use super::transport::{Answer, Ask, NoAnswer, Transport};

pub const PAGE: &str = "https://app.example.com";
pub const URL: &str = "https://api.example.org/items";

/// A server in memory, with the requests that it got.
pub struct Fake<F> {
    answer: F,
    pub asked: Vec<Ask>,
    pub now: Duration,
}

impl<F: FnMut(&Ask) -> Option<Answer>> Fake<F> {
    /// A server that closes the connection where `answer` returns `None`.
    pub fn new(answer: F) -> Self {
        Fake { answer, asked: Vec::new(), now: Duration::ZERO }
    }
}

impl<F: FnMut(&Ask) -> Option<Answer>> Transport for Fake<F> {
    fn send(&mut self, ask: &Ask) -> Result<Answer, NoAnswer> {
        self.asked.push(ask.clone());
        (self.answer)(ask).ok_or_else(|| NoAnswer { reason: format!("{ask}: connection refused") })
    }

    fn has_credentials(&self) -> bool {
        true
    }

    fn now(&self) -> Duration {
        self.now
    }
}

/// A head with these lines, written `name: value`.
pub fn head(status: u16, lines: &[&str]) -> Answer {
    let line = |line: &&str| {
        let (name, value) = line.split_once(": ").unwrap();
        (name.to_owned(), value.as_bytes().to_vec())
    };
    Answer { status, headers: lines.iter().map(line).collect() }
}

/// The value of `Origin`.
pub fn origin(ask: &Ask) -> Option<String> {
    let line = ask.headers.iter().find(|(name, _)| name.eq_ignore_ascii_case("origin"))?;
    String::from_utf8(line.1.clone()).ok()
}
