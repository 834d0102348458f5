//! Lines with a prefix each, as logs, diffs and numbered listings have.

use fetch_cors_read::MistakeKind;

use crate::common::{error, exchange, mistake, shapes, statuses};

const HEAD: &str = "HTTP/1.1 403 Forbidden\nVary: Origin\nAccess-Control-Allow-Origin: *\nX-A: 1\n";
const VERBOSE: &str = "> PUT /a HTTP/1.1\n> Host: api.example\n> Origin: https://app.example\n>\n< HTTP/1.1 403 Forbidden\n< Vary: Origin\n< Access-Control-Allow-Origin: *\n< X-A: 1\n<\n";
const LINES: &str = "Access-Control-Allow-Origin: *\nVary: Origin\nX-A: 1\n";

/// The text, with a prefix for each line that may depend on its number.
fn prefixed(text: &str, prefix: fn(usize) -> String) -> String {
    text.lines().enumerate().map(|(number, line)| format!("{}{line}\n", prefix(number))).collect::<Vec<_>>().concat()
}

#[test]
fn prefixes_of_lines_are_left_out() {
    let prefixes: [fn(usize) -> String; 9] = [
        |number| format!("2026-11-28T10:00:0{number}.123Z "),
        |number| format!("[2026-11-28 10:00:0{number}] DEBUG http: "),
        |_| "web_1  | ".into(),
        |number| format!("api-7d9f-x2 2026-11-28 10:00:0{number} stdout F "),
        |number| format!("{:>3}  ", number + 8),
        |_| "+".into(),
        |_| "// ".into(),
        |number| format!("{number:04}| "),
        |_| "# ".into(),
    ];
    for prefix in prefixes {
        for (text, status) in [(HEAD, 403), (VERBOSE, 403), (LINES, 200)] {
            // The signs of diffs and comments are those of lists and titles, too.
            if prefix(0).len() < 4 && text == LINES {
                continue;
            }
            for text in shapes(&prefixed(text, prefix)) {
                let read = exchange(&text);
                let lines = read.heads[0].lines.len();
                assert_eq!((statuses(&read), lines), (vec![status], 3), "{text}\n{read:?}");
            }
        }
    }
}

#[test]
fn mistake_after_a_prefix_has_its_column() {
    assert_eq!(mistake("web_1 | HTTP/1.1 200 OK\nweb_1 | A B: 1\nweb_1 |\n"), (MistakeKind::HeaderName, 2, 9));
}

#[test]
fn times_are_no_names_of_headers() {
    for text in
        ["10:00:01 the server starts\n10:00:02 it listens\n", "2026-11-28T10:00:00Z start\n2026-11-28T10:00:01Z stop\n"]
    {
        assert_eq!(error(text.as_bytes()).mistakes[0].kind, MistakeKind::UnknownForm, "{text}");
    }
}
