//! One matrix, with the library's own layer, with another library's, and with a hand-written middleware.

use axum::{
    Router,
    extract::Request,
    http::{HeaderValue, Method, StatusCode, header},
    middleware::{Next, from_fn},
    response::{IntoResponse, Response},
    routing::{get, put},
};
use fetch_cors::{
    server::{OriginPattern, Policy},
    tower::CorsLayer,
};
use fetch_cors_test::{Browser, Fetch, Matrix, cors_matrix, matrix::Check};

static POLICY: Policy<'static> = Policy::builder(&[OriginPattern::new("https://app.example")])
    .methods("PUT, DELETE")
    .request_headers("content-type")
    .exposed_headers("etag")
    .credentials()
    .max_age_seconds(600)
    .build_or_panic();

fn items() -> Router {
    let list = async || ([(header::ETAG, "\"1\"")], "items");
    Router::new().route("/items", get(list)).route("/items/{id}", put(async || ()).delete(async || ()))
}

fn matrix() -> Matrix {
    cors_matrix! {
        fetches {
            list = Fetch::get("https://api.example/items");
            with_cookies = Fetch::get("https://api.example/items").credentials();
            change = Fetch::put("https://api.example/items/7").json().credentials();
            patch = Fetch::patch("https://api.example/items/7").json();
            token = Fetch::get("https://api.example/items").header("authorization", "Bearer 1");
            missing = Fetch::get("https://api.example/nowhere");
        }
        pages                     list      with_cookies  change    patch    token    missing;
        "https://app.example"     readable  readable      readable  refused  refused  readable;
        "https://other.example"   refused   refused       refused   refused  refused  refused;
        "null"                    refused   refused       refused   refused  refused  refused;
        "https://api.example"     readable  readable      readable  readable readable readable;
    }
}

#[test]
fn layer_of_this_library_passes_the_matrix() {
    matrix().ask_blocking(&items().layer(CorsLayer::new(&POLICY))).assert();
}

#[test]
fn tower_http_layer_passes_the_matrix() {
    let layer = tower_http::cors::CorsLayer::new()
        .allow_origin([HeaderValue::from_static("https://app.example")])
        .allow_methods([Method::GET, Method::PUT, Method::DELETE])
        .allow_headers([header::CONTENT_TYPE])
        .expose_headers([header::ETAG])
        .allow_credentials(true)
        .max_age(core::time::Duration::from_secs(600));
    matrix().ask_blocking(&items().layer(layer)).assert();
}

async fn by_hand(request: Request, next: Next) -> Response {
    let headers = request.headers();
    let allowed = headers.get(header::ORIGIN).is_some_and(|origin| origin == "https://app.example");
    let is_preflight =
        request.method() == Method::OPTIONS && headers.contains_key(header::ACCESS_CONTROL_REQUEST_METHOD);
    let mut response =
        if is_preflight { StatusCode::NO_CONTENT.into_response() } else { next.run(request).await.into_response() };
    let headers = response.headers_mut();
    headers.append(header::VARY, HeaderValue::from_static("origin"));
    if allowed {
        let mut set = |name, value| headers.insert(name, HeaderValue::from_static(value));
        set(header::ACCESS_CONTROL_ALLOW_ORIGIN, "https://app.example");
        set(header::ACCESS_CONTROL_ALLOW_CREDENTIALS, "true");
        set(header::ACCESS_CONTROL_EXPOSE_HEADERS, "etag");
        if is_preflight {
            set(header::ACCESS_CONTROL_ALLOW_METHODS, "PUT, DELETE");
            set(header::ACCESS_CONTROL_ALLOW_HEADERS, "content-type");
            set(header::ACCESS_CONTROL_MAX_AGE, "600");
        }
    }
    response
}

#[test]
fn hand_written_middleware_passes_the_matrix() {
    matrix().ask_blocking(&items().layer(from_fn(by_hand))).assert();
}

#[test]
fn the_snapshot_has_a_line_for_each_cell() {
    let snapshot = matrix().ask_blocking(&items().layer(CorsLayer::new(&POLICY))).to_string();
    let expected = "\
https://app.example
  list: readable, status 200, content-length, content-type, etag
  with_cookies: readable, status 200, content-length, content-type, etag
  change: preflight, readable, status 200, content-length
  patch: preflight, refused, method-not-allowed
  token: preflight, refused, header-not-allowed
  missing: readable, status 404, no header
https://other.example
  list: refused, allow-origin-mismatch
";
    assert!(snapshot.starts_with(expected), "{snapshot}");
    assert!(
        snapshot.ends_with(
            "checks\n  pages of the server itself: passed\n  programs without Origin: passed\n  \
             strangers with credentials: passed\n  Vary: passed\n"
        ),
        "{snapshot}"
    );
}

#[test]
fn outcomes_are_listed_row_by_row() {
    let cells = matrix().without(Check::Strangers).ask_blocking(&items().layer(CorsLayer::new(&POLICY)));
    let outcomes: Vec<String> =
        cells.outcomes(Browser::Firefox).map(|(origin, name, outcome)| format!("{origin} {name} {outcome}")).collect();
    assert_eq!(outcomes.len(), 24);
    assert_eq!(outcomes.first().map(String::as_str), Some("https://app.example list readable"));
    assert_eq!(outcomes.get(9).map(String::as_str), Some("https://other.example patch refused"));
}
