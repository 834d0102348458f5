//! One JSON object, for programs.

use serde::Serialize;

use super::lines;
use crate::check::{
    finding::Finding,
    result::Run,
    transport::{Credentials, Exchange, Kind},
    verdict::Checked,
    visit::{End, Visit},
};
use crate::{
    report::Report,
    rules::{ByBrowser, Rules},
};

#[derive(Serialize)]
struct Document<'r> {
    exit: u8,
    checks: Vec<Check<'r>>,
    probes: Vec<Probe>,
}

#[derive(Serialize)]
struct Check<'r> {
    name: String,
    url: String,
    method: String,
    origin: String,
    expected: &'static str,
    verdict: &'static str,
    outcome: &'static str,
    browsers: ByBrowser<Option<OfBrowser>>,
    /// The report that `cors explain` writes.
    report: Option<&'r Report>,
    exchanges: Vec<OneExchange>,
    saved_preflights: Vec<String>,
}

#[derive(Serialize)]
struct OfBrowser {
    verdict: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    code: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    step: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    causes: Vec<&'static str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    fixes: Vec<String>,
}

#[derive(Serialize)]
struct Probe {
    url: String,
    pages: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    no_answer: Option<String>,
    findings: Vec<OneFinding>,
}

#[derive(Serialize)]
struct OneFinding {
    code: &'static str,
    severity: &'static str,
    origin: String,
    message: String,
    fix: String,
    browsers: Vec<Rules>,
    evidence: Vec<OneExchange>,
}

#[derive(Serialize)]
struct OneExchange {
    kind: &'static str,
    method: String,
    url: String,
    credentials: bool,
    request_headers: Vec<(String, String)>,
    status: u16,
    response_headers: Vec<(String, String)>,
}

/// Replaces a value that is not printed.
const HIDDEN: &str = "(not shown)";

pub fn write(run: &Run) -> Result<String, String> {
    let probe = |probe: &crate::check::result::Probe| Probe {
        url: probe.url.clone(),
        pages: probe.pages.clone(),
        no_answer: probe.result.as_ref().err().map(ToString::to_string),
        findings: probe.result.iter().flatten().map(finding).collect(),
    };
    let document = Document {
        exit: run.exit().code(),
        checks: run.checks.iter().map(check).collect(),
        probes: run.probes.iter().map(probe).collect(),
    };
    let mut text = serde_json::to_string_pretty(&document).map_err(|error| error.to_string())?;
    text.push('\n');
    Ok(text)
}

fn check(checked: &Checked) -> Check<'_> {
    let Checked { check, standard, report, browsers } = checked;
    let of = |rules| browsers.iter().find(|(own, _)| *own == rules).map(|(_, visit)| of_browser(visit));
    Check {
        name: check.title(),
        url: check.call.url.clone(),
        method: check.call.method.clone(),
        origin: check.origin.clone(),
        expected: check.expectation.as_str(),
        verdict: checked.verdict().as_str(),
        outcome: checked.outcome().as_str(),
        browsers: ByBrowser::of(of),
        report: report.as_ref(),
        exchanges: checked.exchanges().into_iter().map(exchange).collect(),
        saved_preflights: standard.saved_preflights.clone(),
    }
}

fn of_browser(visit: &Visit) -> OfBrowser {
    let bare = |verdict| OfBrowser { verdict, code: None, text: None, step: None, causes: vec![], fixes: vec![] };
    match &visit.end {
        End::Readable => bare("readable"),
        End::NoAnswer(_, error) => OfBrowser { text: Some(error.reason.clone()), ..bare("no-answer") },
        End::Refused(refusal) => OfBrowser {
            verdict: "refused",
            code: Some(refusal.code),
            text: Some(refusal.text.clone()),
            step: Some(refusal.step.clone()),
            causes: refusal.causes.clone(),
            fixes: refusal.fixes.clone(),
        },
    }
}

fn finding(finding: &Finding) -> OneFinding {
    OneFinding {
        code: finding.code.as_str(),
        severity: finding.code.severity().as_str(),
        origin: finding.origin.clone(),
        message: finding.message.clone(),
        fix: finding.fix.clone(),
        browsers: finding.browsers.clone(),
        evidence: finding.evidence.iter().map(exchange).collect(),
    }
}

fn exchange(exchange: &Exchange) -> OneExchange {
    let text = |(name, value): &(String, Vec<u8>)| {
        let name = name.to_ascii_lowercase();
        // A session's cookie does not belong in the log of a build.
        let value = if name == "set-cookie" { HIDDEN.into() } else { lines::shown(&String::from_utf8_lossy(value)) };
        (name, value)
    };
    OneExchange {
        kind: match exchange.ask.kind {
            Kind::Preflight => "preflight",
            Kind::Request => "request",
            Kind::Nobody => "without-origin",
        },
        method: exchange.ask.method.clone(),
        url: exchange.ask.url.clone(),
        credentials: exchange.ask.credentials == Credentials::Included,
        request_headers: exchange.ask.headers.iter().map(text).collect(),
        status: exchange.answer.status,
        response_headers: exchange.answer.headers.iter().map(text).collect(),
    }
}
