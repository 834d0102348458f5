//! `cors explain` on common failures, as `curl -i` recorded them, and on bad input.

use crate::{
    explain::{Arguments, built_in},
    report::Verdict,
};

const APP: [&str; 2] = ["--origin", "https://app.example"];
const JSON: [&str; 4] = ["-H", "Content-Type: application/json", "--body", "{}"];

fn explain(arguments: &[&str], input: &str) -> Result<(String, Verdict), String> {
    let report = super::report(arguments, input).map_err(|error| error.to_string())?;
    Ok((report.to_text(), report.verdict))
}

/// The report on files of `tests/heads`.
fn report(arguments: &[&[&str]], file: &str) -> (Vec<String>, Verdict) {
    let file = format!("{}/tests/heads/{file}.http", env!("CARGO_MANIFEST_DIR"));
    let arguments: Vec<&str> = arguments.concat().into_iter().chain([file.as_str()]).collect();
    let (text, verdict) = explain(&arguments, "").unwrap();
    (text.lines().map(|line| line.trim().to_owned()).collect(), verdict)
}

/// Asserts that the report has these failures and no others, and these fixes.
fn check(arguments: &[&[&str]], file: &str, failures: &[&str], fixes: &[&str], hints: &[&str]) {
    let (lines, verdict) = report(arguments, file);
    assert_eq!(verdict, Verdict::Refused, "{lines:#?}");
    let failed: Vec<&str> = lines.iter().filter_map(|line| line.strip_prefix("FAIL  ")).collect();
    assert_eq!(failed, failures, "{lines:#?}");
    let start = lines.iter().position(|line| line == "What to change:").unwrap();
    let fix: Vec<&str> = lines.iter().skip(start + 1).map(String::as_str).take_while(|line| !line.is_empty()).collect();
    assert_eq!(fix, fixes);
    let whole = lines.join(" ");
    for hint in hints {
        assert!(whole.contains(hint), "{hint}: {lines:#?}");
    }
}

#[test]
fn request_header_missing_in_allow_headers_is_reported_with_the_fixed_list() {
    check(
        &[&APP, &JSON, &["-X", "POST", "-H", "X-Request-Id: 1", "https://api.example/items"]],
        "header-missing-in-list",
        &["`Access-Control-Allow-Headers` does not allow `x-request-id`"],
        &[
            "The response to OPTIONS https://api.example/items needs",
            "Access-Control-Allow-Headers: Content-Type, x-request-id",
        ],
        &["header x-request-id  no header of this name is safelisted", "CORS-preflight fetch, step 7.7"],
    );
}

#[test]
fn wildcard_origin_with_credentials_is_reported_with_the_exact_origin_as_fix() {
    check(
        &[&APP, &["--credentials", "include", "https://api.example/me"]],
        "wildcard-with-credentials",
        &["`Access-Control-Allow-Origin` is `*`, which no request with credentials accepts"],
        &[
            "The response to GET https://api.example/me needs",
            "Access-Control-Allow-Origin: https://app.example",
            "or, in the page's call:",
            "credentials: \"same-origin\", if the server needs none for this",
        ],
        &["credentials never cause a preflight", "is a literal, not a wildcard", "`Vary: Origin`"],
    );
}

#[test]
fn doubled_allow_origin_is_reported_with_a_hint_about_two_layers() {
    check(
        &[&APP, &["https://api.example/items"]],
        "doubled-origin",
        &["`Access-Control-Allow-Origin` occurs several times: `https://app.example, *`"],
        &["The response to GET https://api.example/items needs", "Access-Control-Allow-Origin: https://app.example"],
        &["often two layers"],
    );
}

#[test]
fn redirected_preflight_is_reported_with_all_its_failures() {
    check(
        &[&["--origin", "http://app.example", "-X", "DELETE", "http://api.example/v1/items"]],
        "redirected-preflight",
        &[
            "no `Access-Control-Allow-Origin`",
            "status 301 redirects, and preflights follow no redirect",
            "`Access-Control-Allow-Methods` does not allow `DELETE`",
        ],
        &[
            "The response to OPTIONS http://api.example/v1/items needs all of",
            "status 204",
            "Access-Control-Allow-Origin: http://app.example",
            "Access-Control-Allow-Methods: DELETE",
            "or, in the page's call:",
            "the URL `https://api.example/v1/items` to begin with",
        ],
        &["the server redirects `http` to `https`"],
    );
}

