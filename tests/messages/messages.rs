//! Pasted lines of consoles: the meaning of each, with the values that it quotes.

use fetch_cors::browser::{
    ids::{MessageLanguage, MessageOf},
    known_message,
};

/// The browser, the code, and the codes of the hints.
#[track_caller]
fn check(pasted: &str, of: MessageOf, code: &str, hints: &[&str]) -> String {
    let message = known_message(pasted).unwrap_or_else(|| panic!("{pasted}: nothing is known"));
    let found: Vec<&str> = message.hints().map(|hint| hint.code()).collect();
    assert_eq!((message.known.of, message.known.code, &*found), (of, code, hints), "{pasted}");
    message.fix().to_string()
}

const CHROMIUM: MessageOf = MessageOf::Chromium;
const FIREFOX: MessageOf = MessageOf::Firefox;
const WEBKIT: MessageOf = MessageOf::WebKit;

#[test]
fn earlier_sentences_of_chromium_are_found() {
    for (pasted, code, hints) in [
        ("Response for preflight is invalid (redirect)", "preflight-redirected", &["preflight-redirect"][..]),
        (
            "XMLHttpRequest cannot load http://a.example/. The request was redirected to 'https://a.example/login', which is \
             disallowed for cross-origin requests that require preflight.",
            "preflight-redirected",
            &["preflight-redirect-to-https"],
        ),
        ("Response for preflight has invalid HTTP status code 405", "preflight-status-not-ok", &["preflight-status"]),
        (
            "XMLHttpRequest cannot load https://a.example/. Invalid HTTP status code 404",
            "preflight-status-not-ok",
            &["preflight-status"],
        ),
        (
            "A wildcard '*' cannot be used in the 'Access-Control-Allow-Origin' header when the credentials flag is true. Origin \
             'https://app.example' is therefore not allowed access.",
            "allow-origin-wildcard-with-credentials",
            &[],
        ),
        (
            "Credentials flag is 'true', but the 'Access-Control-Allow-Credentials' header is ''. It must be 'true' to allow \
             credentials.",
            "allow-credentials-not-true",
            &[],
        ),
        (
            "No 'Access-Control-Allow-Origin' header is present on the requested resource. Origin 'https://app.example' is \
             therefore not allowed access. The response had HTTP status code 502.",
            "allow-origin-missing",
            &["status-first"],
        ),
        (
            "The 'Access-Control-Allow-Origin' header has a value 'https://app.example/' that is not equal to the supplied \
             origin. Origin 'https://app.example' is therefore not allowed access.",
            "allow-origin-mismatch",
            &["allow-origin-trailing-slash"],
        ),
        (
            "Redirect location 'https://me:pw@a.example/' contains a username and password, which is disallowed for \
             cross-origin requests.",
            "redirect-url-has-credentials",
            &[],
        ),
        (
            "No 'Access-Control-Allow-Private-Network' header was present in the preflight response for this private network \
             request targeting the `local` address space.",
            "private-network-access",
            &[],
        ),
    ] {
        check(pasted, CHROMIUM, code, hints);
    }
}

#[test]
fn pasted_lines_with_other_quotes_and_breaks_are_found() {
    let line = "Access to fetch at 'https://api.example/' from origin 'https://app.example' has been blocked by CORS policy: \
                The 'Access-Control-Allow-Origin' header contains multiple values '*, *', but only one is allowed.";
    for pasted in [
        line.to_owned(),
        line.replace('\'', "\""),
        line.replace('\'', "`"),
        line.replacen('\'', "\u{2018}", 1),
        line.replace(": The", ":\n  The"),
        line.replace(": The", ":\\nThe"),
        line.trim_end_matches('.').to_owned(),
        line.to_uppercase().replace("HTTPS", "https").replace("APP.EXAMPLE", "app.example"),
        format!("12:03:44.120 index.js:17 [Error] {line} (anonymous) @ index.js:17"),
        format!(
            "{line}\nGET https://api.example/ net::ERR_FAILED 200 (OK)\nUncaught (in promise) TypeError: Failed to fetch"
        ),
    ] {
        let fix = check(&pasted, CHROMIUM, "allow-origin-multiple", &["allow-origin-twice"]);
        assert_eq!(fix, "send `Access-Control-Allow-Origin: https://app.example` in this response, once");
    }
}

