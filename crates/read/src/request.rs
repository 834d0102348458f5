//! The page's request, as a text describes it.

use fetch_cors::browser::request::{CacheMode, CredentialsMode, Keepalive, RedirectMode, ReferrerPolicy, RequestMode};

use crate::exchange::HeaderLine;

/// The request of a page, as a text describes it. Unknown parts are `None`, or empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct PageRequest {
    /// The origin of the page, serialized: `https://app.example` or `null`.
    pub origin: Option<String>,
    /// The URL.
    pub url: Option<String>,
    /// The method, as the page wrote it, or as it was sent.
    pub method: Option<String>,
    /// The headers that the page sets.
    pub headers: Vec<PageHeader>,
    /// The headers that the browser or the tool adds.
    pub browser_headers: Vec<HeaderLine>,
    /// The body.
    pub body: Option<PageBody>,
    /// The API that the page calls.
    pub api: Option<Api>,
    /// The mode.
    pub mode: Option<RequestMode>,
    /// The credentials mode.
    pub credentials: Option<CredentialsMode>,
    /// The redirect mode.
    pub redirect: Option<RedirectMode>,
    /// The referrer policy.
    pub referrer_policy: Option<ReferrerPolicy>,
    /// The cache mode.
    pub cache: Option<CacheMode>,
    /// Whether the request may outlive its page.
    pub keepalive: Option<Keepalive>,
    /// The value of `Sec-Fetch-Dest`: `empty`, `image`, `script`, ….
    pub destination: Option<String>,
}

/// A header that the page sets.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct PageHeader {
    /// The name.
    pub name: String,
    /// The value.
    pub value: PageValue,
}

/// The value of a header that the page sets.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_enums, reason = "a question of yes or no")]
pub enum PageValue {
    /// The bytes of the value.
    Given(Vec<u8>),
    /// A preflight names the header, so its value needs one; the text does not have the value.
    NamedByPreflight,
}

impl PageHeader {
    /// The value, or a substitute that needs a preflight too.
    pub fn value_or_stand_in(&self) -> &[u8] {
        match &self.value {
            PageValue::Given(value) => value,
            PageValue::NamedByPreflight if self.name.eq_ignore_ascii_case("content-type") => b"application/json",
            // With this byte, a value of any of the four other safelisted names needs a preflight.
            PageValue::NamedByPreflight => b"\"",
        }
    }
}

/// The API that a page calls to make a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Api {
    /// `fetch()`
    Fetch,
    /// `XMLHttpRequest`, without a listener on its upload.
    XmlHttpRequest,
    /// `XMLHttpRequest` with a listener on its upload, which needs a preflight.
    XmlHttpRequestWithUploadListener,
    /// `EventSource`
    EventSource,
    /// `navigator.sendBeacon()`
    Beacon,
    /// `WebSocket`, to which CORS does not apply.
    WebSocket,
    /// An element, such as `<img crossorigin>`.
    Element,
}

/// The body that a page gives.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum PageBody {
    /// A string, or the bytes of a body whose kind is unknown.
    Text(String),
    /// A `URLSearchParams`.
    UrlSearchParams,
    /// A `FormData`.
    FormData,
    /// A `Blob` or a `File` with this type, which may be empty.
    Blob(String),
    /// An `ArrayBuffer` or a view on one.
    Bytes,
    /// A `ReadableStream`.
    Stream,
}

impl PageRequest {
    /// Completes this request with another. Headers of this request have priority over those with the same name.
    #[must_use]
    pub fn completed_by(mut self, other: PageRequest) -> Self {
        self.origin = self.origin.or(other.origin);
        self.url = self.url.or(other.url);
        self.method = self.method.or(other.method);
        self.body = self.body.or(other.body);
        self.api = self.api.or(other.api);
        self.mode = self.mode.or(other.mode);
        self.credentials = self.credentials.or(other.credentials);
        self.destination = self.destination.or(other.destination);
        self.redirect = self.redirect.or(other.redirect);
        self.referrer_policy = self.referrer_policy.or(other.referrer_policy);
        self.cache = self.cache.or(other.cache);
        self.keepalive = self.keepalive.or(other.keepalive);
        let is_new = |name: &str| self.headers.iter().all(|own| !own.name.eq_ignore_ascii_case(name));
        let new: Vec<_> = other.headers.into_iter().filter(|header| is_new(&header.name)).collect();
        self.headers.extend(new);
        self.browser_headers.extend(other.browser_headers);
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_is_completed_in_every_field_and_keeps_its_own() {
        let header = |name: &str| PageHeader { name: name.into(), value: PageValue::Given(b"1".to_vec()) };
        let other = PageRequest {
            origin: Some("https://app.example".into()),
            method: Some("PUT".into()),
            redirect: Some(RedirectMode::Manual),
            cache: Some(CacheMode::NoStore),
            referrer_policy: Some(ReferrerPolicy::Origin),
            headers: vec![header("x-a"), header("x-b"), header("x-b")],
            ..PageRequest::default()
        };
        assert_eq!(PageRequest::default().completed_by(other.clone()), other);
        let own = PageRequest { method: Some("DELETE".into()), headers: vec![header("X-A")], ..PageRequest::default() };
        let completed = own.completed_by(other);
        assert_eq!(completed.method.as_deref(), Some("DELETE"));
        assert_eq!(completed.redirect, Some(RedirectMode::Manual));
        let names: Vec<_> = completed.headers.iter().map(|header| header.name.as_str()).collect();
        assert_eq!(names, ["X-A", "x-b", "x-b"]);
    }
}
