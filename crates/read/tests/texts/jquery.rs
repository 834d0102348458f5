//! Calls of jQuery, as people write them.

use crate::common::{exchange, headers};
use fetch_cors::browser::request::{CredentialsMode, RequestMode};
use fetch_cors_read::{Api, Form, MistakeKind, PageBody, read};

const FORM: &str = "Content-Type: application/x-www-form-urlencoded; charset=UTF-8";
const JSON: &str = "Content-Type: application/json";

#[test]
fn calls_are_read() {
    let text = |text: &str| Some(PageBody::Text(text.into()));
    for (call, method, lines, body, credentials) in [
        ("$.ajax({ url: 'https://api.example/a' })", "GET", &[][..], None, None),
        (
            "jQuery.ajax('https://api.example/a', { type: 'put', success: function (data) { alert(data) } });",
            "PUT",
            &[],
            None,
            None,
        ),
        (
            "$.ajax({\n  type: \"POST\",\n  url: \"https://api.example/a\",\n  data: JSON.stringify({ a: 1 }),\n  contentType: \"application/json\",\n  dataType: \"json\",\n  crossDomain: true,\n  success: (r) => console.log(r),\n})",
            "POST",
            &[JSON],
            text(""),
            None,
        ),
        // The type is sent without a body too, so a `GET` needs a preflight.
        (
            "$.ajax({ url: 'https://api.example/a', contentType: 'application/json', data: { q: 1 } })",
            "GET",
            &[JSON],
            None,
            None,
        ),
        ("$.ajax({ url: 'https://api.example/a', method: 'POST', data: { a: 1 } })", "POST", &[FORM], text(""), None),
        (
            "$.ajax({ url: 'https://api.example/a', method: 'POST', data: new FormData(form), processData: false, contentType: false })",
            "POST",
            &[],
            Some(PageBody::FormData),
            None,
        ),
        (
            "const token = 'abc';\nvar xhr = $.ajax({ url: \"https://api.example/a\", headers: { Authorization: 'Bearer ' + token }, xhrFields: { withCredentials: true } }).done(f).fail(g);",
            "GET",
            &["Authorization: Bearer abc"],
            None,
            Some(CredentialsMode::Include),
        ),
        ("$.get('https://api.example/a', function (data) { $('#x').html(data); });", "GET", &[], None, None),
        ("$.get('https://api.example/a', { q: 1 }, f, 'json')", "GET", &[], None, None),
        ("$.getJSON(\"https://api.example/a\", { q: 1 }, (data) => { draw(data) })", "GET", &[], None, None),
        ("$.post('https://api.example/a', { a: 1 }, function (r) {}, 'json');", "POST", &[FORM], text(""), None),
        ("$.post('https://api.example/a', 'a=1')", "POST", &[FORM], text("a=1"), None),
        (
            "$.post({ url: 'https://api.example/a', headers: { 'Content-Type': 'text/plain' }, data: 'a' })",
            "POST",
            &["Content-Type: text/plain"],
            text("a"),
            None,
        ),
        (
            "$(document).ready(function () {\n  $('#b').click(function () {\n    $.ajax({ url: 'https://api.example/a', type: 'DELETE' });\n  });\n});",
            "DELETE",
            &[],
            None,
            None,
        ),
    ] {
        let read = exchange(call);
        assert_eq!(read.form, Form::JQuery, "{call}");
        assert_eq!(read.request.api, Some(Api::XmlHttpRequest), "{call}");
        assert_eq!(read.request.url.as_deref(), Some("https://api.example/a"), "{call}");
        assert_eq!(read.request.method.as_deref(), Some(method), "{call}");
        assert_eq!(headers(&read), lines, "{call}");
        assert_eq!(read.request.body, body, "{call}");
        assert_eq!(read.request.credentials, credentials, "{call}");
    }
}

#[test]
fn jsonp_and_scripts_are_elements() {
    for call in [
        "$.ajax({ url: 'https://api.example/a', dataType: 'jsonp', success: f })",
        "$.getJSON('https://api.example/a?callback=?', f)",
        "$.getScript('https://api.example/a')",
    ] {
        let request = exchange(call).request;
        assert_eq!((request.api, request.mode), (Some(Api::Element), Some(RequestMode::NoCors)), "{call}");
        assert_eq!(request.destination.as_deref(), Some("script"), "{call}");
    }
}

#[test]
fn settings_that_are_not_literals_are_mistakes() {
    for (call, column) in
        [("$.ajax(settings)", 8), ("$.ajax({ url: url })", 15), ("$.ajax('https://api.example/a', settings)", 33)]
    {
        let Err(error) = read(call.as_bytes()) else { panic!("{call}") };
        let mistake = &error.mistakes[0];
        assert_eq!((mistake.place.column, mistake.kind), (column, MistakeKind::NotData), "{call}");
    }
}
