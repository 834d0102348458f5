//! Fetches in browsers: the requests sent, their number, and the verdict.

use core::time::Duration;

use fetch_cors::browser::request::CredentialsMode;

use super::{Fake, PAGE, URL, head, origin};
use crate::check::{
    plan::{Call, Check, Expectation},
    transport::{Ask, Credentials, Kind},
    verdict::{Outcome, Verdict, check},
    visit::{Browser, End},
};

fn of(call: Call, expectation: Expectation) -> Check {
    Check { name: None, origin: PAGE.into(), call, expectation, place: None }
}

fn delete() -> Call {
    Call { method: "DELETE".into(), ..Call::get(URL) }
}

/// A server that allows the page everything that the tests ask for, with this max-age.
fn allowing(max_age: &'static str) -> impl Fn(&Ask) -> Option<crate::check::transport::Answer> {
    move |ask| {
        let page = origin(ask)?;
        let allowed = format!("access-control-allow-origin: {page}");
        Some(head(200, &[&allowed, "access-control-allow-methods: DELETE", max_age]))
    }
}

#[test]
fn browsers_that_send_equal_requests_share_one_exchange() {
    let mut server = Fake::new(allowing("access-control-max-age: 600"));
    let checked = check(&of(delete(), Expectation::Readable), &mut Browser::all(), &mut server).unwrap();
    assert_eq!((checked.verdict(), checked.outcome()), (Verdict::Readable, Outcome::Met));
    let sent: Vec<_> = server.asked.iter().map(|ask| ask.method.as_str()).collect();
    assert_eq!(sent, ["OPTIONS", "DELETE"]);
}

#[test]
fn preflight_is_sent_again_only_after_max_age() {
    let mut server = Fake::new(allowing("access-control-max-age: 60"));
    let mut browsers = Browser::all();
    let mut sent = Vec::new();
    for seconds in [0, 30, 61] {
        server.now = Duration::from_secs(seconds);
        let checked = check(&of(delete(), Expectation::Readable), &mut browsers, &mut server).unwrap();
        assert_eq!(checked.verdict(), Verdict::Readable);
        assert_eq!(checked.standard.saved_preflights.is_empty(), seconds != 30);
        sent.push(server.asked.drain(..).map(|ask| ask.method).collect::<Vec<_>>());
    }
    assert_eq!(sent, [vec!["OPTIONS", "DELETE"], vec!["DELETE"], vec!["OPTIONS", "DELETE"]]);
}

#[test]
fn refused_visit_reports_reason_and_fix() {
    let mut server =
        Fake::new(|ask: &Ask| Some(head(200, &[&format!("access-control-allow-origin: {}", origin(ask)?)])));
    let checked = check(&of(delete(), Expectation::Refused), &mut Browser::all(), &mut server).unwrap();
    assert_eq!((checked.verdict(), checked.outcome()), (Verdict::Refused, Outcome::Met));
    let End::Refused(refusal) = &checked.standard.end else { panic!() };
    assert_eq!(refusal.code, "method-not-allowed");
    assert_eq!(refusal.fixes, ["Access-Control-Allow-Methods: DELETE"]);
    let failed = check(&of(delete(), Expectation::Readable), &mut Browser::all(), &mut server).unwrap();
    assert_eq!(failed.outcome(), Outcome::Failed);
}

#[test]
fn redirect_between_origins_sends_origin_null() {
    let mut server = Fake::new(|ask: &Ask| {
        let allowed = format!("access-control-allow-origin: {}", origin(ask)?);
        Some(if ask.url == URL {
            head(307, &[&allowed, "location: https://other.example.net/"])
        } else {
            head(200, &[&allowed])
        })
    });
    let checked = check(&of(Call::get(URL), Expectation::Readable), &mut Browser::all(), &mut server).unwrap();
    assert_eq!(checked.verdict(), Verdict::Readable);
    let sent: Vec<_> = server.asked.iter().map(|ask| (ask.url.as_str(), origin(ask).unwrap())).collect();
    assert_eq!(sent, [(URL, PAGE.into()), ("https://other.example.net/", "null".into())]);
}

#[test]
fn visit_without_an_answer_is_neither_readable_nor_refused() {
    for expectation in [Expectation::Readable, Expectation::Refused] {
        let checked = check(&of(delete(), expectation), &mut Browser::all(), &mut Fake::new(|_| None)).unwrap();
        assert_eq!((checked.verdict(), checked.outcome()), (Verdict::NoAnswer, Outcome::NoAnswer));
    }
}

#[test]
fn mixed_content_is_refused_and_nothing_is_sent() {
    let mut server = Fake::new(|_| Some(head(200, &["access-control-allow-origin: *"])));
    let call = Call::get("http://api.example.org/");
    let checked = check(&of(call, Expectation::Refused), &mut Browser::all(), &mut server).unwrap();
    assert_eq!((checked.outcome(), server.asked.len()), (Outcome::Met, 0));
}

#[test]
fn cookies_are_sent_with_the_request_in_mode_include_and_never_with_the_preflight() {
    let mut server = Fake::new(allowing("access-control-allow-credentials: true"));
    let call = Call { credentials: CredentialsMode::Include, ..delete() };
    check(&of(call, Expectation::Readable), &mut Browser::all(), &mut server).unwrap();
    let sent: Vec<_> = server.asked.iter().map(|ask| (ask.kind, ask.credentials)).collect();
    assert_eq!(sent, [(Kind::Preflight, Credentials::Left), (Kind::Request, Credentials::Included)]);
}

#[test]
fn requests_have_sec_fetch_site_of_the_page_and_url() {
    let mut server = Fake::new(allowing("access-control-max-age: 60"));
    for (page, url, site) in [
        ("https://app.example.com", "https://api.example.com/", "same-site"),
        ("https://app.example.com", "https://api.example.org/", "cross-site"),
        ("https://app.github.io", "https://api.github.io/", "cross-site"),
        ("null", "https://api.example.com/", "cross-site"),
    ] {
        let check_it = Check { origin: page.into(), ..of(Call::get(url), Expectation::Readable) };
        check(&check_it, &mut Browser::all(), &mut server).unwrap();
        let last = server.asked.last().unwrap();
        let value = |name: &str| last.headers.iter().find(|(own, _)| own == name).map(|(_, value)| &**value);
        assert_eq!(value("sec-fetch-site"), Some(site.as_bytes()), "{page} {url}");
        let referrer = (page != "null").then(|| format!("{page}/"));
        assert_eq!(value("referer"), referrer.as_deref().map(str::as_bytes));
    }
}

#[test]
fn call_that_throws_in_a_browser_is_an_error() {
    let trace = Call { method: "TRACE".into(), ..Call::get(URL) };
    let error = check(&of(trace, Expectation::Readable), &mut Browser::all(), &mut Fake::new(|_| None)).unwrap_err();
    assert!(error.contains("TRACE"), "{error}");
    assert!(crate::check::visit::validate("https://app.example/", &Call::get(URL)).unwrap_err().contains("origin"));
    assert!(crate::check::visit::validate(PAGE, &Call::get("file:///x")).unwrap_err().contains("http"));
}
