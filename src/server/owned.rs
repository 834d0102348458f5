//! Policies that own all they have, and find an origin among many at once.

extern crate alloc;

use alloc::{boxed::Box, string::String, vec::Vec};
use core::fmt;

use smallvec::SmallVec;
use unicase::UniCase;

use super::{
    answer::ResponseHeaders,
    ask::{Begin, begin},
    config::{ConfigError, ConfigErrors, ConfigReason, Field, Mistakes, PolicyConfig, RuleConfig},
    decide::{Decision, allows_origin, decide},
    form::{PolicyForm, PolicyRef, RuleForm},
    index::Index,
    names::{Extent, Names},
    pattern::OriginPattern,
    policy::Policy,
    repeats::{Compared, Repeats},
    rule::{Breadth, Credentials, List, LookUp, MaxAge, OriginPredicate, OwnExposed, Rule, Which},
    saved::{SavedHeaders, restore},
    settings::{Form, Settings},
    text::Text,
};
use crate::{
    grammar::const_bytes::as_text,
    header::{HeaderText, Headers},
};

/// A policy that is read at run time: checked, indexed, and ready for a hundred thousand origins.
///
/// It decides as [`Policy`] does, by the same code. It is made by [`PolicyConfig::build`], or of a `const` policy.
///
/// <https://fetch.spec.whatwg.org/#http-responses>
#[derive(Debug)]
pub struct OwnedPolicy {
    rules: Box<[OwnedRule]>,
    index: Index,
    settings: Settings,
    static_origin: Option<Text>,
}

pub(super) struct OwnedRule {
    breadth: Breadth,
    credentials: Credentials,
    methods: OwnedList,
    request_headers: OwnedList,
    exposed_headers: OwnedList,
    own_exposed: OwnExposed,
    max_age: Option<Text>,
    max_age_seconds: Option<u32>,
    predicate: Option<Box<dyn OriginPredicate>>,
}

#[derive(Debug)]
struct OwnedList {
    extent: Extent,
    text: Text,
    /// The list as it was given, for lints.
    given: Box<str>,
}

impl OwnedList {
    /// Methods, each once, in their order.
    fn methods(names: &Names<'_>) -> Self {
        let repeats = Repeats::new(names.elements, Compared::AsWritten);
        let kept = names.elements.iter().enumerate().filter(|(number, _)| !repeats.contains(*number));
        let kept: SmallVec<[&str; 8]> = kept.map(|(_, element)| as_text(element)).collect();
        OwnedList::new(names, &kept.join(", "))
    }

    /// Header names, each once, in lower case and in order.
    fn headers(names: &Names<'_>) -> Self {
        let elements = names.elements.iter().map(|element| UniCase::ascii(as_text(element)));
        let mut kept: SmallVec<[UniCase<&str>; 8]> = elements.collect();
        kept.sort_unstable();
        kept.dedup();
        let lowercase: SmallVec<[String; 8]> = kept.iter().map(|name| name.to_ascii_lowercase()).collect();
        OwnedList::new(names, &lowercase.join(", "))
    }

    fn new(names: &Names<'_>, text: &str) -> Self {
        let given: SmallVec<[&str; 8]> = names.elements.iter().map(as_text).collect();
        OwnedList { extent: names.extent, text: Text::new(text), given: Box::from(given.join(", ")) }
    }
}

impl OwnedRule {
    fn new(rule: &Rule<'_>, predicate: Option<Box<dyn OriginPredicate>>) -> Self {
        OwnedRule {
            breadth: rule.breadth,
            credentials: rule.credentials,
            methods: OwnedList::methods(&rule.methods),
            request_headers: OwnedList::headers(&rule.request_headers),
            exposed_headers: OwnedList::headers(&rule.exposed_headers),
            own_exposed: rule.own_exposed,
            max_age: rule.max_age.as_ref().map(|max_age| Text::new(as_text(max_age.as_bytes()))),
            max_age_seconds: rule.max_age.map(|max_age| max_age.seconds),
            predicate,
        }
    }

    /// The rule as lints see it, without its origins.
    pub(super) fn as_rule(&self) -> Rule<'_> {
        Rule {
            methods: Names::new(&self.methods.given),
            request_headers: Names::new(&self.request_headers.given),
            exposed_headers: Names::new(&self.exposed_headers.given),
            own_exposed: self.own_exposed,
            credentials: self.credentials,
            max_age: self.max_age_seconds.map(MaxAge::new),
            ..Rule::new(&[])
        }
    }
}

