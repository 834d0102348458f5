//! The texts of hints.

use core::fmt;

use super::{Hint, PreflightRedirect};
use crate::browser::{
    explain::{fix::Capitalized, names::NameMistake},
    response::Status,
};
use crate::header::HeaderName;

impl fmt::Display for Hint<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Hint::ForbiddenRequestHeader { name } => {
                write!(formatter, "a page may not set `{}`: the browser drops it silently", name.lowercase())
            }
            Hint::NotInNoCors { name } => {
                write!(formatter, "mode `no-cors` drops the header `{}` silently", name.lowercase())
            }
            Hint::ResponseHeaderInRequest { name } => write!(
                formatter,
                "`{}` belongs in the response: in a request it does nothing but cause a preflight, so take it off the \
                 request",
                name.lowercase()
            ),
            Hint::AddedByLibrary { name } => write!(
                formatter,
                "libraries add `{}` by themselves: it causes a preflight, so leave it off requests to other origins (a tracing \
                 library has a list of targets for that)",
                name.lowercase()
            ),
            Hint::MethodCase { method } => write!(
                formatter,
                "`{method}` is sent as it is written, and methods are compared byte for byte: browsers upper-case \
                 `DELETE`, `GET`, `HEAD`, `OPTIONS`, `POST` and `PUT` alone"
            ),
            Hint::ListedMethodCase { method } => write!(
                formatter,
                "`Access-Control-Allow-Methods` has `{method}` in another case, and methods are compared byte for byte"
            ),
            Hint::WwwHost { page, url } => write!(
                formatter,
                "`{page}` and `{url}` are two origins: use one host for both, or send `Access-Control-Allow-Origin`"
            ),
            Hint::OriginNotListed { origin } => write!(
                formatter,
                "the server knows CORS and sends no `Access-Control-Allow-Origin`: `{origin}` is not on its list of \
                 origins, so add it there"
            ),
            Hint::Challenge { name } => write!(
                formatter,
                "`{}` shows a challenge for people, from a service in front of the server: exempt the API, `OPTIONS` \
                 included",
                name.lowercase()
            ),
            Hint::CachedResponse { name } => write!(
                formatter,
                "`{}` shows that a cache has answered, with what it stored for a request without `Origin` or of another \
                 origin: send `Vary: Origin` on every response of this URL, on those to requests without `Origin` too, or \
                 `Access-Control-Allow-Origin: *` always; then purge the cache",
                name.lowercase()
            ),
            Hint::HeaderName { written, meant, mistake } => write_misnamed(*written, *meant, *mistake, formatter),
            Hint::WildcardWithCredentials { name } => write!(
                formatter,
                "to a request with credentials mode `include`, `*` in `{}` is a literal, not a wildcard, \
                 whether or not there is a cookie",
                Capitalized(*name)
            ),
            Hint::DoubleWildcard { name } => write!(
                formatter,
                "`**` in `{}` is not a wildcard for browsers: name the elements, or write `*` if there are no \
                 credentials",
                Capitalized(*name)
            ),
            Hint::ListQuotes { name } => write!(
                formatter,
                "the elements of `{}` are written without quotes and brackets: the server's configuration has sent its \
                 own",
                Capitalized(*name)
            ),
            Hint::ListSeparator { name } => write!(
                formatter,
                "the elements of `{}` are separated by commas, not by blanks or semicolons",
                Capitalized(*name)
            ),
            Hint::PreflightStatus { status } => {
                write!(formatter, "status {status}: {}", of_preflight_status(*status))
            }
            Hint::RefusedByLists { status } => write!(
                formatter,
                "status {status} comes from the server's CORS layer: it refuses an origin, a method or a header that is not on its \
                 lists, so add what is missing there, and the status follows"
            ),
            Hint::StatusFirst { status } => {
                write!(formatter, "look at status {status} first: {}", of_status(*status))
            }
            Hint::ErrorResponse { status } => write!(
                formatter,
                "a response with status {status} needs the headers too, or the page cannot read what went wrong: \
                 see that gateways and error handlers set them (in nginx: `add_header` with `always`)"
            ),
            Hint::RedirectBecomesGet { method, status } => {
                write!(formatter, "status {status} makes a `GET` without a body of a `{method}`: 307 and 308 keep both")
            }
            Hint::AllowOrigin(mistake) => fmt::Display::fmt(mistake, formatter),
            _ => formatter.write_str(self.fixed_text()),
        }
    }
}

