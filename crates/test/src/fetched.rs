//! The outcome of a fetch, and the assertions on it.

use core::fmt;

use bytes::Bytes;
use fetch_cors::browser::filter::{HiddenBecause, ResponseType};

use crate::{
    browser::Browser,
    code::ReasonCode,
    end::{End, Read},
    exchange::Exchange,
    report,
};

/// The outcome of a fetch in each browser.
///
/// Each assertion holds in every browser, or panics with the whole explanation: each request, each answer, each check with its
/// step in the standard, the likely cause and the fix. [`Display`](fmt::Display) writes the same.
#[derive(Debug)]
#[must_use = "a fetch tests nothing until something is asserted of it"]
pub struct Fetched {
    browsers: Vec<InBrowser>,
}

/// The outcome of a fetch in one browser.
#[derive(Debug)]
pub(crate) struct InBrowser {
    pub(crate) exchange: Exchange,
    pub(crate) end: End,
}

impl Fetched {
    pub(crate) const fn new(browsers: Vec<InBrowser>) -> Self {
        Fetched { browsers }
    }

    pub(crate) fn browsers(&self) -> &[InBrowser] {
        &self.browsers
    }

    /// Panics unless it holds in every browser.
    #[track_caller]
    fn assert(&self, expected: &str, holds: impl Fn(&InBrowser) -> bool) {
        assert!(!self.browsers.is_empty(), "the page is opened in no browser, so nothing is tested");
        let failing: Vec<&InBrowser> =
            self.browsers.iter().filter(|own| matches!(own.end, End::Thrown(_)) || !holds(own)).collect();
        assert!(failing.is_empty(), "{}", report::of_failure(expected, &failing));
    }

    /// Asserts that the page's script can read the response.
    #[track_caller]
    pub fn assert_readable(self) -> Readable {
        self.assert("the page can read the response", |own| matches!(own.end, End::Readable(_)));
        Readable { fetched: self }
    }

    /// Asserts that the browser refuses, with this reason among others. One response may have several faults, and browsers
    /// differ in which they report.
    #[track_caller]
    pub fn assert_refused(self, code: ReasonCode) -> Unreadable {
        self.assert(&format!("the browser refuses, for `{code}`"), |own| match &own.end {
            End::Refused(refusal) => refusal.codes.contains(&code),
            End::Readable(_) | End::Opaque(_) | End::Thrown(_) => false,
        });
        Unreadable { fetched: self }
    }

    /// Asserts that the page's script can read nothing, whatever the reason: the fetch is refused, or opaque.
    #[track_caller]
    pub fn assert_not_readable(self) -> Unreadable {
        self.assert("the page cannot read the response", |own| matches!(own.end, End::Refused(_) | End::Opaque(_)));
        Unreadable { fetched: self }
    }

    /// Asserts that the page's script gets an opaque response: that of mode `no-cors`, or a redirect in redirect mode `manual`.
    #[track_caller]
    pub fn assert_opaque(self) -> Unreadable {
        self.assert("the page gets an opaque response", |own| matches!(own.end, End::Opaque(_)));
        Unreadable { fetched: self }
    }

    /// The outcome in each browser, for questions that no assertion covers.
    pub fn outcomes(&self) -> impl Iterator<Item = (Browser, Outcome<'_>)> {
        self.browsers.iter().map(|own| {
            let outcome = match &own.end {
                End::Readable(read) => Outcome::Readable { status: read.status, headers: &read.shown },
                End::Opaque(response_type) => Outcome::Opaque(*response_type),
                End::Refused(refusal) => Outcome::Refused(&refusal.codes),
                End::Thrown(text) => Outcome::Thrown(text),
            };
            (own.exchange.browser, outcome)
        })
    }

    /// The requests that the server got from one browser, in order: preflights, requests, and requests after redirects. It is
    /// empty if the page is not opened in that browser.
    pub fn requests(&self, browser: Browser) -> impl Iterator<Item = &http::Request<Bytes>> {
        let own = self.browsers.iter().filter(move |own| own.exchange.browser == browser);
        own.flat_map(|own| &own.exchange.answers).map(|answer| &answer.request)
    }
}

/// The outcome of a fetch in one browser.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Outcome<'a> {
    /// The script can read this status, the body, and these headers. Names are in lower case.
    Readable {
        /// The status.
        status: u16,
        /// The headers.
        headers: &'a [(String, Vec<u8>)],
    },
    /// The script gets an opaque response of this type.
    Opaque(ResponseType),
    /// The browser refuses, for these reasons. The one that it reports comes first.
    Refused(&'a [ReasonCode]),
    /// Nothing is sent, because the call throws, or is not one that a script makes. So the test is wrong.
    Thrown(&'a str),
}

/// Writes the text of a failed assertion.
impl fmt::Display for Fetched {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&report::of_all(&self.browsers))
    }
}

