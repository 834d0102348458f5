//! The network stacks of browsers, before and around CORS: contradictory headers, 421, controls, their own headers.

use core::time::Duration;

#[cfg(feature = "heapless")]
use fetch_cors::browser::{PreflightCache, cache::FixedPreflightCache};
use fetch_cors::{
    browser::{
        Action, Environment, Explanation, GrowingPreflightCache, NoCache, Outcome, Profile, Reason, Request,
        RequestInit, Url, XhrInit,
        environment::LocationParses,
        fetch,
        preflight::{MaxAge, check_preflight},
        request::{BodyInit, Duplex, Keepalive, RedirectMode, RequestMode, UploadListener},
    },
    header::{HeaderName, Headers},
    origin::Origin,
};

use crate::exchange::{API, Head, PAGE, failure, get, of_browser, put, request, run, standard};

const BROWSERS: [&Profile; 2] = [&Profile::CHROMIUM, &Profile::FIREFOX];

/// The response type that a page in this browser gets, or the failure.
fn end(init: RequestInit<'_>, profile: &Profile, heads: &[&str]) -> String {
    let heads: Vec<Head<'_>> = heads.iter().map(|head| Head::parse(head)).collect();
    match run(request(init, API), of_browser(profile), &heads) {
        Ok(response) => response.response_type().to_string(),
        Err(error) => error.to_string(),
    }
}

fn in_redirect_mode(redirect: RedirectMode) -> RequestInit<'static> {
    RequestInit { redirect, ..get() }
}

#[test]
fn two_different_location_lines_fail_in_browsers_whatever_the_status_and_the_redirect_mode() {
    for status in [200, 204, 300, 302, 404, 421] {
        let text = format!("{status}\naccess-control-allow-origin: *\nlocation: {API}1\nLocation: {API}2");
        for init in [RedirectMode::Follow, RedirectMode::Manual, RedirectMode::Error].map(in_redirect_mode) {
            for profile in BROWSERS {
                let expected = format!("response: the lines of `location` contradict each other: `{API}1, {API}2`");
                assert_eq!(end(init, profile, &[&text]), expected, "{status}, {}", profile.name);
            }
        }
        let of_standard = end(in_redirect_mode(RedirectMode::Manual), &Profile::FETCH, &[&text, &text]);
        assert_eq!(of_standard, if status == 302 { "opaqueredirect" } else { "cors" }, "{status}");
    }
}

#[test]
fn equal_lines_of_a_single_value_header_pass() {
    for (lines, chromium, firefox) in [
        ("content-disposition: inline\ncontent-disposition: inline", "cors", "cors"),
        ("content-disposition: inline\ncontent-disposition: attachment", "fails", "fails"),
        ("content-disposition: inline\ncontent-disposition: INLINE", "fails", "fails"),
        ("content-disposition: \ncontent-disposition: inline", "fails", "fails"),
        ("content-disposition: inline\ncontent-disposition: ", "fails", "fails"),
        ("content-disposition: a\ncontent-disposition: a\ncontent-disposition: b", "fails", "fails"),
        ("content-disposition: inline, attachment", "fails", "cors"),
        ("content-disposition: inline\ncontent-disposition: inline, inline", "cors", "fails"),
        ("content-disposition: a; filename=\"b, c\"", "cors", "cors"),
        ("content-length: 0\nContent-Length: 0", "cors", "cors"),
        ("content-length: 0\nContent-Length: 1", "fails", "fails"),
        ("content-length: 0\nContent-Length: 00", "fails", "fails"),
        ("content-length: 0, 0\ncontent-length: 0", "cors", "cors"),
        ("content-length: 0, 1", "fails", "fails"),
        ("location: /a\nlocation: /a", "cors", "cors"),
        ("location: /a, /b", "cors", "cors"),
        ("location: \nlocation: /a", "fails", "fails"),
        ("content-type: text/plain\ncontent-type: text/html", "cors", "cors"),
        ("x-a: 1\nx-a: 2", "cors", "cors"),
    ] {
        let text = format!("200\naccess-control-allow-origin: *\n{lines}");
        for (profile, expected) in [(&Profile::CHROMIUM, chromium), (&Profile::FIREFOX, firefox)] {
            let found = end(get(), profile, &[&text]);
            let found = if found.contains("contradict each other") { "fails" } else { &found };
            assert_eq!(found, expected, "{lines:?} in {}", profile.name);
        }
        assert_eq!(end(get(), &Profile::FETCH, &[&text]), "cors", "{lines:?}");
    }
}

