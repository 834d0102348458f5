//! Texts of each form, and the result of reading them.

use fetch_cors::browser::request::{CredentialsMode, RequestMode};
use fetch_cors_read::{Api, Form, MistakeKind, NoteKind, PageBody};

use crate::common::{error, exchange, headers, statuses};

const HEADS: &str = "HTTP/1.1 204 No Content\nAccess-Control-Allow-Origin: *\n\nHTTP/2 200\nvary: a\n\n{\"a\": 1}\n";

#[test]
fn heads_are_read_wherever_they_are_pasted() {
    let indented = |text: &str| text.lines().map(|line| format!("    {line}\n")).collect::<Vec<_>>().concat();
    for (text, form) in [
        (HEADS.to_owned(), Form::Heads),
        (HEADS.replace('\n', "\r\n"), Form::Heads),
        (format!("\u{FEFF}{HEADS}"), Form::Heads),
        (indented(HEADS), Form::Heads),
        (format!("It fails:\n\n```http\n{HEADS}```\nWhy?\n"), Form::Heads),
        (format!("~~~\n{HEADS}"), Form::Heads),
        (format!("I do not know why this fails\nand paste it all.\n\n{HEADS}"), Form::Heads),
        (format!("$ curl -i https://api.example/\n{HEADS}"), Form::CurlCommand),
        (format!("me@host:~/x$ curl -i https://api.example/\n{HEADS}"), Form::CurlCommand),
        (format!("fetch('https://api.example/')\n  .then(r => r.json());\n\n{HEADS}"), Form::Fetch),
    ] {
        let read = exchange(&text);
        assert_eq!((read.form, statuses(&read)), (form, vec![204, 200]), "{text}");
        assert_eq!(read.heads[0].lines[0].name, "Access-Control-Allow-Origin", "{text}");
        assert_eq!(read.heads[1].lines.len(), 1, "{text}");
    }
}

#[test]
fn interim_heads_and_tunnels_are_left_out() {
    let text = "HTTP/1.1 200 Connection established\n\nHTTP/1.1 103 Early Hints\nlink: a\n\nHTTP/1.0 200 OK\n\n";
    assert_eq!(statuses(&exchange(text)), [200]);
    let websocket = "HTTP/1.1 101 Switching Protocols\nUpgrade: websocket\n\n";
    assert_eq!(statuses(&exchange(websocket)), [101]);
}

#[test]
fn body_that_looks_like_a_head_is_skipped() {
    for body in ["HTTP/1.1 is a protocol", "$ no", "a: b", "fetch(1)", "```", "<html>\n< a\n> b\n* c", "curl it"] {
        let text = format!("HTTP/1.1 200 OK\nVary: a\n\n{body}\nHTTP/1.1 404 Not Found\nVary: b\n\n");
        assert_eq!(statuses(&exchange(&text)), [200, 404], "{text}");
        let text = format!("HTTP/1.1 200 OK\nContent-Length: {}\n\n{body}HTTP/1.1 404 Not Found\n\n", body.len());
        assert_eq!(statuses(&exchange(&text)), [200, 404], "{text}");
    }
    let counted = "HTTP/1.1 200 OK\nContent-Length: 17\n\nHTTP/1.1 500 No\n\nHTTP/1.1 204 Yes\n\n";
    assert_eq!(statuses(&exchange(counted)), [200, 204]);
}

#[test]
fn folded_lines_and_blanks_before_colons_are_kept() {
    let read = exchange("HTTP/1.1 200 OK\nVary: a,\n  b\nX-A : c\n\n");
    assert_eq!(read.heads[0].lines[0].value, b"a, b");
    assert_eq!(read.heads[0].lines[1].colon, fetch_cors_read::Colon::AfterBlank);
    let read = exchange("HTTP/1.1 200 OK\nVary:\n a\n b\n\n");
    assert_eq!(read.heads[0].lines[0].value, b"a b");
}

