//! The middleware: it answers preflights, and adds headers to the application's responses.

use core::{
    fmt,
    future::{Future, Ready, ready},
    pin::Pin,
    task::{Context, Poll, ready},
};
use std::{rc::Rc, sync::Arc};

use actix_web::{
    Error, HttpResponse,
    body::{EitherBody, MessageBody},
    dev::{Service, ServiceRequest, ServiceResponse, Transform},
    error::InternalError,
    http::StatusCode,
};
use fetch_cors::{
    header::Headers,
    server::{Decision, OwnedPolicy, SavedHeaders, Start},
};
use pin_project_lite::pin_project;

use crate::{
    Cors,
    cors::LookedUp,
    headers::{Sink, pairs},
};

impl<S, B> Transform<S, ServiceRequest> for Cors
where
    S: Service<ServiceRequest, Response = ServiceResponse<B>, Error = Error> + 'static,
    B: MessageBody + 'static,
{
    type Response = ServiceResponse<EitherBody<B>>;
    type Error = Error;
    type InitError = ();
    type Transform = CorsMiddleware<S>;
    type Future = Ready<Result<CorsMiddleware<S>, ()>>;

    fn new_transform(&self, service: S) -> Self::Future {
        ready(Ok(CorsMiddleware { service: Rc::new(service), cors: self.clone() }))
    }
}

/// An application behind a policy; [`Cors`] makes it.
#[derive(Debug)]
pub struct CorsMiddleware<S> {
    // Shared with requests that wait for a look-up.
    service: Rc<S>,
    cors: Cors,
}

impl<S, B> Service<ServiceRequest> for CorsMiddleware<S>
where
    S: Service<ServiceRequest, Response = ServiceResponse<B>, Error = Error> + 'static,
    B: MessageBody + 'static,
{
    type Response = ServiceResponse<EitherBody<B>>;
    type Error = Error;
    type Future = ResponseFuture<S::Future, B>;

    fn poll_ready(&self, context: &mut Context<'_>) -> Poll<Result<(), Error>> {
        self.service.poll_ready(context)
    }

    fn call(&self, request: ServiceRequest) -> Self::Future {
        let policy = self.cors.policy(request.head());
        let state = match next(&self.cors, &policy, &request, None) {
            Next::Handle(saved) => State::Handled { future: self.service.call(request), policy, saved },
            Next::Answer(response) => {
                State::Answered { response: Some(request.into_response(response).map_into_right_body()) }
            }
            Next::LookUp(origin) => {
                let (service, cors) = (Rc::clone(&self.service), self.cors.clone());
                State::LookedUp { future: Box::pin(look_up(service, cors, policy, request, origin)) }
            }
        };
        ResponseFuture { state }
    }
}

/// The next step for a request.
#[expect(clippy::large_enum_variant, reason = "the large variant is the usual one, and is moved once")]
enum Next {
    Handle(SavedHeaders),
    Answer(HttpResponse),
    LookUp(String),
}

fn next(cors: &Cors, policy: &OwnedPolicy, request: &ServiceRequest, looked_up: Option<&LookedUp>) -> Next {
    let (head, pairs) = (request.head(), pairs(request.headers()));
    let (method, headers) = (head.method.as_str(), Headers::from_pairs(&pairs));
    let decision = if cors.looks_up() {
        match (policy.begin(method, headers), looked_up) {
            (Start::Decided(decision), _) => decision,
            (Start::Lookup(lookup), None) => return Next::LookUp(lookup.origin().to_owned()),
            (Start::Lookup(lookup), Some(LookedUp::Answered(answer))) => lookup.resume(*answer),
            (Start::Lookup(lookup), Some(_)) => lookup.resume_without_answer(),
        }
    } else {
        policy.decide(method, headers)
    };
    cors.report(&decision, looked_up.and_then(LookedUp::failure), head);
    if let Decision::Handle(headers) = decision {
        return Next::Handle(headers.save());
    }
    // Building a policy checks its statuses.
    let status = decision.status().and_then(|status| StatusCode::from_u16(status).ok());
    let mut response = HttpResponse::new(status.unwrap_or(StatusCode::FORBIDDEN));
    // The map accepts every name and value of a valid policy.
    let _ = decision.write(&mut Sink(response.headers_mut()));
    Next::Answer(response)
}

/// Looks the origin up, and continues with the answer.
async fn look_up<S, B>(
    service: Rc<S>,
    cors: Cors,
    policy: Arc<OwnedPolicy>,
    request: ServiceRequest,
    origin: String,
) -> Result<ServiceResponse<EitherBody<B>>, Error>
where
    S: Service<ServiceRequest, Response = ServiceResponse<B>, Error = Error>,
{
    let looked_up = cors.look_up(origin, request.head().clone()).await;
    match next(&cors, &policy, &request, Some(&looked_up)) {
        Next::Handle(saved) => decorated(service.call(request).await, &policy, &saved),
        Next::Answer(response) => Ok(request.into_response(response).map_into_right_body()),
        Next::LookUp(_) => Err(actix_web::error::ErrorInternalServerError("an origin is looked up once")),
    }
}

/// The application's response with the headers added. An error keeps its own response, with the headers added.
fn decorated<B>(
    result: Result<ServiceResponse<B>, Error>,
    policy: &OwnedPolicy,
    saved: &SavedHeaders,
) -> Result<ServiceResponse<EitherBody<B>>, Error> {
    let headers = policy.restore(saved);
    match result {
        Ok(mut response) => {
            let _ = headers.write(&mut Sink(response.headers_mut()));
            Ok(response.map_into_left_body())
        }
        Err(error) => {
            let mut response = error.error_response();
            let _ = headers.write(&mut Sink(response.headers_mut()));
            Err(InternalError::from_response(error, response).into())
        }
    }
}

pin_project! {
    /// The response of a [`CorsMiddleware`].
    pub struct ResponseFuture<F, B> {
        #[pin]
        state: State<F, B>,
    }
}

pin_project! {
    #[project = StateProjection]
    enum State<F, B> {
        /// The application handles the request.
        Handled {
            #[pin]
            future: F,
            policy: Arc<OwnedPolicy>,
            saved: SavedHeaders,
        },
        /// The policy has answered. The response is taken out once.
        Answered { response: Option<ServiceResponse<EitherBody<B>>> },
        /// The origin is looked up, then the application handles the request.
        LookedUp { future: Pin<Box<dyn Future<Output = Result<ServiceResponse<EitherBody<B>>, Error>>>> },
    }
}

impl<F, B> Future for ResponseFuture<F, B>
where
    F: Future<Output = Result<ServiceResponse<B>, Error>>,
{
    type Output = Result<ServiceResponse<EitherBody<B>>, Error>;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        match self.project().state.project() {
            StateProjection::Handled { future, policy, saved } => {
                let result = ready!(future.poll(context));
                Poll::Ready(decorated(result, policy, saved))
            }
            // Polling again after completion returns `Pending`.
            StateProjection::Answered { response } => {
                response.take().map_or(Poll::Pending, |response| Poll::Ready(Ok(response)))
            }
            StateProjection::LookedUp { future } => future.as_mut().poll(context),
        }
    }
}

impl<F, B> fmt::Debug for ResponseFuture<F, B> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("ResponseFuture").finish_non_exhaustive()
    }
}
