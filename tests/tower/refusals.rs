//! The reports of refused requests.

use std::sync::{Arc, Mutex};

use fetch_cors::{
    server::{Enforcement, PolicyConfig},
    tower::{CorsLayer, RefusedRequest},
};
use http::Request;
use tower::Layer;

use crate::{Application, request, send};

const APP: &str = "https://app.example";
const ASKS: (&str, &str) = ("access-control-request-method", "PUT");

/// The report to the hook: code, origin, method and path.
fn reports(config: &PolicyConfig, sent: Request<()>) -> Vec<String> {
    let reports = Arc::new(Mutex::new(Vec::new()));
    let noted = Arc::clone(&reports);
    let layer = CorsLayer::new(config.build().unwrap()).on_refusal(move |refused: &RefusedRequest<'_>| {
        let (origin, head) = (refused.origin().escape_ascii(), refused.head);
        noted.lock().unwrap().push(format!("{} {origin} {} {}", refused.code(), head.method, head.uri.path()));
    });
    let Ok(_) = send(layer.layer(Application::new(200, &[])), sent);
    drop(layer);
    Arc::try_unwrap(reports).unwrap().into_inner().unwrap()
}

fn at(path: &str, mut request: Request<()>) -> Request<()> {
    *request.uri_mut() = path.parse().unwrap();
    request
}

#[test]
fn each_refused_request_is_reported_once_and_no_other() {
    type Row<'a> = (&'a PolicyConfig, &'a str, &'a [(&'static str, &'static str)], &'a [&'a str]);
    let one = PolicyConfig::new([APP]);
    let looks_up = PolicyConfig::new([APP]).external_lookup();
    let mirrors = PolicyConfig::new([APP]).credentials().request_headers(["*"]);
    let enforces = PolicyConfig::new([APP]).enforcement(Enforcement::Server);
    let long = "a,".repeat(2100).leak();
    let table: [Row<'_>; 12] = [
        (&one, "GET", &[], &[]),
        (&one, "GET", &[("origin", APP)], &[]),
        (&one, "GET", &[("origin", "https://evil.example")], &["origin-not-allowed https://evil.example GET /a"]),
        (&one, "OPTIONS", &[("origin", APP), ASKS], &[]),
        (&one, "OPTIONS", &[("origin", "null"), ASKS], &["origin-opaque null OPTIONS /a"]),
        (&one, "GET", &[("origin", "x\u{a9}")], &["origin-malformed x\\xc2\\xa9 GET /a"]),
        (&one, "PUT", &[("origin", APP), ("origin", APP)], &["origin-several https://app.example PUT /a"]),
        (&looks_up, "GET", &[("origin", "https://t.example")], &["origin-not-looked-up https://t.example GET /a"]),
        (&enforces, "POST", &[("origin", "https://t.example")], &["origin-not-allowed https://t.example POST /a"]),
        (
            &mirrors,
            "OPTIONS",
            &[("origin", APP), ASKS, ("access-control-request-headers", long)],
            &["request-too-long https://app.example OPTIONS /a"],
        ),
        (
            &mirrors,
            "OPTIONS",
            &[("origin", APP), ASKS, ("access-control-request-headers", "a b")],
            &["request-malformed https://app.example OPTIONS /a"],
        ),
        (&mirrors, "OPTIONS", &[("origin", APP), ASKS, ("access-control-request-headers", "a,b")], &[]),
    ];
    for (config, method, lines, expected) in table {
        let lines: Vec<_> = lines.to_vec();
        let mut sent = Request::new(());
        *sent.method_mut() = method.parse().unwrap();
        for (name, value) in lines {
            sent.headers_mut().append(name, http::HeaderValue::from_bytes(value.as_bytes()).unwrap());
        }
        assert_eq!(reports(config, at("/a?secret=1", sent)), expected, "{method}");
    }
}

