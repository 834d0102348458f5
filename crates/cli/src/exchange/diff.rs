//! Where two browsers differ over an exchange, and which departures from the standard cause it.

use fetch_cors::browser::{Profile, profile::Departure};

use super::{
    Exchange,
    fate::{Answers, End, Fate},
};
use crate::{
    report::Differences,
    rules::{ByBrowser, Rules},
};

/// What may differ, in the order of the output. A difference with the same causes as an earlier one is not repeated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Aspect {
    /// Whether the page gets the response.
    Verdict,
    /// The requests that are sent.
    Sent,
    /// What a script can read.
    Read,
    /// Which failure comes first.
    Refusal,
}

impl Aspect {
    const ALL: [Aspect; 4] = [Aspect::Verdict, Aspect::Sent, Aspect::Read, Aspect::Refusal];

    fn agrees(self, one: &Fate, other: &Fate) -> bool {
        match self {
            Aspect::Verdict => one.ends.iter().map(End::verdict).eq(other.ends.iter().map(End::verdict)),
            Aspect::Sent => one.sent == other.sent,
            Aspect::Read => one.read == other.read,
            Aspect::Refusal => {
                one.refusal().map(|refusal| &refusal.error) == other.refusal().map(|refusal| &refusal.error)
            }
        }
    }

    /// What one browser does where the other does something else.
    fn in_words(self, one: &Fate, other: &Fate) -> String {
        let others = |own: &[String], than: &[String]| {
            let only: Vec<&str> = own.iter().filter(|line| !than.contains(line)).map(String::as_str).collect();
            only.join(", ")
        };
        match self {
            Aspect::Verdict => {
                let mut ends = one.ends.iter().zip(&other.ends);
                let parting = ends.find(|(own, than)| own.verdict() != than.verdict());
                parting.map(|(end, _)| end.to_string()).unwrap_or_default()
            }
            Aspect::Refusal => one.refusal().map(|refusal| format!("refused: {refusal}")).unwrap_or_default(),
            Aspect::Sent => {
                let parting = one.sent.iter().zip(&other.sent).position(|(own, than)| own != than);
                match one.sent.get(parting.unwrap_or(other.sent.len().min(one.sent.len()))) {
                    Some(line) => format!("sends {line}"),
                    None => "sends nothing more".into(),
                }
            }
            Aspect::Read => match others(&one.read, &other.read).as_str() {
                "" => "lets a script read no more".into(),
                more => format!("lets a script read {more}"),
            },
        }
    }
}

/// An exchange, to be compared between browsers.
#[derive(Clone, Copy, Debug)]
pub struct Compared<'a> {
    pub exchange: &'a Exchange<'a>,
    pub answers: Answers<'a>,
}

impl Compared<'_> {
    fn fate(&self, profile: &Profile) -> Fate {
        self.exchange.fate(profile, self.answers)
    }

    fn causes(&self, aspect: Aspect, of: Profile, than: Profile) -> Vec<&'static Departure> {
        let fate = self.fate(&than);
        of.causes(than, |profile| aspect.agrees(&self.fate(profile), &fate)).collect()
    }

    /// All that `against` does differently from `rules`.
    pub fn against(&self, rules: Rules, against: Rules) -> Differences {
        let (profile, against) = (rules.profile(), against.profile());
        let (own, other) = (self.fate(&profile), self.fate(&against));
        let mut rows: Vec<(String, String)> = Vec::new();
        let mut line = |left: &str, right: String| rows.push((left.into(), right));
        let mut named: Vec<&str> = Vec::new();
        for aspect in Aspect::ALL.into_iter().filter(|aspect| !aspect.agrees(&own, &other)) {
            let causes = self.causes(aspect, against, profile);
            if !named.is_empty() && causes.iter().all(|cause| named.contains(&cause.name)) {
                continue;
            }
            line(profile.name, aspect.in_words(&own, &other));
            line(against.name, aspect.in_words(&other, &own));
            for (number, cause) in causes.iter().enumerate() {
                line(if number == 0 { "because of" } else { "and" }, format!("{}: {}", cause.name, cause.step));
            }
            named.extend(causes.iter().map(|cause| cause.name));
        }
        if own == other {
            line("both", own.ends.iter().map(ToString::to_string).collect::<Vec<_>>().join(", then "));
        }
        Differences::Against(format!("{} against {}:", profile.name, against.name), rows)
    }

    /// A line for each browser that does something other than `rules`.
    pub fn differences(&self, rules: Rules, fates: &ByBrowser<Fate>) -> Differences {
        let profile = rules.profile();
        let own = self.fate(&profile);
        let mut lines = Vec::new();
        for (browser, fate) in fates.iter() {
            let against = browser.profile();
            // Which of several failures comes first is shown with the consoles.
            let aspect = Aspect::ALL.into_iter().find(|aspect| !aspect.agrees(&own, fate));
            let Some(aspect) = aspect.filter(|aspect| *aspect != Aspect::Refusal) else { continue };
            let cause = |cause: &Departure| {
                format!("\"{}\" ({}, step {})", cause.name, cause.step.algorithm.name(), cause.step.number)
            };
            let causes: Vec<String> = self.causes(aspect, against, profile).into_iter().map(cause).collect();
            let because =
                if causes.is_empty() { String::new() } else { format!(", because of {}", causes.join(" and ")) };
            lines.push(format!("{}: {}{because}", against.name, aspect.in_words(fate, &own)));
        }
        Differences::Lines(lines)
    }
}
