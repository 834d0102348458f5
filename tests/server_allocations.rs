//! Deciding and writing allocate nothing, on every path: a counting allocator checks it.
#![cfg(all(feature = "server", feature = "std"))]
#![allow(clippy::std_instead_of_core, clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

use std::hint::black_box;

use fetch_cors::{
    header::{AnswerSink, Headers, PairSink},
    server::{
        Decision, Disclosure, Enforcement, OriginAnswer, OriginPattern, OwnedPolicy, Policy, PolicyConfig,
        PrivateNetwork, RuleConfig, Start,
    },
};

fn count<T>(work: impl FnOnce() -> T) -> u64 {
    allocation_counter::measure(|| {
        black_box(work());
    })
    .count_total
}

static CONST: Policy<'static> =
    Policy::builder(&[OriginPattern::new("https://*.app.example"), OriginPattern::new("http://localhost:*")])
        .methods("*")
        .request_headers("*, authorization")
        .credentials()
        .expose_own_headers()
        .max_age_seconds(600)
        .build_or_panic();

fn owned() -> Vec<OwnedPolicy> {
    let origins = || (0..1000).map(|i| format!("https://app-{i}.example")).chain(["https://*.app.example".into()]);
    let listed = || {
        PolicyConfig::new(origins())
            .methods(["PUT"])
            .request_headers(["x-a"])
            .exposed_headers(["etag"])
            .max_age_seconds(1)
    };
    [
        PolicyConfig::new(["*"]),
        PolicyConfig::new(["https://a.app.example"]).credentials(),
        listed(),
        listed().credentials(),
        listed().disclosure(Disclosure::Minimal).private_network(PrivateNetwork::Allowed),
        listed().methods(["*"]).request_headers(["*"]).credentials(),
        listed().enforcement(Enforcement::Server),
        listed().external_lookup().rule(RuleConfig::new(["*"])),
    ]
    .into_iter()
    .map(|config| config.build().unwrap())
    .collect()
}

/// Ordinary and hostile values of `Origin`.
fn origins() -> Vec<Vec<u8>> {
    let mut origins: Vec<Vec<u8>> = [
        "https://a.app.example",
        "https://app-999.example",
        "https://evil.example",
        "http://localhost:3000",
        "null",
        "",
        "https://a b/@.app.example",
        "https://a.app.example.",
        "HTTPS://A.APP.EXAMPLE",
    ]
    .iter()
    .map(|origin| origin.as_bytes().to_vec())
    .collect();
    origins.push((0..=255).collect());
    origins.push(vec![b'.'; 65_536]);
    origins.push(format!("https://{}app.example", "a.".repeat(150)).into_bytes());
    origins.push(format!("https://{}.app.example", "a".repeat(65_536)).into_bytes());
    origins
}

/// Ordinary and hostile values of `Access-Control-Request-Headers`.
fn lists() -> Vec<Vec<u8>> {
    let mut lists: Vec<Vec<u8>> =
        ["", "x-a", "authorization,x-a", "\u{e9}", "x-a\r\nb: c"].iter().map(|list| list.as_bytes().to_vec()).collect();
    lists.push(vec![b','; 65_536]);
    lists.push("x-a,".repeat(1024).into_bytes());
    lists.push("x-b,".repeat(16_384).into_bytes());
    lists.push(vec![b'x'; 65_536]);
    lists
}

fn write<'a, S: AnswerSink<'a>>(decision: Decision<'a>, sink: &mut S) {
    let _ = decision.write(sink);
    black_box((decision.status(), decision.refusal(), decision.request_kind()));
    if let Decision::Handle(headers) = decision {
        black_box(headers.save());
    }
}

