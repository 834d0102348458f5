//! Fixed memory as a sink, and responses that already have headers.

use fetch_cors::{
    header::{AnswerSink, Headers, PairSink},
    server::{Decision, PolicyConfig, Upstream, UpstreamExposed},
};

use crate::{Lines, answer_into};

const REQUEST: [(&str, &[u8]); 2] = [("Origin", b"https://app.example"), ("Access-Control-Request-Method", b"PUT")];

/// An upstream's headers: some names are as long as those that are removed, and some lines are between removed ones.
const BEFORE: [(&str, &[u8]); 6] = [
    ("x-content-type-options", b"nosniff"),
    ("Access-Control-Allow-Origin", b"*"),
    ("etag", b"1"),
    ("access-control-max-age", b"5"),
    ("Vary", b"accept"),
    ("access-control-expose-headers", b"x-up"),
];

#[test]
fn pair_sink_gets_the_lines_that_a_vector_gets() {
    let base = || PolicyConfig::new(["https://app.example"]).methods(["PUT"]).exposed_headers(["etag"]).credentials();
    for config in [
        base(),
        base().expose_own_headers().upstream(Upstream::Replace(UpstreamExposed::Merge)),
        base().upstream(Upstream::Keep).external_lookup(),
        PolicyConfig::new(["https://b.example", "https://c.example"]),
    ] {
        let policy = config.build().unwrap();
        for (start, end) in [(0, 0), (0, 1), (0, 3), (2, 3), (1, 6), (0, 6), (4, 5), (3, 4)] {
            let before = &BEFORE[start..end];
            for method in ["GET", "OPTIONS"] {
                let decision = policy.decide(method, Headers::from_pairs(&REQUEST));
                let mut vector = before.to_vec();
                let mut memory = [("", &b""[..]); 16];
                memory[..before.len()].copy_from_slice(before);
                let mut sink = PairSink::with_headers(&mut memory, before.len());
                decision.write(&mut vector).unwrap();
                decision.write(&mut sink).unwrap();
                assert_eq!(sink.pairs(), vector, "{method} {before:?}");
            }
        }
    }
}

#[test]
fn a_header_of_the_same_length_as_a_removed_one_stays() {
    let policy = PolicyConfig::new(["https://app.example"]).build().unwrap();
    let before: Lines<'_> = &[("x-content-type-options", "nosniff"), ("access-control-max-age", "5")];
    let reported = answer_into(&policy, "GET", &[("origin", "https://app.example")], before).headers;
    assert_eq!(reported, ["x-content-type-options: nosniff", "access-control-allow-origin: https://app.example"]);
}

#[test]
fn answer_for_all_origins_writes_no_vary() {
    let policy = PolicyConfig::new(["*"]).build().unwrap();
    let Decision::Handle(headers) = policy.decide("GET", Headers::from_pairs(&REQUEST)) else { panic!() };
    let mut vector: Vec<(&str, &[u8])> = Vec::new();
    vector.merge_vary(headers.vary()).unwrap();
    let mut memory = [("", &b""[..]); 2];
    let mut sink = PairSink::new(&mut memory);
    sink.merge_vary(headers.vary()).unwrap();
    assert!(vector.is_empty() && sink.pairs().is_empty());
}
