//! `cors explain` on differences between browsers, and on what their consoles print.

use super::report;
use crate::{message, report::Verdict};

const WILDCARDS: &str = "HTTP/1.1 204 \naccess-control-allow-origin: *\naccess-control-allow-headers: *\n\n\
                         HTTP/1.1 200 OK\naccess-control-allow-origin: *\n\n";
const BEARER: [&str; 3] = ["-H", "Authorization: Bearer abc", "https://api.example/"];

/// The report, in one line.
fn explain(arguments: &[&str], heads: &str) -> (String, Verdict) {
    let report = report(&[&["--origin", "https://app.example"], arguments].concat(), heads).unwrap();
    (report.to_text().split_whitespace().collect::<Vec<_>>().join(" "), report.verdict)
}

#[test]
fn authorization_under_a_wildcard_is_refused_by_the_standard_and_allowed_by_browsers() {
    let (text, verdict) = explain(&BEARER, WILDCARDS);
    assert_eq!(verdict, Verdict::Refused);
    for browser in ["Chromium", "Firefox", "WebKit"] {
        let line = format!(
            "{browser}: allowed, because of \"`Authorization` passes under `*` without credentials\" (CORS-preflight \
             fetch, step 7.6)"
        );
        assert!(text.contains(&line), "{text}");
    }
    assert!(!text.contains("What the console says"), "{text}");
    let (text, verdict) = explain(&[&["--profile", "chromium"][..], &BEARER].concat(), WILDCARDS);
    assert_eq!(verdict, Verdict::Readable);
    assert!(text.ends_with("Allowed: the browser gives the response to the page."), "{text}");
}

#[test]
fn firefox_refuses_what_the_standard_allows() {
    let hop = |to: &str| {
        format!(
            "HTTP/1.1 204 \naccess-control-allow-origin: *\naccess-control-allow-methods: *\n\n\
             HTTP/1.1 307 \naccess-control-allow-origin: *\nlocation: {to}\n\n"
        )
    };
    let last = "HTTP/1.1 204 \naccess-control-allow-origin: null\naccess-control-allow-methods: *\n\n\
                HTTP/1.1 200 OK\naccess-control-allow-origin: null\n\n";
    let heads = [&hop("https://b.example/"), &hop("https://c.example/"), last].concat();
    let arguments = ["-X", "DELETE", "https://a.example/"];
    let (text, verdict) = explain(&arguments, &heads);
    assert_eq!(verdict, Verdict::Readable);
    let refused = "Firefox: refused: response to the preflight: `Access-Control-Allow-Origin` is";
    assert!(text.contains(refused), "{text}");
    assert!(
        text.contains("Chromium nothing: it does not refuse this Firefox CORSAllowOriginNotMatchingOrigin"),
        "{text}"
    );

    let (text, verdict) = explain(&[&["--against", "firefox"][..], &arguments].concat(), &heads);
    assert_eq!(verdict, Verdict::Readable);
    assert!(text.contains("Fetch Standard against Firefox: Fetch Standard allowed Firefox refused: "), "{text}");
    let cause = "because of redirect: Origin of a later preflight: CORS-preflight fetch, step 1 (https://";
    assert!(text.contains(cause), "{text}");

    // The rules of `--profile` decide the final verdict.
    let (text, verdict) = explain(&[&["--profile", "firefox", "--against", "fetch"][..], &arguments].concat(), &heads);
    assert_eq!(verdict, Verdict::Refused);
    assert!(text.contains("Firefox against Fetch Standard: Firefox refused: "), "{text}");
    assert!(text.contains("Fetch Standard allowed because of redirect: Origin of a later preflight"), "{text}");
}

#[test]
fn preflight_that_only_firefox_sends_is_reported_as_unanswered() {
    let heads = "HTTP/1.1 200 OK\naccess-control-allow-origin: *\n\n";
    let arguments = ["-H", "Range: bytes=0-99999999999999999999", "https://api.example/"];
    let (text, _) = explain(&arguments, heads);
    let line = "Firefox: sends OPTIONS https://api.example/, which no head answers, because of \"a large `Range` number is \
                preflighted\"";
    assert!(text.contains(line), "{text}");
}

