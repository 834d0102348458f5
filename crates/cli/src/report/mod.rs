//! The report on an exchange, and its formats.
//!
//! ```text
//! exchange ─ Report ─┬─ text   for people, in 100 columns
//!                    ├─ serde  JSON, as `schema.json` describes it
//!                    └─ html   one page
//! ```
//!
//! A report does not know where its exchange was read. Fields that JSON skips are for people alone.

mod color;
mod fix;
mod html;
mod text;
mod wrap;

use serde::Serialize;

pub use color::painted;
pub use fix::{Fix, PageChange, ServerChange, ServerChangeKind};
pub use wrap::{capitalized, quoted, wrap};

use crate::rules::{ByBrowser, Rules};

/// The final verdict of the browser.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// The page gets the response, and can read it.
    Readable,
    /// The page gets a response of which it can read nothing.
    Opaque,
    /// The page gets an error.
    Refused,
    /// A head is missing.
    Incomplete,
}

/// The outcome of a fetch: in full by the rules of one browser, in short by those of all.
#[derive(Clone, Debug, Serialize)]
pub struct Report {
    pub verdict: Verdict,
    pub profile: Rules,
    /// The origin of the page; null if only console lines were read.
    pub origin: Option<String>,
    /// The sources that were read, with their recognized forms.
    pub input: Vec<Taken>,
    /// The page's call, in words: one line or more.
    #[serde(skip)]
    pub call: Vec<String>,
    pub steps: Vec<Step>,
    /// All that must change.
    #[serde(serialize_with = "fix::serialize")]
    pub fixes: Vec<Fix>,
    pub hints: Vec<Hint>,
    /// What each browser prints of the exchange, by its own rules.
    pub console: ByBrowser<Option<String>>,
    /// The verdict of each, by its own rules.
    pub browsers: ByBrowser<Verdict>,
    /// The meanings of the console lines that were read.
    pub messages: Vec<Message>,
    /// Why the first fetch that failed did so.
    #[serde(skip)]
    pub refusal: Option<String>,
    /// The missing part, if that is not a response head.
    #[serde(skip)]
    pub missing: Option<String>,
    /// A sentence on heads that answer nothing.
    #[serde(skip)]
    pub left_over: Option<String>,
    /// The console messages, in words; empty if no browser refuses.
    #[serde(skip)]
    pub consoles: Vec<(Rules, String)>,
    /// What other browsers do differently.
    #[serde(skip)]
    pub differences: Differences,
}

impl Report {
    /// A report with nothing but a verdict.
    pub fn empty(verdict: Verdict, profile: Rules, origin: Option<String>) -> Self {
        Report {
            verdict,
            profile,
            origin,
            input: Vec::new(),
            call: Vec::new(),
            steps: Vec::new(),
            fixes: Vec::new(),
            hints: Vec::new(),
            console: ByBrowser::default(),
            browsers: ByBrowser::of(|_| verdict),
            messages: Vec::new(),
            refusal: None,
            missing: None,
            left_over: None,
            consoles: Vec::new(),
            differences: Differences::None,
        }
    }
}

/// A source that was read.
#[derive(Clone, Debug, Serialize)]
pub struct Taken {
    /// A file, or `standard input`.
    pub source: String,
    /// The recognized form, as a word.
    pub form: &'static str,
    /// The recognized form, for people.
    #[serde(skip)]
    pub text: String,
    /// What was assumed, ignored or left out.
    pub notes: Vec<Note>,
}

#[derive(Clone, Debug, Serialize)]
pub struct Note {
    pub code: &'static str,
    pub text: String,
}

