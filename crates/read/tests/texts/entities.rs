//! Texts from the source of a page read as what the page shows.

use fetch_cors_read::{MistakeKind, NoteKind, read};

use crate::common::{error, exchange, head, mistake, shapes};

const COMMAND: &str = "curl -i \"https://api.example/a?b=1&c=2\" -H 'Origin: https://app.example' -X PUT\n";
const VERBOSE: &str = "* Connected to api.example (192.0.2.1) port 443\n> PUT /a HTTP/2\n> Host: api.example\n>\n< HTTP/2 403\n< vary: a\n<\n";
const CONSOLE: &str = "Access to fetch at 'https://api.example/a' from origin 'https://app.example' has been blocked by CORS policy: No 'Access-Control-Allow-Origin' header is present on the requested resource.\n";
const CALL: &str = "fetch(\"https://api.example/a\", { method: 'PUT', headers: { \"X-A\": '1' } })\n";

/// Each character that an escape may replace, by its name or its number.
fn escaped(text: &str) -> [String; 3] {
    let text = text.replace('&', "&amp;");
    let angles = text.replace('<', "&lt;").replace('>', "&gt;");
    [
        angles.replace('"', "&quot;").replace('\'', "&#39;"),
        angles.replace('"', "&#34;").replace('\'', "&apos;"),
        text.replace('"', "&#x22;").replace('\'', "&#x27;").replace('<', "&#60;").replace('>', "&#62;"),
    ]
}

#[test]
fn escaped_text_reads_as_the_text_with_a_note() {
    for text in [COMMAND, VERBOSE, CONSOLE, CALL] {
        let expected = exchange(text);
        for escaped in escaped(text).iter().flat_map(|text| shapes(text)) {
            let mut read = exchange(&escaped);
            let note = read.notes.remove(0);
            assert_eq!(note.kind, NoteKind::EntitiesDecoded, "{escaped}");
            assert_eq!((&read.request, read.form), (&expected.request, expected.form), "{escaped}");
            let statuses = |read: &fetch_cors_read::Exchange| {
                read.heads.iter().map(|head| (head.status, head.lines.clone())).collect::<Vec<_>>()
            };
            assert_eq!(
                (statuses(&read), read.console.len()),
                (statuses(&expected), expected.console.len()),
                "{escaped}"
            );
        }
    }
}

#[test]
fn text_that_makes_sense_as_it_is_keeps_its_entities() {
    let read = exchange("curl 'https://api.example/a?b=1&amp;c=2' -d 'd=&quot;'");
    assert_eq!(read.request.url.as_deref(), Some("https://api.example/a?b=1&amp;c=2"));
    let read = exchange("HTTP/1.1 200 OK\nX-A: &lt;a&gt;\n\n&quot;\n");
    assert_eq!((head(&read).1, read.notes.len()), (vec!["X-A: &lt;a&gt;".to_owned()], 0));
}

#[test]
fn mistake_in_an_escaped_text_has_its_place_there() {
    let (kind, line, column) = mistake("It fails:\n\n```\n&lt; HTTP/1.1 200 OK\n&lt; A &amp; B: 1\n```\n");
    assert_eq!((kind, line, column), (MistakeKind::HeaderName, 5, 1));
    assert_eq!(mistake("fetch(&quot;https://api.example/a&quot;, options)"), (MistakeKind::NotData, 1, 42));
    assert_eq!(error(b"&quot;it does not work&quot;").mistakes[0].kind, MistakeKind::UnknownForm);
    assert!(read(b"&quot; &#0; &#1114112; &#x; &; &quot").is_err());
}

#[test]
fn notes_of_a_connection_alone_are_a_mistake() {
    let text = "*   Trying 192.0.2.1:443...\n* Connected to api.example (192.0.2.1) port 443\n* Closing connection\n";
    assert_eq!(mistake(text), (MistakeKind::NoHead, 1, 1));
}
