//! Random policies of all kinds of patterns, predicates and external look-ups: the first rule that allows an origin decides.

use fetch_cors::{
    header::{HeaderName, Headers},
    server::{
        Danger, Decision, OriginAnswer, OriginPattern, OriginPredicate, OwnedPolicy, PatternConfig, PolicyConfig,
        RuleConfig, Start,
    },
};
use testkit::rng::Rng;

/// A predicate that allows a third of all origins.
struct ByLength(usize);

impl OriginPredicate for ByLength {
    fn allows(&self, origin: &str, _: Headers<'_>) -> bool {
        origin.len() % 3 == self.0
    }

    fn reads(&self) -> &'static [HeaderName<'static>] {
        &[]
    }
}

/// A rule of a random policy.
struct RandomRule {
    patterns: Vec<String>,
    credentials: bool,
}

struct RandomPolicy {
    rules: Vec<RandomRule>,
    /// The number of the rule with the predicate.
    predicate: Option<(usize, usize)>,
    external_lookup: Option<usize>,
}

fn label_part(rng: &mut Rng) -> String {
    (0..rng.below(3)).map(|_| rng.pick(&["a", "b", "aa", "-", "1"])).collect()
}

fn host(rng: &mut Rng) -> String {
    let labels: Vec<&str> = (0..=rng.below(3)).map(|_| rng.pick(&["a", "b", "aa", "ab", "x-1", "c"])).collect();
    format!("{}.{}", labels.join("."), rng.pick(&["c.d", "d.e", "c.d.e", "b.c.d"]))
}

fn pattern(rng: &mut Rng) -> String {
    let scheme = rng.pick(&["https", "http", "app", "moz-extension"]);
    let port = rng.pick(&["", "", "", ":*", ":81", ":8080"]);
    let text = match rng.below(100) {
        0 => "*".into(),
        1 => "null".into(),
        2 => "file://".into(),
        3..=9 => format!("moz-extension://*{port}"),
        10..=11 => format!("app://*{port}"),
        12..=18 => format!("{scheme}://[::{}]{port}", rng.below(3) + 1),
        19..=22 => format!("{scheme}://127.0.0.{}{port}", rng.below(3)),
        23..=50 => format!("{scheme}://{}*{}.{}{port}", label_part(rng), label_part(rng), host(rng)),
        51..=70 => format!("{scheme}://*.{}{port}", host(rng)),
        _ => format!("{scheme}://{}{port}", host(rng)),
    };
    // Schemes that are not special keep the case of their hosts.
    text.replace("app://a", "app://A")
}

/// An origin that is close to a pattern of the list.
fn origin(rng: &mut Rng, patterns: &[String]) -> String {
    let near = &patterns[rng.below(patterns.len())];
    let port = rng.pick(&["", ":81", ":443", ":80", ":0", ":065", ":65536", ":8080", ":1:2"]);
    let host = host(rng);
    let matched = rng.pick(&["a", "b", "aa", "aaa", "A", "aB", "a.b", "x y", "", "a..b", "*", "_", &host]);
    let mut origin = near.replace(":*", port).replacen('*', matched, 1);
    match rng.below(12) {
        0 => origin.push_str(rng.pick(&[".", "/", ":443", ":80", ":81", "x"])),
        1 => drop(origin.pop()),
        2 => origin = origin.to_uppercase(),
        3 => origin = pattern(rng),
        _ => {}
    }
    origin
}

impl RandomPolicy {
    fn new(rng: &mut Rng) -> Self {
        let most = [1, 2, 4, 8, 20][rng.below(5)];
        let rules: Vec<RandomRule> = (0..2 + rng.below(4))
            .map(|_| {
                let patterns = (0..=rng.below(most)).map(|_| pattern(rng));
                let patterns = patterns.filter(|text| OriginPattern::new(text).fault().is_none()).collect();
                RandomRule { patterns, credentials: rng.below(3) == 0 }
            })
            .collect();
        let some_rule = |rng: &mut Rng| (rng.below(3) == 0).then(|| rng.below(rules.len()));
        let (predicate, external_lookup) = (some_rule(rng).map(|rule| (rule, rng.below(3))), some_rule(rng));
        RandomPolicy { rules, predicate, external_lookup }
    }

    fn build(&self) -> Option<OwnedPolicy> {
        let rule = |(number, rule): (usize, &RandomRule)| {
            let dangerous = |text: &String| {
                Danger::ALL.iter().copied().fold(PatternConfig::new(text.as_str()), PatternConfig::dangerously_allow)
            };
            let mut config =
                RuleConfig::new(rule.patterns.iter().map(dangerous)).exposed_headers([format!("x-{number}")]);
            if rule.credentials {
                config = config.credentials();
            }
            if self.external_lookup == Some(number) { config.external_lookup() } else { config }
        };
        let mut rules = self.rules.iter().enumerate().map(rule);
        let first = PolicyConfig::from(rules.next()?);
        let config = rules.fold(first, PolicyConfig::rule);
        match self.predicate {
            Some((number, rest)) => config.build_with_predicate(number, Box::new(ByLength(rest))).ok(),
            None => config.build().ok(),
        }
    }

