//! SARIF 2.1.0, for code scanning.
//!
//! <https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html>

use serde_sarif::sarif::{
    ArtifactLocation, Location, Message, MultiformatMessageString, PhysicalLocation, Region, ReportingConfiguration,
    ReportingDescriptor, Result as SarifResult, ResultLevel, Run as SarifRun, Sarif, Tool, ToolComponent,
};

use super::lines::{failure, fixes, shown};
use crate::check::{
    finding::{Code, Severity},
    plan::Place,
    result::Run,
    verdict::Outcome,
};

/// The rules of results that are not findings of a probe.
const OTHER_RULES: [(&str, ResultLevel, &str); 2] = [
    ("expectation-failed", ResultLevel::Error, "a check does not come out as expected"),
    ("no-answer", ResultLevel::Note, "a server does not answer, which says nothing about CORS"),
];

pub fn write(run: &Run) -> Result<String, String> {
    let driver = ToolComponent::builder()
        .name("cors check")
        .version(env!("CARGO_PKG_VERSION"))
        .information_uri("https://fetch.spec.whatwg.org/#http-cors-protocol")
        .rules(rules())
        .build();
    let run = SarifRun::builder().tool(Tool::builder().driver(driver).build()).results(results(run)).build();
    let sarif = Sarif::builder().version("2.1.0").schema(SCHEMA).runs(vec![run]).build();
    let mut text = serde_json::to_string_pretty(&sarif).map_err(|error| error.to_string())?;
    text.push('\n');
    Ok(text)
}

const SCHEMA: &str = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

fn rules() -> Vec<ReportingDescriptor> {
    let others = OTHER_RULES.into_iter();
    let codes = Code::ALL.into_iter().map(|code| (code.as_str(), level(code.severity()), code.meaning()));
    others.chain(codes).map(|(id, level, meaning)| rule(id, level, meaning)).collect()
}

fn rule(id: &str, level: ResultLevel, meaning: &str) -> ReportingDescriptor {
    let level = serde_json::to_value(level).unwrap_or_default();
    let configuration = ReportingConfiguration::builder().level(level).build();
    ReportingDescriptor::builder()
        .id(id)
        .short_description(MultiformatMessageString::builder().text(meaning).build())
        .default_configuration(configuration)
        .build()
}

const fn level(severity: Severity) -> ResultLevel {
    match severity {
        Severity::Dangerous => ResultLevel::Error,
        Severity::Broken => ResultLevel::Warning,
        Severity::Note => ResultLevel::Note,
    }
}

fn results(run: &Run) -> Vec<SarifResult> {
    let mut results = Vec::new();
    for checked in &run.checks {
        if let Some(text) = failure(checked) {
            let rule = if checked.outcome() == Outcome::NoAnswer { "no-answer" } else { "expectation-failed" };
            let check = &checked.check;
            let fixes: String = fixes(checked).iter().flat_map(|fix| [" Fix: ", fix]).collect();
            let text = format!("{}: {text}.{fixes}", check.title());
            results.push(result(rule, &text, check.place.as_ref(), &check.call.url));
        }
    }
    for probe in &run.probes {
        if let Err(error) = &probe.result {
            results.push(result("no-answer", &error.to_string(), probe.place.as_ref(), &probe.url));
        }
    }
    for (probe, finding) in run.findings() {
        let text = format!("{}: {}. Fix: {}", finding.url, finding.message, finding.fix);
        results.push(result(finding.code.as_str(), &text, probe.place.as_ref(), &finding.url));
    }
    results
}

fn result(rule: &str, text: &str, place: Option<&Place>, url: &str) -> SarifResult {
    let others = OTHER_RULES.into_iter().find(|(id, ..)| *id == rule).map(|(_, level, _)| level);
    let level =
        others.or_else(|| Code::from_word(rule).map(|code| level(code.severity()))).unwrap_or(ResultLevel::Error);
    let artifact = |uri: &str| ArtifactLocation::builder().uri(uri).build();
    let physical = match place {
        Some(Place { file, line }) => {
            let line = i64::try_from(*line).unwrap_or(1);
            let region = Region::builder().start_line(line).build();
            PhysicalLocation::builder().artifact_location(artifact(file)).region(region).build()
        }
        None => PhysicalLocation::builder().artifact_location(artifact(url)).build(),
    };
    SarifResult::builder()
        .rule_id(rule)
        .level(level)
        .message(Message::builder().text(shown(text)).build())
        .locations(vec![Location::builder().physical_location(physical).build()])
        .build()
}
