//! Everyday failures, after reports of people who had them: the cause, the fix and what the consoles say, in
//! `spec-vectors/failures/`.
//!
//! Each case is explained by the library, step by step, and by the example `explain`, whose verdict must be the same.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test may fail")]

#[allow(dead_code, missing_docs, reason = "it is a program, and `main` is not called here")]
#[path = "../../examples/explain/main.rs"]
mod explain;
mod walk;

use std::{fs, path::PathBuf};

use fetch_cors::browser::{MessageOf, Profile, known_message};
use serde_json::{Value, json};

use walk::Walk;

/// The directory of each case, and what its `case.json` says.
fn cases() -> Vec<(PathBuf, Value)> {
    let root = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/spec-vectors/failures"));
    let mut cases: Vec<_> = fs::read_dir(root).unwrap().map(|entry| entry.unwrap().path()).collect();
    cases.sort();
    let read = |path: PathBuf| {
        let text = fs::read_to_string(path.join("case.json")).unwrap();
        let case = serde_json::from_str(&text).unwrap();
        (path, case)
    };
    cases.into_iter().map(read).collect()
}

fn profile(name: &str) -> Profile {
    match name {
        "fetch" => Profile::FETCH,
        "chromium" => Profile::CHROMIUM,
        "firefox" => Profile::FIREFOX,
        "safari" => Profile::SAFARI,
        other => panic!("{other} is no profile"),
    }
}

/// What is wrong, in a text that shows both values.
fn differences(case: &str, wanted: &Value, found: &Value) -> Option<String> {
    let pretty = |value| serde_json::to_string_pretty(value).unwrap();
    (wanted != found).then(|| format!("{case}: wanted {}\nfound {}", pretty(wanted), pretty(found)))
}

#[test]
fn each_failure_has_its_cause_its_fix_and_its_console_messages() {
    let mut wrong = Vec::new();
    let mut count = 0;
    for (path, case) in cases() {
        for exchange in case["exchanges"].as_array().unwrap() {
            let heads = fs::read_to_string(path.join(exchange["heads"].as_str().unwrap())).unwrap();
            let walk = Walk::new(&exchange["request"], &heads);
            let found = walk.found(&profile(exchange["profile"].as_str().unwrap()));
            let name =
                format!("{}/{}", path.file_name().unwrap().to_str().unwrap(), exchange["heads"].as_str().unwrap());
            wrong.extend(differences(&name, &exchange["expected"], &found));
            count += 1;
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!(count, 39);
}

#[test]
fn the_report_of_the_example_has_the_same_verdict_and_every_fix() {
    for (path, case) in cases() {
        // The example has no option for the page's embedder policy.
        let told = |exchange: &&Value| exchange["request"]["embedder_policy"].is_null();
        for exchange in case["exchanges"].as_array().unwrap().iter().filter(told) {
            let heads = path.join(exchange["heads"].as_str().unwrap());
            let arguments = arguments(exchange, heads.to_str().unwrap());
            let (report, verdict) = explain::run(arguments, || Ok(Vec::new())).unwrap();
            let expected = &exchange["expected"];
            let verdict = format!("{verdict:?}").to_lowercase();
            assert_eq!(expected["verdict"], verdict, "{report}");
            // Lines are broken at 100 columns.
            let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
            let report = words(&report);
            for line in expected["fix"].as_array().unwrap() {
                assert!(report.contains(&words(line.as_str().unwrap())), "{line}: {report}");
            }
            let likely = !expected["causes"].as_array().unwrap().is_empty();
            assert_eq!(report.contains("Likely cause:"), likely, "{report}");
        }
    }
}

/// The command line of the example for an exchange.
fn arguments(exchange: &Value, heads: &str) -> Vec<String> {
    let request = &exchange["request"];
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let mut arguments = vec!["--profile".to_owned(), text(&exchange["profile"])];
    for (option, member) in
        [("--origin", "origin"), ("-X", "method"), ("--credentials", "credentials"), ("--mode", "mode")]
    {
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

#[test]
fn each_line_of_a_console_is_known() {
    let mut wrong = Vec::new();
    for (path, case) in cases() {
        let Ok(lines) = fs::read_to_string(path.join("console.txt")) else { continue };
        let name = path.file_name().unwrap().to_str().unwrap();
        let found: Vec<Value> = lines.lines().map(meaning).collect();
        wrong.extend(differences(name, &case["console"], &Value::from(found)));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The browser, the id and the code of a line, and the codes of what it hints at.
fn meaning(line: &str) -> Value {
    let Some(message) = known_message(line) else { return Value::Null };
    let of = match message.known.of {
        MessageOf::Chromium => "chromium",
        MessageOf::Firefox => "firefox",
        MessageOf::WebKit => "webkit",
        MessageOf::Script => "script",
    };
    let hints: Vec<&str> = message.hints().map(|hint| hint.code()).collect();
    json!({ "of": of, "id": message.known.id, "code": message.known.code, "fix": message.fix().to_string(), "hints": hints })
}
