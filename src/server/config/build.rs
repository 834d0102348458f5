//! Builds policies from their configuration, and reads them back into one.

extern crate alloc;

use alloc::{boxed::Box, string::String, vec::Vec};

use super::{ConfigError, ConfigErrors, ConfigReason, Field, Mistakes, PatternConfig, PolicyConfig, RuleConfig};
use crate::server::{
    credentials::Credentials,
    functions::FUNCTIONS,
    pattern::OriginPattern,
    policy::{
        list::AllowList,
        max_age::MaxAge,
        owned::OwnedPolicy,
        patterns::Patterns,
        rule::{ExternalLookup, OriginPredicate, OwnExposed, Rule},
        settings::Settings,
    },
};

/// The lists that a [`Rule`] borrows, besides its configuration.
struct Borrowed<'a> {
    origins: Vec<OriginPattern<'a>>,
    methods: Vec<&'a str>,
    request_headers: Vec<&'a str>,
    exposed_headers: Vec<&'a str>,
}

impl<'a> Borrowed<'a> {
    fn new(config: &'a RuleConfig) -> Self {
        let list =
            |names: &'a Option<Vec<String>>| names.as_deref().unwrap_or_default().iter().map(String::as_str).collect();
        let origins = config.origins.as_deref().unwrap_or_default();
        Borrowed {
            origins: origins.iter().map(PatternConfig::pattern).collect(),
            methods: list(&config.methods),
            request_headers: list(&config.request_headers),
            exposed_headers: list(&config.exposed_headers),
        }
    }

    fn rule(&'a self, config: &RuleConfig, predicate: Option<&'a dyn OriginPredicate>) -> Rule<'a> {
        Rule {
            predicate,
            external_lookup: config.external_lookup.unwrap_or(ExternalLookup::No),
            methods: AllowList::from_list(&self.methods, ""),
            request_headers: AllowList::from_list(&self.request_headers, ""),
            exposed_headers: AllowList::from_list(&self.exposed_headers, ""),
            own_exposed: config.expose_own_headers.unwrap_or(OwnExposed::No),
            credentials: config.credentials.unwrap_or(Credentials::Omitted),
            max_age: config.max_age.map(MaxAge::new),
            ..Rule::new(&self.origins)
        }
    }
}

impl PolicyConfig {
    /// The policy, checked and indexed.
    ///
    /// # Errors
    ///
    /// All mistakes in the configuration, in order. Values of the wrong type in a configuration file are among them.
    pub fn build(&self) -> Result<OwnedPolicy, ConfigErrors> {
        checked(self, None)
    }

    /// The policy, with a predicate for the rule of this number, from 0: see [`Rule::predicate`].
    ///
    /// # Errors
    ///
    /// All mistakes in the configuration, in order, and a rule number that is too large.
    pub fn build_with_predicate(
        &self,
        rule: usize,
        predicate: Box<dyn OriginPredicate>,
    ) -> Result<OwnedPolicy, ConfigErrors> {
        let mut policy = checked(self, Some((rule, &*predicate)))?;
        policy.set_predicate(rule, predicate);
        Ok(policy)
    }
}

/// The policy, checked together with its predicate, but without it.
fn checked(
    config: &PolicyConfig,
    predicate: Option<(usize, &dyn OriginPredicate)>,
) -> Result<OwnedPolicy, ConfigErrors> {
    let configs = config.rule_configs();
    let borrowed: Vec<Borrowed<'_>> = configs.iter().map(|config| Borrowed::new(config)).collect();
    let rules: Vec<Rule<'_>> = configs
        .iter()
        .zip(&borrowed)
        .enumerate()
        .map(|(number, (config, borrowed))| {
            let own = predicate.filter(|(rule, _)| *rule == number).map(|(_, predicate)| predicate);
            borrowed.rule(config, own)
        })
        .collect();
    let none = Rule::new(&[]);
    let (first, more) = rules.split_first().unwrap_or((&none, &[]));
    let settings = Settings {
        preflight_status: config.preflight_status.unwrap_or(Settings::DEFAULT.preflight_status),
        refused_preflight_status: config.refused_preflight_status.unwrap_or(Settings::DEFAULT.refused_preflight_status),
        disclosure: config.disclosure.unwrap_or_default(),
        private_network: config.private_network.unwrap_or_default(),
        enforcement: config.enforcement.unwrap_or_default(),
        upstream: config.upstream.unwrap_or_default(),
        ..Settings::DEFAULT
    };
    let stray = predicate.filter(|(number, _)| *number >= rules.len()).map(|(rule, _)| ConfigError {
        rule,
        field: Field::Predicate,
        index: 0,
        value: "",
        reason: ConfigReason::NoSuchRule,
    });
    ConfigErrors::of(&mut Mistakes::new(settings, *first, more).chain(stray), &config.mistakes())?;
    Ok(OwnedPolicy::from_rules(first, more, settings.computed(first, more, FUNCTIONS)))
}