#[test]
fn refusal_hook_changes_neither_answers_nor_the_layers_size() {
    let policy = Arc::new(PolicyConfig::new([APP]).build().unwrap());
    let plain = CorsLayer::new(Arc::clone(&policy));
    let hooked = CorsLayer::new(policy).on_refusal(|_: &RefusedRequest<'_>| {});
    assert_eq!((size_of_val(&plain), size_of_val(&hooked)), (size_of::<usize>(), size_of::<usize>()));
    for origin in [APP, "https://evil.example"] {
        let sent = || request("GET", &[("origin", origin)]);
        let Ok(first) = send(plain.layer(Application::new(200, &[])), sent());
        let Ok(second) = send(hooked.layer(Application::new(200, &[])), sent());
        assert_eq!((first.status(), first.headers()), (second.status(), second.headers()));
    }
}

/// An event as a subscriber sees it.
#[cfg(feature = "tracing")]
mod events {
    use core::fmt::{Debug, Write};
    use std::sync::{Arc, Mutex};

    use fetch_cors::{
        server::{OriginAnswer, PolicyConfig},
        tower::{CorsLayer, trace},
    };
    use http::request::Parts;
    use tower::Layer;
    use tracing::{
        Event, Level, Metadata, Subscriber,
        field::{Field, Visit},
        span,
    };

    use crate::{Application, request, send};

    #[derive(Clone)]
    struct Noted(Arc<Mutex<Vec<String>>>, Level);

    struct Fields(String);

    impl Visit for Fields {
        fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
            write!(self.0, " {}={value:?}", field.name()).unwrap();
        }
    }

    impl Subscriber for Noted {
        fn enabled(&self, metadata: &Metadata<'_>) -> bool {
            metadata.target() == "fetch_cors" && *metadata.level() <= self.1
        }

        fn new_span(&self, _attributes: &span::Attributes<'_>) -> span::Id {
            span::Id::from_u64(1)
        }

        fn record(&self, _span: &span::Id, _values: &span::Record<'_>) {}

        fn record_follows_from(&self, _span: &span::Id, _follows: &span::Id) {}

        fn event(&self, event: &Event<'_>) {
            let mut fields = Fields(event.metadata().level().to_string());
            event.record(&mut fields);
            self.0.lock().unwrap().push(fields.0);
        }

        fn enter(&self, _span: &span::Id) {}

        fn exit(&self, _span: &span::Id) {}
    }

    /// The events up to a level for three requests: one is allowed, one is refused, and one has a failed look-up.
    fn events(level: Level) -> Vec<String> {
        let noted = Noted(Arc::default(), level);
        let config = PolicyConfig::new(["https://app.example"]).external_lookup();
        let layer = CorsLayer::new(config.build().unwrap()).on_refusal(trace).with_lookup(
            |_| core::future::pending::<()>(),
            async |origin: String, _: Parts| {
                if origin == "https://failing.example" { Err("down") } else { Ok(OriginAnswer::Refused) }
            },
        );
        tracing::subscriber::with_default(noted.clone(), || {
            for origin in ["https://app.example", "https://evil.example", "https://failing.example"] {
                let mut sent = request("GET", &[("origin", origin)]);
                *sent.uri_mut() = "/items?secret=1".parse().unwrap();
                let Ok(_) = send(layer.layer(Application::new(200, &[])), sent);
            }
        });
        noted.0.lock().unwrap().clone()
    }

    #[test]
    fn a_refusal_is_an_event_of_tracing() {
        let warned = "WARN message=the look-up of the origin failed: down code=\"look-up-failed\" \
                      origin=https://failing.example method=GET path=/items";
        let refused = "DEBUG message=no rule allows the origin `https://evil.example` code=\"origin-not-allowed\" \
                       origin=https://evil.example method=GET path=/items";
        assert_eq!(events(Level::DEBUG), [refused, warned]);
        assert_eq!(events(Level::WARN), [warned]);
    }
}
