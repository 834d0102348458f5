//! Drives the fetches of a scenario.

use core::time::Duration;

use fetch_cors::{
    browser::{
        Action, Environment, NetworkError, Outcome, OutgoingRequest, PreflightCache, Profile, Response, Url,
        cross_origin_resource_policy::{EmbedderPolicy, IncludesCredentials},
        environment::{GlobalObject, HttpVersion, StorageAccess},
        fetch,
        preflight::PreflightRequest,
        request::Body,
    },
    header::{HeaderName, Headers},
    spec::Step,
};

use super::{
    form::{self, Exchange, Fetch, Rule, When},
    server::{answer, on_the_wire},
};
use crate::{bytes::Bytes, request::TwoLabels};

pub(super) struct Browser<'a> {
    server: &'a [Rule],
    cache: &'a mut dyn PreflightCache,
    now: Duration,
}

impl<'a> Browser<'a> {
    pub(super) fn new(server: &'a [Rule], cache: &'a mut dyn PreflightCache) -> Self {
        Browser { server, cache, now: Duration::ZERO }
    }

    /// Runs a fetch. Returns its requests, and how it ends.
    pub(super) fn fetch(&mut self, number: usize, asked: &Fetch) -> (Vec<Exchange>, Result<form::Response, Step>) {
        self.now += Duration::from_millis(asked.wait_ms);
        let mut environment = Environment::new(&Profile::FETCH);
        environment.partition = &asked.partition;
        environment.same_site = &TwoLabels;
        environment.embedder_policy = match asked.embedder_policy.as_deref() {
            None => EmbedderPolicy::UnsafeNone,
            Some("require-corp") => EmbedderPolicy::RequireCorp,
            Some("credentialless") => EmbedderPolicy::Credentialless,
            Some(policy) => panic!("`{policy}` is not an embedder policy"),
        };
        environment.http_version = match asked.http_version.as_deref() {
            None => HttpVersion::Http2OrLater,
            Some("1.1") => HttpVersion::Http1,
            Some(version) => panic!("`{version}` is not a version"),
        };
        environment.global_object = if asked.worker { GlobalObject::Worker } else { GlobalObject::Window };
        environment.storage_access = asked.storage_access.as_deref().map(|status| match status {
            "none" => StorageAccess::None,
            "inactive" => StorageAccess::Inactive,
            "active" => StorageAccess::Active,
            _ => panic!("`{status}` is not a storage access status"),
        });
        asked.request.with_request(|request| {
            let mut run = Run { browser: self, number, exchanges: Vec::new() };
            let action = fetch(request, environment, run.browser.cache, run.browser.now);
            let outcome = action.map_err(step).and_then(|action| run.act(&action));
            (run.exchanges, outcome)
        })
    }
}

#[allow(clippy::needless_pass_by_value, reason = "it is given to map_err")]
fn step(error: NetworkError<'_>) -> Step {
    error.step()
}

/// A running fetch.
struct Run<'b, 'a> {
    browser: &'b mut Browser<'a>,
    number: usize,
    exchanges: Vec<Exchange>,
}

