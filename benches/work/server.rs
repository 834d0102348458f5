//! Answers, from a request to the lines of its response.

#![allow(clippy::inline_always, reason = "it is what is called that is measured")]

use std::{collections::BTreeMap, hint::black_box, sync::Mutex};

use fetch_cors::{
    header::{AnswerSink, Headers, PairSink},
    server::{Decision, Disclosure, OriginPattern, OwnedPolicy, Policy, PolicyConfig},
};
use http::HeaderMap;

use super::{
    LARGE, Repeat, Work, leak, limit,
    look_up::exact,
    requests::{self, EMPTY, Lines, PLAIN, Request, UPSTREAM},
};

/// How to get a policy: one of both types, or one that is built for the measurement.
#[derive(Clone, Copy)]
enum Make {
    Borrowed(&'static Policy<'static>),
    Owned(&'static Policy<'static>),
    /// An owned policy with this many origins.
    Many(usize),
}

const THREE: &[OriginPattern<'static>] = &[
    OriginPattern::new("https://app.example"),
    OriginPattern::new("https://*.app.example"),
    OriginPattern::new("http://localhost:*"),
];

static OF_THREE: Policy<'static> = Policy::builder(THREE)
    .methods("PUT, DELETE")
    .request_headers("authorization, content-type")
    .credentials()
    .max_age_seconds(7200)
    .build_or_panic();

static OF_ONE: Policy<'static> = Policy::builder(&[OriginPattern::new("https://app.example")])
    .methods("PUT, DELETE")
    .request_headers("authorization, content-type")
    .credentials()
    .max_age_seconds(7200)
    .build_or_panic();

static OF_ANY: Policy<'static> = Policy::builder(&[OriginPattern::ANY])
    .methods("PUT, DELETE")
    .request_headers("authorization, content-type")
    .max_age_seconds(7200)
    .build_or_panic();

static MIRROR: Policy<'static> = Policy::builder(THREE)
    .methods("*")
    .request_headers("*, authorization")
    .credentials()
    .max_age_seconds(7200)
    .build_or_panic();

static MINIMAL: Policy<'static> = Policy::builder(THREE)
    .methods("PUT, DELETE")
    .request_headers("authorization, content-type")
    .credentials()
    .max_age_seconds(7200)
    .disclosure(Disclosure::Minimal)
    .build_or_panic();

const ALLOWED: &str = "https://app.example";
const SUBDOMAIN: &str = "https://eu.app.example";
const LOOPBACK: &str = "http://localhost:8080";
const REFUSED: &str = "https://other.example";
const NAMES: &str = "authorization,content-type";

pub(super) fn all() -> Vec<Work> {
    let mut all = Vec::new();
    let requests = [
        ("request, allowed", Request::actual(ALLOWED)),
        ("request, refused", Request::actual(REFUSED)),
        ("request without `Origin`", Request::without_origin()),
        ("preflight, allowed", Request::preflight(ALLOWED, NAMES)),
        ("preflight, refused", Request::preflight(REFUSED, NAMES)),
        ("request, subdomain", Request::actual(SUBDOMAIN)),
        ("request, loopback", Request::actual(LOOPBACK)),
    ];
    for (name, request) in requests {
        let forms = [("const", Make::Borrowed(&OF_THREE)), ("owned", Make::Owned(&OF_THREE))];
        for (form, make) in forms {
            all.push(Work::new(format!("{name}: {form} of 3, pairs"), move || answer_pairs(make, request, EMPTY)));
        }
        all.push(Work::new(format!("{name}: limit of 3, pairs"), move || limit_pairs(request)));
        for (response, lines) in [("map", EMPTY), ("map with 3 lines", PLAIN), ("map of an upstream", UPSTREAM)] {
            let make = Make::Owned(&OF_THREE);
            all.push(Work::new(format!("{name}: owned of 3, {response}"), move || answer_map(make, request, lines)));
            all.push(Work::new(format!("{name}: limit of 3, {response}"), move || limit_map(request, lines)));
        }
        for (response, lines) in [("pairs with 3 lines", PLAIN), ("pairs of an upstream", UPSTREAM)] {
            let make = Make::Borrowed(&OF_THREE);
            all.push(Work::new(format!("{name}: const of 3, {response}"), move || answer_pairs(make, request, lines)));
        }
    }
    for (policy, make) in [
        ("const of 1", Make::Borrowed(&OF_ONE)),
        ("owned of 1", Make::Owned(&OF_ONE)),
        ("const `*`", Make::Borrowed(&OF_ANY)),
    ] {
        for (name, request) in &requests[..5] {
            let request = *request;
            all.push(Work::new(format!("{name}: {policy}, pairs"), move || answer_pairs(make, request, EMPTY)));
        }
    }
    for count in [2, 100, 10_000, LARGE] {
        let own = |part: usize| exact((count - 1) * part / 15);
        let other = |part: usize| exact(999_999 - part);
        let preflight = |origin: &str| Request::preflight(origin, NAMES);
        for (name, requests) in [
            ("request, allowed", sixteen(|part| Request::actual(&own(part)))),
            ("request, refused", sixteen(|part| Request::actual(&other(part)))),
            ("preflight, allowed", sixteen(|part| preflight(&own(part)))),
            ("preflight, refused", sixteen(|part| preflight(&other(part)))),
        ] {
            let name = format!("{name}: owned of {count}, pairs");
            let work = Work::new(name, move || answer_in_turn(Make::Many(count), requests));
            all.push(work.of_patterns(count));
        }
    }
    all.extend(preflights());
    all
}

