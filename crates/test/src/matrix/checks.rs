//! Checks beyond the table: the server's own pages, programs without an origin, strangers, and caches.

use core::fmt;

use bytes::Bytes;
use fetch_cors::{browser::Profile, browser::Url, origin::Origin};
use http::{HeaderMap, Method, Request, header};

use super::{Cells, Matrix, page::PageCalls};
use crate::{end::End, fetch::Fetch, fetched::Fetched, server::Server};

/// A check that a matrix runs beside its cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Check {
    /// A page of the server's own origin is served, although its requests may have an `Origin`.
    OwnPages,
    /// A program that sends no `Origin`, such as `curl`, is served.
    Programs,
    /// A page of an origin outside of the table never reads a response with credentials. The origins are
    /// `https://stranger.invalid`, `null`, and for each page of the table its origin with `http`, with another domain after it,
    /// and with letters before it. If the server allows one on purpose, add it to the table.
    Strangers,
    /// If responses to `GET` and `HEAD` differ in what they allow, each has `Vary: Origin`, so that no cache mixes them.
    Vary,
}

impl Check {
    /// All checks, in the order in which they run.
    pub const ALL: [Check; 4] = [Check::OwnPages, Check::Programs, Check::Strangers, Check::Vary];

    const fn title(self) -> &'static str {
        match self {
            Check::OwnPages => "pages of the server itself",
            Check::Programs => "programs without Origin",
            Check::Strangers => "strangers with credentials",
            Check::Vary => "Vary",
        }
    }
}

impl fmt::Display for Check {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(self.title())
    }
}

/// A fault that a check found, and its fix.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Finding {
    /// The check.
    pub check: Check,
    /// The fault, and what to change.
    pub text: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}: {}", self.check, self.text)
    }
}

/// The checks to run, and their findings.
#[derive(Debug, Default)]
pub(super) struct Checks {
    pub(super) done: Vec<Check>,
    pub(super) findings: Vec<Finding>,
    responses: Vec<Seen>,
}

/// A response to `GET` or `HEAD`, as a cache would store it.
#[derive(Debug)]
struct Seen {
    method: Method,
    url: String,
    origin: Option<String>,
    allowed: Vec<Vec<u8>>,
    varies: bool,
}

impl Checks {
    pub(super) async fn of<Kind, S: Server<Kind> + ?Sized>(
        matrix: &Matrix,
        opened: &PageCalls<'_, Kind, S>,
        cells: &Cells,
    ) -> Self {
        let mut checks = Checks { done: matrix.checks.clone(), ..Checks::default() };
        let does = |check: Check| matrix.checks.contains(&check);
        for cell in cells.iter() {
            checks.see(&cell.fetched);
        }
        for (name, fetch) in &matrix.fetches {
            let statuses = statuses(cells, name);
            let Some(origin) = own_origin(fetch) else { continue };
            let own = opened.fetch(&origin, fetch.clone()).await;
            checks.see(&own);
            if does(Check::OwnPages) {
                checks.own_page(name, &own, &statuses);
            }
            if does(Check::Programs)
                && let Some(request) = program_request(&own)
            {
                let head = opened.server.send(request.clone()).await;
                checks.program(name, &request, head.as_ref(), &statuses);
            }
            if does(Check::Strangers) {
                for stranger in strangers(matrix, &origin) {
                    let fetched = opened.fetch(&stranger, fetch.clone().credentials()).await;
                    checks.see(&fetched);
                    checks.stranger(name, &stranger, &fetched);
                }
            }
        }
        if does(Check::Vary) {
            checks.vary();
        }
        checks
    }

    fn find(&mut self, check: Check, text: String) {
        let finding = Finding { check, text };
        if !self.findings.contains(&finding) {
            self.findings.push(finding);
        }
    }

    fn own_page(&mut self, name: &str, own: &Fetched, statuses: &[u16]) {
        for own in own.browsers() {
            let text = match &own.end {
                End::Readable(read) if serves(read.status, statuses) => continue,
                End::Readable(read) => format!("gets status {}", read.status),
                End::Refused(refusal) => format!("is refused: {}", refusal.text),
                End::Opaque(_) | End::Thrown(_) => continue,
            };
            self.find(
                Check::OwnPages,
                format!(
                    "`{name}` of a page of {} {text}; pages of the server's own origin send `Origin` with every method but \
                     `GET` and `HEAD`, so let that origin pass",
                    own.exchange.origin
                ),
            );
        }
    }

    fn program<E: fmt::Display>(
        &mut self,
        name: &str,
        request: &Request<Bytes>,
        head: Result<&http::Response<()>, E>,
        statuses: &[u16],
    ) {
        let text = match head {
            Ok(head) => {
                self.see_one(request, head.headers());
                if serves(head.status().as_u16(), statuses) {
                    return;
                }
                format!("gets status {}", head.status().as_u16())
            }
            Err(error) => format!("gets no response: {error}"),
        };
        self.find(
            Check::Programs,
            format!("`{name}` without `Origin` {text}; only browsers send `Origin`, so serve requests that have none"),
        );
    }

    fn stranger(&mut self, name: &str, stranger: &str, fetched: &Fetched) {
        if fetched.browsers().iter().any(|own| matches!(own.end, End::Readable(_))) {
            self.find(
                Check::Strangers,
                format!(
                    "a page of {stranger} reads `{name}` with the user's cookies; compare `Origin` with a list of whole \
                     origins, and answer others without `Access-Control-Allow-Origin`"
                ),
            );
        }
    }

