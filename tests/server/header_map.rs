//! Header maps of the `http` crate, as sources and as sinks.

use fetch_cors::{
    header::{AnswerSink, HeaderName as Name, Headers},
    server::{Decision, Disclosure, Enforcement, OwnedPolicy, PolicyConfig, PrivateNetwork, Upstream, UpstreamExposed},
};
use http::{HeaderMap, HeaderName, HeaderValue};

use crate::kind;
use testkit::rng::Rng;

#[test]
fn header_map_written_twice_has_each_line_once() {
    let policy = PolicyConfig::new(["https://*.app.example"]).exposed_headers(["etag"]).build().unwrap();
    let mut request = HeaderMap::new();
    request.insert("origin", HeaderValue::from_static("https://a.app.example"));
    let Decision::Handle(headers) = policy.decide("GET", Headers::from(&request)) else { panic!() };
    let mut response = HeaderMap::new();
    response.insert("vary", HeaderValue::from_static("accept"));
    response.insert("access-control-allow-origin", HeaderValue::from_static("*"));
    headers.write(&mut response).unwrap();
    headers.write(&mut response).unwrap();
    assert_eq!(response["access-control-allow-origin"], "https://a.app.example");
    assert_eq!(response.get_all("vary").iter().collect::<Vec<_>>(), ["accept", "origin"]);
    assert_eq!(response.get_all("access-control-expose-headers").iter().count(), 1);
    request.append("origin", HeaderValue::from_static("https://a.app.example"));
    let Decision::Handle(headers) = policy.decide("GET", Headers::from(&request)) else { panic!() };
    assert!(headers.refusal().is_some());
}

#[test]
fn full_header_map_does_not_grow_for_present_names() {
    let policy = PolicyConfig::new(["https://*.app.example"]).build().unwrap();
    let mut response = HeaderMap::with_capacity(6);
    response.insert("vary", HeaderValue::from_static("accept, Origin"));
    let capacity = response.capacity();
    for number in 1..capacity {
        response.insert(HeaderName::try_from(format!("x-{number}")).unwrap(), HeaderValue::from_static("1"));
    }
    let Decision::Handle(headers) = policy.decide("GET", Headers::EMPTY) else { panic!() };
    headers.write(&mut response).unwrap();
    assert_eq!((response.keys_len(), response.capacity()), (capacity, capacity));
}

#[test]
fn headers_saved_from_a_map_equal_those_saved_from_pairs() {
    let policy = PolicyConfig::new(["https://*.app.example"]).credentials().build().unwrap();
    let longest = format!("https://{}.evil.example", "a".repeat(70_000));
    for origin in ["https://a.app.example", " https://a.app.example\t", "https://evil.example", "null", "", &longest] {
        let pairs: [(&str, &[u8]); 1] = [("origin", origin.as_bytes())];
        let mut map = HeaderMap::new();
        map.insert("origin", HeaderValue::from_str(origin).unwrap());
        let saved = [Headers::from_pairs(&pairs), Headers::from(&map)].map(|headers| {
            let Decision::Handle(headers) = policy.decide("GET", headers) else { panic!() };
            headers.save()
        });
        let [of_pairs, of_map] = saved.each_ref().map(|saved| {
            let mut response = HeaderMap::new();
            let headers = policy.restore(saved);
            headers.write(&mut response).unwrap();
            (saved.origin(), headers.refusal(), response)
        });
        assert_eq!(of_map, of_pairs);
    }
}

#[test]
fn own_names_of_a_header_map_are_exposed_in_one_line() {
    let policy = PolicyConfig::new(["https://app.example"]).expose_own_headers().build().unwrap();
    let mut response = HeaderMap::new();
    for name in ["etag", "x-a", "content-type", "set-cookie"] {
        response.insert(name, HeaderValue::from_static("1"));
    }
    let request = HeaderMap::new();
    let Decision::Handle(headers) = policy.decide("GET", Headers::from(&request)) else { panic!() };
    headers.write(&mut response).unwrap();
    assert_eq!(response["access-control-expose-headers"], "etag, x-a");
}

/// The kind of the answer, its status and its refusal.
fn write<'a, S: AnswerSink<'a, Error: core::fmt::Debug>>(
    policy: &'a OwnedPolicy,
    method: &str,
    request: Headers<'a>,
    response: &mut S,
) -> (&'static str, Option<u16>, Option<&'static str>) {
    let decision = policy.decide(method, request);
    decision.write(response).unwrap();
    (kind(&decision), decision.status(), decision.refusal().map(|refusal| refusal.code()))
}

/// The elements of all lines, sorted. A map has another order than a list, and fewer lines.
fn elements<'a>(lines: impl Iterator<Item = (&'a str, &'a [u8])>) -> Vec<String> {
    let text = |value: &[u8]| value.iter().copied().map(char::from).collect::<String>();
    let mut elements: Vec<String> = lines
        .flat_map(|(name, value)| {
            text(value)
                .split(',')
                .map(|element| format!("{name}: {}", element.trim()).to_ascii_lowercase())
                .collect::<Vec<_>>()
        })
        .collect();
    elements.sort();
    elements
}

