//! Copies from Chromium's developer tools: each form of a request reads as the same request.

use std::{fs, path::Path};

use fetch_cors_read::{Form, NoteKind, PageBody, PageRequest, PageValue};
use serde_json::Value;

use crate::common::exchange;

fn copies() -> Vec<Value> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../spec-vectors/devtools/chrome-copies.json");
    let file: Value = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    file["out"].as_array().unwrap().clone()
}

/// The page's headers, by name in lower case.
fn headers(request: &PageRequest) -> Vec<(String, PageValue)> {
    let pair = |header: &fetch_cors_read::PageHeader| (header.name.to_lowercase(), header.value.clone());
    let mut headers: Vec<_> = request.headers.iter().map(pair).collect();
    headers.sort_by(|one, other| one.0.cmp(&other.0));
    headers
}

#[test]
fn each_copied_form_of_a_request_reads_as_an_equal_request() {
    let copies = copies();
    assert!(copies.len() >= 6);
    for copy in &copies {
        let of = |member: &str| exchange(copy[member].as_str().unwrap());
        let (bash, cmd, fetch, node) = (of("curl"), of("curlwin"), of("fetch"), of("nodefetch"));
        let powershell = of("ps");
        assert_eq!(powershell.form, Form::PowerShell);
        assert_eq!((bash.form, cmd.form), (Form::CurlCommand, Form::CurlCommand));
        assert_eq!((fetch.form, node.form), (Form::CopiedFetch, Form::CopiedFetch));
        assert_eq!(bash.request, cmd.request, "{copy}");
        for exchange in [&bash, &fetch, &node, &powershell] {
            let request = &exchange.request;
            assert_eq!(request.url.as_deref(), copy["url"].as_str());
            assert_eq!(request.origin.as_deref(), Some("http://localhost:18400"), "{copy}");
            assert_eq!(request.body, bash.request.body);
            if copy["method"] != "OPTIONS" {
                assert_eq!(request.method.as_deref(), copy["method"].as_str());
                assert_eq!(headers(request), headers(&bash.request), "{copy}");
            }
            let own = |header: &&fetch_cors_read::PageHeader| {
                let name = header.name.to_lowercase();
                !["x-a", "content-type", "authorization"].contains(&&*name)
            };
            assert_eq!(request.headers.iter().find(own), None, "{copy}");
        }
    }
}

#[test]
fn copied_preflight_yields_the_request_it_asks_for() {
    for copy in copies().iter().filter(|copy| copy["method"] == "OPTIONS") {
        let request = exchange(copy["curl"].as_str().unwrap()).request;
        assert_ne!(request.method.as_deref(), Some("OPTIONS"));
        assert!(request.headers.iter().all(|header| header.value == PageValue::NamedByPreflight), "{request:?}");
    }
}

#[test]
fn copied_mode_and_credentials_are_ignored_with_a_note() {
    for copy in copies() {
        let copied = exchange(copy["fetch"].as_str().unwrap());
        assert_eq!((copied.request.mode, copied.request.credentials), (None, None));
        let kinds: Vec<_> = copied.notes.iter().map(|note| note.kind.clone()).collect();
        assert!(kinds.contains(&NoteKind::CopiedMode) && kinds.contains(&NoteKind::CopiedCredentials), "{kinds:?}");
    }
}

#[test]
fn copied_cookie_means_credentials_mode_include() {
    let with_cookie = |copy: &&Value| copy["curl"].as_str().unwrap().contains("-b ");
    let copies = copies();
    let copy = copies.iter().find(with_cookie).expect("one of the requests had a cookie");
    for member in ["curl", "curlwin", "nodefetch", "ps"] {
        let read = exchange(copy[member].as_str().unwrap());
        assert_eq!(read.request.credentials, Some(fetch_cors::browser::request::CredentialsMode::Include), "{member}");
        assert!(read.notes.iter().any(|note| note.kind == NoteKind::CookieSent));
    }
}

#[test]
fn a_body_is_read() {
    let copies = copies();
    let copy = copies.iter().find(|copy| copy["method"] == "POST").expect("one is a POST");
    for member in ["curl", "curlwin", "fetch", "nodefetch", "ps"] {
        let read = exchange(copy[member].as_str().unwrap());
        assert_eq!(read.request.body, Some(PageBody::Text("{\"a\":1}".into())), "{member}");
    }
}
