//! Files of developer tools: the verdict on each fetch equals what the page's script got.

use std::{collections::BTreeMap, fs, path::PathBuf};

use fetch_cors_read::har::read;
use serde_json::{Value, json};

use super::{Table, entry, rows::Row, solve::By, table, text};
use crate::{report::Verdict, rules::Rules};

fn devtools(file: &str) -> String {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../spec-vectors/devtools").join(file);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn table_of(file: &str) -> Table {
    let text = devtools(file);
    let har = read(text.as_bytes()).unwrap();
    table(&har, &har.fetches())
}

fn rows_of<'t>(table: &'t Table, path: &str) -> Vec<&'t Row> {
    let of_path = |row: &&Row| url::Url::parse(&row.url).is_ok_and(|url| url.path() == path);
    table.fetches.iter().filter(of_path).collect()
}

fn verdict(row: &Row, rules: Rules) -> Verdict {
    row.browsers.iter().find(|(own, _)| *own == rules).map_or(Verdict::Incomplete, |(_, verdict)| *verdict)
}

/// The outcome of a script, as a verdict.
fn expected(name: &str, result: &str) -> Verdict {
    match (name, result) {
        ("connection-refused" | "dead", _) => Verdict::Incomplete,
        (_, "opaque 0") => Verdict::Opaque,
        (_, "loaded") => Verdict::Readable,
        (_, result) if result.starts_with("cors ") => Verdict::Readable,
        _ => Verdict::Refused,
    }
}

const KINDS: [(&str, &str, Rules); 3] = [
    ("kinds/chromium-sanitized.har", "kinds/chromium.results.json", Rules::Chromium),
    ("kinds/chromium-full.har", "kinds/chromium.results.json", Rules::Chromium),
    ("kinds/firefox.har", "kinds/firefox.results.json", Rules::Firefox),
];

#[test]
fn verdicts_and_preflights_of_a_har_file_match_the_recorded_browser() {
    for (file, results, rules) in KINDS {
        let table = table_of(file);
        let recorded: Value = serde_json::from_str(&devtools(results)).unwrap();
        let results: BTreeMap<String, String> = serde_json::from_value(recorded["results"].clone()).unwrap();
        assert!(results.len() >= 18, "{file}");
        for (name, result) in &results {
            let rows = rows_of(&table, &format!("/{name}"));
            // Chromium does not list a fetch that is refused before anything is sent.
            assert_eq!(rows.is_empty(), rules == Rules::Chromium && name == "same-origin-mode", "{file}: {name}");
            for row in rows {
                assert_eq!(verdict(row, rules), expected(name, result), "{file}: {name}: {result}");
            }
        }
        let preflights = &table.economics.preflights;
        let predicted = preflights.predicted.iter().find(|(own, _)| *own == rules).map(|(_, count)| *count as u64);
        assert_eq!(predicted, recorded["preflights"].as_u64(), "{file}");
        assert_eq!(Some(preflights.recorded as u64), recorded["preflights"].as_u64(), "{file}");
    }
}

/// The path of each fetch of the smaller page, by its name.
const PATHS: [(&str, &str); 17] = [
    ("ok", "/ok"),
    ("noacao", "/noacao"),
    ("preflight-ok", "/pf/ok"),
    ("preflight-403", "/pf/403"),
    ("preflight-noheaders", "/pf/nohdr"),
    ("preflight-redirect", "/pf/redir"),
    ("preflight-then-noacao", "/pf/then"),
    ("creds-star", "/star"),
    ("creds-ok", "/cred"),
    ("redirect-ok", "/redir"),
    ("redirect-bad", "/redirbad"),
    ("nocors", "/noacao2"),
    ("dead", "/dead"),
    ("xhr", "/pf/nohdr2"),
    ("cached-pf-1", "/pf/cache"),
    ("cached-pf-2", "/pf/cache"),
    ("post-json", "/pf/ok2"),
];

#[test]
fn verdicts_of_each_har_export_of_a_page_match_its_recorded_results() {
    for (file, results, rules) in [
        ("chrome-full.har", "chrome.results.json", Rules::Chromium),
        ("chrome-sanitized.har", "chrome.results.json", Rules::Chromium),
        ("firefox.har", "firefox.results.json", Rules::Firefox),
    ] {
        let table = table_of(file);
        let results: Vec<(String, String)> = serde_json::from_str(&devtools(results)).unwrap();
        for (name, path) in PATHS {
            let (_, result) = results.iter().find(|(own, _)| own == name).unwrap();
            let rows = rows_of(&table, path);
            assert!(!rows.is_empty(), "{file}: {name}");
            for row in rows {
                assert_eq!(verdict(row, rules), expected(name, result), "{file}: {name}");
            }
        }
    }
}