#[test]
fn a_request_that_is_sent_again_gets_the_same_answer() {
    let heads = "HTTP/1.1 204 \naccess-control-allow-origin: *\naccess-control-allow-methods: *\n\n\
                 HTTP/1.1 200 OK\naccess-control-allow-origin: *\n\nHTTP/1.1 200 OK\naccess-control-allow-origin: *\n\n";
    let (text, verdict) = explain(&["-X", "DELETE", "--again", "1", "https://api.example/7"], heads);
    assert_eq!(verdict, Verdict::Readable);
    let line = "Firefox: sends OPTIONS https://api.example/7, because of \"cache: wildcard\" (HTTP fetch, step 4.1)";
    assert!(text.ends_with(line), "{text}");
}

#[test]
fn chromium_refuses_what_the_standard_allows() {
    let heads = "HTTP/1.1 407 \naccess-control-allow-origin: *\n\n";
    let (text, verdict) = explain(&["https://api.example/"], heads);
    assert_eq!(verdict, Verdict::Readable);
    assert!(text.contains("Chromium no known message, although it refuses this: response: status 407"), "{text}");
    let line = "Chromium: refused: response: status 407, and no user is asked for a name and a password: HTTP-network-or-cache fetch, step 16.1 \
                (https://fetch.spec.whatwg.org/#concept-http-network-or-cache-fetch), because of \"407 from a server\"";
    assert!(text.contains(line), "{text}");
    assert!(!text.contains("Firefox: ") && !text.contains("WebKit: "), "{text}");
}

#[test]
fn invalid_expose_headers_list_is_reported_where_a_browser_exposes_more() {
    let heads = "HTTP/1.1 200 OK\naccess-control-allow-origin: *\naccess-control-expose-headers: *, a b\nx-a: 1\n\n";
    let (text, _) = explain(&["--against", "firefox", "https://api.example/"], heads);
    assert!(text.contains("Fetch Standard lets a script read no more Firefox lets a script read "), "{text}");
    assert!(text.contains("`X-A`"), "{text}");
    assert!(text.contains("because of `*` before an element that is not a header name exposes all"), "{text}");
    let (text, _) = explain(&["--against", "safari", "https://api.example/"], heads);
    assert!(text.ends_with("Fetch Standard against WebKit: both allowed"), "{text}");
}

#[test]
fn failure_that_a_browser_prints_in_its_console_is_marked() {
    let heads = "HTTP/1.1 404 \naccess-control-allow-origin: https://b.example\n\n";
    let (text, _) = explain(&["-X", "PUT", "https://api.example/"], heads);
    let step = "CORS check, step 4 (https://fetch.spec.whatwg.org/#concept-cors-check)";
    assert!(text.contains(&format!("{step} the one in the console of Chromium, Firefox FAIL status 404")), "{text}");
    let step = "CORS-preflight fetch, step 7 (https://fetch.spec.whatwg.org/#cors-preflight-fetch-0)";
    assert!(text.contains(&format!("{step} the one in the console of WebKit pass")), "{text}");
    let console = "What the console says: Chromium PreflightAllowOriginMismatch, quoting `https://b.example` Firefox \
                   CORSAllowOriginNotMatchingOrigin, quoting `https://b.example` WebKit Preflight response is not \
                   successful. Status code: 404 Fetch API cannot load https://api.example/ due to access control checks. \
                   (response to the preflight: status 404 is not from 200 to 299)";
    assert!(text.contains(console), "{text}");
    assert!(!text.contains("WebKit: "), "{text}");
    let (text, _) = explain(&["--against", "safari", "-X", "PUT", "https://api.example/"], heads);
    assert!(text.contains("because of preflight: order of checks: CORS-preflight fetch, step 7 ("), "{text}");
}

