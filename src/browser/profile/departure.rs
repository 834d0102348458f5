//! Departures: the differences between two profiles.

use super::{DEPARTURES, Profile};
use crate::spec::Step;

impl Profile {
    /// The departures of this profile from the standard.
    pub fn departures(self) -> impl Iterator<Item = &'static Departure> {
        self.departures_from(Profile::FETCH)
    }

    /// The departures of this profile from another one.
    pub fn departures_from(self, other: Profile) -> impl Iterator<Item = &'static Departure> {
        DEPARTURES.iter().filter(move |departure| (departure.departs)(&self, &other))
    }

    /// This profile with the switch of one departure taken from another profile.
    #[must_use]
    pub fn with(mut self, departure: &Departure, other: Profile) -> Self {
        (departure.copy)(&mut self, &other);
        self
    }
}

/// One difference of a browser from the standard, or from another browser.
///
/// It causes a difference in behaviour if the browser would do something else with only this switch changed
/// ([`Profile::with`]).
#[derive(Clone, Copy, Debug)]
pub struct Departure {
    /// The name.
    pub name: &'static str,
    /// The step of the standard that the browser departs from.
    pub step: Step,
    pub(super) departs: fn(&Profile, &Profile) -> bool,
    pub(super) copy: fn(&mut Profile, &Profile),
}