/// About one origin in ten is compared with a pattern that does not match it. With sixteen origins, the share is nearly
/// equal for each number of patterns.
fn sixteen(request: impl Fn(usize) -> Request) -> &'static [Request] {
    leak((0..16).map(request).collect::<Vec<_>>())
}

/// The lengths of long lists. A policy that reads lists reads the first of these.
pub const LIST_BYTES: [usize; 3] = [4096, 8192, 65_536];

/// The content of these lists.
pub const LISTS: [&str; 4] = ["of names", "of one name", "of commas", "in one word"];

fn list(what: &str, length: usize) -> String {
    let repeated = match what {
        "of names" => (0..length / 8).map(|number| format!("x-{number:05},")).collect::<Vec<_>>().concat(),
        "of one name" => "content-type,".repeat(length / 13),
        "of commas" => ",".repeat(length),
        _ => "x".repeat(length),
    };
    repeated.get(..length).unwrap_or(&repeated).to_owned()
}

/// Preflights with long lists, of policies that read the list and of one that does not.
fn preflights() -> Vec<Work> {
    let mut all = Vec::new();
    let policies = [("policy as it is", &OF_THREE), ("mirror", &MIRROR), ("minimal disclosure", &MINIMAL)];
    for (policy, make) in policies {
        let mut add = |what: &str, names: &str| {
            let request = Request::preflight(ALLOWED, names);
            let name = format!("preflight with {what}: {policy}");
            all.push(Work::new(name, move || answer_pairs(Make::Borrowed(make), request, EMPTY)));
        };
        add("2 names", NAMES);
        for length in LIST_BYTES {
            for what in LISTS {
                add(&format!("{length} bytes {what}"), &list(what, length));
            }
        }
    }
    all
}

/// A policy that is built.
#[derive(Clone, Copy)]
enum Made {
    Borrowed(&'static Policy<'static>),
    Owned(&'static OwnedPolicy),
}

impl Make {
    fn make(self) -> Made {
        match self {
            Make::Borrowed(policy) => Made::Borrowed(policy),
            Make::Owned(policy) => Made::Owned(leak(OwnedPolicy::indexed(policy))),
            Make::Many(count) => Made::Owned(policy_of_many(count)),
        }
    }
}

/// A policy with this many origins, built once.
fn policy_of_many(count: usize) -> &'static OwnedPolicy {
    static BUILT: Mutex<BTreeMap<usize, &OwnedPolicy>> = Mutex::new(BTreeMap::new());
    BUILT.lock().expect("nothing panics here").entry(count).or_insert_with(|| {
        let config = PolicyConfig::new((0..count).map(exact))
            .methods(["PUT", "DELETE"])
            .request_headers(["authorization", "content-type"])
            .credentials()
            .max_age_seconds(7200);
        leak(config.build().expect("the patterns are right"))
    })
}

