//! Counterfactuals: which departures cause a difference between two browsers.

use super::{Departure, Profile};

impl Profile {
    /// The fewest departures from another profile without which this profile would behave like the other one.
    ///
    /// `agrees` returns whether a browser of a profile does what the other one does. If one departure is enough, the result is the
    /// first such departure, in the order of the switches. If several are needed, it is those that cannot be left out. It is empty
    /// if the two agree, or if no departure is a cause.
    ///
    /// ```
    /// use fetch_cors::browser::{Profile, profile::switches::AuthorizationUnderWildcard};
    ///
    /// let covered = |profile: &Profile| profile.authorization_under_wildcard == AuthorizationUnderWildcard::Covered;
    /// let causes = Profile::FIREFOX.causes(Profile::FETCH, |profile| !covered(profile));
    /// let names: Vec<_> = causes.map(|departure| departure.name).collect();
    /// assert_eq!(names, ["`Authorization` passes under `*` without credentials"]);
    /// ```
    pub fn causes(
        self,
        other: Profile,
        mut agrees: impl FnMut(&Profile) -> bool,
    ) -> impl Iterator<Item = &'static Departure> {
        let without_all = self.departures_from(other).fold(self, |profile, departure| profile.with(departure, other));
        let without_causes = if agrees(&self) || !agrees(&without_all) {
            self
        } else {
            let without_one = |departure| self.with(departure, other);
            match self.departures_from(other).map(without_one).find(|profile| agrees(profile)) {
                Some(without_one) => without_one,
                // A departure that can be undone again is not a cause.
                None => self.departures_from(other).fold(without_all, |profile, departure| {
                    let given_back = profile.with(departure, self);
                    if agrees(&given_back) { given_back } else { profile }
                }),
            }
        };
        self.departures_from(without_causes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::browser::profile::switches::{CachedWildcard, EmptyLine, MalformedMaxAge};

    #[test]
    fn causes_are_the_fewest_departures_that_explain_a_difference() {
        let causes = |agrees: fn(&Profile) -> bool| {
            let mut names = Profile::FIREFOX.causes(Profile::FETCH, agrees).map(|departure| departure.name);
            [names.next(), names.next(), names.next()]
        };
        let (line, max_age) =
            ("empty line among Access-Control-Allow-Origin or -Credentials", "cache: malformed max-age");
        let both = |profile: &Profile| {
            profile.empty_line == EmptyLine::Combined && profile.malformed_max_age == MalformedMaxAge::Default
        };
        assert_eq!(causes(both), [Some(line), Some(max_age), None]);
        let either = |profile: &Profile| {
            profile.cached_wildcard == CachedWildcard::Wildcard || profile.malformed_max_age == MalformedMaxAge::Default
        };
        assert_eq!(causes(either), [Some(max_age), None, None]);
        assert_eq!(causes(|_| true), [None; 3]);
        assert_eq!(causes(|_| false), [None; 3]);
    }
}
