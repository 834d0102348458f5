//! What values say of themselves to a programmer.

use fetch_cors::{
    browser::{EmbedderPolicy, Environment, Profile, RequestHeaders, Url},
    header::{HeaderName, Headers},
    method::Method,
    origin::Origin,
    server::{Danger, Decision, OriginPattern, OriginPredicate, Policy, PolicyConfig, Rule},
};

use crate::exchange::{API, get, request};

struct ReadsHost;

impl OriginPredicate for ReadsHost {
    fn allows(&self, _: &str, _: Headers<'_>) -> bool {
        true
    }

    fn reads(&self) -> &'static [HeaderName<'static>] {
        &[HeaderName::HOST]
    }
}

#[test]
fn words() {
    let lines: [(&str, &[u8]); 2] = [("X-A", b"\xFF 1 "), ("x-a", b"2")];
    let (headers, name) = (Headers::from_pairs(&lines), HeaderName::new("X-a").unwrap());
    let list = RequestHeaders::new(headers);
    let line = "Header { name: \"X-A\", value: [255, 32, 49] }, Header { name: \"x-a\", value: [50] }";
    for (debug, text) in [
        (format!("{headers:?}"), "[X-A: \\xff 1, x-a: 2]"),
        (format!("{:?}", headers.iter()), &*format!("[{line}]")),
        (format!("{list:?}"), &*format!("[{line}]")),
        (format!("{:?}", list.iter()), &*format!("[{line}]")),
        (format!("{name:?}"), "\"X-a\""),
        (format!("{:?}", headers.get(name).unwrap()), "X-a: \\xff 1, 2"),
        (format!("{:?}", Headers::from_pairs(&lines[1..]).extract(name).unwrap().unwrap()), "[\"2\"]"),
        (format!("{:?}", Method::PUT), "\"PUT\""),
        (format!("{:?}", Origin::parse("https://app.example:8443").unwrap()), "https://app.example:8443"),
        (format!("{:?}", Origin::OPAQUE), "null"),
        (format!("{:?}", Url::new(API).unwrap()), "\"https://api.example/items\""),
        (format!("{:>5}|{:<6}|", Method::PUT, HeaderName::VARY), "  PUT|vary  |"),
        (request(get(), API).to_string(), "GET https://api.example/items"),
    ] {
        assert_eq!(debug, text);
    }
    let mut rest = headers.iter();
    assert!(rest.next().is_some());
    assert_eq!(format!("{rest:?}"), "[Header { name: \"x-a\", value: [50] }]");
}

#[test]
fn environments() {
    let environment = Environment {
        partition: "top.example",
        embedder_policy: EmbedderPolicy::RequireCorp,
        ..Environment::new(&Profile::FIREFOX)
    };
    let text = "Environment { profile: \"Firefox\", partition: \"top.example\", embedder_policy: RequireCorp, \
                global_object: Window, http_version: Http2OrLater, storage_access: None, .. }";
    assert_eq!(format!("{environment:?}"), text);
}

#[test]
fn patterns_and_rules() {
    let patterns = [OriginPattern::new("http://*.app.example:*").despite(Danger::InsecureScheme)];
    assert_eq!(
        format!("{patterns:?} {:>25}|", patterns[0]),
        "[OriginPattern(\"http://*.app.example:*\")]    http://*.app.example:*|"
    );
    let rule = Rule::new(&patterns)
        .predicate(&ReadsHost)
        .methods("PUT")
        .request_headers("x-a, x-b")
        .exposed_headers("etag")
        .credentials()
        .max_age_seconds(60);
    let text = "Rule { origins: [OriginPattern(\"http://*.app.example:*\")], predicate: Some([\"host\"]), look_up: Never, \
                methods: \"PUT\", request_headers: \"x-a, x-b\", exposed_headers: \"etag\", credentials: Allowed, max_age: \
                Some(60), .. }";
    assert_eq!(format!("{rule:?}"), text);
    let text = "Rule { origins: [], predicate: None, look_up: Asked, methods: \"\", request_headers: \"\", exposed_headers: \
                \"\", credentials: Omitted, max_age: None, .. }";
    assert_eq!(format!("{:?}", Rule::new(&[]).ask_caller()), text);
    let owned = PolicyConfig::new(["https://app.example"])
        .methods(["PUT"])
        .request_headers(["X-B", "x-a"])
        .exposed_headers(["etag"])
        .max_age_seconds(60)
        .build()
        .unwrap();
    let text = "OwnedRule { credentials: Omitted, methods: \"PUT\", request_headers: \"x-a, x-b\", exposed_headers: \"etag\", \
                max_age: Some(60), .. }";
    let debug = format!("{owned:?}");
    assert!(debug.contains(text), "{debug}");
}

#[test]
fn saved_headers() {
    let patterns = [OriginPattern::new("https://app.example"), OriginPattern::new("https://*.b.example")];
    let policy = Policy::builder(&patterns).build().unwrap();
    let saved = |lines: &[(&str, &[u8])]| {
        let Decision::Handle(headers) = policy.decide("GET", Headers::from_pairs(lines)) else { panic!() };
        format!("{:?}", headers.save())
    };
    assert_eq!(saved(&[]), "SavedHeaders(WithoutOrigin, \"\")");
    let allowed = "SavedHeaders(Listed { rule: 0 }, \"https://a.b.example\")";
    assert_eq!(saved(&[("Origin", b"https://a.b.example")]), allowed);
    assert_eq!(saved(&[("Origin", b"\xFFoo\"")]), "SavedHeaders(Refused, \"\\xffoo\\\"\")");
    assert_eq!(saved(&[("Origin", b"a"), ("origin", b"b")]), "SavedHeaders(Several, \"\")");
}
