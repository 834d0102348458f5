//! One test for each class of faults in CORS middleware.

use fetch_cors::server::{Danger, OriginPattern, PatternConfig, Policy, PolicyConfig};

use crate::{answer, answer_into, get, preflight};

static CREDENTIALED: Policy<'static> =
    Policy::builder(&[OriginPattern::new("https://app.example"), OriginPattern::new("https://*.app.example")])
        .methods("PUT, DELETE")
        .request_headers("authorization, content-type")
        .exposed_headers("etag")
        .credentials()
        .max_age_seconds(600)
        .build_or_panic();

static ORIGINS_ONLY: Policy<'static> =
    Policy::builder(&[OriginPattern::new("https://app.example"), OriginPattern::new("https://b.example")])
        .build_or_panic();

const VARY: [&str; 1] = ["vary: origin"];

#[test]
fn a_hostile_list_of_request_headers_is_not_sent_back() {
    let usual = preflight(&CREDENTIALED, "https://app.example", "PUT", Some("authorization"));
    for list in [",".repeat(65_536), "x".repeat(65_536), "x-a,".repeat(16_384), " \t".repeat(30_000)] {
        assert_eq!(preflight(&CREDENTIALED, "https://app.example", "PUT", Some(&list)), usual);
    }
    let mirror = PolicyConfig::new(["https://app.example"]).request_headers(["*"]).credentials().build().unwrap();
    let answer = preflight(&mirror, "https://app.example", "PUT", Some(&"x-a,".repeat(16_384)));
    assert!(!answer.headers.iter().any(|line| line.starts_with("access-control-allow-headers")));
}

#[test]
fn no_line_of_vary_is_lost_or_doubled() {
    let before = [("Vary", "Accept-Encoding, ORIGIN"), ("vary", "Cookie")];
    let written = answer_into(&CREDENTIALED, "GET", &[("origin", "https://evil.example")], &before);
    assert_eq!(written.headers, ["Vary: Accept-Encoding, ORIGIN", "vary: Cookie"]);
    let before = [("Vary", "Accept-Encoding"), ("vary", "Cookie")];
    let written = answer_into(&CREDENTIALED, "GET", &[], &before);
    assert_eq!(written.headers, ["Vary: Accept-Encoding", "vary: Cookie", "vary: origin"]);
    let written = answer_into(&CREDENTIALED, "GET", &[], &[("vary", "*")]);
    assert_eq!(written.headers, ["vary: *"]);
}

#[test]
fn options_without_preflight_headers_reaches_the_application() {
    for request in [
        &[][..],
        &[("origin", "https://app.example")],
        &[("access-control-request-method", "PUT")],
        &[
            ("origin", "https://a.app.example"),
            ("origin", "https://app.example"),
            ("access-control-request-method", "PUT"),
        ],
    ] {
        assert_eq!(answer(&CREDENTIALED, "OPTIONS", request).kind, "handle");
    }
    let put = [("origin", "https://app.example"), ("access-control-request-method", "PUT")];
    assert_eq!(answer(&CREDENTIALED, "GET", &put).kind, "handle");
    assert_eq!(answer(&CREDENTIALED, "options", &put).kind, "handle");
}

#[test]
fn a_refused_origin_gets_vary_and_nothing_else() {
    for origin in ["https://evil.example", "null", "", "\u{fc}", "https://app.example/"] {
        assert_eq!(get(&CREDENTIALED, origin), VARY, "{origin}");
        let refused = preflight(&CREDENTIALED, origin, "PUT", Some("authorization"));
        assert_eq!((refused.status, &refused.headers[..]), (Some(403), &VARY.map(String::from)[..]), "{origin}");
        assert!(refused.refusal.is_some());
    }
    assert_eq!(answer(&CREDENTIALED, "GET", &[]).headers, VARY);
}

#[test]
fn several_origin_lines_are_refused() {
    let request = [("Origin", "https://app.example"), ("origin", "https://app.example")];
    let answer = answer(&CREDENTIALED, "GET", &request);
    assert_eq!((answer.refusal, answer.headers), (Some("origin-several"), VARY.map(String::from).to_vec()));
}

#[test]
fn several_request_header_lines_are_all_read() {
    let minimal = PolicyConfig::new(["https://app.example"])
        .request_headers(["x-a", "x-b"])
        .disclosure(fetch_cors::server::Disclosure::Minimal)
        .build()
        .unwrap();
    let lines = |second| {
        let request = [
            ("origin", "https://app.example"),
            ("access-control-request-method", "GET"),
            ("access-control-request-headers", "X-A , ,"),
            ("access-control-request-headers", second),
        ];
        let answer = answer(&minimal, "OPTIONS", &request);
        answer.headers.into_iter().filter(|line| line.starts_with("access-control-allow-headers")).collect::<Vec<_>>()
    };
    assert_eq!(lines("x-b"), ["access-control-allow-headers: X-A , ,", "access-control-allow-headers: x-b"]);
    assert_eq!(lines("x-evil"), [""; 0]);
}

