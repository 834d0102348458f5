//! The work that both benchmarks measure.

use std::{fmt::Write as _, hint::black_box};

use fetch_cors::{
    browser::{Profile, cors_unsafe_request_header_names},
    header::{HeaderSink, Headers, PairSink},
    server::{Decision, OriginPattern, OwnedPolicy, Policy, PolicyConfig},
};
use http::{HeaderMap, HeaderName, HeaderValue};

/// A piece of work that can be done again and again.
pub(crate) struct Work {
    pub(crate) name: String,
    prepare: Box<dyn Fn() -> Repeat>,
}

pub(crate) type Repeat = Box<dyn FnMut()>;

impl Work {
    fn new(name: impl Into<String>, prepare: impl Fn() -> Repeat + 'static) -> Self {
        Work { name: name.into(), prepare: Box::new(prepare) }
    }

    /// Makes what the work needs, and gives the work itself.
    pub(crate) fn prepare(&self) -> Repeat {
        (self.prepare)()
    }
}

/// How many origins a policy has in [`all`].
pub(crate) const EXACT_ORIGINS: [usize; 4] = [1, 100, 10_000, 100_000];
pub(crate) const WILDCARDS: [usize; 2] = [1, 10_000];

/// How many headers a request has in [`all`].
pub(crate) const HEADERS: [usize; 3] = [10, 100, 1000];

pub(crate) fn all() -> Vec<Work> {
    let exact = |number: usize| format!("https://app-{number:06}.example");
    let wildcard = |number: usize| format!("https://*.tenant-{number:06}.example");
    let mut all = Vec::new();
    for count in EXACT_ORIGINS {
        all.push(look_up(format!("look-up: one of {count} origins"), count, exact, exact));
        all.push(look_up(format!("look-up: none of {count} origins"), count, exact, move |number| {
            exact(999_999 - number)
        }));
    }
    for count in WILDCARDS {
        let subdomain = |number: usize| format!("https://a.b.tenant-{number:06}.example");
        all.push(look_up(format!("look-up: one of {count} wildcards"), count, wildcard, subdomain));
        all.push(look_up(format!("look-up: none of {count} wildcards"), count, wildcard, move |number| {
            subdomain(999_999 - number)
        }));
    }
    for (name, request) in REQUESTS {
        all.push(Work::new(format!("{name}: const, pairs"), move || answer_pairs(Form::Borrowed, request)));
        all.push(Work::new(format!("{name}: owned, pairs"), move || answer_pairs(Form::Owned, request)));
        all.push(Work::new(format!("{name}: owned, map"), move || answer_map(request)));
    }
    for count in HEADERS {
        all.push(Work::new(format!("unsafe names: of {count} headers"), move || unsafe_names(count)));
    }
    all
}

fn leak<T>(value: T) -> &'static T {
    Box::leak(Box::new(value))
}

/// Looks 16 origins up, from the first to the last, in turn.
fn look_up<P, O>(name: String, count: usize, pattern: P, origin: O) -> Work
where
    P: Fn(usize) -> String + 'static,
    O: Fn(usize) -> String + 'static,
{
    Work::new(name, move || {
        let policy = PolicyConfig::new((0..count).map(&pattern)).credentials().build().expect("the patterns are right");
        let origins: Vec<String> = (0..16).map(|part| origin((count - 1) * part / 15)).collect();
        let mut turns = (0..origins.len()).cycle();
        Box::new(move || {
            if let Some(origin) = turns.next().and_then(|turn| origins.get(turn)) {
                black_box(policy.allows_origin(black_box(origin.as_bytes())));
            }
        })
    })
}

static BORROWED: Policy<'static> = Policy::builder(&[
    OriginPattern::new("https://app.example"),
    OriginPattern::new("https://*.app.example"),
    OriginPattern::new("http://localhost:*"),
])
.methods("PUT, DELETE")
.request_headers("authorization, content-type")
.credentials()
.max_age_seconds(7200)
.build_or_panic();

#[derive(Clone, Copy)]
enum Form {
    Borrowed,
    Owned,
}

type Lines = &'static [(&'static str, &'static [u8])];

#[derive(Clone, Copy)]
struct Request {
    method: &'static str,
    lines: Lines,
}

