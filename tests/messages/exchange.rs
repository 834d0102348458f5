//! Fetches and their answers, as text.

use core::time::Duration;

use fetch_cors::{
    browser::{
        Action, Environment, FilteredResponse, NetworkError, NoCache, Outcome, Profile, Request, RequestInit, Response,
        Url, fetch,
        request::{CredentialsMode, RequestMode},
    },
    header::Headers,
    origin::Origin,
};

pub(crate) const PAGE: &str = "https://app.example";
pub(crate) const API: &str = "https://api.example/items";
pub(crate) const INCLUDE: CredentialsMode = CredentialsMode::Include;

pub(crate) fn standard() -> Environment<'static> {
    Environment::new(&Profile::FETCH)
}

pub(crate) fn of_browser(profile: &Profile) -> Environment<'_> {
    Environment::new(profile)
}

pub(crate) fn get() -> RequestInit<'static> {
    RequestInit::default()
}

pub(crate) fn put() -> RequestInit<'static> {
    RequestInit { method: "PUT", ..get() }
}

pub(crate) fn in_mode(mode: RequestMode) -> RequestInit<'static> {
    RequestInit { mode, ..get() }
}

/// The request of a page.
pub(crate) fn request<'a>(init: RequestInit<'a>, url: &'a str) -> Request<'a> {
    init.request(Url::new(url).unwrap(), Origin::parse(PAGE).unwrap()).unwrap()
}

/// The head of a response: a status, and lines.
pub(crate) struct Head<'a> {
    status: u16,
    lines: Vec<(&'a str, &'a [u8])>,
}

impl<'a> Head<'a> {
    /// Parses a head: the status on the first line, and a header on each line after it.
    pub(crate) fn parse(text: &'a str) -> Self {
        let mut lines = text.lines();
        let status = lines.next().unwrap().parse().unwrap();
        let lines = lines.map(|line| line.split_once(':').unwrap()).map(|(name, value)| (name, value.as_bytes()));
        Head { status, lines: lines.collect() }
    }

    pub(crate) fn response(&self) -> Response<'_> {
        Response::new(self.status, Headers::from_pairs(&self.lines)).unwrap()
    }
}

/// The outcome of a request with these answers. After the last answer, the network fails.
pub(crate) fn run<'a>(
    request: Request<'a>,
    environment: Environment<'a>,
    heads: &'a [Head<'a>],
) -> Result<FilteredResponse<'a>, NetworkError<'a>> {
    let (cache, now) = (&mut NoCache, Duration::ZERO);
    let mut responses = heads.iter().map(Head::response);
    let mut action = fetch(request, environment, cache, now)?;
    loop {
        action = match action {
            Action::SendPreflight(awaiting) => match responses.next() {
                Some(response) => match awaiting.on_new_connection(&response) {
                    Some(again) => Action::SendPreflight(again),
                    None => Action::SendRequest(awaiting.on_response(&response, cache, now)?),
                },
                None => return Err(awaiting.on_network_error(cache)),
            },
            Action::SendRequest(awaiting) | Action::FetchScheme(_, awaiting) => {
                let Some(response) = responses.next() else { return Err(awaiting.on_network_error(cache)) };
                if let Some(again) = awaiting.on_new_connection(&response) {
                    action = Action::SendRequest(again);
                    continue;
                }
                match awaiting.on_response(&response, cache)? {
                    Outcome::Response(filtered) => return Ok(filtered),
                    Outcome::Redirect(redirect) => {
                        let url = str::from_utf8(redirect.location().single().unwrap())
                            .ok()
                            .and_then(|url| Url::new(url).ok());
                        redirect.follow(url, cache, now)?
                    }
                }
            }
        };
    }
}

/// The step at which a fetch fails, and the message.
pub(crate) fn failure(request: Request<'_>, environment: Environment<'_>, heads: &[&str]) -> (String, String) {
    let heads: Vec<Head<'_>> = heads.iter().map(|head| Head::parse(head)).collect();
    let error = run(request, environment, &heads).unwrap_err();
    (error.step().number.to_owned(), error.to_string())
}
