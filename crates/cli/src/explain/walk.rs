//! The walk through a fetch: the driver says what is sent, the heads answer, the report tells.

use core::{slice, time::Duration};

use fetch_cors::browser::{
    Action, AwaitingPreflight, AwaitingResponse, Environment, Explanation, GrowingPreflightCache, NetworkError,
    Outcome, Redirect, Request, Response, Url,
    cache::cache_verdict,
    fetch,
    filter::ResponseType,
    preflight::check_preflight,
    route::{Route, Scheme, route},
};

use super::{
    answer::{Fixed, with_response},
    args::Arguments,
    environment::{environment, guesses_site},
    fate::Asked,
    heads::Head,
    report::Report,
};

/// What the browser does in the end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The page gets the response, and can read it.
    Readable,
    /// The page gets a response of which it can read nothing.
    Opaque,
    /// The page gets an error.
    Refused,
    /// A head is missing.
    Incomplete,
}

pub struct Walk<'h> {
    environment: Environment<'h>,
    again: &'h [Duration],
    cache: GrowingPreflightCache,
    now: Duration,
    heads: slice::Iter<'h, Head>,
    /// What the heads so far have answered.
    asked: Vec<Asked>,
    report: Report,
    supposing: Supposing,
    turn: Turn,
    /// What ended the first fetch that failed.
    refusal: Option<String>,
}

/// Whether an answer that failed is supposed to have been fixed.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Supposing {
    Nothing,
    Fixed,
}

/// Whether the fetch was done before, so that the cache may have something of it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Turn {
    First,
    Again,
}

impl<'h> Walk<'h> {
    /// The report, its verdict, and what the heads have answered.
    pub fn through(
        request: Request<'_>,
        arguments: &'h Arguments,
        heads: &'h [Head],
        report: Report,
    ) -> (String, Verdict, Vec<Asked>) {
        let mut walk = Walk {
            environment: environment(&arguments.profile),
            again: &arguments.again,
            cache: GrowingPreflightCache::new(),
            now: Duration::ZERO,
            heads: heads.iter(),
            asked: Vec::new(),
            report,
            supposing: Supposing::Nothing,
            turn: Turn::First,
            refusal: None,
        };
        let verdict = walk.all(request);
        let asked = core::mem::take(&mut walk.asked);
        (walk.finish(verdict), verdict, asked)
    }

