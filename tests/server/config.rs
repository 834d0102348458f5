//! Mistakes and lints.

use fetch_cors::server::{
    ConfigReason, Danger, OriginPattern, PatternConfig, Policy, PolicyConfig, PrivateNetwork, PublicSuffixes, Rule,
    RuleConfig,
};

fn errors(config: &PolicyConfig) -> Vec<(usize, &'static str, usize, String, &'static str)> {
    let Err(errors) = config.build() else { return Vec::new() };
    let reported = errors.to_string();
    assert_eq!(reported.lines().count(), errors.iter().count(), "{reported}");
    errors.iter().map(|e| (e.rule, e.field.name(), e.index, e.value.to_owned(), e.code())).collect()
}

fn error(
    rule: usize,
    field: &'static str,
    index: usize,
    value: &str,
    code: &'static str,
) -> (usize, &'static str, usize, String, &'static str) {
    (rule, field, index, value.to_owned(), code)
}

#[test]
fn all_mistakes_are_reported_at_once() {
    let config =
        PolicyConfig::new(["https://a.example/", "http://a.example", "http://localhost", "http://127.0.0.1:*", "*"])
            .credentials()
            .methods(["PUT", "TRACE", "a b", "x,y", ""])
            .request_headers(["x-a", "Cookie", "Sec-X", "proxy-x", "Access-Control-Allow-Origin"])
            .exposed_headers(["*", "Set-Cookie", "origin", "Access-Control-Max-Age"])
            .rule(RuleConfig::new([""; 0]))
            .rule(RuleConfig::new(["null"]).external_lookup())
            .rule(RuleConfig::new([""; 0]).external_lookup())
            .preflight_status(404)
            .refused_preflight_status(302);
    assert_eq!(
        errors(&config),
        [
            error(0, "origins", 0, "https://a.example/", "trailing-slash"),
            error(0, "origins", 1, "http://a.example", "insecure-scheme-not-spelled-out"),
            error(0, "origins", 4, "*", "any-origin-not-spelled-out"),
            error(0, "methods", 1, "TRACE", "forbidden-method"),
            error(0, "methods", 2, "a b", "not-a-token"),
            error(0, "methods", 3, "x,y", "not-a-token"),
            error(0, "methods", 4, "", "empty-element"),
            error(0, "request_headers", 1, "Cookie", "forbidden-request-header"),
            error(0, "request_headers", 2, "Sec-X", "forbidden-request-header"),
            error(0, "request_headers", 3, "proxy-x", "forbidden-request-header"),
            error(0, "request_headers", 4, "Access-Control-Allow-Origin", "cors-response-header"),
            error(0, "exposed_headers", 0, "*", "wildcard-with-credentials"),
            error(0, "exposed_headers", 1, "Set-Cookie", "forbidden-response-header"),
            error(0, "exposed_headers", 2, "origin", "cors-request-header"),
            error(0, "exposed_headers", 3, "Access-Control-Max-Age", "cors-request-header"),
            error(1, "origins", 0, "", "no-origin"),
            error(2, "origins", 0, "null", "opaque-origin-not-spelled-out"),
            error(3, "external_lookup", 0, "", "second-external-lookup"),
            error(0, "preflight_status", 0, "", "status-not-ok"),
            error(0, "refused_preflight_status", 0, "", "status-not-final"),
        ]
    );
    assert_eq!(errors(&PolicyConfig::default()), [error(0, "origins", 0, "", "no-origin")]);
}

#[test]
fn a_const_policy_has_the_same_checks() {
    const BAD: fetch_cors::server::PolicyBuilder<'static> =
        Policy::builder(&[OriginPattern::new("https://a/"), OriginPattern::ANY])
            .methods("PUT,,TRACE")
            .request_headers("x-a, cookie")
            .exposed_headers("*")
            .credentials()
            .rules(&[Rule::new(&[])])
            .preflight_status(302);
    let codes: Vec<_> = BAD.errors().map(|error| error.code()).collect();
    assert_eq!(
        codes,
        [
            "trailing-slash",
            "any-origin-not-spelled-out",
            "empty-element",
            "forbidden-method",
            "forbidden-request-header",
            "wildcard-with-credentials",
            "no-origin",
            "status-not-ok"
        ]
    );
    const FIRST: Option<ConfigReason> = match BAD.build() {
        Ok(_) => None,
        Err(error) => Some(error.reason),
    };
    assert_eq!(FIRST.map(ConfigReason::code), Some("trailing-slash"));
}

