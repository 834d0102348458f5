//! The layer for `tower`, through its public API.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, clippy::std_instead_of_core)]

mod allocations;
mod answers;
mod framework;
mod halves;
mod lookups;
mod policies;
mod refusals;

use core::{
    convert::Infallible,
    future::{Ready, ready},
    task::{Context, Poll},
};
use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use fetch_cors::{
    server::{OriginPattern, OwnedPolicy, Policy},
    tower::{Cors, CorsLayer},
};
use futures_util::FutureExt;
use http::{HeaderMap, Request, Response, header::HeaderName, header::HeaderValue};
use tower::{Layer, Service, ServiceExt};

pub(crate) static POLICY: Policy<'static> =
    Policy::builder(&[OriginPattern::new("https://*.app.example"), OriginPattern::new("http://localhost:*")])
        .methods("PUT, DELETE")
        .request_headers("authorization, content-type")
        .exposed_headers("etag")
        .credentials()
        .max_age_seconds(600)
        .build_or_panic();

/// An application that answers everything with one response, and counts its requests.
#[derive(Clone, Debug)]
pub(crate) struct Application {
    response: Response<&'static str>,
    calls: Arc<AtomicUsize>,
}

impl Application {
    pub(crate) fn new(status: u16, lines: &[(&'static str, &'static str)]) -> Self {
        let mut response = Response::new("application");
        *response.status_mut() = http::StatusCode::from_u16(status).unwrap();
        *response.headers_mut() = header_map(lines);
        Application { response, calls: Arc::default() }
    }

    pub(crate) fn calls(&self) -> usize {
        self.calls.load(Ordering::Relaxed)
    }

    pub(crate) fn reset(&self) {
        self.calls.store(0, Ordering::Relaxed);
    }
}

impl Service<Request<()>> for Application {
    type Response = Response<&'static str>;
    type Error = Infallible;
    type Future = Ready<Result<Self::Response, Infallible>>;

    fn poll_ready(&mut self, _context: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, _request: Request<()>) -> Self::Future {
        self.calls.fetch_add(1, Ordering::Relaxed);
        ready(Ok(self.response.clone()))
    }
}

pub(crate) fn header_map(lines: &[(&'static str, &'static str)]) -> HeaderMap {
    let mut map = HeaderMap::new();
    for (name, value) in lines {
        map.append(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    map
}

pub(crate) fn request(method: &str, lines: &[(&'static str, &'static str)]) -> Request<()> {
    let mut request = Request::new(());
    *request.method_mut() = method.parse().unwrap();
    *request.headers_mut() = header_map(lines);
    request
}

/// A preflight for a `PUT`.
pub(crate) fn preflight(origin: &'static str) -> Request<()> {
    request("OPTIONS", &[("origin", origin), ("access-control-request-method", "PUT")])
}

/// The response of a service that never waits.
pub(crate) fn send<B, S: Service<Request<B>>>(service: S, request: Request<B>) -> Result<S::Response, S::Error> {
    service.oneshot(request).now_or_never().unwrap()
}

/// The application's response, behind a policy.
pub(crate) fn respond(
    policy: impl Into<Arc<OwnedPolicy>>,
    application: &Application,
    request: Request<()>,
) -> Response<&'static str> {
    let service: Cors<Application> = CorsLayer::new(policy).layer(application.clone());
    let Ok(response) = send(service, request);
    response
}

/// The lines of a response, sorted.
pub(crate) fn lines<B>(response: &Response<B>) -> Vec<String> {
    let line = |(name, value): (&HeaderName, &HeaderValue)| format!("{name}: {}", value.to_str().unwrap());
    let mut lines: Vec<String> = response.headers().iter().map(line).collect();
    lines.sort();
    lines
}
