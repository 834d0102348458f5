//! The formats: what each prints for one run.

use super::{Fake, PAGE, URL, findings::NoOther, head, origin};
use crate::{
    check::{
        args::Format,
        output::write,
        plan::{Call, Check, Expectation, Place},
        probe::{Target, probe},
        result::{Probe, Run},
        transport::Ask,
        verdict::check,
        visit::Browser,
    },
    exit::Exit,
};

/// A run with a check as expected, one that fails, one without an answer, and a probe with a finding. `place` is a file's, or
/// none.
fn run(place: Option<Place>) -> Run {
    let reflects = |ask: &Ask| {
        let origin = origin(ask).unwrap_or_else(|| "*".into());
        let allowed = format!("access-control-allow-origin: {origin}");
        let down = ask.url.contains("down");
        (!down).then(|| {
            head(200, &[&allowed, "access-control-allow-credentials: true", "vary: Origin", "set-cookie: session=1"])
        })
    };
    let (mut server, mut browsers) = (Fake::new(reflects), Browser::all());
    let mut run = Run::default();
    let put = Call { method: "PUT".into(), ..Call::get(URL) };
    for (name, call) in
        [("it is read", Call::get(URL)), ("it is put, 100%", put), ("it answers", Call::get("https://down.example/"))]
    {
        let (name, expectation) = (Some(name.into()), Expectation::Readable);
        let checked = Check { name, origin: PAGE.into(), call, expectation, place: place.clone() };
        run.checks.push(check(&checked, &mut browsers, &mut server).unwrap());
    }
    let (call, pages) = (Call::get(URL), vec![PAGE.to_owned()]);
    let target = Target { call: &call, pages: &pages, is_allowed: &NoOther, fresh: "fresh" };
    let result = probe(&target, &mut server);
    run.probes.push(Probe { url: URL.into(), pages, place, result });
    run
}

#[test]
fn no_output_format_prints_credentials() {
    for format in [Format::Text, Format::Json, Format::Junit, Format::Sarif, Format::Github] {
        assert!(!written(format).contains("session"), "{format:?}");
    }
}

fn written(format: Format) -> String {
    write(&run(Some(Place { file: "checks.toml".into(), line: 7 })), format).unwrap()
}

#[test]
fn exit_status_of_a_failure_precedes_a_missing_answer_and_both_precede_success() {
    let mut run = run(None);
    assert_eq!(run.exit(), Exit::Refused);
    run.probes.clear();
    assert_eq!(run.exit(), Exit::Refused);
    run.checks.remove(1);
    assert_eq!(run.exit(), Exit::NoAnswer);
    run.checks.remove(1);
    assert_eq!(run.exit(), Exit::Readable);
}

#[test]
fn text_output_has_the_request_each_browsers_verdict_and_the_fix() {
    let text = written(Format::Text);
    for line in [
        "it is put, 100%",
        "  OPTIONS https://api.example.org/items: status 200",
        "  FAILED: expected to be readable",
        "  fix: Access-Control-Allow-Methods: PUT",
        "  NO ANSWER: this says nothing about CORS",
        "    > origin: https://cors-probe.test",
        "    < access-control-allow-origin: https://cors-probe.test",
        "3 checks: 1 as expected, 1 failed, 1 without an answer; 1 finding (1 dangerous)",
    ] {
        assert!(text.lines().any(|own| own == line), "{line}\n{text}");
    }
    assert!(text.contains("DANGEROUS any-site-reads-with-credentials: `https://cors-probe.test`"), "{text}");
}

#[test]
fn json_output_has_each_verdict_with_its_code_and_each_finding_with_its_evidence() {
    let json: serde_json::Value = serde_json::from_str(&written(Format::Json)).unwrap();
    let schema = serde_json::from_str(include_str!("../output/schema.json")).unwrap();
    jsonschema::validate(&schema, &json).unwrap();
    assert_eq!(json["exit"], 1);
    assert_eq!(json["checks"][0]["browsers"]["firefox"]["verdict"], "readable");
    assert_eq!(json["checks"][1]["browsers"]["chromium"]["code"], "method-not-allowed");
    assert_eq!(json["checks"][1]["outcome"], "failed");
    assert_eq!(json["checks"][1]["report"]["steps"][0]["phase"], "preflight");
    assert_eq!(json["checks"][1]["report"]["verdict"], "refused");
    assert_eq!(json["checks"][2]["verdict"], "no-answer");
    let finding = &json["probes"][0]["findings"][0];
    assert_eq!(
        (&finding["code"], &finding["severity"]),
        (&"any-site-reads-with-credentials".into(), &"dangerous".into())
    );
    assert_eq!(finding["evidence"][0]["status"], 200);
    assert_eq!(finding["evidence"][0]["response_headers"][3], serde_json::json!(["set-cookie", "(not shown)"]));
}

#[test]
fn junit_output_has_a_test_for_each_check_and_code_and_an_error_for_an_outage() {
    let text = written(Format::Junit);
    let suites = quick_junit::Report::deserialize_from_str(&text).unwrap();
    let counts: Vec<_> = suites.test_suites.iter().map(|suite| (suite.tests, suite.failures, suite.errors)).collect();
    assert_eq!(counts, [(3, 1, 1), (crate::check::finding::Code::ALL.len(), 1, 0)]);
}

#[test]
fn sarif_output_has_a_rule_and_a_location_for_each_result() {
    let sarif: serde_sarif::sarif::Sarif = serde_json::from_str(&written(Format::Sarif)).unwrap();
    let run = sarif.runs.first().unwrap();
    let rules: Vec<_> = run.tool.driver.rules.iter().flatten().map(|rule| rule.id.clone()).collect();
    let results = run.results.as_ref().unwrap();
    assert_eq!(results.len(), 3);
    for result in results {
        assert!(rules.contains(result.rule_id.as_ref().unwrap()));
        let place = result.locations.as_ref().unwrap()[0].physical_location.as_ref().unwrap();
        assert_eq!(place.artifact_location.as_ref().unwrap().uri.as_deref(), Some("checks.toml"));
        assert_eq!(place.region.as_ref().unwrap().start_line, Some(7));
    }
}

#[test]
fn github_annotations_have_one_line_each_with_control_characters_escaped() {
    let text = written(Format::Github);
    let lines: Vec<_> = text.lines().collect();
    assert_eq!(lines.len(), 3);
    assert!(lines[0].starts_with("::error file=checks.toml,line=7,title=it is put%2C 100%25::expected to be readable"));
    assert!(lines[0].contains("%0Afix: Access-Control-Allow-Methods: PUT"));
    assert!(lines[1].starts_with("::warning file=checks.toml,line=7,title=it answers::"));
    assert!(lines[2].starts_with("::error file=checks.toml,line=7,title=any-site-reads-with-credentials::"));
    let without = write(&run(None), Format::Github).unwrap();
    assert!(without.starts_with("::error title=it is put%2C 100%25::"));
}
