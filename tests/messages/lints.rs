//! Lints: settings that are valid, but risky or useless.

use std::collections::HashSet;

use fetch_cors::server::{
    Danger, Disclosure, Enforcement, OriginPattern, PatternConfig, Policy, PolicyConfig, PrivateNetwork,
    PublicSuffixes, RuleConfig,
};

struct Platform;

impl PublicSuffixes for Platform {
    fn is_public_suffix(&self, domain: &str) -> bool {
        domain == "platform.example"
    }
}

fn lints(config: &PolicyConfig) -> Vec<(&'static str, String)> {
    let policy = config.build().unwrap();
    let mut found = Vec::new();
    policy.lint_with(&Platform, |lint| {
        let reported = lint.to_string();
        assert!(reported.ends_with(&format!(": {} ({})", lint.kind.text(), lint.fix())), "{reported}");
        found.push((lint.code(), reported));
    });
    found
}

fn dangerous(pattern: &str, danger: Danger) -> PolicyConfig {
    PolicyConfig::new([PatternConfig::new(pattern).dangerously_allow(danger)])
}

#[test]
fn each_lint_has_its_text_and_fix() {
    let one = || PolicyConfig::new(["https://app.example"]).max_age_seconds(600);
    let insecure = || dangerous("http://app.example", Danger::InsecureScheme).credentials();
    let suffix = "https://*.platform.example";
    let mut rows = vec![
        (
            PolicyConfig::new(["https://*.app.example", "https://a.app.example"]),
            "pattern-shadowed",
            "rule 0, `origins`, 1: `https://a.app.example`: another pattern covers this one (drop one of them)",
        ),
        (
            PolicyConfig::new(["https://a.example"]).rule(RuleConfig::new(["https://b.example", "https://a.example"])),
            "pattern-repeated",
            "rule 1, `origins`, 1: `https://a.example`: the pattern repeats an earlier one (drop one of them)",
        ),
        (
            dangerous("null", Danger::OpaqueOrigin),
            "danger-spelled-out",
            "rule 0, `origins`, 0: `null`: any page can have the origin `null` (list the origins that need it, in a rule of \
             their own)",
        ),
        (
            insecure().rule(RuleConfig::new(["https://app.example"])),
            "danger-spelled-out",
            "rule 0, `origins`, 0: `http://app.example`: a network attacker speaks as this origin (list the origins that \
             need it, in a rule of their own)",
        ),
        (
            dangerous("*", Danger::AnyOrigin).credentials(),
            "danger-spelled-out",
            "rule 0, `origins`, 0: `*`: every site acts as its visitor (list the origins that need it, in a rule of their own)",
        ),
        (
            dangerous(suffix, Danger::PublicSuffix),
            "danger-spelled-out",
            "rule 0, `origins`, 0: `https://*.platform.example`: anyone can register a name under this one (list the origins \
             that need it, in a rule of their own)",
        ),
        (
            dangerous("https://app.example", Danger::InsecureScheme).credentials(),
            "danger-idle",
            "rule 0, `origins`, 0: `https://app.example`: the pattern does not have the danger that it spells out (do not \
             spell it out)",
        ),
        (
            PolicyConfig::new(["http://app.example"]),
            "https-twin-missing",
            "rule 0, `origins`, 0: `http://app.example`: no pattern matches the same host with `https` (list the host with \
             `https` too)",
        ),
        (
            PolicyConfig::new([suffix]),
            "public-suffix",
            "rule 0, `origins`, 0: `https://*.platform.example`: anyone can register a name under this one (list the origins, \
             or spell out the danger `public-suffix` on it)",
        ),
        (
            one().max_age_seconds(7201),
            "max-age-above-limit",
            "rule 0, `max_age`, 0: ``: Chromium keeps answers for 7200 seconds at most (no harm: Firefox keeps them for up to \
             86400 seconds)",
        ),
        (
            one().max_age_seconds(86400),
            "max-age-above-limit",
            "rule 0, `max_age`, 0: ``: Chromium keeps answers for 7200 seconds at most (no harm: Firefox keeps them for up to \
             86400 seconds)",
        ),
        (
            one().max_age_seconds(86401),
            "max-age-above-limit",
            "rule 0, `max_age`, 0: ``: no browser keeps answers for more than 86400 seconds (write 86400)",
        ),
        (
            PolicyConfig::new(["https://app.example"]).methods(["PUT"]),
            "max-age-missing",
            "rule 0, `max_age`, 0: ``: browsers keep answers to preflights for 5 seconds (write 7200, or 0 if that is meant)",
        ),
        (
            PolicyConfig::new(["https://app.example"]).request_headers(["x-a"]),
            "max-age-missing",
            "rule 0, `max_age`, 0: ``: browsers keep answers to preflights for 5 seconds (write 7200, or 0 if that is meant)",
        ),
        (
            one().request_headers(["*"]),
            "wildcard-without-authorization",
            "rule 0, `request_headers`, 0: `*`: `*` does not cover `Authorization` (list `authorization` after the `*`, if \
             requests have it)",
        ),
        (
            one().request_headers(["x-a", "X-A"]),
            "name-repeated",
            "rule 0, `request_headers`, 1: `X-A`: the name repeats an earlier one (drop it)",
        ),
        (one().methods(["GET"]), "name-needless", "rule 0, `methods`, 0: `GET`: the name is allowed anyway (drop it)"),
        (
            one().exposed_headers(["cache-control"]),
            "name-needless",
            "rule 0, `exposed_headers`, 0: `cache-control`: the name is allowed anyway (drop it)",
        ),
        (
            one().methods(["patch"]),
            "method-case",
            "rule 0, `methods`, 0: `patch`: methods are compared byte for byte, and pages usually write this one in upper case \
             (write it in upper case, unless pages do not)",
        ),
        (
            one().private_network(PrivateNetwork::Allowed),
            "private-network-legacy",
            "rule 0, `private_network`, 0: ``: browsers no longer support this protocol (drop it, unless old browsers need it)",
        ),
    ];
    let varies = "answers to `*` would be the same for everybody without this setting, and need no `Vary` (leave the setting at \
                  its default)";
    let varies = ["disclosure", "enforcement"].map(|field| format!("rule 0, `{field}`, 0: ``: {varies}"));
    let any = || PolicyConfig::new(["*"]);
    let more = [
        (
            PolicyConfig::new(["wss://app.example"]),
            "scheme-never-sent",
            "rule 0, `origins`, 0: `wss://app.example`: no page has an origin with this scheme (list the origin of the page: \
             `https` in place of `wss`, `http` in place of `ws`)",
        ),
        (
            one().request_headers(["X-Company-*"]),
            "literal-asterisk",
            "rule 0, `request_headers`, 0: `X-Company-*`: a `*` within a name is not a wildcard (list the names one by one, or \
             write `*` alone)",
        ),
        (any().disclosure(Disclosure::Minimal), "wildcard-varies", &varies[0]),
        (any().enforcement(Enforcement::Server), "wildcard-varies", &varies[1]),
    ];
    rows.extend(more);
    for (config, code, text) in &rows {
        assert_eq!(lints(config), [(*code, (*text).to_owned())]);
    }
    let codes: HashSet<&str> = rows.iter().map(|row| row.1).collect();
    assert_eq!(codes.len(), 16, "a kind of lint without a row: {codes:?}");
}

