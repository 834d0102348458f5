//! `Access-Control-Request-Headers` and `Access-Control-Request-Method`, if a policy reads them.

use fetch_cors::{
    header::{HeaderSource, Headers},
    server::{Disclosure, OwnedPolicy, PolicyConfig},
};

use crate::answer;

/// Policies that read the lists: one mirrors them, and one has minimal disclosure.
fn reading() -> [OwnedPolicy; 2] {
    let base = || PolicyConfig::new(["https://app.example"]);
    let mirror = base().methods(["*"]).request_headers(["*", "authorization"]).credentials();
    let minimal = base().methods(["PUT"]).request_headers(["x-a", "x-b"]).disclosure(Disclosure::Minimal);
    [mirror, minimal].map(|config| config.build().unwrap())
}

/// The lines that allow headers, and the refusal.
fn asked(policy: &OwnedPolicy, lines: &[&str]) -> (Vec<String>, Option<&'static str>) {
    let mut request = vec![("origin", "https://app.example"), ("access-control-request-method", "PUT")];
    request.extend(lines.iter().map(|line| ("access-control-request-headers", *line)));
    let answer = answer(policy, "OPTIONS", &request);
    assert_eq!(answer.status, Some(204));
    let allowed = answer.headers.iter().filter_map(|line| line.strip_prefix("access-control-allow-headers: "));
    (allowed.map(str::to_owned).collect(), answer.refusal)
}

#[test]
fn blanks_around_commas_and_several_lines_are_one_list() {
    for policy in reading() {
        for lines in [
            &["x-a , x-b"][..],
            &["x-a ,x-b"],
            &["x-a\t, \tx-b ,"],
            &[" x-a", "x-b "],
            &["x-a", "x-b", "x-a", "x-b", "x-a"],
            &["x-a"; 8],
            &["x-a,", ",x-b"],
        ] {
            let expected: Vec<String> = lines.iter().map(|line| line.trim().to_owned()).collect();
            assert_eq!(asked(&policy, lines), (expected, None), "{lines:?}");
        }
        // Empty lines do not count.
        let blank = ["", " ", "\t", "", "", "", "", "", "x-a", ""];
        assert_eq!(asked(&policy, &blank), (vec!["x-a".to_owned()], None));
        assert_eq!(asked(&policy, &[]), (vec![], None));
    }
}

#[test]
fn a_list_beyond_the_limits_is_refused_by_name() {
    let many = ["x-a"; 258].join(",");
    let (longest, longer) = ("x".repeat(4096), "x".repeat(4097));
    let blanks = format!("x-a{}", " ".repeat(4094));
    let halves = ["x".repeat(2048), "x".repeat(2049)];
    for policy in reading() {
        for lines in [&["x-a"; 9][..], &[&*longer], &[&*blanks], &[&*halves[0], &*halves[1]]] {
            assert_eq!(asked(&policy, lines), (vec![], Some("request-too-long")), "{lines:?}");
        }
        for line in ["x-a x-b", "x\u{e9}", "x-a;q=1", "\"x-a\"", "x-a, x-b x-c , x-d"] {
            assert_eq!(asked(&policy, &[line]), (vec![], Some("request-malformed")), "{line}");
        }
        // The browser reports a name that is not allowed.
        assert_eq!(asked(&policy, &[&longest]).1, None);
    }
    let [mirror, minimal] = reading();
    assert_eq!(asked(&mirror, &[&many]), (vec![many.clone()], None));
    assert_eq!(asked(&minimal, &[&many]), (vec![], Some("request-too-long")));
    assert_eq!(asked(&minimal, &["x-a, x-evil"]), (vec![], None));
}

#[test]
fn a_method_that_is_too_long_or_not_a_token_is_refused_by_name() {
    let long = "P".repeat(4097);
    for policy in reading() {
        for (method, code) in [("P T", "request-malformed"), ("", "request-malformed"), (&*long, "request-too-long")] {
            let lines = [("origin", "https://app.example"), ("access-control-request-method", method)];
            let answer = answer(&policy, "OPTIONS", &lines);
            assert_eq!(answer.refusal, Some(code));
            assert!(answer.headers.contains(&"access-control-allow-methods: GET, HEAD, POST".to_owned()));
        }
    }
}

#[test]
fn a_policy_that_does_not_read_the_lists_refuses_none() {
    let policy =
        PolicyConfig::new(["https://app.example", "https://b.example"]).request_headers(["x-a"]).build().unwrap();
    for lines in [&["x-a"; 20][..], &["a b"], &[&*"x".repeat(70_000)]] {
        assert_eq!(asked(&policy, lines), (vec!["x-a".to_owned()], None));
    }
}

#[test]
fn a_refused_origin_is_named_before_a_refused_list() {
    let [mirror, _] = reading();
    let lines = [
        ("origin", "https://evil.example"),
        ("access-control-request-method", "PUT"),
        ("access-control-request-headers", "a b"),
    ];
    assert_eq!(answer(&mirror, "OPTIONS", &lines).refusal, Some("origin-not-allowed"));
}

/// A custom header list.
struct Source<'a>(&'a [(&'a str, &'a [u8])]);

impl HeaderSource for Source<'_> {
    fn header(&self, number: usize) -> Option<(&str, &[u8])> {
        self.0.get(number).copied()
    }
}

#[test]
fn blanks_without_end_are_refused_alike_by_every_kind_of_header_list() {
    let blanks = vec![b' '; 100_000];
    let pairs: [&[(&str, &[u8])]; 3] = [
        &[("origin", &blanks)],
        &[("origin", &blanks), ("access-control-request-method", b"PUT")],
        &[
            ("origin", b"https://app.example"),
            ("access-control-request-method", b"PUT"),
            ("access-control-request-headers", &blanks),
        ],
    ];
    for (lines, code) in pairs.into_iter().zip(["origin-malformed", "origin-malformed", "request-too-long"]) {
        let source = Source(lines);
        for policy in reading() {
            for headers in [Headers::from_pairs(lines), Headers::from_source(&source)] {
                let refusal = policy.decide("OPTIONS", headers).refusal().unwrap();
                assert_eq!(refusal.code(), code);
            }
            #[cfg(feature = "http")]
            {
                let mut map = http::HeaderMap::new();
                for (name, value) in lines {
                    let name = http::HeaderName::from_bytes(name.as_bytes()).unwrap();
                    map.append(name, http::HeaderValue::from_bytes(value).unwrap());
                }
                assert_eq!(policy.decide("OPTIONS", Headers::from(&map)).refusal().unwrap().code(), code);
            }
        }
    }
}
