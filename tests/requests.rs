//! A page's call and its environment, compared with the sent request and the end of the fetch.
#![cfg(feature = "cache")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail")]

use std::time::Duration;

use fetch_cors::{
    browser::{
        Action, AwaitingResponse, Environment, GrowingPreflightCache, Outcome, Profile, Reason, Request, RequestInit,
        Response, Url, XhrInit,
        cache::{CacheMiss, CacheVerdict, cache_verdict},
        environment::{GlobalObject, HttpVersion, StorageAccess},
        fetch,
        request::{
            BodyInit, CacheMode, CredentialsMode, Duplex, RequestHeaders, RequestMode, TraversableForUserPrompts,
        },
        route::{Route, Scheme, route},
        url::BlobUrlEntry,
    },
    header::{HeaderName, Headers},
    origin::Origin,
};

const API: &str = "https://api.example/items";
const BROWSERS: [&Profile; 3] = [&Profile::FETCH, &Profile::CHROMIUM, &Profile::FIREFOX];

fn page() -> Origin<'static> {
    Origin::parse("https://app.example").unwrap()
}

fn of(init: RequestInit<'static>) -> Request<'static> {
    init.request(Url::new(API).unwrap(), page()).unwrap()
}

/// The request that is sent without a preflight.
fn sent<'a>(request: Request<'a>, environment: Environment<'a>) -> AwaitingResponse<'a> {
    match fetch(request, environment, &mut GrowingPreflightCache::new(), Duration::ZERO).unwrap() {
        Action::SendRequest(awaiting) | Action::FetchScheme(_, awaiting) => awaiting,
        Action::SendPreflight(_) => panic!("{request} needs a preflight"),
    }
}

fn lines(awaiting: &AwaitingResponse<'_>) -> Vec<String> {
    awaiting.outgoing().headers.iter().map(|header| header.to_string()).collect()
}

const ALLOWED: [(&str, &[u8]); 3] = [
    ("Access-Control-Allow-Origin", b"https://app.example"),
    ("Access-Control-Allow-Methods", b"PUT"),
    ("Access-Control-Max-Age", b"600"),
];

fn allowed() -> Response<'static> {
    Response::new(200, Headers::from_pairs(&ALLOWED)).unwrap()
}

#[test]
fn blob_url_of_a_page_with_an_opaque_origin_is_basic_for_that_page_alone() {
    let url = Url::new("blob:null/0db13d48").unwrap();
    for profile in BROWSERS {
        for mode in [RequestMode::Cors, RequestMode::SameOrigin] {
            let init = RequestInit { mode, ..RequestInit::default() };
            let own = init.request(url.with_blob_url_entry(BlobUrlEntry::OfPage), Origin::OPAQUE).unwrap();
            assert!(matches!(route(&own, profile), Ok(Route::Basic)));
            assert!(route(&init.request(url, Origin::OPAQUE).unwrap(), profile).is_err());
        }
    }
    // Setting the blob URL entry does not change other URLs.
    let data = Url::new("https://api.example/").unwrap().with_blob_url_entry(BlobUrlEntry::OfPage);
    assert!(matches!(route(&RequestInit::default().request(data, page()).unwrap(), &Profile::FETCH), Ok(Route::Cors)));
    let own = RequestInit::default().request(url.with_blob_url_entry(BlobUrlEntry::OfPage), Origin::OPAQUE).unwrap();
    let action = fetch(own, Environment::new(&Profile::FETCH), &mut GrowingPreflightCache::new(), Duration::ZERO);
    assert!(matches!(action, Ok(Action::FetchScheme(Scheme::Blob, _))));
}

#[test]
fn status_407_prompts_in_a_window_and_fails_without_a_user() {
    use TraversableForUserPrompts::{Client, NoTraversable};

    let response = Response::new(407, Headers::from_pairs(&ALLOWED)).unwrap();
    let end = |profile, global_object, traversable_for_user_prompts| {
        let environment = Environment { global_object, ..Environment::new(profile) };
        let awaiting = sent(of(RequestInit { traversable_for_user_prompts, ..RequestInit::default() }), environment);
        let prompts = awaiting.prompts_for_credentials(&response).unwrap();
        let outcome = awaiting.on_response(&response, &mut GrowingPreflightCache::new());
        (prompts, outcome.map(drop).map_err(|error| (error.reason, error.step().number)))
    };
    let failure = Err((Reason::ProxyAuthenticationRequired, "16.1"));
    assert_eq!(end(&Profile::FETCH, GlobalObject::Window, Client), (true, Ok(())));
    assert_eq!(end(&Profile::FETCH, GlobalObject::Worker, Client), (false, failure));
    assert_eq!(end(&Profile::FETCH, GlobalObject::Window, NoTraversable), (false, failure));
    assert_eq!(end(&Profile::CHROMIUM, GlobalObject::Window, Client), (false, failure));
}

