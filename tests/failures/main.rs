//! Everyday failures from public reports, in `spec-vectors/failures/`: the cause, the fix, and the messages of the
//! consoles.
//!
//! The example `explain` has tests of its own for the same cases.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test may fail")]

mod walk;

use std::{fs, path::PathBuf};

use fetch_cors::browser::{Profile, ids::MessageOf, known_message};
use serde_json::{Value, json};

use walk::Walk;

/// The directory and the content of each `case.json`.
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
        "webkit" | "safari" => Profile::WEBKIT,
        other => panic!("{other} is not a profile"),
    }
}

/// The difference, as a text with both values.
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
    assert_eq!(count, 61);
}

#[test]
fn each_recorded_console_line_is_known() {
    let mut wrong = Vec::new();
    for (path, case) in cases() {
        let Ok(lines) = fs::read_to_string(path.join("console.txt")) else { continue };
        let name = path.file_name().unwrap().to_str().unwrap();
        let found: Vec<Value> = lines.lines().map(meaning).collect();
        wrong.extend(differences(name, &case["console"], &Value::from(found)));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The browser, the id and the code of a line, and the codes of its hints.
fn meaning(line: &str) -> Value {
    let Some(message) = known_message(line) else { return Value::Null };
    let of = match message.known.of {
        MessageOf::Chromium => "chromium",
        MessageOf::Firefox => "firefox",
        MessageOf::WebKit => "webkit",
        MessageOf::EdgeHtml => "edge-html",
        MessageOf::Server => "server",
        _ => "script",
    };
    let hints: Vec<&str> = message.hints().map(|hint| hint.code()).collect();
    json!({ "of": of, "id": message.known.id, "code": message.known.code, "fix": message.fix().to_string(), "hints": hints })
}