#[test]
fn danger_lint_needs_every_condition_of_the_danger() {
    let any = || PatternConfig::new("*").dangerously_allow(Danger::AnyOrigin);
    let insecure = |text: &str| PatternConfig::new(text).dangerously_allow(Danger::InsecureScheme);
    for (config, there) in [
        (PolicyConfig::new([any()]).credentials(), true),
        (PolicyConfig::new([any()]), false),
        (
            PolicyConfig::new([PatternConfig::new("https://app.example").dangerously_allow(Danger::AnyOrigin)])
                .credentials(),
            false,
        ),
        (PolicyConfig::new([insecure("app://app.example")]).credentials(), false),
        (PolicyConfig::new([insecure("http://localhost")]).credentials(), false),
        (PolicyConfig::new([insecure("https://app.example")]).credentials(), false),
        (PolicyConfig::new([insecure("http://127.0.0.1")]).credentials(), false),
    ] {
        let codes: Vec<&str> = lints(&config).into_iter().map(|lint| lint.0).collect();
        assert_eq!(codes, [if there { "danger-spelled-out" } else { "danger-idle" }], "{config:?}");
    }
}

#[test]
fn pattern_shadowed_lint_needs_an_earlier_wider_pattern() {
    for (wide, narrow, covered) in [
        ("https://*.app.example", "https://a.app.example", true),
        ("https://*.app.example", "https://*.a.app.example", true),
        ("https://*.app.example:*", "https://*.app.example", true),
        ("https://*.app.example:*", "https://*.app.example:8443", true),
        ("https://app.example:*", "https://app.example", true),
        ("https://*.app.example", "https://app.example", false),
        ("https://*.app.example", "https://*.b.example", false),
        ("https://*.app.example", "https://*.app.example:8443", false),
        ("https://*.app.example", "https://bapp.example", false),
        ("https://app.example:*", "https://*.app.example:*", false),
        ("https://*.app.example", "tauri://*.app.example", false),
    ] {
        let (mut of_borrowed, patterns) = (Vec::new(), [wide, narrow].map(OriginPattern::new));
        Policy::builder(&patterns).build().unwrap().lint(|lint| of_borrowed.push((lint.code(), lint.to_string())));
        assert_eq!(of_borrowed, lints(&PolicyConfig::new([wide, narrow])), "{wide} {narrow}");
        let codes: Vec<&str> = of_borrowed.iter().map(|lint| lint.0).collect();
        assert_eq!(codes, if covered { &["pattern-shadowed"][..] } else { &[] }, "{wide} {narrow}");
    }
}

