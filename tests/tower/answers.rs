//! The layer's answers, and the requests that it leaves to the application.

use core::{
    future::{Pending, ready},
    task::{Context, Poll},
};

use fetch_cors::{
    server::{Enforcement, OwnedPolicy, PolicyConfig, Upstream, UpstreamExposed},
    tower::{Cors, CorsLayer, ResponseFuture},
};
use futures_util::FutureExt;
use http::{Request, Response};
use tower::{Layer, Service, service_fn};

use crate::{Application, POLICY, lines, preflight, request, respond, send};

const APP: &str = "https://eu.app.example";

fn listing(origins: &[&str]) -> PolicyConfig {
    PolicyConfig::new(origins.iter().copied())
}

fn built(config: &PolicyConfig) -> OwnedPolicy {
    config.build().unwrap()
}

#[test]
fn an_allowed_origin_gets_the_applications_response_and_the_headers() {
    for (method, status) in [("GET", 200), ("HEAD", 200), ("POST", 500), ("DELETE", 404), ("PURGE", 101)] {
        let application = Application::new(status, &[("etag", "1")]);
        let response = respond(&POLICY, &application, request(method, &[("origin", APP)]));
        assert_eq!((response.status().as_u16(), *response.body(), application.calls()), (status, "application", 1));
        assert_eq!(
            lines(&response),
            [
                "access-control-allow-credentials: true",
                "access-control-allow-origin: https://eu.app.example",
                "access-control-expose-headers: etag",
                "etag: 1",
                "vary: origin",
            ]
        );
    }
}

/// The handshake of a WebSocket, which any page may open.
#[test]
fn a_handshake_of_another_site_does_not_reach_the_application() {
    let policy = built(&listing(&["https://*.app.example"]).credentials().enforcement(Enforcement::Server));
    let policy = std::sync::Arc::new(policy);
    for (of_page, status) in [
        (&[("origin", APP)][..], 101),
        (&[("origin", "https://api.example")], 101),
        (&[("origin", "https://api.example"), ("sec-fetch-site", "same-origin")], 101),
        (&[], 101),
        (&[("origin", "https://evil.example")], 403),
        (&[("origin", "https://evil.example"), ("sec-fetch-site", "cross-site")], 403),
        (&[("origin", "https://api.example:8443")], 403),
        (&[("origin", "null")], 403),
    ] {
        let application = Application::new(101, &[("upgrade", "websocket"), ("sec-websocket-accept", "1")]);
        let handshake = [("host", "api.example"), ("connection", "upgrade"), ("upgrade", "websocket")];
        let response =
            respond(std::sync::Arc::clone(&policy), &application, request("GET", &[&handshake, of_page].concat()));
        let is_upgraded = status == 101;
        assert_eq!(
            (response.status().as_u16(), application.calls()),
            (status, usize::from(is_upgraded)),
            "{of_page:?}"
        );
        assert_eq!(response.headers().contains_key("sec-websocket-accept"), is_upgraded, "{of_page:?}");
    }
}

#[test]
fn a_refused_origin_gets_the_applications_response_and_vary() {
    let several = [("origin", APP), ("origin", APP)];
    let refused: [&[(&'static str, &'static str)]; 6] = [
        &[("origin", "https://evil.example")],
        &[("origin", "null")],
        &[("origin", "")],
        &[("origin", "https://app.example")],
        &several,
        &[],
    ];
    for of_request in refused {
        let application = Application::new(200, &[]);
        let response = respond(&POLICY, &application, request("GET", of_request));
        assert_eq!((*response.body(), lines(&response)), ("application", vec!["vary: origin".to_string()]));
    }
}

#[test]
fn blanks_around_an_origin_are_not_sent_back() {
    for origin in [" https://eu.app.example", "https://eu.app.example\t "] {
        let response = respond(&POLICY, &Application::new(200, &[]), request("GET", &[("origin", origin)]));
        assert_eq!(response.headers()["access-control-allow-origin"], APP);
    }
}

#[test]
fn a_preflight_never_reaches_the_application() {
    let application = Application::new(200, &[("x-a", "1")]);
    let response = respond(&POLICY, &application, preflight(APP));
    assert_eq!((response.status().as_u16(), *response.body(), application.calls()), (204, "", 0));
    assert_eq!(
        lines(&response),
        [
            "access-control-allow-credentials: true",
            "access-control-allow-headers: authorization, content-type",
            "access-control-allow-methods: PUT, DELETE",
            "access-control-allow-origin: https://eu.app.example",
            "access-control-max-age: 600",
            "vary: origin",
        ]
    );
    let refused = respond(&POLICY, &application, preflight("https://evil.example"));
    assert_eq!((refused.status().as_u16(), *refused.body(), application.calls()), (403, "", 0));
    assert_eq!(lines(&refused), ["vary: origin"]);
}