#[test]
fn contradictory_lines_of_a_preflight_fail_it_and_are_explained() {
    let text = format!(
        "204\naccess-control-allow-origin: {PAGE}\naccess-control-allow-methods: PUT\ncontent-disposition: \
                        a\ncontent-disposition: b"
    );
    for profile in BROWSERS {
        let expected = "response to the preflight: the lines of `content-disposition` contradict each other: `a, b`";
        assert_eq!(end(put(), profile, &[&text]), expected, "{}", profile.name);
        let (head, request) = (Head::parse(&text), request(put(), API));
        let explanation = Explanation::of_preflight(&request, &head.response(), of_browser(profile));
        let failures: Vec<String> = explanation.failures().map(|error| error.to_string()).collect();
        assert_eq!(failures, [expected], "{}", profile.name);
    }
    let (_, reported) = failure(request(put(), API), standard(), &[&text]);
    assert_eq!(reported, "response: no response");
}

#[test]
fn header_with_a_nul_fails_the_response_in_all_browsers() {
    for profile in [&Profile::FETCH, &Profile::CHROMIUM, &Profile::FIREFOX, &Profile::WEBKIT] {
        for line in ["x-a: 1\0", "x-a: \x001", "access-control-allow-origin: *\0", "via: \0"] {
            let text = format!("200\naccess-control-allow-origin: *\n{line}");
            let name = line.split(':').next().unwrap();
            let expected = format!("response: `{name}` has a NUL, which no header value has");
            assert_eq!(end(get(), profile, &[&text]), expected, "{}", profile.name);
            let no_cors = RequestInit { mode: RequestMode::NoCors, ..get() };
            assert_eq!(end(no_cors, profile, &[&text]), expected, "{}", profile.name);
            let preflight = format!("204\naccess-control-allow-origin: *\naccess-control-allow-methods: PUT\n{line}");
            let expected = format!("response to the preflight: `{name}` has a NUL, which no header value has");
            assert_eq!(end(put(), profile, &[&preflight]), expected, "{}", profile.name);
        }
        assert_eq!(end(get(), profile, &["200\naccess-control-allow-origin: *\nx-a: \x01\x1f\x7f"]), "cors");
    }
}

#[test]
fn a_misdirected_request_is_sent_once_more_in_all_browsers() {
    let (allowed, misdirected) = ("200\naccess-control-allow-origin: *", "421\naccess-control-allow-origin: *");
    let granted = "204\naccess-control-allow-origin: *\naccess-control-allow-methods: PUT, POST";
    let stream = RequestInit { method: "POST", body: Some(BodyInit::Stream), duplex: Some(Duplex::Half), ..get() };
    for profile in [&Profile::FETCH, &Profile::CHROMIUM, &Profile::FIREFOX, &Profile::WEBKIT] {
        assert_eq!(end(get(), profile, &["421", allowed]), "cors", "{}", profile.name);
        assert_eq!(end(get(), profile, &[misdirected, misdirected]), "cors", "{}", profile.name);
        assert_eq!(end(get(), profile, &["421", "421"]), "response: no `Access-Control-Allow-Origin`");
        assert_eq!(end(put(), profile, &["421", granted, "421", allowed]), "cors", "{}", profile.name);
        if profile.request_streams == fetch_cors::browser::profile::switches::RequestStreams::Refused {
            assert_eq!(end(stream, profile, &[]), "request: the browser sends no streams");
        } else {
            assert_eq!(end(stream, profile, &["421", granted, misdirected]), "cors", "{}", profile.name);
        }
        let text = "response to the preflight: status 421 is not from 200 to 299";
        assert_eq!(end(put(), profile, &[misdirected, misdirected]), text, "{}", profile.name);
    }
}

#[test]
fn repeated_preflight_after_421_is_equal_and_fails_on_its_own() {
    let misdirected = Head::parse("421");
    let action = fetch(request(put(), API), standard(), &mut NoCache, Duration::ZERO).unwrap();
    let Action::SendPreflight(first) = action else { panic!("{action:?}") };
    let again = first.on_new_connection(&misdirected.response()).unwrap();
    assert_eq!(format!("{:?}", again.preflight()), format!("{:?}", first.preflight()));
    assert_eq!(format!("{:?}", again.reasons()), format!("{:?}", first.reasons()));
    assert!(again.on_new_connection(&misdirected.response()).is_none());
    assert_eq!(again.on_network_error(&mut NoCache).to_string(), "response to the preflight: no response");
    for status in ["200", "401", "420", "422", "999"] {
        assert!(first.on_new_connection(&Head::parse(status).response()).is_none(), "{status}");
    }
}

