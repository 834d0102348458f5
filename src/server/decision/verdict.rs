//! What came of a request's origin.

use crate::{
    header::HeaderText,
    server::policy::view::{PolicyForm, RuleForm},
};

/// What came of the origin.
///
/// OPTIMIZATION: the origin stands beside the ruling, and not within it, so that it is at the same place whatever the ruling is.
#[derive(Clone, Copy, Debug)]
pub(in crate::server) struct Verdict<'a> {
    pub(in crate::server) ruling: Ruling,
    /// The value of `Origin`; empty if the ruling is for none or for several.
    pub(in crate::server) origin: HeaderText<'a>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::server) enum Ruling {
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
    pub(in crate::server) const STATIC: Self = Verdict { ruling: Ruling::Static, origin: HeaderText::EMPTY };
    pub(in crate::server) const SEVERAL_ORIGINS: Self =
        Verdict { ruling: Ruling::SeveralOrigins, origin: HeaderText::EMPTY };
    pub(in crate::server) const WITHOUT_ORIGIN: Self =
        Verdict { ruling: Ruling::WithoutOrigin, origin: HeaderText::EMPTY };
}

/// The rule that grants, and the value of `Access-Control-Allow-Origin`.
pub(in crate::server) type Grant<'a, P> = (&'a <P as PolicyForm>::Rule, HeaderText<'a>);

impl<'a> Verdict<'a> {
    #[inline]
    pub(in crate::server) fn grant<P: PolicyForm>(&self, policy: &'a P) -> Option<Grant<'a, P>> {
        let (rule, origin) = match self.ruling {
            Ruling::Static => (policy.rule(0)?, policy.static_origin()?),
            Ruling::Allowed(number) => (policy.rule(number)?, self.origin),
            _ => return None,
        };
        Some((rule, if rule.sends_wildcard() { HeaderText::ANY } else { origin }))
    }
}
