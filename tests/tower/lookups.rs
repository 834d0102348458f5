//! Origins that are looked up while the request waits. The test controls time: nothing here waits for a clock.

use core::{
    convert::Infallible,
    future::{pending, poll_fn, ready},
    task::{Context, Poll, Waker},
    time::Duration,
};
use std::sync::{
    Arc, Mutex,
    atomic::{AtomicBool, AtomicUsize, Ordering},
};

use axum::{Router, routing::get};
use fetch_cors::{
    server::{Enforcement, OriginAnswer, PolicyConfig, ReloadablePolicy, RuleConfig},
    tower::{CorsLayer, RefusedRequest},
};
use futures_util::FutureExt;
use http::{HeaderValue, Request, request::Parts};
use tower::{Layer, Service};

use crate::{Application, lines, preflight, request, send};

const TENANT: &str = "https://tenant.example";

fn config() -> PolicyConfig {
    PolicyConfig::new(["https://app.example"]).methods(["PUT"]).credentials().external_lookup()
}

async fn never(_limit: Duration) {
    pending::<()>().await;
}

async fn at_once(_limit: Duration) {}

async fn is_tenant(origin: String, _request: Parts) -> Result<OriginAnswer, String> {
    match origin.as_str() {
        TENANT => Ok(OriginAnswer::Allowed),
        "https://failing.example" => Err("the database is down".into()),
        "https://slow.example" => pending().await,
        _ => Ok(OriginAnswer::Refused),
    }
}

#[test]
fn origin_is_allowed_if_the_look_up_allows_it() {
    let table: [(&str, Option<&str>); 7] = [
        ("https://app.example", Some("https://app.example")),
        (TENANT, Some(TENANT)),
        ("https://unknown.example", None),
        ("https://failing.example", None),
        ("https://slow.example", None),
        ("null", None),
        ("not an origin", None),
    ];
    let layer = CorsLayer::new(config().build().unwrap()).with_lookup(at_once, is_tenant);
    for (origin, expected) in table {
        let application = Application::new(404, &[]);
        let Ok(response) = send(layer.layer(application.clone()), request("GET", &[("origin", origin)]));
        assert_eq!((response.status().as_u16(), application.calls()), (404, 1), "{origin}");
        let expected: Vec<String> = expected
            .iter()
            .flat_map(|origin| {
                ["access-control-allow-credentials: true".into(), format!("access-control-allow-origin: {origin}")]
            })
            .chain(["vary: origin".to_owned()])
            .collect();
        assert_eq!(lines(&response), expected);
    }
    for (origin, status) in [(TENANT, 204), ("https://unknown.example", 403), ("https://slow.example", 403)] {
        let application = Application::new(404, &[]);
        let Ok(response) = send(layer.layer(application.clone()), preflight(origin));
        assert_eq!((response.status().as_u16(), application.calls()), (status, 0), "{origin}");
    }
}

#[test]
fn a_look_up_gets_the_origin_and_the_head_and_is_asked_only_where_patterns_do_not_match() {
    let asked = Arc::new(Mutex::new(Vec::new()));
    let noted = Arc::clone(&asked);
    let layer = CorsLayer::new(config().build().unwrap()).with_lookup(never, move |origin: String, request: Parts| {
        let number = request.extensions.get::<u8>().copied();
        let tenant = request.headers["x-tenant"].to_str().unwrap().to_owned();
        noted.lock().unwrap().push((origin, request.method, request.uri.path().to_owned(), tenant, number));
        ready(Ok::<_, Infallible>(OriginAnswer::Allowed))
    });
    for origin in ["https://app.example", TENANT, "null", "https://other.example"] {
        let mut sent = request("DELETE", &[("origin", origin), ("x-tenant", "7")]);
        *sent.uri_mut() = "/items?a=1".parse().unwrap();
        sent.extensions_mut().insert(5_u8);
        let Ok(_) = send(layer.layer(Application::new(200, &[])), sent);
    }
    let Ok(_) = send(layer.layer(Application::new(200, &[])), request("GET", &[]));
    let of = |origin: &str| (origin.to_owned(), http::Method::DELETE, "/items".to_owned(), "7".to_owned(), Some(5));
    assert_eq!(*asked.lock().unwrap(), [of(TENANT), of("https://other.example")]);
}

#[test]
fn a_policy_without_a_look_up_never_asks() {
    let layer = CorsLayer::new(PolicyConfig::new(["https://*.app.example"]).build().unwrap())
        .with_lookup(never, |_, _| -> core::future::Ready<Result<OriginAnswer, Infallible>> { panic!("nobody asks") });
    let Ok(response) = send(layer.layer(Application::new(200, &[])), request("GET", &[("origin", TENANT)]));
    assert_eq!(lines(&response), ["vary: origin"]);
}

