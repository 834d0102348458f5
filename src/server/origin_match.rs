//! Which rule matches a request's origin.

use crate::{
    header::ValueRef,
    server::policy::view::{AnyPolicy, AnyRule},
};

/// Which rule matches the origin, and the origin.
// OPTIMIZATION: the origin is beside `matched`, not in its variants, so that it has one place in memory and need not be moved.
#[derive(Clone, Copy, Debug)]
pub(in crate::server) struct OriginMatch<'a> {
    pub(in crate::server) matched: Matched,
    /// The value of `Origin`; empty if it was not read, or if the request does not have exactly one.
    pub(in crate::server) origin: ValueRef<'a>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::server) enum Matched {
    /// The answer is the same for all origins, so `Origin` was not read.
    Fixed,
    /// The rule of this number matches the origin.
    Rule(usize),
    /// No rule matches the origin.
    NoRule,
    /// No rule matches the origin, and its external look-up was not made.
    NotLookedUp,
    SeveralOrigins,
    WithoutOrigin,
}

impl<'a> OriginMatch<'a> {
    pub(in crate::server) const FIXED: Self = OriginMatch { matched: Matched::Fixed, origin: ValueRef::EMPTY };
    pub(in crate::server) const SEVERAL_ORIGINS: Self =
        OriginMatch { matched: Matched::SeveralOrigins, origin: ValueRef::EMPTY };
    pub(in crate::server) const WITHOUT_ORIGIN: Self =
        OriginMatch { matched: Matched::WithoutOrigin, origin: ValueRef::EMPTY };

    #[inline]
    pub(in crate::server) fn new(rule: Option<usize>, origin: ValueRef<'a>) -> Self {
        OriginMatch { matched: rule.map_or(Matched::NoRule, Matched::Rule), origin }
    }

    #[inline(always)]
    pub(in crate::server) fn grant(&self, policy: AnyPolicy<'a>) -> Option<Grant<'a>> {
        let (rule, origin) = match self.matched {
            Matched::Fixed => (policy.rule(0)?, policy.fixed_origin()?),
            Matched::Rule(number) => (policy.rule(number)?, self.origin),
            _ => return None,
        };
        Some((rule, if rule.sends_wildcard() { ValueRef::ANY } else { origin }))
    }
}

/// The rule that grants, and the value of `Access-Control-Allow-Origin`.
pub(in crate::server) type Grant<'a> = (AnyRule<'a>, ValueRef<'a>);