#[test]
fn preflight_with_status_401_is_reported_with_its_fix() {
    check(
        &[&APP, &["-H", "Authorization: Bearer abc", "https://api.example/me"]],
        "unauthorized-options",
        &[
            "no `Access-Control-Allow-Origin`",
            "status 401 is not from 200 to 299",
            "`Access-Control-Allow-Headers` does not name `authorization`",
        ],
        &[
            "The response to OPTIONS https://api.example/me needs all of",
            "status 204",
            "Access-Control-Allow-Origin: https://app.example",
            "Access-Control-Allow-Headers: authorization",
        ],
        &["status 401: preflights never carry cookies or `Authorization`"],
    );
}

#[test]
fn allow_origin_with_a_trailing_slash_is_reported_with_its_fix() {
    check(
        &[&APP, &["https://hello.example/"]],
        "trailing-slash",
        &["`Access-Control-Allow-Origin` is not an origin: `https://app.example/`"],
        &["The response to GET https://hello.example/ needs", "Access-Control-Allow-Origin: https://app.example"],
        &["an origin has no `/` at its end"],
    );
}

#[test]
fn allow_origin_with_another_port_is_reported_with_its_fix() {
    check(
        &[&["--origin", "http://localhost:5173", "http://localhost:8080/api"]],
        "wrong-port",
        &["`Access-Control-Allow-Origin` is `http://localhost:3000`, not `http://localhost:5173`"],
        &["The response to GET http://localhost:8080/api needs", "Access-Control-Allow-Origin: http://localhost:5173"],
        &["two ports make two origins"],
    );
}

#[test]
fn json_body_without_content_type_in_allow_headers_is_reported() {
    check(
        &[&APP, &JSON, &["-X", "POST", "https://api.example/items"]],
        "json-not-listed",
        &["`Access-Control-Allow-Headers` does not allow `content-type`"],
        &["The response to OPTIONS https://api.example/items needs", "Access-Control-Allow-Headers: content-type"],
        &["header content-type  the MIME type is none of"],
    );
}

#[test]
fn missing_allow_credentials_is_reported_with_its_fix() {
    check(
        &[&APP, &["--credentials", "include", "https://api.example/me"]],
        "credentials-header-missing",
        &["no `Access-Control-Allow-Credentials`, which a request with credentials needs"],
        &[
            "The response to GET https://api.example/me needs",
            "Access-Control-Allow-Credentials: true",
            "or, in the page's call:",
            "credentials: \"same-origin\", if the server needs none for this",
        ],
        &["CORS check, step 8"],
    );
}

#[test]
fn headers_on_the_preflight_alone_are_reported_with_the_requests_fix() {
    check(
        &[&APP, &JSON, &["-X", "PUT", "https://api.example/items/7"]],
        "headers-only-on-options",
        &["no `Access-Control-Allow-Origin`"],
        &["The response to PUT https://api.example/items/7 needs", "Access-Control-Allow-Origin: https://app.example"],
        &["the response to the preflight is not enough", "a response with status 500 needs the headers too"],
    );
}

#[test]
fn built_in_exchange_is_refused_and_its_report_fits_100_columns() {
    let report = built_in::explain(&Arguments::default()).unwrap();
    assert_eq!(report.verdict, Verdict::Refused);
    let text = built_in::introduction() + &report.to_text();
    assert!(text.contains("\nRefused: response to the preflight: "), "{text}");
    assert!(text.lines().all(|line| line.chars().count() <= 100), "{text}");
    assert!(text.contains("    Access-Control-Allow-Headers: X-Request-Id, content-type\n"), "{text}");
}

