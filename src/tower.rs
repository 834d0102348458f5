//! A policy in front of a `tower` service: hyper, axum, tonic, and whatever else takes a [`Layer`].

extern crate alloc;

use alloc::sync::Arc;
use core::{
    future::Future,
    pin::Pin,
    task::{Context, Poll, ready},
};

use http::{HeaderMap, Request, Response, StatusCode};
use pin_project_lite::pin_project;
use tower_layer::Layer;
use tower_service::Service;

use crate::{
    header::Headers,
    http::NotWritten,
    server::{Decision, KeptHeaders, OwnedPolicy, Policy},
};

/// Puts a policy in front of a service.
///
/// <https://fetch.spec.whatwg.org/#http-responses>
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

/// The same policy, indexed, to be shared.
impl From<&Policy<'static>> for Arc<OwnedPolicy> {
    fn from(policy: &Policy<'static>) -> Self {
        Arc::new(OwnedPolicy::from(policy))
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
                let kept = headers.keep();
                State::Handled { future: self.inner.call(request), policy: Arc::clone(&self.policy), kept }
            }
            Decision::AnswerPreflight(answer) => State::answered(answer.status(), |headers| answer.write(headers)),
            Decision::Forbid(forbidden) => State::answered(forbidden.status(), |headers| forbidden.write(headers)),
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
            kept: KeptHeaders,
        },
        /// The policy has answered. Nothing is left once that is taken.
        Answered { response: Option<Response<B>> },
    }
}

impl<F, B: Default> State<F, B> {
    fn answered(status: u16, write: impl FnOnce(&mut HeaderMap) -> Result<(), NotWritten>) -> Self {
        let mut response = Response::new(B::default());
        // The policy's statuses have been checked when it was made.
        *response.status_mut() = StatusCode::from_u16(status).unwrap_or(StatusCode::FORBIDDEN);
        // An empty map has room for them.
        let _ = write(response.headers_mut());
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
            StateProjection::Handled { future, policy, kept } => {
                let mut response = ready!(future.poll(context))?;
                // Where there is no room for `Vary` there is none for a grant, which comes after it: the browser then refuses.
                let _ = policy.give_back(kept).write(response.headers_mut());
                Poll::Ready(Ok(response))
            }
            // Who polls once more waits for ever, as the trait allows.
            StateProjection::Answered { response } => {
                response.take().map_or(Poll::Pending, |response| Poll::Ready(Ok(response)))
            }
        }
    }
}