const OTHER: &str = "https://api.example/other";

/// The numbers of preflights of an opaque page's fetches, whose requests are redirected from one URL to the next.
fn preflights(cache: &mut GrowingPreflightCache, profile: &Profile, urls: &[&str]) -> Vec<usize> {
    let text = "204\naccess-control-allow-origin: null\naccess-control-allow-methods: PUT\naccess-control-max-age: 600";
    let (granted, redirects) = (Head::parse(text), Head::parse("307\naccess-control-allow-origin: null\nlocation: /"));
    let (granted, redirects) = (granted.response(), redirects.response());
    let mut preflights = Vec::new();
    let first = put().request(Url::new(urls[0]).unwrap(), Origin::OPAQUE).unwrap();
    let mut action = fetch(first, of_browser(profile), cache, Duration::ZERO).unwrap();
    for number in 0..urls.len() {
        let awaiting = match action {
            Action::SendPreflight(awaiting) => {
                preflights.push(number);
                awaiting.on_response(&granted, cache, Duration::ZERO).unwrap()
            }
            Action::SendRequest(awaiting) => awaiting,
            Action::FetchScheme(..) => panic!("{urls:?}"),
        };
        let Some(next) = urls.get(number + 1) else { break };
        let Ok(Outcome::Redirect(redirect)) = awaiting.on_response(&redirects, cache) else { panic!("{urls:?}") };
        action = redirect.follow(Some(Url::new(next).unwrap()), cache, Duration::ZERO).unwrap();
    }
    preflights
}

#[test]
fn an_opaque_page_of_chromium_asks_once_for_a_url_within_a_fetch_and_again_in_the_next() {
    let cache = &mut GrowingPreflightCache::new();
    let elsewhere = "https://elsewhere.example/";
    for _ in 0..3 {
        assert_eq!(preflights(cache, &Profile::CHROMIUM, &[API, API, API]), [0]);
        assert_eq!(preflights(cache, &Profile::CHROMIUM, &[API, OTHER, API, OTHER]), [0, 1]);
        assert_eq!(preflights(cache, &Profile::CHROMIUM, &[OTHER, API]), [0, 1]);
        // A redirect of another origin taints the page's origin, so the cache does not find it any more.
        assert_eq!(preflights(cache, &Profile::CHROMIUM, &[API, elsewhere, API, API]), [0, 1, 2, 3]);
    }
    for profile in [&Profile::FETCH, &Profile::FIREFOX] {
        let cache = &mut GrowingPreflightCache::new();
        assert_eq!(preflights(cache, profile, &[API, API, OTHER]), [0, 2], "{}", profile.name);
        assert_eq!(preflights(cache, profile, &[OTHER, API]), [0; 0], "{}", profile.name);
    }
}

#[test]
#[cfg(feature = "heapless")]
fn a_cache_of_fixed_size_tells_fetches_of_opaque_pages_apart_as_well() {
    let cache = &mut FixedPreflightCache::<64, 512>::new();
    let mut next = || cache.next_fetch();
    assert_ne!(next(), next());
    assert_eq!(NoCache.next_fetch(), NoCache.next_fetch());
}

#[test]
fn a_keepalive_fetch_follows_19_redirects_in_chromium_and_20_in_firefox() {
    let redirect = format!("302\naccess-control-allow-origin: *\nlocation: {API}");
    for (profile, limit) in [(&Profile::FETCH, 20), (&Profile::CHROMIUM, 19), (&Profile::FIREFOX, 20)] {
        for (keepalive, limit) in [(Keepalive::Unset, 20), (Keepalive::Set, limit)] {
            let mut heads: Vec<Head<'_>> = (0..limit).map(|_| Head::parse(&redirect)).collect();
            let request = request(get(), API).with_keepalive(keepalive);
            heads.push(Head::parse("200\naccess-control-allow-origin: *"));
            assert_eq!(run(request, of_browser(profile), &heads).unwrap().redirects(), limit, "{}", profile.name);
            heads.insert(0, Head::parse(&redirect));
            let error = run(request, of_browser(profile), &heads).unwrap_err();
            assert_eq!(error.reason, Reason::TooManyRedirects, "{}", profile.name);
        }
    }
}