#[test]
fn predicted_preflight_has_every_header_and_a_curl_command() {
    let (text, _) = explain(
        &[&APP[..], &JSON, &["-X", "PUT", "-H", "X-B: 1", "-H", "x-a: 2", "https://api.example/items#top"]].concat(),
        "",
    )
    .unwrap();
    let preflight = "Preflight: OPTIONS https://api.example/items\n  Accept: */*\n  Access-Control-Request-Method: PUT\n  \
                     Access-Control-Request-Headers: content-type,x-a,x-b\n  Origin: https://app.example\n";
    assert!(text.contains(preflight), "{text}");
    assert!(text.contains("\n  curl -i -X OPTIONS https://api.example/items \\\n"), "{text}");
}

#[test]
fn redirects_are_followed_with_a_null_origin() {
    let (lines, verdict) = report(&[&APP, &["https://api.example/7"]], "redirects");
    assert_eq!(verdict, Verdict::Readable);
    let has = |wanted: &str| assert!(lines.iter().any(|line| line == wanted), "{wanted}: {lines:#?}");
    has("Redirect by status 307 to https://files.example/7");
    has("Redirect by status 302 to https://files.example/7/latest#top");
    has("x-version                      yes  listed in `Access-Control-Expose-Headers`");
    assert_eq!(lines.iter().filter(|line| *line == "Origin: null").count(), 2);
}

#[test]
fn redirect_that_fails_is_explained() {
    let head = "HTTP/1.1 302 Found\nAccess-Control-Allow-Origin: *\nLocation: https://me:pw@other.example/a\n\n";
    let (text, verdict) = explain(&[&APP[..], &["https://api.example/"]].concat(), head).unwrap();
    assert_eq!(verdict, Verdict::Refused);
    assert!(text.contains("\n    Location: https://other.example/a\n"), "{text}");
}

#[test]
fn interim_responses_and_tunnels_are_not_taken_for_answers() {
    let (lines, verdict) = report(&[&APP, &["https://api.example/"]], "interim");
    assert_eq!(verdict, Verdict::Readable);
    assert!(lines.iter().any(|line| line.starts_with("Answer: status 200 (") && line.ends_with("interim.http:10)")));
}

#[test]
fn profile_option_selects_the_browsers_verdict() {
    let wildcard = "HTTP/1.1 204 \naccess-control-allow-origin: *\naccess-control-allow-headers: *\n\n\
                    HTTP/1.1 200 OK\naccess-control-allow-origin: *\n\n";
    for (profile, expected) in
        [("fetch", Verdict::Refused), ("chromium", Verdict::Readable), ("firefox", Verdict::Readable)]
    {
        let arguments = ["--profile", profile, "-H", "Authorization: Bearer abc", "https://api.example/"];
        let (text, verdict) = explain(&[&APP[..], &arguments].concat(), wildcard).unwrap();
        assert_eq!(verdict, expected, "{text}");
        assert!(text.contains("`*` does not cover `Authorization`"), "{text}");
    }
}

#[test]
fn preflighted_request_is_preflighted_on_every_hop_in_firefox_alone() {
    let heads = "HTTP/1.1 204 \naccess-control-allow-origin: *\naccess-control-allow-headers: authorization\n\n\
                 HTTP/1.1 302 \naccess-control-allow-origin: *\nlocation: https://other.example/\n\n";
    for (profile, again) in [("fetch", false), ("firefox", true)] {
        let arguments = ["--profile", profile, "-H", "Authorization: Bearer abc", "https://api.example/"];
        let (text, _) = explain(&[&APP[..], &arguments].concat(), heads).unwrap();
        assert_eq!(text.contains("this browser preflights every hop"), again, "{text}");
    }
}

#[test]
fn forbidden_calls_are_refused_with_the_reason() {
    for (arguments, reason) in [
        (&["-X", "TRACE"][..], "the method `TRACE` is forbidden"),
        (&["--body", "x"], "a `GET` has no body"),
        (&["--mode", "no-cors", "-X", "PUT"], "the mode `no-cors` has no method `PUT`"),
        (&["--mode", "same-origin"], "cross-origin URL in mode `same-origin`"),
        (&["--mode", "no-cors", "--redirect", "error"], "which only follows"),
    ] {
        let (text, verdict) = explain(&[&APP[..], arguments, &["https://api.example/"]].concat(), "").unwrap();
        assert_eq!(verdict, Verdict::Refused, "{text}");
        assert!(text.contains(reason), "{text}");
    }
}

