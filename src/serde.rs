//! The form in which policies stand in JSON, and in whatever else serde reads. It is stable.

extern crate alloc;

use alloc::{string::String, vec::Vec};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::server::{
    Credentials, Danger, Disclosure, Enforcement, LookUp, OwnExposed, PatternConfig, PolicyConfig, PrivateNetwork,
    RuleConfig, Upstream, UpstreamExposed,
};

/// Writes a struct of optional fields, which are left out where they are not given.
macro_rules! form {
    ($name:ident { $($field:ident: $type:ty,)* }) => {
        #[derive(Deserialize, Serialize)]
        #[serde(deny_unknown_fields)]
        struct $name {
            $(
                #[serde(default, skip_serializing_if = "Option::is_none")]
                $field: Option<$type>,
            )*
        }
    };
}

form! {
    PolicyForm {
        origins: Origins,
        ask_caller: bool,
        methods: Names,
        request_headers: Names,
        exposed_headers: Names,
        expose_own_headers: bool,
        credentials: bool,
        max_age: u32,
        rules: Vec<RuleConfig>,
        preflight_status: u16,
        refused_preflight_status: u16,
        disclosure: DisclosureForm,
        private_network: bool,
        enforcement: EnforcementForm,
        upstream: UpstreamForm,
    }
}

form! {
    RuleForm {
        origins: Origins,
        ask_caller: bool,
        methods: Names,
        request_headers: Names,
        exposed_headers: Names,
        expose_own_headers: bool,
        credentials: bool,
        max_age: u32,
    }
}

/// A list of names, or a single one.
#[derive(Deserialize, Serialize)]
#[serde(untagged)]
enum Names {
    One(String),
    Many(Vec<String>),
}

impl From<Names> for Vec<String> {
    fn from(names: Names) -> Self {
        match names {
            Names::One(name) => alloc::vec![name],
            Names::Many(names) => names,
        }
    }
}

#[derive(Deserialize, Serialize)]
#[serde(untagged)]
enum Origins {
    One(Pattern),
    Many(Vec<Pattern>),
}

/// A pattern, or one with the dangers that it spells out.
#[derive(Deserialize, Serialize)]
#[serde(untagged)]
enum Pattern {
    Plain(String),
    Despite(PatternForm),
}

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct PatternForm {
    pattern: String,
    despite: Vec<DangerForm>,
}

/// Writes a fieldless enum whose variants are words, and its conversions.
macro_rules! words {
    ($name:ident = $type:ty { $($variant:ident = $value:pat => $back:expr,)* }) => {
        #[derive(Deserialize, Serialize)]
        #[serde(rename_all = "kebab-case")]
        enum $name { $($variant,)* }

        impl From<$name> for $type {
            fn from(word: $name) -> Self {
                match word { $($name::$variant => $back,)* }
            }
        }

        impl From<$type> for $name {
            fn from(value: $type) -> Self {
                match value { $($value => $name::$variant,)* }
            }
        }
    };
}

words! {
    DangerForm = Danger {
        OpaqueOrigin = Danger::OpaqueOrigin => Danger::OpaqueOrigin,
        InsecureScheme = Danger::InsecureScheme => Danger::InsecureScheme,
        AnyOrigin = Danger::AnyOrigin => Danger::AnyOrigin,
        PublicSuffix = Danger::PublicSuffix => Danger::PublicSuffix,
    }
}

words! {
    DisclosureForm = Disclosure {
        Full = Disclosure::Full => Disclosure::Full,
        Minimal = Disclosure::Minimal => Disclosure::Minimal,
    }
}

words! {
    EnforcementForm = Enforcement {
        Browser = Enforcement::Browser => Enforcement::Browser,
        Server = Enforcement::Server => Enforcement::Server,
    }
}

words! {
    UpstreamForm = Upstream {
        Keep = Upstream::Keep => Upstream::Keep,
        Replace = Upstream::Replace(UpstreamExposed::Remove) => Upstream::Replace(UpstreamExposed::Remove),
        MergeExposed = Upstream::Replace(UpstreamExposed::Merge) => Upstream::Replace(UpstreamExposed::Merge),
    }
}

/// Writes the conversion between a `bool` of the form and an enum of the configuration.
macro_rules! switch {
    ($form:expr, $on:path, $off:path) => {
        $form.map(|on| if on { $on } else { $off })
    };
}