    /// The number of the first rule that allows `origin`, by a scan.
    fn first_rule(&self, origin: &str, answer: OriginAnswer) -> Option<usize> {
        let is_named = !matches!(origin, "null" | "file://") && OriginPattern::ANY.matches(origin.as_bytes());
        (0..self.rules.len()).find(|number| {
            let rule = &self.rules[*number];
            let by_pattern = rule.patterns.iter().any(|text| match text.as_str() {
                // Without credentials `*` is sent to every origin.
                "*" => !rule.credentials || is_named,
                text => OriginPattern::new(text).matches(origin.as_bytes()),
            });
            let by_predicate = self
                .predicate
                .is_some_and(|(of, rest)| of == *number && is_named && ByLength(rest).allows(origin, Headers::EMPTY));
            let by_lookup = self.external_lookup == Some(*number) && is_named && answer == OriginAnswer::Allowed;
            by_pattern || by_predicate || by_lookup
        })
    }
}

/// The number of the rule that decided.
fn rule_of(decision: &Decision<'_>) -> Option<usize> {
    let mut written: Vec<(&str, &[u8])> = Vec::new();
    decision.write(&mut written).unwrap();
    let exposed = written.iter().find(|line| line.0 == "access-control-expose-headers")?.1;
    Some(usize::from(exposed[2] - b'0'))
}

#[test]
fn in_random_policies_the_first_rule_decides_by_pattern_predicate_or_external_lookup() {
    let mut rng = Rng::from_seed(20_261_127);
    let mut allowed = 0;
    for _ in 0..1500 {
        let random = RandomPolicy::new(&mut rng);
        let Some(policy) = random.build() else { continue };
        let patterns: Vec<String> = random.rules.iter().flat_map(|rule| rule.patterns.clone()).collect();
        for _ in 0..40 {
            if patterns.is_empty() {
                continue;
            }
            let origin = origin(&mut rng, &patterns);
            let answer = [OriginAnswer::Allowed, OriginAnswer::Refused][rng.below(2)];
            let request = [("origin", origin.as_bytes())];
            let decision = match policy.begin("GET", Headers::from_pairs(&request)) {
                Start::Decided(decision) => decision,
                Start::Lookup(lookup) => lookup.resume(answer),
            };
            // Blanks around the value of a header are not part of it.
            let expected = random.first_rule(origin.trim_matches([' ', '\t']), answer);
            allowed += usize::from(expected.is_some());
            assert_eq!(rule_of(&decision), expected, "{origin} {patterns:?}");
            assert_eq!(decision.refusal().is_none(), expected.is_some(), "{origin} {patterns:?}");
            let Decision::Handle(headers) = decision else { panic!("{origin}") };
            let saved = headers.save();
            let restored = policy.restore(&saved);
            assert_eq!(rule_of(&Decision::Handle(restored)), expected, "{origin} {patterns:?}");
        }
    }
    assert!(allowed > 10_000, "{allowed}");
}

#[test]
fn many_wildcards_with_shared_ends_find_the_first_rule_whatever_the_lengths_of_their_parts() {
    // All pairs of lengths in a label of twelve bytes, spread over seven rules.
    let pairs = (0..12).flat_map(|before| (0..12 - before).map(move |after| (before, after)));
    let texts: Vec<String> = pairs
        .map(|(before, after)| format!("https://{}*{}.x.example", "a".repeat(before), "a".repeat(after)))
        .filter(|text| OriginPattern::new(text).fault().is_none())
        .collect();
    for turn in 0..7 {
        let of_rule = |number: usize| {
            texts.iter().enumerate().filter(move |(place, _)| (place * 5 + turn) % 7 == number).map(|(_, text)| text)
        };
        let rule = |number: usize| {
            RuleConfig::new(of_rule(number).map(String::as_str)).exposed_headers([format!("x-{number}")])
        };
        let policy =
            (1..7).fold(PolicyConfig::from(rule(0)), |config, number| config.rule(rule(number))).build().unwrap();
        for origin in (0..16).flat_map(|length| {
            let ends = ["", "b", "ab", "*", "B"];
            ends.into_iter().map(move |end| {
                format!("https://{}{end}{}.x.example", "a".repeat(length / 2), "a".repeat(length - length / 2))
            })
        }) {
            let expected =
                (0..7).find(|number| of_rule(*number).any(|text| OriginPattern::new(text).matches(origin.as_bytes())));
            let request = [("origin", origin.as_bytes())];
            assert_eq!(rule_of(&policy.decide("GET", Headers::from_pairs(&request))), expected, "{origin}");
        }
    }
}

#[test]
fn upper_case_letters_of_an_applications_host_are_matched_by_every_wildcard() {
    let patterns = ["app://*.c.d", "app://a*.c.d", "app://*A.c.d", "app://*"];
    for pattern in patterns {
        assert!(OriginPattern::new(pattern).matches(b"app://aBA.c.d"), "{pattern}");
    }
    for pattern in ["https://*.c.d", "https://a*.c.d"] {
        assert!(!OriginPattern::new(pattern).matches(b"https://aBA.c.d"), "{pattern}");
    }
}
