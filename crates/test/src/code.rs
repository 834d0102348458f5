//! Codes of refusals.

use core::{error, fmt};

use fetch_cors::browser::{
    Reason,
    explain::{Code, CodeKind},
};

/// The code of a [`Reason`] for which a browser refuses a fetch: stable, and the same in every tool of this library.
///
/// Text that explains a refusal may change between versions, so a test compares the code.
///
/// ```
/// use fetch_cors_test::ReasonCode;
///
/// assert_eq!(ReasonCode::ALLOW_ORIGIN_MISSING.to_string(), "allow-origin-missing");
/// assert_eq!("allow-origin-missing".parse(), Ok(ReasonCode::ALLOW_ORIGIN_MISSING));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ReasonCode(&'static str);

macro_rules! codes {
    ($($(#[$attribute:meta])* $name:ident = $code:literal,)*) => {
        impl ReasonCode {
            $($(#[$attribute])* pub const $name: Self = ReasonCode($code);)*

            #[cfg(test)]
            const NAMED: &'static [Self] = &[$(Self::$name),*];
        }
    };
}

codes! {
    /// In mode "same-origin" the URL is of another origin.
    SAME_ORIGIN_MODE_CROSS_ORIGIN = "same-origin-mode-cross-origin",
    /// In mode "no-cors" the redirect mode is not "follow".
    NO_CORS_REDIRECT_MODE_NOT_FOLLOW = "no-cors-redirect-mode-not-follow",
    /// In mode "cors" the URL is not HTTP(S).
    SCHEME_NOT_HTTP = "scheme-not-http",
    /// A page of `https` requests an `http:` URL.
    MIXED_CONTENT = "mixed-content",
    /// Nothing is fetched from URLs of this scheme.
    SCHEME_NOT_FETCHED = "scheme-not-fetched",
    /// The server gave no response.
    NETWORK = "network",
    /// The page sets a request header that the browser keeps for itself.
    HEADER_OF_BROWSER = "header-of-browser",
    /// A header of the response has a NUL in its value.
    HEADER_VALUE_INVALID = "header-value-invalid",
    /// Several lines of a header that has one value contradict each other.
    HEADER_CONTRADICTORY = "header-contradictory",
    /// The status is 407, and no user is asked for a name and a password.
    PROXY_AUTHENTICATION_REQUIRED = "proxy-authentication-required",
    /// There is no `Access-Control-Allow-Origin`.
    ALLOW_ORIGIN_MISSING = "allow-origin-missing",
    /// `Access-Control-Allow-Origin` is `*`, and the request is with credentials.
    ALLOW_ORIGIN_WILDCARD_WITH_CREDENTIALS = "allow-origin-wildcard-with-credentials",
    /// `Access-Control-Allow-Origin` has several values.
    ALLOW_ORIGIN_MULTIPLE = "allow-origin-multiple",
    /// `Access-Control-Allow-Origin` is not an origin.
    ALLOW_ORIGIN_INVALID = "allow-origin-invalid",
    /// `Access-Control-Allow-Origin` is another origin.
    ALLOW_ORIGIN_MISMATCH = "allow-origin-mismatch",
    /// `Access-Control-Allow-Credentials` is not `true`, and the request is with credentials.
    ALLOW_CREDENTIALS_NOT_TRUE = "allow-credentials-not-true",
    /// The status of the response to the preflight is not from 200 to 299.
    PREFLIGHT_STATUS_NOT_OK = "preflight-status-not-ok",
    /// The response to the preflight redirects.
    PREFLIGHT_REDIRECTED = "preflight-redirected",
    /// `Access-Control-Allow-Methods` is not a list of methods.
    ALLOW_METHODS_UNPARSABLE = "allow-methods-unparsable",
    /// `Access-Control-Allow-Headers` is not a list of header names.
    ALLOW_HEADERS_UNPARSABLE = "allow-headers-unparsable",
    /// `Access-Control-Allow-Methods` does not allow the method.
    METHOD_NOT_ALLOWED = "method-not-allowed",
    /// `Access-Control-Allow-Headers` does not name `Authorization`.
    AUTHORIZATION_NOT_ALLOWED = "authorization-not-allowed",
    /// `Access-Control-Allow-Headers` does not allow a header.
    HEADER_NOT_ALLOWED = "header-not-allowed",
    /// `Cross-Origin-Resource-Policy` keeps the response from this page.
    CROSS_ORIGIN_RESOURCE_POLICY = "cross-origin-resource-policy",
    /// The response redirects, and the redirect mode is "error".
    REDIRECT_MODE_ERROR = "redirect-mode-error",
    /// There are several `Location` headers.
    LOCATION_MULTIPLE = "location-multiple",
    /// `Location` is not a URL.
    LOCATION_INVALID = "location-invalid",
    /// A redirect leads to a URL that is not HTTP(S).
    REDIRECT_SCHEME_NOT_HTTP = "redirect-scheme-not-http",
    /// There were more than 20 redirects.
    TOO_MANY_REDIRECTS = "too-many-redirects",
    /// A redirect leads to a URL with a user name or a password.
    REDIRECT_URL_HAS_CREDENTIALS = "redirect-url-has-credentials",
    /// The body is a stream, and the connection uses HTTP/1.x.
    STREAM_OVER_HTTP1 = "stream-over-http1",
    /// The body is a stream, and the browser sends none.
    STREAM_NOT_SUPPORTED = "stream-not-supported",
    /// A stream would have to be sent again.
    BODY_WITHOUT_SOURCE = "body-without-source",
}

impl ReasonCode {
    /// The code of a reason.
    pub const fn of(reason: &Reason<'_>) -> Self {
        ReasonCode(reason.code())
    }

    /// The code, in kebab-case.
    pub const fn as_str(self) -> &'static str {
        self.0
    }
}

impl fmt::Display for ReasonCode {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(self.0)
    }
}

impl core::str::FromStr for ReasonCode {
    type Err = UnknownReasonCode;

    fn from_str(code: &str) -> Result<Self, UnknownReasonCode> {
        let known = Code::ALL.iter().find(|known| known.kind == CodeKind::Reason && known.code == code);
        known.map(|known| ReasonCode(known.code)).ok_or_else(|| UnknownReasonCode { code: code.into() })
    }
}

/// The error for a text that is not the code of any reason.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct UnknownReasonCode {
    /// The text.
    pub code: String,
}

impl fmt::Display for UnknownReasonCode {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "no reason has the code `{}`: see the constants of `ReasonCode`", self.code)
    }
}

impl error::Error for UnknownReasonCode {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_code_of_the_library_has_a_constant_and_the_other_way_round() {
        let of_library = Code::ALL.iter().filter(|code| code.kind == CodeKind::Reason).map(|code| code.code);
        let ours: Vec<&str> = ReasonCode::NAMED.iter().map(|code| code.as_str()).collect();
        assert_eq!(of_library.collect::<Vec<_>>(), ours);
    }
}
