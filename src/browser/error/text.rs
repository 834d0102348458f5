//! The texts of network errors.

use core::fmt;

use super::{NetworkError, Reason, Several, Wildcard};
use crate::{browser::cross_origin_resource_policy::PolicySource, header::InvalidElement};

impl fmt::Display for NetworkError<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}: {}", self.phase, self.reason)
    }
}

impl fmt::Display for Reason<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Reason::SameOriginModeCrossOrigin => formatter.write_str("cross-origin URL in mode `same-origin`"),
            Reason::NoCorsRedirectModeNotFollow { redirect_mode } => {
                write!(formatter, "redirect mode `{redirect_mode}` in mode `no-cors`, which only follows")
            }
            Reason::SchemeNotHttp { scheme } => write!(formatter, "scheme `{scheme}` is not fetched with CORS"),
            Reason::MixedContent { url } => {
                write!(formatter, "mixed content: a page of `https` requests `{}`", url.without_fragment())
            }
            Reason::SchemeNotFetched { scheme: "blob" } => {
                formatter.write_str("`blob:` URLs are fetched with `GET` alone")
            }
            Reason::SchemeNotFetched { scheme } => {
                write!(formatter, "nothing is fetched from `{scheme}:` URLs like this")
            }
            Reason::Network => formatter.write_str("no response"),
            Reason::HeaderOfBrowser { name } => {
                write!(formatter, "the page sets `{}`, which the browser keeps for itself", name.lowercase())
            }
            Reason::HeaderValueInvalid { name } => {
                write!(formatter, "`{}` has a NUL, which no header value has", name.lowercase())
            }
            Reason::HeaderContradictory { value } => {
                write!(formatter, "the lines of `{}` contradict each other: `{value}`", value.name().lowercase())
            }
            Reason::ProxyAuthenticationRequired => {
                formatter.write_str("status 407, and no user is asked for a name and a password")
            }
            Reason::AllowOriginMissing => formatter.write_str("no `Access-Control-Allow-Origin`"),
            Reason::AllowOriginWildcardWithCredentials => {
                formatter.write_str("`Access-Control-Allow-Origin` is `*`, which no request with credentials accepts")
            }
            Reason::AllowOriginMultiple { value, several: Several::Lines } => {
                write!(formatter, "`Access-Control-Allow-Origin` occurs several times: `{value}`")
            }
            Reason::AllowOriginMultiple { value, several: Several::Values } => {
                write!(formatter, "`Access-Control-Allow-Origin` has several values: `{value}`")
            }
            Reason::AllowOriginInvalid { value } => {
                write!(formatter, "`Access-Control-Allow-Origin` is not an origin: `{value}`")
            }
            Reason::AllowOriginMismatch { value, origin } => {
                write!(formatter, "`Access-Control-Allow-Origin` is `{value}`, not `{origin}`")
            }
            Reason::AllowCredentialsNotTrue { value: None } => {
                formatter.write_str("no `Access-Control-Allow-Credentials`, which a request with credentials needs")
            }
            Reason::AllowCredentialsNotTrue { value: Some(value) } => {
                write!(formatter, "`Access-Control-Allow-Credentials` is `{value}`, not `true`")
            }
            Reason::PreflightStatusNotOk { status } => write!(formatter, "status {status} is not from 200 to 299"),
            Reason::PreflightRedirected { status } => {
                write!(formatter, "status {status} redirects, and preflights follow no redirect")
            }
            Reason::AllowMethodsUnparsable(invalid) => unparsable(formatter, "Access-Control-Allow-Methods", invalid),
            Reason::AllowHeadersUnparsable(invalid) => unparsable(formatter, "Access-Control-Allow-Headers", invalid),
            Reason::MethodNotAllowed { method, wildcard } => {
                write!(formatter, "`Access-Control-Allow-Methods` does not allow `{method}`{wildcard}")
            }
            Reason::AuthorizationNotAllowed { wildcard } => {
                write!(formatter, "`Access-Control-Allow-Headers` does not name `authorization`{wildcard}")
            }
            Reason::HeaderNotAllowed { name, wildcard } => {
                write!(formatter, "`Access-Control-Allow-Headers` does not allow `{}`{wildcard}", name.lowercase())
            }
            Reason::CrossOriginResourcePolicy { policy, source: PolicySource::Header } => {
                write!(formatter, "`Cross-Origin-Resource-Policy` is `{policy}`, which the page is not")
            }
            Reason::CrossOriginResourcePolicy { source: PolicySource::EmbedderPolicy, .. } => {
                formatter.write_str("no `Cross-Origin-Resource-Policy`, which the embedder policy of the page demands")
            }
            Reason::RedirectModeError { status } => {
                write!(formatter, "status {status} redirects, and the redirect mode is `error`")
            }
            Reason::LocationMultiple { value } => write!(formatter, "several `Location` headers: `{value}`"),
            Reason::LocationInvalid { value } => {
                write!(formatter, "`Location` is not a URL: `{value}`")
            }
            Reason::RedirectSchemeNotHttp { scheme, .. } => {
                write!(formatter, "redirect to a URL of scheme `{scheme}`, which is not HTTP(S)")
            }
            Reason::TooManyRedirects => formatter.write_str("more than 20 redirects"),
            Reason::RedirectUrlHasCredentials { .. } => {
                formatter.write_str("redirect to a URL with a user name or password")
            }
            Reason::StreamOverHttp1 => formatter.write_str("a stream is not sent over HTTP/1.x"),
            Reason::StreamNotSupported => formatter.write_str("the browser sends no streams"),
            Reason::BodyWithoutSource => formatter.write_str("a stream cannot be sent again"),
        }
    }
}

fn unparsable(formatter: &mut fmt::Formatter<'_>, header: &str, invalid: &InvalidElement<'_>) -> fmt::Result {
    let InvalidElement { element, offset, .. } = invalid;
    write!(formatter, "`{header}` has `{}`, which is not a token at byte {offset}", element.escape_ascii())
}

/// The end of a refusal's sentence: why a `*` in the list does not help.
impl fmt::Display for Wildcard {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Wildcard::Absent => "",
            Wildcard::LiteralWithCredentials => ": with credentials, its `*` is not a wildcard",
            Wildcard::NotCovering => ": its `*` does not cover it",
        })
    }
}