#[test]
fn verbose_curl_output_pairs_each_head_with_its_request() {
    let text = "*   Trying 127.0.0.1:443...\n* SSL connection using TLSv1.3\n> OPTIONS /x HTTP/1.1\n> Host: api.example\n\
                > Origin: https://app.example\n> Access-Control-Request-Method: PUT\n> Access-Control-Request-Headers: x-a\n>\n\
                * a note\n< HTTP/1.1 204 No Content\n< Vary: a\n<\n{ [5 bytes data]\n> PUT /x HTTP/1.1\n> Host: api.example\n>\n\
                < HTTP/1.1 200 OK\n* another\n< Vary: b\n<\nHTTP/1.1 is not a head here\n* Connection #0 left intact\n";
    let read = exchange(text);
    assert_eq!((read.form, statuses(&read)), (Form::VerboseCurl, vec![204, 200]));
    let answers: Vec<_> = read.heads.iter().map(|head| head.answers.clone().unwrap()).collect();
    assert_eq!((&*answers[0].method, &*answers[1].method), ("OPTIONS", "PUT"));
    assert_eq!(answers[1].url.as_deref(), Some("https://api.example/x"));
    assert_eq!(read.request.origin.as_deref(), Some("https://app.example"));
    assert_eq!(read.request.method.as_deref(), Some("PUT"));
    assert_eq!(headers(&read), ["x-a: ?"]);
    assert_eq!(read.heads[1].lines.len(), 1);
}

#[test]
fn curl_output_with_v_and_i_is_read_once() {
    let head = "HTTP/1.1 200 OK\nVary: a\n";
    let signed = head.lines().map(|line| format!("< {line}\n")).collect::<Vec<_>>().concat();
    let read = exchange(&format!("* Trying\n> GET / HTTP/1.1\n> Host: a.example\n>\n{signed}<\n{head}\nbody\n"));
    assert_eq!(statuses(&read), [200]);
}

#[test]
fn wget_output_is_read() {
    let text = "--2026-11-27 10:00:00--  https://api.example/x\nHTTP request sent, awaiting response...\n  HTTP/1.1 302 Found\n  \
                Location: /y\nLocation: /y [following]\n--2026-11-27 10:00:00--  https://api.example/y\n\
                HTTP request sent, awaiting response...\n  HTTP/1.1 200 OK\n  Vary: a\nLength: 5 [text/plain]\n";
    let read = exchange(text);
    assert_eq!((read.form, statuses(&read)), (Form::Wget, vec![302, 200]));
    assert_eq!(read.heads[0].lines.len(), 1);
}

#[test]
fn panels_are_read_in_each_of_their_shapes() {
    let pairs = [
        ("access-control-allow-origin", "*"),
        ("content-type", "text/html"),
        ("x-thing", "a"),
        (":method", "OPTIONS"),
        ("access-control-request-headers", "content-type,x-a"),
        ("access-control-request-method", "POST"),
        ("origin", "https://app.example"),
    ];
    let general =
        [("Request URL", "https://api.example/x"), ("Request Method", "OPTIONS"), ("Status Code", "204 No Content")];
    for between in [": ", ":", "\n", ":\n"] {
        let lines = |pairs: &[(&str, &str)]| {
            pairs.iter().map(|(name, value)| format!("{name}{between}{value}\n")).collect::<Vec<_>>().concat()
        };
        let text = format!("{}{}", lines(&general), lines(&pairs));
        let read = exchange(&text);
        assert_eq!((read.form, statuses(&read)), (Form::HeaderLines, vec![204]), "{text}");
        let names: Vec<_> = read.heads[0].lines.iter().map(|line| &*line.name).collect();
        assert_eq!(names, ["access-control-allow-origin", "content-type", "x-thing"], "{text}");
        assert_eq!(read.request.method.as_deref(), Some("POST"), "{text}");
        assert_eq!(read.request.url.as_deref(), Some("https://api.example/x"), "{text}");
        assert_eq!(headers(&read), ["content-type: ?", "x-a: ?"], "{text}");
    }
    let titled = "General\nRequest URL: https://api.example/x\nRequest Method: GET\nStatus Code: 200 OK\n\
                  Response Headers (3)\nvary: a\ndate: b\n\nRequest Headers\nx-a: 1\ndate: c\norigin: https://app.example\n";
    let read = exchange(titled);
    assert_eq!(read.heads[0].lines.len(), 2);
    assert_eq!(headers(&read), ["x-a: 1"]);
}