#[test]
fn advice_depends_on_the_quoted_value() {
    let refused = |name: &str| {
        format!("Request header field {name} is not allowed by Access-Control-Allow-Headers in preflight response.")
    };
    for (pasted, of, start) in [
        (refused("access-control-allow-origin"), CHROMIUM, "take `access-control-allow-origin` off the request"),
        (refused("baggage"), CHROMIUM, "do not send `baggage` to third parties"),
        (refused("x-api-key"), CHROMIUM, "list `x-api-key` in the `Access-Control-Allow-Headers`"),
        (
            "Request header field x-a is not allowed by Access-Control-Allow-Headers.".into(),
            WEBKIT,
            "list `x-a` in the `Access-Control-Allow-Headers`",
        ),
        (
            "(Reason: header \u{2018}authorization\u{2019} is not allowed according to header \
             \u{2018}Access-Control-Allow-Headers\u{2019} from CORS preflight response)."
                .into(),
            FIREFOX,
            "list `authorization` in the",
        ),
        (
            "Method patch is not allowed by Access-Control-Allow-Methods in preflight response.".into(),
            CHROMIUM,
            "write the method in upper case in the page: `PATCH`",
        ),
        (
            "Method PUT is not allowed by Access-Control-Allow-Methods.".into(),
            WEBKIT,
            "list `PUT` in the `Access-Control-Allow-Methods`",
        ),
        (
            "(Reason: Did not find method in CORS header \u{2018}Access-Control-Allow-Methods\u{2019}).".into(),
            FIREFOX,
            "list it there",
        ),
        (
            "Refused to get unsafe header \"X-Total\"".into(),
            CHROMIUM,
            "name `x-total` in the `Access-Control-Expose-Headers`",
        ),
    ] {
        let message = known_message(&pasted).unwrap();
        assert_eq!(message.known.of, of, "{pasted}");
        assert!(message.fix().to_string().starts_with(start), "{pasted}: {}", message.fix());
    }
    let null = "from origin 'null' has been blocked by CORS policy: No 'Access-Control-Allow-Origin' header is present on the \
                requested resource.";
    check(null, CHROMIUM, "allow-origin-missing", &["opaque-origin"]);
    let redirected = format!("Access to fetch at 'https://b.example/' (redirected from 'https://a.example/') {null}");
    check(&redirected, CHROMIUM, "allow-origin-missing", &["tainted-origin"]);
    for status in [421, 502, 504] {
        let line =
            format!("Origin https://a.example is not allowed by Access-Control-Allow-Origin. Status code: {status}");
        check(&line, WEBKIT, "allow-origin-mismatch", &["status-first"]);
    }
}

#[test]
fn script_errors_have_a_hint_to_read_the_console() {
    for pasted in [
        "TypeError: Failed to fetch",
        "Uncaught (in promise) TypeError: Failed to fetch",
        "TypeError: Load failed",
        "TypeError: NetworkError when attempting to fetch resource.",
        "AxiosError: Network Error",
        "{message: 'Network Error', code: 'ERR_NETWORK'}",
        "GET https://api.example/ net::ERR_FAILED",
        "TypeError: Network request failed",
    ] {
        let fix = check(pasted, MessageOf::Script, "script-error", &[]);
        assert!(fix.starts_with("look in the console for the line beside it"), "{fix}");
    }
    check(
        "XMLHttpRequest cannot load https://a.example/ due to access control checks.",
        WEBKIT,
        "reason-elsewhere",
        &[],
    );
    check("Access to fetch at 'https://a.example/' has been blocked by CORS policy", CHROMIUM, "reason-elsewhere", &[]);
    let both = "Origin https://app.example is not allowed by Access-Control-Allow-Origin.\n\
                XMLHttpRequest cannot load https://a.example/ due to access control checks.";
    check(both, WEBKIT, "allow-origin-mismatch", &[]);
}

