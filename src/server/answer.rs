//! The headers of an answer, written into any response.

use core::{error, fmt};

use super::{
    decide::{PolicyRef, RefusedOrigin, RuleRef, Verdict},
    mirror,
    names::Extent,
    pattern::{PatternFault, check_origin},
    rule::{Credentials, List, OwnExposed, Which, mirrors},
    settings::{Form, PrivateNetwork, Upstream, UpstreamExposed, reads_list},
};
use crate::{
    header::{HeaderName, HeaderSink, HeaderText, Headers, VaryNames},
    method::Method,
};

/// The headers that go into a response, whatever the response is.
#[derive(Clone, Copy, Debug)]
pub struct ResponseHeaders<'a> {
    pub(super) policy: PolicyRef<'a>,
    pub(super) verdict: Verdict<'a>,
}

/// The answer to a preflight: a status and headers, and no body.
#[derive(Clone, Copy, Debug)]
pub struct PreflightAnswer<'a> {
    pub(super) headers: ResponseHeaders<'a>,
    pub(super) request: Headers<'a>,
    pub(super) asked_method: &'a [u8],
}

/// Why an origin is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Refusal<'a> {
    /// No rule is for it.
    NotAllowed {
        /// The origin.
        origin: &'a [u8],
    },
    /// It is `null`, and no rule lists that.
    Opaque,
    /// It is no well-formed origin, so no browser has sent it.
    Malformed {
        /// The value of `Origin`.
        value: &'a [u8],
        /// What is wrong with it.
        fault: PatternFault,
    },
    /// There are several `Origin` lines, so no browser has sent them.
    SeveralOrigins,
    /// A rule asks its caller about it, who has not been asked: see [`Policy::begin`](super::Policy::begin).
    NotAsked {
        /// The origin.
        origin: &'a [u8],
    },
}

impl Refusal<'_> {
    /// A stable name.
    pub const fn code(&self) -> &'static str {
        match self {
            Refusal::NotAllowed { .. } => "origin-not-allowed",
            Refusal::Opaque => "origin-opaque",
            Refusal::Malformed { .. } => "origin-malformed",
            Refusal::SeveralOrigins => "origin-several",
            Refusal::NotAsked { .. } => "origin-not-asked",
        }
    }
}

impl fmt::Display for Refusal<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Refusal::NotAllowed { origin } => {
                write!(formatter, "no rule is for the origin `{}`", origin.escape_ascii())
            }
            Refusal::Opaque => formatter.write_str("no rule lists the origin `null`"),
            Refusal::Malformed { value, fault } => write!(formatter, "`{}`: {fault}", value.escape_ascii()),
            Refusal::SeveralOrigins => formatter.write_str("the request has several `Origin` lines"),
            Refusal::NotAsked { origin } => {
                write!(formatter, "nobody was asked about the origin `{}`", origin.escape_ascii())
            }
        }
    }
}

impl error::Error for Refusal<'_> {}

const WRITTEN: [HeaderName<'static>; 7] = [
    HeaderName::ACCESS_CONTROL_ALLOW_ORIGIN,
    HeaderName::ACCESS_CONTROL_ALLOW_CREDENTIALS,
    HeaderName::ACCESS_CONTROL_ALLOW_METHODS,
    HeaderName::ACCESS_CONTROL_ALLOW_HEADERS,
    HeaderName::ACCESS_CONTROL_MAX_AGE,
    HeaderName::ACCESS_CONTROL_ALLOW_PRIVATE_NETWORK,
    HeaderName::ACCESS_CONTROL_EXPOSE_HEADERS,
];

/// The methods that need no list. It is sent where there is nothing to list: to a request with an upload listener or a stream
/// for its body, no list at all grants whatever method it has.
///
/// <https://fetch.spec.whatwg.org/#cors-preflight-fetch-0>, 7.4.
const NO_METHODS: &str = "GET, HEAD, POST";

