//! Policies as they are written in configuration: plain data, not checked yet.

extern crate alloc;

use alloc::{string::String, vec::Vec};

use super::errors::Mistake;
use crate::server::{
    pattern::{Danger, OriginPattern},
    policy::{
        rule::{Credentials, ExternalLookup, OwnExposed},
        settings::{Disclosure, Enforcement, PrivateNetwork, Upstream},
    },
};

/// A policy in the making, at run time: what a configuration file says, not checked yet.
///
/// A field that is not given can come from a policy below, by [`PolicyConfig::on_top_of`].
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
    /// What a configuration file has where nothing can be made of it.
    pub(crate) mistakes: Vec<Mistake>,
}

/// A rule in the making: see [`Rule`](crate::server::Rule).
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
    /// What a configuration file has where nothing can be made of it.
    pub(crate) mistakes: Vec<Mistake>,
}

/// An origin pattern in the making: see [`OriginPattern`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PatternConfig {
    pub(crate) pattern: String,
    pub(crate) dangers: Vec<Danger>,
}

impl PatternConfig {
    /// The pattern that is written so.
    pub fn new(pattern: impl Into<String>) -> Self {
        PatternConfig { pattern: pattern.into(), dangers: Vec::new() }
    }

    /// This pattern with a danger spelled out: see [`OriginPattern::dangerously_allow`].
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

    /// See [`Rule::external_lookup`](crate::server::Rule::external_lookup).
    #[must_use]
    pub fn external_lookup(self) -> Self {
        RuleConfig { external_lookup: Some(ExternalLookup::Yes), ..self }
    }

    /// See [`Rule::methods`](crate::server::Rule::methods).
    #[must_use]
    pub fn methods(self, methods: impl IntoIterator<Item = impl Into<String>>) -> Self {
        RuleConfig { methods: Some(strings(methods)), ..self }
    }

    /// See [`Rule::request_headers`](crate::server::Rule::request_headers).
    #[must_use]
    pub fn request_headers(self, names: impl IntoIterator<Item = impl Into<String>>) -> Self {
        RuleConfig { request_headers: Some(strings(names)), ..self }
    }

    /// See [`Rule::exposed_headers`](crate::server::Rule::exposed_headers).
    #[must_use]
    pub fn exposed_headers(self, names: impl IntoIterator<Item = impl Into<String>>) -> Self {
        RuleConfig { exposed_headers: Some(strings(names)), ..self }
    }

    /// See [`Rule::expose_own_headers`](crate::server::Rule::expose_own_headers).
    #[must_use]
    pub fn expose_own_headers(self) -> Self {
        RuleConfig { expose_own_headers: Some(OwnExposed::Yes), ..self }
    }

    /// See [`Rule::credentials`](crate::server::Rule::credentials).
    #[must_use]
    pub fn credentials(self) -> Self {
        RuleConfig { credentials: Some(Credentials::Allowed), ..self }
    }

    /// See [`Rule::max_age_seconds`](crate::server::Rule::max_age_seconds).
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
    ($($name:ident($($argument:ident: $type:ty)?);)*) => {
        $(
            #[doc = concat!("See [`Rule::", stringify!($name), "`](crate::server::Rule::", stringify!($name), ").")]
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
        external_lookup();
        methods(methods: impl IntoIterator<Item = impl Into<String>>);
        request_headers(names: impl IntoIterator<Item = impl Into<String>>);
        exposed_headers(names: impl IntoIterator<Item = impl Into<String>>);
        expose_own_headers();
        credentials();
        max_age_seconds(seconds: u32);
    }

    /// A further rule, for origins that those before it do not match.
    #[must_use]
    pub fn rule(mut self, rule: RuleConfig) -> Self {
        self.rules.get_or_insert_default().push(rule);
        self
    }

    /// See [`PolicyBuilder::preflight_status`](crate::server::PolicyBuilder::preflight_status).
    #[must_use]
    pub fn preflight_status(self, status: u16) -> Self {
        PolicyConfig { preflight_status: Some(status), ..self }
    }

    /// See [`PolicyBuilder::refused_preflight_status`](crate::server::PolicyBuilder::refused_preflight_status).
    #[must_use]
    pub fn refused_preflight_status(self, status: u16) -> Self {
        PolicyConfig { refused_preflight_status: Some(status), ..self }
    }

    /// See [`PolicyBuilder::disclosure`](crate::server::PolicyBuilder::disclosure).
    #[must_use]
    pub fn disclosure(self, disclosure: Disclosure) -> Self {
        PolicyConfig { disclosure: Some(disclosure), ..self }
    }

    /// See [`PolicyBuilder::private_network`](crate::server::PolicyBuilder::private_network).
    #[must_use]
    pub fn private_network(self, private_network: PrivateNetwork) -> Self {
        PolicyConfig { private_network: Some(private_network), ..self }
    }

    /// See [`PolicyBuilder::enforcement`](crate::server::PolicyBuilder::enforcement).
    #[must_use]
    pub fn enforcement(self, enforcement: Enforcement) -> Self {
        PolicyConfig { enforcement: Some(enforcement), ..self }
    }

    /// See [`PolicyBuilder::upstream`](crate::server::PolicyBuilder::upstream).
    #[must_use]
    pub fn upstream(self, upstream: Upstream) -> Self {
        PolicyConfig { upstream: Some(upstream), ..self }
    }

    /// This policy on top of another, such as that of a whole site: unset fields fall back to `below`.
    ///
    /// A list falls back as a whole, and so do the further rules. Patterns keep the dangers that they spell out. The result is
    /// checked when it is built, so two harmless policies that are dangerous together are an error.
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

    /// What a configuration file has where nothing can be made of it, each with the number of its rule.
    pub(in crate::server) fn mistakes(&self) -> impl Iterator<Item = (usize, &Mistake)> {
        let rules = core::iter::once(&self.first).chain(self.rules.iter().flatten());
        let of_rules = rules.enumerate().flat_map(|(number, rule)| rule.mistakes.iter().map(move |it| (number, it)));
        of_rules.chain(self.mistakes.iter().map(|mistake| (0, mistake)))
    }
}

/// A policy with this rule alone.
impl From<RuleConfig> for PolicyConfig {
    fn from(first: RuleConfig) -> Self {
        PolicyConfig { first, ..PolicyConfig::default() }
    }
}
