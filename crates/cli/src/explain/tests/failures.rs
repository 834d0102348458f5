//! The example `explain` on the failures of `spec-vectors/failures`: the verdict and every fix are those that the cases expect.

use std::fs;

use serde_json::Value;

use super::super::run;

#[test]
fn the_report_of_the_example_has_the_same_verdict_and_every_fix() {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../../spec-vectors/failures");
    let paths: Vec<_> = fs::read_dir(root).unwrap().map(|entry| entry.unwrap().path()).collect();
    assert_eq!(paths.len(), 56);
    for path in paths {
        let case: Value = serde_json::from_str(&fs::read_to_string(path.join("case.json")).unwrap()).unwrap();
        // The example has no option for the page's embedder policy.
        let can_be_given = |exchange: &&Value| exchange["request"]["embedder_policy"].is_null();
        for exchange in case["exchanges"].as_array().unwrap().iter().filter(can_be_given) {
            let heads = path.join(exchange["heads"].as_str().unwrap());
            let arguments = arguments(exchange, heads.to_str().unwrap());
            let (report, verdict) = run(arguments, || Ok(Vec::new())).unwrap();
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
