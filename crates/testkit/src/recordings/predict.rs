//! The crate's prediction of a browser's behaviour in a scenario.

use std::time::Duration;

use fetch_cors::{
    browser::{
        Action, Environment, GrowingPreflightCache, NetworkError, Outcome, OutgoingRequest, Profile, Reason, Request,
        RequestInit, Url, XhrInit,
        cross_origin_resource_policy::IncludesCredentials,
        environment::HttpVersion,
        error::Phase,
        fetch,
        ids::FailedExchange,
        location_url, parse_url,
        preflight::PreflightRequest,
        profile::switches::RequestHeaderBytes,
        redirect::location,
        request::{
            BodyInit, CredentialsMode, DocumentType, Duplex, Keepalive, RequestHeaderValue, UploadListener,
            XhrCredentials,
        },
    },
    header::Headers,
    origin::Origin,
};

use super::{
    compare::OF_THE_SYSTEM,
    replay::Recorded,
    scenario::{self, Api, Exchange, Observation, RecordedBody, RecordedFetch, RecordedRequest, Scenario, When},
    transport::{Answer, Lines, Server},
};

/// A browser with its cache.
pub struct Browser<'a> {
    environment: Environment<'a>,
    /// The browser whose messages are predicted.
    recorded: Recorded,
    /// The id of the scenario, which is part of its URLs.
    scenario: &'a str,
    server: Server<'a>,
    cache: GrowingPreflightCache,
    now: Duration,
}

impl<'a> Browser<'a> {
    /// A browser whose requests go to the server of `scenario`.
    pub fn new(environment: Environment<'a>, recorded: Recorded, scenario: &'a Scenario) -> Self {
        // The recordings' server speaks only HTTP/1.1.
        let environment = Environment { http_version: HttpVersion::Http1, ..environment };
        let cache = GrowingPreflightCache::of_browser(environment.profile);
        let server = Server::new(scenario);
        Browser { environment, recorded, scenario: &scenario.id, server, cache, now: Duration::ZERO }
    }

    /// Predicts the fetch of this number.
    pub fn predict(&mut self, number: usize, recorded: &RecordedFetch) -> Observation {
        self.now = self.now.saturating_add(Duration::from_millis(recorded.wait_ms));
        if recorded.request.headers.iter().any(|(name, value)| !is_byte_string(name) || !is_byte_string(value)) {
            return thrown();
        }
        let lines = Lines::new(&recorded.request.headers);
        let pairs = lines.pairs();
        // Neither fails: both texts were checked when they were read.
        let Ok(url) = parse_url(&recorded.request.url, self.environment.profile) else { return thrown() };
        let (Ok(url), Ok(origin)) = (Url::try_from(&url), Origin::parse(&recorded.request.origin)) else {
            return thrown();
        };
        let Some(request) = request(recorded.api, &recorded.request, Headers::from_pairs(&pairs), url, origin) else {
            return thrown();
        };
        let mut run = Run { browser: self, number, exchanges: Vec::new(), said: Said::default() };
        let action = fetch(request, run.browser.environment, &mut run.browser.cache, run.browser.now);
        let mut outcome = run.heard(action, before_any_response(&request)).and_then(|action| run.act(action));
        if recorded.api == Api::Xhr
            && let Some(outcome) = &mut outcome
        {
            (outcome.response_type, outcome.redirected) = (None, None);
        }
        let Said { cors_error, failed_parameter, console } = run.said;
        let outcome = outcome.unwrap_or_else(|| scenario::Outcome::error(false));
        Observation { exchanges: run.exchanges, outcome, cors_error, failed_parameter, console }
    }
}

/// Web IDL throws for a text that is not a `ByteString`, before any algorithm of the standard.
fn is_byte_string(text: &str) -> bool {
    text.chars().all(|character| character <= '\u{FF}')
}

fn thrown() -> Observation {
    let outcome = scenario::Outcome::error(true);
    Observation { exchanges: Vec::new(), outcome, cors_error: None, failed_parameter: None, console: None }
}

/// The request that the page's call makes, unless the call throws.
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
        RecordedBody::Document { document } if document == "text/html" => BodyInit::Document(DocumentType::Html),
        RecordedBody::Document { .. } => BodyInit::Document(DocumentType::Xml),
        RecordedBody::Stream { .. } => BodyInit::Stream,
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
            cache: recorded.cache,
            duplex: Some(Duplex::Half),
            ..RequestInit::default()
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

/// A running fetch.
struct Run<'b, 'a> {
    browser: &'b mut Browser<'a>,
    number: usize,
    exchanges: Vec<Exchange>,
    said: Said,
}

/// A browser's message about a failure.
#[derive(Default)]
struct Said {
    /// Its id, and the value that it quotes.
    cors_error: Option<String>,
    failed_parameter: Option<String>,
    /// The line of WebKit's console.
    console: Option<String>,
}

