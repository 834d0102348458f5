//! Rules: which origins, and what they may do.

use core::fmt;

use super::{
    list::{AllowList, Coverage, Elements},
    max_age::MaxAge,
};
use crate::{
    grammar::const_bytes::as_text,
    header::ValueRef,
    server::credentials::Credentials,
    server::pattern::{EndsInHost, Hosts, OriginPattern, Shape, Tuple, ends_in_host},
};

pub use super::predicate::OriginPredicate;

/// Some origins and what they may do. A policy has one or more; the first that matches an origin counts.
///
/// Lists are written as they are sent: `"PUT, DELETE"`. Mistakes in them are reported when the policy is built.
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
    pub(in crate::server) origins: &'a [OriginPattern<'a>],
    pub(in crate::server) breadth: Breadth,
    pub(in crate::server) predicate: Option<&'a dyn OriginPredicate>,
    pub(in crate::server) external_lookup: ExternalLookup,
    pub(in crate::server) methods: AllowList<'a>,
    pub(in crate::server) request_headers: AllowList<'a>,
    pub(in crate::server) exposed_headers: AllowList<'a>,
    pub(in crate::server) own_exposed: OwnExposed,
    pub(in crate::server) credentials: Credentials,
    pub(in crate::server) max_age: Option<MaxAge>,
    /// Checks an origin for patterns for every host; a rule without such patterns has [`never`].
    pub(in crate::server) ends_in_host: EndsInHost,
}

/// How many origins the broadest of the patterns matches: one, some, or all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::server) enum Breadth {
    One,
    Some,
    All,
}

/// Whether the caller looks up origins that no pattern matches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ExternalLookup {
    No,
    Yes,
}

/// Whether the response's own header names are exposed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum OwnExposed {
    No,
    Yes,
}

