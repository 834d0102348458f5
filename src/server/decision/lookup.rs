//! Origins that the caller looks up: two steps, with any wait between them.

use super::{
    Decision, into_decision,
    origin::{MatchOutcome, OriginAnswer, match_beyond_patterns, match_patterns, resume_lookup},
};
use crate::{
    header::{Headers, ValueRef},
    server::{
        policy::{Policy, view::AnyPolicy},
        request::{CorsRequest, IsPreflight},
    },
};

/// What to do with a request, or which origin to look up first.
#[derive(Clone, Copy, Debug)]
#[expect(clippy::exhaustive_enums, reason = "a caller must act on each")]
pub enum Start<'a> {
    /// What to do with the request.
    Decided(Decision<'a>),
    /// Look up whether the origin is allowed, then call [`OriginLookup::resume`].
    Lookup(OriginLookup<'a>),
}

/// An origin to look up: a rule has an [external look-up](crate::server::Rule::external_lookup), and no pattern matches.
#[derive(Clone, Copy, Debug)]
pub struct OriginLookup<'a> {
    policy: AnyPolicy<'a>,
    is_preflight: IsPreflight,
    headers: Headers<'a>,
    origin: ValueRef<'a>,
    rule: usize,
}

impl<'a> OriginLookup<'a> {
    /// The origin. It is well-formed, and never `null`.
    pub fn origin(&self) -> &'a str {
        core::str::from_utf8(self.origin.as_bytes()).unwrap_or_default()
    }

    /// The number of the rule with the external look-up, from 0.
    pub const fn rule(&self) -> usize {
        self.rule
    }

    /// What to do with the request, given the answer.
    pub fn resume(self, answer: OriginAnswer) -> Decision<'a> {
        self.resume_with(Some(answer))
    }

    /// What to do with the request if the look-up fails or takes too long. The origin is refused, unless a later rule allows it, and
    /// [`Refusal::NotLookedUp`](crate::server::Refusal::NotLookedUp) says so.
    ///
    /// ```
    /// use fetch_cors::header::Headers;
    /// use fetch_cors::server::{Policy, Start};
    ///
    /// static POLICY: Policy<'static> = Policy::builder(&[]).external_lookup().build_or_panic();
    ///
    /// let request: [(&str, &[u8]); 1] = [("origin", b"https://tenant.example")];
    /// let Start::Lookup(lookup) = POLICY.begin("GET", Headers::from_pairs(&request)) else { unreachable!() };
    /// let decision = lookup.resume_without_answer();
    /// assert_eq!(decision.refusal().map(|refusal| refusal.code()), Some("origin-not-looked-up"));
    /// ```
    pub fn resume_without_answer(self) -> Decision<'a> {
        self.resume_with(None)
    }

    fn resume_with(self, answer: Option<OriginAnswer>) -> Decision<'a> {
        let OriginLookup { rule, origin, headers, .. } = self;
        let origin_match = resume_lookup(self.policy, rule, origin, headers, answer);
        into_decision(self.policy, self.is_preflight, headers, origin_match)
    }
}

fn begin<'a>(policy: AnyPolicy<'a>, method: &str, headers: Headers<'a>) -> Start<'a> {
    let request = CorsRequest::of(method, headers);
    let is_preflight = request.is_preflight();
    match match_beyond_patterns(policy, match_patterns(policy, request.origin), headers) {
        MatchOutcome::Lookup(rule, origin) => {
            Start::Lookup(OriginLookup { policy, is_preflight, headers, origin, rule })
        }
        MatchOutcome::Matched(origin_match) => {
            Start::Decided(into_decision(policy, is_preflight, headers, origin_match))
        }
    }
}

impl<'a> Policy<'a> {
    /// Decides as far as the policy itself goes. Where a rule has an
    /// [external look-up](crate::server::Rule::external_lookup), the origin to look up is returned instead.
    ///
    /// ```
    /// use fetch_cors::header::Headers;
    /// use fetch_cors::server::{OriginAnswer, Policy, Start};
    ///
    /// static POLICY: Policy<'static> = Policy::builder(&[]).external_lookup().credentials().build_or_panic();
    ///
    /// let request: [(&str, &[u8]); 1] = [("origin", b"https://tenant.example")];
    /// let decision = match POLICY.begin("GET", Headers::from_pairs(&request)) {
    ///     Start::Decided(decision) => decision,
    ///     // Here a server waits for its database.
    ///     Start::Lookup(lookup) if lookup.origin() == "https://tenant.example" => lookup.resume(OriginAnswer::Allowed),
    ///     Start::Lookup(lookup) => lookup.resume(OriginAnswer::Refused),
    /// };
    /// assert!(decision.refusal().is_none());
    /// ```
    pub fn begin(&'a self, method: &str, headers: Headers<'a>) -> Start<'a> {
        begin(AnyPolicy::Borrowed(self), method, headers)
    }
}

#[cfg(feature = "alloc")]
impl crate::server::OwnedPolicy {
    /// Decides as far as the policy itself goes; if a rule has an external look-up, returns the origin to look up. See
    /// [`Policy::begin`].
    pub fn begin<'a>(&'a self, method: &str, headers: Headers<'a>) -> Start<'a> {
        begin(AnyPolicy::Owned(self), method, headers)
    }
}
