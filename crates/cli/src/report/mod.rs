//! What is said of an exchange, and the forms that it is said in.
//!
//! ```text
//! exchange ─ Report ─┬─ text   for people, in 100 columns
//!                    ├─ serde  JSON, as `schema.json` describes it
//!                    └─ html   one page
//! ```
//!
//! A report knows nothing of where its exchange came from. What is skipped in JSON is there for people alone.

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

/// What the browser does in the end.
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

/// What becomes of a fetch: by the rules of one browser, and in short by those of all.
#[derive(Clone, Debug, Serialize)]
pub struct Report {
    pub verdict: Verdict,
    pub profile: Rules,
    /// The page's; null, where only lines of a console are read.
    pub origin: Option<String>,
    /// What was read, and what it was taken for.
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
    /// What the lines of a console mean that were read.
    pub messages: Vec<Message>,
    /// What ended the first fetch that failed.
    #[serde(skip)]
    pub refusal: Option<String>,
    /// That there are heads which answer nothing.
    #[serde(skip)]
    pub left_over: Option<String>,
    /// What the consoles say, in words; empty where no browser refuses.
    #[serde(skip)]
    pub consoles: Vec<(Rules, String)>,
    /// What browsers do otherwise than the profile.
    #[serde(skip)]
    pub differences: Differences,
}

impl Report {
    /// A report that says nothing yet but the verdict.
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
            left_over: None,
            consoles: Vec::new(),
            differences: Differences::None,
        }
    }
}

/// Something that was read.
#[derive(Clone, Debug, Serialize)]
pub struct Taken {
    /// A file, or `standard input`.
    pub source: String,
    /// What it was taken for: a word.
    pub form: &'static str,
    /// The same for people.
    #[serde(skip)]
    pub text: String,
    /// What was supposed, not believed, or left out.
    pub notes: Vec<Note>,
}

#[derive(Clone, Debug, Serialize)]
pub struct Note {
    pub code: &'static str,
    pub text: String,
}

/// What a line of a browser's console means.
#[derive(Clone, Debug, Serialize)]
pub struct Message {
    /// Whose message it is.
    pub of: &'static str,
    pub id: String,
    /// The code of what is wrong.
    pub code: &'static str,
    pub meaning: String,
    /// The step of the standard that fails, as `cors-check:4`; null for what the standard does not have.
    pub step: Option<String>,
    pub fix: String,
    pub hints: Vec<Hint>,
    /// The step in words.
    #[serde(skip)]
    pub place: Option<String>,
    /// Whose message it is, for people.
    #[serde(skip)]
    pub whose: &'static str,
    /// Whether it is of another language, and was found by a few words.
    #[serde(skip)]
    pub by_few_words: bool,
}

/// A request and its answer, or what comes of that.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Step {
    pub phase: Phase,
    pub method: String,
    pub url: String,
    /// That of the answer; null, if there is none.
    pub status: Option<u16>,
    pub checks: Vec<Check>,
    /// Whether what failed before it is supposed to be fixed.
    pub supposed: bool,
    /// The lines of the request, as far as they matter; empty, where nothing is sent.
    #[serde(rename = "request_headers")]
    pub sent: Vec<String>,
    /// What comes before the step: that it is supposed, or done again.
    #[serde(skip)]
    pub preface: Option<String>,
    #[serde(skip)]
    pub title: Option<String>,
    /// Why there is a preflight: what, and why.
    #[serde(skip)]
    pub reasons: Vec<(String, String)>,
    /// What the preflight cache says.
    #[serde(skip)]
    pub cache: Option<String>,
    /// Whether credentials go along, in words.
    #[serde(skip)]
    pub credentials: &'static str,
    #[serde(skip)]
    pub answer: Answer,
    /// Where the answer redirects to, in words.
    #[serde(skip)]
    pub redirect: Option<String>,
    /// What comes of the step.
    #[serde(skip)]
    pub end: Option<String>,
    #[serde(skip)]
    pub reading: Option<Reading>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Phase {
    /// Asking for permission.
    Preflight,
    /// The request, and its answer.
    Response,
    /// Following a redirect.
    Redirect,
    /// Before anything is sent.
    #[default]
    Request,
}

/// The answer to a request, if there is one.
#[derive(Clone, Debug, Default)]
pub enum Answer {
    /// The step asks for none.
    #[default]
    NotAsked,
    Given {
        /// Where it was found.
        place: String,
        lines: Vec<(String, Vec<u8>)>,
        notes: Vec<String>,
    },
    /// It is missing, and a program can ask for it so.
    Missing { curl: String },
    /// It is missing after what is supposed.
    Supposed(&'static str),
}

/// A check, and what came of it.
#[derive(Clone, Debug, Serialize)]
pub struct Check {
    /// The step of the standard, as `cors-check:4`.
    pub step: String,
    pub passes: bool,
    /// What is wrong.
    pub code: Option<&'static str>,
    /// The header that is checked.
    pub header: Option<String>,
    /// Its value in the response.
    pub value: Option<String>,
    /// What was checked, or what is wrong.
    #[serde(skip)]
    pub text: String,
    /// The step, in words; with a link, where the check fails.
    #[serde(skip)]
    pub place: String,
    /// The failure with its phase, as it is compared.
    #[serde(skip)]
    pub error: String,
    /// Which browsers find this failure first.
    #[serde(skip)]
    pub marks: Vec<String>,
}

/// What a script reads of the response.
#[derive(Clone, Debug)]
pub struct Reading {
    pub preface: Option<String>,
    pub title: String,
    /// Each header, and whether and why it can be read.
    pub headers: Vec<(String, String)>,
    pub note: Option<String>,
}

/// What people often get wrong.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Hint {
    pub code: &'static str,
    pub text: String,
    /// Whether this is the likely cause of what fails.
    pub cause: bool,
}

/// What browsers do otherwise than the profile.
#[derive(Clone, Debug, Default)]
pub enum Differences {
    #[default]
    None,
    /// A line for each browser that does something else.
    Lines(Vec<String>),
    /// All that one other does otherwise: who, and what.
    Against(String, Vec<(String, String)>),
}
