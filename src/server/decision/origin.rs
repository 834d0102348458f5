//! Which rule matches the origin of a request.

use crate::server::origin_match::{Matched, OriginMatch};
use crate::{
    header::{Headers, ValueRef},
    server::{
        pattern::is_origin,
        policy::{
            settings::OriginSource,
            view::{AnyPolicy, AnyRule},
        },
        request::{CorsRequest, IsPreflight, OriginLines},
    },
};

/// The answer of an external look-up: see [`OriginLookup::resume`](crate::server::OriginLookup::resume).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(clippy::exhaustive_enums, reason = "a question of yes or no")]
pub enum OriginAnswer {
    /// The origin is allowed.
    Allowed,
    /// The origin is not allowed.
    Refused,
}

pub(super) enum MatchOutcome<'a> {
    Matched(OriginMatch<'a>),
    /// The rule of this number needs an external look-up of the origin.
    Lookup(usize, ValueRef<'a>),
}

/// Finds the first rule with a pattern that matches the origin.
#[inline(always)]
pub(super) fn match_patterns<'a>(policy: AnyPolicy<'_>, origin: OriginLines<'a>) -> OriginMatch<'a> {
    match origin {
        _ if policy.settings().origin_source == OriginSource::Fixed => OriginMatch::FIXED,
        OriginLines::One(value) => OriginMatch::new(policy.find(value.as_bytes()), value),
        OriginLines::Several => OriginMatch::SEVERAL_ORIGINS,
        OriginLines::None => OriginMatch::WITHOUT_ORIGIN,
    }
}

/// Continues for policies that have more than patterns. The predicate and the external look-up are asked if their rules come
/// before the rule that a pattern found.
// OPTIMIZATION: inlined into both callers, which saves a result in memory: 21 instructions with a header map.
#[inline(always)]
pub(super) fn match_beyond_patterns<'a>(
    policy: AnyPolicy<'_>,
    by_patterns: OriginMatch<'a>,
    headers: Headers<'a>,
) -> MatchOutcome<'a> {
    let settings = policy.settings();
    let value = by_patterns.origin;
    let found = match by_patterns.matched {
        Matched::Rule(number) => Some(number),
        Matched::NoRule => None,
        _ => return MatchOutcome::Matched(by_patterns),
    };
    let earlier = |number: &usize| found.is_none_or(|found| *number < found);
    let (predicate, lookup) = (settings.predicate.filter(earlier), settings.external_lookup.filter(earlier));
    if (predicate.is_none() && lookup.is_none()) || !is_origin(value.as_bytes()) {
        return MatchOutcome::Matched(by_patterns);
    }
    if let Some(number) = predicate.filter(|predicate| lookup.is_none_or(|lookup| *predicate <= lookup))
        && let Some(predicate) = policy.rule(number).and_then(AnyRule::predicate)
        && let Ok(text) = core::str::from_utf8(value.as_bytes())
        && predicate.allows(text, headers)
    {
        return MatchOutcome::Matched(OriginMatch::new(Some(number), value));
    }
    match lookup {
        Some(number) => MatchOutcome::Lookup(number, value),
        None => MatchOutcome::Matched(by_patterns),
    }
}

/// Continues after the external look-up of the rule `lookup`, or without it if nobody makes one.
pub(super) fn resume_lookup<'a>(
    policy: AnyPolicy<'_>,
    lookup: usize,
    value: ValueRef<'a>,
    headers: Headers<'a>,
    answer: Option<OriginAnswer>,
) -> OriginMatch<'a> {
    let found = match answer {
        Some(OriginAnswer::Allowed) => Some(lookup),
        // Tries the patterns and the predicate of later rules. The predicate of an earlier rule is asked again, and refuses
        // again.
        Some(OriginAnswer::Refused) | None => {
            let found = policy.find(value.as_bytes());
            let text = core::str::from_utf8(value.as_bytes()).unwrap_or_default();
            let later = policy.predicate().filter(|(number, predicate)| {
                found.is_none_or(|found| *number < found) && predicate.allows(text, headers)
            });
            later.map(|(number, _)| number).or(found)
        }
    };
    match (found, answer) {
        (None, None) => OriginMatch { matched: Matched::NotLookedUp, origin: value },
        (found, _) => OriginMatch::new(found, value),
    }
}

/// [`match_patterns`] for a header map or a source.
// OPTIMIZATION: out of line, so that a caller with byte pairs does not hold it.
#[inline(never)]
pub(super) fn read_and_match_patterns<'a>(
    policy: AnyPolicy<'a>,
    method: &str,
    headers: Headers<'a>,
) -> (IsPreflight, OriginMatch<'a>) {
    let request = CorsRequest::of_map_or_source(method, headers);
    (request.is_preflight(), match_patterns(policy, request.origin))
}

/// [`match_beyond_patterns`], but makes no external look-up.
pub(in crate::server) fn match_without_lookup<'a>(
    policy: AnyPolicy<'_>,
    by_patterns: OriginMatch<'a>,
    headers: Headers<'a>,
) -> OriginMatch<'a> {
    match match_beyond_patterns(policy, by_patterns, headers) {
        MatchOutcome::Matched(origin_match) => origin_match,
        MatchOutcome::Lookup(lookup, value) => resume_lookup(policy, lookup, value, headers, None),
    }
}
