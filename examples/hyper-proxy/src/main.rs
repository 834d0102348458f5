//! A reverse proxy, whose policy SIGHUP reads again. It replaces the upstream's CORS headers.
//!
//! `cargo run --manifest-path examples/hyper-proxy/Cargo.toml -- 127.0.0.1:8080 127.0.0.1:8081 crates/adapters/cases/policy.json`

use std::{convert::Infallible, error::Error, fs, sync::Arc, time::Duration};

use fetch_cors::server::{OriginAnswer, PolicyConfig, ReloadablePolicy};
use fetch_cors::tower::{CorsLayer, RefusedRequest};
use http_body_util::{BodyExt, combinators::UnsyncBoxBody};
use hyper::header::{self, HeaderMap, HeaderName, HeaderValue};
use hyper::{Request, Response, StatusCode, body::Bytes, body::Incoming, http::request::Parts};
use hyper_util::{client::legacy::Client, rt::TokioExecutor, rt::TokioIo, service::TowerToHyperService};
use tokio::{net::TcpListener, signal::unix::SignalKind, signal::unix::signal};

async fn is_tenant(origin: String, _request: Parts) -> Result<OriginAnswer, &'static str> {
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

/// Removes what is only for one connection, <https://httpwg.org/specs/rfc9110.html#field.connection>: `Connection`, and the headers that
/// it names.
fn remove_connection(headers: &mut HeaderMap) {
    let lines: Vec<HeaderValue> = headers.get_all(header::CONNECTION).iter().cloned().collect();
    for name in lines.iter().flat_map(|line| line.as_bytes().split(|byte| *byte == b',')) {
        if let Ok(name) = HeaderName::from_bytes(name.trim_ascii()) {
            headers.remove(name);
        }
    }
    headers.remove(header::CONNECTION);
}

fn read(path: &str) -> Result<PolicyConfig, Box<dyn Error>> {
    Ok(serde_json::from_str(&fs::read_to_string(path)?)?)
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [address, upstream, path] = &arguments[..] else {
        return Err("hyper-proxy ADDRESS UPSTREAM POLICY.json".into());
    };
    let policy = Arc::new(ReloadablePolicy::new(read(path)?.build()?));
    let cors = CorsLayer::reloadable(Arc::clone(&policy)).with_lookup(tokio::time::sleep, is_tenant).on_refusal(report);
    let (client, upstream) = (Client::builder(TokioExecutor::new()).build_http::<Incoming>(), upstream.clone());
    let forward = tower::service_fn(move |mut request: Request<Incoming>| {
        let (client, upstream) = (client.clone(), upstream.clone());
        async move {
            remove_connection(request.headers_mut());
            let path = request.uri().path_and_query().map_or("/", |path| path.as_str());
            let sent = match format!("http://{upstream}{path}").parse() {
                Ok(uri) => {
                    *request.uri_mut() = uri;
                    client.request(request).await.ok()
                }
                Err(_) => None,
            };
            let mut failed = Response::<UnsyncBoxBody<Bytes, hyper::Error>>::default();
            *failed.status_mut() = StatusCode::BAD_GATEWAY;
            let mut response = sent.map_or(failed, |response| response.map(BodyExt::boxed_unsync));
            remove_connection(response.headers_mut());
            Ok::<_, Infallible>(response)
        }
    });
    let service =
        TowerToHyperService::new(tower::Layer::layer(&cors.lookup_timeout(Duration::from_millis(200)), forward));
    let (listener, mut hangups) = (TcpListener::bind(address).await?, signal(SignalKind::hangup())?);
    loop {
        tokio::select! {
            connection = listener.accept() => {
                let stream = TokioIo::new(connection?.0);
                tokio::spawn(hyper::server::conn::http1::Builder::new().serve_connection(stream, service.clone()));
            }
            _ = hangups.recv() => match read(path).and_then(|config| Ok(policy.reload(&config)?)) {
                Ok(()) => eprintln!("reloaded"),
                Err(error) => eprintln!("the policy stays: {error}"),
            },
        }
    }
}
