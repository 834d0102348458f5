//! The outcome of a fetch in one browser, in a short form for comparisons.

use core::{fmt, time::Duration};

use fetch_cors::browser::{
    Action, AwaitingResponse, Environment, Explanation, FilteredResponse, GrowingPreflightCache, NetworkError, Outcome,
    Profile, Request, Url, cross_origin_resource_policy::IncludesCredentials, fetch, filter::Visibility,
    ids::FailedExchange, preflight::PreflightRequest,
};

use super::{
    Exchange,
    answer::with_response,
    console::{Message, Messages, Wanted, messages, redirects_to},
    environment::environment,
    head::Head,
    verdict_on,
};
use crate::{
    report::{Verdict, capitalized},
    rules::Rules,
};

/// A request, reduced to what decides which head answers it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    pub kind: Kind,
    pub method: String,
    pub url: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Preflight,
    Request,
}

impl Asked {
    pub fn preflight(url: Url<'_>) -> Self {
        let method = PreflightRequest::METHOD.to_string();
        Asked { kind: Kind::Preflight, method, url: url.without_fragment().into() }
    }

    pub fn request(method: impl fmt::Display, url: Url<'_>) -> Self {
        Asked { kind: Kind::Request, method: method.to_string(), url: url.without_fragment().into() }
    }
}

impl fmt::Display for Asked {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} {}", self.method, self.url)
    }
}

/// The heads, and the requests that they answer in the browser that is explained, in the same order.
#[derive(Clone, Copy, Debug)]
pub struct Answers<'h> {
    pub heads: &'h [Head],
    pub asked: &'h [Asked],
}

/// The outcome of a fetch, and of its repetitions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fate {
    /// How each turn ends.
    pub ends: Vec<End>,
    /// The requests, and each request with each of its headers.
    pub sent: Vec<String>,
    /// What a script can read.
    pub read: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum End {
    Readable,
    /// The page gets the response, which is opaque.
    Opaque,
    Refused(Refusal),
    /// The server does not open a WebSocket.
    NotOpened,
    /// No head answers this request.
    Unanswered(Asked),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    pub error: String,
    pub step: String,
    /// The request whose response is at fault.
    pub asked: Option<Asked>,
    pub messages: Messages,
}

impl End {
    pub const fn verdict(&self) -> Verdict {
        match self {
            End::Readable => Verdict::Readable,
            End::Opaque => Verdict::Opaque,
            End::Refused(_) | End::NotOpened => Verdict::Refused,
            End::Unanswered(_) => Verdict::Incomplete,
        }
    }
}

impl fmt::Display for End {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            End::Readable => formatter.write_str("allowed"),
            End::Opaque => formatter.write_str("opaque: the page reads nothing of the response"),
            End::Refused(refusal) => write!(formatter, "refused: {refusal}"),
            End::NotOpened => formatter.write_str("refused: the server does not open the WebSocket"),
            End::Unanswered(asked) => write!(formatter, "sends {asked}, which no head answers"),
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}: {}", self.error, self.step)
    }
}

impl Fate {
    /// The outcome in a browser of this profile, repetitions included.
    pub fn of(exchange: &Exchange<'_>, profile: &Profile, answers: Answers<'_>) -> Self {
        let Exchange { request, kind, page, again, .. } = *exchange;
        let mut run = Run {
            wanted: Wanted { origin: request.origin(), kind, url: request.current_url() },
            environment: environment(profile, page),
            cache: GrowingPreflightCache::of_browser(profile),
            now: Duration::ZERO,
            answers,
            used: vec![Used::No; answers.asked.len()],
            left_over: 0,
            last: None,
            fate: Fate { ends: Vec::new(), sent: Vec::new(), read: Vec::new() },
        };
        run.turn(request);
        for wait in again {
            run.now = run.now.saturating_add(*wait);
            run.turn(request);
        }
        run.fate
    }

    /// What this browser prints, if that is known.
    pub fn message(&self, browser: Rules) -> Option<&Message> {
        let messages = &self.refusal()?.messages;
        messages.iter().find(|(of, _)| *of == browser)?.1.as_ref()
    }

    /// The verdict on all turns: refused if any turn is refused.
    pub fn verdict(&self) -> Verdict {
        let last = self.ends.last().map_or(Verdict::Incomplete, End::verdict);
        if self.ends.iter().any(|end| end.verdict() == Verdict::Refused) { Verdict::Refused } else { last }
    }

    /// The first refusal.
    pub fn refusal(&self) -> Option<&Refusal> {
        self.ends.iter().find_map(|end| match end {
            End::Refused(refusal) => Some(refusal),
            End::Readable | End::Opaque | End::NotOpened | End::Unanswered(_) => None,
        })
    }
}

/// Whether a head has answered its request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Used {
    No,
    Yes,
}

/// An exchange before any response.
fn unanswered<'r>(request: &Request<'r>) -> FailedExchange<'r> {
    FailedExchange { request: *request, response: None, location_url: None }
}

struct Run<'h, 'e> {
    wanted: Wanted<'e>,
    environment: Environment<'e>,
    cache: GrowingPreflightCache,
    now: Duration,
    answers: Answers<'h>,
    used: Vec<Used>,
    left_over: usize,
    last: Option<Asked>,
    fate: Fate,
}

