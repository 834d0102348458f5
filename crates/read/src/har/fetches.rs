//! Groups entries into fetches: each request with its preflight, and with the requests after its redirects.
//!
//! ```text
//! entries in time ─▶ requests ─▶ chains by `redirectURL` ─┐
//!                └─▶ preflights, each beside its request ─┴▶ fetches
//! ```
//!
//! No export links a preflight to its request, or the requests of a redirect chain. So an entry belongs to a fetch if the
//! browser would have sent it next, at about that time.

use core::time::Duration;
use std::collections::{HashMap, VecDeque};

use fetch_cors::browser::{known_message, request::RequestMode};

use super::{Entry, Exporter, Har, sent};
use crate::{
    request::{Api, PageRequest},
    sent::{origin_of, page_request},
};

/// A fetch of a page to another origin, directly or after a redirect.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Fetch {
    /// When it began, counted from the first entry of the file.
    pub started: Duration,
    /// The page's request, as far as the entries describe it.
    pub request: PageRequest,
    /// The requests of the fetch: the first, and those after redirects.
    pub hops: Vec<Hop>,
    /// How it ended, as the file has it.
    pub recorded: Recorded,
}

/// A request of a fetch, by the numbers of entries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Hop {
    /// The preflight.
    pub preflight: Option<usize>,
    /// The request itself; `None` if the file has only its preflight.
    pub request: Option<usize>,
}

/// How a fetch ended, as a file has it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Recorded {
    /// The page got the response, or did not read its body.
    Succeeded,
    /// The browser refused it.
    Refused,
    /// It failed for another reason than CORS, which the exporter names.
    Failed(String),
    /// It has neither a response nor a reason.
    NoResponse,
    /// There is a response; whether the page got it is unknown.
    Unknown,
}

impl Hop {
    /// The number of the hop's entry: of its request, or else of its preflight.
    pub fn entry(self) -> usize {
        self.request.or(self.preflight).unwrap_or_default()
    }
}

impl Fetch {
    /// The number of its first entry, counted from 0.
    pub fn entry(&self) -> usize {
        self.hops.first().map_or(0, |hop| hop.entry())
    }

    /// Whether an entry is of this fetch.
    pub fn has(&self, entry: usize) -> bool {
        self.hops.iter().any(|hop| hop.preflight == Some(entry) || hop.request == Some(entry))
    }
}

/// Within this time a browser follows a redirect.
const REDIRECT: Duration = Duration::from_secs(1);
/// How many requests with one URL and method are compared with a preflight.
const CANDIDATES: usize = 64;

impl Har<'_> {
    /// The fetches to other origins, in the order in which they began.
    pub fn fetches(&self) -> Vec<Fetch> {
        let pairing = Pairing::of(self);
        let mut fetches: Vec<Fetch> = pairing.chains.iter().filter_map(|chain| self.fetch(&pairing, chain)).collect();
        fetches.extend(pairing.alone.iter().filter_map(|preflight| {
            let hops = vec![Hop { preflight: Some(*preflight), request: None }];
            self.of_hops(&pairing, hops)
        }));
        fetches.sort_by_key(|fetch| fetch.started);
        fetches
    }

    fn fetch(&self, pairing: &Pairing, chain: &[usize]) -> Option<Fetch> {
        let hop = |entry: &usize| Hop { preflight: pairing.preflight_of.get(entry).copied(), request: Some(*entry) };
        self.of_hops(pairing, chain.iter().map(hop).collect())
    }

    fn of_hops(&self, pairing: &Pairing, hops: Vec<Hop>) -> Option<Fetch> {
        let first = *hops.first()?;
        let (preflight, request) =
            (first.preflight.and_then(|at| self.entries.get(at)), first.request.and_then(|at| self.entries.get(at)));
        let entry = request.or(preflight)?;
        let sent: Vec<_> = [(preflight, first.preflight), (request, first.request)]
            .into_iter()
            .filter_map(|(entry, number)| Some(sent::of(entry?, number?)))
            .collect();
        let mut page = page_request(&sent, &mut Vec::new());
        page.origin = page.origin.or_else(|| self.origin_of_page(entry));
        page.url = Some(entry.request.url.to_string());
        if let Some(preflight) = preflight {
            page.mode = Some(RequestMode::Cors);
            if sent::asks_for_nothing(preflight) {
                page.api = Some(Api::XmlHttpRequestWithUploadListener);
            }
        }
        page.mode = page.mode.or_else(|| sent::mode(entry));
        let origin = page.origin.as_deref()?;
        let crosses = |hop: &Hop| {
            let url = self.entries.get(hop.entry()).map(|entry| &*entry.request.url);
            url.and_then(origin_of).is_some_and(|of_url| of_url != "null" && of_url != origin)
        };
        let navigates = matches!(page.mode, Some(RequestMode::Navigate)) || entry.resource_type == "document";
        if navigates || !hops.iter().any(crosses) {
            return None;
        }
        let recorded = recorded(self, &hops);
        Some(Fetch { started: pairing.started(first.entry()), request: page, hops, recorded })
    }

    /// The origin of the page that an entry refers to. The title of a page is its URL.
    fn origin_of_page(&self, entry: &Entry<'_>) -> Option<String> {
        let page = self.pages.iter().find(|page| page.id.as_str() == entry.pageref.as_str())?;
        origin_of(&page.title).filter(|origin| origin != "null")
    }
}

