//! A server whose policy is read again on SIGHUP, with an asynchronous look-up of origins.
//!
//! ```text
//! cargo run -p fetch-cors-actix --example server -- 127.0.0.1:8080 crates/adapters/cases/policy.json
//! ```
//!
//! The application behind it is the one that the twelve cases of `crates/adapters` need.

use std::{error::Error, fs, sync::Arc, time::Duration};

use actix_web::{
    App, HttpResponse, HttpResponseBuilder, HttpServer,
    dev::RequestHead,
    error::InternalError,
    http::StatusCode,
    rt::{
        self,
        signal::unix::{SignalKind, signal},
    },
    web,
};
use fetch_cors::server::{OriginAnswer, PolicyConfig, ReloadablePolicy};
use fetch_cors_actix::{Cors, RefusedRequest};

const USAGE: &str = "server ADDRESS POLICY.json";

fn read(path: &str) -> Result<PolicyConfig, Box<dyn Error>> {
    Ok(serde_json::from_str(&fs::read_to_string(path)?)?)
}

/// Takes the place of a database.
async fn is_tenant(origin: String, _request: RequestHead) -> Result<OriginAnswer, &'static str> {
    match origin.as_str() {
        "https://tenant.example" => Ok(OriginAnswer::Allowed),
        "https://failing.example" => Err("the database is down"),
        "https://slow.example" => std::future::pending().await,
        _ => Ok(OriginAnswer::Refused),
    }
}

fn report(refused: &RefusedRequest<'_>) {
    if let Some(failure) = refused.lookup {
        eprintln!("{}: {failure}", refused.origin().escape_ascii());
    }
}

fn response(status: StatusCode, name: &'static str) -> HttpResponseBuilder {
    let mut response = HttpResponse::build(status);
    response.append_header(("x-application", name));
    response.append_header(("etag", "\"1\"")).append_header(("vary", "accept-encoding"));
    response
}

async fn items() -> HttpResponse {
    response(StatusCode::OK, "items").body("items")
}

async fn own() -> HttpResponse {
    let mut response = response(StatusCode::OK, "own");
    response.append_header(("access-control-allow-origin", "https://old.example"));
    response.append_header(("access-control-allow-credentials", "true"));
    response.append_header(("access-control-expose-headers", "x-application")).body("own")
}

async fn doubled() -> HttpResponse {
    let mut response = response(StatusCode::OK, "doubled");
    response.append_header(("access-control-allow-origin", "*"));
    response.append_header(("access-control-allow-origin", "https://old.example")).body("doubled")
}

async fn fails() -> Result<HttpResponse, actix_web::Error> {
    let response = response(StatusCode::INTERNAL_SERVER_ERROR, "fails").body("fails");
    Err(InternalError::from_response("fails", response).into())
}

async fn missing() -> HttpResponse {
    response(StatusCode::NOT_FOUND, "missing").body("missing")
}

#[actix_web::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let (address, path) = arguments.next().zip(arguments.next()).ok_or(USAGE)?;
    let policy = Arc::new(ReloadablePolicy::new(read(&path)?.build()?));

    let (mut hangups, reloaded) = (signal(SignalKind::hangup())?, Arc::clone(&policy));
    rt::spawn(async move {
        while hangups.recv().await.is_some() {
            let done = read(&path).and_then(|config| Ok(reloaded.reload(&config)?));
            eprintln!("{}", done.map_or_else(|error| format!("the policy stays: {error}"), |()| "reloaded".to_owned()));
        }
    });

    let cors =
        Cors::reloadable(policy).with_lookup(is_tenant).lookup_timeout(Duration::from_millis(200)).on_refusal(report);
    let application = move || {
        App::new()
            .route("/items", web::to(items))
            .route("/own", web::to(own))
            .route("/doubled", web::to(doubled))
            .route("/fails", web::to(fails))
            .default_service(web::to(missing))
            .wrap(cors.clone())
    };
    HttpServer::new(application).workers(2).bind(address)?.run().await?;
    Ok(())
}
