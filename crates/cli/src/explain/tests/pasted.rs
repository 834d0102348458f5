//! `cors explain` on pasted requests: the report equals that of the same options.

use std::fs;

use serde_json::{Value, json};

use super::report;
use crate::report::Verdict;

/// The report on a text, without its input.
fn on(arguments: &[&str], text: &str) -> Value {
    let mut json = serde_json::to_value(report(arguments, text).unwrap()).unwrap();
    json.as_object_mut().unwrap().remove("input");
    json
}

#[test]
fn copied_request_gives_the_report_of_equal_options() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../spec-vectors/devtools/chrome-copies.json");
    let copies: Value = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    let copies = copies["out"].as_array().unwrap();
    for (method, path, options) in [
        ("PUT", "/pf/403", &["-H", "x-a: 1"][..]),
        ("DELETE", "/cred", &["-H", "authorization: Bearer x", "--credentials", "include"]),
        ("GET", "/noacao2", &["--mode", "no-cors"]),
        ("POST", "/pf/ok2", &["-H", "content-type: application/json", "--body", "{}"]),
    ] {
        let url = format!("http://localhost:18401{path}");
        let copy = copies.iter().find(|copy| copy["url"] == *url && copy["method"] == method).unwrap();
        let expected = on(&[&["--origin", "http://localhost:18400", "-X", method], options, &[&url]].concat(), "");
        for (form, more) in [
            ("curl", &[][..]),
            ("curlwin", &[]),
            // “Copy as fetch” writes neither the page's mode nor its credentials mode.
            (
                "fetch",
                if path == "/cred" {
                    &["--credentials", "include"]
                } else if path == "/noacao2" {
                    &["--mode", "no-cors"]
                } else {
                    &[]
                },
            ),
        ] {
            let text = copy[form].as_str().unwrap();
            assert_eq!(on(more, text), expected, "{form}: {text}");
        }
        // The answer to the preflight may follow the command.
        let text = format!("$ {}\nHTTP/1.1 404 Not Found\n\n", copy["curl"].as_str().unwrap());
        let verdict = if path == "/noacao2" { "opaque" } else { "refused" };
        assert_eq!(on(&[], &text)["verdict"], verdict, "{text}");
    }
}

#[test]
fn report_names_the_form_of_the_text_it_read() {
    let origin = ["--origin", "https://app.example"];
    for (text, form, line) in [
        (
            "HTTP/1.1 200 OK\nAccess-Control-Allow-Origin: *\n\n",
            "heads",
            "Read from standard input: response heads, as `curl -i` prints them.",
        ),
        (
            "$ curl -i https://api.example/ \nHTTP/2 200\naccess-control-allow-origin: *\n\n",
            "curl-command",
            "Read from standard input: a `curl` command, with a response head.",
        ),
        (
            "fetch('https://api.example/', {method: 'PUT', headers: {'Content-Type': 'application/json'}, body: '{}'})",
            "fetch",
            "Read from standard input: a `fetch()` call.",
        ),
        ("axios.delete('https://api.example/')", "axios", "Read from standard input: a call of axios."),
    ] {
        let url: &[&str] = if form == "heads" { &["https://api.example/"] } else { &[] };
        let report = report(&[&origin[..], url].concat(), text).unwrap();
        assert_eq!(report.input[0].form, form);
        assert!(report.to_text().starts_with(line), "{}", report.to_text());
    }
}

#[test]
fn fetch_call_gives_the_report_of_equal_options() {
    let call = "fetch(\"https://api.example/items/7\", {\n  method: \"PUT\", credentials: \"include\",\n  \
                headers: { \"Content-Type\": \"application/json\" }, body: \"{}\",\n})";
    let origin = ["--origin", "https://app.example"];
    let options = ["-X", "PUT", "--credentials", "include", "-H", "Content-Type: application/json", "--body", "{}"];
    let url = ["https://api.example/items/7"];
    assert_eq!(on(&origin, call), on(&[&origin[..], &options, &url].concat(), ""));
    // An option has priority over the call.
    let options = ["-X", "POST", "--credentials", "omit", "-H", "Content-Type: text/plain", "--body", "{}"];
    assert_eq!(on(&[&origin[..], &options].concat(), call), on(&[&origin[..], &options, &url].concat(), ""));
}