impl<'a> ResponseHeaders<'a> {
    /// Why the origin is refused; nothing if it is not, if there is none, or if the answer is the same for everybody.
    ///
    /// OPTIMIZATION: it is worked out here, not when the request is decided.
    pub fn refusal(&self) -> Option<Refusal<'a>> {
        let Verdict::Refused(refused) = self.verdict else { return None };
        Some(match refused {
            RefusedOrigin::Several => Refusal::SeveralOrigins,
            RefusedOrigin::NotAsked(value) => Refusal::NotAsked { origin: value.as_bytes() },
            RefusedOrigin::One(value) => match (value.as_bytes(), check_origin(value.as_bytes())) {
                (b"null", _) => Refusal::Opaque,
                (value, Err(fault)) => Refusal::Malformed { value, fault },
                (origin, Ok(())) => Refusal::NotAllowed { origin },
            },
        })
    }

    /// Whether the answer is the same for everybody.
    pub fn form(&self) -> Form {
        self.policy.settings().form
    }

    /// The headers of the request that responses of this resource depend on, as `Vary` tells caches.
    ///
    /// <https://fetch.spec.whatwg.org/#cors-protocol-and-http-caches>
    #[inline]
    pub fn vary(&self) -> VaryNames {
        self.with_predicate(self.policy.settings().vary)
    }

    #[inline]
    fn with_predicate(&self, names: VaryNames) -> VaryNames {
        match self.policy.predicate() {
            Some((_, predicate)) => names.and(predicate.reads()),
            None => names,
        }
    }

    /// Writes the headers into a response, which may have headers already.
    pub fn write<S: HeaderSink<'a>>(&self, sink: &mut S) -> Result<(), S::Error> {
        let grant = self.grant();
        let cleared = self.clear(grant.is_some(), sink)?;
        if let (Some((rule, allow_origin)), Cleared::All | Cleared::Some) = (grant, cleared) {
            write_grant(rule, allow_origin, cleared, sink)?;
            write_exposed(rule, sink)?;
        }
        let vary = self.vary();
        if vary.is_empty() { Ok(()) } else { sink.merge_vary(vary) }
    }

    /// The rule that grants, and the value of `Access-Control-Allow-Origin`.
    #[inline]
    fn grant(&self) -> Option<(RuleRef<'a>, HeaderText<'a>)> {
        let (rule, origin) = match self.verdict {
            Verdict::Static => (self.policy.rule(0)?, self.static_origin()?),
            Verdict::Allowed(number, origin) => (self.policy.rule(number)?, origin),
            Verdict::Refused(_) | Verdict::WithoutOrigin => return None,
        };
        Some((rule, if rule.sends_wildcard() { HeaderText::constant("*") } else { origin }))
    }

    /// The one origin of a static policy.
    #[inline]
    fn static_origin(&self) -> Option<HeaderText<'a>> {
        match self.policy {
            PolicyRef::Borrowed(policy) => {
                policy.first.origins.first().map(|pattern| HeaderText::borrowed(pattern.as_str().as_bytes()))
            }
            #[cfg(feature = "alloc")]
            PolicyRef::Owned(policy) => policy.static_origin(),
        }
    }

    /// Removes what the upstream has no say in, and tells whether there is a place for our headers.
    #[inline]
    fn clear<S: HeaderSink<'a>>(&self, allowed: bool, sink: &mut S) -> Result<Cleared, S::Error> {
        let [exposed_last @ .., _] = &WRITTEN;
        match self.policy.settings().upstream {
            // Two of them fail the browser's check, whoever sent them.
            Upstream::Keep => match sink.count(HeaderName::ACCESS_CONTROL_ALLOW_ORIGIN) {
                0 => Ok(Cleared::Some),
                1 => Ok(Cleared::Nothing),
                _ => sink.remove(&WRITTEN).map(|()| Cleared::All),
            },
            Upstream::Replace(UpstreamExposed::Merge) if allowed => sink.remove(exposed_last).map(|()| Cleared::All),
            Upstream::Replace(_) => sink.remove(&WRITTEN).map(|()| Cleared::All),
        }
    }
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

