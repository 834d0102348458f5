//! `poem`: a middleware around an endpoint.

use std::hint::black_box;

use ::poem::{
    Endpoint, Middleware, Request, Response,
    endpoint::make_sync,
    http::{HeaderName, HeaderValue, Method},
    middleware::Cors,
};

use super::{
    Answer, Around, Exchange, exchange, http_request, now,
    scenes::{Names, Origins, Scene, Setup, is_preview},
};

pub(super) fn exchange_of(scene: &Scene, around: Around) -> Option<Box<dyn Exchange>> {
    let lines = scene.response;
    let inner = make_sync(move |_| {
        let mut response = Response::default();
        for (name, value) in black_box(lines) {
            response.headers_mut().insert(HeaderName::from_static(name), HeaderValue::from_static(value));
        }
        response
    });
    Some(match around {
        Around::Nothing => through(scene, inner),
        Around::Service => through(scene, cors(&scene.setup)?.transform(inner)),
    })
}

fn through(scene: &Scene, endpoint: impl Endpoint + 'static) -> Box<dyn Exchange> {
    let make = http_request::<()>(scene);
    let make = move || {
        let (parts, ()) = make().into_parts();
        let mut request = Request::builder().method(parts.method).finish();
        *request.headers_mut() = parts.headers;
        request
    };
    exchange(
        make,
        move |request| now(endpoint.get_response(request)),
        |response: Response| {
            let lines = response.headers().iter().map(|(name, value)| (name.as_str(), value));
            Answer::new(response.status().as_u16(), lines)
        },
    )
}

fn cors(setup: &Setup) -> Option<Cors> {
    let mut cors = match &setup.origins {
        // Without a list, all origins are allowed.
        Origins::Any => Cors::new(),
        Origins::List(list) => Cors::new().allow_origins(list),
        Origins::ListOrPreview(list) => {
            Cors::new().allow_origins(list).allow_origins_fn(|origin| is_preview(origin.as_bytes()))
        }
        Origins::SubdomainsOf(suffixes) => {
            suffixes.iter().fold(Cors::new(), |cors, suffix| cors.allow_origin_regex(format!("https://*{suffix}")))
        }
    };
    // Without a list, all methods are allowed.
    if let Names::List(names) = setup.methods {
        cors = cors.allow_methods(names.iter().map(|name| name.parse::<Method>().expect("it is a method")));
    }
    if let Names::List(names) = setup.request_headers {
        cors = cors.allow_headers(names.iter().copied());
    }
    cors = cors.expose_headers(setup.exposed.iter().copied()).allow_credentials(setup.credentials);
    match setup.max_age_seconds {
        Some(seconds) => Some(cors.max_age(seconds.try_into().ok()?)),
        None => Some(cors),
    }
}