#[test]
fn pasted_console_line_is_explained() {
    let line = "Access to fetch at 'https://api.example/items' from origin 'https://app.example' has been blocked by CORS \
                policy: No 'Access-Control-Allow-Origin' header is present on the requested resource.";
    let found = report(&[], line).unwrap();
    assert_eq!((found.verdict, found.origin.as_deref()), (Verdict::Incomplete, Some("https://app.example")));
    assert_eq!(found.steps[0].url, "https://api.example/items");
    assert_eq!(found.messages[0].code, "allow-origin-missing");
    assert!(found.to_text().contains("\nChromium: MissingAllowOriginHeader\n"), "{}", found.to_text());
    // A console line and heads together are one exchange.
    let text = format!("{line}\n\nHTTP/1.1 200 OK\nserver: nginx\n\n");
    let found = report(&[], &text).unwrap();
    assert_eq!(found.verdict, Verdict::Refused);
    // An id alone does not name a request.
    let found = report(&[], "CORSMissingAllowOrigin").unwrap();
    assert_eq!((found.verdict, found.steps.len(), found.messages.len()), (Verdict::Incomplete, 0, 1));
}

#[test]
fn each_kind_of_request_has_the_mode_and_credentials_mode_of_its_standard() {
    const JSON: [&str; 4] = ["-H", "Content-Type: application/json", "--body", "{}"];
    const PLAIN: [&str; 4] = ["-H", "Content-Type: text/plain", "--body", "{}"];
    let empty = "HTTP/1.1 200 OK\n\n";
    let any = "HTTP/1.1 200 OK\nAccess-Control-Allow-Origin: *\n\n";
    for (kind, more, heads, verdict, phases) in [
        ("fetch", &[][..], empty, Verdict::Refused, "response"),
        ("xhr", &[], any, Verdict::Readable, "response"),
        ("img", &[], empty, Verdict::Opaque, "response"),
        ("img", &["--mode", "cors"], empty, Verdict::Refused, "response"),
        ("img", &["--mode", "cors"], any, Verdict::Readable, "response"),
        ("img", &["--mode", "cors", "--credentials", "include"], any, Verdict::Refused, "response"),
        ("script", &["--embedder-policy", "require-corp"], any, Verdict::Refused, "response"),
        ("script", &["--embedder-policy", "require-corp", "--mode", "cors"], any, Verdict::Readable, "response"),
        ("script", &["--embedder-policy", "credentialless"], empty, Verdict::Opaque, "response"),
        ("style", &[], empty, Verdict::Opaque, "response"),
        ("module", &[], empty, Verdict::Refused, "response"),
        ("font", &[], empty, Verdict::Refused, "response"),
        ("font", &[], any, Verdict::Readable, "response"),
        ("beacon", &PLAIN, empty, Verdict::Opaque, "response"),
        ("beacon", &JSON, empty, Verdict::Refused, "preflight"),
        ("event-source", &[], any, Verdict::Readable, "response"),
        ("event-source", &["--credentials", "include"], any, Verdict::Refused, "response"),
        ("form", &["--body", "a=b"], empty, Verdict::Opaque, "response"),
        ("iframe", &[], empty, Verdict::Opaque, "response"),
        ("websocket", &[], "HTTP/1.1 101 Switching Protocols\nUpgrade: websocket\n\n", Verdict::Readable, "response"),
        ("websocket", &[], "HTTP/1.1 403 Forbidden\n\n", Verdict::Refused, "response"),
    ] {
        let url = if kind == "websocket" { "wss://api.example/" } else { "https://api.example/" };
        let arguments = [&["--origin", "https://app.example", "--as", kind], more, &[url]].concat();
        let report = report(&arguments, heads).unwrap();
        let text = report.to_text();
        assert_eq!(report.verdict, verdict, "{kind} {more:?}\n{text}");
        assert_eq!(json!(report.steps[0].phase), phases, "{kind} {more:?}\n{text}");
        for (browser, own) in report.browsers.iter() {
            // WebKit does not have the embedder policy `credentialless`.
            let same = *own == verdict || more.contains(&"credentialless");
            assert!(same, "{kind} {more:?}: {browser:?} {own:?}\n{text}");
        }
    }
}

