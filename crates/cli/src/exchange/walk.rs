//! The walk through a fetch: the driver says what to send, the heads answer, and the draft records each step.

use core::{slice, time::Duration};

use fetch_cors::browser::{
    Action, AwaitingPreflight, AwaitingResponse, Environment, Explanation, GrowingPreflightCache, NetworkError,
    Outcome, Redirect, Request, Response, Url,
    cache::cache_verdict,
    fetch,
    preflight::{PreflightRequest, check_preflight},
    route::{Route, Scheme, route},
};

use super::{
    Exchange,
    answer::{Fixed, with_response},
    draft::{self, Draft},
    environment::environment,
    fate::Asked,
    head::Head,
    is_navigation, is_web_socket, verdict_on,
};
use crate::{
    report::{Answer, Phase, Report, Step, Verdict},
    rules::Rules,
};

struct Walk<'h> {
    environment: Environment<'h>,
    again: &'h [Duration],
    cache: GrowingPreflightCache,
    now: Duration,
    heads: slice::Iter<'h, Head>,
    /// The requests that the heads so far have answered.
    asked: Vec<Asked>,
    /// The request whose response is being explained.
    current: Option<Asked>,
    draft: Draft,
    /// A sentence for the beginning of the next step.
    preface: Option<String>,
    supposing: Supposing,
    turn: Turn,
    /// Why the first fetch that failed did so.
    refusal: Option<String>,
}

/// A report without the other browsers.
pub struct Walked {
    pub report: Report,
    /// The requests that the heads answer, in the same order.
    pub asked: Vec<Asked>,
    /// For each step, the request to whose response it belongs.
    pub asked_by_step: Vec<Option<Asked>>,
}

/// Whether the walk assumes that an answer which failed is fixed.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Supposing {
    Nothing,
    Fixed,
}

/// Whether this is a repetition, so that the cache may have entries of an earlier turn.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Turn {
    First,
    Again,
}

/// Walks through a fetch by the rules of one browser.
pub fn through(exchange: &Exchange<'_>, rules: Rules) -> Walked {
    let profile = rules.profile();
    let mut walk = Walk {
        environment: environment(&profile, exchange.page),
        again: exchange.again,
        cache: GrowingPreflightCache::new(),
        now: Duration::ZERO,
        heads: exchange.heads.iter(),
        asked: Vec::new(),
        current: None,
        draft: Draft::default(),
        preface: None,
        supposing: Supposing::Nothing,
        turn: Turn::First,
        refusal: None,
    };
    let verdict = walk.all(exchange.request);
    let left_over = walk.heads.next().map(|head| {
        let (count, place) = (walk.heads.len() + 1, &head.place);
        format!("Left over: {count} of the heads, from {place} on. They answer no request of this fetch.")
    });
    let Draft { steps, asked_by_step, fixes, mut hints } = walk.draft;
    hints.sort_by_key(|hint| !hint.cause);
    let report = Report {
        call: exchange.call.to_vec(),
        steps,
        fixes,
        hints,
        refusal: walk.refusal,
        left_over,
        ..Report::empty(verdict, rules, Some(exchange.request.origin().to_string()))
    };
    Walked { report, asked: walk.asked, asked_by_step }
}

