//! The index of an owned policy's origins: its cost does not grow with their number.
//!
//! OPTIMIZATION: the tables only propose patterns; whether one matches is told by [`OriginPattern::matches`], as in a policy
//! without an index. So what has to be shown is only that no matching pattern is left out.

extern crate alloc;

use alloc::boxed::Box;

use super::{
    dots::from_dots,
    pattern::{Dangers, Hosts, ORIGIN_LIMIT, OriginPattern, Ports, Prefilter, Shape, Tuple, is_origin},
    rule::Credentials,
    table::{Lengths, Table, hash, hash_of_ends},
};
use crate::grammar::const_bytes;

#[derive(Debug)]
pub(super) struct Index {
    patterns: Box<[Stored]>,
    /// Patterns that match one origin, by the whole of it.
    exact: Table,
    /// `*.` with a written port or none, by all that follows the `*`; and which lengths that has.
    suffixes: Table,
    suffix_lengths: Lengths,
    /// Any port, by all that precedes it, or by what of that follows the `*`; and which lengths that has.
    any_port: Table,
    any_port_lengths: Lengths,
    /// The numbers of the patterns with another wildcard, which are tried one by one.
    others: Box<[u32]>,
    /// The numbers of all patterns with a wildcard but `*`, if these are few.
    few_wildcards: Box<[u32]>,
    /// What origins of these look like; nothing if there is a `*`, which any origin looks like.
    looks: Box<[Prefilter]>,
    /// The lowest number of a rule with a pattern in one of the last two tables.
    lowest_wildcard: usize,
    /// The lowest number of a rule that sends `*`.
    lowest_any: usize,
    /// The lowest number of a rule with `*` and credentials.
    lowest_any_reflected: usize,
    /// The lowest of these.
    lowest_inexact: usize,
}

#[derive(Debug)]
struct Stored {
    text: Box<str>,
    shape: Shape,
    dangers: Dangers,
    rule: u32,
    credentials: Credentials,
}

impl Stored {
    /// Whether it is the text of this length that starts and ends so.
    #[inline(always)]
    fn is(&self, length: usize, first: &[u8; 16], last: &[u8; 16]) -> bool {
        let text = self.text.as_bytes();
        text.len() == length && text.first_chunk() == Some(first) && text.last_chunk() == Some(last)
    }

    /// Whether it stands for `origin`, if it stands in a table.
    #[inline(always)]
    fn matches(&self, origin: &[u8]) -> bool {
        match self.shape {
            Shape::Tuple(tuple) => tuple.matches(self.text.as_bytes(), origin),
            _ => false,
        }
    }

    fn pattern(&self) -> OriginPattern<'_> {
        OriginPattern::from_parts(&self.text, self.shape, self.dangers)
    }
}

