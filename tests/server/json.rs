//! The JSON form, which is stable.

use fetch_cors::server::{
    Danger, Disclosure, Enforcement, PatternConfig, PolicyConfig, PrivateNetwork, RuleConfig, Upstream, UpstreamExposed,
};

const FULL: &str = r#"{
  "origins": ["https://app.example", {"pattern": "http://old.example", "dangerously_allow": ["insecure-scheme"]}],
  "ask_caller": true,
  "methods": ["PUT"],
  "request_headers": ["*", "authorization"],
  "exposed_headers": ["etag"],
  "expose_own_headers": true,
  "credentials": true,
  "max_age": 600,
  "rules": [{"origins": ["*"]}],
  "preflight_status": 200,
  "refused_preflight_status": 204,
  "disclosure": "minimal",
  "private_network": true,
  "enforcement": "server",
  "upstream": "merge-exposed"
}"#;

#[test]
fn every_field_has_its_place() {
    let config: PolicyConfig = serde_json::from_str(FULL).unwrap();
    let old = PatternConfig::new("http://old.example").dangerously_allow(Danger::InsecureScheme);
    let expected = PolicyConfig::new([PatternConfig::new("https://app.example"), old])
        .ask_caller()
        .methods(["PUT"])
        .request_headers(["*", "authorization"])
        .exposed_headers(["etag"])
        .expose_own_headers()
        .credentials()
        .max_age_seconds(600)
        .rule(RuleConfig::new(["*"]))
        .preflight_status(200)
        .refused_preflight_status(204)
        .disclosure(Disclosure::Minimal)
        .private_network(PrivateNetwork::Allowed)
        .enforcement(Enforcement::Server)
        .upstream(Upstream::Replace(UpstreamExposed::Merge));
    assert_eq!(config, expected);
    let back = serde_json::to_value(&config).unwrap();
    assert_eq!(back, serde_json::from_str::<serde_json::Value>(FULL).unwrap());
}

#[test]
fn one_may_stand_for_a_list_and_nothing_unknown_is_passed_over() {
    let one: PolicyConfig = serde_json::from_str(r#"{"origins": "*", "methods": "*"}"#).unwrap();
    assert_eq!(one, PolicyConfig::new(["*"]).methods(["*"]));
    let old = PatternConfig::new("http://old.example").dangerously_allow(Danger::InsecureScheme);
    let nested =
        r#"{"origins": {"pattern": "http://old.example", "dangerously_allow": "insecure-scheme"}, "rules": {"origins": "*"}}"#;
    let nested: PolicyConfig = serde_json::from_str(nested).unwrap();
    assert_eq!(nested, PolicyConfig::new([old]).rule(RuleConfig::new(["*"])));
    for bad in [
        r#"["https://app.example"]"#,
        r#"{"origins": "*", "rules": [["https://app.example"]]}"#,
        r#"{"origins": ["https://app.example", []]}"#,
        r#"{"origins": ["http://old.example", ["insecure-scheme"]]}"#,
        r#"{"origins": [["http://old.example", "insecure-scheme"]]}"#,
        r#"{"origin": "*"}"#,
        r#"{"origins": [{"pattern": "*", "dangerously_allow": ["all"]}]}"#,
        r#"{"origins": [{"pattern": "*", "despight": []}]}"#,
        r#"{"origins": "*", "max_age": -1}"#,
        r#"{"origins": "*", "rules": [{"disclosure": "full"}]}"#,
        r#"{"origins": "*", "origins": "*"}"#,
        r#"{"origins": "*", "credentials": "yes"}"#,
    ] {
        assert!(serde_json::from_str::<PolicyConfig>(bad).is_err(), "{bad}");
    }
}

#[test]
fn what_is_wrong_is_named() {
    for (bad, message) in [
        (r#"{"origins": [{"pattern": "*", "dangerously_allow": ["all"]}]}"#, "unknown variant `all`"),
        (r#"{"origins": [{"pattern": "*", "despight": []}]}"#, "unknown field `despight`"),
        (r#"{"origins": "*", "methods": ["PUT", 1]}"#, "invalid type: integer `1`, expected a string"),
        (r#"{"origins": "*", "rules": [{"disclosure": "full"}]}"#, "unknown field `disclosure`"),
        (r#"["https://app.example"]"#, "invalid type: sequence, expected a map"),
        (r#"{"origins": [1]}"#, "invalid type: integer `1`, expected a pattern, or a map with `pattern` and `dangerously_allow`"),
    ] {
        let error = serde_json::from_str::<PolicyConfig>(bad).unwrap_err().to_string();
        assert!(error.starts_with(message), "{error}");
    }
}
