//! The middleware in actix-web's test harness.
#![allow(clippy::unwrap_used, missing_docs)]

mod browser;

use core::{future::pending, time::Duration};
use std::sync::{Arc, Mutex};

use actix_web::{
    App, Error, HttpRequest, HttpResponse,
    body::MessageBody,
    dev::{RequestHead, Service, ServiceResponse},
    error,
    http::{Method, StatusCode, header::HeaderMap},
    middleware::from_fn,
    test, web,
};
use fetch_cors::server::{
    Enforcement, OriginAnswer, OriginPattern, Policy, PolicyConfig, ReloadablePolicy, Upstream, UpstreamExposed,
};
use fetch_cors_actix::{Cors, RefusedRequest};

const APP: &str = "https://eu.app.example";
const EVIL: &str = "https://evil.example";
const ASKS: (&str, &str) = ("access-control-request-method", "PUT");

pub(crate) static POLICY: Policy<'static> = Policy::builder(&[OriginPattern::new("https://*.app.example")])
    .methods("PUT, DELETE")
    .request_headers("authorization, content-type")
    .exposed_headers("etag")
    .credentials()
    .max_age_seconds(600)
    .build_or_panic();

/// The application's response for each path.
pub(crate) async fn application(request: HttpRequest) -> Result<HttpResponse, Error> {
    let mut response = HttpResponse::Ok();
    response.append_header(("x-application", "1")).append_header(("etag", "1"));
    match request.path() {
        "/items" => Ok(response.finish()),
        "/own" => {
            response.append_header(("access-control-allow-origin", "*"));
            response.append_header(("access-control-allow-origin", "https://old.example"));
            response.append_header(("access-control-expose-headers", "x-old"));
            response.append_header(("vary", "accept")).append_header(("vary", "cookie"));
            Ok(response.finish())
        }
        "/fails" => Err(error::ErrorImATeapot("no")),
        _ => Ok(HttpResponse::NotFound().finish()),
    }
}

/// An application behind the middleware, whose routes take only `GET` and `PUT`.
macro_rules! behind {
    ($cors:expr) => {
        test::init_service(
            App::new()
                .route("/items", web::get().to(application))
                .route("/items", web::put().to(application))
                .default_service(web::to(application))
                .wrap($cors),
        )
        .await
    };
}
pub(crate) use behind;

/// The lines of CORS headers and of `Vary`, sorted.
fn lines(map: &HeaderMap) -> Vec<String> {
    let ours = map.iter().filter(|(name, _)| name.as_str().starts_with("access-control-") || *name == "vary");
    let mut lines: Vec<_> = ours.map(|(name, value)| format!("{name}: {}", value.to_str().unwrap())).collect();
    lines.sort();
    lines
}

/// The status, those lines, and whether the response comes from the application.
async fn ask<S, B>(app: &S, method: &str, path: &str, headers: &[(&str, &str)]) -> (u16, Vec<String>, bool)
where
    S: Service<actix_http::Request, Response = ServiceResponse<B>, Error = Error>,
    B: MessageBody,
{
    let method = Method::from_bytes(method.as_bytes()).unwrap();
    let request = headers
        .iter()
        .fold(test::TestRequest::default().method(method).uri(path), |request, header| request.append_header(*header));
    // The server turns an error of the whole application into a response in this way.
    match app.call(request.to_request()).await {
        Ok(response) => {
            let headers = response.headers();
            (response.status().as_u16(), lines(headers), headers.contains_key("x-application"))
        }
        Err(error) => {
            let response = error.error_response();
            (response.status().as_u16(), lines(response.headers()), false)
        }
    }
}

const GRANTED: [&str; 4] = [
    "access-control-allow-credentials: true",
    "access-control-allow-origin: https://eu.app.example",
    "access-control-expose-headers: etag",
    "vary: origin",
];
const PREFLIGHT: [&str; 6] = [
    "access-control-allow-credentials: true",
    "access-control-allow-headers: authorization, content-type",
    "access-control-allow-methods: PUT, DELETE",
    "access-control-allow-origin: https://eu.app.example",
    "access-control-max-age: 600",
    "vary: origin",
];