#[test]
fn statuses_of_preflights_are_the_policys() {
    let policy = || built(&listing(&[APP]).credentials().preflight_status(200).refused_preflight_status(404));
    let enforced = || built(&listing(&[APP]).enforcement(Enforcement::Server).refused_preflight_status(599));
    let application = Application::new(500, &[]);
    assert_eq!(respond(policy(), &application, preflight(APP)).status(), 200);
    assert_eq!(respond(enforced(), &application, preflight(APP)).status(), 204);
    assert_eq!(respond(enforced(), &application, preflight("https://evil.example")).status(), 599);
}

#[test]
fn options_without_preflight_headers_reaches_the_application() {
    let asked = ("access-control-request-method", "PUT");
    let others: [&[(&'static str, &'static str)]; 4] =
        [&[], &[("origin", APP)], &[asked], &[("origin", APP), ("origin", APP), asked]];
    for of_request in others {
        let application = Application::new(200, &[("allow", "GET")]);
        let response = respond(&POLICY, &application, request("OPTIONS", of_request));
        assert_eq!((*response.body(), application.calls()), ("application", 1));
        assert_eq!(response.headers()["allow"], "GET");
    }
}

#[test]
fn a_static_policy_answers_everybody_alike_and_nothing_varies() {
    let any: Vec<String> = vec!["access-control-allow-origin: *".into()];
    for of_request in [&[][..], &[("origin", APP)], &[("origin", "null")], &[("origin", APP), ("origin", APP)]] {
        let response = respond(built(&listing(&["*"])), &Application::new(200, &[]), request("GET", of_request));
        assert_eq!(lines(&response), any);
    }
}

#[test]
fn a_wildcard_of_a_later_rule_is_sent_as_such() {
    use fetch_cors::server::RuleConfig;
    let policy = || built(&listing(&[APP]).credentials().rule(RuleConfig::new(["*"])));
    let of = |origin| respond(policy(), &Application::new(200, &[]), request("GET", &[("origin", origin)]));
    assert_eq!(lines(&of(" https://other.example")), ["access-control-allow-origin: *", "vary: origin"]);
    assert_eq!(of(APP).headers()["access-control-allow-origin"], APP);
}

#[test]
fn predicate_is_called_and_missing_external_lookup_is_refused() {
    let predicate = |origin: &str| origin.starts_with("https://tenant-");
    let policy = || listing(&[APP]).build_with_predicate(0, Box::new(predicate)).unwrap();
    let get = |policy: OwnedPolicy, origin| {
        lines(&respond(policy, &Application::new(200, &[]), request("GET", &[("origin", origin)])))
    };
    let allowed = |origin| [format!("access-control-allow-origin: {origin}"), "vary: origin".to_string()];
    for origin in [APP, "https://tenant-1.example"] {
        assert_eq!(get(policy(), origin), allowed(origin));
    }
    assert_eq!(get(policy(), "https://evil.example"), ["vary: origin"]);
    let asking = || built(&listing(&[APP]).external_lookup());
    assert_eq!(get(asking(), APP), allowed(APP));
    assert_eq!(get(asking(), "https://tenant-1.example"), ["vary: origin"]);
}

#[test]
fn a_response_without_room_for_the_headers_passes_without_them() {
    let mut full = Response::new("application");
    let headers = full.headers_mut();
    let mut number = 0;
    while let Ok(name) = http::HeaderName::try_from(format!("x-{number}"))
        && headers.try_insert(name, http::HeaderValue::from_static("1")).is_ok()
    {
        number += 1;
    }
    let lines = headers.len();
    let application = service_fn(|_: Request<()>| ready(Ok::<_, core::convert::Infallible>(full.clone())));
    let Ok(response) = send(CorsLayer::new(&POLICY).layer(application), request("GET", &[("origin", APP)]));
    assert_eq!((*response.body(), response.headers().len()), ("application", lines));
    assert!(number > 1000);
}

