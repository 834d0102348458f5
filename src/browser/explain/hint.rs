//! Hints: what people get wrong.

use core::fmt;

use super::{OriginMistake, mend::Capitalized};
use crate::{browser::response::Status, header::HeaderName, method::Method};

/// Something worth knowing about a step of a fetch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Hint<'a> {
    /// The request is with credentials, and is not asked for because of that.
    CredentialsCauseNoPreflight,
    /// The page's origin is opaque.
    OpaqueOrigin,
    /// Redirects have made the request's origin opaque.
    TaintedOrigin,
    /// What is to be allowed is `null`.
    AllowNull,
    /// Mode "no-cors" hides the response.
    ResponseIsOpaque,
    /// The page set a header that it may not set.
    ForbiddenRequestHeader {
        /// The header.
        name: HeaderName<'a>,
    },
    /// The page set a header that mode "no-cors" leaves out.
    NotInNoCors {
        /// The header.
        name: HeaderName<'a>,
    },
    /// The page sends a header that belongs into the response.
    ResponseHeaderInRequest {
        /// The header.
        name: HeaderName<'a>,
    },
    /// A request without a body has a `Content-Type` that must be asked for.
    ContentTypeWithoutBody,
    /// The method has lower-case letters that stay.
    MethodCase {
        /// The method.
        method: Method<'a>,
    },
    /// A public page asks for a local address.
    LocalNetwork,
    /// The response has the header of Private Network Access.
    PrivateNetworkAccess,
    /// `*` in `Access-Control-Allow-Headers` does not cover `Authorization`.
    AuthorizationUnderWildcard,
    /// `*` is no wildcard to a request with credentials.
    WildcardWithCredentials {
        /// The header that has it.
        name: HeaderName<'static>,
    },
    /// `Access-Control-Allow-Origin` was meant to be the origin.
    AllowOrigin(OriginMistake),
    /// `Access-Control-Allow-Origin` stands in the response several times.
    AllowOriginDoubled,
    /// `Access-Control-Allow-Origin` lists several origins.
    AllowOriginList,
    /// `Access-Control-Allow-Credentials` is nearly `true`.
    AllowCredentialsValue,
    /// A list header has something else than commas between its elements.
    ListSeparator {
        /// The header.
        name: HeaderName<'a>,
    },
    /// The response to the preflight redirects.
    PreflightRedirect(PreflightRedirect),
    /// The status of the response to the preflight, and what gives it.
    PreflightStatus {
        /// The status.
        status: Status,
    },
    /// What the response to the preflight lacks, the response after it must have too.
    OnBothResponses,
    /// The response to the preflight had what the response lacks.
    OnlyOnPreflight,
    /// The response is an error's.
    ErrorResponse {
        /// The status.
        status: Status,
    },
    /// The answer depends on the origin, and caches are not told.
    VaryOrigin,
    /// There are headers that `Access-Control-Expose-Headers` would show.
    ExposeHeaders,
    /// The redirect drops `Authorization`.
    RedirectDropsAuthorization,
    /// The redirect makes a `GET` without a body of the request.
    RedirectBecomesGet {
        /// The method before.
        method: Method<'a>,
        /// The status that does it.
        status: Status,
    },
}

/// Why a preflight is redirected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PreflightRedirect {
    /// From `http` to `https`.
    ToHttps,
    /// To the same URL with a `/` at the end of its path.
    TrailingSlash,
    /// For another reason: often to a page for logging in.
    Other,
}

impl fmt::Display for Hint<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Hint::ForbiddenRequestHeader { name } => {
                write!(formatter, "a page may not set `{}`: the browser drops it silently", name.lowercase())
            }
            Hint::NotInNoCors { name } => {
                write!(formatter, "mode `no-cors` drops the header `{}` silently", name.lowercase())
            }
            Hint::ResponseHeaderInRequest { name } => {
                write!(
                    formatter,
                    "`{}` belongs into the response: in a request it does nothing but force a preflight",
                    name.lowercase()
                )
            }
            Hint::MethodCase { method } => {
                write!(
                    formatter,
                    "`{method}` is sent as it is written, and methods are compared byte for byte: browsers upper-case \
                     `DELETE`, `GET`, `HEAD`, `OPTIONS`, `POST` and `PUT` alone"
                )
            }
            Hint::WildcardWithCredentials { name } => {
                write!(
                    formatter,
                    "to a request with credentials mode `include`, `*` in `{}` is a literal and no wildcard, \
                     whether or not there is a cookie",
                    Capitalized(*name)
                )
            }
            Hint::ListSeparator { name } => {
                let name = Capitalized(*name);
                write!(formatter, "the elements of `{name}` are tokens separated by commas, without quotes")
            }
            Hint::PreflightStatus { status } => preflight_status(*status, formatter),
            Hint::ErrorResponse { status } => {
                write!(
                    formatter,
                    "a response with status {status} needs the headers too, or the page cannot read what went wrong: \
                     see that gateways and error handlers set them"
                )
            }
            Hint::RedirectBecomesGet { method, status } => {
                write!(formatter, "status {status} makes a `GET` without a body of a `{method}`: 307 and 308 keep both")
            }
            Hint::AllowOrigin(mistake) => fmt::Display::fmt(mistake, formatter),
            _ => formatter.write_str(self.fixed_text()),
        }
    }
}