#[test]
fn policies_without_risk_have_no_lint() {
    for config in [
        PolicyConfig::new(["https://app.example"]),
        PolicyConfig::new(["https://app.example"]).methods(["PUT"]).max_age_seconds(7200),
        PolicyConfig::new(["https://app.example"]).methods(["PATCH", "put-it"]).max_age_seconds(0),
        PolicyConfig::new(["https://app.example"]).request_headers(["*", "authorization"]).max_age_seconds(60),
        PolicyConfig::new(["http://app.example", "https://app.example"]),
        PolicyConfig::new(["http://localhost:*"]),
        PolicyConfig::new(["https://*.a.platform.example", "https://platform.example"]),
        PolicyConfig::new(["https://a.example"]).rule(RuleConfig::new(["*"])),
    ] {
        assert_eq!(lints(&config), [], "{config:?}");
    }
}

#[test]
fn https_twin_lint_compares_hosts_and_explicit_ports() {
    for (origins, missing) in [
        (&["http://app.example"][..], 1),
        (&["http://app.example", "https://app.example"], 0),
        (&["https://app.example", "http://app.example:8080"], 0),
        (&["http://app.example:8080", "https://app.example:8080"], 0),
        (&["http://app.example:8080", "https://app.example:8443"], 1),
        (&["http://app.example:8080", "https://app.example:*"], 0),
        (&["http://app.example:*", "https://app.example:8443"], 1),
        (&["http://app.example:443", "http://app.example", "https://b.example"], 2),
        (&["http://app.example:443", "https://app.example"], 0),
        (&["http://app.example", "https://*.app.example"], 1),
        (&["http://*.app.example", "https://app.example"], 1),
        (&["http://*.app.example", "https://*.app.example"], 0),
        (&["http://*.app.example", "https://*.b.app.example"], 1),
        (&["http://app.example", "*"], 1),
        (&["http://a.app.example", "https://*.app.example"], 0),
        (&["https://*.app.example", "https://a.app.example", "https://*.b.app.example", "https://app.example"], 0),
        (&["https://a.app.example", "https://b.app.example", "https://a.app.example", "https://*.app.example"], 0),
        (&["ws://app.example", "http://localhost", "http://a.localhost:3000"], 0),
    ] {
        let (mut of_borrowed, mut of_owned) = (Vec::new(), Vec::new());
        let patterns: Vec<OriginPattern<'_>> = origins.iter().map(|origin| OriginPattern::new(origin)).collect();
        Policy::builder(&patterns).build().unwrap().lint(|lint| of_borrowed.push((lint.code(), lint.to_string())));
        PolicyConfig::new(origins.iter().copied())
            .build()
            .unwrap()
            .lint(|lint| of_owned.push((lint.code(), lint.to_string())));
        assert_eq!(of_borrowed, of_owned, "{origins:?}");
        let twins = of_owned.iter().filter(|(code, _)| *code == "https-twin-missing");
        assert_eq!(twins.count(), missing, "{origins:?}");
    }
}
