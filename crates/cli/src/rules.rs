//! The rules that judge an exchange: the standard's, or a browser's.

use fetch_cors::browser::Profile;
use serde::Serialize;

/// The standard, or a browser.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, clap::ValueEnum)]
#[serde(rename_all = "lowercase")]
pub enum Rules {
    /// The Fetch Standard
    #[default]
    Fetch,
    /// Chrome, Edge, and other browsers built on Chromium
    Chromium,
    /// Firefox
    Firefox,
    /// Safari, and other browsers built on WebKit
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

/// A value for each browser.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ByBrowser<T> {
    pub chromium: T,
    pub firefox: T,
    pub webkit: T,
}

impl<T> ByBrowser<T> {
    /// Makes a value for each browser.
    pub fn of(mut make: impl FnMut(Rules) -> T) -> Self {
        ByBrowser { chromium: make(Rules::Chromium), firefox: make(Rules::Firefox), webkit: make(Rules::Webkit) }
    }

    /// Changes each value.
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
