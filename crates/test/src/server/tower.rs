//! Services of `tower`.

use core::{future::poll_fn, marker::PhantomData};
use std::fmt;

use bytes::Bytes;
use http_body_util::Full;
use tower_service::Service;

use super::{NoResponse, Own, Server};

/// The kind of a `tower::Service`.
#[derive(Clone, Copy, Debug)]
pub enum Tower {}

impl<S, B> Server<Tower> for S
where
    S: Service<http::Request<Full<Bytes>>, Response = http::Response<B>> + Clone,
    S::Error: fmt::Display,
{
    async fn send(&self, request: http::Request<Bytes>) -> Result<http::Response<()>, NoResponse> {
        call(self.clone(), request.map(Full::new)).await
    }
}

/// A `tower::Service` whose requests have another kind of body, which is made from [`Bytes`]. See [`with_body`].
pub struct TowerWithBody<S, R> {
    service: S,
    body: PhantomData<fn(R)>,
}

/// Adapts a `tower::Service` that takes requests with one kind of body only.
///
/// ```
/// use axum::body::Body;
/// use fetch_cors_test::{Fetch, Page, ReasonCode, server::with_body};
///
/// let service = tower::service_fn(async |_: http::Request<Body>| Ok::<_, std::io::Error>(http::Response::new("")));
/// let server = with_body::<_, Body>(service);
/// let fetched = Page::of("https://app.example").fetch_blocking(&server, Fetch::get("https://api.example/"));
/// fetched.assert_refused(ReasonCode::ALLOW_ORIGIN_MISSING);
/// ```
pub const fn with_body<S, R>(service: S) -> TowerWithBody<S, R> {
    TowerWithBody { service, body: PhantomData }
}

impl<S, R, B> Server<Own> for TowerWithBody<S, R>
where
    S: Service<http::Request<R>, Response = http::Response<B>> + Clone,
    S::Error: fmt::Display,
    R: From<Bytes>,
{
    async fn send(&self, request: http::Request<Bytes>) -> Result<http::Response<()>, NoResponse> {
        call(self.service.clone(), request.map(R::from)).await
    }
}

impl<S, R> fmt::Debug for TowerWithBody<S, R> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("TowerWithBody").finish_non_exhaustive()
    }
}

async fn call<S, R, B>(mut service: S, request: http::Request<R>) -> Result<http::Response<()>, NoResponse>
where
    S: Service<http::Request<R>, Response = http::Response<B>>,
    S::Error: fmt::Display,
{
    let no_response = |error: S::Error| NoResponse::from(error.to_string());
    poll_fn(|context| service.poll_ready(context)).await.map_err(no_response)?;
    Ok(service.call(request).await.map_err(no_response)?.map(drop))
}
