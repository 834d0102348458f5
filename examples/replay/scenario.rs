//! The recordings' schema: `spec-vectors/README.md` describes it.

use std::collections::BTreeMap;

use fetch_cors::{
    browser::{CacheMode, CredentialsMode, RedirectMode, ReferrerPolicy, RequestMode, Response, Url},
    header::Headers,
    origin::Origin,
};
use serde::{Deserialize, Deserializer, de::Error};

#[derive(Debug, Deserialize)]
pub(crate) struct Scenario {
    pub(crate) id: String,
    pub(crate) server: Vec<Rule>,
    pub(crate) fetches: Vec<RecordedFetch>,
}

#[derive(Debug, Deserialize)]
pub(crate) struct Rule {
    pub(crate) url: String,
    pub(crate) when: When,
    #[serde(deserialize_with = "status")]
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, String)>,
    #[serde(default)]
    pub(crate) fetch: Option<usize>,
}

#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub(crate) enum When {
    Preflight,
    Actual,
}

#[derive(Debug, Deserialize)]
pub(crate) struct RecordedFetch {
    pub(crate) api: Api,
    pub(crate) wait_ms: u64,
    pub(crate) request: RecordedRequest,
    pub(crate) observed: BTreeMap<String, Observation>,
}

#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Api {
    Fetch,
    Xhr,
}

#[derive(Debug, Deserialize)]
pub(crate) struct RecordedRequest {
    #[serde(deserialize_with = "origin")]
    pub(crate) origin: String,
    /// As the URL parser serializes it.
    #[serde(deserialize_with = "url")]
    pub(crate) url: String,
    pub(crate) method: String,
    #[serde(deserialize_with = "mode")]
    pub(crate) mode: RequestMode,
    #[serde(deserialize_with = "credentials")]
    pub(crate) credentials: CredentialsMode,
    #[serde(deserialize_with = "redirect")]
    pub(crate) redirect: RedirectMode,
    #[serde(deserialize_with = "referrer_policy")]
    pub(crate) referrer_policy: ReferrerPolicy,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Option<RecordedBody>,
    pub(crate) upload_listener: bool,
    #[serde(default, deserialize_with = "cache")]
    pub(crate) cache: CacheMode,
}

#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub(crate) enum RecordedBody {
    Document {
        /// Its MIME type.
        document: String,
    },
    Stream {
        #[serde(rename = "stream")]
        _stream: serde_json::Value,
    },
    Text(#[expect(dead_code, reason = "what matters is that it is text")] String),
    UrlSearchParams {
        #[serde(rename = "urlencoded")]
        _urlencoded: serde_json::Value,
    },
    Blob {
        #[serde(rename = "blob")]
        _blob: serde_json::Value,
        /// As the constructor of `Blob` leaves it.
        #[serde(rename = "type", deserialize_with = "lowercase")]
        content_type: String,
    },
}

/// What a browser did, or what it is predicted to do.
#[derive(Debug, Deserialize)]
pub(crate) struct Observation {
    pub(crate) exchanges: Vec<Exchange>,
    pub(crate) outcome: Outcome,
    pub(crate) cors_error: Option<String>,
    pub(crate) failed_parameter: Option<String>,
}

#[derive(Debug, Deserialize, PartialEq, Eq)]
pub(crate) struct Exchange {
    pub(crate) method: String,
    pub(crate) url: String,
    /// Names in lower case.
    pub(crate) headers: Vec<(String, String)>,
}

#[derive(Debug, Deserialize)]
pub(crate) struct Outcome {
    /// Nothing where the API does not tell: XMLHttpRequest.
    #[serde(rename = "type")]
    pub(crate) response_type: Option<String>,
    pub(crate) thrown_before_network: Option<bool>,
    pub(crate) status: Option<u16>,
    pub(crate) redirected: Option<bool>,
    pub(crate) url: Option<String>,
    /// The names that a script reads, sorted.
    pub(crate) headers: Option<Vec<String>>,
}

impl Exchange {
    /// The values of a header, combined.
    pub(crate) fn header(&self, name: &str) -> Option<String> {
        let values: Vec<&str> =
            self.headers.iter().filter(|(own, _)| own == name).map(|(_, value)| value.as_str()).collect();
        (!values.is_empty()).then(|| values.join(", "))
    }
}

impl Outcome {
    pub(crate) fn error(thrown_before_network: bool) -> Self {
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
    Ok(parsed.into())
}

fn word<'de, T, D: Deserializer<'de>>(
    deserializer: D,
    what: &str,
    from_word: impl Fn(&str) -> Option<T>,
) -> Result<T, D::Error> {
    let word = String::deserialize(deserializer)?;
    from_word(&word).ok_or_else(|| D::Error::custom(format_args!("`{word}` is no {what}")))
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
