//! Writes the headers of an answer into any response.

mod mirror;
mod preflight;
mod refusal;
mod refused;

use super::{
    credentials::Credentials,
    origin_match::{Grant, Matched, OriginMatch},
    pattern::check_origin,
    policy::{
        rule::{ListName, ListView, OriginPredicate, OwnExposed, mirrors},
        settings::{Caching, OriginSource, Settings, Upstream, UpstreamExposed},
        view::{AnyPolicy, AnyRule},
    },
    request::{CorsRequest, OriginLines, RequestKind},
};
use crate::header::{AnswerSink, AnySink, HeaderName, Headers, OwnNames, Stopped, ValueRef, VaryNames, with_any_sink};

pub use preflight::PreflightAnswer;
pub(super) use preflight::write_computed;
pub use refusal::Refusal;
pub use refused::Forbidden;

/// The most lines that an answer adds to a response: five of `Vary`, eight of `Access-Control-Allow-Headers`, and one of each
/// other header.
///
/// A predicate that reads headers, and a policy that exposes a response's own headers, may need one more line for each.
pub const MAX_ANSWER_LINES: usize = 5 + mirror::LINES_LIMIT + 5;

/// The headers to write into a response, also into errors and redirects.
#[derive(Clone, Copy, Debug)]
pub struct ResponseHeaders<'a> {
    pub(super) policy: AnyPolicy<'a>,
    pub(super) origin_match: OriginMatch<'a>,
    pub(super) request: RequestSource<'a>,
}

/// The source of what a decision has not read of its request.
#[derive(Clone, Copy, Debug)]
pub(super) enum RequestSource<'a> {
    Live(Headers<'a>),
    /// The request is gone.
    Saved(OriginLines<'a>),
}

/// The headers that a response has once at most.
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
    /// Why the origin is refused; nothing if it is allowed, or if the request has none.
    ///
    /// A policy for one exact origin sends the same headers to everybody, so the browser withholds the response from other
    /// origins. This reports them all the same.
    ///
    /// The reason is worked out when this is called.
    pub fn refusal(&self) -> Option<Refusal<'a>> {
        match (self.origin_match.matched, self.origin_lines()) {
            (Matched::Rule(_), _) | (_, OriginLines::None) => None,
            (Matched::Fixed, _) if self.policy.rule(0).is_some_and(AnyRule::sends_wildcard) => None,
            (Matched::Fixed, OriginLines::One(origin)) if self.policy.find_again(origin.as_bytes()).is_some() => None,
            (_, OriginLines::Several) => Some(Refusal::SeveralOrigins),
            (Matched::NotLookedUp, OriginLines::One(origin)) => {
                Some(Refusal::NotLookedUp { origin: origin.as_bytes() })
            }
            (_, OriginLines::One(origin)) => Some(match (origin.as_bytes(), check_origin(origin.as_bytes())) {
                (b"null", _) => Refusal::Opaque,
                (value, Err(fault)) => Refusal::Malformed { value, fault },
                (origin, Ok(())) => Refusal::NotAllowed { origin },
            }),
        }
    }

    /// The `Origin` lines of the request.
    #[inline]
    pub(super) fn origin_lines(&self) -> OriginLines<'a> {
        match (self.origin_match.matched, self.request) {
            (Matched::Fixed, RequestSource::Live(headers)) => CorsRequest::of("", headers).origin,
            (Matched::Fixed, RequestSource::Saved(lines)) => lines,
            (Matched::SeveralOrigins, _) => OriginLines::Several,
            (Matched::WithoutOrigin, _) => OriginLines::None,
            (Matched::Rule(_) | Matched::NoRule | Matched::NotLookedUp, _) => {
                OriginLines::One(self.origin_match.origin)
            }
        }
    }

    pub(super) fn request_kind(&self) -> RequestKind<'a> {
        RequestKind::new(self.origin_lines(), None)
    }

    /// Whether the answer is the same for all requests.
    pub fn caching(&self) -> Caching {
        self.policy.settings().caching()
    }

    /// The request headers that responses of this resource depend on, for `Vary`.
    ///
    /// <https://fetch.spec.whatwg.org/#cors-protocol-and-http-caches>
    #[inline]
    pub fn vary(&self) -> VaryNames {
        with_predicate(self.policy.settings().vary, self.policy.predicate())
    }

    /// Writes the headers into a response, which may have headers already.
    ///
    /// # Errors
    ///
    /// If the response has no room for them, or as its own type has it.
    #[inline(always)]
    pub fn write<S: AnswerSink<'a>>(&self, sink: &mut S) -> Result<(), S::Error> {
        self.write_match(self.origin_match, sink)
    }

    /// Writes the headers of a response that allows nothing.
    fn write_no_grant<S: AnswerSink<'a>>(&self, sink: &mut S) -> Result<(), S::Error> {
        self.write_match(OriginMatch::WITHOUT_ORIGIN, sink)
    }

    #[inline(always)]
    fn write_match<S: AnswerSink<'a>>(&self, origin_match: OriginMatch<'a>, sink: &mut S) -> Result<(), S::Error> {
        let policy = self.policy;
        let settings = policy.settings();
        if let Some(write_beside) = settings.rare.write_beside {
            return with_any_sink(sink, |sink| write_beside(policy, origin_match, sink));
        }
        sink.remove(&WRITTEN)?;
        write_vary(settings.vary, policy, sink)?;
        match origin_match.grant(policy) {
            Some(grant) => {
                write_grant(grant, sink)?;
                write_exposed(grant.0.list(ListName::ExposedHeaders), sink)
            }
            None => Ok(()),
        }
    }
}

