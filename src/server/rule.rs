//! Rules: which origins, and what they may do.

use core::fmt;

use super::{
    names::{Elements, Extent, Names},
    pattern::{OriginPattern, Shape},
};
use crate::header::{HeaderName, HeaderText, Headers};

/// Some origins and what they may do. A policy has one or more; the first that matches an origin counts.
///
/// Lists are written as they are sent: `"PUT, DELETE"`. What is wrong with them is told when the policy is built.
///
/// <https://fetch.spec.whatwg.org/#http-responses>
///
/// ```
/// use fetch_cors::server::{OriginPattern, Rule};
///
/// const PARTNERS: Rule<'static> = Rule::new(&[OriginPattern::new("https://*.partner.example")])
///     .methods("PUT, DELETE")
///     .request_headers("content-type, authorization")
///     .credentials()
///     .max_age_seconds(7200);
/// ```
#[derive(Clone, Copy)]
pub struct Rule<'a> {
    pub(super) origins: &'a [OriginPattern<'a>],
    pub(super) breadth: Breadth,
    pub(super) predicate: Option<&'a dyn OriginPredicate>,
    pub(super) look_up: LookUp,
    pub(super) methods: Names<'a>,
    pub(super) request_headers: Names<'a>,
    pub(super) exposed_headers: Names<'a>,
    pub(super) own_exposed: OwnExposed,
    pub(super) credentials: Credentials,
    pub(super) max_age: Option<MaxAge>,
}

/// How many origins the broadest of the patterns matches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Breadth {
    One,
    Some,
    All,
}

/// Whether the caller is asked about origins that no pattern matches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LookUp {
    Never,
    Asked,
}

/// Whether the response's own header names are exposed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum OwnExposed {
    No,
    Yes,
}

/// Whether requests with credentials are allowed.
///
/// <https://fetch.spec.whatwg.org/#http-access-control-allow-credentials>
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Credentials {
    /// No.
    Omitted,
    /// Yes.
    Allowed,
}

/// How long an answer to a preflight may be kept, in seconds, and these as text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct MaxAge {
    pub(super) seconds: u32,
    digits: [u8; 10],
    start: u8,
}

impl MaxAge {
    #[allow(clippy::cast_possible_truncation, reason = "a digit is below 10, and there are ten")]
    pub(super) const fn new(seconds: u32) -> Self {
        let mut digits = [b'0'; 10];
        let mut start = 10;
        let mut rest = seconds;
        let mut slots: &mut [u8] = &mut digits;
        while let [before @ .., last] = slots
            && (rest > 0 || start == 10)
        {
            *last = b'0' + (rest % 10) as u8;
            rest /= 10;
            start -= 1;
            slots = before;
        }
        MaxAge { seconds, digits, start }
    }

    pub(super) fn as_bytes(&self) -> &[u8] {
        self.digits.get(usize::from(self.start)..).unwrap_or_default()
    }
}

/// Allows origins that no list names.
///
/// It is asked only about well-formed origins, never about `null`, and only where no pattern of an earlier rule, or of
/// its own, matches.
///
/// AD-HOC: a predicate says what it reads, so that `Vary` stays right.
pub trait OriginPredicate: Send + Sync {
    /// Whether `origin`, a serialized origin, is allowed on this request.
    fn allows(&self, origin: &str, request: Headers<'_>) -> bool;

    /// The names of the headers other than `Origin` that [`OriginPredicate::allows`] reads.
    fn reads(&self) -> &'static [HeaderName<'static>];
}

/// A predicate over the origin alone.
impl<F: Fn(&str) -> bool + Send + Sync> OriginPredicate for F {
    fn allows(&self, origin: &str, _request: Headers<'_>) -> bool {
        self(origin)
    }

    fn reads(&self) -> &'static [HeaderName<'static>] {
        &[]
    }
}

