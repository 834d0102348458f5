//! One check: what each browser makes of a call, and whether that was expected.

use super::{
    plan::{Check, Expectation},
    transport::{Exchange, Once, Transport},
    visit::{Browser, End, Visit, with_request},
};
use crate::{
    exchange::{self as explained, Head, Kind, Page},
    report::Report,
    rules::Rules,
};

/// A check, with its outcome.
#[derive(Clone, Debug)]
pub struct Checked {
    pub check: Check,
    /// The outcome by the standard's rules.
    pub standard: Visit,
    /// The explanation, step by step. `None` if the cache saved a preflight, whose answer this check then does not have.
    pub report: Option<Report>,
    /// The outcomes in Chromium, Firefox and WebKit.
    pub browsers: Vec<(Rules, Visit)>,
}

/// What the browsers together make of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    Readable,
    Refused,
    /// Some let the page read the response, and some do not.
    Mixed,
    NoAnswer,
}

/// Whether a check came out as expected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    Met,
    Failed,
    NoAnswer,
}

impl Verdict {
    pub const fn as_str(self) -> &'static str {
        match self {
            Verdict::Readable => "readable",
            Verdict::Refused => "refused",
            Verdict::Mixed => "mixed",
            Verdict::NoAnswer => "no-answer",
        }
    }
}

impl Outcome {
    pub const fn as_str(self) -> &'static str {
        match self {
            Outcome::Met => "met",
            Outcome::Failed => "failed",
            Outcome::NoAnswer => "no-answer",
        }
    }
}

/// Runs a check, in browsers that keep their preflight caches from one check to the next.
pub fn check(check: &Check, browsers: &mut [Browser; 4], transport: &mut dyn Transport) -> Result<Checked, String> {
    // Each check sends its own requests. Within a check, browsers that would send equal requests share one exchange.
    let mut once = Once::new(transport);
    let [standard, browsers @ ..] = browsers;
    let standard = standard.visit(&check.origin, &check.call, &mut once)?;
    let browsers = browsers
        .iter_mut()
        .map(|browser| Ok((browser.rules, browser.visit(&check.origin, &check.call, &mut once)?)))
        .collect::<Result<_, String>>()?;
    let report = if standard.saved_preflights.is_empty() { Some(report(check, &standard)?) } else { None };
    Ok(Checked { check: check.clone(), standard, report, browsers })
}

/// The report of `cors explain` on the answers.
fn report(check: &Check, visit: &Visit) -> Result<Report, String> {
    let head = |exchange: &Exchange| Head {
        place: exchange.ask.to_string(),
        status: exchange.answer.status,
        lines: exchange.answer.headers.clone(),
        blank_before_colon: Vec::new(),
    };
    let heads: Vec<Head> = visit.exchanges.iter().map(head).collect();
    with_request(&Rules::Fetch.profile(), &check.origin, &check.call, |request| {
        let (call, page) = (&[check.title()][..], Page::default());
        explained::Exchange { request, kind: Kind::Fetch, call, page, heads: &heads, again: &[] }
            .report(Rules::Fetch, None)
    })
}

impl Checked {
    pub fn verdict(&self) -> Verdict {
        let ends = || self.browsers.iter().map(|(_, visit)| &visit.end);
        if ends().any(|end| matches!(end, End::NoAnswer(..))) {
            Verdict::NoAnswer
        } else if ends().all(|end| *end == End::Readable) {
            Verdict::Readable
        } else if ends().all(|end| matches!(end, End::Refused(_))) {
            Verdict::Refused
        } else {
            Verdict::Mixed
        }
    }

    pub fn outcome(&self) -> Outcome {
        match (self.verdict(), self.check.expectation) {
            (Verdict::NoAnswer, _) => Outcome::NoAnswer,
            (Verdict::Readable, Expectation::Readable) | (Verdict::Refused, Expectation::Refused) => Outcome::Met,
            (Verdict::Readable | Verdict::Refused | Verdict::Mixed, _) => Outcome::Failed,
        }
    }

    /// How the call ended, each end with the browsers in which it did.
    pub fn ends(&self) -> Vec<(Vec<Rules>, &End)> {
        let mut ends: Vec<(Vec<Rules>, &End)> = Vec::new();
        for (browser, visit) in &self.browsers {
            match ends.iter_mut().find(|(_, end)| same(end, &visit.end)) {
                Some((browsers, _)) => browsers.push(*browser),
                None => ends.push((vec![*browser], &visit.end)),
            }
        }
        ends
    }

    /// The exchanges of this check, each once.
    pub fn exchanges(&self) -> Vec<&Exchange> {
        let mut exchanges: Vec<&Exchange> = self.standard.exchanges.iter().collect();
        for exchange in self.browsers.iter().flat_map(|(_, visit)| &visit.exchanges) {
            let known = exchanges.iter().any(|own| own.ask.to_string() == exchange.ask.to_string());
            if !known {
                exchanges.push(exchange);
            }
        }
        exchanges
    }
}

/// Whether two ends read the same.
fn same(one: &End, other: &End) -> bool {
    match (one, other) {
        (End::Refused(one), End::Refused(other)) => one.text == other.text,
        _ => one == other,
    }
}
