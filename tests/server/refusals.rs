//! The refusal in a decision, whatever headers are sent.

use fetch_cors::{
    header::Headers,
    server::{Decision, Enforcement, OriginPattern, Policy, PolicyConfig, RequestKind},
};

use crate::{answer, preflight};

fn one_origin() -> PolicyConfig {
    PolicyConfig::new(["https://app.example"]).credentials().methods(["PUT"]).exposed_headers(["etag"])
}

static ONE: Policy<'static> = Policy::builder(&[OriginPattern::new("https://app.example")])
    .credentials()
    .methods("PUT")
    .exposed_headers("etag")
    .build_or_panic();

#[test]
fn a_policy_for_one_origin_names_the_origin_that_it_refuses() {
    let policy = one_origin().build().unwrap();
    for (lines, refusal) in [
        (&[][..], None),
        (&[("origin", "https://app.example")], None),
        (&[("Origin", "\thttps://app.example ")], None),
        (&[("origin", "https://app.example:443")], Some("origin-malformed")),
        (&[("origin", "https://evil.example")], Some("origin-not-allowed")),
        (&[("origin", "http://app.example")], Some("origin-not-allowed")),
        (&[("origin", "null")], Some("origin-opaque")),
        (&[("origin", "")], Some("origin-malformed")),
        (&[("origin", "https://app.example"), ("Origin", "https://app.example")], Some("origin-several")),
    ] {
        let expected = answer(&policy, "GET", &[]).headers;
        for method in ["GET", "POST", "OPTIONS"] {
            let answers = [answer(&policy, method, lines), answer(&ONE, method, lines)];
            for answer in answers {
                assert_eq!((answer.refusal, &answer.headers), (refusal, &expected), "{method} {lines:?}");
            }
        }
        let mut lines = lines.to_vec();
        lines.push(("access-control-request-method", "PUT"));
        let asked = answer(&policy, "OPTIONS", &lines);
        assert_eq!(asked.refusal, refusal, "{lines:?}");
        let is_preflight = asked.kind == "preflight";
        assert!(
            !is_preflight || asked.status == Some(204) && asked.headers == preflight(&policy, "", "PUT", None).headers
        );
    }
}

#[test]
fn policy_for_all_origins_refuses_none() {
    let policy = PolicyConfig::new(["*"]).build().unwrap();
    for lines in [&[][..], &[("origin", "null")], &[("origin", "a b")], &[("origin", "a"), ("origin", "b")]] {
        assert_eq!(answer(&policy, "GET", lines).refusal, None);
    }
}

#[test]
fn headers_that_are_saved_name_the_refused_origin_when_they_are_restored() {
    let two = PolicyConfig::new(["https://app.example", "https://b.example"]).build().unwrap();
    let long = format!("https://app.example{}", "x".repeat(400));
    let evil: &[(&str, &[u8])] = &[("origin", b"https://evil.example")];
    for policy in [one_origin().build().unwrap(), two] {
        for lines in [
            &[][..],
            evil,
            &[("origin", b"https://app.example")],
            &[("origin", b"a"), ("origin", b"b")],
            &[("origin", long.as_bytes())],
        ] {
            let Decision::Handle(headers) = policy.decide("GET", Headers::from_pairs(lines)) else { panic!() };
            let saved = headers.save();
            let code = |refusal: Option<fetch_cors::server::Refusal<'_>>| refusal.map(|refusal| refusal.code());
            assert_eq!(code(policy.restore(&saved).refusal()), code(headers.refusal()), "{lines:?}");
        }
    }
    // A policy that reads the origin grants nothing to headers that a policy without it has saved.
    let lines: &[(&str, &[u8])] = &[("origin", b"https://app.example")];
    let (one, two) = (one_origin().build().unwrap(), PolicyConfig::new(["https://app.example", "*"]).build().unwrap());
    let Decision::Handle(headers) = one.decide("GET", Headers::from_pairs(lines)) else { panic!() };
    let saved = headers.save();
    let mut written: Vec<(&str, &[u8])> = Vec::new();
    two.restore(&saved).write(&mut written).unwrap();
    assert_eq!(written, [("vary", &b"origin"[..])]);
}

#[test]
fn a_decision_has_the_kind_of_its_request() {
    let lines: [(&str, &[u8]); 3] = [
        ("Origin", b" https://app.example"),
        ("Access-Control-Request-Method", b"PUT "),
        ("origin", b"https://app.example"),
    ];
    let policies = [
        one_origin().build().unwrap(),
        PolicyConfig::new(["*"]).build().unwrap(),
        PolicyConfig::new(["https://b.example", "https://c.example"]).build().unwrap(),
        PolicyConfig::new(["https://b.example"]).enforcement(Enforcement::Server).build().unwrap(),
        PolicyConfig::new(["https://b.example"]).external_lookup().build().unwrap(),
    ];
    for policy in &policies {
        for lines in [&lines[..0], &lines[..1], &lines[..2], &lines[1..2], &lines[..]] {
            for method in ["GET", "OPTIONS"] {
                let headers = Headers::from_pairs(lines);
                let kind = policy.decide(method, headers).request_kind();
                assert_eq!(kind, RequestKind::of(method, headers), "{method} {lines:?}");
            }
        }
    }
}
