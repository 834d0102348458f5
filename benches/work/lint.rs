//! Large policies, linted; and long lists of names, built.

use std::hint::black_box;

use fetch_cors::server::{OriginPattern, Policy, PolicyConfig, RuleConfig};

use super::{Repeat, Work, leak, look_up::exact};

/// How many names, rules or patterns there are.
pub const COUNTS: [usize; 2] = [500, 4_000];

type Prepare = fn(usize) -> Repeat;

const ALL: [(&str, Prepare); 7] = [
    ("build: list of methods", |count| {
        let config = PolicyConfig::new(["https://app.example"]).methods(names(count));
        Box::new(move || drop(black_box(config.build())))
    }),
    ("build: list of request headers", |count| {
        let config = PolicyConfig::new(["https://app.example"]).request_headers(names(count));
        Box::new(move || drop(black_box(config.build())))
    }),
    ("lint: methods", |count| lint(&PolicyConfig::new(["https://app.example"]).methods(names(count)))),
    ("lint: request headers", |count| lint(&PolicyConfig::new(["https://app.example"]).request_headers(names(count)))),
    ("lint: rules", |count| {
        let rule = |number| RuleConfig::new([exact(number)]).methods(["PUT"]);
        lint(&(1..count).fold(PolicyConfig::from(rule(0)), |config, number| config.rule(rule(number))))
    }),
    ("lint: patterns", |count| lint(&PolicyConfig::new((0..count).map(exact)))),
    ("lint: patterns of a borrowed policy", |count| {
        let patterns: Vec<OriginPattern<'static>> =
            (0..count).map(|number| OriginPattern::new(leak(exact(number)).as_str())).collect();
        let policy: &Policy<'static> = leak(Policy::builder(leak(patterns)).build().expect("the patterns are right"));
        Box::new(move || {
            policy.lint(|lint| {
                black_box(lint);
            });
        })
    }),
];

pub fn name(what: &str, count: usize) -> String {
    format!("{what}, {count}")
}

/// The subjects that there are many of.
pub fn subjects() -> impl Iterator<Item = &'static str> {
    ALL.iter().map(|(what, _)| *what)
}

pub(super) fn all() -> Vec<Work> {
    let pairs = ALL.iter().flat_map(|work| COUNTS.map(|count| (work, count)));
    pairs.map(|((what, prepare), count)| Work::new(name(what, count), move || prepare(count)).times(1)).collect()
}

/// Distinct names, in no order.
fn names(count: usize) -> Vec<String> {
    // 389 and the counts have no common divisor.
    (0..count).map(|number| format!("x-name-{:05}", number * 389 % count)).collect()
}

fn lint(config: &PolicyConfig) -> Repeat {
    let policy = config.build().expect("the policy is right");
    Box::new(move || {
        policy.lint(|lint| {
            black_box(lint);
        });
    })
}