#[test]
fn a_failure_is_reported_with_its_cause_and_later_rules_are_tried() {
    let reports = Arc::new(Mutex::new(Vec::new()));
    let noted = Arc::clone(&reports);
    let limits = Arc::new(Mutex::new(Vec::new()));
    let slept = Arc::clone(&limits);
    let sleep = move |limit| {
        slept.lock().unwrap().push(limit);
        ready(())
    };
    let layer = CorsLayer::new(config().build().unwrap()).with_lookup(sleep, is_tenant).on_refusal(
        move |refused: &RefusedRequest<'_>| {
            let cause = refused.lookup.map(|failure| failure.to_string());
            noted.lock().unwrap().push((refused.code(), refused.refusal.code(), cause));
        },
    );
    let application = || Application::new(200, &[]);
    for origin in ["https://failing.example", "https://slow.example", "https://unknown.example", TENANT] {
        let Ok(_) = send(layer.layer(application()), request("GET", &[("origin", origin)]));
    }
    let limited = layer.lookup_timeout(Duration::from_millis(250));
    let Ok(_) = send(limited.layer(application()), preflight("https://slow.example"));
    let not_looked_up = "origin-not-looked-up";
    assert_eq!(
        *reports.lock().unwrap(),
        [
            ("look-up-failed", not_looked_up, Some("the look-up of the origin failed: the database is down".into())),
            ("look-up-timed-out", not_looked_up, Some("the look-up of the origin took longer than 2s".into())),
            ("origin-not-allowed", "origin-not-allowed", None),
            ("look-up-timed-out", not_looked_up, Some("the look-up of the origin took longer than 250ms".into())),
        ]
    );
    assert_eq!(limits.lock().unwrap()[3..], [Duration::from_secs(2), Duration::from_millis(250)]);

    let open = config().rule(RuleConfig::new(["*"])).build().unwrap();
    let layer = CorsLayer::new(open).with_lookup(at_once, is_tenant);
    let Ok(response) = send(layer.layer(application()), request("GET", &[("origin", "https://slow.example")]));
    assert_eq!(response.headers()["access-control-allow-origin"], "*");
}

#[test]
fn enforcing_policy_refuses_if_the_look_up_fails() {
    let policy = config().enforcement(Enforcement::Server).build().unwrap();
    let layer = CorsLayer::new(policy).with_lookup(at_once, is_tenant);
    for (origin, status) in [(TENANT, 200), ("https://failing.example", 403), ("https://slow.example", 403)] {
        let application = Application::new(200, &[]);
        let Ok(response) = send(layer.layer(application.clone()), request("POST", &[("origin", origin)]));
        assert_eq!((response.status(), application.calls()), (status.try_into().unwrap(), usize::from(status == 200)));
    }
}

#[test]
fn the_service_that_was_ready_is_called_after_the_wait() {
    /// It is ready once; a clone is not ready.
    struct Once(bool, Arc<AtomicUsize>);
    impl Clone for Once {
        fn clone(&self) -> Self {
            Once(false, Arc::clone(&self.1))
        }
    }
    impl Service<Request<()>> for Once {
        type Response = http::Response<()>;
        type Error = Infallible;
        type Future = core::future::Ready<Result<http::Response<()>, Infallible>>;

        fn poll_ready(&mut self, _context: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
            self.0 = true;
            Poll::Ready(Ok(()))
        }

        fn call(&mut self, _request: Request<()>) -> Self::Future {
            assert!(self.0, "it was not ready");
            self.1.fetch_add(1, Ordering::Relaxed);
            ready(Ok(http::Response::new(())))
        }
    }
    let (is_answered, calls) = (Arc::new(AtomicBool::new(false)), Arc::default());
    let answered = Arc::clone(&is_answered);
    let wait = move |_, _| {
        let answered = Arc::clone(&answered);
        let answer = move || answered.load(Ordering::Relaxed).then_some(Ok::<_, Infallible>(OriginAnswer::Allowed));
        poll_fn(move |_| answer().map_or(Poll::Pending, Poll::Ready))
    };
    let policies = Arc::new(ReloadablePolicy::new(config().build().unwrap()));
    let layer = CorsLayer::reloadable(Arc::clone(&policies)).with_lookup(never, wait);
    let mut service = layer.layer(Once(false, Arc::clone(&calls)));
    let context = &mut Context::from_waker(Waker::noop());
    assert!(service.poll_ready(context).is_ready());
    let mut waiting = Box::pin(service.call(request("GET", &[("origin", TENANT)])));
    assert!(waiting.as_mut().poll(context).is_pending() && calls.load(Ordering::Relaxed) == 0);
    // A waiting request keeps the policy that it started with.
    policies.reload(&PolicyConfig::new(["https://new.example"])).unwrap();
    is_answered.store(true, Ordering::Relaxed);
    let Ok(response) = waiting.now_or_never().unwrap();
    assert_eq!(
        (response.headers()["access-control-allow-origin"].clone(), calls.load(Ordering::Relaxed)),
        (HeaderValue::from_static(TENANT), 1)
    );
}

#[test]
fn a_router_takes_a_layer_that_looks_up() {
    let layer = CorsLayer::new(config().build().unwrap()).with_lookup(at_once, async |origin: String, _: Parts| {
        Ok::<_, Infallible>(if origin == TENANT { OriginAnswer::Allowed } else { OriginAnswer::Refused })
    });
    let router: Router = Router::new().route("/items", get(async || "items")).layer(layer);
    let asked = Request::builder().uri("/items").header("origin", TENANT).body(axum::body::Body::empty()).unwrap();
    let Ok(response) = send(router, asked);
    assert_eq!(
        (response.status().as_u16(), &response.headers()["access-control-allow-origin"]),
        (200, &HeaderValue::from_static(TENANT))
    );
}