impl Index {
    /// Indexes patterns, each with the number of its rule, the numbers ascending.
    pub(super) fn new<'a>(patterns: impl Iterator<Item = (u32, Credentials, OriginPattern<'a>)>) -> Self {
        let stored = patterns.map(|(rule, credentials, pattern)| Stored {
            text: Box::from(pattern.as_str()),
            shape: pattern.shape,
            dangers: pattern.dangers,
            rule,
            credentials,
        });
        let patterns: Box<[Stored]> = stored.collect();
        let count = |place: Place| patterns.iter().filter(|stored| Place::of(stored.shape) == place).count();
        let mut index = Index {
            exact: Table::new(count(Place::Exact)),
            suffixes: Table::new(count(Place::Suffix)),
            suffix_lengths: Lengths::default(),
            any_port: Table::new(count(Place::AnyPort)),
            any_port_lengths: Lengths::default(),
            others: patterns
                .iter()
                .zip(0..)
                .filter(|(s, _)| Place::of(s.shape) == Place::Other)
                .map(|(_, n)| n)
                .collect(),
            few_wildcards: few(&patterns),
            looks: Box::from([]),
            lowest_wildcard: usize::MAX,
            lowest_any: usize::MAX,
            lowest_any_reflected: usize::MAX,
            lowest_inexact: usize::MAX,
            patterns: Box::from([]),
        };
        for (number, stored) in patterns.iter().enumerate() {
            index.insert(number, stored);
        }
        index.lowest_inexact = index.lowest_wildcard.min(index.lowest_any).min(index.lowest_any_reflected);
        if index.lowest_any == usize::MAX && index.lowest_any_reflected == usize::MAX {
            let wildcards = index.few_wildcards.iter().filter_map(|number| patterns.get(*number as usize));
            index.looks = wildcards.map(|stored| stored.pattern().prefilter).collect();
        }
        index.patterns = patterns;
        index
    }

    fn insert(&mut self, number: usize, stored: &Stored) {
        let (pattern, rule) = (stored.pattern(), stored.rule as usize);
        match Place::of(stored.shape) {
            Place::Exact => self.exact.insert(hash(pattern.as_str().as_bytes()), number),
            Place::Suffix => {
                let suffix = pattern.after_wildcard();
                self.suffix_lengths.insert(suffix.len());
                self.suffixes.insert(hash(suffix), number);
                self.lowest_wildcard = self.lowest_wildcard.min(rule);
            }
            Place::AnyPort => {
                let key = before_port(pattern);
                self.any_port_lengths.insert(key.len());
                self.any_port.insert(hash(key), number);
                self.lowest_wildcard = self.lowest_wildcard.min(rule);
            }
            Place::Other => self.lowest_wildcard = self.lowest_wildcard.min(rule),
            Place::Any if stored.credentials == Credentials::Allowed => {
                self.lowest_any_reflected = self.lowest_any_reflected.min(rule);
            }
            Place::Any => self.lowest_any = self.lowest_any.min(rule),
            Place::Nowhere => {}
        }
    }

    /// The number of the first rule that lists `origin`.
    ///
    /// OPTIMIZATION: what most origins are, no shorter than 16 bytes and no longer than 32, is looked up without a loop and
    /// without a call.
    #[inline(always)]
    pub(super) fn find(&self, origin: &[u8]) -> Option<usize> {
        if !(16..=32).contains(&origin.len()) {
            return self.find_any_length(origin);
        }
        let (Some(first), Some(last)) = (origin.first_chunk(), origin.last_chunk()) else { return None };
        let exact = match self.exact.first(hash_of_ends(origin.len(), first, last)) {
            None => None,
            Some(number) => match self.patterns.get(number) {
                // Of equal patterns the one of the first rule comes first.
                Some(stored) if stored.is(origin.len(), first, last) => Some(stored.rule as usize),
                _ => return self.find_any_length(origin),
            },
        };
        self.find_beside(origin, exact)
    }

    #[inline(never)]
    fn find_any_length(&self, origin: &[u8]) -> Option<usize> {
        if origin.len() > ORIGIN_LIMIT {
            return (self.lowest_any != usize::MAX).then_some(self.lowest_any);
        }
        self.find_beside(origin, self.find_exact(origin))
    }

    /// The number of the first rule that lists `origin`, where the patterns for one origin each have come to the rule `exact`.
    #[inline(always)]
    fn find_beside(&self, origin: &[u8], exact: Option<usize>) -> Option<usize> {
        if self.lowest_inexact >= exact.unwrap_or(usize::MAX) {
            return exact;
        }
        let none_resembles = !self.looks.is_empty() && !self.looks.iter().any(|look| look.may_match(origin));
        if none_resembles { exact } else { self.find_inexact(origin, exact) }
    }

    /// The number of the first rule with a pattern for this origin alone.
    #[inline(never)]
    fn find_exact(&self, origin: &[u8]) -> Option<usize> {
        let stored = |number: usize| self.patterns.get(number).filter(|stored| stored.text.as_bytes() == origin);
        let number = self.exact.find(hash(origin), |number| stored(number).is_some())?;
        stored(number).map(|stored| stored.rule as usize)
    }

    /// The same, where a pattern with a wildcard may stand for the origin.
    #[inline(never)]
    fn find_inexact(&self, origin: &[u8], exact: Option<usize>) -> Option<usize> {
        let mut best = exact.unwrap_or(usize::MAX).min(self.lowest_any);
        if !self.few_wildcards.is_empty() {
            best = self.find_few(origin, best);
        } else if self.lowest_wildcard < best {
            best = self.find_many(origin, best);
        }
        if self.lowest_any_reflected < best && is_origin(origin) {
            best = self.lowest_any_reflected;
        }
        (best != usize::MAX).then_some(best)
    }

    /// The number of the first rule before `best` with one of the few wildcards for `origin`, or `best`.
    #[inline(always)]
    fn find_few(&self, origin: &[u8], best: usize) -> usize {
        let wildcards = self.few_wildcards.iter().filter_map(|number| self.patterns.get(*number as usize));
        // Their rules ascend.
        let mut earlier = wildcards.take_while(|stored| (stored.rule as usize) < best);
        let found = earlier.find(|stored| stored.matches(origin));
        found.map_or(best, |stored| stored.rule as usize)
    }

    /// The same of many wildcards.
    #[inline(never)]
    fn find_many(&self, origin: &[u8], mut best: usize) -> usize {
        self.candidates(origin, |stored| {
            if (stored.rule as usize) < best && stored.matches(origin) {
                best = stored.rule as usize;
            }
        });
        best
    }

    /// Visits all patterns with a wildcard that may match `origin`; or cover it, if it is the text of a pattern.
    fn candidates<'i>(&'i self, origin: &[u8], mut visit: impl FnMut(&'i Stored)) {
        self.others.iter().filter_map(|number| self.patterns.get(*number as usize)).for_each(&mut visit);
        let mut look = |table, lengths: &Lengths, key: &[u8]| {
            if lengths.contains(key.len()) {
                self.at(table, hash(key), &mut visit);
            }
        };
        let portless = if self.any_port.is_empty() { None } else { Some(without_port(origin)) };
        if let Some(portless) = portless {
            look(&self.any_port, &self.any_port_lengths, portless);
        }
        let port = origin.len() - portless.unwrap_or_default().len();
        from_dots(origin, |suffix| {
            look(&self.suffixes, &self.suffix_lengths, suffix);
            if portless.is_some() {
                let host_end = suffix.len().saturating_sub(port);
                look(&self.any_port, &self.any_port_lengths, suffix.get(..host_end).unwrap_or_default());
            }
        });
    }

    #[inline]
    fn at<'i>(&'i self, table: &Table, hash: u64, visit: &mut impl FnMut(&'i Stored)) {
        table.find(hash, |number| {
            self.patterns.get(number).into_iter().for_each(&mut *visit);
            false
        });
    }

    /// The patterns, in order, each with the number of its rule.
    pub(super) fn patterns(&self) -> impl Iterator<Item = (usize, OriginPattern<'_>)> + Clone {
        self.patterns.iter().map(|stored| (stored.rule as usize, stored.pattern()))
    }

    /// Another pattern, of no later rule, that covers this one.
    pub(super) fn shadow_of<'i>(&'i self, rule: usize, pattern: OriginPattern<'_>) -> Option<&'i str> {
        // With credentials `*` does not stand for the opaque origin.
        let reflected =
            if pattern.shape == Shape::Opaque || pattern.is_file() { usize::MAX } else { self.lowest_any_reflected };
        let any = pattern.shape != Shape::Any && self.lowest_any.min(reflected) <= rule;
        let mut found = any.then_some("*");
        self.candidates(pattern.as_str().as_bytes(), |stored| {
            let other = stored.rule as usize <= rule && &*stored.text != pattern.as_str();
            if other && found.is_none() && stored.pattern().covers(pattern) {
                found = Some(&*stored.text);
            }
        });
        found
    }

    /// The number, among all, of the pattern of this number in its rule.
    pub(super) fn number(&self, rule: usize, index: usize) -> usize {
        // The rules stand one after the other.
        self.patterns.partition_point(|stored| (stored.rule as usize) < rule) + index
    }

    /// Whether there is a pattern for the same host, with `https`.
    pub(super) fn has_https_twin(&self, pattern: OriginPattern<'_>) -> bool {
        let authority = pattern.as_str().get(pattern.scheme().len()..).unwrap_or_default();
        let host = authority.get(..authority.len() - pattern.port().len()).unwrap_or_default();
        // The port of the twin is its own default one, the same one, or any.
        let ports = ["", const_bytes::as_text(pattern.port()), ":*"];
        ports.into_iter().any(|port| self.position(&alloc::format!("https{host}{port}")).is_some())
    }

    /// The number of the first pattern with this text.
    pub(super) fn position(&self, text: &str) -> Option<usize> {
        let pattern = OriginPattern::new(text);
        let (table, hash) = match Place::of(pattern.shape) {
            Place::Exact => (&self.exact, hash(text.as_bytes())),
            Place::Suffix => (&self.suffixes, hash(pattern.after_wildcard())),
            Place::AnyPort => (&self.any_port, hash(before_port(pattern))),
            Place::Other | Place::Any | Place::Nowhere => {
                return self.patterns.iter().position(|stored| &*stored.text == text);
            }
        };
        table.find(hash, |number| self.patterns.get(number).is_some_and(|stored| &*stored.text == text))
    }
}