fn write_misnamed(
    written: HeaderName<'_>,
    meant: HeaderName<'static>,
    mistake: NameMistake,
    formatter: &mut fmt::Formatter<'_>,
) -> fmt::Result {
    let meant = Capitalized(meant);
    match mistake {
        NameMistake::Misspelt => {
            write!(formatter, "no browser reads `{}`: did you mean `{meant}`?", written.lowercase())
        }
        NameMistake::OfRequest => write!(
            formatter,
            "`{}` is a header of requests, and does nothing in a response: did you mean `{meant}`?",
            written.lowercase()
        ),
        NameMistake::Prefix => write!(
            formatter,
            "`{}` has a prefix, as metadata of a store has it, and no browser reads it: set `{meant}` in the CORS \
             settings of the store or the server",
            written.lowercase()
        ),
    }
}

impl Hint<'_> {
    /// The text of a hint that quotes nothing from the exchange.
    const fn fixed_text(&self) -> &'static str {
        match self {
            Hint::PreflightRedirect(redirect) => of_preflight_redirect(*redirect),
            Hint::CredentialsCauseNoPreflight => {
                "credentials never cause a preflight: methods, headers, streams and upload listeners do"
            }
            Hint::CredentialsAreNotCookies => {
                "credentials mode `include` allows cookies; whether one is sent depends on its `SameSite` and the browser's \
                 rules for third parties"
            }
            Hint::SameOriginCredentials => {
                "credentials mode `same-origin`, the default, sends no cookies to another origin: if the \
                 server needs them, use `include`"
            }
            Hint::OpaqueOrigin => {
                "the page's origin is opaque and sent as `null`, as from sandboxed frames, `data:` and `file:`: to \
                 allow `null` is to allow all of them, so serve the page over HTTP, or give its frame `allow-same-origin`"
            }
            Hint::TaintedOrigin => {
                "a redirect from one foreign origin to another makes the origin `null`, as that of sandboxed pages: \
                 request the last URL to begin with, and answer 401 where a page would be redirected to a login"
            }
            Hint::AllowNull => {
                "to allow `null` is to allow every sandboxed frame, `data:` and `file:`, with the user's credentials"
            }
            Hint::ResponseIsOpaque => {
                "mode `no-cors` fixes nothing: the response is opaque, and a script reads neither status nor headers \
                 nor body"
            }
            Hint::ContentTypeWithoutBody => "without a body there is nothing for `Content-Type` to describe",
            Hint::Beacon => {
                "`navigator.sendBeacon()` always sends credentials: the server must allow them, or the beacon sends a \
                 string or a blob of type `text/plain`, which needs no preflight"
            }
            Hint::FileUrl => {
                "a page cannot fetch `file:` URLs, nor load modules from them: serve the files over HTTP, from \
                 `http://localhost` for instance"
            }
            Hint::UrlWithoutScheme => {
                "start the URL with `http://` or `https://`: otherwise the text before its first `:` is read as the \
                 scheme"
            }
            Hint::WebSocketUrl => {
                "`fetch()` takes no `ws:` and `wss:` URLs: use `new WebSocket(url)`, which has no CORS check"
            }
            Hint::MixedContent => {
                "a page of `https` may not request `http:` URLs other than of this machine: every browser blocks that as \
                 mixed content, before CORS and before anything is sent (images, audio and video of elements are \
                 requested over `https` instead)"
            }
            Hint::RedirectToHttp => {
                "the server redirects from `https` to `http`, as behind a TLS proxy: let it trust `X-Forwarded-Proto`, or \
                 redirect to a path alone, or request that URL over `https` (often one with a `/` at its end)"
            }
            Hint::StreamOverHttp1 => {
                "a stream is not sent over HTTP/1.x: let the server speak HTTP/2, or send the body as a string or a \
                 `Blob`"
            }
            Hint::PreflightOfIpAddress => {
                "the host is an IP address: the first three preflights to it are not cached, whatever \
                 `Access-Control-Max-Age` says"
            }
            Hint::LocalNetwork => {
                "no CORS header lets a public page into a local network: browsers ask the user (Local Network Access)"
            }
            Hint::PrivateNetworkAccess => {
                "browsers no longer read `Access-Control-Allow-Private-Network`: Local Network Access asks the user \
                 instead"
            }
            _ => self.fixed_text_on_responses(),
        }
    }

    const fn fixed_text_on_responses(&self) -> &'static str {
        match self {
            Hint::NotModified => {
                "a 304 to a condition that the page set is what the page gets, so it needs the CORS headers too (some \
                 `ETag` layers drop them); a 304 that the page did not ask for is the browser's own, and there the stored \
                 headers count: clear the cache, which stored a response without them"
            }
            Hint::AuthorizationUnderWildcard => {
                "`*` does not cover `Authorization`, neither by the standard nor in any browser's cache: where browsers \
                 let it pass, each request makes a preflight, so name it"
            }
            Hint::AllowOriginDoubled => {
                "several `Access-Control-Allow-Origin` are as bad as none: often two layers, as a proxy and an \
                 application, each add one"
            }
            Hint::AllowCredentialsValue => "`true` is compared byte for byte: lower case, once, without quotes",
            Hint::PreflightWithoutCors => {
                "`OPTIONS` was answered without CORS handling, for example by a file server, by a page for all paths \
                 or by the framework itself: let the CORS layer come first"
            }
            Hint::WithoutCors => {
                "the response has no CORS header at all: CORS is not set up for this URL, or a cache (the browser's too) has an \
                 answer to a request without `Origin`; if the server is not yours, request it through your own"
            }
            Hint::RedirectIsChecked => {
                "every response of a redirect chain must pass the CORS check: request the URL that this one redirects \
                 to, or add the headers to the redirect"
            }
            Hint::ExtensionPage => {
                "the page is an extension's: list the server under `host_permissions` in the manifest, and request it from the \
                 extension's own page or background, not from a content script: then there is no CORS check"
            }
            Hint::PlainOptions => {
                "if you asked with `curl -X OPTIONS` alone: without `Origin` and `Access-Control-Request-Method` that is not \
                 a preflight, and servers answer it otherwise"
            }
            Hint::OnBothResponses => "the response that follows the preflight must pass the same CORS check",
            Hint::OnlyOnPreflight => {
                "the response to the preflight is not enough: the response after it needs \
                 `Access-Control-Allow-Origin` too, and with credentials `Access-Control-Allow-Credentials`"
            }
            Hint::ResourcePolicyByDefault => {
                "security middleware such as helmet sends `Cross-Origin-Resource-Policy: same-origin` by default: set \
                 it to `cross-origin` for resources that other sites embed"
            }
            Hint::EmbedderPolicy => {
                "the page's `Cross-Origin-Embedder-Policy` blocks resources that do not opt in: add `crossorigin` to the \
                 element, if the server sends `Access-Control-Allow-Origin`, or have it send \
                 `Cross-Origin-Resource-Policy: cross-origin`"
            }
            Hint::VaryOrigin => {
                "if other origins get another answer, every response of this URL needs `Vary: Origin`, or caches \
                 mix them up"
            }
            Hint::ExposeHeaders => "to let scripts read more headers, name them in `Access-Control-Expose-Headers`",
            Hint::Hsts => {
                "the browser itself makes this redirect, since the host has set HTTP Strict Transport Security: no server \
                 sends it, so call the `https` URL"
            }
            Hint::RedirectToLogin => {
                "a login cannot be reached by a fetch: answer requests of the API that lack a session with 401 and the CORS \
                 headers, not with a redirect, and let the page navigate to log in"
            }
            Hint::RedirectDropsAuthorization => {
                "a redirect to another origin drops `Authorization`: request the last URL to begin with"
            }
            _ => "",
        }
    }
}

