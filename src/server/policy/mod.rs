//! Policies that borrow all they have, and are built at compile time.

pub(in crate::server) mod list;
#[cfg(feature = "alloc")]
pub(in crate::server) mod owned;
pub(in crate::server) mod rule;
pub(in crate::server) mod settings;
#[cfg(feature = "alloc")]
mod value;
pub(in crate::server) mod view;

use self::{
    rule::{OriginPredicate, Rule},
    settings::{Caching, Disclosure, Enforcement, PrivateNetwork, Settings, Upstream},
};
use super::{
    config::{ConfigError, Message, Mistakes},
    pattern::OriginPattern,
};

/// A policy for some resources: which origins may do what. It borrows all that it has, and may be a `static`.
///
/// Each origin is compared with its patterns, one by one: some thirty instructions a pattern, so 10,000 patterns cost 320,000
/// instructions a request. It is for 256 patterns at most, and [`Policy::lint`] reports one with more. For more patterns, and
/// for policies that are read at run time, there is [`OwnedPolicy`](super::OwnedPolicy), which has an index;
/// `OwnedPolicy::from(&POLICY)` makes it from a `const` policy.
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

    /// The rules, in order.
    pub fn rules(&self) -> impl Iterator<Item = &Rule<'a>> + Clone {
        core::iter::once(&self.first).chain(self.more)
    }
}

/// Builds a [`Policy`].
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

    /// See [`Rule::methods`].
    #[must_use]
    pub const fn methods(self, methods: &'a str) -> Self {
        PolicyBuilder { first: self.first.methods(methods), ..self }
    }

    /// See [`Rule::request_headers`].
    #[must_use]
    pub const fn request_headers(self, names: &'a str) -> Self {
        PolicyBuilder { first: self.first.request_headers(names), ..self }
    }

    /// See [`Rule::exposed_headers`].
    #[must_use]
    pub const fn exposed_headers(self, names: &'a str) -> Self {
        PolicyBuilder { first: self.first.exposed_headers(names), ..self }
    }

    /// See [`Rule::expose_own_headers`].
    #[must_use]
    pub const fn expose_own_headers(self) -> Self {
        PolicyBuilder { first: self.first.expose_own_headers(), ..self }
    }

    /// See [`Rule::credentials`].
    #[must_use]
    pub const fn credentials(self) -> Self {
        PolicyBuilder { first: self.first.credentials(), ..self }
    }

    /// See [`Rule::max_age_seconds`].
    #[must_use]
    pub const fn max_age_seconds(self, seconds: u32) -> Self {
        PolicyBuilder { first: self.first.max_age_seconds(seconds), ..self }
    }

    /// See [`Rule::predicate`].
    #[must_use]
    pub const fn predicate(self, predicate: &'a dyn OriginPredicate) -> Self {
        PolicyBuilder { first: self.first.predicate(predicate), ..self }
    }

    /// See [`Rule::external_lookup`].
    #[must_use]
    pub const fn external_lookup(self) -> Self {
        PolicyBuilder { first: self.first.external_lookup(), ..self }
    }

    /// Further rules, for origins that the first one does not match.
    #[must_use]
    pub const fn rules(self, more: &'a [Rule<'a>]) -> Self {
        PolicyBuilder { more, ..self }
    }

    /// The status of an answer to a preflight, 200 to 299. The default is 204.
    ///
    /// <https://fetch.spec.whatwg.org/#ok-status>
    #[must_use]
    pub const fn preflight_status(self, status: u16) -> Self {
        PolicyBuilder { settings: Settings { preflight_status: status, ..self.settings }, ..self }
    }

    /// The status of an answer to a preflight of an origin that is not allowed, 200 to 299 or 400 to 599. The default is 403.
    #[must_use]
    pub const fn refused_preflight_status(self, status: u16) -> Self {
        PolicyBuilder { settings: Settings { refused_preflight_status: status, ..self.settings }, ..self }
    }

    /// How much of the policy an answer to a preflight shows.
    #[must_use]
    pub const fn disclosure(self, disclosure: Disclosure) -> Self {
        PolicyBuilder { settings: Settings { disclosure, ..self.settings }, ..self }
    }

    /// Whether a preflight that asks for access to a private network is granted it.
    #[must_use]
    pub const fn private_network(self, private_network: PrivateNetwork) -> Self {
        PolicyBuilder { settings: Settings { private_network, ..self.settings }, ..self }
    }

    /// Whether the server itself refuses requests from origins that are not allowed.
    #[must_use]
    pub const fn enforcement(self, enforcement: Enforcement) -> Self {
        PolicyBuilder { settings: Settings { enforcement, ..self.settings }, ..self }
    }

    /// What to do with the `Access-Control-*` headers that a response has already.
    #[must_use]
    pub const fn upstream(self, upstream: Upstream) -> Self {
        PolicyBuilder { settings: Settings { upstream, ..self.settings }, ..self }
    }

    /// All mistakes, in order.
    pub fn errors(&self) -> impl Iterator<Item = ConfigError<'a>> + Clone + use<'a> {
        self.mistakes()
    }

    pub(in crate::server) const fn mistakes(&self) -> Mistakes<'a> {
        Mistakes::new(self.settings, self.first, self.more)
    }

    /// The policy.
    ///
    /// # Errors
    ///
    /// The first mistake in it. [`PolicyBuilder::errors`] gives all of them.
    pub const fn build(self) -> Result<Policy<'a>, ConfigError<'a>> {
        match self.mistakes().find_next() {
            Some(error) => Err(error),
            None => Ok(Policy {
                first: self.first,
                more: self.more,
                settings: self.settings.computed(&self.first, self.more),
            }),
        }
    }

    /// The policy, for a `const` or a `static`: a mistake stops the compiler, with its place, its value and its fix.
    ///
    /// # Panics
    ///
    /// If there is a mistake. At run time [`PolicyBuilder::build`] returns it.
    #[allow(clippy::panic, reason = "this is how a `const` fails to compile")]
    pub const fn build_or_panic(self) -> Policy<'a> {
        match self.build() {
            Ok(policy) => policy,
            Err(error) => panic!("{}", Message::of(&error, self.count_mistakes() - 1).as_str()),
        }
    }

    const fn count_mistakes(&self) -> usize {
        let mut mistakes = self.mistakes();
        let mut count = 0;
        while mistakes.find_next().is_some() {
            count += 1;
        }
        count
    }
}
