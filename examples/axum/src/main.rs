//! A server of axum. SIGHUP reads its policy again, an asynchronous function looks origins up, and refusals are events
//! of `tracing`.
//!
//! ```text
//! cargo run --manifest-path examples/axum/Cargo.toml -- 127.0.0.1:8080 crates/adapters/cases/policy.json
//! ```
//!
//! The application is the one that the twelve cases of `crates/adapters` need.

use std::{error::Error, fs, sync::Arc, time::Duration};

use axum::{
    Router,
    http::{
        StatusCode,
        header::{
            ACCESS_CONTROL_ALLOW_CREDENTIALS, ACCESS_CONTROL_ALLOW_ORIGIN, ACCESS_CONTROL_EXPOSE_HEADERS, ETAG, VARY,
        },
        request::Parts,
    },
    response::{AppendHeaders, IntoResponse},
    routing::any,
};
use fetch_cors::{
    server::{OriginAnswer, PolicyConfig, ReloadablePolicy},
    tower::{CorsLayer, trace},
};
use tokio::{
    net::TcpListener,
    signal::unix::{SignalKind, signal},
};

const USAGE: &str = "axum-server ADDRESS POLICY.json";

fn read(path: &str) -> Result<PolicyConfig, Box<dyn Error>> {
    Ok(serde_json::from_str(&fs::read_to_string(path)?)?)
}

/// Takes the place of a database.
async fn is_tenant(origin: String, _request: Parts) -> Result<OriginAnswer, &'static str> {
    match origin.as_str() {
        "https://tenant.example" => Ok(OriginAnswer::Allowed),
        "https://failing.example" => Err("the database is down"),
        "https://slow.example" => std::future::pending().await,
        _ => Ok(OriginAnswer::Refused),
    }
}

/// The common headers of all responses.
fn response(status: StatusCode, name: &'static str) -> impl IntoResponse {
    (status, [("x-application", name)], AppendHeaders([(ETAG, "\"1\""), (VARY, "accept-encoding")]), name)
}

async fn items() -> impl IntoResponse {
    response(StatusCode::OK, "items")
}

async fn own() -> impl IntoResponse {
    let lines = [
        (ACCESS_CONTROL_ALLOW_ORIGIN, "https://old.example"),
        (ACCESS_CONTROL_ALLOW_CREDENTIALS, "true"),
        (ACCESS_CONTROL_EXPOSE_HEADERS, "x-application"),
    ];
    (AppendHeaders(lines), response(StatusCode::OK, "own"))
}

async fn doubled() -> impl IntoResponse {
    let lines = [(ACCESS_CONTROL_ALLOW_ORIGIN, "*"), (ACCESS_CONTROL_ALLOW_ORIGIN, "https://old.example")];
    (AppendHeaders(lines), response(StatusCode::OK, "doubled"))
}

async fn fails() -> impl IntoResponse {
    response(StatusCode::INTERNAL_SERVER_ERROR, "fails")
}

async fn missing() -> impl IntoResponse {
    response(StatusCode::NOT_FOUND, "missing")
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    tracing_subscriber::fmt()
        .with_max_level(tracing_subscriber::filter::LevelFilter::WARN)
        .with_writer(std::io::stderr)
        .init();
    let mut arguments = std::env::args().skip(1);
    let (address, path) = arguments.next().zip(arguments.next()).ok_or(USAGE)?;
    let policy = Arc::new(ReloadablePolicy::new(read(&path)?.build()?));

    let (mut hangups, reloaded) = (signal(SignalKind::hangup())?, Arc::clone(&policy));
    tokio::spawn(async move {
        while hangups.recv().await.is_some() {
            let done = read(&path).and_then(|config| Ok(reloaded.reload(&config)?));
            eprintln!("{}", done.map_or_else(|error| format!("the policy stays: {error}"), |()| "reloaded".to_owned()));
        }
    });

    let cors = CorsLayer::reloadable(policy)
        .with_lookup(tokio::time::sleep, is_tenant)
        .lookup_timeout(Duration::from_millis(200))
        .on_refusal(trace);
    let application = Router::new()
        .route("/items", any(items))
        .route("/own", any(own))
        .route("/doubled", any(doubled))
        .route("/fails", any(fails))
        .fallback(missing)
        .layer(cors);
    axum::serve(TcpListener::bind(address).await?, application).await?;
    Ok(())
}
