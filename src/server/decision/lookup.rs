//! Origins that the caller looks up: two steps, with whatever waiting between them.

use super::{
    Decision, conclude,
    origin::{Judged, OriginAnswer, judge, judge_asked},
};
use crate::{
    header::{HeaderText, Headers},
    server::{
        policy::{
            Policy,
            view::{PolicyForm, PolicyRef},
        },
        request::Found,
    },
};

/// What to do with a request, or what to find out first.
#[derive(Clone, Copy, Debug)]
pub enum Begin<'a> {
    /// What to do.
    Done(Decision<'a>),
    /// Find out whether an origin is allowed, then [`Ask::resume`].
    AskOrigin(Ask<'a>),
}

/// The question whether an origin is allowed.
#[derive(Clone, Copy, Debug)]
pub struct Ask<'a> {
    policy: PolicyRef<'a>,
    found: Found<'a>,
    headers: Headers<'a>,
    value: HeaderText<'a>,
    asking: usize,
}

impl<'a> Ask<'a> {
    /// The origin, well-formed; never `null`.
    pub fn origin(&self) -> &'a str {
        core::str::from_utf8(self.value.as_bytes()).unwrap_or_default()
    }

    /// The number of the rule that asks.
    pub const fn rule(&self) -> usize {
        self.asking
    }

    /// What to do with the request, now that this is known.
    pub fn resume(self, answer: OriginAnswer) -> Decision<'a> {
        let Ask { asking, value, headers, .. } = self;
        let verdict = match self.policy {
            PolicyRef::Borrowed(policy) => judge_asked(policy, asking, value, headers, Some(answer)),
            #[cfg(feature = "alloc")]
            PolicyRef::Owned(policy) => judge_asked(policy, asking, value, headers, Some(answer)),
        };
        conclude(self.policy, self.found.is_preflight(), self.headers, verdict)
    }
}

fn begin<'a>(policy: &'a impl PolicyForm, method: &str, headers: Headers<'a>) -> Begin<'a> {
    let found = Found::of(method, headers);
    match judge(policy, found.origin, headers) {
        Judged::Ask(asking, value) => Begin::AskOrigin(Ask { policy: policy.as_ref(), found, headers, value, asking }),
        Judged::Verdict(verdict) => Begin::Done(conclude(policy.as_ref(), found.is_preflight(), headers, verdict)),
    }
}

impl<'a> Policy<'a> {
    /// Decides as far as the policy itself goes. Where a rule asks its caller ([`Rule::ask_caller`](crate::server::Rule::ask_caller))
    /// the origin to look up is returned instead.
    ///
    /// ```
    /// use fetch_cors::header::Headers;
    /// use fetch_cors::server::{Begin, Decision, OriginAnswer, Policy};
    ///
    /// static POLICY: Policy<'static> = Policy::builder(&[]).ask_caller().credentials().build_or_panic();
    ///
    /// let request: [(&str, &[u8]); 1] = [("origin", b"https://tenant.example")];
    /// let decision = match POLICY.begin("GET", Headers::from_pairs(&request)) {
    ///     Begin::Done(decision) => decision,
    ///     // Here a server waits for its database.
    ///     Begin::AskOrigin(ask) if ask.origin() == "https://tenant.example" => ask.resume(OriginAnswer::Allowed),
    ///     Begin::AskOrigin(ask) => ask.resume(OriginAnswer::Refused),
    /// };
    /// assert!(matches!(decision, Decision::Handle(headers) if headers.refusal().is_none()));
    /// ```
    pub fn begin(&'a self, method: &str, headers: Headers<'a>) -> Begin<'a> {
        begin(self, method, headers)
    }
}

#[cfg(feature = "alloc")]
impl crate::server::OwnedPolicy {
    /// See [`Policy::begin`].
    pub fn begin<'a>(&'a self, method: &str, headers: Headers<'a>) -> Begin<'a> {
        begin(self, method, headers)
    }
}
