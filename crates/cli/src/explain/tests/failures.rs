//! `cors explain` on the failures of `spec-vectors/failures`: as text and as JSON, each report has exactly the verdict,
//! failures, fixes and hints that its case expects.

use std::{fs, path::PathBuf};

use serde_json::{Value, json};

use super::report;
use crate::{codes, message, report::Report};

const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../spec-vectors/failures");

/// Each case: its directory, and the content of `case.json`.
fn cases() -> Vec<(PathBuf, Value)> {
    let mut paths: Vec<PathBuf> = fs::read_dir(ROOT).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let case = |path: PathBuf| {
        let text = fs::read_to_string(path.join("case.json")).unwrap();
        (path, serde_json::from_str(&text).unwrap())
    };
    paths.into_iter().map(case).collect()
}

/// Each exchange of the cases: its name, its JSON, and the report by the rules that the case names.
pub fn exchanges() -> Vec<(String, Value, Report)> {
    let mut exchanges = Vec::new();
    for (path, case) in cases() {
        for exchange in case["exchanges"].as_array().unwrap() {
            let heads = path.join(exchange["heads"].as_str().unwrap());
            let arguments = arguments(exchange, heads.to_str().unwrap());
            let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
            let name = heads.strip_prefix(ROOT).unwrap().display().to_string();
            exchanges.push((name, exchange.clone(), report(&arguments, "").unwrap()));
        }
    }
    exchanges
}

