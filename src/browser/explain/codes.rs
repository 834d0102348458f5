//! The codes of failures, fixes and hints, each with a sentence.

/// The code of a failure, a fix or a hint: kebab-case, unique among its kind, and stable.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Code {
    /// The kind of item that has the code.
    pub kind: CodeKind,
    /// The code.
    pub code: &'static str,
    /// What it means.
    pub meaning: &'static str,
}

/// The kinds of items that have a [`Code`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum CodeKind {
    /// A [`Reason`](crate::browser::Reason).
    Reason,
    /// A [`Change`](super::Change) to a response.
    Change,
    /// A [`PageChange`](super::PageChange).
    PageChange,
    /// A [`Hint`](super::Hint).
    Hint,
}

impl Code {
    /// All codes, by kind.
    pub const ALL: &'static [Code] = CODES;
}

const fn code(kind: CodeKind, code: &'static str, meaning: &'static str) -> Code {
    Code { kind, code, meaning }
}

use CodeKind::{Change, Hint, PageChange, Reason};

const CODES: &[Code] = &[
    code(Reason, "same-origin-mode-cross-origin", "in mode \"same-origin\" the URL is of another origin"),
    code(Reason, "no-cors-redirect-mode-not-follow", "in mode \"no-cors\" the redirect mode is not \"follow\""),
    code(Reason, "scheme-not-http", "in mode \"cors\" the URL is not HTTP(S)"),
    code(Reason, "mixed-content", "a page of `https` requests an `http:` URL"),
    code(Reason, "scheme-not-fetched", "nothing is fetched from URLs of this scheme"),
    code(Reason, "network", "the transport failed"),
    code(Reason, "header-of-browser", "the page sets a request header that the browser keeps for itself"),
    code(Reason, "header-value-invalid", "a header of the response has a NUL in its value"),
    code(Reason, "header-contradictory", "several lines of a header that has one value contradict each other"),
    code(Reason, "proxy-authentication-required", "the status is 407, and no user is asked for a name and a password"),
    code(Reason, "allow-origin-missing", "there is no `Access-Control-Allow-Origin`"),
    code(
        Reason,
        "allow-origin-wildcard-with-credentials",
        "`Access-Control-Allow-Origin` is `*`, and the request is with credentials",
    ),
    code(Reason, "allow-origin-multiple", "`Access-Control-Allow-Origin` has several values"),
    code(Reason, "allow-origin-invalid", "`Access-Control-Allow-Origin` is not an origin"),
    code(Reason, "allow-origin-mismatch", "`Access-Control-Allow-Origin` is another origin"),
    code(
        Reason,
        "allow-credentials-not-true",
        "`Access-Control-Allow-Credentials` is not `true`, and the request is with credentials",
    ),
    code(Reason, "preflight-status-not-ok", "the status of the response to the preflight is not from 200 to 299"),
    code(Reason, "preflight-redirected", "the response to the preflight redirects"),
    code(Reason, "allow-methods-unparsable", "`Access-Control-Allow-Methods` is not a list of methods"),
    code(Reason, "allow-headers-unparsable", "`Access-Control-Allow-Headers` is not a list of header names"),
    code(Reason, "method-not-allowed", "`Access-Control-Allow-Methods` does not allow the method"),
    code(Reason, "authorization-not-allowed", "`Access-Control-Allow-Headers` does not name `Authorization`"),
    code(Reason, "header-not-allowed", "`Access-Control-Allow-Headers` does not allow a header"),
    code(Reason, "cross-origin-resource-policy", "`Cross-Origin-Resource-Policy` keeps the response from this page"),
    code(Reason, "redirect-mode-error", "the response redirects, and the redirect mode is \"error\""),
    code(Reason, "location-multiple", "there are several `Location` headers"),
    code(Reason, "location-invalid", "`Location` is not a URL"),
    code(Reason, "redirect-scheme-not-http", "a redirect leads to a URL that is not HTTP(S)"),
    code(Reason, "too-many-redirects", "there were more than 20 redirects"),
    code(Reason, "redirect-url-has-credentials", "a redirect leads to a URL with a user name or a password"),
    code(Reason, "stream-over-http1", "the body is a stream, and the connection uses HTTP/1.x"),
    code(Reason, "stream-not-supported", "the body is a stream, and the browser sends none"),
    code(Reason, "body-without-source", "a stream would have to be sent again"),
    code(Change, "set-status", "send another status"),
    code(Change, "answer-without-redirect", "answer at this URL, without a redirect"),
    code(Change, "answer-401-instead-of-redirect", "answer 401 at the URL that redirected here, to a login"),
    code(Change, "set-header", "send this header line, once"),
    code(Change, "remove-header", "do not send this header"),
    code(Change, "remove-nul", "send no NUL in the value of a header"),
    code(PageChange, "use-credentials-mode", "use another credentials mode"),
    code(PageChange, "use-mode", "use another mode"),
    code(PageChange, "use-redirect-mode", "use another redirect mode"),
    code(PageChange, "use-method", "use the method as the server lists it"),
    code(PageChange, "leave-out-header", "do not send this header"),
    code(PageChange, "send-text-plain", "send the body as `text/plain`"),
    code(PageChange, "no-upload-listener", "do not listen to the upload"),
    code(PageChange, "request-location", "request the URL that the redirect leads to"),
    code(PageChange, "request-https", "request the `https:` URL"),
    code(PageChange, "navigate-to-log-in", "navigate to log in"),
    code(PageChange, "serve-over-http", "serve the files over HTTP"),
    code(PageChange, "send-known-body", "send a body that can be sent again"),
    code(Hint, "credentials-cause-no-preflight", "credentials alone cause no preflight"),
    code(Hint, "credentials-are-not-cookies", "cookies have rules of their own beside the credentials mode"),
    code(Hint, "same-origin-credentials", "credentials mode \"same-origin\" sends no cookies to another origin"),
    code(Hint, "opaque-origin", "the page's origin is opaque and sent as `null`"),
    code(Hint, "tainted-origin", "redirects have made the origin `null`"),
    code(Hint, "allow-null", "the fix allows `null`, so every sandboxed frame"),
    code(Hint, "response-is-opaque", "mode \"no-cors\" hides the response"),
    code(Hint, "forbidden-request-header", "a page may not set this header"),
    code(Hint, "not-in-no-cors", "mode \"no-cors\" drops this header"),
    code(Hint, "response-header-in-request", "a header of responses is on the request"),
    code(Hint, "added-by-library", "a library adds this header to every request"),
    code(Hint, "content-type-without-body", "a request without a body has a `Content-Type`"),
    code(Hint, "beacon", "`navigator.sendBeacon()` always sends credentials"),
    code(Hint, "method-case", "the method has lower-case letters, which browsers keep"),
    code(Hint, "www-host", "the page and the URL differ only in `www.`"),
    code(Hint, "file-url", "the page requests a file"),
    code(Hint, "web-socket-url", "the page fetches a URL of a WebSocket"),
    code(Hint, "mixed-content", "a page of `https` requests an `http:` URL"),
    code(Hint, "redirect-to-http", "the server redirects from `https` to `http`"),
    code(Hint, "stream-over-http1", "the body is a stream, and the connection uses HTTP/1.x"),
    code(Hint, "preflight-of-ip-address", "the host is an IP address, and its first preflights are not cached"),
    code(Hint, "local-network", "a public page requests a local address"),
    code(Hint, "private-network-access", "the response has a header that browsers no longer read"),
    code(Hint, "origin-not-listed", "the server knows CORS, and this origin is not on its list"),
    code(Hint, "challenge", "a service in front of the server answers with a challenge"),
    code(Hint, "cached-response", "a cache answers with what it stored for another request"),
    code(Hint, "not-modified", "a 304 has no CORS headers"),
    code(Hint, "header-name-misspelt", "a header's name is misspelt"),
    code(Hint, "header-name-of-request", "a header of requests is in the response"),
    code(Hint, "header-name-prefix", "a header's name has a prefix"),
    code(Hint, "authorization-under-wildcard", "`*` does not cover `Authorization`"),
    code(Hint, "wildcard-with-credentials", "`*` is a literal to a request with credentials"),
    code(Hint, "double-wildcard", "`**` is not a wildcard"),
    code(Hint, "allow-origin-doubled", "the response has several `Access-Control-Allow-Origin` headers"),
    code(Hint, "allow-credentials-value", "`Access-Control-Allow-Credentials` is nearly `true`"),
    code(Hint, "list-quotes", "a list has quotes or brackets in it"),
    code(Hint, "list-separator", "a list is not separated by commas"),
    code(Hint, "preflight-redirect-hsts", "the browser itself redirects the preflight to `https`"),
    code(Hint, "preflight-redirect-to-https", "the server redirects the preflight to `https`"),
    code(
        Hint,
        "preflight-redirect-trailing-slash",
        "the server redirects the preflight to a path with a `/` at its end",
    ),
    code(Hint, "preflight-redirect-to-http", "the server redirects the preflight to `http`"),
    code(
        Hint,
        "preflight-redirect-no-trailing-slash",
        "the server redirects the preflight to the path without the `/` at its end",
    ),
    code(Hint, "listed-method-case", "the server lists the method in another case"),
    code(Hint, "preflight-redirect-www", "the server redirects the preflight to the host with or without `www.`"),
    code(Hint, "preflight-redirect-to-login", "the preflight is redirected to a login"),
    code(Hint, "preflight-redirect", "the preflight is redirected"),
    code(Hint, "preflight-status", "why the preflight has this status"),
    code(Hint, "refused-by-lists", "the CORS layer refuses a preflight for something that is not on its lists"),
    code(Hint, "preflight-without-cors", "the preflight was answered without CORS handling"),
    code(Hint, "without-cors", "the response has no CORS header at all"),
    code(Hint, "redirect-is-checked", "the redirect itself does not pass the CORS check"),
    code(Hint, "url-without-scheme", "the URL is a host and a port without a scheme"),
    code(Hint, "extension-page", "the page is an extension's"),
    code(Hint, "plain-options", "an `OPTIONS` without the headers of a preflight is not one"),
    code(Hint, "on-both-responses", "both responses need the header"),
    code(Hint, "only-on-preflight", "only the response to the preflight has the header"),
    code(Hint, "status-first", "the status has a cause of its own"),
    code(Hint, "error-response", "responses with errors need the headers too"),
    code(Hint, "resource-policy-by-default", "frameworks send `Cross-Origin-Resource-Policy` by default"),
    code(Hint, "embedder-policy", "the page's embedder policy asks for `Cross-Origin-Resource-Policy`"),
    code(Hint, "vary-origin", "the answer needs `Vary: Origin`"),
    code(Hint, "expose-headers", "more headers could be exposed"),
    code(Hint, "hsts", "the browser itself makes this redirect"),
    code(Hint, "redirect-to-login", "the redirect leads to a login"),
    code(Hint, "redirect-drops-authorization", "the redirect drops `Authorization`"),
    code(Hint, "redirect-becomes-get", "the redirect makes the request a `GET`"),
    code(Hint, "allow-origin-trailing-slash", "the value ends with a `/`"),
    code(Hint, "allow-origin-path", "the value has a path"),
    code(Hint, "allow-origin-quotes", "the value is in quotes"),
    code(Hint, "allow-origin-pattern", "the value is a pattern"),
    code(Hint, "allow-origin-without-scheme", "the value has no scheme"),
    code(Hint, "allow-origin-upper-case", "the value has upper-case letters"),
    code(Hint, "allow-origin-default-port", "the value spells out the default port"),
    code(Hint, "allow-origin-other-scheme", "the value has another scheme"),
    code(Hint, "allow-origin-other-port", "the value has another port"),
    code(Hint, "allow-origin-loopback", "both are names of this machine, but not the same"),
    code(Hint, "allow-origin-www", "the two differ only in `www.`"),
    code(Hint, "allow-origin-null", "the value is `null`"),
    code(Hint, "allow-origin-printed-value", "the value is the printed value of a program"),
    code(Hint, "allow-origin-not-expanded", "the value is a variable that was not expanded"),
    code(Hint, "allow-origin-punctuation", "stray punctuation surrounds the value"),
    code(Hint, "allow-origin-twice", "the same value is there twice"),
    code(Hint, "allow-origin-list", "the value lists several origins"),
    code(Hint, "allow-origin-word", "the value is a word for several origins"),
    code(Hint, "allow-origin-other", "the value is another origin"),
    code(Hint, "allow-origin-empty", "the value is empty"),
];