/// How the last of the hops ended.
fn recorded(har: &Har<'_>, hops: &[Hop]) -> Recorded {
    let Some(entry) = hops.last().and_then(|hop| har.entries.get(hop.entry())) else { return Recorded::Unknown };
    let (error, status) = (&*entry.response.error, entry.response.status);
    match har.exporter() {
        Exporter::Firefox if status > 0 => Recorded::Unknown,
        Exporter::Firefox => Recorded::NoResponse,
        Exporter::WebKit | Exporter::Other if error.is_empty() && status <= 0 => Recorded::NoResponse,
        Exporter::WebKit if !error.is_empty() => {
            // A known console message is a refusal.
            let is_known = known_message(error).is_some_and(|message| message.known.step.is_some());
            if is_known { Recorded::Refused } else { Recorded::Failed(error.into()) }
        }
        // A response is aborted if the page ends before reading its body.
        _ if error.is_empty() || error == "net::ERR_ABORTED" && status > 0 => Recorded::Succeeded,
        _ if error == "net::ERR_FAILED" || error.starts_with("net::ERR_BLOCKED_BY_RESPONSE") => Recorded::Refused,
        _ => Recorded::Failed(error.into()),
    }
}

/// Which entries belong together, by their numbers.
struct Pairing {
    /// When each entry began, counted from the first.
    starts: Vec<Duration>,
    /// The requests of each fetch.
    chains: Vec<Vec<usize>>,
    preflight_of: HashMap<usize, usize>,
    /// Preflights whose request is not in the file.
    alone: Vec<usize>,
}

impl Pairing {
    fn of(har: &Har<'_>) -> Self {
        let first = har.entries.iter().filter_map(|entry| entry.started).min().unwrap_or_default();
        let starts: Vec<Duration> =
            har.entries.iter().map(|entry| entry.started.unwrap_or(first).saturating_sub(first)).collect();
        let mut order: Vec<usize> = (0..har.entries.len()).collect();
        order.sort_by_key(|number| starts.get(*number));
        let mut pairing = Pairing { starts, chains: Vec::new(), preflight_of: HashMap::new(), alone: Vec::new() };
        pairing.chain(har, &order);
        pairing.pair(har, &order);
        pairing
    }

    fn started(&self, entry: usize) -> Duration {
        self.starts.get(entry).copied().unwrap_or_default()
    }

    /// When the fetch of this entry ended.
    fn ended(&self, number: usize, entry: &Entry<'_>) -> Duration {
        let took = Duration::try_from_secs_f64(entry.time.max(0.0) / 1_000.0).unwrap_or_default();
        self.started(number).saturating_add(took)
    }

