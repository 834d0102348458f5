//! Origins, parsed and matched: alone, by a predicate, and by policies that compare their patterns one by one.

use std::hint::black_box;

use fetch_cors::{
    header::{Headers, PairSink},
    origin::Origin,
    server::{Danger, OriginPattern, OwnedPolicy, Policy, PolicyConfig},
};
use http::HeaderMap;

use super::{
    Work, leak,
    look_up::exact,
    requests::{self, Request},
};

/// Short and very long origins. The difference shows the cost of a byte.
const PARSED: [(&str, &str, usize); 4] = [
    ("short domain", "https://app.example", 0),
    ("long domain", ".example", 240),
    ("domain and port", "https://app.example:8443", 0),
    ("IPv6 address", "http://[2001:db8:1:2:3:4:5:6]", 0),
];

/// The numbers of patterns in `const` policies.
const PATTERNS: [usize; 5] = [1, 3, 10, 30, 100];

/// Maps a number to a pattern or an origin.
type Name = fn(usize) -> String;

/// Shapes: their patterns, and an origin for each pattern.
const SHAPES: [(&str, Name, Name); 2] = [
    ("exact origins", exact, exact),
    (
        "wildcards",
        |number| format!("https://*.tenant-{number:06}.example"),
        |number| format!("https://a.tenant-{number:06}.example"),
    ),
];

#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    Const,
    Owned,
}

const ANY: &[OriginPattern<'static>] = &[OriginPattern::ANY.dangerously_allow(Danger::AnyOrigin)];

/// Allows any origin, which is checked and sent back, and everything that a preflight asks for.
static ANYTHING: Policy<'static> = Policy::builder(ANY)
    .methods("*")
    .request_headers("*, authorization")
    .credentials()
    .max_age_seconds(7200)
    .build_or_panic();

pub(super) fn all() -> Vec<Work> {
    let mut all = Vec::new();
    for (what, end, length) in PARSED {
        let origin = if length == 0 { end.to_owned() } else { long(end, length) };
        let name = format!("origin parsed, {} bytes: {what}", origin.len());
        let parsed: &'static str = leak(origin);
        all.push(Work::new(name, move || {
            Box::new(|| {
                black_box(Origin::parse(black_box(parsed)).is_ok());
            })
        }));
        let name = format!("origin of anybody allowed, {} bytes: {what}", parsed.len());
        all.push(Work::new(name, move || {
            Box::new(|| {
                black_box(ANYTHING.allows_origin(black_box(parsed.as_bytes())));
            })
        }));
    }
    all.extend(predicates());
    all.push(Work::new("preflight, anybody, mirrored: owned, map", || {
        let policy: &'static OwnedPolicy = leak(OwnedPolicy::indexed(&ANYTHING));
        let request = Request::preflight("https://app.example", "authorization,content-type");
        let headers: &'static HeaderMap = leak(requests::map(request.lines));
        let mut sink = HeaderMap::with_capacity(24);
        Box::new(move || {
            let decision = policy.decide(black_box(request.method), Headers::from(black_box(headers)));
            black_box(decision.write(&mut sink).is_ok());
            sink.clear();
        })
    }));
    for count in PATTERNS {
        for (shape, pattern, origin) in SHAPES {
            for form in [Form::Const, Form::Owned] {
                all.push(listed(count, (shape, pattern), form, "last", origin(count - 1)));
                all.push(listed(count, (shape, pattern), form, "none", origin(999_999)));
            }
        }
    }
    all
}

/// An origin of this length.
fn long(end: &str, length: usize) -> String {
    let labels = "tenant-of-some-length.".repeat(length / 22 + 1);
    let label = labels.get(..length - end.len() - "https://".len()).unwrap_or_default().trim_end_matches(['.', '-']);
    format!("https://{label}{end}")
}

/// A predicate, with two patterns.
fn predicates() -> Vec<Work> {
    let policy = || {
        let config = PolicyConfig::new(["https://admin.example", "https://app.example"]);
        let predicate = Box::new(|origin: &str| origin.ends_with(".preview.example"));
        leak(config.build_with_predicate(0, predicate).expect("the patterns are right"))
    };
    let origins = [
        ("origin listed", "https://app.example"),
        ("origin of the predicate", "https://1234.preview.example"),
        ("origin refused", "https://oth.example"),
    ];
    let work = |(what, origin): (&str, &str)| {
        let request = Request::actual(origin);
        Work::new(format!("predicate beside 2 patterns: {what}"), move || {
            let policy: &'static OwnedPolicy = policy();
            let mut memory = [("", &b""[..]); 20];
            Box::new(move || {
                let mut sink = PairSink::new(&mut memory);
                let decision = policy.decide(black_box(request.method), Headers::from_pairs(black_box(request.lines)));
                black_box(decision.write(&mut sink).is_ok());
                black_box(sink.pairs());
            })
        })
    };
    origins.into_iter().map(work).collect()
}

/// Matches an origin against a policy, listed or not.
fn listed(count: usize, (shape, pattern): (&str, Name), form: Form, which: &str, origin: String) -> Work {
    let form_is = if form == Form::Const { "const" } else { "owned" };
    Work::new(format!("allowed: {which} of {count}, {shape}: {form_is}"), move || {
        let pattern = |number| OriginPattern::new(leak(pattern(number)).as_str());
        let patterns: &'static [OriginPattern<'static>] = leak((0..count).map(pattern).collect::<Vec<_>>());
        let policy: &'static Policy<'static> = leak(Policy::builder(patterns).build().expect("the patterns are right"));
        let origin: &'static [u8] = leak(origin.clone()).as_bytes();
        if form == Form::Const {
            return Box::new(move || {
                black_box(policy.allows_origin(black_box(origin)));
            });
        }
        let policy = OwnedPolicy::indexed(policy);
        Box::new(move || {
            black_box(policy.allows_origin(black_box(origin)));
        })
    })
}
