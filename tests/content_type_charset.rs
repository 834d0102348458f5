//! XMLHttpRequest's rewriting of the charset in a page's `Content-Type`, against a naive transcription of the standards.
#![cfg(feature = "browser")]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may fail")]

use fetch_cors::{
    browser::{Profile, RequestInit, Url, XhrInit, request::BodyInit, safelist::cors_unsafe_request_header_names},
    header::{HeaderName, Headers},
    origin::Origin,
};
use proptest::{collection::vec, prelude::*, sample::select};
use testkit::oracle;

const PARTS: &[&str] = &[
    "text/plain",
    "TEXT/html",
    "text",
    "/",
    ";",
    ";",
    ";",
    "charset",
    "Charset",
    "=",
    "=",
    "utf-8",
    "UTF-8",
    "latin1",
    "\"",
    "\"",
    "\\",
    " ",
    "\t",
    ",",
    "a",
    "A",
    "b c",
    "(",
    "\u{e9}",
    "a=b",
    "x=\"y\"",
    ";charset=latin1",
    ";charset=\"x\"",
    "application/x-www-form-urlencoded;charset=x",
    "=;",
    ";;",
];

/// The bytes of Latin-1 text.
fn latin1(text: &str) -> Vec<u8> {
    text.chars().map(|character| u8::try_from(u32::from(character)).unwrap()).collect()
}

/// The `Content-Type` of XMLHttpRequest with these lines, and whether it needs a preflight.
fn content_type(lines: &[Vec<u8>], body: BodyInit<'_>) -> (Vec<u8>, bool) {
    let pairs: Vec<(&str, &[u8])> = lines.iter().map(|line| ("Content-Type", &line[..])).collect();
    let init = XhrInit { method: "POST", headers: Headers::from_pairs(&pairs), body: Some(body), ..XhrInit::default() };
    let (url, page) = (Url::new("https://api.example/").unwrap(), Origin::parse("https://app.example").unwrap());
    let request = init.request(url, page).unwrap();
    let header = request.headers().header_list().find(|header| header.name == HeaderName::CONTENT_TYPE).unwrap();
    let asks = !cors_unsafe_request_header_names(request.headers(), &Profile::FETCH).is_empty();
    (header.value.bytes().collect(), asks)
}

fn expected(lines: &[Vec<u8>]) -> (Vec<u8>, bool) {
    let combined = lines.iter().map(|line| oracle::normalize(line)).collect::<Vec<_>>().join(&b", "[..]);
    let sent = oracle::request_init::with_charset_utf_8(&combined).unwrap_or(combined);
    let asks = !oracle::is_cors_safelisted_request_header(b"Content-Type", &sent);
    (sent, asks)
}

fn check(lines: &[Vec<u8>]) {
    assert_eq!(content_type(lines, BodyInit::Text), expected(lines), "{lines:?}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 20_000, ..ProptestConfig::default() })]

    #[test]
    fn content_type_is_rewritten_as_the_oracle_rewrites_it(
        lines in vec(vec(select(PARTS), 0..10).prop_map(|parts| latin1(&parts.concat())), 1..4),
    ) {
        check(&lines);
    }
}

#[test]
fn content_type_with_charset_is_rewritten_before_it_is_judged() {
    let sent = |value: &str, body| {
        let (sent, asks) = content_type(&[latin1(value)], body);
        (sent.into_iter().map(char::from).collect::<String>(), asks)
    };
    for body in [BodyInit::Text, BodyInit::UrlSearchParams, BodyInit::Stream] {
        assert_eq!(sent("text/plain;charset=latin1;a=b c", body), ("text/plain;charset=UTF-8;a=\"b c\"".into(), true));
        assert_eq!(sent("text/plain;charset=\"latin1\"", body), ("text/plain;charset=UTF-8".into(), false));
    }
    for body in [BodyInit::Bytes, BodyInit::Blob("text/plain"), BodyInit::FORM_DATA] {
        let given = "text/plain;charset=latin1;a=b c";
        assert_eq!(sent(given, body), (given.into(), false));
    }
}

#[test]
fn content_type_with_thousands_of_parameters_is_rewritten_in_time() {
    let distinct = (0..5000).map(|number| format!(";p{number}=b")).collect::<Vec<_>>().concat();
    let repeated = ";a=b".repeat(20_000);
    let quoted = ";a=\"\\\"\"".repeat(5000);
    for parameters in [distinct, repeated, quoted] {
        check(&[latin1(&format!("text/plain;charset=latin1{parameters}"))]);
        check(&[latin1(&format!("text/plain{parameters};charset=latin1"))]);
    }
}

#[test]
fn content_type_that_is_only_short_once_it_is_rewritten_needs_no_preflight() {
    let value = format!("text/plain;charset=latin1{}", ";a=b".repeat(100));
    assert_eq!(content_type(&[latin1(&value)], BodyInit::Text), (b"text/plain;charset=UTF-8;a=b".to_vec(), false));
}

#[test]
fn content_type_of_fetch_keeps_its_charset() {
    let lines: [(&str, &[u8]); 1] = [("Content-Type", b"text/plain;charset=latin1")];
    let headers = Headers::from_pairs(&lines);
    let init = RequestInit { method: "POST", headers, body: Some(BodyInit::Text), ..RequestInit::default() };
    let (url, page) = (Url::new("https://api.example/").unwrap(), Origin::parse("https://app.example").unwrap());
    let request = init.request(url, page).unwrap();
    let header = request.headers().header_list().find(|header| header.name == HeaderName::CONTENT_TYPE).unwrap();
    assert_eq!(header.value.as_bytes(), Some(&b"text/plain;charset=latin1"[..]));
}
