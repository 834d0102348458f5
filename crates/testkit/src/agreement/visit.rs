//! A page fetches: the browser half, from the request to the outcome.

use core::time::Duration;

use fetch_cors::{
    browser::{
        Action, Environment, FilteredResponse, GrowingPreflightCache, NetworkError, Outcome, Request, RequestInit,
        Response, Url, XhrInit,
        cross_origin_resource_policy::IncludesCredentials,
        fetch,
        filter::ResponseType,
        request::{BodyInit, CredentialsMode, Duplex, RedirectMode, RequestMode, UploadListener, XhrCredentials},
    },
    header::Headers,
    origin::Origin,
};

use super::{
    application::Line,
    browsers::Browser,
    page::{Body, Cookies, Mode, Page, Redirects, Upload, Way},
    server::EDITION,
    shared_cache::{From, Reply, Wire},
    world::World,
};

/// A client: a browser, with a proxy.
pub struct Client {
    /// The browser.
    pub browser: Browser,
    /// The mark that the proxy puts on its requests.
    pub edition: &'static str,
    /// Whether the browser sends `Sec-Fetch-Site`.
    pub tells_site: bool,
    /// Whether the servers are in a private network.
    pub private_network: bool,
    /// The browser's preflight cache.
    pub cache: GrowingPreflightCache,
}

/// What a page gets.
#[derive(Debug, PartialEq, Eq)]
pub enum Got {
    /// The status, and the names of the headers in lower case, one for each line.
    Response(u16, Vec<String>),
    /// A response of which it can read nothing.
    Opaque,
    /// A network error.
    Error(String),
}

/// The exchanges for one URL.
#[derive(Clone, Copy, Debug, Default)]
pub struct Hop {
    /// The source of the preflight's answer, if a preflight was sent.
    pub preflight: Option<From>,
    /// The source of the response, if the request was sent.
    pub request: Option<From>,
}

/// All exchanges of a fetch, and the last response.
#[derive(Debug, Default)]
pub struct Trace {
    /// All URLs of the chain, in order.
    pub hops: Vec<Hop>,
    /// The response.
    pub last: Option<Reply>,
}

fn request<'a>(page: &'a Page, lines: &'a [(&'a str, &'a [u8])], url: Url<'a>, origin: Origin<'a>) -> Request<'a> {
    let headers = Headers::from_pairs(lines);
    let body = match page.body {
        Body::None => None,
        Body::Text => Some(BodyInit::Text),
        Body::Json => Some(BodyInit::Blob("application/json")),
        Body::Bytes => Some(BodyInit::Bytes),
        Body::Stream => Some(BodyInit::Stream),
    };
    let request = match page.way {
        Way::Xhr(upload) => XhrInit {
            method: page.method,
            headers,
            body,
            with_credentials: match page.cookies {
                Cookies::Include => XhrCredentials::Include,
                Cookies::Omit | Cookies::SameOrigin => XhrCredentials::SameOrigin,
            },
            upload_listener: match upload {
                Upload::Watched => UploadListener::Present,
                Upload::Ignored => UploadListener::Absent,
            },
        }
        .request(url, origin),
        Way::Fetch(mode, redirects) => RequestInit {
            method: page.method,
            headers,
            body,
            mode: match mode {
                Mode::Cors => RequestMode::Cors,
                Mode::NoCors => RequestMode::NoCors,
                Mode::SameOrigin => RequestMode::SameOrigin,
            },
            credentials: match page.cookies {
                Cookies::Omit => CredentialsMode::Omit,
                Cookies::SameOrigin => CredentialsMode::SameOrigin,
                Cookies::Include => CredentialsMode::Include,
            },
            redirect: match redirects {
                Redirects::Follow => RedirectMode::Follow,
                Redirects::Error => RedirectMode::Error,
                Redirects::Manual => RedirectMode::Manual,
            },
            duplex: Some(Duplex::Half),
            ..RequestInit::default()
        }
        .request(url, origin),
    };
    request.unwrap()
}

/// Has the page fetch `url`.
pub fn visit(client: &mut Client, world: &mut World<'_>, page: &Page, url: &str, now: Duration) -> (Got, Trace) {
    let lines: Vec<(&str, &[u8])> = page.headers.iter().map(|(name, value)| (*name, &value[..])).collect();
    let request = request(page, &lines, Url::new(url).unwrap(), Origin::parse(&page.origin).unwrap());
    let mut trace = Trace::default();
    let environment = Environment::new(client.browser.profile());
    let action = fetch(request, environment, &mut client.cache, now);
    let mut journey = Journey { client, world, page, now, trace: &mut trace, crossed: false };
    let got = journey.go_on(action).unwrap_or_else(Got::Error);
    (got, trace)
}

