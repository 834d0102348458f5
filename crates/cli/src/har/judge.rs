//! What a browser makes of a fetch of the file: what it sends, and what it does with the recorded answers.

use core::time::Duration;
use std::collections::HashMap;

use fetch_cors::browser::{
    Action, AwaitingResponse, Environment, Explanation, GrowingPreflightCache, NetworkError, Outcome as FetchOutcome,
    Profile, Request, Response, Url, environment::HttpVersion, explain::Change, fetch, filter::ResponseType,
};
use fetch_cors::header::Headers;
use fetch_cors_read::har::{Fetch, Har};
use serde::Serialize;

use super::change::Changes;
use crate::{
    exchange::{Line, Page, environment},
    report::Verdict,
};

/// The outcome of a fetch in one browser.
#[derive(Clone, Debug)]
pub struct Outcome {
    pub verdict: Verdict,
    pub refusal: Option<Refusal>,
    /// How many preflights the browser sends.
    pub preflights: usize,
    /// What the file lacks for a verdict, and where.
    pub missing: Option<Missing>,
}

/// Why a browser refuses a fetch.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Refusal {
    pub code: &'static str,
    pub reason: String,
    /// The step of the standard, as `cors-check:4`.
    pub step: String,
    /// The number of the entry whose response is at fault, counted from 1; `None` if nothing is sent.
    pub entry: Option<usize>,
    /// The changes that would fix it.
    pub fix: Vec<String>,
}

/// What a file lacks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Missing {
    /// The answer to a preflight.
    Preflight,
    /// The answer to a request.
    Response,
    /// The request after a redirect.
    Redirected,
    /// A URL or an origin that can be read.
    Request,
}

/// The recorded answers of a file, with the changes that are tried.
#[derive(Debug)]
pub struct Answers<'h> {
    har: &'h Har<'h>,
    /// The first preflight of each URL, and the last so far. They answer a browser that sends a preflight where the recorded
    /// browser sent none.
    first: HashMap<&'h str, usize>,
    latest: HashMap<&'h str, usize>,
    pub changes: Changes,
}

impl<'h> Answers<'h> {
    pub fn new(har: &'h Har<'h>, fetches: &[Fetch], changes: Changes) -> Self {
        let mut first = HashMap::new();
        for entry in fetches.iter().flat_map(|fetch| &fetch.hops).filter_map(|hop| hop.preflight) {
            if let Some(url) = url_of(har, entry) {
                first.entry(url).or_insert(entry);
            }
        }
        Answers { har, first, latest: HashMap::new(), changes }
    }

    /// Remembers the preflights of a fetch for the fetches after it.
    pub fn passed(&mut self, fetch: &Fetch) {
        for entry in fetch.hops.iter().filter_map(|hop| hop.preflight) {
            if let Some(url) = url_of(self.har, entry) {
                self.latest.insert(url, entry);
            }
        }
    }

    /// The entry that answers the preflight of a hop.
    pub fn preflight(&self, fetch: &Fetch, hop: usize) -> Option<usize> {
        let hop = fetch.hops.get(hop)?;
        let known = || {
            let url = url_of(self.har, hop.request?)?;
            self.latest.get(url).or_else(|| self.first.get(url)).copied()
        };
        hop.preflight.or_else(known)
    }

    fn request(fetch: &Fetch, hop: usize) -> Option<usize> {
        fetch.hops.get(hop)?.request
    }

    /// The status and the lines of an entry's response, if there is one.
    fn answer(&self, entry: usize, is_preflight: bool) -> Option<(u16, Vec<Line>)> {
        let response = &self.har.entries.get(entry)?.response;
        let status = u16::try_from(response.status).ok().filter(|status| (100..=599).contains(status))?;
        let mut lines: Vec<_> = response.lines().map(|(name, value)| (name.to_owned(), value)).collect();
        if is_preflight {
            self.changes.apply(&self.har.entries[entry].request.url, &mut lines);
        }
        Some((status, lines))
    }
}

fn url_of<'h>(har: &'h Har<'h>, entry: usize) -> Option<&'h str> {
    har.entries.get(entry)?.request.url.split('#').next()
}

/// A browser, with its preflight cache after the fetches so far.
#[derive(Debug)]
pub struct Browser<'p> {
    profile: &'p Profile,
    cache: GrowingPreflightCache,
}

impl<'p> Browser<'p> {
    pub fn new(profile: &'p Profile) -> Self {
        Browser { profile, cache: GrowingPreflightCache::of_browser(profile) }
    }

    /// The outcome of a fetch with this request, at this time.
    pub fn judge(&mut self, answers: &Answers<'_>, fetch: &Fetch, request: Request<'_>, now: Duration) -> Outcome {
        let version = fetch.hops.first().and_then(|hop| answers.har.entries.get(hop.entry()));
        let is_http1 =
            version.is_some_and(|entry| entry.request.http_version.to_ascii_lowercase().starts_with("http/1"));
        let http_version = if is_http1 { HttpVersion::Http1 } else { HttpVersion::Http2OrLater };
        let environment = environment(self.profile, Page { http_version, ..Page::default() });
        Run { answers, fetch, environment, cache: &mut self.cache, now, hop: 0, preflights: 0 }.begin(request)
    }
}

