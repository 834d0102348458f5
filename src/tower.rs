//! A policy in front of a `tower` service: axum, tonic, hyper, and whatever else takes a [`Layer`].
//!
//! Begin with [`CorsLayer`], which has an example.
//!
//! # Where to put it
//!
//! Wrap the whole router: without these headers no page can read an error, a redirect to a login, or a `404`. In axum that is
//! `Router::layer`. Do not use `route_layer`: paths without a route would bypass the layer, and with `MethodRouter::route_layer` all
//! preflights would.
//!
//! Preflights are answered before your routes see them. If your application must answer them itself, do not use the layer: see
//! [`PreflightAnswer::response_headers`](crate::server::PreflightAnswer::response_headers).
//!
//! # Origins in a database
//!
//! The layer does not wait. It refuses an origin that needs an [external look-up](crate::server::Rule::external_lookup). Look it up in
//! a middleware of your own, with [`OwnedPolicy::begin`]. In axum:
//!
//! ```
//! use std::sync::LazyLock;
//!
//! use axum::{
//!     Router,
//!     extract::Request,
//!     http::StatusCode,
//!     middleware::{Next, from_fn},
//!     response::Response,
//! };
//! use fetch_cors::header::Headers;
//! use fetch_cors::server::{Start, Decision, OriginAnswer, OwnedPolicy, PolicyConfig};
//!
//! static POLICY: LazyLock<OwnedPolicy> =
//!     LazyLock::new(|| PolicyConfig::new(["https://app.example"]).external_lookup().build().unwrap());
//!
//! async fn find_tenant(origin: &str) -> OriginAnswer {
//!     // Here a server waits for its database.
//!     if origin == "https://tenant.example" { OriginAnswer::Allowed } else { OriginAnswer::Refused }
//! }
//!
//! async fn cors(request: Request, next: Next) -> Result<Response, StatusCode> {
//!     let decision = match POLICY.begin(request.method().as_str(), Headers::from(request.headers())) {
//!         Start::Decided(decision) => decision,
//!         Start::Lookup(lookup) => lookup.resume(find_tenant(lookup.origin()).await),
//!     };
//!     let mut response = Response::default();
//!     let written = if let Decision::Handle(headers) = decision {
//!         let saved = headers.save(); // which does not borrow the request
//!         response = next.run(request).await;
//!         POLICY.restore(&saved).write(response.headers_mut())
//!     } else {
//!         let status = decision.status().and_then(|status| StatusCode::from_u16(status).ok());
//!         *response.status_mut() = status.unwrap_or_default();
//!         decision.write(response.headers_mut())
//!     };
//!     written.map(|()| response).map_err(|_| StatusCode::INTERNAL_SERVER_ERROR)
//! }
//!
//! let app: Router = Router::new().layer(from_fn(cors));
//! # use futures_util::FutureExt;
//! # use tower::ServiceExt;
//! # let of = |origin| Request::builder().header("origin", origin).body(axum::body::Body::empty()).unwrap();
//! # let allowed = app.clone().oneshot(of("https://tenant.example")).now_or_never().unwrap().unwrap();
//! # assert_eq!(allowed.headers()["access-control-allow-origin"], "https://tenant.example");
//! # let refused = app.oneshot(of("https://evil.example")).now_or_never().unwrap().unwrap();
//! # assert!(!refused.headers().contains_key("access-control-allow-origin"));
//! ```

extern crate alloc;

use alloc::sync::Arc;
use core::{
    future::Future,
    pin::Pin,
    task::{Context, Poll, ready},
};

use http::{Request, Response, StatusCode};
use pin_project_lite::pin_project;
use tower_layer::Layer;
use tower_service::Service;

use crate::{
    header::Headers,
    server::{Decision, OwnedPolicy, Policy, SavedHeaders},
};