#[test]
fn bad_arguments_are_named() {
    let (null, url) = (["--origin", "null"], "https://api.example/");
    for (arguments, error) in [
        (&["--origin", "https://app.example"][..], "the URL is missing: give it on the command line, or in the input"),
        (&[url], "the page's origin is missing: give it, as in `--origin https://app.example`"),
        (&["--origin"], "a value is required for '--origin <ORIGIN>' but none was supplied"),
        (&["--nonsense"], "unexpected argument '--nonsense' found"),
        (&["--stream=1"], "unexpected value '1' for '--stream' found; no more were expected"),
        (
            &["--origin", "https://app.example/", url],
            "`--origin https://app.example/`: origin has a host that no URL parser would write, or more than a host and a \
             port, at byte 19; is it `https://app.example`?",
        ),
        (&[null[0], null[1], "http://a b/"], "the URL `http://a b/`: invalid international domain name"),
        (&[null[0], null[1], url, "https://b.example/"], "there are two URLs, and a page requests one"),
        (&[null[0], null[1], "-H", "X-A", url], "there is no colon; it is `-H 'NAME: VALUE'`"),
        (
            &[null[0], null[1], "-H", "X A: 1", url],
            "`X A`: header name is not a token at byte 1 (new Request(input, init), step 33.5 \
             (https://fetch.spec.whatwg.org/#dom-request))",
        ),
        (
            &[null[0], null[1], "-H", "X-A: \u{20ac}", url],
            "the value has a character above U+00FF, which is not a byte",
        ),
        (&["--credentials", "true"], "invalid value 'true' for '--credentials <MODE>'"),
        (&["--credentials", "true"], "[possible values: omit, same-origin, include]"),
        (&["--profile", "opera"], "[possible values: fetch, chromium, firefox, webkit]"),
        (&["--again", "-1"], "invalid value '-1' for '--again <SECONDS>': this is not a number of seconds"),
        (&["--body", "a", "--stream"], "the argument '--body <TEXT>' cannot be used with '--stream'"),
        (&[null[0], null[1], "--upload-listener", "--stream", url], "XMLHttpRequest has no stream"),
        (&[null[0], null[1], "--as", "img", "-X", "PUT", url], "an <img> has no method that a page chooses"),
        (&[null[0], null[1], "--as", "form", "-X", "PUT", url], "a <form> has no method `PUT`: it is `GET` or `POST`"),
        (&[null[0], null[1], url, "no/such/file"], "no/such/file: No such file or directory (os error 2)"),
        (&[null[0], null[1], url, "-", "-"], "`-` is given twice, but standard input can be read only once"),
    ] {
        let found = explain(arguments, "").unwrap_err();
        assert!(found.contains(error), "{arguments:?}\n{error}\n{found}");
    }
}

#[test]
fn all_mistakes_of_a_command_line_are_named_at_once() {
    let arguments = ["--as", "font", "-X", "PUT", "-H", "a: b", "--origin", "app.example", "http://"];
    let found = explain(&arguments, "").unwrap_err();
    let lines: Vec<&str> = found.lines().collect();
    assert_eq!(lines.len(), 4, "{found}");
    assert_eq!(lines[0], "the URL `http://`: empty host");
    assert!(lines[1].ends_with("is it `https://app.example`?"), "{found}");
    assert_eq!(
        lines[2..],
        [
            "a font of a style sheet has no method that a page chooses",
            "a font of a style sheet has no header that a page sets"
        ]
    );
}

