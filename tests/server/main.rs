//! The server half, through its public API.
#![cfg(feature = "config")]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::expect_used,
    clippy::std_instead_of_core,
    clippy::items_after_statements
)]

mod answers;
#[cfg(feature = "serde")]
mod applied_fixes;
mod config;
mod dangers;
mod faults;
mod first_rule;
mod forms;
#[cfg(feature = "http")]
mod header_map;
#[cfg(feature = "serde")]
mod json;
mod mistaken_patterns;
mod order;
mod pattern_faults;
mod patterns;
mod read_back;
mod refusals;
mod repeated;
mod requested_lists;
mod same_origin;
mod shapes;
mod sinks;
mod wildcards;

use fetch_cors::{
    header::Headers,
    server::{Decision, OwnedPolicy, Policy},
};

/// A policy of either type.
pub(crate) trait Decides {
    fn decide<'a>(&'a self, method: &str, headers: Headers<'a>) -> Decision<'a>;
}

impl Decides for Policy<'static> {
    fn decide<'a>(&'a self, method: &str, headers: Headers<'a>) -> Decision<'a> {
        Policy::decide(self, method, headers)
    }
}

impl Decides for OwnedPolicy {
    fn decide<'a>(&'a self, method: &str, headers: Headers<'a>) -> Decision<'a> {
        OwnedPolicy::decide(self, method, headers)
    }
}

/// An answer as text: its kind and status, the refusal's code, and the headers, written after `before`.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Answer {
    pub(crate) kind: &'static str,
    pub(crate) status: Option<u16>,
    pub(crate) refusal: Option<&'static str>,
    pub(crate) headers: Vec<String>,
}

pub(crate) type Lines<'a> = &'a [(&'a str, &'a str)];

pub(crate) fn answer_into(policy: &impl Decides, method: &str, request: Lines<'_>, before: Lines<'_>) -> Answer {
    let bytes: Vec<(&str, &[u8])> = request.iter().map(|(name, value)| (*name, value.as_bytes())).collect();
    let mut sink: Vec<(&str, &[u8])> = before.iter().map(|(name, value)| (*name, value.as_bytes())).collect();
    let decision = policy.decide(method, Headers::from_pairs(&bytes));
    decision.write(&mut sink).unwrap();
    let (kind, status, refusal) = (kind(&decision), decision.status(), decision.refusal());
    let headers = sink.iter().map(|(name, value)| format!("{name}: {}", String::from_utf8_lossy(value))).collect();
    Answer { kind, status, refusal: refusal.map(|refusal| refusal.code()), headers }
}

pub(crate) fn kind(decision: &Decision<'_>) -> &'static str {
    match decision {
        Decision::AnswerPreflight(_) => "preflight",
        Decision::Handle(_) => "handle",
        Decision::Forbid(_) => "forbid",
    }
}

pub(crate) fn answer(policy: &impl Decides, method: &str, request: Lines<'_>) -> Answer {
    answer_into(policy, method, request, &[])
}

/// The headers of the answer to a `GET` with this origin.
pub(crate) fn get(policy: &impl Decides, origin: &str) -> Vec<String> {
    answer(policy, "GET", &[("origin", origin)]).headers
}

/// The answer to a preflight.
pub(crate) fn preflight(policy: &impl Decides, origin: &str, method: &str, names: Option<&str>) -> Answer {
    let mut lines = vec![("Origin", origin), ("Access-Control-Request-Method", method)];
    lines.extend(names.map(|names| ("Access-Control-Request-Headers", names)));
    answer(policy, "OPTIONS", &lines)
}