#[test]
fn decide_and_write_with_pairs_allocate_nothing() {
    let (policies, origins, lists) = (owned(), origins(), lists());
    let mut paths = 0;
    for origin in &origins {
        for list in &lists {
            let lines: [(&str, &[u8]); 5] = [
                ("host", b"api.example"),
                ("origin", origin),
                ("access-control-request-method", b"PUT"),
                ("access-control-request-headers", list),
                ("access-control-request-private-network", b"true"),
            ];
            for (method, lines) in
                [("OPTIONS", &lines[..]), ("GET", &lines[..]), ("GET", &lines[..1]), ("OPTIONS", &lines[..2])]
            {
                let request = Headers::from_pairs(lines);
                let response: [(&str, &[u8]); 4] =
                    [("vary", b"accept"), ("x-a", b"1"), ("access-control-allow-origin", b"*"), ("vary", b"cookie")];
                for policy in &policies {
                    let counted = count(|| {
                        let mut memory = [("", &b""[..]); 16];
                        memory[..4].copy_from_slice(&response);
                        let mut sink = PairSink::with_headers(&mut memory, 4);
                        write(policy.decide(method, request), &mut sink);
                        if let Start::Lookup(lookup) = policy.begin(method, request) {
                            write(lookup.resume(OriginAnswer::Refused), &mut sink);
                        }
                        policy.allows_origin(origin)
                    });
                    assert_eq!(counted, 0, "{method} {policy:?}");
                    paths += 1;
                }
                let counted = count(|| {
                    let mut memory = [("", &b""[..]); 16];
                    write(CONST.decide(method, request), &mut PairSink::new(&mut memory));
                });
                assert_eq!(counted, 0);
                #[cfg(feature = "heapless")]
                assert_eq!(count(|| write(CONST.decide(method, request), &mut heapless::Vec::<_, 16>::new())), 0);
            }
        }
    }
    assert!(paths > 3000);
}

/// Values are not copied into a map with enough capacity: they belong to the policy or to the request.
#[cfg(feature = "http")]
#[test]
fn a_header_map_allocates_only_for_itself() {
    use http::{HeaderMap, HeaderValue};
    let policies = owned();
    let from_const = OwnedPolicy::indexed(&CONST);
    for policy in policies.iter().chain([&from_const]) {
        for (origin, list) in
            [("https://a.app.example", "x-a"), ("https://app-7.example", "x-a"), ("https://evil.example", "x-b,x-c")]
        {
            let mut request = HeaderMap::new();
            request.insert("origin", HeaderValue::from_str(origin).unwrap());
            request.insert("access-control-request-method", HeaderValue::from_static("PUT"));
            request.insert("access-control-request-headers", HeaderValue::from_str(list).unwrap());
            for method in ["OPTIONS", "GET"] {
                // A map that was filled before has enough capacity.
                let mut response = HeaderMap::with_capacity(32);
                write(policy.decide(method, Headers::from(&request)), &mut response);
                response.clear();
                let counted = count(|| write(policy.decide(method, Headers::from(&request)), &mut response));
                let own_names =
                    u64::from(policy.caching() == from_const.caching() && core::ptr::eq(policy, &raw const from_const));
                assert!(counted <= own_names, "{counted} {method} {origin} {policy:?}");
                // Saving headers makes no copy either.
                if let Decision::Handle(headers) = policy.decide(method, Headers::from(&request)) {
                    response.clear();
                    let counted = count(|| {
                        let saved = headers.save();
                        write(Decision::Handle(policy.restore(&saved)), &mut response);
                    });
                    assert!(counted <= own_names, "{counted} saved {method} {origin} {policy:?}");
                }
            }
        }
    }
}

#[test]
fn an_exact_origin_among_100_000_takes_at_most_60_bytes() {
    let config = PolicyConfig::new((0..100_000).map(|number| format!("https://app-{number:06}.example")));
    let mut policy = None;
    let kept = allocation_counter::measure(|| policy = config.build().ok()).bytes_current;
    assert!(policy.is_some_and(|policy| policy.allows_origin(b"https://app-000007.example")));
    assert!(kept <= 60 * 100_000, "{kept} bytes");
}
