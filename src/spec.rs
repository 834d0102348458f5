//! The Fetch Standard's algorithms and their numbered steps, which errors and checks point at.
//!
//! ```
//! use fetch_cors::spec::Algorithm;
//!
//! assert_eq!(Algorithm::CorsCheck.link(), "https://fetch.spec.whatwg.org/#concept-cors-check");
//! ```

use core::fmt;

/// The commit of the standard whose step numbers are used here, and its date.
///
/// <https://github.com/whatwg/fetch>
pub const COMMIT: &str = "586cd2a44c2a865b37c166dc0740f3fb8bb220d6 (2026-07-02)";

macro_rules! algorithms {
    ($($variant:ident = $name:literal, $link:literal;)*) => {
        /// An algorithm of the standard that verdicts refer to.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum Algorithm {
            $(#[doc = concat!("[", $name, "](", $link, ").")] $variant,)*
        }

        impl Algorithm {
            /// The name of the algorithm in the standard.
            pub const fn name(self) -> &'static str {
                match self { $(Algorithm::$variant => $name,)* }
            }

            /// The link to its text.
            pub const fn link(self) -> &'static str {
                match self { $(Algorithm::$variant => $link,)* }
            }
        }
    };
}

algorithms! {
    AppendRequestOriginHeader = "append a request `Origin` header", "https://fetch.spec.whatwg.org/#append-a-request-origin-header";
    CorsCheck = "CORS check", "https://fetch.spec.whatwg.org/#concept-cors-check";
    CorsPreflightFetch = "CORS-preflight fetch", "https://fetch.spec.whatwg.org/#cors-preflight-fetch-0";
    CorsSafelistedRequestHeader = "CORS-safelisted request-header", "https://fetch.spec.whatwg.org/#cors-safelisted-request-header";
    CorsUnsafeRequestHeaderNames = "CORS-unsafe request-header names", "https://fetch.spec.whatwg.org/#cors-unsafe-request-header-names";
    CrossOriginResourcePolicyCheck = "cross-origin resource policy internal check", "https://fetch.spec.whatwg.org/#cross-origin-resource-policy-internal-check";
    ExtractHeaderListValues = "extract header list values", "https://fetch.spec.whatwg.org/#extract-header-list-values";
    ForbiddenRequestHeader = "forbidden request-header", "https://fetch.spec.whatwg.org/#forbidden-request-header";
    HttpFetch = "HTTP fetch", "https://fetch.spec.whatwg.org/#concept-http-fetch";
    HttpNetworkFetch = "HTTP-network fetch", "https://fetch.spec.whatwg.org/#concept-http-network-fetch";
    HttpNetworkOrCacheFetch = "HTTP-network-or-cache fetch", "https://fetch.spec.whatwg.org/#concept-http-network-or-cache-fetch";
    HttpRedirectFetch = "HTTP-redirect fetch", "https://fetch.spec.whatwg.org/#concept-http-redirect-fetch";
    MainFetch = "main fetch", "https://fetch.spec.whatwg.org/#concept-main-fetch";
    RequestConstructor = "new Request(input, init)", "https://fetch.spec.whatwg.org/#dom-request";
    SchemeFetch = "scheme fetch", "https://fetch.spec.whatwg.org/#concept-scheme-fetch";
    XhrOpen = "open(method, url)", "https://xhr.spec.whatwg.org/#the-open()-method";
    XhrSetRequestHeader = "setRequestHeader(name, value)", "https://xhr.spec.whatwg.org/#the-setrequestheader()-method";
    XhrSend = "send(body)", "https://xhr.spec.whatwg.org/#the-send()-method";
}

/// Writes the name.
impl fmt::Display for Algorithm {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(self.name())
    }
}

/// A numbered step of an algorithm.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Step {
    /// The algorithm.
    pub algorithm: Algorithm,
    /// The number, with sub-steps after dots. For a switch, the case follows the number.
    pub number: &'static str,
}

impl Step {
    #[cfg(feature = "browser")]
    pub(crate) const fn new(algorithm: Algorithm, number: &'static str) -> Self {
        Step { algorithm, number }
    }
}

/// Writes the algorithm, the number and the link.
impl fmt::Display for Step {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}, step {} ({})", self.algorithm.name(), self.number, self.algorithm.link())
    }
}
