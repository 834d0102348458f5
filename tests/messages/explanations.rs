//! Checks, fixes, and changes that a page can make.

use fetch_cors::{
    browser::{
        Environment, Explanation, Profile, RequestInit, Url,
        environment::LocationParses,
        explain::Check,
        request::{BodyInit, Duplex, RedirectMode, RequestMode, ResponseTainting},
    },
    header::Headers,
};

use crate::exchange::{API, Head, INCLUDE, PAGE, get, in_mode, of_browser, put, request, standard};

fn checks(explanation: &Explanation<'_>) -> Vec<String> {
    let check = |check: Check<'_>| match check.verdict {
        Ok(()) => format!("{}: {}", check.step().number, check.subject),
        Err(error) => format!("{}: FAIL: {error}", check.step().number),
    };
    explanation.checks().map(check).collect()
}

#[test]
fn preflight_explanation_lists_passed_checks() {
    let lines: [(&str, &[u8]); 1] = [("X-A", b"1")];
    let init = RequestInit { headers: Headers::from_pairs(&lines), credentials: INCLUDE, ..put() };
    let granted = "access-control-allow-origin: https://app.example\naccess-control-allow-credentials: true";
    let text = format!("204\n{granted}\naccess-control-allow-methods: PUT\naccess-control-allow-headers: x-a");
    let head = Head::parse(&text);
    let explanation = Explanation::of_preflight(&request(init, API), &head.response(), standard());
    assert_eq!(
        checks(&explanation),
        [
            "1–4: `Access-Control-Allow-Origin` is the origin or a wildcard",
            "5–8: `Access-Control-Allow-Credentials` is `true`",
            "7: the status is from 200 to 299",
            "7.3: `Access-Control-Allow-Methods` is a list or absent",
            "7.3: `Access-Control-Allow-Headers` is a list or absent",
            "7.5: the method `PUT` is allowed",
            "7.6–7.7: the header `x-a` is allowed",
        ]
    );
    let text = format!("302\n{granted}");
    let head = Head::parse(&text);
    let of = |init, tainting| {
        let request = request(init, API).with_response_tainting(tainting);
        checks(&Explanation::of_response(&request, &head.response(), standard()))
    };
    let redirect = "6.3: the redirect mode and `Location` allow the redirect";
    let origin = "1–4: `Access-Control-Allow-Origin` is the origin or a wildcard";
    assert_eq!(of(get(), ResponseTainting::Cors), [origin, redirect]);
    assert_eq!(of(get(), ResponseTainting::Basic), [redirect]);
    let policy = "5: `Cross-Origin-Resource-Policy` lets the page embed it";
    assert_eq!(of(in_mode(RequestMode::NoCors), ResponseTainting::Opaque), [policy, redirect]);
    let (request, url) = (request(get(), API), Some(Url::new("https://b.example/").unwrap()));
    let redirect = Explanation::of_redirect(&request, &head.response(), url, standard());
    assert_eq!(checks(&redirect), ["5–11: `Location` is a URL that may be followed"]);
    assert_eq!(checks(&Explanation::of_request(&request, standard())), [""; 0]);
}

#[test]
fn preflight_explanation_marks_each_failed_check_with_its_step() {
    let lines: [(&str, &[u8]); 2] = [("Authorization", b"Bearer abc"), ("X-A", b"1")];
    let init = RequestInit { headers: Headers::from_pairs(&lines), ..put() };
    let of = |head: &str| {
        let head = Head::parse(head);
        checks(&Explanation::of_preflight(&request(init, API), &head.response(), standard()))
    };
    let reported = of("404\naccess-control-allow-methods: a b\naccess-control-allow-headers: x-b");
    assert_eq!(
        reported,
        [
            "2: FAIL: response to the preflight: no `Access-Control-Allow-Origin`",
            "7: FAIL: response to the preflight: status 404 is not from 200 to 299",
            "7.3: FAIL: response to the preflight: `Access-Control-Allow-Methods` has `a b`, which is not a token at byte 1",
            "7.3: `Access-Control-Allow-Headers` is a list or absent",
            "7.6: FAIL: response to the preflight: `Access-Control-Allow-Headers` does not name `authorization`",
            "7.7: FAIL: response to the preflight: `Access-Control-Allow-Headers` does not allow `x-a`",
        ]
    );
}

