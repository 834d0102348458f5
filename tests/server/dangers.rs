//! Dangers are errors with credentials, in every way to build a policy.

use fetch_cors::server::{Danger, OriginPattern, PatternConfig, Policy, PolicyConfig, Rule, RuleConfig};

/// The codes and the fixes of a policy.
fn reports(config: &PolicyConfig) -> Vec<(&'static str, &'static str)> {
    let errors = config.build().err();
    errors
        .iter()
        .flat_map(|errors| errors.iter().map(|error| (error.code(), error.fix())).collect::<Vec<_>>())
        .collect()
}

#[test]
fn danger_is_reported_by_const_config_and_json_policies_alike() {
    for (pattern, danger, code) in [
        ("https://*.co.uk", Danger::PublicSuffix, "public-suffix-not-spelled-out"),
        ("https://*.s3.amazonaws.com", Danger::PublicSuffix, "public-suffix-not-spelled-out"),
        ("https://*.eu-west-1.elb.amazonaws.com", Danger::PublicSuffix, "public-suffix-not-spelled-out"),
        ("https://a-*.github.io", Danger::PublicSuffix, "public-suffix-not-spelled-out"),
        ("https://*-a.vercel.app:8443", Danger::PublicSuffix, "public-suffix-not-spelled-out"),
        ("https://*.github.io:*", Danger::PublicSuffix, "public-suffix-not-spelled-out"),
        ("https://*.github.io.", Danger::PublicSuffix, "public-suffix-not-spelled-out"),
        ("https://*.com", Danger::PublicSuffix, "public-suffix-not-spelled-out"),
        ("chrome-extension://*", Danger::AnyHost, "any-host-not-spelled-out"),
        ("app://*:*", Danger::AnyHost, "any-host-not-spelled-out"),
        ("http://a.example", Danger::InsecureScheme, "insecure-scheme-not-spelled-out"),
        ("http://localhost.evil.example", Danger::InsecureScheme, "insecure-scheme-not-spelled-out"),
        ("http://127.evil.example", Danger::InsecureScheme, "insecure-scheme-not-spelled-out"),
        ("http://10.0.0.1:*", Danger::InsecureScheme, "insecure-scheme-not-spelled-out"),
        ("http://[::2]", Danger::InsecureScheme, "insecure-scheme-not-spelled-out"),
        ("*", Danger::AnyOrigin, "any-origin-not-spelled-out"),
        ("file://", Danger::FileOrigin, "file-origin-not-spelled-out"),
        ("null", Danger::OpaqueOrigin, "opaque-origin-not-spelled-out"),
    ] {
        let safe = || PolicyConfig::new(["https://a.example.com"]);
        let written = format!("{{\"origins\": [\"{pattern}\"], \"credentials\": true}}");
        let spelled_out = |danger: Danger| PatternConfig::new(pattern).dangerously_allow(danger);
        let ways = |pattern: PatternConfig| {
            let list = [pattern];
            [
                PolicyConfig::new(list.clone()).credentials(),
                safe().rule(RuleConfig::new(list.clone()).credentials()),
                safe().credentials().rule(RuleConfig::new(list.clone()).credentials()),
                PolicyConfig::new(list.clone()).on_top_of(&safe().credentials()),
                PolicyConfig::default().credentials().on_top_of(&PolicyConfig::new(list)),
            ]
        };
        let expected = reports(&ways(PatternConfig::new(pattern))[0]);
        assert_eq!(expected.iter().map(|report| report.0).collect::<Vec<_>>(), [code], "{pattern}");
        for (number, config) in ways(PatternConfig::new(pattern)).iter().enumerate() {
            assert_eq!(reports(config), expected, "{pattern} {number}");
        }
        #[cfg(feature = "serde")]
        assert_eq!(reports(&serde_json::from_str(&written).unwrap()), expected, "{pattern}");
        drop(written);
        for other in Danger::ALL.iter().copied() {
            let reports: Vec<_> = ways(spelled_out(other)).iter().map(reports).collect();
            assert!(reports.iter().all(|report| report.is_empty() == (other == danger)), "{pattern} {other:?}");
        }
        let patterns = [OriginPattern::new(pattern)];
        let borrowed: Vec<_> =
            Policy::builder(&patterns).credentials().errors().map(|error| (error.code(), error.fix())).collect();
        assert_eq!(borrowed, expected, "{pattern}");
        let first = [OriginPattern::new("https://a.example.com")];
        let more = [Rule::new(&patterns).credentials()];
        let borrowed: Vec<_> =
            Policy::builder(&first).rules(&more).errors().map(|error| (error.code(), error.fix())).collect();
        assert_eq!(borrowed, expected, "{pattern}");
    }
}

#[test]
fn loopback_over_http_and_wildcards_below_an_own_domain_are_not_dangers() {
    for pattern in [
        "http://localhost:*",
        "http://localhost.",
        "http://*.localhost",
        "http://a-*.b.localhost",
        "http://127.8.9.1:3000",
        "http://[::1]:*",
        "https://*.example.co.uk",
        "https://*.a.github.io",
        "capacitor://localhost",
        "moz-extension://0cf0c2c4",
    ] {
        assert_eq!(reports(&PolicyConfig::new([pattern]).credentials()), [], "{pattern}");
    }
}

#[test]
fn http_origin_below_an_https_wildcard_has_an_https_twin() {
    for (http, https, has_twin) in [
        ("http://a.example.com", "https://a.example.com", true),
        ("http://a.example.com", "https://*.example.com", true),
        ("http://a.example.com:8080", "https://*.example.com:*", true),
        ("http://a.example.com:8080", "https://*.example.com:8080", true),
        ("http://a.example.com:8080", "https://a.example.com", true),
        ("http://pr-1.b.example.com", "https://pr-*.b.example.com", true),
        ("http://*.a.example.com", "https://*.example.com", true),
        ("http://*.example.com", "https://*.a.example.com", false),
        ("http://example.com", "https://*.example.com", false),
        ("http://a.example.com", "https://*.example.com:8443", false),
        ("http://a.example.com", "https://a.example.org", false),
    ] {
        let patterns = [http, https].map(OriginPattern::new);
        let (mut borrowed, mut owned) = (Vec::new(), Vec::new());
        Policy::builder(&patterns).build().unwrap().lint(|lint| borrowed.push(lint.code()));
        PolicyConfig::new([http, https]).build().unwrap().lint(|lint| owned.push(lint.code()));
        assert_eq!(borrowed, owned, "{http} {https}");
        assert_eq!(!borrowed.contains(&"https-twin-missing"), has_twin, "{http} {https}");
    }
}