/// Takes the fields that policies and rules share.
macro_rules! rule_of {
    ($form:ident) => {
        RuleConfig {
            origins: $form.origins.map(|origins| match origins {
                Origins::One(pattern) => alloc::vec![pattern.into()],
                Origins::Many(patterns) => patterns.into_iter().map(Into::into).collect(),
            }),
            ask_caller: switch!($form.ask_caller, LookUp::Asked, LookUp::Never),
            methods: $form.methods.map(Into::into),
            request_headers: $form.request_headers.map(Into::into),
            exposed_headers: $form.exposed_headers.map(Into::into),
            expose_own_headers: switch!($form.expose_own_headers, OwnExposed::Yes, OwnExposed::No),
            credentials: switch!($form.credentials, Credentials::Allowed, Credentials::Omitted),
            max_age: $form.max_age,
        }
    };
}

impl From<Pattern> for PatternConfig {
    fn from(pattern: Pattern) -> Self {
        match pattern {
            Pattern::Plain(pattern) => PatternConfig::new(pattern),
            Pattern::Despite(form) => form
                .despite
                .into_iter()
                .fold(PatternConfig::new(form.pattern), |pattern, danger| pattern.despite(danger.into())),
        }
    }
}

impl From<PatternConfig> for Pattern {
    fn from(config: PatternConfig) -> Self {
        if config.despite.is_empty() {
            return Pattern::Plain(config.pattern);
        }
        let despite = config.despite.into_iter().map(Into::into).collect();
        Pattern::Despite(PatternForm { pattern: config.pattern, despite })
    }
}

impl From<RuleForm> for RuleConfig {
    fn from(form: RuleForm) -> Self {
        rule_of!(form)
    }
}

impl From<RuleConfig> for RuleForm {
    fn from(config: RuleConfig) -> Self {
        RuleForm {
            origins: config.origins.map(|patterns| Origins::Many(patterns.into_iter().map(Into::into).collect())),
            ask_caller: config.ask_caller.map(|look_up| look_up == LookUp::Asked),
            methods: config.methods.map(Names::Many),
            request_headers: config.request_headers.map(Names::Many),
            exposed_headers: config.exposed_headers.map(Names::Many),
            expose_own_headers: config.expose_own_headers.map(|exposed| exposed == OwnExposed::Yes),
            credentials: config.credentials.map(|credentials| credentials == Credentials::Allowed),
            max_age: config.max_age,
        }
    }
}

impl From<PolicyForm> for PolicyConfig {
    fn from(form: PolicyForm) -> Self {
        PolicyConfig {
            first: rule_of!(form),
            rules: form.rules,
            preflight_status: form.preflight_status,
            refused_preflight_status: form.refused_preflight_status,
            disclosure: form.disclosure.map(Into::into),
            private_network: switch!(form.private_network, PrivateNetwork::Allowed, PrivateNetwork::Refused),
            enforcement: form.enforcement.map(Into::into),
            upstream: form.upstream.map(Into::into),
        }
    }
}

impl From<PolicyConfig> for PolicyForm {
    fn from(config: PolicyConfig) -> Self {
        let first = RuleForm::from(config.first);
        PolicyForm {
            origins: first.origins,
            ask_caller: first.ask_caller,
            methods: first.methods,
            request_headers: first.request_headers,
            exposed_headers: first.exposed_headers,
            expose_own_headers: first.expose_own_headers,
            credentials: first.credentials,
            max_age: first.max_age,
            rules: config.rules,
            preflight_status: config.preflight_status,
            refused_preflight_status: config.refused_preflight_status,
            disclosure: config.disclosure.map(Into::into),
            private_network: config.private_network.map(|network| network == PrivateNetwork::Allowed),
            enforcement: config.enforcement.map(Into::into),
            upstream: config.upstream.map(Into::into),
        }
    }
}

/// Writes both directions by way of the form.
macro_rules! by_form {
    ($($type:ty = $form:ty;)*) => {
        $(
            impl<'de> Deserialize<'de> for $type {
                fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                    <$form>::deserialize(deserializer).map(Into::into)
                }
            }

            impl Serialize for $type {
                fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                    <$form>::from(self.clone()).serialize(serializer)
                }
            }
        )*
    };
}

by_form! {
    PolicyConfig = PolicyForm;
    RuleConfig = RuleForm;
}
