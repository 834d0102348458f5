//! The output of `{:?}` and `{}` for values that people log: the text itself, without bytes that control a terminal.

use fetch_cors::{
    browser::{Environment, Profile, Url, cross_origin_resource_policy::EmbedderPolicy, request::RequestHeaders},
    header::{HeaderName, Headers},
    method::Method,
    origin::Origin,
    server::{Danger, Decision, OriginPattern, Policy, PolicyConfig, Rule},
};

use crate::exchange::{API, get, request};

#[test]
fn debug_of_words_is_their_text_and_of_values_is_escaped() {
    let lines: [(&str, &[u8]); 2] = [("X-A", b"\xFF 1 "), ("x-a", b"2")];
    let (headers, name) = (Headers::from_pairs(&lines), HeaderName::new("X-a").unwrap());
    for (shown, text) in [
        (format!("{headers:?}"), "[X-A: \\xff 1, x-a: 2]"),
        (format!("{name:?}"), "\"X-a\""),
        (format!("{:?}", headers.get(name).unwrap()), "X-a: \\xff 1, 2"),
        (format!("{:?}", Method::PUT), "\"PUT\""),
        (format!("{:?}", Origin::parse("https://app.example:8443").unwrap()), "https://app.example:8443"),
        (format!("{:?}", Origin::OPAQUE), "null"),
        (format!("{:?}", Url::new(API).unwrap()), "\"https://api.example/items\""),
        (format!("{:>5}|{:<6}|", Method::PUT, HeaderName::VARY), "  PUT|vary  |"),
        (format!("{:>25}|", OriginPattern::new("http://*.app.example:*")), "   http://*.app.example:*|"),
        (request(get(), API).to_string(), "GET https://api.example/items"),
    ] {
        assert_eq!(shown, text);
    }
}

#[test]
fn debug_of_an_iterator_shows_only_the_headers_left() {
    let lines: [(&str, &[u8]); 2] = [("x-a", b"1"), ("x-b", b"2")];
    let headers = Headers::from_pairs(&lines);
    let (mut rest, list) = (headers.iter(), RequestHeaders::new(headers));
    assert_eq!(format!("{rest:?}"), format!("{list:?}"));
    assert!(rest.next().is_some());
    let shown = format!("{rest:?}");
    assert!(shown.contains("x-b") && !shown.contains("x-a"), "{shown}");
}

#[test]
fn debug_of_an_environment_shows_profile_partition_and_the_pages_surroundings() {
    let environment = Environment {
        partition: "top.example",
        embedder_policy: EmbedderPolicy::RequireCorp,
        ..Environment::new(&Profile::FIREFOX)
    };
    let shown = format!("{environment:?}");
    for text in ["Firefox", "top.example", "RequireCorp", "Window", "Http2OrLater"] {
        assert!(shown.contains(text), "{text}: {shown}");
    }
}

#[test]
fn debug_of_a_rule_shows_what_it_allows_in_both_forms() {
    let patterns = [OriginPattern::new("http://*.app.example:*").dangerously_allow(Danger::InsecureScheme)];
    let rule = Rule::new(&patterns)
        .methods("PUT")
        .request_headers("x-a, x-b")
        .exposed_headers("etag")
        .credentials()
        .max_age_seconds(60);
    let owned = PolicyConfig::new(["https://app.example"])
        .methods(["PUT"])
        .request_headers(["X-B", "x-a"])
        .exposed_headers(["etag"])
        .max_age_seconds(60)
        .build()
        .unwrap();
    for shown in [format!("{rule:?}"), format!("{owned:?}")] {
        for text in ["app.example", "\"PUT\"", "\"x-a, x-b\"", "\"etag\"", "60"] {
            assert!(shown.contains(text), "{text}: {shown}");
        }
    }
}

#[test]
fn debug_of_saved_headers_escapes_the_origin() {
    let patterns = [OriginPattern::new("https://app.example"), OriginPattern::new("https://*.b.example")];
    let policy = Policy::builder(&patterns).build().unwrap();
    let saved = |lines: &[(&str, &[u8])]| {
        let Decision::Handle(headers) = policy.decide("GET", Headers::from_pairs(lines)) else { panic!() };
        format!("{:?}", headers.save())
    };
    for (origin, text) in [(&b"https://a.b.example"[..], "https://a.b.example"), (b"\xFFoo\"\n", "\\xffoo\\\"\\n")] {
        let shown = saved(&[("Origin", origin)]);
        assert!(shown.contains(text), "{text}: {shown}");
    }
}