#[cfg(test)]
mod tests {
    use super::*;

    /// The codes in a source: what a match on the values of an enum returns.
    fn codes(source: &str) -> impl Iterator<Item = &str> {
        let is_code = |text: &&str| {
            text.bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte == b'-' || byte == b'4' || byte == b'0' || byte == b'1')
        };
        source
            .lines()
            .filter_map(|line| line.split_once("=> \"")?.1.split_once("\",").map(|(code, _)| code))
            .filter(is_code)
    }

    #[test]
    fn each_code_is_listed_once_with_its_meaning() {
        for (sources, kinds) in [
            (&[include_str!("code.rs")][..], [Reason, Reason]),
            (&[include_str!("fix/change.rs"), include_str!("fix/page.rs")], [Change, PageChange]),
            (&[include_str!("hint/code.rs"), include_str!("hint/origin_mistake.rs")], [Hint, Hint]),
        ] {
            let of_kinds = || CODES.iter().filter(|code| kinds.contains(&code.kind));
            for code in sources.iter().copied().flat_map(codes) {
                assert_eq!(of_kinds().filter(|listed| listed.code == code).count(), 1, "{code}");
            }
            for listed in of_kinds() {
                let count = sources.iter().copied().flat_map(codes).filter(|code| *code == listed.code).count();
                assert_eq!(count, 1, "{}", listed.code);
                assert!(!listed.meaning.is_empty() && !listed.meaning.ends_with('.'), "{}", listed.code);
            }
        }
    }
}