impl fmt::Debug for OwnedRule {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("OwnedRule")
            .field("credentials", &self.credentials)
            .field("methods", &self.methods.text)
            .field("request_headers", &self.request_headers.text)
            .field("exposed_headers", &self.exposed_headers.text)
            .field("max_age", &self.max_age_seconds)
            .finish_non_exhaustive()
    }
}

/// What a [`Rule`] borrows of its configuration, besides the configuration itself.
struct Borrowed<'a> {
    origins: Vec<OriginPattern<'a>>,
    methods: Vec<&'a str>,
    request_headers: Vec<&'a str>,
    exposed_headers: Vec<&'a str>,
}

impl<'a> Borrowed<'a> {
    fn new(config: &'a RuleConfig) -> Self {
        let list = |names: &'a Option<Vec<String>>| names.iter().flatten().map(String::as_str).collect();
        Borrowed {
            origins: config.origins.iter().flatten().map(super::PatternConfig::pattern).collect(),
            methods: list(&config.methods),
            request_headers: list(&config.request_headers),
            exposed_headers: list(&config.exposed_headers),
        }
    }

    fn rule(&'a self, config: &RuleConfig, predicate: Option<&'a dyn OriginPredicate>) -> Rule<'a> {
        Rule {
            predicate,
            look_up: config.ask_caller.unwrap_or(LookUp::Never),
            methods: Names::from_list(&self.methods, ""),
            request_headers: Names::from_list(&self.request_headers, ""),
            exposed_headers: Names::from_list(&self.exposed_headers, ""),
            own_exposed: config.expose_own_headers.unwrap_or(OwnExposed::No),
            credentials: config.credentials.unwrap_or(Credentials::Omitted),
            max_age: config.max_age.map(MaxAge::new),
            ..Rule::new(&self.origins)
        }
    }
}

impl OwnedPolicy {
    pub(super) fn from_config(
        config: &PolicyConfig,
        predicate: Option<(usize, Box<dyn OriginPredicate>)>,
    ) -> Result<Self, ConfigErrors> {
        let mut policy = Self::checked(config, predicate.as_ref())?;
        if let Some((number, predicate)) = predicate
            && let Some(rule) = policy.rules.get_mut(number)
        {
            rule.predicate = Some(predicate);
        }
        Ok(policy)
    }

    /// The policy, checked with its predicate, but without it.
    fn checked(
        config: &PolicyConfig,
        predicate: Option<&(usize, Box<dyn OriginPredicate>)>,
    ) -> Result<Self, ConfigErrors> {
        let configs = || core::iter::once(&config.first).chain(config.rules.iter().flatten());
        let borrowed: SmallVec<[Borrowed<'_>; 1]> = configs().map(Borrowed::new).collect();
        let rules: SmallVec<[Rule<'_>; 1]> = configs()
            .zip(&borrowed)
            .enumerate()
            .map(|(number, (config, borrowed))| {
                let own = predicate.filter(|(rule, _)| *rule == number).map(|(_, predicate)| &**predicate);
                borrowed.rule(config, own)
            })
            .collect();
        let none = Rule::new(&[]);
        let (first, more) = rules.split_first().unwrap_or((&none, &[]));
        let settings = Settings {
            preflight_status: config.preflight_status.unwrap_or(Settings::DEFAULT.preflight_status),
            refused_preflight_status: config
                .refused_preflight_status
                .unwrap_or(Settings::DEFAULT.refused_preflight_status),
            disclosure: config.disclosure.unwrap_or_default(),
            private_network: config.private_network.unwrap_or_default(),
            enforcement: config.enforcement.unwrap_or_default(),
            upstream: config.upstream.unwrap_or_default(),
            ..Settings::DEFAULT
        };
        let stray = predicate.filter(|(number, _)| *number >= rules.len()).map(|(number, _)| ConfigError {
            rule: *number,
            field: Field::Predicate,
            index: 0,
            value: "",
            reason: ConfigReason::NoSuchRule,
        });
        ConfigErrors::of(Mistakes::new(settings, *first, more).chain(stray), || config.mistakes())?;
        Ok(OwnedPolicy::from_rules(first, more, settings.computed(first, more)))
    }

    fn from_rules(first: &Rule<'_>, more: &[Rule<'_>], settings: Settings) -> Self {
        let rules = || core::iter::once(first).chain(more);
        let patterns = rules()
            .zip(0_u32..)
            .flat_map(|(rule, number)| rule.origins.iter().map(move |pattern| (number, rule.credentials, *pattern)));
        OwnedPolicy {
            rules: rules().map(|rule| OwnedRule::new(rule, None)).collect(),
            index: Index::new(patterns),
            settings,
            static_origin: match (settings.form(), first.origins) {
                (Form::Static, [pattern]) => Some(Text::new(pattern.as_str())),
                _ => None,
            },
        }
    }

    pub(super) fn settings(&self) -> &Settings {
        &self.settings
    }

    pub(super) fn rules(&self) -> impl Iterator<Item = &OwnedRule> + Clone {
        self.rules.iter()
    }

    pub(super) fn index(&self) -> &Index {
        &self.index
    }

    /// See [`Policy::form`].
    pub fn form(&self) -> Form {
        self.settings.form()
    }

    /// See [`Policy::decide`].
    #[inline(always)]
    pub fn decide<'a>(&'a self, method: &str, headers: Headers<'a>) -> Decision<'a> {
        decide(self, method, headers)
    }

    /// See [`Policy::begin`].
    pub fn begin<'a>(&'a self, method: &str, headers: Headers<'a>) -> Begin<'a> {
        begin(self, method, headers)
    }

    /// See [`Policy::restore`].
    pub fn restore<'a>(&'a self, saved: &'a SavedHeaders) -> ResponseHeaders<'a> {
        restore(self, saved)
    }

    /// See [`Policy::allows_origin`].
    pub fn allows_origin(&self, origin: &[u8]) -> bool {
        allows_origin(self, origin)
    }
}

impl PolicyForm for OwnedPolicy {
    type Rule = OwnedRule;

