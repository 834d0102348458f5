//! One fetch, as a text describes it.

use core::fmt;

use crate::{form::Form, note::Note, place::Place, request::PageRequest};

/// A fetch, as far as a text describes it: the page's request, the responses, and what a console says.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Exchange {
    /// The recognized form of the text.
    pub form: Form,
    /// What the text says of the page's request.
    pub request: PageRequest,
    /// The response heads, in the order of the text; interim ones are left out.
    pub heads: Vec<Head>,
    /// Lines of a console, each with a known message.
    pub console: Vec<ConsoleLine>,
    /// What was assumed, ignored or left out.
    pub notes: Vec<Note>,
}

/// Writes the recognized form: "a `curl` command, with 2 response heads".
impl fmt::Display for Exchange {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}", self.form)?;
        let calls = !matches!(self.form, Form::Heads | Form::VerboseCurl | Form::Wget | Form::HeaderLines)
            && !matches!(self.form, Form::PowerShellResponse | Form::HeaderMap);
        match self.heads.len() {
            0 => {}
            1 if calls => formatter.write_str(", with a response head")?,
            count if calls => write!(formatter, ", with {count} response heads")?,
            _ => {}
        }
        if self.form != Form::Console && !self.console.is_empty() {
            formatter.write_str(", with lines of a console")?;
        }
        Ok(())
    }
}

/// The head of a response.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Head {
    /// Its place in the text.
    pub place: Place,
    /// The request that it answers, if the text says so.
    pub answers: Option<RequestLine>,
    /// The status.
    pub status: HeadStatus,
    /// The header lines, in order, doubles kept.
    pub lines: Vec<HeaderLine>,
}

/// The status of a response.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(clippy::exhaustive_enums, reason = "a question of yes or no")]
pub enum HeadStatus {
    /// The text has it.
    Given(u16),
    /// The text has none, so this successful status is assumed.
    Supposed(u16),
}

impl HeadStatus {
    /// The status.
    pub const fn code(self) -> u16 {
        match self {
            HeadStatus::Given(code) | HeadStatus::Supposed(code) => code,
        }
    }
}

/// The method and the URL of a request that was sent.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct RequestLine {
    /// The method.
    pub method: String,
    /// The URL, if all of it is known.
    pub url: Option<String>,
}

impl RequestLine {
    /// `PUT https://api.example/items`, as API clients write it before headers.
    pub(crate) fn of_text(text: &str) -> Option<Self> {
        let (method, url) = text.split_once(' ')?;
        let is_method = (3..=16).contains(&method.len()) && method.bytes().all(|byte| byte.is_ascii_uppercase());
        let is_url = url.starts_with("http://") || url.starts_with("https://");
        (is_method && is_url && !url.contains(' '))
            .then(|| RequestLine { method: method.to_owned(), url: Some(url.to_owned()) })
    }
}

/// A header line, as it was received or sent.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct HeaderLine {
    /// The name, as it is written.
    pub name: String,
    /// The bytes of the value, without blanks around them.
    pub value: Vec<u8>,
    /// Whether a blank is before the colon.
    pub colon: Colon,
}

/// Whether there is a blank before the colon of a header line, which some browsers drop.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(clippy::exhaustive_enums, reason = "a question of yes or no")]
pub enum Colon {
    /// The colon is directly after the name.
    AfterName,
    /// A blank is before the colon.
    AfterBlank,
}

impl HeaderLine {
    pub(crate) fn new(name: impl Into<String>, value: impl Into<Vec<u8>>) -> Self {
        HeaderLine { name: name.into(), value: value.into(), colon: Colon::AfterName }
    }

    pub(crate) fn is(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name)
    }

    /// The value as text, if it is UTF-8.
    pub(crate) fn text(&self) -> Option<&str> {
        core::str::from_utf8(&self.value).ok()
    }
}

/// A line of a console, with a message that is known.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ConsoleLine {
    /// Its place in the text.
    pub place: Place,
    /// The text of it, for [`known_message`](fetch_cors::browser::known_message).
    pub text: String,
}
