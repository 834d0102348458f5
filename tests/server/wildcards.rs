//! Patterns with a wildcard within a label, or for every host of a scheme, and the dangers of wildcards with
//! credentials.

use fetch_cors::server::{Danger, OriginPattern, PatternConfig, Policy, PolicyConfig};

/// Whether `pattern` matches `origin`. Both types of policy and the pattern itself must agree.
fn matches(pattern: &str, origin: &str) -> bool {
    let alone = OriginPattern::new(pattern).matches(origin.as_bytes());
    let owned = PolicyConfig::new([pattern]).build().unwrap();
    let many = (0..20).map(|number| format!("https://*.{number}.other.example")).chain([pattern.to_owned()]);
    let many = PolicyConfig::new(many).build().unwrap();
    let patterns = [OriginPattern::new(pattern)];
    let borrowed = Policy::builder(&patterns).build().unwrap();
    assert_eq!(alone, owned.allows_origin(origin.as_bytes()), "{pattern} {origin}");
    assert_eq!(alone, many.allows_origin(origin.as_bytes()), "{pattern} {origin}");
    assert_eq!(alone, borrowed.allows_origin(origin.as_bytes()), "{pattern} {origin}");
    alone
}

#[test]
fn a_wildcard_within_a_label_matches_a_part_of_that_label_only() {
    for (pattern, origins) in [
        (
            "https://app-*-team.vercel.app",
            &["https://app-1-team.vercel.app", "https://app-git-main-team.vercel.app", "https://app---team.vercel.app"]
                [..],
        ),
        ("https://app-*.example.com", &["https://app-1.example.com", "https://app--.example.com"]),
        ("https://*-staging.example.com", &["https://eu-staging.example.com", "https://_-staging.example.com"]),
        ("https://pr*.a.b.example:8443", &["https://pr7.a.b.example:8443"]),
        ("http://pr*.a.example:*", &["http://pr7.a.example", "http://pr7.a.example:8080"]),
        ("tauri://w*.app.example", &["tauri://w1.app.example"]),
    ] {
        for origin in origins {
            assert!(matches(pattern, origin), "{pattern} {origin}");
        }
    }
    for (pattern, origin) in [
        ("https://app-*-team.vercel.app", "https://app-team.vercel.app"),
        ("https://app-*-team.vercel.app", "https://app--team.vercel.app"),
        ("https://app-*-team.vercel.app", "https://app-a.b-team.vercel.app"),
        ("https://app-*-team.vercel.app", "https://app-1-team.vercel.app.evil.example"),
        ("https://app-*-team.vercel.app", "https://evil.example/app-1-team.vercel.app"),
        ("https://app-*-team.vercel.app", "https://app-1@evil-team.vercel.app"),
        ("https://app-*-team.vercel.app", "https://app-1:2-team.vercel.app"),
        ("https://app-*-team.vercel.app", "https://app-A-team.vercel.app"),
        ("https://app-*-team.vercel.app", "https://app-*-team.vercel.app"),
        ("https://app-*-team.vercel.app", "https://x.app-1-team.vercel.app"),
        ("https://app-*-team.vercel.app", "http://app-1-team.vercel.app"),
        ("https://app-*.example.com", "https://app-.example.com"),
        ("https://app-*.example.com", "https://app-1.example.com:8443"),
        ("https://app-*.example.com", "https://app-1.evil.example.com"),
        ("https://*-staging.example.com", "https://-staging.example.com"),
        ("https://*-staging.example.com", "https://a.b-staging.example.com"),
        ("https://a*a.b.example", "https://a.b.example"),
        ("https://a*a.b.example", "https://aa.b.example"),
    ] {
        if OriginPattern::new(pattern).fault().is_none() {
            assert!(!matches(pattern, origin), "{pattern} {origin}");
        }
    }
}

#[test]
fn a_wildcard_within_a_label_needs_text_beside_it_and_two_labels_after_it() {
    for pattern in [
        "https://*example.com",
        "https://app-*.com",
        "https://app-*",
        "https://*",
        "https://*:8443",
        "https://a*b*c.example.com",
        "https://a.b-*.example.com",
        "https://a-*.*.example.com",
        "https://app-*.com.",
        "*://a-*.example.com",
        "https://app-*.10.0.0.1",
    ] {
        assert!(OriginPattern::new(pattern).fault().is_some(), "{pattern}");
    }
}

