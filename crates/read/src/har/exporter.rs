//! The program that exported a HAR, and what its files lack.

use core::fmt;

use super::Har;

/// The program that exported a HAR.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Exporter {
    /// Developer tools of Chromium. `_error` says how a fetch ended. A refused response has its headers.
    Chromium,
    /// Developer tools of Firefox. A response has its headers, whether or not the page got it.
    Firefox,
    /// The inspector of WebKit, which exports what finished: no fetch that was refused.
    WebKit,
    /// Playwright, which records no preflight and no part of a refused response.
    Playwright,
    /// Another program.
    Other,
}

impl Har<'_> {
    /// The exporter of the file.
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
            Exporter::WebKit => {
                "no preflight, no credentials mode, and nothing of a fetch that was refused; two lines of a header are one"
            }
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
