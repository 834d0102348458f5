//! Pages in three browsers fetch from the middleware.

use core::time::Duration;

use actix_web::{
    App, Error,
    body::MessageBody,
    dev::{Service, ServiceResponse},
    http::Method,
    test, web,
};
use fetch_cors::{
    browser::{
        Action, Environment, GrowingPreflightCache, Outcome, Profile, RequestInit, Response, Url, fetch,
        request::CredentialsMode,
    },
    header::Headers,
    origin::Origin,
};
use fetch_cors_actix::Cors;

use super::{POLICY, application, behind};

type Line = (String, Vec<u8>);

/// The status and the lines of the response to a request. An error of the application becomes its response.
async fn send<S, B>(app: &S, method: &str, path: &str, lines: Vec<Line>) -> (u16, Vec<Line>)
where
    S: Service<actix_http::Request, Response = ServiceResponse<B>, Error = Error>,
    B: MessageBody,
{
    let method = Method::from_bytes(method.as_bytes()).unwrap();
    let request = test::TestRequest::default().method(method).uri(path);
    let request = lines.into_iter().fold(request, |request, line| request.append_header((line.0, line.1)));
    let own = |map: &actix_web::http::header::HeaderMap| -> Vec<Line> {
        map.iter().map(|(name, value)| (name.as_str().to_owned(), value.as_bytes().to_vec())).collect()
    };
    match app.call(request.to_request()).await {
        Ok(response) => (response.status().as_u16(), own(response.headers())),
        Err(error) => {
            let response = error.error_response();
            (response.status().as_u16(), own(response.headers()))
        }
    }
}

fn pairs(lines: &[Line]) -> Vec<(&str, &[u8])> {
    lines.iter().map(|(name, value)| (name.as_str(), &value[..])).collect()
}

/// The status, and the names of the headers that a page can read; `None` if the fetch fails.
async fn visit<S, B>(
    app: &S,
    profile: &'static Profile,
    page: &str,
    path: &str,
    init: RequestInit<'_>,
) -> Option<(u16, Vec<String>)>
where
    S: Service<actix_http::Request, Response = ServiceResponse<B>, Error = Error>,
    B: MessageBody,
{
    let url = format!("https://api.example{path}");
    let request = init.request(Url::new(&url).unwrap(), Origin::parse(page).unwrap()).unwrap();
    let (mut cache, now) = (GrowingPreflightCache::new(), Duration::ZERO);
    let awaiting = match fetch(request, Environment::new(profile), &mut cache, now).ok()? {
        Action::SendPreflight(awaiting) => {
            let headers = awaiting.preflight().headers();
            let headers = headers.map(|(name, value)| (name.to_string(), value.to_string().into_bytes())).collect();
            let (status, lines) = send(app, "OPTIONS", path, headers).await;
            let pairs = pairs(&lines);
            let response = Response::new(status, Headers::from_pairs(&pairs)).unwrap();
            awaiting.on_response(&response, &mut cache, now).ok()?
        }
        Action::SendRequest(awaiting) | Action::FetchScheme(_, awaiting) => awaiting,
    };
    let outgoing = awaiting.outgoing();
    let headers = outgoing.headers.iter().map(|header| (header.name.to_string(), header.value.bytes().collect()));
    let (status, lines) = send(app, outgoing.method.as_str(), path, headers.collect()).await;
    let pairs = pairs(&lines);
    let response = Response::new(status, Headers::from_pairs(&pairs)).unwrap();
    match awaiting.on_response(&response, &mut cache).ok()? {
        Outcome::Response(response) => {
            Some((response.status(), response.headers().map(|header| header.name.to_string()).collect()))
        }
        Outcome::Redirect(_) => None,
    }
}

#[actix_web::test]
async fn a_page_reads_exactly_what_the_policy_grants() {
    let app = behind!(Cors::new(&POLICY));
    let json: [(&str, &[u8]); 2] = [("Content-Type", b"application/json"), ("Authorization", b"Bearer t")];
    let get = || RequestInit { credentials: CredentialsMode::Include, ..RequestInit::default() };
    let put = || RequestInit { method: "PUT", headers: Headers::from_pairs(&json), ..get() };
    let named: [(&str, &[u8]); 1] = [("X-Other", b"1")];
    let read = |status| Some((status, vec!["etag".to_owned()]));
    for profile in [&Profile::CHROMIUM, &Profile::FIREFOX, &Profile::WEBKIT] {
        for (page, is_allowed) in [("https://eu.app.example", true), ("https://evil.example", false)] {
            let expect = |read: Option<(u16, Vec<String>)>| read.filter(|_| is_allowed);
            assert_eq!(visit(&app, profile, page, "/items", get()).await, expect(read(200)));
            assert_eq!(visit(&app, profile, page, "/items", put()).await, expect(read(200)));
            assert_eq!(visit(&app, profile, page, "/own", get()).await, expect(read(200)));
            assert_eq!(visit(&app, profile, page, "/nowhere", put()).await, expect(Some((404, Vec::new()))));
            let failed = visit(&app, profile, page, "/fails", get()).await;
            assert_eq!(failed, expect(Some((418, vec!["content-type".to_owned()]))));
            let patch = RequestInit { method: "PATCH", ..get() };
            assert_eq!(visit(&app, profile, page, "/items", patch).await, None);
            let other = RequestInit { headers: Headers::from_pairs(&named), ..get() };
            assert_eq!(visit(&app, profile, page, "/items", other).await, None);
        }
    }
}
