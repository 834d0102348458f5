//! The decision: which rule matches the origin, and what follows for the request.

mod lookup;
mod lookup_failure;
mod origin;
mod saved;

use self::origin::{match_patterns, read_and_match_patterns};
use super::{
    origin_match::{Matched, OriginMatch},
    pattern::is_origin,
    policy::{
        Policy,
        rare::SiteOf,
        settings::{OriginSource, Settings},
        view::AnyPolicy,
    },
    request::{CorsRequest, IsPreflight, RequestKind, site::Site},
    response::{Forbidden, PreflightAnswer, Refusal, RequestSource, ResponseHeaders},
};
use crate::header::{AnswerSink, Headers, VaryNames};

pub use lookup::{OriginLookup, Start};
pub use lookup_failure::{DEFAULT_LOOKUP_TIMEOUT, LookupFailure};
pub use origin::OriginAnswer;
pub(super) use origin::match_without_lookup;
pub use saved::SavedHeaders;

/// What to do with a request.
///
/// <https://fetch.spec.whatwg.org/#http-responses>
///
/// ```
/// use fetch_cors::header::{Headers, PairSink};
/// use fetch_cors::server::{MAX_ANSWER_LINES, OriginPattern, Policy};
///
/// static POLICY: Policy<'static> = Policy::builder(&[OriginPattern::new("https://*.app.example")]).build_or_panic();
///
/// let request: [(&str, &[u8]); 1] = [("origin", b"https://eu.app.example")];
/// let decision = POLICY.decide("GET", Headers::from_pairs(&request));
/// let mut memory = [("", &b""[..]); MAX_ANSWER_LINES];
/// let mut response = PairSink::new(&mut memory);
/// match decision.status() {
///     Some(status) => unreachable!("the answer is ready: {status} without a body"),
///     None => { /* Let the application answer into `response`. */ }
/// }
/// decision.write(&mut response)?;
/// assert!(decision.refusal().is_none());
/// # Ok::<(), fetch_cors::header::CapacityError>(())
/// ```
#[derive(Clone, Copy, Debug)]
#[expect(clippy::exhaustive_enums, reason = "a caller must act on each")]
pub enum Decision<'a> {
    /// Answer at once: the request is a preflight, and is not for the application.
    AnswerPreflight(PreflightAnswer<'a>),
    /// Let the application handle the request, and write these headers into every response it gives, errors included.
    Handle(ResponseHeaders<'a>),
    /// Refuse at once. Only a policy with [`Enforcement::Server`](crate::server::Enforcement::Server) does.
    Forbid(Forbidden<'a>),
}

impl<'a> Decision<'a> {
    /// The status of a response to send at once, without a body; `None` if the application answers.
    pub fn status(&self) -> Option<u16> {
        match self {
            Decision::AnswerPreflight(answer) => Some(answer.status()),
            Decision::Handle(_) => None,
            Decision::Forbid(forbidden) => Some(forbidden.status()),
        }
    }

    /// Writes the headers of the answer into a response.
    ///
    /// # Errors
    ///
    /// If the response has no room for them, or as its own type has it.
    #[inline(always)]
    pub fn write<S: AnswerSink<'a>>(&self, sink: &mut S) -> Result<(), S::Error> {
        match self {
            Decision::AnswerPreflight(answer) => answer.write(sink),
            Decision::Handle(headers) => headers.write(sink),
            Decision::Forbid(forbidden) => forbidden.write(sink),
        }
    }

    /// Why the request is refused, for logs and counts: see [`ResponseHeaders::refusal`] and [`PreflightAnswer::refusal`].
    pub fn refusal(&self) -> Option<Refusal<'a>> {
        match self {
            Decision::AnswerPreflight(answer) => answer.refusal(),
            Decision::Handle(headers) => headers.refusal(),
            Decision::Forbid(forbidden) => forbidden.refusal(),
        }
    }

    /// The request headers that the answer depends on, for `Vary`.
    ///
    /// <https://fetch.spec.whatwg.org/#cors-protocol-and-http-caches>
    pub fn vary(&self) -> VaryNames {
        match self {
            Decision::AnswerPreflight(answer) => answer.vary(),
            Decision::Handle(headers) => headers.vary(),
            Decision::Forbid(forbidden) => forbidden.vary(),
        }
    }

    /// The kind of the request, as [`RequestKind::of`] gives it.
    pub fn request_kind(&self) -> RequestKind<'a> {
        match self {
            Decision::AnswerPreflight(answer) => answer.request_kind(),
            Decision::Handle(headers) => headers.request_kind(),
            Decision::Forbid(forbidden) => forbidden.request_kind(),
        }
    }
}