#[test]
fn allow_headers_that_does_not_parse_fails_even_for_a_safelisted_method() {
    let post = RequestInit { method: "POST", ..get() };
    let head = Head::parse("204\naccess-control-allow-origin: *\naccess-control-allow-headers: a b");
    let reported = checks(&Explanation::of_preflight(&request(post, API), &head.response(), standard()));
    assert_eq!(
        reported[2..],
        [
            "7.3: `Access-Control-Allow-Methods` is a list or absent",
            "7.3: FAIL: response to the preflight: `Access-Control-Allow-Headers` has `a b`, which is not a token at byte 1",
            "7.5: the method `POST` needs no permission",
        ]
    );
}

#[test]
fn cross_origin_resource_policy_same_origin_fails_an_opaque_response() {
    let head = Head::parse("302\ncross-origin-resource-policy: same-origin\nlocation: /a");
    let request = request(in_mode(RequestMode::NoCors), API).with_response_tainting(ResponseTainting::Opaque);
    assert_eq!(
        checks(&Explanation::of_response(&request, &head.response(), standard())),
        [
            "5: FAIL: response: `Cross-Origin-Resource-Policy` is `same-origin`, which the page is not",
            "6.3: the redirect mode and `Location` allow the redirect",
        ]
    );
}

#[test]
fn requests_that_main_fetch_refuses_are_explained_without_a_response() {
    for (mode, url, text) in [
        (RequestMode::Cors, "ftp://b.example/", "request: scheme `ftp` is not fetched with CORS"),
        (RequestMode::NoCors, "ftp://b.example/", "request: nothing is fetched from `ftp:` URLs like this"),
        (RequestMode::SameOrigin, API, "request: cross-origin URL in mode `same-origin`"),
    ] {
        let request = request(in_mode(mode), url);
        let explanation = Explanation::of_request(&request, standard());
        let failures: Vec<String> = explanation.failures().map(|error| error.to_string()).collect();
        assert_eq!((&*failures, fix(&explanation)), (&[text.to_owned()][..], Vec::new()));
    }
    let sent = request(in_mode(RequestMode::NoCors), API);
    assert_eq!(Explanation::of_request(&sent, standard()).failures().count(), 0);
}

#[test]
fn status_407_from_a_server_fails_in_chromium() {
    let head = Head::parse("407\naccess-control-allow-origin: *\naccess-control-allow-methods: *");
    let (put, get) = (request(put(), API), request(get(), API).with_response_tainting(ResponseTainting::Cors));
    let environment = of_browser(&Profile::CHROMIUM);
    let failure = "status 407, and no user is asked for a name and a password";
    let preflight = Explanation::of_preflight(&put, &head.response(), environment);
    assert_eq!(checks(&preflight)[0], format!("16.1: FAIL: response to the preflight: {failure}"));
    assert_eq!(fix(&preflight), ["status 204"]);
    let response = Explanation::of_response(&get, &head.response(), environment);
    assert_eq!(checks(&response)[0], format!("16.1: FAIL: response: {failure}"));
    assert_eq!(fix(&response), ["status 200"]);
    let mut check = response.checks().next().unwrap();
    assert_eq!(check.subject.to_string(), "the server itself has answered");
    check.verdict = Ok(());
    assert_eq!(check.step().number, "16");
    assert!(checks(&Explanation::of_response(&get, &head.response(), standard())).iter().all(|it| !it.contains("407")));
}

