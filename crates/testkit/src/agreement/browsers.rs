//! The browsers, as far as what a policy means depends on them.

use fetch_cors::browser::Profile;

/// A browser. What is said of it here is said anew: no profile is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Browser {
    /// The standard's.
    Fetch,
    /// Chromium.
    Chromium,
    /// Firefox.
    Firefox,
    /// WebKit.
    WebKit,
}

impl Browser {
    /// All of them.
    pub const ALL: [Browser; 4] = [Browser::Fetch, Browser::Chromium, Browser::Firefox, Browser::WebKit];

    /// What the browser half does as this one.
    pub const fn profile(self) -> &'static Profile {
        match self {
            Browser::Fetch => &Profile::FETCH,
            Browser::Chromium => &Profile::CHROMIUM,
            Browser::Firefox => &Profile::FIREFOX,
            Browser::WebKit => &Profile::WEBKIT,
        }
    }

    /// Whether a `*` for request headers covers `Authorization`.
    pub fn wildcard_covers_authorization(self) -> bool {
        self != Browser::Fetch
    }

    /// Whether the values of a header that occurs twice are judged as one, with a comma.
    pub fn combines_doubles(self) -> bool {
        matches!(self, Browser::Chromium | Browser::WebKit)
    }

    /// Whether all values that need not be asked for may have 1024 bytes together, and no more.
    pub fn limits_total(self) -> bool {
        matches!(self, Browser::Fetch | Browser::Chromium)
    }

    /// Whether a listener to the upload of nothing makes a preflight.
    pub fn listens_to_nothing(self) -> bool {
        self != Browser::Chromium
    }

    /// The numbers that a `Range` has are below this; in the others they may be any.
    pub fn range_limit(self) -> Option<u128> {
        match self {
            Browser::Chromium => Some((1 << 63) - 1),
            Browser::Firefox | Browser::WebKit => Some(1 << 64),
            Browser::Fetch => None,
        }
    }
}
