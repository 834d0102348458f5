//! Kinds of servers.

use core::{convert::Infallible, future::Future};
use std::sync::Mutex;

use axum::{Router, routing::get};
use bytes::Bytes;
use fetch_cors::{server::PolicyConfig, tower::CorsLayer};
use fetch_cors_test::{Fetch, Page, ReasonCode, server::with_body};
use http::{Request, Response};
use http_body_util::Full;

use crate::{open, response};

const ITEMS: &str = "https://api.example/items";

fn page() -> Page {
    Page::of("https://app.example")
}

#[test]
fn closures_and_functions_are_fetched() {
    fn function(request: Request<Bytes>) -> Response<String> {
        open(&request).map(|()| String::new())
    }
    page().fetch_blocking(&function, Fetch::get(ITEMS)).assert_readable();
    page().fetch_blocking(&|request: Request<Bytes>| open(&request), Fetch::get(ITEMS)).assert_readable();
    let server = async |request: Request<Bytes>| open(&request);
    page().fetch_blocking(&server, Fetch::get(ITEMS)).assert_readable();
    let fails = async |_: Request<Bytes>| Err::<Response<()>, _>("the connection is reset");
    let refused = page().fetch_blocking(&fails, Fetch::get(ITEMS)).assert_refused(ReasonCode::NETWORK);
    assert!(refused.fetched().to_string().contains("No answer: the connection is reset"));
    let fails = |_: Request<Bytes>| Err::<Response<()>, _>("the connection is reset");
    page().fetch_blocking(&fails, Fetch::get(ITEMS)).assert_refused(ReasonCode::NETWORK);
}

#[test]
fn tower_services_are_fetched() {
    let any_body = tower::service_fn(async |request: Request<Full<Bytes>>| {
        Ok::<_, Infallible>(open(&request.map(|_| Bytes::new())))
    });
    page().fetch_blocking(&any_body, Fetch::get(ITEMS)).assert_readable();
    let body_of_axum = tower::service_fn(async |request: Request<axum::body::Body>| {
        Ok::<_, Infallible>(open(&request.map(|_| Bytes::new())))
    });
    let server = with_body::<_, axum::body::Body>(body_of_axum);
    page().fetch_blocking(&server, Fetch::get(ITEMS)).assert_readable();
}

#[test]
fn tonic_services_are_fetched() {
    let policy = PolicyConfig::new(["https://app.example"])
        .request_headers(["content-type", "x-grpc-web"])
        .exposed_headers(["grpc-status"])
        .build()
        .unwrap();
    // Without a service every call is unimplemented, and the page can read that.
    let server = tower::Layer::layer(&CorsLayer::new(policy), tonic::service::Routes::default());
    let call = Fetch::post("https://api.example/shop.Items/List").header("content-type", "application/grpc-web+proto");
    let call = call.header("x-grpc-web", "1").bytes();
    page().fetch_blocking(&server, call).assert_readable().preflighted().exposes("grpc-status");
}

#[cfg(feature = "hyper")]
#[test]
fn hyper_services_are_fetched() {
    let server = hyper::service::service_fn(async |request: Request<Full<Bytes>>| {
        Ok::<_, Infallible>(open(&request.map(|_| Bytes::new())).map(|()| Full::<Bytes>::default()))
    });
    page().fetch_blocking(&server, Fetch::get(ITEMS)).assert_readable();
}

fn is_send<F: Future + Send>(future: F) -> F {
    future
}

#[tokio::test(flavor = "multi_thread")]
async fn a_fetch_may_move_between_threads() {
    let router: Router = Router::new().route(
        "/items",
        get(async || {
            tokio::time::sleep(core::time::Duration::from_millis(1)).await;
            ([("access-control-allow-origin", "*")], "")
        }),
    );
    let of_router = async move {
        page().fetch(&router, Fetch::get(ITEMS)).await.assert_readable();
    };
    tokio::spawn(is_send(of_router)).await.unwrap();
    let asked = Mutex::new(0);
    let of_closure = async move {
        let server = |request: Request<Bytes>| {
            *asked.lock().unwrap() += 1;
            open(&request)
        };
        page().fetch(&server, Fetch::put(ITEMS)).await.assert_readable();
    };
    tokio::spawn(is_send(of_closure)).await.unwrap();
}

#[test]
fn closure_that_is_not_send_is_fetched() {
    let asked = std::rc::Rc::new(core::cell::Cell::new(0));
    let server = async |request: Request<Bytes>| {
        asked.set(asked.get() + 1);
        open(&request)
    };
    page().fetch_blocking(&server, Fetch::put(ITEMS)).assert_readable();
    assert_eq!(asked.get(), 6, "a preflight and a request in three browsers");
}

#[test]
fn a_misdirected_request_is_sent_again_once() {
    let asked = Mutex::new(0);
    let server = |request: Request<Bytes>| {
        let mut asked = asked.lock().unwrap();
        *asked += 1;
        if *asked % 2 == 1 { response(421, &[]) } else { open(&request) }
    };
    page().fetch_blocking(&server, Fetch::put(ITEMS)).assert_readable();
}

/// On one thread, with the server.
#[cfg(feature = "ureq")]
#[tokio::test]
async fn listening_server_gets_the_requests_of_the_page() {
    use fetch_cors_test::server::Live;

    let seen: std::sync::Arc<Mutex<Vec<String>>> = std::sync::Arc::default();
    let log = std::sync::Arc::clone(&seen);
    let router: Router = Router::new().fallback(async move |request: axum::extract::Request| {
        let (parts, _) = request.into_parts();
        let mut line = format!("{} {}", parts.method, parts.uri);
        for (name, value) in &parts.headers {
            line.extend(["\n", name.as_str(), ": ", value.to_str().unwrap()]);
        }
        log.lock().unwrap().push(line);
        open(&Request::from_parts(parts, Bytes::new())).map(|()| axum::body::Body::empty())
    });
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let serving = tokio::spawn(async move { axum::serve(listener, router).await });

    let live = Live::at(&address).unwrap();
    let fetch = Fetch::put("https://api.example/items?page=2").json().credentials();
    let mut page = page().in_browsers([fetch_cors_test::Browser::Chromium]).cookies("api.example", "session=1");
    page.fetch(&live, fetch).await.assert_readable();
    let seen = seen.lock().unwrap().clone();
    let lines = |text: &str| {
        let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
        lines.sort();
        lines
    };
    assert_eq!(
        lines(&seen[1]),
        lines(
            "PUT /items?page=2\naccept: */*\nconnection: close\ncontent-length: 2\ncontent-type: application/json\n\
             cookie: session=1\nhost: api.example\norigin: https://app.example\nreferer: https://app.example/\n\
             sec-fetch-dest: empty\nsec-fetch-mode: cors\nsec-fetch-site: cross-site"
        )
    );
    Page::of("http://localhost:3000").fetch(&Live::new(), Fetch::delete(address)).await.assert_readable();
    serving.abort();
    assert!(Live::at("127.0.0.1:3000").is_err() && Live::at("http://").is_err());
}

#[cfg(feature = "ureq")]
#[test]
fn server_that_does_not_listen_is_a_network_error() {
    use fetch_cors_test::server::Live;

    // A port that was free a moment ago.
    let address = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let live = Live::at(&format!("http://{address}")).unwrap();
    let refused = page().fetch_blocking(&live, Fetch::get(ITEMS)).assert_refused(ReasonCode::NETWORK);
    let text = refused.fetched().to_string();
    assert!(
        text.contains(&format!("No answer: nothing listens at http://{address}/items: start the server")),
        "{text}"
    );
}