struct Journey<'j, 'i> {
    client: &'j mut Client,
    world: &'j mut World<'i>,
    page: &'j Page,
    now: Duration,
    trace: &'j mut Trace,
    crossed: bool,
}

impl Journey<'_, '_> {
    fn go_on(&mut self, action: Result<Action<'_>, NetworkError<'_>>) -> Result<Got, String> {
        let mut hop = Hop::default();
        let action = action.map_err(|error| error.to_string())?;
        let preflight;
        let preflight_lines;
        let awaiting = match action {
            Action::FetchScheme(..) => panic!("all is HTTP"),
            Action::SendRequest(awaiting) => awaiting,
            Action::SendPreflight(awaiting) => {
                let headers = awaiting.preflight().headers();
                let mut lines: Vec<Line> =
                    headers.map(|(name, value)| (name.as_str().to_owned(), value.to_string().into_bytes())).collect();
                if self.client.private_network {
                    lines.push(("Access-Control-Request-Private-Network".into(), b"true".into()));
                }
                let url = awaiting.preflight().url.as_str().to_owned();
                let from;
                (preflight, from) = self.send("OPTIONS", url, lines);
                hop.preflight = Some(from);
                self.trace.hops.push(hop);
                preflight_lines = pairs(&preflight);
                let response = Response::new(preflight.status, Headers::from_pairs(&preflight_lines)).unwrap();
                let next = awaiting.on_response(&response, &mut self.client.cache, self.now);
                let next = next.map_err(|error| error.to_string())?;
                self.trace.hops.pop();
                next
            }
        };
        let outgoing = awaiting.outgoing();
        let headers =
            outgoing.headers.iter().map(|header| (header.name.as_str().to_owned(), header.value.bytes().collect()));
        let mut lines: Vec<Line> = headers.collect();
        if outgoing.credentials == IncludesCredentials::Yes {
            lines.push(("Cookie".into(), b"who=me".into()));
        }
        let (reply, from) = self.send(outgoing.method.as_str(), outgoing.url.as_str().to_owned(), lines);
        hop.request = Some(from);
        self.trace.hops.push(hop);
        let lines = pairs(&reply);
        let response = Response::new(reply.status, Headers::from_pairs(&lines)).unwrap();
        let outcome = awaiting.on_response(&response, &mut self.client.cache);
        self.trace.last = Some(reply.clone());
        match outcome.map_err(|error| error.to_string())? {
            Outcome::Response(response) => Ok(got(response)),
            Outcome::Redirect(redirect) => {
                let location = core::str::from_utf8(redirect.location().single().unwrap()).unwrap().to_owned();
                let next = redirect.follow(Url::new(&location).ok(), &mut self.client.cache, self.now);
                self.go_on(next)
            }
        }
    }

    /// Sends a request, with the headers that the browser and the proxy add.
    fn send(&mut self, method: &str, url: String, mut lines: Vec<Line>) -> (Reply, From) {
        let authority = url.split("://").nth(1).and_then(|rest| rest.split('/').next()).unwrap().to_owned();
        let (origin, _) = url.rsplit_once("/r").unwrap();
        self.crossed |= origin != self.page.origin;
        lines.push(("Host".into(), authority.into_bytes()));
        if self.client.tells_site {
            let site = if self.crossed { "cross-site" } else { "same-origin" };
            lines.push(("Sec-Fetch-Site".into(), site.into()));
        }
        lines.push((EDITION.into(), self.client.edition.into()));
        self.world.send(&Wire { method: method.to_owned(), url, lines }, self.now)
    }
}

fn pairs(reply: &Reply) -> Vec<(&str, &[u8])> {
    reply.lines.iter().map(|(name, value)| (name.as_str(), &value[..])).collect()
}

fn got(response: FilteredResponse<'_>) -> Got {
    match response.response_type() {
        ResponseType::Basic | ResponseType::Cors => {
            let names = response.headers().map(|header| header.name.as_str().to_ascii_lowercase());
            Got::Response(response.status(), names.collect())
        }
        ResponseType::Opaque | ResponseType::OpaqueRedirect => {
            assert!(response.status() == 0 && response.headers().next().is_none());
            Got::Opaque
        }
    }
}
