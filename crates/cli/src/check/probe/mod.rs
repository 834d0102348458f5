//! A probe: asks a server as pages that it should not allow, and without `Origin`. It reports what a browser would let happen.
//!
//! ```text
//! allowed pages ─ strangers ─ visits ─┬─ grants  pages that read or send and should not
//!                 nobody ─────────────┼─ lines   what breaks the page's own requests
//!                                     └─ caches  what a cache in between breaks
//! ```
//!
//! It sends only `GET` and `OPTIONS`, which should change nothing on the server.

mod caches;
mod grants;
mod lines;
mod strangers;

use fetch_cors::browser::request::CredentialsMode;

use super::{
    finding::Finding,
    plan::Call,
    transport::{Answer, Ask, Credentials, Exchange, Kind, NoAnswer, Once, Transport},
    visit::{Browser, End, Visit},
};
use crate::rules::Rules;

/// What to probe.
#[derive(Clone, Debug)]
pub struct Target<'a> {
    /// The call of the pages: its URL, and the method and headers that a preflight asks for.
    pub call: &'a Call,
    /// The pages that should be allowed.
    pub pages: &'a [String],
    /// Whether an origin other than that of these pages may be allowed.
    pub is_allowed: &'a dyn IsAllowed,
    /// A word that no earlier request to the server had in its URL.
    pub fresh: &'a str,
}

/// Which origins may be allowed beside those of the pages.
pub trait IsAllowed: core::fmt::Debug {
    fn is_allowed(&self, origin: &str) -> bool;
}

/// Returns the findings. Fails if a page that should be allowed, or a request without `Origin`, gets no answer; other pages may
/// get none.
pub fn probe(target: &Target<'_>, transport: &mut dyn Transport) -> Result<Vec<Finding>, NoAnswer> {
    // Asking twice as the same page gives the same answer, unless a cache changes it. `caches` asks new URLs for that.
    let mut once = Once::new(transport);
    // If the server is down, this fails before the other requests are sent.
    for page in target.pages {
        visits(page, &simple(&target.call.url, target.call.credentials), &mut once)?;
    }
    let mut findings = grants::findings(target, &mut once);
    for page in target.pages {
        findings.extend(lines::findings(target, page, &mut once)?);
    }
    findings.extend(caches::findings(target, &mut once)?);
    Ok(findings)
}

/// A simple request for the URL, with or without credentials.
fn simple(url: &str, credentials: CredentialsMode) -> Call {
    Call { credentials, ..Call::get(url) }
}

/// The browsers that a probe asks about.
const BROWSERS: [Rules; 3] = [Rules::Chromium, Rules::Firefox, Rules::Webkit];

/// What each browser makes of a call, starting with an empty preflight cache.
fn every_visit(origin: &str, call: &Call, transport: &mut dyn Transport) -> Vec<(Rules, Visit)> {
    // A call that throws sends nothing.
    let visit = |rules| Some((rules, Browser::new(rules).visit(origin, call, transport).ok()?));
    BROWSERS.into_iter().filter_map(visit).collect()
}

/// [`every_visit`], or the first request that the server did not answer.
fn visits(origin: &str, call: &Call, transport: &mut dyn Transport) -> Result<Vec<(Rules, Visit)>, NoAnswer> {
    let answered = |(browser, visit): (Rules, Visit)| match visit.end {
        End::NoAnswer(_, error) => Err(error),
        End::Readable | End::Refused(_) => Ok((browser, visit)),
    };
    every_visit(origin, call, transport).into_iter().map(answered).collect()
}

/// Asks for a URL without `Origin`.
fn as_nobody(url: &str, transport: &mut dyn Transport) -> Result<Exchange, NoAnswer> {
    let line = |name: &str, value: &str| (name.to_owned(), value.as_bytes().to_vec());
    let ask = Ask {
        kind: Kind::Nobody,
        method: "GET".into(),
        url: url.into(),
        headers: vec![line("accept", "*/*"), line("accept-encoding", "gzip, deflate, br")],
        credentials: Credentials::Left,
        body: None,
    };
    let answer = transport.send(&ask)?;
    Ok(Exchange { ask, answer })
}

/// Whether the page reads an answer, by the rules of all browsers.
fn all_read(origin: &str, call: &Call, answer: &Answer) -> bool {
    BROWSERS.into_iter().all(|rules| Browser::verdict_on(rules, origin, call, answer) == Some(End::Readable))
}
