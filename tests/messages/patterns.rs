//! Edge cases of patterns: hosts that are nearly numbers or too long, and texts that are not patterns.

use fetch_cors::{
    header::Headers,
    server::{Decision, Disclosure, OriginPattern, Policy, PolicyConfig},
};

fn reported(pattern: &str) -> String {
    match PolicyConfig::new([pattern]).build() {
        Ok(policy) => policy.allows_origin(pattern.as_bytes()).to_string(),
        Err(errors) => errors.iter().next().unwrap().code().to_owned(),
    }
}

#[test]
fn pattern_hosts_that_look_like_ipv4_or_are_too_long_are_rejected() {
    let domain = |length: usize| ["a".repeat(62), "b".repeat(62), "c".repeat(62), "d".repeat(length - 189)].join(".");
    for (pattern, expected) in [
        ("https://a.0xg".to_owned(), "true"),
        ("https://a.0x1f".to_owned(), "ipv4-invalid"),
        ("https://a.0x".to_owned(), "ipv4-invalid"),
        ("https://a.1".to_owned(), "ipv4-invalid"),
        ("https://127.0.0.1".to_owned(), "true"),
        ("https://a.example:0".to_owned(), "true"),
        ("https://a.example:00".to_owned(), "port-leading-zero"),
        ("https://*.127.0.0.1".to_owned(), "wildcard-address"),
        ("https://*.[::1]".to_owned(), "wildcard-address"),
        (format!("https://{}", domain(252)), "true"),
        (format!("https://*.{}", domain(251)), "false"),
        (format!("https://*.{}", domain(252)), "host-too-long"),
    ] {
        assert_eq!(reported(&pattern), expected, "{pattern}");
    }
}

#[test]
fn invalid_pattern_matches_nothing() {
    for text in ["https://app.example/", "app.example", "", "https://*"] {
        let pattern = OriginPattern::new(text);
        assert!(pattern.fault().is_some() && !pattern.matches(text.as_bytes()), "{text}");
    }
    assert!(OriginPattern::new("https://app.example").fault().is_none());
}

#[test]
fn mirrored_method_over_4096_bytes_is_not_sent() {
    let patterns = [OriginPattern::new("https://app.example")];
    let policy = Policy::builder(&patterns).methods("*").credentials().build().unwrap();
    for (length, sent) in [(4096, true), (4097, false)] {
        let method = "M".repeat(length);
        let request: [(&str, &[u8]); 2] =
            [("Origin", b"https://app.example"), ("Access-Control-Request-Method", method.as_bytes())];
        let Decision::AnswerPreflight(answer) = policy.decide("OPTIONS", Headers::from_pairs(&request)) else {
            panic!()
        };
        let mut lines: Vec<(&str, &[u8])> = Vec::new();
        answer.write(&mut lines).unwrap();
        let expected = if sent { method.as_bytes() } else { b"GET, HEAD, POST" };
        assert!(lines.contains(&("access-control-allow-methods", expected)), "{length}: {lines:?}");
    }
}

#[test]
fn minimal_disclosure_sends_no_list_that_the_policy_lacks() {
    let config = PolicyConfig::new(["https://app.example"]).disclosure(Disclosure::Minimal);
    let request: [(&str, &[u8]); 3] = [
        ("Origin", b"https://app.example"),
        ("Access-Control-Request-Method", b"PUT"),
        ("Access-Control-Request-Headers", b"x-a"),
    ];
    let policy = config.build().unwrap();
    let Decision::AnswerPreflight(answer) = policy.decide("OPTIONS", Headers::from_pairs(&request)) else { panic!() };
    let mut lines: Vec<(&str, &[u8])> = Vec::new();
    answer.write(&mut lines).unwrap();
    let names: Vec<&str> = lines.iter().map(|line| line.0).collect();
    assert_eq!(names, ["vary", "access-control-allow-origin", "access-control-allow-methods"]);
}
