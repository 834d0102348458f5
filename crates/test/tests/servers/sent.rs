//! The requests of a page, as a server gets them.

use bytes::Bytes;
use fetch_cors_test::{Browser, Fetch, Page, ReferrerPolicy, RequestMode};
use http::{Request, Response};

use crate::open;

fn is_open(request: Request<Bytes>) -> Response<()> {
    open(&request)
}

/// The lines of each request in one browser, sorted.
fn sent(origin: &str, fetch: Fetch) -> Vec<String> {
    let mut page = Page::of(origin).in_browsers([Browser::Chromium]).cookies("api.example", "session=1");
    let fetched = page.fetch_blocking(&is_open, fetch);
    let lines = |request: &Request<Bytes>| {
        let headers = request.headers().iter();
        let mut lines: Vec<String> =
            headers.map(|(name, value)| format!("{name}: {}", value.to_str().unwrap())).collect();
        lines.sort();
        lines.insert(0, format!("{} {}", request.method(), request.uri()));
        lines.join("\n")
    };
    fetched.requests(Browser::Chromium).map(lines).collect()
}

#[test]
fn preflight_and_request_have_the_headers_of_a_browser() {
    let fetch = Fetch::put("https://api.example/items?page=2#top").json().credentials();
    assert_eq!(
        sent("https://app.example", fetch),
        [
            "OPTIONS https://api.example/items?page=2\n\
         accept: */*\n\
         access-control-request-headers: content-type\n\
         access-control-request-method: PUT\n\
         host: api.example\n\
         origin: https://app.example\n\
         referer: https://app.example/\n\
         sec-fetch-dest: empty\n\
         sec-fetch-mode: cors\n\
         sec-fetch-site: cross-site",
            "PUT https://api.example/items?page=2\n\
         accept: */*\n\
         content-length: 2\n\
         content-type: application/json\n\
         cookie: session=1\n\
         host: api.example\n\
         origin: https://app.example\n\
         referer: https://app.example/\n\
         sec-fetch-dest: empty\n\
         sec-fetch-mode: cors\n\
         sec-fetch-site: cross-site",
        ]
    );
}

#[test]
fn same_origin_get_has_no_origin_header() {
    assert_eq!(
        sent("https://api.example", Fetch::get("https://api.example/")),
        ["GET https://api.example/\n\
         accept: */*\n\
         cookie: session=1\n\
         host: api.example\n\
         referer: https://api.example/\n\
         sec-fetch-dest: empty\n\
         sec-fetch-mode: cors\n\
         sec-fetch-site: same-origin"]
    );
}

/// The value of a header of the last request.
fn last(origin: &str, fetch: Fetch, name: &str) -> Option<String> {
    let sent = sent(origin, fetch);
    let name = format!("{name}: ");
    sent.last()?.lines().find_map(|line| Some(line.strip_prefix(&name)?.to_owned()))
}

#[test]
fn sec_fetch_site_compares_schemes_and_registrable_domains() {
    for (page, url, site) in [
        ("https://app.shop.example", "https://api.shop.example/", Some("same-site")),
        ("http://app.shop.example", "https://api.shop.example/", Some("cross-site")),
        ("https://one.github.io", "https://two.github.io/", Some("cross-site")),
        ("null", "https://api.example/", Some("cross-site")),
        ("http://localhost:3000", "http://localhost:4000/", Some("same-site")),
        ("http://app.example", "http://api.example/", None),
    ] {
        assert_eq!(last(page, Fetch::get(url), "sec-fetch-site").as_deref(), site, "{page} {url}");
    }
}

#[test]
fn no_cors_fetch_sends_its_mode_and_no_origin() {
    let fetch = Fetch::get("https://api.example/").mode(RequestMode::NoCors);
    assert_eq!(last("https://app.example", fetch.clone(), "sec-fetch-mode").as_deref(), Some("no-cors"));
    assert_eq!(last("https://app.example", fetch, "origin"), None);
}

