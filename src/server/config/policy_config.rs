//! Policies as they are written in configuration: plain data, not checked yet.

extern crate alloc;

use alloc::{string::String, vec::Vec};

use super::errors::Mistake;
use crate::server::{
    credentials::Credentials,
    pattern::{Danger, OriginPattern},
    policy::{
        rule::{ExternalLookup, OwnExposed},
        settings::{Disclosure, Enforcement, PrivateNetwork, Upstream},
    },
};

/// A policy as configuration, not checked yet: [`PolicyConfig::build`] checks it and reports all mistakes.
///
/// Unset fields have the defaults of [`Policy`](crate::server::Policy), or fall back to another configuration by
/// [`PolicyConfig::on_top_of`].
///
/// ```
/// use fetch_cors::server::PolicyConfig;
///
/// let policy = PolicyConfig::new(["https://*.app.example", "http://localhost:*"])
///     .methods(["PUT", "DELETE"])
///     .request_headers(["content-type", "authorization"])
///     .credentials()
///     .max_age_seconds(7200)
///     .build()?;
/// assert!(policy.allows_origin(b"https://eu.app.example"));
///
/// let errors = PolicyConfig::new(["https://app.example/", "http://app.example"]).credentials().build().unwrap_err();
/// let codes: Vec<_> = errors.iter().map(|error| error.code()).collect();
/// assert_eq!(codes, ["trailing-slash", "insecure-scheme-not-spelled-out"]);
/// # Ok::<(), fetch_cors::server::ConfigErrors>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PolicyConfig {
    pub(crate) first: RuleConfig,
    pub(crate) rules: Option<Vec<RuleConfig>>,
    pub(crate) preflight_status: Option<u16>,
    pub(crate) refused_preflight_status: Option<u16>,
    pub(crate) disclosure: Option<Disclosure>,
    pub(crate) private_network: Option<PrivateNetwork>,
    pub(crate) enforcement: Option<Enforcement>,
    pub(crate) upstream: Option<Upstream>,
    /// Values of the configuration file that have the wrong type.
    pub(crate) mistakes: Vec<Mistake>,
}

/// A [`Rule`](crate::server::Rule) as configuration, not checked yet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RuleConfig {
    pub(crate) origins: Option<Vec<PatternConfig>>,
    pub(crate) external_lookup: Option<ExternalLookup>,
    pub(crate) methods: Option<Vec<String>>,
    pub(crate) request_headers: Option<Vec<String>>,
    pub(crate) exposed_headers: Option<Vec<String>>,
    pub(crate) expose_own_headers: Option<OwnExposed>,
    pub(crate) credentials: Option<Credentials>,
    pub(crate) max_age: Option<u32>,
    /// Values of the configuration file that have the wrong type.
    pub(crate) mistakes: Vec<Mistake>,
}

/// An [`OriginPattern`] as configuration, not checked yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PatternConfig {
    pub(crate) pattern: String,
    pub(crate) dangers: Vec<Danger>,
}

impl PatternConfig {
    /// The pattern with this text, which allows no danger.
    pub fn new(pattern: impl Into<String>) -> Self {
        PatternConfig { pattern: pattern.into(), dangers: Vec::new() }
    }

    /// Allows a danger of this pattern: see [`OriginPattern::dangerously_allow`].
    #[must_use]
    pub fn dangerously_allow(mut self, danger: Danger) -> Self {
        self.dangers.push(danger);
        self
    }

    pub(in crate::server) fn pattern(&self) -> OriginPattern<'_> {
        let pattern = OriginPattern::new(&self.pattern);
        self.dangers.iter().fold(pattern, |pattern, danger| pattern.dangerously_allow(*danger))
    }
}

impl<T: Into<String>> From<T> for PatternConfig {
    fn from(pattern: T) -> Self {
        PatternConfig::new(pattern)
    }
}

fn strings(names: impl IntoIterator<Item = impl Into<String>>) -> Vec<String> {
    names.into_iter().map(Into::into).collect()
}

impl RuleConfig {
    /// A rule for these origins.
    pub fn new(origins: impl IntoIterator<Item = impl Into<PatternConfig>>) -> Self {
        RuleConfig { origins: Some(origins.into_iter().map(Into::into).collect()), ..RuleConfig::default() }
    }

