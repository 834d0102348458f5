//! The decision: the only place where the rules stand, for both forms of policies.

use super::{
    answer::{PreflightAnswer, ResponseHeaders},
    enforce::{Forbidden, Site},
    form::{PolicyForm, PolicyRef, RuleForm},
    pattern::is_origin,
    policy::Policy,
    request::{Found, IsPreflight, OriginLines},
    settings::{Enforcement, Judges},
};
use crate::header::{HeaderText, Headers};

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

/// What the caller of [`Policy::begin`] knows of the origin.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum OriginAnswer {
    /// It is allowed.
    Allowed,
    /// It is not.
    Refused,
}

/// What came of the origin.
///
/// OPTIMIZATION: the origin stands beside the ruling, and not within it, so that it is at the same place whatever the ruling is.
#[derive(Clone, Copy, Debug)]
pub(super) struct Verdict<'a> {
    pub(super) ruling: Ruling,
    /// The value of `Origin`; empty if the ruling is for none or for several.
    pub(super) origin: HeaderText<'a>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ruling {
    /// The answer is the same for everybody.
    Static,
    /// The rule of this number is for the origin.
    Allowed(usize),
    /// No rule is for the origin.
    Refused,
    /// The same, and the caller of a rule might have known it.
    NotAsked,
    SeveralOrigins,
    WithoutOrigin,
}

impl Verdict<'_> {
    pub(super) const STATIC: Self = Verdict { ruling: Ruling::Static, origin: HeaderText::EMPTY };
    pub(super) const SEVERAL_ORIGINS: Self = Verdict { ruling: Ruling::SeveralOrigins, origin: HeaderText::EMPTY };
    pub(super) const WITHOUT_ORIGIN: Self = Verdict { ruling: Ruling::WithoutOrigin, origin: HeaderText::EMPTY };
}

/// What the walk over the rules came to.
pub(super) enum Judged<'a> {
    Verdict(Verdict<'a>),
    /// The rule of this number must ask its caller about the origin.
    Ask(usize, HeaderText<'a>),
}

/// Finds the first rule for the origin. Patterns come first, then, where they stand in an earlier rule than the one found,
/// the predicate and the caller.
pub(super) fn judge<'a>(policy: &impl PolicyForm, origin: OriginLines<'a>, headers: Headers<'a>) -> Judged<'a> {
    match (policy.settings().judges, origin) {
        (Judges::Others, OriginLines::One(value)) => judge_unlisted(policy, value, headers),
        _ => Judged::Verdict(judge_listed(policy, origin)),
    }
}

/// The same, by the patterns alone.
#[inline(always)]
fn judge_listed<'a>(policy: &impl PolicyForm, origin: OriginLines<'a>) -> Verdict<'a> {
    match origin {
        _ if policy.settings().judges == Judges::Nobody => Verdict::STATIC,
        OriginLines::One(value) => verdict(policy.find(value.as_bytes()), value),
        OriginLines::Several => Verdict::SEVERAL_ORIGINS,
        OriginLines::None => Verdict::WITHOUT_ORIGIN,
    }
}

/// What the predicate and the caller say of an origin, where they stand in an earlier rule than the one found.
#[cold]
fn judge_unlisted<'a>(policy: &impl PolicyForm, value: HeaderText<'a>, headers: Headers<'a>) -> Judged<'a> {
    let settings = policy.settings();
    let mut found = policy.find(value.as_bytes());
    let earlier = |number: usize, found: Option<usize>| found.is_none_or(|found| number < found);
    let text = core::str::from_utf8(value.as_bytes()).ok().filter(|_| is_origin(value.as_bytes()));
    if let (Some((number, predicate)), Some(text)) = (policy.predicate(), text)
        && earlier(number, found)
        && !settings.look_up.is_some_and(|asking| asking < number && earlier(asking, found))
        && predicate.allows(text, headers)
    {
        found = Some(number);
    }
    if let (Some(number), Some(_)) = (settings.look_up, text)
        && earlier(number, found)
    {
        return Judged::Ask(number, value);
    }
    Judged::Verdict(verdict(found, value))
}

#[inline(always)]
fn verdict(found: Option<usize>, origin: HeaderText<'_>) -> Verdict<'_> {
    Verdict { ruling: found.map_or(Ruling::Refused, Ruling::Allowed), origin }
}

/// The verdict once the caller has been asked by the rule of this number, or cannot be.
#[cold]
pub(super) fn judge_asked<'a>(
    policy: &impl PolicyForm,
    asking: usize,
    value: HeaderText<'a>,
    headers: Headers<'a>,
    answer: Option<OriginAnswer>,
) -> Verdict<'a> {
    let value_found = match answer {
        Some(OriginAnswer::Allowed) => Some(asking),
        // Later rules have not been asked yet, their predicate apart where it stood before.
        Some(OriginAnswer::Refused) | None => {
            let found = policy.find(value.as_bytes());
            let text = core::str::from_utf8(value.as_bytes()).unwrap_or_default();
            let later = policy.predicate().filter(|(number, predicate)| {
                found.is_none_or(|found| *number < found) && predicate.allows(text, headers)
            });
            later.map(|(number, _)| number).or(found)
        }
    };
    match (value_found, answer) {
        (None, None) => Verdict { ruling: Ruling::NotAsked, origin: value },
        (found, _) => verdict(found, value),
    }
}

/// What follows from the verdict.
#[inline(always)]
pub(super) fn conclude<'a>(
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
pub(super) fn decide<'a>(policy: &'a impl PolicyForm, method: &str, headers: Headers<'a>) -> Decision<'a> {
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

/// Calls `work`, which is compiled apart.
///
/// OPTIMIZATION: what `work` needs is put together only where it is called. So a decision, which does not fit into registers, need
/// not be in memory where it is written at once.
#[cold]
#[inline(never)]
pub(super) fn apart<R>(work: impl FnOnce() -> R) -> R {
    work()
}

/// The verdict by the patterns, where the headers are no pairs.
fn judge_others<'a>(policy: &'a impl PolicyForm, method: &str, headers: Headers<'a>) -> (IsPreflight, Verdict<'a>) {
    let found = Found::of_others(method, headers);
    (found.is_preflight(), judge_listed(policy, found.origin))
}

/// The verdict where there is more to ask than the patterns, and no caller to be asked.
#[cold]
fn judge_alone<'a>(policy: &'a impl PolicyForm, method: &str, headers: Headers<'a>) -> (IsPreflight, Verdict<'a>) {
    let found = Found::of(method, headers);
    let verdict = match judge(policy, found.origin, headers) {
        Judged::Verdict(verdict) => verdict,
        Judged::Ask(asking, value) => judge_asked(policy, asking, value, headers, None),
    };
    (found.is_preflight(), verdict)
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

pub(super) fn allows_origin(policy: &impl PolicyForm, origin: &[u8]) -> bool {
    let Some(rule) = policy.find(origin).and_then(|number| policy.rule(number)) else { return false };
    // OPTIMIZATION: a pattern matches well-formed origins only; all values stand only where `*` is sent.
    !rule.sends_wildcard() || matches!(origin, b"null" | b"file://") || is_origin(origin)
}
