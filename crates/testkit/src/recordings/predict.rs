//! What the crate predicts that a browser does with a scenario.

use std::time::Duration;

use fetch_cors::{
    browser::{
        Action, BodyInit, CredentialsMode, Environment, GrowingPreflightCache, IncludesCredentials, Keepalive,
        NetworkError, Outcome, OutgoingRequest, PreflightRequest, Request, RequestInit, UploadListener, Url,
        XhrCredentials, XhrInit, fetch, parse_url,
    },
    header::Headers,
    origin::Origin,
};

use super::{
    scenario::{self, Api, Exchange, Observation, RecordedBody, RecordedFetch, RecordedRequest, Scenario, When},
    transport::{Answer, Lines, Server},
};

/// A browser with its cache.
pub struct Browser<'a> {
    environment: Environment<'a>,
    server: Server<'a>,
    cache: GrowingPreflightCache,
    now: Duration,
}

impl<'a> Browser<'a> {
    /// A browser whose requests the server of `scenario` answers.
    pub fn new(environment: Environment<'a>, scenario: &'a Scenario) -> Self {
        let cache = GrowingPreflightCache::of_browser(environment.profile);
        Browser { environment, server: Server::new(scenario), cache, now: Duration::ZERO }
    }

    /// Does the fetch of this number.
    pub fn predict(&mut self, number: usize, recorded: &RecordedFetch) -> Observation {
        self.now = self.now.saturating_add(Duration::from_millis(recorded.wait_ms));
        if recorded.request.headers.iter().any(|(name, value)| !is_byte_string(name) || !is_byte_string(value)) {
            return thrown();
        }
        let lines = Lines::new(&recorded.request.headers);
        let pairs = lines.pairs();
        // None of these fails: both texts were checked when they were read.
        let Ok(url) = parse_url(&recorded.request.url, self.environment.profile) else { return thrown() };
        let (Ok(url), Ok(origin)) = (Url::try_from(&url), Origin::parse(&recorded.request.origin)) else {
            return thrown();
        };
        let Some(request) = request(recorded.api, &recorded.request, Headers::from_pairs(&pairs), url, origin) else {
            return thrown();
        };
        let mut run = Run { browser: self, number, exchanges: Vec::new(), message: None };
        let action = fetch(request, run.browser.environment, &mut run.browser.cache, run.browser.now);
        let mut outcome = run.heard(action).and_then(|action| run.act(action));
        if recorded.api == Api::Xhr
            && let Some(outcome) = &mut outcome
        {
            (outcome.response_type, outcome.redirected) = (None, None);
        }
        let (cors_error, failed_parameter) = run.message.unwrap_or_default();
        let outcome = outcome.unwrap_or_else(|| scenario::Outcome::error(false));
        Observation { exchanges: run.exchanges, outcome, cors_error, failed_parameter }
    }
}

/// Web IDL throws at what is no `ByteString`, before any algorithm of the standard.
fn is_byte_string(text: &str) -> bool {
    text.chars().all(|character| character <= '\u{FF}')
}

fn thrown() -> Observation {
    let outcome = scenario::Outcome::error(true);
    Observation { exchanges: Vec::new(), outcome, cors_error: None, failed_parameter: None }
}

/// The request that the page's call makes, unless that throws.
fn request<'a>(
    api: Api,
    recorded: &'a RecordedRequest,
    headers: Headers<'a>,
    url: Url<'a>,
    origin: Origin<'a>,
) -> Option<Request<'a>> {
    let body = recorded.body.as_ref().map(|body| match body {
        RecordedBody::Text(_) => BodyInit::Text,
        RecordedBody::UrlSearchParams { .. } => BodyInit::UrlSearchParams,
        RecordedBody::Blob { content_type, .. } => BodyInit::Blob(content_type),
    });
    let made = match api {
        Api::Fetch => RequestInit {
            method: &recorded.method,
            headers,
            body,
            mode: recorded.mode,
            credentials: recorded.credentials,
            redirect: recorded.redirect,
            referrer_policy: recorded.referrer_policy,
        }
        .request(url, origin),
        Api::Xhr => XhrInit {
            method: &recorded.method,
            headers,
            body,
            with_credentials: match recorded.credentials {
                CredentialsMode::Include => XhrCredentials::Include,
                _ => XhrCredentials::SameOrigin,
            },
            upload_listener: if recorded.upload_listener { UploadListener::Present } else { UploadListener::Absent },
        }
        .request(url, origin),
    };
    let keepalive = if recorded.keepalive { Keepalive::Set } else { Keepalive::Unset };
    Some(made.ok()?.with_keepalive(keepalive))
}

