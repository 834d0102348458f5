//! Patterns and sets of them, against the oracle.

use fetch_cors::server::{Danger, OriginPattern, PatternConfig, PatternReason, PolicyConfig};
use proptest::prelude::*;

use testkit::{
    oracle::{origin_pattern, valid_origin_pattern},
    rng::Rng,
};

/// Compares one policy of up to `patterns` patterns with the oracle, using `origins` origins.
fn compare(rng: &mut Rng, patterns: usize, origins: usize) {
    let patterns: Vec<String> = (0..=rng.below(patterns)).map(|_| rng.pattern()).collect();
    let owned = PolicyConfig::new(patterns.iter().cloned()).build().unwrap();
    for _ in 0..origins {
        let near = rng.below(patterns.len());
        let origin = rng.origin_near(&patterns[near]);
        let expected = patterns.iter().any(|pattern| origin_pattern::matches(pattern, &origin));
        assert_eq!(owned.allows_origin(origin.as_bytes()), expected, "{origin} by {patterns:?}");
        let alone = OriginPattern::new(&patterns[near]).matches(origin.as_bytes());
        assert_eq!(alone, origin_pattern::matches(&patterns[near], &origin), "{origin} by {}", patterns[near]);
    }
}

#[test]
fn the_index_agrees_with_the_oracle() {
    let mut rng = Rng::from_seed(0x5EED);
    for _ in 0..2_000 {
        compare(&mut rng, 20, 20);
    }
}

/// `cargo test --release --test server -- --ignored` takes a few seconds.
#[test]
#[ignore = "millions of pairs"]
fn the_index_agrees_with_the_oracle_on_millions() {
    let mut rng = Rng::from_seed(0xC0_FFEE);
    for _ in 0..20_000 {
        compare(&mut rng, 12, 200);
    }
}

proptest! {
    #[test]
    fn a_malformed_origin_matches_no_pattern(origin in "[a-z]{1,5}://[ -~]{0,12}\\.example(:[0-9]{0,6})?") {
        for pattern in ["https://*.example", "http://*.example:*", "*"] {
            let matched = OriginPattern::new(pattern).matches(origin.as_bytes());
            prop_assert_eq!(matched, origin_pattern::matches(pattern, &origin));
        }
    }

    #[test]
    fn the_index_agrees_with_the_oracle_by_any_bytes(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        compare(&mut Rng::from_bytes(&bytes), 6, 4);
    }

    #[test]
    fn pattern_is_valid_if_the_oracle_accepts_it(
        text in "((https?|ftp|tauri|file|a+b)://)?(\\*\\.|[a-z]?\\*-?[a-z]?\\.)?([a-z0-9*-]{1,3}|0x[0-9a-f]|[0-9]{1,3}\\.0\\.0\\.1|\\[::[0-9]\\])(\\.[a-z0-9_-]{0,4}){0,2}(:(80|443|21|0?[0-9]{1,5}|\\*))?"
    ) {
        prop_assert_eq!(OriginPattern::new(&text).fault().is_none(), valid_origin_pattern::is_pattern(&text), "{}", text);
    }

    #[test]
    fn any_bytes_and_any_pattern_text_do_not_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400), text in ".{0,60}") {
        let _ = OriginPattern::new("https://*.example").matches(&bytes);
        let policy = PolicyConfig::new(["https://*.example", "http://a:*", "https://b"]).build().unwrap();
        prop_assert!(!policy.allows_origin(&bytes));
        let _ = PolicyConfig::new([text.as_str()]).build();
    }
}

