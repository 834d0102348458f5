//! Texts that look like headers, or like another form, and texts that hide headers in another layout.

use fetch_cors_read::{Form, MistakeKind, NoteKind};

use crate::common::{asked, exchange, head, mistake, statuses};

#[test]
fn outlines_and_code_are_no_headers() {
    use MistakeKind::{Outline, ServerConfiguration};
    for (text, kind) in [
        (
            "openapi: 3.0.0\npaths:\n  /a:\n    options:\n      headers:\n        Access-Control-Allow-Origin:\n          schema:\n            type: string\n",
            Outline,
        ),
        ("/*\n  Access-Control-Allow-Origin: *\n  Vary: Origin\n", Outline),
        ("  /api/*\n    Access-Control-Allow-Origin: *\n", Outline),
        ("spec:\n  filters:\n    - responseHeaderModifier:\n        Vary: Origin\n        X-A: b\n", Outline),
        ("Globals:\n  Api:\n    Cors:\n      AllowMethods: \"'*'\"\n      AllowOrigin: \"'*'\"\n", ServerConfiguration),
        (
            "http:\n  middlewares:\n    cors:\n      headers:\n        accessControlAllowMethods:\n          - GET\n",
            ServerConfiguration,
        ),
        (
            "annotations:\n  nginx.ingress.kubernetes.io/enable-cors: \"true\"\n  nginx.ingress.kubernetes.io/cors-allow-origin: \"*\"\n",
            ServerConfiguration,
        ),
        ("{\n  \"CORSRules\": [ { \"AllowedOrigins\": [\"*\"] } ]\n}\n", ServerConfiguration),
        (
            "{ \"headers\": [\n  { \"source\": \"/a\", \"headers\": [ { \"key\": \"Access-Control-Allow-Origin\", \"value\": \"*\" } ] } ] }\n",
            ServerConfiguration,
        ),
        (
            "return {\n  statusCode: 200,\n  headers: {\n    'Access-Control-Allow-Origin': '*',\n  },\n};\n",
            ServerConfiguration,
        ),
        (
            "module.exports = {\n  async headers() {\n    return [\n      {\n        source: '/a',\n        headers: [ { key: 'Access-Control-Allow-Origin', value: '*' } ],\n      },\n    ]\n  },\n}\n",
            ServerConfiguration,
        ),
        (
            "[[headers]]\n  for = \"/*\"\n  [headers.values]\n    Access-Control-Allow-Origin = \"*\"\n",
            ServerConfiguration,
        ),
        (
            "api.example {\n  header Access-Control-Allow-Origin *\n  reverse_proxy localhost:8080\n}\n",
            ServerConfiguration,
        ),
    ] {
        assert_eq!(mistake(text).0, kind, "{text}");
    }
    // A class around a call, and a label of a person.
    let call = "class A {\n  load() {\n    return fetch('https://api.example/a')\n  }\n}\n";
    assert_eq!(exchange(call).request.url.as_deref(), Some("https://api.example/a"));
    assert_eq!(head(&exchange("Preflight:\n  Access-Control-Allow-Origin: *\n  Vary: a\n")).1.len(), 2);
}

#[test]
fn outline_of_an_exchange_is_read() {
    for text in [
        "request:\n  method: PUT\n  url: https://api.example/a\n  headers:\n    Origin: https://app.example\n    X-A: 1\nresponse:\n  status: 403\n  headers:\n    Vary: Origin\n",
        "Request: PUT https://api.example/a\nOrigin: https://app.example\nX-A: 1\n\nResponse: 403\nVary: Origin\n",
        "{\"request\":{\"method\":\"PUT\",\"url\":\"https://api.example/a\",\"headers\":{\"Origin\":\"https://app.example\",\"X-A\":\"1\"}},\"response\":{\"status\":403,\"headers\":{\"Vary\":\"Origin\"}}}\n",
        "{\"time\": 1, \"request\": {\"method\": \"PUT\", \"url\": \"https://api.example/a\", \"headers\": [{\"name\": \"Origin\", \"value\": \"https://app.example\"}, {\"name\": \"X-A\", \"value\": \"1\"}]},\n \"response\": {\"status\": 403, \"headers\": [{\"name\": \"Vary\", \"value\": \"Origin\"}]}}\n",
        "> **Request URL:** https://api.example/a\n> **Request Method:** PUT\n> **Status Code:** 403 Forbidden\n>\n> Vary: Origin\n>\n> **Request headers**\n> - Origin: https://app.example\n> - X-A: 1\n",
    ] {
        let read = exchange(text);
        assert_eq!(
            asked(&read),
            ("PUT https://api.example/a".into(), Some("https://app.example"), vec!["X-A: 1".into()]),
            "{text}"
        );
        assert_eq!(head(&read), (403, vec!["Vary: Origin".into()]), "{text}");
    }
}

