//! The headers of an answer, written into any response.

mod forbidden;
mod mirror;
mod preflight;

use super::{
    decision::{
        Refusal,
        verdict::{Grant, Ruling, Verdict},
    },
    outline::apart,
    pattern::check_origin,
    policy::{
        list::Extent,
        rule::{Credentials, List, OriginPredicate, OwnExposed, Which, mirrors},
        settings::{Form, Judges, Settings, Upstream, UpstreamExposed},
        view::{PolicyForm, PolicyRef, RuleForm},
    },
};
use crate::header::{HeaderName, HeaderSink, HeaderText, OwnNames, VaryNames};

pub use forbidden::Forbidden;
pub use preflight::PreflightAnswer;

/// The headers that go into a response, whatever the response is.
#[derive(Clone, Copy, Debug)]
pub struct ResponseHeaders<'a> {
    pub(in crate::server) policy: PolicyRef<'a>,
    pub(in crate::server) verdict: Verdict<'a>,
}

/// What a response has once at most.
const WRITTEN_ONCE: [HeaderName<'static>; 6] = {
    let [once @ .., _] = WRITTEN;
    once
};

const WRITTEN: [HeaderName<'static>; 7] = [
    HeaderName::ACCESS_CONTROL_ALLOW_ORIGIN,
    HeaderName::ACCESS_CONTROL_ALLOW_CREDENTIALS,
    HeaderName::ACCESS_CONTROL_ALLOW_METHODS,
    HeaderName::ACCESS_CONTROL_ALLOW_HEADERS,
    HeaderName::ACCESS_CONTROL_MAX_AGE,
    HeaderName::ACCESS_CONTROL_ALLOW_PRIVATE_NETWORK,
    HeaderName::ACCESS_CONTROL_EXPOSE_HEADERS,
];

impl<'a> ResponseHeaders<'a> {
    /// Why the origin is refused; nothing if it is not, if there is none, or if the answer is the same for everybody.
    ///
    /// OPTIMIZATION: it is worked out here, not when the request is decided.
    pub fn refusal(&self) -> Option<Refusal<'a>> {
        let origin = self.verdict.origin.as_bytes();
        Some(match self.verdict.ruling {
            Ruling::Static | Ruling::Allowed(_) | Ruling::WithoutOrigin => return None,
            Ruling::SeveralOrigins => Refusal::SeveralOrigins,
            Ruling::NotAsked => Refusal::NotAsked { origin },
            Ruling::Refused => match (origin, check_origin(origin)) {
                (b"null", _) => Refusal::Opaque,
                (value, Err(fault)) => Refusal::Malformed { value, fault },
                (origin, Ok(())) => Refusal::NotAllowed { origin },
            },
        })
    }

    /// Whether the answer is the same for everybody.
    pub fn form(&self) -> Form {
        self.policy.settings().form()
    }

    /// The headers of the request that responses of this resource depend on, as `Vary` tells caches.
    ///
    /// <https://fetch.spec.whatwg.org/#cors-protocol-and-http-caches>
    #[inline]
    pub fn vary(&self) -> VaryNames {
        with_predicate(self.policy.settings().vary, self.policy.predicate())
    }

    /// Writes the headers into a response, which may have headers already.
    #[inline(always)]
    pub fn write<S: HeaderSink<'a>>(&self, sink: &mut S) -> Result<(), S::Error> {
        match self.policy {
            PolicyRef::Borrowed(policy) => write(policy, self.verdict, sink),
            #[cfg(feature = "alloc")]
            PolicyRef::Owned(policy) => write(policy, self.verdict, sink),
        }
    }

    /// The same, for a response that has no grant.
    pub(in crate::server) fn write_no_grant<S: HeaderSink<'a>>(&self, sink: &mut S) -> Result<(), S::Error> {
        match self.policy {
            PolicyRef::Borrowed(policy) => write(policy, Verdict::WITHOUT_ORIGIN, sink),
            #[cfg(feature = "alloc")]
            PolicyRef::Owned(policy) => write(policy, Verdict::WITHOUT_ORIGIN, sink),
        }
    }
}

#[inline(always)]
fn write<'a, S: HeaderSink<'a>>(
    policy: &'a impl PolicyForm,
    verdict: Verdict<'a>,
    sink: &mut S,
) -> Result<(), S::Error> {
    if policy.settings().upstream != Upstream::Replace(UpstreamExposed::Remove) {
        return sink.lend(|sink| apart(move || write_beside(policy, verdict, sink)));
    }
    sink.remove(&WRITTEN)?;
    match verdict.grant(policy) {
        Some(grant) => write_granted(policy, grant, Cleared::All, sink),
        None => write_vary(policy.settings().vary, policy, sink),
    }
}

