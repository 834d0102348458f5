//! A hint is given if it applies, and only then.
#![cfg(feature = "browser")]
#![allow(clippy::unwrap_used, reason = "a test may fail")]

use fetch_cors::{
    browser::{
        Environment, Explanation, Profile, RequestInit, Response, Url,
        environment::HttpVersion,
        explain::{Hint, PageChange},
        request::{BodyInit, CacheMode, CredentialsMode, Duplex, RequestMode, TraversableForUserPrompts},
    },
    header::Headers,
    origin::Origin,
};

const URL: &str = "https://api.example/items";
const ALLOW_ORIGIN: &str = "Access-Control-Allow-Origin";
const ALLOW_HEADERS: &str = "Access-Control-Allow-Headers";

/// A page's call with these headers, its preflight's answer, and the hints on both.
fn hints(init: RequestInit<'_>, origin: &str, url: &str, status: u16, lines: &[(&str, &[u8])]) -> String {
    let request = init.request(Url::new(url).unwrap(), Origin::parse(origin).unwrap()).unwrap();
    let response = Response::new(status, Headers::from_pairs(lines)).unwrap();
    let environment = Environment::new(&Profile::FETCH);
    let of_request = Explanation::of_request(&request, environment);
    let of_preflight = Explanation::of_preflight(&request, &response, environment);
    // All requests here whose mode is not "include" get this hint, which has a test of its own.
    let hints = of_request.hints().chain(of_preflight.hints()).filter(|hint| *hint != Hint::SameOriginCredentials);
    hints.map(|hint| hint.to_string()).collect::<Vec<_>>().join("\n")
}

#[track_caller]
fn check(init: RequestInit<'_>, status: u16, lines: &[(&str, &[u8])], expected: &[&str]) {
    let hints = hints(init, "https://app.example", URL, status, lines);
    let starts: Vec<&str> =
        hints.lines().zip(expected).map(|(hint, start)| hint.get(..start.len()).unwrap_or(hint)).collect();
    assert_eq!(starts, expected, "{hints}");
    assert_eq!(hints.lines().count(), expected.len(), "{hints}");
}

const FETCH: RequestInit<'_> = RequestInit {
    method: "PUT",
    headers: Headers::EMPTY,
    body: None,
    mode: RequestMode::Cors,
    credentials: CredentialsMode::SameOrigin,
    redirect: fetch_cors::browser::request::RedirectMode::Follow,
    referrer_policy: fetch_cors::browser::request::ReferrerPolicy::Empty,
    cache: CacheMode::Default,
    duplex: None,
    traversable_for_user_prompts: TraversableForUserPrompts::Client,
};

#[test]
fn allow_origin_near_misses_have_a_hint_each() {
    for (value, mistake) in [
        ("https://app.example/", "an origin has no `/` at its end"),
        ("https://app.example/app", "an origin has no path"),
        ("\"https://app.example\"", "an origin is written without quotes"),
        ("https://*.example", "there are no patterns of origins"),
        ("app.example", "an origin starts with its scheme"),
        ("https://App.Example", "an origin is in lower case"),
        ("https://app.example:443", "browsers leave out the default port"),
        ("http://app.example", "`http` and `https` make two origins"),
        ("https://app.example:8443", "the port is part of the origin"),
        ("null", "`null` does not mean"),
        ("https://app.example, https://b.example", "`Access-Control-Allow-Origin` takes one origin"),
    ] {
        let hints = hints(FETCH, "https://app.example", URL, 204, &[(ALLOW_ORIGIN, value.as_bytes())]);
        assert!(hints.starts_with(mistake), "{value}: {hints}");
    }
    let other = "the server allows another origin";
    check(FETCH, 204, &[(ALLOW_ORIGIN, b"https://other.example"), ("Vary", b"origin")], &[other]);
    check(FETCH, 204, &[(ALLOW_ORIGIN, b"*"), (ALLOW_ORIGIN, b"*")], &["several `Access-Control-Allow-Origin`"]);
}

#[test]
fn wildcards_with_credentials_have_a_hint() {
    let include = RequestInit { credentials: CredentialsMode::Include, ..FETCH };
    let lines: [(&str, &[u8]); 3] =
        [(ALLOW_ORIGIN, b"*"), ("Access-Control-Allow-Methods", b"*"), ("Access-Control-Allow-Credentials", b"TRUE")];
    check(
        include,
        204,
        &lines,
        &[
            "credentials never cause a preflight",
            "credentials mode `include` allows cookies",
            "`true` is compared byte for byte",
            "to a request with credentials mode `include`, `*` in `Access-Control-Allow-Origin`",
            "to a request with credentials mode `include`, `*` in `Access-Control-Allow-Methods`",
            "the response that follows",
            "if other origins get another answer",
        ],
    );
}

