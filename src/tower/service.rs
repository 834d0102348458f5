//! The layer, and the service that it makes.

extern crate alloc;

use alloc::{string::String, sync::Arc};
use core::{
    fmt,
    future::Future,
    pin::Pin,
    task::{Context, Poll, ready},
    time::Duration,
};

use http::{Request, Response, StatusCode, request::Parts};
use pin_project_lite::pin_project;
use tower_layer::Layer;
use tower_service::Service;

use super::{Lookup, PolicySource, RefusalHook, RefusedRequest, RequestHead};
#[cfg(feature = "config")]
use crate::server::ReloadablePolicy;
use crate::{
    header::Headers,
    server::{DEFAULT_LOOKUP_TIMEOUT, Decision, OriginAnswer, OwnedPolicy, SavedHeaders},
};

/// Puts a policy in front of a service.
///
/// The layer answers preflights at once, with an empty body, and refuses requests if the policy has
/// [`Enforcement::Server`](crate::server::Enforcement::Server). Every other request goes to the service, and the headers go
/// into its response, whatever its status. Errors of the service are returned unchanged.
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
#[derive(Clone)]
pub struct CorsLayer<P = Arc<OwnedPolicy>, H = (), L = ()> {
    pub(super) policy: P,
    pub(super) on_refusal: H,
    pub(super) lookup: L,
}

impl CorsLayer {
    /// A layer with this policy: an [`OwnedPolicy`], an `Arc` of one, or a reference to a `static` [`Policy`](crate::server::Policy).
    pub fn new(policy: impl Into<Arc<OwnedPolicy>>) -> Self {
        CorsLayer { policy: policy.into(), on_refusal: (), lookup: () }
    }
}

#[cfg(feature = "config")]
impl CorsLayer<Arc<ReloadablePolicy>> {
    /// A layer with a policy that can be replaced while requests run. A request that has begun keeps the policy that it began with.
    ///
    /// ```
    /// use std::sync::Arc;
    ///
    /// use fetch_cors::server::{PolicyConfig, ReloadablePolicy};
    /// use fetch_cors::tower::CorsLayer;
    ///
    /// let policy = Arc::new(ReloadablePolicy::new(PolicyConfig::new(["https://app.example"]).build()?));
    /// let app: axum::Router = axum::Router::new().layer(CorsLayer::reloadable(Arc::clone(&policy)));
    /// // Later, when the configuration has changed:
    /// policy.reload(&PolicyConfig::new(["https://new.example"]))?;
    /// # Ok::<(), fetch_cors::server::ConfigErrors>(())
    /// ```
    pub fn reloadable(policy: Arc<ReloadablePolicy>) -> Self {
        CorsLayer { policy, on_refusal: (), lookup: () }
    }
}

impl<F: Fn(RequestHead<'_>) -> Arc<OwnedPolicy>> CorsLayer<F> {
    /// A layer with a policy for each request: by its path, its [host](RequestHead::host), or the result of an outer layer.
    ///
    /// The closure always returns a policy. For requests that should get none, keep one that allows no origin: a
    /// `PolicyConfig::default()` with a predicate that is always `false`. If the choice depends on a header other than `Host`, add
    /// its name to `Vary` yourself.
    ///
    /// ```
    /// use std::sync::Arc;
    ///
    /// use fetch_cors::server::PolicyConfig;
    /// use fetch_cors::tower::{CorsLayer, RequestHead};
    ///
    /// let public = Arc::new(PolicyConfig::new(["*"]).build()?);
    /// let admin = Arc::new(PolicyConfig::new(["https://admin.example"]).credentials().build()?);
    /// let layer = CorsLayer::by_request(move |request: RequestHead<'_>| {
    ///     Arc::clone(if request.uri.path().starts_with("/admin/") { &admin } else { &public })
    /// });
    /// let app: axum::Router = axum::Router::new().layer(layer);
    /// # Ok::<(), fetch_cors::server::ConfigErrors>(())
    /// ```
    pub fn by_request(policy: F) -> Self {
        CorsLayer { policy, on_refusal: (), lookup: () }
    }
}

impl<P, L> CorsLayer<P, (), L> {
    /// Calls `hook` with each request that is refused: an origin that is not allowed, a preflight that cannot be answered, a look-up
    /// that fails. It is called before the service behind is, so it must not block.
    ///
    /// By default there is no hook, which costs nothing. With a hook, an allowed request takes a few more comparisons. For a
    /// refused one the origin is read again to find the reason. Nothing is allocated.
    ///
    /// ```
    /// use fetch_cors::server::PolicyConfig;
    /// use fetch_cors::tower::{CorsLayer, RefusedRequest};
    ///
    /// let layer = CorsLayer::new(PolicyConfig::new(["https://app.example"]).build()?).on_refusal(
    ///     |refused: &RefusedRequest<'_>| {
    ///         eprintln!("{}: {} for {}", refused.code(), refused.refusal, refused.head.uri.path());
    ///     },
    /// );
    /// # Ok::<(), fetch_cors::server::ConfigErrors>(())
    /// ```
    pub fn on_refusal<H: Fn(&RefusedRequest<'_>)>(self, hook: H) -> CorsLayer<P, H, L> {
        CorsLayer { policy: self.policy, on_refusal: hook, lookup: self.lookup }
    }
}