impl InBrowser {
    /// One line: whether there was a preflight, how the fetch ended, and what the script can read.
    pub(crate) fn in_short(&self) -> String {
        let preflight = if self.preflights() > 0 { "preflight, " } else { "" };
        let end = match &self.end {
            End::Readable(read) => {
                // The headers of CORS itself are of no use to a script.
                let names = read.shown.iter().map(|(name, _)| name.as_str());
                let mut names: Vec<&str> = names.filter(|name| !name.starts_with("access-control-")).collect();
                names.sort_unstable();
                names.dedup();
                let names = if names.is_empty() { "no header".into() } else { names.join(", ") };
                format!("readable, status {}, {names}", read.status)
            }
            End::Opaque(response_type) => format!("opaque, type {response_type}"),
            End::Refused(refusal) => {
                let codes: Vec<&str> = refusal.codes.iter().map(|code| code.as_str()).collect();
                format!("refused, {}", codes.join(", "))
            }
            End::Thrown(text) => format!("nothing is sent: {text}"),
        };
        format!("{preflight}{end}")
    }

    fn preflights(&self) -> usize {
        self.exchange.answers.iter().filter(|answer| answer.is_preflight()).count()
    }
}

/// A fetch whose response the page's script can read in every browser.
#[derive(Debug)]
pub struct Readable {
    fetched: Fetched,
}

impl Readable {
    #[track_caller]
    fn assert(&self, expected: &str, holds: impl Fn(&Read) -> bool) {
        self.fetched.assert(expected, |own| match &own.end {
            End::Readable(read) => holds(read),
            End::Opaque(_) | End::Refused(_) | End::Thrown(_) => false,
        });
    }

    /// Asserts that the response has a header of this name, and that the script can read it.
    #[track_caller]
    pub fn exposes(self, name: &str) -> Self {
        let mut ends = self.fetched.browsers.iter().map(|own| &own.end);
        let hidden = ends.find_map(|end| if let End::Readable(read) = end { read.because(name) } else { None });
        let why = match hidden {
            Some(because) => format!("the response has it: {because}"),
            None => "the response does not have it".into(),
        };
        let fix = match hidden {
            None => "\n  in the answer: send it, and name it in `Access-Control-Expose-Headers`",
            Some(HiddenBecause::Forbidden) => "",
            Some(HiddenBecause::ListUnparsable) => {
                "\n  in the answer: write names alone into `Access-Control-Expose-Headers`, and this one among them"
            }
            Some(_) => "\n  in the answer: name it in `Access-Control-Expose-Headers`",
        };
        self.assert(&format!("the page can read the header `{name}`; {why}{fix}"), |read| read.shows(name));
        self
    }

    /// Asserts that the script cannot read a header of this name, whether or not the response has it.
    #[track_caller]
    pub fn hides(self, name: &str) -> Self {
        self.assert(&format!("the page cannot read the header `{name}`"), |read| !read.shows(name));
        self
    }

    /// Asserts the status that the script reads.
    #[track_caller]
    pub fn status(self, status: u16) -> Self {
        self.assert(&format!("the page reads status {status}"), |read| read.status == status);
        self
    }
}

/// A fetch of which the page's script can read nothing, in any browser.
#[derive(Debug)]
pub struct Unreadable {
    fetched: Fetched,
}

macro_rules! asserted {
    ($($name:ident),*) => {
        $(impl $name {
            /// Asserts that there was a preflight, of the request or of a redirect.
            #[track_caller]
            pub fn preflighted(self) -> Self {
                self.fetched.assert("there is a preflight", |own| own.preflights() > 0);
                self
            }

            /// Asserts that there was no preflight: the request is simple, or the preflight cache has an answer.
            #[track_caller]
            pub fn not_preflighted(self) -> Self {
                self.fetched.assert("there is no preflight", |own| own.preflights() == 0);
                self
            }

            /// The fetch, with what was sent.
            pub fn fetched(&self) -> &Fetched {
                &self.fetched
            }
        })*
    };
}

asserted!(Readable, Unreadable);

impl Read {
    fn shows(&self, name: &str) -> bool {
        self.shown.iter().any(|(own, _)| own.eq_ignore_ascii_case(name))
    }

    /// Why the script cannot read a header, if the response has it.
    fn because(&self, name: &str) -> Option<HiddenBecause> {
        let hidden = self.hidden.iter().find(|(own, _)| own.eq_ignore_ascii_case(name));
        hidden.map(|(_, because)| *because)
    }
}
