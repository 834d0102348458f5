//! A decision that outlives its request beside its policy, for a server that hands the request on.

use http::HeaderValue;

use super::verdict::{Ruling, Verdict};
use crate::{
    header::HeaderText,
    server::{
        OwnedPolicy,
        policy::view::{PolicyForm, PolicyRef, RuleForm},
        response::ResponseHeaders,
    },
};

/// The headers of a response to come, without a borrow, for the policy that has decided on them.
///
/// OPTIMIZATION: nobody else's policy gives them back, so the rule need not be found again as [`OwnedPolicy::restore`]
/// does; and the origin is shared with the request, not copied.
#[derive(Debug)]
pub(crate) enum KeptHeaders {
    /// The same for everybody.
    Static,
    /// The rule of this number is for the origin.
    Allowed { rule: usize, origin: HeaderValue },
    /// What every response has.
    NoGrant,
}

impl ResponseHeaders<'_> {
    /// The same, to be given back to this policy by [`OwnedPolicy::give_back`].
    #[inline]
    pub(crate) fn keep(&self) -> KeptHeaders {
        let PolicyRef::Owned(policy) = self.policy else { return KeptHeaders::NoGrant };
        match self.verdict.ruling {
            Ruling::Static => KeptHeaders::Static,
            Ruling::Allowed(rule) => {
                // An origin that is not sent may be long, and with blanks around it would be copied.
                let wildcard = policy.rule(rule).is_some_and(RuleForm::sends_wildcard);
                let origin = if wildcard { HeaderText::ANY } else { self.verdict.origin };
                origin.to_header_value().map_or(KeptHeaders::NoGrant, |origin| KeptHeaders::Allowed { rule, origin })
            }
            Ruling::Refused | Ruling::NotAsked | Ruling::SeveralOrigins | Ruling::WithoutOrigin => KeptHeaders::NoGrant,
        }
    }
}

impl OwnedPolicy {
    /// What [`ResponseHeaders::keep`] has kept of this policy's headers.
    #[inline]
    pub(crate) fn give_back<'a>(&'a self, kept: &'a KeptHeaders) -> ResponseHeaders<'a> {
        let verdict = match kept {
            KeptHeaders::Static => Verdict::STATIC,
            KeptHeaders::Allowed { rule, origin } => {
                Verdict { ruling: Ruling::Allowed(*rule), origin: HeaderText::shared(origin) }
            }
            KeptHeaders::NoGrant => Verdict::WITHOUT_ORIGIN,
        };
        ResponseHeaders { policy: self.as_ref(), verdict }
    }
}
