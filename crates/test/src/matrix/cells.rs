//! The outcomes of the cells of a matrix.

use core::fmt::{self, Write as _};

use super::{
    Expected,
    checks::{Check, Checks, Finding},
};
use crate::{
    end::End,
    fetched::{Fetched, InBrowser},
    report,
};

/// The outcomes of the cells of a matrix, and the findings of its checks.
///
/// [`Display`](fmt::Display) writes a snapshot with one line for each cell, so that two snapshots are easy to compare.
#[derive(Debug, Default)]
#[must_use = "a matrix tests nothing until its cells are compared"]
pub struct Cells {
    rows: Vec<Cell>,
    checked: Vec<Check>,
    findings: Vec<Finding>,
}

#[derive(Debug)]
pub(super) struct Cell {
    pub(super) origin: String,
    pub(super) name: String,
    expected: Expected,
    pub(super) fetched: Fetched,
}

impl Cells {
    pub(super) fn push(&mut self, origin: &str, name: &str, expected: Expected, fetched: Fetched) {
        self.rows.push(Cell { origin: origin.into(), name: name.into(), expected, fetched });
    }

    pub(super) fn checked(&mut self, checks: Checks) {
        (self.checked, self.findings) = (checks.done, checks.findings);
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &Cell> {
        self.rows.iter()
    }

    /// The outcome of each cell in one browser: the page's origin, the name of the fetch, and the outcome. Cells are in the
    /// order of the matrix, row by row.
    pub fn outcomes(&self, browser: crate::Browser) -> impl Iterator<Item = (&str, &str, Expected)> {
        self.rows.iter().filter_map(move |cell| {
            let own = cell.fetched.browsers().iter().find(|own| own.exchange.browser == browser)?;
            Some((cell.origin.as_str(), cell.name.as_str(), outcome(&own.end)?))
        })
    }

    /// The findings of the checks.
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// Asserts that each cell is as expected in every browser, and that the checks found nothing.
    ///
    /// # Panics
    ///
    /// If a cell or a check fails: with the whole explanation of each cell that fails, and all findings.
    #[track_caller]
    pub fn assert(&self) {
        let mut out = String::new();
        let fails = |cell: &&Cell| {
            let browsers = cell.fetched.browsers();
            browsers.is_empty() || browsers.iter().any(|own| outcome(&own.end) != Some(cell.expected))
        };
        let failing: Vec<&Cell> = self.rows.iter().filter(fails).collect();
        if !failing.is_empty() {
            _ = writeln!(out, "{} of {} cells are not as expected:", failing.len(), self.rows.len());
        }
        for Cell { origin, name, expected, fetched } in &failing {
            _ = writeln!(out, "  {origin}, {name}: {}, not {expected}", in_short(fetched));
        }
        for finding in &self.findings {
            _ = writeln!(out, "{finding}");
        }
        for cell in &failing {
            let browsers = cell.fetched.browsers().iter().filter(|own| outcome(&own.end) != Some(cell.expected));
            let browsers: Vec<&InBrowser> = browsers.collect();
            let expected = format!("{}, {}: {}", cell.origin, cell.name, cell.expected);
            _ = write!(out, "\n{}", report::of_failure(&expected, &browsers));
        }
        assert!(out.is_empty(), "{out}");
    }
}

impl fmt::Display for Cells {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut origin = "";
        for cell in &self.rows {
            if cell.origin != origin {
                origin = &cell.origin;
                writeln!(formatter, "{origin}")?;
            }
            writeln!(formatter, "  {}: {}", cell.name, in_short(&cell.fetched))?;
        }
        formatter.write_str("checks\n")?;
        for check in &self.checked {
            let mut findings = self.findings.iter().filter(|finding| finding.check == *check).peekable();
            if findings.peek().is_none() {
                writeln!(formatter, "  {check}: passed")?;
            }
            for finding in findings {
                writeln!(formatter, "  {finding}")?;
            }
        }
        Ok(())
    }
}

const fn outcome(end: &End) -> Option<Expected> {
    match end {
        End::Readable(_) => Some(Expected::Readable),
        End::Opaque(_) => Some(Expected::Opaque),
        End::Refused(_) => Some(Expected::Refused),
        End::Thrown(_) => None,
    }
}

/// One line with the outcome in all browsers, or in each if they differ.
fn in_short(fetched: &Fetched) -> String {
    let mut outcomes: Vec<(String, Vec<&str>)> = Vec::new();
    for own in fetched.browsers() {
        let (outcome, name) = (own.in_short(), own.exchange.browser.name());
        match outcomes.iter_mut().find(|(other, _)| *other == outcome) {
            Some((_, names)) => names.push(name),
            None => outcomes.push((outcome, vec![name])),
        }
    }
    match outcomes.as_slice() {
        [] => "asked in no browser".into(),
        [(outcome, _)] => outcome.clone(),
        _ => {
            let in_some = |(outcome, names): &(String, Vec<&str>)| format!("{outcome} in {}", names.join(", "));
            outcomes.iter().map(in_some).collect::<Vec<_>>().join("; ")
        }
    }
}