#[test]
fn cache_mode_and_http_version_change_the_request_and_its_hints() {
    let origin = ["--origin", "https://app.example"];
    let sent = |more: &[&str]| {
        let arguments = [&origin[..], more, &["https://api.example/"]].concat();
        report(&arguments, "").unwrap().steps[0].sent.join("\n")
    };
    assert!(!sent(&[]).contains("no-cache"));
    for mode in ["no-store", "reload"] {
        assert!(
            sent(&["--cache", mode]).ends_with("Pragma: no-cache\nCache-Control: no-cache"),
            "{}",
            sent(&["--cache", mode])
        );
    }
    assert!(sent(&["--cache", "no-cache"]).ends_with("Cache-Control: max-age=0"), "{}", sent(&["--cache", "no-cache"]));

    let preflight = "HTTP/1.1 204 \nAccess-Control-Allow-Origin: *\n\n";
    let stream = |version| {
        let arguments = [&origin[..], &["-X", "POST", "--stream", "--http", version, "https://api.example/"]].concat();
        let report = report(&arguments, preflight).unwrap();
        (report.verdict, report.to_text())
    };
    let (verdict, text) = stream("1.1");
    assert!(verdict == Verdict::Refused && text.contains("stream"), "{text}");
    assert_eq!(stream("2").0, Verdict::Incomplete);
}

#[test]
fn an_answer_to_the_request_is_none_to_its_preflight() {
    let curl = "curl -v https://api.example/a -H 'Origin: https://app.example'\n> GET /a HTTP/2\n> Host: api.example\n>\n\
                < HTTP/2 200\n< access-control-allow-origin: *\n<\n";
    for (method, verdict, notes) in [("GET", Verdict::Readable, 0), ("PUT", Verdict::Incomplete, 1)] {
        let report = report(&["-X", method], curl).unwrap();
        assert_eq!(report.verdict, verdict, "{method}");
        let left_out = report.input[0].notes.iter().filter(|note| note.code == "answers-no-preflight");
        assert_eq!(left_out.count(), notes, "{method}");
    }
    let asked = curl.replace("GET", "OPTIONS").replace("curl -v", "curl -v -X OPTIONS");
    assert_eq!(report(&["-X", "PUT"], &asked).unwrap().verdict, Verdict::Refused);
}

#[test]
fn an_answer_to_options_is_none_to_a_request_without_a_preflight() {
    let options = "$ curl -i -X OPTIONS https://api.example/a -H 'Origin: https://app.example'";
    let head = "HTTP/2 200\naccess-control-allow-origin: *\n\n";
    let get = "$ curl -i https://api.example/a -H 'Origin: https://app.example'";
    for (arguments, text, verdict, left_out) in [
        (&[][..], format!("{options}\n{head}"), Verdict::Incomplete, 1),
        (&[], format!("{options} -H 'Access-Control-Request-Method: GET'\n{head}"), Verdict::Incomplete, 1),
        (&[], format!("{options}\n{head}{get}\nHTTP/2 200\n\n"), Verdict::Refused, 1),
        // An upload with a listener asks for a preflight of a request that needs none by itself.
        (&["-X", "POST", "--upload-listener"], format!("{options}\n{head}"), Verdict::Incomplete, 0),
        (&["-X", "PUT"], format!("{options}\n{head}"), Verdict::Refused, 0),
        // The page's own `OPTIONS`, to its own origin.
        (&["--origin", "https://api.example", "-X", "OPTIONS"], format!("{options}\n{head}"), Verdict::Readable, 0),
    ] {
        let report = report(arguments, &text).unwrap();
        assert_eq!(report.verdict, verdict, "{arguments:?} {text}\n{}", report.to_text());
        let notes = report.input[0].notes.iter().filter(|note| note.code == "answers-preflight");
        assert_eq!(notes.count(), left_out, "{arguments:?} {text}");
    }
}
