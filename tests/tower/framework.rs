//! In front of a router.

use axum::{Router, body::Body, routing::get};
use fetch_cors::tower::CorsLayer;
use http::{Method, Request};

use crate::{POLICY, send};

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

#[test]
fn with_method_router_route_layer_preflights_get_no_headers() {
    let items = get(async || "items").route_layer(CorsLayer::new(&POLICY));
    let router: Router = Router::new().route("/items", items);
    assert_eq!(answer(&router, Method::GET, "/items").0, 200);
    assert_eq!(answer(&router, Method::OPTIONS, "/items"), (405, None));
}
