//! Messages and requests of browsers that differ from the standard's.

use core::time::Duration;

use fetch_cors::{
    browser::{
        Action, Environment, Explanation, NoCache, Profile, Reason, Request, RequestInit, Url, XhrInit,
        environment::{LocationParses, ParseLocation},
        fetch,
        preflight::{MaxAgeSource, check_preflight, preflight_failures},
        profile::switches::ErrorModeWithoutLocation,
        redirect::http_redirect_fetch,
        request::{BodyInit, RedirectMode, ReferrerPolicy, RequestHeaders, ResponseTainting, UploadListener},
        route::{Route, route},
    },
    header::Headers,
    method::Method,
    origin::Origin,
};

use crate::exchange::{API, Head, PAGE, get, of_browser, request, run};

#[test]
fn allow_origin_that_parses_as_a_url_is_a_mismatch_in_chromium() {
    for (value, id) in [
        ("https://b.example", "AllowOriginMismatch"),
        ("https://b.example/", "AllowOriginMismatch"),
        ("HTTPS:b.example:", "AllowOriginMismatch"),
        ("urn:x", "AllowOriginMismatch"),
        ("https://me@b.example:8443/path?query", "AllowOriginMismatch"),
        ("https://[2001:DB8::1]:8443/", "AllowOriginMismatch"),
        ("https://[::1]/", "AllowOriginMismatch"),
        ("https://[::ffff:127.0.0.1]/", "AllowOriginMismatch"),
        ("https://[::g]/", "InvalidAllowOriginValue"),
        ("https://[1234]/", "InvalidAllowOriginValue"),
        ("https://[]/", "InvalidAllowOriginValue"),
        ("https://b.example:65536/", "InvalidAllowOriginValue"),
        ("https://b.example:8a/", "InvalidAllowOriginValue"),
        ("https://b|.example/", "InvalidAllowOriginValue"),
        ("https:///", "InvalidAllowOriginValue"),
        ("filesystem:https://b.example/", "InvalidAllowOriginValue"),
        ("1:x", "InvalidAllowOriginValue"),
        ("b.example", "InvalidAllowOriginValue"),
    ] {
        let text = format!("200\naccess-control-allow-origin: {value}");
        let heads = [Head::parse(&text)];
        let error = run(request(get(), API), of_browser(&Profile::CHROMIUM), &heads).unwrap_err();
        let message = error.chromium_cors_error().unwrap();
        assert_eq!((message.id, message.parameter.unwrap().to_string()), (id, value.to_owned()));
    }
}

#[test]
fn refused_header_names_in_chromium_come_in_hash_table_order() {
    let names: Vec<String> = (0..100).map(|number| format!("x-{number:02}")).collect();
    let head = Head::parse("204\naccess-control-allow-origin: *");
    let refused = |count: usize, profile: &Profile| -> Vec<String> {
        let lines: Vec<(&str, &[u8])> = names[..count].iter().map(|name| (name.as_str(), &b"1"[..])).collect();
        let request = request(RequestInit { headers: Headers::from_pairs(&lines), ..get() }, API);
        let response = head.response();
        let errors = preflight_failures(&request, &response, profile);
        let name = |reason| match reason {
            Reason::HeaderNotAllowed { name, .. } => name.to_string(),
            reason => panic!("{reason}"),
        };
        errors.map(|error| name(error.reason)).collect()
    };
    for count in [1, 4, 20, 59, 60, 100] {
        assert_eq!(refused(count, &Profile::FETCH), names[..count]);
        let mut of_chromium = refused(count, &Profile::CHROMIUM);
        let sorted = of_chromium.is_sorted();
        of_chromium.sort();
        assert_eq!(of_chromium, names[..count]);
        // With the browser's own headers, there is space for at most 63.
        assert_eq!(sorted, count == 1 || count > 59, "{count}");
    }
}

#[test]
fn accept_and_content_type_are_added_unless_the_page_gave_them() {
    let english: [(&str, &[u8]); 1] = [("Accept-Language", b"en")];
    let origin = Origin::parse(PAGE).unwrap();
    let sent = |given: &[(&str, &[u8])]| {
        let headers = RequestHeaders::new(Headers::from_pairs(given))
            .with_accept(Some(b"*/*"))
            .with_content_type(Some(b"text/plain"))
            .with_accept_language(Some(b"de"));
        let listed = format!("{headers:?}");
        let request = Request::new(Url::new("https://app.example/").unwrap(), origin);
        let environment = Environment::new(&Profile::FETCH);
        let action = fetch(request.with_headers(headers), environment, &mut NoCache, Duration::ZERO).unwrap();
        let Action::SendRequest(awaiting) = action else { panic!("{listed}") };
        let lines = awaiting.outgoing().headers.iter();
        lines.map(|line| line.to_string()).collect::<Vec<_>>()
    };
    assert_eq!(sent(&[]), ["Content-Type: text/plain", "Accept: */*", "Accept-Language: de"].map(str::to_lowercase));
    let given = ["Accept-Language: en", "content-type: text/plain", "accept: */*"];
    assert_eq!(sent(&english), given);
}

