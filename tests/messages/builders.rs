//! A borrowed policy that is built at run time equals the owned policy with the same settings.

use fetch_cors::{
    header::Headers,
    server::{
        Caching, Danger, Decision, Disclosure, Enforcement, OriginAnswer, OriginPattern, OwnedPolicy, PatternConfig,
        Policy, PolicyBuilder, PolicyConfig, PrivateNetwork, Rule, RuleConfig, Start, Upstream, UpstreamExposed,
    },
};

const APP: &str = "https://app.example";
const PATTERNS: [OriginPattern<'static>; 2] = [OriginPattern::new(APP), OriginPattern::new("https://*.app.example")];

fn builder() -> PolicyBuilder<'static> {
    Policy::builder(&PATTERNS)
}

fn config() -> PolicyConfig {
    PolicyConfig::new([APP, "https://*.app.example"])
}

type Lines<'a> = Vec<(&'a str, &'a [u8])>;

/// A decision as text, written into a response that has headers of an upstream.
fn text(decision: &Decision<'_>) -> String {
    let mut lines: Lines<'_> =
        vec![("x-own", b"1"), ("access-control-expose-headers", b"x-up"), ("access-control-max-age", b"1")];
    decision.write(&mut lines).unwrap();
    let kind = match decision {
        Decision::AnswerPreflight(answer) => format!("preflight {}", answer.status()),
        Decision::Handle(_) => "handle".to_owned(),
        Decision::Forbid(forbidden) => format!("forbid {}", forbidden.status()),
    };
    let mut lines: Vec<String> = lines.iter().map(|line| format!("\n{}: {}", line.0, line.1.escape_ascii())).collect();
    lines.sort();
    kind + &lines.concat()
}

fn started(start: Start<'_>) -> String {
    match start {
        Start::Decided(decision) => text(&decision),
        Start::Lookup(lookup) => {
            let (rule, origin) = (lookup.rule(), lookup.origin());
            let [allowed, refused] = [OriginAnswer::Allowed, OriginAnswer::Refused].map(|it| text(&lookup.resume(it)));
            format!("look up {origin} for {rule}\n{allowed}\n{refused}")
        }
    }
}

/// Checks that both policies report and answer the same. Returns the common text.
#[track_caller]
fn said(borrowed: PolicyBuilder<'_>, owned: &OwnedPolicy) -> String {
    assert_eq!(borrowed.errors().count(), 0);
    let borrowed = borrowed.build().unwrap();
    assert_eq!(borrowed.caching(), owned.caching());
    let mut all = format!("{:?}", borrowed.caching());
    for origin in [APP, "https://a.app.example", "https://b.example", "https://evil.example", "null", "x"] {
        assert_eq!(borrowed.allows_origin(origin.as_bytes()), owned.allows_origin(origin.as_bytes()), "{origin}");
        all.extend(["\n\n", origin, if owned.allows_origin(origin.as_bytes()) { " is listed" } else { "" }]);
        for (method, lines) in [("GET", 1), ("OPTIONS", 4)] {
            let request: [(&str, &[u8]); 4] = [
                ("Origin", origin.as_bytes()),
                ("Access-Control-Request-Method", b"PUT"),
                ("Access-Control-Request-Headers", b"x-a"),
                ("Access-Control-Request-Private-Network", b"true"),
            ];
            let headers = Headers::from_pairs(&request[..lines]);
            let one = text(&borrowed.decide(method, headers)) + &started(borrowed.begin(method, headers));
            let other = text(&owned.decide(method, headers)) + &started(owned.begin(method, headers));
            assert_eq!(one, other, "{method} {origin}");
            all += &one;
        }
    }
    all
}

