//! Changes of a server's answers to preflights, to measure what they would save.

use std::collections::{BTreeMap, BTreeSet};

/// The changes, if there are any.
#[derive(Clone, Debug, Default)]
pub struct Changes {
    /// For each origin, the headers and methods that its answers list in addition.
    pub listed: BTreeMap<String, Listed>,
    /// The least number of seconds for which answers are kept.
    pub max_age: Option<u32>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Listed {
    pub headers: BTreeSet<String>,
    pub methods: BTreeSet<String>,
}

const HEADERS: &str = "access-control-allow-headers";
const METHODS: &str = "access-control-allow-methods";
const MAX_AGE: &str = "access-control-max-age";

impl Changes {
    /// Changes the lines of an answer to a preflight.
    pub fn apply(&self, url: &str, lines: &mut Vec<(String, Vec<u8>)>) {
        if let Some(listed) = origin(url).and_then(|origin| self.listed.get(&origin)) {
            for (name, values) in [(HEADERS, &listed.headers), (METHODS, &listed.methods)] {
                if !values.is_empty() {
                    let values: Vec<&str> = values.iter().map(String::as_str).collect();
                    lines.push((name.into(), values.join(", ").into_bytes()));
                }
            }
        }
        if let Some(seconds) = self.max_age
            && max_age(lines).is_none_or(|own| own < seconds)
        {
            lines.retain(|(name, _)| !name.eq_ignore_ascii_case(MAX_AGE));
            lines.push((MAX_AGE.into(), seconds.to_string().into_bytes()));
        }
    }
}

/// The names or methods that an answer lists.
pub fn listed(lines: &[(String, Vec<u8>)], name: &str) -> BTreeSet<String> {
    let values = lines.iter().filter(|(own, _)| own.eq_ignore_ascii_case(name));
    let values = values.filter_map(|(_, value)| core::str::from_utf8(value).ok());
    values
        .flat_map(|value| value.split(','))
        .map(|value| value.trim().to_owned())
        .filter(|value| !value.is_empty())
        .collect()
}

/// The seconds for which an answer says it may be kept.
pub fn max_age(lines: &[(String, Vec<u8>)]) -> Option<u32> {
    let (_, value) = lines.iter().find(|(name, _)| name.eq_ignore_ascii_case(MAX_AGE))?;
    core::str::from_utf8(value).ok()?.trim().parse().ok()
}

pub fn origin(url: &str) -> Option<String> {
    Some(url::Url::parse(url).ok()?.origin().ascii_serialization())
}
