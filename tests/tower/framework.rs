//! The layer in front of a router.

use axum::{Router, body::Body, routing::get};
use fetch_cors::{
    server::{OriginPattern, Policy},
    tower::CorsLayer,
};
use futures_util::FutureExt;
use http::{Method, Request};

use crate::{POLICY, send};

static PUBLIC: Policy<'static> = Policy::builder(&[OriginPattern::ANY]).build_or_panic();

fn answer(router: &Router, method: Method, path: &str) -> (u16, Option<String>) {
    let request = Request::builder().method(method).uri(path).header("origin", "https://eu.app.example");
    let request = request.header("access-control-request-method", "PUT").body(Body::empty()).unwrap();
    let Ok(response) = send(router.clone(), request);
    let allowed = response.headers().get("access-control-allow-origin");
    (response.status().as_u16(), allowed.map(|value| value.to_str().unwrap().to_string()))
}

#[test]
fn every_answer_of_a_router_has_the_headers() {
    let router: Router = Router::new().route("/items", get(async || "items")).layer(CorsLayer::new(&POLICY));
    let allowed = || Some("https://eu.app.example".to_string());
    assert_eq!(answer(&router, Method::GET, "/items"), (200, allowed()));
    assert_eq!(answer(&router, Method::HEAD, "/items"), (200, allowed()));
    assert_eq!(answer(&router, Method::DELETE, "/items"), (405, allowed()));
    assert_eq!(answer(&router, Method::GET, "/nowhere"), (404, allowed()));
    assert_eq!(answer(&router, Method::OPTIONS, "/items"), (204, allowed()));
    assert_eq!(answer(&router, Method::OPTIONS, "/nowhere"), (204, allowed()));
}

#[test]
fn with_route_layer_a_path_without_a_route_gets_no_headers() {
    let router: Router = Router::new().route("/items", get(async || "items")).route_layer(CorsLayer::new(&POLICY));
    assert_eq!(answer(&router, Method::OPTIONS, "/items").0, 204);
    assert_eq!(answer(&router, Method::OPTIONS, "/nowhere"), (404, None));
    assert_eq!(answer(&router, Method::GET, "/nowhere"), (404, None));
}

/// The documentation says so where it advises to use one layer for all.
#[test]
fn a_path_without_a_route_has_no_policy_of_its_own_in_nested_or_merged_routers() {
    let part = |path, policy: &'static Policy<'static>| -> Router {
        Router::new().route(path, get(async || "")).layer(CorsLayer::new(policy))
    };
    let nested = Router::new().nest("/eu", part("/items", &POLICY)).nest("/all", part("/items", &PUBLIC));
    let allowed = |origin: &str| Some(origin.to_string());
    assert_eq!(answer(&nested, Method::GET, "/eu/items"), (200, allowed("https://eu.app.example")));
    assert_eq!(answer(&nested, Method::GET, "/all/items"), (200, allowed("*")));
    assert_eq!(answer(&nested, Method::DELETE, "/all/items"), (405, allowed("*")));
    for path in ["/eu/nowhere", "/all/nowhere", "/nowhere"] {
        for method in [Method::GET, Method::OPTIONS] {
            assert_eq!(answer(&nested, method, path), (404, None), "{path}");
        }
        let layer = CorsLayer::new(&POLICY);
        let checking = layer.check_placement::<_, Body, _>(nested.clone(), path.parse().unwrap());
        let misplaced = checking.now_or_never().unwrap().unwrap_err().to_string();
        assert!(misplaced.contains("not a nested router"), "{misplaced}");
    }
    let merged = part("/eu", &POLICY).merge(part("/all", &PUBLIC));
    assert_eq!(answer(&merged, Method::GET, "/eu"), (200, allowed("https://eu.app.example")));
    assert_eq!(answer(&merged, Method::GET, "/all"), (200, allowed("*")));
    assert_eq!(answer(&merged, Method::GET, "/eu/nowhere").1, answer(&merged, Method::GET, "/all/nowhere").1);
}

#[test]
fn with_method_router_route_layer_preflights_get_no_headers() {
    let items = get(async || "items").route_layer(CorsLayer::new(&POLICY));
    let router: Router = Router::new().route("/items", items);
    assert_eq!(answer(&router, Method::GET, "/items").0, 200);
    assert_eq!(answer(&router, Method::OPTIONS, "/items"), (405, None));
}

/// Each placement, and the status of the preflight if it does not reach the layer.
#[test]
fn a_layer_that_preflights_do_not_reach_is_reported() {
    let (checked, layer) = (CorsLayer::new(&POLICY), || CorsLayer::new(&POLICY));
    let routes = || Router::new().route("/items", get(async || "items"));
    let own = get(async || "items").options(async || http::StatusCode::NO_CONTENT);
    let login = axum::middleware::from_fn(async |_: axum::extract::Request, _| http::StatusCode::UNAUTHORIZED);
    let table: [(&str, Router, &str, Option<u16>); 10] = [
        ("layer", routes().layer(layer()), "/items", None),
        ("layer", routes().layer(layer()), "/nowhere", None),
        ("route_layer", routes().route_layer(layer()), "/items", None),
        ("route_layer", routes().route_layer(layer()), "/nowhere", Some(404)),
        (
            "route_layer of a route",
            Router::new().route("/items", get(async || "").route_layer(layer())),
            "/items",
            Some(405),
        ),
        ("layer of a route", Router::new().route("/items", get(async || "").layer(layer())), "/items", None),
        ("layer before a route", Router::new().layer(layer()).route("/items", get(async || "")), "/items", Some(405)),
        ("behind another answer", Router::new().route("/items", own), "/items", Some(204)),
        ("inside of a check of logins", routes().layer(layer()).layer(login.clone()), "/items", Some(401)),
        ("outside of a check of logins", routes().layer(login).layer(layer()), "/items", None),
    ];
    for (placement, router, path, expected) in table {
        // A router answers with 404 and 405. Any other status comes from a route or from an outer layer.
        let is_of_router = matches!(expected, Some(404 | 405));
        let checking = checked.check_placement::<_, Body, _>(router, path.parse().unwrap());
        let misplaced = checking.now_or_never().unwrap().err();
        let status = misplaced.as_ref().and_then(|misplaced| misplaced.status);
        assert_eq!(status.map(|status| status.as_u16()), expected, "{placement} {path}");
        if let (Some(misplaced), Some(expected)) = (misplaced, expected) {
            let message = misplaced.to_string();
            assert!(
                message.contains(path) && message.contains(&expected.to_string()) && message.contains("route_layer"),
                "{message}"
            );
            assert_eq!(message.contains("the outermost"), !is_of_router, "{message}");
        }
    }
}