#[test]
fn text_report_of_each_recorded_failure_has_its_verdict_and_fixes() {
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
fn json_report_of_each_recorded_failure_has_its_verdict_failures_fixes_hints_and_messages() {
    for (name, exchange, report) in exchanges() {
        let report = serde_json::to_value(&report).unwrap();
        let expected = &exchange["expected"];
        let codes = |hints: &Value, cause: bool| -> Vec<Value> {
            let hints = hints.as_array().unwrap().iter().filter(|hint| hint["cause"] == cause);
            let mut codes = sorted(hints.map(|hint| hint["code"].clone()).collect());
            // Two headers may have the same fault.
            codes.dedup();
            codes
        };
        let steps = report["steps"].as_array().unwrap();
        // A case lists the failures of the step that ends the fetch.
        let found = |step: &&Value| step["supposed"] == false && !failures(step).is_empty();
        // A browser may check in another order than the standard.
        let failing = sorted(steps.iter().find(found).map(failures).unwrap_or_default());
        assert_eq!(report["verdict"], expected["verdict"], "{name}");
        assert_eq!(failing, sorted(expected["failures"].as_array().unwrap().clone()), "{name}");
        assert_eq!(codes(&report["hints"], true), sorted(expected["causes"].as_array().unwrap().clone()), "{name}");
        for (browser, message) in expected["console"].as_object().unwrap() {
            // WebKit has no ids, so its whole lines are compared.
            let printed = &report["console"][browser];
            let piece = |text: &str| message.as_str().is_some_and(|piece| text.contains(piece));
            let is_in_lines = browser == "webkit" && printed.as_str().is_some_and(piece);
            assert!(printed == message || is_in_lines, "{name}: {browser}: {printed}");
        }
        let fixes = report["fixes"].to_string();
        for line in expected["fix"].as_array().unwrap() {
            let line = line.as_str().unwrap();
            // `no \`Vary\`` means: remove the header.
            let line = line.strip_prefix("no `").and_then(|name| name.strip_suffix('`')).unwrap_or(line);
            assert!(fixes.contains(&json!(line).to_string()), "{name}: {line}: {fixes}");
        }
        for change in expected["page"].as_array().unwrap() {
            let code = change.as_str().unwrap().split(' ').next().unwrap();
            assert!(fixes.contains(&format!("\"code\":\"{code}\"")), "{name}: {change}: {fixes}");
        }
    }
}

fn sorted(mut values: Vec<Value>) -> Vec<Value> {
    values.sort_by_key(Value::to_string);
    values
}

/// The codes of the checks of a step that fail.
fn failures(step: &Value) -> Vec<Value> {
    let checks = step["checks"].as_array().unwrap().iter();
    checks.filter(|check| check["passes"] == false).map(|check| check["code"].clone()).collect()
}

#[test]
fn json_report_of_a_redirected_preflight_has_every_member() {
    let heads =
        "HTTP/1.1 301 Moved\nAccess-Control-Allow-Origin: https://app.example\nLocation: https://api.example/b/\n\n";
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
                {"step": "cors-preflight-fetch:7.3", "passes": true, "code": null,
                 "header": "access-control-allow-methods", "value": null},
                {"step": "cors-preflight-fetch:7.3", "passes": true, "code": null,
                 "header": "access-control-allow-headers", "value": null},
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

/// A report without its input, the only part that depends on the form.
fn without_input(report: &Report) -> Value {
    let mut json = serde_json::to_value(report).unwrap();
    json.as_object_mut().unwrap().remove("input");
    json
}

#[test]
fn report_does_not_depend_on_the_form_of_the_heads() {
    let mut counts = [0; 5];
    for (name, exchange, expected) in exchanges() {
        let heads = fs::read_to_string(PathBuf::from(ROOT).join(&name)).unwrap();
        let arguments = arguments(&exchange, "-");
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        let expected = without_input(&expected);
        for (count, (form, text)) in counts.iter_mut().zip(forms(&heads)) {
            // Without headings, a panel's header of a request is read as one of the request.
            let Some(text) = text.filter(|_| form != "header-lines" || !name.starts_with("misspelt")) else { continue };
            let report = report(&arguments, &text).unwrap_or_else(|error| panic!("{name}: {error}\n{text}"));
            assert_eq!(report.input[0].form, form, "{name}\n{text}");
            assert_eq!(without_input(&report), expected, "{name}\n{text}");
            *count += 1;
        }
    }
    assert!(counts.iter().all(|count| *count > 25), "{counts:?}");
}

/// The same heads in other forms, each with the form that must be recognized. A panel of developer tools has one head and no
/// body.
fn forms(heads: &str) -> [(&'static str, Option<String>); 5] {
    let (mut verbose, mut blocks) = ("* Connected to api.example (192.0.2.1) port 443\n".to_owned(), Vec::new());
    let mut in_head = false;
    for line in heads.lines() {
        if line.starts_with("HTTP/") {
            in_head = true;
            blocks.push(Vec::new());
        }
        verbose += &if in_head { format!("< {line}\n") } else { format!("{line}\n") };
        if in_head && !line.is_empty() {
            blocks.last_mut().unwrap().push(line);
        }
        in_head &= !line.is_empty();
    }
    let indented: String = heads.lines().map(|line| format!("    {line}\n")).collect();
    let panel = |line: fn(&str, &str) -> String| {
        // A panel without headers has only a status, which is not read as a head.
        let [head] = blocks.as_slice() else { return None };
        let head = Some(head).filter(|head| head.len() > 1)?;
        let status = head[0].split_once(' ').unwrap().1;
        let lines = head[1..].iter().filter_map(|it| it.split_once(':')).map(|(name, value)| line(name, value.trim()));
        let panel = line("Status Code", status) + &lines.collect::<String>();
        // In a panel with names and values on separate lines, only known names are recognized.
        let unknown = head.iter().any(|line| line.to_ascii_lowercase().starts_with("x-"));
        (panel.contains(": ") || !unknown).then_some(panel)
    };
    [
        ("curl-verbose", Some(verbose)),
        ("heads", Some(format!("This is what I get:\n\n```http\n{heads}\n```\n"))),
        ("heads", Some(indented)),
        ("header-lines", panel(|name, value| format!("{name}: {value}\n"))),
        ("header-lines", panel(|name, value| format!("{name}\n{value}\n"))),
    ]
}

#[test]
fn pasted_failures_have_the_recorded_cause_and_fix() {
    let mut count = 0;
    for (name, exchange, _) in exchanges() {
        let raw = PathBuf::from(ROOT).join(&name).with_file_name("raw.txt");
        if !name.ends_with("heads.http") || !raw.exists() {
            continue;
        }
        let arguments = arguments(&exchange, raw.to_str().unwrap());
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        let report = serde_json::to_value(report(&arguments, "").unwrap()).unwrap();
        let expected = &exchange["expected"];
        let hints = report["hints"].as_array().unwrap().iter();
        let causes: Vec<&Value> = hints.filter(|hint| hint["cause"] == true).map(|hint| &hint["code"]).collect();
        assert_eq!(report["verdict"], expected["verdict"], "{name}");
        assert_eq!(json!(causes), expected["causes"], "{name}");
        for line in expected["fix"].as_array().unwrap() {
            assert!(report["fixes"].to_string().contains(&line.to_string()), "{name}: {line}: {report:#}");
        }
        count += 1;
    }
    assert_eq!(count, 3);
}

#[test]
fn each_recorded_console_line_is_known() {
    let mut count = 0;
    for (path, case) in cases() {
        let Ok(lines) = fs::read_to_string(path.join("console.txt")) else { continue };
        for (line, expected) in lines.lines().zip(case["console"].as_array().unwrap()) {
            let found = message::meaning(line).map(|message| serde_json::to_value(message).unwrap());
            let Ok(found) = found else {
                assert_eq!(expected, &Value::Null, "{line}");
                continue;
            };
            for member in ["of", "id", "code", "fix"] {
                assert_eq!(found[member], expected[member], "{line}");
            }
            count += 1;
        }
    }
    assert!(count > 50, "{count}");
}

#[test]
fn every_code_of_a_report_is_listed() {
    let known: Vec<&str> = codes::all().iter().map(|code| code.code).collect();
    let mut found = 0;
    for (name, _, report) in exchanges() {
        let json = serde_json::to_string(&report).unwrap();
        for piece in json.split("\"code\":\"").skip(1) {
            let code = piece.split('"').next().unwrap();
            assert!(known.contains(&code), "{name}: {code}");
            found += 1;
        }
    }
    assert!(found > 300, "{found}");
}

/// The command line of an exchange.
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