#[test]
fn origins_that_only_end_like_a_pattern_are_refused() {
    let policy = PolicyConfig::new(["https://*.example.com", "https://app.example.com:8443"]).build().unwrap();
    for origin in [
        "https://a.example.com",
        "https://a.b.example.com",
        "https://a_b.example.com",
        "https://-a.example.com",
        "https://app.example.com:8443",
    ] {
        assert!(policy.allows_origin(origin.as_bytes()), "{origin}");
    }
    let long = format!("https://{}.example.com", "a".repeat(65_536));
    let labels = format!("https://{}example.com", "a.".repeat(32_768));
    for origin in [
        "https://evilexample.com",
        "https://example.com.evil.net",
        "https://example.com",
        "https://a.example.com.",
        "https://a.EXAMPLE.com",
        "HTTPS://a.example.com",
        "https://a.example.com:443",
        "https://a.example.com:8443",
        "http://a.example.com",
        "https://user@a.example.com",
        "https://user:pass@a.example.com",
        "https://evil.net/.example.com",
        "https://evil.net?.example.com",
        "https://evil.net#.example.com",
        "https://evil.net\\.example.com",
        "https://a b/@.example.com",
        "https://a..example.com",
        "https://.example.com",
        "https://b\u{fc}cher.example.com",
        "https://a.example.com, https://b.example.com",
        "https://a.example.com\r\nset-cookie: a=b",
        "https://a.example.com\0",
        "https://*.example.com",
        "null",
        "*",
        "",
        &long,
        &labels,
    ] {
        assert!(!policy.allows_origin(origin.as_bytes()), "{}", &origin[..origin.len().min(60)]);
    }
}

#[test]
fn each_fault_of_a_pattern_is_named_and_located() {
    use PatternReason::*;
    for (text, reason, offset) in [
        ("", Empty, 0),
        ("app.example", SchemeMissing, 0),
        ("app.example:99", SchemeMissing, 0),
        ("://a", SchemeInvalid, 0),
        ("1a://a", SchemeInvalid, 0),
        ("ht_tp://a", SchemeInvalid, 2),
        ("HTTPS://a", UpperCase, 0),
        ("file://a", SchemeFile, 0),
        ("https://a/", TrailingSlash, 9),
        ("https://a/b", Path, 9),
        ("https://a?b", Path, 9),
        ("https://u@a", Userinfo, 9),
        ("https://A", UpperCase, 8),
        ("https://b\u{fc}cher.example", NonAscii, 9),
        ("https://", HostEmpty, 8),
        ("https://:80", HostEmpty, 8),
        ("https://a b", Blank, 9),
        ("https://a..b", LabelEmpty, 10),
        ("https://*", WildcardPlace, 8),
        ("https://*a", WildcardPlace, 8),
        ("https://a.*.b", WildcardPlace, 10),
        ("https://*.*.b", WildcardPlace, 10),
        ("https://a:8*", WildcardPlace, 9),
        ("*://a", SchemeWildcard, 0),
        ("https://*.127.0.0.1", WildcardAddress, 9),
        ("https://*.[::1]", WildcardAddress, 9),
        ("https://1.2.3", Ipv4, 8),
        ("https://256.1.1.1", Ipv4, 10),
        ("https://01.1.1.1", Ipv4, 9),
        ("https://[::1", Ipv6, 8),
        ("https://[fe80::1%eth0]", Ipv6, 16),
        ("https://[0:0:0:0:0:0:0:1]", Ipv6Form, 9),
        ("https://[::ABCD]", Ipv6Form, 11),
        ("https://[1:2:3:4:5:6:7:12345]", Ipv6, 23),
        ("https://[1:2:3:4:5:6:7:01]", Ipv6Form, 23),
        ("https://a:", PortInvalid, 9),
        ("https://a:b", PortInvalid, 9),
        ("https://a:080", PortLeadingZero, 9),
        ("https://a:65536", PortOutOfRange, 9),
        ("https://a:443", PortDefault, 9),
        ("http://a:80", PortDefault, 8),
        ("ftp://a:21", PortDefault, 7),
        (" https://a", Blank, 0),
    ] {
        let fault = OriginPattern::new(text).fault().unwrap_or_else(|| panic!("{text}"));
        assert_eq!((fault.reason, fault.offset), (reason, offset), "{text}");
    }
    let label = format!("https://{}", "a".repeat(64));
    assert_eq!(OriginPattern::new(&label).fault().unwrap().reason, HostTooLong);
    let scheme = format!("{}://a", "a".repeat(65));
    assert_eq!(OriginPattern::new(&scheme).fault().unwrap().reason, SchemeTooLong);
    let all = format!("https://{}", "a".repeat(326));
    assert_eq!(OriginPattern::new(&all).fault().unwrap().reason, TooLong);
}