fn fix(explanation: &Explanation<'_>) -> Vec<String> {
    explanation.fix().map(|change| change.to_string()).collect()
}

#[test]
fn preflight_fixes_name_each_missing_header() {
    let lines: [(&str, &[u8]); 2] = [("Content-Type", b"application/json"), ("X-A", b"1")];
    let json = RequestInit { headers: Headers::from_pairs(&lines), ..put() };
    let granted = "access-control-allow-origin: https://app.example\naccess-control-allow-credentials: true";
    for (init, head, expected) in [
        (put(), "204\naccess-control-allow-origin: *\naccess-control-allow-methods: PUT", &[][..]),
        (
            put(),
            "404\naccess-control-allow-methods: GET",
            &[
                "Access-Control-Allow-Origin: https://app.example",
                "status 204",
                "Access-Control-Allow-Methods: GET, PUT",
            ],
        ),
        (
            json,
            "204\naccess-control-allow-origin: *\naccess-control-allow-methods: PUT",
            &["Access-Control-Allow-Headers: content-type, x-a"],
        ),
        (
            RequestInit { method: "POST", ..json },
            "204\naccess-control-allow-origin: *\naccess-control-allow-methods: a b\naccess-control-allow-headers: *",
            &["Access-Control-Allow-Methods: a, b"],
        ),
        (
            put(),
            "204\naccess-control-allow-origin: *\naccess-control-allow-methods: PUT\naccess-control-allow-headers: a b",
            &["Access-Control-Allow-Headers: a, b"],
        ),
        // Such a list has no intended names.
        (
            RequestInit { method: "POST", ..get() },
            "204\naccess-control-allow-origin: *\naccess-control-allow-methods: \"\"\n",
            &["no `Access-Control-Allow-Methods`"],
        ),
        // The fix of a list that does not parse keeps all names, including wildcards.
        (
            put(),
            "204\naccess-control-allow-origin: *\naccess-control-allow-methods: a b, *",
            &["Access-Control-Allow-Methods: a, b, *"],
        ),
        (
            put(),
            "204\naccess-control-allow-origin: *\naccess-control-allow-methods: a b, PUT",
            &["Access-Control-Allow-Methods: a, b, PUT"],
        ),
        (
            json,
            "204\naccess-control-allow-origin: *\naccess-control-allow-methods: PUT\naccess-control-allow-headers: a b, *",
            &["Access-Control-Allow-Headers: a, b, *"],
        ),
        (
            RequestInit { credentials: INCLUDE, ..json },
            &*format!("204\n{granted}\naccess-control-allow-methods: a b, *\naccess-control-allow-headers: a b, *"),
            &["Access-Control-Allow-Methods: a, b, *, PUT", "Access-Control-Allow-Headers: a, b, *, content-type, x-a"],
        ),
    ] {
        let head_of = Head::parse(head);
        let explanation = Explanation::of_preflight(&request(init, API), &head_of.response(), standard());
        assert_eq!(fix(&explanation), expected, "{head}");
        assert!(explanation.fix().all(|change| change.status().is_some() != change.header_name().is_some()));
    }
}

#[test]
fn authorization_beside_a_wildcard_is_a_fix_in_the_standard_alone() {
    let lines: [(&str, &[u8]); 1] = [("Authorization", b"Bearer abc")];
    let authorized = request(RequestInit { headers: Headers::from_pairs(&lines), ..get() }, API);
    let head = Head::parse("204\naccess-control-allow-origin: *\naccess-control-allow-headers: a b, *");
    for (profile, expected) in [(&Profile::FETCH, "a, b, *, authorization"), (&Profile::CHROMIUM, "a, b, *")] {
        let explanation = Explanation::of_preflight(&authorized, &head.response(), of_browser(profile));
        assert_eq!(fix(&explanation), [format!("Access-Control-Allow-Headers: {expected}")], "{}", profile.name);
    }
}