impl<'a> Rule<'a> {
    /// A rule that allows these origins to send simple requests without credentials, and to read the responses.
    pub const fn new(origins: &'a [OriginPattern<'a>]) -> Self {
        let mut breadth = Breadth::One;
        let mut asks: EndsInHost = never;
        let mut rest = origins;
        while let [pattern, tail @ ..] = rest {
            breadth = match (breadth, pattern.shape) {
                (Breadth::All, _) | (_, Shape::Any) => Breadth::All,
                (Breadth::One, _) if pattern.is_exact() => Breadth::One,
                _ => Breadth::Some,
            };
            if let Shape::Tuple(Tuple { hosts: Hosts::Any, .. }) = pattern.shape {
                asks = ends_in_host;
            }
            rest = tail;
        }
        Rule {
            origins,
            breadth,
            predicate: None,
            external_lookup: ExternalLookup::No,
            methods: AllowList::NONE,
            request_headers: AllowList::NONE,
            exposed_headers: AllowList::NONE,
            own_exposed: OwnExposed::No,
            credentials: Credentials::Omitted,
            max_age: None,
            ends_in_host: asks,
        }
    }

    /// Allows also the origins that `predicate` allows.
    ///
    /// It is called only if no pattern of its rule or of an earlier one matches. By default there is no predicate. Building reports a
    /// second predicate: a policy has one at most.
    #[must_use]
    pub const fn predicate(self, predicate: &'a dyn OriginPredicate) -> Self {
        Rule { predicate: Some(predicate), ..self }
    }

    /// Leaves origins that no pattern matches to your code, which looks them up in a database for example.
    ///
    /// Call [`begin`](crate::server::Policy::begin) in place of `decide`, which refuses them. The default is not to.
    /// Building reports a second external look-up: a policy has one at most.
    #[must_use]
    pub const fn external_lookup(self) -> Self {
        Rule { external_lookup: ExternalLookup::Yes, ..self }
    }

    /// Allows these methods besides `GET`, `HEAD` and `POST`, which are always allowed.
    ///
    /// `"PUT, DELETE"`, or `"*"` for all of them. By default no further method is allowed. Names are compared byte for byte, as
    /// browsers do.
    ///
    /// Building reports a name that is not a token, a method that no page may use (`CONNECT`, `TRACE`, `TRACK`), and `put`
    /// and its like, which pages send in upper case.
    ///
    /// <https://fetch.spec.whatwg.org/#http-access-control-allow-methods>
    #[must_use]
    pub const fn methods(self, methods: &'a str) -> Self {
        Rule { methods: AllowList::new(methods), ..self }
    }

    /// Allows these request headers besides those that need no preflight.
    ///
    /// `"content-type, authorization"`. `"*"` allows all but `Authorization`, and `"*, authorization"` allows that too. By
    /// default no further header is allowed. Case does not matter.
    ///
    /// Building reports a name that is not a token, a header that no page may set, and a response header of the CORS protocol.
    ///
    /// <https://fetch.spec.whatwg.org/#http-access-control-allow-headers>
    #[must_use]
    pub const fn request_headers(self, names: &'a str) -> Self {
        Rule { request_headers: AllowList::new(names), ..self }
    }

    /// Lets scripts read these response headers besides those that they can always read.
    ///
    /// `"etag, location"`, or `"*"` for all of them. By default no further header is exposed.
    ///
    /// Building reports a name that is not a token, a header that no page may read (`Set-Cookie`), and `"*"` with
    /// credentials, where it would be a literal: use `expose_own_headers`.
    ///
    /// <https://fetch.spec.whatwg.org/#http-access-control-expose-headers>
    #[must_use]
    pub const fn exposed_headers(self, names: &'a str) -> Self {
        Rule { exposed_headers: AllowList::new(names), ..self }
    }

    /// Lets scripts read all headers that a response has, by naming each of them.
    ///
    /// The default is to name none. This works with credentials, where `*` would be a literal.
    #[must_use]
    pub const fn expose_own_headers(self) -> Self {
        Rule { own_exposed: OwnExposed::Yes, ..self }
    }

    /// Allows requests with credentials: cookies, HTTP authentication and client certificates.
    ///
    /// The default is not to. With credentials `*` in a list is a literal, so if a list has it, the answer to a preflight
    /// repeats what the preflight asks for.
    ///
    /// Building reports each pattern that is dangerous with credentials and does not allow its danger: see
    /// [`Danger`](crate::server::Danger).
    ///
    /// <https://fetch.spec.whatwg.org/#http-access-control-allow-credentials>
    #[must_use]
    pub const fn credentials(self) -> Self {
        let ends_in_host = if let Breadth::All = self.breadth { ends_in_host } else { self.ends_in_host };
        Rule { credentials: Credentials::Allowed, ends_in_host, ..self }
    }

    /// Lets browsers keep the answer to a preflight for this many seconds.
    ///
    /// By default the header is not sent, and browsers keep an answer for 5 seconds. 0 is sent as 0: keep nothing. Chromium
    /// keeps an answer for 7200 seconds at most, Firefox for 86400, WebKit for 600. No value is an error; a lint reports one above these
    /// limits.
    ///
    /// <https://fetch.spec.whatwg.org/#http-access-control-max-age>
    #[must_use]
    pub const fn max_age_seconds(self, seconds: u32) -> Self {
        Rule { max_age: Some(MaxAge::new(seconds)), ..self }
    }

    /// The patterns of the origins that the rule allows.
    pub const fn allowed_origins(&self) -> &'a [OriginPattern<'a>] {
        self.origins
    }

    /// The methods that the rule lists, as they were given.
    pub fn allowed_methods(&self) -> impl Iterator<Item = &'a str> + Clone + use<'a> {
        self.methods.elements.iter().map(as_text)
    }

    /// The request headers that the rule lists, as they were given.
    pub fn allowed_request_headers(&self) -> impl Iterator<Item = &'a str> + Clone + use<'a> {
        self.request_headers.elements.iter().map(as_text)
    }

    /// The response headers that the rule exposes, as they were given.
    pub fn exposed_header_names(&self) -> impl Iterator<Item = &'a str> + Clone + use<'a> {
        self.exposed_headers.elements.iter().map(as_text)
    }

    /// Whether the rule exposes the response's own headers: see [`Rule::expose_own_headers`].
    pub const fn exposes_own_headers(&self) -> bool {
        matches!(self.own_exposed, OwnExposed::Yes)
    }

    /// Whether the rule allows requests with credentials.
    pub const fn allowed_credentials(&self) -> Credentials {
        self.credentials
    }

    /// For how many seconds browsers may keep the answer to a preflight.
    pub const fn max_age(&self) -> Option<u32> {
        match self.max_age {
            Some(max_age) => Some(max_age.seconds),
            None => None,
        }
    }

    /// Whether the rule has a predicate.
    pub const fn has_predicate(&self) -> bool {
        self.predicate.is_some()
    }

    /// Whether the rule has an external look-up.
    pub const fn has_external_lookup(&self) -> bool {
        matches!(self.external_lookup, ExternalLookup::Yes)
    }

    pub(in crate::server) const fn with_credentials(&self) -> bool {
        matches!(self.credentials, Credentials::Allowed)
    }

    /// Whether the rule matches every origin, and sends `*`.
    pub(in crate::server) const fn sends_wildcard(&self) -> bool {
        matches!(self.breadth, Breadth::All) && !self.with_credentials()
    }

    pub(in crate::server) const fn predicate_at(&self, number: usize) -> Option<usize> {
        if self.predicate.is_some() { Some(number) } else { None }
    }

    pub(in crate::server) const fn external_lookup_at(&self, number: usize) -> Option<usize> {
        if matches!(self.external_lookup, ExternalLookup::Yes) { Some(number) } else { None }
    }

    /// Whether the rule by itself gives everybody the same answer.
    pub(in crate::server) const fn is_static(&self) -> bool {
        let one = match self.origins {
            [pattern] => pattern.is_exact() || self.sends_wildcard(),
            _ => false,
        };
        one && self.predicate.is_none()
            && matches!(self.external_lookup, ExternalLookup::No)
            && !mirrors(self.credentials, self.methods.coverage)
            && !mirrors(self.credentials, self.request_headers.coverage)
    }

    /// Whether one of its patterns matches `origin`.
    #[inline]
    pub(in crate::server) fn lists(&self, origin: &[u8]) -> bool {
        if self.sends_wildcard() {
            return true;
        }
        // OPTIMIZATION: comparing bytes is enough for exact patterns. Every other pattern has a `*`, which no origin has. That saves
        // 22 instructions a pattern, 112 of 352 for the last of five.
        match self.origins.iter().find(|pattern| pattern.as_str().as_bytes() == origin) {
            Some(pattern) => pattern.is_exact(),
            None => self.breadth != Breadth::One && self.matches_wildcard(origin),
        }
    }

    #[inline(never)]
    fn matches_wildcard(&self, origin: &[u8]) -> bool {
        let mut candidates = self.origins.iter().filter(|pattern| pattern.prefilter.may_match(origin));
        candidates.any(|pattern| match pattern.shape {
            Shape::Tuple(tuple) => tuple.matches(pattern.as_str().as_bytes(), origin, self.ends_in_host),
            // A rule without credentials that has it matches everything. `null` and `file://` have dangers of their own to spell out.
            Shape::Any => !matches!(origin, b"null" | b"file://") && (self.ends_in_host)(origin, b""),
            // Equal texts are compared before.
            Shape::Opaque | Shape::Faulty(_) => false,
        })
    }
}

