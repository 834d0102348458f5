//! Commands of HTTPie, alone and with the heads that it prints.

use fetch_cors_read::{Form, MistakeKind, PageBody, PageHeader, read};

use crate::common::exchange;

#[test]
fn command_gives_its_request() {
    for (command, method, url, headers, has_body) in [
        ("http https://api.example/a", "GET", "https://api.example/a", "", false),
        ("$ http PUT https://api.example/a", "PUT", "https://api.example/a", "", false),
        ("> http --print=h OPTIONS 'https://api.example/a'", "OPTIONS", "https://api.example/a", "", false),
        ("me@host:~$ http -p h DELETE https://api.example/a X-A:1", "DELETE", "https://api.example/a", "X-A: 1", false),
        ("xh :8080/a b==c d==e", "GET", "http://localhost:8080/a?b=c&d=e", "", false),
        ("https -vF :/a", "GET", "https://localhost/a", "", false),
        (
            "http https://api.example/a b=c n:=1 'X-A:b=c' 'X-B;' Accept:",
            "POST",
            "https://api.example/a",
            "X-A: b=c|X-B: |Content-Type: application/json",
            true,
        ),
        (
            "http -f PATCH https://api.example/a b=c",
            "PATCH",
            "https://api.example/a",
            "Content-Type: application/x-www-form-urlencoded",
            true,
        ),
        ("http https://api.example/a 'X-A:b;' X-B:", "GET", "https://api.example/a", "X-A: b;", false),
        ("http -vp hb --timeout=5 https://api.example/a", "GET", "https://api.example/a", "", false),
        ("http -a me:x https://api.example/a", "GET", "https://api.example/a", "Authorization: Basic …", false),
    ] {
        let shapes = [
            command.to_owned(),
            format!("  {command}\r\n"),
            format!("\u{FEFF}```sh\n{command}\n```\n"),
            format!("It fails:\n\n```\n{command}\nHTTP/1.1 403 Forbidden\nVary: Origin\n\n```\n"),
        ];
        for text in shapes {
            let read = exchange(&text);
            let request = &read.request;
            assert_eq!(read.form, Form::HttpieCommand, "{text}");
            // An `OPTIONS` is a preflight made by hand, not the page's method.
            let expected = (method != "OPTIONS").then_some(method);
            assert_eq!((request.method.as_deref(), request.url.as_deref()), (expected, Some(url)), "{text}");
            let line = |header: &PageHeader| {
                format!("{}: {}", header.name, String::from_utf8_lossy(header.value_or_stand_in()))
            };
            assert_eq!(request.headers.iter().map(line).collect::<Vec<_>>().join("|"), headers, "{text}");
            assert_eq!(request.body.is_some(), has_body, "{text}");
            assert_eq!(read.heads.len(), usize::from(text.contains("HTTP/1.1")), "{text}");
            if let [head] = &read.heads[..] {
                assert_eq!(head.answers.as_ref().map(|answers| &*answers.method), Some(method), "{text}");
            }
        }
    }
    let upload = exchange("http https://api.example/a file@~/a.png");
    assert_eq!(upload.request.body, Some(PageBody::FormData));
}

#[test]
fn mistakes_have_their_place_and_prose_is_not_a_command() {
    for (text, kind, column) in [
        ("http --frobnicate https://api.example/a", MistakeKind::UnknownOption, 6),
        ("http https://api.example/a b=@file.json", MistakeKind::FromFile, 28),
        ("http https://$HOST/a", MistakeKind::ShellExpansion, 6),
        ("http https://api.example/a --timeout", MistakeKind::OptionValue, 28),
        ("http https://api.example/a other", MistakeKind::SecondUrl, 28),
        ("http 'https://api.example/a", MistakeKind::QuoteOpen, 6),
        ("http requests to https://api.example/a fail", MistakeKind::UnknownForm, 1),
        ("https is what https://api.example/a wants", MistakeKind::UnknownForm, 1),
    ] {
        let error = read(text.as_bytes()).map(|read| format!("{read:?}")).expect_err(text);
        let first = &error.mistakes[0];
        assert_eq!((first.kind, first.place.column), (kind, column), "{text}");
    }
}