struct Suffixes;

impl PublicSuffixes for Suffixes {
    fn is_public_suffix(&self, domain: &str) -> bool {
        ["com", "co.uk", "platform.example"].contains(&domain)
    }
}

#[test]
fn lints_of_const_and_owned_policies_have_equal_codes() {
    let dangerous = |text: &'static str, danger| PatternConfig::new(text).dangerously_allow(danger);
    let config = PolicyConfig::new([
        PatternConfig::new("https://*.platform.example"),
        PatternConfig::new("https://a.platform.example"),
        PatternConfig::new("https://*.b.platform.example"),
        PatternConfig::new("https://*.b.platform.example"),
        dangerous("http://old.example", Danger::InsecureScheme),
        dangerous("https://new.example", Danger::InsecureScheme),
        dangerous("https://*.co.uk", Danger::PublicSuffix),
        dangerous("null", Danger::OpaqueOrigin),
        PatternConfig::new("http://localhost:*"),
        PatternConfig::new("http://localhost"),
    ])
    .credentials()
    .methods(["PUT", "query", "GET", "patch"])
    .request_headers(["*"])
    .exposed_headers(["content-type"])
    .max_age_seconds(8000)
    .rule(
        RuleConfig::new(["http://plain.example", "https://plain.example", "https://c.platform.example"])
            .methods(["*", "PUT"]),
    )
    .private_network(PrivateNetwork::Allowed);
    let policy = config.build().unwrap();
    let mut lints = Vec::new();
    policy.lint_with(&Suffixes, |lint| lints.push((lint.rule, lint.field.name(), lint.index, lint.code())));
    let expected = [
        (0, "origins", 0, "public-suffix"),
        (0, "origins", 1, "pattern-shadowed"),
        (0, "origins", 2, "pattern-shadowed"),
        (0, "origins", 3, "pattern-repeated"),
        (0, "origins", 4, "danger-spelled-out"),
        (0, "origins", 4, "https-twin-missing"),
        (0, "origins", 5, "danger-idle"),
        (0, "origins", 6, "danger-spelled-out"),
        (0, "origins", 7, "danger-spelled-out"),
        (0, "origins", 9, "pattern-shadowed"),
        (1, "origins", 2, "pattern-shadowed"),
        (0, "methods", 1, "method-case"),
        (0, "methods", 2, "name-needless"),
        (0, "methods", 3, "method-case"),
        (0, "request_headers", 0, "wildcard-without-authorization"),
        (0, "exposed_headers", 0, "name-needless"),
        (0, "max_age", 0, "max-age-above-limit"),
        (1, "methods", 1, "name-needless"),
        (1, "max_age", 0, "max-age-missing"),
        (0, "private_network", 0, "private-network-legacy"),
    ];
    assert_eq!(lints, expected);

    static CONST: Policy<'static> = Policy::builder(&[
        OriginPattern::new("https://*.platform.example"),
        OriginPattern::new("https://a.platform.example"),
        OriginPattern::new("https://*.b.platform.example"),
        OriginPattern::new("https://*.b.platform.example"),
        OriginPattern::new("http://old.example").dangerously_allow(Danger::InsecureScheme),
        OriginPattern::new("https://new.example").dangerously_allow(Danger::InsecureScheme),
        OriginPattern::new("https://*.co.uk").dangerously_allow(Danger::PublicSuffix),
        OriginPattern::new("null").dangerously_allow(Danger::OpaqueOrigin),
        OriginPattern::new("http://localhost:*"),
        OriginPattern::new("http://localhost"),
    ])
    .credentials()
    .methods("PUT, query, GET, patch")
    .request_headers("*")
    .exposed_headers("content-type")
    .max_age_seconds(8000)
    .rules(&[Rule::new(&[
        OriginPattern::new("http://plain.example"),
        OriginPattern::new("https://plain.example"),
        OriginPattern::new("https://c.platform.example"),
    ])
    .methods("*, PUT")])
    .private_network(PrivateNetwork::Allowed)
    .build_or_panic();
    let mut lints = Vec::new();
    CONST.lint_with(&Suffixes, |lint| lints.push((lint.rule, lint.field.name(), lint.index, lint.code())));
    assert_eq!(lints, expected);
}

