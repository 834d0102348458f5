//! Cross-origin resource policy check: whether a page may embed a response that it cannot read.
//!
//! ```
//! use fetch_cors::browser::cross_origin_resource_policy::{
//!     EmbedderPolicy, IncludesCredentials, cross_origin_resource_policy_check,
//! };
//! use fetch_cors::browser::{Response, request::HostIsSite};
//! use fetch_cors::{header::Headers, origin::Origin};
//!
//! let page = Origin::parse("https://app.example").unwrap();
//! let other = Origin::parse("https://images.example").unwrap();
//! let check = |lines: &[(&str, &[u8])]| {
//!     let response = Response::new(200, Headers::from_pairs(lines)).unwrap();
//!     let no = IncludesCredentials::No;
//!     cross_origin_resource_policy_check(page, EmbedderPolicy::RequireCorp, &response, other, no, &HostIsSite).is_ok()
//! };
//! assert!(!check(&[]));
//! assert!(check(&[("Cross-Origin-Resource-Policy", b"cross-origin")]));
//! ```

use core::fmt;

use super::{error::Reason, request::SameSite, response::Response};
use crate::{
    header::{CombinedValue, HeaderName},
    origin::Origin,
};

/// A value of `Cross-Origin-Resource-Policy`: who may embed a response without CORS.
///
/// <https://fetch.spec.whatwg.org/#http-cross-origin-resource-policy>
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ResourcePolicy {
    /// `same-origin`
    SameOrigin,
    /// `same-site`
    SameSite,
    /// `cross-origin`
    CrossOrigin,
}

impl fmt::Display for ResourcePolicy {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(self.as_str())
    }
}

const RESOURCE_POLICIES: [(&[u8], ResourcePolicy); 3] = [
    (b"same-origin", ResourcePolicy::SameOrigin),
    (b"same-site", ResourcePolicy::SameSite),
    (b"cross-origin", ResourcePolicy::CrossOrigin),
];

/// Where a [`ResourcePolicy`] comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum PolicySource {
    /// The response's header.
    Header,
    /// The page's embedder policy, because the response has no valid header.
    EmbedderPolicy,
}

/// The policy of a page for the resources that it embeds.
///
/// <https://html.spec.whatwg.org/multipage/browsers.html#embedder-policy-value>
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum EmbedderPolicy {
    /// `unsafe-none`
    #[default]
    UnsafeNone,
    /// `require-corp`
    RequireCorp,
    /// `credentialless`
    Credentialless,
}

/// Whether a request was sent with credentials.
///
/// <https://fetch.spec.whatwg.org/#response-request-includes-credentials>
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(clippy::exhaustive_enums, reason = "a question of yes or no")]
pub enum IncludesCredentials {
    /// It was.
    Yes,
    /// It was not.
    No,
}

/// Whether a page of `origin` may embed a response of `url_origin` without CORS.
///
/// <https://fetch.spec.whatwg.org/#cross-origin-resource-policy-internal-check>
pub fn cross_origin_resource_policy_check<'a>(
    origin: Origin<'_>,
    embedder_policy: EmbedderPolicy,
    response: &Response<'a>,
    url_origin: Origin<'_>,
    includes_credentials: IncludesCredentials,
    same_site: &(impl SameSite + ?Sized),
) -> Result<(), Reason<'a>> {
    // 2–3. Two headers combine to a value that is none of the three.
    let value = response.headers.get(HeaderName::CROSS_ORIGIN_RESOURCE_POLICY).and_then(CombinedValue::single);
    let named = value.and_then(|value| RESOURCE_POLICIES.iter().find(|(word, _)| *word == value));
    let named = named.map(|(_, policy)| *policy);
    // 4.
    let policy = named.or(match (embedder_policy, includes_credentials) {
        (EmbedderPolicy::RequireCorp, _) | (EmbedderPolicy::Credentialless, IncludesCredentials::Yes) => {
            Some(ResourcePolicy::SameOrigin)
        }
        _ => None,
    });
    // 5.
    let allowed = match policy {
        None | Some(ResourcePolicy::CrossOrigin) => return Ok(()),
        Some(ResourcePolicy::SameOrigin) => origin.is_same_origin(url_origin),
        Some(ResourcePolicy::SameSite) => {
            same_site.schemelessly_same_site(origin, url_origin)
                && (origin.scheme() == "https" || url_origin.scheme() != "https")
        }
    };
    match policy {
        Some(policy) if !allowed => {
            let source = if named.is_some() { PolicySource::Header } else { PolicySource::EmbedderPolicy };
            Err(Reason::CrossOriginResourcePolicy { policy, source })
        }
        _ => Ok(()),
    }
}
