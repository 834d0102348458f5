//! The recordings' schema: `spec-vectors/README.md` describes it.

use std::collections::BTreeMap;

use serde::Deserialize;

#[derive(Debug, Deserialize)]
pub struct Scenario {
    pub id: String,
    pub server: Vec<Rule>,
    pub fetches: Vec<RecordedFetch>,
}

#[derive(Debug, Deserialize)]
pub struct Rule {
    pub url: String,
    pub when: When,
    pub status: u16,
    pub headers: Vec<(String, String)>,
    #[serde(default)]
    pub fetch: Option<usize>,
}

#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub enum When {
    Preflight,
    Actual,
}

#[derive(Debug, Deserialize)]
pub struct RecordedFetch {
    pub api: Api,
    pub wait_ms: u64,
    pub request: RecordedRequest,
    pub observed: BTreeMap<String, Observation>,
}

#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub enum Api {
    Fetch,
    Xhr,
}

#[derive(Debug, Deserialize)]
pub struct RecordedRequest {
    pub origin: String,
    pub url: String,
    pub method: String,
    pub mode: String,
    pub credentials: String,
    pub redirect: String,
    pub referrer_policy: String,
    pub headers: Vec<(String, String)>,
    pub body: Option<RecordedBody>,
    pub upload_listener: bool,
}

#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub enum RecordedBody {
    Text(#[expect(dead_code, reason = "what matters is that it is text")] String),
    UrlSearchParams {
        #[serde(rename = "urlencoded")]
        _urlencoded: serde_json::Value,
    },
    Blob {
        #[serde(rename = "blob")]
        _blob: serde_json::Value,
        #[serde(rename = "type")]
        content_type: String,
    },
}

/// What a browser did, or what it is predicted to do.
#[derive(Debug, Deserialize)]
pub struct Observation {
    pub exchanges: Vec<Exchange>,
    pub outcome: Outcome,
    pub cors_error: Option<String>,
    pub failed_parameter: Option<String>,
}

#[derive(Debug, Deserialize, PartialEq, Eq)]
pub struct Exchange {
    pub method: String,
    pub url: String,
    /// Names in lower case.
    pub headers: Vec<(String, String)>,
}

#[derive(Debug, Deserialize)]
pub struct Outcome {
    /// Nothing where the API does not tell: XMLHttpRequest.
    #[serde(rename = "type")]
    pub response_type: Option<String>,
    pub thrown_before_network: Option<bool>,
    pub status: Option<u16>,
    pub redirected: Option<bool>,
    pub url: Option<String>,
    /// The names that a script reads, sorted.
    pub headers: Option<Vec<String>>,
}

impl Exchange {
    /// The values of a header, combined.
    pub fn header(&self, name: &str) -> Option<String> {
        let values: Vec<&str> =
            self.headers.iter().filter(|(own, _)| own == name).map(|(_, value)| value.as_str()).collect();
        (!values.is_empty()).then(|| values.join(", "))
    }
}

impl Outcome {
    pub fn error(thrown_before_network: bool) -> Self {
        Outcome {
            response_type: Some("error".into()),
            thrown_before_network: Some(thrown_before_network),
            status: None,
            redirected: None,
            url: None,
            headers: None,
        }
    }
}