#[actix_web::test]
async fn requests_and_preflights_are_answered_by_the_policy() {
    type Row =
        (&'static str, &'static str, &'static [(&'static str, &'static str)], u16, &'static [&'static str], bool);
    let app = behind!(Cors::new(&POLICY));
    let table: [Row; 14] = [
        ("OPTIONS", "/items", &[("origin", APP), ASKS], 204, &PREFLIGHT, false),
        ("OPTIONS", "/nowhere", &[("origin", APP), ASKS], 204, &PREFLIGHT, false),
        ("OPTIONS", "/items", &[("origin", EVIL), ASKS], 403, &["vary: origin"], false),
        ("GET", "/items", &[("origin", APP)], 200, &GRANTED, true),
        ("PUT", "/items", &[("origin", APP)], 200, &GRANTED, true),
        ("GET", "/items", &[("origin", EVIL)], 200, &["vary: origin"], true),
        ("GET", "/items", &[("origin", "null")], 200, &["vary: origin"], true),
        ("GET", "/items", &[("origin", APP), ("origin", APP)], 200, &["vary: origin"], true),
        ("GET", "/items", &[], 200, &["vary: origin"], true),
        ("GET", "/nowhere", &[("origin", APP)], 404, &GRANTED, false),
        ("GET", "/fails", &[("origin", APP)], 418, &GRANTED, false),
        ("GET", "/fails", &[("origin", EVIL)], 418, &["vary: origin"], false),
        ("OPTIONS", "/own-options", &[("origin", APP)], 404, &GRANTED, false),
        ("OPTIONS", "/own-options", &[ASKS], 404, &["vary: origin"], false),
    ];
    for (method, path, headers, status, expected, is_application) in table {
        let (got_status, lines, answered) = ask(&app, method, path, headers).await;
        assert_eq!((got_status, answered), (status, is_application), "{method} {path} {headers:?}");
        assert_eq!(lines, expected, "{method} {path} {headers:?}");
    }
}

#[actix_web::test]
async fn errors_of_other_middlewares_are_decorated() {
    let fails =
        from_fn(async |_: actix_web::dev::ServiceRequest, _: actix_web::middleware::Next<actix_web::body::BoxBody>| {
            Err::<ServiceResponse, _>(error::ErrorBadGateway("gone"))
        });
    let app =
        test::init_service(App::new().default_service(web::to(application)).wrap(fails).wrap(Cors::new(&POLICY))).await;
    let request = test::TestRequest::get().insert_header(("origin", APP)).to_request();
    let Err(error) = app.call(request).await else { panic!("the error passes as an error") };
    assert_eq!(error.to_string(), "gone");
    let response = error.error_response();
    assert_eq!(
        (response.status(), lines(response.headers())),
        (StatusCode::BAD_GATEWAY, GRANTED.map(String::from).to_vec())
    );
    assert_eq!(ask(&app, "OPTIONS", "/", &[("origin", APP), ASKS]).await.0, 204);
}

#[actix_web::test]
async fn headers_of_the_application_are_replaced_kept_or_merged_and_vary_is_merged() {
    let with = async |upstream, origin| {
        let config = PolicyConfig::new(["https://*.app.example"]).exposed_headers(["etag"]).upstream(upstream);
        let app = behind!(Cors::new(config.build().unwrap()));
        ask(&app, "GET", "/own", &[("origin", origin)]).await.1
    };
    let vary = ["vary: accept", "vary: cookie", "vary: origin"];
    let (ours, exposed) =
        ("access-control-allow-origin: https://eu.app.example", "access-control-expose-headers: etag");
    let replaced = Upstream::Replace(UpstreamExposed::Remove);
    assert_eq!(with(replaced, APP).await, [&[ours, exposed], &vary[..]].concat());
    assert_eq!(with(replaced, "https://old.example").await, vary);
    let merged = with(Upstream::Replace(UpstreamExposed::Merge), APP).await;
    assert_eq!(merged, [&[ours, exposed, "access-control-expose-headers: x-old"], &vary[..]].concat());
    // Two `Access-Control-Allow-Origin` lines are invalid, so the upstream's grant is replaced.
    assert_eq!(with(Upstream::Keep, APP).await, [&[ours, exposed], &vary[..]].concat());
}

#[actix_web::test]
async fn a_reload_counts_from_the_next_request_on_and_mistakes_keep_the_policy() {
    let policy = Arc::new(ReloadablePolicy::new(&POLICY));
    let app = behind!(Cors::reloadable(Arc::clone(&policy)));
    let allows = async |origin| ask(&app, "GET", "/items", &[("origin", origin)]).await.1.len() > 1;
    assert!(allows(APP).await && !allows("https://a.new.example").await);
    let errors = policy.reload(&PolicyConfig::new(["https://*.new.example/", "new.example"])).unwrap_err();
    assert_eq!(errors.iter().count(), 2);
    assert!(allows(APP).await);
    policy.reload(&PolicyConfig::new(["https://*.new.example"])).unwrap();
    assert!(!allows(APP).await && allows("https://a.new.example").await);
}

#[actix_web::test]
async fn a_request_keeps_the_policy_that_it_began_with() {
    let policy = Arc::new(ReloadablePolicy::new(&POLICY));
    let reloaded = Arc::clone(&policy);
    // The policy changes while the application works.
    let change = web::to(move || {
        let reloaded = Arc::clone(&reloaded);
        async move {
            reloaded.reload(&PolicyConfig::new(["https://*.new.example"])).unwrap();
            HttpResponse::Ok().finish()
        }
    });
    let app = test::init_service(App::new().default_service(change).wrap(Cors::reloadable(policy))).await;
    assert_eq!(ask(&app, "GET", "/", &[("origin", APP)]).await.1, GRANTED);
    assert_eq!(ask(&app, "GET", "/", &[("origin", APP)]).await.1, ["vary: origin"]);
}

#[actix_web::test]
async fn a_policy_is_chosen_by_request() {
    let public = Arc::new(PolicyConfig::new(["*"]).build().unwrap());
    let other = Arc::new(PolicyConfig::new([EVIL]).build().unwrap());
    let app = behind!(Cors::by_request(move |request: &RequestHead| {
        Arc::clone(if request.uri.path() == "/items" { &public } else { &other })
    }));
    assert_eq!(ask(&app, "GET", "/items", &[("origin", APP)]).await.1, ["access-control-allow-origin: *"]);
    let one = "access-control-allow-origin: https://evil.example";
    assert_eq!(ask(&app, "GET", "/nowhere", &[("origin", APP)]).await.1, [one]);
}

async fn is_tenant(origin: String, request: RequestHead) -> Result<OriginAnswer, &'static str> {
    assert!(request.headers.contains_key("origin"));
    match origin.as_str() {
        "https://tenant.example" => Ok(OriginAnswer::Allowed),
        "https://failing.example" => Err("down"),
        "https://slow.example" => pending().await,
        _ => Ok(OriginAnswer::Refused),
    }
}

#[actix_web::test]
async fn origins_are_looked_up_and_failures_are_refusals_that_are_reported() {
    let config = || PolicyConfig::new(["https://app.example"]).methods(["PUT"]).external_lookup();
    let reports = Arc::new(Mutex::new(Vec::new()));
    let noted = Arc::clone(&reports);
    let cors = |config: PolicyConfig| {
        let noted = Arc::clone(&noted);
        Cors::new(config.build().unwrap()).with_lookup(is_tenant).lookup_timeout(Duration::from_millis(20)).on_refusal(
            move |refused: &RefusedRequest<'_>| {
                let origin = refused.origin().escape_ascii();
                noted.lock().unwrap().push(format!("{} {origin} {}", refused.code(), refused.head.uri.path()));
            },
        )
    };
    let app = behind!(cors(config()));
    let table = [
        ("https://app.example", true, None),
        ("https://tenant.example", true, None),
        ("https://unknown.example", false, Some("origin-not-allowed https://unknown.example /fails")),
        ("https://failing.example", false, Some("look-up-failed https://failing.example /fails")),
        ("https://slow.example", false, Some("look-up-timed-out https://slow.example /fails")),
        ("null", false, Some("origin-opaque null /fails")),
    ];
    for (origin, is_allowed, report) in table {
        let allowed = format!("access-control-allow-origin: {origin}");
        let expected = if is_allowed { vec![allowed, "vary: origin".into()] } else { vec!["vary: origin".to_owned()] };
        let (status, lines, _) = ask(&app, "GET", "/fails", &[("origin", origin)]).await;
        assert_eq!((status, lines), (418, expected), "{origin}");
        assert_eq!(reports.lock().unwrap().drain(..).collect::<Vec<_>>(), report.into_iter().collect::<Vec<_>>());
        let (status, _, answered) = ask(&app, "OPTIONS", "/fails", &[("origin", origin), ASKS]).await;
        assert_eq!((status, answered), (if is_allowed { 204 } else { 403 }, false), "{origin}");
        assert_eq!(reports.lock().unwrap().drain(..).count(), usize::from(!is_allowed));
    }
    let enforcing = behind!(cors(config().enforcement(Enforcement::Server)));
    assert_eq!(ask(&enforcing, "PUT", "/items", &[("origin", "https://slow.example")]).await.0, 403);
    assert_eq!(ask(&enforcing, "PUT", "/items", &[("origin", "https://tenant.example")]).await.0, 200);
}