/// The meaning of a line of a browser's console.
#[derive(Clone, Debug, Serialize)]
pub struct Message {
    /// The browser or server that prints the message.
    pub of: &'static str,
    pub id: String,
    /// The code of the failure.
    pub code: &'static str,
    pub meaning: String,
    /// The step of the standard that fails, as in `cors-check:4`; null if no step of the standard fails.
    pub step: Option<String>,
    pub fix: String,
    pub hints: Vec<Hint>,
    /// The step in words.
    #[serde(skip)]
    pub place: Option<String>,
    /// The browser or server that prints the message, for people.
    #[serde(skip)]
    pub whose: &'static str,
    /// Whether the line is in another language than English, and was recognized by a few words.
    #[serde(skip)]
    pub by_few_words: bool,
}

/// A request with its answer, or the result of an earlier step.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Step {
    pub phase: Phase,
    pub method: String,
    pub url: String,
    /// The status of the answer; null if there is none.
    pub status: Option<u16>,
    pub checks: Vec<Check>,
    /// Whether the step assumes that an earlier failure is fixed.
    pub supposed: bool,
    /// The lines of the request that matter to CORS; empty if nothing is sent.
    #[serde(rename = "request_headers")]
    pub sent: Vec<String>,
    /// A sentence before the step: that it makes an assumption, or that the fetch is repeated.
    #[serde(skip)]
    pub preface: Option<String>,
    #[serde(skip)]
    pub title: Option<String>,
    /// The reasons for a preflight, each with an explanation.
    #[serde(skip)]
    pub reasons: Vec<(String, String)>,
    /// The result of the look-up in the preflight cache.
    #[serde(skip)]
    pub cache: Option<String>,
    /// Whether credentials go along, in words.
    #[serde(skip)]
    pub credentials: &'static str,
    #[serde(skip)]
    pub answer: Answer,
    /// The target of a redirect, in words.
    #[serde(skip)]
    pub redirect: Option<String>,
    /// The result of the step.
    #[serde(skip)]
    pub end: Option<String>,
    #[serde(skip)]
    pub reading: Option<Reading>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Phase {
    /// The preflight.
    Preflight,
    /// The request, and its answer.
    Response,
    /// The redirect.
    Redirect,
    /// Before the first request.
    #[default]
    Request,
}

/// The answer to a request, if there is one.
#[derive(Clone, Debug, Default)]
pub enum Answer {
    /// The step sends nothing.
    #[default]
    NotAsked,
    Given {
        /// The place where it was read.
        place: String,
        lines: Vec<(String, Vec<u8>)>,
        notes: Vec<String>,
    },
    /// The input does not have it; this command fetches it.
    Missing { curl: String },
    /// The input does not have it, and it comes after an assumption.
    Supposed(&'static str),
}

/// A check, with its result.
#[derive(Clone, Debug, Serialize)]
pub struct Check {
    /// The step of the standard, as in `cors-check:4`.
    pub step: String,
    pub passes: bool,
    /// The code of the failure, if the check fails.
    pub code: Option<&'static str>,
    /// The header that is checked.
    pub header: Option<String>,
    /// Its value in the response.
    pub value: Option<String>,
    /// What was checked, or what is wrong, in words.
    #[serde(skip)]
    pub text: String,
    /// The step in words, with a link if the check fails.
    #[serde(skip)]
    pub place: String,
    /// The failure with its phase, for comparisons.
    #[serde(skip)]
    pub error: String,
    /// The browsers in which this failure comes first.
    #[serde(skip)]
    pub marks: Vec<String>,
}

/// What a script can read of the response.
#[derive(Clone, Debug)]
pub struct Reading {
    pub preface: Option<String>,
    pub title: String,
    /// Each header, and whether and why it can be read.
    pub headers: Vec<(String, String)>,
    pub note: Option<String>,
}

/// A hint on a common mistake.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Hint {
    pub code: &'static str,
    pub text: String,
    /// Whether this is the likely cause of the failure.
    pub cause: bool,
}

/// What other browsers do differently.
#[derive(Clone, Debug, Default)]
pub enum Differences {
    #[default]
    None,
    /// A line for each browser that does something else.
    Lines(Vec<String>),
    /// All differences of one other browser: a heading with both names, and the rows.
    Against(String, Vec<(String, String)>),
}
