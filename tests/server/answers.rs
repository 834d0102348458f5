//! Decisions, setting by setting.

use fetch_cors::{
    header::{HeaderName, Headers},
    server::{
        Caching, Decision, Disclosure, Enforcement, OriginAnswer, OriginPattern, OriginPredicate, Policy, PolicyConfig,
        PrivateNetwork, RequestKind, RuleConfig, Start,
    },
};

use crate::{answer, answer_into, get, preflight};

#[test]
fn policy_for_all_origins_sends_the_same_headers_to_each() {
    let any = PolicyConfig::new(["*"]).request_headers(["*", "authorization"]).exposed_headers(["*"]).build().unwrap();
    let one = PolicyConfig::new(["https://app.example"]).credentials().build().unwrap();
    assert_eq!((any.caching(), one.caching()), (Caching::SameForAll, Caching::SameForAll));
    for request in [&[][..], &[("origin", "https://other.example")], &[("origin", "a"), ("origin", "b")]] {
        let headers = answer(&any, "GET", request).headers;
        assert_eq!(headers, ["access-control-allow-origin: *", "access-control-expose-headers: *"]);
        let headers = answer(&one, "GET", request).headers;
        assert_eq!(
            headers,
            ["access-control-allow-origin: https://app.example", "access-control-allow-credentials: true"]
        );
    }
    let answer = preflight(&one, "https://other.example", "PUT", None);
    assert_eq!((answer.status, answer.refusal), (Some(204), Some("origin-not-allowed")));
    let answer = preflight(&any, "https://other.example", "PUT", None);
    assert_eq!(
        answer.headers,
        [
            "access-control-allow-origin: *",
            "access-control-allow-methods: GET, HEAD, POST",
            "access-control-allow-headers: *, authorization"
        ]
    );
}

#[test]
fn setting_that_reads_the_request_adds_vary() {
    let one = || PolicyConfig::new(["https://app.example"]);
    for config in [
        PolicyConfig::new(["https://app.example", "https://b.example"]),
        PolicyConfig::new(["https://*.app.example"]),
        PolicyConfig::new(["http://localhost:*"]),
        one().rule(RuleConfig::new(["*"])),
        one().external_lookup(),
        one().enforcement(Enforcement::Server),
        one().disclosure(Disclosure::Minimal),
        one().private_network(PrivateNetwork::Allowed),
        one().methods(["*"]).credentials(),
        one().request_headers(["*"]).credentials(),
    ] {
        let policy = config.build().unwrap();
        assert_eq!(policy.caching(), Caching::PerRequest, "{config:?}");
        assert!(answer(&policy, "GET", &[]).headers[0].starts_with("vary: origin"));
    }
    assert_eq!(one().methods(["*"]).build().unwrap().caching(), Caching::SameForAll);
}

#[test]
fn rules_are_tried_in_order() {
    let policy = PolicyConfig::new(["https://app.example"])
        .credentials()
        .rule(RuleConfig::new(["https://*.example", "https://partner.net"]).exposed_headers(["x-partner"]))
        .rule(RuleConfig::new(["https://app.example", "https://x.example"]).exposed_headers(["x-never"]))
        .rule(RuleConfig::new(["*"]))
        .build()
        .unwrap();
    let second = |origin: &str| get(&policy, origin)[2].clone();
    assert_eq!(second("https://app.example"), "access-control-allow-credentials: true");
    assert_eq!(second("https://x.example"), "access-control-expose-headers: x-partner");
    assert_eq!(second("https://partner.net"), "access-control-expose-headers: x-partner");
    assert_eq!(get(&policy, "https://evil.net"), ["vary: origin", "access-control-allow-origin: *"]);
}

#[test]
fn a_wildcard_with_credentials_repeats_the_requested_method_and_headers() {
    let policy =
        PolicyConfig::new(["https://app.example"]).methods(["*"]).request_headers(["*"]).credentials().build().unwrap();
    let lists = |method, names| {
        let headers = preflight(&policy, "https://app.example", method, names).headers;
        assert_eq!(headers[0], "vary: access-control-request-method, origin, access-control-request-headers");
        headers[3..].to_vec()
    };
    assert_eq!(
        lists("PURGE", Some("x-a,x-b")),
        ["access-control-allow-methods: PURGE", "access-control-allow-headers: x-a,x-b"]
    );
    // `*` alone does not cover `Authorization`, with or without credentials.
    assert_eq!(lists("PURGE", Some("authorization,x-b")), ["access-control-allow-methods: PURGE"]);
    assert_eq!(lists("not a token", Some("x\u{e9}")), ["access-control-allow-methods: GET, HEAD, POST"]);
    assert_eq!(lists("PUT", Some("")), ["access-control-allow-methods: PUT"]);
}