#[test]
fn chromium_reads_max_age_as_a_signed_integer_of_64_bits() {
    for (value, standard, chromium, firefox) in [
        ("600", 600, 600, 600),
        ("+600", 5, 600, 0),
        ("+0", 5, 0, 0),
        ("+-600", 5, 5, 0),
        ("-+600", 5, 5, 0),
        ("++600", 5, 5, 0),
        ("+", 5, 5, 0),
        ("-600", 0, 0, 0),
        ("9223372036854775807", u32::MAX, 7200, 86400),
        ("9223372036854775808", u32::MAX, 5, 86400),
        ("+9223372036854775808", 5, 5, 0),
        ("000000000000000000000600", 600, 600, 600),
        ("600.0", 5, 5, 0),
    ] {
        let text = format!(
            "204\naccess-control-allow-origin: *\naccess-control-allow-methods: PUT\naccess-control-max-age: \
                            {value}"
        );
        let head = Head::parse(&text);
        for (profile, seconds) in
            [(&Profile::FETCH, standard), (&Profile::CHROMIUM, chromium), (&Profile::FIREFOX, firefox)]
        {
            let MaxAge { seconds: found, .. } =
                check_preflight(&request(put(), API), &head.response(), profile).unwrap().max_age;
            assert_eq!(found, seconds, "{value} in {}", profile.name);
        }
    }
}