#[test]
fn redirect_fix_is_a_new_location_only_if_that_is_enough() {
    let stream = RequestInit { method: "POST", body: Some(BodyInit::Stream), duplex: Some(Duplex::Half), ..get() };
    let (stream, head) = (request(stream, API), Head::parse("307"));
    for url in ["https://b.example/", "https://me:pw@b.example/", "ftp://me:pw@b.example/"] {
        let explanation = Explanation::of_redirect(&stream, &head.response(), Some(Url::new(url).unwrap()), standard());
        assert_eq!(fix(&explanation), ["an answer at this URL, without a redirect"], "{url}");
    }
}

#[test]
fn response_fixes_name_each_missing_header() {
    let error = RequestInit { redirect: RedirectMode::Error, ..get() };
    for (init, tainting, head, expected) in [
        (
            RequestInit { credentials: INCLUDE, ..get() },
            ResponseTainting::Cors,
            "200\naccess-control-allow-origin: *",
            &["Access-Control-Allow-Origin: https://app.example", "Access-Control-Allow-Credentials: true"][..],
        ),
        (
            in_mode(RequestMode::NoCors),
            ResponseTainting::Opaque,
            "200\ncross-origin-resource-policy: same-site",
            &["Cross-Origin-Resource-Policy: cross-origin"],
        ),
        (
            get(),
            ResponseTainting::Cors,
            "302\naccess-control-allow-origin: *\nlocation: /a\nlocation: /b",
            &["Location: /a"],
        ),
        (
            error,
            ResponseTainting::Cors,
            "302\naccess-control-allow-origin: *\nlocation: /a",
            &["an answer at this URL, without a redirect"],
        ),
    ] {
        let head_of = Head::parse(head);
        let request = request(init, API).with_response_tainting(tainting);
        let explanation = Explanation::of_response(&request, &head_of.response(), standard());
        assert_eq!(fix(&explanation), expected, "{head}");
    }
    let head = Head::parse("302");
    let request = request(get(), API).with_response_tainting(ResponseTainting::Cors);
    let redirect = |url| Explanation::of_redirect(&request, &head.response(), Some(Url::new(url).unwrap()), standard());
    assert_eq!(fix(&redirect("https://me:pw@b.example/x?y#z")), ["Location: https://b.example/x?y#z"]);
    assert_eq!(fix(&redirect("ftp://b.example/")), ["an answer at this URL, without a redirect"]);
    assert_eq!(fix(&redirect("https://b.example/")), [""; 0]);
}

#[test]
fn location_that_is_not_a_url_fails_first_in_chromium() {
    let environment = Environment { parse_location: |_, _, _| LocationParses::No, ..of_browser(&Profile::CHROMIUM) };
    let head = Head::parse("302\naccess-control-allow-origin: *\nlocation: https://");
    let put = request(put(), API);
    let explanation = Explanation::of_preflight(&put, &head.response(), environment);
    assert_eq!(checks(&explanation)[0], "5: FAIL: response to the preflight: `Location` is not a URL: `https://`");
    assert_eq!(fix(&explanation)[0], "status 204");
    // In mode "error" only one browser reads it.
    let lines = "302\naccess-control-allow-origin: *\nlocation: /a\nlocation: /b";
    let head = Head::parse(lines);
    let init = RequestInit { redirect: RedirectMode::Error, ..get() };
    let error = request(init, API).with_response_tainting(ResponseTainting::Cors);
    let answer = "an answer at this URL, without a redirect";
    // Lines that contradict each other fail in two browsers whatever the status is, so the fix removes them.
    for (profile, expected) in [
        (&Profile::FETCH, &[answer][..]),
        (&Profile::CHROMIUM, &["no `Location`"]),
        (&Profile::FIREFOX, &["no `Location`", answer]),
        (&Profile::WEBKIT, &[answer]),
    ] {
        let explanation = Explanation::of_response(&error, &head.response(), of_browser(profile));
        assert_eq!(fix(&explanation), expected, "{}", profile.name);
    }
}

