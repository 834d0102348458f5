//! All faults of one pattern, and the pattern that was probably meant.

use fetch_cors::{
    origin::Origin,
    server::{OriginPattern, PatternReason, Policy, PolicyConfig},
};
use proptest::prelude::*;

/// The codes and places of a pattern's faults, and the intended pattern. Both types of policy must report the same.
fn faults(text: &str) -> (Vec<(&'static str, usize)>, Option<String>) {
    let pattern = OriginPattern::new(text);
    let found: Vec<_> = pattern.faults().map(|fault| (fault.reason.code(), fault.offset)).collect();
    let errors = PolicyConfig::new([text]).build().unwrap_err();
    assert!(errors.iter().map(|error| error.code()).eq(found.iter().map(|fault| fault.0)), "{errors}");
    let patterns = [pattern];
    assert!(Policy::builder(&patterns).errors().eq(errors.iter()), "{errors}");
    let suggestion = errors.iter().next().and_then(|error| error.suggestion().map(|it| it.to_string()));
    (found, suggestion)
}

#[test]
fn all_faults_of_a_pattern_are_reported_leftmost_first_with_one_fix() {
    for (text, expected, fix) in [
        (
            "HTTPS://App.Example:443/path",
            &[("upper-case", 0), ("port-default", 19), ("path", 23)][..],
            Some("`https://app.example`"),
        ),
        (" https://a.example", &[("blank", 0)], Some("`https://a.example`")),
        ("https://a.example\n", &[("blank", 17)], Some("`https://a.example`")),
        ("\thttps://a.example/ ", &[("blank", 0), ("trailing-slash", 18)], Some("`https://a.example`")),
        ("http://::1", &[("ipv6-brackets", 7)], Some("`http://[::1]`")),
        ("https://2001:db8::1/", &[("ipv6-brackets", 8), ("trailing-slash", 19)], Some("`https://[2001:db8::1]`")),
        ("localhost:3000", &[("scheme-missing", 0)], Some("`http://localhost:3000`")),
        ("127.0.0.1", &[("scheme-missing", 0)], Some("`http://127.0.0.1`")),
        ("127.evil.example", &[("scheme-missing", 0)], Some("`https://127.evil.example`")),
        ("*.example.com", &[("scheme-missing", 0)], Some("`https://*.example.com`")),
        ("//App.example", &[("scheme-missing", 0), ("upper-case", 2)], Some("`https://app.example`")),
        ("http:/a.example", &[("scheme-missing", 0)], Some("`https://a.example`")),
        ("https://user:pass@a.example", &[("userinfo", 17)], Some("`https://a.example`")),
        ("https://a.example:0443?x", &[("port-leading-zero", 17), ("path", 22)], Some("`https://a.example`")),
        ("https://a.example:80443", &[("port-out-of-range", 17)], None),
        ("https://a..example", &[("label-empty", 10)], None),
        ("https://*", &[("wildcard-place", 8)], None),
        ("https://$HOST", &[("variable", 0)], None),
        ("file:///index.html", &[("scheme-file", 0), ("path", 7)], Some("`file://`")),
        (
            "https://a.example,https://b.example",
            &[("several-origins", 17)],
            Some("`https://a.example`, `https://b.example`"),
        ),
        (
            "https://a.example https://B.example/",
            &[("several-origins", 17)],
            Some("`https://a.example`, `https://b.example`"),
        ),
        ("https://a.example; b.example", &[("several-origins", 17)], Some("`https://a.example`, `https://b.example`")),
        ("https://a.example\n2026-11-27 info ok", &[("blank", 17)], None),
    ] {
        assert_eq!(faults(text), (expected.to_vec(), fix.map(str::to_owned)), "{text:?}");
    }
}

#[test]
fn an_error_does_not_end_its_line_or_control_a_terminal() {
    let hostile = [
        "\n2026-11-27 INFO ok",
        "\u{1b}[2Jx",
        "\u{7f}",
        "\u{85}",
        "\u{9b}2J",
        "\u{202e}x",
        "\u{2066}",
        "\u{2028}",
        "\r",
    ];
    for text in hostile {
        let config =
            PolicyConfig::new([format!("https://a.example{text}"), text.to_owned(), format!("https://x,{text}y")])
                .methods([text])
                .request_headers([text])
                .exposed_headers([text]);
        let reported = config.build().unwrap_err().to_string();
        assert!(reported.bytes().all(|byte| matches!(byte, b' '..=b'~' | b'\n')), "{reported:?}");
        assert_eq!(reported.lines().count(), config.build().unwrap_err().iter().count(), "{reported:?}");
    }
    #[cfg(feature = "serde")]
    {
        let json = "{\"origins\": \"*\", \"\\u001b[2J\": 1, \"credentials\": \"\\u202e\\n\", \"rules\": \"\\u0085\"}";
        let config: PolicyConfig = serde_json::from_str(json).unwrap();
        let reported = config.build().unwrap_err().to_string();
        assert!(
            reported.bytes().all(|byte| matches!(byte, b' '..=b'~' | b'\n')) && reported.lines().count() == 3,
            "{reported:?}"
        );
    }
}

#[test]
fn origins_of_urls_are_parsed_by_both_halves() {
    for origin in [
        "https://x-.a.example",
        "https://-x.a.example",
        "https://a.example.",
        "https://a_b.example",
        "https://_.example",
        "https://a!b.example",
        "http://127.0.0.1",
        "http://[::1]:3000",
        "safari-web-extension://140BB581-A2C0-422A-9DD3-6982A5ABEE5E",
    ] {
        let policy = PolicyConfig::new([origin]).build().unwrap();
        assert!(policy.allows_origin(origin.as_bytes()) && Origin::parse(origin).is_ok(), "{origin}");
        assert!(OriginPattern::ANY.matches(origin.as_bytes()), "{origin}");
    }
    assert!(!OriginPattern::ANY.matches(b"https://[0::]") && !OriginPattern::new("app://*").matches(b"app://[0::]"));
    let wild = PolicyConfig::new(["https://*.a.example", "https://*.b.example."]).build().unwrap();
    for (origin, allowed) in [
        ("https://x-.a.example", true),
        ("https://x.b.example.", true),
        ("https://x.a.example.", false),
        ("https://x.b.example", false),
    ] {
        assert_eq!(wild.allows_origin(origin.as_bytes()), allowed, "{origin}");
    }
    for origin in ["https://1.2.3", "https://a.1", "https://256.0.0.1", "https://a.0x1", "https://1.2.3.4."] {
        assert!(Origin::parse(origin).is_err() && !OriginPattern::ANY.matches(origin.as_bytes()), "{origin}");
        assert_eq!(OriginPattern::new(origin).fault().map(|fault| fault.reason), Some(PatternReason::Ipv4), "{origin}");
    }
}

const PARSED: Result<Origin<'static>, fetch_cors::origin::InvalidOrigin> = Origin::parse("https://app.example:8443");

#[test]
fn an_origin_is_parsed_at_compile_time() {
    assert_eq!(PARSED.unwrap().port(), Some(8443));
}

#[test]
fn normalized_method_in_lower_case_is_an_error() {
    for (method, sent_as) in [
        ("put", "PUT"),
        ("Delete", "DELETE"),
        ("gET", "GET"),
        ("head", "HEAD"),
        ("options", "OPTIONS"),
        ("Post", "POST"),
    ] {
        let errors = PolicyConfig::new(["*"]).methods([method]).build().unwrap_err();
        let error = errors.iter().next().unwrap();
        assert_eq!((error.code(), error.suggestion().unwrap().to_string()), ("method-case", format!("`{sent_as}`")));
        let borrowed = Policy::builder(&[OriginPattern::ANY]).methods(method).build().unwrap_err();
        assert_eq!(borrowed, error);
    }
    for method in ["PUT", "patch", "query", "Patch", "put-it"] {
        assert!(PolicyConfig::new(["*"]).methods([method]).build().is_ok(), "{method}");
    }
}

proptest! {
    /// Both types of policy report the same for any list, and a fix is valid.
    #[test]
    fn const_and_owned_policies_report_equal_mistakes(
        texts in proptest::collection::vec(
            prop_oneof![
                "(HTTPS?|https?|moz-extension|file|x)?(://)?(u@)?([aA*.:-]|\\[::1\\]|co\\.uk|vercel\\.app|example\\.com|127\\.1|\n){0,4}(:[0-9*]{0,6})?[/, ]?",
                "\\PC{0,20}",
            ],
            1..4,
        ),
        methods in "(PUT|put|TRACE|a b|,|Patch){0,2}",
        credentials: bool,
    ) {
        let config = PolicyConfig::new(texts.iter().map(String::as_str));
        let patterns: Vec<OriginPattern<'_>> = texts.iter().map(|text| OriginPattern::new(text)).collect();
        let builder = Policy::builder(&patterns);
        let (config, builder) =
            if credentials { (config.credentials(), builder.credentials()) } else { (config, builder) };
        let config = if methods.is_empty() { config } else { config.methods(methods.split(',').map(str::trim)) };
        let builder = builder.methods(&methods);
        match config.build() {
            Ok(_) => prop_assert_eq!(builder.errors().next(), None),
            Err(errors) => prop_assert!(builder.errors().eq(errors.iter()), "{errors}"),
        }
        for pattern in patterns {
            let faults: Vec<usize> = pattern.faults().map(|fault| fault.offset).collect();
            prop_assert!(faults.is_sorted());
            prop_assert_eq!(pattern.fault(), pattern.faults().next());
            if let Some(suggestion) = pattern.suggestion() {
                prop_assert_eq!(OriginPattern::new(suggestion.as_str()).fault(), None);
            }
        }
    }
}
