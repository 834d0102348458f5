//! The order in which patterns, predicates and callers decide about an origin.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering::Relaxed},
};

use fetch_cors::{
    header::Headers,
    server::{Decision, OriginAnswer, PolicyConfig, RuleConfig, Start},
};

const ORIGIN: &str = "https://app.example";

/// The numbers of the rules that list the origin, that have the predicate, and that look origins up.
#[derive(Clone, Copy, Debug)]
struct Places {
    lists: Option<usize>,
    predicate: Option<usize>,
    asks: Option<usize>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    Rule(usize),
    Lookup(usize),
    Refused(&'static str),
}

/// Rule by rule; in each rule the patterns, the predicate, the look-up.
fn expected(places: Places, allows: bool, answer: Option<OriginAnswer>, can_ask: bool) -> Outcome {
    let mut passed = false;
    for number in 0..3 {
        if places.lists == Some(number) || places.predicate == Some(number) && allows {
            return Outcome::Rule(number);
        }
        if places.asks == Some(number) {
            match answer {
                Some(OriginAnswer::Allowed) => return Outcome::Rule(number),
                Some(OriginAnswer::Refused) => {}
                None if can_ask => return Outcome::Lookup(number),
                None => passed = true,
            }
        }
    }
    Outcome::Refused(if passed { "origin-not-looked-up" } else { "origin-not-allowed" })
}

fn outcome(decision: Decision<'_>) -> Outcome {
    let Decision::Handle(headers) = decision else { panic!("{decision:?}") };
    let mut written: Vec<(&str, &[u8])> = Vec::new();
    headers.write(&mut written).unwrap();
    match (headers.refusal(), written.iter().find(|line| line.0 == "access-control-expose-headers")) {
        (None, Some((_, [b'x', b'-', digit]))) => Outcome::Rule(usize::from(digit - b'0')),
        (Some(refusal), None) => Outcome::Refused(refusal.code()),
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_first_rule_wins_by_pattern_predicate_or_lookup() {
    let somewhere = || [None, Some(0), Some(1), Some(2)].into_iter();
    for (lists, predicate, asks) in somewhere()
        .flat_map(|lists| somewhere().flat_map(move |predicate| somewhere().map(move |asks| (lists, predicate, asks))))
    {
        for allows in [true, false] {
            check(Places { lists, predicate, asks }, allows);
        }
    }
}

fn check(places: Places, allows: bool) {
    let rule = |number: usize| {
        let listed = if places.lists == Some(number) { ORIGIN.to_owned() } else { format!("https://{number}.example") };
        let rule = RuleConfig::new([listed]).exposed_headers([format!("x-{number}")]);
        if places.asks == Some(number) { rule.external_lookup() } else { rule }
    };
    let config = PolicyConfig::from(rule(0)).rule(rule(1)).rule(rule(2));
    let asked = Arc::new(AtomicUsize::new(0));
    let policy = match places.predicate {
        Some(number) => {
            let asked = Arc::clone(&asked);
            let predicate = move |origin: &str| {
                asked.fetch_add(1, Relaxed);
                allows && origin == ORIGIN
            };
            config.build_with_predicate(number, Box::new(predicate)).unwrap()
        }
        None => config.build().unwrap(),
    };
    let request: [(&str, &[u8]); 1] = [("Origin", ORIGIN.as_bytes())];
    let headers = Headers::from_pairs(&request);
    assert_eq!(outcome(policy.decide("GET", headers)), expected(places, allows, None, false), "{places:?} {allows}");
    match policy.begin("GET", headers) {
        Start::Decided(decision) => assert_eq!(outcome(decision), expected(places, allows, None, true), "{places:?}"),
        Start::Lookup(lookup) => {
            let reported = (lookup.origin(), Outcome::Lookup(lookup.rule()));
            assert_eq!(reported, (ORIGIN, expected(places, allows, None, true)), "{places:?} {allows}");
            for answer in [OriginAnswer::Allowed, OriginAnswer::Refused] {
                let reported = outcome(lookup.resume(answer));
                assert_eq!(reported, expected(places, allows, Some(answer), true), "{places:?} {allows} {answer:?}");
            }
        }
    }
    if let (Some(predicate), Some(lists)) = (places.predicate, places.lists)
        && lists <= predicate
    {
        assert_eq!(asked.load(Relaxed), 0, "an earlier pattern matches: {places:?}");
    }
}

#[test]
fn first_of_several_rules_that_list_an_origin_applies() {
    let (short, long) = ("https://app.example", "https://app.of-a-tenant-with-a-long-name.example");
    for (first, second) in [
        (&["A"][..], &["A"][..]),
        (&["A"], &["https://b.example", "A"]),
        (&["https://b.example", "A"], &["A"]),
        (&["A", "https://b.example"], &["https://c.example", "A"]),
        (&["https://b.example"], &["A", "A"]),
    ] {
        for origin in [short, long] {
            let patterns = |list: &[&'static str]| -> Vec<String> {
                list.iter().map(|text| if *text == "A" { origin } else { text }.to_owned()).collect()
            };
            let rule = |list, number: usize| RuleConfig::new(patterns(list)).exposed_headers([format!("x-{number}")]);
            let policy = PolicyConfig::from(rule(first, 0)).rule(rule(second, 1)).build().unwrap();
            let request: [(&str, &[u8]); 1] = [("Origin", origin.as_bytes())];
            let reported = outcome(policy.decide("GET", Headers::from_pairs(&request)));
            assert_eq!(reported, Outcome::Rule(usize::from(!first.contains(&"A"))), "{origin} {first:?} {second:?}");
        }
    }
}

#[test]
fn a_wildcard_matches_no_malformed_value() {
    let any = PolicyConfig::new(["*"]).build().unwrap();
    let some = PolicyConfig::new(["https://app.example", "https://*.app.example"]).build().unwrap();
    for (origin, by_any, by_some) in [
        ("https://app.example", true, true),
        ("https://a.app.example", true, true),
        ("https://b.example", true, false),
        ("null", true, false),
        ("https://b.example/", false, false),
        ("https://*.app.example", false, false),
        ("https://app.example:*", false, false),
        ("", false, false),
        ("*", false, false),
    ] {
        let reported = (any.allows_origin(origin.as_bytes()), some.allows_origin(origin.as_bytes()));
        assert_eq!(reported, (by_any, by_some), "{origin}");
    }
}
