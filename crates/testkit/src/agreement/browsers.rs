//! The browsers, as far as what a policy means depends on them.

use fetch_cors::browser::Profile;

use super::page::Body;

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

    /// What is sent for a body; nothing, if the browser does not send such a body at all.
    pub fn sends(self, body: Body) -> Option<Body> {
        match (body, self) {
            (Body::Stream, Browser::Firefox) => Some(Body::Text),
            (Body::Stream, Browser::WebKit) => None,
            _ => Some(body),
        }
    }

    /// What the requests of a redirect chain ask for in their preflights.
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

    /// Whether what redirects a request of credentials mode "same-origin", which began at the page's own origin, must allow
    /// credentials, too.
    pub fn redirects_with_first_credentials(self) -> bool {
        self == Browser::WebKit
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

/// What the requests of a redirect chain ask for in their preflights.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AsksAfterRedirects {
    /// For what redirects have left of the request, if that must be asked for.
    WhatIsLeft,
    /// For what the last redirect has left of the request as the page made it; and always, once anything had to be asked for.
    WhatTheLastLeft,
    /// For the method as it is and all headers as the page made them; and always, once anything had to be asked for.
    AsPageMade,
}