    #[inline]
    fn as_ref(&self) -> PolicyRef<'_> {
        PolicyRef::Owned(self)
    }

    #[inline]
    fn settings(&self) -> &Settings {
        &self.settings
    }

    #[inline]
    fn rule(&self, number: usize) -> Option<&OwnedRule> {
        self.rules.get(number)
    }

    #[inline(always)]
    fn find(&self, origin: &[u8]) -> Option<usize> {
        self.index.find(origin)
    }

    #[inline]
    fn static_origin(&self) -> Option<HeaderText<'_>> {
        self.static_origin.as_ref().map(Text::header_text)
    }
}

impl RuleForm for OwnedRule {
    #[inline]
    fn credentials(&self) -> Credentials {
        self.credentials
    }

    #[inline]
    fn own_exposed(&self) -> OwnExposed {
        self.own_exposed
    }

    #[inline]
    fn list(&self, which: Which) -> List<'_> {
        let list = match which {
            Which::Methods => &self.methods,
            Which::RequestHeaders => &self.request_headers,
            Which::ExposedHeaders => &self.exposed_headers,
        };
        List { extent: list.extent, text: list.text.header_text() }
    }

    #[inline]
    fn max_age(&self) -> Option<HeaderText<'_>> {
        self.max_age.as_ref().map(Text::header_text)
    }

    #[inline]
    fn sends_wildcard(&self) -> bool {
        self.breadth == Breadth::All && self.credentials == Credentials::Omitted
    }

    #[inline]
    fn predicate(&self) -> Option<&dyn OriginPredicate> {
        self.predicate.as_deref()
    }
}

/// Lends a predicate that lives for ever.
struct Lent(&'static dyn OriginPredicate);

impl OriginPredicate for Lent {
    fn allows(&self, origin: &str, request: Headers<'_>) -> bool {
        self.0.allows(origin, request)
    }

    fn reads(&self) -> &'static [crate::header::HeaderName<'static>] {
        self.0.reads()
    }
}

/// The same policy, indexed, with its values ready for header maps.
impl From<&Policy<'static>> for OwnedPolicy {
    fn from(policy: &Policy<'static>) -> Self {
        let mut owned = OwnedPolicy::from_rules(&policy.first, policy.more, policy.settings);
        for (own, rule) in owned.rules.iter_mut().zip(policy.rules()) {
            own.predicate = rule.predicate.map(|predicate| Box::new(Lent(predicate)) as Box<dyn OriginPredicate>);
        }
        owned
    }
}
