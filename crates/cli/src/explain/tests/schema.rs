//! `report/schema.json` describes every report: a check of the keywords that it uses, and of no others.

use regex_lite::Regex;
use serde_json::{Value, json};

use super::{failures, report};
use crate::{
    report::{Report, Verdict},
    rules::Rules,
};

#[test]
fn every_report_is_as_the_schema_describes() {
    let schema: Value = serde_json::from_str(include_str!("../../report/schema.json")).unwrap();
    let mut reports: Vec<(String, Report)> =
        failures::exchanges().into_iter().map(|(name, _, report)| (name, report)).collect();
    for (arguments, text) in [
        (&["--origin", "null", "https://api.example/"][..], ""),
        (&["--origin", "null", "data:,x"], ""),
        (&["--origin", "null", "-X", "TRACE", "https://api.example/"], ""),
        (&[], "CORSMissingAllowOrigin"),
        (&["--origin", "https://a.example", "http://api.example/"], "HTTP/2 200\n\n"),
        (&["--origin", "https://a.example"], "fetch('https://b.example/', {method: 'PUT', body: data})"),
    ] {
        reports.push((arguments.join(" "), report(arguments, text).unwrap()));
    }
    for (name, report) in reports {
        let json = serde_json::to_value(&report).unwrap();
        assert_eq!(mistakes(&schema, &schema, &json), Vec::<String>::new(), "{name}: {json:#}");
    }
}

#[test]
fn what_the_schema_does_not_describe_is_a_mistake() {
    let schema: Value = serde_json::from_str(include_str!("../../report/schema.json")).unwrap();
    let report = serde_json::to_value(Report::empty(Verdict::Opaque, Rules::Fetch, None)).unwrap();
    assert!(mistakes(&schema, &schema, &report).is_empty());
    let hint = |code: &str| json!([{ "code": code, "text": "", "cause": true }]);
    for (member, value) in [
        ("verdict", json!("allowed")),
        ("origin", json!(1)),
        ("other", json!(1)),
        ("hints", hint("A")),
        ("hints", json!([{ "code": "a", "text": "" }])),
        ("fixes", json!([{ "any_of": [] }])),
        ("fixes", json!([{ "where": "server" }])),
        ("console", json!({ "chromium": null, "firefox": null })),
    ] {
        let mut other = report.clone();
        other[member] = value;
        assert!(!mistakes(&schema, &schema, &other).is_empty(), "{member}: {other:#}");
    }
    let mut other = report.clone();
    other["hints"] = hint("a-b4");
    assert!(mistakes(&schema, &schema, &other).is_empty());
}

/// How a value differs from a schema, whose references are into `root`.
fn mistakes(root: &Value, schema: &Value, value: &Value) -> Vec<String> {
    let mut found = Vec::new();
    let is = |name: &str| match name {
        "null" => value.is_null(),
        "boolean" => value.is_boolean(),
        "integer" => value.is_u64(),
        "string" => value.is_string(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        _ => panic!("no type {name}"),
    };
    let names = |list: &Value| -> Vec<String> {
        let list = list.as_array().cloned().unwrap_or_else(|| vec![list.clone()]);
        list.iter().map(|name| name.as_str().unwrap().to_owned()).collect()
    };
    let (object, array) = (value.as_object(), value.as_array());
    for (keyword, rule) in schema.as_object().unwrap() {
        let fits = |schema: &&Value| mistakes(root, schema, value).is_empty();
        let rules = || rule.as_array().unwrap().iter();
        let holds = match keyword.as_str() {
            "$schema" | "$defs" | "title" | "description" => true,
            "type" => names(rule).iter().any(|name| is(name)),
            "enum" => rule.as_array().unwrap().contains(value),
            "const" => rule == value,
            "required" => object.is_none_or(|object| names(rule).iter().all(|name| object.contains_key(name))),
            "additionalProperties" => {
                assert_eq!(rule, &json!(false));
                object.is_none_or(|object| object.keys().all(|name| schema["properties"].get(name).is_some()))
            }
            "properties" => {
                for (name, schema) in rule.as_object().unwrap() {
                    let Some(value) = object.and_then(|object| object.get(name)) else { continue };
                    found.extend(mistakes(root, schema, value).into_iter().map(|mistake| format!("{name}: {mistake}")));
                }
                true
            }
            "items" => {
                found.extend(array.into_iter().flatten().flat_map(|value| mistakes(root, rule, value)));
                true
            }
            "minItems" => array.is_none_or(|array| array.len() as u64 >= rule.as_u64().unwrap()),
            "minimum" => value.as_u64().is_none_or(|number| number >= rule.as_u64().unwrap()),
            "maximum" => value.as_u64().is_none_or(|number| number <= rule.as_u64().unwrap()),
            "pattern" => value.as_str().is_none_or(|text| Regex::new(rule.as_str().unwrap()).unwrap().is_match(text)),
            "anyOf" => rules().any(|schema| fits(&schema)),
            "oneOf" => rules().filter(fits).count() == 1,
            "$ref" => {
                let target = root.pointer(rule.as_str().unwrap().strip_prefix('#').unwrap()).unwrap();
                found.extend(mistakes(root, target, value));
                true
            }
            _ => panic!("the keyword {keyword} is not checked"),
        };
        if !holds {
            found.push(format!("{keyword} {rule} does not hold for {value}"));
        }
    }
    found
}
