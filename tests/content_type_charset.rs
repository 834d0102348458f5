//! XMLHttpRequest's rewriting of the charset in a page's `Content-Type`, compared with a naive transcription of the
//! standards.
#![cfg(feature = "browser")]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test may fail")]

use fetch_cors::{
    browser::{
        Action, Environment, NoCache, Profile, RequestInit, Url, XhrInit, fetch, request::BodyInit,
        safelist::cors_unsafe_request_header_names,
    },
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

/// The `Content-Type` that WebKit sends.
fn webkit_content_type(lines: &[Vec<u8>]) -> Vec<u8> {
    let pairs: Vec<(&str, &[u8])> = lines.iter().map(|line| ("Content-Type", &line[..])).collect();
    let headers = Headers::from_pairs(&pairs);
    let init = XhrInit { method: "POST", headers, body: Some(BodyInit::Text), ..XhrInit::default() };
    let (url, page) = (Url::new("https://app.example/").unwrap(), Origin::parse("https://app.example").unwrap());
    let action = fetch(
        init.request(url, page).unwrap(),
        Environment::new(&Profile::WEBKIT),
        &mut NoCache,
        core::time::Duration::ZERO,
    );
    let Ok(Action::SendRequest(awaiting)) = action else { panic!("a page asks its own origin for nothing first") };
    let mut headers = awaiting.outgoing().headers.iter();
    headers.find(|header| header.name == HeaderName::CONTENT_TYPE).unwrap().value.bytes().collect()
}

fn combined(lines: &[Vec<u8>]) -> Vec<u8> {
    lines.iter().map(|line| oracle::normalize(line)).collect::<Vec<_>>().join(&b", "[..])
}

fn expected(lines: &[Vec<u8>]) -> (Vec<u8>, bool) {
    let combined = combined(lines);
    let sent = oracle::request_init::with_charset_utf_8(&combined).unwrap_or(combined);
    let asks = !oracle::is_cors_safelisted_request_header(b"Content-Type", &sent);
    (sent, asks)
}

fn check(lines: &[Vec<u8>]) {
    assert_eq!(content_type(lines, BodyInit::Text), expected(lines), "{lines:?}");
    let combined = combined(lines);
    let rewritten = oracle::request_init::with_charset_utf_8_as_webkit(&combined).unwrap_or(combined);
    assert_eq!(webkit_content_type(lines), rewritten, "WebKit: {lines:?}");
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
fn content_type_is_safelisted_by_its_rewritten_charset() {
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
    let in_two_cases = ";a=b;A=c".repeat(5000);
    let quoted = ";a=\"\\\"\"".repeat(5000);
    for parameters in [distinct, repeated, in_two_cases, quoted] {
        check(&[latin1(&format!("text/plain;charset=latin1{parameters}"))]);
        check(&[latin1(&format!("text/plain{parameters};charset=latin1"))]);
    }
}

#[test]
fn content_type_with_a_parameter_in_two_cases_has_it_twice_in_webkit() {
    for (given, sent) in [
        ("text/plain;charset=latin1;a=b;A=c", "text/plain;charset=UTF-8;a=c;a=c"),
        ("text/plain;charset=latin1;A=b;a=c", "text/plain;charset=UTF-8;a=b"),
        ("text/plain;charset=latin1;A=b;A=c;a=d", "text/plain;charset=UTF-8;a=c;a=c"),
        ("text/plain;charset=UTF-8;Charset=latin1", "text/plain;charset=UTF-8;charset=UTF-8"),
        ("text/plain;charset=latin1;Charset=UTF-8", "text/plain;charset=latin1;Charset=UTF-8"),
    ] {
        assert_eq!(webkit_content_type(&[latin1(given)]), latin1(sent), "{given}");
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