#[test]
fn origin_and_method_outside_ascii_get_no_grant() {
    let origin: Vec<u8> = (0x80..=0xFF).collect();
    let lines: [(&str, &[u8]); 2] = [("origin", &origin), ("access-control-request-method", b"\xFF")];
    for method in ["OPTIONS", "GET", "\u{fc}"] {
        let decision = CREDENTIALED.decide(method, fetch_cors::header::Headers::from_pairs(&lines));
        let mut written: Vec<(&str, &[u8])> = Vec::new();
        decision.write(&mut written).unwrap();
        assert!(written.iter().all(|(name, _)| *name == "vary"), "{method}: {written:?}");
        assert_eq!(decision.refusal().map(|refusal| refusal.code()), Some("origin-malformed"), "{method}");
    }
}

#[test]
fn malformed_origin_below_a_wildcard_is_not_reflected() {
    for origin in
        ["https://a b/@.app.example", "https://a..app.example", "https://A.app.example", "https://a.app.example:0443"]
    {
        assert_eq!(get(&CREDENTIALED, origin), VARY, "{origin}");
    }
}

#[test]
fn a_preflight_for_an_upload_listener_passes_by_origins_alone() {
    let answer = preflight(&ORIGINS_ONLY, "https://app.example", "POST", None);
    assert_eq!(answer.status, Some(204));
    assert_eq!(
        answer.headers,
        [
            "vary: origin",
            "access-control-allow-origin: https://app.example",
            "access-control-allow-methods: GET, HEAD, POST",
        ]
    );
}

#[test]
fn a_response_cannot_be_split() {
    let any = PolicyConfig::new(["https://*.app.example"])
        .methods(["*"])
        .request_headers(["*", "authorization"])
        .credentials()
        .build()
        .unwrap();
    for injected in ["x\r\nset-cookie: a=b", "x\nb", "x\0", "x\r"] {
        let origin = format!("https://a.app.example{injected}");
        assert_eq!(get(&any, &origin), VARY);
        let answer = preflight(&any, "https://a.app.example", injected, Some(injected));
        assert!(answer.headers.iter().all(|line| !line.contains(['\r', '\n', '\0'])), "{answer:?}");
    }
}

#[test]
fn a_refusal_of_a_hostile_origin_stays_on_its_line() {
    use fetch_cors::header::Headers;
    for origin in
        [&b"https://a\r\n2026-01-01 ERROR b"[..], b"\x1B[2J", b"\xC3\xBC\x00", b"\xE2\x80\xA8", b"https://evil.example"]
    {
        for method in ["GET", "OPTIONS"] {
            let lines: [(&str, &[u8]); 2] = [("origin", origin), ("access-control-request-method", b"PUT")];
            let refusal = CREDENTIALED.decide(method, Headers::from_pairs(&lines)).refusal();
            let reported = refusal.unwrap().to_string();
            assert!(reported.bytes().all(|byte| matches!(byte, 0x20..0x7F)), "{reported:?}");
        }
    }
}

#[test]
fn a_requests_vary_is_not_sent_back() {
    let request = [("origin", "https://app.example"), ("vary", "x-evil"), ("access-control-request-method", "PUT")];
    for method in ["GET", "OPTIONS"] {
        let lines = answer(&CREDENTIALED, method, &request).headers;
        assert_eq!(lines.iter().filter(|line| line.starts_with("vary")).collect::<Vec<_>>(), ["vary: origin"]);
    }
}

#[test]
fn credentials_are_never_sent_with_a_wildcard_and_null_is_never_reflected() {
    let errors = PolicyConfig::new(["*", "null"]).credentials().build().unwrap_err();
    assert_eq!(
        errors.iter().map(|error| error.code()).collect::<Vec<_>>(),
        ["any-origin-not-spelled-out", "opaque-origin-not-spelled-out"]
    );
    let any = fetch_cors::server::PatternConfig::new("*").dangerously_allow(fetch_cors::server::Danger::AnyOrigin);
    let any = PolicyConfig::new([any]).credentials().build().unwrap();
    assert_eq!(get(&any, "https://x.example")[1], "access-control-allow-origin: https://x.example");
    assert_eq!(get(&any, "null"), VARY);
    assert_eq!(get(&any, "https://x/y"), VARY);
}