#[inline(always)]
fn write<'a, S: AnswerSink<'a>>(decision: &Decision<'a>, sink: &mut S) {
    black_box(decision.write(sink).is_ok());
}

/// Decides, and writes into a response of byte pairs.
fn answer_pairs(make: Make, request: Request, response: Lines) -> Repeat {
    match make.make() {
        Made::Borrowed(policy) => pairs_work(request, response, policy),
        Made::Owned(policy) => pairs_work(request, response, policy),
    }
}

/// Decides about these requests in turn, and writes into an empty response of byte pairs.
fn answer_in_turn(make: Make, requests: &'static [Request]) -> Repeat {
    let Made::Owned(policy) = make.make() else { unreachable!("many origins are an owned policy's") };
    let mut turns = requests.iter().cycle();
    let mut memory = [("", &b""[..]); 20];
    Box::new(move || {
        if let Some(request) = turns.next() {
            let headers = Headers::from_pairs(black_box(request.lines));
            let mut sink = PairSink::new(&mut memory);
            write(&policy.decide(black_box(request.method), headers), &mut sink);
            black_box(sink.pairs());
        }
    })
}

/// A server calls this function in one place. Here are two calls, and both should be compiled as a single one would be.
trait Decide: 'static {
    fn decide(&'static self, method: &str, headers: Headers<'static>) -> Decision<'static>;
}

impl Decide for Policy<'static> {
    #[inline(always)]
    fn decide(&'static self, method: &str, headers: Headers<'static>) -> Decision<'static> {
        Policy::decide(self, method, headers)
    }
}

impl Decide for OwnedPolicy {
    #[inline(always)]
    fn decide(&'static self, method: &str, headers: Headers<'static>) -> Decision<'static> {
        OwnedPolicy::decide(self, method, headers)
    }
}

fn pairs_work(request: Request, response: Lines, policy: &'static impl Decide) -> Repeat {
    let mut memory = [("", &b""[..]); 20];
    if response.is_empty() {
        return Box::new(move || {
            let headers = Headers::from_pairs(black_box(request.lines));
            let mut sink = PairSink::new(&mut memory);
            write(&policy.decide(black_box(request.method), headers), &mut sink);
            black_box(sink.pairs());
        });
    }
    Box::new(move || {
        let headers = Headers::from_pairs(black_box(request.lines));
        memory.iter_mut().zip(response).for_each(|(slot, line)| *slot = *line);
        let mut sink = PairSink::with_headers(&mut memory, response.len());
        write(&policy.decide(black_box(request.method), headers), &mut sink);
        black_box(sink.pairs());
    })
}

fn limit_pairs(request: Request) -> Repeat {
    let mut memory = [("", &b""[..]); 12];
    Box::new(move || {
        let length = limit::pairs(black_box(request.method), black_box(request.lines), &mut memory);
        black_box(memory.get(..length));
    })
}

/// Decides, and writes into a map with enough capacity. The response is built anew each time; the least code has this
/// cost, too.
fn answer_map(make: Make, request: Request, response: Lines) -> Repeat {
    let map: &'static HeaderMap = leak(requests::map(request.lines));
    let (method, headers) = (request.method, Headers::from(map));
    match make.make() {
        Made::Borrowed(policy) => {
            map_work(response, move |sink| write(&policy.decide(black_box(method), black_box(headers)), sink))
        }
        Made::Owned(policy) => {
            map_work(response, move |sink| write(&policy.decide(black_box(method), black_box(headers)), sink))
        }
    }
}

fn limit_map(request: Request, response: Lines) -> Repeat {
    let map: &'static HeaderMap = leak(requests::map(request.lines));
    map_work(response, move |sink| limit::map(black_box(request.method), black_box(map), sink))
}

fn map_work(response: Lines, work: impl Fn(&mut HeaderMap) + 'static) -> Repeat {
    let lines = requests::map(response);
    let mut sink = HeaderMap::with_capacity(24);
    Box::new(move || {
        sink.extend(lines.iter().map(|(name, value)| (name.clone(), value.clone())));
        work(black_box(&mut sink));
        black_box(&sink);
        sink.clear();
    })
}
