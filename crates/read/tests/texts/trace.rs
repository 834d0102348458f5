//! What `curl --trace` and `curl --trace-ascii` print reads as what `curl -v` prints.

use fetch_cors_read::{Form, MistakeKind};

use crate::common::{exchange, mistake, shapes};

/// The rows of a part of the exchange, as text: a row ends with a line, or when it has 64 bytes.
fn ascii(part: &str) -> String {
    let (mut rows, mut at) = (Vec::new(), 0);
    for line in part.split_inclusive("\r\n") {
        let bytes = line.trim_end_matches("\r\n");
        let mut starts: Vec<usize> = (0..bytes.len()).step_by(64).collect();
        starts.extend(bytes.is_empty().then_some(0));
        let row = |start: usize| format!("{:04x}: {}\n", at + start, &bytes[start..bytes.len().min(start + 64)]);
        rows.extend(starts.into_iter().map(row));
        at += line.len();
    }
    rows.concat()
}

/// The rows as numbers: sixteen bytes in each, wherever a line ends.
fn numbers(part: &str) -> String {
    let row = |(at, bytes): (usize, &[u8])| {
        let numbers: Vec<_> = bytes.iter().map(|byte| format!("{byte:02x} ")).collect();
        let text: String = bytes
            .iter()
            .map(|byte| if byte.is_ascii_graphic() || *byte == b' ' { char::from(*byte) } else { '.' })
            .collect();
        format!("{:04x}: {:48}{text}\n", at * 16, numbers.concat())
    };
    part.as_bytes().chunks(16).enumerate().map(row).collect()
}

/// A trace of this request and of these lines of an answer, each of which is a part of its own.
fn trace(request: &str, answer: &[&str], rows: fn(&str) -> String, before: &str) -> String {
    let part = |what: &str, part: &str| format!("{before}{what}, {0} bytes (0x{0:x})\n{1}", part.len(), rows(part));
    let received: Vec<_> = answer.iter().map(|line| part("<= Recv header", &format!("{line}\r\n"))).collect();
    [
        format!("{before}== Info: Connected to api.example (127.0.0.1) port 80\n"),
        part("=> Send header", request),
        part("=> Send data", "{\"a\": 1}\n"),
        received.concat(),
        part("<= Recv data", "HTTP/1.1 500 No\r\n"),
        format!("{before}== Info: Closing connection\n"),
    ]
    .concat()
}

#[test]
fn trace_reads_as_the_lines_of_curl_v() {
    for length in [0, 20, 40, 49, 50, 51, 52, 53, 54, 64, 150, 300] {
        let long = "a".repeat(length);
        let request = format!(
            "PUT /{long} HTTP/1.1\r\nHost: api.example\r\nOrigin: https://app.example\r\nX-Long: {long}\r\n\r\n"
        );
        let header = format!("X-Length: {long}");
        let answer = ["HTTP/1.1 200 OK", "Access-Control-Allow-Origin: *", &header, ""];
        let sign = |lines: &str, sign| {
            lines
                .split("\r\n")
                .take_while(|line| !line.is_empty())
                .map(|line| format!("{sign} {line}\n"))
                .collect::<Vec<_>>()
                .concat()
        };
        let verbose = format!(
            "* Connected to api.example (127.0.0.1) port 80 \n{}>\n{}<\n",
            sign(&request, '>'),
            sign(&answer.join("\r\n"), '<')
        );
        let expected = exchange(&verbose);
        assert_eq!((expected.heads.len(), expected.form), (1, Form::VerboseCurl));
        for rows in [ascii, numbers] {
            for before in ["", "10:20:30.123456 ", "10:20:30.123456 [0-0] "] {
                for text in shapes(&trace(&request, &answer, rows, before)) {
                    let read = exchange(&text);
                    assert_eq!((read.form, &read.request), (expected.form, &expected.request), "{text}");
                    let lines = |read: &fetch_cors_read::Exchange| {
                        read.heads.iter().map(|head| (head.status, head.lines.clone())).collect::<Vec<_>>()
                    };
                    assert_eq!(lines(&read), lines(&expected), "{text}");
                }
            }
        }
    }
}

#[test]
fn lines_of_a_trace_keep_their_numbers() {
    let text = "$ curl --trace-ascii - http://api.example/\n== Info: Trying\n<= Recv header, 17 bytes (0x11)\n0000: HTTP/1.1 200 OK\n<= Recv header, 7 bytes (0x7)\n0000: no colon\n";
    let (kind, line, _) = mistake(text);
    assert_eq!((kind, line), (MistakeKind::NoColon, 6));
}