#[test]
fn every_host_of_an_extensions_scheme_is_matched() {
    for (pattern, origin, expected) in [
        ("moz-extension://*", "moz-extension://0cf0c2c4-6a4e-4b0f-9d3a-8b6a2a1f7e55", true),
        ("chrome-extension://*", "chrome-extension://abcdefghijklmnopabcdefghijklmnop", true),
        ("safari-web-extension://*", "safari-web-extension://140BB581-A2C0-422A-9DD3-6982A5ABEE5E", true),
        ("app://*:*", "app://localhost:3000", true),
        ("app://*:8080", "app://localhost:8080", true),
        ("moz-extension://*", "moz-extension://", false),
        ("moz-extension://*", "moz-extension://a/", false),
        ("moz-extension://*", "moz-extension://a:1", false),
        ("moz-extension://*", "moz-extension://a b", false),
        ("moz-extension://*", "moz-extension://*", false),
        ("moz-extension://*", "chrome-extension://a", false),
        ("moz-extension://*", "https://moz-extension", false),
    ] {
        assert_eq!(matches(pattern, origin), expected, "{pattern} {origin}");
    }
    for pattern in ["https://*", "http://*", "wss://*", "ftp://*", "file://*", "https://*:*"] {
        assert!(OriginPattern::new(pattern).fault().is_some(), "{pattern}");
    }
}

#[test]
fn file_origin_of_old_webviews_matches_only_where_allowed() {
    let codes = |config: PolicyConfig| -> Vec<&'static str> {
        config
            .build()
            .err()
            .iter()
            .flat_map(|errors| errors.iter().map(|error| error.code()).collect::<Vec<_>>())
            .collect()
    };
    assert_eq!(codes(PolicyConfig::new(["file://"])), ["file-origin-not-spelled-out"]);
    let file = || PatternConfig::new("file://").dangerously_allow(Danger::FileOrigin);
    let policy = PolicyConfig::new([file()]).credentials().build().unwrap();
    assert!(policy.allows_origin(b"file://"));
    for other in ["null", "file:///", "file://a", "https://a.example"] {
        assert!(!policy.allows_origin(other.as_bytes()), "{other}");
    }
    // With credentials `*` is neither `null` nor `file://`.
    let any = PatternConfig::new("*").dangerously_allow(Danger::AnyOrigin);
    let any = PolicyConfig::new([any]).credentials().build().unwrap();
    assert!(!any.allows_origin(b"file://") && !any.allows_origin(b"null") && any.allows_origin(b"https://a.example"));
    assert!(PolicyConfig::new(["*"]).build().unwrap().allows_origin(b"file://"));
}

/// The codes of a policy with this one pattern and credentials, in both forms.
fn codes_with_credentials(pattern: &str, dangers: &[Danger]) -> Vec<&'static str> {
    let config = dangers.iter().fold(PatternConfig::new(pattern), |config, danger| config.dangerously_allow(*danger));
    let owned = PolicyConfig::new([config]).credentials().build();
    let owned: Vec<_> =
        owned.err().iter().flat_map(|errors| errors.iter().map(|e| e.code()).collect::<Vec<_>>()).collect();
    let patterns =
        [dangers.iter().fold(OriginPattern::new(pattern), |pattern, danger| pattern.dangerously_allow(*danger))];
    let borrowed: Vec<_> = Policy::builder(&patterns).credentials().errors().map(|error| error.code()).collect();
    assert_eq!(owned, borrowed, "{pattern}");
    owned
}

