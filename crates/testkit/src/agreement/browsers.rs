//! The browsers' differences, as far as the meaning of a policy depends on them.

use fetch_cors::browser::Profile;

use super::page::Body;

/// A browser. Its behaviour is stated here again, independently of the crate's profiles.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Browser {
    /// The standard.
    Fetch,
    /// Chromium.
    Chromium,
    /// Firefox.
    Firefox,
    /// WebKit.
    WebKit,
}

impl Browser {
    /// All browsers.
    pub const ALL: [Browser; 4] = [Browser::Fetch, Browser::Chromium, Browser::Firefox, Browser::WebKit];

    /// The profile of this browser.
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

    /// Whether a header that occurs twice is judged by its combined value, with a comma.
    pub fn combines_doubles(self) -> bool {
        matches!(self, Browser::Chromium | Browser::WebKit)
    }

    /// Whether the values of all safelisted headers together are limited to 1024 bytes.
    pub fn limits_total(self) -> bool {
        matches!(self, Browser::Fetch | Browser::Chromium)
    }

    /// Whether an upload listener causes a preflight even if there is no body.
    pub fn listens_to_nothing(self) -> bool {
        self != Browser::Chromium
    }

    /// The body that is sent. `None` if the browser does not send such a body at all.
    pub fn sends(self, body: Body) -> Option<Body> {
        match (body, self) {
            (Body::Stream, Browser::Firefox) => Some(Body::Text),
            (Body::Stream, Browser::WebKit) => None,
            _ => Some(body),
        }
    }

    /// Which method and headers a preflight after a redirect asks for.
    pub fn asks_after_redirects(self) -> AsksAfterRedirects {
        match self {
            Browser::Fetch | Browser::Chromium => AsksAfterRedirects::WhatIsLeft,
            Browser::Firefox => AsksAfterRedirects::WhatTheLastLeft,
            Browser::WebKit => AsksAfterRedirects::AsPageMade,
        }
    }

    /// Whether a `DELETE` that is redirected to another origin becomes a `GET`.
    pub fn deletes_at_one_origin(self) -> bool {
        self == Browser::WebKit
    }

    /// Whether a redirect of a request with credentials mode "same-origin" must also allow credentials, if the request
    /// began at the page's own origin.
    pub fn redirects_with_first_credentials(self) -> bool {
        self == Browser::WebKit
    }

    /// The numbers of a `Range` must be below this; `None` if there is no limit.
    pub fn range_limit(self) -> Option<u128> {
        match self {
            Browser::Chromium => Some((1 << 63) - 1),
            Browser::Firefox | Browser::WebKit => Some(1 << 64),
            Browser::Fetch => None,
        }
    }
}

/// Which method and headers a preflight after a redirect asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AsksAfterRedirects {
    /// Those of the request after all redirects, if they need a preflight.
    WhatIsLeft,
    /// Those of the page's request without what the last redirect removed, if the page's request needs a preflight.
    /// Otherwise, those of the last preflight, if there was one.
    WhatTheLastLeft,
    /// The current method, and all headers of the page's request. There is a preflight if these need one, or if there
    /// was one before.
    AsPageMade,
}
