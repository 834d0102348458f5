//! The configuration of a policy, and the lists of a rule, can be read.

use fetch_cors::server::{
    Credentials, Danger, Disclosure, Enforcement, OriginPattern, OwnedPolicy, PatternConfig, Policy, PolicyConfig,
    PrivateNetwork, Rule, RuleConfig, Upstream, UpstreamExposed,
};

#[test]
fn the_configuration_of_a_policy_is_the_one_that_it_was_built_of() {
    let base = || PolicyConfig::new(["https://app.example", "https://*.app.example", "http://localhost:*"]);
    let null = || PatternConfig::new("null").dangerously_allow(Danger::OpaqueOrigin);
    for config in [
        PolicyConfig::new(["*"]),
        base(),
        base().methods(["PUT", "DELETE", "PUT"]).request_headers(["X-B", "x-a"]).exposed_headers(["ETag", "*"]),
        base().credentials().expose_own_headers().exposed_headers(["*"]).max_age_seconds(0),
        base().external_lookup().rule(RuleConfig::new(["https://b.example"]).methods(["*"])),
        PolicyConfig::from(RuleConfig::default().external_lookup()),
        base().rule(RuleConfig::new([null()]).max_age_seconds(u32::MAX)).rule(RuleConfig::default().external_lookup()),
        base().preflight_status(200).refused_preflight_status(404).disclosure(Disclosure::Minimal),
        base().private_network(PrivateNetwork::Allowed).enforcement(Enforcement::Server).upstream(Upstream::Keep),
        base().upstream(Upstream::Replace(UpstreamExposed::Merge)),
        PolicyConfig::new([PatternConfig::new("*")
            .dangerously_allow(Danger::PublicSuffix)
            .dangerously_allow(Danger::AnyOrigin)])
        .credentials()
        .request_headers(["*", "authorization"]),
    ] {
        let read = config.build().unwrap().config();
        assert_eq!(read.build().unwrap().config(), read);
        let dangers = format!("{config:?}").contains("PublicSuffix");
        assert!(dangers || read == config, "{read:?}");
    }
}

#[test]
fn default_fields_are_left_out_of_json() {
    let explicit = PolicyConfig::new(["*"])
        .methods([""; 0])
        .preflight_status(204)
        .refused_preflight_status(403)
        .disclosure(Disclosure::Full)
        .enforcement(Enforcement::Browser)
        .private_network(PrivateNetwork::Refused)
        .upstream(Upstream::default());
    assert_eq!(explicit.build().unwrap().config(), PolicyConfig::new(["*"]));
}

#[test]
fn a_const_policy_has_the_configuration_of_its_owned_twin() {
    static POLICY: Policy<'static> = Policy::builder(&[OriginPattern::new("https://app.example")])
        .methods("PUT, DELETE")
        .request_headers("x-a")
        .credentials()
        .max_age_seconds(60)
        .rules(&[Rule::new(&[OriginPattern::ANY])])
        .build_or_panic();
    let config = PolicyConfig::new(["https://app.example"])
        .methods(["PUT", "DELETE"])
        .request_headers(["x-a"])
        .credentials()
        .max_age_seconds(60)
        .rule(RuleConfig::new(["*"]));
    assert_eq!(OwnedPolicy::indexed(&POLICY).config(), config);
}

#[test]
fn getters_of_a_rule_return_its_settings() {
    let patterns = [OriginPattern::new("https://app.example")];
    let rule = Rule::new(&patterns)
        .methods("PUT, DELETE")
        .request_headers("X-B, x-a")
        .exposed_headers(" etag ")
        .credentials()
        .max_age_seconds(60);
    assert_eq!(rule.allowed_origins(), patterns);
    assert!(rule.allowed_methods().eq(["PUT", "DELETE"]));
    assert!(rule.allowed_request_headers().eq(["X-B", "x-a"]));
    assert!(rule.exposed_header_names().eq(["etag"]));
    assert_eq!((rule.allowed_credentials(), rule.max_age()), (Credentials::Allowed, Some(60)));
    assert!(!rule.exposes_own_headers() && !rule.has_predicate() && !rule.has_external_lookup());
    let rule = Rule::new(&[]).external_lookup().expose_own_headers().predicate(&|_: &str| true);
    assert!(rule.exposes_own_headers() && rule.has_predicate() && rule.has_external_lookup());
    assert_eq!((rule.allowed_methods().count(), rule.max_age()), (0, None));
    assert_eq!(rule.allowed_credentials(), Credentials::Omitted);
}
