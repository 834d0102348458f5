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

/// A case: steps that are taken one by one, or fetches under load before and after a reload.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    /// What the case is about.
    pub name: String,
    /// A feature that the case needs and that some adapters do not have.
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

/// A feature that some adapters do not have.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
pub enum Need {
    /// It looks origins up. The look-up allows `https://tenant.example`, fails for `https://failing.example`, never
    /// answers for `https://slow.example`, and refuses all others.
    LookUp,
    /// Its policy can be replaced while it runs.
    Reload,
}

/// A fetch by a page or a request by another client, with the expected outcome.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// The page's origin; `None` if the client is not a page.
    pub page: Option<String>,
    /// The method.
    pub method: String,
    /// The path of the URL.
    pub path: String,
    /// The headers that the page sets.
    #[serde(default)]
    pub headers: Vec<(String, String)>,
    /// Whether the request has credentials.
    #[serde(default)]
    pub credentials: bool,
    /// How many responses come from the application: those with `X-Application`.
    pub answered: Option<usize>,
    /// The status that the page reads, and the only header that it reads apart from CORS-safelisted ones. `None` if the
    /// fetch fails.
    pub reads: Option<(u16, String)>,
    /// The status of the response to a client that is not a page.
    pub status: Option<u16>,
    /// The lines of `Access-Control-*` in the response to the preflight, by name.
    pub preflight: Option<Lines>,
    /// The lines of `Access-Control-*` in the response to the request, by name.
    pub lines: Option<Lines>,
}

/// The values of all lines, by name.
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
