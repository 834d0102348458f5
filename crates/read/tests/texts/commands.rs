//! Commands that another command starts, and commands that end with an error.

use fetch_cors_read::{Form, MistakeKind, NoteKind};

use crate::common::{error, exchange, mistake, statuses};

const HEAD: &str = "HTTP/2 200\nvary: a\n\n[]\n";

#[test]
fn command_that_another_starts_is_read() {
    let before = [
        "",
        "time ",
        "sudo ",
        "docker exec -it web ",
        "docker run --rm curlimages/",
        "docker compose exec api ",
        "/usr/bin/",
        "kubectl exec -n prod deploy/api -- ",
        "kubectl run t --rm -it --image=curlimages/curl -- ",
        "A=b ",
        "HTTPS_PROXY= sudo ",
        "cd /tmp && ",
        "env A=b ",
        "timeout 5 ",
        "/usr/bin/time -v ",
        "+ ",
        "! ",
        "    - run: ",
        "for i in 1 2; do ",
    ];
    for before in before {
        for prompt in ["", "$ ", "me@host:~/x$ ", "[me@host ~]# ", "PS C:\\> ", "\u{276F} "] {
            for command in ["curl -i -X PUT 'https://api.example/a'", "wget -S --method=PUT https://api.example/a"] {
                let text = format!("{prompt}{before}{command}\n{HEAD}");
                let read = exchange(&text);
                let expected = if command.starts_with("curl") { Form::CurlCommand } else { Form::WgetCommand };
                assert_eq!((read.form, statuses(&read)), (expected, vec![200]), "{text}");
                assert_eq!(read.request.url.as_deref(), Some("https://api.example/a"), "{text}");
                assert_eq!(read.request.method.as_deref(), Some("PUT"), "{text}");
            }
        }
    }
}

#[test]
fn command_in_quotes_ends_with_them() {
    for text in [
        "ssh me@host 'curl -i https://api.example/a'",
        "$ kubectl exec x -- sh -c \"curl -i https://api.example/a -H 'X-A: 1'\" | head",
    ] {
        let read = exchange(&format!("{text}\n{HEAD}"));
        assert_eq!(
            (read.request.url.as_deref(), statuses(&read)),
            (Some("https://api.example/a"), vec![200]),
            "{text}"
        );
    }
}

#[test]
fn prose_and_bodies_are_no_commands() {
    for text in
        ["time curl took was long", "see libcurl https://curl.example/", "cd curl and then go", "with wget it works"]
    {
        assert_eq!(error(text.as_bytes()).mistakes[0].kind, MistakeKind::UnknownForm, "{text}");
    }
    // After a prompt, a command has one.
    let read = exchange("$ curl -i https://api.example/a\nHTTP/2 200\n\ntime curl https://api.example/b\n");
    assert_eq!(read.request.url.as_deref(), Some("https://api.example/a"));
}

#[test]
fn error_of_a_command_is_noted_beside_its_request() {
    let command = "$ curl https://api.example/a\n";
    for line in [
        "curl: (7) Failed to connect to api.example port 443 after 0 ms: Couldn't connect to server",
        "curl: (6) Could not resolve host: api.example",
        "curl: (60) SSL certificate problem: self-signed certificate",
        "wget: unable to resolve host address \u{2018}api.example\u{2019}",
        "Connecting to localhost (localhost)|127.0.0.1|:1... failed: Connection refused.",
        "http: error: ConnectionError: refused",
    ] {
        for text in [
            format!("{command}{line}\n"),
            format!("{command}*   Trying 127.0.0.1:443...\n* Closing connection\n{line}\n"),
        ] {
            let read = exchange(&text);
            let notes: Vec<_> = read.notes.iter().filter(|note| matches!(note.kind, NoteKind::NoAnswer(_))).collect();
            assert_eq!((notes.len(), read.request.url.as_deref()), (1, Some("https://api.example/a")), "{text}");
        }
        assert_eq!(mistake(line).0, MistakeKind::NoAnswer, "{line}");
        assert_eq!(mistake(&format!("*   Trying 127.0.0.1:443...\n{line}\n")), (MistakeKind::NoAnswer, 2, 1), "{line}");
    }
    let refused = "curl: (22) The requested URL returned error: 403";
    let codes = |text: &str| exchange(text).notes.iter().map(|note| note.kind.code()).collect::<Vec<_>>();
    assert_eq!(codes(&format!("{command}{refused}\n")), ["head-not-printed"]);
    assert_eq!(mistake(refused), (MistakeKind::HeadNotPrinted, 1, 1));
    assert_eq!(
        codes(&format!("* Trying\n> GET / HTTP/2\n> Host: a.example\n>\n< HTTP/2 403\n<\n{refused}\n")),
        ["command-failed"]
    );
}