#[test]
fn a_method_in_lower_case_is_neither_folded_nor_refused() {
    // The list is sent unchanged. `put` is another method than `PUT`, and the browser reports that.
    let answer = preflight(&CREDENTIALED, "https://app.example", "put", None);
    assert!(answer.headers.contains(&"access-control-allow-methods: PUT, DELETE".into()));
}

#[test]
fn response_never_has_two_allow_origin_lines() {
    use fetch_cors::server::{Upstream, UpstreamExposed};
    let upstream = [
        ("Access-Control-Allow-Origin", "*"),
        ("Access-Control-Expose-Headers", "x-total"),
        ("access-control-allow-origin", "https://app.example"),
        ("Access-Control-Allow-Credentials", "true"),
    ];
    let config = PolicyConfig::new(["https://app.example", "https://b.example"]).exposed_headers(["etag"]);
    let names = ["allow-origin", "allow-credentials", "expose-headers"];
    for (choice, origin, lines, counts) in [
        (Upstream::Replace(UpstreamExposed::Remove), "https://app.example", &upstream[..], [1, 0, 1]),
        (Upstream::Replace(UpstreamExposed::Merge), "https://app.example", &upstream, [1, 0, 2]),
        (Upstream::Replace(UpstreamExposed::Merge), "https://evil.example", &upstream, [0, 0, 0]),
        (Upstream::Replace(UpstreamExposed::Remove), "https://evil.example", &upstream, [0, 0, 0]),
        (Upstream::Keep, "https://app.example", &upstream, [1, 0, 1]),
        (Upstream::Keep, "https://app.example", &upstream[..2], [1, 0, 1]),
        (Upstream::Keep, "https://evil.example", &upstream[..2], [1, 0, 1]),
        (Upstream::Keep, "https://evil.example", &upstream, [0, 0, 0]),
        (Upstream::Keep, "https://app.example", &upstream[1..2], [1, 0, 2]),
    ] {
        let policy = config.clone().upstream(choice).build().unwrap();
        let headers = answer_into(&policy, "GET", &[("origin", origin)], lines).headers;
        let count = |name: &str| {
            let name = format!("access-control-{name}: ");
            headers.iter().filter(|line| line.to_ascii_lowercase().starts_with(&name)).count()
        };
        assert_eq!(names.map(count), counts, "{choice:?} {origin} {headers:?}");
    }
}

proptest::proptest! {
    /// Whatever the input is, the answer has only the policy's header names, and no bytes that end a line.
    #[test]
    fn an_answer_has_only_well_formed_lines(
        method in "OPTIONS|GET|\\PC{0,8}",
        lines in proptest::collection::vec(
            (
                "(?i)origin|access-control-request-(method|headers|private-network)|sec-fetch-site|host|\\PC{0,12}",
                proptest::prop_oneof![
                    proptest::strategy::Just(b"https://a.app.example".to_vec()),
                    proptest::collection::vec(proptest::arbitrary::any::<u8>(), 0..60),
                ],
            ),
            0..8,
        ),
    ) {
        use fetch_cors::{header::Headers, server::{Disclosure, Enforcement, PrivateNetwork}};
        let base = || PolicyConfig::new(["https://*.app.example", "http://localhost:*"]).credentials();
        let lines: Vec<(&str, &[u8])> = lines.iter().map(|(name, value)| (name.as_str(), value.as_slice())).collect();
        for config in [
            base().methods(["*"]).request_headers(["*"]).private_network(PrivateNetwork::Allowed),
            base().methods(["PUT"]).request_headers(["x-a"]).disclosure(Disclosure::Minimal),
            base().enforcement(Enforcement::Server),
            base().external_lookup(),
            PolicyConfig::new(["*"]),
        ] {
            let policy = config.build().unwrap();
            let mut sink: Vec<(&str, &[u8])> = Vec::new();
            policy.decide(&method, Headers::from_pairs(&lines)).write(&mut sink).unwrap();
            for (name, value) in sink {
                proptest::prop_assert!(name == "vary" || name.starts_with("access-control-"));
                proptest::prop_assert!(value.iter().all(|byte| (0x20..0x7F).contains(byte) || *byte == b'\t'));
            }
        }
    }
}

#[test]
fn an_origin_with_a_host_after_file_is_not_reflected() {
    let any = PatternConfig::new("*").dangerously_allow(Danger::AnyOrigin);
    let policy = PolicyConfig::new([any]).credentials().build().unwrap();
    assert!(policy.allows_origin(b"https://any.example"));
    for origin in ["file://evil", "file://evil.example", "file://"] {
        assert!(!policy.allows_origin(origin.as_bytes()), "{origin}");
    }
}
