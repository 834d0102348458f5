//! Writes a HAR of so many megabytes, like Chromium's developer tools: `cargo run -p fetch-cors-read --example large -- 100`.
//!
//! Each page has fetches with and without preflights, of many URLs, allowed and refused, and bodies of 2 KB, some with escapes.

use std::io::{BufWriter, Write, stdout};

/// A body, as JSON.
const BODY: usize = 2_000;

fn main() -> std::io::Result<()> {
    let megabytes: usize = std::env::args().nth(1).and_then(|megabytes| megabytes.parse().ok()).unwrap_or(100);
    let mut out = BufWriter::new(stdout().lock());
    let body: String = "{\\\"name\\\": \\\"value\\\"} ".chars().cycle().take(BODY).collect();
    let body = body.trim_end_matches('\\');
    let start = r#"{"log": {"version": "1.2", "creator": {"name": "WebInspector", "version": "537.36"}, "pages": [{"id": "page_1", "title": "https://app.example/"}], "entries": ["#;
    out.write_all(start.as_bytes())?;
    let (mut written, mut number) = (start.len(), 0_usize);
    while written < megabytes << 20 {
        let entry = entry(number, body);
        let separator = if number == 0 { "" } else { "," };
        written += separator.len() + entry.len();
        out.write_all(separator.as_bytes())?;
        out.write_all(entry.as_bytes())?;
        number += 1;
    }
    out.write_all(b"]}}")?;
    out.flush()
}

/// Every four entries are a preflight, its request, a simple request, and a refused request.
fn entry(number: usize, body: &str) -> String {
    let (group, kind) = (number / 4, number % 4);
    let milliseconds = group * 20;
    let (hour, minute, second) = (milliseconds / 3_600_000 % 24, milliseconds / 60_000 % 60, milliseconds / 1_000 % 60);
    let started = format!("2026-11-27T{hour:02}:{minute:02}:{second:02}.{:03}Z", milliseconds % 1_000);
    let item = group % 5_000;
    let (method, path, resource) = match kind {
        0 => ("PUT", format!("items/{item}"), "fetch"),
        1 => ("OPTIONS", format!("items/{item}"), "preflight"),
        2 => ("GET", format!("list?page={item}"), "fetch"),
        _ => ("GET", format!("refused/{item}"), "fetch"),
    };
    let asks = if kind == 1 {
        r#"{"name": "Access-Control-Request-Method", "value": "PUT"}, {"name": "Access-Control-Request-Headers", "value": "content-type,x-a"},"#
    } else {
        r#"{"name": "x-a", "value": "1"}, {"name": "content-type", "value": "application/json"},"#
    };
    let asks = if kind >= 2 { "" } else { asks };
    let allows = match kind {
        1 => {
            r#", {"name": "access-control-allow-origin", "value": "https://app.example"}, {"name": "access-control-allow-methods", "value": "PUT"}, {"name": "access-control-allow-headers", "value": "content-type, x-a"}, {"name": "access-control-max-age", "value": "60"}"#
        }
        0 | 2 => r#", {"name": "access-control-allow-origin", "value": "https://app.example"}"#,
        _ => "",
    };
    let error = if kind == 3 { r#", "_error": "net::ERR_FAILED""# } else { "" };
    let body = if kind == 1 { "" } else { body };
    format!(
        r#"{{"_initiator": {{"type": "script"}}, "_resourceType": "{resource}", "pageref": "page_1", "startedDateTime": "{started}", "time": 15.5, "request": {{"method": "{method}", "url": "https://api.example/{path}", "httpVersion": "h2", "headers": [{asks} {{"name": "Accept", "value": "*/*"}}, {{"name": "Accept-Encoding", "value": "gzip, deflate, br, zstd"}}, {{"name": "Accept-Language", "value": "en-US,en;q=0.9"}}, {{"name": "Origin", "value": "https://app.example"}}, {{"name": "Referer", "value": "https://app.example/"}}, {{"name": "Sec-Fetch-Dest", "value": "empty"}}, {{"name": "Sec-Fetch-Mode", "value": "cors"}}, {{"name": "User-Agent", "value": "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36"}}], "queryString": [], "cookies": [], "headersSize": -1, "bodySize": 0}}, "response": {{"status": 200, "statusText": "", "httpVersion": "h2", "headers": [{{"name": "content-type", "value": "application/json"}}, {{"name": "vary", "value": "origin"}}{allows}], "cookies": [], "content": {{"size": 2000, "mimeType": "application/json", "text": "{body}"}}, "redirectURL": "", "headersSize": -1, "bodySize": -1, "_transferSize": 2300{error}}}, "cache": {{}}, "timings": {{"send": 1, "wait": 10, "receive": 4}}}}"#
    )
}
