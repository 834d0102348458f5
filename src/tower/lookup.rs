//! Origins that the caller looks up while the request waits.

extern crate alloc;

use alloc::{string::String, sync::Arc};
use core::{
    fmt,
    future::Future,
    pin::Pin,
    task::{Context, Poll, ready},
    time::Duration,
};

use http::{Request, Response, request::Parts};
use pin_project_lite::pin_project;
use tower_service::Service;

use super::{Cors, PolicySource, RefusalHook, RequestHead, ResponseFuture, service::saved_or_answered};
use crate::{
    header::Headers,
    server::{Decision, LookupFailure, OriginAnswer, OwnedPolicy, Start},
};

/// How a layer looks origins up: see [`CorsLayer::with_lookup`](super::CorsLayer::with_lookup).
#[derive(Clone, Copy)]
pub struct Lookup<T, F> {
    pub(super) sleep: T,
    pub(super) look_up: F,
    pub(super) timeout: Duration,
}

impl<T, F> fmt::Debug for Lookup<T, F> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Lookup").field("timeout", &self.timeout).finish_non_exhaustive()
    }
}

impl<S, P, H, T, Sleep, F, Answer, E, RequestBody, ResponseBody> Service<Request<RequestBody>>
    for Cors<S, P, H, Lookup<T, F>>
where
    S: Service<Request<RequestBody>, Response = Response<ResponseBody>> + Clone,
    P: PolicySource,
    H: RefusalHook + Clone,
    T: Fn(Duration) -> Sleep,
    Sleep: Future,
    F: Fn(String, Parts) -> Answer,
    Answer: Future<Output = Result<OriginAnswer, E>>,
    E: fmt::Display + Sync,
    ResponseBody: Default,
{
    type Response = Response<ResponseBody>;
    type Error = S::Error;
    type Future = LookupResponseFuture<S, H, Sleep, Answer, RequestBody, S::Future, ResponseBody>;

    #[inline]
    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.inner.poll_ready(context)
    }

    fn call(&mut self, request: Request<RequestBody>) -> Self::Future {
        let head = RequestHead::of(&request);
        let policy = self.layer.policy.policy(head);
        let state = match policy.begin(head.method.as_str(), Headers::from(head.headers)) {
            Start::Decided(decision) => {
                self.layer.on_refusal.report(&decision, None, head);
                let future = match saved_or_answered(&decision) {
                    Ok(saved) => ResponseFuture::handled(self.inner.call(request), policy, saved),
                    Err(response) => ResponseFuture::answered(response),
                };
                LookupState::Responding { future }
            }
            Start::Lookup(origin) => {
                let Lookup { sleep, look_up, timeout } = &self.layer.lookup;
                let (answer, sleep) = (look_up(origin.origin().into(), parts(head)), sleep(*timeout));
                // The service that is ready must be called; its clone may not be ready.
                let unready = self.inner.clone();
                let inner = core::mem::replace(&mut self.inner, unready);
                let on_refusal = self.layer.on_refusal.clone();
                let waiting = Some(Waiting { request, inner, policy, on_refusal, timeout: *timeout });
                LookupState::Waiting { answer, sleep, waiting }
            }
        };
        LookupResponseFuture { state }
    }
}

fn parts(head: RequestHead<'_>) -> Parts {
    let (mut parts, ()) = Request::new(()).into_parts();
    parts.method = head.method.clone();
    parts.uri = head.uri.clone();
    parts.headers = head.headers.clone();
    parts.extensions = head.extensions.clone();
    parts
}

pin_project! {
    /// The response of a [`Cors`] that looks origins up.
    pub struct LookupResponseFuture<S, H, Sleep, Answer, RequestBody, F, ResponseBody> {
        #[pin]
        state: LookupState<S, H, Sleep, Answer, RequestBody, F, ResponseBody>,
    }
}

pin_project! {
    #[project = LookupStateProjection]
    enum LookupState<S, H, Sleep, Answer, RequestBody, F, ResponseBody> {
        Waiting {
            #[pin]
            answer: Answer,
            #[pin]
            sleep: Sleep,
            // Taken once.
            waiting: Option<Waiting<S, H, RequestBody>>,
        },
        Responding {
            #[pin]
            future: ResponseFuture<F, ResponseBody>,
        },
    }
}

/// The request and its policy, while they wait for the look-up.
struct Waiting<S, H, RequestBody> {
    request: Request<RequestBody>,
    inner: S,
    policy: Arc<OwnedPolicy>,
    on_refusal: H,
    timeout: Duration,
}

impl<S, H, RequestBody> Waiting<S, H, RequestBody> {
    /// Continues with the answer, or without one if the look-up took too long.
    fn go_on<E, ResponseBody>(
        mut self,
        answer: Option<&Result<OriginAnswer, E>>,
    ) -> ResponseFuture<S::Future, ResponseBody>
    where
        S: Service<Request<RequestBody>, Response = Response<ResponseBody>>,
        H: RefusalHook,
        E: fmt::Display + Sync,
        ResponseBody: Default,
    {
        let head = RequestHead::of(&self.request);
        let failure = match answer {
            Some(Ok(_)) => None,
            Some(Err(error)) => Some(LookupFailure::Failed(error)),
            None => Some(LookupFailure::TimedOut(self.timeout)),
        };
        // The policy and the request are those of the look-up, so deciding again comes to the same look-up.
        let decision: Decision<'_> =
            match (self.policy.begin(head.method.as_str(), Headers::from(head.headers)), answer) {
                (Start::Decided(decision), _) => decision,
                (Start::Lookup(lookup), Some(Ok(answer))) => lookup.resume(*answer),
                (Start::Lookup(lookup), _) => lookup.resume_without_answer(),
            };
        self.on_refusal.report(&decision, failure, head);
        match saved_or_answered(&decision) {
            Ok(saved) => ResponseFuture::handled(self.inner.call(self.request), self.policy, saved),
            Err(response) => ResponseFuture::answered(response),
        }
    }
}

impl<S, H, Sleep, Answer, E, RequestBody, ResponseBody> Future
    for LookupResponseFuture<S, H, Sleep, Answer, RequestBody, S::Future, ResponseBody>
where
    S: Service<Request<RequestBody>, Response = Response<ResponseBody>>,
    H: RefusalHook,
    Sleep: Future,
    Answer: Future<Output = Result<OriginAnswer, E>>,
    E: fmt::Display + Sync,
    ResponseBody: Default,
{
    type Output = Result<S::Response, S::Error>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let mut this = self.as_mut().project();
        if let LookupStateProjection::Waiting { answer, sleep, waiting } = this.state.as_mut().project() {
            // Polls the answer before the timer: an answer that exists counts, however late it is.
            let answered = match answer.poll(context) {
                Poll::Ready(answered) => Some(answered),
                Poll::Pending => {
                    ready!(sleep.poll(context));
                    None
                }
            };
            // Nothing waits if the service behind has panicked when it was called.
            let Some(waiting) = waiting.take() else { return Poll::Pending };
            let future = waiting.go_on(answered.as_ref());
            this.state.set(LookupState::Responding { future });
        }
        match this.state.project() {
            LookupStateProjection::Responding { future } => future.poll(context),
            LookupStateProjection::Waiting { .. } => Poll::Pending,
        }
    }
}

impl<S, H, Sleep, Answer, RequestBody, F, ResponseBody> fmt::Debug
    for LookupResponseFuture<S, H, Sleep, Answer, RequestBody, F, ResponseBody>
{
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("LookupResponseFuture").finish_non_exhaustive()
    }
}
