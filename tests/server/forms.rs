//! Both types of policy compared with each other, and with a plain statement of the expected headers.

use std::sync::LazyLock;

use fetch_cors::server::{Danger, OriginPattern, OwnedPolicy, PatternConfig, Policy, PolicyConfig, Rule, RuleConfig};

use testkit::{oracle::origin_pattern, rng::Rng};

use crate::answer;

/// One rule, as plain data.
struct Plain {
    origins: Vec<String>,
    methods: &'static str,
    request_headers: &'static str,
    exposed_headers: &'static str,
    credentials: bool,
    max_age: Option<u32>,
}

impl Plain {
    fn draw(rng: &mut Rng) -> Self {
        let credentials = rng.below(2) == 0;
        let mut origins: Vec<String> = (0..=rng.below(4)).map(|_| rng.pattern()).collect();
        if rng.below(5) == 0 {
            origins.push("*".into());
        }
        if rng.below(5) == 0 {
            origins.push("null".into());
        }
        Plain {
            origins,
            methods: rng.pick(&["", "PUT", "PUT, DELETE", "*"]),
            request_headers: rng.pick(&["", "x-a", "authorization, x-a", "*", "*, authorization"]),
            exposed_headers: if credentials { "etag" } else { rng.pick(&["", "*", "etag, x-b"]) },
            credentials,
            max_age: [None, Some(0), Some(600)][rng.below(3)],
        }
    }

    fn patterns(&self) -> Vec<OriginPattern<'_>> {
        self.origins
            .iter()
            .map(|text| Danger::ALL.iter().copied().fold(OriginPattern::new(text), OriginPattern::dangerously_allow))
            .collect()
    }

    fn rule<'a>(&self, patterns: &'a [OriginPattern<'a>]) -> Rule<'a> {
        let rule = Rule::new(patterns)
            .methods(self.methods)
            .request_headers(self.request_headers)
            .exposed_headers(self.exposed_headers);
        let rule = if self.credentials { rule.credentials() } else { rule };
        self.max_age.map_or(rule, |seconds| rule.max_age_seconds(seconds))
    }

    fn config(&self) -> RuleConfig {
        let patterns = self.origins.iter().map(|text| {
            Danger::ALL.iter().copied().fold(PatternConfig::new(text.clone()), PatternConfig::dangerously_allow)
        });
        let split = |text: &'static str| text.split(", ").filter(|name| !name.is_empty());
        let rule = RuleConfig::new(patterns)
            .methods(split(self.methods))
            .request_headers(split(self.request_headers))
            .exposed_headers(split(self.exposed_headers));
        let rule = if self.credentials { rule.credentials() } else { rule };
        self.max_age.map_or(rule.clone(), |seconds| rule.max_age_seconds(seconds))
    }

    fn lists(&self, origin: &str) -> bool {
        self.origins.iter().any(|pattern| match (pattern.as_str(), self.credentials) {
            ("*", false) => true,
            ("*", true) => origin != "null" && origin_pattern::matches("*", origin),
            _ => origin_pattern::matches(pattern, origin),
        })
    }

    fn reads(&self, list: &str) -> bool {
        self.credentials && list.contains('*')
    }
}

/// The expected headers, in no order.
fn expected(rules: &[Plain], preflight: bool, origin: Option<&str>, method: &str, names: Option<&str>) -> Vec<String> {
    let mirrors = rules.iter().any(|rule| rule.reads(rule.methods) || rule.reads(rule.request_headers));
    let single = rules.len() == 1 && rules[0].origins.len() == 1;
    let wildcard = |rule: &Plain| rule.origins.iter().any(|pattern| pattern == "*") && !rule.credentials;
    let one = single && (wildcard(&rules[0]) || !rules[0].origins[0].contains('*'));
    let fixed = one && !mirrors;
    let rule =
        if fixed { Some(&rules[0]) } else { origin.and_then(|origin| rules.iter().find(|rule| rule.lists(origin))) };
    let mut headers = Vec::new();
    if let Some(rule) = rule {
        let allow_origin = match () {
            () if wildcard(rule) => "*",
            () if fixed => &rule.origins[0],
            () => origin.unwrap(),
        };
        headers.push(format!("access-control-allow-origin: {allow_origin}"));
        if rule.credentials {
            headers.push("access-control-allow-credentials: true".into());
        }
        if preflight {
            if rule.reads(rule.methods) {
                headers.push(format!("access-control-allow-methods: {method}"));
            } else if rule.methods.is_empty() {
                headers.push("access-control-allow-methods: GET, HEAD, POST".into());
            } else {
                headers.push(format!("access-control-allow-methods: {}", rule.methods));
            }
            if rule.reads(rule.request_headers) {
                let authorization = names.is_some_and(|names| names.contains("authorization"));
                if let Some(names) = names.filter(|_| !authorization || rule.request_headers.contains("authorization"))
                {
                    headers.push(format!("access-control-allow-headers: {names}"));
                }
            } else if !rule.request_headers.is_empty() {
                headers.push(format!("access-control-allow-headers: {}", rule.request_headers));
            }
            headers.extend(rule.max_age.map(|seconds| format!("access-control-max-age: {seconds}")));
        } else if !rule.exposed_headers.is_empty() {
            headers.push(format!("access-control-expose-headers: {}", rule.exposed_headers));
        }
    }
    if !fixed {
        let method = preflight && rules.iter().any(|rule| rule.reads(rule.methods));
        let names = preflight && rules.iter().any(|rule| rule.reads(rule.request_headers));
        headers.push(format!(
            "vary: {}origin{}",
            if method { "access-control-request-method, " } else { "" },
            if names { ", access-control-request-headers" } else { "" }
        ));
    }
    headers.sort();
    headers
}

