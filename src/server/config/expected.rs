//! What a field of a configuration may have. An error about a wrong value says it.

use core::fmt;

/// What a field can have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Expected {
    /// A map.
    Map,
    /// A list, or its one element.
    List,
    /// A text.
    Text,
    /// A pattern, or a map with `pattern` and `dangerously_allow`.
    Pattern,
    /// A danger by its name.
    Danger,
    /// `true` or `false`.
    Boolean,
    /// A number of seconds.
    Seconds,
    /// A status.
    Status,
    /// `full` or `minimal`.
    Disclosure,
    /// `browser` or `server`.
    Enforcement,
    /// `replace`, `merge-exposed` or `keep`.
    Upstream,
}

impl Expected {
    /// What is wrong, as a fixed sentence.
    pub(super) const fn text(self) -> &'static str {
        match self {
            Expected::Map => "a rule is a map of fields",
            Expected::List => "the field has a list, or its one element",
            Expected::Text => "the element is a text",
            Expected::Pattern => "a pattern is a text, or a map with `pattern` and `dangerously_allow`",
            Expected::Danger => "no danger has this name",
            Expected::Boolean => "the field is `true` or `false`",
            Expected::Seconds => "the field is a number of seconds, from 0 to 4294967295",
            Expected::Status => "the field is the number of a status",
            Expected::Disclosure => "the field is `full` or `minimal`",
            Expected::Enforcement => "the field is `browser` or `server`",
            Expected::Upstream => "the field is `replace`, `merge-exposed` or `keep`",
        }
    }

    pub(super) const fn fix(self) -> &'static str {
        match self {
            Expected::Map => "write a map, as for the policy itself",
            Expected::List => "write the elements in brackets",
            Expected::Text => "write it in quotes",
            Expected::Pattern => "write the pattern in quotes",
            Expected::Danger => {
                "write `opaque-origin`, `insecure-scheme`, `any-origin`, `public-suffix`, `any-host` or `file-origin`"
            }
            Expected::Boolean => "write `true` or `false`, without quotes",
            Expected::Seconds | Expected::Status => "write a whole number, without quotes",
            Expected::Disclosure | Expected::Enforcement | Expected::Upstream => "write one of these words, in quotes",
        }
    }
}

/// A value that was probably meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Meant {
    /// A number.
    Number(u32),
    /// `true` or `false`.
    Boolean(bool),
    /// A word.
    Word(&'static str),
}

impl fmt::Display for Meant {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Meant::Number(number) => fmt::Display::fmt(number, formatter),
            Meant::Boolean(boolean) => fmt::Display::fmt(boolean, formatter),
            Meant::Word(word) => formatter.write_str(word),
        }
    }
}
