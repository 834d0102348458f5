//! The browsers that a page is opened in.

use fetch_cors::browser::Profile;

/// A browser that a page is opened in.
///
/// Each is a [`Profile`] of the library, which is checked against recordings of that browser.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Browser {
    /// Chromium, so Chrome and Edge too.
    Chromium,
    /// Firefox.
    Firefox,
    /// WebKit, so Safari too, and every browser on iOS.
    WebKit,
    /// No browser: the Fetch Standard to the letter. It is stricter than any browser in places: there `*` does not cover
    /// `Authorization`.
    Standard,
}

impl Browser {
    /// The browsers that people use: what a [`Page`](crate::Page) is opened in, unless you choose others.
    pub const ALL: [Browser; 3] = [Browser::Chromium, Browser::Firefox, Browser::WebKit];

    pub(crate) const fn profile(self) -> &'static Profile {
        match self {
            Browser::Chromium => &Profile::CHROMIUM,
            Browser::Firefox => &Profile::FIREFOX,
            Browser::WebKit => &Profile::WEBKIT,
            Browser::Standard => &Profile::FETCH,
        }
    }

    // AD-HOC: Firefox calls a request `cross-site` once a redirect has led to it and one of the URLs is not the page's own origin,
    // as the check against real browsers shows; the preflight before it is called `same-site`, as in the specification.
    pub(crate) const fn site_after_redirect(self) -> SiteAfterRedirect {
        match self {
            Browser::Firefox => SiteAfterRedirect::CrossSite,
            Browser::Chromium | Browser::WebKit | Browser::Standard => SiteAfterRedirect::Farthest,
        }
    }

    /// The name, as `Chromium`.
    pub const fn name(self) -> &'static str {
        self.profile().name
    }
}

/// What `Sec-Fetch-Site` says of a request that a redirect has led to within one site.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SiteAfterRedirect {
    /// The farthest of all URLs.
    Farthest,
    /// `cross-site`.
    CrossSite,
}