#[test]
fn referer_follows_the_referrer_policy() {
    use ReferrerPolicy::*;
    let referrer = |page, url: &str, policy| last(page, Fetch::get(url).referrer_policy(policy), "referer");
    let own = Some("https://app.example/".to_owned());
    for (policy, same_origin, cross_origin) in [
        (Empty, true, true),
        (NoReferrer, false, false),
        (SameOrigin, true, false),
        (Origin, true, true),
        (StrictOrigin, true, true),
        (UnsafeUrl, true, true),
    ] {
        let expected = |sent| own.clone().filter(|_| sent);
        assert_eq!(referrer("https://app.example", "https://app.example/", policy), expected(same_origin));
        assert_eq!(referrer("https://app.example", "https://api.example/", policy), expected(cross_origin));
    }
    // From a page that is potentially trustworthy to a URL that is not.
    let page = "http://localhost:3000";
    assert_eq!(referrer(page, "http://api.example/", Empty), None);
    assert_eq!(referrer(page, "http://api.example/", UnsafeUrl), Some("http://localhost:3000/".into()));
    assert_eq!(referrer("null", "https://api.example/", UnsafeUrl), None);
}

#[test]
fn a_referrer_that_was_not_sent_does_not_come_back() {
    let server = |request: Request<Bytes>| {
        let mut response = open(&request);
        if request.uri().path() == "/0" {
            *response.status_mut() = http::StatusCode::FOUND;
            response.headers_mut().insert("location", http::HeaderValue::from_static("/1"));
            response.headers_mut().insert("referrer-policy", http::HeaderValue::from_static("unsafe-url"));
        }
        response
    };
    let fetch = Fetch::get("https://api.example/0").referrer_policy(ReferrerPolicy::NoReferrer);
    let fetched = Page::of("https://app.example").fetch_blocking(&server, fetch);
    assert!(fetched.requests(Browser::Chromium).all(|request| !request.headers().contains_key("referer")));
    assert_eq!(fetched.requests(Browser::Chromium).count(), 2);
}

#[test]
fn a_site_after_a_redirect_is_the_farthest_of_the_chain_and_firefox_has_its_own() {
    let server = |request: Request<Bytes>| {
        let mut response = open(&request);
        if request.uri().path() == "/0" && request.method() != http::Method::OPTIONS {
            *response.status_mut() = http::StatusCode::TEMPORARY_REDIRECT;
            let to = request.uri().query().unwrap_or_default();
            response.headers_mut().insert("location", to.parse().unwrap());
        }
        response
    };
    for (page, to, expected, in_firefox) in [
        ("https://api.shop.example", "/1", ["same-origin", "same-origin"], "same-origin"),
        ("https://app.shop.example", "/1", ["same-site", "same-site"], "cross-site"),
        ("https://app.shop.example", "https://app.shop.example/1", ["same-site", "same-site"], "cross-site"),
        ("https://app.shop.example", "https://other.example/1", ["same-site", "cross-site"], "cross-site"),
        ("https://other.example", "https://other.example/1", ["cross-site", "cross-site"], "cross-site"),
    ] {
        let fetch = Fetch::get(format!("https://api.shop.example/0?{to}"));
        let fetched = Page::of(page).fetch_blocking(&server, fetch);
        for browser in Browser::ALL {
            let sites = fetched.requests(browser).map(|request| request.headers()["sec-fetch-site"].to_str().unwrap());
            let last = if browser == Browser::Firefox { in_firefox } else { expected[1] };
            assert_eq!(sites.collect::<Vec<_>>(), [expected[0], last], "{page} {to} {}", browser.name());
        }
    }
}

#[test]
fn body_sets_content_type_and_content_length() {
    for (fetch, content_type, length) in [
        (Fetch::post("https://api.example/").text(), Some("text/plain;charset=UTF-8"), "4"),
        (Fetch::post("https://api.example/").text().content("more"), Some("text/plain;charset=UTF-8"), "4"),
        (Fetch::post("https://api.example/").form(), Some("application/x-www-form-urlencoded;charset=UTF-8"), "10"),
        (Fetch::post("https://api.example/").bytes(), None, "5"),
        (Fetch::post("https://api.example/").json().content("[1, 2]"), Some("application/json"), "6"),
        (Fetch::post("https://api.example/").content("[1, 2]").json(), Some("application/json"), "6"),
        (Fetch::post("https://api.example/").content("").json(), Some("application/json"), "0"),
        (Fetch::post("https://api.example/"), None, "0"),
    ] {
        let header = |name| last("https://app.example", fetch.clone(), name);
        assert_eq!(header("content-type").as_deref(), content_type, "{fetch}");
        assert_eq!(header("content-length").as_deref(), Some(length), "{fetch}");
    }
}
