//! The form in which policies stand in JSON, and in whatever else serde reads. It is stable.

extern crate alloc;

use alloc::{string::String, vec::Vec};
use core::{fmt, marker::PhantomData};

use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{
        self, IntoDeserializer, MapAccess, SeqAccess, Visitor,
        value::{MapAccessDeserializer, SeqAccessDeserializer},
    },
};

use crate::server::{
    Credentials, Danger, Disclosure, Enforcement, ExternalLookup, OwnExposed, PatternConfig, PolicyConfig,
    PrivateNetwork, RuleConfig, Upstream, UpstreamExposed,
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
    PolicyJson {
        origins: List<Pattern>,
        external_lookup: bool,
        methods: List<String>,
        request_headers: List<String>,
        exposed_headers: List<String>,
        expose_own_headers: bool,
        credentials: bool,
        max_age: u32,
        rules: List<RuleConfig>,
        preflight_status: u16,
        refused_preflight_status: u16,
        disclosure: DisclosureForm,
        private_network: bool,
        enforcement: EnforcementForm,
        upstream: UpstreamForm,
    }
}

form! {
    RuleJson {
        origins: List<Pattern>,
        external_lookup: bool,
        methods: List<String>,
        request_headers: List<String>,
        exposed_headers: List<String>,
        expose_own_headers: bool,
        credentials: bool,
        max_age: u32,
    }
}

/// A list, or the one that it has, without brackets.
#[derive(Serialize)]
#[serde(transparent)]
struct List<T>(Vec<T>);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for List<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ListVisitor(PhantomData))
    }
}

struct ListVisitor<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for ListVisitor<T> {
    type Value = List<T>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a list, or what it has")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<List<T>, E> {
        T::deserialize(text.into_deserializer()).map(|one| List(alloc::vec![one]))
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<List<T>, A::Error> {
        T::deserialize(MapAccessDeserializer::new(map)).map(|one| List(alloc::vec![one]))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<List<T>, A::Error> {
        Vec::deserialize(SeqAccessDeserializer::new(list)).map(List)
    }
}

/// Reads a form from a map; derived code alone would take a list of its fields, too.
struct MapVisitor<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for MapVisitor<T> {
    type Value = T;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a map")
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<T, A::Error> {
        T::deserialize(MapAccessDeserializer::new(map))
    }
}

/// A pattern, or one with the dangers that it spells out.
#[derive(Serialize)]
#[serde(untagged)]
enum Pattern {
    Plain(String),
    Despite(PatternForm),
}

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct PatternForm {
    pattern: String,
    despite: List<DangerForm>,
}

impl<'de> Deserialize<'de> for Pattern {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(PatternVisitor)
    }
}

struct PatternVisitor;

impl<'de> Visitor<'de> for PatternVisitor {
    type Value = Pattern;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a pattern, or a map with `pattern` and `despite`")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Pattern, E> {
        Ok(Pattern::Plain(text.into()))
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Pattern, A::Error> {
        PatternForm::deserialize(MapAccessDeserializer::new(map)).map(Pattern::Despite)
    }
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
            origins: $form.origins.map(|list| list.0.into_iter().map(Into::into).collect()),
            external_lookup: switch!($form.external_lookup, ExternalLookup::Yes, ExternalLookup::No),
            methods: $form.methods.map(|list| list.0),
            request_headers: $form.request_headers.map(|list| list.0),
            exposed_headers: $form.exposed_headers.map(|list| list.0),
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
                .0
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
        let despite = List(config.despite.into_iter().map(Into::into).collect());
        Pattern::Despite(PatternForm { pattern: config.pattern, despite })
    }
}

impl From<RuleJson> for RuleConfig {
    fn from(form: RuleJson) -> Self {
        rule_of!(form)
    }
}

impl From<RuleConfig> for RuleJson {
    fn from(config: RuleConfig) -> Self {
        RuleJson {
            origins: config.origins.map(|patterns| List(patterns.into_iter().map(Into::into).collect())),
            external_lookup: config.external_lookup.map(|look_up| look_up == ExternalLookup::Yes),
            methods: config.methods.map(List),
            request_headers: config.request_headers.map(List),
            exposed_headers: config.exposed_headers.map(List),
            expose_own_headers: config.expose_own_headers.map(|exposed| exposed == OwnExposed::Yes),
            credentials: config.credentials.map(|credentials| credentials == Credentials::Allowed),
            max_age: config.max_age,
        }
    }
}

impl From<PolicyJson> for PolicyConfig {
    fn from(form: PolicyJson) -> Self {
        PolicyConfig {
            first: rule_of!(form),
            rules: form.rules.map(|list| list.0),
            preflight_status: form.preflight_status,
            refused_preflight_status: form.refused_preflight_status,
            disclosure: form.disclosure.map(Into::into),
            private_network: switch!(form.private_network, PrivateNetwork::Allowed, PrivateNetwork::Refused),
            enforcement: form.enforcement.map(Into::into),
            upstream: form.upstream.map(Into::into),
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
            rules: config.rules.map(List),
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
                    deserializer.deserialize_map(MapVisitor::<$form>(PhantomData)).map(Into::into)
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
    PolicyConfig = PolicyJson;
    RuleConfig = RuleJson;
}
