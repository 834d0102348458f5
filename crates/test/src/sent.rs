//! The headers that a browser adds to a request, and that the library leaves to the transport.
//!
//! ```text
//! library: method, URL, the page's headers, Origin ──▶ + Host, Referer, Sec-Fetch-*, Cookie, Content-Length ──▶ server
//! ```

use bytes::Bytes;
use fetch_cors::{
    browser::{
        AwaitingPreflight, AwaitingResponse, Request, Url,
        cross_origin_resource_policy::IncludesCredentials,
        mixed_content::{MixedContent, MixedContentCategory, mixed_content},
        request::{Body, RequestMode, SameSite},
    },
    origin::Origin,
};
use http::{HeaderName, HeaderValue, header};

use crate::{
    browser::{Browser, SiteAfterRedirect},
    page::Cookies,
    referrer::Referrer,
    site::PublicSuffixList,
};

/// The state of one redirect chain.
#[derive(Debug)]
pub(crate) struct Sender<'a> {
    pub(crate) browser: Browser,
    pub(crate) cookies: &'a Cookies,
    /// The bytes of the page's body.
    pub(crate) content: Bytes,
    pub(crate) referrer: Referrer,
    pub(crate) site: FetchSite,
}

/// The values of `Sec-Fetch-Site`, from the nearest to the most distant.
///
/// <https://w3c.github.io/webappsec-fetch-metadata/#sec-fetch-site-header>
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum FetchSite {
    SameOrigin,
    SameSite,
    CrossSite,
}

impl FetchSite {
    /// The value after one more URL of the chain.
    pub(crate) fn with_url(self, page: Origin<'_>, url: Url<'_>) -> Self {
        let of_url = if page.is_same_origin(url.origin()) {
            FetchSite::SameOrigin
        } else if PublicSuffixList.same_site(page, url.origin()) {
            FetchSite::SameSite
        } else {
            FetchSite::CrossSite
        };
        self.max(of_url)
    }

    const fn as_str(self) -> &'static str {
        match self {
            FetchSite::SameOrigin => "same-origin",
            FetchSite::SameSite => "same-site",
            FetchSite::CrossSite => "cross-site",
        }
    }
}

/// The values of the other `Sec-Fetch-` headers.
#[derive(Clone, Copy, Debug)]
struct Metadata {
    mode: RequestMode,
    site: FetchSite,
}

impl Sender<'_> {
    pub(crate) fn preflight(&mut self, awaiting: &AwaitingPreflight<'_>) -> Result<http::Request<Bytes>, http::Error> {
        let sent: http::Request<()> = awaiting.preflight().try_into()?;
        let site = self.site_of(awaiting.request());
        self.complete(sent, awaiting.request(), Metadata { mode: RequestMode::Cors, site }, None, None)
    }

    pub(crate) fn request(&mut self, awaiting: &AwaitingResponse<'_>) -> Result<http::Request<Bytes>, http::Error> {
        let outgoing = awaiting.outgoing();
        let sent: http::Request<()> = outgoing.try_into()?;
        let cookies = match outgoing.credentials {
            IncludesCredentials::Yes => self.cookies.of(outgoing.url),
            IncludesCredentials::No => None,
        };
        let content = match outgoing.body {
            Body::None => None,
            Body::WithSource | Body::WithoutSource => Some(self.content.clone()),
        };
        let is_empty_post = content.is_none() && matches!(outgoing.method.as_str(), "POST" | "PUT");
        let content = content.or_else(|| is_empty_post.then(Bytes::new));
        let request = awaiting.request();
        let site = match (self.site_of(request), self.browser.site_after_redirect()) {
            (FetchSite::SameSite, SiteAfterRedirect::CrossSite) if request.redirect_count() > 0 => FetchSite::CrossSite,
            (site, _) => site,
        };
        self.complete(sent, request, Metadata { mode: request.mode(), site }, content, cookies)
    }

    /// The relation of the page to all URLs of the chain so far.
    fn site_of(&mut self, request: &Request<'_>) -> FetchSite {
        self.site = self.site.with_url(request.origin(), request.current_url());
        self.site
    }

    fn complete(
        &mut self,
        sent: http::Request<()>,
        request: &Request<'_>,
        metadata: Metadata,
        content: Option<Bytes>,
        cookies: Option<&str>,
    ) -> Result<http::Request<Bytes>, http::Error> {
        let (mut parts, ()) = sent.into_parts();
        let headers = &mut parts.headers;
        let mut add = |name: HeaderName, value: &str| -> Result<(), http::Error> {
            headers.insert(name, HeaderValue::from_str(value)?);
            Ok(())
        };
        if let Some(authority) = parts.uri.authority() {
            add(header::HOST, authority.as_str())?;
        }
        if let Some(referrer) = self.referrer.of(request, self.browser.profile()) {
            add(header::REFERER, referrer)?;
        }
        if is_potentially_trustworthy(request.current_url()) {
            add(HeaderName::from_static("sec-fetch-dest"), "empty")?;
            add(HeaderName::from_static("sec-fetch-mode"), metadata.mode.as_str())?;
            add(HeaderName::from_static("sec-fetch-site"), metadata.site.as_str())?;
        }
        if let Some(cookies) = cookies {
            add(header::COOKIE, cookies)?;
        }
        if let Some(content) = &content {
            add(header::CONTENT_LENGTH, &content.len().to_string())?;
        }
        Ok(http::Request::from_parts(parts, content.unwrap_or_default()))
    }
}

/// <https://w3c.github.io/webappsec-secure-contexts/#is-origin-trustworthy>, of an HTTP(S) URL.
pub(crate) fn is_potentially_trustworthy(url: Url<'_>) -> bool {
    // For a page of `https`, all other URLs are mixed content.
    url.scheme() == "https"
        || Origin::parse("https://page.invalid")
            .is_ok_and(|page| mixed_content(page, url, MixedContentCategory::Blockable) == MixedContent::Absent)
}