const fn of_preflight_redirect(redirect: PreflightRedirect) -> &'static str {
    match redirect {
        PreflightRedirect::Hsts => {
            "the browser itself redirects `http` to `https`, since the host has set HTTP Strict Transport Security, and \
             preflights follow no redirect: call the `https` URL"
        }
        PreflightRedirect::ToHttps => {
            "the server redirects `http` to `https`, and preflights follow no redirect: call the `https` URL"
        }
        PreflightRedirect::ToHttp => {
            "the server redirects from `https` to `http`, as behind a TLS proxy, and preflights follow no redirect: let it trust \
             `X-Forwarded-Proto`, and call the path that it redirects to over `https` (often one with a `/` at its end)"
        }
        PreflightRedirect::NoTrailingSlash => {
            "the server redirects to the path without the `/` at its end, and preflights follow no redirect"
        }
        PreflightRedirect::Www => {
            "the server redirects to the host with `www.`, or to the one without, and preflights follow no redirect: call that \
             host"
        }
        PreflightRedirect::TrailingSlash => {
            "the server redirects to the path with a `/` at its end, and preflights follow no redirect"
        }
        PreflightRedirect::Login => {
            "a login is in front of `OPTIONS`, and preflights never carry credentials: let `OPTIONS` through without \
             a login, and answer other requests that lack a session with 401"
        }
        PreflightRedirect::Other => {
            "preflights follow no redirect; if this one leads to a login, let `OPTIONS` through without it, since \
             preflights never carry credentials"
        }
    }
}

