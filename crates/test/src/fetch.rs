//! The page's call.

use core::fmt::{self, Write as _};

use bytes::Bytes;
use fetch_cors::{
    browser::{
        Profile, Request, RequestInit, Url, parse_url,
        request::{BodyInit, CacheMode, CredentialsMode, Duplex, RedirectMode, ReferrerPolicy, RequestMode},
    },
    header::{HeaderName, Headers},
    origin::Origin,
};

/// A call of `fetch()` by a page: `fetch(url, init)`.
///
/// Unset members have the defaults of a page's script: method `GET`, mode `cors`, credentials mode `same-origin`, redirect mode
/// `follow`, the page's referrer policy.
///
/// ```
/// use fetch_cors_test::Fetch;
///
/// let fetch = Fetch::put("https://api.example/items/7").header("x-request-id", "1").json().credentials();
/// assert_eq!(
///     fetch.to_string(),
///     r#"fetch("https://api.example/items/7", { method: "PUT", credentials: "include", headers: { "x-request-id": "1", "content-type": "application/json" }, body: … })"#,
/// );
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fetch {
    method: String,
    url: String,
    headers: Vec<(String, Vec<u8>)>,
    body: Option<Body>,
    content: Option<Bytes>,
    mode: RequestMode,
    credentials: CredentialsMode,
    redirect: RedirectMode,
    referrer_policy: ReferrerPolicy,
    cache: CacheMode,
}

/// A body: its kind in the page's script, and the bytes that it has unless the test sets others.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Body {
    init: BodyInit<'static>,
    usual_content: &'static [u8],
}

macro_rules! methods {
    ($($name:ident = $method:literal,)*) => {
        impl Fetch {
            $(
                #[doc = concat!("A fetch of an absolute `http:` or `https:` URL with the method `", $method, "`.")]
                pub fn $name(url: impl Into<String>) -> Self {
                    Fetch::new($method, url)
                }
            )*
        }
    };
}

methods! {
    get = "GET",
    head = "HEAD",
    post = "POST",
    put = "PUT",
    patch = "PATCH",
    delete = "DELETE",
}

impl Fetch {
    /// A fetch of an absolute `http:` or `https:` URL with any method, as the script writes it. Browsers change `delete`,
    /// `get`, `head`, `options`, `post` and `put` to upper case, and no other.
    pub fn new(method: impl Into<String>, url: impl Into<String>) -> Self {
        let RequestInit { mode, credentials, redirect, referrer_policy, cache, .. } = RequestInit::default();
        Fetch {
            method: method.into(),
            url: url.into(),
            headers: Vec::new(),
            body: None,
            content: None,
            mode,
            credentials,
            redirect,
            referrer_policy,
            cache,
        }
    }

    /// Adds a request header that the script sets.
    ///
    /// Browsers drop a header that a script may not set, such as `Cookie` or `Origin`, without an error. Here every assertion fails
    /// then, because the test would test nothing. For cookies use [`Page::cookies`](crate::Page::cookies).
    #[must_use]
    pub fn header(mut self, name: impl Into<String>, value: impl AsRef<[u8]>) -> Self {
        self.headers.push((name.into(), value.as_ref().to_vec()));
        self
    }

    /// Sets a JSON text as the body, with the header `Content-Type: application/json`. The text is `{}`, unless
    /// [`Fetch::content`] sets another.
    #[must_use]
    pub fn json(self) -> Self {
        self.header("content-type", "application/json").with_body(BodyInit::Text, b"{}")
    }

    /// Sets a string as the body, with the type that browsers give it: `text/plain;charset=UTF-8`.
    #[must_use]
    pub fn text(self) -> Self {
        self.with_body(BodyInit::Text, b"text")
    }

    /// Sets a `URLSearchParams` as the body.
    #[must_use]
    pub fn form(self) -> Self {
        self.with_body(BodyInit::UrlSearchParams, b"name=value")
    }

    /// Sets a `FormData` as the body.
    #[must_use]
    pub fn multipart(self) -> Self {
        self.with_body(BodyInit::FORM_DATA, b"------WebKitFormBoundaryAAAAAAAAAAAAAAAA--\r\n")
    }

    /// Sets an `ArrayBuffer` as the body, which has no type.
    #[must_use]
    pub fn bytes(self) -> Self {
        self.with_body(BodyInit::Bytes, b"bytes")
    }

    /// Sets a `ReadableStream` as the body.
    #[must_use]
    pub fn stream(self) -> Self {
        self.with_body(BodyInit::Stream, b"stream")
    }

    /// Sets the bytes of the body, for a server that reads them. The kind of the body is set by another method, before or after this
    /// one: [`Fetch::json`], for example. Without a kind every assertion fails.
    #[must_use]
    pub fn content(mut self, content: impl Into<Bytes>) -> Self {
        self.content = Some(content.into());
        self
    }

    fn with_body(mut self, init: BodyInit<'static>, usual_content: &'static [u8]) -> Self {
        self.body = Some(Body { init, usual_content });
        self
    }

    /// Sends cookies to other origins too: credentials mode `include`.
    #[must_use]
    pub fn credentials(self) -> Self {
        self.credentials_mode(CredentialsMode::Include)
    }

