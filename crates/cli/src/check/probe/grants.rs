//! Pages that can read or send and should not. The rules of each browser decide, so that nothing is reported which no browser
//! lets happen.

use fetch_cors::browser::request::CredentialsMode;

use super::{
    Target, every_visit, simple,
    strangers::{Stranger, strangers},
};
use crate::check::{
    finding::{Code, Finding, What, Who},
    plan::Call,
    transport::{Answer, Ask, Exchange, Kind, NoAnswer, Transport},
    visit::End,
};
use crate::{exchange::registrable_domain, rules::Rules};

pub fn findings(target: &Target<'_>, transport: &mut dyn Transport) -> Vec<Finding> {
    let mut findings: Vec<Finding> = Vec::new();
    for page in target.pages {
        for what in [What::ReadsWithCredentials, What::SendsWithCredentials, What::Reads] {
            for finding in of_page(target, page, what, transport) {
                // Two pages of one host share some strangers.
                if !findings.iter().any(|known| (known.code, &known.origin) == (finding.code, &finding.origin)) {
                    findings.push(finding);
                }
            }
        }
    }
    // A page that reads with credentials also reads without, and sends simple requests.
    let with_credentials: Vec<String> = findings
        .iter()
        .filter(|finding| finding.code.as_str().ends_with("reads-with-credentials"))
        .map(|finding| finding.origin.clone())
        .collect();
    findings.retain(|finding| {
        finding.code.as_str().ends_with("reads-with-credentials") || !with_credentials.contains(&finding.origin)
    });
    findings
}

/// The strangers to one page that are allowed this.
fn of_page(target: &Target<'_>, page: &str, what: What, transport: &mut dyn Transport) -> Vec<Finding> {
    let mut findings: Vec<Finding> = Vec::new();
    for stranger in strangers(page) {
        let is_page = target.pages.contains(&stranger.origin);
        if is_page || target.is_allowed.is_allowed(&stranger.origin) {
            continue;
        }
        let Some(code) = Code::of_stranger(stranger.who, what) else { continue };
        // One finding of each code is enough.
        if findings.iter().any(|finding| finding.code == code) {
            continue;
        }
        let Some((browsers, evidence)) = allowed(target, &stranger, what, transport) else { continue };
        findings.push(Finding {
            code,
            url: target.call.url.clone(),
            origin: stranger.origin.clone(),
            message: message(&stranger, what, &evidence),
            fix: fix(&stranger, page),
            browsers,
            evidence,
        });
        // A server that allows any site allows all the others.
        if stranger.who == Who::AnySite {
            break;
        }
    }
    findings
}

type Allowed = (Vec<Rules>, Vec<Exchange>);

/// The browsers that allow a stranger this, and the answer. `None` if the stranger gets no answer.
fn allowed(target: &Target<'_>, stranger: &Stranger, what: What, transport: &mut dyn Transport) -> Option<Allowed> {
    let (mut browsers, mut evidence) = (Vec::new(), Vec::new());
    match what {
        What::ReadsWithCredentials | What::Reads => {
            let credentials = if what == What::Reads { CredentialsMode::Omit } else { CredentialsMode::Include };
            for (browser, visit) in every_visit(&stranger.origin, &simple(&target.call.url, credentials), transport) {
                let last = visit.exchanges.last().map(|exchange| &exchange.answer);
                // A server sends `*` to allow everybody.
                let by_wildcard = last.and_then(|answer| answer.text(ALLOW_ORIGIN)).is_some_and(|value| value == "*");
                if visit.is_readable() && !(what == What::Reads && by_wildcard) {
                    browsers.push(browser);
                    evidence = visit.exchanges;
                }
            }
        }
        What::SendsWithCredentials => {
            let mut preflights = PreflightsAlone::new(transport);
            for (browser, visit) in every_visit(&stranger.origin, &preflighted(target.call), &mut preflights) {
                // The preflight passed, and the request was not sent.
                if let End::NoAnswer(Kind::Request, _) = visit.end {
                    browsers.push(browser);
                    evidence = visit.exchanges;
                }
            }
        }
    }
    (!browsers.is_empty()).then_some((browsers, evidence))
}

const ALLOW_ORIGIN: &str = "access-control-allow-origin";

/// The call for which to send a preflight with credentials: the page's own if it needs a preflight, or a typical one.
pub(super) fn preflighted(call: &Call) -> Call {
    let is_simple = matches!(call.method.to_ascii_uppercase().as_str(), "GET" | "HEAD" | "POST");
    let json = || vec![("content-type".to_owned(), b"application/json".to_vec())];
    Call {
        url: call.url.clone(),
        method: if is_simple { "PUT".into() } else { call.method.clone() },
        headers: if call.headers.is_empty() { json() } else { call.headers.clone() },
        credentials: CredentialsMode::Include,
        body: None,
    }
}

/// Sends preflights, and no request that may change something.
pub(super) struct PreflightsAlone<'t>(&'t mut dyn Transport);

impl<'t> PreflightsAlone<'t> {
    pub(super) fn new(transport: &'t mut dyn Transport) -> Self {
        PreflightsAlone(transport)
    }
}

impl Transport for PreflightsAlone<'_> {
    fn send(&mut self, ask: &Ask) -> Result<Answer, NoAnswer> {
        if ask.kind == Kind::Preflight {
            self.0.send(ask)
        } else {
            Err(NoAnswer { reason: "a probe does not send it".into() })
        }
    }

    fn has_credentials(&self) -> bool {
        self.0.has_credentials()
    }

    fn now(&self) -> core::time::Duration {
        self.0.now()
    }
}

fn message(stranger: &Stranger, what: What, evidence: &[Exchange]) -> String {
    let Stranger { origin, what: kind, .. } = stranger;
    let answered = evidence.last().and_then(|exchange| exchange.answer.text(ALLOW_ORIGIN)).unwrap_or_default();
    let does = match what {
        What::ReadsWithCredentials => "reads responses, and the user's credentials go along",
        What::SendsWithCredentials => "passes the preflight, so its request is sent with the user's credentials",
        What::Reads => "reads responses, without credentials",
    };
    format!("`{origin}`, {kind}, {does}: the answer allows `{answered}`")
}

fn fix(stranger: &Stranger, page: &str) -> String {
    match stranger.who {
        Who::AnySite => format!(
            "Compare the whole `Origin` with a list of those that may read, as `{page}`, and send no \
             `Access-Control-Allow-Origin` to others. For data that anybody may read, answer `*` without \
             `Access-Control-Allow-Credentials`."
        ),
        Who::Null => "Take `null` off the list: sandboxed frames and files of any site have that origin.".into(),
        Who::HttpPage => format!("Allow `{page}` alone, and not the same host over `http`."),
        Who::Lookalike => format!(
            "Compare the whole `Origin` with `{page}`, as text. An expression needs `^` and `$` at its ends, and `\\.` \
             for each dot."
        ),
        Who::Subdomain => format!(
            "List the subdomains that need to read. If each of them may, pass their pattern to `--allow`, as \
             `--allow '{}'`.",
            wildcard(page)
        ),
    }
}

/// The pattern for the subdomains of a page's domain.
fn wildcard(page: &str) -> String {
    let Some((scheme, host)) = page.split_once("://") else { return page.into() };
    let (host, port) = host.split_at(host.rfind(':').unwrap_or(host.len()));
    format!("{scheme}://*.{}{port}", registrable_domain(host).unwrap_or(host))
}
