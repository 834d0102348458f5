//! Codes: stable names of failures, fixes and hints, in kebab-case.

use crate::browser::error::Reason;

impl Reason<'_> {
    /// The code of this reason, in kebab-case. It is stable.
    pub const fn code(&self) -> &'static str {
        match self {
            Reason::SameOriginModeCrossOrigin => "same-origin-mode-cross-origin",
            Reason::NoCorsRedirectModeNotFollow { .. } => "no-cors-redirect-mode-not-follow",
            Reason::SchemeNotHttp { .. } => "scheme-not-http",
            Reason::MixedContent { .. } => "mixed-content",
            Reason::SchemeNotFetched { .. } => "scheme-not-fetched",
            Reason::Network => "network",
            Reason::HeaderOfBrowser { .. } => "header-of-browser",
            Reason::HeaderValueInvalid { .. } => "header-value-invalid",
            Reason::HeaderContradictory { .. } => "header-contradictory",
            Reason::ProxyAuthenticationRequired => "proxy-authentication-required",
            Reason::AllowOriginMissing => "allow-origin-missing",
            Reason::AllowOriginWildcardWithCredentials => "allow-origin-wildcard-with-credentials",
            Reason::AllowOriginMultiple { .. } => "allow-origin-multiple",
            Reason::AllowOriginInvalid { .. } => "allow-origin-invalid",
            Reason::AllowOriginMismatch { .. } => "allow-origin-mismatch",
            Reason::AllowCredentialsNotTrue { .. } => "allow-credentials-not-true",
            Reason::PreflightStatusNotOk { .. } => "preflight-status-not-ok",
            Reason::PreflightRedirected { .. } => "preflight-redirected",
            Reason::AllowMethodsUnparsable(_) => "allow-methods-unparsable",
            Reason::AllowHeadersUnparsable(_) => "allow-headers-unparsable",
            Reason::MethodNotAllowed { .. } => "method-not-allowed",
            Reason::AuthorizationNotAllowed { .. } => "authorization-not-allowed",
            Reason::HeaderNotAllowed { .. } => "header-not-allowed",
            Reason::CrossOriginResourcePolicy { .. } => "cross-origin-resource-policy",
            Reason::RedirectModeError { .. } => "redirect-mode-error",
            Reason::LocationMultiple { .. } => "location-multiple",
            Reason::LocationInvalid { .. } => "location-invalid",
            Reason::RedirectSchemeNotHttp { .. } => "redirect-scheme-not-http",
            Reason::TooManyRedirects => "too-many-redirects",
            Reason::RedirectUrlHasCredentials { .. } => "redirect-url-has-credentials",
            Reason::StreamOverHttp1 => "stream-over-http1",
            Reason::StreamNotSupported => "stream-not-supported",
            Reason::BodyWithoutSource => "body-without-source",
        }
    }
}
