//! What Safari's inspector copies and exports, in its shapes.

use fetch_cors_read::{
    Form, PageBody,
    har::{Exporter, Recorded, read},
};

use crate::common::{exchange, headers, statuses};

const HEADERS: &str = "Accept: */*\nContent-Type: application/json\nOrigin: https://app.example\nReferer: https://app.example/\nSec-Fetch-Mode: cors\nUser-Agent: Mozilla/5.0 Version/18.0 Safari/605.1.15\nX-A: 1\n";

#[test]
fn copied_command_has_its_page_and_its_url() {
    for (url, expected) in [
        ("'https://api.example/a'", "https://api.example/a"),
        ("'https://api.example/a?b\\[\\]=1&c=\\{\\}'", "https://api.example/a?b[]=1&c={}"),
        ("$'https://api.example/\\xe4?b=\\041'", "https://api.example/\u{e4}?b=!"),
    ] {
        let lines: Vec<_> = HEADERS.lines().map(|line| format!("-H '{line}' \\\n")).collect();
        let text = format!("curl {url} \\\n-X 'PUT' \\\n{}--data-binary '{{\"a\":1}}'", lines.concat());
        let read = exchange(&text);
        assert_eq!((read.form, read.request.url.as_deref()), (Form::CurlCommand, Some(expected)), "{text}");
        assert_eq!(read.request.origin.as_deref(), Some("https://app.example"), "{text}");
        assert_eq!(headers(&read), ["Content-Type: application/json", "X-A: 1"], "{text}");
        assert_eq!(read.request.body, Some(PageBody::Text("{\"a\":1}".into())), "{text}");
    }
}

#[test]
fn copied_request_is_read_in_each_version() {
    for (start, url) in [
        (":method: PUT\n:scheme: https\n:authority: api.example\n:path: /a?b=1\n", Some("https://api.example/a?b=1")),
        ("PUT /a HTTP/1.1\n", None),
        ("PUT /a H3\n", None),
        // It got no answer, so its version is unknown.
        ("PUT /a\n", None),
    ] {
        let read = exchange(&format!("{start}{HEADERS}"));
        assert_eq!((read.request.method.as_deref(), read.request.url.as_deref()), (Some("PUT"), url), "{start}");
        assert_eq!(read.request.origin.as_deref(), Some("https://app.example"), "{start}");
        assert_eq!(headers(&read), ["Content-Type: application/json", "X-A: 1"], "{start}");
        assert_eq!(read.heads.len(), 0, "{start}");
    }
}

#[test]
fn copied_response_has_its_status() {
    for start in [":status: 403\n", "HTTP/1.1 403 Forbidden\n", "H3 403 \n", "H3 403 Forbidden\n", "403 Forbidden\n"] {
        let read = exchange(&format!("{start}Access-Control-Allow-Origin: *\nVary: Origin\n"));
        assert_eq!((statuses(&read), read.heads[0].lines.len()), (vec![403], 2), "{start}");
    }
}

/// The pane of headers, with these lines in its parts.
fn pane(urls: &str, redirect: &str, request: &str, response: &str) -> String {
    format!(
        "Summary\n{urls}Status: 200 OK\nSource: Network\nAddress: 192.0.2.1:443\nInitiator: \napp.js:12:5\n\n{redirect}Request\n{request}\nResponse\n{response}\nQuery String Parameters\nid: 5\n\nRequest Data\nMIME Type: application/json\nRequest Data: \n"
    )
}