/// Writes headers where the policy keeps some of the upstream's, or exposes names one by one.
pub(super) fn write_beside<'a>(
    policy: AnyPolicy<'a>,
    origin_match: OriginMatch<'a>,
    sink: &mut AnySink<'_, 'a>,
) -> Result<(), Stopped> {
    let Settings { upstream, vary, .. } = *policy.settings();
    let grant = origin_match.grant(policy);
    let may_grant = match (upstream, grant) {
        (Upstream::Keep, _) => match sink.count(HeaderName::ACCESS_CONTROL_ALLOW_ORIGIN) {
            0 => {
                // The upstream's line of a header that is written below.
                if grant.is_some_and(|(rule, _)| rule.credentials() == Credentials::Allowed) {
                    sink.remove(&[HeaderName::ACCESS_CONTROL_ALLOW_CREDENTIALS])?;
                }
                true
            }
            1 => false,
            // Two lines fail the browser's check, so none is kept.
            _ => {
                sink.remove(&WRITTEN)?;
                true
            }
        },
        (Upstream::Replace(UpstreamExposed::Merge), Some(_)) => {
            sink.remove(&WRITTEN_ONCE)?;
            true
        }
        (Upstream::Replace(_), _) => {
            sink.remove(&WRITTEN)?;
            true
        }
    };
    let Some(grant) = grant.filter(|_| may_grant) else { return write_vary(vary, policy, sink) };
    let (rule, _) = grant;
    if rule.own_exposed() == OwnExposed::Yes {
        sink.expose_own_names()?;
    }
    write_vary(vary, policy, sink)?;
    write_grant(grant, sink)?;
    let exposed = rule.list(ListName::ExposedHeaders);
    // A `*` is a literal with credentials. A policy may have it only where the response's own names are listed instead.
    if !mirrors(rule.credentials(), exposed.coverage) {
        return write_exposed(exposed, sink);
    }
    let mut named = exposed.elements().filter(|name| *name != b"*");
    named.try_for_each(|name| sink.append(HeaderName::ACCESS_CONTROL_EXPOSE_HEADERS, ValueRef::borrowed(name)))
}

/// Merges the names of the headers that the answer depends on into `Vary`: these, and those that the predicate reads.
///
/// `Vary` is written before the grant. If the sink is full, it fails before anything is granted.
#[inline(always)]
fn write_vary<'a, S: AnswerSink<'a> + ?Sized>(
    own: OwnNames,
    policy: AnyPolicy<'_>,
    sink: &mut S,
) -> Result<(), S::Error> {
    match policy.settings().origin_source {
        OriginSource::Fixed => Ok(()),
        OriginSource::Patterns => sink.merge_vary(VaryNames::new(own, &[])),
        OriginSource::Dynamic => sink.merge_vary(with_predicate(own, policy.predicate())),
    }
}

#[inline]
fn with_predicate(own: OwnNames, predicate: Option<(usize, &dyn OriginPredicate)>) -> VaryNames {
    VaryNames::new(own, predicate.map_or(&[], |(_, predicate)| predicate.reads()))
}

#[inline(always)]
fn write_grant<'a, S: AnswerSink<'a> + ?Sized>((rule, allow_origin): Grant<'a>, sink: &mut S) -> Result<(), S::Error> {
    sink.append(HeaderName::ACCESS_CONTROL_ALLOW_ORIGIN, allow_origin)?;
    match rule.credentials() {
        Credentials::Allowed => sink.append(HeaderName::ACCESS_CONTROL_ALLOW_CREDENTIALS, ValueRef::TRUE),
        Credentials::Omitted => Ok(()),
    }
}

#[inline(always)]
fn write_exposed<'a, S: AnswerSink<'a> + ?Sized>(exposed: ListView<'a>, sink: &mut S) -> Result<(), S::Error> {
    match exposed.as_sent() {
        Some(names) => sink.append(HeaderName::ACCESS_CONTROL_EXPOSE_HEADERS, names),
        None => Ok(()),
    }
}