/// The numbers of the patterns with a wildcard, if one look at each costs less than a look at the tables for each dot.
fn few(patterns: &[Stored]) -> Box<[u32]> {
    let is_wildcard =
        |stored: &Stored| matches!(Place::of(stored.shape), Place::Suffix | Place::AnyPort | Place::Other);
    let wildcards = patterns.iter().zip(0_u32..).filter(|(stored, _)| is_wildcard(stored)).map(|(_, number)| number);
    if wildcards.clone().count() > 8 { Box::from([]) } else { wildcards.collect() }
}

/// Of a pattern with any port, all that precedes the port, or what of that follows the `*`.
fn before_port(pattern: OriginPattern<'_>) -> &[u8] {
    match pattern.shape {
        Shape::Tuple(Tuple { hosts: Hosts::Subdomains, .. }) => pattern.literal_suffix(),
        _ => without_port(pattern.as_str().as_bytes()),
    }
}

/// What precedes the port of an origin or of a pattern: a colon, and five digits at most.
///
/// OPTIMIZATION: the end alone is read. An address ends in its bracket; what ends like a port in another way matches nothing.
fn without_port(text: &[u8]) -> &[u8] {
    let mut rest = text;
    for _ in 0..=5 {
        match rest {
            [before @ .., b':'] => return before,
            [before @ .., b'0'..=b'9' | b'*'] => rest = before,
            _ => break,
        }
    }
    text
}

