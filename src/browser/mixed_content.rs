//! Mixed content: requests over HTTP that a page loaded over HTTPS may not make.

use super::{
    error::{NetworkError, Phase, Reason},
    request::Request,
    url::Url,
};
use crate::origin::{Host, Origin};

/// How a browser treats a page's request for a URL, before the checks of CORS.
///
/// <https://w3c.github.io/webappsec-mixed-content/>
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(clippy::exhaustive_enums, reason = "a caller must act on each")]
pub enum MixedContent {
    /// The request is not mixed content.
    Absent,
    /// The browser requests the `https:` URL instead.
    Upgraded,
    /// The browser fails the request, and sends nothing.
    Blocked,
}

/// The kind of request, which mixed content depends on.
///
/// <https://w3c.github.io/webappsec-mixed-content/#category-upgradeable>
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum MixedContentCategory {
    /// An `<img>`, `<audio>` or `<video>` element, without `srcset` and `<picture>`.
    Upgradeable,
    /// Anything else: `fetch()`, XMLHttpRequest, scripts, style sheets, fonts, frames.
    #[default]
    Blockable,
}

/// Whether a request for `url` by a page of origin `page` is mixed content.
///
/// The driver does not check this. The standard does so before CORS, in steps 6 and 7 of main fetch, for the first URL and for
/// the URL of each redirect.
///
/// <https://w3c.github.io/webappsec-mixed-content/#should-block-fetch>
///
/// ```
/// use fetch_cors::browser::{Url, mixed_content::{MixedContent, MixedContentCategory::Blockable, mixed_content}};
/// use fetch_cors::origin::Origin;
///
/// let page = Origin::parse("https://app.example").unwrap();
/// let of = |url| mixed_content(page, Url::new(url).unwrap(), Blockable);
/// assert_eq!(of("http://api.example/items/"), MixedContent::Blocked);
/// assert_eq!(of("http://localhost:3000/"), MixedContent::Absent);
/// ```
pub fn mixed_content(page: Origin<'_>, url: Url<'_>, category: MixedContentCategory) -> MixedContent {
    // AD-HOC: the text restricts every page whose origin is potentially trustworthy. Browsers restrict only pages of
    // `https`, so a page on `http://localhost` can request any URL.
    if page.scheme() != "https" || is_potentially_trustworthy(url) {
        return MixedContent::Absent;
    }
    let host = url.origin().host();
    let is_address = host.starts_with('[') || host.as_bytes().last().is_some_and(u8::is_ascii_digit);
    match category {
        // An IP address is not upgraded, so the request is blocked.
        MixedContentCategory::Upgradeable if !is_address => MixedContent::Upgraded,
        MixedContentCategory::Upgradeable | MixedContentCategory::Blockable => MixedContent::Blocked,
    }
}

/// <https://w3c.github.io/webappsec-secure-contexts/#potentially-trustworthy-url>, for the URLs that go to a network; all
/// others are not mixed content, or fail for their scheme.
fn is_potentially_trustworthy(url: Url<'_>) -> bool {
    !matches!(url.scheme(), "http" | "ws" | "ftp") || url.origin().parsed_host().is_some_and(Host::is_loopback)
}

/// Fails for a request that browsers block as mixed content.
///
/// <https://fetch.spec.whatwg.org/#concept-main-fetch>, 7.
pub(super) fn check_mixed_content<'a>(request: &Request<'a>) -> Result<(), NetworkError<'a>> {
    let url = request.current_url();
    match mixed_content(request.origin(), url, MixedContentCategory::Blockable) {
        MixedContent::Absent | MixedContent::Upgraded => Ok(()),
        MixedContent::Blocked => {
            let phase = if request.redirect_count() > 0 { Phase::Redirect } else { Phase::Route };
            let reason = Reason::MixedContent { url };
            Err(NetworkError { phase, reason, response_tainting: request.response_tainting() })
        }
    }
}