/// One fetch in progress.
struct Run<'r> {
    answers: &'r Answers<'r>,
    fetch: &'r Fetch,
    environment: Environment<'r>,
    cache: &'r mut GrowingPreflightCache,
    now: Duration,
    hop: usize,
    preflights: usize,
}

impl Run<'_> {
    fn begin(self, request: Request<'_>) -> Outcome {
        let explanation = Explanation::of_request(&request, self.environment);
        if let Some(error) = explanation.mixed_content() {
            return self.refused(&error, &explanation, None);
        }
        match fetch(request, self.environment, self.cache, self.now) {
            Ok(action) => self.act(action),
            Err(error) => self.refused(&error, &explanation, None),
        }
    }

    fn ends(&self, verdict: Verdict) -> Outcome {
        Outcome { verdict, refusal: None, preflights: self.preflights, missing: None }
    }

    fn misses(&self, missing: Missing) -> Outcome {
        Outcome { missing: Some(missing), ..self.ends(Verdict::Incomplete) }
    }

    fn refused(&self, error: &NetworkError<'_>, explanation: &Explanation<'_>, entry: Option<usize>) -> Outcome {
        let server = explanation.fix().map(|change| match change {
            Change::Remove(name) => format!("without `{name}`"),
            change => change.to_string(),
        });
        let mut fix: Vec<String> = server.collect();
        if fix.is_empty() {
            fix.extend(explanation.page_changes().map(|(change, _)| format!("the page: {change}")));
        }
        let refusal = Refusal {
            code: error.reason.code(),
            reason: error.to_string(),
            step: crate::exchange::step_id(error.step()),
            entry: entry.map(|entry| entry + 1),
            fix,
        };
        Outcome { refusal: Some(refusal), ..self.ends(Verdict::Refused) }
    }

    fn act(mut self, action: Action<'_>) -> Outcome {
        match action {
            Action::SendPreflight(awaiting) => {
                self.preflights += 1;
                let entry = self.answers.preflight(self.fetch, self.hop);
                let answer = entry.and_then(|entry| Some((entry, self.answers.answer(entry, true)?)));
                let Some((entry, (status, lines))) = answer else { return self.misses(Missing::Preflight) };
                with_response(status, &lines, |response| {
                    let Some(response) = response else { return self.misses(Missing::Preflight) };
                    let explanation = awaiting.explain(response);
                    match awaiting.clone().on_response(response, self.cache, self.now) {
                        Ok(next) => self.request(&next),
                        Err(error) => self.refused(&error, &explanation, Some(entry)),
                    }
                })
            }
            Action::SendRequest(awaiting) => self.request(&awaiting),
            Action::FetchScheme(..) => self.ends(Verdict::Readable),
        }
    }

    fn request(mut self, awaiting: &AwaitingResponse<'_>) -> Outcome {
        let entry = Answers::request(self.fetch, self.hop);
        let answer = entry.and_then(|entry| Some((entry, self.answers.answer(entry, false)?)));
        let Some((entry, (status, lines))) = answer else {
            return self.misses(if self.hop < self.fetch.hops.len() { Missing::Response } else { Missing::Redirected });
        };
        with_response(status, &lines, |response| {
            let Some(response) = response else { return self.misses(Missing::Response) };
            let explanation = Explanation::of_response(awaiting.request(), response, self.environment);
            match awaiting.clone().on_response(response, self.cache) {
                Ok(FetchOutcome::Response(filtered)) => self.ends(verdict_on(filtered.response_type())),
                Ok(FetchOutcome::Redirect(redirect)) => {
                    let location = redirect.parse_location().ok();
                    let location = location.as_ref().and_then(|url| Url::try_from(url).ok());
                    let explanation =
                        Explanation::of_redirect(redirect.request(), response, location, self.environment);
                    if let Some(error) = explanation.mixed_content() {
                        return self.refused(&error, &explanation, Some(entry));
                    }
                    self.hop += 1;
                    match redirect.clone().follow(location, self.cache, self.now) {
                        Ok(action) => self.act(action),
                        Err(error) => self.refused(&error, &explanation, Some(entry)),
                    }
                }
                Err(error) => self.refused(&error, &explanation, Some(entry)),
            }
        })
    }
}

fn verdict_on(response_type: ResponseType) -> Verdict {
    match response_type {
        ResponseType::Basic | ResponseType::Cors => Verdict::Readable,
        ResponseType::Opaque | ResponseType::OpaqueRedirect => Verdict::Opaque,
    }
}

fn with_response<T>(status: u16, lines: &[(String, Vec<u8>)], use_it: impl FnOnce(Option<&Response<'_>>) -> T) -> T {
    let pairs: Vec<(&str, &[u8])> = lines.iter().map(|(name, value)| (name.as_str(), value.as_slice())).collect();
    use_it(Response::new(status, Headers::from_pairs(&pairs)).ok().as_ref())
}
