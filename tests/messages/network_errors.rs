//! The texts of failed fetches.

use fetch_cors::{
    browser::{
        Environment, NoCache, Profile, RequestInit,
        cross_origin_resource_policy::{EmbedderPolicy, ResourcePolicy},
        fetch,
        request::{BodyInit, Duplex, RedirectMode, RequestMode},
    },
    header::Headers,
};

use crate::exchange::{API, Head, INCLUDE, PAGE, failure, get, in_mode, of_browser, put, request, standard};

/// Checks that the preflights for requests of `init` fail in this way with these answers.
#[track_caller]
fn preflights_fail(init: RequestInit<'_>, rows: &[(&str, &str, &str)]) {
    for (head, step, text) in rows {
        let expected = ((*step).to_owned(), format!("response to the preflight: {text}"));
        assert_eq!(failure(request(init, API), standard(), &[head]), expected, "{head}");
    }
}

#[test]
fn preflight_failures_have_their_step_and_text() {
    let (step, text) = failure(request(put(), API), standard(), &[]);
    assert_eq!((&*step, &*text), ("6", "response to the preflight: no response"));
    let lines: [(&str, &[u8]); 2] = [("Authorization", b"Bearer abc"), ("X-A", b"1")];
    let init = RequestInit { headers: Headers::from_pairs(&lines), ..put() };
    preflights_fail(
        init,
        &[
            ("204", "2", "no `Access-Control-Allow-Origin`"),
            (
                "204\naccess-control-allow-origin: https://b.example",
                "4",
                "`Access-Control-Allow-Origin` is `https://b.example`, not `https://app.example`",
            ),
            ("204\naccess-control-allow-origin: app", "4", "`Access-Control-Allow-Origin` is not an origin: `app`"),
            (
                "204\naccess-control-allow-origin: *\naccess-control-allow-origin: a",
                "4",
                "`Access-Control-Allow-Origin` occurs several times: `*, a`",
            ),
            (
                "204\naccess-control-allow-origin: https://app.example, https://b.example",
                "4",
                "`Access-Control-Allow-Origin` has several values: `https://app.example, https://b.example`",
            ),
            ("404\naccess-control-allow-origin: *", "7", "status 404 is not from 200 to 299"),
            ("302\naccess-control-allow-origin: *", "7", "status 302 is not from 200 to 299"),
            (
                "302\naccess-control-allow-origin: *\nlocation: /",
                "7",
                "status 302 redirects, and preflights follow no redirect",
            ),
            (
                "204\naccess-control-allow-origin: *\naccess-control-allow-methods: PUT, a b",
                "7.3",
                "`Access-Control-Allow-Methods` has `a b`, which is not a token at byte 1",
            ),
            (
                "204\naccess-control-allow-origin: *\naccess-control-allow-headers: x-a;x-b",
                "7.3",
                "`Access-Control-Allow-Headers` has `x-a;x-b`, which is not a token at byte 3",
            ),
            ("204\naccess-control-allow-origin: *", "7.5", "`Access-Control-Allow-Methods` does not allow `PUT`"),
            (
                "204\naccess-control-allow-origin: *\naccess-control-allow-methods: *\naccess-control-allow-headers: x-a",
                "7.6",
                "`Access-Control-Allow-Headers` does not name `authorization`",
            ),
            (
                "204\naccess-control-allow-origin: *\naccess-control-allow-methods: *\naccess-control-allow-headers: *",
                "7.6",
                "`Access-Control-Allow-Headers` does not name `authorization`: its `*` does not cover it",
            ),
            (
                "204\naccess-control-allow-origin: *\naccess-control-allow-methods: *\naccess-control-allow-headers: \
                 authorization",
                "7.7",
                "`Access-Control-Allow-Headers` does not allow `x-a`",
            ),
        ],
    );
}

#[test]
fn preflight_failures_with_credentials_have_their_step_and_text() {
    let lines: [(&str, &[u8]); 1] = [("X-A", b"1")];
    let init = RequestInit { headers: Headers::from_pairs(&lines), credentials: INCLUDE, ..put() };
    let allowed = format!("204\naccess-control-allow-origin: {PAGE}");
    let with = |line: &str| format!("{allowed}\naccess-control-allow-credentials: {line}");
    preflights_fail(
        init,
        &[
            (
                "204\naccess-control-allow-origin: *",
                "4",
                "`Access-Control-Allow-Origin` is `*`, which no request with credentials accepts",
            ),
            (&allowed, "8", "no `Access-Control-Allow-Credentials`, which a request with credentials needs"),
            (&with("TRUE"), "8", "`Access-Control-Allow-Credentials` is `TRUE`, not `true`"),
            (
                &with("true\naccess-control-allow-methods: *"),
                "7.5",
                "`Access-Control-Allow-Methods` does not allow `PUT`: with credentials, its `*` is not a wildcard",
            ),
            (
                &with("true\naccess-control-allow-methods: PUT\naccess-control-allow-headers: *"),
                "7.7",
                "`Access-Control-Allow-Headers` does not allow `x-a`: with credentials, its `*` is not a wildcard",
            ),
        ],
    );
}