#[test]
fn with_credentials_a_wildcard_over_a_shared_suffix_must_be_spelled_out() {
    for pattern in [
        "https://*.com",
        "https://*.dev",
        "https://*.com.",
        "https://*.github.io",
        "https://*.vercel.app",
        "https://*.vercel.app:*",
        "https://app-*-team.vercel.app",
        "https://pr-*.netlify.app",
        "https://*.co.uk",
        "https://*.com.au",
        "https://*.s3.eu-central-1.amazonaws.com",
        "https://*.web.core.windows.net",
        "https://*.windows.net",
        "https://*.a.run.app",
        "https://*.internal",
    ] {
        assert_eq!(codes_with_credentials(pattern, &[]), ["public-suffix-not-spelled-out"], "{pattern}");
        assert_eq!(codes_with_credentials(pattern, &[Danger::PublicSuffix]), [""; 0], "{pattern}");
        assert_eq!(codes_with_credentials(pattern, &[Danger::AnyOrigin]), ["public-suffix-not-spelled-out"]);
        let mut lints = Vec::new();
        PolicyConfig::new([pattern]).build().unwrap().lint(|lint| lints.push(lint.code()));
        assert_eq!(lints, ["public-suffix"], "{pattern}");
    }
    for pattern in [
        "https://*.example.com",
        "https://*.team.vercel.app",
        "https://app-*.team.github.io",
        "https://evil.vercel.app",
        "https://vercel.app",
        "https://*.example.co.uk",
        "https://*.notgithub.io",
        "https://*.localhost",
        "http://*.localhost:*",
        "tauri://*.localhost",
    ] {
        assert_eq!(codes_with_credentials(pattern, &[]), [""; 0], "{pattern}");
    }
    assert_eq!(
        codes_with_credentials("http://*.github.io", &[]),
        ["insecure-scheme-not-spelled-out", "public-suffix-not-spelled-out"]
    );
    assert_eq!(codes_with_credentials("moz-extension://*", &[]), ["any-host-not-spelled-out"]);
    assert_eq!(codes_with_credentials("moz-extension://*", &[Danger::AnyHost]), [""; 0]);
}

#[test]
fn wildcard_shadows_narrower_patterns() {
    for (wide, narrow, covered) in [
        ("https://*.app.example", "https://pr-*.app.example", true),
        ("https://pr-*.app.example", "https://pr-1.app.example", true),
        ("https://pr-*.app.example", "https://pr-a-*.app.example", true),
        ("https://pr-*.app.example:*", "https://pr-*-x.app.example:8443", true),
        ("https://pr-*.app.example", "https://pr-.app.example", false),
        ("https://pr-*.app.example", "https://pr-*.b.app.example", false),
        ("https://pr-*.app.example", "https://*.app.example", false),
        ("https://pr-*.app.example", "https://pr-1.b.app.example", false),
        ("moz-extension://*", "moz-extension://a", true),
        ("moz-extension://a", "moz-extension://*", false),
        ("moz-extension://*", "chrome-extension://a", false),
    ] {
        let patterns = [wide, narrow].map(OriginPattern::new);
        let (mut borrowed, mut owned) = (Vec::new(), Vec::new());
        Policy::builder(&patterns).build().unwrap().lint(|lint| borrowed.push((lint.index, lint.code())));
        PolicyConfig::new([wide, narrow]).build().unwrap().lint(|lint| owned.push((lint.index, lint.code())));
        assert_eq!(borrowed, owned, "{wide} {narrow}");
        assert_eq!(borrowed.contains(&(1, "pattern-shadowed")), covered, "{wide} {narrow}: {borrowed:?}");
    }
}

#[test]
fn an_indexed_policy_finds_the_first_rule_whatever_its_wildcard() {
    let config = (0..12).fold(PolicyConfig::new(["https://a-*.x.example"]), |config, number| {
        config.rule(fetch_cors::server::RuleConfig::new([format!("https://*.t{number}.example")]))
    });
    let policy = config.rule(fetch_cors::server::RuleConfig::new(["https://*.x.example", "app://*"])).build().unwrap();
    for (origin, allowed) in [
        ("https://a-1.x.example", true),
        ("https://b.x.example", true),
        ("https://b.t11.example", true),
        ("app://x", true),
        ("app://", false),
        ("https://a-1.y.example", false),
    ] {
        assert_eq!(policy.allows_origin(origin.as_bytes()), allowed, "{origin}");
    }
}
