//! The two halves together: the browser half sends requests, the server half answers them, and the browser half caches
//! the answers in fixed memory.

use core::time::Duration;

use fetch_cors::{
    browser::{
        Action, Environment, Outcome, Profile, RequestInit, Response, Url,
        cache::FixedPreflightCache,
        fetch,
        request::{BodyInit, CredentialsMode},
    },
    header::{HeaderName, Headers, PairSink},
    origin::Origin,
    server::Decision,
};

use crate::{Report, Text, policy::POLICY};

type Cache = FixedPreflightCache<4, 128>;

/// One fetch: its time, its request, and its expected course.
struct Case {
    id: &'static str,
    seconds: u64,
    method: &'static str,
    path: &'static str,
    headers: &'static [(&'static str, &'static [u8])],
    course: Course,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Course {
    /// A preflight allows the request; the page reads the response.
    Asked,
    /// The cache allows the request; the page reads the response.
    Cached,
    /// There is no preflight; the page reads the response.
    Simple,
    /// The preflight fails, at the step with this number.
    Refused(&'static str),
    /// None of these.
    Lost,
}

const JSON: &[(&str, &[u8])] = &[("Content-Type", b"application/json")];
const TRACE: &[(&str, &[u8])] = &[("X-Trace", b"1")];

use Course::*;

#[rustfmt::skip]
static CASES: &[Case] = &[
    Case { id: "simple", seconds: 0, method: "GET", path: "/1", headers: &[], course: Simple },
    Case { id: "asked", seconds: 0, method: "PUT", path: "/1", headers: JSON, course: Asked },
    Case { id: "cached", seconds: 1, method: "PUT", path: "/1", headers: JSON, course: Cached },
    // The grant has all that is listed, not only what was asked for.
    Case { id: "another method", seconds: 1, method: "DELETE", path: "/1", headers: &[], course: Cached },
    Case { id: "header refused", seconds: 1, method: "PUT", path: "/1", headers: TRACE, course: Refused("7.7") },
    Case { id: "forgotten with that", seconds: 1, method: "PUT", path: "/1", headers: JSON, course: Asked },
    Case { id: "method refused", seconds: 1, method: "PATCH", path: "/2", headers: &[], course: Refused("7.5") },
    Case { id: "last second", seconds: 600, method: "PUT", path: "/1", headers: JSON, course: Cached },
    Case { id: "too old", seconds: 601, method: "PUT", path: "/1", headers: JSON, course: Asked },
    // Each answer makes four entries, which fill the cache.
    Case { id: "another URL", seconds: 602, method: "PUT", path: "/2", headers: JSON, course: Asked },
    Case { id: "still there", seconds: 602, method: "PUT", path: "/2", headers: JSON, course: Cached },
    Case { id: "made room", seconds: 602, method: "PUT", path: "/1", headers: JSON, course: Asked },
];

pub(crate) fn run(report: &mut Report<'_>) {
    let mut cache = Cache::new();
    for case in CASES {
        let found = converse(case, &mut cache).unwrap_or(Lost);
        report.expect("conversation", case.id, found, case.course);
    }
}

fn converse(case: &Case, cache: &mut Cache) -> Option<Course> {
    let now = Duration::from_secs(case.seconds);
    let mut href = Text::<64>::new();
    fmt_write(&mut href, format_args!("https://api.example{}", case.path))?;
    let page = Origin::parse("https://eu.app.example").ok()?;
    let init = RequestInit {
        method: case.method,
        headers: Headers::from_pairs(case.headers),
        body: (case.method == "PUT").then_some(BodyInit::Text),
        credentials: CredentialsMode::Include,
        ..RequestInit::default()
    };
    let request = init.request(Url::new(href.as_str()).ok()?, page).ok()?;
    let (awaiting, course) = match fetch(request, Environment::new(&Profile::FETCH), cache, now).ok()? {
        Action::SendPreflight(awaiting) => {
            let preflight = awaiting.preflight();
            let origin = Text::<64>::of(&preflight.origin);
            let names = Text::<256>::of(&preflight.access_control_request_headers);
            let lines = [
                ("origin", origin.as_bytes()),
                ("access-control-request-method", preflight.access_control_request_method.as_str().as_bytes()),
                ("access-control-request-headers", names.as_bytes()),
            ];
            let Decision::AnswerPreflight(answer) = POLICY.decide("OPTIONS", Headers::from_pairs(&lines)) else {
                return None;
            };
            let mut memory = [("", &b""[..]); 12];
            let mut sink = PairSink::new(&mut memory);
            answer.write(&mut sink).ok()?;
            let response = Response::new(answer.status(), Headers::from_pairs(sink.pairs())).ok()?;
            match awaiting.on_response(&response, cache, now) {
                Ok(awaiting) => (awaiting, Asked),
                Err(error) => return Some(Refused(error.step().number)),
            }
        }
        Action::SendRequest(awaiting) => {
            let simple = case.method == "GET" && case.headers.is_empty();
            (awaiting, if simple { Simple } else { Cached })
        }
        Action::FetchScheme(..) => return None,
    };
    let origin = Text::<64>::of(&awaiting.outgoing().origin()?);
    let lines = [("origin", origin.as_bytes())];
    let Decision::Handle(headers) = POLICY.decide(case.method, Headers::from_pairs(&lines)) else { return None };
    let mut memory = [("", &b""[..]); 12];
    memory[0] = ("ETag", b"\"1\"");
    memory[1] = ("X-Powered-By", b"magic");
    let mut sink = PairSink::with_headers(&mut memory, 2);
    headers.write(&mut sink).ok()?;
    let response = Response::new(200, Headers::from_pairs(sink.pairs())).ok()?;
    let Ok(Outcome::Response(response)) = awaiting.on_response(&response, cache) else { return None };
    let etag = HeaderName::new("etag").ok()?;
    let reads_etag = response.headers().any(|header| header.name == etag);
    let reads_more = response.headers().any(|header| header.name.as_str() == "X-Powered-By");
    (reads_etag && !reads_more).then_some(course)
}

fn fmt_write(text: &mut Text<64>, arguments: core::fmt::Arguments<'_>) -> Option<()> {
    core::fmt::write(text, arguments).ok()
}
