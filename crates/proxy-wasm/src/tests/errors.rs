//! A proxy whose calls fail.

use super::fake::{FILTER, State, filters, owned};
use crate::{Action, Filters, Line};

const POLICY: &str = r#"{"origins": ["https://a.example", "https://b.example"]}"#;
const ALLOWED: [Line<'static>; 2] = [(":method", b"GET"), ("origin", b"https://a.example")];

#[test]
fn unreadable_request_head_gets_no_grant() {
    let state = State::default();
    let mut filters = filters(&state, POLICY);
    *state.request.borrow_mut() = owned(&ALLOWED);
    *state.response.borrow_mut() = owned(&[("access-control-allow-origin", b"*")]);
    filters.on_context_create(7, FILTER);
    state.fails.set("header_map");
    assert_eq!(filters.on_request_headers(7), Action::Continue);
    state.fails.set("");
    filters.on_response_headers(7);
    assert_eq!(*state.response.borrow(), owned(&[("vary", b"origin")]));
    assert_eq!(state.log.borrow().len(), 1);
}

#[test]
fn unreadable_response_head_gets_no_second_grant() {
    let state = State::default();
    let mut filters = filters(&state, POLICY);
    *state.request.borrow_mut() = owned(&ALLOWED);
    let response = owned(&[("access-control-allow-origin", b"*")]);
    *state.response.borrow_mut() = response.clone();
    filters.on_context_create(7, FILTER);
    filters.on_request_headers(7);
    state.fails.set("header_map");
    filters.on_response_headers(7);
    assert_eq!(*state.response.borrow(), response);
    assert_eq!(state.log.borrow().len(), 1);
}

#[test]
fn failed_write_of_vary_leaves_no_grant() {
    let state = State::default();
    let mut filters = filters(&state, POLICY);
    *state.request.borrow_mut() = owned(&ALLOWED);
    filters.on_context_create(7, FILTER);
    filters.on_request_headers(7);
    state.fails.set("vary");
    filters.on_response_headers(7);
    assert!(state.response.borrow().is_empty());
    assert_eq!(state.log.borrow().len(), 1);
}

#[test]
fn unsent_answer_is_logged() {
    let state = State::default();
    let mut filters = filters(&state, POLICY);
    *state.request.borrow_mut() =
        owned(&[(":method", b"OPTIONS"), ("origin", b"https://a.example"), ("access-control-request-method", b"PUT")]);
    filters.on_context_create(7, FILTER);
    state.fails.set("respond");
    assert_eq!(filters.on_request_headers(7), Action::Continue);
    assert_eq!(state.log.borrow().len(), 1);
}

#[test]
fn failed_read_of_configuration_or_failed_counter_leaves_no_policy() {
    for call in ["configuration", "define_counter"] {
        let state = State::default();
        state.configuration.borrow_mut().extend_from_slice(POLICY.as_bytes());
        state.fails.set(call);
        assert!(!Filters::new(&state).on_configure(FILTER));
        assert_eq!(state.log.borrow().len(), 1, "{call}");
    }
}

#[test]
fn unknown_contexts_change_nothing() {
    let state = State::default();
    let mut filters = filters(&state, POLICY);
    *state.request.borrow_mut() = owned(&ALLOWED);
    for context in [0, FILTER, 99, u32::MAX] {
        assert_eq!(filters.on_request_headers(context), Action::Continue);
        filters.on_response_headers(context);
    }
    filters.on_context_create(7, FILTER);
    filters.on_request_headers(7);
    filters.on_delete(7);
    filters.on_response_headers(7);
    filters.on_delete(7);
    assert!(state.response.borrow().is_empty());
}