#[test]
fn pane_is_read_with_its_redirects() {
    let url = "URL: https://api.example/a?id=5\n";
    for (request, response) in [
        (format!("PUT /a HTTP/1.1\n{HEADERS}"), "HTTP/1.1 200 OK\nVary: Origin\nX-B: 1\n"),
        (
            format!(":method: PUT\n:scheme: https\n:authority: api.example\n:path: /a?id=5\n{HEADERS}"),
            ":status: 200\nVary: Origin\nX-B: 1\n",
        ),
    ] {
        let read = exchange(&pane(url, "", &request, response));
        assert_eq!(
            (read.form, statuses(&read), read.heads[0].lines.len()),
            (Form::HeaderLines, vec![200], 2),
            "{request}"
        );
        assert_eq!(
            (read.request.url.as_deref(), read.request.method.as_deref()),
            (Some("https://api.example/a?id=5"), Some("PUT"))
        );
        assert_eq!(headers(&read), ["Content-Type: application/json", "X-A: 1"], "{request}");
        let redirect = format!(
            "Request\nPUT /a\n{HEADERS}\nRedirect Response\n307 Temporary Redirect\nLocation: https://b.example/c\n\n"
        );
        let read = exchange(&pane(&format!("{url}URL: https://b.example/c\n"), &redirect, &request, response));
        assert_eq!(
            (statuses(&read), read.heads[0].lines.len(), read.heads[1].lines.len()),
            (vec![307, 200], 1, 2),
            "{request}"
        );
        assert_eq!(read.request.url.as_deref(), Some("https://api.example/a?id=5"));
    }
    let none = pane(url, "", "No request headers\n", "No response headers\n").replace("200 OK", "\u{2014}");
    let read = exchange(&none);
    assert_eq!((read.heads.len(), read.request.url.as_deref()), (0, Some("https://api.example/a?id=5")));
}

/// An entry of the inspector's export. It has nothing of a preflight, and nothing of what was refused.
fn entry(second: u32, method: &str, url: &str, status: u32, kind: &str, location: &str) -> serde_json::Value {
    let header = |name: &str, value: &str| serde_json::json!({"name": name, "value": value});
    serde_json::json!({
        "pageref": "page_0", "startedDateTime": format!("2026-11-28T08:00:{second:02}.000Z"), "time": 12.5,
        "request": {
            "method": method, "url": url, "httpVersion": "HTTP/2", "cookies": [], "queryString": [], "headersSize": -1, "bodySize": -1,
            "headers": [header("Origin", "https://app.example"), header("Sec-Fetch-Mode", "cors"), header("X-A", "1")],
        },
        "response": {
            "status": status, "statusText": "", "httpVersion": "HTTP/2", "cookies": [], "redirectURL": location, "headersSize": -1,
            "bodySize": -1, "content": {"size": 0, "compression": 0, "mimeType": "application/json"}, "_transferSize": 0,
            "headers": [header("Access-Control-Allow-Origin", "https://app.example")],
        },
        "cache": {}, "timings": {"blocked": -1, "dns": -1, "connect": -1, "ssl": -1, "send": 0, "wait": 0, "receive": 0},
        "serverIPAddress": "192.0.2.1", "connection": "3", "_fetchType": kind, "_priority": "medium",
    })
}

#[test]
fn export_of_the_inspector_is_read() {
    let mut failed = entry(3, "GET", "https://api.example/d", 0, "Network Load", "");
    failed["response"]["_error"] = "The network connection was lost.".into();
    let entries = [
        entry(0, "PUT", "https://api.example/a", 200, "Network Load", ""),
        entry(1, "GET", "https://api.example/b", 200, "Disk Cache", ""),
        entry(2, "GET", "https://app.example/own", 200, "Network Load", ""),
        failed,
    ];
    let text = serde_json::json!({"log": {
        "version": "1.2", "creator": {"name": "WebKit Web Inspector", "version": "20619.1"},
        "pages": [{"startedDateTime": "2026-11-28T08:00:00.000Z", "id": "page_0", "title": "https://app.example/", "pageTimings": {"onLoad": 5}}],
        "entries": entries,
    }})
    .to_string();
    let har = read(text.as_bytes()).unwrap();
    assert_eq!(har.exporter(), Exporter::WebKit);
    assert!(har.exporter().lacks().contains("refused"));
    assert_eq!(har.entries[1].fetch_type, "Disk Cache");
    let fetches = har.fetches();
    let ended: Vec<_> = fetches.iter().map(|fetch| (fetch.entry(), fetch.recorded.clone())).collect();
    let lost = Recorded::Failed("The network connection was lost.".into());
    assert_eq!(ended, [(0, Recorded::Succeeded), (1, Recorded::Succeeded), (3, lost)]);
    assert_eq!(fetches[0].request.headers.len(), 1);
}
