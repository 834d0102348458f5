//! Policies that borrow all they have, and are built at compile time.

#[cfg(feature = "config")]
mod indexed;
pub(in crate::server) mod list;
pub(in crate::server) mod max_age;
#[cfg(feature = "alloc")]
pub(in crate::server) mod owned;
#[cfg(feature = "alloc")]
pub(in crate::server) mod patterns;
mod predicate;
pub(in crate::server) mod rare;
#[cfg(feature = "config")]
pub(in crate::server) mod repeats;
pub(in crate::server) mod rule;
pub(in crate::server) mod settings;
#[cfg(feature = "alloc")]
mod value;
pub(in crate::server) mod view;

use self::{
    rule::{OriginPredicate, Rule},
    settings::{Caching, Disclosure, Enforcement, PrivateNetwork, Settings, Upstream},
};
use super::pattern::OriginPattern;

/// A policy for some resources: which origins may do what. It borrows all that it has, and may be a `static`.
///
/// Each origin is compared with its patterns, one by one: some 32 instructions a pattern, 63 for one with a wildcard. With the
/// feature `config` there are policies with an index, which take fewer from five exact patterns or twelve with a wildcard on:
/// `OwnedPolicy::indexed(&POLICY)` makes one from a `const` policy. `Policy::lint`, of the same feature, reports a policy of this
/// type with more than 256 patterns.
///
/// # Defaults
///
/// - methods: `GET`, `HEAD` and `POST`; request headers: those that need no preflight; exposed headers: those that are always
///   exposed
/// - no credentials; no `Access-Control-Max-Age`, for which browsers keep an answer for 5 seconds
/// - status 204 for preflights, 403 for those of origins that are not allowed
/// - [`Disclosure::Full`], [`PrivateNetwork::Refused`], [`Enforcement::Browser`], and [`Upstream::Replace`] with
///   [`UpstreamExposed::Remove`](super::UpstreamExposed::Remove)
///
/// <https://fetch.spec.whatwg.org/#http-responses>
///
/// ```
/// use fetch_cors::header::{Headers, PairSink};
/// use fetch_cors::server::{MAX_ANSWER_LINES, OriginPattern, Policy};
///
/// static POLICY: Policy<'static> = Policy::builder(&[OriginPattern::new("https://*.app.example")])
///     .methods("PUT, DELETE")
///     .request_headers("content-type, authorization")
///     .credentials()
///     .max_age_seconds(7200)
///     .build_or_panic();
///
/// let request: [(&str, &[u8]); 1] = [("origin", b"https://eu.app.example")];
/// let mut memory = [("", &b""[..]); MAX_ANSWER_LINES];
/// let mut response = PairSink::new(&mut memory);
/// POLICY.decide("GET", Headers::from_pairs(&request)).write(&mut response)?;
/// assert_eq!(
///     response.pairs(),
///     [
///         ("vary", &b"origin"[..]),
///         ("access-control-allow-origin", b"https://eu.app.example"),
///         ("access-control-allow-credentials", b"true"),
///     ],
/// );
/// # Ok::<(), fetch_cors::header::CapacityError>(())
/// ```
///
/// A mistake in a `static` or a `const` is a compile error at its line:
///
/// ```compile_fail
/// use fetch_cors::server::{OriginPattern, Policy};
///
/// static POLICY: Policy<'static> = Policy::builder(&[OriginPattern::ANY]).credentials().build_or_panic();
/// # fn main() { let _ = POLICY.caching(); }
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Policy<'a> {
    pub(in crate::server) first: Rule<'a>,
    pub(in crate::server) more: &'a [Rule<'a>],
    pub(in crate::server) settings: Settings,
}

impl<'a> Policy<'a> {
    /// Starts a policy with a rule for these origins.
    pub const fn builder(origins: &'a [OriginPattern<'a>]) -> PolicyBuilder<'a> {
        PolicyBuilder::new(Rule::new(origins))
    }

    /// Whether caches may give one answer to all requests.
    ///
    /// <https://fetch.spec.whatwg.org/#cors-protocol-and-http-caches>
    pub const fn caching(&self) -> Caching {
        self.settings.caching()
    }

    #[inline(always)]
    pub(in crate::server) fn find(&self, origin: &[u8]) -> Option<usize> {
        if self.first.lists(origin) {
            return Some(0);
        }
        self.more.iter().position(|rule| rule.lists(origin)).map(|number| number + 1)
    }

    /// The rules, in order.
    pub fn rules(&self) -> impl Iterator<Item = &Rule<'a>> + Clone {
        core::iter::once(&self.first).chain(self.more)
    }
}

