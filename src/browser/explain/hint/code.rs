//! The codes of hints.

use super::{Hint, PreflightRedirect};
use crate::browser::explain::names::NameMistake;

impl Hint<'_> {
    /// The code of this hint, in kebab-case. It is stable.
    pub const fn code(&self) -> &'static str {
        match self {
            Hint::CredentialsCauseNoPreflight => "credentials-cause-no-preflight",
            Hint::CredentialsAreNotCookies => "credentials-are-not-cookies",
            Hint::SameOriginCredentials => "same-origin-credentials",
            Hint::OpaqueOrigin => "opaque-origin",
            Hint::TaintedOrigin => "tainted-origin",
            Hint::AllowNull => "allow-null",
            Hint::ResponseIsOpaque => "response-is-opaque",
            Hint::ForbiddenRequestHeader { .. } => "forbidden-request-header",
            Hint::NotInNoCors { .. } => "not-in-no-cors",
            Hint::ResponseHeaderInRequest { .. } => "response-header-in-request",
            Hint::AddedByLibrary { .. } => "added-by-library",
            Hint::ContentTypeWithoutBody => "content-type-without-body",
            Hint::Beacon => "beacon",
            Hint::MethodCase { .. } => "method-case",
            Hint::ListedMethodCase { .. } => "listed-method-case",
            Hint::WwwHost { .. } => "www-host",
            Hint::FileUrl => "file-url",
            Hint::UrlWithoutScheme => "url-without-scheme",
            Hint::WebSocketUrl => "web-socket-url",
            Hint::MixedContent => "mixed-content",
            Hint::RedirectToHttp => "redirect-to-http",
            Hint::LocalNetwork => "local-network",
            Hint::StreamOverHttp1 => "stream-over-http1",
            Hint::PreflightOfIpAddress => "preflight-of-ip-address",
            Hint::PrivateNetworkAccess => "private-network-access",
            Hint::OriginNotListed { .. } => "origin-not-listed",
            Hint::Challenge { .. } => "challenge",
            Hint::CachedResponse { .. } => "cached-response",
            Hint::NotModified => "not-modified",
            Hint::HeaderName { mistake: NameMistake::Misspelt, .. } => "header-name-misspelt",
            Hint::HeaderName { mistake: NameMistake::OfRequest, .. } => "header-name-of-request",
            Hint::HeaderName { mistake: NameMistake::Prefix, .. } => "header-name-prefix",
            Hint::AuthorizationUnderWildcard => "authorization-under-wildcard",
            Hint::WildcardWithCredentials { .. } => "wildcard-with-credentials",
            Hint::DoubleWildcard { .. } => "double-wildcard",
            Hint::AllowOrigin(mistake) => mistake.code(),
            Hint::AllowOriginDoubled => "allow-origin-doubled",
            Hint::AllowCredentialsValue => "allow-credentials-value",
            Hint::ListQuotes { .. } => "list-quotes",
            Hint::ListSeparator { .. } => "list-separator",
            Hint::PreflightRedirect(PreflightRedirect::Hsts) => "preflight-redirect-hsts",
            Hint::PreflightRedirect(PreflightRedirect::ToHttps) => "preflight-redirect-to-https",
            Hint::PreflightRedirect(PreflightRedirect::TrailingSlash) => "preflight-redirect-trailing-slash",
            Hint::PreflightRedirect(PreflightRedirect::Login) => "preflight-redirect-to-login",
            Hint::PreflightRedirect(PreflightRedirect::Other) => "preflight-redirect",
            Hint::PreflightStatus { .. } => "preflight-status",
            Hint::PreflightRedirect(PreflightRedirect::ToHttp) => "preflight-redirect-to-http",
            Hint::PreflightRedirect(PreflightRedirect::NoTrailingSlash) => "preflight-redirect-no-trailing-slash",
            Hint::PreflightRedirect(PreflightRedirect::Www) => "preflight-redirect-www",
            Hint::RefusedByLists { .. } => "refused-by-lists",
            Hint::PreflightWithoutCors => "preflight-without-cors",
            Hint::WithoutCors => "without-cors",
            Hint::RedirectIsChecked => "redirect-is-checked",
            Hint::ExtensionPage => "extension-page",
            Hint::PlainOptions => "plain-options",
            Hint::OnBothResponses => "on-both-responses",
            Hint::OnlyOnPreflight => "only-on-preflight",
            Hint::StatusFirst { .. } => "status-first",
            Hint::ErrorResponse { .. } => "error-response",
            Hint::ResourcePolicyByDefault => "resource-policy-by-default",
            Hint::EmbedderPolicy => "embedder-policy",
            Hint::VaryOrigin => "vary-origin",
            Hint::ExposeHeaders => "expose-headers",
            Hint::Hsts => "hsts",
            Hint::RedirectToLogin => "redirect-to-login",
            Hint::RedirectDropsAuthorization => "redirect-drops-authorization",
            Hint::RedirectBecomesGet { .. } => "redirect-becomes-get",
        }
    }

    /// Whether this is a likely cause of the failure of its step, not only useful to know.
    pub const fn is_cause(&self) -> bool {
        matches!(
            self,
            Hint::AddedByLibrary { .. }
                | Hint::AllowCredentialsValue
                | Hint::AllowOrigin(_)
                | Hint::AllowOriginDoubled
                | Hint::AuthorizationUnderWildcard
                | Hint::Beacon
                | Hint::CachedResponse { .. }
                | Hint::Challenge { .. }
                | Hint::DoubleWildcard { .. }
                | Hint::EmbedderPolicy
                | Hint::ExtensionPage
                | Hint::FileUrl
                | Hint::HeaderName { .. }
                | Hint::Hsts
                | Hint::ListQuotes { .. }
                | Hint::ListSeparator { .. }
                | Hint::ListedMethodCase { .. }
                | Hint::MethodCase { .. }
                | Hint::MixedContent
                | Hint::NotModified
                | Hint::OnlyOnPreflight
                | Hint::OpaqueOrigin
                | Hint::OriginNotListed { .. }
                | Hint::PreflightRedirect(_)
                | Hint::PreflightStatus { .. }
                | Hint::PreflightWithoutCors
                | Hint::RedirectIsChecked
                | Hint::RedirectToHttp
                | Hint::RedirectToLogin
                | Hint::RefusedByLists { .. }
                | Hint::ResourcePolicyByDefault
                | Hint::ResponseHeaderInRequest { .. }
                | Hint::StatusFirst { .. }
                | Hint::TaintedOrigin
                | Hint::StreamOverHttp1
                | Hint::UrlWithoutScheme
                | Hint::WebSocketUrl
                | Hint::WildcardWithCredentials { .. }
                | Hint::WithoutCors
                | Hint::WwwHost { .. }
        )
    }
}
