//! Exchanges with other things in and around them: answers of proxies, redirections of a shell, quoting of mails, classes that a
//! program names, several copied requests, and texts that are not an exchange.

use fetch_cors_read::{Form, MistakeKind, NoteKind, PageBody, read};

use crate::common::{exchange, statuses};

#[test]
fn answer_of_a_proxy_to_connect_is_left_out() {
    let connect = "> CONNECT api.example:443 HTTP/1.1\n> Host: api.example:443\n>\n";
    let after = "* ALPN: curl offers h2\n> GET /a HTTP/2\n> Host: api.example\n> Origin: https://app.example\n>\n< HTTP/2 404\n< vary: a\n<\n";
    let tunnel = "< HTTP/1.1 200 OK\n< Date: a\n<\n";
    let refused = "< HTTP/1.1 407 Proxy Authentication Required\n< Proxy-Authenticate: Basic\n<\n";
    for (text, heads, refusals) in [
        (format!("* Trying\n{connect}{tunnel}{after}"), &[404][..], 0),
        (format!("* Trying\n{connect}{refused}{connect}{tunnel}{after}"), &[404], 1),
        (format!("* Trying\n{connect}{refused}"), &[], 1),
        ("HTTP/1.1 200 OK\r\n\r\nHTTP/2 404\r\nvary: a\r\n\r\n".into(), &[404], 0),
        ("HTTP/1.1 200 Tunnel established\nVia: a\n\nHTTP/1.1 404 Not Found\n\n".into(), &[404], 0),
        // Both are answers of the server.
        ("HTTP/1.1 200 OK\n\nHTTP/1.1 404 Not Found\n\n".into(), &[200, 404], 0),
        ("HTTP/1.1 301 Moved\n\nHTTP/2 404\n\n".into(), &[301, 404], 0),
    ] {
        let read = exchange(&text);
        assert_eq!(statuses(&read), heads, "{text}");
        let of_proxy = read.notes.iter().filter(|note| note.kind == NoteKind::RefusedByProxy(407));
        assert_eq!(of_proxy.count(), refusals, "{text}");
        assert!(read.request.url.as_deref().is_none_or(|url| url == "https://api.example/a"), "{text}");
    }
}

#[test]
fn redirections_and_line_ends_of_shells_are_no_part_of_the_request() {
    for command in [
        "curl -s -D - https://api.example/a -X PUT -o /dev/null 2>&1",
        "curl https://api.example/a -X PUT 2> errors",
        "curl.exe 'https://api.example/a' `\n  -X PUT",
        "curl.exe 'https://api.example/a' ` \r\n  -X PUT\r\n",
    ] {
        let read = exchange(&format!("{command}\n\nHTTP/2 200\nvary: a\n\n"));
        assert_eq!(read.request.url.as_deref(), Some("https://api.example/a"), "{command}");
        assert_eq!(read.request.method.as_deref(), Some("PUT"), "{command}");
        assert_eq!(statuses(&read), [200], "{command}");
    }
}

#[test]
fn quoted_head_is_read() {
    let read = exchange("> HTTP/1.1 403 Forbidden\n> Vary: a\n>\n> {\"a\": 1}\n");
    assert_eq!((read.form, statuses(&read), read.heads[0].lines.len()), (Form::Heads, vec![403], 1));
}

#[test]
fn request_alone_is_read() {
    let read = exchange("PUT /a HTTP/1.1\nHost: api.example\nOrigin: https://app.example\n\n{\"a\":1}\n");
    assert_eq!(read.request.method.as_deref(), Some("PUT"));
    assert_eq!((read.request.origin.as_deref(), read.heads.len()), (Some("https://app.example"), 0));
}

#[test]
fn wget_names_the_url() {
    let dated = "--2026-11-27 10:00:00--  https://api.example/a\n";
    let sent =
        "---request begin---\nGET /a HTTP/1.1\nHost: api.example\nOrigin: https://app.example\n\n---request end---\n";
    let head = "HTTP request sent, awaiting response...\n  HTTP/1.1 302 Found\n  Location: /b\n";
    for (text, origin) in [
        (format!("{dated}{head}--2026-11-27 10:00:01--  https://api.example/b\n"), None),
        (format!("{dated}{sent}{head}"), Some("https://app.example")),
    ] {
        let read = exchange(&text);
        assert_eq!(read.request.url.as_deref(), Some("https://api.example/a"), "{text}");
        assert_eq!((read.request.origin.as_deref(), statuses(&read)), (origin, vec![302]), "{text}");
    }
}

#[test]
fn headers_of_a_named_class_are_read() {
    for class in ["Object [AxiosHeaders]", "[Object: null prototype]", "AxiosHeaders"] {
        let read = exchange(&format!("{class} {{\n  vary: 'Origin',\n  'x-a': '1'\n}}\n"));
        assert_eq!((read.form, read.heads.len(), read.heads[0].lines.len()), (Form::HeaderMap, 1, 2), "{class}");
    }
}