const REQUESTS: [(&str, Request); 5] = [
    ("request, allowed", Request { method: "GET", lines: &request(b"https://app.example") }),
    ("request, refused", Request { method: "GET", lines: &request(b"https://other.example") }),
    ("request without `Origin`", Request { method: "GET", lines: split_request(&request(b"")) }),
    ("preflight, allowed", Request { method: "OPTIONS", lines: &preflight(b"https://app.example") }),
    ("preflight, refused", Request { method: "OPTIONS", lines: &preflight(b"https://other.example") }),
];

/// As a browser sends it, `Origin` last.
const fn request(origin: &'static [u8]) -> [(&'static str, &'static [u8]); 12] {
    [
        ("host", b"api.example"),
        ("connection", b"keep-alive"),
        ("authorization", b"Bearer 0123456789abcdef"),
        ("user-agent", b"Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko)"),
        ("accept", b"*/*"),
        ("sec-fetch-site", b"cross-site"),
        ("sec-fetch-mode", b"cors"),
        ("sec-fetch-dest", b"empty"),
        ("referer", b"https://app.example/"),
        ("accept-encoding", b"gzip, deflate, br, zstd"),
        ("accept-language", b"en"),
        ("origin", origin),
    ]
}

const fn split_request(lines: &'static [(&'static str, &'static [u8]); 12]) -> Lines {
    let [without_origin @ .., _] = lines;
    without_origin
}

const fn preflight(origin: &'static [u8]) -> [(&'static str, &'static [u8]); 12] {
    [
        ("host", b"api.example"),
        ("connection", b"keep-alive"),
        ("accept", b"*/*"),
        ("access-control-request-method", b"PUT"),
        ("access-control-request-headers", b"authorization,content-type"),
        ("user-agent", b"Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko)"),
        ("sec-fetch-mode", b"cors"),
        ("sec-fetch-site", b"cross-site"),
        ("sec-fetch-dest", b"empty"),
        ("accept-encoding", b"gzip, deflate, br, zstd"),
        ("accept-language", b"en"),
        ("origin", origin),
    ]
}

fn write<'a, S: HeaderSink<'a>>(decision: &Decision<'a>, sink: &mut S) {
    let written = match decision {
        Decision::AnswerPreflight(answer) => answer.write(sink),
        Decision::Handle(headers) => headers.write(sink),
        Decision::Forbid(forbidden) => forbidden.write(sink),
    };
    black_box(written.is_ok());
}

/// Decides and writes into an empty response of byte pairs.
fn answer_pairs(form: Form, request: Request) -> Repeat {
    let owned: &'static OwnedPolicy = leak(OwnedPolicy::from(&BORROWED));
    let mut memory = [("", &b""[..]); 12];
    Box::new(move || {
        let headers = Headers::from_pairs(black_box(request.lines));
        let mut sink = PairSink::new(&mut memory);
        match form {
            Form::Borrowed => write(&BORROWED.decide(black_box(request.method), headers), &mut sink),
            Form::Owned => write(&owned.decide(black_box(request.method), headers), &mut sink),
        }
        black_box(sink.pairs());
    })
}

/// Decides and writes into an empty map that has room, and empties it.
fn answer_map(request: Request) -> Repeat {
    let owned: &'static OwnedPolicy = leak(OwnedPolicy::from(&BORROWED));
    let lines = request.lines.iter().filter_map(|(name, value)| {
        Some((HeaderName::from_bytes(name.as_bytes()).ok()?, HeaderValue::from_bytes(value).ok()?))
    });
    let map: &'static HeaderMap = leak(lines.collect());
    let mut response = HeaderMap::with_capacity(16);
    Box::new(move || {
        write(&owned.decide(black_box(request.method), Headers::from(black_box(map))), &mut response);
        black_box(&response);
        response.clear();
    })
}

/// Classifies the headers of a request, none of them safelisted nor in order, and writes their names sorted.
fn unsafe_names(count: usize) -> Repeat {
    // 389 has no divisor in common with the counts, so each name stands once.
    let names = (0..count).map(|number| format!("X-Header-{:04}", number * 389 % count)).collect::<Vec<_>>();
    let names: &'static [String] = leak(names);
    let lines: &'static [(&str, &[u8])] = leak(names.iter().map(|name| (name.as_str(), &b"1"[..])).collect::<Vec<_>>());
    let mut list = String::with_capacity(16 * count);
    Box::new(move || {
        list.clear();
        let headers = Headers::from_pairs(black_box(lines));
        let written = write!(list, "{}", cors_unsafe_request_header_names(headers.into(), &Profile::FETCH));
        black_box((written.is_ok(), &list));
    })
}
