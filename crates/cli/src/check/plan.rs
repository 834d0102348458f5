//! What to check: calls of pages, and what is expected of them.

use fetch_cors::browser::request::CredentialsMode;

use super::transport::Line;

/// A call of `fetch()` as a page makes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Call {
    pub url: String,
    pub method: String,
    pub headers: Vec<Line>,
    pub credentials: CredentialsMode,
    pub body: Option<String>,
}

impl Call {
    /// A `GET` without headers or a body.
    pub fn get(url: impl Into<String>) -> Self {
        Call {
            url: url.into(),
            method: "GET".into(),
            headers: Vec::new(),
            credentials: CredentialsMode::SameOrigin,
            body: None,
        }
    }
}

/// A call of a page of one origin, and what the browsers should make of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Check {
    /// The name that the user gave it.
    pub name: Option<String>,
    pub origin: String,
    pub call: Call,
    pub expectation: Expectation,
    pub place: Option<Place>,
}

/// The place of a check in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    pub file: String,
    /// The line, counted from 1.
    pub line: usize,
}

/// The outcome that all browsers should have.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Expectation {
    /// The page reads the response.
    #[default]
    Readable,
    /// The page gets an error.
    Refused,
}

impl Expectation {
    pub const fn as_str(self) -> &'static str {
        match self {
            Expectation::Readable => "readable",
            Expectation::Refused => "refused",
        }
    }

    pub fn from_word(word: &str) -> Option<Self> {
        [Expectation::Readable, Expectation::Refused].into_iter().find(|own| own.as_str() == word)
    }
}

impl Check {
    /// What the check is called: its name, or the call and the page.
    pub fn title(&self) -> String {
        let with = if self.call.credentials == CredentialsMode::Include { " with credentials" } else { "" };
        let call = || format!("{} {}{with} from {}", self.call.method, self.call.url, self.origin);
        self.name.clone().unwrap_or_else(call)
    }
}
