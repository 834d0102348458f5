//! `warp`: a wrapper around a filter.

use std::{convert::Infallible, hint::black_box};

use ::warp::{Filter, cors::Builder};
use http::{Request, Response};
use tower::Service;

use super::{
    Answer, Around, Exchange, exchange, http_request, http_response, now,
    scenes::{Names, Origins, Scene, Setup},
};

pub(super) fn exchange_of(scene: &Scene, around: Around) -> Option<Box<dyn Exchange>> {
    let lines = scene.response;
    let inner = ::warp::any().map(move || http_response::<String>(black_box(lines)));
    Some(match around {
        Around::Nothing => through(scene, ::warp::service(inner)),
        Around::Service => through(scene, ::warp::service(inner.with(cors(&scene.setup)?.build()))),
    })
}

fn through<S, B>(scene: &Scene, mut service: S) -> Box<dyn Exchange>
where
    S: Service<Request<String>, Response = Response<B>, Error = Infallible> + 'static,
    B: 'static,
{
    let answer = move |request| {
        let Ok(response) = now(service.call(request));
        response
    };
    exchange(http_request::<String>(scene), answer, |response| Answer::of(&response))
}

fn cors(setup: &Setup) -> Option<Builder> {
    let mut cors = match &setup.origins {
        Origins::Any => ::warp::cors().allow_any_origin(),
        Origins::List(list) => ::warp::cors().allow_origins(list.iter().map(String::as_str)),
        Origins::SubdomainsOf(_) | Origins::ListOrPreview(_) => return None,
    };
    let (Names::List(methods), Names::List(headers)) = (setup.methods, setup.request_headers) else { return None };
    cors = cors.allow_methods(methods.iter().copied()).allow_headers(headers.iter().copied());
    cors = cors.expose_headers(setup.exposed.iter().copied()).allow_credentials(setup.credentials);
    Some(match setup.max_age_seconds {
        Some(seconds) => cors.max_age(seconds),
        None => cors,
    })
}