/// Firefox's id for the failure of a fetch.
fn firefox_id(init: RequestInit<'_>, head: &str) -> Option<&'static str> {
    let mut environment = of_browser(&Profile::FIREFOX);
    environment.parse_location = |base, location, with| match str::from_utf8(location.single().unwrap_or_default()) {
        Ok(text) if text.contains(':') && !text.contains(' ') => {
            let _ = base;
            if let Ok(url) = Url::new(text) {
                with(url);
            }
            LocationParses::Yes
        }
        _ => LocationParses::No,
    };
    let heads = [Head::parse(head)];
    run(request(init, API), environment, &heads).unwrap_err().firefox_console_id().map(|message| message.id)
}

#[test]
fn firefox_checks_a_redirected_preflight_before_it_refuses_the_redirect() {
    for (allow_origin, location, id) in [
        ("", "https://login.example/", "CORSMissingAllowOrigin"),
        (
            "access-control-allow-origin: https://b.example\n",
            "https://login.example/",
            "CORSAllowOriginNotMatchingOrigin",
        ),
        ("access-control-allow-origin: *\n", "https://login.example/", "CORSExternalRedirectNotAllowed"),
        ("access-control-allow-origin: *\n", "https://user@login.example/", "CORSDidNotSucceed"),
        ("access-control-allow-origin: *\n", "https://@login.example/", "CORSExternalRedirectNotAllowed"),
        ("access-control-allow-origin: *\n", "mailto:me@login.example", "CORSDidNotSucceed"),
        ("", "mailto:me@login.example", "CORSMissingAllowOrigin"),
        ("", "https://user@login.example/", "CORSMissingAllowOrigin"),
        ("", "https:// /", "CORSDidNotSucceed"),
        ("", "https://a.example/\nlocation: https://b.example/", "CORSDidNotSucceed"),
    ] {
        let head = format!("302\n{allow_origin}location: {location}");
        assert_eq!(firefox_id(put(), &head), Some(id), "{head}");
    }
}

#[test]
fn firefox_refuses_what_pages_may_not_load_before_the_cors_check() {
    let blocked = [
        "ws://api.example/",
        "wss://api.example/",
        "file:///x",
        "data:,x",
        "about:config",
        "about:srcdoc",
        "javascript:0",
        "view-source:x",
        "chrome://x/",
        "resource://x/",
        "moz-extension://x/",
        "moz-icon://x",
        "moz-page-thumb://x",
        "moz-src:///x",
        "jar:x",
        "indexeddb://x",
        "page-icon:x",
        "cached-favicon:x",
        "blob:null/x",
        "blob:https://other.example/x",
    ]; // The lines below pass to the check.
    let passed = [
        "ftp://x/",
        "about:blank",
        "blob:https://api.example/x",
        "filesystem:x",
        "mailto:x",
        "foo:bar",
        "chrome-extension://x/",
        "view-source+x:y",
        "http2://x/",
    ];
    for (locations, id) in [(&blocked[..], "CORSDidNotSucceed"), (&passed, "CORSMissingAllowOrigin")] {
        for location in locations {
            let head = format!("307\nlocation: {location}");
            assert_eq!(firefox_id(get(), &head), Some(id), "{location}");
            assert_eq!(firefox_id(put(), &head), Some(id), "{location} of a preflight");
        }
    }
    for location in passed {
        let head = format!("307\naccess-control-allow-origin: *\nlocation: {location}");
        assert_eq!(firefox_id(put(), &head), Some("CORSDidNotSucceed"), "{location} of a preflight that is allowed");
    }
}

#[test]
fn chromium_names_a_redirect_to_another_scheme_in_mode_cors_alone() {
    for (mode, location, id) in [
        (RequestMode::Cors, "ftp://x/", Some("CorsDisabledScheme")),
        (RequestMode::NoCors, "ftp://x/", None),
        (RequestMode::Cors, "chrome://x/", None),
        (RequestMode::Cors, "devtools://x/", None),
        (RequestMode::Cors, "javascript:0", Some("CorsDisabledScheme")),
    ] {
        let head = format!("307\naccess-control-allow-origin: *\nlocation: {location}");
        let heads = [Head::parse(&head)];
        let request = request(RequestInit { mode, ..get() }, API);
        let error = run(request, of_browser(&Profile::CHROMIUM), &heads).unwrap_err();
        assert!(matches!(error.reason, Reason::RedirectSchemeNotHttp { .. }), "{error}");
        assert_eq!(error.chromium_cors_error().map(|message| message.id), id, "{location} in mode {mode}");
    }
}

#[test]
fn authorization_set_twice_is_combined_by_xml_http_request_and_in_firefox_the_last_by_fetch() {
    let lines: [(&str, &[u8]); 2] = [("Authorization", b"a"), ("authorization", b"b")];
    let own = Url::new("https://app.example/").unwrap();
    let sent = |request: Request<'_>, profile: &Profile| {
        let action = fetch(request, of_browser(profile), &mut NoCache, Duration::ZERO).unwrap();
        let Action::SendRequest(awaiting) = action else { panic!("{action:?}") };
        let headers = awaiting.outgoing().headers;
        let values = headers.iter().filter(|header| header.name == HeaderName::AUTHORIZATION);
        values.map(|header| header.value.to_string()).collect::<Vec<_>>().join(", ")
    };
    let origin = Origin::parse(PAGE).unwrap();
    let headers = Headers::from_pairs(&lines);
    let by_fetch = RequestInit { headers, ..get() }.request(own, origin).unwrap();
    let by_xhr = XhrInit { headers, upload_listener: UploadListener::Absent, ..XhrInit::default() }
        .request(own, origin)
        .unwrap();
    for (profile, fetched) in [(&Profile::FETCH, "a, b"), (&Profile::CHROMIUM, "a, b"), (&Profile::FIREFOX, "b")] {
        assert_eq!(sent(by_fetch, profile), fetched, "{}", profile.name);
        assert_eq!(sent(by_xhr, profile), "a, b", "{}", profile.name);
    }
}

#[test]
fn chromium_keeps_some_headers_for_itself() {
    let quoted: [(&str, &[u8]); 2] = [("X-HTTP-Method", b"a\", TRACE"), ("x-http-method", b"a\", TRACE")];
    let granted = "204\naccess-control-allow-origin: *\naccess-control-allow-headers: *";
    let heads = [granted, "200\naccess-control-allow-origin: *"];
    let dictionary: [(&str, &[u8]); 1] = [("available-dictionary", b"")];
    for (lines, name) in [(&dictionary[..], "available-dictionary"), (&quoted, "x-http-method")] {
        let init = RequestInit { headers: Headers::from_pairs(lines), ..get() };
        assert_eq!(end(init, &Profile::FETCH, &heads), "cors");
        let text = format!("request: the page sets `{name}`, which the browser keeps for itself");
        assert_eq!(end(init, &Profile::CHROMIUM, &[]), text);
        let request = request(init, API);
        let explanation = Explanation::of_request(&request, of_browser(&Profile::CHROMIUM));
        let failures: Vec<String> = explanation.failures().map(|error| error.to_string()).collect();
        assert_eq!(failures, [text]);
    }
    let once = RequestInit { headers: Headers::from_pairs(&quoted[..1]), ..get() };
    assert_eq!(end(once, &Profile::CHROMIUM, &heads), "cors");
    let no_cors = RequestInit { headers: Headers::from_pairs(&dictionary), mode: RequestMode::NoCors, ..get() };
    assert_eq!(end(no_cors, &Profile::CHROMIUM, &["200"]), "opaque");
}

