//! What was probably meant by a mistake in a policy.

use core::fmt;

use super::{
    error::{ConfigError, ConfigReason},
    expected::Meant,
};
use crate::{
    grammar::{self, Escaped, const_bytes},
    origin::Suggestion,
    server::pattern::{OriginPattern, PatternFault, PatternReason},
};

impl<'a> ConfigError<'a> {
    /// What was probably meant, to be written in place of the value.
    pub const fn suggestion(&self) -> Option<SuggestedValue<'a>> {
        match self.reason {
            ConfigReason::Pattern(PatternFault { reason: PatternReason::SeveralOrigins, .. }) => {
                if are_all_meant(self.value.as_bytes()) {
                    Some(SuggestedValue(Suggested::List(self.value)))
                } else {
                    None
                }
            }
            ConfigReason::Pattern(_) => match OriginPattern::new(self.value).suggestion() {
                Some(suggestion) => Some(SuggestedValue(Suggested::Pattern(suggestion))),
                None => None,
            },
            ConfigReason::NotAToken { .. } if are_all_names(self.value.as_bytes()) => {
                Some(SuggestedValue(Suggested::Names(self.value)))
            }
            ConfigReason::MethodCase { sent_as } => Some(SuggestedValue(Suggested::Word(sent_as))),
            ConfigReason::UnknownField { meant: Some(name) } => Some(SuggestedValue(Suggested::Word(name))),
            ConfigReason::WrongValue { meant: Some(meant), .. } => Some(SuggestedValue(Suggested::Meant(meant))),
            _ => None,
        }
    }
}

/// The longest list in one text that is taken apart, in bytes.
const LIST_LIMIT: usize = 4096;

/// Whether each part of a list in one text is a pattern, or has one that was probably meant.
const fn are_all_meant(text: &[u8]) -> bool {
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

/// Whether a text is a list of names. A token may have a `|` in it.
const fn are_all_names(text: &[u8]) -> bool {
    if text.len() > LIST_LIMIT {
        return false;
    }
    let mut rest = text;
    let mut has_name = false;
    while let [byte, tail @ ..] = rest {
        let is_of_name = grammar::find_non_token(&[*byte]).is_none();
        if !is_of_name && !is_separator(*byte) {
            return false;
        }
        has_name |= is_of_name;
        rest = tail;
    }
    has_name
}

/// The first name of a list in one text, and what follows it. `None` after the last name.
pub(super) const fn split_name(list: &[u8]) -> Option<(&[u8], &[u8])> {
    let mut start = list;
    while let [byte, tail @ ..] = start
        && grammar::find_non_token(&[*byte]).is_some()
    {
        start = tail;
    }
    if start.is_empty() {
        return None;
    }
    let end = match grammar::find_non_token(start) {
        Some(end) => end,
        None => start.len(),
    };
    Some(const_bytes::split_at(start, end))
}

const fn is_separator(byte: u8) -> bool {
    matches!(byte, b',' | b';' | b'|' | b' ' | b'\t' | b'\r' | b'\n')
}

/// What was probably meant: see [`ConfigError::suggestion`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct SuggestedValue<'a>(pub(super) Suggested<'a>);

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(clippy::large_enum_variant, reason = "nothing allocates, and it does not live long")]
pub(super) enum Suggested<'a> {
    Pattern(Suggestion),
    /// A list in one text.
    List(&'a str),
    /// A list of names in one text.
    Names(&'a str),
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
            Suggested::Names(text) => {
                let (mut rest, mut separator) = (text.as_bytes(), "");
                while let Some((name, after)) = split_name(rest) {
                    write!(formatter, "{separator}`{}`", name.escape_ascii())?;
                    (rest, separator) = (after, ", ");
                }
                Ok(())
            }
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
