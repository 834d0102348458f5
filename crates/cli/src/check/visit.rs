//! One fetch of a page in one browser: the model decides what to send, and the transport sends it.

use core::time::Duration;

use fetch_cors::{
    browser::{
        Action, AwaitingPreflight, AwaitingResponse, Environment, Explanation, GrowingPreflightCache, NetworkError,
        Outcome, Profile, Redirect, Request, RequestInit, Response, Url,
        cross_origin_resource_policy::IncludesCredentials,
        explain::{Hint, Sufficiency},
        fetch, parse_url,
        request::BodyInit,
    },
    header::Headers,
    origin::Origin,
};

use super::{
    added::added_headers,
    plan::Call,
    transport::{Answer, Ask, Credentials, Exchange, Kind, NoAnswer, Transport},
};
use crate::{
    exchange::{Page, environment},
    rules::Rules,
};

/// A browser with its preflight cache, which is kept from one fetch to the next.
pub struct Browser {
    pub rules: Rules,
    cache: GrowingPreflightCache,
}

/// The outcome of a fetch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Visit {
    pub exchanges: Vec<Exchange>,
    /// The URLs for which the cache saved a preflight.
    pub saved_preflights: Vec<String>,
    pub end: End,
}

/// How a fetch ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum End {
    Readable,
    Refused(Refusal),
    /// There was no response, so the fetch is neither readable nor refused.
    NoAnswer(Kind, NoAnswer),
}

/// Why the browser withholds a response from the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// The code of the library's reason, in kebab-case.
    pub code: &'static str,
    pub text: String,
    pub step: String,
    /// The codes of the likely causes.
    pub causes: Vec<&'static str>,
    /// What would fix it: lines of the response, or changes of the page's call.
    pub fixes: Vec<String>,
}

impl Visit {
    pub fn is_readable(&self) -> bool {
        self.end == End::Readable
    }
}

impl Browser {
    pub fn new(rules: Rules) -> Self {
        Browser { cache: GrowingPreflightCache::of_browser(&rules.profile()), rules }
    }

    /// The standard, Chromium, Firefox and WebKit.
    pub fn all() -> [Self; 4] {
        [Rules::Fetch, Rules::Chromium, Rules::Firefox, Rules::Webkit].map(Browser::new)
    }

    /// Makes a call as a page of `origin`. Fails if `fetch()` would throw, or if the origin or the URL does not parse.
    pub fn visit(&mut self, origin: &str, call: &Call, transport: &mut dyn Transport) -> Result<Visit, String> {
        let Browser { rules, cache } = self;
        let profile = &rules.profile();
        with_request(profile, origin, call, |request| {
            let visit = Visit { exchanges: Vec::new(), saved_preflights: Vec::new(), end: End::Readable };
            let (page, environment, body) =
                (request.origin(), environment(profile, Page::default()), call.body.as_deref());
            let mut run = Run { page, environment, cache, transport, body, urls: Vec::new(), visit };
            run.visit.end = run.fetch(request);
            run.visit
        })
    }

    /// What a page makes of an answer that a cache kept from another exchange. Nothing is sent.
    pub fn verdict_on(rules: Rules, origin: &str, call: &Call, answer: &Answer) -> Option<End> {
        let mut kept = Kept(answer);
        Browser::new(rules).visit(origin, call, &mut kept).ok().map(|visit| visit.end)
    }
}

/// Gives the same answer to every request.
struct Kept<'a>(&'a Answer);

impl Transport for Kept<'_> {
    fn send(&mut self, _: &Ask) -> Result<Answer, NoAnswer> {
        Ok(self.0.clone())
    }

    fn has_credentials(&self) -> bool {
        false
    }

    fn now(&self) -> Duration {
        Duration::ZERO
    }
}

/// Fails if no page can make the call. Nothing is sent.
pub fn validate(origin: &str, call: &Call) -> Result<(), String> {
    with_request(&Profile::FETCH, origin, call, |_| ())
}

