//! Configurations, made of values of any type.

extern crate alloc;

use alloc::{string::String, vec::Vec};

use super::given::{Given, Map};
use crate::server::{
    ConfigReason, Credentials, Danger, Disclosure, Enforcement, Expected, ExternalLookup, Field, Meant, Mistake,
    OriginPattern, OwnExposed, PatternConfig, PolicyConfig, PrivateNetwork, RuleConfig, Upstream, UpstreamExposed,
    sorted_numbers,
};

/// The fields of a policy. Those of its first rule come first.
const POLICY_FIELDS: [Field; 15] = [
    Field::Origins,
    Field::ExternalLookup,
    Field::Methods,
    Field::RequestHeaders,
    Field::ExposedHeaders,
    Field::ExposeOwnHeaders,
    Field::Credentials,
    Field::MaxAge,
    Field::Rules,
    Field::PreflightStatus,
    Field::RefusedPreflightStatus,
    Field::Disclosure,
    Field::PrivateNetwork,
    Field::Enforcement,
    Field::Upstream,
];

/// The fields of a rule.
const RULE_FIELDS: &[Field] = POLICY_FIELDS.split_at(8).0;
const _: () = assert!(matches!(POLICY_FIELDS.split_at(RULE_FIELDS.len()).1, [Field::Rules, ..]));

const PATTERN_FIELDS: [&str; 2] = ["pattern", "dangerously_allow"];

