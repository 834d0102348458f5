//! One line of a head: status lines, request lines, header lines.

use fetch_cors::header::HeaderName;

use crate::{
    error::MistakeKind,
    exchange::{Colon, HeaderLine},
    names::is_known,
};

/// `HTTP/1.1 204 No Content`, `HTTP/2 204`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct StatusLine<'t> {
    pub(crate) status: u16,
    pub(crate) phrase: &'t [u8],
}

/// `OPTIONS /items HTTP/1.1`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct SentLine<'t> {
    pub(crate) method: &'t str,
    pub(crate) target: &'t str,
}

/// The part before the first blank, and the part after it.
fn split_at_blank(text: &[u8]) -> Option<(&[u8], &[u8])> {
    let blank = text.iter().position(|byte| *byte == b' ')?;
    Some((text.get(..blank)?, text.get(blank + 1..)?))
}

fn is_version(text: &[u8]) -> bool {
    matches!(text, [digit] if digit.is_ascii_digit())
        || matches!(text, [major, b'.', minor] if major.is_ascii_digit() && minor.is_ascii_digit())
}

/// The version in `H3 200 OK`, as Safari writes it, and what comes after it.
fn short_version(line: &[u8]) -> Option<&[u8]> {
    line.strip_prefix(b"H").filter(|rest| matches!(rest, [b'2' | b'3', b' ', ..]))
}

impl<'t> StatusLine<'t> {
    pub(crate) fn of(line: &'t [u8]) -> Option<Self> {
        let (version, rest) = split_at_blank(line.strip_prefix(b"HTTP/").or_else(|| short_version(line))?)?;
        let (status, phrase) = rest.split_at_checked(3)?;
        let ends = matches!(phrase, [] | [b' ' | b'\t', ..]) && !phrase.contains(&b'\r');
        let status =
            core::str::from_utf8(status).ok().filter(|status| status.bytes().all(|byte| byte.is_ascii_digit()))?;
        (is_version(version) && ends)
            .then_some(StatusLine { status: status.parse().ok()?, phrase: phrase.trim_ascii() })
    }

    /// Whether a line is a faulty status line: it has a version and a number.
    pub(crate) fn is_broken(line: &[u8]) -> bool {
        let Some(rest) = line.strip_prefix(b"HTTP/") else { return false };
        // A blank may be another character, as pages have it.
        let is_of_version = |byte: &u8| byte.is_ascii_digit() || *byte == b'.';
        let version_end = rest.iter().position(|byte| !is_of_version(byte)).unwrap_or(rest.len());
        let (version, rest) = rest.split_at_checked(version_end).unwrap_or_default();
        let is_number = |byte: &u8| byte.is_ascii_digit() || !byte.is_ascii();
        !version.is_empty() && rest.trim_ascii().first().is_none_or(is_number) && StatusLine::of(line).is_none()
    }
}

impl<'t> SentLine<'t> {
    pub(crate) fn of(line: &'t [u8]) -> Option<Self> {
        let line = core::str::from_utf8(line).ok()?;
        let (method, rest) = line.split_once(' ')?;
        let (target, version) = rest.trim_end().rsplit_once(' ')?;
        let is_method = !method.is_empty() && method.bytes().all(|byte| byte.is_ascii_alphabetic() || byte == b'-');
        let is_target = target.starts_with('/') || target == "*" || target.contains("://") || method == "CONNECT";
        let version = if matches!(version, "H2" | "H3") { "2" } else { version.strip_prefix("HTTP/")? };
        (is_method && is_target && is_version(version.as_bytes())).then_some(SentLine { method, target })
    }
}

impl<'t> SentLine<'t> {
    /// `PUT /items`, as Safari writes it if it got no answer.
    pub(crate) fn without_version(line: &'t [u8]) -> Option<Self> {
        const METHODS: [&str; 7] = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];
        let (method, target) = core::str::from_utf8(line).ok()?.split_once(' ')?;
        let is_path = target.starts_with('/') && !target.contains(' ');
        (METHODS.contains(&method) && is_path).then_some(SentLine { method, target })
    }
}

/// A header line.
pub(crate) fn header_line(line: &[u8]) -> Result<HeaderLine, MistakeKind> {
    // The first colon of `:status` belongs to the name.
    let name_start = usize::from(line.first() == Some(&b':'));
    let after = line.get(name_start..).unwrap_or_default();
    let colon = || Some(after.iter().position(|byte| *byte == b':')? + name_start);
    let colon = tab(line).or_else(colon).ok_or(MistakeKind::NoColon)?;
    let (name, value) = line.split_at_checked(colon).unwrap_or_default();
    let without_blank = name.trim_ascii_end();
    let text = core::str::from_utf8(without_blank).map_err(|_| MistakeKind::HeaderName)?;
    let pseudo = text.strip_prefix(':').filter(|name| PSEUDO.contains(name));
    if pseudo.is_none() && HeaderName::new(text).is_err() {
        return Err(MistakeKind::HeaderName);
    }
    let colon = if without_blank.len() < name.len() { Colon::AfterBlank } else { Colon::AfterName };
    Ok(HeaderLine { name: text.into(), value: value.get(1..).unwrap_or_default().trim_ascii().into(), colon })
}

/// The tab between a known name and its value, as in a row of a table.
fn tab(line: &[u8]) -> Option<usize> {
    let tab = line.iter().position(|byte| *byte == b'\t')?;
    core::str::from_utf8(line.get(..tab)?).ok().filter(|name| is_known(name)).map(|_| tab)
}

/// The pseudo-header fields of HTTP/2, without their colon.
pub(crate) const PSEUDO: [&str; 6] = ["status", "method", "authority", "scheme", "path", "protocol"];
