//! Broken applications. Each fails a test, and the message names the fault.

use axum::{
    Router,
    http::StatusCode,
    response::Redirect,
    routing::{any, get, options, put},
};
use bytes::Bytes;
use fetch_cors::{
    server::{OriginPattern, Policy},
    tower::CorsLayer,
};
use fetch_cors_test::{Fetch, Page, ReasonCode, cors_matrix, matrix::Check};
use http::{Request, Response};

use crate::{assert_has, message, response};

static POLICY: Policy<'static> = Policy::builder(&[OriginPattern::new("https://app.example")])
    .methods("PUT")
    .request_headers("content-type")
    .credentials()
    .build_or_panic();

const ITEMS: &str = "https://api.example/items";

fn app() -> Page {
    Page::of("https://app.example")
}

#[test]
fn a_layer_on_the_routes_of_a_method_does_not_see_preflights() {
    let server: Router = Router::new().route("/items", put(async || ()).route_layer(CorsLayer::new(&POLICY)));
    app().fetch_blocking(&server, Fetch::put(ITEMS)).assert_refused(ReasonCode::PREFLIGHT_STATUS_NOT_OK);
    let text = message(|| drop(app().fetch_blocking(&server, Fetch::put(ITEMS)).assert_readable()));
    assert_has(
        &text,
        &[
            "expected: the page can read the response",
            "OPTIONS https://api.example/items",
            "Answer: status 405",
            "FAIL no `Access-Control-Allow-Origin`",
            "FAIL status 405 is not from 200 to 299",
            "the preflight never reaches the CORS layer",
            "put it around the whole router",
            "Access-Control-Allow-Origin: https://app.example",
        ],
    );
}

/// The layer has seen the preflight: it refuses the origin, which `Vary` shows.
#[test]
fn refusal_by_the_layer_itself_is_not_a_wrong_place_of_the_layer() {
    let policy =
        fetch_cors::server::PolicyConfig::new(["https://app.example", "https://admin.example"]).build().unwrap();
    let server: Router = Router::new().route("/items", put(async || ())).layer(CorsLayer::new(policy));
    let mut stranger = Page::of("https://stranger.example");
    let text = message(|| drop(stranger.fetch_blocking(&server, Fetch::put(ITEMS)).assert_readable()));
    assert_has(&text, &["Answer: status 403", "`https://stranger.example` is not on its list of origins"]);
    assert!(!text.contains("does not see this"), "{text}");
}

#[test]
fn readme_quotes_what_a_failed_test_prints() {
    let server: Router = Router::new().route("/items", put(async || ()).route_layer(CorsLayer::new(&POLICY)));
    let text = message(|| drop(app().fetch_blocking(&server, Fetch::put(ITEMS)).assert_readable()));
    let readme = include_str!("../../README.md");
    let (_, quoted) = readme.split_once("```text\n").unwrap();
    let (quoted, _) = quoted.split_once("```").unwrap();
    let mut printed = text.lines();
    let mut lines = 0;
    for line in quoted.lines().filter(|line| line.trim() != "…") {
        assert!(printed.any(|own| own == line), "not printed, or not in this order: {line}");
        lines += 1;
    }
    assert!(lines > 10);
}

#[test]
fn a_layer_inside_of_the_router_does_not_see_missing_pages() {
    let server: Router = Router::new().route("/items", get(async || "")).route_layer(CorsLayer::new(&POLICY));
    let missing = || Fetch::get("https://api.example/nowhere");
    app().fetch_blocking(&server, missing()).assert_refused(ReasonCode::ALLOW_ORIGIN_MISSING);
    let text = message(|| drop(app().fetch_blocking(&server, missing()).assert_readable().status(404)));
    assert_has(
        &text,
        &["Answer: status 404", "FAIL no `Access-Control-Allow-Origin`", "put it around the whole router"],
    );
    // A router with a layer around it works.
    let server: Router = Router::new().route("/items", get(async || "")).layer(CorsLayer::new(&POLICY));
    app().fetch_blocking(&server, missing()).assert_readable().status(404);
}

