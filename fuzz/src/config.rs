//! Policies as text: one line for each setting, such as `origin https://app.example`.

use fetch_cors::server::{
    Danger, Disclosure, Enforcement, OriginPattern, PatternConfig, PolicyBuilder, PolicyConfig, PrivateNetwork, Rule,
    RuleConfig, Upstream, UpstreamExposed,
};

/// One rule, as plain data.
#[derive(Clone, Debug, Default)]
pub(crate) struct PlainRule<'a> {
    pub(crate) origins: Vec<(&'a str, Vec<Danger>)>,
    pub(crate) lists: [Vec<&'a str>; 3],
    pub(crate) external_lookup: bool,
    pub(crate) expose_own_headers: bool,
    pub(crate) credentials: bool,
    pub(crate) max_age: Option<u32>,
}

/// A policy, as plain data.
#[derive(Clone, Debug)]
pub(crate) struct Plain<'a> {
    pub(crate) rules: Vec<PlainRule<'a>>,
    preflight_status: u16,
    refused_preflight_status: u16,
    disclosure: Disclosure,
    private_network: PrivateNetwork,
    enforcement: Enforcement,
    pub(crate) upstream: Upstream,
}

const SETTINGS: [&str; 16] = [
    "origin",
    "dangerously-allow",
    "method",
    "request-header",
    "exposed-header",
    "credentials",
    "max-age",
    "external-lookup",
    "expose-own-headers",
    "rule",
    "preflight-status",
    "refused-preflight-status",
    "minimal",
    "private-network",
    "enforce",
    "upstream",
];

/// The setting of this name. An unknown name falls back to a known setting.
fn setting(name: &str) -> &'static str {
    let number = name.bytes().map(usize::from).sum::<usize>();
    SETTINGS.into_iter().find(|known| *known == name).unwrap_or(SETTINGS[number % SETTINGS.len()])
}

impl<'a> Plain<'a> {
    pub(crate) fn parse(text: &'a str) -> Self {
        let mut plain = Plain {
            rules: vec![PlainRule::default()],
            preflight_status: 204,
            refused_preflight_status: 403,
            disclosure: Disclosure::Full,
            private_network: PrivateNetwork::Refused,
            enforcement: Enforcement::Browser,
            upstream: Upstream::Replace(UpstreamExposed::Remove),
        };
        for line in text.lines() {
            let (name, value) = line.split_once(' ').unwrap_or((line, ""));
            plain.set(setting(name), value);
        }
        plain
    }

    fn set(&mut self, setting: &'static str, value: &'a str) {
        let number = value.parse().unwrap_or_default();
        let count = self.rules.len();
        let rule = &mut self.rules[count - 1];
        match setting {
            "origin" => rule.origins.push((value, Vec::new())),
            "dangerously-allow" => {
                if let Some((_, dangers)) = rule.origins.last_mut() {
                    dangers.extend(
                        Danger::ALL.iter().copied().filter(|danger| danger.code() == value || value.is_empty()),
                    );
                }
            }
            "method" => rule.lists[0].push(value),
            "request-header" => rule.lists[1].push(value),
            "exposed-header" => rule.lists[2].push(value),
            "credentials" => rule.credentials = true,
            "max-age" => rule.max_age = value.parse().ok(),
            "external-lookup" => rule.external_lookup = true,
            "expose-own-headers" => rule.expose_own_headers = true,
            "rule" => self.rules.push(PlainRule::default()),
            "preflight-status" => self.preflight_status = number,
            "refused-preflight-status" => self.refused_preflight_status = number,
            "minimal" => self.disclosure = Disclosure::Minimal,
            "private-network" => self.private_network = PrivateNetwork::Allowed,
            "enforce" => self.enforcement = Enforcement::Server,
            "upstream" if value == "keep" => self.upstream = Upstream::Keep,
            _ => self.upstream = Upstream::Replace(UpstreamExposed::Merge),
        }
    }

    /// The configuration of a policy that is built at run time.
    pub(crate) fn config(&self) -> PolicyConfig {
        let rules: Vec<RuleConfig> = self.rules.iter().map(PlainRule::config).collect();
        rules[1..]
            .iter()
            .fold(PolicyConfig::from(rules[0].clone()), |config, rule| config.rule(rule.clone()))
            .preflight_status(self.preflight_status)
            .refused_preflight_status(self.refused_preflight_status)
            .disclosure(self.disclosure)
            .private_network(self.private_network)
            .enforcement(self.enforcement)
            .upstream(self.upstream)
    }

    /// Calls `then` with a builder of a policy that borrows, if its lists can express the settings.
    pub(crate) fn with_builder(&self, then: impl FnOnce(PolicyBuilder<'_>)) {
        let lists: Vec<[String; 3]> =
            self.rules.iter().map(|rule| [0, 1, 2].map(|list| rule.lists[list].join(", "))).collect();
        let patterns: Vec<Vec<OriginPattern<'_>>> = self.rules.iter().map(PlainRule::patterns).collect();
        let rules: Vec<Rule<'_>> = self
            .rules
            .iter()
            .zip(&patterns)
            .zip(&lists)
            .map(|((rule, patterns), lists)| rule.rule(patterns, lists))
            .collect();
        if self.rules.iter().flat_map(|rule| rule.lists.iter().flatten()).all(|name| is_list_element(name)) {
            then(
                PolicyBuilder::new(rules[0])
                    .rules(&rules[1..])
                    .preflight_status(self.preflight_status)
                    .refused_preflight_status(self.refused_preflight_status)
                    .disclosure(self.disclosure)
                    .private_network(self.private_network)
                    .enforcement(self.enforcement)
                    .upstream(self.upstream),
            );
        }
    }
}

/// Whether the name can be written as one element of a list.
fn is_list_element(name: &str) -> bool {
    !name.is_empty() && !name.contains(',') && name.trim() == name
}

impl<'a> PlainRule<'a> {
    fn patterns(&self) -> Vec<OriginPattern<'a>> {
        let dangerous = |(text, dangers): &(&'a str, Vec<Danger>)| {
            dangers.iter().copied().fold(OriginPattern::new(text), OriginPattern::dangerously_allow)
        };
        self.origins.iter().map(dangerous).collect()
    }

    fn rule<'r>(&self, patterns: &'r [OriginPattern<'r>], lists: &'r [String; 3]) -> Rule<'r> {
        let [methods, request_headers, exposed_headers] = lists;
        let mut rule =
            Rule::new(patterns).methods(methods).request_headers(request_headers).exposed_headers(exposed_headers);
        rule = if self.external_lookup { rule.external_lookup() } else { rule };
        rule = if self.expose_own_headers { rule.expose_own_headers() } else { rule };
        rule = if self.credentials { rule.credentials() } else { rule };
        self.max_age.map_or(rule, |seconds| rule.max_age_seconds(seconds))
    }

    fn config(&self) -> RuleConfig {
        let [methods, request_headers, exposed_headers] = self.lists.clone();
        let dangerous = |(text, dangers): &(&'a str, Vec<Danger>)| {
            dangers.iter().copied().fold(PatternConfig::new(*text), PatternConfig::dangerously_allow)
        };
        let mut rule = RuleConfig::new(self.origins.iter().map(dangerous))
            .methods(methods)
            .request_headers(request_headers)
            .exposed_headers(exposed_headers);
        rule = if self.external_lookup { rule.external_lookup() } else { rule };
        rule = if self.expose_own_headers { rule.expose_own_headers() } else { rule };
        rule = if self.credentials { rule.credentials() } else { rule };
        self.max_age.map_or(rule.clone(), |seconds| rule.max_age_seconds(seconds))
    }
}
