//! Predictions compared with recordings: they agree, or differ for a known cause, or differ.

use std::fmt;

use fetch_cors::browser::{Environment, Profile, profile::Departure};

use super::{
    compare::{Difference, Ids, differences},
    predict::Browser,
    scenario::{Observation, RecordedFetch, Scenario},
};

/// Which profile is replayed against which browser.
#[derive(Clone, Copy)]
pub struct Replay {
    /// The profile that predicts.
    pub profile: Profile,
    /// The browser whose recordings are compared, which also has a profile of its own.
    pub against: Recorded,
    pub ids: Ids,
}

/// A recorded browser.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Recorded {
    Chromium,
    Firefox,
    WebKit,
}

impl Recorded {
    pub fn name(self) -> &'static str {
        match self {
            Recorded::Chromium => "chromium",
            Recorded::Firefox => "firefox",
            Recorded::WebKit => "webkit",
        }
    }

    /// How its messages about failures are compared.
    pub fn ids(self) -> Ids {
        match self {
            Recorded::Chromium | Recorded::Firefox => Ids::Compared,
            Recorded::WebKit => Ids::ConsoleCompared,
        }
    }

    pub fn profile(self) -> Profile {
        match self {
            Recorded::Chromium => Profile::CHROMIUM,
            Recorded::Firefox => Profile::FIREFOX,
            Recorded::WebKit => Profile::WEBKIT,
        }
    }
}

/// The verdict on one fetch.
pub enum Verdict {
    Agrees,
    /// The prediction differs from the recording for these known causes. The browser's own profile predicts the
    /// recording.
    Known(Vec<&'static Departure>),
    Differs(Vec<Difference>),
}

impl Replay {
    /// Replays all fetches of a scenario. The cache is kept after a difference.
    pub fn scenario(self, scenario: &Scenario) -> Result<Vec<Verdict>, MissingRecording> {
        let own_profile = self.against.profile();
        let predicted = self.predict(scenario, self.profile);
        let own = if own_profile == self.profile { None } else { Some(self.predict(scenario, own_profile)) };
        let fetches = scenario.fetches.iter().zip(&predicted).enumerate();
        fetches
            .map(|(number, (recorded, predicted))| {
                let missing = || MissingRecording { scenario: scenario.id.clone(), browser: self.against.name() };
                let observed = recorded.observed.get(self.against.name()).ok_or_else(missing)?;
                let mut differences = differences(observed, predicted, self.ids);
                if self.has_line_of_earlier_fetch(scenario, number) {
                    differences.retain(|difference| difference.what != "console");
                }
                if differences.is_empty() {
                    return Ok(Verdict::Agrees);
                }
                // Ids differ between browsers, so another profile's id is not compared.
                let known = own.as_ref().and_then(|own| own.get(number));
                match known {
                    Some(own) if self.agree(observed, own) => Ok(Verdict::Known(self.causes(scenario, number, own))),
                    _ => Ok(Verdict::Differs(differences)),
                }
            })
            .collect()
    }

    fn predict(self, scenario: &Scenario, profile: Profile) -> Vec<Observation> {
        predict(scenario, profile, self.against)
    }

    /// AD-HOC: older recordings repeat the line of a URL's first failure for its later failures.
    fn has_line_of_earlier_fetch(self, scenario: &Scenario, number: usize) -> bool {
        let console = |fetch: &RecordedFetch| fetch.observed.get(self.against.name())?.console.clone();
        let Some(fetch) = scenario.fetches.get(number) else { return false };
        let is_same = |earlier: &RecordedFetch| {
            earlier.request.url == fetch.request.url && console(earlier).is_some() && console(earlier) == console(fetch)
        };
        scenario.fetches.iter().take(number).any(is_same)
    }

    fn agree(self, observed: &Observation, predicted: &Observation) -> bool {
        differences(observed, predicted, self.ids).is_empty()
    }

    /// The departures without which the browser would behave differently in this fetch.
    fn causes(self, scenario: &Scenario, number: usize, own: &Observation) -> Vec<&'static Departure> {
        let own_profile = self.against.profile();
        let differs = |profile: Profile, than: &Observation| {
            self.predict(scenario, profile).get(number).is_some_and(|other| !self.agree(than, other))
        };
        let departures = || own_profile.departures_from(self.profile);
        let needed: Vec<_> =
            departures().filter(|departure| differs(own_profile.with(departure, self.profile), own)).collect();
        if !needed.is_empty() {
            return needed;
        }
        // Several departures, each sufficient by itself.
        let Some(predicted) = self.predict(scenario, self.profile).into_iter().nth(number) else { return Vec::new() };
        departures().filter(|departure| differs(self.profile.with(departure, own_profile), &predicted)).collect()
    }
}

/// The prediction for each fetch of a scenario, by a browser with this profile.
pub fn predict(scenario: &Scenario, profile: Profile, recorded: Recorded) -> Vec<Observation> {
    let mut environment = Environment::new(&profile);
    environment.parse_location = fetch_cors::browser::parse_location;
    let mut browser = Browser::new(environment, recorded, scenario);
    let fetches = scenario.fetches.iter().enumerate();
    fetches.map(|(number, recorded)| browser.predict(number, recorded)).collect()
}

/// The scenario has no recording of the browser that it should be compared with.
#[derive(Debug)]
pub struct MissingRecording {
    scenario: String,
    browser: &'static str,
}

impl fmt::Display for MissingRecording {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "scenario `{}` has no recording of {}", self.scenario, self.browser)
    }
}

impl std::error::Error for MissingRecording {}