#[test]
fn a_control_in_an_allowed_origin_is_cut_off_at_its_ends_and_invalid_in_its_host() {
    for (value, id) in [
        ("\x01https://b.example", "AllowOriginMismatch"),
        ("https://b.example\x1f", "AllowOriginMismatch"),
        ("https://b.example/\x01x", "AllowOriginMismatch"),
        ("https://user\x01@b.example", "AllowOriginMismatch"),
        ("urn:\x01", "AllowOriginMismatch"),
        ("ht\ttps://b\t.example:8\t1", "AllowOriginMismatch"),
        ("file:///\x01", "AllowOriginMismatch"),
        ("file://b\x01/", "InvalidAllowOriginValue"),
        ("https\x01://b.example", "InvalidAllowOriginValue"),
        ("https:/\x01/b.example", "InvalidAllowOriginValue"),
        ("https://b\x01.example", "InvalidAllowOriginValue"),
        ("https://b.example:8\x011", "InvalidAllowOriginValue"),
        ("https://b.example\x7f", "InvalidAllowOriginValue"),
        ("\x7fhttps://b.example", "InvalidAllowOriginValue"),
        ("*\x01", "InvalidAllowOriginValue"),
        ("\x01", "InvalidAllowOriginValue"),
    ] {
        let text = format!("200\naccess-control-allow-origin:{value}");
        let heads = [Head::parse(&text)];
        let error = run(request(get(), API), of_browser(&Profile::CHROMIUM), &heads).unwrap_err();
        assert_eq!(error.chromium_cors_error().unwrap().id, id, "{value:?}");
    }
}

#[test]
fn an_upload_listener_asks_chromiums_cache_for_an_answer_and_not_for_post() {
    let origin = Origin::parse(PAGE).unwrap();
    let post = XhrInit {
        method: "POST",
        body: Some(BodyInit::Text),
        upload_listener: UploadListener::Present,
        ..XhrInit::default()
    };
    for (profile, asks_again) in [(&Profile::FETCH, true), (&Profile::CHROMIUM, false), (&Profile::FIREFOX, false)] {
        for lists in ["", "access-control-allow-methods: PUT\n"] {
            let text = format!("204\n{lists}access-control-allow-origin: *\naccess-control-max-age: 60");
            let (head, cache) = (Head::parse(&text), &mut GrowingPreflightCache::new());
            let request = post.request(Url::new(API).unwrap(), origin).unwrap();
            let environment: Environment<'_> = of_browser(profile);
            let Ok(Action::SendPreflight(awaiting)) = fetch(request, environment, cache, Duration::ZERO) else {
                panic!()
            };
            let Ok(_) = awaiting.on_response(&head.response(), cache, Duration::ZERO) else { continue };
            let again = fetch(request, environment, cache, Duration::ZERO).unwrap();
            let kept = lists.is_empty() && profile.name == "Fetch Standard";
            if profile.name != "Firefox" {
                assert_eq!(
                    matches!(again, Action::SendPreflight(_)),
                    asks_again && !kept,
                    "{}, {lists:?}",
                    profile.name
                );
            }
        }
    }
}

#[test]
fn chromium_takes_the_blank_off_a_combined_value_that_an_empty_last_one_leaves() {
    for (length, empties, chromium) in
        [(127, 1, true), (128, 1, false), (125, 2, true), (126, 2, false), (128, 0, true)]
    {
        let value = vec![b'a'; length];
        let mut lines: Vec<(&str, &[u8])> = vec![("content-language", &value)];
        lines.extend((0..empties).map(|_| ("Content-Language", &b""[..])));
        let init = RequestInit { headers: Headers::from_pairs(&lines), ..get() };
        for (profile, safelisted) in [(&Profile::FETCH, true), (&Profile::CHROMIUM, chromium)] {
            let action = fetch(request(init, API), of_browser(profile), &mut NoCache, Duration::ZERO).unwrap();
            let found = matches!(action, Action::SendRequest(_));
            assert_eq!(found, safelisted, "{length} bytes and {empties} empty values in {}", profile.name);
        }
    }
}
