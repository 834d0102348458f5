//! The parts of a scenario.

use std::fmt;

use fetch_cors::spec::Step;
use serde::Deserialize;

use crate::{
    bytes::{Bytes, HeaderList},
    expect,
    request::{Description, expect_step},
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Case {
    pub(super) server: Vec<Rule>,
    pub(super) fetches: Vec<Fetch>,
}

/// A rule of the server. The first one that fits answers.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Rule {
    pub(super) url: String,
    #[serde(default)]
    pub(super) when: When,
    pub(super) fetch: Option<usize>,
    /// How many requests of a fetch it answers.
    pub(super) times: Option<usize>,
    /// `None` if there is no response.
    pub(super) status: Option<u16>,
    pub(super) headers: HeaderList,
    /// The URL that `Location` parses to, if it differs from `Location`. `failure` if it does not parse.
    pub(super) location_url: Option<String>,
}

#[derive(Clone, Copy, Default, Deserialize, PartialEq)]
#[serde(rename_all = "lowercase")]
pub(super) enum When {
    Preflight,
    #[default]
    Actual,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Fetch {
    #[serde(default)]
    pub(super) wait_ms: u64,
    #[serde(default)]
    pub(super) partition: String,
    pub(super) embedder_policy: Option<String>,
    pub(super) http_version: Option<String>,
    #[serde(default)]
    pub(super) worker: bool,
    pub(super) storage_access: Option<String>,
    pub(super) request: Description,
    pub(super) exchanges: Vec<Exchange>,
    pub(super) outcome: Outcome,
}

/// A request that is sent.
#[derive(Clone, Debug, Default, Deserialize, PartialEq)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Exchange {
    pub(super) method: String,
    /// Without userinfo and fragment.
    pub(super) url: String,
    pub(super) origin: Option<String>,
    pub(super) access_control_request_method: Option<String>,
    pub(super) access_control_request_headers: Option<String>,
    pub(super) credentials: bool,
    pub(super) authorization: Option<Bytes>,
    pub(super) content_type: Option<Bytes>,
    pub(super) body: bool,
    pub(super) prompts_for_credentials: bool,
    /// Compared if a case has it.
    pub(super) headers: Option<HeaderList>,
    /// Compared if a case has it.
    pub(super) redirect_taint: Option<String>,
}

impl Exchange {
    /// The exchange, reduced to the parts that `expected` has.
    pub(super) fn told_by(mut self, expected: &Exchange) -> Self {
        self.headers = self.headers.filter(|_| expected.headers.is_some());
        self.redirect_taint = self.redirect_taint.filter(|_| expected.redirect_taint.is_some());
        self
    }
}

impl fmt::Display for Exchange {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let when = if self.access_control_request_method.is_some() { " (preflight)" } else { "" };
        write!(formatter, "{} {}{when}", self.method, self.url)
    }
}

/// How a fetch ends, in the form of a case.
#[derive(Deserialize)]
#[serde(untagged, deny_unknown_fields)]
pub(super) enum Outcome {
    Error { error: String },
    Response(Response),
}

#[derive(Clone, Debug, Deserialize, PartialEq)]
#[serde(deny_unknown_fields)]
pub(super) struct Response {
    pub(super) r#type: String,
    pub(super) status: u16,
    pub(super) url: String,
    pub(super) redirected: bool,
    /// The names of the headers a script reads; compared if a case has them.
    pub(super) visible: Option<Vec<String>>,
}

impl Outcome {
    pub(super) fn compare(&self, found: Result<Response, Step>) -> Result<(), String> {
        match (found, self) {
            (Err(step), Outcome::Error { error }) => expect_step(step, error),
            (Err(step), Outcome::Response(_)) => Err(format!("network error at {step}")),
            (Ok(response), Outcome::Error { error }) => Err(format!("a response, {response:?}, expected {error}")),
            (Ok(mut response), Outcome::Response(expected)) => {
                response.visible = response.visible.filter(|_| expected.visible.is_some());
                expect("response", response, expected.clone())
            }
        }
    }
}