impl<'a> Rule<'a> {
    /// These origins may send simple requests without credentials, and read the responses.
    pub const fn new(origins: &'a [OriginPattern<'a>]) -> Self {
        let mut breadth = Breadth::One;
        let mut rest = origins;
        while let [pattern, tail @ ..] = rest {
            breadth = match (breadth, pattern.shape) {
                (Breadth::All, _) | (_, Shape::Any) => Breadth::All,
                (Breadth::One, _) if pattern.is_exact() => Breadth::One,
                _ => Breadth::Some,
            };
            rest = tail;
        }
        Rule {
            origins,
            breadth,
            predicate: None,
            look_up: LookUp::Never,
            methods: Names::NONE,
            request_headers: Names::NONE,
            exposed_headers: Names::NONE,
            own_exposed: OwnExposed::No,
            credentials: Credentials::Omitted,
            max_age: None,
        }
    }

    /// Allows what `predicate` allows too. A policy has one at most.
    #[must_use]
    pub const fn predicate(self, predicate: &'a dyn OriginPredicate) -> Self {
        Rule { predicate: Some(predicate), ..self }
    }

    /// Leaves origins that no pattern matches to the caller of [`Policy::begin`](super::Policy::begin). A policy has one
    /// such rule at most.
    #[must_use]
    pub const fn ask_caller(self) -> Self {
        Rule { look_up: LookUp::Asked, ..self }
    }

    /// Allows these methods besides `GET`, `HEAD` and `POST`, or all of them: `"PUT, DELETE"`, `"*"`.
    ///
    /// <https://fetch.spec.whatwg.org/#http-access-control-allow-methods>
    #[must_use]
    pub const fn methods(self, methods: &'a str) -> Self {
        Rule { methods: Names::new(methods), ..self }
    }

    /// Allows these request headers, or all of them but `Authorization`, or all of them:
    /// `"content-type, authorization"`, `"*"`, `"*, authorization"`.
    ///
    /// <https://fetch.spec.whatwg.org/#http-access-control-allow-headers>
    #[must_use]
    pub const fn request_headers(self, names: &'a str) -> Self {
        Rule { request_headers: Names::new(names), ..self }
    }

    /// Lets scripts read these response headers, or all of them: `"etag, location"`, `"*"`.
    ///
    /// <https://fetch.spec.whatwg.org/#http-access-control-expose-headers>
    #[must_use]
    pub const fn exposed_headers(self, names: &'a str) -> Self {
        Rule { exposed_headers: Names::new(names), ..self }
    }

    /// Lets scripts read all headers that a response has, by naming each: what `*` cannot say with credentials.
    #[must_use]
    pub const fn expose_own_headers(self) -> Self {
        Rule { own_exposed: OwnExposed::Yes, ..self }
    }

    /// Allows requests with credentials.
    ///
    /// `*` in a list is a literal then, so where a list has it, the answer to a preflight repeats what is asked for.
    ///
    /// <https://fetch.spec.whatwg.org/#http-access-control-allow-credentials>
    #[must_use]
    pub const fn credentials(self) -> Self {
        Rule { credentials: Credentials::Allowed, ..self }
    }

    /// Lets browsers keep the answer to a preflight for so many seconds; without it they keep it for five.
    ///
    /// <https://fetch.spec.whatwg.org/#http-access-control-max-age>
    #[must_use]
    pub const fn max_age_seconds(self, seconds: u32) -> Self {
        Rule { max_age: Some(MaxAge::new(seconds)), ..self }
    }

    pub(super) const fn with_credentials(&self) -> bool {
        matches!(self.credentials, Credentials::Allowed)
    }

    /// Whether every origin gets `*`.
    pub(super) const fn sends_wildcard(&self) -> bool {
        matches!(self.breadth, Breadth::All) && !self.with_credentials()
    }

    pub(super) const fn predicate_at(&self, number: usize) -> Option<usize> {
        if self.predicate.is_some() { Some(number) } else { None }
    }

    pub(super) const fn look_up_at(&self, number: usize) -> Option<usize> {
        if matches!(self.look_up, LookUp::Asked) { Some(number) } else { None }
    }

    /// Whether the answer is the same for everybody, as far as the rule goes.
    pub(super) const fn is_static(&self) -> bool {
        let one = match self.origins {
            [pattern] => pattern.is_exact() || self.sends_wildcard(),
            _ => false,
        };
        one && self.predicate.is_none()
            && matches!(self.look_up, LookUp::Never)
            && !mirrors(self.credentials, self.methods.extent)
            && !mirrors(self.credentials, self.request_headers.extent)
    }

    /// Whether one of its patterns matches `origin`.
    #[inline]
    pub(super) fn lists(&self, origin: &[u8]) -> bool {
        if self.sends_wildcard() {
            return true;
        }
        // OPTIMIZATION: a pattern for one origin is that origin; no other is an origin, for it has a `*`.
        match self.origins.iter().find(|pattern| pattern.as_str().as_bytes() == origin) {
            Some(pattern) => pattern.is_exact(),
            None => self.breadth != Breadth::One && self.matches_wildcard(origin),
        }
    }

    #[inline(never)]
    fn matches_wildcard(&self, origin: &[u8]) -> bool {
        let mut candidates = self.origins.iter().filter(|pattern| pattern.prefilter.may_match(origin));
        candidates.any(|pattern| match pattern.shape {
            Shape::Tuple(tuple) => tuple.matches(pattern.as_str().as_bytes(), origin),
            _ => admits(pattern, self.credentials, origin),
        })
    }
}