#[test]
fn vary_of_the_application_is_merged() {
    let with = |before| {
        let response = respond(&POLICY, &Application::new(200, before), request("GET", &[("origin", APP)]));
        response.headers().get_all("vary").iter().map(|line| line.to_str().unwrap().to_string()).collect::<Vec<_>>()
    };
    assert_eq!(with(&[("vary", "accept-encoding"), ("vary", "cookie")]), ["accept-encoding", "cookie", "origin"]);
    assert_eq!(with(&[("vary", "accept, Origin")]), ["accept, Origin"]);
    assert_eq!(with(&[("vary", "*")]), ["*"]);
}

#[test]
fn headers_of_the_application_are_replaced_kept_or_merged() {
    let of_application = [
        ("access-control-allow-origin", "https://old.example"),
        ("access-control-allow-methods", "PATCH"),
        ("access-control-expose-headers", "x-old"),
    ];
    let with = |upstream, origin| {
        let policy = built(&listing(&["https://*.app.example"]).exposed_headers(["etag"]).upstream(upstream));
        lines(&respond(policy, &Application::new(200, &of_application), request("GET", &[("origin", origin)])))
    };
    let ours = "access-control-allow-origin: https://eu.app.example";
    let exposed = "access-control-expose-headers: etag";
    let replaced = Upstream::Replace(UpstreamExposed::Remove);
    assert_eq!(with(replaced, APP), [ours, exposed, "vary: origin"]);
    assert_eq!(with(replaced, "https://old.example"), ["vary: origin"]);
    let merged = with(Upstream::Replace(UpstreamExposed::Merge), APP);
    assert_eq!(merged, [ours, exposed, "access-control-expose-headers: x-old", "vary: origin"]);
    let kept = with(Upstream::Keep, APP);
    assert_eq!(kept[1], "access-control-allow-origin: https://old.example");
    assert_eq!(kept.len(), 4);
}

#[test]
fn enforcing_policy_refuses_before_the_application_is_called() {
    let policy = || built(&listing(&[APP]).enforcement(Enforcement::Server));
    let application = Application::new(200, &[]);
    let evil = ("origin", "https://evil.example");
    let response = respond(policy(), &application, request("POST", &[evil, ("sec-fetch-site", "cross-site")]));
    assert_eq!((response.status().as_u16(), *response.body(), application.calls()), (403, "", 0));
    assert_eq!(lines(&response), ["vary: origin, sec-fetch-site"]);
    let same = respond(policy(), &application, request("POST", &[evil, ("sec-fetch-site", "same-origin")]));
    assert_eq!((same.status().as_u16(), *same.body(), application.calls()), (200, "application", 1));
}

#[test]
fn errors_of_the_application_are_returned_unchanged() {
    #[derive(Debug, PartialEq, Eq)]
    struct Failed(&'static str);
    let fails = service_fn(|_: Request<()>| ready(Err::<Response<String>, _>(Failed("on its way"))));
    let sent = send(CorsLayer::new(&POLICY).layer(fails), request("GET", &[("origin", APP)]));
    assert_eq!(sent.unwrap_err(), Failed("on its way"));
    // A preflight does not reach it.
    assert!(send(CorsLayer::new(&POLICY).layer(fails), preflight(APP)).is_ok());
}

/// A service that is ready or fails, as its test sets.
struct Readiness(Poll<Result<(), &'static str>>);

impl Service<Request<()>> for Readiness {
    type Response = Response<()>;
    type Error = &'static str;
    type Future = Pending<Result<Response<()>, &'static str>>;

    fn poll_ready(&mut self, _context: &mut Context<'_>) -> Poll<Result<(), &'static str>> {
        self.0
    }

    fn call(&mut self, _request: Request<()>) -> Self::Future {
        core::future::pending()
    }
}

#[test]
fn readiness_is_that_of_the_inner_service() {
    let context = &mut Context::from_waker(core::task::Waker::noop());
    for readiness in [Poll::Pending, Poll::Ready(Ok(())), Poll::Ready(Err("gone"))] {
        let mut service = CorsLayer::new(&POLICY).layer(Readiness(readiness));
        assert_eq!(service.poll_ready(context), readiness);
        assert!(service.call(request("GET", &[("origin", APP)])).now_or_never().is_none());
        let mut answered = service.call(preflight(APP));
        assert!(answered.poll_unpin(context).is_ready());
        assert!(answered.poll_unpin(context).is_pending(), "it has been taken");
    }
}

#[test]
fn the_service_and_its_future_are_send_and_sync() {
    fn is_shared<T: Clone + Send + Sync + 'static>() {}
    fn is_sent<T: Send + 'static>() {}
    is_shared::<CorsLayer>();
    is_shared::<Cors<Application>>();
    is_sent::<ResponseFuture<<Application as Service<Request<()>>>::Future, String>>();
}
