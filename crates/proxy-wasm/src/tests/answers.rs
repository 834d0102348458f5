//! The answers of the filter, compared with those of the library.

use fetch_cors::{
    header::Headers,
    server::{Decision, PolicyConfig},
};

use super::fake::{FILTER, State, borrowed, configure, filters, owned};
use crate::{Action, Line};

const POLICIES: [&str; 7] = [
    r#"{"origins": ["https://*.app.example", "http://localhost:*"], "methods": ["PUT"], "request_headers": "x-a", "credentials": true}"#,
    r#"{"origins": "https://app.example", "max_age": 600}"#,
    r#"{"origins": "*", "exposed_headers": "*"}"#,
    r#"{"origins": ["https://*.app.example"], "expose_own_headers": true, "credentials": true, "upstream": "merge-exposed"}"#,
    r#"{"origins": ["https://*.app.example"], "upstream": "keep", "preflight_status": 200, "refused_preflight_status": 204}"#,
    r#"{"origins": ["https://*.app.example"], "enforcement": "server", "methods": "*", "request_headers": "*", "credentials": true}"#,
    r#"{"origins": ["https://eu.app.example"], "rules": [{"origins": "https://app.example", "methods": "DELETE"}], "disclosure": "minimal"}"#,
];

const REQUESTS: [&[Line<'static>]; 12] = [
    &[],
    &[(":method", b"GET"), (":path", b"/"), (":authority", b"api.example")],
    &[(":method", b"GET"), ("origin", b"https://eu.app.example")],
    &[("origin", b"https://app.example"), (":method", b"POST"), ("cookie", b"caf\xe9=1")],
    &[(":method", b"GET"), ("origin", b"https://evil.example"), ("sec-fetch-site", b"cross-site")],
    &[(":method", b"GET"), ("origin", b"https://eu.app.example"), ("origin", b"https://eu.app.example")],
    &[(":method", b"GET"), ("origin", b"")],
    &[(":method", b"\xff"), ("origin", b"null")],
    &[(":method", b"OPTIONS"), ("origin", b"https://eu.app.example")],
    &[(":method", b"OPTIONS"), ("access-control-request-method", b"PUT")],
    &[
        (":method", b"OPTIONS"),
        ("origin", b"https://eu.app.example"),
        ("access-control-request-method", b"PUT"),
        ("access-control-request-headers", b"x-a,x-b"),
    ],
    &[("access-control-request-method", b"DELETE"), ("origin", b"https://evil.example"), (":method", b"OPTIONS")],
];

const RESPONSES: [&[Line<'static>]; 5] = [
    &[],
    &[(":status", b"200"), ("vary", b"accept"), ("etag", b"1"), ("x-secret", b"1")],
    &[(":status", b"404"), ("access-control-allow-origin", b"*"), ("Access-Control-Expose-Headers", b"x-own")],
    &[
        ("access-control-allow-origin", b"*"),
        ("vary", b"Origin, a"),
        ("access-control-allow-origin", b"https://old.example"),
    ],
    &[
        (":status", b"500"),
        ("access-control-allow-credentials", b"true"),
        ("access-control-max-age", b"5"),
        ("vary", b"*"),
    ],
];

#[test]
fn filter_answers_equal_those_of_the_library() {
    for policy in POLICIES {
        let own: PolicyConfig = serde_json::from_str(policy).unwrap();
        let own = own.build().unwrap();
        for request in REQUESTS {
            for response in RESPONSES {
                let what = format!("{policy} {request:?} {response:?}");
                let state = State::default();
                let mut filters = filters(&state, policy);
                *state.request.borrow_mut() = owned(request);
                *state.response.borrow_mut() = owned(response);
                let method = request.iter().find(|(name, _)| *name == ":method").map_or(&b""[..], |(_, value)| value);
                let decision =
                    own.decide(core::str::from_utf8(method).unwrap_or_default(), Headers::from_pairs(request));

                filters.on_context_create(7, FILTER);
                let action = filters.on_request_headers(7);
                if let Decision::Handle(_) = decision {
                    assert_eq!((action, state.answer.take()), (Action::Continue, None), "{what}");
                    filters.on_response_headers(7);
                    let mut expected = response.to_vec();
                    decision.write(&mut expected).unwrap();
                    // The filter's sink joins exposed headers into one line. A list of pairs has one line for each.
                    assert_eq!(written(&state.response.borrow()), written(&owned(&expected)), "{what}");
                } else {
                    let mut expected = Vec::new();
                    decision.write(&mut expected).unwrap();
                    let (status, details, lines) = state.answer.take().expect(&what);
                    assert_eq!(
                        (action, Some(status), borrowed(&lines)),
                        (Action::Pause, decision.status(), expected),
                        "{what}"
                    );
                    assert_eq!(details, decision.refusal().map_or("preflight", |refusal| refusal.code()), "{what}");
                    // A proxy calls back for the filter's own answer, too.
                    filters.on_response_headers(7);
                    assert_eq!(*state.response.borrow(), owned(response), "{what}");
                }
                filters.on_delete(7);
            }
        }
    }
}

/// The lines, sorted by name; those of the same name are joined.
fn written(lines: &super::fake::Lines) -> Vec<(String, String)> {
    let mut names: Vec<String> = lines.iter().map(|(name, _)| name.to_ascii_lowercase()).collect();
    names.sort();
    names.dedup();
    let joined = |name: &String| {
        let values = lines.iter().filter(|(other, _)| other.eq_ignore_ascii_case(name));
        values.map(|(_, value)| value.escape_ascii().to_string()).collect::<Vec<_>>().join(", ")
    };
    names.iter().map(|name| (name.clone(), joined(name))).collect()
}

#[test]
fn request_keeps_its_policy_when_the_filter_gets_another() {
    let state = State::default();
    let mut filters =
        filters(&state, r#"{"origins": ["https://a.example", "https://b.example"], "exposed_headers": "x-old"}"#);
    *state.request.borrow_mut() = owned(&[(":method", b"GET"), ("origin", b"https://a.example")]);
    filters.on_context_create(7, FILTER);
    filters.on_request_headers(7);
    assert!(configure(&mut filters, &state, r#"{"origins": ["https://c.example", "https://d.example"]}"#));
    filters.on_context_create(8, FILTER);
    filters.on_request_headers(8);

    for (request, grants) in [(7, ["https://a.example", "x-old"].as_slice()), (8, &[])] {
        state.response.borrow_mut().clear();
        filters.on_response_headers(request);
        let grants: Vec<_> = grants.iter().map(|value| value.as_bytes().to_vec()).collect();
        let got = state.response.borrow();
        let got: Vec<_> = got.iter().filter(|(name, _)| name != "vary").map(|(_, value)| value.clone()).collect();
        assert_eq!(got, grants, "{request}");
    }
}

#[test]
fn requests_with_an_origin_are_counted() {
    let state = State::default();
    let mut filters = filters(&state, r#"{"origins": "https://app.example"}"#);
    let preflight = ("access-control-request-method", &b"PUT"[..]);
    for (number, request) in [
        vec![(":method", &b"GET"[..])],
        vec![(":method", b"GET"), ("origin", b"https://app.example")],
        vec![(":method", b"OPTIONS"), ("origin", b"https://app.example"), preflight],
        vec![(":method", b"OPTIONS"), ("origin", b"https://evil.example"), preflight],
        vec![(":method", b"GET"), ("origin", b"https://app.example"), ("origin", b"https://app.example")],
        vec![(":method", b"GET"), ("origin", b"null")],
    ]
    .into_iter()
    .enumerate()
    {
        *state.request.borrow_mut() = owned(&request);
        let number = u32::try_from(number).unwrap() + 2;
        filters.on_context_create(number, FILTER);
        filters.on_request_headers(number);
    }
    assert_eq!((state.count("fetch_cors.allowed"), state.count("fetch_cors.refused")), (2, 3));
}

#[test]
fn header_lines_are_removed_only_if_the_response_has_them() {
    let state = State::default();
    let mut filters = filters(&state, r#"{"origins": "https://app.example"}"#);
    *state.request.borrow_mut() = owned(&[(":method", b"GET"), ("origin", b"https://app.example")]);
    for (response, removals) in [(RESPONSES[1], 0), (RESPONSES[2], 2), (RESPONSES[3], 1)] {
        *state.response.borrow_mut() = owned(response);
        state.removals.set(0);
        filters.on_context_create(7, FILTER);
        filters.on_request_headers(7);
        filters.on_response_headers(7);
        assert_eq!(state.removals.get(), removals);
    }
}
