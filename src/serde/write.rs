//! Configurations as they are written.

extern crate alloc;

use alloc::{string::String, vec::Vec};

use serde::Serialize;

use crate::server::{
    Credentials, Danger, Disclosure, Enforcement, ExternalLookup, OwnExposed, PatternConfig, PolicyConfig,
    PrivateNetwork, RuleConfig, Upstream, UpstreamExposed,
};

/// Writes a struct of optional fields, which are left out where they are not given.
macro_rules! json {
    ($name:ident { $($field:ident: $type:ty,)* }) => {
        #[derive(Serialize)]
        pub(super) struct $name {
            $(
                #[serde(skip_serializing_if = "Option::is_none")]
                $field: Option<$type>,
            )*
        }
    };
}

json! {
    PolicyJson {
        origins: Vec<PatternJson>,
        external_lookup: bool,
        methods: Vec<String>,
        request_headers: Vec<String>,
        exposed_headers: Vec<String>,
        expose_own_headers: bool,
        credentials: bool,
        max_age: u32,
        rules: Vec<RuleConfig>,
        preflight_status: u16,
        refused_preflight_status: u16,
        disclosure: &'static str,
        private_network: bool,
        enforcement: &'static str,
        upstream: &'static str,
    }
}

json! {
    RuleJson {
        origins: Vec<PatternJson>,
        external_lookup: bool,
        methods: Vec<String>,
        request_headers: Vec<String>,
        exposed_headers: Vec<String>,
        expose_own_headers: bool,
        credentials: bool,
        max_age: u32,
    }
}

/// A pattern, or one with the dangers that it spells out.
#[derive(Serialize)]
#[serde(untagged)]
pub(super) enum PatternJson {
    Plain(String),
    Dangerous(DangerousPatternJson),
}

#[derive(Serialize)]
pub(super) struct DangerousPatternJson {
    pattern: String,
    dangerously_allow: Vec<&'static str>,
}

impl From<PatternConfig> for PatternJson {
    fn from(config: PatternConfig) -> Self {
        if config.dangers.is_empty() {
            return PatternJson::Plain(config.pattern);
        }
        let dangerously_allow = config.dangers.into_iter().map(Danger::code).collect();
        PatternJson::Dangerous(DangerousPatternJson { pattern: config.pattern, dangerously_allow })
    }
}

impl From<RuleConfig> for RuleJson {
    fn from(config: RuleConfig) -> Self {
        RuleJson {
            origins: config.origins.map(|patterns| patterns.into_iter().map(Into::into).collect()),
            external_lookup: config.external_lookup.map(|look_up| look_up == ExternalLookup::Yes),
            methods: config.methods,
            request_headers: config.request_headers,
            exposed_headers: config.exposed_headers,
            expose_own_headers: config.expose_own_headers.map(|exposed| exposed == OwnExposed::Yes),
            credentials: config.credentials.map(|credentials| credentials == Credentials::Allowed),
            max_age: config.max_age,
        }
    }
}

impl From<PolicyConfig> for PolicyJson {
    fn from(config: PolicyConfig) -> Self {
        let first = RuleJson::from(config.first);
        PolicyJson {
            origins: first.origins,
            external_lookup: first.external_lookup,
            methods: first.methods,
            request_headers: first.request_headers,
            exposed_headers: first.exposed_headers,
            expose_own_headers: first.expose_own_headers,
            credentials: first.credentials,
            max_age: first.max_age,
            rules: config.rules,
            preflight_status: config.preflight_status,
            refused_preflight_status: config.refused_preflight_status,
            disclosure: config.disclosure.map(|disclosure| match disclosure {
                Disclosure::Full => "full",
                Disclosure::Minimal => "minimal",
            }),
            private_network: config.private_network.map(|network| network == PrivateNetwork::Allowed),
            enforcement: config.enforcement.map(|enforcement| match enforcement {
                Enforcement::Browser => "browser",
                Enforcement::Server => "server",
            }),
            upstream: config.upstream.map(|upstream| match upstream {
                Upstream::Keep => "keep",
                Upstream::Replace(UpstreamExposed::Remove) => "replace",
                Upstream::Replace(UpstreamExposed::Merge) => "merge-exposed",
            }),
        }
    }
}