#[test]
fn mistakes_in_what_is_read_are_named_with_their_place() {
    for (text, error) in [
        ("hello\n", "standard input:1:1: this looks like nothing that is known: `hello`; paste response heads"),
        ("hello\n", "\n  1 | hello\n    | ^"),
        ("HTTP/1.1 200 OK\n\nHTTP/1.1 200 OK\rA: 1\r\r", "standard input:3:1: this is not a status line"),
        ("HTTP/1.1 2000 OK\n\n", "standard input:1:1: this is not a status line: `HTTP/1.1 2000 OK`"),
        (
            "HTTP/1.1 200 OK\nA: 1\nhello\n",
            "standard input:3:1: a header has no colon, or the empty line after the head is missing: `hello`",
        ),
        (
            "HTTP/1.1 200 OK\nA B: 1\n\n",
            "standard input:2:1: the text before the colon is not a header name: `A B: 1`; a name has letters, digits and `-`, \
             and no blank\n  2 | A B: 1\n    | ^",
        ),
        ("{\"log\": 1}", "standard input:1:"),
    ] {
        let arguments = [&APP[..], &["https://api.example/"]].concat();
        let found = explain(&arguments, text).unwrap_err();
        assert!(found.contains(error), "{text}\n{error}\n{found}");
    }
}

#[test]
fn bodies_are_skipped_whatever_they_hold() {
    let next = "HTTP/2 200 \r\naccess-control-allow-origin: *\r\nnext: 1\r\n\r\n";
    let first = |lines: &str, body: &str| {
        format!("HTTP/1.1 302 Found\r\nLocation: /b\r\nAccess-Control-Allow-Origin: *\r\n{lines}\r\n{body}{next}")
    };
    for heads in [
        first("", ""),
        first("", "moved\n\n\nfor good\n"),
        first("", "no line's end"),
        first("Content-Length: 5\r\n", "moved"),
        first("Content-Length: 5\r\n", "moved\r\n\r\n"),
        // The output of `curl -I`, or a wrong length.
        first("Content-Length: 5\r\n", ""),
        first("Content-Length: 500000\r\n", "moved\n"),
        first("Content-Length: x\r\n", "moved\n"),
        // A body that looks like a head.
        first("Content-Length: 21\r\n", "HTTP/1.1 500 No\nA: 1\n"),
        first("X-Folded: a\r\n b\r\n", ""),
        first("", "").replace("\r\n", "\n"),
    ] {
        let (text, verdict) = explain(&[&APP[..], &["https://api.example/a"]].concat(), &heads).unwrap();
        assert_eq!(verdict, Verdict::Readable, "{heads}\n{text}");
        assert!(text.contains("  next"), "{heads}\n{text}");
        assert!(!text.contains("Left over"), "{heads}\n{text}");
    }
}

#[test]
fn heads_without_a_request_are_reported_as_left_over() {
    let heads = "HTTP/1.1 200 OK\nAccess-Control-Allow-Origin: *\n\nHTTP/1.1 200 OK\n\n";
    let (text, verdict) = explain(&[&APP[..], &["https://api.example/", "-"]].concat(), heads).unwrap();
    assert_eq!(verdict, Verdict::Readable);
    assert!(text.contains("Left over: 1 of the heads, from standard input:4 on."), "{text}");
}

#[test]
fn header_with_a_blank_before_its_colon_is_named_and_counts_in_chromium_alone() {
    let head = "HTTP/1.1 200 OK\r\nAccess-Control-Allow-Origin : https://app.example\r\n\r\n";
    let arguments = [&APP[..], &["https://api.example/items", "-"]].concat();
    let (chromium, verdict) = explain(&[&arguments[..], &["--profile", "chromium"]].concat(), head).unwrap();
    assert_eq!(verdict, Verdict::Readable, "{chromium}");
    assert!(chromium.contains("`Access-Control-Allow-Origin` has a blank before its colon"), "{chromium}");
    let (firefox, verdict) = explain(&[&arguments[..], &["--profile", "firefox"]].concat(), head).unwrap();
    assert_eq!(verdict, Verdict::Refused, "{firefox}");
    assert!(firefox.contains("no `Access-Control-Allow-Origin`"), "{firefox}");
}
