//! A fetch in one browser: the library says what to send, and answers come back one by one.
//!
//! ```text
//!            ┌── Ask: the next request ──▶ server ──▶ answer ──┐
//! Exchange ──┤                                                 ├──▶ the same from the start, with one answer more
//!            └── End: readable, opaque, refused ◀──────────────┘
//! ```
//!
//! Each state of the library borrows the URL and the response before it, and a task that waits cannot keep such borrows. So
//! only the answers are kept. After each answer the fetch runs again from its start, with the cache of its start. A fetch has
//! at most 21 hops, and a hop takes microseconds.

use core::time::Duration;
use std::sync::OnceLock;

use bytes::Bytes;
use fetch_cors::{
    browser::{
        Action, AwaitingPreflight, AwaitingResponse, Environment, Explanation, GrowingPreflightCache, NetworkError,
        Outcome, Redirect, Request, Response, Url, fetch, parse_location,
    },
    header::Headers,
    origin::Origin,
};

use crate::{
    browser::Browser,
    end::{End, Refusal},
    fetch::Fetch,
    page::Cookies,
    referrer::Referrer,
    sent::{FetchSite, Sender},
    server::NoResponse,
    site::PublicSuffixList,
};

/// A fetch in progress, with all answers so far.
#[derive(Debug)]
pub(crate) struct Exchange {
    pub(crate) browser: Browser,
    pub(crate) origin: String,
    pub(crate) fetch: Fetch,
    pub(crate) cookies: Cookies,
    /// The preflight cache, as it was when the fetch began.
    pub(crate) cache: GrowingPreflightCache,
    pub(crate) now: Duration,
    pub(crate) answers: Vec<Answer>,
}

/// A request, and its answer.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) request: http::Request<Bytes>,
    pub(crate) head: Result<http::Response<()>, NoResponse>,
    /// The target of `Location`, once it was parsed; `None` if it does not parse.
    location: OnceLock<Option<url::Url>>,
}

impl Answer {
    pub(crate) fn new(request: http::Request<Bytes>, head: Result<http::Response<()>, NoResponse>) -> Self {
        Answer { request, head, location: OnceLock::new() }
    }

    pub(crate) fn is_preflight(&self) -> bool {
        let asks = http::header::ACCESS_CONTROL_REQUEST_METHOD;
        self.request.method() == http::Method::OPTIONS && self.request.headers().contains_key(asks)
    }

    fn response(&self) -> Option<Response<'_>> {
        let head = self.head.as_ref().ok()?;
        Response::new(head.status().as_u16(), Headers::from(head.headers())).ok()
    }
}

/// The state after the answers so far.
#[derive(Debug)]
pub(crate) enum Next {
    /// Send this request next.
    Ask(Box<http::Request<Bytes>>),
    /// The fetch has ended, and leaves this cache.
    End(End, GrowingPreflightCache),
}

/// Receives the steps of a fetch.
pub(crate) trait Witness {
    /// A step, explained, with the index of the answer that it is about, if any.
    fn explained(&mut self, explanation: &Explanation<'_>, answer: Option<usize>);
}

/// Ignores the steps.
impl Witness for () {
    fn explained(&mut self, _: &Explanation<'_>, _: Option<usize>) {}
}

/// Why the run stops: the fetch ends, or an answer is missing.
enum Stop {
    Ask(Box<http::Request<Bytes>>),
    End(End),
}

impl Exchange {
    /// Runs the fetch as far as the answers reach.
    pub(crate) fn run(&self, witness: &mut dyn Witness) -> Next {
        let mut cache = self.cache.clone();
        match self.end(&mut cache, witness) {
            Stop::Ask(request) => Next::Ask(request),
            Stop::End(end) => Next::End(end, cache),
        }
    }

