//! Pages: the preflight cache, cookies, redirects, modes.

use std::sync::Mutex;

use bytes::Bytes;
use fetch_cors_test::{Browser, CredentialsMode, Fetch, Page, ReasonCode, RedirectMode, RequestMode};
use http::{Request, Response};

use crate::{assert_has, message, open, response};

const ITEMS: &str = "https://api.example/items";

fn is_open(request: Request<Bytes>) -> Response<()> {
    open(&request)
}

#[test]
fn an_answer_to_a_preflight_is_kept_as_long_as_each_browser_keeps_it() {
    let server = |request: Request<Bytes>| {
        let mut response = open(&request);
        response.headers_mut().insert("access-control-max-age", http::HeaderValue::from_static("100000"));
        response
    };
    for (browser, limit) in [(Browser::Chromium, 7200), (Browser::Firefox, 86400), (Browser::WebKit, 600)] {
        let mut page = Page::of("https://app.example").in_browsers([browser]);
        let fetch = || Fetch::put(ITEMS).json();
        page.fetch_blocking(&server, fetch()).assert_readable().preflighted();
        page.later(limit - 1).fetch_blocking(&server, fetch()).assert_readable().not_preflighted();
        page.later(2).fetch_blocking(&server, fetch()).assert_readable().preflighted();
        let other = || fetch().header("x-request-id", "1");
        page.fetch_blocking(&server, other()).assert_readable().not_preflighted();
        page.fetch_blocking(&server, Fetch::put("https://api.example/other")).assert_readable().preflighted();
    }
}

#[test]
fn each_browser_has_a_cache_of_its_own() {
    let mut page = Page::of("https://app.example");
    page.fetch_blocking(&is_open, Fetch::put(ITEMS)).assert_readable().preflighted();
    page.fetch_blocking(&is_open, Fetch::put(ITEMS)).assert_readable().not_preflighted();
    let text = message(move || drop(page.fetch_blocking(&is_open, Fetch::put(ITEMS)).assert_readable().preflighted()));
    assert_has(&text, &["expected: there is a preflight", "In Chromium, Firefox, WebKit:"]);
}

#[test]
fn cookies_go_along_with_credentials_and_to_their_host_alone() {
    let mut page = Page::of("https://app.example").cookies("api.example", "session=1; theme=dark");
    let cookie = |fetched: &fetch_cors_test::Fetched| {
        let requests: Vec<_> = fetched.requests(Browser::WebKit).collect();
        requests.iter().map(|request| request.headers().get("cookie").cloned()).collect::<Vec<_>>()
    };
    let with = http::HeaderValue::from_static("session=1; theme=dark");
    let fetched = page.fetch_blocking(&is_open, Fetch::put(ITEMS).credentials());
    assert_eq!(cookie(&fetched), [None, Some(with.clone())], "a preflight has none");
    assert_eq!(cookie(&page.fetch_blocking(&is_open, Fetch::get(ITEMS))), [None]);
    let other = page.fetch_blocking(&is_open, Fetch::get("https://other.example/").credentials());
    assert_eq!(cookie(&other), [None]);
    let mut own = Page::of("https://api.example").cookies("api.example", "session=1; theme=dark");
    assert_eq!(cookie(&own.fetch_blocking(&is_open, Fetch::get(ITEMS))), [Some(with)]);
    let omitted = Fetch::get(ITEMS).credentials_mode(CredentialsMode::Omit);
    assert_eq!(cookie(&own.fetch_blocking(&is_open, omitted)), [None]);
}

/// A server that redirects `/0` to `/1` and so on up to `/last`, with the hosts in turn.
fn chain(last: usize, hosts: &'static [&'static str]) -> impl Fn(Request<Bytes>) -> Response<()> {
    move |request| {
        let number: usize = request.uri().path().trim_start_matches('/').parse().unwrap();
        let mut response = open(&request);
        if number < last && request.method() != http::Method::OPTIONS {
            let next = number + 1;
            let location = format!("https://{}/{next}", hosts[next % hosts.len()]);
            *response.status_mut() = http::StatusCode::TEMPORARY_REDIRECT;
            response.headers_mut().insert("location", location.parse().unwrap());
        }
        response
    }
}

#[test]
fn redirects_are_followed_twenty_times() {
    let fetch = || Fetch::get("https://api.example/0");
    let mut page = Page::of("https://app.example");
    let fetched = page.fetch_blocking(&chain(20, &["api.example"]), fetch());
    assert_eq!(fetched.requests(Browser::Chromium).count(), 21);
    fetched.assert_readable().status(200);
    let fetched = page.fetch_blocking(&chain(21, &["api.example"]), fetch());
    fetched.assert_refused(ReasonCode::TOO_MANY_REDIRECTS);
}