#[test]
fn sentences_around_headers_are_left_out() {
    for text in [
        "The response headers of the server are:\n\nAccess-Control-Allow-Origin: *\nVary: a\n\nBut the browser still complains.\n",
        "Access-Control-Allow-Origin: *\nVary: a\nI do not understand why: it fails\n",
    ] {
        let read = exchange(text);
        assert_eq!(head(&read).1.len(), 2, "{text}");
        assert!(read.notes.iter().any(|note| matches!(note.kind, NoteKind::LinesLeftOut { .. })), "{text}");
    }
    // It may be a header that is broken.
    for text in ["Vary: a\nAccess-Control-Allow-Origin *\n", "Vary: a\nAccess-Control-Allow-Origin *\nDate: b\n"] {
        assert_eq!(mistake(text), (MistakeKind::NoColon, 2, 1), "{text}");
    }
}

#[test]
fn layouts_of_heads_and_entries_are_read() {
    let lines = vec!["Vary: Origin".to_owned(), "X-A: 1".to_owned()];
    for (text, status) in [
        ("HTTP/1.1 403 Forbidden\n\nVary: Origin\n\nX-A: 1\n", 403),
        ("HTTP/1.1 403 Forbidden\r\n\r\nVary: Origin\r\n\r\nX-A: 1\r\n\r\nno\r\n", 403),
        ("[['Vary', 'Origin'], ['X-A', '1']]\n", 200),
        ("[\n  [ 'Vary', 'Origin' ],\n  [ 'X-A', '1' ]\n]\n", 200),
        ("{noformat}\nHTTP/1.1 403 Forbidden\nVary: Origin\nX-A: 1\n{noformat}\n", 403),
    ] {
        assert_eq!(head(&exchange(text)), (status, lines.clone()), "{text}");
    }
    // A body after a head that has no headers.
    assert_eq!(statuses(&exchange("HTTP/1.1 200 OK\n\nVary: Origin\nX-A: 1\n")), [200]);
    assert_eq!(exchange("HTTP/1.1 200 OK\n\nVary: Origin\n").heads[0].lines.len(), 0);
    let jira = exchange(
        "{code:bash}\ncurl -i https://api.example/a\n{code}\n\n{noformat}\nHTTP/1.1 200 OK\nVary: a\n{noformat}\n",
    );
    assert_eq!((jira.form, statuses(&jira)), (Form::CurlCommand, vec![200]));
}

#[test]
fn lines_of_other_programs_are_named_or_read() {
    for line in ["OPTIONS /a 404 1.234 ms - 140", "Started OPTIONS \"/a\" for 192.0.2.1 at 2026-11-28 10:00:00 +0000"] {
        assert_eq!(mistake(line).0, MistakeKind::ServerLog, "{line}");
    }
    let typographic = "fetch(\u{201C}https://api.example/a\u{201D}, { method: \u{2018}PUT\u{2019} })";
    assert_eq!(mistake(typographic), (MistakeKind::Typographic, 1, 7));
    let read = exchange("app.js:12 10:00:00.000 PUT https://api.example/a 403 (Forbidden)\n");
    assert_eq!((read.form, read.request.method.as_deref()), (Form::Console, Some("PUT")));
}
