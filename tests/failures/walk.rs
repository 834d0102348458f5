//! A fetch with given answers, explained step by step.

use core::time::Duration;

use fetch_cors::{
    browser::{
        Action, Environment, Explanation, GrowingPreflightCache, NetworkError, Outcome, Profile, RequestInit, Response,
        Url,
        cross_origin_resource_policy::EmbedderPolicy,
        explain::Sufficiency,
        fetch,
        filter::ResponseType,
        ids::MessageOf,
        request::{BodyInit, CredentialsMode, RequestMode},
    },
    header::Headers,
    origin::Origin,
};
use serde_json::{Value, json};

/// A request, and the heads that answer its requests.
pub(crate) struct Walk {
    request: Value,
    heads: Vec<Head>,
}

struct Head {
    status: u16,
    lines: Vec<(String, String)>,
}

/// The outcome of a fetch, and why.
#[derive(Default)]
struct Found {
    verdict: Option<&'static str>,
    failures: Vec<&'static str>,
    fix: Vec<String>,
    page: Vec<String>,
    causes: Vec<&'static str>,
    hints: Vec<&'static str>,
    message: [Option<String>; 3],
}

impl Walk {
    pub(crate) fn new(request: &Value, heads: &str) -> Self {
        let head = |text: &str| {
            let mut lines = text.lines();
            let status = lines.next()?.strip_prefix("HTTP/")?.split(' ').nth(1)?.parse().ok()?;
            let line =
                |line: &str| line.split_once(':').map(|(name, value)| (name.to_owned(), value.trim().to_owned()));
            Some(Head { status, lines: lines.map_while(line).collect() })
        };
        Walk { request: request.clone(), heads: heads.split("\n\n").filter_map(head).collect() }
    }

    /// The expectations of the cases, by the rules of a profile. Each console prints by its own browser's rules.
    pub(crate) fn found(&self, profile: &Profile) -> Value {
        let Found { verdict, failures, fix, page, causes, mut hints, .. } = self.run(profile);
        hints.retain(|hint| !causes.contains(hint));
        let [chromium, firefox, webkit] =
            [(Profile::CHROMIUM, 0), (Profile::FIREFOX, 1), (Profile::WEBKIT, 2)].map(|(own, number)| {
                let Found { mut message, .. } = self.run(&own);
                message[number].take()
            });
        json!({
            "verdict": verdict, "failures": failures, "causes": causes, "fix": fix, "page": page, "hints": hints,
            "console": { "chromium": chromium, "firefox": firefox, "webkit": webkit },
        })
    }

    fn run(&self, profile: &Profile) -> Found {
        let text = |member: &str| self.request[member].as_str();
        let headers: Vec<(&str, &[u8])> = self.request["headers"]
            .as_array()
            .into_iter()
            .flatten()
            .map(|header| (header[0].as_str().unwrap(), header[1].as_str().unwrap().as_bytes()))
            .collect();
        let init = RequestInit {
            method: text("method").unwrap_or("GET"),
            headers: Headers::from_pairs(&headers),
            body: text("body").map(|_| BodyInit::Text),
            mode: text("mode").map_or(RequestMode::Cors, |word| RequestMode::from_word(word).unwrap()),
            credentials: text("credentials")
                .map_or(CredentialsMode::SameOrigin, |word| CredentialsMode::from_word(word).unwrap()),
            ..RequestInit::default()
        };
        let url = url::Url::parse(text("url").unwrap()).unwrap();
        let page = Origin::parse(text("origin").unwrap()).unwrap();
        let request = init.request(Url::try_from(&url).unwrap(), page).unwrap();
        let mut environment = Environment::new(profile);
        environment.parse_location = fetch_cors::browser::parse_location;
        environment.embedder_policy = match text("embedder_policy") {
            None => EmbedderPolicy::UnsafeNone,
            Some("require-corp") => EmbedderPolicy::RequireCorp,
            Some(other) => panic!("{other} is not an embedder policy"),
        };
        let mut run = Run {
            environment,
            page,
            cache: GrowingPreflightCache::new(),
            heads: self.heads.iter(),
            found: Found::default(),
        };
        let explanation = Explanation::of_request(&request, environment);
        run.explain(&explanation);
        if let Some(error) = explanation.mixed_content() {
            run.refused(&error, &explanation);
        } else {
            match fetch(request, environment, &mut run.cache, Duration::ZERO) {
                Ok(action) => run.act(action),
                Err(error) => run.refused(&error, &explanation),
            }
        }
        run.found
    }
}

