//! Where two browsers part over an exchange, and which departures make them.

use core::time::Duration;

use fetch_cors::browser::{Profile, Request, profile::Departure};

use super::{
    console::Browser,
    fate::{Answers, End, Fate},
    text::wrap,
};

/// What may differ. The first is told first, and what has the same causes is not told again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Aspect {
    /// Whether the page gets the response.
    Verdict,
    /// What is sent.
    Sent,
    /// What a script reads.
    Read,
    /// Which failure is found first.
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

    /// What one does where the other does something else.
    fn told(self, one: &Fate, other: &Fate) -> String {
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

/// An exchange, to be given to one browser and another.
#[derive(Clone, Copy, Debug)]
pub struct Exchange<'a> {
    pub request: Request<'a>,
    pub again: &'a [Duration],
    pub answers: Answers<'a>,
}

impl Exchange<'_> {
    pub fn fate(&self, profile: &Profile) -> Fate {
        Fate::of(self.request, self.again, profile, self.answers)
    }

    fn causes(&self, aspect: Aspect, of: Profile, than: Profile) -> Vec<&'static Departure> {
        let fate = self.fate(&than);
        of.causes(than, |profile| aspect.agrees(&self.fate(profile), &fate)).collect()
    }

    /// All that `against` does otherwise than `profile`.
    pub fn against(&self, profile: Profile, against: Profile) -> String {
        let (own, other) = (self.fate(&profile), self.fate(&against));
        let mut out = format!("\n{} against {}:\n", profile.name, against.name);
        let width = profile.name.len().max(against.name.len()).max("because of".len());
        let mut line = |left: &str, right: &str| wrap(&mut out, &format!("  {left:width$}  "), right);
        let mut told: Vec<&str> = Vec::new();
        for aspect in Aspect::ALL.into_iter().filter(|aspect| !aspect.agrees(&own, &other)) {
            let causes = self.causes(aspect, against, profile);
            if !told.is_empty() && causes.iter().all(|cause| told.contains(&cause.name)) {
                continue;
            }
            line(profile.name, &aspect.told(&own, &other));
            line(against.name, &aspect.told(&other, &own));
            for (number, cause) in causes.iter().enumerate() {
                line(if number == 0 { "because of" } else { "and" }, &format!("{}: {}", cause.name, cause.step));
            }
            told.extend(causes.iter().map(|cause| cause.name));
        }
        if own == other {
            line("both", &own.ends.iter().map(ToString::to_string).collect::<Vec<_>>().join(", then "));
        }
        out
    }

    /// A line for each browser that parts from `profile`.
    pub fn partings(&self, profile: Profile, fates: &[(Browser, Fate)]) -> String {
        let own = self.fate(&profile);
        let mut out = String::new();
        for (browser, fate) in fates {
            let against = browser.profile();
            // Which of several failures is found first, the consoles tell.
            let aspect = Aspect::ALL.into_iter().find(|aspect| !aspect.agrees(&own, fate));
            let Some(aspect) = aspect.filter(|aspect| *aspect != Aspect::Refusal) else { continue };
            let cause = |cause: &Departure| {
                format!("\"{}\" ({}, step {})", cause.name, cause.step.algorithm.name(), cause.step.number)
            };
            let causes: Vec<String> = self.causes(aspect, against, profile).into_iter().map(cause).collect();
            let because =
                if causes.is_empty() { String::new() } else { format!(", because of {}", causes.join(" and ")) };
            wrap(&mut out, "", &format!("{}: {}{because}", against.name, aspect.told(fate, &own)));
        }
        out
    }
}