#[test]
fn each_builder_method_changes_the_answers_in_both_forms() {
    let partners = [OriginPattern::new("https://b.example")];
    let rules = [Rule::new(&partners).methods("*").request_headers("*").max_age_seconds(5)];
    let rule = || RuleConfig::new(["https://b.example"]).methods(["*"]).request_headers(["*"]).max_age_seconds(5);
    let predicate = |origin: &str| origin == "https://b.example";
    let keep = Upstream::Keep;
    let merge = Upstream::Replace(UpstreamExposed::Merge);
    let minimal = |it: PolicyBuilder<'static>| it.methods("PUT, DELETE").disclosure(Disclosure::Minimal);
    #[allow(clippy::large_stack_arrays, reason = "a table of policies")]
    let rows = [
        (builder(), config().build()),
        (builder().methods("PUT, DELETE"), config().methods(["PUT", "DELETE"]).build()),
        (builder().request_headers("x-a, x-b"), config().request_headers(["x-a", "x-b"]).build()),
        (builder().exposed_headers("etag"), config().exposed_headers(["etag"]).build()),
        (builder().expose_own_headers(), config().expose_own_headers().build()),
        (builder().credentials(), config().credentials().build()),
        (builder().max_age_seconds(0), config().max_age_seconds(0).build()),
        (builder().max_age_seconds(u32::MAX), config().max_age_seconds(u32::MAX).build()),
        (builder().predicate(&predicate), config().build_with_predicate(0, Box::new(predicate))),
        (builder().external_lookup(), config().external_lookup().build()),
        (builder().rules(&rules), config().rule(rule()).build()),
        (builder().preflight_status(200), config().preflight_status(200).build()),
        (builder().refused_preflight_status(404), config().refused_preflight_status(404).build()),
        (minimal(builder()), config().methods(["PUT", "DELETE"]).disclosure(Disclosure::Minimal).build()),
        (builder().private_network(PrivateNetwork::Allowed), config().private_network(PrivateNetwork::Allowed).build()),
        (builder().enforcement(Enforcement::Server), config().enforcement(Enforcement::Server).build()),
        (builder().upstream(keep), config().upstream(keep).build()),
        (builder().exposed_headers("etag").upstream(merge), config().exposed_headers(["etag"]).upstream(merge).build()),
        (PolicyBuilder::new(Rule::new(&partners)), PolicyConfig::from(RuleConfig::new(["https://b.example"])).build()),
        (Policy::builder(&[OriginPattern::ANY]), PolicyConfig::new(["*"]).build()),
    ];
    let all: Vec<String> = rows.iter().map(|(borrowed, owned)| said(*borrowed, owned.as_ref().unwrap())).collect();
    for (number, one) in all.iter().enumerate() {
        assert!(!all[..number].contains(one), "row {number} says what one before it says:\n{one}");
    }
}

#[test]
fn all_builder_methods_together_agree_in_both_forms() {
    let patterns = [OriginPattern::new("http://app.example").dangerously_allow(Danger::InsecureScheme)];
    let borrowed = Policy::builder(&patterns)
        .methods("*")
        .request_headers("*, authorization")
        .exposed_headers("*")
        .expose_own_headers()
        .credentials()
        .max_age_seconds(7200);
    let owned = PolicyConfig::new([PatternConfig::new("http://app.example").dangerously_allow(Danger::InsecureScheme)])
        .methods(["*"])
        .request_headers(["*", "authorization"])
        .exposed_headers(["*"])
        .expose_own_headers()
        .credentials()
        .max_age_seconds(7200);
    let all = said(borrowed, &owned.build().unwrap());
    assert!(all.starts_with("PerRequest\n"), "{all}");
    assert!(!all.contains("access-control-allow-credentials"), "{all}");
    let policy = borrowed.build_or_panic();
    assert_eq!((policy.caching(), policy.rules().count()), (Caching::PerRequest, 1));
    assert!(policy.allows_origin(b"http://app.example") && !policy.allows_origin(b"https://app.example"));
}

#[test]
fn build_returns_the_first_error_and_errors_lists_all() {
    let broken = builder().methods("PUT,, TRACE");
    let error = broken.build().unwrap_err();
    assert_eq!((error.code(), error.index), ("empty-element", 1));
    let codes: Vec<&str> = broken.errors().map(|error| error.code()).collect();
    assert_eq!(codes, ["empty-element", "forbidden-method"]);
    let second = [Rule::new(&PATTERNS).external_lookup(), Rule::new(&PATTERNS)];
    let error = builder().external_lookup().rules(&second).build().unwrap_err();
    assert_eq!((error.code(), error.rule), ("second-external-lookup", 1));
}

#[test]
#[should_panic(expected = "any origin cannot be allowed together with credentials")]
fn build_or_panic_panics_with_the_errors_text() {
    let _ = Policy::builder(&[OriginPattern::ANY]).credentials().build_or_panic();
}
