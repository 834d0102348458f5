//! JUnit's XML: a test for each check, and for each URL that is probed a test for each code of a finding.

use quick_junit::{NonSuccessKind, Report, TestCase, TestCaseStatus, TestSuite};

use super::lines::{exchange, failure, fixes, shown};
use crate::check::{
    finding::{Code, Finding},
    result::{Probe, Run},
    verdict::{Checked, Outcome},
};

pub fn write(run: &Run) -> Result<String, String> {
    let mut report = Report::new("cors check");
    let mut checks = TestSuite::new("checks");
    checks.add_test_cases(run.checks.iter().map(check));
    report.add_test_suite(checks);
    report.add_test_suites(run.probes.iter().map(probe));
    report.to_string().map_err(|error| error.to_string())
}

fn check(checked: &Checked) -> TestCase {
    let mut status = match checked.outcome() {
        Outcome::Met => TestCaseStatus::success(),
        Outcome::Failed => TestCaseStatus::non_success(NonSuccessKind::Failure),
        Outcome::NoAnswer => TestCaseStatus::non_success(NonSuccessKind::Error),
    };
    if let Some(failure) = failure(checked) {
        let exchanges = checked.exchanges().into_iter().flat_map(exchange);
        let fixes = fixes(checked).into_iter().map(|fix| format!("fix: {}", shown(&fix)));
        status.set_message(failure).set_description(exchanges.chain(fixes).collect::<Vec<_>>().join("\n"));
    }
    let mut case = TestCase::new(shown(&checked.check.title()), status);
    case.set_classname(&*checked.check.call.url);
    case
}

fn probe(probe: &Probe) -> TestSuite {
    let mut suite = TestSuite::new(format!("probe of {}", probe.url));
    match &probe.result {
        Ok(findings) => suite.add_test_cases(Code::ALL.into_iter().map(|code| of_code(probe, findings, code))),
        Err(error) => {
            let mut status = TestCaseStatus::non_success(NonSuccessKind::Error);
            status.set_message(shown(&error.reason));
            suite.add_test_case(TestCase::new("answers", status))
        }
    };
    suite
}

fn of_code(probe: &Probe, findings: &[Finding], code: Code) -> TestCase {
    let found: Vec<&Finding> = findings.iter().filter(|finding| finding.code == code).collect();
    let status = match found.first() {
        None => TestCaseStatus::success(),
        Some(first) => {
            let mut status = TestCaseStatus::non_success(NonSuccessKind::Failure);
            let lines = found.iter().flat_map(|finding| {
                let evidence = finding.evidence.iter().flat_map(exchange);
                let text = [shown(&finding.message)].into_iter().chain(evidence);
                text.chain([format!("fix: {}", shown(&finding.fix))])
            });
            let lines: Vec<String> = lines.collect();
            status
                .set_message(shown(&first.message))
                .set_type(code.severity().as_str())
                .set_description(lines.join("\n"));
            status
        }
    };
    let mut case = TestCase::new(code.as_str(), status);
    case.set_classname(&*probe.url);
    case
}
