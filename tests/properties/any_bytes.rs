//! Any bytes as names, values, origins, URLs and statuses, empty or 1 MiB long, are an error or a verdict.

use proptest::{collection::vec, prelude::*, sample::select};

use testkit::generators::{self, NAMES};

use crate::exercise::{Input, exercise, exercise_in};

fn text() -> BoxedStrategy<String> {
    const WORDS: &[&str] = &[
        "GET",
        "put",
        "https://page.example",
        "http://[::1]:81/",
        "data:,x",
        "about:blank",
        "null",
        "//",
        ":",
        "@",
        "?",
        "#",
    ];
    prop_oneof![
        any::<String>(),
        vec(select(WORDS), 0..4).prop_map(|words| words.concat()),
        generators::origin().prop_map(|origin| String::from_utf8_lossy(&origin).into_owned()),
        generators::origin().prop_map(|origin| format!("{}/a?b#c", String::from_utf8_lossy(&origin))),
        Just(String::new()),
    ]
    .boxed()
}

fn headers() -> impl Strategy<Value = Vec<(String, Vec<u8>)>> {
    let name = prop_oneof![6 => select(NAMES).prop_map(str::to_owned), 1 => any::<String>()];
    let value = prop_oneof![
        generators::value(),
        vec(any::<u8>(), 0..64),
        select(&["*", "true", "https://page.example", "null", "x-a, *", "GET,PUT", "600", "-1", "same-site"][..])
            .prop_map(|value| value.as_bytes().to_vec()),
    ];
    vec((name, value), 0..8)
}

proptest! {
    #![proptest_config(crate::config(1024))]

    #[test]
    fn any_bytes_give_an_error_or_a_verdict(
        method in text(), url in text(), origin in text(), status in any::<u16>(), headers in headers()
    ) {
        exercise(&Input { method, url, origin, status, headers });
    }

    #[test]
    fn likely_requests_give_an_error_or_a_verdict(
        method in select(&["GET", "post", "PUT", "patch", "*"][..]),
        url in select(&["https://api.example/", "http://page.example/", "https://page.example/", "data:,x"][..]),
        status in prop_oneof![Just(200_u16), 100_u16..600],
        mut headers in headers(),
        allow_origin in select(&["*", "https://page.example"][..])
    ) {
        headers.push(("Access-Control-Allow-Origin".to_owned(), allow_origin.as_bytes().to_vec()));
        exercise(&Input {
            method: method.to_owned(),
            url: url.to_owned(),
            origin: "https://page.example".to_owned(),
            status,
            headers,
        });
    }
}

const MIB: usize = 1 << 20;

fn with_headers(headers: Vec<(String, Vec<u8>)>) -> Input {
    Input {
        method: "PUT".to_owned(),
        url: "https://api.example/".to_owned(),
        origin: "https://page.example".to_owned(),
        status: 200,
        headers,
    }
}

#[test]
fn empty_inputs_give_an_error_or_a_verdict() {
    let empty = String::new;
    exercise(&Input { method: empty(), url: empty(), origin: empty(), status: 0, headers: vec![(empty(), vec![])] });
}

#[test]
fn a_header_value_of_1_mib_gives_an_error_or_a_verdict() {
    for (name, pattern) in [
        ("Accept", &b"a"[..]),
        ("Accept-Language", b"\0"),
        ("Content-Type", b"text/plain;"),
        ("Range", b"bytes=1"),
        ("X-HTTP-Method", b"\"\\,"),
        ("Access-Control-Allow-Origin", b" "),
        ("Access-Control-Allow-Headers", b"a,"),
        ("Access-Control-Allow-Methods", b"\xFF"),
        ("Access-Control-Expose-Headers", b","),
        ("Access-Control-Max-Age", b"1"),
        ("Timing-Allow-Origin", b",\t"),
    ] {
        let value: Vec<u8> = pattern.iter().copied().cycle().take(MIB).collect();
        exercise_in(&with_headers(vec![(name.to_owned(), value)]), &["cors"]);
    }
}

#[test]
fn a_url_or_name_of_1_mib_gives_an_error_or_a_verdict() {
    for pattern in ["a", "A", "/", ":", "[", "a.", "0.", "[::", "@", "\u{e9}", "://", "-", "blob:"] {
        let text = pattern.repeat(MIB / pattern.len());
        for (url, origin, name) in [
            (format!("https://{text}/"), format!("https://{text}"), text.clone()),
            (format!("https://a/{text}"), format!("https://[{text}]"), format!("a{text}")),
            (text.clone(), text.clone(), format!("{text} ")),
        ] {
            let headers = vec![(name, b"1".to_vec())];
            exercise_in(&Input { method: text.clone(), url, origin, status: 999, headers }, &[]);
        }
    }
}