#[test]
fn failures_other_than_cors_are_found() {
    for (pasted, of, code) in [
        ("net::ERR_BLOCKED_BY_RESPONSE.NotSameOrigin 200 (OK)", CHROMIUM, "cross-origin-resource-policy"),
        ("net::ERR_BLOCKED_BY_RESPONSE.NotSameSite", CHROMIUM, "cross-origin-resource-policy"),
        ("net::ERR_BLOCKED_BY_RESPONSE.NotSameOriginAfterDefaultedToSameOriginByCoep", CHROMIUM, "embedder-policy"),
        (
            "The resource at \u{201c}https://a.example/\u{201d} was blocked due to its Cross-Origin-Resource-Policy header (or \
             lack thereof).",
            FIREFOX,
            "cross-origin-resource-policy",
        ),
        (
            "Cancelled load to https://a.example/ because it violates the resource's Cross-Origin-Resource-Policy response header.",
            WEBKIT,
            "cross-origin-resource-policy",
        ),
        ("(blocked:NotSameOrigin)", CHROMIUM, "cross-origin-resource-policy"),
        ("blocked:mixed-content", CHROMIUM, "mixed-content"),
        ("(blocked:other)", CHROMIUM, "blocked-by-client"),
        ("GET https://a.example/a.js net::ERR_ABORTED 404 (Not Found)", CHROMIUM, "aborted"),
        ("TypeError: cancelled", WEBKIT, "cancelled"),
        ("SecurityError: The operation is insecure.", FIREFOX, "canvas-tainted"),
        (
            "downloadable font: download failed (font-family: \"A\"): bad URI or cross-site access not allowed source: \
             https://a.example/a.woff",
            FIREFOX,
            "font",
        ),
        (
            "Failed to construct 'Worker': Script at 'https://a.example/w.js' cannot be accessed from origin \
             'https://b.example'.",
            CHROMIUM,
            "worker",
        ),
        (
            "Failed to load module script: Expected a JavaScript-or-Wasm module script but the server responded with a MIME type \
             of \"text/html\".",
            CHROMIUM,
            "wrong-type",
        ),
        ("EventSource's response has a MIME type (\"text/html\") that is not", CHROMIUM, "wrong-type"),
        (
            "TypeError: Failed to fetch dynamically imported module: https://a.example/a.js",
            CHROMIUM,
            "module-not-found",
        ),
        ("WebSocket connection to 'wss://a.example/' failed:", CHROMIUM, "web-socket"),
        ("TypeError: fetch failed", MessageOf::Script, "not-a-browser"),
        ("Error: connect ECONNREFUSED 127.0.0.1:3000", MessageOf::Script, "not-a-browser"),
        ("Error: Cross origin http://localhost forbidden", MessageOf::Script, "allow-origin-mismatch"),
        ("AbortError: The user aborted a request.", MessageOf::Script, "cancelled"),
        ("net::ERR_INTERNET_DISCONNECTED", CHROMIUM, "network"),
        ("NS_ERROR_NET_RESET", FIREFOX, "network"),
        ("This Set-Cookie was blocked because it had the \"SameSite=Lax\" attribute", CHROMIUM, "cookie"),
        (
            "Refused to frame 'https://a.example/' because an ancestor violates the following Content Security Policy \
             directive: \"frame-ancestors 'none'\".",
            CHROMIUM,
            "framing",
        ),
        (
            "Error: Request has been terminated Possible causes: the network is offline, Origin is not allowed by \
             Access-Control-Allow-Origin, the page is being unloaded, etc.",
            MessageOf::Script,
            "request-terminated",
        ),
        ("CSRF token mismatch.", MessageOf::Server, "forged-request"),
        ("net::ERR_BLOCKED_BY_ORB", CHROMIUM, "opaque-response-blocking"),
        ("net::ERR_CERT_AUTHORITY_INVALID", CHROMIUM, "network"),
        ("net::ERR_BLOCKED_BY_CLIENT", CHROMIUM, "blocked-by-client"),
        ("Not allowed to load local resource: file:///a", CHROMIUM, "local-file"),
        ("Fetch API cannot load file:///a. URL scheme \"file\" is not supported.", CHROMIUM, "scheme-not-http"),
        (
            "Permission was denied for this request to access the `loopback` address space.",
            CHROMIUM,
            "local-network-access",
        ),
        (
            "Refused to connect to 'https://a.example/' because it violates the following Content Security Policy directive: \
             \"connect-src 'self'\".",
            CHROMIUM,
            "content-security-policy",
        ),
    ] {
        let hints: &[&str] = if code == "mixed-content" { &["redirect-to-http"] } else { &[] };
        check(pasted, of, code, hints);
    }
}