impl<P, H> CorsLayer<P, H> {
    /// Looks up the origins that no pattern matches, where the policy has an
    /// [external look-up](crate::server::Rule::external_lookup).
    ///
    /// `look_up` takes the origin, which is well-formed and never `null`, and a copy of the request's head. `sleep` is the timer of
    /// your runtime: `tokio::time::sleep`, or a function that makes a `smol::Timer`. A look-up that returns an error, or takes longer than
    /// [`DEFAULT_LOOKUP_TIMEOUT`], 2 seconds, is a refusal, which the [hook](CorsLayer::on_refusal) gets with its
    /// [cause](RefusedRequest::lookup); the look-up is dropped then. [`lookup_timeout`](CorsLayer::lookup_timeout) sets another limit.
    ///
    /// An actual request waits for its look-up, and then goes to a clone of the service behind.
    ///
    /// ```
    /// use core::time::Duration;
    ///
    /// use fetch_cors::server::{OriginAnswer, PolicyConfig};
    /// use fetch_cors::tower::CorsLayer;
    /// use http::request::Parts;
    ///
    /// async fn is_tenant(origin: String, _request: Parts) -> Result<OriginAnswer, std::io::Error> {
    ///     // Ask your database here.
    ///     Ok(if origin == "https://tenant.example" { OriginAnswer::Allowed } else { OriginAnswer::Refused })
    /// }
    ///
    /// # mod tokio { pub mod time { pub async fn sleep(_: core::time::Duration) {} } }
    /// let policy = PolicyConfig::new(["https://app.example"]).external_lookup().build()?;
    /// let layer = CorsLayer::new(policy).with_lookup(tokio::time::sleep, is_tenant).lookup_timeout(Duration::from_secs(1));
    /// let app: axum::Router = axum::Router::new().layer(layer);
    /// # use futures_util::FutureExt;
    /// # use tower::ServiceExt;
    /// # let request = http::Request::builder().header("origin", "https://tenant.example").body(axum::body::Body::empty()).unwrap();
    /// # let response = app.oneshot(request).now_or_never().unwrap().unwrap();
    /// # assert_eq!(response.headers()["access-control-allow-origin"], "https://tenant.example");
    /// # Ok::<(), fetch_cors::server::ConfigErrors>(())
    /// ```
    // The timer comes from the caller: a dependency on a runtime would be one for every user of the layer, and a limit that is off by
    // default would never be changed.
    pub fn with_lookup<T, Sleep, F, Answer, E>(self, sleep: T, look_up: F) -> CorsLayer<P, H, Lookup<T, F>>
    where
        T: Fn(Duration) -> Sleep,
        Sleep: Future,
        F: Fn(String, Parts) -> Answer,
        Answer: Future<Output = Result<OriginAnswer, E>>,
        E: fmt::Display + Sync,
    {
        CorsLayer {
            policy: self.policy,
            on_refusal: self.on_refusal,
            lookup: Lookup { sleep, look_up, timeout: DEFAULT_LOOKUP_TIMEOUT },
        }
    }
}

impl<P, H, T, F> CorsLayer<P, H, Lookup<T, F>> {
    /// How long a look-up may take. The default is [`DEFAULT_LOOKUP_TIMEOUT`], 2 seconds.
    #[must_use]
    pub fn lookup_timeout(mut self, timeout: Duration) -> Self {
        self.lookup.timeout = timeout;
        self
    }
}

impl<P: fmt::Debug, H, L> fmt::Debug for CorsLayer<P, H, L> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("CorsLayer").field("policy", &self.policy).finish_non_exhaustive()
    }
}

impl<S, P: Clone, H: Clone, L: Clone> Layer<S> for CorsLayer<P, H, L> {
    type Service = Cors<S, P, H, L>;

    fn layer(&self, inner: S) -> Cors<S, P, H, L> {
        Cors { inner, layer: self.clone() }
    }
}

/// A service behind a policy.
///
/// A clone of it clones the service behind, and changes a reference count, however many origins the policy has.
#[derive(Clone, Debug)]
pub struct Cors<S, P = Arc<OwnedPolicy>, H = (), L = ()> {
    pub(super) inner: S,
    pub(super) layer: CorsLayer<P, H, L>,
}

impl<S, P, H, RequestBody, ResponseBody> Service<Request<RequestBody>> for Cors<S, P, H>
where
    S: Service<Request<RequestBody>, Response = Response<ResponseBody>>,
    P: PolicySource,
    H: RefusalHook,
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
        let head = RequestHead::of(&request);
        let policy = self.layer.policy.policy(head);
        let decision = policy.decide(head.method.as_str(), Headers::from(head.headers));
        self.layer.on_refusal.report(&decision, None, head);
        match saved_or_answered(&decision) {
            Ok(saved) => ResponseFuture::handled(self.inner.call(request), policy, saved),
            Err(response) => ResponseFuture::answered(response),
        }
    }
}

/// What the response of the service behind gets, or the policy's own response.
#[inline]
pub(super) fn saved_or_answered<B: Default>(decision: &Decision<'_>) -> Result<SavedHeaders, Response<B>> {
    if let Decision::Handle(headers) = decision {
        return Ok(headers.save());
    }
    let mut response = Response::new(B::default());
    // The statuses of a policy are checked when it is built.
    let status = decision.status().and_then(|status| StatusCode::from_u16(status).ok());
    *response.status_mut() = status.unwrap_or(StatusCode::FORBIDDEN);
    // An empty map has room for the headers.
    let _ = decision.write(response.headers_mut());
    Err(response)
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

impl<F, B> ResponseFuture<F, B> {
    #[inline]
    pub(super) fn handled(future: F, policy: Arc<OwnedPolicy>, saved: SavedHeaders) -> Self {
        ResponseFuture { state: State::Handled { future, policy, saved } }
    }

    #[inline]
    pub(super) fn answered(response: Response<B>) -> Self {
        ResponseFuture { state: State::Answered { response: Some(response) } }
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
                // A full map has no room for `Vary`. That is written first, so there is no grant either, and the browser
                // refuses.
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
