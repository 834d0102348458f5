//! The parts of a request that a server reads, and responses that already have headers.

use std::hint::black_box;

use fetch_cors::{
    header::{AnswerSink, PairSink},
    server::{Disclosure, OriginPattern, Policy},
};

use super::{BYTES, Growth, Hostile, LONG, Line, MANY, Prepared, joined, leak_str, list, names, repeat};

static LISTS: Policy<'static> = Policy::builder(&[OriginPattern::new("https://*.app.example")])
    .methods("PUT, DELETE")
    .request_headers("authorization, content-type")
    .exposed_headers("x-a, x-b")
    .credentials()
    .max_age_seconds(7200)
    .build_or_panic();

static MIRRORS: Policy<'static> = Policy::builder(&[OriginPattern::new("https://*.app.example")])
    .methods("*")
    .request_headers("*, authorization")
    .credentials()
    .build_or_panic();

static TELLS_LITTLE: Policy<'static> = Policy::builder(&[OriginPattern::new("https://*.app.example")])
    .methods("PUT, DELETE")
    .request_headers("authorization, content-type")
    .disclosure(Disclosure::Minimal)
    .build_or_panic();

static EXPOSES: Policy<'static> =
    Policy::builder(&[OriginPattern::new("https://*.app.example")]).credentials().expose_own_headers().build_or_panic();

const ASKED: &str = "access-control-request-headers";

pub const ALL: &[Hostile] = &[
    Hostile::new("bytes of commas in `Access-Control-Request-Headers`, lists", BYTES, Growth::None, |bytes| {
        preflight(&LISTS, vec![(ASKED, repeat(",", bytes).as_bytes())])
    }),
    Hostile::new("bytes of commas in `Access-Control-Request-Headers`, mirrored", BYTES, Growth::None, |bytes| {
        preflight(&MIRRORS, vec![(ASKED, repeat(",", bytes).as_bytes())])
    }),
    Hostile::new("bytes of commas in `Access-Control-Request-Headers`, minimal", BYTES, Growth::None, |bytes| {
        preflight(&TELLS_LITTLE, vec![(ASKED, repeat(",", bytes).as_bytes())])
    }),
    Hostile::new("tokens in `Access-Control-Request-Headers`, minimal", MANY, Growth::None, |tokens| {
        preflight(&TELLS_LITTLE, vec![(ASKED, joined(&names(tokens)).as_bytes())])
    }),
    Hostile::new("bytes of commas that are mirrored", [1024, 4096], Growth::Linear, |bytes| {
        preflight(&MIRRORS, vec![(ASKED, repeat(",", bytes).as_bytes())])
    }),
    Hostile::new("bytes of commas that are compared", [1024, 4096], Growth::Linear, |bytes| {
        preflight(&TELLS_LITTLE, vec![(ASKED, repeat(",", bytes).as_bytes())])
    }),
    Hostile::new("lines of `Access-Control-Request-Headers`, mirrored", MANY, Growth::Linear, |lines| {
        preflight(&MIRRORS, vec![(ASKED, b"x-a"); lines])
    }),
    Hostile::new("lines of a request, decided", MANY, Growth::Linear, |lines| {
        preflight(&LISTS, names(lines).into_iter().map(|name| (name, &b"1"[..])).collect())
    }),
    Hostile::new("lines of a request, mirrored", MANY, Growth::Linear, |lines| {
        preflight(&MIRRORS, names(lines).into_iter().map(|name| (name, &b"1"[..])).collect())
    }),
    Hostile::new("lines of `Origin`", MANY, Growth::Linear, |lines| {
        preflight(&LISTS, vec![("origin", b"https://a.app.example"); lines])
    }),
    Hostile::new("bytes of `Origin`, decided", LONG, Growth::None, |bytes| {
        let value = leak_str(format!("https://{}.app.example", repeat("a", bytes)));
        work(&LISTS, "GET", vec![("origin", value.as_bytes())], Vec::new())
    }),
    Hostile::new("bytes of blanks in `Access-Control-Request-Headers`, mirrored", LONG, Growth::None, |bytes| {
        preflight(&MIRRORS, vec![(ASKED, repeat(" ", bytes).as_bytes())])
    }),
    Hostile::new("bytes of blanks in `Access-Control-Request-Headers`, minimal", LONG, Growth::None, |bytes| {
        preflight(&TELLS_LITTLE, vec![(ASKED, repeat(" ", bytes).as_bytes())])
    }),
    Hostile::new("bytes of blanks in `Origin`, decided", LONG, Growth::None, |bytes| {
        work(&LISTS, "GET", vec![("origin", repeat(" ", bytes).as_bytes())], Vec::new())
    }),
    Hostile::new("bytes of blanks in `Origin`, mapped", LONG, Growth::None, |bytes| {
        mapped(&LISTS, "GET", &[("origin", repeat(" ", bytes).as_bytes())])
    }),
    Hostile::new("bytes of blanks in `Access-Control-Request-Headers`, mapped", LONG, Growth::None, |bytes| {
        let lines = [
            ("origin", &b"https://a.app.example"[..]),
            ("access-control-request-method", b"PUT"),
            (ASKED, repeat(" ", bytes).as_bytes()),
        ];
        mapped(&MIRRORS, "OPTIONS", &lines)
    }),
    Hostile::new("bytes of blanks in `Access-Control-Request-Method`, mirrored", LONG, Growth::None, |bytes| {
        let lines = vec![
            ("origin", &b"https://a.app.example"[..]),
            ("access-control-request-method", repeat(" ", bytes).as_bytes()),
        ];
        work(&MIRRORS, "OPTIONS", lines, Vec::new())
    }),
    Hostile::new("bytes of `Access-Control-Request-Method`, mirrored", LONG, Growth::None, |bytes| {
        let lines = vec![
            ("origin", &b"https://a.app.example"[..]),
            ("access-control-request-method", repeat("A", bytes).as_bytes()),
        ];
        work(&MIRRORS, "OPTIONS", lines, Vec::new())
    }),
    Hostile::new("bytes of commas in a response's `Vary`", BYTES, Growth::Linear, |bytes| {
        response(&LISTS, vec![("vary", repeat(",", bytes).as_bytes())])
    }),
    Hostile::new("tokens in a response's `Vary`", MANY, Growth::Linear, |tokens| {
        response(&LISTS, vec![("vary", joined(&names(tokens)).as_bytes())])
    }),
    Hostile::new("lines of a response's `Vary`", MANY, Growth::Linear, |lines| {
        response(&LISTS, vec![("vary", &b"accept"[..]); lines])
    }),
    Hostile::new("lines of a response, written into", MANY, Growth::Linear, |lines| {
        response(&LISTS, names(lines).into_iter().map(|name| (name, &b"1"[..])).collect())
    }),
    Hostile::new("lines of a response, all exposed", MANY, Growth::Linear, |lines| {
        response(&EXPOSES, names(lines).into_iter().map(|name| (name, &b"1"[..])).collect())
    }),
    Hostile::new("equal lines of a response, all exposed", MANY, Growth::Linear, |lines| {
        response(&EXPOSES, vec![("x-header-00001", &b"1"[..]); lines])
    }),
];