#[test]
fn stream_as_body_is_text_in_firefox_and_asked_for_in_others() {
    let stream = RequestInit {
        method: "POST",
        body: Some(BodyInit::Stream),
        duplex: Some(Duplex::Half),
        ..RequestInit::default()
    };
    let text = sent(of(stream), Environment::new(&Profile::FIREFOX));
    assert!(lines(&text).contains(&"content-type: text/plain;charset=UTF-8".to_owned()), "{:?}", lines(&text));
    for profile in [&Profile::FETCH, &Profile::CHROMIUM] {
        for http_version in [HttpVersion::Http1, HttpVersion::Http2OrLater] {
            let (environment, mut cache) =
                (Environment { http_version, ..Environment::new(profile) }, GrowingPreflightCache::new());
            let Ok(Action::SendPreflight(awaiting)) = fetch(of(stream), environment, &mut cache, Duration::ZERO) else {
                panic!("a stream is asked for");
            };
            let lines: [(&str, &[u8]); 2] =
                [("Access-Control-Allow-Origin", b"*"), ("Access-Control-Allow-Methods", b"POST")];
            let response = Response::new(204, Headers::from_pairs(&lines)).unwrap();
            match (http_version, awaiting.on_response(&response, &mut cache, Duration::ZERO)) {
                (HttpVersion::Http1, Err(error)) => {
                    assert_eq!((error.reason, error.step().number), (Reason::StreamOverHttp1, "8.3"));
                    assert_eq!(error.chromium_cors_error(), None);
                }
                (HttpVersion::Http2OrLater, Ok(awaiting)) => assert!(awaiting.outgoing().origin().is_some()),
                (version, outcome) => panic!("{version:?}: {outcome:?}"),
            }
        }
    }
}

#[test]
fn cache_mode_bypasses_the_preflight_cache_in_browsers() {
    let put = |cache| of(RequestInit { method: "PUT", cache, ..RequestInit::default() });
    for (profile, asking) in [
        (&Profile::FETCH, &[][..]),
        (&Profile::CHROMIUM, &[CacheMode::NoStore, CacheMode::Reload, CacheMode::NoCache][..]),
        (&Profile::FIREFOX, &[CacheMode::NoStore, CacheMode::Reload][..]),
    ] {
        let (environment, mut cache) = (Environment::new(profile), GrowingPreflightCache::new());
        let Ok(Action::SendPreflight(awaiting)) =
            fetch(put(CacheMode::Default), environment, &mut cache, Duration::ZERO)
        else {
            panic!("nothing is cached yet");
        };
        let _ = awaiting.on_response(&allowed(), &mut cache, Duration::ZERO).unwrap();
        for mode in [
            CacheMode::Default,
            CacheMode::NoStore,
            CacheMode::Reload,
            CacheMode::NoCache,
            CacheMode::ForceCache,
            CacheMode::Default,
        ] {
            let request = put(mode);
            let Ok(Route::CorsWithPreflight(reasons)) = route(&request, profile) else { panic!("a PUT is asked for") };
            let verdict = cache_verdict(&request, &reasons, environment, &cache, Duration::ZERO);
            let expected =
                if asking.contains(&mode) { CacheVerdict::MethodMiss(CacheMiss::Bypassed) } else { CacheVerdict::Hit };
            assert_eq!(verdict, expected, "{} {mode}", profile.name);
            let action = fetch(request, environment, &mut cache, Duration::ZERO).unwrap();
            assert_eq!(matches!(action, Action::SendPreflight(_)), asking.contains(&mode), "{} {mode}", profile.name);
        }
    }
}

