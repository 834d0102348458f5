//! Why a script can or cannot read a header.

use fetch_cors::browser::{
    Environment, FilteredResponse, Profile, RequestInit,
    filter::Visibility,
    request::{RedirectMode, RedirectTaint, RequestMode},
    timing_allow::TimingAllow,
};

use crate::exchange::{API, Head, INCLUDE, PAGE, get, in_mode, request, run, standard};

fn reported(response: FilteredResponse<'_>) -> Vec<String> {
    let reported = response.verdicts().map(|(header, visibility)| {
        assert_eq!(response.visibility(header.name), visibility, "{header:?}");
        match visibility {
            Visibility::Shown(because) => format!("{}: shown: {because}", header.name),
            Visibility::Hidden(because) => format!("{}: hidden: {because}", header.name),
        }
    });
    reported.collect()
}

/// The verdict on the last header of a response. Its other lines grant the access.
fn last(init: RequestInit<'_>, url: &str, head: &str) -> (String, String) {
    let text = head.replacen(
        '\n',
        &format!("\naccess-control-allow-origin: {PAGE}\naccess-control-allow-credentials: true\n"),
        1,
    );
    let heads = [Head::parse(&text)];
    let response = run(request(init, url), standard(), &heads).unwrap();
    (response.response_type().to_string(), reported(response).pop().unwrap())
}

#[test]
fn each_response_header_is_shown_or_hidden_with_its_reason() {
    let include = RequestInit { credentials: INCLUDE, ..get() };
    let own = "https://app.example/items";
    for (init, url, head, response_type, text) in [
        (get(), own, "200\nx-a: 1", "basic", "x-a: shown: same origin"),
        (get(), own, "200\nset-cookie: 1", "basic", "set-cookie: hidden: no script reads this header"),
        (get(), API, "200\ncache-control: no-store", "cors", "cache-control: shown: CORS-safelisted"),
        (
            get(),
            API,
            "200\naccess-control-expose-headers: X-A\nx-a: 1",
            "cors",
            "x-a: shown: listed in `Access-Control-Expose-Headers`",
        ),
        (
            get(),
            API,
            "200\naccess-control-expose-headers: *\nx-a: 1",
            "cors",
            "x-a: shown: covered by `*` in `Access-Control-Expose-Headers`",
        ),
        (get(), API, "200\nx-a: 1", "cors", "x-a: hidden: not listed in `Access-Control-Expose-Headers`"),
        (
            include,
            API,
            "200\naccess-control-expose-headers: x-b\nx-a: 1",
            "cors",
            "x-a: hidden: not listed in `Access-Control-Expose-Headers`",
        ),
        (
            get(),
            API,
            "200\naccess-control-expose-headers: a b, x-a\nx-a: 1",
            "cors",
            "x-a: hidden: `Access-Control-Expose-Headers` does not parse, so it says nothing",
        ),
        (
            include,
            API,
            "200\naccess-control-expose-headers: x-b, *\nx-a: 1",
            "cors",
            "x-a: hidden: with credentials, `*` in `Access-Control-Expose-Headers` is not a wildcard",
        ),
        (in_mode(RequestMode::NoCors), API, "200\nx-a: 1", "opaque", "x-a: hidden: the response is opaque"),
        (
            RequestInit { redirect: RedirectMode::Manual, ..get() },
            API,
            "302\nx-a: 1",
            "opaqueredirect",
            "x-a: hidden: the response is opaque",
        ),
    ] {
        assert_eq!(last(init, url, head), (response_type.to_owned(), text.to_owned()), "{head}");
    }
}

#[test]
fn filtered_response_has_the_type_status_and_url_that_a_script_may_read() {
    let to = |url: &str| format!("302\naccess-control-allow-origin: *\nlocation: {url}");
    let there = to("https://b.example/items#part");
    let back = to("https://c.example/items");
    let environment: Environment<'_> = standard();
    let of = |init: RequestInit<'static>, heads: &[&str]| {
        let heads: Vec<Head<'_>> = heads.iter().map(|head| Head::parse(head)).collect();
        let response = run(request(init, API), environment, &heads).unwrap();
        let status = response.internal_status().as_u16();
        (response.status(), status, response.url().to_owned(), response.redirects(), response.redirect_taint())
    };
    let read = of(get(), &[&there, "200\naccess-control-allow-origin: *"]);
    assert_eq!(read, (200, 200, "https://b.example/items".to_owned(), 1, RedirectTaint::CrossSite));
    let read = of(get(), &[&there, &back, "200\naccess-control-allow-origin: *"]);
    assert_eq!(read, (200, 200, "https://c.example/items".to_owned(), 2, RedirectTaint::CrossSite));
    let read = of(get(), &["404\naccess-control-allow-origin: *"]);
    assert_eq!(read, (404, 404, API.to_owned(), 0, RedirectTaint::SameOrigin));
    let read = of(in_mode(RequestMode::NoCors), &[&there, "201"]);
    assert_eq!(read, (0, 201, String::new(), 0, RedirectTaint::CrossSite));
    let manual = RequestInit { redirect: RedirectMode::Manual, ..get() };
    assert_eq!(of(manual, &[&there]), (0, 302, API.to_owned(), 0, RedirectTaint::SameOrigin));
}

#[test]
fn expose_headers_that_does_not_parse_is_reported() {
    let heads = [Head::parse("200\naccess-control-allow-origin: *\naccess-control-expose-headers: a, b c")];
    let response = run(request(get(), API), standard(), &heads).unwrap();
    let error = response.unparsable_expose_headers().unwrap();
    let text = "`access-control-expose-headers` has the element `b c`, which is not a token at byte 1";
    assert_eq!((&*error.to_string(), error.follows_wildcard()), (text, false));
    assert_eq!(response.timing_allow(), TimingAllow::Failed);
    let heads = [Head::parse("200\naccess-control-allow-origin: *\ntiming-allow-origin: *")];
    let response = run(request(get(), API), Environment::new(&Profile::WEBKIT), &heads).unwrap();
    assert_eq!((response.unparsable_expose_headers(), response.timing_allow()), (None, TimingAllow::Passed));
}
