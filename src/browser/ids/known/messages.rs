//! The table of all known messages, by their meaning.

use super::{KnownMessage, MessageOf};
use crate::spec::{Algorithm, Step};

macro_rules! step {
    (none) => {
        None
    };
    (($algorithm:ident $step:literal)) => {
        Some(Step::new(Algorithm::$algorithm, $step))
    };
}

macro_rules! messages {
    ($($step:tt $code:literal $meaning:literal, $fix:literal: $($of:ident $id:literal),*;)*) => {
        pub(super) const MESSAGES: &[KnownMessage] = &[$($(
            KnownMessage {
                of: MessageOf::$of, id: $id, code: $code, meaning: $meaning, fix: $fix, step: step!($step)
            },
        )*)*];
    };
}

messages! {
    (CorsCheck "2") "allow-origin-missing"
    "the response has no `Access-Control-Allow-Origin`",
    "send it on this response, errors included, with the page's origin or `*`":
        Chromium "MissingAllowOriginHeader", Firefox "CORSMissingAllowOrigin", EdgeHtml "SEC7118";
    (CorsCheck "2") "allow-origin-missing"
    "the server checks CORS, and does not allow the page's origin",
    "add the page's origin to the server's list, byte for byte as the request's `Origin` has it":
        Server "Disallowed CORS origin", Server "Invalid CORS request", Server "Not allowed by CORS",
        Server "The CORS policy for this site does not allow access from the specified Origin";
    (CorsCheck "2") "allow-origin-missing"
    "the response to the preflight has no `Access-Control-Allow-Origin`",
    "answer `OPTIONS` with the CORS headers before anything else handles it, authentication included":
        Chromium "PreflightMissingAllowOriginHeader";
    (CorsCheck "1–4") "allow-origin-mismatch"
    "`Access-Control-Allow-Origin` is missing, or is not the page's origin",
    "send the page's origin, as the request's `Origin` has it":
        WebKit "is not allowed by Access-Control-Allow-Origin.", EdgeHtml "SEC7120";
    (CorsCheck "4") "allow-origin-wildcard-with-credentials"
    "`Access-Control-Allow-Origin` is `*`, and the request is with credentials",
    "send the page's origin and `Access-Control-Allow-Credentials: true`, or make the request without credentials":
        Chromium "WildcardOriginNotAllowed", Chromium "PreflightWildcardOriginNotAllowed",
        Firefox "CORSNotSupportingCredentials", WebKit "Cannot use wildcard in Access-Control-Allow-Origin";
    (CorsCheck "4") "allow-origin-wildcard-with-credentials"
    "the server's framework refuses a policy of all origins with credentials",
    "list the origins, or allow them by patterns (Spring has `allowedOriginPatterns`)":
        Server "When allowCredentials is true, allowedOrigins cannot contain the special value",
        Server "The CORS protocol does not allow specifying a wildcard (any) origin and credentials";
    (CorsCheck "4") "allow-origin-multiple"
    "`Access-Control-Allow-Origin` has several values",
    "send it once with one value: two layers may be adding it, or a list of all origins is sent":
        Chromium "MultipleAllowOriginValues", Chromium "PreflightMultipleAllowOriginValues",
        Firefox "CORSMultipleAllowOriginNotAllowed", WebKit "cannot contain more than one origin",
        EdgeHtml "SEC7128";
    (CorsCheck "4") "allow-origin-invalid"
    "`Access-Control-Allow-Origin` is not an origin",
    "send scheme, host and port alone, lower-case, without a slash at the end":
        Chromium "InvalidAllowOriginValue", Chromium "PreflightInvalidAllowOriginValue";
    (CorsCheck "4") "allow-origin-mismatch"
    "`Access-Control-Allow-Origin` is not the page's origin",
    "send the page's origin byte for byte, as the request's `Origin` has it, or `*` without credentials":
        Chromium "AllowOriginMismatch", Chromium "PreflightAllowOriginMismatch",
        Firefox "CORSAllowOriginNotMatchingOrigin";
    (CorsCheck "8") "allow-credentials-not-true"
    "the request is with credentials, and `Access-Control-Allow-Credentials` is not `true`",
    "send `Access-Control-Allow-Credentials: true`, on the response to the preflight as well; or make the request without credentials":
        Chromium "InvalidAllowCredentials", Chromium "PreflightInvalidAllowCredentials",
        Firefox "CORSMissingAllowCredentials", WebKit "Credentials flag is true, but";
    (CorsPreflightFetch "7") "preflight-status-not-ok"
    "the status of the response to the preflight is not from 200 to 299",
    "answer `OPTIONS` with 204, before authentication and routing":
        Chromium "PreflightInvalidStatus", Firefox "CORSPreflightDidNotSucceed",
        WebKit "Preflight response is not successful.";
    (CorsPreflightFetch "7") "preflight-status-not-ok"
    "the preflight has failed: the line has its status, or the next one says why",
    "answer `OPTIONS` with 204 and the CORS headers, before authentication and routing":
        Chromium "OPTIONS http";
    (CorsPreflightFetch "7") "preflight-redirected"
    "the response to the preflight is a redirect",
    "if it leads to a login, let `OPTIONS` through without one; if it leads to `https`, to another host or to a `/` at the end, request that URL":
        Chromium "PreflightDisallowedRedirect", Firefox "CORSExternalRedirectNotAllowed", EdgeHtml "SEC7127";
    (CorsPreflightFetch "7.3") "allow-methods-unparsable"
    "`Access-Control-Allow-Methods` is not a list of methods",
    "send methods with commas between them, and nothing else: no quotes":
        Chromium "InvalidAllowMethodsPreflightResponse", Firefox "CORSInvalidAllowMethod",
        WebKit "Header Access-Control-Allow-Methods has an invalid value";
    (CorsPreflightFetch "7.3") "allow-headers-unparsable"
    "`Access-Control-Allow-Headers` is not a list of header names",
    "send header names with commas between them, and nothing else: no quotes":
        Chromium "InvalidAllowHeadersPreflightResponse", Firefox "CORSInvalidAllowHeader",
        WebKit "Header Access-Control-Allow-Headers has an invalid value";
    (CorsPreflightFetch "7.5") "method-not-allowed"
    "`Access-Control-Allow-Methods` does not have the method",
    "list it there, in the request's own case; with credentials `*` is not a wildcard":
        Chromium "MethodDisallowedByPreflightResponse", Firefox "CORSMethodNotFound",
        WebKit "is not allowed by Access-Control-Allow-Methods.", EdgeHtml "SEC7124", Server "Disallowed CORS method";
    (CorsPreflightFetch "7.7") "header-not-allowed"
    "`Access-Control-Allow-Headers` does not have a header of the request",
    "list it there; with credentials `*` is not a wildcard, and by the standard it never covers `Authorization`":
        Chromium "HeaderDisallowedByPreflightResponse", Firefox "CORSMissingAllowHeaderFromPreflight",
        WebKit "is not allowed by Access-Control-Allow-Headers.", EdgeHtml "SEC7123", Server "Disallowed CORS headers";
    (CorsPreflightFetch "7.6") "authorization-under-wildcard"
    "`Authorization` passed under `*`, which it will not for ever",
    "list `Authorization` in `Access-Control-Allow-Headers`":
        Firefox "CORSAllowHeaderFromPreflightDeprecation";
    (HttpRedirectFetch "9–10") "redirect-url-has-credentials"
    "a redirect leads to a URL with a user name or a password",
    "redirect to the URL without them":
        Chromium "RedirectContainsCredentials", WebKit "has credentials";
    (HttpRedirectFetch "6") "redirect-scheme-not-http"
    "a redirect leads to a URL that is not HTTP(S), or the page requests one",
    "request and redirect to `http:` or `https:` URLs; serve files over HTTP, from `http://localhost` for instance":
        Chromium "CorsDisabledScheme", WebKit "with non CORS scheme";
    (MainFetch "12, not an HTTP(S) scheme") "scheme-not-http"
    "the URL is not HTTP(S)",
    "request an `http:` or `https:` URL; serve files over HTTP, from `http://localhost` for instance":
        Firefox "CORSRequestNotHttp", WebKit "Cross origin requests are only supported for HTTP",
        Chromium "is not supported for cross-origin requests", Chromium "URL scheme";
    (MainFetch "12, \"same-origin\"") "same-origin-mode-cross-origin"
    "the request's mode is \"same-origin\", and the URL is of another origin",
    "use mode \"cors\", or request a URL of the page's own origin":
        Chromium "DisallowedByMode", WebKit "Unsafe attempt to load URL";
    (MainFetch "12, \"no-cors\", 1") "no-cors-redirect-mode-not-follow"
    "in mode \"no-cors\" the redirect mode is not \"follow\"",
    "use mode \"cors\", or redirect mode \"follow\"":
        Chromium "NoCorsRedirectModeNotFollow";
    (HttpFetch "4.3") "network"
    "there was no response, or a redirect that cannot be followed",
    "look at the network: certificate, address, port, `Location`; open the URL in a tab of its own":
        Chromium "InvalidResponse", Firefox "CORSDidNotSucceed";
    (HttpFetch "6.3, \"error\"") "redirect-mode-error"
    "the redirect mode is \"error\", and the response redirects",
    "request the URL that it redirects to":
        WebKit "Not allowed to follow a redirection";
    (CrossOriginResourcePolicyCheck "5") "cross-origin-resource-policy"
    "`Cross-Origin-Resource-Policy` keeps the response from this page",
    "send `Cross-Origin-Resource-Policy: cross-origin`, or request it with CORS (`crossorigin` on the element)":
        WebKit "Cross-Origin-Resource-Policy", Chromium "ERR_BLOCKED_BY_RESPONSE.NotSameOrigin",
        Chromium "ERR_BLOCKED_BY_RESPONSE.NotSameSite", Firefox "was blocked due to its Cross-Origin-Resource-Policy header";
    (CrossOriginResourcePolicyCheck "5") "embedder-policy"
    "the page's embedder policy demands `Cross-Origin-Resource-Policy` of what it embeds, and the response has none",
    "add `crossorigin` to the element, if the server sends `Access-Control-Allow-Origin`; or have the server send `Cross-Origin-Resource-Policy: cross-origin`":
        Chromium "ERR_BLOCKED_BY_RESPONSE.NotSameOriginAfterDefaultedToSameOriginByCoep",
        Chromium "ERR_BLOCKED_BY_RESPONSE.NotSameOriginAfterDefaultedToSameOriginByDip",
        Chromium "ERR_BLOCKED_BY_RESPONSE.CoepFrameResourceNeedsCoepHeader", Chromium "ERR_BLOCKED_BY_RESPONSE",
        Chromium "Specify a Cross-Origin Resource Policy";
    (MainFetch "7") "mixed-content"
    "a page of `https` requests an `http:` URL, which browsers block before CORS and before anything is sent",
    "request the `https` URL; if a redirect leads to `http`, let the server behind the TLS proxy trust `X-Forwarded-Proto`, or request the URL that it redirects to":
        Chromium "Mixed Content: The page at", Chromium "blocked:mixed-content", Firefox "Blocked loading mixed active content",
        Firefox "Blocked loading mixed display content", WebKit "requested insecure content from",
        WebKit "was not allowed to run insecure content from", WebKit "was not allowed to display insecure content from";
    none "local-network-access"
    "the user's browser does not let pages reach the local network",
    "allow it in the browser, or serve the page from that network, and over `https`: no CORS header has a part in this":
        Chromium "LocalNetworkAccessPermissionDenied", Chromium "InsecureLocalNetwork",
        Chromium "InvalidLocalNetworkAccess", Chromium "ERR_BLOCKED_BY_LOCAL_NETWORK_ACCESS_CHECKS",
        Chromium "ERR_BLOCKED_BY_PRIVATE_NETWORK_ACCESS_CHECKS";
    none "private-network-access"
    "an older Chromium asked the server by a preflight whether a public page may reach a private network (Private \
     Network Access), which browsers no longer do",
    "update the browser; for old ones answer `OPTIONS` with `Access-Control-Allow-Private-Network: true`":
        Chromium "PreflightMissingAllowPrivateNetwork", Chromium "PreflightInvalidAllowPrivateNetwork",
        Chromium "PreflightMissingAllowExternal";
    none "opaque-response-blocking"
    "the browser keeps data of another origin from an element that cannot use it, as JSON or HTML in an `<img>` or a \
     `<script>`",
    "send the right `Content-Type`, look at what the URL answers (often an error page), or request it with CORS (`crossorigin`)":
        Chromium "ERR_BLOCKED_BY_ORB", Chromium "Cross-Origin Read Blocking (CORB) blocked",
        Firefox "OpaqueResponseBlocking";
    none "header-not-exposed"
    "a script may not read this header of a response of another origin",
    "name it in `Access-Control-Expose-Headers`":
        Chromium "Refused to get unsafe header";
    none "forbidden-request-header"
    "a page may not set this header: the browser drops it",
    "take it off the request":
        Chromium "Refused to set unsafe header", Firefox "Attempt to set a forbidden header was denied";
    none "opaque-from-service-worker"
    "a service worker answers a request of mode \"cors\" with an opaque response, of mode \"no-cors\"",
    "in the service worker, fetch the event's own request, or one of mode \"cors\"; cached opaque responses must go":
        Chromium "response was used for a request whose type is not no-cors",
        WebKit "Response served by service worker is opaque", Firefox "A ServiceWorker passed an opaque Response";
    none "canvas-tainted"
    "a canvas holds an image that was loaded without CORS",
    "set `crossorigin` on the image before its `src`, and have its server send `Access-Control-Allow-Origin`":
        Chromium "Tainted canvases may not be", Chromium "canvas has been tainted by cross-origin data",
        Firefox "SecurityError: The operation is insecure";
    none "font"
    "a font of another origin does not pass the CORS check, or there is none at its URL",
    "send `Access-Control-Allow-Origin` with the font's file, and look at its URL":
        Firefox "bad URI or cross-site access not allowed";
    none "worker"
    "the script of a worker is of another origin, and no CORS header helps there",
    "serve the script from the page's own origin, or start the worker from a `blob:` URL that imports it":
        Chromium "cannot be accessed from origin";
    none "wrong-type"
    "the answer is of another type than what was requested, often a page of HTML: no CORS header has a part in this",
    "look at what the URL answers: an error, a login, or a page that a server sends for all paths":
        Chromium "module script but the server responded with a MIME type",
        Chromium "strict MIME type checking is enabled", Firefox "was blocked because of a disallowed MIME type",
        Chromium "EventSource's response has a MIME type",
        WebKit "is not a valid JavaScript MIME type";
    none "module-not-found"
    "a part of the page's script cannot be loaded: it is gone since a new version was deployed, or the network failed",
    "reload the page; keep the files of the version before, and look at what the URL answers":
        Chromium "Failed to fetch dynamically imported module",
        Firefox "Error loading dynamically imported module", WebKit "Importing a module script failed";
    none "module-from-file"
    "a module cannot be loaded from a `file:` URL",
    "serve the files over HTTP, from `http://localhost` for instance":
        Firefox "Module source URI is not allowed in this document";
    none "local-file"
    "a page may not load files",
    "serve the files over HTTP, from `http://localhost` for instance":
        Chromium "Not allowed to load local resource", Firefox "may not load or link to";
    none "content-security-policy"
    "the page's own `Content-Security-Policy` forbids the request: no CORS header has a part in this",
    "allow the URL there, in `connect-src` for instance":
        Chromium "violates the following Content Security Policy directive", Chromium "blocked:csp",
        WebKit "directive of the Content Security Policy", Firefox "blocked the loading of a resource";
    none "framing"
    "the page may not be shown in a frame, which is not a matter of CORS",
    "change `X-Frame-Options` or `frame-ancestors` at the framed page's server":
        Chromium "Refused to display";
    none "cross-origin-window"
    "a script reaches into a window or frame of another origin, which is not a matter of CORS",
    "send messages with `postMessage()`":
        Chromium "from accessing a cross-origin frame", WebKit "from accessing a frame with origin", Firefox "Permission denied to access property";
    none "web-socket"
    "the server refused the handshake of a WebSocket, which has no CORS check",
    "look at the status, and at the server's own list of origins":
        Chromium "Error during WebSocket handshake", Chromium "WebSocket connection to",
        Firefox "can't establish a connection to the server at";
    none "network"
    "the request has failed below HTTP: no CORS header has a part in this",
    "look at the name, the certificate, the port and the proxy; open the URL in a tab of its own":
        Chromium "ERR_CERT_", Chromium "ERR_SSL_", Chromium "ERR_CONNECTION_", Chromium "ERR_NAME_NOT_RESOLVED",
        Chromium "ERR_UNSAFE_PORT", Chromium "ERR_INTERNET_DISCONNECTED", Chromium "ERR_QUIC_PROTOCOL_ERROR",
        Chromium "ERR_CLEARTEXT_NOT_PERMITTED", Chromium "ERR_NETWORK_CHANGED", Chromium "ERR_PROXY_CONNECTION_FAILED",
        Chromium "ERR_TUNNEL_CONNECTION_FAILED", Chromium "ERR_INCOMPLETE_CHUNKED_ENCODING",
        Chromium "ERR_CONTENT_LENGTH_MISMATCH", Firefox "NS_ERROR_CONNECTION_REFUSED", Firefox "NS_ERROR_NET_",
        Firefox "NS_ERROR_UNKNOWN_HOST", Chromium "ERR_EMPTY_RESPONSE", Chromium "ERR_TIMED_OUT", Chromium "ERR_HTTP2_PROTOCOL_ERROR",
        Chromium "ERR_ADDRESS_UNREACHABLE";
    (HttpRedirectFetch "7") "too-many-redirects"
    "there were more than 20 redirects",
    "look for a loop: often a login, or `http` and `https` that redirect to each other":
        WebKit "Load cannot follow more than 20 redirections", Chromium "ERR_TOO_MANY_REDIRECTS";
    none "blocked-by-client"
    "an extension, as one against advertisements, has blocked the request",
    "try without extensions":
        Chromium "ERR_BLOCKED_BY_CLIENT";
    (MainFetch "12, \"no-cors\", 1") "not-allowed"
    "WebKit does not let the page request this URL, or not in this mode",
    "look at the scheme, the port and the address, and at the mode: \"no-cors\" only follows redirects":
        WebKit "Not allowed to request resource";
    none "not-allowed"
    "WebKit does not let the page request this URL",
    "request an `http:` or `https:` URL":
        WebKit "FTP URLs are disabled";
    none "cors-disabled"
    "CORS is disabled in this browser",
    "set `content.cors.disable` to false in `about:config`":
        Firefox "CORSDisabled";
    none "origin-not-added"
    "Firefox did not add an `Origin` header: the request is an extension's",
    "make the request from a page, or from the extension's background":
        Firefox "CORSOriginHeaderNotAdded";
    none "reason-elsewhere"
    "the CORS check failed, and this line does not have the reason",
    "paste the line of the console before it, or the rest of it: the reason is there":
        WebKit "due to access control checks", Chromium "has been blocked by CORS policy",
        Firefox "The Same Origin Policy disallows reading the remote resource",
        WebKit "denied by Cross-Origin Resource Sharing policy", Chromium "CORS error",
        Firefox "NS_ERROR_DOM_BAD_URI";
    none "cancelled"
    "the page itself, or its script, has cancelled the request: no CORS header has a part in this",
    "look for a form or a link that leaves the page meanwhile, for an `AbortController`, and for a time limit":
        Script "AbortError", Script "The operation was aborted", WebKit "TypeError: cancelled", Firefox "NS_BINDING_ABORTED";
    none "aborted"
    "a script, a style sheet or a page could not be loaded: the status beside it says why, or else the page was left",
    "look at the status, and at what the URL answers: no CORS header has a part in this":
        Chromium "net::ERR_ABORTED";
    none "cookie"
    "the browser does not keep or send a cookie across sites, which no CORS header changes",
    "set the cookie with `SameSite=None; Secure`, or put the page and the server on one site; some browsers keep such cookies out even so":
        Chromium "This Set-Cookie was blocked", Chromium "A cookie associated with a cross-site resource",
        Firefox "has been rejected because it is in a cross-site context";
    none "integrity"
    "an element with `integrity` loads from another origin without CORS",
    "add `crossorigin` to the element, and have the server send `Access-Control-Allow-Origin`":
        Chromium "requires the request to be CORS enabled to check the integrity",
        Firefox "is not eligible for integrity checks";
    none "preload"
    "a preload is not used, since its request was of another mode than that of the element",
    "add `crossorigin` to the `<link>` as the element has it; fonts need it always":
        Chromium "is not used because the request credentials mode does not match";
    none "url-with-credentials"
    "the URL has a user name or a password, which `fetch()` does not take",
    "leave them out, and send them in `Authorization`":
        Chromium "Request cannot be constructed from a URL that includes credentials",
        Firefox "is an url with embedded credentials";
    none "request-terminated"
    "the library knows only that there is no answer: the reason may be CORS, the network, or that the page was left",
    "look in the console for the line beside it, and paste that":
        Script "Possible causes: the network is offline, Origin is not allowed by Access-Control-Allow-Origin";
    none "not-a-browser"
    "a program that is not a browser has failed to reach the server: there is no CORS check outside of browsers",
    "look at the cause that it prints beside: name, port, certificate":
        Script "TypeError: fetch failed", Script "ECONNREFUSED", Script "ENOTFOUND";
    (CorsCheck "1–4") "allow-origin-mismatch"
    "jsdom, in which tests run, has made a CORS check, and it failed",
    "give the test's page the origin of the server, use the adapter of the HTTP library for Node, or send the headers":
        Script "Cross origin http";
    none "forged-request"
    "a protection against forged requests (CSRF) refuses the origin, which is not a matter of CORS",
    "add the page's origin to the origins that the framework trusts; behind a TLS proxy, let it trust `X-Forwarded-Proto` and `X-Forwarded-Host`":
        Server "CSRF verification failed", Server "does not match any trusted origins",
        Server "HTTP Origin header", Server "didn't match request.base_url";
    none "forged-request"
    "a protection against forged requests (CSRF) misses its token, which is not a matter of CORS",
    "send the token that the server gave to the page, and its cookie with it: that needs credentials mode `include`":
        Server "CSRF token mismatch";
    none "script-error"
    "browsers report nothing more to scripts, on purpose: the reason may be CORS, the network, or an extension",
    "look in the console for the line beside it: `blocked by CORS policy` (Chromium), `Cross-Origin Request Blocked … Reason` (Firefox), `access control checks` and the line before (Safari); paste that":
        Script "Failed to fetch", Script "Load failed", Script "NetworkError when attempting to fetch resource",
        Script "Network Error", Script "ERR_NETWORK", Script "Network request failed", Script "net::ERR_FAILED",
        Script "XMLHttpRequest error", Script "Unknown Error", Script "A network error occurred",
        Script "Request has been terminated", Script "NetworkError: ", Script "[object ProgressEvent]",
        Script "Http response at 400 or 500 level";
}