    fn end(&self, cache: &mut GrowingPreflightCache, witness: &mut dyn Witness) -> Stop {
        let thrown = |text: String| Stop::End(End::Thrown(text));
        let profile = self.browser.profile();
        let url = match self.fetch.parsed_url(profile) {
            Ok(url) => url,
            Err(error) => return thrown(error),
        };
        let url = match Url::try_from(&url) {
            Ok(url) => url,
            Err(error) => return thrown(format!("the URL `{url}`: {error}")),
        };
        let origin = match Origin::parse(&self.origin) {
            Ok(origin) => origin,
            Err(error) => return thrown(error.to_string()),
        };
        let pairs = self.fetch.header_pairs();
        let request = match self.fetch.request(url, origin, Headers::from_pairs(&pairs)) {
            Ok(request) => request,
            Err(error) => return thrown(error),
        };
        let mut environment = Environment::new(profile);
        environment.same_site = &PublicSuffixList;
        environment.parse_location = parse_location;
        let sender = Sender {
            browser: self.browser,
            cookies: &self.cookies,
            content: self.fetch.body_content(),
            referrer: Referrer::of_page(origin),
            site: FetchSite::SameOrigin,
        };
        let run = Run { answers: &self.answers, at: 0, environment, cache, now: self.now, sender, witness };
        run.through(&request)
    }
}

/// One run over the answers.
struct Run<'x, 'r> {
    answers: &'x [Answer],
    /// The index of the next answer.
    at: usize,
    environment: Environment<'x>,
    cache: &'r mut GrowingPreflightCache,
    now: Duration,
    sender: Sender<'x>,
    witness: &'r mut dyn Witness,
}

impl<'x> Run<'x, '_> {
    fn through<'f>(mut self, request: &Request<'f>) -> Stop
    where
        'x: 'f,
    {
        let explanation = Explanation::of_request(request, self.environment);
        self.witness.explained(&explanation, None);
        if let Some(error) = explanation.mixed_content() {
            return refused(&error);
        }
        let mut action = match fetch(*request, self.environment, self.cache, self.now) {
            Ok(action) => action,
            Err(error) => return refused(&error),
        };
        loop {
            let awaiting = match action {
                Action::SendPreflight(awaiting) => match self.preflight(awaiting) {
                    Ok(awaiting) => awaiting,
                    Err(stop) => return stop,
                },
                // Only local schemes such as `data:` need no server. `Fetch` does not have them, and no redirect leads to one.
                Action::SendRequest(awaiting) | Action::FetchScheme(_, awaiting) => awaiting,
            };
            let redirect = match self.request(awaiting) {
                Ok(redirect) => redirect,
                Err(stop) => return stop,
            };
            action = match self.redirect(redirect) {
                Ok(action) => action,
                Err(stop) => return stop,
            };
        }
    }

    /// The answer to a request, or the request if it has no answer yet.
    fn answer(
        &mut self,
        request: Result<http::Request<Bytes>, http::Error>,
    ) -> Result<(&'x Answer, Option<Response<'x>>), Stop> {
        let Some(answer) = self.answers.get(self.at) else {
            return Err(match request {
                Ok(request) => Stop::Ask(Box::new(request)),
                Err(error) => Stop::End(End::Thrown(format!("the request cannot be sent over HTTP: {error}"))),
            });
        };
        self.at += 1;
        Ok((answer, answer.response()))
    }

    fn explained(&mut self, explanation: &Explanation<'_>) {
        self.witness.explained(explanation, self.at.checked_sub(1));
    }

    fn preflight<'f>(&mut self, mut awaiting: AwaitingPreflight<'f>) -> Result<AwaitingResponse<'f>, Stop>
    where
        'x: 'f,
    {
        loop {
            let sent = self.sender.preflight(&awaiting);
            let (_, response) = self.answer(sent)?;
            let Some(response) = response else { return Err(refused(&awaiting.on_network_error(self.cache))) };
            if let Some(again) = awaiting.on_new_connection(&response) {
                awaiting = again;
                continue;
            }
            let explanation = awaiting.explain(&response);
            self.explained(&explanation);
            return awaiting
                .on_response(&response, self.cache, self.now)
                .map_err(|error| refused_for(&error, &explanation));
        }
    }

    /// The target of the redirect, if the response does not end the fetch.
    fn request<'f>(&mut self, mut awaiting: AwaitingResponse<'f>) -> Result<(Redirect<'f>, &'x Answer), Stop>
    where
        'x: 'f,
    {
        loop {
            let sent = self.sender.request(&awaiting);
            let (answer, response) = self.answer(sent)?;
            let Some(response) = response else { return Err(refused(&awaiting.on_network_error(self.cache))) };
            if let Some(again) = awaiting.on_new_connection(&response) {
                awaiting = again;
                continue;
            }
            let explanation = Explanation::of_response(awaiting.request(), &response, self.environment);
            self.explained(&explanation);
            return match awaiting.on_response(&response, self.cache) {
                Ok(Outcome::Redirect(redirect)) => Ok((redirect, answer)),
                Ok(Outcome::Response(filtered)) => Err(Stop::End(End::of(&filtered))),
                Err(error) => Err(refused_for(&error, &explanation)),
            };
        }
    }

    fn redirect<'f>(&mut self, (redirect, answer): (Redirect<'f>, &'x Answer)) -> Result<Action<'f>, Stop>
    where
        'x: 'f,
    {
        let location = answer.location.get_or_init(|| redirect.parse_location().ok());
        let location = location.as_ref().and_then(|url| Url::try_from(url).ok());
        if let Some(response) = answer.response() {
            let explanation = Explanation::of_redirect(redirect.request(), &response, location, self.environment);
            self.explained(&explanation);
            if let Some(error) = explanation.mixed_content() {
                return Err(refused(&error));
            }
        }
        redirect.follow(location, self.cache, self.now).map_err(|error| refused(&error))
    }
}

fn refused(error: &NetworkError<'_>) -> Stop {
    Stop::End(End::Refused(Refusal::of(error, [])))
}

/// A refusal, with all other faults of the same answer.
fn refused_for(error: &NetworkError<'_>, explanation: &Explanation<'_>) -> Stop {
    Stop::End(End::Refused(Refusal::of(error, explanation.failures())))
}
