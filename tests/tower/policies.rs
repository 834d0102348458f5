//! The policy of a request, if policies are replaced while requests run, or differ by route.

use core::{
    future::poll_fn,
    task::{Context, Poll, Waker},
};
use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use axum::{Router, routing::get};
use fetch_cors::{
    server::{OwnedPolicy, PolicyConfig, ReloadablePolicy},
    tower::{CorsLayer, RequestHead},
};
use futures_util::FutureExt;
use http::{Request, Response};
use tower::{Layer, Service, service_fn};

use crate::{lines, preflight, request, send};

const OLD: &str = "https://old.example";
const NEW: &str = "https://new.example";

/// A policy with two origins. With one origin, its answer would not depend on the request.
fn policy(origin: &str) -> PolicyConfig {
    PolicyConfig::new([origin, "https://third.example"]).credentials().methods(["PUT"])
}

fn reloadable() -> Arc<ReloadablePolicy> {
    Arc::new(ReloadablePolicy::new(policy(OLD).build().unwrap()))
}

/// Whether the layer allows the origin, both for a request and for a preflight.
fn allows(policy: &Arc<ReloadablePolicy>, origin: &'static str) -> bool {
    let layer = CorsLayer::reloadable(Arc::clone(policy));
    let application = service_fn(async |_: Request<()>| Ok::<_, core::convert::Infallible>(Response::new(())));
    let answers = [request("GET", &[("origin", origin)]), preflight(origin)].map(|request| {
        let Ok(response) = send(layer.layer(application), request);
        response.headers().contains_key("access-control-allow-origin")
    });
    assert_eq!(answers[0], answers[1]);
    answers[0]
}

#[test]
fn a_reload_counts_from_the_next_request_on() {
    let policies = reloadable();
    assert_eq!((allows(&policies, OLD), allows(&policies, NEW)), (true, false));
    policies.reload(&policy(NEW)).unwrap();
    assert_eq!((allows(&policies, OLD), allows(&policies, NEW)), (false, true));
    policies.replace(policy(OLD).build().unwrap());
    assert_eq!((allows(&policies, OLD), allows(&policies, NEW)), (true, false));
}

#[test]
fn a_reload_with_mistakes_reports_all_and_keeps_the_policy() {
    let policies = reloadable();
    let wrong = PolicyConfig::new(["https://new.example/", "new.example", "http://new.example"]).credentials();
    let errors = policies.reload(&wrong.methods(["put"])).unwrap_err();
    assert_eq!(errors.iter().count(), 4, "{errors}");
    assert_eq!((allows(&policies, OLD), allows(&policies, NEW)), (true, false));
}

#[test]
fn a_request_keeps_the_policy_that_it_began_with() {
    let policies = reloadable();
    let is_done = Arc::new(AtomicBool::new(false));
    let application = service_fn(|_: Request<()>| {
        let is_done = Arc::clone(&is_done);
        let answer =
            move || is_done.load(Ordering::Relaxed).then(|| Ok::<_, core::convert::Infallible>(Response::new(())));
        poll_fn(move |_| answer().map_or(Poll::Pending, Poll::Ready))
    });
    let mut service = CorsLayer::reloadable(Arc::clone(&policies)).layer(application);
    let mut begun = service.call(request("GET", &[("origin", OLD)]));
    assert!(begun.poll_unpin(&mut Context::from_waker(Waker::noop())).is_pending());
    policies.reload(&policy(NEW)).unwrap();
    let refused = service.call(request("GET", &[("origin", OLD)]));
    is_done.store(true, Ordering::Relaxed);
    let Ok(begun) = begun.now_or_never().unwrap();
    assert_eq!(begun.headers()["access-control-allow-origin"], OLD);
    let Ok(refused) = refused.now_or_never().unwrap();
    assert_eq!(lines(&refused), ["vary: origin"]);
}

/// Each answer is entirely by one of the policies. After a reload, it is by the new policy.
#[test]
fn requests_during_reloads_get_answers_of_one_policy() {
    let [first, second] = [("PUT", "etag"), ("PATCH", "x-total")].map(|(method, exposed)| {
        PolicyConfig::new([OLD]).methods([method]).exposed_headers([exposed]).build().map(Arc::new).unwrap()
    });
    let policies = Arc::new(ReloadablePolicy::new(Arc::clone(&first)));
    let layer = CorsLayer::reloadable(Arc::clone(&policies));
    std::thread::scope(|scope| {
        let ask = || {
            let application = service_fn(async |_: Request<()>| Ok::<_, core::convert::Infallible>(Response::new(())));
            for _ in 0..1000 {
                let Ok(response) = send(layer.layer(application), request("GET", &[("origin", OLD)]));
                let exposed = &response.headers()["access-control-expose-headers"];
                assert!(exposed == "etag" || exposed == "x-total");
            }
        };
        let asking: Vec<_> = (0..3).map(|_| scope.spawn(ask)).collect();
        while asking.iter().any(|thread| !thread.is_finished()) {
            policies.replace(Arc::clone(&second));
            policies.replace(Arc::clone(&first));
        }
    });
    assert!(Arc::strong_count(&first) == 2 && Arc::strong_count(&second) == 1, "nothing is kept");
}

