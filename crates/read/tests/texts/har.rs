//! How entries of a HAR are grouped into fetches.

use std::{fs, path::Path};

use fetch_cors::browser::request::{CredentialsMode, RequestMode};
use fetch_cors_read::{
    Api,
    har::{Exporter, Fetch, Har, Recorded, read},
};

fn devtools(file: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../spec-vectors/devtools").join(file);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// For each fetch: its path, which of its hops have a preflight, and how it ended.
fn summary(har: &Har<'_>) -> Vec<(String, String, Recorded)> {
    let path = |fetch: &Fetch| url::Url::parse(&har.entries[fetch.entry()].request.url).unwrap().path().to_owned();
    let hops = |fetch: &Fetch| {
        fetch.hops.iter().map(|hop| if hop.preflight.is_some() { "PR" } else { "R" }).collect::<Vec<_>>().join(" ")
    };
    let mut all: Vec<_> =
        har.fetches().iter().map(|fetch| (path(fetch), hops(fetch), fetch.recorded.clone())).collect();
    all.sort_by(|one, other| one.0.cmp(&other.0));
    all
}

#[test]
fn preflights_are_beside_their_requests_and_redirects_are_followed() {
    use Recorded::*;
    let text = devtools("chrome-full.har");
    let har = read(text.as_bytes()).unwrap();
    assert_eq!(har.exporter(), Exporter::Chromium);
    let expected = [
        ("/cred", "PR", Succeeded),
        ("/dead", "R", Failed("net::ERR_CONNECTION_REFUSED".into())),
        ("/font.css", "R", Succeeded),
        ("/img.png", "R", Refused),
        ("/mod.js", "R", Refused),
        ("/noacao", "R", Refused),
        ("/noacao2", "R", Succeeded),
        ("/ok", "R", Succeeded),
        ("/pf/403", "PR", Refused),
        ("/pf/cache", "PR", Succeeded),
        ("/pf/cache", "R", Succeeded),
        ("/pf/nohdr", "PR", Refused),
        ("/pf/nohdr2", "PR", Refused),
        ("/pf/ok", "PR", Succeeded),
        ("/pf/ok2", "PR", Succeeded),
        ("/pf/redir", "PR", Refused),
        ("/pf/then", "PR", Refused),
        ("/redir", "R R", Succeeded),
        ("/redirbad", "R", Refused),
        ("/star", "R", Refused),
    ];
    let found = summary(&har);
    let found: Vec<_> = found.iter().map(|(path, hops, recorded)| (&**path, &**hops, recorded.clone())).collect();
    assert_eq!(found, expected);
}

#[test]
fn firefox_har_reports_blocked_fetches_as_without_response() {
    let text = devtools("firefox.har");
    let har = read(text.as_bytes()).unwrap();
    assert_eq!(har.exporter(), Exporter::Firefox);
    let no_response: Vec<_> = summary(&har)
        .into_iter()
        .filter(|(_, _, recorded)| *recorded == Recorded::NoResponse)
        .map(|(path, ..)| path)
        .collect();
    assert_eq!(no_response, ["/dead", "/pf/403", "/pf/nohdr", "/pf/nohdr2", "/pf/redir", "/redirbad", "/x"]);
}

#[test]
fn har_request_has_only_the_headers_that_the_page_set() {
    let text = devtools("chrome-sanitized.har");
    let har = read(text.as_bytes()).unwrap();
    let fetches = har.fetches();
    let of = |path: &str| {
        fetches.iter().find(|fetch| har.entries[fetch.entry()].request.url.ends_with(path)).unwrap().request.clone()
    };
    let names = |path: &str| of(path).headers.iter().map(|header| header.name.to_lowercase()).collect::<Vec<_>>();
    // Only the preflight names `Authorization`.
    assert_eq!(names("/cred"), ["authorization"]);
    assert_eq!(names("/pf/403"), ["x-a"]);
    assert_eq!(names("/ok"), [""; 0]);
    assert_eq!(of("/noacao2").mode, Some(RequestMode::NoCors));
    assert_eq!(
        (of("/pf/403").mode, of("/pf/403").origin.as_deref()),
        (Some(RequestMode::Cors), Some("http://localhost:18400"))
    );
    let text = devtools("firefox.har");
    let har = read(text.as_bytes()).unwrap();
    let star =
        har.fetches().into_iter().find(|fetch| har.entries[fetch.entry()].request.url.ends_with("/star")).unwrap();
    assert_eq!(star.request.credentials, Some(CredentialsMode::Include));
}

/// The start in milliseconds, the method, the URL, the status, the redirect target, and the headers.
type OwnEntry<'a> = (u32, &'a str, &'a str, i32, &'a str, &'a [(&'a str, &'a str)]);

/// A file written for a test.
fn file(entries: &[OwnEntry<'_>]) -> String {
    let entries = entries.iter().map(|(at, method, url, status, redirect, headers)| {
        let mut headers: Vec<_> =
            headers.iter().map(|(name, value)| serde_json::json!({"name": name, "value": value})).collect();
        headers.push(serde_json::json!({"name": "origin", "value": "https://app.example"}));
        let mut response = serde_json::json!({"status": status, "headers": []});
        if !redirect.is_empty() {
            response["redirectURL"] = (*redirect).into();
        }
        serde_json::json!({
            "startedDateTime": format!("2026-11-27T00:00:{:02}.{:03}+00:00", at / 1000, at % 1000),
            "time": 50, "request": {"method": method, "url": url, "headers": headers}, "response": response,
        })
    });
    serde_json::json!({"log": {"entries": entries.collect::<Vec<_>>()}}).to_string()
}

const PUT: (&str, &str) = ("access-control-request-method", "PUT");

#[test]
fn each_of_several_requests_of_one_url_gets_its_own_preflight() {
    let url = "https://api.example/x";
    let text = file(&[
        (30, "OPTIONS", url, 204, "", &[PUT, ("access-control-request-headers", "x-b")]),
        (0, "PUT", url, 200, "", &[("x-a", "1")]),
        (10, "PUT", url, 200, "", &[("x-b", "1")]),
        (20, "OPTIONS", url, 204, "", &[PUT, ("access-control-request-headers", "x-a")]),
        (5_000, "PUT", url, 200, "", &[("x-a", "1")]),
        (9_000, "PUT", "https://api.example/y", 200, "", &[]),
        (9_010, "OPTIONS", url, 204, "", &[PUT]),
    ]);
    let har = read(text.as_bytes()).unwrap();
    let pairs: Vec<_> =
        har.fetches().iter().flat_map(|fetch| fetch.hops.clone()).map(|hop| (hop.preflight, hop.request)).collect();
    assert_eq!(pairs, [(Some(3), Some(1)), (Some(0), Some(2)), (None, Some(4)), (None, Some(5)), (Some(6), None)]);
}

#[test]
fn har_redirect_joins_only_a_request_that_follows_soon() {
    let text = file(&[
        (0, "GET", "https://api.example/a", 302, "/b", &[]),
        (60, "GET", "https://api.example/b", 307, "https://c.example/#top", &[]),
        (110, "GET", "https://c.example/", 200, "", &[]),
        (2_000, "GET", "https://api.example/a", 302, "/b", &[]),
        (9_000, "GET", "https://api.example/b", 200, "", &[]),
    ]);
    let har = read(text.as_bytes()).unwrap();
    let chains: Vec<_> =
        har.fetches().iter().map(|fetch| fetch.hops.iter().filter_map(|hop| hop.request).collect::<Vec<_>>()).collect();
    assert_eq!(chains, [vec![0, 1, 2], vec![3], vec![4]]);
}

#[test]
fn preflight_without_requested_headers_of_a_post_means_an_upload_listener() {
    let url = "https://api.example/x";
    let post = ("access-control-request-method", "POST");
    let text = file(&[(0, "POST", url, 200, "", &[]), (5, "OPTIONS", url, 204, "", &[post])]);
    let har = read(text.as_bytes()).unwrap();
    assert_eq!(har.fetches()[0].request.api, Some(Api::XmlHttpRequestWithUploadListener));
}

#[test]
fn har_with_missing_or_mistyped_members_is_read_without_them() {
    for text in [
        r#"{"log": {"entries": [{}]}}"#,
        r#"{"log": {"pages": null, "browser": null, "entries": [{"startedDateTime": "soon", "time": null, "request": null, "response": {"status": "200", "headers": null}}]}}"#,
        r#"{"log": {"entries": [{"startedDateTime": 1, "time": "2", "request": {"method": null, "url": "https://a.example/\u00e9", "headers": [{}]}}]}}"#,
    ] {
        let har = read(text.as_bytes()).unwrap_or_else(|error| panic!("{text}: {error}"));
        assert_eq!(har.fetches().len(), 0, "{text}");
    }
}