/// Turns the match into a decision.
#[inline(always)]
fn into_decision<'a>(
    policy: AnyPolicy<'a>,
    is_preflight: IsPreflight,
    headers: Headers<'a>,
    origin_match: OriginMatch<'a>,
) -> Decision<'a> {
    let response_headers = ResponseHeaders { policy, origin_match, request: RequestSource::Live(headers) };
    if is_preflight == IsPreflight::Yes {
        return Decision::AnswerPreflight(PreflightAnswer { headers: response_headers });
    }
    if let Some(site_of) = policy.settings().rare.site_of
        && site_of_request(site_of, origin_match, headers) == Site::Other
    {
        return Decision::Forbid(Forbidden { headers: response_headers });
    }
    Decision::Handle(response_headers)
}

/// Where an actual request comes from. A request whose origin is allowed counts as the server's own, so that it
/// passes.
#[inline(never)]
fn site_of_request(site_of: SiteOf, origin_match: OriginMatch<'_>, headers: Headers<'_>) -> Site {
    match origin_match.matched {
        Matched::Fixed | Matched::Rule(_) | Matched::WithoutOrigin => Site::Own,
        Matched::NoRule | Matched::NotLookedUp | Matched::SeveralOrigins => {
            site_of(origin_match.origin.as_bytes(), headers)
        }
    }
}

// OPTIMIZATION: inlined into its callers. A server usually has one, so the compiler drops what its policy or header list never
// needs. The functions that stay out of line return a match, because a decision would be returned through memory. Both together
// save about 15 ns of 40 for byte pairs. Inlining does not change the result.
#[inline(always)]
fn decide<'a>(policy: AnyPolicy<'a>, method: &str, headers: Headers<'a>) -> Decision<'a> {
    let Settings { origin_source, rare, .. } = policy.settings();
    let (is_preflight, origin_match) = match headers.as_pairs() {
        // OPTIMIZATION: a fixed answer needs no header of an actual request. That saves 97 of 336 instructions, for ten lines.
        _ if *origin_source == OriginSource::Fixed && method != "OPTIONS" => (IsPreflight::No, OriginMatch::FIXED),
        Some(pairs) => {
            let request = CorsRequest::of_pairs(method, pairs);
            (request.is_preflight(), match_patterns(policy, request.origin))
        }
        None => read_and_match_patterns(policy, method, headers),
    };
    let origin_match = match (rare.match_beyond_patterns, origin_match.matched) {
        // OPTIMIZATION: a match by a pattern of the first rule needs no other. That saves 43 of 602 instructions.
        (Some(match_beyond_patterns), matched) if matched != Matched::Rule(0) => {
            match_beyond_patterns(policy, origin_match, headers)
        }
        _ => origin_match,
    };
    into_decision(policy, is_preflight, headers, origin_match)
}

impl<'a> Policy<'a> {
    /// What to do with a request of this method and with these headers.
    ///
    /// The method is compared as it is; HTTP's methods are in upper case.
    ///
    /// <https://fetch.spec.whatwg.org/#http-responses>
    #[inline(always)]
    pub fn decide(&'a self, method: &str, headers: Headers<'a>) -> Decision<'a> {
        decide(AnyPolicy::Borrowed(self), method, headers)
    }

    /// Whether a pattern of the policy matches `origin`. Call it before the upgrade to a WebSocket, which CORS does not
    /// protect.
    ///
    /// No predicate is called and no external look-up is made. A value that is not a well-formed origin is not allowed. Nor is the
    /// server's own origin, unless a pattern lists it: pages of it send `Origin` with a handshake, too.
    pub fn allows_origin(&'a self, origin: &[u8]) -> bool {
        allows_origin(AnyPolicy::Borrowed(self), origin)
    }
}

#[cfg(feature = "alloc")]
impl super::OwnedPolicy {
    /// What to do with a request of this method and with these headers.
    ///
    /// The method is compared as it is; HTTP's methods are in upper case.
    ///
    /// <https://fetch.spec.whatwg.org/#http-responses>
    #[inline(always)]
    pub fn decide<'a>(&'a self, method: &str, headers: Headers<'a>) -> Decision<'a> {
        decide(AnyPolicy::Owned(self), method, headers)
    }

    /// Whether a pattern of the policy matches `origin`. Call it before the upgrade to a WebSocket, which CORS does not
    /// protect.
    ///
    /// No predicate is called and no external look-up is made. A value that is not a well-formed origin is not allowed. Nor is the
    /// server's own origin, unless a pattern lists it: pages of it send `Origin` with a handshake, too.
    pub fn allows_origin(&self, origin: &[u8]) -> bool {
        allows_origin(AnyPolicy::Owned(self), origin)
    }
}

fn allows_origin(policy: AnyPolicy<'_>, origin: &[u8]) -> bool {
    let Some(rule) = policy.find_again(origin).and_then(|number| policy.rule(number)) else { return false };
    // OPTIMIZATION: only a rule that sends `*` matches values that are not well-formed origins, so only they are checked.
    !rule.sends_wildcard() || matches!(origin, b"null" | b"file://") || is_origin(origin)
}