#[test]
fn the_longest_origin_is_matched() {
    let host = format!("{}.{}", vec!["a".repeat(61); 4].join("."), "abcde");
    assert_eq!(host.len(), 253);
    let origin = format!("{}://{host}:65535", "s".repeat(64));
    assert_eq!(origin.len(), 326);
    let policy = PolicyConfig::new([origin.as_str()]).build().unwrap();
    assert!(policy.allows_origin(origin.as_bytes()));
    let wild = format!("{}://*.abcde:*", "s".repeat(64));
    assert!(PolicyConfig::new([wild]).build().unwrap().allows_origin(origin.as_bytes()));
    assert!(!policy.allows_origin(format!("{origin}0").as_bytes()));
}

#[test]
fn any_port_may_follow_a_host_of_any_length() {
    for scheme in ["ws", "http", "https", "tauri"] {
        for length in 1..16 {
            let origin = format!("{scheme}://{}", "abcdefghijklmnop".get(..length).unwrap());
            let pattern = format!("{origin}:*");
            let policy = PolicyConfig::new([pattern.as_str()]).build().unwrap();
            let matches = |origin: &str| {
                let alone = OriginPattern::new(&pattern).matches(origin.as_bytes());
                assert_eq!(alone, policy.allows_origin(origin.as_bytes()), "{origin} by {pattern}");
                alone
            };
            for port in ["", ":1", ":8080", ":65535"] {
                assert!(matches(&format!("{origin}{port}")), "{origin}{port}");
                assert!(!matches(&format!("{origin}x{port}")), "{origin}x{port}");
                assert!(!matches(&format!("{scheme}://x{}{port}", &origin[scheme.len() + 4..])), "{origin}{port}");
            }
            assert!(!matches(&format!("{origin}:")) && !matches(&format!("{origin}:65536")), "{origin}");
        }
    }
}

#[test]
fn custom_schemes_and_allowed_dangers_build() {
    let null = PatternConfig::new("null").dangerously_allow(Danger::OpaqueOrigin);
    let patterns =
        ["tauri://localhost", "capacitor://localhost", "chrome-extension://abcdefghijklmnop", "http://[::1]:*"];
    let mut config: Vec<PatternConfig> = patterns.into_iter().map(PatternConfig::new).collect();
    config.push(null);
    let policy = PolicyConfig::new(config).credentials().build().unwrap();
    for origin in [
        "tauri://localhost",
        "capacitor://localhost",
        "chrome-extension://abcdefghijklmnop",
        "http://[::1]",
        "http://[::1]:5",
        "null",
    ] {
        assert!(policy.allows_origin(origin.as_bytes()), "{origin}");
    }
    assert!(!policy.allows_origin(b"chrome-extension://abcdefghijklmnopq"));
}

#[test]
fn danger_allowed_twice_is_allowed() {
    let null =
        PatternConfig::new("null").dangerously_allow(Danger::OpaqueOrigin).dangerously_allow(Danger::OpaqueOrigin);
    assert!(PolicyConfig::new([null]).build().unwrap().allows_origin(b"null"));
    let null =
        OriginPattern::new("null").dangerously_allow(Danger::OpaqueOrigin).dangerously_allow(Danger::OpaqueOrigin);
    assert!(null.dangers().eq([Danger::OpaqueOrigin]));
}