#[test]
fn const_and_owned_policies_answer_as_the_oracle() {
    let mut rng = Rng::from_seed(0xF0_0D);
    for _ in 0..3_000 {
        let rules: Vec<Plain> = (0..=rng.below(3)).map(|_| Plain::draw(&mut rng)).collect();
        let patterns: Vec<_> = rules.iter().map(Plain::patterns).collect();
        let borrowed: Vec<Rule<'_>> = rules.iter().zip(&patterns).map(|(rule, patterns)| rule.rule(patterns)).collect();
        let policy = fetch_cors::server::PolicyBuilder::new(borrowed[0]).rules(&borrowed[1..]).build().unwrap();
        let first = rules[0].config();
        let owned = rules[1..].iter().fold(PolicyConfig::from(first), |config, rule| config.rule(rule.config()));
        let owned = owned.build().unwrap();
        assert_eq!(policy.caching(), owned.caching());
        for _ in 0..12 {
            let rule = &rules[rng.below(rules.len())];
            let pattern = &rule.origins[rng.below(rule.origins.len())];
            let origin = match rng.below(8) {
                0 => None,
                1 => Some("null".into()),
                _ => Some(rng.origin_near(pattern)),
            };
            let preflight = rng.below(2) == 0 && origin.is_some();
            let names = [None, Some("x-a"), Some("authorization,x-a")][rng.below(3)];
            let mut request: Vec<(&str, &str)> = Vec::new();
            request.extend(origin.as_deref().map(|origin| ("origin", origin)));
            if preflight {
                request.push(("access-control-request-method", "PATCH"));
                request.extend(names.map(|names| ("access-control-request-headers", names)));
            }
            let method = if preflight { "OPTIONS" } else { "GET" };
            let mut by_policy = answer_borrowed(&policy, method, &request);
            let mut by_owned = answer(&owned, method, &request).headers;
            by_policy.sort();
            by_owned.sort();
            let expected = expected(&rules, preflight, origin.as_deref(), "PATCH", names);
            assert_eq!(by_policy, expected, "{origin:?} {policy:?}");
            assert_eq!(by_owned, expected, "{origin:?} {policy:?}");
        }
    }
}

fn answer_borrowed(policy: &Policy<'_>, method: &str, request: &[(&str, &str)]) -> Vec<String> {
    struct Short<'p>(&'p Policy<'p>);
    impl crate::Decides for Short<'_> {
        fn decide<'a>(
            &'a self,
            method: &str,
            headers: fetch_cors::header::Headers<'a>,
        ) -> fetch_cors::server::Decision<'a> {
            self.0.decide(method, headers)
        }
    }
    answer(&Short(policy), method, request).headers
}

#[test]
fn a_const_policy_becomes_an_owned_one() {
    static POLICY: Policy<'static> = Policy::builder(&[OriginPattern::new("https://*.app.example")])
        .methods("PUT")
        .predicate(
            &(|origin: &str| origin == "https://x.example") as &(dyn fetch_cors::server::OriginPredicate + 'static),
        )
        .build_or_panic();
    static INDEXED: LazyLock<OwnedPolicy> = LazyLock::new(|| OwnedPolicy::indexed(&POLICY));
    static LISTED: LazyLock<OwnedPolicy> = LazyLock::new(|| OwnedPolicy::from(&POLICY));
    for origin in ["https://a.app.example", "https://x.example", "https://y.example", "null"] {
        assert_eq!(crate::get(&POLICY, origin), crate::get(&*INDEXED, origin));
        assert_eq!(crate::get(&POLICY, origin), crate::get(&*LISTED, origin));
    }
    assert_eq!(INDEXED.config(), LISTED.config());
    let lints = |policy: &OwnedPolicy| {
        let mut lints = Vec::new();
        policy.lint(|lint| lints.push(lint.to_string()));
        lints
    };
    assert_eq!(lints(&INDEXED), lints(&LISTED));
}
