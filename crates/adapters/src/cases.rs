//! The cases, as data.

use std::collections::BTreeMap;

use serde::Deserialize;

/// All cases.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cases {
    /// The cases, in order.
    pub cases: Vec<Case>,
}

/// A case: steps one by one, or fetches under load, before and after a reload.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    /// What the case is about.
    pub name: String,
    /// What not every adapter has.
    pub needs: Option<Need>,
    /// Steps to take one by one.
    #[serde(default)]
    pub steps: Vec<Step>,
    /// Fetches under `policy.json`.
    #[serde(default)]
    pub before: Vec<Step>,
    /// The same fetches under `policy-after-reload.json`.
    #[serde(default)]
    pub after: Vec<Step>,
}

/// What not every adapter has.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
pub enum Need {
    /// It looks origins up: `https://tenant.example` is allowed, `https://failing.example` is an error, `https://slow.example` is
    /// never answered, and all others are refused.
    LookUp,
    /// It takes another policy while it runs.
    Reload,
}

/// A fetch by a page, or a request by something else, and what comes of it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// The page's origin; none if no page makes the request.
    pub page: Option<String>,
    /// The method.
    pub method: String,
    /// The path of the URL.
    pub path: String,
    /// The headers that the page sets.
    #[serde(default)]
    pub headers: Vec<(String, String)>,
    /// Whether cookies go along.
    #[serde(default)]
    pub credentials: bool,
    /// How many responses are the application's: those with `X-Application`.
    pub answered: Option<usize>,
    /// The status that the page reads, and the only header that it reads beside the CORS-safelisted ones; none if the fetch fails.
    pub reads: Option<(u16, String)>,
    /// The status of the response to something that is not a page.
    pub status: Option<u16>,
    /// Lines of `Access-Control-*` in the response to the preflight, by name.
    pub preflight: Option<Lines>,
    /// Lines of `Access-Control-*` in the response to the request, by name.
    pub lines: Option<Lines>,
}

/// The values of the lines of each name.
pub type Lines = BTreeMap<String, Vec<String>>;

impl Cases {
    /// The cases of `cases/cases.json`.
    ///
    /// # Panics
    ///
    /// If the file is not of this form.
    pub fn read() -> Self {
        serde_json::from_str(include_str!("../cases/cases.json")).expect("cases.json has the form of `Cases`")
    }
}