/// Calls back with the request of a call.
pub fn with_request<T>(
    profile: &Profile,
    origin: &str,
    call: &Call,
    use_it: impl FnOnce(Request<'_>) -> T,
) -> Result<T, String> {
    let page = Origin::parse(origin).map_err(|error| {
        let meant = Origin::suggest(origin).map(|meant| format!("; is it `{meant}`?")).unwrap_or_default();
        format!("the origin `{origin}`: {error}{meant}")
    })?;
    let url = parse_url(&call.url, profile).map_err(|error| format!("the URL `{}`: {error}", call.url))?;
    let url = Url::try_from(&url).map_err(|error| format!("the URL `{}`: {error}", call.url))?;
    if !url.is_http() {
        return Err(format!("the URL `{}`: only `http` and `https` can be checked", call.url));
    }
    let pairs: Vec<(&str, &[u8])> =
        call.headers.iter().map(|(name, value)| (name.as_str(), value.as_slice())).collect();
    let init = RequestInit {
        method: &call.method,
        headers: Headers::from_pairs(&pairs),
        body: call.body.as_ref().map(|_| BodyInit::Text),
        credentials: call.credentials,
        ..RequestInit::default()
    };
    init.request(url, page).map(use_it).map_err(|error| format!("{error} ({})", error.step))
}

struct Run<'e, 't> {
    page: Origin<'e>,
    environment: Environment<'e>,
    cache: &'t mut GrowingPreflightCache,
    transport: &'t mut dyn Transport,
    body: Option<&'e str>,
    /// The URLs of the fetch so far, along its redirects.
    urls: Vec<String>,
    visit: Visit,
}

impl Run<'_, '_> {
    fn fetch(&mut self, request: Request<'_>) -> End {
        let explanation = Explanation::of_request(&request, self.environment);
        if let Some(error) = explanation.mixed_content() {
            return refused(&error, &explanation);
        }
        match fetch(request, self.environment, self.cache, self.transport.now()) {
            Ok(action) => self.act(action),
            Err(error) => refused(&error, &explanation),
        }
    }

    fn act(&mut self, action: Action<'_>) -> End {
        match action {
            Action::SendPreflight(awaiting) => {
                self.urls.push(awaiting.request().current_url().without_fragment().into());
                self.preflight(awaiting)
            }
            Action::SendRequest(awaiting) => {
                let url: String = awaiting.request().current_url().without_fragment().into();
                let needs = fetch_cors::browser::route::route(awaiting.request(), self.environment.profile);
                if let Ok(fetch_cors::browser::route::Route::CorsWithPreflight(_)) = needs {
                    self.visit.saved_preflights.push(url.clone());
                }
                self.urls.push(url);
                self.request(awaiting)
            }
            Action::FetchScheme(..) => End::Readable,
        }
    }

    fn preflight(&mut self, awaiting: AwaitingPreflight<'_>) -> End {
        let preflight = awaiting.preflight();
        let headers = preflight.headers().map(|(name, value)| (name.to_string(), value.to_string().into_bytes()));
        let url = preflight.url.without_fragment().to_owned();
        let mut headers: Vec<_> = headers.collect();
        headers.extend(added_headers(self.page, core::slice::from_ref(&url)));
        let ask = Ask {
            kind: Kind::Preflight,
            method: fetch_cors::browser::preflight::PreflightRequest::METHOD.to_string(),
            url,
            headers,
            credentials: Credentials::Left,
            body: None,
        };
        self.exchange(ask, |run, response| {
            let now = run.transport.now();
            let explanation = awaiting.explain(response);
            match awaiting.on_response(response, run.cache, now) {
                Ok(awaiting) => run.request(awaiting),
                Err(error) => refused(&error, &explanation),
            }
        })
    }

    fn request(&mut self, awaiting: AwaitingResponse<'_>) -> End {
        let outgoing = awaiting.outgoing();
        let value = |value: fetch_cors::browser::request::RequestHeaderValue<'_>| value.bytes().collect();
        let mut headers: Vec<_> =
            outgoing.headers.iter().map(|header| (header.name.to_string(), value(header.value))).collect();
        headers.extend(added_headers(self.page, &self.urls));
        let with_body = outgoing.body != fetch_cors::browser::request::Body::None;
        let ask = Ask {
            kind: Kind::Request,
            method: outgoing.method.to_string(),
            url: outgoing.url.without_fragment().into(),
            headers,
            credentials: match outgoing.credentials {
                IncludesCredentials::Yes => Credentials::Included,
                IncludesCredentials::No => Credentials::Left,
            },
            body: self.body.filter(|_| with_body).map(Into::into),
        };
        self.exchange(ask, |run, response| {
            let explanation = Explanation::of_response(awaiting.request(), response, run.environment);
            match awaiting.on_response(response, run.cache) {
                Ok(Outcome::Response(_)) => End::Readable,
                Ok(Outcome::Redirect(redirect)) => run.redirect(redirect, response),
                Err(error) => refused(&error, &explanation),
            }
        })
    }

    fn redirect(&mut self, redirect: Redirect<'_>, response: &Response<'_>) -> End {
        let location = redirect.parse_location().ok();
        let location = location.as_ref().and_then(|url| Url::try_from(url).ok());
        let explanation = Explanation::of_redirect(redirect.request(), response, location, self.environment);
        if let Some(error) = explanation.mixed_content() {
            return refused(&error, &explanation);
        }
        let now = self.transport.now();
        match redirect.follow(location, self.cache, now) {
            Ok(action) => self.act(action),
            Err(error) => refused(&error, &explanation),
        }
    }

    /// Sends a request, and calls `go_on` with its response.
    // AD-HOC: a browser sends the request for a 421 once more on a new connection. Here every request has a new connection, so
    // the 421 would come again.
    fn exchange(&mut self, ask: Ask, go_on: impl FnOnce(&mut Self, &Response<'_>) -> End) -> End {
        let answer = match self.transport.send(&ask) {
            Ok(answer) => answer,
            Err(error) => return End::NoAnswer(ask.kind, error),
        };
        let kind = ask.kind;
        self.visit.exchanges.push(Exchange { ask, answer: answer.clone() });
        let pairs = answer.pairs();
        match Response::new(answer.status, Headers::from_pairs(&pairs)) {
            Ok(response) => go_on(self, &response),
            Err(error) => End::NoAnswer(kind, NoAnswer { reason: error.to_string() }),
        }
    }
}

fn refused(error: &NetworkError<'_>, explanation: &Explanation<'_>) -> End {
    let mut fixes: Vec<String> = explanation.fix().map(|change| change.to_string()).collect();
    let or = if fixes.is_empty() { "" } else { "or, " };
    // A change that is not enough alone is not shown as a fix.
    let page = explanation.page_changes().filter(|(_, sufficiency)| *sufficiency != Sufficiency::Partial);
    fixes.extend(page.map(|(change, _)| format!("{or}in the page's call: {change}")));
    End::Refused(Refusal {
        code: error.reason.code(),
        text: error.to_string(),
        step: error.step().to_string(),
        causes: explanation.hints().filter(Hint::is_cause).map(|hint| hint.code()).collect(),
        fixes,
    })
}