#[test]
fn console_lines_of_a_report_are_found_by_the_message_look_up() {
    for heads in [
        "HTTP/1.1 204 \n\n",
        "HTTP/1.1 204 \naccess-control-allow-origin: *\naccess-control-allow-methods: a b\n\n",
        "HTTP/1.1 302 \nlocation: /\naccess-control-allow-origin: *\n\n",
        "HTTP/1.1 204 \naccess-control-allow-origin: *\n\n",
    ] {
        let arguments = ["--origin", "https://app.example", "-X", "PUT", "https://api.example/"];
        let text = report(&arguments, heads).unwrap().to_text();
        let console = text.split("What the console says:\n").nth(1).unwrap();
        let lines: Vec<&str> = console.lines().take_while(|line| !line.is_empty()).collect();
        assert!(lines.len() >= 3, "{text}");
        for browser in ["Chromium", "Firefox", "WebKit"] {
            let line = lines.iter().find(|line| line.trim_start().starts_with(browser)).unwrap();
            let text = message::meaning(line).unwrap().to_text();
            assert!(text.starts_with(&format!("{browser}: ")), "{line}\n{text}");
        }
    }
}

// `spec-vectors/recorder/consoles.py` compares more of them with a real WebKit.
#[test]
fn the_lines_of_webkit_are_whole() {
    let denied = |url: &str, reason: &str| {
        format!("Cross-origin redirection to {url} denied by Cross-Origin Resource Sharing policy: {reason}")
    };
    let not_allowed = |status| {
        let origin = "Origin https://app.example is not allowed by Access-Control-Allow-Origin.";
        format!("{origin} Status code: {status}")
    };
    let to_b = "HTTP/1.1 302 \nlocation: https://b.example/b#c\n\n";
    let put = ["-X", "PUT"].as_slice();
    for (arguments, heads, lines) in [
        (
            &[][..],
            "HTTP/1.1 404 \n\n",
            [not_allowed(404), "Fetch API cannot load {} due to access control checks.".into()].as_slice(),
        ),
        (
            &["--as", "xhr"],
            "HTTP/1.1 200 \n\n",
            &[not_allowed(200), "XMLHttpRequest cannot load {} due to access control checks.".into()],
        ),
        (
            &["--as", "event-source"],
            to_b,
            &[
                denied("https://b.example/b#c", &not_allowed(302)),
                "EventSource cannot load {} due to access control checks.".into(),
            ],
        ),
        (
            &["--as", "img", "--mode", "cors"],
            "HTTP/1.1 200 \n\n",
            &[not_allowed(200), "Cannot load image {} due to access control checks.".into()],
        ),
        (
            &["--as", "script", "--mode", "cors"],
            "HTTP/1.1 200 \n\n",
            &[not_allowed(200), "Cross-origin script load denied by Cross-Origin Resource Sharing policy.".into()],
        ),
        (&["--as", "module"], "HTTP/1.1 200 \n\n", &[not_allowed(200)]),
        (&["--mode", "same-origin"], "", &["Fetch API cannot load {}.".into()]),
        (
            put,
            "HTTP/1.1 301 \nlocation: /b\naccess-control-allow-origin: *\n\n",
            &[
                "Preflight response is not successful. Status code: 301".into(),
                "Fetch API cannot load {} due to access control checks.".into(),
            ],
        ),
        (
            put,
            "HTTP/1.1 204 \naccess-control-allow-origin: *\n\n",
            &[
                "Method PUT is not allowed by Access-Control-Allow-Methods.".into(),
                "Fetch API cannot load {} due to access control checks.".into(),
            ],
        ),
    ] {
        let arguments = [&["--origin", "https://app.example", "https://api.example/a"], arguments].concat();
        let report = report(&arguments, heads).unwrap();
        let lines: Vec<String> = lines.iter().map(|line| line.replace("{}", "https://api.example/a")).collect();
        assert_eq!(report.console.webkit, Some(lines.join("\n")), "{arguments:?}");
        let text = report.to_text();
        let at = |line: &String| text.lines().position(|it| it.ends_with(line.as_str()));
        let places: Vec<_> = lines.iter().map(at).collect();
        assert!(places.iter().all(Option::is_some) && places.is_sorted(), "{text}");
    }
}
