//! What breaks the requests of a page that should be allowed.

use fetch_cors::browser::request::CredentialsMode;

use super::{
    Target,
    grants::{PreflightsAlone, preflighted},
    simple, visits,
};
use crate::check::{
    finding::{Code, Finding},
    transport::{Exchange, Kind, NoAnswer, Transport},
    visit::{End, Visit},
};
use crate::rules::Rules;

/// Headers that have one value. Two lines of one are joined to an invalid value.
const SINGLE: [&str; 3] = ["access-control-allow-origin", "access-control-allow-credentials", "access-control-max-age"];

/// The answers to a page.
struct Answered {
    /// Those to a simple request.
    simple: Vec<(Rules, Visit)>,
    /// Those to a preflight.
    preflight: Vec<(Rules, Visit)>,
    /// Those to a simple request for a URL that does not exist.
    error: Vec<(Rules, Visit)>,
}

pub fn findings(target: &Target<'_>, page: &str, transport: &mut dyn Transport) -> Result<Vec<Finding>, NoAnswer> {
    let credentials = target.call.credentials;
    let url = &target.call.url;
    let answered = Answered {
        simple: visits(page, &simple(url, credentials), transport)?,
        preflight: visits_of_preflights(page, target, transport)?,
        error: match missing(url, target.fresh) {
            Some(missing) => visits(page, &simple(&missing, credentials), transport)?,
            None => Vec::new(),
        },
    };
    let make = |code, message, fix: String, browsers, evidence| Finding {
        code,
        url: url.clone(),
        origin: page.to_owned(),
        message,
        fix,
        browsers,
        evidence,
    };
    let mut findings = Vec::new();
    if let Some((exchange, message)) = answered.wildcard(credentials) {
        let fix = format!(
            "Answer `Access-Control-Allow-Origin: {page}` and `Vary: Origin` for this page, or leave \
             `Access-Control-Allow-Credentials` out if no credentials are needed."
        );
        findings.push(make(
            Code::WildcardWithCredentials,
            message,
            fix,
            super::BROWSERS.to_vec(),
            vec![exchange.clone()],
        ));
    }
    for name in SINGLE {
        if let Some((exchange, values)) = answered.doubled(name) {
            let message = format!("`{name}` comes twice, as `{values}`, in the response to {}", exchange.ask);
            let fix = format!(
                "Set `{name}` in one place: take it out of the application, or have the server in front replace it \
                 rather than add it."
            );
            findings.push(make(Code::LineDoubled, message, fix, super::BROWSERS.to_vec(), vec![exchange.clone()]));
        }
    }
    if let Some((browsers, exchange)) = answered.login() {
        let message = format!(
            "{} is answered with {}: a preflight never has credentials, so it cannot log in",
            exchange.ask, exchange.answer.status
        );
        let fix = "Answer `OPTIONS` before the login is asked for: put CORS in front of it.".into();
        findings.push(make(Code::PreflightNeedsLogin, message, fix, browsers, vec![exchange]));
    }
    if let Some((browsers, exchange)) = answered.unreadable_error() {
        let message = format!(
            "the page reads {url}, and cannot read the {} of {}: a script sees a network error",
            exchange.answer.status, exchange.ask.url
        );
        let fix = "Send the CORS headers with every status: `always` in nginx and apache2, and a layer outside of \
                   the error handler in an application."
            .into();
        findings.push(make(Code::ErrorUnreadable, message, fix, browsers, vec![exchange]));
    }
    Ok(findings)
}

/// What each browser makes of the preflight for a page's request. The request itself is not sent.
fn visits_of_preflights(
    page: &str,
    target: &Target<'_>,
    transport: &mut dyn Transport,
) -> Result<Vec<(Rules, Visit)>, NoAnswer> {
    let mut preflights = PreflightsAlone::new(transport);
    super::every_visit(page, &preflighted(target.call), &mut preflights)
        .into_iter()
        .map(|(browser, visit)| match visit.end {
            End::NoAnswer(Kind::Preflight, error) => Err(error),
            _ => Ok((browser, visit)),
        })
        .collect()
}

impl Answered {
    fn exchanges(&self) -> impl Iterator<Item = &Exchange> {
        let visits = self.simple.iter().chain(&self.preflight).chain(&self.error);
        visits.flat_map(|(_, visit)| &visit.exchanges)
    }

    /// An answer of `*` to a request with credentials.
    fn wildcard(&self, credentials: CredentialsMode) -> Option<(&Exchange, String)> {
        let exchange = self.exchanges().find(|exchange| {
            let text = |name| exchange.answer.text(name);
            let contradicts = text("access-control-allow-credentials").is_some_and(|value| value == "true");
            let wanted = contradicts || credentials == CredentialsMode::Include;
            wanted && text("access-control-allow-origin").is_some_and(|value| value == "*")
        })?;
        let message = format!(
            "{} is answered with `*`, which no browser accepts for a request with credentials: nobody reads it so",
            exchange.ask
        );
        Some((exchange, message))
    }

    /// An answer in which this header has more than one line.
    fn doubled(&self, name: &str) -> Option<(&Exchange, String)> {
        let exchange = self.exchanges().find(|exchange| exchange.answer.lines(name).nth(1).is_some())?;
        Some((exchange, exchange.answer.text(name).unwrap_or_default()))
    }

    /// An answer to the preflight that demands a login.
    fn login(&self) -> Option<(Vec<Rules>, Exchange)> {
        let asks = |visit: &Visit| {
            let answer = visit.exchanges.last().map(|exchange| &exchange.answer);
            let challenged = answer
                .is_some_and(|answer| matches!(answer.status, 401 | 407) || answer.text("www-authenticate").is_some());
            match &visit.end {
                End::Refused(refusal) => challenged || refusal.causes.contains(&"preflight-redirect-to-login"),
                End::Readable | End::NoAnswer(..) => false,
            }
        };
        of_visits(&self.preflight, asks)
    }

    /// An error response that the page cannot read, although it reads the answer to the URL itself.
    fn unreadable_error(&self) -> Option<(Vec<Rules>, Exchange)> {
        let is_error = |visit: &Visit| visit.exchanges.last().is_some_and(|exchange| exchange.answer.status >= 400);
        let reads = |browser: Rules| self.simple.iter().any(|(own, visit)| *own == browser && visit.is_readable());
        let unreadable: Vec<(Rules, Visit)> =
            self.error.iter().filter(|(browser, _)| reads(*browser)).cloned().collect();
        of_visits(&unreadable, |visit| is_error(visit) && matches!(visit.end, End::Refused(_)))
    }
}

/// The browsers of the visits that `is_it` selects, and the last exchange of one of them.
fn of_visits(visits: &[(Rules, Visit)], is_it: impl Fn(&Visit) -> bool) -> Option<(Vec<Rules>, Exchange)> {
    let those: Vec<_> = visits.iter().filter(|(_, visit)| is_it(visit)).collect();
    let exchange = those.first()?.1.exchanges.last()?.clone();
    Some((those.iter().map(|(browser, _)| *browser).collect(), exchange))
}

/// A URL below this one that should not exist on the server.
fn missing(url: &str, fresh: &str) -> Option<String> {
    let mut url = url::Url::parse(url).ok()?;
    let path = format!("{}/{fresh}", url.path().trim_end_matches('/'));
    url.set_path(&path);
    url.set_query(None);
    Some(url.into())
}
