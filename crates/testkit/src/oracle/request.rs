use super::{Header, http_redirect_fetch::redirect_taint};

/// A URL: its serialization, and its serialized origin. The origin is opaque if it is `null`.
///
/// <https://url.spec.whatwg.org/#concept-url>
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Url {
    pub href: String,
    pub scheme: String,
    pub origin: String,
    pub includes_credentials: bool,
}

impl Url {
    /// <https://fetch.spec.whatwg.org/#http-scheme>
    pub fn is_http(&self) -> bool {
        self.scheme == "http" || self.scheme == "https"
    }
}

/// A request, as far as CORS needs it. Its origin is serialized, and opaque if it is `null`. Modes and taintings are
/// the standard's words.
///
/// <https://fetch.spec.whatwg.org/#concept-request>
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    pub method: String,
    pub url_list: Vec<Url>,
    pub origin: String,
    pub header_list: Vec<Header>,
    pub mode: &'static str,
    pub credentials_mode: &'static str,
    pub redirect_mode: &'static str,
    pub referrer_policy: &'static str,
    /// `None` without a body, else whether the body has a source.
    pub body: Option<bool>,
    pub unsafe_request_flag: bool,
    pub use_cors_preflight_flag: bool,
    pub response_tainting: &'static str,
    pub timing_allow_failed: bool,
    pub redirect_count: u8,
}

impl Request {
    /// <https://fetch.spec.whatwg.org/#concept-request-current-url>
    pub fn current_url(&self) -> &Url {
        self.url_list.last().unwrap()
    }

    /// <https://fetch.spec.whatwg.org/#concept-request-tainted-origin>
    pub fn redirect_taint(&self) -> &'static str {
        let origins: Vec<&str> = self.url_list.iter().map(|url| &url.origin[..]).collect();
        redirect_taint(&self.origin, &origins)
    }

    /// <https://fetch.spec.whatwg.org/#serializing-a-request-origin>
    pub fn serialized_origin(&self) -> String {
        // 2.
        if self.redirect_taint() != "same-origin" {
            return "null".to_owned();
        }
        // 3.
        self.origin.clone()
    }
}

/// <https://html.spec.whatwg.org/multipage/browsers.html#same-origin>
pub fn same_origin(a: &str, b: &str) -> bool {
    a != "null" && a == b
}

/// The scheme and the host of an origin.
pub fn scheme_and_host(origin: &str) -> (String, String) {
    let (scheme, rest) = origin.split_once("://").unwrap();
    let host = match rest.split_once(']') {
        Some((address, _)) => address,
        None => rest.split(':').next().unwrap(),
    };
    (scheme.to_owned(), host.to_owned())
}

/// <https://html.spec.whatwg.org/multipage/browsers.html#schemelessly-same-site>, where a site is a host.
pub fn schemelessly_same_site(a: &str, b: &str) -> bool {
    a != "null" && b != "null" && scheme_and_host(a).1 == scheme_and_host(b).1
}

/// <https://html.spec.whatwg.org/multipage/browsers.html#same-site>, where a site is a scheme and a host.
pub fn same_site(a: &str, b: &str) -> bool {
    a != "null" && b != "null" && scheme_and_host(a) == scheme_and_host(b)
}