    /// Adds each request to the fetch that was redirected to it, or makes a new fetch of it.
    fn chain(&mut self, har: &Har<'_>, order: &[usize]) {
        // For each URL, the chains that wait for a request of it, and until when.
        let mut waiting: HashMap<String, VecDeque<(usize, Duration)>> = HashMap::new();
        for number in order {
            let Some(entry) = har.entries.get(*number).filter(|entry| !sent::is_preflight(entry)) else { continue };
            let started = self.started(*number);
            let chain = waiting.get_mut(without_fragment(&entry.request.url)).and_then(|chains| {
                while chains.front().is_some_and(|(_, until)| *until < started) {
                    chains.pop_front();
                }
                chains.pop_front()
            });
            let chain = chain.map_or(self.chains.len(), |(chain, _)| chain);
            if chain == self.chains.len() {
                self.chains.push(Vec::new());
            }
            if let Some(requests) = self.chains.get_mut(chain) {
                requests.push(*number);
            }
            if let Some(next) = redirects_to(entry) {
                let until = self.ended(*number, entry).saturating_add(REDIRECT);
                waiting.entry(next).or_default().push_back((chain, until));
            }
        }
    }

    /// Adds each preflight to a request with its URL and method: by the times, to the earliest that needs it, or else to the
    /// nearest.
    fn pair(&mut self, har: &Har<'_>, order: &[usize]) {
        let mut requests: HashMap<(&str, &str), VecDeque<usize>> = HashMap::new();
        for number in order {
            if let Some(entry) = har.entries.get(*number).filter(|entry| !sent::is_preflight(entry)) {
                let key = (without_fragment(&entry.request.url), &*entry.request.method);
                requests.entry(key).or_default().push_back(*number);
            }
        }
        for number in order {
            let Some(preflight) = har.entries.get(*number).filter(|entry| sent::is_preflight(entry)) else { continue };
            let method = sent::header(&preflight.request, "access-control-request-method").unwrap_or_default();
            let key = (without_fragment(&preflight.request.url), method);
            let started = self.started(*number);
            let best = requests.get_mut(&key).and_then(|requests| {
                // A request that ended long before gets no preflight.
                while requests.front().is_some_and(|first| {
                    let over = har.entries.get(*first).map(|entry| self.ended(*first, entry)).unwrap_or_default();
                    over.saturating_add(REDIRECT) < started
                }) {
                    requests.pop_front();
                }
                let rank = |candidate: usize| self.rank(har, candidate, preflight, started);
                let (at, _) =
                    requests.iter().take(CANDIDATES).enumerate().min_by_key(|(_, candidate)| rank(**candidate))?;
                requests.remove(at)
            });
            match best {
                Some(request) => {
                    self.preflight_of.insert(request, *number);
                }
                None => self.alone.push(*number),
            }
        }
    }

    /// How badly a request fits a preflight: it lacks named headers, was not in flight, or began long before or after.
    fn rank(
        &self,
        har: &Har<'_>,
        candidate: usize,
        preflight: &Entry<'_>,
        started: Duration,
    ) -> (usize, bool, Duration) {
        let Some(entry) = har.entries.get(candidate) else { return (usize::MAX, true, Duration::MAX) };
        let (began, over) = (self.started(candidate), self.ended(candidate, entry));
        let named = sent::header(&preflight.request, "access-control-request-headers").unwrap_or_default();
        let lacks = |name: &&str| {
            // A sanitized export does not have it.
            let secret = name.eq_ignore_ascii_case("authorization");
            !name.is_empty() && !secret && sent::header(&entry.request, name).is_none()
        };
        let lacking = named.split(',').map(str::trim).filter(lacks).count();
        let in_flight = began <= started && started <= over;
        let distance = if in_flight { began } else { began.abs_diff(started) };
        (lacking, !in_flight, distance)
    }
}

fn without_fragment(url: &str) -> &str {
    url.split('#').next().unwrap_or(url)
}

/// The URL that a response redirects to.
fn redirects_to(entry: &Entry<'_>) -> Option<String> {
    let is_redirect = matches!(entry.response.status, 301 | 302 | 303 | 307 | 308);
    let location = if entry.response.redirect_url.is_empty() {
        entry.response.headers.iter().find(|(name, _)| name.eq_ignore_ascii_case("location")).map(|(_, value)| value)
    } else {
        Some(&entry.response.redirect_url)
    };
    let location = location.filter(|_| is_redirect)?;
    let url = url::Url::parse(&entry.request.url).ok()?.join(location).ok()?;
    Some(without_fragment(url.as_str()).to_owned())
}
