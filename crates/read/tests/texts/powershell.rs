//! Commands of PowerShell, as developer tools, API clients and people write them.

use fetch_cors::browser::request::CredentialsMode;
use fetch_cors_read::{Form, MistakeKind, NoteKind, PageBody, read};

use crate::common::{exchange, headers};

fn mistakes(text: &str) -> Vec<(usize, usize, MistakeKind)> {
    let error = match read(text.as_bytes()) {
        Err(error) => error,
        other => panic!("{text}\n{other:?}"),
    };
    assert_eq!(error.form, Some(Form::PowerShell), "{text}");
    error.mistakes.iter().map(|mistake| (mistake.place.line, mistake.place.column, mistake.kind)).collect()
}

const URL: &str = "https://api.example/a";

#[test]
fn commands_are_read() {
    let text = |text: &str| Some(PageBody::Text(text.into()));
    for (command, method, lines, body) in [
        ("Invoke-WebRequest https://api.example/a", "GET", &[][..], None),
        ("iwr 'https://api.example/a' -Method put", "PUT", &[], None),
        ("PS C:\\Users\\me> irm https://api.example/a -CustomMethod PURGE", "PURGE", &[], None),
        (
            "$r = Invoke-RestMethod -Uri:\"https://api.example/a\" -Met Delete\n$r.items | Format-Table",
            "DELETE",
            &[],
            None,
        ),
        (
            "invoke-restmethod \"https://api.example/a\" -Headers @{ \"X-A\"=\"1\"; 'X-B' = 'it''s' }",
            "GET",
            &["X-A: 1", "X-B: it's"],
            None,
        ),
        (
            "Invoke-WebRequest -Uri https://api.example/a `\n  -Method POST `\r\n  -ContentType \"application/json\" `\n  -Body \"{`\"a`\":`\"$([char]233)`\"}\"",
            "POST",
            &["Content-Type: application/json"],
            text("{\"a\":\"\u{E9}\"}"),
        ),
        (
            "irm https://api.example/a -Method Post -Body @{ a = 1 }",
            "POST",
            &["Content-Type: application/x-www-form-urlencoded"],
            text(""),
        ),
        ("irm https://api.example/a -Body @{ a = 1 }", "GET", &[], None),
        (
            "$headers = @{\n    Authorization = \"Bearer abc\"  # ours\n    'X-A' = \"1\"\n}\n$body = @{ a = @{ b = 1 } } | ConvertTo-Json\n\nInvoke-RestMethod -Uri https://api.example/a -Method Patch -Headers $headers -Body $body -ContentType application/json\n",
            "PATCH",
            &["Authorization: Bearer abc", "X-A: 1", "Content-Type: application/json"],
            text(""),
        ),
        // As an API client writes it.
        (
            "$headers = New-Object \"System.Collections.Generic.Dictionary[[String],[String]]\"\n$headers.Add(\"Content-Type\", \"application/json\")\n$headers.Add(\"X-A\", \"1\")\n\n$body = @\"\n{\n    `\"a`\": 1\n}\n\"@\n\n$response = Invoke-RestMethod 'https://api.example/a' -Method 'POST' -Headers $headers -Body $body\n$response | ConvertTo-Json",
            "POST",
            &["Content-Type: application/json", "X-A: 1"],
            text("{\n    \"a\": 1\n}"),
        ),
        (
            "$base = 'https://api.example'\n$h = @{}\n$h['X-A'] = '1'\n(iwr \"$base/a\" -Headers $h).Content",
            "GET",
            &["X-A: 1"],
            None,
        ),
        (
            "irm https://api.example/a -Token $t -Authentication Bearer",
            "GET",
            &["Authorization: Bearer \u{2026}"],
            None,
        ),
        ("irm https://api.example/a -Method Post -Form @{ f = Get-Item a }", "POST", &[], Some(PageBody::FormData)),
        (
            "irm https://api.example/a -Method Put -Body ([System.Text.Encoding]::UTF8.GetBytes(\"x\")) -ContentType text/plain",
            "PUT",
            &["Content-Type: text/plain"],
            text("x"),
        ),
    ] {
        let read = exchange(command);
        assert_eq!(read.form, Form::PowerShell, "{command}");
        assert_eq!(read.request.url.as_deref(), Some(URL), "{command}");
        assert_eq!(read.request.method.as_deref(), Some(method), "{command}");
        assert_eq!(headers(&read), lines, "{command}");
        assert_eq!(read.request.body, body, "{command}");
    }
}

#[test]
fn a_session_has_the_browsers_headers_and_cookies() {
    let text = "$session = New-Object Microsoft.PowerShell.Commands.WebRequestSession\n\
                $session.UserAgent = \"Mozilla/5.0 (X11)\"\n\
                $session.Cookies.Add((New-Object System.Net.Cookie(\"sid\", \"1\", \"/\", \"api.example\")))\n\
                Invoke-WebRequest -UseBasicParsing -Uri \"https://api.example/a\" `\n-WebSession $session `\n-Headers @{\n\
                \"origin\"=\"https://app.example\"\n  \"sec-ch-ua\"=\"`\"A`\";v=`\"8`\"\"\n  \"x-a\"=\"`$1\"\n}\n\n\
                HTTP/1.1 200 OK\nvary: a\n\n";
    let read = exchange(text);
    assert_eq!(read.request.origin.as_deref(), Some("https://app.example"));
    assert_eq!(read.request.credentials, Some(CredentialsMode::Include));
    assert_eq!(headers(&read), ["x-a: $1"]);
    assert_eq!(read.heads.len(), 1);
}

#[test]
fn expressions_that_are_not_data_are_noted_or_mistakes() {
    let read = exchange(
        "irm https://api.example/a -Method Post -Body (Get-Content a.json -Raw) -Headers @{ A = \"Bearer $t\" }",
    );
    let supposed = |kind: &NoteKind| matches!(kind, NoteKind::ExpressionSupposed(_));
    assert_eq!(read.notes.iter().filter(|note| supposed(&note.kind)).count(), 2);
    for (text, expected) in [
        ("irm $uri", (1, 5, MistakeKind::ShellExpansion)),
        ("irm \"https://$domain/a\"", (1, 5, MistakeKind::ShellExpansion)),
        ("irm https://api.example/a -Headers $headers", (1, 36, MistakeKind::NotData)),
        ("irm https://api.example/a -Nothing 1", (1, 27, MistakeKind::UnknownOption)),
        ("irm https://api.example/a -Method", (1, 27, MistakeKind::OptionValue)),
        ("irm https://api.example/a -InFile a", (1, 35, MistakeKind::FromFile)),
        ("irm -Method Get", (1, 1, MistakeKind::NoUrl)),
        ("irm \"https://api.example/a", (1, 5, MistakeKind::QuoteOpen)),
        ("irm https://api.example/a -Headers @{ a = 'b'\n", (1, 46, MistakeKind::CallSyntax)),
    ] {
        assert_eq!(mistakes(text).first(), Some(&expected), "{text}");
    }
}

#[test]
fn text_that_only_resembles_a_command_is_not_one() {
    for text in ["$ curl https://api.example/a", "$x = 1\n\ncurl https://api.example/a"] {
        assert_eq!(exchange(text).form, Form::CurlCommand, "{text}");
    }
}