    /// Leaves origins that no pattern matches to your code, which looks them up in a database for example.
    ///
    /// Call [`begin`](crate::server::OwnedPolicy::begin) in place of `decide`, which refuses them. The default is not to.
    /// Building reports a second external look-up: a policy has one at most.
    #[must_use]
    pub fn external_lookup(self) -> Self {
        RuleConfig { external_lookup: Some(ExternalLookup::Yes), ..self }
    }

    /// Allows these methods besides `GET`, `HEAD` and `POST`, which are always allowed.
    ///
    /// `["PUT", "DELETE"]`, or `"*"` for all of them. By default no further method is allowed. Names are compared byte for byte, as
    /// browsers do.
    ///
    /// Building reports a name that is not a token, a method that no page may use (`CONNECT`, `TRACE`, `TRACK`), and `put`
    /// and its like, which pages send in upper case.
    ///
    /// <https://fetch.spec.whatwg.org/#http-access-control-allow-methods>
    #[must_use]
    pub fn methods(self, methods: impl IntoIterator<Item = impl Into<String>>) -> Self {
        RuleConfig { methods: Some(strings(methods)), ..self }
    }

    /// Allows these request headers besides those that need no preflight.
    ///
    /// `["content-type", "authorization"]`. `"*"` allows all but `Authorization`, and `["*", "authorization"]` allows that
    /// too. By default no further header is allowed. Case does not matter.
    ///
    /// Building reports a name that is not a token, a header that no page may set, and a response header of the CORS protocol.
    ///
    /// <https://fetch.spec.whatwg.org/#http-access-control-allow-headers>
    #[must_use]
    pub fn request_headers(self, names: impl IntoIterator<Item = impl Into<String>>) -> Self {
        RuleConfig { request_headers: Some(strings(names)), ..self }
    }

    /// Lets scripts read these response headers besides those that they can always read.
    ///
    /// `["etag", "location"]`, or `"*"` for all of them. By default no further header is exposed.
    ///
    /// Building reports a name that is not a token, a header that no page may read (`Set-Cookie`), and `"*"` with
    /// credentials, where it would be a literal: use `expose_own_headers`.
    ///
    /// <https://fetch.spec.whatwg.org/#http-access-control-expose-headers>
    #[must_use]
    pub fn exposed_headers(self, names: impl IntoIterator<Item = impl Into<String>>) -> Self {
        RuleConfig { exposed_headers: Some(strings(names)), ..self }
    }

