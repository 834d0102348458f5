//! Configurations, made of values of any type.

extern crate alloc;

use alloc::{string::String, vec::Vec};

use super::given::{Given, Map};
use crate::server::{
    ConfigReason, Credentials, Danger, Disclosure, Enforcement, Expected, ExternalLookup, Field, Meant, Mistake,
    OwnExposed, PatternConfig, PolicyConfig, PrivateNetwork, RuleConfig, Upstream, UpstreamExposed, sorted_numbers,
};

const RULE_FIELDS: [&str; 8] = [
    "origins",
    "external_lookup",
    "methods",
    "request_headers",
    "exposed_headers",
    "expose_own_headers",
    "credentials",
    "max_age",
];

const POLICY_FIELDS: [&str; 7] = [
    "rules",
    "preflight_status",
    "refused_preflight_status",
    "disclosure",
    "private_network",
    "enforcement",
    "upstream",
];

const PATTERN_FIELDS: [&str; 2] = ["pattern", "dangerously_allow"];

/// The longest part of a value that a mistake repeats, in characters.
const VALUE_LIMIT: usize = 200;

pub(super) trait FromMap {
    fn from_map(map: Map) -> Self;
}

/// The mistakes found so far.
#[derive(Default)]
struct Reader(Vec<Mistake>);

impl Reader {
    fn add(&mut self, field: Field, index: usize, value: String, reason: ConfigReason) {
        let value = match value.char_indices().nth(VALUE_LIMIT) {
            Some((end, _)) => alloc::format!("{}...", value.get(..end).unwrap_or_default()),
            None => value,
        };
        self.0.push(Mistake { field, index, value, reason });
    }

    fn wrong(&mut self, field: Field, index: usize, value: &Given, expected: Expected, meant: Option<Meant>) {
        self.add(field, index, alloc::format!("{value}"), ConfigReason::WrongValue { expected, meant });
    }

    /// The fields that are given, each once.
    fn fields(&mut self, map: Map, field: Field, index: usize) -> Vec<(String, Given)> {
        let name = |number: usize| map.0.get(number).map_or("", |(name, _)| name);
        let sorted = sorted_numbers(map.0.len(), &|left, right| name(left).cmp(name(right)));
        let mut repeated = alloc::vec![false; map.0.len()];
        for pair in sorted.windows(2) {
            if let [before, number] = pair
                && let Some(repeated) = repeated.get_mut(*number)
            {
                *repeated = name(*before) == name(*number);
            }
        }
        let mut fields: Vec<(String, Given)> = Vec::new();
        for ((name, value), repeated) in map.0.into_iter().zip(repeated) {
            if repeated {
                let of_field = RULE_FIELDS_OF.iter().find(|(known, _)| *known == name);
                let (field, index) = of_field.map_or((field, index), |(_, own)| (*own, 0));
                let value = if of_field.is_some() { alloc::format!("{value}") } else { name };
                self.add(field, index, value, ConfigReason::RepeatedField);
            } else {
                fields.push((name, value));
            }
        }
        // A field that is null is not given.
        fields.retain(|(_, value)| *value != Given::Null);
        fields
    }