impl<'a> Run<'_, 'a> {
    fn answer(&self, when: When, url: &str) -> &'a Rule {
        let is_like = |sent: &&Exchange| {
            sent.url == url && (sent.access_control_request_method.is_some() == (when == When::Preflight))
        };
        let before = self.exchanges.iter().filter(is_like).count();
        answer(self.browser.server, when, url, self.number, before)
    }

    /// Follows the driver until the fetch ends.
    fn act(&mut self, action: &Action<'_>) -> Result<form::Response, Step> {
        let awaiting = match action.clone() {
            Action::SendPreflight(awaiting) => {
                let exchange = preflight(awaiting.preflight());
                let rule = self.answer(When::Preflight, &exchange.url);
                self.exchanges.push(exchange);
                let now = self.browser.now;
                return rule.with_response(|response| {
                    let Some(response) = response else {
                        return Err(awaiting.on_network_error(self.browser.cache).step());
                    };
                    if let Some(again) = awaiting.on_new_connection(response) {
                        return self.act(&Action::SendPreflight(again));
                    }
                    let awaiting = awaiting.on_response(response, self.browser.cache, now).map_err(step)?;
                    self.act(&Action::SendRequest(awaiting))
                });
            }
            Action::SendRequest(awaiting) => awaiting,
            Action::FetchScheme(_, awaiting) => {
                let response = Response::new(200, Headers::EMPTY).expect("a status");
                return match awaiting.on_response(&response, self.browser.cache).map_err(step)? {
                    Outcome::Response(response) => Ok(reported(&response)),
                    Outcome::Redirect(_) => panic!("200 does not redirect"),
                };
            }
        };
        let mut exchange = actual(awaiting.outgoing());
        exchange.redirect_taint = Some(awaiting.request().redirect_taint().as_str().to_owned());
        let rule = self.answer(When::Actual, &exchange.url);
        rule.with_response(|response| {
            let Some(response) = response else {
                self.exchanges.push(exchange);
                return Err(awaiting.on_network_error(self.browser.cache).step());
            };
            let prompts = awaiting.prompts_for_credentials(response).map_err(step);
            exchange.prompts_for_credentials = prompts == Ok(true);
            self.exchanges.push(exchange);
            prompts?;
            if let Some(again) = awaiting.on_new_connection(response) {
                return self.act(&Action::SendRequest(again));
            }
            match awaiting.on_response(response, self.browser.cache).map_err(step)? {
                Outcome::Response(response) => Ok(reported(&response)),
                Outcome::Redirect(redirect) => {
                    let location_url = rule.location_url(redirect.location().single().expect("it is on one line"));
                    #[cfg(feature = "url")]
                    assert_eq!(redirect.parse_location().ok().map(String::from), location_url, "`location_url`");
                    let url = location_url.as_deref().map(|url| Url::new(url).expect("a serialized URL"));
                    let action = redirect.follow(url, self.browser.cache, self.browser.now);
                    self.act(&action.map_err(step)?)
                }
            }
        })
    }
}

fn preflight(preflight: PreflightRequest<'_>) -> Exchange {
    let value = |wanted: &str| {
        preflight.headers().find(|(name, _)| name.matches(wanted.as_bytes())).map(|(_, value)| value.to_string())
    };
    assert_eq!(value("accept").as_deref(), Some("*/*"), "`Accept` of a preflight");
    Exchange {
        method: PreflightRequest::METHOD.to_string(),
        url: on_the_wire(preflight.url.as_str()),
        origin: value("origin"),
        access_control_request_method: value("access-control-request-method"),
        access_control_request_headers: value("access-control-request-headers"),
        ..Exchange::default()
    }
}

fn actual(outgoing: OutgoingRequest<'_>) -> Exchange {
    let combined = |name: HeaderName<'_>| {
        let values = outgoing.headers.iter().filter(|header| header.name == name).map(|header| header.value);
        let values: Vec<Vec<u8>> = values.map(|value| value.bytes().collect()).collect();
        (!values.is_empty()).then(|| Bytes(values.join(&b", "[..])))
    };
    Exchange {
        method: outgoing.method.to_string(),
        url: on_the_wire(outgoing.url.as_str()),
        origin: outgoing.origin().map(|origin| origin.to_string()),
        credentials: outgoing.credentials == IncludesCredentials::Yes,
        authorization: combined(HeaderName::AUTHORIZATION),
        content_type: combined(HeaderName::CONTENT_TYPE),
        body: outgoing.body != Body::None,
        headers: Some(outgoing.headers.iter().filter(|header| header.name != HeaderName::ORIGIN).collect()),
        ..Exchange::default()
    }
}

fn reported(response: &fetch_cors::browser::FilteredResponse<'_>) -> form::Response {
    let mut visible: Vec<String> = response.headers().map(|header| header.name.lowercase().to_string()).collect();
    visible.sort();
    visible.dedup();
    form::Response {
        r#type: response.response_type().to_string(),
        status: response.status(),
        url: response.url().to_owned(),
        redirected: response.redirects() > 0,
        visible: Some(visible),
    }
}