#[test]
fn truncated_lines_request_lists_and_old_browsers_are_found() {
    let start =
        "Access to fetch at 'https://a.example/' from origin 'https://b.example' has been blocked by CORS policy: ";
    for (rest, id) in [
        ("Request header field x-a is not allowed by Acc", "HeaderDisallowedByPreflightResponse"),
        ("Method PUT is not all", "MethodDisallowedByPreflightResponse"),
        (
            "Request requires preflight, which is disallowed to follow cross-origin redirect.",
            "PreflightDisallowedRedirect",
        ),
    ] {
        let line = format!("{start}{rest}");
        assert_eq!(known_message(&line).map(|message| message.known.id), Some(id), "{line}");
    }
    let cut = format!("{start}Method PUT is not all");
    assert_eq!(known_message(&cut).unwrap().quoted.method, Some("PUT"));
    for (pasted, of, id) in [
        ("XHROPTIONShttps://a.example/ CORS Missing Allow Origin", FIREFOX, "CORSMissingAllowOrigin"),
        ("CORS Preflight Did Not Succeed", FIREFOX, "CORSPreflightDidNotSucceed"),
        ("CORS Missing Allow Header", FIREFOX, "CORSMissingAllowHeaderFromPreflight"),
        ("CORS Failed", FIREFOX, "CORSDidNotSucceed"),
        ("CORS error", CHROMIUM, "CORS error"),
        (
            "SEC7120: Origin http://a.example not found in Access-Control-Allow-Origin header.",
            MessageOf::EdgeHtml,
            "SEC7120",
        ),
        ("SEC7123: Request header x-a was not present in the list.", MessageOf::EdgeHtml, "SEC7123"),
        ("SEC7128: Multiple Access-Control-Allow-Origin headers are not allowed.", MessageOf::EdgeHtml, "SEC7128"),
        ("Disallowed CORS origin", MessageOf::Server, "Disallowed CORS origin"),
        (
            "Fetch API cannot load https://a.example/. Request mode is \"same-origin\" but the URL's origin is not same as the \
             request origin https://b.example.",
            CHROMIUM,
            "DisallowedByMode",
        ),
    ] {
        let known = known_message(pasted).unwrap_or_else(|| panic!("{pasted}")).known;
        assert_eq!((known.of, known.id), (of, id), "{pasted}");
    }
}

#[test]
fn origin_of_a_message_is_the_pages() {
    for (line, origin) in [
        (
            "Image from origin 'https://a.example' has been blocked from loading by Cross-Origin Resource Sharing policy: No \
             'Access-Control-Allow-Origin' header is present on the requested resource. Origin 'https://b.example' is therefore \
             not allowed access.",
            "https://b.example",
        ),
        (
            "Cross-origin redirection to https://a.example/ denied by Cross-Origin Resource Sharing policy: Origin \
             https://b.example is not allowed by Access-Control-Allow-Origin.",
            "https://b.example",
        ),
    ] {
        assert_eq!(known_message(line).unwrap().quoted.origin, Some(origin), "{line}");
    }
}

#[test]
fn url_without_a_scheme_in_a_message_gets_one() {
    let line = "Access to XMLHttpRequest at 'localhost:8080/api' from origin 'http://localhost:4200' has been blocked by CORS \
                policy: Cross origin requests are only supported for protocol schemes: http, data, chrome, https.";
    assert!(check(line, CHROMIUM, "redirect-scheme-not-http", &[]).starts_with("start the URL with `http://`"));
    let line = line.replace("localhost:8080/api", "file:///api");
    assert!(check(&line, CHROMIUM, "redirect-scheme-not-http", &[]).starts_with("request and redirect to"));
}

#[test]
fn status_beside_a_script_error_is_explained_first() {
    check("GET https://a.example/ net::ERR_FAILED 502", MessageOf::Script, "script-error", &["status-first"]);
    let options = "OPTIONS https://a.example/items 405 (Method Not Allowed)";
    check(options, CHROMIUM, "preflight-status-not-ok", &["preflight-status"]);
    check("GET https://a.example/ net::ERR_FAILED 200 (OK)", MessageOf::Script, "script-error", &[]);
}

