//! The browsers by whose rules an exchange is judged.

use fetch_cors::browser::Profile;
use serde::Serialize;

/// Whose rules: the standard's, or a browser's.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, clap::ValueEnum)]
#[serde(rename_all = "lowercase")]
pub enum Rules {
    /// The Fetch Standard
    #[default]
    Fetch,
    /// Chrome, Edge, and what else is made of Chromium
    Chromium,
    /// Firefox
    Firefox,
    /// Safari, and what else is made of WebKit
    #[value(alias = "safari")]
    Webkit,
}

impl Rules {
    pub const fn profile(self) -> Profile {
        match self {
            Rules::Fetch => Profile::FETCH,
            Rules::Chromium => Profile::CHROMIUM,
            Rules::Firefox => Profile::FIREFOX,
            Rules::Webkit => Profile::WEBKIT,
        }
    }

    /// The name for people.
    pub const fn name(self) -> &'static str {
        self.profile().name
    }
}

/// One thing for each browser.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ByBrowser<T> {
    pub chromium: T,
    pub firefox: T,
    pub webkit: T,
}

impl<T> ByBrowser<T> {
    /// Makes each of the browser it is for.
    pub fn of(mut make: impl FnMut(Rules) -> T) -> Self {
        ByBrowser { chromium: make(Rules::Chromium), firefox: make(Rules::Firefox), webkit: make(Rules::Webkit) }
    }

    /// The same with each changed.
    pub fn map<'t, U>(&'t self, mut change: impl FnMut(Rules, &'t T) -> U) -> ByBrowser<U> {
        ByBrowser {
            chromium: change(Rules::Chromium, &self.chromium),
            firefox: change(Rules::Firefox, &self.firefox),
            webkit: change(Rules::Webkit, &self.webkit),
        }
    }

    pub fn iter(&self) -> impl Iterator<Item = (Rules, &T)> {
        [(Rules::Chromium, &self.chromium), (Rules::Firefox, &self.firefox), (Rules::Webkit, &self.webkit)].into_iter()
    }
}