/// Whether `pattern`, in a rule with these credentials, stands for `origin`.
#[cold]
pub(super) fn admits(pattern: &OriginPattern<'_>, credentials: Credentials, origin: &[u8]) -> bool {
    match (pattern.shape, credentials) {
        // `null` and `file://` have dangers of their own to spell out.
        (Shape::Any, Credentials::Allowed) => !matches!(origin, b"null" | b"file://") && pattern.matches(origin),
        (Shape::Any, Credentials::Omitted) => true,
        _ => pattern.matches(origin),
    }
}

/// Whether a list must be made from the request's, because its `*` would be a literal.
///
/// <https://fetch.spec.whatwg.org/#cors-protocol-and-credentials>
pub(super) const fn mirrors(credentials: Credentials, extent: Extent) -> bool {
    matches!((credentials, extent), (Credentials::Allowed, Extent::Any | Extent::AnyAndAuthorization))
}

impl fmt::Debug for Rule<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Rule")
            .field("origins", &self.origins)
            .field("predicate", &self.predicate.map(OriginPredicate::reads))
            .field("look_up", &self.look_up)
            .field("methods", &self.methods.text)
            .field("request_headers", &self.request_headers.text)
            .field("exposed_headers", &self.exposed_headers.text)
            .field("credentials", &self.credentials)
            .field("max_age", &self.max_age.map(|max_age| max_age.seconds))
            .finish_non_exhaustive()
    }
}

/// A list of a rule, in whichever form it is kept, as it is sent.
#[derive(Clone, Copy)]
pub(super) struct List<'a> {
    pub(super) extent: Extent,
    pub(super) text: HeaderText<'a>,
}

impl<'a> List<'a> {
    pub(super) fn elements(&self) -> impl Iterator<Item = &'a [u8]> + use<'a> {
        Elements::Text(Some(self.text.as_bytes())).iter()
    }

    /// The list as it is sent, if there is anything to send.
    #[inline]
    pub(super) fn as_it_stands(self) -> Option<HeaderText<'a>> {
        (self.extent != Extent::Nothing).then_some(self.text)
    }
}

/// The lists of a rule.
#[derive(Clone, Copy)]
pub(super) enum Which {
    Methods,
    RequestHeaders,
    ExposedHeaders,
}