#[inline]
fn write_grant<'a, S: HeaderSink<'a>>(
    rule: RuleRef<'a>,
    allow_origin: HeaderText<'a>,
    cleared: Cleared,
    sink: &mut S,
) -> Result<(), S::Error> {
    put(sink, cleared, HeaderName::ACCESS_CONTROL_ALLOW_ORIGIN, allow_origin)?;
    if rule.credentials() == Credentials::Allowed {
        put(sink, cleared, HeaderName::ACCESS_CONTROL_ALLOW_CREDENTIALS, HeaderText::constant("true"))?;
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

#[inline]
fn write_exposed<'a, S: HeaderSink<'a>>(rule: RuleRef<'a>, sink: &mut S) -> Result<(), S::Error> {
    if rule.own_exposed() == OwnExposed::Yes {
        sink.expose_own_names()?;
    }
    let exposed = rule.list(Which::ExposedHeaders);
    if exposed.extent == Extent::Nothing {
        return Ok(());
    }
    // A `*` would be a literal here. The check lets it pass only where the response's own names stand for it.
    if mirrors(rule.credentials(), exposed.extent) {
        let mut named = exposed.elements().filter(|name| *name != b"*");
        return named
            .try_for_each(|name| sink.append(HeaderName::ACCESS_CONTROL_EXPOSE_HEADERS, HeaderText::borrowed(name)));
    }
    sink.append(HeaderName::ACCESS_CONTROL_EXPOSE_HEADERS, exposed.text)
}

impl<'a> PreflightAnswer<'a> {
    /// The status of the response.
    pub fn status(&self) -> u16 {
        let settings = self.headers.policy.settings();
        match self.headers.verdict {
            Verdict::Static | Verdict::Allowed(..) => settings.preflight_status,
            Verdict::Refused(_) | Verdict::WithoutOrigin => settings.refused_preflight_status,
        }
    }

    /// The method that the preflight asks about, if it is one.
    pub fn asked_method(&self) -> Option<Method<'a>> {
        core::str::from_utf8(self.asked_method).ok().and_then(|method| Method::new(method).ok())
    }

    /// Why the origin is refused; see [`ResponseHeaders::refusal`].
    pub fn refusal(&self) -> Option<Refusal<'a>> {
        self.headers.refusal()
    }

    /// The headers of the request that the answer depends on, as `Vary` tells caches.
    ///
    /// <https://fetch.spec.whatwg.org/#cors-protocol-and-http-caches>
    #[inline]
    pub fn vary(&self) -> VaryNames {
        self.headers.with_predicate(self.headers.policy.settings().preflight_vary)
    }

    /// The headers that an application writes into its own answer, where it would rather answer preflights itself.
    pub const fn response_headers(&self) -> ResponseHeaders<'a> {
        self.headers
    }

    /// Writes the headers of the answer; those of the same names go.
    ///
    /// <https://fetch.spec.whatwg.org/#http-responses>
    pub fn write<S: HeaderSink<'a>>(&self, sink: &mut S) -> Result<(), S::Error> {
        sink.remove(&WRITTEN)?;
        if let Some((rule, allow_origin)) = self.headers.grant() {
            write_grant(rule, allow_origin, Cleared::All, sink)?;
            self.write_lists(rule, sink)?;
        }
        let vary = self.vary();
        if vary.is_empty() { Ok(()) } else { sink.merge_vary(vary) }
    }

    fn write_lists<S: HeaderSink<'a>>(&self, rule: RuleRef<'a>, sink: &mut S) -> Result<(), S::Error> {
        let settings = self.headers.policy.settings();
        let credentials = rule.credentials();
        let reads = |list: &List<'_>| reads_list(settings.disclosure, credentials, list.extent);
        let methods = rule.list(Which::Methods);
        let listed = match methods.extent {
            _ if reads(&methods) => mirror::method(&methods, credentials, self.request),
            Extent::Nothing => None,
            _ => Some(methods.text),
        };
        sink.append(HeaderName::ACCESS_CONTROL_ALLOW_METHODS, listed.unwrap_or(HeaderText::constant(NO_METHODS)))?;
        let request_headers = rule.list(Which::RequestHeaders);
        if reads(&request_headers) {
            for line in mirror::request_headers(&request_headers, credentials, self.request) {
                sink.append(HeaderName::ACCESS_CONTROL_ALLOW_HEADERS, line)?;
            }
        } else if request_headers.extent != Extent::Nothing {
            sink.append(HeaderName::ACCESS_CONTROL_ALLOW_HEADERS, request_headers.text)?;
        }
        if let Some(max_age) = rule.max_age() {
            sink.append(HeaderName::ACCESS_CONTROL_MAX_AGE, max_age)?;
        }
        if settings.private_network == PrivateNetwork::Allowed && self.asks_private_network() {
            sink.append(HeaderName::ACCESS_CONTROL_ALLOW_PRIVATE_NETWORK, HeaderText::constant("true"))?;
        }
        Ok(())
    }

    /// <https://wicg.github.io/private-network-access/#headers>
    fn asks_private_network(&self) -> bool {
        self.request.get(HeaderName::ACCESS_CONTROL_REQUEST_PRIVATE_NETWORK).is_some_and(|value| value == *b"true")
    }
}
