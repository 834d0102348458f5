//! The JSON form, which is stable.

use fetch_cors::server::{
    Danger, Disclosure, Enforcement, PatternConfig, PolicyConfig, PrivateNetwork, RuleConfig, Upstream, UpstreamExposed,
};

const FULL: &str = r#"{
  "origins": ["https://app.example", {"pattern": "http://old.example", "dangerously_allow": ["insecure-scheme"]}],
  "external_lookup": true,
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
fn json_field_sets_its_builder_setting() {
    let config: PolicyConfig = serde_json::from_str(FULL).unwrap();
    let old = PatternConfig::new("http://old.example").dangerously_allow(Danger::InsecureScheme);
    let expected = PolicyConfig::new([PatternConfig::new("https://app.example"), old])
        .external_lookup()
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
fn one_element_is_read_as_a_list_and_unknown_fields_are_errors() {
    let one: PolicyConfig = serde_json::from_str(r#"{"origins": "*", "methods": "*"}"#).unwrap();
    assert_eq!(one, PolicyConfig::new(["*"]).methods(["*"]));
    let old = PatternConfig::new("http://old.example").dangerously_allow(Danger::InsecureScheme);
    let nested = r#"{"origins": {"pattern": "http://old.example", "dangerously_allow": "insecure-scheme"}, "rules": {"origins": "*"}}"#;
    let nested: PolicyConfig = serde_json::from_str(nested).unwrap();
    assert_eq!(nested, PolicyConfig::new([old]).rule(RuleConfig::new(["*"])));
    let no_map = serde_json::from_str::<PolicyConfig>(r#"["https://app.example"]"#).unwrap_err().to_string();
    assert!(no_map.starts_with("invalid type: sequence, expected a map"), "{no_map}");
}

/// The mistakes in a policy in JSON: rule, field, number, value and code.
fn mistakes(json: &str) -> Vec<(usize, &'static str, usize, String, &'static str)> {
    let config: PolicyConfig = serde_json::from_str(json).unwrap();
    assert!(serde_json::to_string(&config).is_err() || config.build().is_err(), "{json}");
    reported(&config)
}

fn reported(config: &PolicyConfig) -> Vec<(usize, &'static str, usize, String, &'static str)> {
    let Err(errors) = config.build() else { return Vec::new() };
    errors.iter().map(|e| (e.rule, e.field.name(), e.index, e.value.to_owned(), e.code())).collect()
}

#[test]
fn wrong_values_of_all_fields_are_reported_together_with_other_mistakes() {
    let json = r#"{
        "origins": ["https://a.example/", 7, {"pattern": "https://b.example"}, "https://c.example"],
        "methods": ["CONNECT", 1], "max_age": -1, "credentials": "yes", "enforcement": true, "expose_own_headers": 1,
        "request_headers": true, "disclosure": "Minimal", "upstream": "merge_exposed", "preflight_status": 70000,
        "rules": [[], {"origin": "*", "max_age": "600", "disclosure": "full"}], "maxAge": 5
    }"#;
    let expected = [
        (0, "origins", 0, "https://a.example/", "trailing-slash"),
        (0, "origins", 1, "7", "wrong-value"),
        (0, "origins", 2, r#"{"pattern": "https://b.example"}"#, "missing-field"),
        (0, "methods", 0, "CONNECT", "forbidden-method"),
        (0, "methods", 1, "1", "wrong-value"),
        (0, "request_headers", 0, "true", "wrong-value"),
        (0, "expose_own_headers", 0, "1", "wrong-value"),
        (0, "credentials", 0, "\"yes\"", "wrong-value"),
        (0, "max_age", 0, "-1", "wrong-value"),
        (1, "rules", 0, "[]", "wrong-value"),
        (2, "max_age", 0, "\"600\"", "wrong-value"),
        (2, "rules", 0, "origin", "unknown-field"),
        (2, "rules", 0, "disclosure", "field-of-policy"),
        (0, "policy", 0, "maxAge", "unknown-field"),
        (0, "preflight_status", 0, "70000", "wrong-value"),
        (0, "disclosure", 0, "\"Minimal\"", "wrong-value"),
        (0, "enforcement", 0, "true", "wrong-value"),
        (0, "upstream", 0, "\"merge_exposed\"", "wrong-value"),
    ];
    let found = mistakes(json);
    let found: Vec<_> = found.iter().map(|(a, b, c, value, e)| (*a, *b, *c, value.as_str(), *e)).collect();
    assert_eq!(found, expected);
}

/// An element that is not a text keeps its place.
#[test]
fn element_after_a_wrong_one_is_reported_with_its_own_number() {
    let json = r#"{
        "origins": [null, "https://a.example/", {"pattern": 5, "dangerously_allow": []}, {"dangerously_allow": []}, ""],
        "methods": [1, "put", null, ""], "request_headers": [false, "cookie"], "exposed_headers": [[], {}, "set-cookie"],
        "rules": [{"origins": [6, "https://b.example/"]}]
    }"#;
    let found: Vec<_> =
        mistakes(json).into_iter().map(|(rule, field, index, _, code)| (rule, field, index, code)).collect();
    let expected = [
        (0, "origins", 0, "wrong-value"),
        (0, "origins", 1, "trailing-slash"),
        (0, "origins", 2, "wrong-value"),
        (0, "origins", 3, "missing-field"),
        (0, "origins", 4, "empty"),
        (0, "methods", 0, "wrong-value"),
        (0, "methods", 1, "method-case"),
        (0, "methods", 2, "wrong-value"),
        (0, "methods", 3, "empty-element"),
        (0, "request_headers", 0, "wrong-value"),
        (0, "request_headers", 1, "forbidden-request-header"),
        (0, "exposed_headers", 0, "wrong-value"),
        (0, "exposed_headers", 1, "wrong-value"),
        (0, "exposed_headers", 2, "forbidden-response-header"),
        (1, "origins", 0, "wrong-value"),
        (1, "origins", 1, "trailing-slash"),
    ];
    assert_eq!(found, expected);
    assert_eq!(mistakes(r#"{"origins": [null]}"#).len(), 1);
}

#[test]
fn wrong_json_value_is_reported_with_a_suggestion() {
    for (field, fix) in [
        (
            r#""max_age": "600""#,
            "rule 0, `max_age`, 0: `\"600\"`: the field is a number of seconds, from 0 to 4294967295 (write a whole number, without quotes: `600`)",
        ),
        (r#""max_age": 600.0"#, "`600`"),
        (r#""max_age": 600.0"#, "`600.0`: "),
        (r#""methods": "PUT,DELETE""#, "(write one name for each element, without blanks: `PUT`, `DELETE`)"),
        (r#""request_headers": " content-type; x-id ""#, "without blanks: `content-type`, `x-id`)"),
        (r#""exposed_headers": ["etag\n"]"#, "without blanks: `etag`)"),
        (r#""exposed_headers": "[etag]""#, "without blanks)"),
        (r#""methods": " , ""#, "without blanks)"),
        (r#""max_age": "10 minutes""#, "without quotes)"),
        (r#""credentials": "yes""#, "`true`"),
        (r#""external_lookup": 0"#, "`false`"),
        (r#""enforcement": "Server""#, "`server`"),
        (r#""upstream": "replaced""#, "`replace`"),
        (r#""allowed_headers": []"#, "`request_headers`"),
        (r#""max_age_seconds": 5"#, "`max_age`"),
        (r#""exposeHeaders": []"#, "`exposed_headers`"),
        (r#""allowCredentials": true"#, "`credentials`"),
        (r#""nonsense": {"a": [null, 1.5, false]}"#, "write the name of a field)"),
        (r#""max_age": 5, "max_age": 6"#, "keep one of them)"),
        (r#""methods": {"a": null}"#, "write it in quotes)"),
        (
            r#""rules": {"origins": "*", "preflight_status": 200}"#,
            "rule 1, `rules`, 0: `preflight_status`: the field belongs to the policy, not to a rule (move it out of `rules`, to the fields of the policy)",
        ),
        (r#""rules": {"origins": "*", "rules": []}"#, "`rules`: the field belongs to the policy"),
    ] {
        let config: PolicyConfig = serde_json::from_str(&format!(r#"{{"origins": "*", {field}}}"#)).unwrap();
        let errors = config.build().unwrap_err();
        assert_eq!(errors.iter().count(), 1, "{errors}");
        let text = errors.to_string();
        assert!(text.contains(fix), "{text} {fix}");
    }
    for (pattern, code, fix) in [
        (r#"{"pattern": "*", "dangerously_allow": ["any-orign"]}"#, "wrong-value", "`any-origin`"),
        (r#"{"pattern": "*", "dangerously_alow": []}"#, "unknown-field", "`dangerously_allow`"),
        (r#"{"dangerously_allow": "any-origin"}"#, "missing-field", "add `pattern`"),
        (r#"{"pattern": 1, "dangerously_allow": []}"#, "wrong-value", "in quotes"),
        (r#"["https://a.example"]"#, "wrong-value", "write the pattern in quotes"),
    ] {
        let config: PolicyConfig = serde_json::from_str(&format!(r#"{{"origins": [{pattern}]}}"#)).unwrap();
        let errors = config.build().unwrap_err();
        let error = errors.iter().next().unwrap();
        assert_eq!((error.code(), error.field.name()), (code, "origins"), "{pattern}");
        assert!(errors.to_string().contains(fix), "{errors}");
    }
}

#[test]
fn value_from_another_format_is_reported_as_from_json() {
    use serde::{
        Deserialize,
        de::value::{Error, MapDeserializer},
    };
    let variables = [("origins", "https://a.example/"), ("max_age", "600s"), ("credentials", "on"), ("metods", "PUT")];
    let config = PolicyConfig::deserialize(MapDeserializer::<_, Error>::new(variables.into_iter())).unwrap();
    let codes: Vec<_> = reported(&config).into_iter().map(|error| (error.1, error.4)).collect();
    assert_eq!(
        codes,
        [
            ("origins", "trailing-slash"),
            ("credentials", "wrong-value"),
            ("max_age", "wrong-value"),
            ("policy", "unknown-field"),
        ]
    );
}

#[test]
fn a_wrong_value_below_another_policy_is_still_reported() {
    let site: PolicyConfig = serde_json::from_str(r#"{"origins": "https://a.example", "max_age": "600"}"#).unwrap();
    let route = PolicyConfig::default().methods(["PUT"]).max_age_seconds(5).on_top_of(&site);
    assert_eq!(reported(&route).len(), 1);
}

/// With its feature `arbitrary_precision`, which any crate of a program may turn on, serde_json gives a number as a map of its text.
#[test]
fn a_number_may_come_as_its_text() {
    let read = |number: &str| {
        let json = format!(r#"{{"origins": "*", "max_age": {{"$serde_json::private::Number": "{number}"}}}}"#);
        serde_json::from_str::<PolicyConfig>(&json).unwrap()
    };
    assert_eq!(read("600"), PolicyConfig::new(["*"]).max_age_seconds(600));
    for (number, fix) in [
        ("600.0", "without quotes: `600`)"),
        ("1.5", "without quotes)"),
        ("-1", "without quotes)"),
        ("1e400", "without quotes)"),
        ("99999999999999999999", "without quotes)"),
    ] {
        let errors = read(number).build().unwrap_err().to_string();
        let start = format!("rule 0, `max_age`, 0: `{number}`: the field is a number of seconds");
        assert!(errors.starts_with(&start) && errors.ends_with(fix), "{errors}");
    }
}

/// The crate `toml` gives a date as a map of its text.
#[test]
fn a_date_of_toml_is_shown_as_it_is_written() {
    for (field, reason) in [
        ("max_age", "the field is a number of seconds"),
        ("methods", "the field has a list"),
        ("origins", "the field has a list"),
        ("credentials", "the field is `true` or `false`"),
    ] {
        let date = r#"{"$__toml_private_datetime": "2026-11-28"}"#;
        let config: PolicyConfig = serde_json::from_str(&format!(r#"{{"{field}": {date}}}"#)).unwrap();
        let errors = config.build().unwrap_err().to_string();
        assert!(errors.contains(&format!("rule 0, `{field}`, 0: `2026-11-28`: {reason}")), "{errors}");
    }
}

#[test]
fn a_danger_of_another_name_is_reported_with_that_of_its_pattern() {
    for (pattern, fix) in [
        (r#""pattern": "null", "dangerously_allow": ["null"]"#, "`file-origin`: `opaque-origin`)"),
        (r#""pattern": "null", "dangerously_allow": [null]"#, "`file-origin`: `opaque-origin`)"),
        (r#""dangerously_allow": "http", "pattern": "http://a.example""#, "`file-origin`: `insecure-scheme`)"),
        (r#""pattern": "http://*.com", "dangerously_allow": "suffix""#, "`file-origin`: `insecure-scheme`)"),
        (r#""pattern": "http://*.com", "dangerously_allow": "public_suffix""#, "`file-origin`: `public-suffix`)"),
        (r#""pattern": "https://a.example", "dangerously_allow": "null""#, "`file-origin`)"),
        (r#""pattern": 1, "dangerously_allow": "null""#, "`file-origin`)"),
    ] {
        let config: PolicyConfig = serde_json::from_str(&format!(r#"{{"origins": {{{pattern}}}}}"#)).unwrap();
        let errors = config.build().unwrap_err();
        let errors: Vec<String> = errors.iter().map(|error| error.to_string()).collect();
        let of_name = errors.iter().find(|error| error.contains("no danger has this name"));
        assert!(of_name.is_some_and(|error| error.ends_with(fix)), "{pattern}: {errors:?}");
    }
}
