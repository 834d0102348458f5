//! The patterns of a policy, in one text.

extern crate alloc;

use alloc::{boxed::Box, string::String, vec::Vec};

use crate::server::pattern::{Dangers, OriginPattern};

/// Patterns, numbered from 0: their texts one after the other, and the number of each one's rule.
///
/// A pattern takes eight bytes besides its text. Its shape is parsed again where lints ask for it.
pub(super) struct Arena {
    text: Box<str>,
    /// One entry for each pattern, and a last one for the end of the text.
    entries: Box<[Entry]>,
    /// The numbers of the patterns that spell out dangers, ascending.
    dangers: Box<[(u32, Dangers)]>,
}

#[derive(Clone, Copy)]
struct Entry {
    /// Where the text of the pattern starts.
    start: u32,
    rule: u32,
}

impl Arena {
    /// Copies patterns, each with the number of its rule, the numbers ascending.
    pub(super) fn new<'a>(patterns: impl Iterator<Item = (u32, OriginPattern<'a>)> + Clone) -> Self {
        let (count, bytes) =
            patterns.clone().fold((0, 0), |(count, bytes), (_, pattern)| (count + 1, bytes + pattern.as_str().len()));
        let (mut text, mut entries) = (String::with_capacity(bytes), Vec::with_capacity(count + 1));
        let mut dangers = Vec::new();
        for ((rule, pattern), number) in patterns.zip(0..) {
            entries.push(Entry { start: offset(text.len()), rule });
            text.push_str(pattern.as_str());
            if pattern.dangers != Dangers::NONE {
                dangers.push((number, pattern.dangers));
            }
        }
        entries.push(Entry { start: offset(text.len()), rule: u32::MAX });
        Arena { text: text.into(), entries: entries.into(), dangers: dangers.into() }
    }

    pub(super) fn len(&self) -> usize {
        self.entries.len().saturating_sub(1)
    }

    /// The text of the pattern of this number, and the number of its rule.
    #[inline(always)]
    pub(super) fn get(&self, number: u32) -> Option<(&str, usize)> {
        let [entry, next] = self.entries.get(number as usize..)?.first_chunk()?;
        let text = self.text.get(entry.start as usize..next.start as usize)?;
        Some((text, entry.rule as usize))
    }

    /// The text of the pattern of this number, as bytes, and the number of its rule.
    // OPTIMIZATION: slicing bytes needs no check for character boundaries, which saves about ten instructions. The bytes are equal.
    #[inline(always)]
    pub(super) fn bytes(&self, number: u32) -> Option<(&[u8], usize)> {
        let [entry, next] = self.entries.get(number as usize..)?.first_chunk()?;
        let text = self.text.as_bytes().get(entry.start as usize..next.start as usize)?;
        Some((text, entry.rule as usize))
    }

    /// The text of the pattern of this number; empty if no pattern has it.
    pub(super) fn text(&self, number: u32) -> &str {
        self.get(number).map_or("", |(text, _)| text)
    }

    pub(super) fn pattern(&self, number: u32) -> OriginPattern<'_> {
        let place = self.dangers.binary_search_by_key(&number, |entry| entry.0).ok();
        let dangers = place.and_then(|place| self.dangers.get(place)).map_or(Dangers::NONE, |entry| entry.1);
        let pattern = OriginPattern::new(self.text(number));
        OriginPattern::from_parts(pattern.as_str(), pattern.shape, dangers)
    }

    /// The patterns, in order, each with the number of its rule.
    pub(super) fn patterns(&self) -> impl Iterator<Item = (usize, OriginPattern<'_>)> + Clone {
        let rules = self.entries.iter().take(self.len()).map(|entry| entry.rule as usize);
        rules.zip(0..).map(|(rule, number)| (rule, self.pattern(number)))
    }

    /// The number of the first pattern of a rule.
    pub(super) fn first_of(&self, rule: usize) -> usize {
        // The rules follow each other.
        self.entries.partition_point(|entry| (entry.rule as usize) < rule)
    }
}

// AD-HOC: offsets have four bytes. A pattern that starts beyond 4 GiB of text has an empty one, and matches nothing.
fn offset(bytes: usize) -> u32 {
    u32::try_from(bytes).unwrap_or(u32::MAX)
}