impl Run<'_, '_> {
    /// Records the browser's message about a failure.
    fn heard<'r, T>(&mut self, result: Result<T, NetworkError<'r>>, exchange: FailedExchange<'r>) -> Option<T> {
        let error = match result {
            Ok(value) => return Some(value),
            Err(error) => error,
        };
        let id = match self.browser.recorded {
            Recorded::Chromium => error.chromium_cors_error(),
            Recorded::Firefox => error.firefox_console_id(),
            Recorded::WebKit => None,
        };
        self.said.cors_error = id.map(|id| id.id.into());
        self.said.failed_parameter = id.and_then(|id| id.parameter).map(|parameter| parameter.to_string());
        if self.browser.recorded == Recorded::WebKit {
            self.said.console = console(error, exchange, self.browser.scenario);
        }
        None
    }

    /// Follows the driver until the fetch ends; `None` for a network error.
    fn act(&mut self, action: Action<'_>) -> Option<scenario::Outcome> {
        let awaiting = match action {
            Action::SendPreflight(awaiting) => {
                let preflight = preflight_exchange(awaiting.preflight());
                if !Server::is_at(&preflight.url) {
                    let exchange = before_any_response(awaiting.request());
                    let error = awaiting.on_network_error(&mut self.browser.cache);
                    return self.heard(Err(error), exchange);
                }
                let answer = self.send(When::Preflight, preflight);
                let action = answer.with_response(|response| {
                    if let Some(again) = awaiting.on_new_connection(response) {
                        return Some(Action::SendPreflight(again));
                    }
                    let exchange =
                        FailedExchange { response: Some(*response), ..before_any_response(awaiting.request()) };
                    let result = awaiting.on_response(response, &mut self.browser.cache, self.browser.now);
                    self.heard(result, exchange).map(Action::SendRequest)
                })?;
                return self.act(action);
            }
            Action::SendRequest(awaiting) => awaiting,
            Action::FetchScheme(..) => return None,
        };
        let outgoing = exchange(awaiting.outgoing(), self.browser.environment.profile);
        if !Server::is_at(&outgoing.url) {
            let exchange = before_any_response(awaiting.request());
            let error = awaiting.on_network_error(&mut self.browser.cache);
            return self.heard(Err(error), exchange);
        }
        let answer = self.send(When::Actual, outgoing);
        answer.with_response(|response| {
            if let Some(again) = awaiting.on_new_connection(response) {
                return self.act(Action::SendRequest(again));
            }
            let request = *awaiting.request();
            let profile = self.browser.environment.profile;
            let value = location(response, profile).ok().flatten();
            let to = value.map(|value| match location_url(request.current_url(), value, profile) {
                Ok(url) => url.into(),
                Err(_) => value.bytes().map(char::from).collect::<String>(),
            });
            let exchange = FailedExchange { request, response: Some(*response), location_url: to.as_deref() };
            let result = awaiting.on_response(response, &mut self.browser.cache);
            match self.heard(result, exchange)? {
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
                    let action = self.heard(result, exchange)?;
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

fn exchange(outgoing: OutgoingRequest<'_>, profile: &Profile) -> Exchange {
    let latin1 = |value: &[u8]| value.iter().copied().map(char::from).collect::<String>();
    let text = |value: RequestHeaderValue<'_>| {
        let value: Vec<u8> = value.bytes().collect();
        match profile.request_header_bytes {
            RequestHeaderBytes::Utf8 => latin1(latin1(&value).as_bytes()),
            _ => latin1(&value),
        }
    };
    let mut headers: Vec<(String, String)> =
        outgoing.headers.iter().map(|header| (header.name.lowercase().to_string(), text(header.value))).collect();
    if outgoing.credentials == IncludesCredentials::Yes {
        headers.push(("cookie".into(), String::new()));
    }
    Exchange { method: outgoing.method.to_string(), url: on_the_wire(outgoing.url), headers }
}

fn before_any_response<'a>(request: &Request<'a>) -> FailedExchange<'a> {
    FailedExchange { request: *request, response: None, location_url: None }
}

/// The line of WebKit's console, in the recorder's form. For a preflight without an answer, the operating system writes
/// it.
fn console(error: NetworkError<'_>, exchange: FailedExchange<'_>, scenario: &str) -> Option<String> {
    let without_answer = matches!(error.reason, Reason::Network | Reason::HeaderValueInvalid { .. });
    if error.phase == Phase::Preflight && without_answer {
        return Some(OF_THE_SYSTEM.into());
    }
    let line = error.webkit_line(exchange)?;
    // The recorder finds the line by the scenario's id in its URL.
    let url = line.cannot_load().to_string().to_lowercase();
    let shows = |before| url.contains(&format!("{before}{}", scenario.to_lowercase()));
    if !["/", "?", "#"].into_iter().any(shows) {
        return None;
    }
    Some(if line.is_without_reason() { format!("JS ERROR {line}") } else { line.to_string() })
}

/// The URL as the server sees it: without fragment and userinfo.
fn on_the_wire(url: Url<'_>) -> String {
    let Ok(mut url) = url::Url::parse(url.without_fragment()) else { return url.without_fragment().into() };
    let _ = (url.set_username(""), url.set_password(None));
    url.into()
}
