//! Policies that the filter accepts, and policies that it refuses.

use super::fake::{FILTER, State, configure, filters, owned};
use crate::{Action, Filters, Level};

#[test]
fn configuration_with_mistakes_logs_all_and_keeps_the_policy() {
    let state = State::default();
    let mut filters = filters(&state, r#"{"origins": ["https://a.example", "https://b.example"]}"#);
    for (configuration, said) in [
        ("", &["value expected at line 1, column 1"][..]),
        ("{", &["value or end of sequence expected at line 1, column 2"]),
        ("\u{0}\u{1}", &["value expected at line 1, column 1"]),
        ("[]", &["it is not a map"]),
        ("{}", &["origin"]),
        (r#"{"origin": "https://a.example"}"#, &["origins"]),
        (
            r#"{"origins": ["https://a.example/", "http://b.example"], "credentials": true, "max_age": "600"}"#,
            &["`https://a.example`", "insecure-scheme", "max_age"],
        ),
        (r#"{"origins": "https://a.example", "external_lookup": true}"#, &["external_lookup"]),
    ] {
        state.log.borrow_mut().clear();
        assert!(!configure(&mut filters, &state, configuration), "{configuration}");
        let log = state.log.borrow();
        assert_eq!(log.len(), said.len(), "{log:?}");
        for ((level, line), said) in log.iter().zip(said) {
            assert!(*level == Level::Error && line.starts_with("fetch-cors: ") && line.contains(said), "{line}");
        }
    }
    *state.request.borrow_mut() = owned(&[(":method", b"GET"), ("origin", b"https://b.example")]);
    filters.on_context_create(7, FILTER);
    assert_eq!(filters.on_request_headers(7), Action::Continue);
    filters.on_response_headers(7);
    assert!(
        state.response.borrow().contains(&("access-control-allow-origin".to_owned(), b"https://b.example".to_vec()))
    );
}

#[test]
fn lints_of_a_policy_are_logged() {
    let state = State::default();
    filters(&state, r#"{"origins": ["https://app.example"], "max_age": 100000}"#);
    let log = state.log.borrow();
    assert!(log.iter().any(|(level, line)| *level == Level::Warn && line.contains("max_age")), "{log:?}");
}

#[test]
fn filter_without_a_policy_changes_nothing() {
    let state = State::default();
    let mut filters = Filters::new(&state);
    *state.request.borrow_mut() = owned(&[(":method", b"GET"), ("origin", b"https://b.example")]);
    filters.on_context_create(FILTER, 0);
    filters.on_context_create(7, FILTER);
    assert_eq!(filters.on_request_headers(7), Action::Continue);
    filters.on_response_headers(7);
    assert!(state.response.borrow().is_empty());
}

#[test]
fn counters_are_defined_once_across_configurations() {
    let state = State::default();
    let mut filters = filters(&state, r#"{"origins": "https://app.example"}"#);
    assert!(configure(&mut filters, &state, r#"{"origins": "https://other.example"}"#));
    assert_eq!(state.counters.borrow().len(), 2);
}