#[test]
fn a_requested_list_with_a_blank_in_a_name_is_not_repeated() {
    for names in [&["*"][..], &["*", "authorization"]] {
        let config = PolicyConfig::new(["https://app.example"]).request_headers(names.iter().copied()).credentials();
        let policy = config.build().unwrap();
        let allowed = |asked| {
            let headers = preflight(&policy, "https://app.example", "GET", Some(asked)).headers;
            headers.iter().find_map(|line| Some(line.strip_prefix("access-control-allow-headers: ")?.to_owned()))
        };
        for list in ["x-a,x-b", "x-a, x-b", ", x-a,\t\t,  x-b,", "x-a ,x-b", "x-a\t , x-b"] {
            assert_eq!(allowed(list).as_deref(), Some(list));
        }
        for other in ["x-a x-b", "x-a, x-b\tx-c", "x-a , x b", "a b,", ",a b", "x-a, x-b x-c , x-d"] {
            assert_eq!(allowed(other), None, "{other}");
        }
    }
}

#[test]
fn minimal_disclosure_answers_only_the_requested_method_and_headers() {
    let policy = PolicyConfig::new(["https://app.example"])
        .methods(["PUT", "DELETE"])
        .request_headers(["x-a", "x-b"])
        .disclosure(Disclosure::Minimal)
        .build()
        .unwrap();
    let lists = |method, names| {
        let headers = preflight(&policy, "https://app.example", method, names).headers;
        headers[2..].to_vec()
    };
    assert_eq!(lists("PUT", Some("X-B")), ["access-control-allow-methods: PUT", "access-control-allow-headers: X-B"]);
    assert_eq!(lists("POST", None), ["access-control-allow-methods: GET, HEAD, POST"]);
    // As Firefox asks for a header with many lines.
    let many = ["x-b"; 20].join(",");
    assert_eq!(lists("PUT", Some(&many))[1], format!("access-control-allow-headers: {many}"));
    for covered in ["x-a ,\t, x-b,", ",,,,,,,,,,,,,,,,,", "x-a,x-a,x-a,x-a,x-a,x-b,x-b", " X-A\t,x-a"] {
        assert_eq!(lists("PUT", Some(covered))[1], format!("access-control-allow-headers: {}", covered.trim()));
    }
    for not_covered in ["x-a,x-a,x-a,x-a,x-ab", "x-a x-a", "x-a,x-a x-a", "x-aaaaaaaaaaaa"] {
        assert_eq!(lists("PUT", Some(not_covered)), ["access-control-allow-methods: PUT"], "{not_covered}");
    }
    assert_eq!(lists("PATCH", Some("x-a,x-evil")), ["access-control-allow-methods: GET, HEAD, POST"]);
    let any =
        PolicyConfig::new(["https://app.example"]).methods(["*"]).disclosure(Disclosure::Minimal).build().unwrap();
    assert_eq!(preflight(&any, "https://app.example", "PURGE", None).headers[2], "access-control-allow-methods: *");
}

#[test]
fn legacy_private_network_access_is_granted_to_preflights_that_request_it() {
    let policy = PolicyConfig::new(["https://app.example"]).private_network(PrivateNetwork::Allowed).build().unwrap();
    let ask = |value| {
        let lines = [
            ("origin", "https://app.example"),
            ("access-control-request-method", "GET"),
            ("access-control-request-private-network", value),
        ];
        let headers = answer(&policy, "OPTIONS", &lines).headers;
        assert_eq!(headers[0], "vary: origin, access-control-request-private-network");
        headers.contains(&"access-control-allow-private-network: true".into())
    };
    assert!(ask("true"));
    assert!(!ask("false"));
}

#[test]
fn enforcing_policy_refuses_only_foreign_origins() {
    let policy = PolicyConfig::new(["https://app.example"]).enforcement(Enforcement::Server).build().unwrap();
    let kind = |request| answer(&policy, "POST", request).kind;
    for passes in [
        &[][..],
        &[("origin", "https://app.example"), ("sec-fetch-site", "cross-site")],
        &[("origin", "https://own.example"), ("sec-fetch-site", "same-origin")],
        &[("origin", "null"), ("sec-fetch-site", "same-origin")],
        &[("origin", "https://own.example:8443"), ("host", "own.example:8443")],
        &[("sec-fetch-site", "cross-site")],
    ] {
        assert_eq!(kind(passes), "handle", "{passes:?}");
    }
    for refused in [
        &[("origin", "https://evil.example")][..],
        &[("origin", "https://evil.example"), ("sec-fetch-site", "cross-site")],
        &[("origin", "https://evil.own.example"), ("sec-fetch-site", "same-site")],
        &[("origin", "https://evil.example"), ("host", "own.example")],
        &[("origin", "null")],
        &[("origin", "https://own.example"), ("origin", "https://own.example"), ("host", "own.example")],
    ] {
        assert_eq!(kind(refused), "forbid", "{refused:?}");
    }
    let answer = answer(&policy, "POST", &[("origin", "https://evil.example")]);
    assert_eq!((answer.status, answer.headers), (Some(403), vec!["vary: origin, sec-fetch-site".into()]));
}