#[test]
fn translated_messages_of_firefox_are_found() {
    for (reason, id) in [
        ("Grund: CORS-Kopfzeile 'Access-Control-Allow-Origin' fehlt", "CORSMissingAllowOrigin"),
        (
            "Grund: CORS-Kopfzeile 'Access-Control-Allow-Origin' stimmt nicht mit 'https://a.example' \u{fc}berein",
            "CORSAllowOriginNotMatchingOrigin",
        ),
        ("Grund: CORS-Anfrage schlug fehl", "CORSDidNotSucceed"),
        ("Grund: CORS-Anfrage war nicht http", "CORSRequestNotHttp"),
        (
            "\u{539f}\u{56e0}\u{ff1a}CORS \u{5934}\u{7f3a}\u{5c11} 'Access-Control-Allow-Origin'",
            "CORSMissingAllowOrigin",
        ),
        (
            "\u{539f}\u{56e0}\u{ff1a}CORS \u{9884}\u{68c0}\u{54cd}\u{5e94}\u{672a}\u{80fd}\u{6210}\u{529f}",
            "CORSPreflightDidNotSucceed",
        ),
        (
            "Raison : l\u{2019}en-t\u{ea}te CORS \u{ab} Access-Control-Allow-Origin \u{bb} est manquant",
            "CORSMissingAllowOrigin",
        ),
        ("Raz\u{f3}n: falta la cabecera CORS 'Access-Control-Allow-Origin'", "CORSMissingAllowOrigin"),
        (
            "\u{c6d0}\u{c778}: 'Access-Control-Allow-Origin' CORS \u{d5e4}\u{b354}\u{ac00} \u{c5c6}\u{c74c}",
            "CORSMissingAllowOrigin",
        ),
        (
            "brakuj\u{105}cy nag\u{142}\u{f3}wek CORS \u{201e}Access-Control-Allow-Origin\u{201d}",
            "CORSMissingAllowOrigin",
        ),
        ("Motivo: cabe\u{e7}alho CORS 'Access-Control-Allow-Methods' \u{2026}", "CORSMethodNotFound"),
        ("Grund: 'true' in CORS-Kopfzeile 'Access-Control-Allow-Credentials' erwartet", "CORSMissingAllowCredentials"),
    ] {
        let line = format!("\u{2026} https://a.example/ \u{2026} ({reason}). [Learn More]");
        let message = known_message(&line).unwrap_or_else(|| panic!("{line}"));
        assert_eq!(
            (message.known.of, message.known.id, message.language),
            (FIREFOX, id, MessageLanguage::Other),
            "{line}"
        );
    }
    let link = "https://developer.mozilla.org/docs/Web/HTTP/CORS/Errors/CORSMissingAllowOrigin?utm_source=devtools";
    assert_eq!(known_message(link).unwrap().known.id, "CORSMissingAllowOrigin");
    assert_eq!(known_message("Grund: das Wetter"), None);
}

#[test]
fn translated_messages_quote_the_url() {
    for (line, url) in [
        (
            "Ressource auf https://api.example/items. (Grund: CORS-Anfrage schlug fehl). Statuscode: 404.",
            "https://api.example/items",
        ),
        (
            "la ressource distante situ\u{e9}e sur http://api.example:8080/?a=b. Raison : \u{e9}chec de la requ\u{ea}te CORS.",
            "http://api.example:8080/?a=b",
        ),
        (
            "\u{3088}\u{308a}\u{3001}https://api.example/ \u{306b}\u{3042}\u{308b} (\u{7406}\u{7531}: CORS \u{30ea}\u{30af}\u{30a8}\u{30b9}\u{30c8})",
            "https://api.example/",
        ),
        (
            "\u{4f4d}\u{4e8e}https://api.example/a\u{7684}\u{8d44}\u{6e90}\u{3002}\u{ff08}\u{539f}\u{56e0}\u{ff1a}CORS \u{8bf7}\u{6c42}",
            "https://api.example/a",
        ),
    ] {
        let message = known_message(line).unwrap_or_else(|| panic!("{line}"));
        assert_eq!((message.language, message.quoted.url), (MessageLanguage::Other, Some(url)), "{line}");
    }
    // The link to an explanation comes after the reason, and is not the URL.
    let link = "Grund: CORS-Anfrage schlug fehl. https://developer.mozilla.org/";
    assert_eq!(known_message(link).unwrap().quoted.url, None);
}

#[test]
fn control_characters_of_a_pasted_line_are_not_printed() {
    let line = "Method p\u{1b}[2J is not allowed by Access-Control-Allow-Methods in preflight response. The \
                'Access-Control-Allow-Origin' header contains the invalid value '\u{1b}[2J'. Status code: 502";
    let message = known_message(line).unwrap();
    let texts: Vec<String> =
        core::iter::once(message.fix().to_string()).chain(message.hints().map(|hint| hint.to_string())).collect();
    assert!(texts.iter().all(|text| !text.contains('\u{1b}')), "{texts:?}");
}