#[test]
fn error_response_without_the_headers_is_refused() {
    let server = |request: Request<Bytes>| match request.uri().path() {
        "/items" => response(200, &[("access-control-allow-origin", "https://app.example"), ("vary", "origin")]),
        _ => response(404, &[]),
    };
    let text = message(|| {
        let fetch = Fetch::get("https://api.example/items/8");
        drop(app().fetch_blocking(&server, fetch).assert_readable());
    });
    assert_has(&text, &["Answer: status 404", "`allow-origin-missing`", "look at status 404 first"]);
}

#[test]
fn response_without_allow_credentials_is_refused_with_cookies() {
    let server = |_: Request<Bytes>| response(200, &[("access-control-allow-origin", "https://app.example")]);
    let fetch = || Fetch::get(ITEMS).credentials();
    app().fetch_blocking(&server, fetch()).assert_refused(ReasonCode::ALLOW_CREDENTIALS_NOT_TRUE);
    let text = message(|| drop(app().fetch_blocking(&server, fetch()).assert_readable()));
    assert_has(
        &text,
        &[
            "FAIL no `Access-Control-Allow-Credentials`, which a request with credentials needs",
            "in the answer: Access-Control-Allow-Credentials: true",
            "or in the page's call: ",
        ],
    );
}

#[test]
fn a_wildcard_with_credentials_allows_nobody() {
    let server = |_: Request<Bytes>| {
        response(200, &[("access-control-allow-origin", "*"), ("access-control-allow-credentials", "true")])
    };
    let fetch = || Fetch::get(ITEMS).credentials();
    app().fetch_blocking(&server, fetch()).assert_refused(ReasonCode::ALLOW_ORIGIN_WILDCARD_WITH_CREDENTIALS);
    let text = message(|| drop(app().fetch_blocking(&server, fetch()).assert_readable()));
    assert_has(
        &text,
        &[
            "FAIL `Access-Control-Allow-Origin` is `*`, which no request with credentials accepts",
            "is a literal, not a wildcard",
            "in the answer: Access-Control-Allow-Origin: https://app.example",
        ],
    );
}

#[test]
fn a_preflight_that_is_redirected_fails() {
    let to_slash = any(async || Redirect::permanent("/items/"));
    let server: Router = Router::new().route("/items", to_slash).layer(axum::middleware::map_response(
        async |mut response: Response<axum::body::Body>| {
            let value = http::HeaderValue::from_static("https://app.example");
            response.headers_mut().insert("access-control-allow-origin", value);
            response
        },
    ));
    app().fetch_blocking(&server, Fetch::put(ITEMS)).assert_refused(ReasonCode::PREFLIGHT_REDIRECTED);
    let text = message(|| drop(app().fetch_blocking(&server, Fetch::put(ITEMS)).assert_readable()));
    assert_has(&text, &["status 308 redirects, and preflights follow no redirect", "with a `/` at its end"]);
}

#[test]
fn method_that_is_not_listed_is_refused() {
    let server: Router = Router::new().route("/items", get(async || "")).layer(CorsLayer::new(&POLICY));
    let text = message(|| drop(app().fetch_blocking(&server, Fetch::delete(ITEMS)).assert_readable()));
    assert_has(&text, &["does not allow `DELETE`", "in the answer: Access-Control-Allow-Methods: PUT, DELETE"]);
}

#[test]
fn two_layers_that_both_add_allow_origin_are_refused() {
    let server: Router = Router::new().route("/items", get(async || ([("access-control-allow-origin", "*")], "")));
    let server = server.layer(axum::middleware::map_response(async |mut response: Response<axum::body::Body>| {
        let value = http::HeaderValue::from_static("https://app.example");
        response.headers_mut().append("access-control-allow-origin", value);
        response
    }));
    let text = message(|| drop(app().fetch_blocking(&server, Fetch::get(ITEMS)).assert_readable()));
    assert_has(&text, &["`allow-origin-multiple`", "two layers"]);
}

/// The origin of a request, if it ends with `end`.
fn reflected(request: &Request<Bytes>, end: &str) -> Option<String> {
    let origin = request.headers().get("origin")?.to_str().unwrap();
    origin.ends_with(end).then(|| origin.to_owned())
}

