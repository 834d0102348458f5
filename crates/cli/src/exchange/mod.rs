//! A fetch with given answers: its outcome by the rules of one browser, and in the others.
//!
//! ```text
//! Exchange ─ walk ──── draft ─ Report     step by step, by the rules of one browser
//!          └ fate ×3 ─ diff ───┘          in each browser: what it refuses, prints, sends and reads
//! ```
//!
//! Every command that has a request and heads makes one. It does not know where they were read.

mod answer;
mod console;
mod diff;
mod draft;
mod environment;
mod fate;
mod head;
mod kind;
mod walk;

use core::time::Duration;

use fetch_cors::browser::{
    FilteredResponse, Profile, Request, cross_origin_resource_policy::EmbedderPolicy, environment::HttpVersion,
    filter::ResponseType, request::RequestMode,
};

pub use draft::step_id;
pub use environment::environment;
#[cfg(feature = "check")]
pub use environment::{RegistrableDomains, registrable_domain};
pub use head::{Head, Line};
pub use kind::Kind;

use crate::{
    report::{Report, Verdict},
    rules::{ByBrowser, Rules},
};
use console::Consoles;
use fate::{Answers, Fate};
use walk::{Walked, through};

/// A fetch, and the heads that answer its requests in order.
#[derive(Clone, Copy, Debug)]
pub struct Exchange<'a> {
    pub request: Request<'a>,
    /// The function or element that makes it.
    pub kind: Kind,
    /// The page's call, in words: one line or more.
    pub call: &'a [String],
    pub page: Page,
    pub heads: &'a [Head],
    /// When the fetch is repeated: for each repetition, the time since the turn before.
    pub again: &'a [Duration],
}

/// Properties of the page and of its connections.
#[derive(Clone, Copy, Debug)]
pub struct Page {
    pub embedder_policy: EmbedderPolicy,
    pub http_version: HttpVersion,
}

impl Default for Page {
    fn default() -> Self {
        Page { embedder_policy: EmbedderPolicy::UnsafeNone, http_version: HttpVersion::Http2OrLater }
    }
}

impl Exchange<'_> {
    /// The report by these rules, and all that `against` does differently.
    pub fn report(&self, rules: Rules, against: Option<Rules>) -> Report {
        let Walked { mut report, asked, asked_by_step } = through(self, rules);
        let answers = Answers { heads: self.heads, asked: &asked };
        let fates = ByBrowser::of(|browser| self.fate(&browser.profile(), answers));
        report.browsers = fates.map(|_, fate| fate.verdict());
        console::mark(&mut report, &asked_by_step, &fates);
        let consoles = Consoles { own: &self.fate(&rules.profile(), answers), fates: &fates };
        (report.console, report.consoles) = (consoles.printed(), consoles.in_words());
        let compared = diff::Compared { exchange: self, answers };
        report.differences = match against {
            Some(against) => compared.against(rules, against),
            None => compared.differences(rules, &fates),
        };
        report
    }

    fn fate(&self, profile: &Profile, answers: Answers<'_>) -> Fate {
        Fate::of(self, profile, answers)
    }
}

/// The verdict on a response that the browser does not refuse.
fn verdict_on(request: &Request<'_>, response: &FilteredResponse<'_>) -> Verdict {
    match response.response_type() {
        // AD-HOC: the standard filters no response to a navigation. The same-origin policy hides its document.
        ResponseType::Basic if is_navigation(request) && !is_same_origin(request) => Verdict::Opaque,
        // Any other status ends the handshake of a WebSocket. Its API is not part of this standard.
        ResponseType::Basic if is_web_socket(request) && response.status() != 101 => Verdict::Refused,
        ResponseType::Basic | ResponseType::Cors => Verdict::Readable,
        ResponseType::Opaque | ResponseType::OpaqueRedirect => Verdict::Opaque,
    }
}

fn is_navigation(request: &Request<'_>) -> bool {
    request.mode() == RequestMode::Navigate
}

fn is_web_socket(request: &Request<'_>) -> bool {
    request.mode() == RequestMode::WebSocket
}

fn is_same_origin(request: &Request<'_>) -> bool {
    request.current_url().origin() == request.origin()
}