/// Writes the headers beside those of the same names that a response keeps.
fn write_beside<'a, S: HeaderSink<'a>>(
    policy: &'a impl PolicyForm,
    verdict: Verdict<'a>,
    sink: &mut S,
) -> Result<(), S::Error> {
    let Settings { upstream, vary, .. } = *policy.settings();
    let grant = verdict.grant(policy);
    let cleared = match (upstream, grant) {
        (Upstream::Replace(UpstreamExposed::Merge), Some(_)) => clear(upstream, &WRITTEN_ONCE, sink)?,
        _ => clear(upstream, &WRITTEN, sink)?,
    };
    match grant {
        Some(grant) if cleared != Cleared::Nothing => write_granted(policy, grant, cleared, sink),
        _ => write_vary(vary, policy, sink),
    }
}

#[inline(always)]
fn write_granted<'a, P: PolicyForm, S: HeaderSink<'a>>(
    policy: &'a P,
    (rule, allow_origin): Grant<'a, P>,
    cleared: Cleared,
    sink: &mut S,
) -> Result<(), S::Error> {
    if rule.own_exposed() == OwnExposed::Yes {
        sink.lend(S::expose_own_names)?;
    }
    write_vary(policy.settings().vary, policy, sink)?;
    write_grant(rule, allow_origin, cleared, sink)?;
    write_exposed(rule, sink)
}

/// Removes what the upstream has no say in, and tells whether there is a place for our headers.
#[inline(always)]
fn clear<'a, S: HeaderSink<'a>>(
    upstream: Upstream,
    names: &[HeaderName<'static>],
    sink: &mut S,
) -> Result<Cleared, S::Error> {
    if upstream == Upstream::Keep {
        // Two of them fail the browser's check, whoever sent them.
        match sink.count(HeaderName::ACCESS_CONTROL_ALLOW_ORIGIN) {
            0 => return Ok(Cleared::Some),
            1 => return Ok(Cleared::Nothing),
            _ => {}
        }
    }
    sink.remove(names).map(|()| Cleared::All)
}

/// Merges what the answer depends on into `Vary`: these names, and those that the predicate reads.
///
/// OPTIMIZATION: this comes before the grant, so that none of our own lines need be looked through. And where there is room for
/// nothing else, no grant goes without it.
#[inline(always)]
fn write_vary<'a, S: HeaderSink<'a>>(own: OwnNames, policy: &impl PolicyForm, sink: &mut S) -> Result<(), S::Error> {
    match policy.settings().judges {
        Judges::Nobody => Ok(()),
        Judges::Patterns => sink.merge_vary(VaryNames::new(own, &[])),
        Judges::Others => sink.merge_vary(with_predicate(own, policy.predicate())),
    }
}

/// These names, and those that the predicate reads.
#[inline]
fn with_predicate(own: OwnNames, predicate: Option<(usize, &dyn OriginPredicate)>) -> VaryNames {
    VaryNames::new(own, predicate.map_or(&[], |(_, predicate)| predicate.reads()))
}

/// What of the upstream's headers is out of the way.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Cleared {
    /// All of those that may stand once only.
    All,
    /// There was no `Access-Control-Allow-Origin`.
    Some,
    /// There is one, and it stays.
    Nothing,
}

#[inline(always)]
fn write_grant<'a, S: HeaderSink<'a>>(
    rule: &'a impl RuleForm,
    allow_origin: HeaderText<'a>,
    cleared: Cleared,
    sink: &mut S,
) -> Result<(), S::Error> {
    put(sink, cleared, HeaderName::ACCESS_CONTROL_ALLOW_ORIGIN, allow_origin)?;
    if rule.credentials() == Credentials::Allowed {
        put(sink, cleared, HeaderName::ACCESS_CONTROL_ALLOW_CREDENTIALS, HeaderText::TRUE)?;
    }
    Ok(())
}

/// Writes a header that may stand once only.
///
/// OPTIMIZATION: what has been cleared away need not be looked for again.
#[inline]
fn put<'a, S: HeaderSink<'a>>(
    sink: &mut S,
    cleared: Cleared,
    name: HeaderName<'static>,
    value: HeaderText<'a>,
) -> Result<(), S::Error> {
    if cleared == Cleared::All { sink.append(name, value) } else { sink.set(name, value) }
}

#[inline(always)]
fn write_exposed<'a, S: HeaderSink<'a>>(rule: &'a impl RuleForm, sink: &mut S) -> Result<(), S::Error> {
    let exposed = rule.list(Which::ExposedHeaders);
    if exposed.extent == Extent::Nothing {
        return Ok(());
    }
    // A `*` would be a literal here. The check lets it pass only where the response's own names stand for it.
    if mirrors(rule.credentials(), exposed.extent) {
        return sink.lend(|sink| write_each_exposed(exposed, sink));
    }
    sink.append(HeaderName::ACCESS_CONTROL_EXPOSE_HEADERS, exposed.text)
}

#[cold]
fn write_each_exposed<'a, S: HeaderSink<'a>>(exposed: List<'a>, sink: &mut S) -> Result<(), S::Error> {
    let mut named = exposed.elements().filter(|name| *name != b"*");
    named.try_for_each(|name| sink.append(HeaderName::ACCESS_CONTROL_EXPOSE_HEADERS, HeaderText::borrowed(name)))
}
