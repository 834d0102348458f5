//! The four kinds of requests, from all types of header lists.

use fetch_cors::{
    header::{HeaderSource, Headers},
    server::{PolicyConfig, RequestKind},
};

type Line = (&'static str, &'static [u8]);

/// A custom header list, with its last line first.
struct Backwards(Vec<Line>);

impl HeaderSource for Backwards {
    fn header(&self, number: usize) -> Option<(&str, &[u8])> {
        self.0.iter().rev().nth(number).copied()
    }
}

const APP: &[u8] = b"https://app.example";
const PREFLIGHT: RequestKind<'static> = RequestKind::Preflight { origin: APP, method: b"PUT" };
const WITH_ORIGIN: RequestKind<'static> = RequestKind::WithOrigin { origin: APP };

const ROWS: [(&str, &[Line], RequestKind<'static>); 9] = [
    ("OPTIONS", &[("Origin", APP), ("Access-Control-Request-Method", b" PUT ")], PREFLIGHT),
    ("OPTIONS", &[("ACCESS-CONTROL-REQUEST-METHOD", b"PUT"), ("x-a", b"1"), ("ORIGIN", APP)], PREFLIGHT),
    ("OPTIONS", &[("origin", APP)], WITH_ORIGIN),
    ("PUT", &[("origin", APP), ("access-control-request-method", b"PUT")], WITH_ORIGIN),
    ("options", &[("origin", APP), ("access-control-request-method", b"PUT")], WITH_ORIGIN),
    (
        "OPTIONS",
        &[("origin", APP), ("origin", APP), ("access-control-request-method", b"PUT")],
        RequestKind::SeveralOrigins,
    ),
    ("GET", &[("origin", APP), ("x-a", b"1"), ("origin", b"null")], RequestKind::SeveralOrigins),
    ("OPTIONS", &[("access-control-request-method", b"PUT")], RequestKind::WithoutOrigin),
    ("GET", &[], RequestKind::WithoutOrigin),
];

#[test]
fn request_kind_from_pairs_and_from_a_source_agree() {
    for (method, lines, kind) in ROWS {
        assert_eq!(RequestKind::of(method, Headers::from_pairs(lines)), kind, "{lines:?}");
        let source = Backwards(lines.to_vec());
        assert_eq!(RequestKind::of(method, Headers::from_source(&source)), kind, "{lines:?}");
    }
}

#[cfg(feature = "http")]
#[test]
fn request_kind_from_a_header_map_agrees() {
    for (method, lines, kind) in ROWS {
        let mut map = http::HeaderMap::new();
        for (name, value) in lines {
            let name = http::HeaderName::from_bytes(name.as_bytes()).unwrap();
            map.append(name, http::HeaderValue::from_bytes(value.trim_ascii()).unwrap());
        }
        assert_eq!(RequestKind::of(method, Headers::from(&map)), kind, "{lines:?}");
    }
}

#[test]
fn custom_header_source_is_read_like_pairs() {
    let source = Backwards(vec![("Vary", b"b "), ("x-a", b"1"), ("vary", b" a")]);
    let headers = Headers::from_source(&source);
    assert_eq!(format!("{headers:?}"), "[vary: a, x-a: 1, Vary: b]");
    let vary = headers.get(fetch_cors::header::HeaderName::VARY).unwrap();
    assert_eq!(vary.to_string(), "a, b");
}

#[test]
fn requested_names_are_read_from_a_custom_header_source() {
    use fetch_cors::server::{Decision, Disclosure};
    let policy = PolicyConfig::new(["https://app.example"])
        .methods(["PUT"])
        .request_headers(["x-a", "x-b"])
        .disclosure(Disclosure::Minimal)
        .build()
        .unwrap();
    let source = Backwards(vec![
        ("Access-Control-Request-Headers", b"x-a"),
        ("Access-Control-Request-Method", b"PUT"),
        ("Origin", APP),
    ]);
    let Decision::AnswerPreflight(answer) = policy.decide("OPTIONS", Headers::from_source(&source)) else { panic!() };
    assert_eq!(answer.requested_method().map(|method| method.as_str().to_owned()), Some("PUT".to_owned()));
    let mut lines: Vec<(&str, &[u8])> = Vec::new();
    answer.write(&mut lines).unwrap();
    assert!(lines.contains(&("access-control-allow-methods", b"PUT")), "{lines:?}");
    assert!(lines.contains(&("access-control-allow-headers", b"x-a")), "{lines:?}");
}
