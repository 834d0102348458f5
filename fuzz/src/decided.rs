//! A decision, written, and the properties of every decision.

use std::collections::BTreeSet;

use fetch_cors::{
    header::{AnswerSink, Headers},
    server::{Caching, Decision, OwnedPolicy, Policy, RequestKind},
};

use testkit::{
    compare::{Lines, from_the_wire, pairs},
    oracle::{Header, extract_header_list_values, get, origin_pattern::parts},
};

/// A policy of either type.
#[derive(Clone, Copy)]
pub(crate) enum Decides<'a> {
    Borrowed(&'a Policy<'a>),
    Owned(&'a OwnedPolicy),
}

impl<'a> Decides<'a> {
    /// Writes the answer. Returns its kind, its status and the refusal's code.
    pub(crate) fn write<S: AnswerSink<'a, Error: core::fmt::Debug>>(
        self,
        method: &str,
        request: Headers<'a>,
        sink: &mut S,
    ) -> AnswerIdentity {
        let decision = match self {
            Decides::Borrowed(policy) => policy.decide(method, request),
            Decides::Owned(policy) => policy.decide(method, request),
        };
        decision.write(sink).expect("there is room");
        let kind = match decision {
            Decision::AnswerPreflight(_) => "preflight",
            Decision::Handle(_) => "handle",
            Decision::Forbid(_) => "forbid",
        };
        assert_eq!(decision.request_kind(), RequestKind::of(method, request));
        let refusal = decision.refusal();
        assert!(refusal.is_none_or(|refusal| !refusal.to_string().is_empty()));
        (kind, decision.status(), refusal.map(|refusal| refusal.code()))
    }
}

/// The identity of an answer: its kind, its status and the refusal's code.
pub(crate) type AnswerIdentity = (&'static str, Option<u16>, Option<&'static str>);

/// The identity of the answer to a request, and the header list of the response after writing.
pub(crate) fn answer(
    policy: Decides<'_>,
    method: &str,
    request: &Lines,
    before: &Lines,
) -> (AnswerIdentity, Vec<Header>) {
    let (request, mut sink) = (pairs(request), pairs(before));
    let reported = policy.write(method, Headers::from_pairs(&request), &mut sink);
    (reported, sink.into_iter().map(|(name, value)| (name.as_bytes().to_vec(), value.to_vec())).collect())
}

/// Checks the properties of every answer to `request`. `list` has the answer's own headers.
pub(crate) fn obeys(caching: Caching, request: &Lines, list: &[Header]) {
    let lists = |name: &str, value: &[u8]| {
        extract_header_list_values(name.as_bytes(), list).is_some_and(|values| {
            values.expect("what is sent is a list").iter().any(|item| item.eq_ignore_ascii_case(value))
        })
    };
    assert_eq!(lists("vary", b"origin"), caching == Caching::PerRequest, "{list:?}");
    let Some(allow_origin) = get(b"access-control-allow-origin", list) else {
        let names: Vec<&[u8]> = list.iter().map(|header| &header.0[..]).collect();
        return assert!(names.iter().all(|name| name.eq_ignore_ascii_case(b"vary")), "{list:?}");
    };
    let text = core::str::from_utf8(&allow_origin).expect("what is malformed is never sent");
    assert!(["*", "null"].contains(&text) || parts(text).is_some(), "{text} is malformed");
    let request = from_the_wire(request);
    if caching == Caching::PerRequest && text != "*" {
        assert_eq!(get(b"origin", &request), Some(allow_origin.clone()), "no other origin is allowed");
    }
    // <https://fetch.spec.whatwg.org/#cors-protocol-and-credentials>
    let with_credentials = get(b"access-control-allow-credentials", list);
    assert!(with_credentials.is_none() || with_credentials.as_deref() == Some(b"true") && text != "*", "{list:?}");
    for (name, asked) in [
        ("access-control-allow-methods", "access-control-request-method"),
        ("access-control-allow-headers", "access-control-request-headers"),
        ("access-control-expose-headers", ""),
    ] {
        let asked_for = get(asked.as_bytes(), &request).is_some_and(|value| value.contains(&b'*'));
        let literal = lists(name, b"*") && with_credentials.is_some();
        assert!(asked_for || !literal, "`*` with credentials: {list:?}");
    }
}

/// The distinct elements of all lines, sorted. Types of policies and sinks differ in the order and in the number of
/// lines. Names of headers are in lower case.
pub(crate) fn elements(list: &[Header]) -> BTreeSet<Header> {
    let lines = list.iter().map(|(name, value)| (name.to_ascii_lowercase(), value));
    let line = |(name, value): (Vec<u8>, &Vec<u8>)| {
        let methods = name == b"access-control-allow-methods";
        let case = move |part: &[u8]| if methods { part.to_vec() } else { part.to_ascii_lowercase() };
        let parts = value.split(|byte| *byte == b',').map(move |part| (name.clone(), case(part.trim_ascii())));
        parts.collect::<Vec<_>>()
    };
    lines.flat_map(line).collect()
}
