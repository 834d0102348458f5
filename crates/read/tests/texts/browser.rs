//! Requests of elements and of APIs other than `fetch()`, and calls whose beginning is not in the text.

use fetch_cors::browser::request::{CredentialsMode, RequestMode};
use fetch_cors_read::{Api, Form, MistakeKind, NoteKind, PageBody, read};

use crate::common::{error, exchange, headers, mistake, shapes};

#[test]
fn elements_have_their_destination_and_their_mode() {
    use RequestMode::{Cors, Navigate, NoCors};
    for (tag, destination, mode, includes) in [
        ("<img src=\"https://cdn.example/a\">", "image", NoCors, false),
        ("<img alt='' crossorigin src='https://cdn.example/a' />", "image", Cors, false),
        ("<IMG CROSSORIGIN=anonymous SRC=https://cdn.example/a>", "image", Cors, false),
        ("<img\n  src=\"https://cdn.example/a\"\n  crossorigin=\"use-credentials\"\n/>", "image", Cors, true),
        ("<script src=\"https://cdn.example/a\" async></script>", "script", NoCors, false),
        ("<script type=\"module\" src=\"https://cdn.example/a\"></script>", "script", Cors, false),
        ("<link rel=\"stylesheet\" href=\"https://cdn.example/a\" crossorigin>", "style", Cors, false),
        ("<link rel=\"preload\" as=\"font\" type=\"font/woff2\" href=\"https://cdn.example/a\">", "font", Cors, false),
        ("<link rel=\"modulepreload\" href=\"//cdn.example/a\">", "script", Cors, false),
        ("<video src=\"https://cdn.example/a\" controls></video>", "video", NoCors, false),
        ("<iframe src=\"https://cdn.example/a\"></iframe>", "iframe", Navigate, false),
    ] {
        for text in shapes(&format!("{tag}\n")) {
            let request = exchange(&text).request;
            assert_eq!((request.api, request.mode), (Some(Api::Element), Some(mode)), "{text}");
            assert_eq!(
                (request.url.as_deref(), request.destination.as_deref()),
                (Some("https://cdn.example/a"), Some(destination)),
                "{text}"
            );
            assert_eq!(request.credentials, includes.then_some(CredentialsMode::Include), "{text}");
        }
    }
    let relative = exchange("<img src=\"/a.png\" crossorigin>");
    assert_eq!((relative.request.url, &relative.notes[0].kind), (None, &NoteKind::RelativeUrl("/a.png".into())));
    assert_eq!(mistake("<img src=\"https://{{host}}/a.png\" crossorigin>").0, MistakeKind::NotData);
}

#[test]
fn documents_and_other_tags_are_no_elements() {
    let document = b"<!doctype html>\n<html>\n<img src=\"https://cdn.example/a\">\n<script src=\"https://cdn.example/b\"></script>\n</html>\n";
    assert_eq!(error(document).mistakes[0].kind, MistakeKind::Body);
    for text in [
        "<img",
        "<img>",
        "<a href=\"https://api.example/\">a</a>",
        "<div src='https://api.example/'>",
        "<img src=\"https://api.example/",
        "< img src=a>",
    ] {
        assert_eq!(error(text.as_bytes()).mistakes[0].kind, MistakeKind::UnknownForm, "{text}");
    }
    // A multi-byte character at the end of what is looked at.
    assert!(read(format!("<img alt=\"{}\u{e4}", "a".repeat(4_085)).as_bytes()).is_err());
}

#[test]
fn other_calls_of_browsers_are_read() {
    for (call, form, api) in [
        ("new EventSource('https://api.example/a')", Form::EventSource, Api::EventSource),
        (
            "const source = new EventSource('https://api.example/a', { withCredentials: false });\nsource.onmessage = f;",
            Form::EventSource,
            Api::EventSource,
        ),
        ("navigator.sendBeacon('https://api.example/a', data)", Form::Beacon, Api::Beacon),
        ("if (!window.navigator.sendBeacon('https://api.example/a')) { log() }", Form::Beacon, Api::Beacon),
        ("const socket = new WebSocket('https://api.example/a');", Form::WebSocket, Api::WebSocket),
    ] {
        for code in [call.to_owned(), format!("function start() {{\n  {call}\n}}\n")] {
            let read = exchange(&code);
            assert_eq!((read.form, read.request.api, read.request.credentials), (form, Some(api), None), "{code}");
            assert_eq!(read.request.url.as_deref(), Some("https://api.example/a"), "{code}");
        }
    }
    let source = exchange("new EventSource('https://api.example/a', { withCredentials: true })");
    assert_eq!(source.request.credentials, Some(CredentialsMode::Include));
    let beacon =
        exchange("navigator.sendBeacon('https://api.example/a', new Blob([data], { type: 'application/json' }))");
    assert_eq!(
        (beacon.request.body.as_ref(), headers(&beacon)),
        (Some(&PageBody::Blob("application/json".into())), vec!["Content-Type: application/json".into()])
    );
}

#[test]
fn request_that_is_made_elsewhere_is_read_from_its_opening() {
    for code in [
        "xhr.open('PUT', 'https://api.example/a', true);\nxhr.setRequestHeader('X-A', '1');\nxhr.withCredentials = true;\nxhr.send(b);",
        "request.open(\"put\", \"https://api.example/a\");\nrequest.setRequestHeader(\"X-A\", \"1\");\nrequest.withCredentials = true;",
    ] {
        let read = exchange(code);
        assert_eq!((read.form, headers(&read)), (Form::XmlHttpRequest, vec!["X-A: 1".into()]), "{code}");
        assert_eq!(read.request.credentials, Some(CredentialsMode::Include), "{code}");
    }
    assert!(read(b"window.open('https://api.example/a', '_blank')").is_err());
}