/// For rules without patterns for every host.
fn never(_origin: &[u8], _host: &[u8]) -> bool {
    false
}

/// Whether the answer repeats names of the request, because the list's `*` would be a literal.
///
/// <https://fetch.spec.whatwg.org/#cors-protocol-and-credentials>
pub(in crate::server) const fn mirrors(credentials: Credentials, coverage: Coverage) -> bool {
    matches!((credentials, coverage), (Credentials::Allowed, Coverage::Any | Coverage::AnyAndAuthorization))
}

impl fmt::Debug for Rule<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Rule")
            .field("origins", &self.origins)
            .field("predicate", &self.predicate.map(OriginPredicate::reads))
            .field("external_lookup", &self.external_lookup)
            .field("methods", &self.methods.text)
            .field("request_headers", &self.request_headers.text)
            .field("exposed_headers", &self.exposed_headers.text)
            .field("credentials", &self.credentials)
            .field("max_age", &self.max_age.map(|max_age| max_age.seconds))
            .finish_non_exhaustive()
    }
}

/// A list of a rule, as it is sent.
#[derive(Clone, Copy)]
pub(in crate::server) struct ListView<'a> {
    pub(in crate::server) coverage: Coverage,
    pub(in crate::server) text: ValueRef<'a>,
}

impl<'a> ListView<'a> {
    pub(in crate::server) fn elements(&self) -> impl Iterator<Item = &'a [u8]> + use<'a> {
        Elements::Text(Some(self.text.as_bytes())).iter()
    }

    pub(in crate::server) const fn allows_any(&self) -> bool {
        matches!(self.coverage, Coverage::Any | Coverage::AnyAndAuthorization)
    }

    /// The list as it is sent; nothing if it is empty.
    #[inline]
    pub(in crate::server) fn as_sent(self) -> Option<ValueRef<'a>> {
        (self.coverage != Coverage::Nothing).then_some(self.text)
    }
}

/// The lists of a rule.
#[derive(Clone, Copy)]
pub(in crate::server) enum ListName {
    Methods,
    RequestHeaders,
    ExposedHeaders,
}
