//! The `vary`, `status` and `requested_method` of an answer equal those that it writes.

use fetch_cors::{
    header::{HeaderName, Headers, VaryNames},
    method::Method,
    server::{
        Caching, Decision, Disclosure, Enforcement, ORIGIN_LIMIT, OriginPredicate, OwnedPolicy, PolicyConfig,
        PrivateNetwork, RuleConfig,
    },
};

struct ReadsHost;

impl OriginPredicate for ReadsHost {
    fn allows(&self, origin: &str, request: Headers<'_>) -> bool {
        origin == "https://host.example" && request.contains(HeaderName::HOST)
    }

    fn reads(&self) -> &'static [HeaderName<'static>] {
        &[HeaderName::HOST]
    }
}

type Lines<'a> = Vec<(&'a str, &'a [u8])>;

/// Checks that the written `Vary` equals the reported one.
#[track_caller]
fn check_vary(reported: VaryNames, written: &Lines<'_>, form: Caching) {
    let vary = Headers::from_pairs(written).extract(HeaderName::VARY).unwrap();
    let names: Vec<&str> = vary.into_iter().flat_map(fetch_cors::header::ListValues::iter).collect();
    assert_eq!(reported.iter().map(HeaderName::as_str).collect::<Vec<_>>(), names);
    assert_eq!((reported.is_empty(), names.is_empty()), (form == Caching::SameForAll, form == Caching::SameForAll));
}

const ORIGINS: [&str; 3] = ["https://app.example", "https://host.example", "https://evil.example"];

fn check(policy: &OwnedPolicy, of_responses: &[&str], of_preflights: &[&str]) {
    for origin in ORIGINS {
        let request: [(&str, &[u8]); 3] =
            [("Origin", origin.as_bytes()), ("Host", b"api.example"), ("Access-Control-Request-Method", b"PUT")];
        let headers = Headers::from_pairs(&request);
        let mut written = Lines::new();
        match policy.decide("GET", headers) {
            Decision::Handle(headers) => {
                headers.write(&mut written).unwrap();
                assert_eq!(headers.caching(), policy.caching());
                check_vary(headers.vary(), &written, policy.caching());
                assert!(headers.vary().iter().map(HeaderName::as_str).eq(of_responses.iter().copied()), "{origin}");
            }
            Decision::Forbid(forbidden) => {
                forbidden.write(&mut written).unwrap();
                assert_eq!((forbidden.status(), written.len()), (403, 1));
                assert_eq!(forbidden.refusal().unwrap().code(), "origin-not-allowed");
            }
            Decision::AnswerPreflight(_) => panic!("{origin}"),
        }
        let Decision::AnswerPreflight(answer) = policy.decide("OPTIONS", headers) else { panic!("{origin}") };
        let mut written = Lines::new();
        answer.write(&mut written).unwrap();
        check_vary(answer.vary(), &written, policy.caching());
        assert!(answer.vary().iter().map(HeaderName::as_str).eq(of_preflights.iter().copied()), "{origin}");
        // An application that answers preflights itself gets the headers of any response.
        let own = answer.response_headers();
        let mut written = Lines::new();
        own.write(&mut written).unwrap();
        check_vary(own.vary(), &written, own.caching());
        assert_eq!((own.caching(), own.refusal()), (policy.caching(), answer.refusal()));
        assert!(own.vary().iter().map(HeaderName::as_str).eq(of_responses.iter().copied()), "{origin}");
    }
}

#[test]
fn vary_names_are_those_of_the_written_line() {
    let one = || PolicyConfig::new(["https://app.example"]);
    let (origin, method) = ("origin", "access-control-request-method");
    let names = "access-control-request-headers";
    for (config, of_responses, of_preflights) in [
        (one(), &[][..], &[][..]),
        (PolicyConfig::new(["*"]).methods(["PUT"]), &[], &[]),
        (one().rule(RuleConfig::new(["https://b.example"])), &[origin], &[origin]),
        (one().methods(["*"]).credentials(), &[origin], &[method, origin]),
        (one().request_headers(["*"]).credentials(), &[origin], &[origin, names]),
        (
            one().methods(["PUT"]).request_headers(["x-a"]).disclosure(Disclosure::Minimal),
            &[origin],
            &[method, origin, names],
        ),
        (
            one().private_network(PrivateNetwork::Allowed),
            &[origin],
            &[origin, "access-control-request-private-network"],
        ),
        (one().enforcement(Enforcement::Server), &[origin, "sec-fetch-site"], &[origin, "sec-fetch-site"]),
    ] {
        check(&config.build().unwrap(), of_responses, of_preflights);
    }
    let policy = one().build_with_predicate(0, Box::new(ReadsHost)).unwrap();
    check(&policy, &["origin", "host"], &["origin", "host"]);
}

