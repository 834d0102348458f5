//! Values that were probably meant by mistaken ones.

use core::fmt;

use super::expected::Meant;
use crate::{
    grammar::{Escaped, const_bytes},
    origin::Suggestion,
    server::pattern::OriginPattern,
};

/// The longest list in one text that is taken apart, in bytes.
const LIST_LIMIT: usize = 4096;

/// Whether each part of a list in one text is a pattern, or has one that was probably meant.
pub(super) const fn are_all_meant(text: &[u8]) -> bool {
    if text.len() > LIST_LIMIT {
        return false;
    }
    let mut start = text;
    let mut rest = text;
    loop {
        let is_end = match rest {
            [] => true,
            [byte, ..] => is_separator(*byte),
        };
        if is_end {
            let part = const_bytes::split_at(start, start.len() - rest.len()).0;
            let pattern = OriginPattern::new(const_bytes::as_text(part));
            if !part.is_empty() && pattern.fault().is_some() && pattern.suggestion().is_none() {
                return false;
            }
        }
        match rest {
            [] => return true,
            [_, tail @ ..] => rest = tail,
        }
        if is_end {
            start = rest;
        }
    }
}

const fn is_separator(byte: u8) -> bool {
    matches!(byte, b',' | b';' | b'|' | b' ' | b'\t' | b'\r' | b'\n')
}

/// What was probably meant: see [`ConfigError::suggestion`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SuggestedValue<'a>(pub(super) Suggested<'a>);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(clippy::large_enum_variant, reason = "nothing allocates, and it does not live long")]
pub(super) enum Suggested<'a> {
    Pattern(Suggestion),
    /// A list in one text.
    List(&'a str),
    Word(&'static str),
    Meant(Meant),
}

/// Writes it in backticks; of a list, each element.
impl fmt::Display for SuggestedValue<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Suggested::Pattern(suggestion) => write!(formatter, "`{suggestion}`"),
            Suggested::Word(word) => write!(formatter, "`{word}`"),
            Suggested::Meant(meant) => write!(formatter, "`{meant}`"),
            Suggested::List(text) => {
                let is_separator = |character| u8::try_from(character).is_ok_and(is_separator);
                let parts = text.split(is_separator).filter(|part| !part.is_empty());
                parts.enumerate().try_for_each(|(number, part)| {
                    let separator = if number == 0 { "" } else { ", " };
                    match OriginPattern::new(part).suggestion() {
                        Some(suggestion) => write!(formatter, "{separator}`{suggestion}`"),
                        None => write!(formatter, "{separator}`{}`", Escaped(part)),
                    }
                })
            }
        }
    }
}