#[test]
fn a_redirect_between_two_foreign_origins_makes_the_origin_null() {
    let mut page = Page::of("https://app.example");
    let fetched =
        page.fetch_blocking(&chain(1, &["api.example", "login.example"]), Fetch::get("https://api.example/0"));
    let origins = |browser| {
        let requests = fetched.requests(browser);
        requests.map(|request| request.headers()["origin"].to_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    for browser in Browser::ALL {
        assert_eq!(origins(browser), ["https://app.example", "null"]);
    }
    fetched.assert_readable();
}

#[test]
fn a_redirect_without_the_headers_is_refused_although_its_target_has_them() {
    let server = |request: Request<Bytes>| match request.uri().path() {
        "/items" => response(302, &[("location", "/items/")]),
        _ => open(&request),
    };
    let fetch = || Fetch::get(ITEMS);
    Page::of("https://app.example").fetch_blocking(&server, fetch()).assert_refused(ReasonCode::ALLOW_ORIGIN_MISSING);
    Page::of("https://api.example").fetch_blocking(&server, fetch()).assert_readable();
    let text = message(|| drop(Page::of("https://app.example").fetch_blocking(&server, fetch()).assert_readable()));
    assert_has(&text, &["Answer: status 302", "every response of a redirect chain must pass the CORS check"]);
}

#[test]
fn a_redirect_of_a_preflighted_request_is_preflighted_again() {
    let mut page = Page::of("https://app.example");
    let fetched = page.fetch_blocking(&chain(1, &["api.example"]), Fetch::put("https://api.example/0").json());
    let methods: Vec<&str> = fetched.requests(Browser::Chromium).map(|request| request.method().as_str()).collect();
    assert_eq!(methods, ["OPTIONS", "PUT", "OPTIONS", "PUT"]);
    fetched.assert_readable();
}

#[test]
fn modes_hide_or_refuse_a_response() {
    let mut page = Page::of("https://app.example");
    let nothing = |_: Request<Bytes>| response(200, &[]);
    page.fetch_blocking(&nothing, Fetch::get(ITEMS).mode(RequestMode::NoCors)).assert_opaque();
    let same_origin = Fetch::get(ITEMS).mode(RequestMode::SameOrigin);
    let fetched = page.fetch_blocking(&nothing, same_origin);
    let refused = fetched.assert_refused(ReasonCode::SAME_ORIGIN_MODE_CROSS_ORIGIN).not_preflighted();
    assert_eq!(refused.fetched().requests(Browser::Firefox).count(), 0);
    let server = |_: Request<Bytes>| response(302, &[("access-control-allow-origin", "*"), ("location", "/")]);
    page.fetch_blocking(&server, Fetch::get(ITEMS).redirect(RedirectMode::Manual)).assert_opaque();
    page.fetch_blocking(&server, Fetch::get(ITEMS).redirect(RedirectMode::Error))
        .assert_refused(ReasonCode::REDIRECT_MODE_ERROR);
    let private = |_: Request<Bytes>| response(200, &[("cross-origin-resource-policy", "same-origin")]);
    page.fetch_blocking(&private, Fetch::get(ITEMS).mode(RequestMode::NoCors))
        .assert_refused(ReasonCode::CROSS_ORIGIN_RESOURCE_POLICY);
}

#[test]
fn mixed_content_is_not_sent() {
    let sent = Mutex::new(0);
    let server = |request: Request<Bytes>| {
        *sent.lock().unwrap() += 1;
        open(&request)
    };
    let fetch = Fetch::get("http://api.example/items");
    Page::of("https://app.example").fetch_blocking(&server, fetch).assert_refused(ReasonCode::MIXED_CONTENT);
    assert_eq!(*sent.lock().unwrap(), 0);
    Page::of("https://app.example").fetch_blocking(&server, Fetch::get("http://localhost:3000/")).assert_readable();
}

#[test]
fn exposed_headers_are_asserted() {
    let mut page = Page::of("https://app.example");
    let server = |_: Request<Bytes>| {
        response(
            200,
            &[
                ("access-control-allow-origin", "*"),
                ("access-control-expose-headers", "etag"),
                ("etag", "\"1\""),
                ("x-total-count", "1"),
                ("set-cookie", "a=1"),
            ],
        )
    };
    let readable = page.fetch_blocking(&server, Fetch::get(ITEMS)).assert_readable();
    let readable = readable.exposes("ETag").hides("x-total-count").hides("set-cookie").hides("x-other");
    let text = message(|| drop(page.fetch_blocking(&server, Fetch::get(ITEMS)).assert_readable().exposes("x-other")));
    assert_has(&text, &["in the answer: send it, and name it in `Access-Control-Expose-Headers`"]);
    let text =
        message(|| drop(page.fetch_blocking(&server, Fetch::get(ITEMS)).assert_readable().exposes("set-cookie")));
    assert!(!text.contains("in the answer:"), "{text}");
    let server = |_: Request<Bytes>| {
        let list = ("access-control-expose-headers", "etag,x y");
        response(200, &[("access-control-allow-origin", "*"), list, ("etag", "1")])
    };
    let text = message(|| drop(page.fetch_blocking(&server, Fetch::get(ITEMS)).assert_readable().exposes("etag")));
    assert_has(
        &text,
        &["in the answer: write names alone into `Access-Control-Expose-Headers`, and this one among them"],
    );
    let text = message(|| drop(readable.exposes("x-total-count")));
    assert_has(
        &text,
        &[
            "expected: the page can read the header `x-total-count`; the response has it: not listed in",
            "in the answer: name it in `Access-Control-Expose-Headers`",
            "x-total-count: not listed in `Access-Control-Expose-Headers`",
        ],
    );
}

#[test]
fn each_browser_of_a_page_has_its_own_outcome() {
    // WebKit does not follow the standard's exception for `Authorization` under `*`.
    let server = |_: Request<Bytes>| {
        response(200, &[("access-control-allow-origin", "*"), ("access-control-allow-headers", "*")])
    };
    let fetch = || Fetch::get(ITEMS).header("authorization", "Bearer 1");
    Page::of("https://app.example").fetch_blocking(&server, fetch()).assert_readable();
    let mut standard = Page::of("https://app.example").in_browsers([Browser::Standard]);
    standard.fetch_blocking(&server, fetch()).assert_refused(ReasonCode::AUTHORIZATION_NOT_ALLOWED);
}

#[test]
fn a_page_is_in_all_browsers_unless_some_are_named() {
    let browsers = |mut page: Page| -> Vec<Browser> {
        page.fetch_blocking(&is_open, Fetch::get(ITEMS)).outcomes().map(|(browser, _)| browser).collect()
    };
    let page = || Page::of("https://app.example");
    assert_eq!(browsers(page()), Browser::ALL);
    assert_eq!(browsers(page().in_browsers([Browser::Firefox])), [Browser::Firefox]);
    assert_eq!(browsers(page().in_browsers([Browser::Firefox]).in_all_browsers()), Browser::ALL);
}

#[test]
fn invalid_fetch_fails_every_assertion() {
    for (fetch, part) in [
        (Fetch::get("/items"), "give the whole URL"),
        (Fetch::get("data:,1"), "no server is asked"),
        (Fetch::new("TRACE", ITEMS), "the call throws"),
        (Fetch::get(ITEMS).text(), "the call throws"),
        (
            Fetch::get(ITEMS).header("Cookie", "a=1"),
            "the header `Cookie`, which a script may not set: give the page its cookies with `Page::cookies`",
        ),
        (
            Fetch::get(ITEMS).header("origin", "null").header("sec-x", ""),
            "`Page::of`; browsers drop the header `sec-x`",
        ),
        (Fetch::post(ITEMS).content("{}"), "no kind of body: add `.json()`"),
        (Fetch::post(ITEMS).header("x-http-method-override", "TRACE"), "leave it out"),
    ] {
        for expect in [
            |fetched: fetch_cors_test::Fetched| drop(fetched.assert_not_readable()),
            |fetched: fetch_cors_test::Fetched| drop(fetched.assert_opaque()),
            |fetched: fetch_cors_test::Fetched| drop(fetched.assert_refused(ReasonCode::NETWORK)),
        ] {
            let fetch = fetch.clone();
            let text = message(|| expect(Page::of("https://app.example").fetch_blocking(&is_open, fetch)));
            assert_has(&text, &["the test is to be changed", part]);
        }
    }
    let text = message(|| {
        let mut page = Page::of("https://app.example").in_browsers([]);
        drop(page.fetch_blocking(&is_open, Fetch::get(ITEMS)).assert_not_readable());
    });
    assert_has(&text, &["no browser"]);
    let text = message(|| drop(Page::of("https://app.example/")));
    assert_has(&text, &["https://app.example/", "write `https://app.example`"]);
}

#[test]
fn cookies_are_those_of_a_host_alone() {
    for (host, fix) in [
        ("https://api.example", "cookies of `https://api.example`: write the host alone, as `api.example`"),
        ("https://api.example:8443/items", "as `api.example`"),
        ("api.example:8443", "as `api.example`"),
        ("localhost:3000", "as `localhost`"),
        ("api.example/", "as `api.example`"),
        ("Api.Example", "as `api.example`"),
        ("", "write a host, as `api.example`"),
        ("a b", "write a host, as `api.example`"),
    ] {
        assert_has(&message(|| drop(Page::of("null").cookies(host, "session=1"))), &[fix]);
    }
    for host in ["api.example", "localhost", "127.0.0.1", "[::1]"] {
        drop(Page::of("null").cookies(host, "session=1"));
    }
}

#[test]
fn an_assertion_of_a_refusal_names_what_happened_instead() {
    let text = message(|| {
        let code = ReasonCode::ALLOW_ORIGIN_MISSING;
        drop(Page::of("https://app.example").fetch_blocking(&is_open, Fetch::get(ITEMS)).assert_refused(code));
    });
    assert_has(&text, &["expected: the browser refuses, for `allow-origin-missing`", "The script reads status 200"]);
}