fn preflight(policy: &'static Policy<'static>, more: Vec<Line>) -> Prepared {
    let mut lines: Vec<Line> = vec![("origin", b"https://a.app.example"), ("access-control-request-method", b"PUT")];
    lines.extend(more);
    work(policy, "OPTIONS", lines, Vec::new())
}

fn response(policy: &'static Policy<'static>, response: Vec<Line>) -> Prepared {
    work(policy, "GET", vec![("origin", b"https://a.app.example")], response)
}

/// Decides, formats the refusal, and writes into a response that already has these lines.
fn work(policy: &'static Policy<'static>, method: &'static str, request: Vec<Line>, response: Vec<Line>) -> Prepared {
    let (request, bytes) = list(request);
    let bytes = bytes + response.iter().map(|(name, value)| name.len() + value.len()).sum::<usize>();
    let mut memory = vec![("", &b""[..]); 2 * response.len() + 16];
    let work = move || {
        memory.iter_mut().zip(&response).for_each(|(place, line)| *place = *line);
        let mut sink = PairSink::with_headers(&mut memory, response.len());
        let decision = policy.decide(method, black_box(request));
        black_box((decision.refusal(), decision.request_kind()));
        write(&mut sink, |sink| decision.write(sink).is_ok());
    };
    Prepared { bytes, work: Box::new(work) }
}

/// Decides about the request of a header map, and writes into an empty response.
fn mapped(policy: &'static Policy<'static>, method: &'static str, request: &[Line]) -> Prepared {
    let bytes = request.iter().map(|(name, value)| name.len() + value.len()).sum::<usize>();
    let mut map = http::HeaderMap::new();
    for (name, value) in request {
        map.append(*name, http::HeaderValue::from_bytes(value).expect("it is a value"));
    }
    let map: &'static http::HeaderMap = Box::leak(Box::new(map));
    let work = move || {
        let mut response = http::HeaderMap::with_capacity(16);
        let decision = policy.decide(method, black_box(map).into());
        black_box((decision.refusal(), decision.request_kind()));
        write(&mut response, |response| decision.write(response).is_ok());
    };
    Prepared { bytes, work: Box::new(work) }
}

fn write<'v, S: AnswerSink<'v>>(sink: &mut S, write: impl FnOnce(&mut S) -> bool) {
    assert!(black_box(write(sink)), "there is room");
    black_box(sink.count(fetch_cors::header::HeaderName::VARY));
}
