//! The layer allocates nothing of its own, and a clone of it copies nothing: a counting allocator checks it.

use core::{convert::Infallible, future::ready, hint::black_box};
use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use fetch_cors::{
    server::{Enforcement, OwnedPolicy, PolicyConfig, ReloadablePolicy, RuleConfig},
    tower::{CorsLayer, RefusedRequest},
};
use futures_util::FutureExt;
use http::{HeaderMap, HeaderValue, Request, Response};
use tower::{Layer, Service, service_fn};

use crate::POLICY;

fn count<T>(work: impl FnOnce() -> T) -> u64 {
    allocation_counter::measure(|| {
        black_box(work());
    })
    .count_total
}

/// A hundred thousand origins.
fn many() -> PolicyConfig {
    PolicyConfig::new((0..100_000).map(|number| format!("https://app-{number}.example"))).request_headers(["x-a"])
}

#[test]
fn clone_of_a_layer_allocates_nothing() {
    let policy = Arc::new(many().build().unwrap());
    let layer = CorsLayer::new(Arc::clone(&policy));
    let service = layer.layer(());
    let before = Arc::strong_count(&policy);
    let mut clones = [const { None }; 2];
    let counted = count(|| clones = [Some(service.clone()), Some(layer.layer(()))]);
    assert_eq!((counted, Arc::strong_count(&policy)), (0, before + 2));
    assert_eq!(size_of_val(&service), size_of::<usize>());
}

/// A request as a server reads it: its values are shared parts of the received bytes.
fn request(method: &str, origin: &str) -> Request<()> {
    let mut request = Request::new(());
    *request.method_mut() = method.parse().unwrap();
    let lines =
        [("origin", origin), ("access-control-request-method", "PUT"), ("access-control-request-headers", "x-a")];
    for (name, value) in lines {
        request.headers_mut().insert(name, HeaderValue::from_str(value).unwrap());
    }
    drop(request.headers().clone());
    request
}

#[test]
fn only_the_header_map_allocates_for_any_request() {
    let any = || PolicyConfig::new(["*"]);
    let of_const = OwnedPolicy::indexed(&POLICY);
    let policies = [
        any(),
        many(),
        many().credentials(),
        many().enforcement(Enforcement::Server),
        many().rule(RuleConfig::new(["*"])),
        PolicyConfig::new(["https://app-7.example"]).methods(["*"]).request_headers(["*"]).credentials(),
        many().external_lookup(),
    ]
    .map(|config| config.build().unwrap());
    // The allocations of a map for its first lines.
    let growth = count(|| HeaderMap::<HeaderValue>::with_capacity(6));
    let long = format!("https://{}.example", "a".repeat(65_536));
    let (mut counts, mut answers) = (0, [0; 3]);
    for policy in policies.into_iter().chain([of_const]) {
        let layer = CorsLayer::new(policy);
        for origin in ["https://app-7.example", "https://a.app.example", "https://evil.example", "", "null", &long] {
            for (method, room) in [("GET", 0), ("GET", 12), ("POST", 12), ("OPTIONS", 12)] {
                // The policy's values are shared from the first call on.
                for time in ["first", "second"] {
                    let (mut response, request) = (Some(Response::new(())), request(method, origin));
                    *response.as_mut().unwrap().headers_mut() = HeaderMap::with_capacity(room);
                    let application = service_fn(|_: Request<()>| ready(Ok::<_, Infallible>(response.take().unwrap())));
                    let mut service = layer.layer(application);
                    let mut sent = None;
                    let counted = count(|| sent = service.call(request).now_or_never());
                    let Ok(answered) = sent.unwrap();
                    drop(service);
                    // The layer's own answers are new maps.
                    let may_grow = room == 0 || response.is_some();
                    let allowed = if may_grow { growth } else { 0 };
                    let headers = answered.headers();
                    assert!(time == "first" || counted <= allowed, "{counted}: {method} {origin:.40} {headers:?}");
                    counts += 1;
                    answers[headers.len().min(2)] += 1;
                }
            }
        }
    }
    assert_eq!(counts, 8 * 6 * 4 * 2);
    assert!(answers[1] > 100 && answers[2] > 50, "{answers:?}");
}

#[test]
fn a_policy_that_can_be_replaced_and_a_hook_allocate_nothing() {
    let policy = Arc::new(ReloadablePolicy::new(many().credentials().external_lookup().build().unwrap()));
    let reported = AtomicUsize::new(0);
    let layer = CorsLayer::reloadable(policy).on_refusal(|refused: &RefusedRequest<'_>| {
        reported.fetch_add(refused.code().len(), Ordering::Relaxed);
    });
    let growth = count(|| HeaderMap::<HeaderValue>::with_capacity(6));
    for origin in ["https://app-7.example", "https://evil.example", "null", "not an origin"] {
        for method in ["GET", "OPTIONS"] {
            for time in ["first", "second"] {
                let (mut response, request) = (Some(Response::new(())), request(method, origin));
                let application = service_fn(|_: Request<()>| ready(Ok::<_, Infallible>(response.take().unwrap())));
                let mut service = layer.layer(application);
                let counted = count(|| service.call(request).now_or_never());
                assert!(time == "first" || counted <= growth, "{counted}: {method} {origin}");
            }
        }
    }
    assert!(reported.into_inner() > 0);
}
