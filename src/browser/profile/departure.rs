//! Departures: in what one profile leaves another.

use super::{DEPARTURES, Profile};
use crate::spec::Step;

impl Profile {
    /// Where this profile leaves the standard.
    pub fn departures(self) -> impl Iterator<Item = &'static Departure> {
        self.departures_from(Profile::FETCH)
    }

    /// Where this profile leaves another.
    pub fn departures_from(self, other: Profile) -> impl Iterator<Item = &'static Departure> {
        DEPARTURES.iter().filter(move |departure| (departure.departs)(&self, &other))
    }

    /// This profile with another's way in one thing.
    #[must_use]
    pub fn with(mut self, departure: &Departure, other: Profile) -> Self {
        (departure.copy)(&mut self, &other);
        self
    }
}

/// One thing that a browser does otherwise than the standard, or than another browser.
///
/// It is the cause of a difference if the browser, with the other's way in this alone ([`Profile::with`]), would do
/// something else.
#[derive(Clone, Copy, Debug)]
pub struct Departure {
    /// The name.
    pub name: &'static str,
    /// The step of the standard that is left.
    pub step: Step,
    pub(super) departs: fn(&Profile, &Profile) -> bool,
    pub(super) copy: fn(&mut Profile, &Profile),
}
