//! `cors explain` on the failures of `spec-vectors/failures`: the verdict, every failure, every fix and every hint are those that
//! the cases expect, as text and as JSON.

use std::{fs, path::PathBuf};

use serde_json::{Value, json};

use super::report;
use crate::report::Report;

/// Each exchange of the cases: its name, what is asked, and the report by the rules that the case names.
fn exchanges() -> Vec<(String, Value, Report)> {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../../spec-vectors/failures");
    let mut paths: Vec<PathBuf> = fs::read_dir(root).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let mut exchanges = Vec::new();
    for path in paths {
        let case: Value = serde_json::from_str(&fs::read_to_string(path.join("case.json")).unwrap()).unwrap();
        for exchange in case["exchanges"].as_array().unwrap() {
            let heads = path.join(exchange["heads"].as_str().unwrap());
            let arguments = arguments(exchange, heads.to_str().unwrap());
            let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
            let name = heads.strip_prefix(root).unwrap().display().to_string();
            exchanges.push((name, exchange.clone(), report(&arguments, "").unwrap()));
        }
    }
    exchanges
}

#[test]
fn the_text_has_the_same_verdict_and_every_fix() {
    let exchanges = exchanges();
    assert_eq!(exchanges.len(), 61);
    for (name, exchange, report) in exchanges {
        let expected = &exchange["expected"];
        let verdict = format!("{:?}", report.verdict).to_lowercase();
        let report = report.to_text();
        assert_eq!(expected["verdict"], verdict, "{name}: {report}");
        // Lines are broken at 100 columns.
        let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        let report = words(&report);
        for line in expected["fix"].as_array().unwrap() {
            assert!(report.contains(&words(line.as_str().unwrap())), "{name}: {line}: {report}");
        }
        let likely = !expected["causes"].as_array().unwrap().is_empty();
        assert_eq!(report.contains("Likely cause:"), likely, "{name}: {report}");
    }
}

#[test]
fn the_json_has_the_same_verdict_failures_fixes_hints_and_messages() {
    for (name, exchange, report) in exchanges() {
        let report = serde_json::to_value(&report).unwrap();
        let expected = &exchange["expected"];
        let codes = |hints: &Value, cause: bool| -> Vec<Value> {
            let hints = hints.as_array().unwrap().iter().filter(|hint| hint["cause"] == cause);
            hints.map(|hint| hint["code"].clone()).collect()
        };
        let steps = report["steps"].as_array().unwrap();
        // A case speaks of the step that ends the fetch.
        let found = |step: &&Value| step["supposed"] == false && !failures(step).is_empty();
        let failing = steps.iter().find(found).map(failures).unwrap_or_default();
        assert_eq!(report["verdict"], expected["verdict"], "{name}");
        assert_eq!(json!(failing), expected["failures"], "{name}");
        assert_eq!(json!(codes(&report["hints"], true)), expected["causes"], "{name}");
        for (browser, message) in expected["console"].as_object().unwrap() {
            assert_eq!(&report["console"][browser], message, "{name}: {browser}");
        }
        let fixes = report["fixes"].to_string();
        for line in expected["fix"].as_array().unwrap() {
            let line = line.as_str().unwrap();
            // `no \`Vary\`` is a header that is removed.
            let line = line.strip_prefix("no `").and_then(|name| name.strip_suffix('`')).unwrap_or(line);
            assert!(fixes.contains(&json!(line).to_string()), "{name}: {line}: {fixes}");
        }
        for change in expected["page"].as_array().unwrap() {
            let code = change.as_str().unwrap().split(' ').next().unwrap();
            assert!(fixes.contains(&format!("\"code\":\"{code}\"")), "{name}: {change}: {fixes}");
        }
    }
}

/// The codes of the checks of a step that fail.
fn failures(step: &Value) -> Vec<Value> {
    let checks = step["checks"].as_array().unwrap().iter();
    checks.filter(|check| check["passes"] == false).map(|check| check["code"].clone()).collect()
}