impl Hint<'_> {
    /// The text of a hint that has no words of the exchange in it.
    const fn fixed_text(&self) -> &'static str {
        match self {
            Hint::PreflightRedirect(PreflightRedirect::ToHttps) => {
                "the server redirects `http` to `https`, and preflights follow no redirect: ask for the `https` URL"
            }
            Hint::PreflightRedirect(PreflightRedirect::TrailingSlash) => {
                "the server redirects to the path with a `/` at its end, and preflights follow no redirect"
            }
            Hint::PreflightRedirect(PreflightRedirect::Other) => {
                "preflights follow no redirect; if this one leads to a login, it stands in front of `OPTIONS`, which \
                 never bears credentials"
            }
            Hint::CredentialsCauseNoPreflight => {
                "credentials never cause a preflight: methods, headers, streams and upload listeners do"
            }
            Hint::OpaqueOrigin => {
                "the page's origin is opaque and sent as `null`, as from sandboxed frames, `data:` and `file:`: to \
                 allow `null` is to allow all of them"
            }
            Hint::TaintedOrigin => {
                "a redirect from one foreign origin to another makes the origin `null`, as that of sandboxed pages: ask \
                 for the last URL to begin with, and answer 401 where a page would be redirected to a login"
            }
            Hint::AllowNull => {
                "to allow `null` is to allow every sandboxed frame, `data:` and `file:`, with the user's credentials"
            }
            Hint::ResponseIsOpaque => {
                "mode `no-cors` mends nothing: the response is opaque, and a script reads neither status nor headers \
                 nor body"
            }
            Hint::ContentTypeWithoutBody => "without a body there is nothing for `Content-Type` to describe",
            Hint::LocalNetwork => {
                "no CORS header lets a public page into a local network: browsers ask the user (Local Network Access)"
            }
            Hint::PrivateNetworkAccess => {
                "`Access-Control-Allow-Private-Network` is read by no browser any more: Local Network Access asks the \
                 user instead"
            }
            Hint::AuthorizationUnderWildcard => {
                "`*` does not cover `Authorization`, neither by the standard nor in any browser's cache: where browsers \
                 let it pass, each request makes a preflight, so name it"
            }
            Hint::AllowOriginDoubled => {
                "several `Access-Control-Allow-Origin` are as bad as none: often two layers, as a proxy and an \
                 application, each add one"
            }
            Hint::AllowOriginList => {
                "`Access-Control-Allow-Origin` takes one origin: a server that allows several answers each with its own"
            }
            Hint::AllowCredentialsValue => "`true` is compared byte for byte: lower case, once, without quotes",
            Hint::OnBothResponses => "the response that follows the preflight must pass the same CORS check",
            Hint::OnlyOnPreflight => {
                "the response to the preflight is not enough: the response after it needs \
                 `Access-Control-Allow-Origin` too"
            }
            Hint::VaryOrigin => {
                "if other origins are answered otherwise, every response of this URL needs `Vary: Origin`, or caches \
                 mix them up"
            }
            Hint::ExposeHeaders => "to let scripts read a header more, name it in `Access-Control-Expose-Headers`",
            Hint::RedirectDropsAuthorization => {
                "a redirect to another origin drops `Authorization`: ask for the last URL to begin with"
            }
            Hint::ForbiddenRequestHeader { .. }
            | Hint::NotInNoCors { .. }
            | Hint::ResponseHeaderInRequest { .. }
            | Hint::MethodCase { .. }
            | Hint::WildcardWithCredentials { .. }
            | Hint::ListSeparator { .. }
            | Hint::PreflightStatus { .. }
            | Hint::ErrorResponse { .. }
            | Hint::RedirectBecomesGet { .. }
            | Hint::AllowOrigin(_) => "",
        }
    }
}

fn preflight_status(status: Status, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
    let why = match status.as_u16() {
        401 | 403 | 407 => {
            "preflights never bear cookies or `Authorization`: what checks them must let `OPTIONS` pass, or stand \
             behind what answers it"
        }
        404 => "nothing answers `OPTIONS` at this URL: routes need one beside `GET` or `POST`",
        405 | 501 => {
            "the server does not allow `OPTIONS` at this URL: the preflight never gets to what would answer it"
        }
        429 => "preflights count as requests to a rate limit that stands in front of them",
        500.. => "the server fails on `OPTIONS`: a preflight has no body, and none of the headers of the request",
        304 => "preflights are not conditional: a cache in front of `OPTIONS` answers it",
        _ => "a preflight passes with a status from 200 to 299",
    };
    write!(formatter, "status {status}: {why}")
}