#[test]
fn first_of_several_copied_requests_is_read() {
    let copy = "fetch(\"https://api.example/a\", {\n  \"headers\": {\n    \"content-type\": \"application/json\",\n    \"sec-ch-ua\": \"a\"\n  },\n  \"referrer\": \"https://app.example/\",\n  \"body\": \"{}\",\n  \"method\": \"POST\",\n  \"mode\": \"cors\",\n  \"credentials\": \"omit\"\n}); ;\n";
    let other = copy.replace("api.example/a", "api.example/b").replace("POST", "PUT");
    for second in [&*other, "fetch(\"https://api.example/b\", { \"method\": \"PUT\" });\n"] {
        let read = exchange(&format!("{copy}{second}"));
        assert_eq!(read.request.url.as_deref(), Some("https://api.example/a"), "{second}");
        assert_eq!(read.request.method.as_deref(), Some("POST"), "{second}");
        assert_eq!(read.request.body, Some(PageBody::Text("{}".into())), "{second}");
        let left_out = NoteKind::RequestLeftOut("PUT https://api.example/b".into());
        assert!(read.notes.iter().any(|note| note.kind == left_out), "{second}\n{:?}", read.notes);
    }
}

#[test]
fn console_line_in_the_log_of_a_driver_is_read() {
    let text = "{\"level\":\"SEVERE\",\"message\":\"https://app.example/ - Access to fetch at 'https://api.example/a' from origin \
                'https://app.example' has been blocked by CORS policy: No 'Access-Control-Allow-Origin' header is present on the \
                requested resource.\",\"timestamp\":1}";
    let read = exchange(text);
    assert_eq!((read.form, read.request.url.as_deref()), (Form::Console, Some("https://api.example/a")));
}

#[test]
fn texts_without_an_exchange_are_named() {
    use MistakeKind::*;
    let utf_16 = |start: &[u8], of: fn(u16) -> [u8; 2]| {
        let text: Vec<u8> = "HTTP/1.1 200 OK\r\n\r\n".encode_utf16().flat_map(of).collect();
        [start, &text].concat()
    };
    for (text, kind) in [
        (b"<!DOCTYPE html>\n<html><title>404</title></html>".to_vec(), Body),
        (b"<?xml version=\"1.0\"?>\n<Error/>".to_vec(), Body),
        (b"curl: (7) Failed to connect to localhost port 8080 after 0 ms".to_vec(), NoAnswer),
        ("curl \u{2018}https://api.example/a\u{2019}".into(), Typographic),
        ("curl \u{2013}i https://api.example/a".into(), Typographic),
        (utf_16(b"", u16::to_le_bytes), Utf16),
        (utf_16(b"", u16::to_be_bytes), Utf16),
        (utf_16(b"\xFE\xFF", u16::to_be_bytes), Utf16),
    ] {
        let error = read(&text).expect_err("it has no exchange");
        assert_eq!(error.mistakes[0].kind, kind, "{error}");
    }
    // Within quotes, it is a part of the value.
    let body = exchange("curl https://api.example/a -d '\u{201C}a\u{201D}'").request.body;
    assert_eq!(body, Some(PageBody::Text("\u{201C}a\u{201D}".into())));
}

#[test]
fn translated_console_line_yields_its_url_and_no_origin() {
    for line in [
        "Quell\u{fc}bergreifende (Cross-Origin) Anfrage blockiert: Die Gleiche-Quelle-Regel verbietet das Lesen der externen Ressource auf https://api.example/a. (Grund: CORS-Kopfzeile 'Access-Control-Allow-Origin' fehlt).",
        "Blocage d\u{2019}une requ\u{ea}te multiorigines (Cross-Origin Request)\u{a0}: la politique \u{ab}\u{a0}Same Origin\u{a0}\u{bb} ne permet pas de consulter la ressource distante situ\u{e9}e sur https://api.example/a. Raison\u{a0}: l\u{2019}en-t\u{ea}te CORS \u{ab}\u{a0}Access-Control-Allow-Origin\u{a0}\u{bb} est manquant.",
        "Blocage (Cross-Origin Request) : la politique \u{ab} Same Origin \u{bb} ne permet pas de consulter la ressource sur https://api.example/a. Raison : l\u{2019}en-t\u{ea}te CORS \u{ab} Access-Control-Allow-Origin \u{bb} est manquant.",
        "\u{540c}\u{4e00}\u{751f}\u{6210}\u{5143}\u{30dd}\u{30ea}\u{30b7}\u{30fc}\u{306b}\u{3088}\u{308a}\u{3001}https://api.example/a\u{306b}\u{3042}\u{308b} (\u{7406}\u{7531}: CORS \u{30d8}\u{30c3}\u{30c0}\u{30fc} \u{2018}Access-Control-Allow-Origin\u{2019} \u{304c}\u{8db3}\u{308a}\u{306a}\u{3044})\u{3002}",
    ] {
        let read = exchange(line);
        assert_eq!(read.request.url.as_deref(), Some("https://api.example/a"), "{line}");
        assert_eq!(read.request.origin, None, "{line}");
    }
}
