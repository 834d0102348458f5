//! Texts that are not origins but words, URLs without a host, or regular expressions.

use crate::grammar::{self, const_bytes as bytes};

/// The kind of a text that is not an origin.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Whole {
    /// A word that means every origin.
    WordForAny,
    /// `null`, with upper-case letters.
    WordForNull,
    /// Another word of other configurations.
    Word,
    /// `file:` without the slashes.
    File,
    /// A URL whose scheme has no host.
    WithoutHost,
    /// A variable that nothing has expanded.
    Variable,
    RegularExpression,
    /// Two schemes, one after the other.
    TwoSchemes,
}

impl Whole {
    /// The kind of a text that does not name a host. The caller has removed blanks and quotes around it.
    pub(crate) const fn of(text: &[u8]) -> Option<Self> {
        let is_null = grammar::eq_ignore_ascii_case(text, b"null");
        if is_null && !matches!(text, b"null") {
            return Some(Whole::WordForNull);
        }
        if is_one_of(text, &["any", "all"]) {
            return Some(Whole::WordForAny);
        }
        if is_one_of(text, &WORDS) {
            return Some(Whole::Word);
        }
        if let Some(rest) = after_scheme(text, &["file:"]) {
            return if matches!(rest, [b'/', b'/', ..]) { None } else { Some(Whole::File) };
        }
        if let Some(rest) = after_scheme(text, &WITHOUT_HOST) {
            return if matches!(rest, [b'/', b'/', ..]) { None } else { Some(Whole::WithoutHost) };
        }
        if has_two_schemes(text) {
            return Some(Whole::TwoSchemes);
        }
        match find_foreign(text) {
            Some(Foreign::Variable) => Some(Whole::Variable),
            Some(Foreign::Expression) => Some(Whole::RegularExpression),
            None => None,
        }
    }
}

const WORDS: [&str; 14] = [
    "true",
    "false",
    "yes",
    "no",
    "on",
    "off",
    "none",
    "self",
    "origin",
    "same-origin",
    "undefined",
    "default",
    "http",
    "https",
];

const WITHOUT_HOST: [&str; 6] = ["about:", "data:", "blob:", "javascript:", "mailto:", "view-source:"];

const fn is_one_of(text: &[u8], mut words: &[&str]) -> bool {
    while let [word, rest @ ..] = words {
        if grammar::eq_ignore_ascii_case(text, word.as_bytes()) {
            return true;
        }
        words = rest;
    }
    false
}

/// The text after one of these schemes, which include their colons.
pub(super) const fn after_scheme<'t>(text: &'t [u8], mut schemes: &[&str]) -> Option<&'t [u8]> {
    while let [scheme, rest @ ..] = schemes {
        let (start, after) = bytes::split_at(text, scheme.len());
        if grammar::eq_ignore_ascii_case(start, scheme.as_bytes()) {
            return Some(after);
        }
        schemes = rest;
    }
    None
}

/// The text after the first of two schemes.
pub(super) const fn after_first_scheme(text: &[u8]) -> &[u8] {
    match after_scheme(text, &["https://", "http://"]) {
        Some(rest) => rest,
        None => text,
    }
}

const fn has_two_schemes(text: &[u8]) -> bool {
    let rest = after_first_scheme(text);
    rest.len() < text.len() && after_scheme(rest, &["https:/", "http:/"]).is_some()
}

enum Foreign {
    Variable,
    Expression,
}

/// The first sign of a regular expression or of a variable.
const fn find_foreign(text: &[u8]) -> Option<Foreign> {
    if let [b'^', ..] | [.., b'$'] = text {
        return Some(Foreign::Expression);
    }
    let mut rest = text;
    let mut before = b'/';
    while let [byte, tail @ ..] = rest {
        match rest {
            [b'$', b'{' | b'(' | b'A'..=b'Z' | b'a'..=b'z' | b'_', ..] | [b'{', b'{', ..] => {
                return Some(Foreign::Variable);
            }
            [b'\\', b'.' | b'/' | b'd' | b'w' | b'S' | b's' | b'-' | b':', ..]
            | [b')', b'?' | b'+' | b'*', ..]
            | [b'(', b'?', ..]
            | [b']', b'+' | b'*' | b'{', ..]
            | [b's', b'?', b':', ..] => return Some(Foreign::Expression),
            [b'.', b'*' | b'+', ..] if matches!(before, b'/' | b'(') => return Some(Foreign::Expression),
            _ => {}
        }
        before = *byte;
        rest = tail;
    }
    None
}