const fn of_preflight_status(status: Status) -> &'static str {
    match status.as_u16() {
        403 => {
            "preflights never carry cookies or `Authorization`, so the check for them must let `OPTIONS` pass; an \
             object store or a gateway answers 403 if none of its CORS rules matches the origin, the method and the \
             headers"
        }
        401 | 407 => {
            "preflights never carry cookies or `Authorization`, so the check for them must let `OPTIONS` pass, or come \
             after the CORS layer"
        }
        404 => "nothing answers `OPTIONS` at this URL: routes need one beside `GET` or `POST`",
        405 | 501 => "the server does not allow `OPTIONS` at this URL: the preflight never reaches the CORS layer",
        421 => of_status(status),
        429 => "preflights count as requests to a rate limit that comes before them",
        502..=504 => {
            "a proxy got no answer from the server: that is the fault, and CORS headers would only let the page read it"
        }
        500.. => "the server fails on `OPTIONS`: a preflight has no body, and none of the headers of the request",
        304 => "preflights are not conditional: a cache in front of `OPTIONS` answers it",
        _ => "a preflight passes with a status from 200 to 299",
    }
}

/// The meaning of a status if CORS headers are missing.
const fn of_status(status: Status) -> &'static str {
    match status.as_u16() {
        401 => "the request lacks a valid login, and the layer that refuses it adds no CORS headers",
        403 => "something refuses the request: a list of origins, a firewall, a protection against bots",
        404 => "nothing answers at this URL: check the path and the host",
        405 => "the server does not take this method at this URL, and adds no CORS headers where it says so",
        419 => "a protection against forged requests (CSRF) refuses it: its token is missing or too old",
        408 | 504 => "the server did not answer in time, and the proxy before it adds no CORS headers",
        413 | 431 => {
            "the request is too large for a proxy, which answers before the application and adds no CORS headers"
        }
        421 => {
            "the connection was reused for a host that the server does not serve on it (HTTP/2 and certificates): fix the \
             set-up of TLS, since CORS headers would only let the page read the 421"
        }
        429 => "a rate limit refuses the request, and adds no CORS headers",
        502 | 503 => "a proxy got no answer from the server: that is the fault, and the proxy adds no CORS headers",
        400..=499 => "the server refuses the request, and what refuses it adds no CORS headers",
        _ => "the server fails, and its error handler adds no CORS headers",
    }
}