impl OwnedPolicy {
    /// The configuration that builds this policy again, to show it, to store it, or to change it.
    ///
    /// Fields with their default are left out. Lists have their elements as they were given. A predicate is code, so it is left
    /// out, too.
    ///
    /// ```
    /// use fetch_cors::server::PolicyConfig;
    ///
    /// let config = PolicyConfig::new(["https://app.example"]).methods(["PUT"]).credentials();
    /// let policy = config.build()?;
    /// assert_eq!(policy.config(), config);
    /// # Ok::<(), fetch_cors::server::ConfigErrors>(())
    /// ```
    pub fn config(&self) -> PolicyConfig {
        let settings = self.settings();
        let mut rules: Vec<RuleConfig> = self
            .rules()
            .enumerate()
            .map(|(number, rule)| RuleConfig {
                external_lookup: (settings.external_lookup == Some(number)).then_some(ExternalLookup::Yes),
                ..RuleConfig::of(&rule.as_rule())
            })
            .collect();
        let mut add = |number: usize, pattern: OriginPattern<'_>| {
            if let Some(rule) = rules.get_mut(number) {
                let config =
                    pattern.dangers().fold(PatternConfig::new(pattern.as_str()), PatternConfig::dangerously_allow);
                rule.origins.get_or_insert_default().push(config);
            }
        };
        match self.patterns() {
            Patterns::Indexed(indexed) => {
                for (number, pattern) in indexed.patterns.patterns() {
                    add(number, pattern);
                }
            }
            Patterns::Listed(listed) => {
                for (number, rule) in listed.patterns.rules().enumerate() {
                    rule.origins.iter().for_each(|pattern| add(number, *pattern));
                }
            }
        }
        let mut rules = rules.into_iter();
        let first = rules.next().unwrap_or_default();
        let default = Settings::DEFAULT;
        PolicyConfig {
            first,
            rules: given(rules.collect()),
            preflight_status: unless(default.preflight_status, settings.preflight_status),
            refused_preflight_status: unless(default.refused_preflight_status, settings.refused_preflight_status),
            disclosure: unless(default.disclosure, settings.disclosure),
            private_network: unless(default.private_network, settings.private_network),
            enforcement: unless(default.enforcement, settings.enforcement),
            upstream: unless(default.upstream, settings.upstream),
            mistakes: Vec::new(),
        }
    }
}

impl RuleConfig {
    /// The configuration of a rule, without its origins and its external look-up.
    fn of(rule: &Rule<'_>) -> Self {
        RuleConfig {
            origins: None,
            external_lookup: None,
            methods: given(rule.allowed_methods().map(String::from).collect()),
            request_headers: given(rule.allowed_request_headers().map(String::from).collect()),
            exposed_headers: given(rule.exposed_header_names().map(String::from).collect()),
            expose_own_headers: unless(OwnExposed::No, rule.own_exposed),
            credentials: unless(Credentials::Omitted, rule.credentials),
            max_age: rule.max_age(),
            mistakes: Vec::new(),
        }
    }
}

fn given<T>(list: Vec<T>) -> Option<Vec<T>> {
    if list.is_empty() { None } else { Some(list) }
}

fn unless<T: Copy + PartialEq>(default: T, value: T) -> Option<T> {
    if value == default { None } else { Some(value) }
}