/// One fetch, under way.
struct Run<'b, 'a> {
    browser: &'b mut Browser<'a>,
    number: usize,
    exchanges: Vec<Exchange>,
    /// What the browser says of a failure: the id, and what it quotes.
    message: Option<(Option<String>, Option<String>)>,
}

impl Run<'_, '_> {
    /// Notes what the browser says of a failure.
    fn heard<T>(&mut self, result: Result<T, NetworkError<'_>>) -> Option<T> {
        let error = match result {
            Ok(value) => return Some(value),
            Err(error) => error,
        };
        let message = match self.browser.environment.profile.name {
            "Chromium" => error.chromium_cors_error(),
            "Firefox" => error.firefox_console_id(),
            _ => None,
        };
        self.message =
            message.map(|message| (Some(message.id.into()), message.parameter.map(|parameter| parameter.to_string())));
        None
    }

    /// Does what the driver says until the fetch ends; nothing, if that is in a network error.
    fn act(&mut self, action: Action<'_>) -> Option<scenario::Outcome> {
        let awaiting = match action {
            Action::SendPreflight(awaiting) => {
                let exchange = preflight_exchange(awaiting.preflight());
                if !Server::is_at(&exchange.url) {
                    let error = awaiting.on_network_error(&mut self.browser.cache);
                    return self.heard(Err(error));
                }
                let answer = self.send(When::Preflight, exchange);
                let action = answer.with_response(|response| {
                    if let Some(again) = awaiting.on_new_connection(response) {
                        return Some(Action::SendPreflight(again));
                    }
                    let result = awaiting.on_response(response, &mut self.browser.cache, self.browser.now);
                    self.heard(result).map(Action::SendRequest)
                })?;
                return self.act(action);
            }
            Action::SendRequest(awaiting) => awaiting,
            Action::FetchScheme(..) => return None,
        };
        let exchange = exchange(awaiting.outgoing());
        if !Server::is_at(&exchange.url) {
            let error = awaiting.on_network_error(&mut self.browser.cache);
            return self.heard(Err(error));
        }
        let answer = self.send(When::Actual, exchange);
        answer.with_response(|response| {
            if let Some(again) = awaiting.on_new_connection(response) {
                return self.act(Action::SendRequest(again));
            }
            let result = awaiting.on_response(response, &mut self.browser.cache);
            match self.heard(result)? {
                Outcome::Response(response) => {
                    let mut headers: Vec<String> =
                        response.headers().map(|header| header.name.lowercase().to_string()).collect();
                    headers.sort();
                    headers.dedup();
                    Some(scenario::Outcome {
                        response_type: Some(response.response_type().to_string()),
                        thrown_before_network: None,
                        status: Some(response.status()),
                        redirected: Some(response.redirects() > 0),
                        url: Some(response.url().into()),
                        headers: Some(headers),
                    })
                }
                Outcome::Redirect(redirect) => {
                    let location = redirect.parse_location().ok();
                    let location = location.as_ref().and_then(|url| Url::try_from(url).ok());
                    let result = redirect.follow(location, &mut self.browser.cache, self.browser.now);
                    let action = self.heard(result)?;
                    self.act(action)
                }
            }
        })
    }

    fn send(&mut self, when: When, exchange: Exchange) -> Answer {
        let answer = self.browser.server.answer(when, &exchange.url, self.number);
        self.exchanges.push(exchange);
        answer
    }
}

fn preflight_exchange(preflight: PreflightRequest<'_>) -> Exchange {
    let headers = preflight.headers().map(|(name, value)| (name.to_string(), value.to_string())).collect();
    Exchange { method: PreflightRequest::METHOD.to_string(), url: on_the_wire(preflight.url), headers }
}

fn exchange(outgoing: OutgoingRequest<'_>) -> Exchange {
    let text = |value: &[u8]| value.iter().copied().map(char::from).collect::<String>();
    let mut headers: Vec<(String, String)> =
        outgoing.headers.iter().map(|header| (header.name.lowercase().to_string(), text(header.value))).collect();
    headers.extend(outgoing.origin.map(|origin| ("origin".into(), origin.to_string())));
    if outgoing.credentials == IncludesCredentials::Yes {
        headers.push(("cookie".into(), String::new()));
    }
    Exchange { method: outgoing.method.to_string(), url: on_the_wire(outgoing.url), headers }
}

/// The URL as the recordings' server sees it: without fragment and userinfo.
fn on_the_wire(url: Url<'_>) -> String {
    let Ok(mut url) = url::Url::parse(url.without_fragment()) else { return url.without_fragment().into() };
    let _ = (url.set_username(""), url.set_password(None));
    url.into()
}