#[test]
fn authorization_under_a_wildcard_has_a_hint() {
    let headers: [(&str, &[u8]); 1] = [("Authorization", b"Bearer abc")];
    let init = RequestInit { headers: Headers::from_pairs(&headers), method: "GET", ..FETCH };
    check(init, 204, &[(ALLOW_ORIGIN, b"*"), (ALLOW_HEADERS, b"*")], &["`*` does not cover `Authorization`"]);
    check(init, 204, &[(ALLOW_ORIGIN, b"*"), (ALLOW_HEADERS, b"*, Authorization")], &[]);
}

#[test]
fn superfluous_request_headers_have_hints() {
    let headers: [(&str, &[u8]); 3] =
        [("Access-Control-Allow-Origin", b"*"), ("Cookie", b"a=b"), ("Content-Type", b"application/json")];
    let init = RequestInit { headers: Headers::from_pairs(&headers), method: "patch", ..FETCH };
    check(
        init,
        204,
        &[(ALLOW_ORIGIN, b"*"), (ALLOW_HEADERS, b"X-A; X-B")],
        &[
            "without a body there is nothing for `Content-Type`",
            "`patch` is sent as it is written",
            "a page may not set `cookie`",
            "`access-control-allow-origin` belongs in the response",
            "`patch` is sent as it is written",
            "the elements of `Access-Control-Allow-Headers`",
        ],
    );
    let no_cors = RequestInit { mode: RequestMode::NoCors, method: "GET", ..init };
    let hints = hints(no_cors, "https://app.example", URL, 204, &[(ALLOW_ORIGIN, b"*")]);
    assert!(hints.starts_with("mode `no-cors` fixes nothing"), "{hints}");
    assert!(hints.contains("mode `no-cors` drops the header `access-control-allow-origin` silently"), "{hints}");
}

#[test]
fn redirected_and_refused_preflights_have_hints() {
    for (url, location, why) in [
        (URL, "https://api.example/items/", "the server redirects to the path with a `/`"),
        (URL, "/items/", "the server redirects to the path with a `/`"),
        (URL, "/login?next=/items/", "a login is in front of `OPTIONS`"),
        ("https://api.example/items/", "/items", "the server redirects to the path without the `/`"),
        (URL, "https://www.api.example/items", "the server redirects to the host with `www.`"),
        (URL, "http://api.example/items/", "the server redirects from `https` to `http`"),
        ("http://api.example/items", "https://www.api.example/items", "the server redirects `http` to `https`"),
        (URL, "/elsewhere", "preflights follow no redirect; if this one leads to a login"),
    ] {
        let lines = [(ALLOW_ORIGIN, &b"*"[..]), ("Location", location.as_bytes())];
        // Requesting an `http` URL from a page of `https` would be mixed content.
        let page = if url.starts_with("http:") { "http://app.example" } else { "https://app.example" };
        let hints = hints(FETCH, page, url, 307, &lines);
        assert!(hints.starts_with(why), "{hints}");
    }
    for (status, why) in [
        (403, "never carry"),
        (404, "nothing answers"),
        (405, "does not allow"),
        (500, "fails on"),
        (502, "a proxy got no answer"),
        (418, "passes with"),
    ] {
        let hints = hints(FETCH, "https://app.example", URL, status, &[(ALLOW_ORIGIN, b"*")]);
        assert!(hints.starts_with("status ") && hints.contains(why), "{hints}");
    }
}

#[test]
fn preflight_refused_by_a_cors_layer_has_another_hint_than_one_refused_by_a_login() {
    let (vary, lists) = ([("Vary", &b"Origin"[..])], [(ALLOW_ORIGIN, &b"*"[..]), (ALLOW_HEADERS, b"x-a")]);
    for (status, lines, wanted) in [
        (403, &vary[..], "refused-by-lists"),
        (400, &vary, "refused-by-lists"),
        (400, &lists, "refused-by-lists"),
        (403, &lists[..1], "preflight-status"),
        (403, &[], "preflight-status"),
        (401, &vary, "preflight-status"),
        (404, &vary, "preflight-status"),
        (204, &[], "preflight-without-cors"),
    ] {
        let request = FETCH.request(Url::new(URL).unwrap(), Origin::parse("https://app.example").unwrap()).unwrap();
        let response = Response::new(status, Headers::from_pairs(lines)).unwrap();
        let explanation = Explanation::of_preflight(&request, &response, Environment::new(&Profile::FETCH));
        let codes: Vec<&str> = explanation.hints().map(|hint| hint.code()).collect();
        let causes = ["refused-by-lists", "preflight-status", "preflight-without-cors"];
        let found: Vec<&str> = codes.iter().copied().filter(|code| causes.contains(code)).collect();
        assert_eq!(found, [wanted], "{status} {lines:?}: {codes:?}");
        // The login answers before the list of origins is read.
        assert_eq!(
            codes.contains(&"origin-not-listed"),
            lines == vary && status != 401,
            "{status} {lines:?}: {codes:?}"
        );
    }
}