#[test]
fn vary_of_a_const_policy_names_what_its_predicate_reads() {
    use fetch_cors::server::{OriginPattern, Policy};
    let patterns = [OriginPattern::new("https://app.example")];
    let policy = Policy::builder(&patterns).predicate(&ReadsHost).build().unwrap();
    let request: [(&str, &[u8]); 2] = [("Origin", b"https://host.example"), ("Host", b"api.example")];
    let Decision::Handle(headers) = policy.decide("GET", Headers::from_pairs(&request)) else { panic!() };
    assert!(headers.vary().iter().eq([HeaderName::ORIGIN, HeaderName::HOST]));
    let mut written = Lines::new();
    headers.write(&mut written).unwrap();
    check_vary(headers.vary(), &written, Caching::PerRequest);
    assert_eq!(headers.refusal(), None);
    let Decision::Handle(headers) = policy.decide("GET", Headers::from_pairs(&request[..1])) else { panic!() };
    assert!(headers.refusal().is_some());
}

#[test]
fn vary_of_an_owned_copy_of_a_const_policy_names_what_its_predicate_reads() {
    use fetch_cors::server::{OriginPattern, Policy};
    static POLICY: Policy<'static> =
        Policy::builder(&[OriginPattern::new("https://app.example")]).predicate(&ReadsHost).build_or_panic();
    let request: [(&str, &[u8]); 2] = [("Origin", b"https://host.example"), ("Host", b"api.example")];
    let policy = OwnedPolicy::indexed(&POLICY);
    let Decision::Handle(headers) = policy.decide("GET", Headers::from_pairs(&request)) else { panic!() };
    assert!(headers.vary().iter().eq([HeaderName::ORIGIN, HeaderName::HOST]));
    assert_eq!(headers.refusal(), None);
}

#[test]
fn preflight_status_and_requested_method_are_reported_for_allowed_and_refused() {
    let config = PolicyConfig::new(["https://app.example", "https://b.example"]);
    let policy = config.preflight_status(200).refused_preflight_status(401).build().unwrap();
    for (origin, method, status, asked) in [
        ("https://app.example", "PUT", 200, Some("PUT")),
        ("https://evil.example", "PUT", 401, Some("PUT")),
        ("https://app.example", "P T", 200, None),
    ] {
        let request: [(&str, &[u8]); 2] =
            [("Origin", origin.as_bytes()), ("Access-Control-Request-Method", method.as_bytes())];
        let Decision::AnswerPreflight(answer) = policy.decide("OPTIONS", Headers::from_pairs(&request)) else {
            panic!()
        };
        assert_eq!((answer.status(), answer.requested_method().map(Method::as_str)), (status, asked));
    }
}

#[test]
fn origin_over_the_limit_under_a_wildcard_survives_save_and_restore() {
    let policy = PolicyConfig::new(["https://app.example"]).credentials().rule(RuleConfig::new(["*"])).build().unwrap();
    let long = "x".repeat(400);
    let request: [(&str, &[u8]); 1] = [("Origin", long.as_bytes())];
    let Decision::Handle(headers) = policy.decide("GET", Headers::from_pairs(&request)) else { panic!() };
    let saved = headers.save();
    let (mut now, mut later) = (Lines::new(), Lines::new());
    headers.write(&mut now).unwrap();
    policy.restore(&saved).write(&mut later).unwrap();
    assert_eq!(now, later);
    assert!(now.contains(&("access-control-allow-origin", b"*")), "{now:?}");
}

#[test]
fn origin_over_the_limit_is_not_saved_as_its_listed_prefix() {
    let host = [&*"a".repeat(63), &"b".repeat(63), &"c".repeat(63), &"d".repeat(61)].join(".");
    let longest = format!("{}://{host}:65535", "s".repeat(64));
    assert_eq!(longest.len(), ORIGIN_LIMIT);
    let policy = PolicyConfig::new([longest.as_str()]).credentials().rule(RuleConfig::new(["*"])).build().unwrap();
    for (origin, allowed) in [(longest.clone(), longest.as_str()), (format!("{longest}0"), "*")] {
        let request: [(&str, &[u8]); 1] = [("Origin", origin.as_bytes())];
        let Decision::Handle(headers) = policy.decide("GET", Headers::from_pairs(&request)) else { panic!() };
        let (saved, mut later) = (headers.save(), Lines::new());
        policy.restore(&saved).write(&mut later).unwrap();
        assert!(later.contains(&("access-control-allow-origin", allowed.as_bytes())), "{origin}: {later:?}");
    }
}
