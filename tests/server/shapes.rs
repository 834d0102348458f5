//! Large policies of every shape, against a scan of their patterns.

use fetch_cors::{
    header::Headers,
    server::{Decision, OriginPattern, OwnedPolicy, PolicyConfig, RuleConfig},
};

#[path = "../shapes/mod.rs"]
mod shape;

use shape::Shape;

const PATTERNS: usize = 20_000;

/// The patterns are dealt to as many rules, in turn.
const RULES: usize = 7;

/// The number of the rule that allows `origin`.
fn rule_of(policy: &OwnedPolicy, origin: &str) -> Option<usize> {
    let request = [("origin", origin.as_bytes())];
    let Decision::Handle(headers) = policy.decide("GET", Headers::from_pairs(&request)) else { panic!("{origin}") };
    let mut written: Vec<(&str, &[u8])> = Vec::new();
    headers.write(&mut written).unwrap();
    let exposed = written.iter().find(|line| line.0 == "access-control-expose-headers")?.1;
    Some(usize::from(exposed.strip_prefix(b"x-").unwrap()[0] - b'0'))
}

/// Compares look-ups in a policy of this shape with the first rule that a scan finds.
fn compare(shape: &Shape) {
    let texts: Vec<String> = (0..PATTERNS).map(shape.pattern).collect();
    let rule = |number: usize| {
        let own = texts.iter().skip(number).step_by(RULES);
        RuleConfig::new(own.map(String::as_str)).exposed_headers([format!("x-{number}")])
    };
    let policy = (1..RULES).fold(PolicyConfig::from(rule(0)), |config, number| config.rule(rule(number)));
    let policy = policy.build().unwrap();
    let patterns: Vec<OriginPattern<'_>> = texts.iter().map(|text| OriginPattern::new(text)).collect();
    let scan = |origin: &str| {
        let matching = patterns.iter().enumerate().filter(|(_, pattern)| pattern.matches(origin.as_bytes()));
        matching.map(|(number, _)| number % RULES).min()
    };
    for part in 0..30 {
        let number = part * (PATTERNS - 1) / 29;
        let (listed, stranger) = ((shape.listed)(number), (shape.stranger)(number));
        assert!(patterns[number].matches(listed.as_bytes()), "{}: {} {listed}", shape.name, texts[number]);
        assert_eq!(rule_of(&policy, &listed), scan(&listed), "{}: {listed}", shape.name);
        assert_eq!(scan(&stranger), None, "{}: {stranger}", shape.name);
        assert_eq!(rule_of(&policy, &stranger), None, "{}: {stranger}", shape.name);
    }
}

#[test]
fn a_policy_of_20_000_patterns_of_any_shape_finds_the_first_rule_that_a_scan_finds() {
    for shape in shape::ALL {
        compare(shape);
    }
}

#[test]
fn the_first_of_rules_with_the_same_pattern_allows_the_origin() {
    for pattern in
        ["https://a.app.example", "https://*.app.example", "https://a.app.example:*", "https://*.app.example:*"]
    {
        let rule = |number: usize| RuleConfig::new([pattern]).exposed_headers([format!("x-{number}")]);
        let other = RuleConfig::new(["https://b.example"]).exposed_headers(["x-0"]);
        let policy = PolicyConfig::from(other).rule(rule(1)).rule(rule(2)).rule(rule(3)).build().unwrap();
        assert_eq!(rule_of(&policy, "https://a.app.example"), Some(1), "{pattern}");
    }
}

#[test]
fn an_origin_of_many_labels_that_many_wildcards_match_gets_the_first_rule() {
    // Nested wildcards, the widest in the last rule: all of them match.
    let suffixes: Vec<String> = (0..9).map(|labels| format!("{}example", "a.".repeat(13 * (8 - labels)))).collect();
    let rule = |number: usize| {
        RuleConfig::new([format!("https://*.{}", suffixes[number])]).exposed_headers([format!("x-{number}")])
    };
    let orders = [(0..9).collect::<Vec<usize>>(), (0..9).rev().collect()];
    for order in orders {
        let config =
            order[1..].iter().fold(PolicyConfig::from(rule(order[0])), |config, number| config.rule(rule(*number)));
        let policy = config.build().unwrap();
        let origin = format!("https://{}example", "a.".repeat(120));
        assert_eq!(rule_of(&policy, &origin), Some(order[0]));
        for malformed in [
            format!("https://{}example", "a.".repeat(130)),
            format!("https://!.{}example", "a.".repeat(110)),
            format!("https://.{}example", "a.".repeat(110)),
            format!("https://{}example:443", "a.".repeat(110)),
        ] {
            assert_eq!(rule_of(&policy, &malformed), None, "{malformed}");
        }
    }
}

#[test]
fn policies_of_the_same_patterns_have_the_same_debug_text_whatever_their_seeds() {
    let config = PolicyConfig::new(["https://a.app.example", "https://*.app.example"]);
    let texts = [config.build(), config.build()].map(|policy| format!("{:?}", policy.unwrap()));
    assert_eq!(texts[0], texts[1]);
}