    /// Lets scripts read all headers that a response has, by naming each of them.
    ///
    /// The default is to name none. This works with credentials, where `*` would be a literal.
    #[must_use]
    pub fn expose_own_headers(self) -> Self {
        RuleConfig { expose_own_headers: Some(OwnExposed::Yes), ..self }
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
    pub fn credentials(self) -> Self {
        RuleConfig { credentials: Some(Credentials::Allowed), ..self }
    }

    /// Lets browsers keep the answer to a preflight for this many seconds.
    ///
    /// By default the header is not sent, and browsers keep an answer for 5 seconds. 0 is sent as 0: keep nothing. Chromium
    /// keeps an answer for 7200 seconds at most, Firefox for 86400, WebKit for 600. No value is an error; a lint reports one above these
    /// limits.
    ///
    /// <https://fetch.spec.whatwg.org/#http-access-control-max-age>
    #[must_use]
    pub fn max_age_seconds(self, seconds: u32) -> Self {
        RuleConfig { max_age: Some(seconds), ..self }
    }

    fn on_top_of(self, below: &RuleConfig) -> Self {
        RuleConfig {
            origins: self.origins.or_else(|| below.origins.clone()),
            external_lookup: self.external_lookup.or(below.external_lookup),
            methods: self.methods.or_else(|| below.methods.clone()),
            request_headers: self.request_headers.or_else(|| below.request_headers.clone()),
            exposed_headers: self.exposed_headers.or_else(|| below.exposed_headers.clone()),
            expose_own_headers: self.expose_own_headers.or(below.expose_own_headers),
            credentials: self.credentials.or(below.credentials),
            max_age: self.max_age.or(below.max_age),
            mistakes: [self.mistakes, below.mistakes.clone()].concat(),
        }
    }
}

/// Writes the setters that a policy shares with its first rule.
macro_rules! first_rule_setters {
    ($($(#[$documentation:meta])* $name:ident($($argument:ident: $type:ty)?);)*) => {
        $(
            $(#[$documentation])*
            #[must_use]
            pub fn $name(self $(, $argument: $type)?) -> Self {
                PolicyConfig { first: self.first.$name($($argument)?), ..self }
            }
        )*
    };
}

impl PolicyConfig {
    /// A policy with a rule for these origins.
    pub fn new(origins: impl IntoIterator<Item = impl Into<PatternConfig>>) -> Self {
        PolicyConfig { first: RuleConfig::new(origins), ..PolicyConfig::default() }
    }

    first_rule_setters! {
        /// Leaves origins that no pattern matches to your code, which looks them up in a database for example.
        ///
        /// Call [`begin`](crate::server::OwnedPolicy::begin) in place of `decide`, which refuses them. The default is not
        /// to. Building reports a second external look-up: a policy has one at most.
        external_lookup();
        /// Allows these methods besides `GET`, `HEAD` and `POST`, which are always allowed.
        ///
        /// `["PUT", "DELETE"]`, or `"*"` for all of them. By default no further method is allowed. Names are compared byte for
        /// byte, as browsers do.
        ///
        /// Building reports a name that is not a token, a method that no page may use (`CONNECT`, `TRACE`, `TRACK`), and
        /// `put` and its like, which pages send in upper case.
        ///
        /// <https://fetch.spec.whatwg.org/#http-access-control-allow-methods>
        methods(methods: impl IntoIterator<Item = impl Into<String>>);
        /// Allows these request headers besides those that need no preflight.
        ///
        /// `["content-type", "authorization"]`. `"*"` allows all but `Authorization`, and `["*", "authorization"]` allows
        /// that too. By default no further header is allowed. Case does not matter.
        ///
        /// Building reports a name that is not a token, a header that no page may set, and a response header of the CORS
        /// protocol.
        ///
        /// <https://fetch.spec.whatwg.org/#http-access-control-allow-headers>
        request_headers(names: impl IntoIterator<Item = impl Into<String>>);
        /// Lets scripts read these response headers besides those that they can always read.
        ///
        /// `["etag", "location"]`, or `"*"` for all of them. By default no further header is exposed.
        ///
        /// Building reports a name that is not a token, a header that no page may read (`Set-Cookie`), and `"*"` with
        /// credentials, where it would be a literal: use `expose_own_headers`.
        ///
        /// <https://fetch.spec.whatwg.org/#http-access-control-expose-headers>
        exposed_headers(names: impl IntoIterator<Item = impl Into<String>>);
        /// Lets scripts read all headers that a response has, by naming each of them.
        ///
        /// The default is to name none. This works with credentials, where `*` would be a literal.
        expose_own_headers();
        /// Allows requests with credentials: cookies, HTTP authentication and client certificates.
        ///
        /// The default is not to. With credentials `*` in a list is a literal, so if a list has it, the answer to a
        /// preflight repeats what the preflight asks for.
        ///
        /// Building reports each pattern that is dangerous with credentials and does not allow its danger: see
        /// [`Danger`](crate::server::Danger).
        ///
        /// <https://fetch.spec.whatwg.org/#http-access-control-allow-credentials>
        credentials();
        /// Lets browsers keep the answer to a preflight for this many seconds.
        ///
        /// By default the header is not sent, and browsers keep an answer for 5 seconds. 0 is sent as 0: keep nothing.
        /// The longest times are 7200 seconds in Chromium, 86400 in Firefox and 600 in WebKit. No value is an error; a lint reports one
        /// above these limits.
        ///
        /// <https://fetch.spec.whatwg.org/#http-access-control-max-age>
        max_age_seconds(seconds: u32);
    }

    /// A further rule, for origins that those before it do not match.
    #[must_use]
    pub fn rule(mut self, rule: RuleConfig) -> Self {
        self.rules.get_or_insert_default().push(rule);
        self
    }

    /// Sets the status of the answer to a preflight of an allowed origin: 200 to 299. The default is 204.
    ///
    /// Building reports any other status, because browsers would refuse it.
    ///
    /// <https://fetch.spec.whatwg.org/#ok-status>
    #[must_use]
    pub fn preflight_status(self, status: u16) -> Self {
        PolicyConfig { preflight_status: Some(status), ..self }
    }

    /// Sets the status of the answer to a preflight of an origin that is not allowed. The default is 403.
    ///
    /// 200 to 299 or 400 to 599; building reports any other status.
    #[must_use]
    pub fn refused_preflight_status(self, status: u16) -> Self {
        PolicyConfig { refused_preflight_status: Some(status), ..self }
    }

    /// Sets how much of the policy an answer to a preflight shows. The default is [`Disclosure::Full`].
    #[must_use]
    pub fn disclosure(self, disclosure: Disclosure) -> Self {
        PolicyConfig { disclosure: Some(disclosure), ..self }
    }

    /// Sets whether a preflight that asks for access to a private network is granted it.
    ///
    /// The default is [`PrivateNetwork::Refused`]. Only old browsers ask.
    #[must_use]
    pub fn private_network(self, private_network: PrivateNetwork) -> Self {
        PolicyConfig { private_network: Some(private_network), ..self }
    }

    /// Sets whether the server itself refuses requests from origins that are not allowed.
    ///
    /// The default is [`Enforcement::Browser`]: the request is handled, and the browser keeps the response from the page.
    #[must_use]
    pub fn enforcement(self, enforcement: Enforcement) -> Self {
        PolicyConfig { enforcement: Some(enforcement), ..self }
    }

    /// Sets what becomes of the `Access-Control-*` headers that a response has already.
    ///
    /// The default is [`Upstream::Replace`], which removes them.
    #[must_use]
    pub fn upstream(self, upstream: Upstream) -> Self {
        PolicyConfig { upstream: Some(upstream), ..self }
    }

    /// Lays this policy over another, such as that of a whole site: unset fields fall back to `below`.
    ///
    /// A list is taken as a whole, and so are the further rules. Patterns keep the dangers that they allow. The result is checked
    /// when it is built, so a dangerous combination of harmless parts is reported too.
    ///
    /// ```
    /// use fetch_cors::server::PolicyConfig;
    ///
    /// let site = PolicyConfig::new(["https://app.example"]).credentials().max_age_seconds(600);
    /// let route = PolicyConfig::default().methods(["PUT"]).on_top_of(&site);
    /// assert_eq!(route, PolicyConfig::new(["https://app.example"]).credentials().max_age_seconds(600).methods(["PUT"]));
    /// ```
    #[must_use]
    pub fn on_top_of(self, below: &PolicyConfig) -> Self {
        PolicyConfig {
            first: self.first.on_top_of(&below.first),
            rules: self.rules.or_else(|| below.rules.clone()),
            preflight_status: self.preflight_status.or(below.preflight_status),
            refused_preflight_status: self.refused_preflight_status.or(below.refused_preflight_status),
            disclosure: self.disclosure.or(below.disclosure),
            private_network: self.private_network.or(below.private_network),
            enforcement: self.enforcement.or(below.enforcement),
            upstream: self.upstream.or(below.upstream),
            mistakes: [self.mistakes, below.mistakes.clone()].concat(),
        }
    }

    pub(in crate::server) fn rule_configs(&self) -> Vec<&RuleConfig> {
        core::iter::once(&self.first).chain(self.rules.as_deref().unwrap_or_default()).collect()
    }

    /// What a configuration file has where nothing can be made of it, each with the number of its rule.
    // OPTIMIZATION: a list, because an iterator over both levels takes 3 KB more of WebAssembly.
    pub(in crate::server) fn mistakes(&self) -> Vec<(usize, &Mistake)> {
        let mut all = Vec::new();
        for (number, rule) in self.rule_configs().into_iter().enumerate() {
            all.extend(rule.mistakes.iter().map(|mistake| (number, mistake)));
        }
        all.extend(self.mistakes.iter().map(|mistake| (0, mistake)));
        all
    }
}

/// A policy with this rule alone.
impl From<RuleConfig> for PolicyConfig {
    fn from(first: RuleConfig) -> Self {
        PolicyConfig { first, ..PolicyConfig::default() }
    }
}
