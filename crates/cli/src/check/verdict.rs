//! One check: what each browser makes of a call, and whether that was expected.

use super::{
    exchange::{Once, Transport},
    plan::{Check, Expectation},
    visit::{Browser, End, Visit},
};

/// A check that was made.
#[derive(Clone, Debug)]
pub struct Checked {
    pub check: Check,
    /// By the standard.
    pub standard: Visit,
    /// In Chromium, Firefox and WebKit, by their names.
    pub browsers: Vec<(&'static str, Visit)>,
}

/// What all browsers make of a call.
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

/// Makes a check, in browsers that keep their preflight caches from one check to the next.
pub fn check(check: &Check, browsers: &mut [Browser; 4], transport: &mut dyn Transport) -> Result<Checked, String> {
    // A check asks anew; within it, browsers that would send the same share one exchange.
    let mut once = Once::new(transport);
    let [standard, browsers @ ..] = browsers;
    let standard = standard.visit(&check.origin, &check.call, &mut once)?;
    let browsers = browsers
        .iter_mut()
        .map(|browser| Ok((browser.profile.name, browser.visit(&check.origin, &check.call, &mut once)?)))
        .collect::<Result<_, String>>()?;
    Ok(Checked { check: check.clone(), standard, browsers })
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
    pub fn ends(&self) -> Vec<(Vec<&'static str>, &End)> {
        let mut ends: Vec<(Vec<&'static str>, &End)> = Vec::new();
        for (browser, visit) in &self.browsers {
            match ends.iter_mut().find(|(_, end)| same(end, &visit.end)) {
                Some((browsers, _)) => browsers.push(browser),
                None => ends.push((vec![browser], &visit.end)),
            }
        }
        ends
    }

    /// What was sent for this check, each exchange once.
    pub fn exchanges(&self) -> Vec<&super::exchange::Exchange> {
        let mut exchanges: Vec<&super::exchange::Exchange> = Vec::new();
        for exchange in self.browsers.iter().flat_map(|(_, visit)| &visit.exchanges) {
            let known = exchanges.iter().any(|own| own.ask.to_string() == exchange.ask.to_string());
            if !known {
                exchanges.push(exchange);
            }
        }
        exchanges
    }
}

/// Whether two ends say the same to a reader.
fn same(one: &End, other: &End) -> bool {
    match (one, other) {
        (End::Refused(one), End::Refused(other)) => one.text == other.text,
        _ => one == other,
    }
}