#[test]
fn max_age_over_the_browsers_limit_is_reported_as_limited() {
    let init = RequestInit { method: "PUT", ..get() };
    for (given, seconds, source) in [
        ("7199", 7199, MaxAgeSource::Header),
        ("7200", 7200, MaxAgeSource::Header),
        ("7201", 7200, MaxAgeSource::Limit),
        ("86400", 7200, MaxAgeSource::Limit),
    ] {
        let text = format!(
            "204\naccess-control-allow-origin: *\naccess-control-allow-methods: PUT\naccess-control-max-age: {given}"
        );
        let head = Head::parse(&text);
        let max_age = check_preflight(&request(init, API), &head.response(), &Profile::CHROMIUM).unwrap().max_age;
        assert_eq!((max_age.seconds, max_age.source), (seconds, source), "{given}");
    }
}

#[test]
fn repeated_single_value_headers_in_firefox_keep_the_last() {
    let lines: [(&str, &[u8]); 6] = [
        ("Authorization", b"a"),
        ("X-A", b"1"),
        ("Content-Type", b"text/plain"),
        ("authorization", b"b"),
        ("x-a", b"2"),
        ("content-type", b"text/html"),
    ];
    let init = RequestInit { headers: Headers::from_pairs(&lines), ..get() };
    let url = "https://app.example/items";
    let sent = |profile: &Profile| {
        let action = fetch(request(init, url), of_browser(profile), &mut NoCache, Duration::ZERO).unwrap();
        let Action::SendRequest(awaiting) = action else { panic!("{action:?}") };
        let lines: Vec<String> = awaiting.outgoing().headers.iter().map(|line| line.name.to_string()).collect();
        lines.join(" ")
    };
    let all = "Authorization X-A Content-Type Authorization X-A Content-Type";
    assert!(sent(&Profile::FETCH).starts_with(all));
    assert!(sent(&Profile::FIREFOX).starts_with("X-A authorization X-A content-type"));
}

#[test]
fn upload_listener_without_a_body_causes_no_preflight_in_chromium() {
    let is_asked =
        |request: &Request<'_>, profile: &Profile| matches!(route(request, profile), Ok(Route::CorsWithPreflight(_)));
    let (url, origin) = (Url::new(API).unwrap(), Origin::parse(PAGE).unwrap());
    let xhr = XhrInit { method: "POST", upload_listener: UploadListener::Present, ..XhrInit::default() };
    let empty = xhr.request(url, origin).unwrap();
    assert!(is_asked(&empty, &Profile::FETCH) && !is_asked(&empty, &Profile::CHROMIUM));
    let full = XhrInit { body: Some(BodyInit::Text), ..xhr }.request(url, origin).unwrap();
    let status = Head::parse("302").response().status;
    let next = Url::new("https://b.example/").unwrap();
    let environment = of_browser(&Profile::CHROMIUM);
    let redirected = http_redirect_fetch(&full, status, ReferrerPolicy::Empty, next, environment).unwrap();
    assert_eq!(redirected.method(), Method::GET);
    assert!(is_asked(&redirected, &Profile::CHROMIUM));
}

#[test]
fn location_with_a_password_fails_in_chromium_even_in_redirect_mode_manual() {
    let parse_location: ParseLocation = |_, location, with| {
        let url =
            location.single().and_then(|location| str::from_utf8(location).ok()).and_then(|url| Url::new(url).ok());
        url.map_or(LocationParses::No, |url| {
            with(url);
            LocationParses::Yes
        })
    };
    let heads = [Head::parse("302\naccess-control-allow-origin: *\nlocation: https://me@b.example/")];
    let init = RequestInit { redirect: RedirectMode::Error, ..get() };
    for (profile, by_password) in [(&Profile::FETCH, false), (&Profile::CHROMIUM, true), (&Profile::FIREFOX, false)] {
        let environment = Environment { parse_location, ..of_browser(profile) };
        let reason = run(request(init, API), environment, &heads).unwrap_err().reason;
        assert_eq!(matches!(reason, Reason::RedirectUrlHasCredentials { .. }), by_password, "{reason}");
    }
}

#[test]
fn location_in_redirect_mode_error_is_reported_only_by_profiles_that_read_it() {
    let mut responds = Profile::FETCH;
    responds.error_mode_without_location = ErrorModeWithoutLocation::Responds;
    let init = RequestInit { redirect: RedirectMode::Error, ..get() };
    let request = request(init, API).with_response_tainting(ResponseTainting::Cors);
    let (several, refused) =
        ("several `Location` headers: `/a, /b`", "status 302 redirects, and the redirect mode is `error`");
    for (profile, lines, expected) in [
        (&Profile::FETCH, "", &[refused][..]),
        (&responds, "", &[]),
        (&Profile::FETCH, "\nlocation: /a\nlocation: /b", &[refused]),
        (&responds, "\nlocation: /a\nlocation: /b", &[several, refused]),
    ] {
        let text = format!("302\naccess-control-allow-origin: *{lines}");
        let heads = [Head::parse(&text)];
        let response = heads[0].response();
        let failures: Vec<String> = Explanation::of_response(&request, &response, of_browser(profile))
            .failures()
            .map(|error| error.to_string())
            .collect();
        let reported: Vec<String> = expected.iter().map(|text| format!("redirect: {text}")).collect();
        assert_eq!(failures, reported, "{lines:?}");
        let first = run(request, of_browser(profile), &heads).err().map(|error| error.to_string());
        assert_eq!(first.as_ref(), reported.first(), "{lines:?}");
    }
}