#[test]
fn credentials_mode_is_inferred_from_har_files_without_cookies() {
    let table = table_of("chrome-sanitized.har");
    assert!(table.sanitized);
    let row = rows_of(&table, "/star")[0];
    assert_eq!((&*row.credentials, row.credentials_by), ("include", By::NothingElse));
    let full = table_of("chrome-full.har");
    assert!(!full.sanitized);
    assert_eq!(rows_of(&full, "/star")[0].credentials_by, By::File);
}

#[test]
fn har_of_playwright_is_read_with_a_note_about_missing_data() {
    let table = table_of("playwright.har");
    assert!(table.lacks.contains("no preflight"));
    assert_eq!(table.economics.preflights.recorded, 0);
    for (path, missing) in [("/pf/ok", "the answer to the preflight"), ("/noacao", "the response")] {
        let row = rows_of(&table, path)[0];
        assert_eq!((verdict(row, Rules::Chromium), row.missing), (Verdict::Incomplete, Some(missing)), "{path}");
    }
}

#[test]
fn refused_fetches_are_listed_first_with_a_fix() {
    for (file, ..) in KINDS {
        let table = table_of(file);
        let refused = |row: &Row| row.browsers.iter().any(|(_, verdict)| *verdict == Verdict::Refused);
        let ranks: Vec<bool> = table.fetches.iter().map(refused).collect();
        assert!(ranks.is_sorted_by_key(|refused| !refused), "{file}");
        assert!(
            table.fetches.iter().filter(|row| refused(row)).all(|row| !row.refusal.as_ref().unwrap().fix.is_empty())
        );
    }
}

#[test]
fn simulation_predicts_the_preflights_that_each_change_saves() {
    let table = table_of("chrome-eco.har");
    let economics = &table.economics;
    assert_eq!((economics.requests, economics.preflights.recorded), (54, 18));
    assert_eq!(economics.preflights.predicted.chromium, 18);
    let saves =
        |code: &str| economics.changes.iter().find(|saving| saving.code == code).map(|saving| saving.saves.chromium);
    assert_eq!(saves("fewer-urls"), Some(5));
    assert_eq!(saves("list-names"), Some(5));
    assert_eq!(saves("longer-max-age"), Some(3));
    assert_eq!(economics.together.chromium, 13);
    let text = text::table("eco.har", &read(devtools("chrome-eco.har").as_bytes()).unwrap(), &table);
    assert!(text.contains("18 of 54 requests were preflights"), "{text}");
}

#[test]
fn explanation_of_a_har_entry_has_the_tables_verdict() {
    for (file, _, rules) in KINDS {
        let text = devtools(file);
        let har = read(text.as_bytes()).unwrap();
        let fetches = har.fetches();
        for row in table(&har, &fetches).fetches {
            for number in &row.entries {
                let report = entry::report(file, &har, &fetches, *number).unwrap();
                assert_eq!(report.verdict, verdict(&row, rules), "{file}: entry {number}: {}", row.url);
            }
        }
        assert!(entry::report(file, &har, &fetches, 0).is_err());
        assert!(entry::report(file, &har, &fetches, har.entries.len() + 1).is_err());
    }
}

fn schema() -> jsonschema::Validator {
    let schema: Value = serde_json::from_str(include_str!("schema.json")).unwrap();
    jsonschema::meta::validate(&schema).unwrap();
    jsonschema::validator_for(&schema).unwrap()
}

#[test]
fn every_table_is_as_the_schema_describes() {
    let schema = schema();
    let more = ["chrome-eco.har", "firefox-eco.har", "chrome-dup.har", "firefox-dup.har", "playwright.har"];
    for file in KINDS.map(|(file, ..)| file).into_iter().chain(more) {
        let json = serde_json::to_value(table_of(file)).unwrap();
        let mistakes: Vec<String> =
            schema.iter_errors(&json).map(|error| format!("{error}: {}", error.instance_path())).collect();
        assert!(mistakes.is_empty(), "{file}: {mistakes:#?}");
    }
}

#[test]
fn schema_rejects_members_that_it_does_not_describe() {
    let schema = schema();
    let table = serde_json::to_value(table_of("kinds/firefox.har")).unwrap();
    assert!(schema.is_valid(&table));
    for (pointer, value) in [
        ("/exporter", json!(null)),
        ("/fetches/0/entry", json!(0)),
        ("/fetches/0/entries", json!([])),
        ("/fetches/0/browsers/webkit", json!("allowed")),
        ("/fetches/0/refusal", json!({ "code": "a" })),
        ("/fetches/0/refused_by", json!("fetch")),
        ("/fetches/0/credentials_by", json!("cookie")),
        ("/economics/preflights/predicted", json!(1)),
        ("/economics/together", json!({ "chromium": 1, "firefox": 1, "webkit": 1, "fetch": 1 })),
    ] {
        let mut other = table.clone();
        *other.pointer_mut(pointer).unwrap() = value;
        assert!(!schema.is_valid(&other), "{pointer}");
    }
}
