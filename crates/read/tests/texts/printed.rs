//! Responses as programs print them, requests as consoles show them, and texts with colours or invisible characters.

use fetch_cors::browser::{known_message, request::CredentialsMode};
use fetch_cors_read::{Form, MistakeKind, NoteKind, read};

use crate::common::{exchange, head, mistake, shapes};

const PROPERTIES: &str = "\
StatusCode        : 403
StatusDescription : Forbidden
Content           : {\"a\": 1}
RawContent        : HTTP/1.1 403 Forbidden
                    Vary: Origin
                    Access-Control-Allow-Origin: https://app.example

                    {\"a\": 1}
                    HTTP/1.1 200 OK
Headers           : {[Vary, Origin], [Access-Control-Allow-Origin, https://app.example]}
RawContentLength  : 8
";

#[test]
fn properties_of_a_powershell_response_are_read() {
    let lines = ["Vary: Origin", "Access-Control-Allow-Origin: https://app.example"];
    for text in shapes(PROPERTIES) {
        let read = exchange(&text);
        assert_eq!(read.form, Form::PowerShellResponse, "{text}");
        assert_eq!(head(&read), (403, lines.map(str::to_owned).to_vec()), "{text}");
    }
    let prompt = format!("PS C:\\Users\\me> iwr https://api.example/a\n\n{PROPERTIES}");
    let read = exchange(&prompt);
    assert_eq!((read.form, head(&read).0), (Form::PowerShell, 403));
    assert_eq!(read.request.url.as_deref(), Some("https://api.example/a"));
}

#[test]
fn head_that_is_cut_off_is_a_mistake() {
    for text in [
        "StatusCode : 200\nRawContent : HTTP/1.1 200 OK\n             Vary: a\n             Content-Security-Policy: default-s...\n",
        "StatusCode : 200\nRawContent : HTTP/1.1 200 OK\n             Vary: a\n             Content-Secur...\nForms : {}\n",
        "StatusCode : 200\nRawContent : HTTP/1.1 200 OK...\n",
        "StatusCode        : 200\nStatusDescription : OK\n",
        "Key   Value\n---   -----\nVary  Origin\nX-A   {a very lon\u{2026}\n",
        "map[Access-Control-Allow-Origin:[*] Vary:[Ori",
    ] {
        assert_eq!(mistake(text).0, MistakeKind::HeadCut, "{text}");
    }
}

#[test]
fn tables_and_maps_of_headers_are_read() {
    for (text, form) in [
        (
            "Key                         Value\n---                         -----\nAccess-Control-Allow-Origin {*}\nVary                        {Origin}\n",
            Form::PowerShellResponse,
        ),
        ("{'Access-Control-Allow-Origin': '*', 'Vary': 'Origin'}\n", Form::HeaderMap),
        ("CaseInsensitiveDict({'Access-Control-Allow-Origin': '*', 'Vary': 'Origin'})\n", Form::HeaderMap),
        ("{\n  'Access-Control-Allow-Origin': '*',\n  Vary: [ 'Origin' ]\n}\n", Form::HeaderMap),
        ("{\n  \"Access-Control-Allow-Origin\": \"*\",\n  \"Vary\": \"Origin\"\n}\n", Form::HeaderMap),
        ("Headers {\n  'Access-Control-Allow-Origin': '*',\n  Vary: 'Origin'\n}\n", Form::HeaderMap),
        ("map[Access-Control-Allow-Origin:[*] Vary:[Origin]]\n", Form::HeaderMap),
    ] {
        for text in shapes(text) {
            let read = exchange(&text);
            let lines = vec!["Access-Control-Allow-Origin: *".to_owned(), "Vary: Origin".to_owned()];
            assert_eq!((read.form, head(&read)), (form, (200, lines)), "{text}");
            assert!(read.notes.iter().any(|note| note.kind == NoteKind::StatusSupposed(200)), "{text}");
        }
    }
    let two = exchange("map[Access-Control-Allow-Origin:[* https://app.example] Date:[Sat, 28 Nov 2026]]");
    assert_eq!(head(&two).1.len(), 3);
}

#[test]
fn maps_have_the_status_that_is_beside_them() {
    for (text, status) in [
        (">>> r.status_code\n403\n>>> r.headers\n{'Vary': 'Origin'}\n", 403),
        (">>> r\n<Response [401]>\n>>> r.headers\n{'Vary': 'Origin'}\n", 401),
        (
            "Response {\n  status: 404,\n  headers: Headers { vary: 'Origin' },\n  url: 'https://api.example/a'\n}\n",
            404,
        ),
        ("Response { url: \"https://api.example/a\", status: 405, headers: {\"vary\": \"Origin\"} }\n", 405),
        ("&{Status:500 No StatusCode:500 Proto:HTTP/2.0 Header:map[Vary:[Origin]] Body:0xc0}\n", 500),
    ] {
        assert_eq!(head(&exchange(text)).0, status, "{text}");
    }
}

#[test]
fn objects_that_are_no_response_are_not_taken_for_one() {
    for text in [
        "{\"method\": \"PUT\", \"headers\": {\"vary\": \"a\"}}",
        "{\"message\": \"Network Error\", \"config\": {\"url\": \"https://api.example/a\"}}",
        "{\"vary\": {\"a\": 1}}",
        "{\"a\": \"b\"}",
        "{",
    ] {
        let error = read(text.as_bytes()).expect_err(text);
        assert!(matches!(error.mistakes[0].kind, MistakeKind::NoHar | MistakeKind::JsonSyntax), "{text}: {error}");
    }
}

#[test]
fn log_of_an_api_client_is_read() {
    let object = "PUT https://api.example/a: {\n  \"Network\": {},\n  \"Request Headers\": {\n    \"origin\": \"https://app.example\",\n    \"x-a\": \"1\"\n  },\n  \"Response Headers\": {\n    \"vary\": \"Origin\"\n  }\n}\n";
    let lines = "PUT https://api.example/a\n403\n45 ms\nRequest Headers\nOrigin: https://app.example\nX-A: 1\nResponse Headers\nVary: Origin\n";
    for (text, status) in [(object, 200), (lines, 403)] {
        let read = exchange(text);
        assert_eq!(head(&read).0, status, "{text}");
        assert_eq!(read.request.method.as_deref(), Some("PUT"), "{text}");
        assert_eq!(read.request.url.as_deref(), Some("https://api.example/a"), "{text}");
        assert_eq!(read.request.origin.as_deref(), Some("https://app.example"), "{text}");
        assert_eq!(read.request.headers.len(), 1, "{text}");
    }
}

#[test]
fn requests_of_consoles_give_the_url_and_the_method_and_no_head() {
    let console = "Cross-Origin Request Blocked: The Same Origin Policy disallows reading the remote resource at https://api.example/a. \
                   (Reason: CORS header \u{2018}Access-Control-Allow-Origin\u{2019} missing). Status code: 403.\n";
    for (text, method, status) in [
        ("XHR GET https://api.example/a [HTTP/1.1 200 OK 12ms]\n", Some("GET"), Some(200)),
        ("XHR GET https://api.example/a\n[HTTP/2 403  12ms]\n", Some("GET"), Some(403)),
        ("XHRPUThttps://api.example/a\n[HTTP/1.1 200 OK 12ms]\n", Some("PUT"), Some(200)),
        ("XHR OPTIONS https://api.example/a [HTTP/3 403  1ms]\n", None, Some(403)),
        ("XHR POST https://api.example/a CORS Missing Allow Origin\n", Some("POST"), None),
        ("POST https://api.example/a net::ERR_FAILED 200 (OK)\n", Some("POST"), Some(200)),
        ("GET https://api.example/a 404 (Not Found)\n", Some("GET"), Some(404)),
    ] {
        for text in shapes(text).into_iter().flat_map(|text| [format!("{text}\n{console}"), text]) {
            let read = exchange(&text);
            assert_eq!((read.form, read.heads.len()), (Form::Console, 0), "{text}");
            assert_eq!(read.request.url.as_deref(), Some("https://api.example/a"), "{text}");
            assert_eq!(read.request.method.as_deref(), method, "{text}");
            let logged =
                |kind: &NoteKind| matches!(kind, NoteKind::LoggedRequest { status: own, .. } if *own == status);
            assert!(read.notes.iter().any(|note| logged(&note.kind)), "{text}\n{:?}", read.notes);
        }
    }
}

#[test]
fn messages_broken_over_lines_are_one() {
    let message = "Access to XMLHttpRequest at 'https://api.example/items' from origin 'https://app.example' has been blocked by CORS \
                   policy: Response to preflight request doesn't pass access control check: No 'Access-Control-Allow-Origin' header is \
                   present on the requested resource.";
    for width in [40, 48, 55, 72, 80, 120, 400] {
        for (prefix, quote) in [("", '\''), (":1 ", '\u{2019}'), ("app.js:12 ", '"'), ("> ", '`')] {
            let mut lines = vec![prefix.to_owned()];
            for word in message.replace('\'', &quote.to_string()).split(' ') {
                if lines.last().is_some_and(|line| line.len() + word.len() > width && line.len() > prefix.len()) {
                    lines.push(String::new());
                }
                let line = lines.last_mut().unwrap();
                line.push_str(word);
                line.push(' ');
            }
            let text = lines.join("\n");
            let read = exchange(&text);
            let ids: Vec<_> = read.console.iter().map(|line| known_message(&line.text).unwrap().known.id).collect();
            assert_eq!(ids, ["PreflightMissingAllowOriginHeader"], "{text}");
            assert_eq!(read.request.origin.as_deref(), Some("https://app.example"), "{text}");
        }
    }
}

#[test]
fn header_lines_beside_a_message_are_read() {
    let message = "Access to fetch at 'https://api.example/a' from origin 'https://app.example' has been blocked by CORS policy: \
                   No 'Access-Control-Allow-Origin' header is present on the requested resource.";
    for text in [
        format!("Vary: Origin\n\n{message}\n"),
        format!("{message}\nVary: Origin\n"),
        format!("HTTP/1.1 200 OK\nVary: Origin\n{message}\n"),
    ] {
        let read = exchange(&text);
        assert_eq!((head(&read).1, read.console.len()), (vec!["Vary: Origin".to_owned()], 1), "{text}");
    }
}

#[test]
fn colours_and_unseen_characters_are_left_out() {
    for text in [
        "\x1b[34mHTTP\x1b[39;49;00m/\x1b[34m1.1\x1b[0m \x1b[34m200\x1b[0m OK\n\x1b[36mVary\x1b[0m: Origin\n\n",
        "HTTP/2 200 \r\n\x1b[1mvary\x1b[0m: Origin\r\n\r\n",
        "$ curl -i https://api.example/a\n\u{FEFF}HTTP/1.1 200 OK\nVary: Origin\n\n",
        "HTTP/1.1 200 OK\n\u{200B}Vary: Origin\n\n",
        "\u{A0}\u{A0}HTTP/1.1 200 OK\n\u{A0}\u{A0}Vary: Origin\n\n",
    ] {
        let read = exchange(text);
        let (status, lines) = head(&read);
        assert_eq!((status, lines[0].to_ascii_lowercase()), (200, "vary: origin".into()), "{text:?}");
    }
    // Within a line they may be the mistake.
    let value = exchange("HTTP/1.1 200 OK\nAccess-Control-Allow-Origin: https://app.example\u{200B}\n\n");
    assert!(head(&value).1[0].ends_with('\u{200B}'));
    assert_eq!(mistake("HTTP/1.1\u{A0}403 Forbidden\nVary: a\n\n"), (MistakeKind::StatusLine, 1, 1));
    assert_eq!(mistake("HTTP/1.1 200 OK\n\u{200B}\x1b[1mA B\x1b[0m: a\n\n"), (MistakeKind::HeaderName, 2, 6));
}

#[test]
fn logs_of_servers_are_a_mistake_that_says_so() {
    for text in [
        "192.0.2.1 - - [28/Nov/2026:00:00:00 +0000] \"OPTIONS /a HTTP/1.1\" 405 157 \"https://app.example/\" \"Mozilla/5.0\"\n",
        "haproxy[1]: 192.0.2.1:5 [28/Nov/2026:00:00:00.000] fe be/s1 0/0/0/1/1 405 157 - - ---- \"GET /a HTTP/1.1\"\n",
    ] {
        assert_eq!(mistake(text).0, MistakeKind::ServerLog, "{text}");
    }
}

#[test]
fn configurations_of_servers_are_a_mistake_that_says_so() {
    for (text, line) in [
        ("location /api {\n    add_header 'Access-Control-Allow-Origin' '*';\n    proxy_pass http://backend;\n}\n", 2),
        ("<IfModule mod_headers.c>\n  Header set Access-Control-Allow-Origin \"*\"\n</IfModule>\n", 2),
        ("app.use(cors({ origin: 'https://app.example/', credentials: true }));", 1),
        ("@CrossOrigin(origins = \"https://app.example\")\npublic class Items {\n", 1),
        ("app.add_middleware(\n    CORSMiddleware,\n    allow_origins=[\"*\"],\n)\n", 2),
        ("CORS_ALLOWED_ORIGINS = [\n  'https://app.example',\n]\n", 1),
        ("builder.WithOrigins(\"https://app.example\").AllowAnyHeader();", 1),
        ("w.Header().Set(\"Access-Control-Allow-Origin\", \"*\")", 1),
        ("http-response set-header Access-Control-Allow-Origin \"*\"", 1),
    ] {
        let (kind, at, _) = mistake(text);
        assert_eq!((kind, at), (MistakeKind::ServerConfiguration, line), "{text}");
    }
    for text in
        ["it does not work", "the header Access-Control-Allow-Origin is not there, it is a problem of CORS. Why?"]
    {
        assert_eq!(mistake(text).0, MistakeKind::UnknownForm, "{text}");
    }
}

#[test]
fn typescript_is_read_as_javascript() {
    for text in [
        "const r: Response = await fetch<Item[]>('https://api.example/a', {\n  method: 'PUT' as const,\n  headers: { 'X-A': '1' } satisfies HeadersInit,\n  body: JSON.stringify(item!),\n});\nconst data: Item[] = (await r.json()) as Item[];\n",
        "const headers: Record<string, string> = { 'X-A': '1' };\nfetch('https://api.example/a', { method: 'PUT', headers, body: item as string } as RequestInit)",
        "export const save = (item: Item) => axios.put<Item, Reply<Item>>('https://api.example/a', item, { headers: { 'X-A': '1' } })",
    ] {
        let read = exchange(text);
        assert_eq!(read.request.url.as_deref(), Some("https://api.example/a"), "{text}");
        assert_eq!(read.request.method.as_deref(), Some("PUT"), "{text}");
        assert!(read.request.headers.iter().any(|header| header.name == "X-A"), "{text}");
        assert!(read.request.body.is_some(), "{text}");
    }
}

#[test]
fn defaults_of_axios_are_of_each_request() {
    for text in [
        "axios.defaults.withCredentials = true;\naxios.defaults.baseURL = 'https://api.example';\naxios.defaults.headers.common['X-A'] = '1';\naxios.post('/a', 'b')",
        "const api = axios.create({ baseURL: 'https://api.example' })\napi.defaults.withCredentials = true\napi.defaults.headers.common['X-A'] = '1'\napi.post('/a', 'b')",
        "import axios from 'axios';\nexport const api = axios.create({ baseURL: 'https://api.example', withCredentials: true, headers: { 'X-A': '1' } });\nexport const save = (item: Item) => api.post<Item>('/a', item);",
    ] {
        let read = exchange(text);
        assert_eq!(read.request.url.as_deref(), Some("https://api.example/a"), "{text}");
        assert_eq!(read.request.credentials, Some(CredentialsMode::Include), "{text}");
        assert!(read.request.headers.iter().any(|header| header.name == "X-A"), "{text}");
    }
}

#[test]
fn console_lines_of_real_failures_are_read() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../spec-vectors/failures");
    let mut read = 0;
    for directory in std::fs::read_dir(root).unwrap() {
        let Ok(text) = std::fs::read_to_string(directory.unwrap().path().join("console.txt")) else { continue };
        let exchange = exchange(&text);
        assert!(exchange.form == Form::Console && !exchange.console.is_empty(), "{text}");
        read += 1;
    }
    assert!(read >= 30, "{read}");
}

#[test]
fn a_session_says_which_request_is_answered() {
    for (call, method) in [
        (
            ">>> r = requests.options('https://api.example/a', headers={'Origin': 'https://app.example'})",
            Some("OPTIONS"),
        ),
        ("In [1]: response = httpx.get(\"https://api.example/a\")", Some("GET")),
        (">>> r = requests.options(url)", None),
        (">>> import requests", None),
    ] {
        for printed in ["{'Vary': 'Origin'}", "HTTP/1.1 200 OK\nVary: Origin\n"] {
            let text = format!("{call}\n>>> r.headers\n{printed}\n");
            let read = exchange(&text);
            let [head] = &read.heads[..] else { panic!("{text}\n{read:?}") };
            assert_eq!(head.answers.as_ref().map(|answers| &*answers.method), method, "{text}");
        }
    }
}

#[test]
fn classes_and_arrows_in_printed_objects_are_read() {
    let lines = vec!["content-type: text/plain".to_owned(), "vary: Origin".to_owned()];
    for class in [
        "Headers",
        "Object [AxiosHeaders]",
        "Object(2) [AxiosHeaders]",
        "[Object: null prototype]",
        "Map(2)",
        "AxiosHeaders",
    ] {
        for colon in [":", " =>"] {
            let map = format!("{class} {{ 'content-type'{colon} 'text/plain', 'vary'{colon} 'Origin' }}");
            for text in shapes(&format!("{map}\n")) {
                let read = exchange(&text);
                assert_eq!((read.form, head(&read).1), (Form::HeaderMap, lines.clone()), "{text}");
            }
            let response = format!(
                "{{\n  status: 403,\n  headers: {map},\n  config: {{ f: [ [Function: f] ], headers: {class} {{ Accept: 'a' }} }},\n  data: []\n}}\n"
            );
            for text in shapes(&response) {
                assert_eq!(head(&exchange(&text)), (403, lines.clone()), "{text}");
            }
        }
    }
}

#[test]
fn response_that_a_console_cuts_off_is_a_mistake() {
    for text in [
        "{data: {\u{2026}}, status: 200, statusText: '', headers: AxiosHeaders, config: {\u{2026}}, \u{2026}}",
        "Response {type: 'cors', url: 'https://api.example/a', redirected: false, status: 404, ok: false, \u{2026}}",
        "Response { type: \"cors\", url: \"https://api.example/a\", redirected: false, status: 200, ok: true, statusText: \"OK\", headers: Headers(1), body: ReadableStream, bodyUsed: false }",
    ] {
        assert_eq!(mistake(text), (MistakeKind::ObjectCut, 1, 1), "{text}");
    }
}
