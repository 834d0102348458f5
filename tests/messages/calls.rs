//! The exceptions that calls of a page throw.

use fetch_cors::{
    browser::{
        Request, RequestInit, Url, XhrInit,
        request::{BodyInit, CacheMode, Duplex, RedirectMode, RequestError, RequestMode},
        route::{Scheme, scheme_fetch},
    },
    header::Headers,
    origin::Origin,
};

use crate::exchange::{API, Head, PAGE, get, in_mode, request, run, standard};

fn reported(made: Result<Request<'_>, RequestError<'_>>) -> (String, String) {
    let error = made.unwrap_err();
    (error.step.to_string(), error.to_string())
}

const CONSTRUCTOR: &str = "https://fetch.spec.whatwg.org/#dom-request";

#[test]
fn fetch_call_with_bad_arguments_fails_at_the_constructors_step() {
    let bad_name: [(&str, &[u8]); 1] = [("X A", b"1")];
    let bad_value: [(&str, &[u8]); 1] = [("X-A", b"1\n2")];
    let (stream, duplex) = (Some(BodyInit::Stream), Some(Duplex::Half));
    for (init, url, step, text) in [
        (get(), "https://me@api.example/", "5.3", "the URL has a user name or a password"),
        (in_mode(RequestMode::Navigate), API, "17", "the mode `navigate` is the browser's own"),
        (RequestInit { method: "A B", ..get() }, API, "25.2", "`A B`: method is not a token at byte 1"),
        (RequestInit { method: "Trace", ..get() }, API, "25.2", "the method `Trace` is forbidden"),
        (
            RequestInit { method: "put", ..in_mode(RequestMode::NoCors) },
            API,
            "32.1",
            "the mode `no-cors` has no method `PUT`",
        ),
        (
            RequestInit { headers: Headers::from_pairs(&bad_name), ..get() },
            API,
            "33.5",
            "`X A`: header name is not a token at byte 1",
        ),
        (
            RequestInit { headers: Headers::from_pairs(&bad_value), ..get() },
            API,
            "33.5",
            "`X-A`: header value has a NUL, CR or LF at byte 1",
        ),
        (RequestInit { body: Some(BodyInit::Text), ..get() }, API, "35", "a `GET` has no body"),
        (
            RequestInit { method: "POST", body: stream, duplex, ..in_mode(RequestMode::NoCors) },
            API,
            "39.2",
            "a stream is not sent in mode `no-cors`",
        ),
        (
            RequestInit { method: "POST", body: stream, ..get() },
            API,
            "39.1",
            "a stream is sent with `duplex: \"half\"` alone",
        ),
        (
            RequestInit { cache: CacheMode::OnlyIfCached, ..get() },
            API,
            "21",
            "the cache mode `only-if-cached` has no mode `cors`, but `same-origin`",
        ),
        (
            RequestInit { mode: RequestMode::WebSocket, redirect: RedirectMode::Error, ..get() },
            API,
            "1",
            "scripts have no mode `websocket`",
        ),
    ] {
        let (url, page) = (Url::new(url).unwrap(), Origin::parse(PAGE).unwrap());
        let (of, what) = reported(init.request(url, page));
        assert_eq!(what, text);
        assert!(of.contains(&format!(", step {step} ({CONSTRUCTOR}")), "{of}");
    }
}

#[test]
fn xhr_call_with_bad_arguments_fails_at_the_methods_step() {
    let bad_name: [(&str, &[u8]); 1] = [("", b"1")];
    for (init, step, text) in [
        (XhrInit { method: "", ..XhrInit::default() }, "2", "``: method is not a token at byte 0"),
        (XhrInit { method: "CONNECT", ..XhrInit::default() }, "3", "the method `CONNECT` is forbidden"),
        (
            XhrInit { headers: Headers::from_pairs(&bad_name), ..XhrInit::default() },
            "4",
            "``: header name is not a token at byte 0",
        ),
    ] {
        let (url, page) = (Url::new(API).unwrap(), Origin::parse(PAGE).unwrap());
        let error = init.request(url, page).unwrap_err();
        assert_eq!((error.step.number, &*error.to_string()), (step, text));
    }
}

#[test]
fn blob_type_outside_printable_ascii_gives_no_content_type() {
    for (given, content_type) in [
        ("", None),
        ("text/plain", Some("text/plain")),
        (" ~", Some(" ~")),
        ("text/pl\u{e4}in", None),
        ("text/plain\t", None),
        ("\u{7f}", None),
    ] {
        assert_eq!(BodyInit::Blob(given).content_type(), content_type.map(str::as_bytes), "{given:?}");
    }
}

#[test]
fn websocket_urls_are_fetched_as_http_in_mode_websocket_alone() {
    let origin = Origin::parse(PAGE).unwrap();
    for url in ["ws://api.example/", "wss://api.example/"] {
        let request = Request::new(Url::new(url).unwrap(), origin);
        assert_eq!(scheme_fetch(&request.with_mode(RequestMode::WebSocket)), Ok(Scheme::Http));
        let error = scheme_fetch(&request.with_mode(RequestMode::NoCors)).unwrap_err();
        assert_eq!(error.step().number, "3–4");
    }
}

#[test]
fn redirect_mode_manual_shows_the_redirect_to_a_navigation_alone() {
    let init = RequestInit { redirect: RedirectMode::Manual, ..get() };
    let heads = [Head::parse("302\naccess-control-allow-origin: *\nlocation: /a")];
    let manual = request(init, "https://app.example/");
    for (mode, status) in [(RequestMode::Navigate, 302), (RequestMode::SameOrigin, 0)] {
        assert_eq!(run(manual.with_mode(mode), standard(), &heads).unwrap().status(), status, "{mode}");
    }
}