/// Puts a policy in front of a service.
///
/// Preflights are answered at once, with an empty body, and so is what a policy with
/// [`Enforcement::Server`](crate::server::Enforcement::Server) refuses. All else goes to the service, and the headers go into
/// whatever response comes of it. Its errors pass.
///
/// <https://fetch.spec.whatwg.org/#http-responses>
///
/// ```
/// use axum::{Router, routing::get};
/// use fetch_cors::server::{OriginPattern, Policy};
/// use fetch_cors::tower::CorsLayer;
///
/// static POLICY: Policy<'static> =
///     Policy::builder(&[OriginPattern::new("https://*.app.example")]).methods("PUT").credentials().build_or_panic();
///
/// let app: Router = Router::new().route("/items", get(async || "items")).layer(CorsLayer::new(&POLICY));
/// # use futures_util::FutureExt;
/// # use tower::ServiceExt;
/// # let request = http::Request::builder().uri("/items").header("origin", "https://eu.app.example");
/// # let response = app.oneshot(request.body(axum::body::Body::empty())?).now_or_never().unwrap()?;
/// # assert_eq!(response.headers()["access-control-allow-origin"], "https://eu.app.example");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct CorsLayer {
    policy: Arc<OwnedPolicy>,
}

impl CorsLayer {
    /// A layer with this policy: an [`OwnedPolicy`], an `Arc` of one, or a reference to a `static` [`Policy`].
    pub fn new(policy: impl Into<Arc<OwnedPolicy>>) -> Self {
        CorsLayer { policy: policy.into() }
    }
}

impl<S> Layer<S> for CorsLayer {
    type Service = Cors<S>;

    fn layer(&self, inner: S) -> Cors<S> {
        Cors { inner, policy: Arc::clone(&self.policy) }
    }
}

/// A `const` policy, to be shared: its lists are sent as they are written, and its patterns are compared one by one.
impl From<&'static Policy<'static>> for Arc<OwnedPolicy> {
    fn from(policy: &'static Policy<'static>) -> Self {
        Arc::new(OwnedPolicy::of_static(policy))
    }
}

/// A service behind a policy.
///
/// A clone of it is a clone of the service behind, and a change of a reference count, however many origins the policy has.
#[derive(Clone, Debug)]
pub struct Cors<S> {
    inner: S,
    policy: Arc<OwnedPolicy>,
}

impl<S, RequestBody, ResponseBody> Service<Request<RequestBody>> for Cors<S>
where
    S: Service<Request<RequestBody>, Response = Response<ResponseBody>>,
    ResponseBody: Default,
{
    type Response = Response<ResponseBody>;
    type Error = S::Error;
    type Future = ResponseFuture<S::Future, ResponseBody>;

    #[inline]
    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.inner.poll_ready(context)
    }

    #[inline]
    fn call(&mut self, request: Request<RequestBody>) -> Self::Future {
        let state = match self.policy.decide(request.method().as_str(), Headers::from(request.headers())) {
            Decision::Handle(headers) => {
                let saved = headers.save();
                State::Handled { future: self.inner.call(request), policy: Arc::clone(&self.policy), saved }
            }
            decision => State::answered(&decision),
        };
        ResponseFuture { state }
    }
}

pin_project! {
    /// The response of a [`Cors`].
    #[derive(Debug)]
    pub struct ResponseFuture<F, B> {
        #[pin]
        state: State<F, B>,
    }
}

pin_project! {
    #[derive(Debug)]
    #[project = StateProjection]
    enum State<F, B> {
        /// The service behind handles the request.
        Handled {
            #[pin]
            future: F,
            policy: Arc<OwnedPolicy>,
            saved: SavedHeaders,
        },
        /// The policy has answered. The response is taken once.
        Answered { response: Option<Response<B>> },
    }
}

impl<F, B: Default> State<F, B> {
    fn answered(decision: &Decision<'_>) -> Self {
        let mut response = Response::new(B::default());
        // The statuses of a policy are checked when it is built.
        let status = decision.status().and_then(|status| StatusCode::from_u16(status).ok());
        *response.status_mut() = status.unwrap_or(StatusCode::FORBIDDEN);
        // An empty map has room for the headers.
        let _ = decision.write(response.headers_mut());
        State::Answered { response: Some(response) }
    }
}

impl<F, B, E> Future for ResponseFuture<F, B>
where
    F: Future<Output = Result<Response<B>, E>>,
{
    type Output = F::Output;

    #[inline]
    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<F::Output> {
        match self.project().state.project() {
            StateProjection::Handled { future, policy, saved } => {
                let mut response = ready!(future.poll(context))?;
                // A map that is full has no room for `Vary`, which is written first, so it gets no grant either. The browser refuses.
                let _ = policy.restore_own(saved).write(response.headers_mut());
                Poll::Ready(Ok(response))
            }
            // Polling again after completion returns `Pending`.
            StateProjection::Answered { response } => {
                response.take().map_or(Poll::Pending, |response| Poll::Ready(Ok(response)))
            }
        }
    }
}