struct Tenants;

impl OriginPredicate for Tenants {
    fn allows(&self, origin: &str, request: Headers<'_>) -> bool {
        assert!(origin != "null" && origin.starts_with("https://"));
        request.iter().any(|header| header.name.matches(b"x-tenant") && origin.as_bytes().ends_with(header.value))
    }

    fn reads(&self) -> &'static [HeaderName<'static>] {
        const READS: [HeaderName<'static>; 1] = [match HeaderName::new("x-tenant") {
            Ok(name) => name,
            Err(_) => HeaderName::ORIGIN,
        }];
        &READS
    }
}

#[test]
fn request_headers_that_a_predicate_reads_are_in_vary() {
    static POLICY: Policy<'static> =
        Policy::builder(&[OriginPattern::new("https://app.example")]).predicate(&Tenants).build_or_panic();
    let owned = PolicyConfig::new(["https://app.example"]).build_with_predicate(0, Box::new(Tenants)).unwrap();
    let request = [("origin", "https://a.b"), ("x-tenant", "a.b")];
    let expected = ["vary: origin", "vary: x-tenant", "access-control-allow-origin: https://a.b"];
    assert_eq!(answer(&POLICY, "GET", &request).headers, expected);
    assert_eq!(answer(&owned, "GET", &request).headers, expected);
    assert_eq!(answer(&owned, "GET", &[("origin", "https://a.b")]).headers, ["vary: origin", "vary: x-tenant"]);
    assert_eq!(answer(&owned, "GET", &[("origin", "https://a/b")]).refusal, Some("origin-malformed"));
    assert_eq!(answer(&owned, "GET", &[("origin", "null")]).refusal, Some("origin-opaque"));
}

#[test]
fn an_external_lookup_is_resumed_with_its_answer() {
    let policy = PolicyConfig::new(["https://app.example"])
        .external_lookup()
        .credentials()
        .rule(RuleConfig::new(["https://*.public.example"]))
        .build()
        .unwrap();
    let lines = |origin: &'static str| -> [(&'static str, &'static [u8]); 1] { [("origin", origin.as_bytes())] };
    let refusal = |decision: Decision<'_>| decision.refusal().map(|refusal| refusal.code());
    for origin in ["https://app.example", "null", "https://a/b"] {
        let pairs = lines(origin);
        assert!(matches!(policy.begin("GET", Headers::from_pairs(&pairs)), Start::Decided(_)), "{origin}");
    }
    for (origin, refused) in
        [("https://tenant.example", Some("origin-not-allowed")), ("https://a.public.example", None)]
    {
        let pairs = lines(origin);
        let Start::Lookup(lookup) = policy.begin("GET", Headers::from_pairs(&pairs)) else { panic!("{origin}") };
        assert_eq!((lookup.origin(), lookup.rule()), (origin, 0));
        fn may_be_sent_to_another_thread_meanwhile<T: Send>(_: &T) {}
        may_be_sent_to_another_thread_meanwhile(&lookup);
        assert_eq!(refusal(lookup.resume(OriginAnswer::Allowed)), None);
        assert_eq!(refusal(lookup.resume(OriginAnswer::Refused)), refused);
    }
    // `decide` makes no look-up, and reports that.
    assert_eq!(answer(&policy, "GET", &[("origin", "https://tenant.example")]).refusal, Some("origin-not-looked-up"));
    assert_eq!(answer(&policy, "GET", &[("origin", "https://a.public.example")]).refusal, None);
}

#[test]
fn restored_headers_equal_the_saved_ones_and_grant_no_more_than_the_policy() {
    let policy =
        PolicyConfig::new(["https://*.app.example"]).credentials().rule(RuleConfig::new(["*"])).build().unwrap();
    let other = PolicyConfig::new(["https://b.example", "https://c.example"]).build().unwrap();
    let shorter = PolicyConfig::new(["https://*.app.example"]).build().unwrap();
    for origin in ["https://a.app.example", "https://x.example", &format!("https://{}", "x".repeat(70_000))] {
        let pairs: [(&str, &[u8]); 1] = [("origin", origin.as_bytes())];
        let Decision::Handle(headers) = policy.decide("GET", Headers::from_pairs(&pairs)) else { panic!() };
        let saved = headers.save();
        let written = |headers: &fetch_cors::server::ResponseHeaders<'_>| {
            let mut sink: Vec<(&str, &[u8])> = Vec::new();
            headers.write(&mut sink).unwrap();
            sink.iter().map(|(name, value)| (name.to_string(), value.to_vec())).collect::<Vec<_>>()
        };
        assert_eq!(written(&policy.restore(&saved)), written(&headers));
        assert_eq!(written(&other.restore(&saved)).len(), 1);
        let expected = if origin.contains("app") { 2 } else { 1 };
        assert_eq!(written(&shorter.restore(&saved)).len(), expected);
    }
    assert!(core::mem::size_of::<fetch_cors::server::SavedHeaders>() <= 352);
}