/// Words that people write for `true` and for `false`.
const TRUE_WORDS: [&str; 6] = ["true", "yes", "on", "1", "y", "enabled"];
const FALSE_WORDS: [&str; 7] = ["false", "no", "off", "0", "n", "disabled", "none"];

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
                match find_field(&name, &POLICY_FIELDS) {
                    Some(own) => self.add(own, 0, alloc::format!("{value}"), ConfigReason::RepeatedField),
                    None => self.add(field, index, name, ConfigReason::RepeatedField),
                }
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

    /// The elements of a list. One that is not a text keeps its place, as an empty text, so that the numbers of the others are
    /// right.
    fn texts(&mut self, field: Field, value: Given) -> Option<Vec<String>> {
        let mut texts = Vec::new();
        for (index, element) in self.list(field, value)?.into_iter().enumerate() {
            texts.push(match element {
                Given::Text(text) => text,
                other => {
                    self.wrong(field, index, &other, Expected::Text, None);
                    String::new()
                }
            });
        }
        Some(texts)
    }

    /// The patterns of a list. One without a text keeps its place, as in [`Reader::texts`].
    fn patterns(&mut self, value: Given) -> Option<Vec<PatternConfig>> {
        let mut patterns = Vec::new();
        for (index, element) in self.list(Field::Origins, value)?.into_iter().enumerate() {
            patterns.push(self.pattern(index, element).unwrap_or_else(|| PatternConfig::new("")));
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
                ("dangerously_allow", value) => dangers = Some(value),
                _ => self.unknown(Field::Origins, index, name, &PATTERN_FIELDS),
            }
        }
        if pattern.is_none() {
            self.add(Field::Origins, index, shown.clone(), ConfigReason::MissingPattern);
        }
        let text = pattern.as_ref().and_then(|pattern| pattern.as_ref()).map_or("", |pattern| pattern.pattern.as_str());
        let own = OriginPattern::new(text).missing_danger(Credentials::Allowed, 0);
        if dangers.is_none() {
            self.add(Field::Origins, index, shown, ConfigReason::MissingDangers);
        }
        let dangers = dangers.map_or_else(Vec::new, |dangers| self.dangers(index, dangers, own));
        pattern?.map(|pattern| dangers.into_iter().fold(pattern, PatternConfig::dangerously_allow))
    }

    /// The dangers of a list. For a name that is none of them, the pattern's `own` danger was probably meant.
    fn dangers(&mut self, index: usize, value: Given, own: Option<Danger>) -> Vec<Danger> {
        let mut dangers = Vec::new();
        for element in self.list(Field::Origins, value).unwrap_or_default() {
            let code = if let Given::Text(text) = &element { text.as_str() } else { "" };
            if let Some(known) = Danger::ALL.iter().find(|danger| danger.code() == code) {
                dangers.push(*known);
            } else {
                let meant = nearest(code, Danger::CODES).or(own.map(Danger::code)).map(Meant::Word);
                self.wrong(Field::Origins, index, &element, Expected::Danger, meant);
            }
        }
        dangers
    }

    fn boolean(&mut self, field: Field, value: &Given) -> Option<bool> {
        let meant = match value {
            Given::Boolean(boolean) => return Some(*boolean),
            Given::Text(text) => {
                let is = |words: &[&str]| words.iter().any(|word| word.eq_ignore_ascii_case(text.trim_ascii()));
                match (is(&TRUE_WORDS), is(&FALSE_WORDS)) {
                    (false, false) => None,
                    (is_true, _) => Some(Meant::Boolean(is_true)),
                }
            }
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
            Given::Text(text) => seconds(text),
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

    /// The index of the given word in `words`.
    fn word(&mut self, field: Field, value: &Given, expected: Expected, words: &[&'static str]) -> Option<usize> {
        let text = if let Given::Text(text) = value { text.as_str() } else { "" };
        let known = words.iter().position(|word| *word == text);
        if known.is_none() {
            self.wrong(field, 0, value, expected, nearest(text, words).map(Meant::Word));
        }
        known
    }

    /// Reads a field of a policy, or of its first rule.
    fn field(&mut self, policy: &mut PolicyConfig, field: Field, value: Given) {
        let rule = &mut policy.first;
        match field {
            Field::Origins => rule.origins = self.patterns(value),
            Field::ExternalLookup => {
                let asks = self.boolean(field, &value);
                rule.external_lookup = asks.map(|asks| if asks { ExternalLookup::Yes } else { ExternalLookup::No });
            }
            Field::Methods => rule.methods = self.texts(field, value),
            Field::RequestHeaders => rule.request_headers = self.texts(field, value),
            Field::ExposedHeaders => rule.exposed_headers = self.texts(field, value),
            Field::ExposeOwnHeaders => {
                let own = self.boolean(field, &value);
                rule.expose_own_headers = own.map(|own| if own { OwnExposed::Yes } else { OwnExposed::No });
            }
            Field::Credentials => {
                let allowed = self.boolean(field, &value);
                rule.credentials =
                    allowed.map(|allowed| if allowed { Credentials::Allowed } else { Credentials::Omitted });
            }
            Field::MaxAge => rule.max_age = self.number(field, &value, Expected::Seconds, u32::MAX),
            Field::Rules => policy.rules = self.rules(value),
            Field::PreflightStatus => policy.preflight_status = self.status(field, &value),
            Field::RefusedPreflightStatus => policy.refused_preflight_status = self.status(field, &value),
            Field::Disclosure => {
                let word = self.word(field, &value, Expected::Disclosure, &["full", "minimal"]);
                policy.disclosure = word.and_then(|word| [Disclosure::Full, Disclosure::Minimal].get(word).copied());
            }
            Field::PrivateNetwork => {
                let allowed = self.boolean(field, &value);
                policy.private_network =
                    allowed.map(|allowed| if allowed { PrivateNetwork::Allowed } else { PrivateNetwork::Refused });
            }
            Field::Enforcement => {
                let word = self.word(field, &value, Expected::Enforcement, &["browser", "server"]);
                policy.enforcement =
                    word.and_then(|word| [Enforcement::Browser, Enforcement::Server].get(word).copied());
            }
            Field::Upstream => {
                let word = self.word(field, &value, Expected::Upstream, &["replace", "merge-exposed", "keep"]);
                let upstream = [
                    Upstream::Replace(UpstreamExposed::Remove),
                    Upstream::Replace(UpstreamExposed::Merge),
                    Upstream::Keep,
                ];
                policy.upstream = word.and_then(|word| upstream.get(word).copied());
            }
            // Only code sets these, not a configuration.
            Field::Predicate | Field::Policy => {}
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

/// The number of a text such as `600`, or `600 s`.
fn seconds(text: &str) -> Option<i64> {
    let text = text.trim_ascii();
    text.strip_suffix('s').unwrap_or(text).trim_ascii_end().parse().ok()
}

fn find_field(name: &str, known: &[Field]) -> Option<Field> {
    known.iter().copied().find(|field| field.name() == name)
}

/// Reads a policy, or a rule as the first rule of a policy. It has the `known` fields. Mistakes report an unknown field
/// as `of`.
fn read(map: Map, of: Field, known: &[Field]) -> (PolicyConfig, Vec<Mistake>) {
    let (mut policy, mut reader) = (PolicyConfig::default(), Reader::default());
    for (name, value) in reader.fields(map, of, 0) {
        if let Some(field) = find_field(&name, known) {
            reader.field(&mut policy, field, value);
        } else if find_field(&name, &POLICY_FIELDS).is_some() {
            reader.add(of, 0, name, ConfigReason::FieldOfPolicy);
        } else {
            let names: Vec<&'static str> = known.iter().map(|field| field.name()).collect();
            reader.unknown(of, 0, name, &names);
        }
    }
    (policy, reader.0)
}

impl FromMap for RuleConfig {
    fn from_map(map: Map) -> Self {
        let (policy, mistakes) = read(map, Field::Rules, RULE_FIELDS);
        RuleConfig { mistakes, ..policy.first }
    }
}

impl FromMap for PolicyConfig {
    fn from_map(map: Map) -> Self {
        let (policy, mistakes) = read(map, Field::Policy, &POLICY_FIELDS);
        PolicyConfig { mistakes, ..policy }
    }
}

/// The known name that was probably meant: one that differs only in case, `-` and `_`, one that is a part of the name, or one
/// that differs in two bytes at most.
// OPTIMIZATION: known names are ASCII, so bytes are compared. Characters take 1 KB more of WebAssembly.
fn nearest(name: &str, known: &[&'static str]) -> Option<&'static str> {
    let plain = |name: &str| {
        let letters = name.bytes().filter(|byte| !matches!(byte, b'-' | b'_' | b' '));
        letters.map(|letter| letter.to_ascii_lowercase()).take(64).collect::<Vec<u8>>()
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
    let headers = || known.iter().find(|known| has(&given, b"header") && **known == "request_headers");
    // The longest known name says the most.
    known.iter().filter(found).max_by_key(|known| known.len()).copied().or_else(close).or_else(|| headers().copied())
}

/// Whether a text has a part, which is not empty.
// OPTIMIZATION: `str::contains` searches in two ways, which takes 5 KB of WebAssembly with its panics.
fn has(text: &[u8], part: &[u8]) -> bool {
    text.windows(part.len().max(1)).any(|window| window == part)
}

/// The Levenshtein distance.
fn distance(left: &[u8], right: &[u8]) -> usize {
    let mut row: Vec<usize> = (0..=right.len()).collect();
    for (number, left) in left.iter().enumerate() {
        let mut diagonal = number;
        let mut before = number + 1;
        if let Some(first) = row.first_mut() {
            *first = before;
        }
        for (slot, right) in row.iter_mut().skip(1).zip(right) {
            let changed = diagonal + usize::from(left != right);
            diagonal = *slot;
            before = changed.min(*slot + 1).min(before + 1);
            *slot = before;
        }
    }
    row.last().copied().unwrap_or_default()
}