#[test]
fn refused_head_has_a_fix_for_each_of_its_failures() {
    let get = request(get(), API).with_response_tainting(ResponseTainting::Cors);
    let allowed = "200\naccess-control-allow-origin: *\n";
    for (lines, expected) in [
        ("x-a: a\0b", &["no NUL in the value of a header"][..]),
        ("x-a: a\0b\nx-b: \0", &["no NUL in the value of a header"]),
        ("content-length: 7\ncontent-length: 8", &["Content-Length: 7"]),
        ("content-length: 7, 8", &["no `Content-Length`"]),
        (
            "x-a: \0\ncontent-length: 7\ncontent-length: 8\nlocation: /a\nlocation: /b",
            &["no NUL in the value of a header", "Content-Length: 7", "Location: /a"],
        ),
    ] {
        let text = format!("{allowed}{lines}");
        let head = Head::parse(&text);
        let explanation = Explanation::of_response(&get, &head.response(), of_browser(&Profile::CHROMIUM));
        assert_eq!(fix(&explanation), expected, "{lines:?}");
    }
    let head = Head::parse("200\naccess-control-allow-origin: https://app.example\0");
    let explanation = Explanation::of_response(&get, &head.response(), standard());
    assert_eq!(fix(&explanation), ["Access-Control-Allow-Origin: https://app.example"]);
}

#[test]
fn alternatives_name_other_modes_that_pass() {
    let to = Some(Url::new("https://b.example/").unwrap());
    let of = |explanation: Explanation<'_>| -> Vec<String> {
        explanation.page_changes().map(|(change, _)| change.to_string()).collect()
    };
    let same_origin = request(in_mode(RequestMode::SameOrigin), API);
    assert_eq!(
        of(Explanation::of_request(&same_origin, standard())),
        ["mode: \"cors\" (for an element: `crossorigin`)"]
    );

    let stream = RequestInit { method: "POST", body: Some(BodyInit::Stream), duplex: Some(Duplex::Half), ..get() };
    let (head, stream) = (Head::parse("307"), request(stream, API));
    let redirect = Explanation::of_redirect(&stream, &head.response(), to, standard());
    assert_eq!(of(redirect), ["a body of known bytes, no stream"]);

    let error = request(RequestInit { redirect: RedirectMode::Error, ..get() }, API);
    let error = error.with_response_tainting(ResponseTainting::Cors);
    let head = Head::parse("302\naccess-control-allow-origin: *\nlocation: /a");
    assert_eq!(of(Explanation::of_response(&error, &head.response(), standard())), ["redirect: \"follow\""]);

    let include = request(RequestInit { credentials: INCLUDE, ..get() }, API);
    let include = include.with_response_tainting(ResponseTainting::Cors);
    let head = Head::parse("200\naccess-control-allow-origin: *");
    let response = Explanation::of_response(&include, &head.response(), standard());
    assert_eq!(of(response), ["credentials: \"same-origin\", if the server needs none for this"]);

    let text = format!("200\naccess-control-allow-origin: {PAGE}\naccess-control-allow-credentials: true");
    let passing = Head::parse(&text);
    assert_eq!(of(Explanation::of_response(&include, &passing.response(), standard())), [""; 0]);

    let lines: [(&str, &[u8]); 1] = [("Content-Type", b"application/json")];
    let json = request(RequestInit { headers: Headers::from_pairs(&lines), ..get() }, API);
    let preflight = Explanation::of_preflight(&json, &head.response(), standard());
    assert_eq!(of(preflight), ["no header `content-type`"]);

    // A URL that is not fetched over HTTP has no other place.
    let head = Head::parse("302\naccess-control-allow-origin: *\nlocation: ftp://api.example/items");
    let put = request(put(), API);
    assert_eq!(of(Explanation::of_preflight(&put, &head.response(), standard())), [""; 0]);
}
