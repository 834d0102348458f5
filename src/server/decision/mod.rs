//! The decision: the only place where the rules stand, for both forms of policies.

#[cfg(feature = "tower")]
mod kept;
mod lookup;
mod origin;
mod refusal;
mod saved;
pub(in crate::server) mod verdict;

use self::{
    origin::{judge_alone, judge_listed, judge_others},
    verdict::{Ruling, Verdict},
};
use super::{
    outline::apart,
    pattern::check_origin,
    policy::{
        Policy,
        settings::{Enforcement, Judges},
        view::{PolicyForm, PolicyRef, RuleForm},
    },
    request::{Found, IsPreflight, site::Site},
    response::{Forbidden, PreflightAnswer, ResponseHeaders},
};
use crate::header::Headers;

#[cfg(feature = "tower")]
pub(crate) use kept::KeptHeaders;
pub use lookup::{Ask, Begin};
pub use origin::OriginAnswer;
pub use refusal::Refusal;
pub use saved::SavedHeaders;

/// What to do with a request.
///
/// <https://fetch.spec.whatwg.org/#http-responses>
#[derive(Clone, Copy, Debug)]
pub enum Decision<'a> {
    /// Answer at once: it is a preflight, and the application has nothing to do with it.
    AnswerPreflight(PreflightAnswer<'a>),
    /// Let the application handle it, and write these headers into whatever response comes of it, errors included.
    Handle(ResponseHeaders<'a>),
    /// Refuse at once; only a policy with [`Enforcement::Server`] does.
    Forbid(Forbidden<'a>),
}

/// What follows from the verdict.
#[inline(always)]
fn conclude<'a>(
    policy: PolicyRef<'a>,
    is_preflight: IsPreflight,
    headers: Headers<'a>,
    verdict: Verdict<'a>,
) -> Decision<'a> {
    let response_headers = ResponseHeaders { policy, verdict };
    if is_preflight == IsPreflight::Yes {
        return Decision::AnswerPreflight(PreflightAnswer { headers: response_headers, request: headers });
    }
    if policy.settings().enforcement == Enforcement::Server
        && apart(move || site(verdict.ruling, verdict.origin.as_bytes(), headers)) == Site::Other
    {
        return Decision::Forbid(Forbidden { headers: response_headers });
    }
    Decision::Handle(response_headers)
}

/// Where a request comes from that is no preflight; one that is not refused is no other's.
#[cold]
fn site(ruling: Ruling, origin: &[u8], headers: Headers<'_>) -> Site {
    match ruling {
        Ruling::Static | Ruling::Allowed(_) | Ruling::WithoutOrigin => Site::Own,
        Ruling::Refused | Ruling::NotAsked | Ruling::SeveralOrigins => Site::of(origin, headers),
    }
}

/// OPTIMIZATION: a server has one call of it, in which what is not the policy's case, or not its list's, falls away. What is
/// kept apart returns no decision, so that the decision need not be in memory.
#[inline(always)]
fn decide<'a>(policy: &'a impl PolicyForm, method: &str, headers: Headers<'a>) -> Decision<'a> {
    let judges = policy.settings().judges;
    let (is_preflight, verdict) = match headers.as_pairs() {
        // What is the same for everybody depends on nothing but whether the request is a preflight.
        _ if judges == Judges::Nobody && method != "OPTIONS" => (IsPreflight::No, Verdict::STATIC),
        Some(pairs) if judges != Judges::Others => {
            let found = Found::of_pairs(method, pairs);
            (found.is_preflight(), judge_listed(policy, found.origin))
        }
        _ if judges != Judges::Others => apart(move || judge_others(policy, method, headers)),
        _ => apart(move || judge_alone(policy, method, headers)),
    };
    conclude(policy.as_ref(), is_preflight, headers, verdict)
}

impl<'a> Policy<'a> {
    /// What to do with a request of this method and with these headers.
    ///
    /// <https://fetch.spec.whatwg.org/#http-responses>
    #[inline(always)]
    pub fn decide(&'a self, method: &str, headers: Headers<'a>) -> Decision<'a> {
        decide(self, method, headers)
    }

    /// Whether a rule lists `origin`: for the upgrade to a WebSocket, say, which no CORS protects.
    ///
    /// A predicate and a caller to ask are left out, and so is every value that is no well-formed origin.
    pub fn allows_origin(&'a self, origin: &[u8]) -> bool {
        allows_origin(self, origin)
    }
}

#[cfg(feature = "alloc")]
impl super::OwnedPolicy {
    /// See [`Policy::decide`].
    #[inline(always)]
    pub fn decide<'a>(&'a self, method: &str, headers: Headers<'a>) -> Decision<'a> {
        decide(self, method, headers)
    }

    /// See [`Policy::allows_origin`].
    pub fn allows_origin(&self, origin: &[u8]) -> bool {
        allows_origin(self, origin)
    }
}

fn allows_origin(policy: &impl PolicyForm, origin: &[u8]) -> bool {
    let Some(rule) = policy.find(origin).and_then(|number| policy.rule(number)) else { return false };
    // OPTIMIZATION: a pattern matches well-formed origins only; all values stand only where `*` is sent.
    !rule.sends_wildcard() || origin == b"null" || check_origin(origin).is_ok()
}