/// The lints, which must be equal in both types of policy: rule, field, number, value, code.
fn lints(owned: &PolicyConfig, policy: &Policy<'_>) -> Vec<(usize, &'static str, usize, String, &'static str)> {
    let (mut by_owned, mut by_policy) = (Vec::new(), Vec::new());
    owned.build().unwrap().lint(|lint| {
        by_owned.push(error(lint.rule, lint.field.name(), lint.index, lint.value, lint.code()));
    });
    policy.lint(|lint| by_policy.push(error(lint.rule, lint.field.name(), lint.index, lint.value, lint.code())));
    assert_eq!(by_owned, by_policy);
    by_owned
}

#[test]
fn an_owned_policy_lints_its_lists_as_they_were_given() {
    let config = PolicyConfig::new(["https://app.example"])
        .methods(["PUT", "GET", "PUT"])
        .request_headers(["X-B", "x-a", "x-b", "*"])
        .exposed_headers(["X-Z", "etag", "ETag", "Content-Type"])
        .max_age_seconds(600);
    static POLICY: Policy<'static> = Policy::builder(&[OriginPattern::new("https://app.example")])
        .methods("PUT, GET, PUT")
        .request_headers("X-B, x-a, x-b, *")
        .exposed_headers("X-Z, etag, ETag, Content-Type")
        .max_age_seconds(600)
        .build_or_panic();
    assert_eq!(
        lints(&config, &POLICY),
        [
            error(0, "methods", 1, "GET", "name-needless"),
            error(0, "methods", 2, "PUT", "name-repeated"),
            error(0, "request_headers", 0, "X-B", "name-needless"),
            error(0, "request_headers", 1, "x-a", "name-needless"),
            error(0, "request_headers", 2, "x-b", "name-repeated"),
            error(0, "request_headers", 2, "x-b", "name-needless"),
            error(0, "request_headers", 3, "*", "wildcard-without-authorization"),
            error(0, "exposed_headers", 2, "ETag", "name-repeated"),
            error(0, "exposed_headers", 3, "Content-Type", "name-needless"),
        ]
    );
}

#[test]
fn any_origin_shadows_all_but_with_credentials_not_the_opaque_one() {
    let null = || PatternConfig::new("null").dangerously_allow(Danger::OpaqueOrigin);
    const NULL: OriginPattern<'static> = OriginPattern::new("null").dangerously_allow(Danger::OpaqueOrigin);
    let any = PolicyConfig::new([PatternConfig::new("*"), PatternConfig::new("https://a.example"), null()]);
    static ANY: Policy<'static> =
        Policy::builder(&[OriginPattern::ANY, OriginPattern::new("https://a.example"), NULL]).build_or_panic();
    let shadowed = |found: Vec<(usize, &'static str, usize, String, &'static str)>| -> Vec<String> {
        found.into_iter().filter(|lint| lint.4 == "pattern-shadowed").map(|lint| lint.3).collect()
    };
    assert_eq!(shadowed(lints(&any, &ANY)), ["https://a.example", "null"]);

    let dangerous = PatternConfig::new("*").dangerously_allow(Danger::AnyOrigin);
    let reflected =
        PolicyConfig::new([dangerous]).credentials().rule(RuleConfig::new([null(), "https://*.a.example".into()]));
    static REFLECTED: Policy<'static> = Policy::builder(&[OriginPattern::ANY.dangerously_allow(Danger::AnyOrigin)])
        .credentials()
        .rules(&[Rule::new(&[NULL, OriginPattern::new("https://*.a.example")])])
        .build_or_panic();
    assert_eq!(shadowed(lints(&reflected, &REFLECTED)), ["https://*.a.example"]);
}

#[test]
fn predicate_for_a_missing_rule_is_an_error() {
    let config = PolicyConfig::new(["https://a.example"]);
    let errors = config.build_with_predicate(1, Box::new(|_: &str| true)).unwrap_err();
    let errors: Vec<_> = errors.iter().map(|error| (error.rule, error.field.name(), error.code())).collect();
    assert_eq!(errors, [(1, "predicate", "no-such-rule")]);
}

#[test]
fn a_policy_on_top_of_another_is_checked_as_a_whole() {
    let site = PolicyConfig::new(["*"]).max_age_seconds(600);
    let route = PolicyConfig::default().credentials().on_top_of(&site);
    assert_eq!(errors(&route), [error(0, "origins", 0, "*", "any-origin-not-spelled-out")]);
    let route = PolicyConfig::new(["https://a.example"]).credentials().on_top_of(&site);
    assert_eq!(errors(&route), []);
}
