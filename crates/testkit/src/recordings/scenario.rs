//! The schema of recordings. `spec-vectors/README.md` describes it.

use std::collections::BTreeMap;

use fetch_cors::{
    browser::{
        Response, Url,
        request::{CacheMode, CredentialsMode, RedirectMode, ReferrerPolicy, RequestMode},
    },
    header::Headers,
    origin::Origin,
};
use serde::{Deserialize, Deserializer, de::Error};

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
    #[serde(deserialize_with = "status")]
    pub status: u16,
    pub headers: Vec<(String, String)>,
    #[serde(default)]
    pub fetch: Option<usize>,
    /// How many requests the rule answers; `None` means all.
    #[serde(default)]
    pub times: Option<usize>,
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
    #[serde(deserialize_with = "origin")]
    pub origin: String,
    /// The URL as the page wrote it.
    #[serde(deserialize_with = "url")]
    pub url: String,
    pub method: String,
    #[serde(deserialize_with = "mode")]
    pub mode: RequestMode,
    #[serde(deserialize_with = "credentials")]
    pub credentials: CredentialsMode,
    #[serde(deserialize_with = "redirect")]
    pub redirect: RedirectMode,
    #[serde(deserialize_with = "referrer_policy")]
    pub referrer_policy: ReferrerPolicy,
    pub headers: Vec<(String, String)>,
    pub body: Option<RecordedBody>,
    pub upload_listener: bool,
    #[serde(default)]
    pub keepalive: bool,
    #[serde(default, deserialize_with = "cache")]
    pub cache: CacheMode,
}

#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub enum RecordedBody {
    Document {
        /// The MIME type of the document.
        document: String,
    },
    Stream {
        #[serde(rename = "stream")]
        _stream: serde_json::Value,
    },
    Text(String),
    UrlSearchParams {
        #[serde(rename = "urlencoded")]
        _urlencoded: serde_json::Value,
    },
    Blob {
        #[serde(rename = "blob")]
        _blob: serde_json::Value,
        /// The type as the constructor of `Blob` normalizes it.
        #[serde(rename = "type", deserialize_with = "lowercase")]
        content_type: String,
    },
}

/// The behaviour of a browser, recorded or predicted.
#[derive(Debug, Deserialize)]
pub struct Observation {
    pub exchanges: Vec<Exchange>,
    pub outcome: Outcome,
    pub cors_error: Option<String>,
    pub failed_parameter: Option<String>,
    /// WebKit's line about a failure. Other browsers' messages are compared by their ids only.
    #[serde(default)]
    pub console: Option<String>,
}

#[derive(Debug, Deserialize, PartialEq, Eq)]
pub struct Exchange {
    pub method: String,
    pub url: String,
    /// The headers. Names are in lower case.
    pub headers: Vec<(String, String)>,
}

#[derive(Debug, Deserialize)]
pub struct Outcome {
    /// `None` for XMLHttpRequest, which does not show it.
    #[serde(rename = "type")]
    pub response_type: Option<String>,
    pub thrown_before_network: Option<bool>,
    pub status: Option<u16>,
    pub redirected: Option<bool>,
    pub url: Option<String>,
    /// The sorted names that a script can read.
    pub headers: Option<Vec<String>>,
}

impl Exchange {
    /// The combined values of a header. The server strips the whitespace around each.
    pub fn header(&self, name: &str) -> Option<String> {
        let values: Vec<&str> =
            self.headers.iter().filter(|(own, _)| own == name).map(|(_, value)| value.as_str()).collect();
        (!values.is_empty()).then(|| values.join(", ").trim_matches([' ', '\t']).to_owned())
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

fn status<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u16, D::Error> {
    let status = u16::deserialize(deserializer)?;
    Response::new(status, Headers::EMPTY).map_err(D::Error::custom)?;
    Ok(status)
}

fn origin<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    let origin = String::deserialize(deserializer)?;
    Origin::parse(&origin).map_err(|error| D::Error::custom(format_args!("origin `{origin}`: {error}")))?;
    Ok(origin)
}

fn url<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    let url = String::deserialize(deserializer)?;
    let parsed = url::Url::parse(&url).map_err(|error| D::Error::custom(format_args!("URL `{url}`: {error}")))?;
    Url::new(parsed.as_str()).map_err(|error| D::Error::custom(format_args!("URL `{url}`: {error}")))?;
    Ok(url)
}

fn word<'de, T, D: Deserializer<'de>>(
    deserializer: D,
    what: &str,
    from_word: impl Fn(&str) -> Option<T>,
) -> Result<T, D::Error> {
    let word = String::deserialize(deserializer)?;
    from_word(&word).ok_or_else(|| D::Error::custom(format_args!("`{word}` is not a {what}")))
}

fn mode<'de, D: Deserializer<'de>>(deserializer: D) -> Result<RequestMode, D::Error> {
    word(deserializer, "mode", RequestMode::from_word)
}

fn credentials<'de, D: Deserializer<'de>>(deserializer: D) -> Result<CredentialsMode, D::Error> {
    word(deserializer, "credentials mode", CredentialsMode::from_word)
}

fn redirect<'de, D: Deserializer<'de>>(deserializer: D) -> Result<RedirectMode, D::Error> {
    word(deserializer, "redirect mode", RedirectMode::from_word)
}

fn lowercase<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    Ok(String::deserialize(deserializer)?.to_ascii_lowercase())
}

fn cache<'de, D: Deserializer<'de>>(deserializer: D) -> Result<CacheMode, D::Error> {
    word(deserializer, "cache mode", CacheMode::from_word)
}

fn referrer_policy<'de, D: Deserializer<'de>>(deserializer: D) -> Result<ReferrerPolicy, D::Error> {
    word(deserializer, "referrer policy", ReferrerPolicy::from_word)
}
