//! `actix-cors`: a middleware around a service of actix-web.

use std::{
    future::{Ready, ready},
    hint::black_box,
};

use actix_cors::Cors;
use actix_web::{
    Error, HttpResponse,
    body::MessageBody,
    dev::{Service, ServiceRequest, ServiceResponse, Transform, always_ready},
    http::{
        Method,
        header::{HeaderName, HeaderValue},
    },
    test::TestRequest,
};

use super::{
    Answer, Around, Exchange, Lines, exchange, now,
    scenes::{Names, Origins, Scene, Setup, is_preview},
    tower_http::is_subdomain,
};

pub(super) fn exchange_of(scene: &Scene, around: Around) -> Option<Box<dyn Exchange>> {
    let inner = Inner(scene.response);
    Some(match around {
        Around::Nothing => through(scene, inner),
        Around::Service => {
            through(scene, now(cors(&scene.setup).new_transform(inner)).expect("the settings are right"))
        }
    })
}

/// The service behind the middleware.
struct Inner(Lines);

impl Service<ServiceRequest> for Inner {
    type Response = ServiceResponse;
    type Error = Error;
    type Future = Ready<Result<ServiceResponse, Error>>;

    always_ready!();

    fn call(&self, request: ServiceRequest) -> Self::Future {
        let mut response = HttpResponse::Ok().finish();
        for (name, value) in black_box(self.0) {
            response.headers_mut().insert(HeaderName::from_static(name), HeaderValue::from_static(value));
        }
        ready(Ok(request.into_response(response)))
    }
}

fn through<S, B>(scene: &Scene, service: S) -> Box<dyn Exchange>
where
    S: Service<ServiceRequest, Response = ServiceResponse<B>, Error = Error> + 'static,
    B: MessageBody + 'static,
{
    let method: Method = scene.method.parse().expect("it is a method");
    let line = |(name, value): &(&'static str, String)| {
        let value = HeaderValue::from_maybe_shared(bytes::Bytes::from(value.clone())).expect("it is a value");
        (HeaderName::from_static(name), value)
    };
    let lines: Vec<_> = scene.request.iter().map(line).collect();
    let make = move || {
        let request = TestRequest::default().method(method.clone());
        let add = |request: TestRequest, (name, value): &(HeaderName, HeaderValue)| {
            request.append_header((name.clone(), value.clone()))
        };
        lines.iter().fold(request, add).to_srv_request()
    };
    let answer = move |request| now(service.call(request)).expect("errors are responses");
    exchange(make, answer, |response: ServiceResponse<B>| {
        let lines = response.headers().iter().map(|(name, value)| (name.as_str(), value));
        Answer::new(response.status().as_u16(), lines)
    })
}

fn of_list(list: &[String]) -> Cors {
    list.iter().fold(Cors::default(), |cors, origin| cors.allowed_origin(origin))
}

fn cors(setup: &Setup) -> Cors {
    let mut cors = match &setup.origins {
        Origins::Any if setup.credentials => Cors::default().allow_any_origin(),
        Origins::Any => Cors::default().allow_any_origin().send_wildcard(),
        Origins::List(list) => of_list(list),
        Origins::ListOrPreview(list) => of_list(list).allowed_origin_fn(|origin, _| is_preview(origin.as_bytes())),
        Origins::SubdomainsOf(suffixes) => {
            let suffixes = suffixes.clone();
            Cors::default().allowed_origin_fn(move |origin, _| is_subdomain(origin.as_bytes(), &suffixes))
        }
    };
    cors = match setup.methods {
        Names::Any | Names::Mirror => cors.allow_any_method(),
        Names::List([]) => cors.allowed_methods(["GET"]),
        Names::List(names) => cors.allowed_methods(names.iter().copied()),
    };
    cors = match setup.request_headers {
        Names::Any | Names::Mirror => cors.allow_any_header(),
        Names::List(names) => cors.allowed_headers(names.iter().copied()),
    };
    if !setup.exposed.is_empty() {
        cors = cors.expose_headers(setup.exposed.iter().copied());
    }
    if setup.credentials {
        cors = cors.supports_credentials();
    }
    cors.max_age(setup.max_age_seconds.and_then(|seconds| seconds.try_into().ok()))
}
