//! The answers of a `const` policy.

use fetch_cors::{
    header::{Headers, PairSink},
    server::{MAX_ANSWER_LINES, OriginPattern, Policy},
};

use crate::Report;

/// The policy of the server.
pub(crate) static POLICY: Policy<'static> =
    Policy::builder(&[OriginPattern::new("https://*.app.example"), OriginPattern::new("http://localhost:*")])
        .methods("PUT, DELETE")
        .request_headers("content-type, authorization")
        .exposed_headers("etag")
        .credentials()
        .max_age_seconds(600)
        .build_or_panic();

struct Case {
    id: &'static str,
    method: &'static str,
    headers: &'static [(&'static str, &'static [u8])],
    status: Option<u16>,
    answer: &'static [(&'static str, &'static [u8])],
}

const PREFLIGHT: &[(&str, &[u8])] = &[
    ("Origin", b"https://eu.app.example"),
    ("Access-Control-Request-Method", b"PUT"),
    ("Access-Control-Request-Headers", b"content-type"),
];

#[rustfmt::skip]
static CASES: &[Case] = &[
    Case {
        id: "a preflight is answered", method: "OPTIONS", headers: PREFLIGHT, status: Some(204),
        answer: &[
            ("access-control-allow-origin", b"https://eu.app.example"),
            ("access-control-allow-credentials", b"true"),
            ("access-control-allow-methods", b"PUT, DELETE"),
            ("access-control-allow-headers", b"content-type, authorization"),
            ("access-control-max-age", b"600"),
            ("vary", b"origin"),
        ],
    },
    Case {
        id: "a preflight from elsewhere is refused", method: "OPTIONS", status: Some(403),
        headers: &[("origin", b"https://app.example"), ("access-control-request-method", b"PUT")],
        answer: &[("vary", b"origin")],
    },
    Case {
        id: "OPTIONS without a method asked for is the application's", method: "OPTIONS", status: None,
        headers: &[("origin", b"http://localhost:3000")],
        answer: &[
            ("access-control-allow-origin", b"http://localhost:3000"),
            ("access-control-allow-credentials", b"true"),
            ("access-control-expose-headers", b"etag"),
            ("vary", b"origin"),
        ],
    },
    Case {
        id: "no page of ours", method: "GET", status: None, headers: &[("origin", b"https://eu.app.example.evil.example")],
        answer: &[("vary", b"origin")],
    },
    Case { id: "no page", method: "GET", status: None, headers: &[("accept", b"*/*")], answer: &[("vary", b"origin")] },
    Case {
        id: "two origins", method: "GET", status: None,
        headers: &[("origin", b"https://eu.app.example"), ("Origin", b"https://eu.app.example")],
        answer: &[("vary", b"origin")],
    },
    Case {
        id: "no origin at all", method: "GET", status: None, headers: &[("origin", b"\xff\x00")],
        answer: &[("vary", b"origin")],
    },
    Case {
        id: "a port past 65535", method: "GET", status: None, headers: &[("origin", b"http://localhost:65536")],
        answer: &[("vary", b"origin")],
    },
];

pub(crate) fn run(report: &mut Report<'_>) {
    for case in CASES {
        let mut memory = [("", &b""[..]); MAX_ANSWER_LINES];
        let mut sink = PairSink::new(&mut memory);
        let decision = POLICY.decide(case.method, Headers::from_pairs(case.headers));
        report.expect("policy", case.id, (decision.write(&mut sink), decision.status()), (Ok(()), case.status));
        let mut answer = sorted(case.answer);
        let mut found = sorted(sink.pairs());
        report.expect("policy", case.id, found.next(), answer.next());
        report.expect("policy", case.id, found.eq(answer), true);
    }
}

/// The lines, sorted by name. No name occurs twice in these answers.
fn sorted<'a>(pairs: &'a [(&'a str, &'a [u8])]) -> impl Iterator<Item = (&'a str, &'a [u8])> {
    let mut last = "";
    core::iter::from_fn(move || {
        let next = pairs.iter().filter(|(name, _)| *name > last).min()?;
        last = next.0;
        Some(*next)
    })
}