struct Run<'e, 'h> {
    environment: Environment<'e>,
    page: Origin<'e>,
    cache: GrowingPreflightCache,
    heads: core::slice::Iter<'h, Head>,
    found: Found,
}

impl Run<'_, '_> {
    /// Keeps the relevant parts of a step.
    fn explain(&mut self, explanation: &Explanation<'_>) {
        let fails = explanation.mixed_content().is_some() || explanation.failures().next().is_some();
        for hint in explanation.hints() {
            let kept = if fails && hint.is_cause() { &mut self.found.causes } else { &mut self.found.hints };
            if !kept.contains(&hint.code()) {
                kept.push(hint.code());
            }
        }
    }

    fn refused(&mut self, error: &NetworkError<'_>, explanation: &Explanation<'_>) {
        let found = &mut self.found;
        found.verdict = Some("refused");
        found.failures =
            explanation.mixed_content().into_iter().chain(explanation.failures()).map(|it| it.reason.code()).collect();
        found.fix = explanation.fix().map(|change| change.to_string()).collect();
        let page_change = |(change, sufficiency): (fetch_cors::browser::explain::PageChange<'_>, Sufficiency)| {
            format!("{} ({})", change.code(), format!("{sufficiency:?}").to_lowercase())
        };
        found.page = explanation.page_changes().map(page_change).collect();
        let text = |of, id: Option<&str>| id.or_else(|| error.blocked_message(of, self.page)).map(str::to_owned);
        found.message = [
            text(MessageOf::Chromium, error.chromium_cors_error().map(|message| message.id)),
            text(MessageOf::Firefox, error.firefox_console_id().map(|message| message.id)),
            text(MessageOf::WebKit, error.webkit_message()),
        ];
    }

    fn with_next<T>(&mut self, use_it: impl FnOnce(&mut Self, &Response<'_>) -> T) {
        let Some(head) = self.heads.next() else {
            self.found.verdict = Some("incomplete");
            return;
        };
        let pairs: Vec<(&str, &[u8])> =
            head.lines.iter().map(|(name, value)| (name.as_str(), value.as_bytes())).collect();
        use_it(self, &Response::new(head.status, Headers::from_pairs(&pairs)).unwrap());
    }

    fn act(&mut self, action: Action<'_>) {
        match action {
            Action::SendPreflight(awaiting) => self.with_next(|run, response| {
                let explanation = awaiting.explain(response);
                run.explain(&explanation);
                match awaiting.clone().on_response(response, &mut run.cache, Duration::ZERO) {
                    Ok(next) => run.act(Action::SendRequest(next)),
                    Err(error) => run.refused(&error, &explanation),
                }
            }),
            Action::SendRequest(awaiting) => self.with_next(|run, response| {
                let explanation = Explanation::of_response(awaiting.request(), response, run.environment);
                run.explain(&explanation);
                match awaiting.clone().on_response(response, &mut run.cache) {
                    Ok(outcome) => run.outcome(outcome, response),
                    Err(error) => run.refused(&error, &explanation),
                }
            }),
            Action::FetchScheme(..) => self.found.verdict = Some("readable"),
        }
    }

    fn outcome(&mut self, outcome: Outcome<'_>, response: &Response<'_>) {
        let redirect = match outcome {
            Outcome::Response(filtered) => {
                self.found.verdict = Some(match filtered.response_type() {
                    ResponseType::Basic | ResponseType::Cors => "readable",
                    ResponseType::Opaque | ResponseType::OpaqueRedirect => "opaque",
                });
                return;
            }
            Outcome::Redirect(redirect) => redirect,
        };
        let location = redirect.parse_location().ok();
        let location = location.as_ref().and_then(|url| Url::try_from(url).ok());
        let explanation = Explanation::of_redirect(redirect.request(), response, location, self.environment);
        self.explain(&explanation);
        if let Some(error) = explanation.mixed_content() {
            return self.refused(&error, &explanation);
        }
        match redirect.clone().follow(location, &mut self.cache, Duration::ZERO) {
            Ok(action) => {
                if let Action::SendPreflight(_) | Action::SendRequest(_) = &action {
                    let next = match &action {
                        Action::SendPreflight(awaiting) => *awaiting.request(),
                        Action::SendRequest(awaiting) => *awaiting.request(),
                        Action::FetchScheme(..) => return,
                    };
                    self.explain(&Explanation::of_request(&next, self.environment));
                }
                self.act(action);
            }
            Err(error) => self.refused(&error, &explanation),
        }
    }
}
