//! Fixes of configuration files, applied as they are written.

use fetch_cors::server::PolicyConfig;
use serde_json::{Map, Value, json};

/// A policy with this field, and with an origin.
fn with(name: &str, value: Value) -> PolicyConfig {
    let mut fields = Map::new();
    fields.insert("origins".into(), json!(["https://a.example"]));
    fields.insert(name.into(), value);
    serde_json::from_value(Value::Object(fields)).unwrap()
}

/// The value that is suggested instead of this one.
fn suggested(name: &str, value: &Value) -> Option<Value> {
    let errors = with(name, value.clone()).build().unwrap_err();
    assert_eq!(errors.iter().count(), 1, "{name} {value}: {errors}");
    let suggestion = errors.iter().next().and_then(|error| error.suggestion())?.to_string();
    let text = suggestion.trim_matches('`');
    Some(serde_json::from_str(text).unwrap_or_else(|_| json!(text)))
}

#[test]
fn suggested_value_builds_in_place_of_the_wrong_one() {
    for (name, value) in [
        ("max_age", json!("600")),
        ("max_age", json!(" 600s ")),
        ("max_age", json!(600.0)),
        ("credentials", json!("yes")),
        ("credentials", json!("True")),
        ("credentials", json!(1)),
        ("external_lookup", json!("off")),
        ("expose_own_headers", json!("on")),
        ("private_network", json!(0)),
        ("enforcement", json!("Server")),
        ("disclosure", json!("MINIMAL")),
        ("upstream", json!("merge_exposed")),
        ("upstream", json!("Keep")),
        ("preflight_status", json!("200")),
        ("refused_preflight_status", json!(400.0)),
        ("methods", json!("put")),
        ("methods", json!(["Delete"])),
    ] {
        let fix = suggested(name, &value).unwrap_or_else(|| panic!("{name} {value}"));
        assert!(with(name, fix.clone()).build().is_ok(), "{name} {value}: {fix}");
    }
}

#[test]
fn ambiguous_value_has_no_suggestion() {
    for (name, value) in [
        ("max_age", json!(-1)),
        ("max_age", json!("1h")),
        ("max_age", json!("600ms")),
        ("max_age", json!("10m")),
        ("max_age", json!(4_294_967_296_u64)),
        ("max_age", json!(0.5)),
        ("max_age", json!([600])),
        ("max_age", json!({"seconds": 600})),
        ("max_age", json!(true)),
        ("credentials", json!("include")),
        ("credentials", json!(2)),
        ("credentials", json!([])),
        ("enforcement", json!(true)),
        ("enforcement", json!("x")),
        ("preflight_status", json!(70_000)),
        ("methods", json!(7)),
        ("request_headers", json!(true)),
    ] {
        assert_eq!(suggested(name, &value), None, "{name} {value}");
    }
}

#[test]
fn an_unknown_field_is_fixed_by_the_name_of_the_field_that_was_meant() {
    for (name, meant) in [
        ("maxAge", "max_age"),
        ("max-age", "max_age"),
        ("max_age_seconds", "max_age"),
        ("allowCredentials", "credentials"),
        ("allow_credentials", "credentials"),
        ("credential", "credentials"),
        ("allowedMethods", "methods"),
        ("exposedHeaders", "exposed_headers"),
        ("expose_headers", "exposed_headers"),
        ("exposeHeaders", "exposed_headers"),
        ("allowHeaders", "request_headers"),
        ("allowed_headers", "request_headers"),
        ("preflightStatus", "preflight_status"),
    ] {
        assert_eq!(suggested(name, &json!([])), Some(json!(meant)), "{name}");
    }
    for name in ["x", "", "\u{202e}", "comment", "$schema"] {
        assert_eq!(suggested(name, &json!([])), None, "{name}");
    }
}

#[test]
fn a_configuration_of_twenty_thousand_unknown_fields_reports_each_once() {
    let fields: Map<String, Value> = (0..20_000).map(|number| (format!("f{number}"), json!(number))).collect();
    let config: PolicyConfig = serde_json::from_value(Value::Object(fields)).unwrap();
    let errors = config.build().unwrap_err();
    assert_eq!(errors.iter().filter(|error| error.code() == "unknown-field").count(), 20_000);
}