impl<'h> Run<'h, '_> {
    fn turn(&mut self, request: Request<'_>) {
        self.last = None;
        if let Some(error) = Explanation::of_request(&request, self.environment).mixed_content() {
            let end = self.refused(&error, unanswered(&request));
            self.fate.ends.push(end);
            return;
        }
        let action = fetch(request, self.environment, &mut self.cache, self.now);
        let end = match action {
            Ok(action) => self.act(action),
            Err(error) => self.refused(&error, unanswered(&request)),
        };
        self.fate.ends.push(end);
    }

    fn refused(&self, error: &NetworkError<'_>, exchange: FailedExchange<'_>) -> End {
        End::Refused(Refusal {
            error: error.to_string(),
            step: error.step().to_string(),
            asked: self.last.clone(),
            messages: messages(error, self.wanted, exchange),
        })
    }

    /// The head for a request: the one that answered it in the browser that is explained, also if the request is repeated; or
    /// else a head that is left over.
    fn head(&mut self, asked: &Asked) -> Option<&'h Head> {
        self.last = Some(asked.clone());
        let Answers { heads, asked: known } = self.answers;
        let same = |(number, known): (usize, &Asked)| (known == asked).then_some(number);
        let mut of_same = known.iter().enumerate().filter_map(same).filter(|number| heads.get(*number).is_some());
        let fresh = of_same.clone().find(|number| self.used.get(*number) == Some(&Used::No));
        if let Some(number) = fresh.or_else(|| of_same.next_back()) {
            self.used.iter_mut().skip(number).take(1).for_each(|used| *used = Used::Yes);
            return heads.get(number);
        }
        let head = heads.get(known.len() + self.left_over)?;
        self.left_over += 1;
        Some(head)
    }

    /// Records a request, and each of its headers.
    fn sends(&mut self, asked: &Asked, headers: impl Iterator<Item = (String, String)>) {
        self.fate.sent.push(asked.to_string());
        for (name, value) in headers {
            self.fate.sent.push(format!("{asked} with `{}: {value}`", capitalized(&name)));
        }
    }

    fn act(&mut self, action: Action<'_>) -> End {
        match action {
            Action::SendPreflight(awaiting) => {
                let preflight = awaiting.preflight();
                let asked = Asked::preflight(preflight.url);
                self.sends(&asked, preflight.headers().map(|(name, value)| (name.to_string(), value.to_string())));
                let Some(head) = self.head(&asked) else { return End::Unanswered(asked) };
                let end = with_response(head.status, &head.lines_in(self.environment.profile), |response| {
                    let exchange = FailedExchange { response: Some(*response), ..unanswered(awaiting.request()) };
                    Some(match awaiting.on_response(response, &mut self.cache, self.now) {
                        Ok(awaiting) => self.request(&awaiting),
                        Err(error) => self.refused(&error, exchange),
                    })
                });
                end.unwrap_or(End::Unanswered(asked))
            }
            Action::SendRequest(awaiting) => self.request(&awaiting),
            Action::FetchScheme(..) => End::Readable,
        }
    }

    fn request(&mut self, awaiting: &AwaitingResponse<'_>) -> End {
        let outgoing = awaiting.outgoing();
        let asked = Asked::request(outgoing.method, outgoing.url);
        let headers = outgoing.headers.iter().map(|header| (header.name.to_string(), header.value.to_string()));
        self.sends(&asked, headers);
        if outgoing.credentials == IncludesCredentials::Yes {
            self.fate.sent.push(format!("{asked} with credentials"));
        }
        let Some(head) = self.head(&asked) else { return End::Unanswered(asked) };
        let end = with_response(head.status, &head.lines_in(self.environment.profile), |response| {
            let to = redirects_to(awaiting.request(), response, self.environment.profile);
            let exchange = FailedExchange {
                response: Some(*response),
                location_url: to.as_deref(),
                ..unanswered(awaiting.request())
            };
            Some(match awaiting.clone().on_response(response, &mut self.cache) {
                Ok(Outcome::Response(filtered)) => {
                    self.reads(&filtered);
                    match verdict_on(awaiting.request(), &filtered) {
                        Verdict::Opaque => End::Opaque,
                        Verdict::Refused => End::NotOpened,
                        Verdict::Readable | Verdict::Incomplete => End::Readable,
                    }
                }
                Ok(Outcome::Redirect(redirect)) => {
                    let location = redirect.parse_location().ok();
                    let location = location.as_ref().and_then(|url| Url::try_from(url).ok());
                    let of_redirect =
                        Explanation::of_redirect(redirect.request(), response, location, self.environment);
                    if let Some(error) = of_redirect.mixed_content() {
                        return Some(self.refused(&error, exchange));
                    }
                    match redirect.follow(location, &mut self.cache, self.now) {
                        Ok(action) => self.act(action),
                        Err(error) => self.refused(&error, exchange),
                    }
                }
                Err(error) => self.refused(&error, exchange),
            })
        });
        end.unwrap_or(End::Unanswered(asked))
    }

    fn reads(&mut self, response: &FilteredResponse<'_>) {
        self.fate.read.push(format!("a response of type `{}`", response.response_type()));
        self.fate.read.push(format!("status {}", response.status()));
        for (header, visibility) in response.verdicts() {
            if let Visibility::Shown(_) = visibility {
                self.fate.read.push(format!("`{}`", capitalized(&header.name.lowercase().to_string())));
            }
        }
    }
}
