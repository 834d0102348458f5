//! Texts that cannot be read: each mistake is reported with its place.

use fetch_cors_read::MistakeKind;

use crate::common::error;

#[test]
fn mistakes_are_reported_with_line_and_column() {
    use MistakeKind::*;
    for (text, kind, line, column) in [
        (&b""[..], Empty, 1, 1),
        (b" \n\t", Empty, 1, 1),
        (b"it does not work", UnknownForm, 1, 1),
        (b"\xFF\xFEH\0", Utf16, 1, 1),
        (b"HTTP/1.1 2000 OK\n\n", StatusLine, 1, 1),
        (b"HTTP/1.1 200 OK\nVary: a\n<html>\n", NoColon, 3, 1),
        (b"HTTP/1.1 200 OK\nA B: a\n\n", HeaderName, 2, 1),
        (b"HTTP/1.1 200 OK\n\nHTTP/1.1 999 OK\n\n", StatusCode, 3, 1),
        (b"curl 'https://a.example/", QuoteOpen, 1, 6),
        (b"$ curl -H 'a: b'", NoUrl, 1, 3),
        (b"curl https://a.example/ \\\n  --frobnicate 1", UnknownOption, 2, 3),
        (b"curl https://a.example/ -X", OptionValue, 1, 25),
        (b"curl https://a.example/ b", SecondUrl, 1, 25),
        (b"curl https://a.example/ -H @file", FromFile, 1, 25),
        (b"curl $URL", ShellExpansion, 1, 6),
        (b"curl https://a.example/ -H '\xFF: a'", NotUtf8, 1, 29),
        (b"fetch(url)", NotData, 1, 7),
        (b"fetch(`${base}/x`)", NotData, 1, 7),
        (b"fetch('https://a.example/', options)", NotData, 1, 29),
        (b"fetch('https://a.example/', {\n  headers: { ...common },\n})", NotData, 2, 17),
        (b"fetch('https://a.example/', { mode: 'none' })", MemberValue, 1, 37),
        ("fetch('https://a.example/', { headers: { a: '€' } })".as_bytes(), NoByte, 1, 45),
        (b"fetch('https://a.example/'", CallSyntax, 1, 1),
        (b"{\"log\": {\"entries\": [}", JsonSyntax, 1, 22),
        (b"{\"log\": {\"entries\": 1}}", HarMember, 1, 21),
        (b"{\"a\": 1}", NoHar, 1, 1),
    ] {
        let error = error(text);
        let first = &error.mistakes[0];
        let place = (first.kind, first.place.line, first.place.column);
        assert_eq!(place, (kind, line, column), "{}: {error}", String::from_utf8_lossy(text));
        assert!(error.to_string().contains(kind.reason()) && error.to_string().contains(kind.fix()));
    }
}

#[test]
fn all_mistakes_are_named_at_once() {
    let error = error(b"curl --one --two https://a.example/ -H 'a b'");
    let kinds: Vec<_> = error.mistakes.iter().map(|mistake| mistake.kind).collect();
    assert_eq!(kinds, [MistakeKind::UnknownOption, MistakeKind::UnknownOption, MistakeKind::NoColon]);
}

#[test]
fn codes_are_kebab_case_and_different() {
    let codes: Vec<_> = MistakeKind::ALL.iter().map(|kind| kind.code()).collect();
    let different: std::collections::BTreeSet<_> = codes.iter().collect();
    assert_eq!(codes.len(), different.len());
    assert!(
        codes
            .iter()
            .all(|code| code.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-' || byte.is_ascii_digit()))
    );
}