#[test]
fn request_that_is_not_stored_leaves_no_answer_in_chromiums_cache() {
    let put = |cache| of(RequestInit { method: "PUT", cache, ..RequestInit::default() });
    for (profile, kept) in [(&Profile::CHROMIUM, false), (&Profile::FIREFOX, true), (&Profile::FETCH, true)] {
        let (environment, mut cache) = (Environment::new(profile), GrowingPreflightCache::new());
        let action = fetch(put(CacheMode::NoStore), environment, &mut cache, Duration::ZERO);
        let Ok(Action::SendPreflight(awaiting)) = action else { panic!("nothing is cached yet") };
        let _ = awaiting.on_response(&allowed(), &mut cache, Duration::ZERO).unwrap();
        let action = fetch(put(CacheMode::Default), environment, &mut cache, Duration::ZERO).unwrap();
        assert_eq!(matches!(action, Action::SendRequest(_)), kept, "{}", profile.name);
    }
}

#[test]
fn host_that_is_an_ip_address_may_be_asked_again_in_firefox_alone() {
    for (href, is_address) in [
        ("http://127.0.0.1:3000/", true),
        ("http://[::1]/", true),
        ("https://10.0.0.1/", true),
        ("http://127.0.0.1./", true),
        ("http://localhost/", false),
        ("https://1.example/", false),
        ("https://127.0.0.1.example/", false),
        ("https://a1/", false),
        ("https://user@10.0.0.1/", true),
        ("data:,1", false),
    ] {
        let Ok(url) = Url::new(href) else { continue };
        assert_eq!(url.host_is_ip_address(), is_address, "{href}");
        assert_eq!(Profile::FIREFOX.may_ask_again(url), is_address, "{href}");
        assert!(!Profile::FETCH.may_ask_again(url) && !Profile::CHROMIUM.may_ask_again(url), "{href}");
    }
}

#[test]
fn accept_of_the_browser_passes_the_guard_in_mode_no_cors_whatever_its_length() {
    let long = "a".repeat(129);
    for guarded in
        [fetch_cors::browser::request::HeadersGuard::RequestNoCors, fetch_cors::browser::request::HeadersGuard::Request]
    {
        let headers = RequestHeaders::new(Headers::EMPTY)
            .with_guard(guarded)
            .with_accept(Some(long.as_bytes()))
            .with_accept_language(Some(long.as_bytes()))
            .with_content_type(Some(b"application/json"));
        let list: Vec<&str> = headers.iter().map(|header| header.name.as_str()).collect();
        match guarded {
            fetch_cors::browser::request::HeadersGuard::RequestNoCors => {
                assert_eq!(list, ["accept", "accept-language"]);
            }
            _ => assert_eq!(list, ["content-type", "accept", "accept-language"]),
        }
    }
}

#[test]
fn headers_of_one_name_are_combined_with_xhr_and_written_alike_with_fetch() {
    let calls: [(&str, &[u8]); 5] = [
        ("Accept-Language", b"t1"),
        ("Accept", b"a"),
        ("accept-language", b"t2"),
        ("Accept", b"b"),
        ("ACCEPT", b" c "),
    ];
    let (url, headers) = (Url::new("https://app.example/").unwrap(), Headers::from_pairs(&calls));
    let xhr = XhrInit { method: "POST", headers, body: Some(BodyInit::UrlSearchParams), ..XhrInit::default() };
    let xhr = xhr.request(url, page()).unwrap();
    for profile in BROWSERS {
        assert_eq!(
            lines(&sent(xhr, Environment::new(profile))),
            [
                "Accept-Language: t1, t2",
                "Accept: a, b, c",
                "content-type: application/x-www-form-urlencoded;charset=UTF-8",
                "origin: https://app.example",
            ]
        );
    }
    let init = RequestInit { headers, ..RequestInit::default() }.request(url, page()).unwrap();
    assert_eq!(
        lines(&sent(init, Environment::new(&Profile::FETCH))),
        ["Accept-Language: t1", "Accept: a", "Accept-Language: t2", "Accept: b", "Accept: c"]
    );
}

#[test]
fn authorization_set_twice_with_xhr_is_combined_in_every_browser() {
    let calls: [(&str, &[u8]); 2] = [("Authorization", b"a"), ("authorization", b"b")];
    let url = Url::new("https://app.example/").unwrap();
    let request = XhrInit { headers: Headers::from_pairs(&calls), ..XhrInit::default() }.request(url, page()).unwrap();
    for profile in BROWSERS {
        assert_eq!(lines(&sent(request, Environment::new(profile)))[0], "Authorization: a, b", "{}", profile.name);
    }
}

