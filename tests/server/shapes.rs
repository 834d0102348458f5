//! Large policies of every shape, compared with a scan of their patterns.

use fetch_cors::{
    header::Headers,
    server::{Decision, Lint, LintKind, OriginPattern, OwnedPolicy, PolicyBuilder, PolicyConfig, Rule, RuleConfig},
};
use testkit::shapes::{self as shape, Shape};

const PATTERNS: usize = 20_000;

/// The patterns are spread over as many rules, in turn.
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
            format!("https://{}example", "a.".repeat(160)),
            format!("https://%.{}example", "a.".repeat(110)),
            format!("https://.{}example", "a.".repeat(110)),
            format!("https://{}example:443", "a.".repeat(110)),
        ] {
            assert_eq!(rule_of(&policy, &malformed), None, "{malformed}");
        }
    }
}

#[test]
fn an_origin_that_wildcards_of_every_kind_match_gets_the_first_rule() {
    // More patterns than are compared one by one.
    let patterns = [
        "https://*.b.example.com",
        "https://aaaa*.b.example.com",
        "https://aa*a.b.example.com",
        "https://*aaaa.b.example.com",
        "https://a*aaa.b.example.com",
        "https://*.example.com",
        "https://*.b.example.com:*",
        "https://aa*aa.b.example.com:*",
        "https://aaaaaaaa.b.example.com:*",
        "https://aaaaaaa*.b.example.com",
        "https://*a.b.example.com",
    ];
    for first in 0..patterns.len() {
        let order = (0..patterns.len()).map(|place| (place + first) % patterns.len());
        let rule = |number: usize| {
            let place = (patterns.len() + number - first) % patterns.len();
            RuleConfig::new([patterns[number]]).exposed_headers([format!("x-{}", place.min(9))])
        };
        let none = PolicyConfig::from(RuleConfig::new(["https://other.example"]));
        let policy = order.fold(none, |config, number| config.rule(rule(number))).build().unwrap();
        assert_eq!(rule_of(&policy, "https://aaaaaaaa.b.example.com"), Some(0), "{}", patterns[first]);
        let matching = |origin: &str| {
            let mut places = (0..patterns.len()).map(|place| (place, patterns[(place + first) % patterns.len()]));
            let found = places.find(|(_, pattern)| OriginPattern::new(pattern).matches(origin.as_bytes()));
            found.map(|(place, _)| place.min(9))
        };
        // The part of the `*` is empty, has a byte that no host has, or is in another place.
        for origin in [
            "https://aaaa.b.example.com",
            "https://aaa.b.example.com",
            "https://a!a.b.example.com",
            "https://aaaa.aaaa.b.example.com",
            "https://aa.aaaa.b.example.com:1",
            "https://aaaab.example.com",
            "https://.b.example.com",
            "https://aaaa%a.b.example.com",
            "https://b.example.com",
        ] {
            assert_eq!(rule_of(&policy, origin), matching(origin), "{origin} by {}", patterns[first]);
        }
    }
}

#[test]
fn policies_of_the_same_patterns_have_the_same_debug_text_whatever_their_seeds() {
    let config = PolicyConfig::new(["https://a.app.example", "https://*.app.example"]);
    let texts = [config.build(), config.build()].map(|policy| format!("{:?}", policy.unwrap()));
    assert_eq!(texts[0], texts[1]);
}

/// The lints of a policy, each as a line.
fn lints(lint: impl FnOnce(&mut dyn FnMut(Lint<'_>))) -> Vec<String> {
    let mut lines = Vec::new();
    lint(&mut |lint| lines.push(format!("{}: {lint}", lint.code())));
    lines
}

#[test]
fn a_borrowed_policy_of_more_than_256_patterns_is_reported_and_linted_as_the_owned_one() {
    let mut texts: Vec<String> = (0..252).map(|number| format!("https://app-{number}.example")).collect();
    let hurting = ["https://*.b.example", "https://a.b.example", "http://c.example", "https://app-7.example"];
    texts.extend(hurting.map(String::from));
    for (more, reported) in [(0, false), (1, true), (300, true)] {
        let more = (0..more).map(|number| format!("https://*.c{number}.b.example:*"));
        let texts: Vec<String> = texts.iter().cloned().chain(more).collect();
        let patterns: Vec<OriginPattern<'_>> = texts.iter().map(|text| OriginPattern::new(text)).collect();
        let rules = [Rule::new(&patterns[..100]), Rule::new(&patterns[100..])];
        let borrowed = PolicyBuilder::new(rules[0]).rules(&rules[1..]).build().unwrap();
        let rule = |texts: &[String]| RuleConfig::new(texts.iter().map(String::as_str));
        let owned = PolicyConfig::from(rule(&texts[..100])).rule(rule(&texts[100..])).build().unwrap();

        let mut of_borrowed = lints(|found| borrowed.lint(found));
        let many = of_borrowed.iter().position(|line| line.starts_with("many-patterns: "));
        assert_eq!(many, reported.then_some(0), "{}", texts.len());
        if reported {
            of_borrowed.remove(0);
        }
        assert_eq!(of_borrowed, lints(|found| owned.lint(found)), "{}", texts.len());
        for code in ["pattern-shadowed", "https-twin-missing", "pattern-repeated"] {
            assert_eq!(of_borrowed.iter().filter(|line| line.starts_with(code)).count(), 1, "{code}: {of_borrowed:?}");
        }
    }
}

/// The patterns of a policy that are shadowed, each with the one that covers it.
fn shadows(lint: impl FnOnce(&mut dyn FnMut(Lint<'_>))) -> Vec<(usize, String)> {
    let mut shadows = Vec::new();
    lint(&mut |lint| {
        if let LintKind::PatternShadowed { by } = lint.kind {
            shadows.push((lint.index, by.to_owned()));
        }
    });
    shadows
}

#[test]
fn a_pattern_is_shadowed_by_the_first_that_covers_it_in_both_forms() {
    let texts = ["https://*.c.example", "https://*.b.c.example", "https://a.b.c.example", "https://*.b.c.example:*"];
    let patterns = texts.map(OriginPattern::new);
    let borrowed = PolicyBuilder::new(Rule::new(&patterns)).build().unwrap();
    let owned = PolicyConfig::new(texts).build().unwrap();
    let expected = [1, 2].map(|index| (index, texts[0].to_owned()));
    assert_eq!(shadows(|found| borrowed.lint(found)), expected);
    assert_eq!(shadows(|found| owned.lint(found)), expected);
}

#[test]
fn a_list_of_100_000_names_is_built_and_linted_and_each_repeated_name_is_reported() {
    let names = || (0..100_000).map(|number| format!("x-{}", number % 99_990));
    let config = PolicyConfig::new(["https://a.example"]).methods(names()).request_headers(names()).max_age_seconds(1);
    let policy = config.build().unwrap();
    let repeated = lints(|found| policy.lint(found));
    let numbers: Vec<usize> = (99_990..100_000).collect();
    let of_field = |field: &str| {
        let start = format!("name-repeated: rule 0, `{field}`, ");
        let lines = repeated.iter().filter_map(|line| line.strip_prefix(&start));
        lines.map(|line| line.split_once(':').unwrap().0.parse().unwrap()).collect::<Vec<usize>>()
    };
    assert_eq!((of_field("methods"), of_field("request_headers")), (numbers.clone(), numbers));
}
