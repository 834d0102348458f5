//! The server of the comparison, and the requests that it gets.

use std::sync::{Arc, Mutex};

use axum::{
    Router,
    extract::Request,
    http::{HeaderMap, HeaderValue, Method, Uri, header},
    middleware::{Next, from_fn},
    response::{IntoResponse, Redirect},
    routing::any,
};
use fetch_cors::{server::PolicyConfig, tower::CorsLayer};

/// A request, reduced to what is compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Seen {
    line: String,
    headers: Vec<String>,
}

/// The headers that are compared: those of CORS, referrer policy, fetch metadata and credentials, and the page's own.
const COMPARED: [&str; 13] = [
    "accept",
    "access-control-request-headers",
    "access-control-request-method",
    "authorization",
    "content-length",
    "content-type",
    "cookie",
    "host",
    "origin",
    "referer",
    "sec-fetch-dest",
    "sec-fetch-mode",
    "sec-fetch-site",
];

impl Seen {
    pub(crate) fn of<B>(request: &axum::http::Request<B>) -> Self {
        Seen::of_parts(request.method(), request.uri(), request.headers())
    }

    fn of_parts(method: &Method, uri: &Uri, headers: &HeaderMap) -> Self {
        let path = uri.path_and_query().map_or("", |path| path.as_str());
        let compared = COMPARED.iter().flat_map(|name| headers.get_all(*name).iter().map(move |value| (*name, value)));
        let line =
            |(name, value): (&str, &HeaderValue)| format!("{name}: {}", String::from_utf8_lossy(value.as_bytes()));
        Seen { line: format!("{method} {path}"), headers: compared.map(line).collect() }
    }

    /// The request without `Referer`.
    pub(crate) fn without_referrer(mut self) -> Self {
        self.headers.retain(|header| !header.starts_with("referer: "));
        self
    }

    /// Whether it belongs to the fetch of this name.
    pub(crate) fn is_of(&self, name: &str) -> bool {
        self.line.rsplit_once('?').is_some_and(|(_, query)| query == name)
    }
}

/// The requests that the server got.
#[derive(Clone, Default)]
pub(crate) struct Log(Arc<Mutex<Vec<Seen>>>);

impl Log {
    pub(crate) fn take(&self) -> Vec<Seen> {
        core::mem::take(&mut self.0.lock().unwrap())
    }
}

/// The server: `/own` with the library's layer, `/star` with another library's, `/none` without any.
#[derive(Clone)]
pub(crate) struct Server {
    log: Log,
    /// The origin that `/own` allows, once it is known.
    allowed: Arc<Mutex<String>>,
}

impl Server {
    pub(crate) fn new() -> (Log, Self) {
        let log = Log::default();
        (log.clone(), Server { log, allowed: Arc::default() })
    }

    pub(crate) fn allow(&self, origin: &str) {
        origin.clone_into(&mut self.allowed.lock().unwrap());
    }

    pub(crate) fn router(&self) -> Router {
        let allowed = Arc::clone(&self.allowed);
        let own = items().layer(from_fn(move |request: Request, next: Next| {
            let origin = allowed.lock().unwrap().clone();
            async move {
                let policy = PolicyConfig::new([origin.as_str()])
                    .methods(["PUT", "DELETE"])
                    .request_headers(["content-type"])
                    .exposed_headers(["etag"])
                    .credentials()
                    .build()
                    .expect("the policy is right");
                let next = tower::service_fn(move |request| {
                    let next = next.clone();
                    async move { Ok::<_, core::convert::Infallible>(next.run(request).await) }
                });
                let service = tower::Layer::layer(&CorsLayer::new(policy), next);
                match tower::ServiceExt::oneshot(service, request).await {
                    Ok(response) => response.into_response(),
                }
            }
        }));
        let star = tower_http::cors::CorsLayer::new()
            .allow_origin(tower_http::cors::Any)
            .allow_methods(tower_http::cors::Any)
            .allow_headers(tower_http::cors::Any);
        let log = self.log.clone();
        let pages = crate::pages::frame();
        Router::new().nest("/own", own).merge(pages).nest("/star", items().layer(star)).nest("/none", items()).layer(
            from_fn(move |request: Request, next: Next| {
                log.0.lock().unwrap().push(Seen::of(&request));
                next.run(request)
            }),
        )
    }
}

/// A list of items with an `ETag`, and a URL that redirects to it.
fn items() -> Router {
    let list = any(async || ([(header::ETAG, "\"1\""), (header::CACHE_CONTROL, "no-store")], "items"));
    let moved = any(async |uri: Uri| Redirect::temporary(&format!("items?{}", uri.query().unwrap_or_default())));
    Router::new().route("/items", list).route("/moved", moved)
}
