//! Whole fetches in every profile, without an oracle: properties that hold in all browsers.

use std::time::Duration;

use fetch_cors::{
    browser::{
        Action, AwaitingResponse, Environment, Explanation, GrowingPreflightCache, NetworkError, Outcome, Profile,
        Response, Url, cross_origin_resource_policy::IncludesCredentials, fetch, filter::ResponseType,
        request::CredentialsMode,
    },
    header::{HeaderName, Headers},
};

use testkit::compare::{
    Lines,
    driver::{Exchange, Fetch},
    pairs,
    request::with_init,
    with_request,
};

use crate::text;

/// Runs all fetches in all profiles.
pub(crate) fn play(fetches: &[Fetch]) {
    for profile in [Profile::FETCH, Profile::CHROMIUM, Profile::FIREFOX, Profile::WEBKIT] {
        let (mut cache, mut now) = (GrowingPreflightCache::of_browser(&profile), Duration::ZERO);
        for Fetch { init, wait, exchanges, .. } in fetches {
            now += *wait;
            let mut environment = Environment::new(&profile);
            environment.parse_location = fetch_cors::browser::parse_location;
            let mut play = Play { environment, cache: &mut cache, now, exchanges: exchanges.iter(), sent: 0 };
            match init {
                Ok(init) => with_init(init, |request| request.into_iter().for_each(|request| play.begin(request))),
                Err(asked) => with_request(asked, |request| play.begin(request)),
            }
        }
    }
}

struct Play<'p> {
    environment: Environment<'p>,
    cache: &'p mut GrowingPreflightCache,
    now: Duration,
    exchanges: core::slice::Iter<'p, Exchange>,
    sent: usize,
}

impl<'p> Play<'p> {
    fn begin(&mut self, request: fetch_cors::browser::Request<'_>) {
        let action = fetch(request, self.environment, self.cache, self.now);
        self.act(action);
    }

    fn next(&mut self) -> Option<(u16, &'p Lines)> {
        self.sent += 1;
        assert!(self.sent <= 84, "{} requests", self.sent);
        self.exchanges.next().and_then(Option::as_ref).map(|(status, lines)| (*status % 1000, lines))
    }

    fn act(&mut self, action: Result<Action<'_>, NetworkError<'_>>) {
        match action {
            Err(error) => assert!(!error.to_string().is_empty() && !error.step().to_string().is_empty()),
            Ok(Action::SendRequest(awaiting) | Action::FetchScheme(_, awaiting)) => self.request(awaiting),
            Ok(Action::SendPreflight(awaiting)) => {
                let Some((status, lines)) = self.next() else {
                    let error = awaiting.on_network_error(self.cache);
                    return self.act(Err(error));
                };
                let pairs = pairs(lines);
                let response = Response::new(status, Headers::from_pairs(&pairs)).expect("it is a status");
                explain(&Explanation::of_preflight(awaiting.request(), &response, self.environment));
                if let Some(again) = awaiting.on_new_connection(&response) {
                    return self.act(Ok(Action::SendPreflight(again)));
                }
                match awaiting.on_response(&response, self.cache, self.now) {
                    Ok(awaiting) => self.request(awaiting),
                    Err(error) => self.act(Err(error)),
                }
            }
        }
    }

    fn request(&mut self, awaiting: AwaitingResponse<'_>) {
        let request = *awaiting.request();
        let sends = awaiting.outgoing().credentials == IncludesCredentials::Yes;
        assert!(!(sends && request.credentials_mode() == CredentialsMode::Omit), "credentials that are omitted");
        let Some((status, lines)) = self.next() else {
            let error = awaiting.on_network_error(self.cache);
            return self.act(Err(error));
        };
        let pairs = pairs(lines);
        let response = Response::new(status, Headers::from_pairs(&pairs)).expect("it is a status");
        explain(&Explanation::of_response(&request, &response, self.environment));
        if let Some(again) = awaiting.on_new_connection(&response) {
            return self.request(again);
        }
        match awaiting.on_response(&response, self.cache) {
            Err(error) => self.act(Err(error)),
            Ok(Outcome::Response(filtered)) => {
                let allowed = response.headers.contains(HeaderName::ACCESS_CONTROL_ALLOW_ORIGIN);
                assert!(
                    filtered.response_type() != ResponseType::Cors || allowed,
                    "read by a page that nothing allows"
                );
                assert!(filtered.headers().all(|header| !header.name.is_forbidden_response_header_name()));
            }
            Ok(Outcome::Redirect(redirect)) => {
                let base = text::url(redirect.base_url().as_str()).expect("it is a URL");
                let location = text::location(&base, &redirect.location().bytes().collect::<Vec<u8>>());
                let url = location.as_ref().map(|url| Url::new(&url.href).expect("it is a URL"));
                let action = redirect.follow(url, self.cache, self.now);
                self.act(action);
            }
        }
    }
}

/// Writes every text of an explanation. None may be empty.
fn explain(explanation: &Explanation<'_>) {
    let failures = explanation.failures().inspect(|error| assert!(!error.to_string().is_empty())).count();
    assert!(explanation.checks().count() >= failures.min(1));
    explanation.hints().for_each(|hint| assert!(!hint.to_string().is_empty()));
    explanation.fix().for_each(|change| assert!(!change.to_string().is_empty()));
    explanation.page_changes().for_each(|(change, _)| assert!(!change.to_string().is_empty()));
}