#[test]
fn opaque_and_local_origins_have_hints() {
    let opaque = hints(FETCH, "null", URL, 204, &[(ALLOW_ORIGIN, b"null")]);
    assert!(opaque.starts_with("the page's origin is opaque"), "{opaque}");
    for (page, url, reported) in [
        ("https://app.example", "http://192.168.1.1/", true),
        ("https://app.example", "http://172.16.0.1/", true),
        ("https://app.example", "http://172.32.0.1/", false),
        ("https://app.example", "http://printer.local/", true),
        ("http://localhost:3000", "http://localhost:8000/", false),
    ] {
        let hints = hints(FETCH, page, url, 204, &[(ALLOW_ORIGIN, b"*")]);
        assert_eq!(hints.contains("Local Network Access"), reported, "{url}");
    }
}

#[test]
fn default_credentials_mode_with_expected_cookies_has_a_hint() {
    for (credentials, url, hinted) in [
        (CredentialsMode::SameOrigin, URL, true),
        (CredentialsMode::Include, URL, false),
        (CredentialsMode::Omit, URL, false),
        (CredentialsMode::SameOrigin, "https://app.example/items", false),
    ] {
        let init = RequestInit { credentials, ..FETCH };
        let request = init.request(Url::new(url).unwrap(), Origin::parse("https://app.example").unwrap()).unwrap();
        let explanation = Explanation::of_request(&request, Environment::new(&Profile::FETCH));
        assert_eq!(explanation.hints().any(|hint| hint == Hint::SameOriginCredentials), hinted, "{url}");
    }
}

#[test]
fn stream_over_http1_is_a_failure_once_it_would_be_sent_and_a_hint_before() {
    let stream = RequestInit { method: "POST", body: Some(BodyInit::Stream), duplex: Some(Duplex::Half), ..FETCH };
    let lines: [(&str, &[u8]); 1] = [(ALLOW_ORIGIN, b"*")];
    let granted = Response::new(204, Headers::from_pairs(&lines)).unwrap();
    for (profile, http_version, fails) in [
        (&Profile::FETCH, HttpVersion::Http1, true),
        (&Profile::CHROMIUM, HttpVersion::Http1, true),
        (&Profile::FETCH, HttpVersion::Http2OrLater, false),
        (&Profile::FIREFOX, HttpVersion::Http1, false),
    ] {
        let environment = Environment { http_version, ..Environment::new(profile) };
        for (page, before_preflight) in [("https://app.example", true), ("https://api.example", false)] {
            let request = stream.request(Url::new(URL).unwrap(), Origin::parse(page).unwrap()).unwrap();
            let explained = Explanation::of_request(&request, environment);
            assert_eq!(explained.hints().any(|hint| hint == Hint::StreamOverHttp1), fails, "{}", profile.name);
            let codes: Vec<_> = explained.failures().map(|error| error.reason.code()).collect();
            let sent_at_once: &[&str] = if fails && !before_preflight { &["stream-over-http1"] } else { &[] };
            assert_eq!(codes, sent_at_once, "{} {page}", profile.name);
            let explained = Explanation::of_preflight(&request, &granted, environment);
            assert_eq!(explained.failures().count(), usize::from(fails), "{}", profile.name);
            let instead = explained.page_changes().any(|(change, _)| change == PageChange::BodyWithSource);
            assert_eq!(instead, fails, "{}", profile.name);
        }
    }
}

#[test]
fn preflight_to_an_ip_address_has_a_hint_in_firefox_alone() {
    for (profile, url, expected) in [
        (&Profile::FIREFOX, "http://127.0.0.1:3000/", true),
        (&Profile::FIREFOX, "http://[::1]:3000/", true),
        (&Profile::FIREFOX, "http://localhost:3000/", false),
        (&Profile::CHROMIUM, "http://127.0.0.1:3000/", false),
    ] {
        let of = |method| {
            let init = RequestInit { method, ..FETCH };
            let request = init.request(Url::new(url).unwrap(), Origin::parse("http://app.example").unwrap()).unwrap();
            Explanation::of_request(&request, Environment::new(profile))
                .hints()
                .any(|hint| hint == Hint::PreflightOfIpAddress)
        };
        assert_eq!((of("PUT"), of("GET")), (expected, false), "{} {url}", profile.name);
    }
}
