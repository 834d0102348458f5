//! A server that says hello, with or without a policy.

use axum::{Router, routing::get};

#[cfg(feature = "fetch-cors")]
fn with_policy(router: Router) -> Router {
    use fetch_cors::{
        server::{OriginPattern, Policy},
        tower::CorsLayer,
    };
    static POLICY: Policy<'static> =
        Policy::builder(&[OriginPattern::new("https://app.example"), OriginPattern::new("https://eu.app.example")])
            .methods("PUT, DELETE")
            .request_headers("content-type, authorization")
            .exposed_headers("etag")
            .credentials()
            .max_age_seconds(600)
            .build_or_panic();
    router.layer(CorsLayer::new(&POLICY))
}

#[cfg(feature = "tower-http")]
fn with_policy(router: Router) -> Router {
    use axum::http::{HeaderValue, Method, header};
    use tower_http::cors::CorsLayer;
    let origins = ["https://app.example", "https://eu.app.example"].map(HeaderValue::from_static);
    let layer = CorsLayer::new()
        .allow_origin(origins)
        .allow_methods([Method::PUT, Method::DELETE])
        .allow_headers([header::CONTENT_TYPE, header::AUTHORIZATION])
        .expose_headers([header::ETAG])
        .allow_credentials(true)
        .max_age(core::time::Duration::from_secs(600));
    router.layer(layer)
}

#[cfg(not(any(feature = "fetch-cors", feature = "tower-http")))]
fn with_policy(router: Router) -> Router {
    router
}

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    axum::serve(listener, with_policy(Router::new().route("/", get(async || "hello")))).await
}