#[test]
fn header_lines_without_a_status_line_get_a_supposed_status() {
    let read = exchange("access-control-allow-origin: *\nvary: a\n");
    assert_eq!(statuses(&read), [200]);
    assert!(read.notes.iter().any(|note| note.kind == NoteKind::StatusSupposed(200)));
    for status in ["status: 302", ":status: 302", ":status\n302", "Status Code: 302 Found", "HTTP/2 302"] {
        assert_eq!(statuses(&exchange(&format!("Response Headers\n{status}\nvary: a\n"))), [302], "{status}");
    }
}

#[test]
fn commands_are_read() {
    for (command, method, lines) in [
        ("curl https://api.example/", "GET", &[][..]),
        ("curl -sSiXPUT https://api.example/ -H 'X-A: 1'", "PUT", &["X-A: 1"]),
        (
            "curl --request PATCH --url https://api.example/ --header X-A:1 -H 'X-B;' -H 'Accept:'",
            "PATCH",
            &["X-A: 1", "X-B: "],
        ),
        ("curl api.example -d a=1 -d b=2", "POST", &["Content-Type: application/x-www-form-urlencoded"]),
        ("curl api.example --json '{}'", "POST", &["Content-Type: application/json"]),
        (
            "curl api.example -d '{}' -H 'content-type: application/json' -u me:pw",
            "POST",
            &["content-type: application/json", "Authorization: Basic \u{2026}"],
        ),
        ("curl api.example -Gd a=1", "GET", &[]),
        ("curl -I api.example", "HEAD", &[]),
        ("curl -F a=@b api.example", "POST", &[]),
        ("wget -S --method=DELETE --header='X-A: 1' https://api.example/ -O-", "DELETE", &["X-A: 1"]),
        ("PS C:\\Users\\me> curl.exe ^\"https://api.example/^\" -X ^\"PUT^\"", "PUT", &[]),
        ("C:\\>curl \"https://api.example/\" ^\n -X PUT", "PUT", &[]),
    ] {
        let read = exchange(command);
        assert_eq!(read.request.method.as_deref(), Some(method), "{command}");
        assert_eq!(headers(&read), lines, "{command}");
        assert!(read.request.url.as_deref().is_some_and(|url| url.contains("://api.example")), "{command}");
    }
}

#[test]
fn browser_headers_of_a_copied_request_are_not_the_pages() {
    let own = "-H 'accept: */*' -H 'accept-language: en' -H 'priority: u=1' -H 'sec-ch-ua: \"A\"' -H 'cache-control: no-cache' \
               -H 'pragma: no-cache' -H 'if-none-match: \"a\"' -H 'user-agent: Mozilla/5.0' -H 'referer: https://app.example/x'";
    let read = exchange(&format!("curl 'https://api.example/' {own} -H 'x-a: 1' -b 'a=b' -H 'sec-fetch-mode: cors'"));
    assert_eq!(headers(&read), ["x-a: 1"]);
    assert_eq!(read.request.origin.as_deref(), Some("https://app.example"));
    assert_eq!(
        (read.request.mode, read.request.credentials),
        (Some(RequestMode::Cors), Some(CredentialsMode::Include))
    );
    let by_hand = exchange("curl https://api.example/ -H 'Cache-Control: no-cache' -H 'If-None-Match: a'");
    assert_eq!(headers(&by_hand).len(), 2);
}