#[test]
fn every_report_is_as_the_schema_describes() {
    let schema: Value = serde_json::from_str(include_str!("../../report/schema.json")).unwrap();
    jsonschema::meta::validate(&schema).unwrap();
    let schema = jsonschema::validator_for(&schema).unwrap();
    let mut reports: Vec<(String, Report)> = exchanges().into_iter().map(|(name, _, report)| (name, report)).collect();
    for (arguments, text) in [
        (&["--origin", "null", "https://api.example/"][..], ""),
        (&["--origin", "null", "data:,x"], ""),
        (&["--origin", "null", "-X", "TRACE", "https://api.example/"], ""),
        (&[], "CORSMissingAllowOrigin"),
        (&["--origin", "https://a.example", "http://api.example/"], "HTTP/2 200\n\n"),
    ] {
        reports.push((arguments.join(" "), report(arguments, text).unwrap()));
    }
    for (name, report) in reports {
        let json = serde_json::to_value(&report).unwrap();
        let errors: Vec<String> =
            schema.iter_errors(&json).map(|error| format!("{error} {}", error.instance_path())).collect();
        assert!(errors.is_empty(), "{name}: {errors:#?}\n{json:#}");
    }
    // What it does not describe is an error.
    let mut other =
        serde_json::to_value(Report::empty(crate::report::Verdict::Opaque, Default::default(), None)).unwrap();
    assert!(schema.is_valid(&other));
    other["verdict"] = json!("allowed");
    assert!(!schema.is_valid(&other));
}

#[test]
fn the_json_of_one_exchange() {
    let heads = "HTTP/1.1 301 Moved\nAccess-Control-Allow-Origin: https://app.example\nLocation: /b/\n\n";
    let arguments = ["--origin", "https://app.example", "-X", "DELETE", "https://api.example/b"];
    let json = serde_json::to_value(report(&arguments, heads).unwrap()).unwrap();
    assert_eq!(
        json["steps"][0],
        json!({
            "phase": "preflight", "method": "OPTIONS", "url": "https://api.example/b", "status": 301,
            "checks": [
                {"step": "cors-check:1-4", "passes": true, "code": null,
                 "header": "access-control-allow-origin", "value": "https://app.example"},
                {"step": "cors-preflight-fetch:7", "passes": false, "code": "preflight-redirected", "header": null, "value": null},
                {"step": "cors-preflight-fetch:7.5", "passes": false, "code": "method-not-allowed",
                 "header": "access-control-allow-methods", "value": null},
            ],
            "supposed": false,
            "request_headers": ["Accept: */*", "Access-Control-Request-Method: DELETE", "Origin: https://app.example"],
        })
    );
    let (phase, url) = ("preflight", "https://api.example/b");
    assert_eq!(
        json["fixes"],
        json!([{"any_of": [
            {"all_of": [
                {"where": "server", "phase": phase, "url": url, "change": "status 204", "code": "set-status", "enough": true},
                {"where": "server", "phase": phase, "url": url, "set": ["Access-Control-Allow-Methods: DELETE"], "remove": [],
                 "code": "set-header"},
            ]},
            {"where": "page", "phase": phase, "url": url, "change": "the URL `https://api.example/b/` to begin with",
             "code": "request-location", "enough": true},
        ]}])
    );
    assert_eq!(json["browsers"], json!({"chromium": "refused", "firefox": "refused", "webkit": "refused"}));
    assert_eq!(json["input"], json!([{"source": "standard input", "form": "heads", "notes": []}]));
}

/// The command line for an exchange.
fn arguments(exchange: &Value, heads: &str) -> Vec<String> {
    let request = &exchange["request"];
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let mut arguments = vec!["--profile".to_owned(), text(&exchange["profile"])];
    for (option, member) in [
        ("--origin", "origin"),
        ("-X", "method"),
        ("--credentials", "credentials"),
        ("--mode", "mode"),
        ("--embedder-policy", "embedder_policy"),
    ] {
        if let Some(value) = request[member].as_str() {
            arguments.extend([option.to_owned(), value.to_owned()]);
        }
    }
    for header in request["headers"].as_array().into_iter().flatten() {
        arguments.extend(["-H".to_owned(), format!("{}: {}", text(&header[0]), text(&header[1]))]);
    }
    if request["body"].is_string() {
        arguments.extend(["--body".to_owned(), "{}".to_owned()]);
    }
    arguments.extend([text(&request["url"]), heads.to_owned()]);
    arguments
}