#[test]
fn an_origin_saved_by_pattern_is_not_restored_by_the_predicates_rule() {
    let listing = PolicyConfig::new(["https://old.example", "https://app.example"]).build().unwrap();
    let asking = PolicyConfig::new(["https://app.example"]).external_lookup().build().unwrap();
    let predicate = |origin: &str| origin == "https://tenant.example";
    let predicate = PolicyConfig::new([""; 0]).build_with_predicate(0, Box::new(predicate)).unwrap();
    let pairs: [(&str, &[u8]); 1] = [("origin", b"https://old.example")];
    let Decision::Handle(headers) = listing.decide("GET", Headers::from_pairs(&pairs)) else { panic!() };
    let saved = headers.save();
    for policy in [&asking, &predicate] {
        assert_eq!(policy.restore(&saved).refusal().map(|refusal| refusal.code()), Some("origin-not-allowed"));
    }
    assert_eq!(listing.restore(&saved).refusal(), None);
    // The same holds if the rule with the pattern also has an external look-up.
    let both = PolicyConfig::new(["https://old.example"]).external_lookup().build().unwrap();
    let Decision::Handle(headers) = both.decide("GET", Headers::from_pairs(&pairs)) else { panic!() };
    assert_eq!(both.restore(&headers.save()).refusal(), None);
    assert!(asking.restore(&headers.save()).refusal().is_some());
    let pairs: [(&str, &[u8]); 1] = [("origin", b"https://tenant.example")];
    let Decision::Handle(headers) = predicate.decide("GET", Headers::from_pairs(&pairs)) else { panic!() };
    for (policy, restored) in [(&predicate, true), (&asking, true), (&listing, false)] {
        assert_eq!(policy.restore(&headers.save()).refusal().is_none(), restored);
    }
}

#[test]
fn own_header_names_of_a_response_are_exposed() {
    let policy = PolicyConfig::new(["https://app.example"]).expose_own_headers().credentials().build().unwrap();
    let before = [("etag", "1"), ("content-type", "a/b"), ("set-cookie", "a=b"), ("X-Total", "3"), ("ETag", "2")];
    let headers = answer_into(&policy, "GET", &[], &before).headers;
    assert_eq!(headers[5..7], ["access-control-expose-headers: etag", "access-control-expose-headers: X-Total"]);
}

#[test]
fn wildcard_in_exposed_headers_keeps_the_own_names() {
    let policy = PolicyConfig::new(["https://app.example", "https://b.example"])
        .expose_own_headers()
        .exposed_headers(["*", "vary", "authorization"])
        .credentials()
        .build()
        .unwrap();
    let headers = answer_into(&policy, "GET", &[("origin", "https://app.example")], &[("etag", "1")]).headers;
    let exposed: Vec<&str> =
        headers.iter().filter_map(|line| line.strip_prefix("access-control-expose-headers: ")).collect();
    assert_eq!(exposed, ["etag", "authorization", "vary"]);
}

#[test]
fn preflight_statuses_are_those_of_the_policy() {
    let policy = PolicyConfig::new(["https://a.example", "https://b.example"])
        .preflight_status(200)
        .refused_preflight_status(204)
        .build()
        .unwrap();
    assert_eq!(preflight(&policy, "https://a.example", "PUT", None).status, Some(200));
    assert_eq!(preflight(&policy, "https://c.example", "PUT", None).status, Some(204));
}

#[test]
fn requested_method_of_a_preflight_is_readable_for_routers() {
    let lines: [(&str, &[u8]); 2] = [("ORIGIN", b" https://a.example\t"), ("Access-Control-Request-METHOD", b"PUT")];
    let headers = Headers::from_pairs(&lines);
    assert_eq!(
        RequestKind::of("OPTIONS", headers),
        RequestKind::Preflight { origin: b"https://a.example", method: b"PUT" }
    );
    assert_eq!(RequestKind::of("GET", headers), RequestKind::WithOrigin { origin: b"https://a.example" });
    let policy = PolicyConfig::new(["*"]).build().unwrap();
    let Decision::AnswerPreflight(answer) = policy.decide("OPTIONS", headers) else { panic!() };
    assert_eq!(answer.requested_method().unwrap().as_str(), "PUT");
}