#[test]
fn without_vary_a_cache_mixes_answers_up() {
    let matrix = cors_matrix! {
        fetches {
            list = Fetch::get("https://api.example/items");
        }
        pages                   list;
        "https://app.example"   readable;
    };
    let server = |vary: &'static [(&'static str, &'static str)]| {
        move |request: Request<Bytes>| {
            let mut lines = vary.to_vec();
            if reflected(&request, "//app.example").is_some() {
                lines.push(("access-control-allow-origin", "https://app.example"));
            }
            response(200, &lines)
        }
    };
    matrix.ask_blocking(&server(&[("vary", "accept-encoding, Origin")])).assert();
    let cells = matrix.ask_blocking(&server(&[("vary", "accept-encoding")]));
    let text = message(|| cells.assert());
    assert_has(
        &text,
        &[
            "Vary: GET https://api.example/items allows `https://app.example`",
            "has no `Vary: Origin`, so a cache gives it to the other",
            "send `Vary: Origin` on every response",
        ],
    );
    matrix.without(Check::Vary).ask_blocking(&server(&[])).assert();
}

#[test]
fn a_policy_that_is_the_same_for_everybody_needs_no_vary() {
    let matrix = cors_matrix! {
        fetches {
            list = Fetch::get("https://api.example/items");
        }
        pages                   list;
        "https://app.example"   readable;
    };
    matrix.ask_blocking(&|_: Request<Bytes>| response(200, &[("access-control-allow-origin", "*")])).assert();
}

#[test]
fn foreign_origin_that_reads_with_cookies_is_found() {
    let matrix = cors_matrix! {
        fetches {
            list = Fetch::get("https://api.example/items");
        }
        pages                     list;
        "https://app.example"     readable;
        "https://other.example"   refused;
    };
    for (end, stranger) in [
        // Every origin, `null` included.
        ("", "null"),
        // The end of the name is compared without its dot.
        ("app.example", "https://strangerapp.example"),
    ] {
        let server = move |request: Request<Bytes>| {
            let mut lines = vec![("vary", "origin"), ("access-control-allow-credentials", "true")];
            let origin = reflected(&request, end);
            lines.extend(origin.as_deref().map(|origin| ("access-control-allow-origin", origin)));
            response(200, &lines)
        };
        let cells = matrix.ask_blocking(&server);
        let text = message(|| cells.assert());
        let finding = format!("a page of {stranger} reads `list` with the user's cookies");
        assert_has(&text, &[&finding, "compare `Origin` with a list of whole origins"]);
    }
}

#[test]
fn a_server_that_refuses_what_it_does_not_list_refuses_its_own_pages_and_programs() {
    let matrix = cors_matrix! {
        fetches {
            create = Fetch::post("https://api.example/items").form();
        }
        pages                   create;
        "https://app.example"   readable;
    };
    let server = |request: Request<Bytes>| match reflected(&request, "//app.example") {
        Some(origin) => response(200, &[("access-control-allow-origin", &origin), ("vary", "origin")]),
        None => response(403, &[("vary", "origin")]),
    };
    let cells = matrix.ask_blocking(&server);
    let text = message(|| cells.assert());
    assert_has(
        &text,
        &["`create` of a page of https://api.example gets status 403", "`create` without `Origin` gets status 403"],
    );
    matrix.without(Check::OwnPages).without(Check::Programs).ask_blocking(&server).assert();
}

#[test]
fn an_options_route_of_the_application_hides_the_layer() {
    let server: Router =
        Router::new().route("/items", options(async || StatusCode::OK).put(async || ())).layer(CorsLayer::new(&POLICY));
    // The library's layer answers preflights before the application.
    app().fetch_blocking(&server, Fetch::put(ITEMS)).assert_readable();
    let server: Router = Router::new()
        .route("/items", put(async || ()))
        .layer(CorsLayer::new(&POLICY))
        .route("/items", options(async || StatusCode::OK));
    let text = message(|| drop(app().fetch_blocking(&server, Fetch::put(ITEMS)).assert_readable()));
    assert_has(&text, &["`OPTIONS` was answered without CORS handling"]);
}