fn of(config: &PolicyConfig) -> Arc<OwnedPolicy> {
    Arc::new(config.build().unwrap())
}

fn allowed(router: &Router, method: &str, path: &str, origin: &str) -> (u16, Option<String>) {
    let builder = Request::builder().method(method).uri(path).header("origin", origin);
    let asked = builder.header("access-control-request-method", "PUT").body(axum::body::Body::empty()).unwrap();
    let Ok(response) = send(router.clone(), asked);
    let allowed = response.headers().get("access-control-allow-origin");
    (response.status().as_u16(), allowed.map(|value| value.to_str().unwrap().to_owned()))
}

/// A path, an origin, and what is allowed.
const BY_ROUTE: [(&str, &str, Option<&str>); 6] = [
    ("/public/a", NEW, Some("*")),
    ("/public/nowhere", NEW, Some("*")),
    ("/admin/a", NEW, None),
    ("/admin/a", OLD, Some(OLD)),
    ("/admin/nowhere", OLD, Some(OLD)),
    ("/admin/nowhere", NEW, None),
];

#[test]
fn a_layer_chooses_a_policy_by_request() {
    let (public, admin) = (of(&PolicyConfig::new(["*"]).methods(["PUT"])), of(&policy(OLD)));
    let layer = CorsLayer::by_request(move |request: RequestHead<'_>| {
        Arc::clone(if request.uri.path().starts_with("/admin/") { &admin } else { &public })
    });
    let routes = Router::new().route("/public/a", get(async || "a")).route("/admin/a", get(async || "a"));
    check_routes(&routes.layer(layer));
}

#[test]
fn the_host_of_a_request_has_no_port() {
    let policy = of(&policy(OLD));
    for (uri, lines, expected) in [
        ("/items", &["a.example"][..], Some("a.example")),
        ("/items", &["a.example:8443"], Some("a.example")),
        ("/items", &["a.example:"], Some("a.example")),
        ("/items", &["[::1]"], Some("[::1]")),
        ("/items", &["[::1]:8443"], Some("[::1]")),
        ("/items", &["A.example"], Some("A.example")),
        ("/items", &["a.example", "a.example"], None),
        ("/items", &["\u{e4}"], None),
        ("/items", &[""], None),
        ("/items", &[":80"], None),
        ("/items", &[], None),
        ("https://b.example:8443/items", &["a.example"], Some("b.example")),
        ("https://[::1]:8443/items", &[], Some("[::1]")),
        ("*", &["a.example"], Some("a.example")),
    ] {
        let seen = std::cell::RefCell::new(None);
        let layer = CorsLayer::by_request(|request: RequestHead<'_>| {
            seen.replace(request.host().map(str::to_owned));
            Arc::clone(&policy)
        });
        let mut asked = Request::builder().uri(uri);
        for line in lines {
            asked = asked.header("host", line.as_bytes());
        }
        let application = service_fn(async |_: Request<()>| Ok::<_, core::convert::Infallible>(Response::new(())));
        let Ok(_) = send(layer.layer(application), asked.body(()).unwrap());
        assert_eq!(seen.into_inner().as_deref(), expected, "{uri} {lines:?}");
    }
}

#[test]
fn nested_routers_have_layers_of_their_own() {
    let layered = |config: &PolicyConfig| {
        Router::new()
            .route("/a", get(async || "a"))
            .fallback(async || http::StatusCode::NOT_FOUND)
            .layer(CorsLayer::new(of(config)))
    };
    let public = layered(&PolicyConfig::new(["*"]).methods(["PUT"]));
    check_routes(&Router::new().nest("/public", public).nest("/admin", layered(&policy(OLD))));
}

fn check_routes(router: &Router) {
    for (path, origin, expected) in BY_ROUTE {
        let expected = expected.map(str::to_owned);
        let status = if path.ends_with("nowhere") { 404 } else { 200 };
        assert_eq!(allowed(router, "GET", path, origin), (status, expected.clone()), "{path} {origin}");
        let status = if expected.is_some() { 204 } else { 403 };
        assert_eq!(allowed(router, "OPTIONS", path, origin), (status, expected), "{path} {origin}");
    }
}