impl<'h> Walk<'h> {
    /// The next head, which answers this request.
    fn head(&mut self, asked: Asked) -> Option<&'h Head> {
        // After an assumption, the next head may belong to a later turn.
        if self.supposing == Supposing::Fixed && !self.again.is_empty() {
            return None;
        }
        let head = self.heads.next()?;
        self.current = Some(asked.clone());
        self.asked.push(asked);
        Some(head)
    }

    /// The fetch, and its repetitions.
    fn all(&mut self, request: Request<'_>) -> Verdict {
        let mut verdict = self.fetch(request);
        for wait in self.again {
            (self.now, self.turn) = (self.now.saturating_add(*wait), Turn::Again);
            let turn = format!("Again, {} s later, at {} s:", wait.as_secs_f64(), self.now.as_secs_f64());
            self.preface = Some(turn);
            match (verdict, self.fetch(request)) {
                (Verdict::Refused, _) | (_, Verdict::Refused) => verdict = Verdict::Refused,
                (_, next) => verdict = next,
            }
        }
        verdict
    }

    fn fetch(&mut self, request: Request<'_>) -> Verdict {
        self.current = None;
        let explanation = Explanation::of_request(&request, self.environment);
        let verdict = match explanation.mixed_content() {
            Some(error) => self.fails_at_once(&request, &explanation, &error),
            None => match fetch(request, self.environment, &mut self.cache, self.now) {
                Ok(action) => self.act(&action),
                Err(error) => self.fails_at_once(&request, &explanation, &error),
            },
        };
        self.supposing = Supposing::Nothing;
        verdict
    }

    fn fails_at_once(
        &mut self,
        request: &Request<'_>,
        explanation: &Explanation<'_>,
        error: &NetworkError<'_>,
    ) -> Verdict {
        self.begin(request, "The request fails before anything is sent:".into());
        self.draft.failures(explanation);
        self.draft.hints(explanation);
        self.draft.fix(Phase::Request, request.current_url().without_fragment(), "The request".into(), explanation);
        self.refused(error)
    }

    fn refused(&mut self, error: &NetworkError<'_>) -> Verdict {
        if self.supposing == Supposing::Nothing && self.refusal.is_none() {
            self.refusal = Some(format!("{error}: {}", error.step()));
        }
        Verdict::Refused
    }

    /// Begins a step.
    fn push(&mut self, step: Step) {
        let (preface, supposed) = (self.preface.take(), self.supposing == Supposing::Fixed);
        self.draft.push(Step { supposed, preface, ..step }, self.current.clone());
    }

    /// Begins a step before its request is sent.
    fn begin(&mut self, request: &Request<'_>, title: String) {
        self.push(Step {
            phase: Phase::Request,
            method: request.method().to_string(),
            url: request.current_url().without_fragment().into(),
            title: Some(title),
            ..Step::default()
        });
    }

    fn act(&mut self, action: &Action<'_>) -> Verdict {
        match action {
            Action::SendPreflight(awaiting) => self.preflight(awaiting),
            Action::SendRequest(awaiting) => {
                let request = awaiting.request();
                let route = route(request, self.environment.profile);
                let what = match &route {
                    Ok(Route::Basic) if is_web_socket(request) => {
                        "is the handshake of a WebSocket: there is no CORS check."
                    }
                    Ok(Route::Basic) if is_navigation(request) => "is a navigation: there is no CORS check.",
                    Ok(Route::Basic) => "is of the page's own origin: there is no CORS check.",
                    Ok(Route::Opaque) => "is of mode `no-cors`: there is no CORS check, and the response is opaque.",
                    Ok(Route::CorsWithPreflight(_)) => "would be preflighted, for these reasons:",
                    Ok(Route::Cors) | Err(_) => {
                        "is simple: there is no preflight, and the response must pass the CORS check."
                    }
                };
                let mut step = draft::request_step(&awaiting.outgoing());
                step.title = Some(self.kind(request, what));
                if let Ok(Route::CorsWithPreflight(reasons)) = &route {
                    step.reasons = draft::preflight_reasons(reasons);
                    step.cache =
                        Some("Cache hit: an earlier answer allows all of that, so there is no preflight.".into());
                }
                self.request(awaiting, step)
            }
            Action::FetchScheme(scheme, awaiting) => {
                let url = match scheme {
                    Scheme::AboutBlank => "`about:blank`",
                    Scheme::Blob => "a `blob:` URL",
                    Scheme::Data => "a `data:` URL",
                    Scheme::Http => "the URL",
                };
                let title = self.kind(awaiting.request(), &format!("sends nothing: the response is made from {url}."));
                self.begin(awaiting.request(), title);
                Verdict::Readable
            }
        }
    }

    /// A sentence on the kind of a request.
    fn kind(&mut self, request: &Request<'_>, what: &str) -> String {
        self.draft.hints(&Explanation::of_request(request, self.environment));
        format!("{} {} {what}", request.method(), request.current_url().without_fragment())
    }

    fn preflight(&mut self, awaiting: &AwaitingPreflight<'_>) -> Verdict {
        let preflight = awaiting.preflight();
        let mut step = draft::preflight_step(&preflight);
        step.title = Some(self.kind(awaiting.request(), "is preflighted, for these reasons:"));
        step.reasons = draft::preflight_reasons(awaiting.reasons());
        if self.turn == Turn::Again {
            let Self { environment, cache, now, .. } = self;
            step.cache =
                draft::cache_miss(cache_verdict(awaiting.request(), awaiting.reasons(), *environment, cache, *now));
        }
        let Some(head) = self.head(Asked::preflight(preflight.url)) else {
            return self.missing(step, || draft::curl_preflight(&preflight));
        };
        self.answered(step, head);
        let verdict = with_response(head.status, &head.lines_in(self.environment.profile), |response| {
            let explanation = awaiting.explain(response);
            self.draft.checks(&explanation, response);
            match awaiting.clone().on_response(response, &mut self.cache, self.now) {
                Ok(next) => {
                    let grant = check_preflight(awaiting.request(), response, self.environment.profile);
                    self.draft.last(|step| step.end = grant.ok().map(|grant| draft::granted(&grant)));
                    Some(self.request(&next, draft::request_step(&next.outgoing())))
                }
                Err(error) => {
                    self.refused(&error);
                    let url = preflight.url.without_fragment();
                    let of = format!("The response to {} {url}", PreflightRequest::METHOD);
                    self.draft.fix(Phase::Preflight, url, of, &explanation);
                    self.ends("Refused: the request is not sent.");
                    self.suppose(head, &explanation, |walk, response, cache| {
                        let next = awaiting.clone().on_response(response, cache, walk.now).ok()?;
                        Some(walk.request(&next, draft::request_step(&next.outgoing())))
                    });
                    Some(Verdict::Refused)
                }
            }
        });
        verdict.unwrap_or(Verdict::Refused)
    }

    fn request(&mut self, awaiting: &AwaitingResponse<'_>, step: Step) -> Verdict {
        let outgoing = awaiting.outgoing();
        let Some(head) = self.head(Asked::request(outgoing.method, outgoing.url)) else {
            return self.missing(step, || draft::curl_request(&outgoing));
        };
        self.answered(step, head);
        let verdict = with_response(head.status, &head.lines_in(self.environment.profile), |response| {
            let explanation = Explanation::of_response(awaiting.request(), response, self.environment);
            self.draft.checks(&explanation, response);
            match awaiting.clone().on_response(response, &mut self.cache) {
                Ok(outcome) => Some(self.outcome(awaiting.request(), &outcome, response)),
                Err(error) => {
                    self.refused(&error);
                    let of = format!("The response to {} {}", outgoing.method, outgoing.url);
                    self.draft.fix(Phase::Response, outgoing.url.without_fragment(), of, &explanation);
                    self.ends("Refused: the page gets an error, and can read nothing of the response.");
                    self.suppose(head, &explanation, |walk, response, cache| {
                        let outcome = awaiting.clone().on_response(response, cache).ok()?;
                        Some(walk.outcome(awaiting.request(), &outcome, response))
                    });
                    Some(Verdict::Refused)
                }
            }
        });
        verdict.unwrap_or(Verdict::Refused)
    }

    /// Begins a step with the head that answers its request.
    fn answered(&mut self, step: Step, head: &Head) {
        self.push(Step { status: Some(head.status), answer: draft::answer(head), ..step });
    }

    fn ends(&mut self, line: &str) {
        self.draft.last(|step| step.end = Some(line.into()));
    }

    fn outcome(&mut self, request: &Request<'_>, outcome: &Outcome<'_>, response: &Response<'_>) -> Verdict {
        match outcome {
            Outcome::Response(filtered) => {
                let preface = self.preface.take();
                let verdict = verdict_on(request, filtered);
                let reading = if is_navigation(request) || is_web_socket(request) {
                    draft::reading_without_cors(request, verdict, preface)
                } else {
                    draft::reading(filtered, preface)
                };
                if verdict == Verdict::Refused && self.refusal.is_none() {
                    self.refusal = Some(reading.title.clone());
                }
                self.draft.last(|step| step.reading = Some(reading));
                verdict
            }
            Outcome::Redirect(redirect) => self.redirect(redirect, response),
        }
    }

    fn redirect(&mut self, redirect: &Redirect<'_>, response: &Response<'_>) -> Verdict {
        let location = redirect.parse_location().ok();
        let location = location.as_ref().and_then(|url| Url::try_from(url).ok());
        let to = location.map_or_else(|| redirect.location().to_string(), |url| url.to_string());
        let (method, url) = (redirect.request().method(), redirect.request().current_url());
        self.push(Step {
            phase: Phase::Redirect,
            method: method.to_string(),
            url: url.without_fragment().into(),
            status: Some(redirect.status().as_u16()),
            redirect: Some(format!("Redirect by status {} to {to}", redirect.status())),
            ..Step::default()
        });
        let explanation = Explanation::of_redirect(redirect.request(), response, location, self.environment);
        self.draft.checks(&explanation, response);
        let (error, end) = match explanation.mixed_content() {
            Some(error) => {
                self.draft.failures(&explanation);
                (error, "Refused: the redirect is not followed, and nothing is sent to the `http` URL.")
            }
            None => match redirect.clone().follow(location, &mut self.cache, self.now) {
                Ok(action) => return self.act(&action),
                Err(error) => (error, "Refused: the redirect is not followed."),
            },
        };
        let of = format!("The response to {method} {url}");
        self.draft.fix(Phase::Redirect, url.without_fragment(), of, &explanation);
        self.ends(end);
        self.refused(&error)
    }

    /// Continues as if the failure were fixed, because later steps may fail too.
    fn suppose(
        &mut self,
        head: &Head,
        explanation: &Explanation<'_>,
        go_on: impl FnOnce(&mut Self, &Response<'_>, &mut GrowingPreflightCache) -> Option<Verdict>,
    ) {
        // A fix that needs another URL leaves no next step after this response.
        if explanation.fix().all(|change| change.status().is_none() && change.header_name().is_none()) {
            return;
        }
        let fixed = Fixed::of(head, explanation);
        let before = self.cache.clone();
        self.supposing = Supposing::Fixed;
        self.preface = Some("Assuming that it is fixed as described below:".into());
        let mut cache = self.cache.clone();
        with_response(fixed.status, &fixed.lines, |response| go_on(self, response, &mut cache));
        (self.cache, self.preface) = (before, None);
    }

    /// Begins a step whose request no head answers.
    fn missing(&mut self, step: Step, curl: impl FnOnce() -> String) -> Verdict {
        let answer = match (self.supposing, self.again) {
            (Supposing::Nothing, _) => Answer::Missing { curl: curl() },
            (Supposing::Fixed, []) => Answer::Supposed("(its answer is not given)"),
            (Supposing::Fixed, _) => {
                Answer::Supposed("(its answer is not given, because the heads may belong to a later turn)")
            }
        };
        self.push(Step { answer, ..step });
        Verdict::Incomplete
    }
}
