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
    /// No browser: the Fetch Standard to the letter. In places it is stricter than any browser: its `*` does not cover
    /// `Authorization`.
    Standard,
}

impl Browser {
    /// The browsers that people use. A [`Page`](crate::Page) is opened in these, unless you choose others.
    pub const ALL: [Browser; 3] = [Browser::Chromium, Browser::Firefox, Browser::WebKit];

    pub(crate) const fn profile(self) -> &'static Profile {
        match self {
            Browser::Chromium => &Profile::CHROMIUM,
            Browser::Firefox => &Profile::FIREFOX,
            Browser::WebKit => &Profile::WEBKIT,
            Browser::Standard => &Profile::FETCH,
        }
    }

    // AD-HOC: Firefox sends `cross-site` with a request after a redirect if one of the URLs is not of the page's own origin, as
    // the check against real browsers shows. With the preflight before it, it sends `same-site`, as the specification says.
    pub(crate) const fn site_after_redirect(self) -> SiteAfterRedirect {
        match self {
            Browser::Firefox => SiteAfterRedirect::CrossSite,
            Browser::Chromium | Browser::WebKit | Browser::Standard => SiteAfterRedirect::Farthest,
        }
    }

    /// The name, such as `Chromium`.
    pub const fn name(self) -> &'static str {
        self.profile().name
    }
}

/// The value of `Sec-Fetch-Site` for a request after a redirect within one site.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SiteAfterRedirect {
    /// The most distant relation of all URLs.
    Farthest,
    /// `cross-site`.
    CrossSite,
}
