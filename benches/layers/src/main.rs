//! One server of axum behind different layers: `layers ADDRESS LAYER`.
//!
//! All layers allow the same two origins with credentials, and have the same lists. The server has one thread, so that
//! the client can use the machine's other processor.

use core::time::Duration;
use std::{convert::Infallible, error::Error, sync::Arc};

use axum::{
    Router,
    http::{HeaderName, HeaderValue, Method, header, request::Parts},
    response::{AppendHeaders, IntoResponse},
    routing::get,
};
use fetch_cors::{
    server::{OriginAnswer, PolicyConfig, ReloadablePolicy},
    tower::{CorsLayer, RefusedRequest},
};
use tokio::net::TcpListener;

const ORIGINS: [&str; 2] = ["https://admin.example", "https://app.example"];
const METHODS: [&str; 3] = ["PUT", "PATCH", "DELETE"];
const HEADERS: [&str; 3] = ["authorization", "content-type", "x-request-id"];
const EXPOSED: [&str; 2] = ["etag", "x-total"];

fn config() -> PolicyConfig {
    PolicyConfig::new(ORIGINS)
        .credentials()
        .methods(METHODS)
        .request_headers(HEADERS)
        .exposed_headers(EXPOSED)
        .max_age_seconds(7200)
}

fn tower_http() -> tower_http::cors::CorsLayer {
    let names =
        |names: &'static [&'static str]| names.iter().map(|name| HeaderName::from_static(name)).collect::<Vec<_>>();
    tower_http::cors::CorsLayer::new()
        .allow_origin(ORIGINS.map(HeaderValue::from_static))
        .allow_credentials(true)
        .allow_methods([Method::PUT, Method::PATCH, Method::DELETE])
        .allow_headers(names(&HEADERS))
        .expose_headers(names(&EXPOSED))
        .max_age(Duration::from_secs(7200))
}

async fn items() -> impl IntoResponse {
    ([(header::ETAG, "\"1\"")], "items")
}

async fn own() -> impl IntoResponse {
    let lines = [(header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"), (header::VARY, "accept-encoding")];
    (AppendHeaders(lines), "own")
}

async fn look_up(_origin: String, _request: Parts) -> Result<OriginAnswer, Infallible> {
    Ok(OriginAnswer::Allowed)
}

fn count(refused: &RefusedRequest<'_>) {
    std::hint::black_box(refused.code());
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [address, layer] = &arguments[..] else { return Err("layers ADDRESS LAYER".into()) };
    let routes = Router::new().route("/items", get(items)).route("/own", get(own));
    let policy = config().build()?;
    let app = match layer.as_str() {
        "none" => routes,
        "tower-http" => routes.layer(tower_http()),
        "ours" => routes.layer(CorsLayer::new(policy)),
        "reloadable" => routes.layer(CorsLayer::reloadable(Arc::new(ReloadablePolicy::new(policy)))),
        "hook" => routes.layer(CorsLayer::new(policy).on_refusal(count)),
        "look-up" => {
            let policy = config().external_lookup().build()?;
            routes.layer(CorsLayer::new(policy).with_lookup(tokio::time::sleep, look_up))
        }
        _ => return Err("LAYER is none, tower-http, ours, reloadable, hook or look-up".into()),
    };
    axum::serve(TcpListener::bind(address).await?, app).await?;
    Ok(())
}