#[test]
fn storage_access_status_inactive_brings_origin_on_a_get_with_credentials() {
    for profile in BROWSERS {
        for (status, credentials, url, origin, header) in [
            (StorageAccess::Inactive, CredentialsMode::Include, API, true, true),
            (StorageAccess::Active, CredentialsMode::Include, API, false, true),
            (StorageAccess::None, CredentialsMode::Include, API, false, true),
            (StorageAccess::Inactive, CredentialsMode::SameOrigin, API, false, false),
            (StorageAccess::Inactive, CredentialsMode::Omit, API, false, false),
            (StorageAccess::Inactive, CredentialsMode::Include, "https://app.example/", false, false),
        ] {
            let environment = Environment { storage_access: Some(status), ..Environment::new(profile) };
            let init = RequestInit { mode: RequestMode::NoCors, credentials, ..RequestInit::default() };
            let awaiting = sent(init.request(Url::new(url).unwrap(), page()).unwrap(), environment);
            let outgoing = awaiting.outgoing();
            assert_eq!(outgoing.headers.contains(HeaderName::ORIGIN), origin, "{status} {credentials} {url}");
            let sends = outgoing.headers.contains(HeaderName::SEC_FETCH_STORAGE_ACCESS);
            assert_eq!(sends, header, "{status} {credentials} {url}");
            let response = Response::new(200, Headers::EMPTY).unwrap();
            let outcome = awaiting.on_response(&response, &mut GrowingPreflightCache::new());
            assert!(matches!(outcome, Ok(Outcome::Response(_))), "`Origin` alone does not make it CORS: {outcome:?}");
        }
    }
}

#[cfg(feature = "http")]
#[test]
fn request_of_the_http_crate_is_the_one_on_the_wire() {
    let calls: [(&str, &[u8]); 3] = [("X-A", b"1"), ("x-a", b"\xE9"), ("X-B", b"")];
    let init = RequestInit { headers: Headers::from_pairs(&calls), ..RequestInit::default() };
    let request = init.request(Url::new("https://app.example:8443/a?b#c").unwrap(), page()).unwrap();
    let mut cache = GrowingPreflightCache::new();
    let action = fetch(request, Environment::new(&Profile::FETCH), &mut cache, Duration::ZERO);
    let Ok(Action::SendPreflight(awaiting)) = action else { panic!("the headers are asked for") };
    let preflight: http::Request<()> = awaiting.preflight().try_into().unwrap();
    assert_eq!(
        (preflight.method(), preflight.uri()),
        (&http::Method::OPTIONS, &"https://app.example:8443/a?b".parse().unwrap())
    );
    assert_eq!(preflight.headers()["access-control-request-headers"], "x-a,x-b");
    let xhr = XhrInit { method: "POST", headers: Headers::from_pairs(&calls), ..XhrInit::default() };
    let own = xhr.request(Url::new("https://me:pw@app.example/a@b#c").unwrap(), page()).unwrap();
    let sent: http::Request<()> = sent(own, Environment::new(&Profile::FETCH)).outgoing().try_into().unwrap();
    assert_eq!((sent.method().as_str(), sent.uri().to_string().as_str()), ("POST", "https://app.example/a@b"));
    let values: Vec<&[u8]> = sent.headers().get_all("x-a").iter().map(http::HeaderValue::as_bytes).collect();
    assert_eq!(values, [&b"1, \xE9"[..]]);
    assert_eq!(sent.headers()["origin"], "https://app.example");
    let data = RequestInit::default().request(Url::new("data:,1").unwrap(), page()).unwrap();
    let awaiting = self::sent(data, Environment::new(&Profile::FETCH));
    assert!(http::Request::<()>::try_from(awaiting.outgoing()).is_err());
}

#[test]
fn added_headers_stay_beside_names_of_the_same_length() {
    let lines: [(&str, &[u8]); 3] = [("X-Six-", b"1"), ("X-Twelve-Abc", b"2"), ("X-Fifteen-Abcde", b"3")];
    let headers = RequestHeaders::new(Headers::from_pairs(&lines)).with_accept(Some(b"*/*"));
    let headers = headers.with_accept_language(Some(b"de")).with_content_type(Some(b"a/b"));
    for name in [HeaderName::ACCEPT, HeaderName::ACCEPT_LANGUAGE, HeaderName::CONTENT_TYPE] {
        assert!(headers.contains(name), "{name}");
    }
    assert_eq!(headers.iter().count(), 6);
}
