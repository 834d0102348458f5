//! `cors explain` on lines of a console, with and without heads.

use super::report;
use crate::report::{Report, Verdict};

const ITEMS: &str = "https://api.example/items";

/// Chromium's console line for this reason.
fn line(reason: &str) -> String {
    format!("Access to fetch at '{ITEMS}' from origin 'https://app.example' has been blocked by CORS policy: {reason}")
}

const MISSING: &str = "No 'Access-Control-Allow-Origin' header is present on the requested resource.";
const WILDCARD: &str = "The value of the 'Access-Control-Allow-Origin' header in the response must not be the wildcard '*' when \
                        the request's credentials mode is 'include'.";
const PREFLIGHT: &str = "Response to preflight request doesn't pass access control check: ";

fn has_note(report: &Report, code: &str) -> bool {
    report.input.iter().flat_map(|taken| &taken.notes).any(|note| note.code == code)
}

#[test]
fn heads_are_judged_by_what_the_console_implies() {
    let any = "Access-Control-Allow-Origin: *\n";
    for text in [
        format!("{}\n\n{any}", line(WILDCARD)),
        format!("{any}{}\n", line(WILDCARD)),
        format!("HTTP/1.1 200 OK\n{any}\n{}\n", line(WILDCARD)),
    ] {
        let report = report(&[], &text).unwrap();
        assert_eq!(report.verdict, Verdict::Refused, "{text}\n{}", report.to_text());
        assert!(has_note(&report, "credentials-of-console") && !has_note(&report, "console-disagrees"));
    }
    let heads = "HTTP/1.1 204 \nAccess-Control-Allow-Origin: *\nAccess-Control-Allow-Methods: PATCH\n\n";
    let text = line("Method PUT is not allowed by Access-Control-Allow-Methods in preflight response.");
    let report = report(&[], &format!("{text}\n\n{heads}")).unwrap();
    assert_eq!(report.steps[0].checks.iter().find_map(|check| check.code), Some("method-not-allowed"));
}

#[test]
fn a_preflight_of_a_request_that_needs_none_is_not_explained() {
    let text = format!("{}\n\nHTTP/1.1 401 Unauthorized\n\n", line(&format!("{PREFLIGHT}{MISSING}")));
    // The cause of the preflight is unknown, so the head is not read as the answer to the request.
    let found = report(&[], &text).unwrap();
    assert_eq!((found.verdict, found.steps.len(), found.messages.len()), (Verdict::Incomplete, 0, 1));
    assert!(found.to_text().contains("\nIncomplete: the console reports a failed preflight"), "{}", found.to_text());
    for options in [&["-X", "PUT"][..], &["-H", "x-a: 1"]] {
        let found = report(options, &text).unwrap();
        assert_eq!((found.verdict, found.steps[0].status), (Verdict::Refused, Some(401)), "{options:?}");
    }
}

#[test]
fn a_console_that_says_otherwise_than_the_heads_is_noted() {
    let heads = "HTTP/1.1 200 OK\nAccess-Control-Allow-Origin: *\n\n";
    let firefox = format!(
        "Cross-Origin Request Blocked: The Same Origin Policy disallows reading the remote resource at {ITEMS}. \
         (Reason: CORS header ‘Access-Control-Allow-Origin’ missing)."
    );
    for (text, heads, noted) in [
        (line(MISSING), heads, true),
        (firefox, heads, true),
        (line(MISSING), "HTTP/1.1 200 OK\n\n", false),
        // A script gets this error for any failure.
        ("TypeError: Failed to fetch".into(), heads, false),
    ] {
        let found = report(&["--origin", "https://app.example", ITEMS], &format!("{text}\n\n{heads}")).unwrap();
        assert_eq!(has_note(&found, "console-disagrees"), noted, "{text}\n{}", found.to_text());
    }
}

#[test]
fn what_is_missing_is_named() {
    for (arguments, text, missing) in [
        (&[][..], "CORSMissingAllowOrigin".to_owned(), "the URL and the page's origin are missing"),
        (&["--origin", "https://app.example"], "CORSMissingAllowOrigin".into(), "the URL is missing"),
        (&[ITEMS], "CORSMissingAllowOrigin".into(), "the page's origin is missing"),
        (&[], line(MISSING), "a response head is missing"),
    ] {
        let found = report(arguments, &text).unwrap();
        assert_eq!(found.verdict, Verdict::Incomplete);
        assert!(found.to_text().ends_with(&format!("\nIncomplete: {missing}.\n")), "{}", found.to_text());
    }
}