#[test]
fn calls_are_read_if_their_arguments_are_literals() {
    let body = Some(PageBody::Text(String::new()));
    for (code, form, api, method, lines) in [
        ("fetch('https://api.example/x')", Form::Fetch, Api::Fetch, None, &[][..]),
        (
            "const r = await fetch(\"https://api.example/x\", { method: 'put', headers: { 'X-A': `b` }, })",
            Form::Fetch,
            Api::Fetch,
            Some("put"),
            &["X-A: b"],
        ),
        (
            "const h = new Headers([['X-A', '1']]), u = 1;\nfetch(new Request('https://api.example/x', {headers: h}))",
            Form::Fetch,
            Api::Fetch,
            None,
            &["X-A: 1"],
        ),
        (
            "let base = 'https://api.example', m = 1\nconst headers = { a: 'b' }\nfetch(base + '/x', { ...{ headers } })",
            Form::Fetch,
            Api::Fetch,
            None,
            &["a: b"],
        ),
        (
            "useEffect(() => { fetch(`https://api.example/x`, { headers: { Authorization: 'Bearer ' + token } }) }, [])",
            Form::Fetch,
            Api::Fetch,
            None,
            &["Authorization: Bearer ${token}"],
        ),
        (
            "axios.post('https://api.example/x', { a: 1 }, { headers: { 'X-A': 1 } })",
            Form::Axios,
            Api::XmlHttpRequest,
            Some("POST"),
            &["X-A: 1", "Content-Type: application/json"],
        ),
        (
            "axios({ method: 'delete', url: 'https://api.example/x', onUploadProgress: e => log(e) })",
            Form::Axios,
            Api::XmlHttpRequestWithUploadListener,
            Some("DELETE"),
            &[],
        ),
        (
            "const api = axios.create({ baseURL: 'https://api.example' });\nconst load = async () => {\n  const { data } = await api.get('/x');\n}",
            Form::Axios,
            Api::XmlHttpRequest,
            Some("GET"),
            &[],
        ),
        (
            "var x = new XMLHttpRequest;\nvar y = new XMLHttpRequest();\ny.open('PUT', 'https://api.example/x', true); // a\ny.setRequestHeader('A', 'b');\ny.send()",
            Form::XmlHttpRequest,
            Api::XmlHttpRequest,
            Some("PUT"),
            &["A: b"],
        ),
        (
            "const x = new XMLHttpRequest()\nx.upload.onprogress = () => {}\nx.open('GET', 'https://api.example/x')\nx.send(null)",
            Form::XmlHttpRequest,
            Api::XmlHttpRequestWithUploadListener,
            Some("GET"),
            &[],
        ),
    ] {
        let read = exchange(code);
        assert_eq!((read.form, read.request.api), (form, Some(api)), "{code}");
        assert_eq!(read.request.method.as_deref(), method, "{code}");
        assert_eq!(read.request.url.as_deref(), Some("https://api.example/x"), "{code}");
        assert_eq!(headers(&read), lines, "{code}");
    }
    for (value, expected) in [
        ("JSON.stringify({ a: 1 })", body.clone()),
        ("new FormData(form)", Some(PageBody::FormData)),
        ("new URLSearchParams({ a: 1 })", Some(PageBody::UrlSearchParams)),
        ("new Blob(['a'], { type: 'Text/Plain' })", Some(PageBody::Blob("text/plain".into()))),
        ("new Uint8Array(4)", Some(PageBody::Bytes)),
        ("null", None),
        ("data", body),
    ] {
        let code =
            format!("fetch('https://api.example/', {{ method: 'POST', body: {value}, credentials: 'include' }})");
        let read = exchange(&code);
        assert_eq!(read.request.body, expected, "{code}");
        assert_eq!(read.request.credentials, Some(CredentialsMode::Include));
    }
}

