//! `cors explain` on repeated fetches, and on the public suffix list.

use super::report;
use crate::report::Verdict;

const KEPT_FOR_A_MINUTE: &str = include_str!("../../../tests/heads/kept-for-a-minute.http");

fn explain(arguments: &[&str], heads: &str) -> (String, Verdict) {
    let origin: &[&str] = if arguments.contains(&"--origin") { &[] } else { &["--origin", "https://app.example"] };
    let report = report(&[origin, arguments].concat(), heads).unwrap();
    (report.to_text(), report.verdict)
}

#[test]
fn preflight_cache_hits_before_max_age_and_misses_from_then_on() {
    let again = |seconds| {
        let arguments = ["-X", "DELETE", "--again", seconds, "https://api.example/7"];
        let (text, verdict) = explain(&arguments, KEPT_FOR_A_MINUTE);
        assert_eq!(verdict, Verdict::Incomplete);
        text.lines().find(|line| line.starts_with("Cache ")).unwrap().to_owned()
    };
    assert!(again("0").starts_with("Cache hit: "));
    assert!(again("59.9").starts_with("Cache hit: "));
    assert_eq!(again("60"), "Cache miss: the method needs a preflight: the cached answer expired at 60 s.");
}

#[test]
fn repeated_request_after_1e19_seconds_is_explained() {
    let arguments = ["-X", "DELETE", "--again", "1e18", "--again", "1.8e19", "https://api.example/7"];
    let (text, verdict) = explain(&arguments, KEPT_FOR_A_MINUTE);
    assert_eq!(verdict, Verdict::Incomplete, "{text}");
}

#[test]
fn second_request_after_a_refused_preflight_reads_its_own_head() {
    let refused = "HTTP/1.1 204 \nAccess-Control-Allow-Origin: *\n\n";
    let arguments = ["-X", "DELETE", "--again", "1", "https://api.example/7"];
    let (text, verdict) = explain(&arguments, &refused.repeat(2));
    assert_eq!(verdict, Verdict::Refused);
    assert!(!text.contains("is not given. To ask for it"), "{text}");
    assert_eq!(text.matches("Answer: status 204 (standard input:").count(), 2, "{text}");
    assert_eq!(text.matches("The response to OPTIONS https://api.example/7 needs").count(), 1, "{text}");
    assert!(!text.contains("The response to DELETE"), "{text}");
}

#[test]
fn same_site_is_decided_by_the_public_suffix_list() {
    let head = "HTTP/1.1 200 OK\nCross-Origin-Resource-Policy: same-site\n\n";
    for (page, url, verdict) in [
        ("https://app.example", "https://api.app.example/", Verdict::Opaque),
        ("https://www.app.example", "https://app.example/", Verdict::Opaque),
        ("https://one.app.example", "https://two.app.example/", Verdict::Opaque),
        ("https://app.example", "https://app.example:8443/", Verdict::Opaque),
        ("https://app.example", "https://otherapp.example/", Verdict::Refused),
        ("https://app.example", "https://example/", Verdict::Refused),
        // Anybody can register a name under these suffixes.
        ("https://one.github.io", "https://two.github.io/", Verdict::Refused),
        ("https://one.co.uk", "https://two.co.uk/", Verdict::Refused),
        ("https://www.one.co.uk", "https://api.one.co.uk/", Verdict::Opaque),
        // Addresses have no names.
        ("http://192.0.2.1", "http://198.51.2.1/", Verdict::Refused),
        ("http://192.0.2.1", "http://192.0.2.1:81/", Verdict::Opaque),
        ("http://[::1]", "http://[::2]/", Verdict::Refused),
    ] {
        let (text, found) = explain(&["--origin", page, "--mode", "no-cors", url], head);
        assert_eq!(found, verdict, "{text}");
    }
}
