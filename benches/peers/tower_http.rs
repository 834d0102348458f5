//! `tower-http`: a layer around a service of tower's.

use std::{convert::Infallible, future::ready, hint::black_box, time::Duration};

use ::tower_http::cors::{AllowHeaders, AllowMethods, AllowOrigin, Any, CorsLayer, ExposeHeaders};
use http::{HeaderName, HeaderValue, Method, Request, Response, request::Parts};
use tower::{Layer, Service};

use super::{
    Answer, Around, Exchange, exchange, http_request, http_response, now,
    scenes::{Names, Origins, Scene, Setup, is_preview},
};

/// Requests through a layer around a service that says what the scene has it say; or through the service alone.
pub(super) fn through_tower<L>(scene: &Scene, layer: Option<L>) -> Box<dyn Exchange>
where
    L: Layer<Inner>,
    L::Service: Service<Request<()>, Response = Response<()>, Error = Infallible> + 'static,
{
    let inner = Inner(scene.response);
    match layer {
        Some(layer) => through_service(scene, layer.layer(inner)),
        None => through_service(scene, inner),
    }
}

fn through_service<S>(scene: &Scene, mut service: S) -> Box<dyn Exchange>
where
    S: Service<Request<()>, Response = Response<()>, Error = Infallible> + 'static,
{
    let answer = move |request| {
        let Ok(()) = now(std::future::poll_fn(|context| service.poll_ready(context)));
        let Ok(response) = now(service.call(request));
        response
    };
    exchange(http_request::<()>(scene), answer, |response| Answer::of(&response))
}

/// The service behind.
#[derive(Clone)]
pub(super) struct Inner(super::Lines);

impl Service<Request<()>> for Inner {
    type Response = Response<()>;
    type Error = Infallible;
    type Future = std::future::Ready<Result<Response<()>, Infallible>>;

    fn poll_ready(&mut self, _: &mut std::task::Context<'_>) -> std::task::Poll<Result<(), Infallible>> {
        std::task::Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<()>) -> Self::Future {
        drop(request);
        ready(Ok(http_response(black_box(self.0))))
    }
}

pub(super) fn exchange_of(scene: &Scene, around: Around) -> Option<Box<dyn Exchange>> {
    Some(through_tower(scene, (around == Around::Service).then(|| layer(&scene.setup))))
}

fn names(names: &[&'static str]) -> Vec<HeaderName> {
    names.iter().map(|name| HeaderName::from_static(name)).collect()
}

fn layer(setup: &Setup) -> CorsLayer {
    let origins = match &setup.origins {
        Origins::Any if setup.credentials => AllowOrigin::mirror_request(),
        Origins::Any => AllowOrigin::any(),
        Origins::List(list) => {
            AllowOrigin::list(list.iter().map(|origin| HeaderValue::from_str(origin).expect("it is a value")))
        }
        Origins::ListOrPreview(list) => {
            let list = list.clone();
            AllowOrigin::predicate(move |origin: &HeaderValue, _: &Parts| {
                list.iter().any(|listed| listed.as_bytes() == origin.as_bytes()) || is_preview(origin.as_bytes())
            })
        }
        Origins::SubdomainsOf(suffixes) => {
            let suffixes = suffixes.clone();
            AllowOrigin::predicate(move |origin: &HeaderValue, _: &Parts| is_subdomain(origin.as_bytes(), &suffixes))
        }
    };
    let mut layer = CorsLayer::new().allow_origin(origins).allow_credentials(setup.credentials);
    layer = match setup.methods {
        Names::Any => layer.allow_methods(Any),
        Names::Mirror => layer.allow_methods(AllowMethods::mirror_request()),
        Names::List([]) => layer,
        Names::List(names) => {
            let methods = names.iter().map(|name| name.parse::<Method>().expect("it is a method"));
            layer.allow_methods(methods.collect::<Vec<_>>())
        }
    };
    layer = match setup.request_headers {
        Names::Any => layer.allow_headers(Any),
        Names::Mirror => layer.allow_headers(AllowHeaders::mirror_request()),
        Names::List([]) => layer,
        Names::List(list) => layer.allow_headers(names(list)),
    };
    if !setup.exposed.is_empty() {
        layer = layer.expose_headers(ExposeHeaders::list(names(setup.exposed)));
    }
    match setup.max_age_seconds {
        Some(seconds) => layer.max_age(Duration::from_secs(seconds.into())),
        None => layer,
    }
}

/// What a user writes where a peer has no patterns.
pub(super) fn is_subdomain(origin: &[u8], suffixes: &[String]) -> bool {
    origin.starts_with(b"https://") && suffixes.iter().any(|suffix| origin.ends_with(suffix.as_bytes()))
}