/// Builds a [`Policy`].
///
/// Settings of the first rule are here too: `methods` to `external_lookup`. Mistakes are reported when the policy is built.
#[derive(Clone, Copy, Debug)]
pub struct PolicyBuilder<'a> {
    pub(in crate::server) first: Rule<'a>,
    pub(in crate::server) more: &'a [Rule<'a>],
    pub(in crate::server) settings: Settings,
}

impl<'a> PolicyBuilder<'a> {
    /// Starts a policy with this rule.
    pub const fn new(first: Rule<'a>) -> Self {
        PolicyBuilder { first, more: &[], settings: Settings::DEFAULT }
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
        PolicyBuilder { first: self.first.methods(methods), ..self }
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
        PolicyBuilder { first: self.first.request_headers(names), ..self }
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
        PolicyBuilder { first: self.first.exposed_headers(names), ..self }
    }

    /// Lets scripts read all headers that a response has, by naming each of them.
    ///
    /// The default is to name none. This works with credentials, where `*` would be a literal.
    #[must_use]
    pub const fn expose_own_headers(self) -> Self {
        PolicyBuilder { first: self.first.expose_own_headers(), ..self }
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
        PolicyBuilder { first: self.first.credentials(), ..self }
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
        PolicyBuilder { first: self.first.max_age_seconds(seconds), ..self }
    }

    /// Allows also the origins that `predicate` allows.
    ///
    /// It is called only if no pattern of the first rule matches. By default there is no predicate. Building reports a second predicate:
    /// a policy has one at most.
    #[must_use]
    pub const fn predicate(self, predicate: &'a dyn OriginPredicate) -> Self {
        PolicyBuilder { first: self.first.predicate(predicate), ..self }
    }

    /// Leaves origins that no pattern matches to your code, which looks them up in a database for example.
    ///
    /// Call [`begin`](crate::server::Policy::begin) in place of `decide`, which refuses them. The default is not to.
    /// Building reports a second external look-up: a policy has one at most.
    #[must_use]
    pub const fn external_lookup(self) -> Self {
        PolicyBuilder { first: self.first.external_lookup(), ..self }
    }

    /// Adds further rules, for origins that the first one does not match. The first rule that matches counts.
    #[must_use]
    pub const fn rules(self, more: &'a [Rule<'a>]) -> Self {
        PolicyBuilder { more, ..self }
    }

    /// Sets the status of the answer to a preflight of an allowed origin: 200 to 299. The default is 204.
    ///
    /// Building reports any other status, because browsers would refuse it.
    ///
    /// <https://fetch.spec.whatwg.org/#ok-status>
    #[must_use]
    pub const fn preflight_status(self, status: u16) -> Self {
        PolicyBuilder { settings: Settings { preflight_status: status, ..self.settings }, ..self }
    }

    /// Sets the status of the answer to a preflight of an origin that is not allowed. The default is 403.
    ///
    /// 200 to 299 or 400 to 599; building reports any other status.
    #[must_use]
    pub const fn refused_preflight_status(self, status: u16) -> Self {
        PolicyBuilder { settings: Settings { refused_preflight_status: status, ..self.settings }, ..self }
    }

    /// Sets how much of the policy an answer to a preflight shows. The default is [`Disclosure::Full`].
    #[must_use]
    pub const fn disclosure(self, disclosure: Disclosure) -> Self {
        PolicyBuilder { settings: Settings { disclosure, ..self.settings }, ..self }
    }

    /// Sets whether a preflight that asks for access to a private network is granted it.
    ///
    /// The default is [`PrivateNetwork::Refused`]. Only old browsers ask.
    #[must_use]
    pub const fn private_network(self, private_network: PrivateNetwork) -> Self {
        PolicyBuilder { settings: Settings { private_network, ..self.settings }, ..self }
    }

    /// Sets whether the server itself refuses requests from origins that are not allowed.
    ///
    /// The default is [`Enforcement::Browser`]: the request is handled, and the browser keeps the response from the page.
    #[must_use]
    pub const fn enforcement(self, enforcement: Enforcement) -> Self {
        PolicyBuilder { settings: Settings { enforcement, ..self.settings }, ..self }
    }

    /// Sets what becomes of the `Access-Control-*` headers that a response has already.
    ///
    /// The default is [`Upstream::Replace`], which removes them.
    #[must_use]
    pub const fn upstream(self, upstream: Upstream) -> Self {
        PolicyBuilder { settings: Settings { upstream, ..self.settings }, ..self }
    }
}
