//! Requests in files of API clients.

use fetch_cors_read::{Form, MistakeKind, NoteKind, PageBody};

use crate::common::{asked, error, exchange, headers, mistake, shapes, statuses};

const PUT: &str =
    "PUT https://api.example/a\nOrigin: https://app.example\nContent-Type: application/json\n\n{\"a\": 1}\n";
const BRUNO: &str = "meta {\n  name: a\n  type: http\n  seq: 1\n}\n\nput {\n  url: https://api.example/a\n  body: json\n  auth: none\n}\n\nheaders {\n  Origin: https://app.example\n  ~X-Off: 1\n}\n\nbody:json {\n  {\n    \"a\": 1\n  }\n}\n";

#[test]
fn request_in_a_file_is_read() {
    let variables = PUT.replace("https://api.example", "{{host}}");
    for text in [
        PUT.to_owned(),
        format!("### Save\n{PUT}"),
        format!("### Save\n# @name save\n// a comment\n\n{PUT}\n### Load\nGET https://api.example/b\n"),
        format!("@host = https://api.example\n\n{variables}"),
        format!("@name=api.example\n@host=https://{{{{name}}}}\n###\n{variables}"),
        PUT.replace("/a\n", "/a HTTP/1.1\n").replace("PUT", "### Save\nPUT"),
    ] {
        for text in shapes(&text) {
            let read = exchange(&text);
            assert_eq!(read.form, Form::RequestFile, "{text}");
            assert_eq!(
                asked(&read),
                (
                    "PUT https://api.example/a".into(),
                    Some("https://app.example"),
                    vec!["Content-Type: application/json".into()]
                ),
                "{text}"
            );
            assert_eq!(read.request.body, Some(PageBody::Text("{\"a\": 1}".into())), "{text}");
        }
    }
    let read = exchange("GET https://api.example/a\n    ?b=1\n    &c=2\nX-A: {{token}}\n");
    assert_eq!(
        (read.request.url.as_deref(), headers(&read)),
        (Some("https://api.example/a?b=1&c=2"), vec!["X-A: {{token}}".into()])
    );
    assert_eq!(read.notes[0].kind, NoteKind::ExpressionSupposed("{{token}}".into()));
    let read = exchange(&format!("{PUT}\nHTTP/1.1 403 Forbidden\nVary: a\n\n"));
    assert_eq!((statuses(&read), read.request.method.as_deref()), (vec![403], Some("PUT")));
}

#[test]
fn file_of_bruno_is_read() {
    for text in shapes(BRUNO).into_iter().filter(|text| !text.starts_with("    ")) {
        let read = exchange(&text);
        assert_eq!(read.form, Form::RequestFile, "{text}");
        assert_eq!(
            asked(&read),
            (
                "PUT https://api.example/a".into(),
                Some("https://app.example"),
                vec!["Content-Type: application/json".into()]
            ),
            "{text}"
        );
    }
    let read = exchange(
        "get {\n  url: https://api.example/a/{{id}}\n  body: none\n  auth: bearer\n}\n\nauth:bearer {\n  token: {{token}}\n}\n",
    );
    assert_eq!(
        (read.request.url.as_deref(), headers(&read)),
        (Some("https://api.example/a/1"), vec!["Authorization: Bearer {{token}}".into()])
    );
    assert_eq!(read.notes.len(), 2);
    let read = exchange(
        "post {\n  url: {{host}}/a\n}\n\nbody:multipart-form {\n  a: @file(b)\n}\n\nvars:pre-request {\n  host: https://api.example\n}\n",
    );
    assert_eq!(
        (read.request.url.as_deref(), read.request.body),
        (Some("https://api.example/a"), Some(PageBody::FormData))
    );
}

#[test]
fn variable_of_a_host_without_a_value_is_a_mistake() {
    for (text, line) in [
        ("PUT {{host}}/a\nVary: a\n", 1),
        ("### a\nPUT https://{{name}}.example/a\n", 2),
        (&*BRUNO.replace("https://api.example", "{{host}}"), 8),
    ] {
        let (kind, at, _) = mistake(text);
        assert_eq!((kind, at), (MistakeKind::NotData, line), "{text}");
    }
    for text in [
        "GET https://api.example/a\nfails and I do not know why",
        "get https://api.example/a",
        "GET it done https://api.example/",
    ] {
        assert_eq!(error(text.as_bytes()).mistakes[0].kind, MistakeKind::UnknownForm, "{text}");
    }
}
