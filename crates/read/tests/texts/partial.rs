//! Texts that have a part of an exchange, and marks of the places where they were.

use fetch_cors_read::{Form, MistakeKind, NoteKind};

use crate::common::{error, exchange, head, mistake, shapes, statuses};

#[test]
fn fences_may_be_on_the_lines_of_their_text() {
    let command = "curl -i https://api.example/a -H 'Origin: https://app.example'";
    for text in [
        format!("```{command}```"),
        format!("``` {command} ```\n"),
        format!("```{command}\n```"),
        format!("```\n{command}```\n"),
        format!("```bash\n{command}\n```\nWhy?\n"),
        format!("I tried `{command}` and it fails"),
        format!("Request:\n\n`{command}`\n\nAnswer:\n\n```\nHTTP/2 200\nvary: a\n```\n"),
        format!("- `{command}`\n"),
    ] {
        // A command in a sentence is prose.
        if text.starts_with("I tried") {
            assert_eq!(error(text.as_bytes()).mistakes[0].kind, MistakeKind::UnknownForm, "{text}");
            continue;
        }
        let read = exchange(&text);
        assert_eq!(
            (read.form, read.request.origin.as_deref()),
            (Form::CurlCommand, Some("https://app.example")),
            "{text}"
        );
        assert_eq!(statuses(&read).len(), usize::from(text.contains("HTTP/2")), "{text}");
    }
    let read = exchange("```HTTP/1.1 403 Forbidden\nVary: a\n```\nand\n```HTTP/2 200\n```\n");
    assert_eq!(statuses(&read), [403, 200]);
}

#[test]
fn objects_may_have_labels_and_layers() {
    for text in [
        "Headers: {'Vary': 'Origin', 'X-A': '1'}\n",
        "Response headers: {\n  \"Vary\": \"Origin\",\n  \"X-A\": \"1\"\n}\n",
        "LOG  Response: {\"status\": 200, \"headers\": {\"map\": {\"Vary\": \"Origin\", \"X-A\": \"1\"}}}\n",
        "{\"Response Headers (12 B)\":{\"headers\":[{\"name\":\"Vary\",\"value\":\"Origin\"},{\"name\":\"X-A\",\"value\":\"1\"}]}}\n",
    ] {
        for text in shapes(text) {
            let read = exchange(&text);
            assert_eq!(
                (read.form, head(&read)),
                (Form::HeaderMap, (200, vec!["Vary: Origin".into(), "X-A: 1".into()])),
                "{text}"
            );
        }
    }
    let read = exchange("Status: 403\nHeaders: {'Vary': 'Origin'}\n");
    assert_eq!(head(&read), (403, vec!["Vary: Origin".into()]));
    let read = exchange("const config: {\n  a: 1\n};\nfetch('https://api.example/a')\n");
    assert_eq!(read.form, Form::Fetch);
}

#[test]
fn pane_of_firefox_is_read() {
    let general = "PUT\n\thttps://api.example/a\nStatus\n403\nForbidden\nVersionHTTP/2\nTransferred400 B (0 B size)\nReferrer Policystrict-origin-when-cross-origin\nRequest PriorityHighest\nDNS ResolutionSystem\n\n";
    for text in shapes(&format!("{general}\tvary\n\tOrigin\n\tx-a\n\t1\n")) {
        let read = exchange(&text);
        assert_eq!(
            (read.form, head(&read)),
            (Form::HeaderLines, (403, vec!["vary: Origin".into(), "x-a: 1".into()])),
            "{text}"
        );
        assert_eq!(
            (read.request.url.as_deref(), read.request.method.as_deref()),
            (Some("https://api.example/a"), Some("PUT")),
            "{text}"
        );
    }
}

#[test]
fn rows_with_tabs_are_headers() {
    for text in ["access-control-allow-origin\t*\nvary\tOrigin\n", "access-control-allow-origin:\t*\nvary:\tOrigin\n"] {
        for text in shapes(text) {
            assert_eq!(head(&exchange(&text)).1, ["access-control-allow-origin: *", "vary: Origin"], "{text}");
        }
    }
}

#[test]
fn status_without_headers_is_no_head() {
    let general = "Request URL: https://api.example/a\nRequest Method: PUT\nStatus Code: 403 Forbidden\nRemote Address: 192.0.2.1:443\n";
    let read = exchange(general);
    assert_eq!((read.heads.len(), read.request.url.as_deref()), (0, Some("https://api.example/a")));
    assert!(read.notes.iter().any(|note| note.kind == NoteKind::StatusAlone(403)));
    assert_eq!(mistake("Status: 403 Forbidden\n"), (MistakeKind::NoHead, 1, 1));
    for text in ["403 Forbidden\nVary: Origin\n", "403\nVary: Origin\n", "HTTP/1.1 403 Forbidden\nVary: Origin\n"] {
        assert_eq!(head(&exchange(text)), (403, vec!["Vary: Origin".into()]), "{text}");
    }
}

#[test]
fn names_of_programs_that_powershell_gives_its_command_are_read() {
    for text in [
        "curl https://api.example/a -Method PUT -Headers @{Origin='https://app.example'}",
        "PS C:\\> wget -Uri https://api.example/a -Method PUT -Headers @{ 'Origin' = 'https://app.example' } -UseBasicParsing",
    ] {
        let read = exchange(text);
        assert_eq!((read.form, read.request.method.as_deref()), (Form::PowerShell, Some("PUT")), "{text}");
        assert_eq!(read.request.origin.as_deref(), Some("https://app.example"), "{text}");
    }
    for (line, code) in [
        ("Invoke-RestMethod: Response status code does not indicate success: 403 (Forbidden).", "head-not-printed"),
        ("Invoke-WebRequest : The remote server returned an error: (403) Forbidden.", "head-not-printed"),
        ("iwr : Unable to connect to the remote server", "no-answer"),
    ] {
        let read = exchange(&format!("PS C:\\> iwr https://api.example/a\n{line}\n"));
        assert_eq!(read.notes.iter().map(|note| note.kind.code()).collect::<Vec<_>>(), [code], "{line}");
    }
    let silent =
        "--2026-11-28 10:00:00--  https://api.example/a\nHTTP request sent, awaiting response... 403 Forbidden\n";
    assert_eq!(mistake(silent), (MistakeKind::HeadNotPrinted, 2, 1));
}

#[test]
fn words_of_prose_are_no_message() {
    let fenced = "I get a CORS error.\n\n```\nHTTP/1.1 200 OK\nVary: a\n```\n";
    assert_eq!(exchange(fenced).console, []);
}
