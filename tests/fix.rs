//! A fix makes a response pass, and no part of the fix does. The first failure of an explanation is that of the driver.
#![cfg(all(feature = "browser", feature = "std"))]
#![allow(clippy::expect_used, clippy::panic, reason = "a test may fail")]

use core::time::Duration;

use fetch_cors::{
    browser::{
        Action, Environment, Explanation, NoCache, Outcome, Profile, Request, RequestInit, Response, Url,
        explain::{Change, PageChange},
        fetch,
        request::{BodyInit, CredentialsMode, Duplex, RedirectMode},
        response::Status,
    },
    header::Headers,
    origin::Origin,
};
use proptest::{collection::vec, prelude::*, sample::select};

type Lines = Vec<(&'static str, String)>;

const NAMES: [&str; 9] = [
    "Access-Control-Allow-Origin",
    "Access-Control-Allow-Credentials",
    "Access-Control-Allow-Methods",
    "Access-Control-Allow-Headers",
    "Access-Control-Max-Age",
    "Location",
    "Vary",
    "Content-Length",
    "Content-Disposition",
];

const VALUES: [&str; 24] = [
    "*",
    "https://app.example",
    "https://app.example/",
    "http://app.example",
    "https://app.example:443",
    "null",
    "true",
    "True",
    "",
    "PUT",
    "put, DELETE",
    "PATCH",
    "patch,",
    "x-a",
    "X-A, X-B",
    "x-a x-b",
    "\"x-a\"",
    "authorization",
    "*, Content-Type",
    "Authorization, *, x-b",
    "https://user@other.example/",
    "/elsewhere",
    "7, 8",
    "inline",
];

/// The headers of one response.
#[derive(Clone, Debug)]
struct Answer {
    status: u16,
    lines: Lines,
}

impl Answer {
    fn with_response<T>(&self, use_it: impl FnOnce(&Response<'_>) -> T) -> T {
        let pairs: Vec<(&str, &[u8])> = self.lines.iter().map(|(name, value)| (*name, value.as_bytes())).collect();
        use_it(&Response::new(self.status, Headers::from_pairs(&pairs)).expect("statuses have three digits"))
    }

    fn changed<'a>(&self, changes: impl IntoIterator<Item = &'a Written>) -> Answer {
        let mut answer = self.clone();
        for Written { status, header, without_nul } in changes {
            answer.status = status.unwrap_or(answer.status);
            if *without_nul {
                answer.lines.iter_mut().for_each(|(_, value)| value.retain(|character| character != '\0'));
            }
            if let Some((name, value)) = header {
                answer.lines.retain(|(own, _)| own != name);
                answer.lines.extend(value.clone().map(|value| (*name, value)));
            }
        }
        answer
    }
}

/// A change, written as text.
struct Written {
    status: Option<u16>,
    header: Option<(&'static str, Option<String>)>,
    without_nul: bool,
}

impl From<Change<'_>> for Written {
    fn from(change: Change<'_>) -> Self {
        let value = match &change {
            Change::Set(_, value) => Some(value.to_string()),
            _ => None,
        };
        let name = change.header_name().map(|name| {
            *NAMES.iter().find(|own| own.eq_ignore_ascii_case(name.as_str())).expect("the header is one of these")
        });
        let without_nul = matches!(change, Change::WithoutNul);
        Written { status: change.status().map(Status::as_u16), header: name.map(|name| (name, value)), without_nul }
    }
}

#[derive(Clone, Debug)]
struct Call {
    method: &'static str,
    headers: Lines,
    body: Option<BodyInit<'static>>,
    credentials: CredentialsMode,
    redirect: RedirectMode,
    origin: &'static str,
}

impl Call {
    fn with_request<T>(&self, use_it: impl FnOnce(Request<'_>) -> T) -> T {
        let pairs: Vec<(&str, &[u8])> = self.headers.iter().map(|(name, value)| (*name, value.as_bytes())).collect();
        let init = RequestInit {
            method: self.method,
            headers: Headers::from_pairs(&pairs),
            body: self.body.filter(|_| !matches!(self.method, "GET" | "HEAD")),
            credentials: self.credentials,
            redirect: self.redirect,
            duplex: Some(Duplex::Half),
            ..RequestInit::default()
        };
        let origin = Origin::parse(self.origin).expect("an origin");
        let url = Url::new("https://api.example/items").expect("a URL");
        use_it(init.request(url, origin).expect("`fetch()` does not throw"))
    }
}

fn calls() -> impl Strategy<Value = Call> {
    let header = (
        select(vec!["X-A", "x-b", "Authorization", "Content-Type", "Accept"]),
        select(vec!["1", "text/plain", "application/json"]),
    );
    (
        select(vec!["GET", "POST", "PUT", "patch", "PATCH"]),
        vec(header.prop_map(|(name, value)| (name, value.to_owned())), 0..4),
        select(vec![None, Some(BodyInit::Text), Some(BodyInit::Stream)]),
        select(vec![CredentialsMode::Include, CredentialsMode::SameOrigin, CredentialsMode::Omit]),
        select(vec![RedirectMode::Follow, RedirectMode::Error, RedirectMode::Manual]),
        select(vec!["https://app.example", "null"]),
    )
        .prop_map(|(method, headers, body, credentials, redirect, origin)| Call {
            method,
            headers,
            body,
            credentials,
            redirect,
            origin,
        })
}

fn answers() -> impl Strategy<Value = Answer> {
    let line = (select(NAMES.to_vec()), select(VALUES.to_vec())).prop_map(|(name, value)| (name, value.to_owned()));
    let nul = select(vec![None, None, None, Some(("X-A", "a\0b".to_owned()))]);
    (select(vec![200, 204, 301, 308, 304, 401, 404, 407, 500]), vec(line, 0..7), nul)
        .prop_map(|(status, lines, nul)| Answer { status, lines: lines.into_iter().chain(nul).collect() })
}

fn profiles() -> impl Strategy<Value = Profile> {
    select(vec![Profile::FETCH, Profile::CHROMIUM, Profile::FIREFOX])
}

/// Checks that the fix works for one response. `passes` returns whether a response passes.
fn check_fix(answer: &Answer, fix: &[Written], passes: impl Fn(&Answer) -> bool) {
    assert!(passes(&answer.changed(fix)), "the whole fix works");
    for subset in 0..(1_u32 << fix.len()) - 1 {
        let chosen = fix.iter().enumerate().filter(|(number, _)| subset >> number & 1 == 1).map(|(_, change)| change);
        assert!(!passes(&answer.changed(chosen)), "a part of the fix is enough");
    }
}

/// The first action of a fetch. If that is a preflight and `granted` is set, the action after it.
fn begin<'a>(request: Request<'a>, environment: Environment<'a>) -> Action<'a> {
    fetch(request, environment, &mut NoCache, Duration::ZERO).expect("the route is free")
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1024))]

    #[test]
    fn fix_of_a_preflight_passes_and_no_part_of_it_does(call in calls(), answer in answers(), profile in profiles()) {
        call.with_request(|request| {
            let environment = Environment::new(&profile);
            let Action::SendPreflight(awaiting) = begin(request, environment) else { return };
            let passes = |answer: &Answer| {
                answer.with_response(|response| awaiting.clone().on_response(response, &mut NoCache, Duration::ZERO).is_ok())
            };
            let fix: Vec<Written> = answer.with_response(|response| {
                let explanation = Explanation::of_preflight(awaiting.request(), response, environment);
                let first = awaiting.clone().on_response(response, &mut NoCache, Duration::ZERO).err();
                assert_eq!(explanation.failures().next(), first);
                assert_eq!(explanation.failures().count(), explanation.checks().filter(|it| it.verdict.is_err()).count());
                if explanation.page_changes().any(|(it, _)| it == PageChange::CredentialsMode(CredentialsMode::SameOrigin)) {
                    let other = request.with_credentials_mode(CredentialsMode::SameOrigin);
                    assert_eq!(Explanation::of_preflight(&other, response, environment).failures().count(), 0);
                }
                assert!(explanation.hints().count() < 30);
                explanation.fix().map(Written::from).collect()
            });
            check_fix(&answer, &fix, passes);
        });
    }

    #[test]
    fn fix_of_a_response_passes_and_no_part_of_it_does(call in calls(), answer in answers(), profile in profiles()) {
        let call = Call { method: "GET", headers: Vec::new(), ..call };
        call.with_request(|request| {
            let environment = Environment::new(&profile);
            let Action::SendRequest(awaiting) = begin(request, environment) else { panic!("it is simple") };
            let passes =
                |answer: &Answer| answer.with_response(|response| awaiting.clone().on_response(response, &mut NoCache).is_ok());
            let fix: Vec<Written> = answer.with_response(|response| {
                let explanation = Explanation::of_response(awaiting.request(), response, environment);
                let first = awaiting.clone().on_response(response, &mut NoCache).err();
                assert_eq!(explanation.failures().next(), first);
                assert!(explanation.hints().count() < 30);
                explanation.fix().map(Written::from).collect()
            });
            check_fix(&answer, &fix, passes);
        });
    }

    #[test]
    fn explanation_of_any_bytes_agrees_with_the_checks(
        method in "[!-~]{1,9}",
        status in 0_u16..=999,
        lines in vec((select(NAMES.to_vec()), vec(any::<u8>(), 0..40)), 0..6),
        profile in profiles(),
    ) {
        let pairs: Vec<(&str, &[u8])> = lines.iter().map(|(name, value)| (*name, value.as_slice())).collect();
        let response = Response::new(status, Headers::from_pairs(&pairs)).expect("it has three digits");
        let (origin, url) = (Origin::parse("https://app.example").expect("an origin"), Url::new("http://10.0.0.1/a").expect("a URL"));
        let init = RequestInit { method: &method, headers: Headers::from_pairs(&pairs), ..RequestInit::default() };
        let Ok(request) = init.request(url, origin) else { return Ok(()) };
        let environment = Environment::new(&profile);
        for explanation in [
            Explanation::of_request(&request, environment),
            Explanation::of_preflight(&request, &response, environment),
            Explanation::of_response(&request, &response, environment),
            Explanation::of_redirect(&request, &response, None, environment),
            Explanation::of_redirect(&request, &response, Some(url), environment),
        ] {
            let words = [
                explanation.failures().map(|it| it.to_string()).collect::<String>(),
                explanation.checks().map(|it| it.subject.to_string() + &it.step().to_string()).collect(),
                explanation.fix().map(|it| it.to_string()).collect(),
                explanation.page_changes().map(|(it, _)| it.to_string()).collect(),
                explanation.hints().map(|it| it.to_string()).collect(),
            ];
            prop_assert!(words.iter().all(|words| words.bytes().all(|byte| matches!(byte, b' '..=b'~') || !byte.is_ascii())));
        }
    }

    #[test]
    fn first_failure_of_an_explained_redirect_is_the_drivers(call in calls(), to in select(vec![
        "https://api.example/", "https://other.example/", "https://user@other.example/", "data:,", "http://user@app.example/",
    ])) {
        let call = Call { redirect: RedirectMode::Follow, headers: Vec::new(), ..call };
        call.with_request(|request| {
            let environment = Environment::new(&Profile::FETCH);
            let Action::SendRequest(awaiting) = begin(request, environment) else { return };
            let lines = vec![
                (NAMES[0], if request.credentials_mode() == CredentialsMode::Include { call.origin } else { "*" }.into()),
                (NAMES[1], "true".into()),
                (NAMES[5], to.into()),
            ];
            let answer = Answer { status: 307, lines };
            let url = Url::new(to).expect("a URL");
            let passes = |answer: &Answer| answer.with_response(|response| {
                match awaiting.clone().on_response(response, &mut NoCache) {
                    Ok(Outcome::Redirect(redirect)) => {
                        let location = core::str::from_utf8(redirect.location().single().unwrap()).expect("it was text");
                        let location = Url::new(location).expect("a URL");
                        redirect.follow(Some(location), &mut NoCache, Duration::ZERO).is_ok()
                    }
                    other => other.is_ok(),
                }
            });
            let fix: Vec<Written> = answer.with_response(|response| {
                let explanation = Explanation::of_redirect(awaiting.request(), response, Some(url), environment);
                assert_eq!(explanation.failures().next().is_none(), passes(&answer));
                explanation.fix().map(Written::from).collect()
            });
            check_fix(&answer, &fix, passes);
        });
    }
}