/// The table that a pattern stands in.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Exact,
    Suffix,
    AnyPort,
    Other,
    Any,
    Nowhere,
}

impl Place {
    fn of(shape: Shape) -> Self {
        match shape {
            Shape::Opaque | Shape::Tuple(Tuple { hosts: Hosts::One, ports: Ports::One, .. }) => Place::Exact,
            Shape::Tuple(Tuple { hosts: Hosts::Label | Hosts::Any, .. }) => Place::Other,
            Shape::Tuple(Tuple { ports: Ports::Any, .. }) => Place::AnyPort,
            Shape::Tuple(Tuple { hosts: Hosts::Subdomains, .. }) => Place::Suffix,
            Shape::Any => Place::Any,
            Shape::Faulty(_) => Place::Nowhere,
        }
    }
}

#[cfg(test)]
mod tests {
    extern crate std;
    use super::{super::table::place, *};
    use std::{format, string::String};

    /// How many slots are looked at for this hash.
    fn steps(table: &Table, hash: u64) -> usize {
        let first = place(hash) & (table.0.len() - 1);
        let slots = table.0.iter().cycle().skip(first);
        slots.take_while(|slot| slot.number != 0).count() + 1
    }

    fn index(count: usize, pattern: impl Fn(usize) -> String) -> (Index, std::vec::Vec<String>) {
        let texts: std::vec::Vec<String> = (0..count).map(pattern).collect();
        let patterns = texts.iter().map(|text| (0, Credentials::Allowed, OriginPattern::new(text)));
        (Index::new(patterns), texts)
    }

    #[test]
    fn who_stands_at_the_place_of_another_is_told_apart() {
        // Of 400,000 such texts these two have one place in a table of one, and one tag.
        let pair = ["https://tenants.abcc95fa40976863", "https://tenants.ac475b321adaa700"];
        let seen = |text: &str| {
            let hash = hash(text.as_bytes());
            (hash & 0xFFFF_FFFF, place(hash) % 4)
        };
        assert_eq!(seen(pair[0]), seen(pair[1]));
        let (index, _) = index(1, |_| pair[0].into());
        assert_eq!(pair.map(|origin| index.find(origin.as_bytes())), [Some(0), None]);
    }

    #[test]
    fn the_cost_does_not_grow_with_the_number_of_origins() {
        for count in [1, 100, 10_000, 100_000] {
            let (index, texts) = index(count, |number| format!("https://app-{number}.example"));
            let looks = texts.iter().map(|text| steps(&index.exact, hash(text.as_bytes())));
            let misses = (0..10_000).map(|number| hash(format!("https://x{number}.example").as_bytes()));
            let miss_looks = misses.map(|hash| steps(&index.exact, hash));
            let (sum, most) = looks.chain(miss_looks).fold((0, 0), |(sum, most), looks| (sum + looks, most.max(looks)));
            assert!(sum <= 4 * (count + 10_000), "{count}: {sum}");
            assert!(most <= 64, "{count}: {most}");
            assert!(texts.iter().all(|text| index.find(text.as_bytes()) == Some(0)));
        }
        let (index, _) = index(10_000, |number| format!("https://*.tenant-{number}.example"));
        for number in 0..10_000 {
            let mut visited = 0;
            let origin = format!("https://a.b.tenant-{number}.example");
            index.candidates(origin.as_bytes(), |_| visited += 1);
            assert_eq!((visited, index.find(origin.as_bytes())), (1, Some(0)));
        }
    }
}
