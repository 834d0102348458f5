//! The layer's answers, read by a browser.

use core::time::Duration;

use fetch_cors::{
    browser::{
        Action, Environment, GrowingPreflightCache, Outcome, Profile, RequestInit, Response as BrowserResponse, Url,
        fetch, request::CredentialsMode,
    },
    header::{HeaderName, Headers},
    origin::Origin,
};
use http::{HeaderValue, Request, Response};

use crate::{Application, POLICY, respond};

/// A request as a browser sends it, answered by the application behind the policy.
fn exchange<'h>(
    application: &Application,
    method: &str,
    headers: impl Iterator<Item = (HeaderName<'h>, String)>,
) -> Response<&'static str> {
    let mut request = Request::new(());
    *request.method_mut() = method.parse().unwrap();
    for (name, value) in headers {
        let name = http::HeaderName::from_bytes(name.as_str().as_bytes()).unwrap();
        request.headers_mut().append(name, HeaderValue::try_from(value).unwrap());
    }
    respond(&POLICY, application, request)
}

fn head<B>(response: &Response<B>) -> BrowserResponse<'_> {
    BrowserResponse::new(response.status().as_u16(), Headers::from(response.headers())).unwrap()
}

/// The status and the names of the headers that a page can read, or why it can read nothing.
fn visit(page: &str, init: RequestInit<'_>, application: &Application) -> Result<(u16, Vec<String>), String> {
    let request = init.request(Url::new("https://api.example/items").unwrap(), Origin::parse(page).unwrap()).unwrap();
    let (mut cache, now) = (GrowingPreflightCache::new(), Duration::ZERO);
    let reported = |error: fetch_cors::browser::NetworkError<'_>| error.reason.to_string();
    let preflight;
    let awaiting = match fetch(request, Environment::new(&Profile::FETCH), &mut cache, now).map_err(reported)? {
        Action::SendPreflight(awaiting) => {
            let headers = awaiting.preflight().headers().map(|(name, value)| (name, value.to_string()));
            preflight = exchange(application, "OPTIONS", headers);
            awaiting.on_response(&head(&preflight), &mut cache, now).map_err(reported)?
        }
        Action::SendRequest(awaiting) | Action::FetchScheme(_, awaiting) => awaiting,
    };
    let outgoing = awaiting.outgoing();
    let headers = outgoing.headers.iter().map(|header| (header.name, header.value.to_string()));
    let response = exchange(application, outgoing.method.as_str(), headers);
    match awaiting.on_response(&head(&response), &mut cache).map_err(reported)? {
        Outcome::Response(filtered) => {
            let mut names: Vec<String> = filtered.headers().map(|header| header.name.to_string()).collect();
            names.sort();
            Ok((filtered.status(), names))
        }
        Outcome::Redirect(_) => panic!("nothing is redirected"),
    }
}

#[test]
fn a_page_reads_exactly_what_the_policy_grants() {
    let application = Application::new(404, &[("etag", "1"), ("x-secret", "2"), ("access-control-allow-origin", "*")]);
    let json: [(&str, &[u8]); 2] = [("Content-Type", b"application/json"), ("Authorization", b"Bearer t")];
    let put = || RequestInit {
        method: "PUT",
        headers: Headers::from_pairs(&json),
        credentials: CredentialsMode::Include,
        ..RequestInit::default()
    };
    let get = RequestInit::default;
    let read = Ok((404, vec!["etag".to_string()]));
    for page in ["https://eu.app.example", "http://localhost:3000"] {
        assert_eq!(visit(page, get(), &application), read);
        assert_eq!(application.calls(), 1);
        assert_eq!(visit(page, put(), &application), read);
        assert_eq!(application.calls(), 2);
        assert_eq!(
            visit(page, RequestInit { method: "PATCH", ..get() }, &application).unwrap_err(),
            "`Access-Control-Allow-Methods` does not allow `PATCH`"
        );
        let named: [(&str, &[u8]); 1] = [("X-Other", b"1")];
        let other = RequestInit { headers: Headers::from_pairs(&named), ..get() };
        assert_eq!(
            visit(page, other, &application).unwrap_err(),
            "`Access-Control-Allow-Headers` does not allow `x-other`"
        );
        assert_eq!(application.calls(), 2, "what a preflight forbids is not sent");
        application.reset();
    }
    assert!(visit("https://evil.example", get(), &application).is_err());
    assert_eq!(application.calls(), 1);
    assert!(visit("https://evil.example", put(), &application).is_err());
    assert_eq!(application.calls(), 1);
}