    fn see(&mut self, fetched: &Fetched) {
        for answer in fetched.browsers().iter().flat_map(|own| &own.exchange.answers) {
            if let Ok(head) = &answer.head {
                self.see_one(&answer.request, head.headers());
            }
        }
    }

    fn see_one(&mut self, request: &Request<Bytes>, headers: &HeaderMap) {
        if !matches!(*request.method(), Method::GET | Method::HEAD) {
            return;
        }
        let names = [header::ACCESS_CONTROL_ALLOW_ORIGIN, header::ACCESS_CONTROL_ALLOW_CREDENTIALS];
        let values = |name| headers.get_all(name).iter().map(|value| value.as_bytes().to_vec());
        let lists_origin = |value: &http::HeaderValue| {
            let elements = value.as_bytes().split(|byte| *byte == b',').map(<[u8]>::trim_ascii);
            elements.into_iter().any(|name| name.eq_ignore_ascii_case(b"origin") || name == b"*")
        };
        self.responses.push(Seen {
            method: request.method().clone(),
            url: request.uri().to_string(),
            origin: request
                .headers()
                .get(header::ORIGIN)
                .map(|origin| String::from_utf8_lossy(origin.as_bytes()).into()),
            allowed: names.into_iter().flat_map(values).collect(),
            varies: headers.get_all(header::VARY).iter().any(lists_origin),
        });
    }

    fn vary(&mut self) {
        let responses = core::mem::take(&mut self.responses);
        for seen in responses.iter().filter(|seen| !seen.varies) {
            let same = |other: &&Seen| other.method == seen.method && other.url == seen.url;
            let Some(other) = responses.iter().filter(same).find(|other| other.allowed != seen.allowed) else {
                continue;
            };
            let whose = |seen: &Seen| match &seen.origin {
                Some(origin) => format!("with `Origin: {origin}`"),
                None => "without `Origin`".into(),
            };
            let text = format!(
                "{} {} allows {} {}, {} {}, and the first answer has no `Vary: Origin`, so a cache gives it to the other; send \
                 `Vary: Origin` on every response of this URL, on those to requests without `Origin` too",
                seen.method,
                seen.url,
                allows(&seen.allowed),
                whose(seen),
                allows(&other.allowed),
                whose(other),
            );
            // One finding for each URL. Others would differ only in the origin.
            let begin = format!("{} {} allows", seen.method, seen.url);
            if !self.findings.iter().any(|found| found.check == Check::Vary && found.text.starts_with(&begin)) {
                self.find(Check::Vary, text);
            }
        }
    }
}

fn allows(allowed: &[Vec<u8>]) -> String {
    match allowed.first() {
        None => "nobody".into(),
        Some(origin) => format!("`{}`", String::from_utf8_lossy(origin)),
    }
}

/// Whether a status means success, or is one that pages of the table read too. If they read none, the server's normal answer is
/// unknown.
fn serves(status: u16, of_pages: &[u16]) -> bool {
    status < 400 || of_pages.is_empty() || of_pages.contains(&status)
}

/// The statuses that pages of the table read.
fn statuses(cells: &Cells, name: &str) -> Vec<u16> {
    let ends = cells.iter().filter(|cell| cell.name == name).flat_map(|cell| cell.fetched.browsers());
    let status = |end: &End| match end {
        End::Readable(read) => Some(read.status),
        End::Opaque(_) | End::Refused(_) | End::Thrown(_) => None,
    };
    ends.filter_map(|own| status(&own.end)).collect()
}

fn own_origin(fetch: &Fetch) -> Option<String> {
    let url = fetch.parsed_url(&Profile::FETCH).ok()?;
    Some(Url::try_from(&url).ok()?.origin().to_string())
}

/// The request without the headers that only browsers send.
fn program_request(own: &Fetched) -> Option<Request<Bytes>> {
    let answers = own.browsers().first()?.exchange.answers.iter();
    let mut request = answers.into_iter().find(|answer| !answer.is_preflight())?.request.clone();
    for name in ["origin", "referer", "sec-fetch-dest", "sec-fetch-mode", "sec-fetch-site"] {
        request.headers_mut().remove(name);
    }
    Some(request)
}

/// Origins outside of the table, other than the server's own.
fn strangers(matrix: &Matrix, own: &str) -> Vec<String> {
    let mut strangers = vec!["https://stranger.invalid".to_owned(), "null".to_owned()];
    for (origin, _) in &matrix.pages {
        if let Some((scheme, rest)) = origin.split_once("://") {
            let (host, port) =
                rest.rsplit_once(':').map_or((rest, String::new()), |(host, port)| (host, format!(":{port}")));
            strangers.push(format!("{scheme}://stranger{host}{port}"));
            strangers.push(format!("{scheme}://{host}.stranger.invalid{port}"));
            strangers.push(format!("http://{rest}"));
        }
    }
    strangers.retain(|stranger| {
        stranger != own && Origin::parse(stranger).is_ok() && matrix.pages.iter().all(|(origin, _)| origin != stranger)
    });
    strangers.sort();
    strangers.dedup();
    strangers
}