#[test]
fn header_map_gets_the_lines_that_pairs_get() {
    let base = || PolicyConfig::new(["https://*.app.example", "http://localhost:*"]).credentials();
    let policies = [
        base().methods(["*"]).request_headers(["*"]).private_network(PrivateNetwork::Allowed).expose_own_headers(),
        base().methods(["PUT"]).request_headers(["x-a", "x-b"]).disclosure(Disclosure::Minimal),
        base().enforcement(Enforcement::Server).upstream(Upstream::Replace(UpstreamExposed::Merge)),
        base().upstream(Upstream::Keep).exposed_headers(["etag"]).external_lookup(),
        PolicyConfig::new(["*"]).exposed_headers(["*"]),
    ]
    .map(|config| config.build().unwrap());
    const REQUEST: [(&str, &str); 12] = [
        ("Origin", "https://a.app.example"),
        ("origin", " https://a.app.example\t"),
        ("origin", "https://\u{e9}.app.example"),
        ("origin", "https://evil.example"),
        ("Access-Control-Request-Method", "PUT"),
        ("access-control-request-method", " PURGE "),
        ("access-control-request-headers", "x-a, authorization"),
        ("Access-Control-Request-Headers", " X-B ,"),
        ("access-control-request-private-network", "true"),
        ("sec-fetch-site", "same-origin"),
        ("sec-fetch-site", " cross-site"),
        ("host", "evil.example"),
    ];
    const RESPONSE: [(&str, &str); 7] = [
        ("Vary", "Accept, ORIGIN"),
        ("vary", ""),
        ("ETag", "1"),
        ("Access-Control-Allow-Origin", "*"),
        ("access-control-allow-origin", "null"),
        ("access-control-expose-headers", "x-up"),
        ("access-control-max-age", "5"),
    ];
    let mut rng = Rng::from_seed(0x4EAD);
    for _ in 0..5_000 {
        let (few, method) = (2 + rng.below(4), rng.pick(&["GET", "OPTIONS", "OPTIONS", "POST"]));
        let mut some = |lines: &[(&'static str, &'static str)]| -> Vec<(&'static str, Vec<u8>)> {
            let latin1 = |text: &str| text.chars().map(|char| u8::try_from(char).unwrap()).collect();
            lines.iter().filter(|_| rng.below(few) == 0).map(|(name, value)| (*name, latin1(value))).collect()
        };
        let (request, response) = (some(&REQUEST), some(&RESPONSE));
        let map = |lines: &[(&str, Vec<u8>)]| -> HeaderMap {
            let line = |(name, value): &(&str, Vec<u8>)| {
                (HeaderName::from_bytes(name.as_bytes()).unwrap(), HeaderValue::from_bytes(value).unwrap())
            };
            let mut map = HeaderMap::new();
            for (name, value) in lines.iter().map(line) {
                map.append(name, value);
            }
            map
        };
        let pairs: Vec<(&str, &[u8])> = request.iter().map(|(name, value)| (*name, value.as_slice())).collect();
        let request_map = map(&request);
        for policy in &policies {
            let mut by_pairs: Vec<(&str, &[u8])> =
                response.iter().map(|(name, value)| (*name, value.as_slice())).collect();
            let mut by_map = map(&response);
            let reported = write(policy, method, Headers::from_pairs(&pairs), &mut by_pairs);
            assert_eq!(reported, write(policy, method, Headers::from(&request_map), &mut by_map), "{request:?}");
            let lines = by_map.iter().map(|(name, value)| (name.as_str(), value.as_bytes()));
            assert_eq!(elements(lines), elements(by_pairs.into_iter()), "{policy:?} {request:?} {response:?}");
        }
    }
}

#[test]
fn header_map_loses_exactly_the_removed_names() {
    let mut map = HeaderMap::new();
    for name in ["vary", "x-one", "access-control-max-age", "x-two", "vary"] {
        map.append(name, HeaderValue::from_static("1"));
    }
    let names = [Name::VARY, Name::new("X-Two").unwrap(), Name::ORIGIN];
    AnswerSink::remove(&mut map, &names).unwrap();
    // A map does not keep the order of the remaining lines.
    let mut left: Vec<&str> = map.keys().map(HeaderName::as_str).collect();
    left.sort_unstable();
    assert_eq!(left, ["access-control-max-age", "x-one"]);
}

#[test]
fn pair_list_loses_exactly_the_removed_names() {
    let long = "x".repeat(5_000);
    let mut pairs: Vec<(&str, &[u8])> = ["Vary", "x-one", "Access-Control-Max-Age", "x-two", "vary", &long]
        .into_iter()
        .map(|name| (name, &b"1"[..]))
        .collect();
    let names = [Name::VARY, Name::new("X-Two").unwrap(), Name::ORIGIN];
    AnswerSink::remove(&mut pairs, &names).unwrap();
    assert!(pairs.iter().map(|pair| pair.0).eq(["x-one", "Access-Control-Max-Age", &long]));
}