#[test]
fn main_fetch_failures_have_their_step_and_text() {
    let same_origin = in_mode(RequestMode::SameOrigin);
    let no_cors = in_mode(RequestMode::NoCors);
    for (init, url, step, text) in [
        (same_origin, API, "12, \"same-origin\"", "cross-origin URL in mode `same-origin`"),
        (
            RequestInit { redirect: RedirectMode::Error, ..no_cors },
            API,
            "12, \"no-cors\", 1",
            "redirect mode `error` in mode `no-cors`, which only follows",
        ),
        (get(), "ftp://api.example/items", "12, not an HTTP(S) scheme", "scheme `ftp` is not fetched with CORS"),
        (
            RequestInit { method: "POST", ..get() },
            "blob:https://app.example/7",
            "3–4",
            "`blob:` URLs are fetched with `GET` alone",
        ),
        (no_cors, "ftp://api.example/items", "3–4", "nothing is fetched from `ftp:` URLs like this"),
    ] {
        let expected = (step.to_owned(), format!("request: {text}"));
        assert_eq!(failure(request(init, url), standard(), &[]), expected, "{url}");
    }
}

#[test]
fn response_failures_have_their_step_and_text() {
    let no_cors = in_mode(RequestMode::NoCors);
    let embedding = Environment { embedder_policy: EmbedderPolicy::RequireCorp, ..standard() };
    for (init, environment, heads, step, text) in [
        (get(), standard(), &[][..], "4.3", "response: no response"),
        (get(), standard(), &["200"], "2", "response: no `Access-Control-Allow-Origin`"),
        (
            get(),
            of_browser(&Profile::CHROMIUM),
            &["407\naccess-control-allow-origin: *"],
            "16.1",
            "response: status 407, and no user is asked for a name and a password",
        ),
        (
            put(),
            of_browser(&Profile::CHROMIUM),
            &["407\naccess-control-allow-origin: *"],
            "16.1",
            "response to the preflight: status 407, and no user is asked for a name and a password",
        ),
        (
            no_cors,
            standard(),
            &["200\ncross-origin-resource-policy: same-origin"],
            "5",
            "response: `Cross-Origin-Resource-Policy` is `same-origin`, which the page is not",
        ),
        (
            no_cors,
            standard(),
            &["200\ncross-origin-resource-policy: same-site"],
            "5",
            "response: `Cross-Origin-Resource-Policy` is `same-site`, which the page is not",
        ),
        (
            no_cors,
            embedding,
            &["200"],
            "5",
            "response: no `Cross-Origin-Resource-Policy`, which the embedder policy of the page demands",
        ),
    ] {
        let expected = (step.to_owned(), text.to_owned());
        assert_eq!(failure(request(init, API), environment, heads), expected, "{heads:?}");
    }
    assert_eq!(ResourcePolicy::CrossOrigin.to_string(), "cross-origin");
}

#[test]
fn redirect_failures_have_their_step_and_text() {
    let stream = RequestInit { method: "POST", body: Some(BodyInit::Stream), duplex: Some(Duplex::Half), ..get() };
    let to = |location: &str| format!("307\naccess-control-allow-origin: *\nlocation: {location}");
    let around = to(API);
    for (init, heads, step, text) in [
        (
            RequestInit { redirect: RedirectMode::Error, ..get() },
            vec![&*around],
            "6.3, \"error\"",
            "status 307 redirects, and the redirect mode is `error`",
        ),
        (get(), vec![&*to("/a\nlocation: /b")], "5", "several `Location` headers: `/a, /b`"),
        (get(), vec![&*to("https://")], "5", "`Location` is not a URL: `https://`"),
        (get(), vec![&*to("ftp://a.example/")], "6", "redirect to a URL of scheme `ftp`, which is not HTTP(S)"),
        (get(), vec![&*around; 21], "7", "more than 20 redirects"),
        (get(), vec![&*to("https://me@a.example/")], "9–10", "redirect to a URL with a user name or password"),
        (
            stream,
            vec!["204\naccess-control-allow-origin: *\naccess-control-allow-headers: content-type", &around],
            "11",
            "a stream cannot be sent again",
        ),
    ] {
        let expected = (step.to_owned(), format!("redirect: {text}"));
        assert_eq!(failure(request(init, API), standard(), &heads), expected, "{heads:?}");
    }
    // Twenty redirects are followed, and then the network fails.
    assert_eq!(failure(request(get(), API), standard(), &[&*around; 20]).1, "response: no response");
}

#[test]
fn status_401_for_a_stream_body_fails_when_sent_again_with_a_password() {
    let body = Some(BodyInit::Stream);
    let init = RequestInit { method: "POST", body, duplex: Some(Duplex::Half), mode: RequestMode::SameOrigin, ..get() };
    let url = "https://app.example/items";
    let action = fetch(request(init, url), standard(), &mut NoCache, core::time::Duration::ZERO).unwrap();
    let fetch_cors::browser::Action::SendRequest(awaiting) = action else { panic!("{action:?}") };
    let head = Head::parse("401");
    let error = awaiting.prompts_for_credentials(&head.response()).unwrap_err();
    assert_eq!((error.step().number, &*error.to_string()), ("15.2.1", "response: a stream cannot be sent again"));
    assert_eq!(awaiting.prompts_for_credentials(&Head::parse("403").response()), Ok(false));
}