    /// Sets the credentials mode. The default is `same-origin`.
    #[must_use]
    pub fn credentials_mode(mut self, credentials: CredentialsMode) -> Self {
        self.credentials = credentials;
        self
    }

    /// Sets the mode. The default is `cors`.
    #[must_use]
    pub fn mode(mut self, mode: RequestMode) -> Self {
        self.mode = mode;
        self
    }

    /// Sets the redirect mode. The default is `follow`.
    #[must_use]
    pub fn redirect(mut self, redirect: RedirectMode) -> Self {
        self.redirect = redirect;
        self
    }

    /// Sets the referrer policy. The default is the page's: `strict-origin-when-cross-origin`.
    #[must_use]
    pub fn referrer_policy(mut self, referrer_policy: ReferrerPolicy) -> Self {
        self.referrer_policy = referrer_policy;
        self
    }

    /// Sets the cache mode. The default is `default`.
    #[must_use]
    pub fn cache_mode(mut self, cache: CacheMode) -> Self {
        self.cache = cache;
        self
    }

    /// The URL, as the script writes it.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The method, as the script writes it.
    pub fn method(&self) -> &str {
        &self.method
    }

    /// The bytes of the body.
    pub(crate) fn body_content(&self) -> Bytes {
        let usual = self.body.as_ref().map_or_else(Bytes::new, |body| Bytes::from_static(body.usual_content));
        self.content.clone().unwrap_or(usual)
    }

    pub(crate) fn header_pairs(&self) -> Vec<(&str, &[u8])> {
        self.headers.iter().map(|(name, value)| (name.as_str(), value.as_slice())).collect()
    }

    /// The URL, as that browser parses it.
    pub(crate) fn parsed_url(&self, profile: &Profile) -> Result<url::Url, String> {
        let hint = "give the whole URL, as `https://api.example/items`";
        let url = parse_url(&self.url, profile)
            .map_err(|error| format!("the URL `{}` does not parse: {error}; {hint}", self.url))?;
        match url.scheme() {
            "http" | "https" => Ok(url),
            scheme => Err(format!("the URL `{}` has the scheme `{scheme}`, and no server is asked; {hint}", self.url)),
        }
    }

    /// The request that the call makes. Fails if the call throws, or if it sets headers that browsers drop or content without a body.
    pub(crate) fn request<'a>(
        &'a self,
        url: Url<'a>,
        origin: Origin<'a>,
        headers: Headers<'a>,
    ) -> Result<Request<'a>, String> {
        self.check_headers()?;
        if self.content.is_some() && self.body.is_none() {
            return Err(
                "the call has content, and no kind of body: add `.json()`, `.text()`, `.form()` or `.bytes()`".into()
            );
        }
        let init = RequestInit {
            method: &self.method,
            headers,
            body: self.body.as_ref().map(|body| body.init),
            mode: self.mode,
            credentials: self.credentials,
            redirect: self.redirect,
            referrer_policy: self.referrer_policy,
            cache: self.cache,
            duplex: Some(Duplex::Half),
            ..RequestInit::default()
        };
        init.request(url, origin).map_err(|error| format!("the call throws: {error} ({})", error.step))
    }

    fn check_headers(&self) -> Result<(), String> {
        let is_dropped = |(name, value): &&(String, Vec<u8>)| {
            HeaderName::new(name).is_ok_and(|name| name.is_forbidden_request_header(value))
        };
        let dropped = self.headers.iter().filter(is_dropped).map(|(name, _)| {
            let fix = match name.to_ascii_lowercase().as_str() {
                "cookie" => "give the page its cookies with `Page::cookies`",
                "origin" => "the origin is that of `Page::of`",
                "referer" => "set the policy with `Fetch::referrer_policy`",
                _ => "leave it out",
            };
            format!("browsers drop the header `{name}`, which a script may not set: {fix}")
        });
        let dropped: Vec<String> = dropped.collect();
        if dropped.is_empty() { Ok(()) } else { Err(dropped.join("; ")) }
    }
}

/// Writes the call as a script does.
impl fmt::Display for Fetch {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let standard = Fetch::get("");
        let mut members: Vec<String> = Vec::new();
        let mut member = |name: &str, own: &str, usual: &str| {
            if own != usual {
                members.push(format!("{name}: {own:?}"));
            }
        };
        member("method", &self.method, &standard.method);
        member("mode", self.mode.as_str(), standard.mode.as_str());
        member("credentials", self.credentials.as_str(), standard.credentials.as_str());
        member("redirect", self.redirect.as_str(), standard.redirect.as_str());
        member("referrerPolicy", self.referrer_policy.as_str(), standard.referrer_policy.as_str());
        member("cache", self.cache.as_str(), standard.cache.as_str());
        if !self.headers.is_empty() {
            let header = |(name, value): &(String, Vec<u8>)| format!("{name:?}: {:?}", String::from_utf8_lossy(value));
            let headers: Vec<String> = self.headers.iter().map(header).collect();
            members.push(format!("headers: {{ {} }}", headers.join(", ")));
        }
        if self.body.is_some() {
            members.push("body: …".into());
        }
        write!(formatter, "fetch({:?}", self.url)?;
        if !members.is_empty() {
            write!(formatter, ", {{ {} }}", members.join(", "))?;
        }
        formatter.write_char(')')
    }
}
