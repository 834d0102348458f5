//! Which rule is for the origin of a request.

use super::verdict::{Ruling, Verdict};
use crate::{
    header::{HeaderText, Headers},
    server::{
        pattern::check_origin,
        policy::{settings::Judges, view::PolicyForm},
        request::{Found, IsPreflight, OriginLines},
    },
};

/// What the caller of [`Policy::begin`](crate::server::Policy::begin) knows of the origin.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum OriginAnswer {
    /// It is allowed.
    Allowed,
    /// It is not.
    Refused,
}

/// What the walk over the rules came to.
pub(in crate::server) enum Judged<'a> {
    Verdict(Verdict<'a>),
    /// The rule of this number must ask its caller about the origin.
    Ask(usize, HeaderText<'a>),
}

/// Finds the first rule for the origin. Patterns come first, then, where they stand in an earlier rule than the one found,
/// the predicate and the caller.
pub(in crate::server) fn judge<'a>(
    policy: &impl PolicyForm,
    origin: OriginLines<'a>,
    headers: Headers<'a>,
) -> Judged<'a> {
    match (policy.settings().judges, origin) {
        (Judges::Others, OriginLines::One(value)) => judge_unlisted(policy, value, headers),
        _ => Judged::Verdict(judge_listed(policy, origin)),
    }
}

/// The same, by the patterns alone.
#[inline(always)]
pub(in crate::server) fn judge_listed<'a>(policy: &impl PolicyForm, origin: OriginLines<'a>) -> Verdict<'a> {
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
    let text = core::str::from_utf8(value.as_bytes()).ok().filter(|_| check_origin(value.as_bytes()).is_ok());
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
pub(in crate::server) fn judge_asked<'a>(
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

/// The verdict by the patterns, where the headers are no pairs.
pub(in crate::server) fn judge_others<'a>(
    policy: &'a impl PolicyForm,
    method: &str,
    headers: Headers<'a>,
) -> (IsPreflight, Verdict<'a>) {
    let found = Found::of_others(method, headers);
    (found.is_preflight(), judge_listed(policy, found.origin))
}

/// The verdict where there is more to ask than the patterns, and no caller to be asked.
#[cold]
pub(in crate::server) fn judge_alone<'a>(
    policy: &'a impl PolicyForm,
    method: &str,
    headers: Headers<'a>,
) -> (IsPreflight, Verdict<'a>) {
    let found = Found::of(method, headers);
    let verdict = match judge(policy, found.origin, headers) {
        Judged::Verdict(verdict) => verdict,
        Judged::Ask(asking, value) => judge_asked(policy, asking, value, headers, None),
    };
    (found.is_preflight(), verdict)
}
