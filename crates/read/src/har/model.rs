//! The members of a HAR that are read, as they are written.

use core::time::Duration;

use serde::{Deserialize, Deserializer};

use super::Text;

#[derive(Deserialize)]
pub(super) struct File<'t> {
    #[serde(borrow, default)]
    pub(super) log: Option<Log<'t>>,
}

#[derive(Deserialize)]
pub(super) struct Log<'t> {
    #[serde(borrow, default)]
    pub(super) creator: Creator<'t>,
    #[serde(borrow, default)]
    pub(super) browser: Option<Creator<'t>>,
    #[serde(borrow, default, deserialize_with = "or_default")]
    pub(super) pages: Vec<Page<'t>>,
    #[serde(borrow, default)]
    pub(super) entries: Option<Vec<Entry<'t>>>,
}

/// A HAR.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Har<'t> {
    /// The program that wrote it.
    pub creator: Creator<'t>,
    /// The browser, if the file names it too.
    pub browser: Option<Creator<'t>>,
    /// The pages.
    pub pages: Vec<Page<'t>>,
    /// The entries, in the order of the file.
    pub entries: Vec<Entry<'t>>,
}

/// The program that wrote a HAR.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct Creator<'t> {
    /// `WebInspector` (Chromium), `Firefox`, `WebKit Web Inspector`, `Playwright`, ….
    #[serde(borrow)]
    pub name: Text<'t>,
    /// Its version, which is not that of the browser.
    #[serde(borrow)]
    pub version: Text<'t>,
}

/// A page.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct Page<'t> {
    /// The id, by which entries refer to it.
    #[serde(borrow)]
    pub id: Text<'t>,
    /// Its URL, as browsers write it here.
    #[serde(borrow)]
    pub title: Text<'t>,
}

/// A request and its response.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct Entry<'t> {
    /// When the fetch began, since 1970-01-01 in UTC.
    #[serde(rename = "startedDateTime", deserialize_with = "date")]
    pub started: Option<Duration>,
    /// The milliseconds that it took.
    #[serde(deserialize_with = "number")]
    pub time: f64,
    /// The request.
    #[serde(borrow, deserialize_with = "or_default")]
    pub request: EntryRequest<'t>,
    /// The response.
    #[serde(borrow, deserialize_with = "or_default")]
    pub response: EntryResponse<'t>,
    /// The id of its page.
    #[serde(borrow)]
    pub pageref: Text<'t>,
    /// Chromium's: `fetch`, `xhr`, `preflight`, `script`, ….
    #[serde(borrow, rename = "_resourceType")]
    pub resource_type: Text<'t>,
    /// Chromium's: the initiator.
    #[serde(borrow, rename = "_initiator", deserialize_with = "or_default")]
    pub initiator: Initiator<'t>,
    /// WebKit's: `Network Load`, `Disk Cache`, ….
    #[serde(borrow, rename = "_fetchType")]
    pub fetch_type: Text<'t>,
    /// Chromium's: `disk` or `memory`, if the response came from a cache.
    #[serde(borrow, rename = "_fromCache")]
    pub from_cache: Text<'t>,
}

/// The initiator of a request.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct Initiator<'t> {
    /// `script`, `parser`, `preflight`, `other`.
    #[serde(borrow, rename = "type")]
    pub kind: Text<'t>,
}

/// A request.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct EntryRequest<'t> {
    /// The method.
    #[serde(borrow)]
    pub method: Text<'t>,
    /// The URL.
    #[serde(borrow)]
    pub url: Text<'t>,
    /// `HTTP/1.1`, `h2`, `http/2.0`, `h3`, ….
    #[serde(borrow, rename = "httpVersion")]
    pub http_version: Text<'t>,
    /// The headers, in order, doubles kept.
    #[serde(borrow, deserialize_with = "headers")]
    pub headers: Vec<(Text<'t>, Text<'t>)>,
    /// The body, if there is one.
    #[serde(borrow, rename = "postData")]
    pub post_data: Option<PostData<'t>>,
}

/// The body of a request.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct PostData<'t> {
    /// Its type.
    #[serde(borrow, rename = "mimeType")]
    pub mime_type: Text<'t>,
}

impl EntryResponse<'_> {
    /// The header lines as a browser received them. A value with line ends in it becomes several lines.
    pub fn lines(&self) -> impl Iterator<Item = (&str, Vec<u8>)> {
        let pairs = self.headers.iter();
        pairs.flat_map(|(name, value)| value.split('\n').map(|value| (&**name, super::sent::bytes(value))))
    }
}

/// A response.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct EntryResponse<'t> {
    /// The status; 0 or less if there was no response, or if the tools did not get it.
    #[serde(deserialize_with = "status")]
    pub status: i32,
    /// The headers, in order, doubles kept.
    #[serde(borrow, deserialize_with = "headers")]
    pub headers: Vec<(Text<'t>, Text<'t>)>,
    /// The URL that it redirects to, as `Location` has it.
    #[serde(borrow, rename = "redirectURL")]
    pub redirect_url: Text<'t>,
    /// Chromium's and WebKit's: the error of the fetch, such as `net::ERR_FAILED`.
    #[serde(borrow, rename = "_error", alias = "_failureText")]
    pub error: Text<'t>,
    /// Chromium's and Playwright's: whether a service worker gave the response.
    #[serde(rename = "_fetchedViaServiceWorker", deserialize_with = "or_default")]
    pub fetched_via_service_worker: bool,
}

/// Reads `null` as the default.
fn or_default<'de, D: Deserializer<'de>, T: Default + Deserialize<'de>>(deserializer: D) -> Result<T, D::Error> {
    Ok(Option::deserialize(deserializer)?.unwrap_or_default())
}

fn headers<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<(Text<'de>, Text<'de>)>, D::Error> {
    #[derive(Deserialize)]
    struct Pair<'t> {
        #[serde(borrow, default)]
        name: Text<'t>,
        #[serde(borrow, default)]
        value: Text<'t>,
    }
    let pairs: Vec<Pair<'de>> = or_default(deserializer)?;
    Ok(pairs.into_iter().map(|Pair { name, value }| (name, value)).collect())
}

/// A number, or 0.
fn number<'de, D: Deserializer<'de>>(deserializer: D) -> Result<f64, D::Error> {
    Ok(Text::deserialize(deserializer)?.parse().ok().filter(|number: &f64| number.is_finite()).unwrap_or_default())
}

/// A status; anything else is 0.
fn status<'de, D: Deserializer<'de>>(deserializer: D) -> Result<i32, D::Error> {
    Ok(Text::deserialize(deserializer)?.trim().parse().unwrap_or_default())
}

/// An ISO 8601 date, if it is not before 1970.
fn date<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Duration>, D::Error> {
    let text = Text::deserialize(deserializer)?;
    let date: Option<jiff::Timestamp> = text.parse().ok();
    Ok(date.and_then(|date| Duration::try_from(date.as_duration()).ok()))
}
