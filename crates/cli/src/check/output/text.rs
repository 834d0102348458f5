//! The format for people.

use super::lines::{end, exchange, fixes, names, shown};
use crate::check::{
    finding::{Finding, Severity},
    result::{Probe, Run},
    verdict::{Checked, Outcome},
    visit::End,
};
use crate::report::wrap;

pub fn write(run: &Run) -> String {
    let mut out = String::new();
    for checked in &run.checks {
        check(&mut out, checked);
    }
    for probe in &run.probes {
        of_probe(&mut out, probe);
    }
    out.push_str(&summary(run));
    out
}

fn check(out: &mut String, checked: &Checked) {
    line(out, 0, &checked.check.title());
    for exchange in checked.exchanges() {
        line(out, 2, &format!("{}: status {}", exchange.ask, exchange.answer.status));
    }
    for url in &checked.standard.saved_preflights {
        line(out, 2, &format!("no preflight for {url}: an earlier answer to one is still cached"));
    }
    for (browsers, of) in checked.ends() {
        line(out, 2, &end(&browsers, of));
        if let End::Refused(refusal) = of {
            line(out, 4, &refusal.step);
        }
    }
    match checked.outcome() {
        Outcome::Met => {}
        Outcome::NoAnswer => line(out, 2, "NO ANSWER: this says nothing about CORS"),
        Outcome::Failed => {
            line(out, 2, &format!("FAILED: expected to be {}", checked.check.expectation.as_str()));
            for fix in fixes(checked) {
                wrap(out, "  fix: ", &shown(&fix));
            }
        }
    }
    out.push('\n');
}

fn of_probe(out: &mut String, probe: &Probe) {
    line(out, 0, &format!("Probe of {} for {}", probe.url, probe.pages.join(", ")));
    match &probe.result {
        Err(error) => line(out, 2, &format!("NO ANSWER: {error}")),
        Ok(findings) if findings.is_empty() => line(out, 2, "nothing found"),
        Ok(findings) => findings.iter().for_each(|finding| of_finding(out, finding)),
    }
    out.push('\n');
}

fn of_finding(out: &mut String, finding: &Finding) {
    let Finding { code, message, browsers, evidence, fix, .. } = finding;
    line(out, 2, &format!("{} {}: {message}", code.severity().as_str().to_ascii_uppercase(), code.as_str()));
    line(out, 4, &format!("in {}", names(browsers)));
    for of in evidence {
        for text in exchange(of) {
            of_exchange(out, &text);
        }
    }
    wrap(out, "    fix: ", &shown(fix));
}

fn summary(run: &Run) -> String {
    let outcomes = |outcome| run.checks.iter().filter(|checked| checked.outcome() == outcome).count();
    let mut parts = Vec::new();
    for (count, what) in [
        (outcomes(Outcome::Met), "as expected"),
        (outcomes(Outcome::Failed), "failed"),
        (outcomes(Outcome::NoAnswer), "without an answer"),
    ] {
        if count > 0 {
            parts.push(format!("{count} {what}"));
        }
    }
    let mut out = format!("{}: {}", counted(run.checks.len(), "check"), parts.join(", "));
    if !run.probes.is_empty() {
        let severities = [Severity::Dangerous, Severity::Broken, Severity::Note];
        let of = |severity| run.findings().filter(|(_, finding)| finding.code.severity() == severity).count();
        let found = severities.into_iter().filter(|severity| of(*severity) > 0);
        let found: Vec<_> = found.map(|severity| format!("{} {}", of(severity), severity.as_str())).collect();
        let found = if found.is_empty() { String::new() } else { format!(" ({})", found.join(", ")) };
        out.extend(["; ", &counted(run.findings().count(), "finding"), &found]);
    }
    out.push('\n');
    out
}

fn counted(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}

/// Writes a line of text, broken at the width of a terminal. The lines after the first are indented as much as the first.
fn line(out: &mut String, indent: usize, text: &str) {
    wrap(out, &" ".repeat(indent), &shown(text));
}

/// Writes a line of an exchange without breaking it.
fn of_exchange(out: &mut String, text: &str) {
    out.extend(["    ", text, "\n"]);
}
