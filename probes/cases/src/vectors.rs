//! `routes.json`, `preflight-responses.json`, `cors-check.json` and `origins.json`.

use fetch_cors::{
    browser::{
        Profile, Request, Response, Url, cors_check,
        preflight::check_preflight,
        request::{CredentialsMode, UseCorsPreflightFlag},
        route::route,
    },
    header::Headers,
    origin::Origin,
    spec::Step,
};

use crate::{
    Report, Text,
    asked::{Asked, redirect_taint},
};

type Pairs = &'static [(&'static str, &'static [u8])];

struct Route {
    id: &'static str,
    asked: Asked,
    route: Option<&'static str>,
    error: Option<&'static str>,
    flag: bool,
    method: bool,
    names: &'static str,
}

struct PreflightResponse {
    id: &'static str,
    asked: Asked,
    status: u16,
    headers: Pairs,
    error: Option<&'static str>,
}

struct CorsCheck {
    id: &'static str,
    origin: &'static str,
    credentials: &'static str,
    redirect_taint: &'static str,
    headers: Pairs,
    failed_step: Option<&'static str>,
}

struct OriginCase {
    id: &'static str,
    text: &'static str,
    bytes: &'static [u8],
    origin_header: bool,
    url_origin: bool,
}

include!(concat!(env!("OUT_DIR"), "/tables.rs"));

pub(crate) fn run(report: &mut Report<'_>) {
    for case in ROUTES {
        let found = match case.asked.request() {
            Some(request) => routed(case, &request),
            None => "no request",
        };
        report.expect("routes.json", case.id, found, case.route.unwrap_or("as expected"));
    }
    for case in PREFLIGHT_RESPONSES {
        let as_expected = case.asked.request().is_some_and(|request| {
            let Ok(response) = Response::new(case.status, Headers::from_pairs(case.headers)) else { return false };
            match check_preflight(&request, &response, &Profile::FETCH) {
                Ok(_) => case.error.is_none(),
                Err(error) => case.error.is_some_and(|expected| is_step(error.step(), expected)),
            }
        });
        report.expect("preflight-responses.json", case.id, as_expected, true);
    }
    for case in CORS_CHECKS {
        report.expect("cors-check.json", case.id, cors_checked(case), Some(true));
    }
    for case in ORIGINS {
        let parsed = Origin::parse(case.text);
        let found = (Origin::from_header(case.bytes).is_ok(), parsed.is_ok());
        report.expect("origins.json", case.id, found, (case.origin_header, case.url_origin));
        if let Ok(origin) = parsed {
            report.expect("origins.json", case.id, Text::<512>::of(&origin).as_str(), case.text);
        }
    }
}

fn routed(case: &Route, request: &Request<'static>) -> &'static str {
    match (route(request, &Profile::FETCH), case.error) {
        (Err(error), Some(expected)) if is_step(error.step(), expected) => "as expected",
        (Err(_), _) => "error",
        (Ok(fetch_cors::browser::route::Route::Basic), _) => "basic",
        (Ok(fetch_cors::browser::route::Route::Opaque), _) => "opaque",
        (Ok(fetch_cors::browser::route::Route::Cors), _) => "cors",
        (Ok(fetch_cors::browser::route::Route::CorsWithPreflight(reasons)), _) => {
            let flag = reasons.flag != UseCorsPreflightFlag::Unset;
            let names = Text::<256>::of(&reasons.headers);
            if (flag, reasons.method.is_some(), names.as_str()) == (case.flag, case.method, case.names) {
                "cors-with-preflight"
            } else {
                "cors-with-preflight for other reasons"
            }
        }
    }
}

/// Whether the check fails as the case expects; `None` if the case cannot be read.
fn cors_checked(case: &CorsCheck) -> Option<bool> {
    let request = Request::new(Url::new("https://api.example/").ok()?, Origin::parse(case.origin).ok()?)
        .with_credentials_mode(CredentialsMode::from_word(case.credentials)?)
        .with_redirect_taint(redirect_taint(case.redirect_taint)?);
    let response = Response::new(200, Headers::from_pairs(case.headers)).ok()?;
    Some(match (cors_check(&request, &response, &Profile::FETCH), case.failed_step) {
        (Err(error), Some(expected)) => is_number(error.step(), expected),
        (found, expected) => found.is_err() == expected.is_some(),
    })
}

/// Whether `step` is the one of the case's anchor and number.
fn is_step(step: Step, expected: &str) -> bool {
    let anchor = step.algorithm.link().split_once('#').map(|(_, anchor)| anchor);
    expected.split_once(':').is_some_and(|(of, number)| Some(of) == anchor && is_number(step, number))
}

/// Compares without sub-steps and switches. A step that the library takes together with others matches each of them.
fn is_number(step: Step, expected: &str) -> bool {
    step.number
        .split('–')
        .any(|number| number.strip_prefix(expected).is_some_and(|rest| rest.is_empty() || rest.starts_with(", ")))
}