    fn unknown(&mut self, field: Field, index: usize, name: String, known: &[&'static str]) {
        let meant = nearest(&name, known);
        self.add(field, index, name, ConfigReason::UnknownField { meant });
    }

    /// The elements of a list; or the one that is given without brackets.
    fn list(&mut self, field: Field, value: Given) -> Option<Vec<Given>> {
        match value {
            Given::List(list) => Some(list),
            Given::Text(_) | Given::Map(_) => Some(alloc::vec![value]),
            other => {
                self.wrong(field, 0, &other, Expected::List, None);
                None
            }
        }
    }

    fn texts(&mut self, field: Field, value: Given) -> Option<Vec<String>> {
        let mut texts = Vec::new();
        for (index, element) in self.list(field, value)?.into_iter().enumerate() {
            match element {
                Given::Text(text) => texts.push(text),
                other => self.wrong(field, index, &other, Expected::Text, None),
            }
        }
        Some(texts)
    }

    fn patterns(&mut self, value: Given) -> Option<Vec<PatternConfig>> {
        let mut patterns = Vec::new();
        for (index, element) in self.list(Field::Origins, value)?.into_iter().enumerate() {
            if let Some(pattern) = self.pattern(index, element) {
                patterns.push(pattern);
            }
        }
        Some(patterns)
    }

    fn pattern(&mut self, index: usize, value: Given) -> Option<PatternConfig> {
        let map = match value {
            Given::Text(text) => return Some(PatternConfig::new(text)),
            Given::Map(map) => map,
            other => {
                self.wrong(Field::Origins, index, &other, Expected::Pattern, None);
                return None;
            }
        };
        let shown = alloc::format!("{}", Given::Map(map.clone()));
        let (mut pattern, mut dangers) = (None, None);
        for (name, value) in self.fields(map, Field::Origins, index) {
            match (name.as_str(), value) {
                ("pattern", Given::Text(text)) => pattern = Some(Some(PatternConfig::new(text))),
                ("pattern", other) => {
                    self.wrong(Field::Origins, index, &other, Expected::Text, None);
                    pattern = Some(None);
                }
                ("dangerously_allow", value) => dangers = Some(self.dangers(index, value)),
                _ => self.unknown(Field::Origins, index, name, &PATTERN_FIELDS),
            }
        }
        if pattern.is_none() {
            self.add(Field::Origins, index, shown.clone(), ConfigReason::MissingPattern);
        }
        if dangers.is_none() {
            self.add(Field::Origins, index, shown, ConfigReason::MissingDangers);
        }
        let dangers = dangers.unwrap_or_default();
        pattern?.map(|pattern| dangers.into_iter().fold(pattern, PatternConfig::dangerously_allow))
    }

    fn dangers(&mut self, index: usize, value: Given) -> Vec<Danger> {
        let mut dangers = Vec::new();
        for element in self.list(Field::Origins, value).unwrap_or_default() {
            let code = if let Given::Text(text) = &element { text.as_str() } else { "" };
            if let Some(known) = Danger::ALL.iter().find(|danger| danger.code() == code) {
                dangers.push(*known);
            } else {
                let meant = nearest(code, Danger::CODES).map(Meant::Word);
                self.wrong(Field::Origins, index, &element, Expected::Danger, meant);
            }
        }
        dangers
    }

    fn boolean(&mut self, field: Field, value: &Given) -> Option<bool> {
        let meant = match value {
            Given::Boolean(boolean) => return Some(*boolean),
            Given::Text(text) => match text.trim().to_ascii_lowercase().as_str() {
                "true" | "yes" | "on" | "1" | "y" | "enabled" => Some(Meant::Boolean(true)),
                "false" | "no" | "off" | "0" | "n" | "disabled" | "none" => Some(Meant::Boolean(false)),
                _ => None,
            },
            Given::Integer(1) => Some(Meant::Boolean(true)),
            Given::Integer(0) => Some(Meant::Boolean(false)),
            _ => None,
        };
        self.wrong(field, 0, value, Expected::Boolean, meant);
        None
    }

    fn number(&mut self, field: Field, value: &Given, expected: Expected, limit: u32) -> Option<u32> {
        let within = |number: i64| u32::try_from(number).ok().filter(|number| *number <= limit);
        let whole = match value {
            Given::Integer(number) => match within(*number) {
                Some(number) => return Some(number),
                None => None,
            },
            Given::Text(text) => text.trim().trim_end_matches('s').trim_end().parse::<i64>().ok(),
            Given::Decimal { whole, .. } => *whole,
            _ => None,
        };
        let meant = whole.and_then(within).map(Meant::Number);
        self.wrong(field, 0, value, expected, meant);
        None
    }

    fn status(&mut self, field: Field, value: &Given) -> Option<u16> {
        self.number(field, value, Expected::Status, u16::MAX.into()).and_then(|status| u16::try_from(status).ok())
    }

    /// The place among `words` of the one that is given.
    fn word(&mut self, field: Field, value: &Given, expected: Expected, words: &[&'static str]) -> Option<usize> {
        let text = if let Given::Text(text) = value { text.as_str() } else { "" };
        let known = words.iter().position(|word| *word == text);
        if known.is_none() {
            self.wrong(field, 0, value, expected, nearest(text, words).map(Meant::Word));
        }
        known
    }

    /// Reads a field that policies and rules share; gives it back if it is not one.
    fn rule_field(&mut self, rule: &mut RuleConfig, name: &str, value: Given) -> Result<(), Given> {
        match name {
            "origins" => rule.origins = self.patterns(value),
            "external_lookup" => {
                let asks = self.boolean(Field::ExternalLookup, &value);
                rule.external_lookup = asks.map(|asks| if asks { ExternalLookup::Yes } else { ExternalLookup::No });
            }
            "methods" => rule.methods = self.texts(Field::Methods, value),
            "request_headers" => rule.request_headers = self.texts(Field::RequestHeaders, value),
            "exposed_headers" => rule.exposed_headers = self.texts(Field::ExposedHeaders, value),
            "expose_own_headers" => {
                let own = self.boolean(Field::ExposeOwnHeaders, &value);
                rule.expose_own_headers = own.map(|own| if own { OwnExposed::Yes } else { OwnExposed::No });
            }
            "credentials" => {
                let allowed = self.boolean(Field::Credentials, &value);
                rule.credentials =
                    allowed.map(|allowed| if allowed { Credentials::Allowed } else { Credentials::Omitted });
            }
            "max_age" => rule.max_age = self.number(Field::MaxAge, &value, Expected::Seconds, u32::MAX),
            _ => return Err(value),
        }
        Ok(())
    }

    fn policy_field(&mut self, policy: &mut PolicyConfig, name: String, value: Given) {
        match name.as_str() {
            "rules" => policy.rules = self.rules(value),
            "preflight_status" => policy.preflight_status = self.status(Field::PreflightStatus, &value),
            "refused_preflight_status" => {
                policy.refused_preflight_status = self.status(Field::RefusedPreflightStatus, &value);
            }
            "disclosure" => {
                let word = self.word(Field::Disclosure, &value, Expected::Disclosure, &["full", "minimal"]);
                policy.disclosure = word.and_then(|word| [Disclosure::Full, Disclosure::Minimal].get(word).copied());
            }
            "private_network" => {
                let allowed = self.boolean(Field::PrivateNetwork, &value);
                policy.private_network =
                    allowed.map(|allowed| if allowed { PrivateNetwork::Allowed } else { PrivateNetwork::Refused });
            }
            "enforcement" => {
                let word = self.word(Field::Enforcement, &value, Expected::Enforcement, &["browser", "server"]);
                policy.enforcement =
                    word.and_then(|word| [Enforcement::Browser, Enforcement::Server].get(word).copied());
            }
            "upstream" => {
                let word =
                    self.word(Field::Upstream, &value, Expected::Upstream, &["replace", "merge-exposed", "keep"]);
                let upstream = [
                    Upstream::Replace(UpstreamExposed::Remove),
                    Upstream::Replace(UpstreamExposed::Merge),
                    Upstream::Keep,
                ];
                policy.upstream = word.and_then(|word| upstream.get(word).copied());
            }
            _ => self.unknown(Field::Policy, 0, name, &[&RULE_FIELDS[..], &POLICY_FIELDS].concat()),
        }
    }

    /// A rule that is not a map keeps its place, so that the numbers of the others are right.
    fn rules(&mut self, value: Given) -> Option<Vec<RuleConfig>> {
        let mut rules = Vec::new();
        for (index, element) in self.list(Field::Rules, value)?.into_iter().enumerate() {
            rules.push(match element {
                Given::Map(map) => RuleConfig::from_map(map),
                other => {
                    let mut reader = Reader::default();
                    reader.wrong(Field::Rules, index, &other, Expected::Map, None);
                    RuleConfig { mistakes: reader.0, ..RuleConfig::default() }
                }
            });
        }
        Some(rules)
    }
}

/// The fields by their names.
const RULE_FIELDS_OF: [(&str, Field); 15] = [
    ("origins", Field::Origins),
    ("external_lookup", Field::ExternalLookup),
    ("methods", Field::Methods),
    ("request_headers", Field::RequestHeaders),
    ("exposed_headers", Field::ExposedHeaders),
    ("expose_own_headers", Field::ExposeOwnHeaders),
    ("credentials", Field::Credentials),
    ("max_age", Field::MaxAge),
    ("rules", Field::Rules),
    ("preflight_status", Field::PreflightStatus),
    ("refused_preflight_status", Field::RefusedPreflightStatus),
    ("disclosure", Field::Disclosure),
    ("private_network", Field::PrivateNetwork),
    ("enforcement", Field::Enforcement),
    ("upstream", Field::Upstream),
];

impl FromMap for RuleConfig {
    fn from_map(map: Map) -> Self {
        let (mut rule, mut reader) = (RuleConfig::default(), Reader::default());
        for (name, value) in reader.fields(map, Field::Rules, 0) {
            if reader.rule_field(&mut rule, &name, value).is_err() {
                reader.unknown(Field::Rules, 0, name, &RULE_FIELDS);
            }
        }
        RuleConfig { mistakes: reader.0, ..rule }
    }
}

impl FromMap for PolicyConfig {
    fn from_map(map: Map) -> Self {
        let (mut policy, mut reader) = (PolicyConfig::default(), Reader::default());
        for (name, value) in reader.fields(map, Field::Policy, 0) {
            if let Err(value) = reader.rule_field(&mut policy.first, &name, value) {
                reader.policy_field(&mut policy, name, value);
            }
        }
        PolicyConfig { mistakes: reader.0, ..policy }
    }
}

/// The known name that was probably meant: one that differs only in case, `-` and `_`, one that is a part of the name, or one
/// that differs in two letters at most.
fn nearest(name: &str, known: &[&'static str]) -> Option<&'static str> {
    let plain = |name: &str| {
        let letters = name.chars().filter(|character| !matches!(character, '-' | '_' | ' '));
        letters.map(|letter| letter.to_ascii_lowercase()).take(64).collect::<String>()
    };
    let given = plain(name);
    let found = |known: &&&'static str| {
        let known = plain(known);
        known == given || has(&given, &known)
    };
    let close = || {
        let distances = known.iter().map(|known| (distance(&plain(known), &given), *known));
        distances.min_by_key(|(distance, _)| *distance).filter(|(distance, _)| *distance <= 2).map(|(_, known)| known)
    };
    let headers = || known.iter().find(|known| has(&given, "header") && **known == "request_headers");
    // The longest known name says the most.
    known.iter().filter(found).max_by_key(|known| known.len()).copied().or_else(close).or_else(|| headers().copied())
}

/// Whether a text has a part, which is not empty.
// OPTIMIZATION: `str::contains` searches in two ways, which takes 5 KB of WebAssembly with its panics.
fn has(text: &str, part: &str) -> bool {
    text.as_bytes().windows(part.len().max(1)).any(|window| window == part.as_bytes())
}

/// The Levenshtein distance.
fn distance(left: &str, right: &str) -> usize {
    let mut row: Vec<usize> = (0..=right.chars().count()).collect();
    for (number, left) in left.chars().enumerate() {
        let mut diagonal = number;
        let mut before = number + 1;
        if let Some(first) = row.first_mut() {
            *first = before;
        }
        for (slot, right) in row.iter_mut().skip(1).zip(right.chars()) {
            let changed = diagonal + usize::from(left != right);
            diagonal = *slot;
            before = changed.min(*slot + 1).min(before + 1);
            *slot = before;
        }
    }
    row.last().copied().unwrap_or_default()
}