    /// The head that answers this.
    fn head(&mut self, asked: Asked) -> Option<&'h Head> {
        // The next head may be a later turn's.
        if self.supposing == Supposing::Fixed && !self.again.is_empty() {
            return None;
        }
        let head = self.heads.next()?;
        self.report.asked = Some(asked.clone());
        self.asked.push(asked);
        Some(head)
    }

    /// The fetch, and the same again.
    fn all(&mut self, request: Request<'_>) -> Verdict {
        let mut verdict = self.fetch(request);
        for wait in self.again {
            (self.now, self.turn) = (self.now.saturating_add(*wait), Turn::Again);
            self.report.section(&format!("Again, {} s later, at {} s:", wait.as_secs_f64(), self.now.as_secs_f64()));
            match (verdict, self.fetch(request)) {
                (Verdict::Refused, _) | (_, Verdict::Refused) => verdict = Verdict::Refused,
                (_, next) => verdict = next,
            }
        }
        verdict
    }

    fn fetch(&mut self, request: Request<'_>) -> Verdict {
        self.report.asked = None;
        let explanation = Explanation::of_request(&request, self.environment);
        if let Some(error) = explanation.mixed_content() {
            self.report.section("The request fails before anything is sent:");
            self.report.failures(&explanation);
            self.report.hints(&explanation);
            self.report.fix("The request".into(), &explanation);
            return self.refused(&error);
        }
        let action = fetch(request, self.environment, &mut self.cache, self.now);
        let verdict = match action {
            Ok(action) => self.act(&action),
            Err(error) => {
                self.report.section("The request fails before anything is sent:");
                self.report.failures(&explanation);
                self.report.hints(&explanation);
                self.report.fix("The request".into(), &explanation);
                self.refused(&error)
            }
        };
        self.supposing = Supposing::Nothing;
        verdict
    }

    fn refused(&mut self, error: &NetworkError<'_>) -> Verdict {
        if self.supposing == Supposing::Nothing && self.refusal.is_none() {
            self.refusal = Some(format!("{error}: {}", error.step()));
        }
        Verdict::Refused
    }

    fn act(&mut self, action: &Action<'_>) -> Verdict {
        match action {
            Action::SendPreflight(awaiting) => self.preflight(awaiting),
            Action::SendRequest(awaiting) => {
                let what = match route(awaiting.request(), self.environment.profile) {
                    Ok(Route::Basic) => "is of the page's own origin: there is no CORS check.",
                    Ok(Route::Opaque) => "is of mode `no-cors`: there is no CORS check, and the response is opaque.",
                    Ok(Route::CorsWithPreflight(_)) => "would be preflighted, for these reasons:",
                    Ok(Route::Cors) | Err(_) => {
                        "is simple: there is no preflight, and the response must pass the CORS check."
                    }
                };
                self.begin(awaiting.request(), what);
                if let Ok(Route::CorsWithPreflight(reasons)) = route(awaiting.request(), self.environment.profile) {
                    self.report.needs_preflight(&reasons);
                    self.report.line("Cache hit: an earlier answer allows all of that, so there is no preflight.");
                }
                self.request(awaiting)
            }
            Action::FetchScheme(scheme, awaiting) => {
                let url = match scheme {
                    Scheme::AboutBlank => "`about:blank`",
                    Scheme::Blob => "a `blob:` URL",
                    Scheme::Data => "a `data:` URL",
                    Scheme::Http => "the URL",
                };
                self.begin(awaiting.request(), &format!("asks no server: the response is what {url} stands for."));
                Verdict::Readable
            }
        }
    }

    /// Tells what kind of request this is.
    fn begin(&mut self, request: &Request<'_>, what: &str) {
        let url = request.current_url().without_fragment();
        self.report.section(&format!("{} {url} {what}", request.method()));
        self.report.hints(&Explanation::of_request(request, self.environment));
    }

    fn preflight(&mut self, awaiting: &AwaitingPreflight<'_>) -> Verdict {
        self.begin(awaiting.request(), "is preflighted, for these reasons:");
        self.report.needs_preflight(awaiting.reasons());
        if self.turn == Turn::Again {
            let Self { environment, cache, now, .. } = self;
            let verdict = cache_verdict(awaiting.request(), awaiting.reasons(), *environment, cache, *now);
            self.report.cache_miss(verdict);
        }
        let preflight = awaiting.preflight();
        self.report.preflight(&preflight);
        let Some(head) = self.head(Asked::preflight(preflight.url)) else {
            return self.missing(|report| report.curl_preflight(&preflight));
        };
        self.report.answer(head);
        let verdict = with_response(head.status, &head.lines_in(self.environment.profile), |response| {
            let explanation = awaiting.explain(response);
            self.report.checks(&explanation);
            match awaiting.clone().on_response(response, &mut self.cache, self.now) {
                Ok(next) => {
                    let grant = check_preflight(awaiting.request(), response, self.environment.profile);
                    if let Ok(grant) = &grant {
                        self.report.granted(grant);
                    }
                    Some(self.request(&next))
                }
                Err(error) => {
                    self.refused(&error);
                    let url = awaiting.request().current_url().without_fragment();
                    self.report.fix(format!("The response to OPTIONS {url}"), &explanation);
                    self.report.line("Refused: the request is not sent.");
                    self.suppose(head, &explanation, |walk, response, cache| {
                        let next = awaiting.clone().on_response(response, cache, walk.now).ok()?;
                        Some(walk.request(&next))
                    });
                    Some(Verdict::Refused)
                }
            }
        });
        verdict.unwrap_or(Verdict::Refused)
    }

    fn request(&mut self, awaiting: &AwaitingResponse<'_>) -> Verdict {
        let outgoing = awaiting.outgoing();
        self.report.request(&outgoing);
        let Some(head) = self.head(Asked::request(outgoing.method, outgoing.url)) else {
            return self.missing(|report| report.curl_request(&outgoing));
        };
        self.report.answer(head);
        let verdict = with_response(head.status, &head.lines_in(self.environment.profile), |response| {
            let explanation = Explanation::of_response(awaiting.request(), response, self.environment);
            self.report.checks(&explanation);
            if guesses_site(&explanation, awaiting.request(), response) {
                self.report.indented("(sites are guessed from hosts: a browser asks the public suffix list)");
            }
            match awaiting.clone().on_response(response, &mut self.cache) {
                Ok(outcome) => Some(self.outcome(&outcome, response)),
                Err(error) => {
                    self.refused(&error);
                    self.report.fix(format!("The response to {} {}", outgoing.method, outgoing.url), &explanation);
                    self.report.line("Refused: the page gets an error, and reads nothing of this.");
                    self.suppose(head, &explanation, |walk, response, cache| {
                        let outcome = awaiting.clone().on_response(response, cache).ok()?;
                        Some(walk.outcome(&outcome, response))
                    });
                    Some(Verdict::Refused)
                }
            }
        });
        verdict.unwrap_or(Verdict::Refused)
    }

    fn outcome(&mut self, outcome: &Outcome<'_>, response: &Response<'_>) -> Verdict {
        match outcome {
            Outcome::Response(filtered) => {
                self.report.reading(filtered);
                match filtered.response_type() {
                    ResponseType::Basic | ResponseType::Cors => Verdict::Readable,
                    ResponseType::Opaque | ResponseType::OpaqueRedirect => Verdict::Opaque,
                }
            }
            Outcome::Redirect(redirect) => self.redirect(redirect, response),
        }
    }

    fn redirect(&mut self, redirect: &Redirect<'_>, response: &Response<'_>) -> Verdict {
        let location = redirect.parse_location().ok();
        let location = location.as_ref().and_then(|url| Url::try_from(url).ok());
        let to = location.map_or_else(|| redirect.location().to_string(), |url| url.to_string());
        self.report.line(&format!("Redirect by status {} to {to}", redirect.status()));
        let explanation = Explanation::of_redirect(redirect.request(), response, location, self.environment);
        self.report.checks(&explanation);
        if let Some(error) = explanation.mixed_content() {
            let url = redirect.request().current_url();
            self.report.failures(&explanation);
            self.report.fix(format!("The response to {} {url}", redirect.request().method()), &explanation);
            self.report.line("Refused: the redirect is not followed, and nothing is sent to the `http` URL.");
            return self.refused(&error);
        }
        match redirect.clone().follow(location, &mut self.cache, self.now) {
            Ok(action) => self.act(&action),
            Err(error) => {
                let url = redirect.request().current_url();
                self.report.fix(format!("The response to {} {url}", redirect.request().method()), &explanation);
                self.report.line("Refused: the redirect is not followed.");
                self.refused(&error)
            }
        }
    }

    /// Goes on as if what failed were fixed: what comes after may fail too.
    fn suppose(
        &mut self,
        head: &Head,
        explanation: &Explanation<'_>,
        go_on: impl FnOnce(&mut Self, &Response<'_>, &mut GrowingPreflightCache) -> Option<Verdict>,
    ) {
        // Where the fix is at another URL, nothing comes after this response.
        if explanation.fix().all(|change| change.status().is_none() && change.header_name().is_none()) {
            return;
        }
        let fixed = Fixed::of(head, explanation);
        let before = self.cache.clone();
        self.supposing = Supposing::Fixed;
        self.report.section("Supposing that it is fixed as described below:");
        let mut cache = self.cache.clone();
        with_response(fixed.status, &fixed.lines, |response| go_on(self, response, &mut cache));
        self.cache = before;
    }

    fn missing(&mut self, curl: impl FnOnce(&mut Report)) -> Verdict {
        if self.supposing == Supposing::Nothing {
            self.report.section("This is sent next, and its answer is not given. To ask for it:");
            curl(&mut self.report);
        } else {
            let later = if self.again.is_empty() { "" } else { ", for the heads may be of a later turn" };
            self.report.line(&format!("(its answer is not given{later})"));
        }
        Verdict::Incomplete
    }

    fn finish(mut self, verdict: Verdict) -> String {
        if let Some(head) = self.heads.next() {
            let (count, place) = (self.heads.len() + 1, &head.place);
            let text =
                format!("Left over: {count} of the heads, from {place} on. No request is sent that they answer.");
            self.report.section(&text);
        }
        let mut text = self.report.finish();
        text.push('\n');
        let line = match (verdict, &self.refusal) {
            (Verdict::Readable, _) => "Allowed: the browser gives the response to the page.".into(),
            (Verdict::Opaque, _) => {
                "Opaque: the request is sent, and the page can read nothing of the response.".into()
            }
            (Verdict::Incomplete, _) => "Incomplete: a response head is missing.".into(),
            (Verdict::Refused, Some(refusal)) => format!("Refused: {refusal}"),
            (Verdict::Refused, None) => "Refused".into(),
        };
        super::text::wrap(&mut text, "", &line);
        text
    }
}
