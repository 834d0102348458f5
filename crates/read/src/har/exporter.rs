//! What has written a HAR, and what it leaves out.

use core::fmt;

use super::Har;

/// What has written a HAR.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Exporter {
    /// Developer tools of Chromium. `_error` has how a fetch ended; a refused response is there with its headers.
    Chromium,
    /// Developer tools of Firefox. A response is there with its headers, whether the page got it or not.
    Firefox,
    /// The inspector of WebKit.
    WebKit,
    /// Playwright, which records no preflight and nothing of a response that is refused.
    Playwright,
    /// Another program.
    Other,
}

impl Har<'_> {
    /// What has written it.
    pub fn exporter(&self) -> Exporter {
        match &*self.creator.name {
            "WebInspector" => Exporter::Chromium,
            "Firefox" => Exporter::Firefox,
            "WebKit Web Inspector" => Exporter::WebKit,
            "Playwright" => Exporter::Playwright,
            _ => Exporter::Other,
        }
    }

    /// Whether no entry has a cookie or an `Authorization`: Chromium takes them out by default.
    pub fn is_sanitized(&self) -> bool {
        let secret = |(name, _): &(super::Text<'_>, super::Text<'_>)| {
            ["cookie", "authorization", "set-cookie"].iter().any(|secret| name.eq_ignore_ascii_case(secret))
        };
        let has = |entry: &super::Entry<'_>| {
            entry.request.headers.iter().any(secret) || entry.response.headers.iter().any(secret)
        };
        self.exporter() == Exporter::Chromium && !self.entries.iter().any(has)
    }
}

impl Exporter {
    /// What a HAR of this exporter lacks that the CORS protocol needs.
    pub const fn lacks(self) -> &'static str {
        match self {
            Exporter::Chromium => "no credentials mode",
            Exporter::Firefox => "no credentials mode, and no word on whether the page got a response",
            Exporter::WebKit => "no credentials mode; two lines of a header are one",
            Exporter::Playwright => {
                "no preflight, and nothing of a response that was refused; record it with the browser's developer tools"
            }
            Exporter::Other => "no credentials mode",
        }
    }
}

/// Writes the name.
impl fmt::Display for Exporter {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(match self {
            Exporter::Chromium => "Chromium's developer tools",
            Exporter::Firefox => "Firefox's developer tools",
            Exporter::WebKit => "WebKit's inspector",
            Exporter::Playwright => "Playwright",
            Exporter::Other => "another program",
        })
    }
}
