//! The values that a line of a console quotes.

use super::plain::{after, around, is_quote};
use crate::grammar;

/// The values that a line of a console quotes, as they are. They may come from anywhere: escape them before you print them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Quoted<'a> {
    /// The URL that was requested.
    pub url: Option<&'a str>,
    /// The origin of the page.
    pub origin: Option<&'a str>,
    /// The URL that redirected there.
    pub redirected_from: Option<&'a str>,
    /// The name of a header.
    pub header: Option<&'a str>,
    /// The method.
    pub method: Option<&'a str>,
    /// The value of a header.
    pub value: Option<&'a str>,
    /// The status of the response.
    pub status: Option<u16>,
}

/// Texts before a URL.
const BEFORE_URL: [&str; 12] = [
    "access to fetch at",
    "access to xmlhttprequest at",
    "access to script at",
    "access to font at",
    "access to image at",
    "access to css stylesheet at",
    "access to manifest at",
    "access to internal resource at",
    "access to resource at",
    "resource at",
    "cannot load",
    "failed to load",
];

const BEFORE_ORIGIN: [&str; 3] = ["from origin", "origin '", "origin "];

const BEFORE_HEADER: [&str; 6] = [
    "request header field",
    "unsafe header",
    "missing token",
    "forbidden header was denied:",
    "(reason: header",
    "cors-kopfzeile",
];

const BEFORE_VALUE: [&str; 8] = [
    "contains multiple values",
    "contains the invalid value",
    "header has a value",
    "does not match",
    "invalid token",
    "header in the response is",
    "credentials' header is",
    "has an invalid value:",
];

const BEFORE_STATUS: [&str; 9] = [
    "status code:",
    "http status code",
    "statuscode:",
    "code d\u{2019}\u{e9}tat :",
    "\u{72b6}\u{6001}\u{7801}\u{ff1a}",
    "c\u{f3}digo de estado:",
    "net::err_failed",
    "net::err_aborted",
    "response code:",
];

impl<'a> Quoted<'a> {
    pub(super) fn of(line: &'a str) -> Self {
        let first = |places: &[&str]| places.iter().find_map(|place| word(after(line, place)?));
        let header = first(&BEFORE_HEADER).filter(|name| is_token(name));
        Quoted {
            url: first(&BEFORE_URL).filter(|url| url.as_bytes().contains(&b':')).map(without_stop),
            origin: origin(line),
            redirected_from: ["redirected from", "redirect from"].iter().find_map(|place| word(after(line, place)?)),
            header,
            method: method(line).filter(|method| is_token(method)),
            value: first(&BEFORE_VALUE),
            status: BEFORE_STATUS
                .into_iter()
                .find_map(|place| number(after(line, place)?))
                .or_else(|| of_options(line)),
        }
    }
}

/// The origin is before the first sentence that speaks of it: `from origin 'X'`, `Origin 'X' is …`, `Origin X is …`.
fn origin(line: &str) -> Option<&str> {
    // After these words, `from origin` names the origin of the loaded URL.
    let line = after(line, "has been blocked from loading by").unwrap_or(line);
    BEFORE_ORIGIN.into_iter().find_map(|place| {
        let mut rest = after(line, place)?;
        loop {
            // The quote may be the end of `place`.
            let found = if place.ends_with('\'') { rest.split(is_quote).next() } else { word(rest) };
            // An origin has no blank: after a closing quote comes a sentence.
            let is_origin = |found: &&str| !found.as_bytes().contains(&b' ') && after(found, "://").is_some();
            if let Some(found) = found.filter(|found| *found == "null" || is_origin(found)) {
                return Some(found);
            }
            rest = after(rest, place)?;
        }
    })
}

/// The method comes before the header that does not allow it.
fn method(line: &str) -> Option<&str> {
    // The line may end before these words.
    let Some((before, _)) = around(line, "is not allowed by access-control-allow-methods") else {
        return word(after(line, "by cors policy: method")?);
    };
    before.split_ascii_whitespace().next_back().map(|word| word.trim_matches(is_quote))
}

/// The status after a URL: `OPTIONS https://a.example/ 405 (Method Not Allowed)`.
fn of_options(line: &str) -> Option<u16> {
    let (_, rest) = grammar::split_once(after(line, "options http")?, " ")?;
    number(rest)
}

/// The word or the quoted text that `rest` starts with.
#[allow(clippy::manual_pattern_char_comparison, reason = "the search for a character holds a panic path")]
fn word(rest: &str) -> Option<&str> {
    let rest = rest.trim_start();
    let first = rest.chars().next()?;
    if !is_quote(first) {
        return rest.split(char::is_whitespace).next();
    }
    let closing = match first {
        '\u{2018}' => '\u{2019}',
        '\u{201c}' => '\u{201d}',
        '\u{ab}' => '\u{bb}',
        '\u{300c}' => '\u{300d}',
        other => other,
    };
    let inside = rest.get(first.len_utf8()..)?;
    inside.split(|character| character == closing).next()
}

/// A URL without the stop or the quote at the end of its sentence.
pub(super) fn without_stop(url: &str) -> &str {
    let mut url = url;
    while let Some(shorter) = url.strip_suffix(['.', ',', ';', ':', ')']) {
        url = shorter;
    }
    url
}

fn number(rest: &str) -> Option<u16> {
    let rest = rest.trim_start();
    let digits = rest.split(|character: char| !character.is_ascii_digit()).next()?;
    digits.parse().ok().filter(|status| (100..=999).contains(status))
}

fn is_token(text: &str) -> bool {
    crate::header::HeaderName::new(text).is_ok()
}
