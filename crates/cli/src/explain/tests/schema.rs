//! `report/schema.json` describes every report.

use serde_json::{Value, json};

use super::{failures, report};
use crate::{
    report::{Report, Verdict},
    rules::Rules,
};

fn schema() -> jsonschema::Validator {
    let schema: Value = serde_json::from_str(include_str!("../../report/schema.json")).unwrap();
    jsonschema::meta::validate(&schema).unwrap();
    jsonschema::validator_for(&schema).unwrap()
}

#[test]
fn every_report_is_as_the_schema_describes() {
    let schema = schema();
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
        let mistakes: Vec<String> = schema.iter_errors(&json).map(|error| error.to_string()).collect();
        assert!(mistakes.is_empty(), "{name}: {mistakes:#?}\n{json:#}");
    }
}

#[test]
fn schema_rejects_members_that_it_does_not_describe() {
    let schema = schema();
    let report = serde_json::to_value(Report::empty(Verdict::Opaque, Rules::Fetch, None)).unwrap();
    assert!(schema.is_valid(&report));
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
        assert!(!schema.is_valid(&other), "{member}: {other:#}");
    }
    let mut other = report.clone();
    other["hints"] = hint("a-b4");
    assert!(schema.is_valid(&other));
}
