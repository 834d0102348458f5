//! The page.

use std::{
    error::Error,
    fmt::{self, Write as _},
};

use fetch_cors::browser::{Profile, profile::Departure};

use testkit::recordings::{Difference, Ids, Observation, Recorded, Replay, Scenario, Verdict, differences, predict};

const HEAD: &str = "# Where browsers leave the standard

Written by `cargo run --release --features url --example departures -- spec-vectors/browsers/*/*.jsonl`; a check holds it to that.

Each browser's profile predicts its recordings, all of them. A departure is counted in the fetches that would go otherwise if the
browser did this one thing as the standard does; what several departures do together is counted for none of them. Examples
show what the replay compares.
";

pub(crate) fn page(scenarios: &[Scenario]) -> Result<String, Box<dyn Error>> {
    let mut page = String::from(HEAD);
    for against in [Recorded::Chromium, Recorded::Firefox, Recorded::WebKit] {
        let (mut fetches, mut parted) = (0, 0);
        for scenario in scenarios {
            for verdict in (Replay { profile: Profile::FETCH, against, ids: Ids::Ignored }).scenario(scenario)? {
                fetches += 1;
                match verdict {
                    Verdict::Agrees => {}
                    Verdict::Known(causes) => parted += usize::from(!causes.is_empty()),
                    Verdict::Differs(differences) => {
                        let what: Vec<_> = differences.iter().map(|difference| difference.what.as_str()).collect();
                        return Err(format!("no cause is known in `{}`: {}", scenario.id, what.join(", ")).into());
                    }
                }
            }
        }
        let profile = against.profile();
        let own: Vec<_> = scenarios.iter().map(|scenario| (scenario, predict(scenario, profile, against))).collect();
        write!(page, "\n## {}\n\nIn {parted} of {fetches} fetches.\n", profile.name)?;
        let seen = |departure| Seen::of(departure, against, &own);
        let mut found: Vec<_> = profile.departures().map(|departure| (departure, seen(departure))).collect();
        found.sort_by_key(|(_, seen)| std::cmp::Reverse(seen.fetches));
        for (departure, seen) in &found {
            write!(page, "\n### {}\n\n", departure.name)?;
            let step = departure.step;
            write!(page, "[{}, {}]({}): ", step.algorithm.name(), step.number, step.algorithm.link())?;
            write!(page, "{seen}")?;
        }
    }
    Ok(page)
}

/// The fetches in which a departure matters.
#[derive(Default)]
struct Seen<'a> {
    fetches: usize,
    example: Option<Example<'a>>,
}

struct Example<'a> {
    scenario: &'a Scenario,
    fetch: usize,
    differences: Vec<Difference>,
}

impl<'a> Seen<'a> {
    fn of(departure: &Departure, against: Recorded, own: &[(&'a Scenario, Vec<Observation>)]) -> Self {
        let (mut seen, without) = (Seen::default(), against.profile().with(departure, Profile::FETCH));
        for (scenario, own) in own {
            let as_the_standard = predict(scenario, without, against);
            for (fetch, (standard, own)) in as_the_standard.iter().zip(own).enumerate() {
                seen.note(scenario, fetch, differences(standard, own, against.ids()));
            }
        }
        seen
    }

    fn note(&mut self, scenario: &'a Scenario, fetch: usize, differences: Vec<Difference>) {
        if differences.is_empty() {
            return;
        }
        self.fetches += 1;
        let example = Example { scenario, fetch, differences };
        if self.example.as_ref().is_none_or(|shortest| example.length() < shortest.length()) {
            self.example = Some(example);
        }
    }
}

impl Example<'_> {
    /// The shortest example is the best one; of equally short ones, the first.
    fn length(&self) -> usize {
        let texts = self.differences.iter().map(|difference| difference.expected.len() + difference.got.len());
        self.fetch * 100 + texts.sum::<usize>()
    }
}

impl fmt::Display for Seen<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(Example { scenario, fetch, differences }) = &self.example else {
            return writeln!(
                formatter,
                "in no recording of a script's fetch; known from `navigations.json`, or from the browser's sources."
            );
        };
        let request = &scenario.fetches[*fetch].request;
        let fetches = if self.fetches == 1 { "fetch" } else { "fetches" };
        writeln!(
            formatter,
            "{} {fetches}; fetch {fetch} of `{}`, {}.\n",
            self.fetches,
            scenario.id,
            cell(&request.method)
        )?;
        writeln!(formatter, "| | as the standard has it | what the browser does |\n|---|---|---|")?;
        for Difference { what, expected, got } in differences {
            writeln!(formatter, "| {what} | {} | {} |", cell(expected), cell(got))?;
        }
        Ok(())
    }
}

/// A value as code in a table's cell, shortened if it is long.
fn cell(value: &str) -> String {
    let value = value.strip_prefix("Some(").and_then(|value| value.strip_suffix(')')).unwrap_or(value);
    if value == "None" {
        return "none".into();
    }
    let short: String = value.chars().take(160).collect();
    let more = if short.len() < value.len() { "…" } else { "" };
    let fence = if short.contains('`') { "``" } else { "`" };
    format!("{fence}{}{more}{fence}", short.replace('|', "\\|"))
}