#[test]
fn console_lines_yield_the_url_and_the_origin() {
    let missing = "has been blocked by CORS policy: No 'Access-Control-Allow-Origin' header is present on the requested resource.";
    let chromium =
        format!("index.html:1 Access to fetch at 'https://api.example/x' from origin 'https://app.example' {missing}");
    let read = exchange(&format!("{chromium}\nindex.js:4 GET https://api.example/x net::ERR_FAILED 200\n"));
    assert_eq!(read.form, Form::Console);
    assert_eq!(read.request.url.as_deref(), Some("https://api.example/x"));
    assert_eq!(read.request.origin.as_deref(), Some("https://app.example"));
    let redirected = format!(
        "Access to fetch at 'https://b.example/' (redirected from 'https://api.example/x') from origin 'null' {missing}"
    );
    let read = exchange(&redirected);
    assert_eq!((read.request.url.as_deref(), read.request.origin), (Some("https://api.example/x"), None));
    let broken = "Response to preflight request doesn't pass access control check:\nThe value of the 'Access-Control-Allow-Credentials' header in the response\nis '' which must be 'true' when the request's credentials mode is 'include'.";
    assert!(!exchange(broken).console.is_empty());
    let with_heads = exchange(&format!("{chromium}\n\n{HEADS}"));
    assert_eq!((with_heads.form, with_heads.console.len(), statuses(&with_heads)), (Form::Heads, 1, vec![204, 200]));
}

#[test]
fn what_is_around_fences_is_read_as_far_as_it_is_a_console() {
    let console = "Access to fetch at 'https://api.example/a' from origin 'http://localhost:3000' has been blocked by CORS policy: \
                   No 'Access-Control-Allow-Origin' header is present on the requested resource.";
    let server = "```js\nconst express = require('express')\napp.use(cors())\n```\n";
    let heads = "```\n$ curl -i https://api.example/a\nHTTP/1.1 404 Not Found\nContent-Type: text/html\n\nno\n```\n";
    for text in [
        format!("I get this error:\n\n{console}\n\nServer:\n\n{server}\nand curl:\n\n{heads}Why?\n"),
        format!("{server}{heads}{console}"),
        format!("{heads}{console}\n{server}"),
    ] {
        let read = exchange(&text);
        assert_eq!(read.request.origin.as_deref(), Some("http://localhost:3000"), "{text}");
        assert_eq!(read.request.url.as_deref(), Some("https://api.example/a"), "{text}");
        assert_eq!((statuses(&read), read.console.len()), (vec![404], 1), "{text}");
    }
    assert_eq!(error(server.as_bytes()).mistakes[0].kind, MistakeKind::ServerConfiguration);
}

#[test]
fn headers_that_are_added_one_by_one_are_read() {
    let lines = ["Content-Type: application/json", "Authorization: Bearer abc"];
    for call in [
        "var h = new Headers();\nh.append(\"Content-Type\", \"application/json\");\nh.append('Authorization', 'Bearer abc');\nvar o = { method: 'POST', headers: h, body: JSON.stringify({ a: 1 }) };\nfetch('https://api.example/a', o).then(f)",
        "const h = new Headers({ 'Content-Type': 'application/json' })\nh.set('Authorization', 'Bearer abc')\nfetch('https://api.example/a', { method: 'POST', headers: h, body: x })",
        "const headers = { 'Content-Type': 'application/json' };\nheaders.Authorization = 'Bearer abc';\nconst o = { headers };\no.method = 'POST';\nfetch('https://api.example/a', o)",
    ] {
        let read = exchange(call);
        assert_eq!(read.request.method.as_deref(), Some("POST"), "{call}");
        assert_eq!(headers(&read), lines, "{call}");
    }
}

#[test]
fn bodies_of_a_console_of_an_api_client_are_no_headers() {
    let text = "Request Headers\nContent-Type: application/json\nHost: api.example\nRequest Body\n{\"a\":1}\nResponse Headers\n\
                Content-Type: application/json\nWWW-Authenticate: Bearer\nResponse Body\n{\"error\":\"no\"}\n";
    let read = exchange(text);
    assert_eq!((read.form, read.heads.len(), read.heads[0].lines.len()), (Form::HeaderLines, 1, 2));
}
