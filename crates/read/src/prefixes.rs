//! Texts that a log writes before each line: a time, the name of a container, a number, the sign of a diff.

use crate::{
    heads::{SentLine, StatusLine, header_line},
    names::is_known,
};

/// The longest prefix, in bytes.
const PREFIX: usize = 100;
/// How many bytes of a line are looked at.
const LINE: usize = 4_096;

/// The text with blanks in place of such prefixes, or nothing if it has none. Columns stay as they are.
pub(crate) fn blanked(text: &[u8]) -> Option<Vec<u8>> {
    if let Some(unquoted) = unquoted(text) {
        return Some(unquoted);
    }
    let mut out: Option<Vec<u8>> = None;
    let (mut at, mut open): (usize, Option<Vec<u8>>) = (0, None);
    for line in text.split_inclusive(|byte| *byte == b'\n') {
        let next = text.get(at + line.len()..).unwrap_or_default();
        if !open.as_deref().is_some_and(|prefix| has(line, prefix)) {
            open = start(line, next);
        }
        if let Some(length) = open.as_ref().map(|prefix| prefix.len().min(line.trim_ascii_end().len())) {
            let blanked = out.get_or_insert_with(|| text.to_vec());
            blanked.get_mut(at..at + length).unwrap_or_default().fill(b' ');
        }
        at += line.len();
    }
    out
}

/// The text without the `>` of a mail, if each line has it.
fn unquoted(text: &[u8]) -> Option<Vec<u8>> {
    let mut lines = text.split(|byte| *byte == b'\n').filter(|line| !line.trim_ascii().is_empty()).peekable();
    lines.peek()?;
    lines.all(|line| line.trim_ascii_start().first() == Some(&b'>')).then_some(())?;
    let mut out = text.to_vec();
    for line in out.split_mut(|byte| *byte == b'\n') {
        let sign = line.iter_mut().find(|byte| **byte == b'>');
        if let Some(sign) = sign {
            *sign = b' ';
        }
    }
    Some(out)
}

/// The prefix of a line in its shape: digits and blanks are alike.
fn shape(prefix: &[u8]) -> Vec<u8> {
    prefix.iter().map(|byte| if byte.is_ascii_digit() || *byte == b' ' { b'0' } else { *byte }).collect()
}

/// Whether a line begins with a prefix of this shape. Without its last blanks, it may be all of the line.
fn has(line: &[u8], prefix: &[u8]) -> bool {
    let line = line.trim_ascii_end();
    let own = shape(line.get(..prefix.len()).unwrap_or(line));
    prefix.strip_prefix(&*own).is_some_and(|rest| rest.iter().all(|byte| *byte == b'0'))
}

/// The shape of the prefix before the first line of a head, if the next line has it too.
fn start(line: &[u8], next: &[u8]) -> Option<Vec<u8>> {
    let line = line.get(..LINE).unwrap_or(line).trim_ascii_end();
    let next = next.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let mut places = (1..line.len().min(PREFIX)).filter(|at| is_boundary(line, *at));
    let found = places.find_map(|at| {
        let (prefix, rest) = line.split_at_checked(at)?;
        let is_prefix =
            is_of_log(prefix) && begins_head(rest) || SIGNS.contains(&prefix.trim_ascii()) && begins_exchange(rest);
        is_prefix.then(|| shape(prefix))
    });
    found.filter(|prefix| has(next, prefix))
}

/// Signs of diffs and comments.
const SIGNS: [&[u8]; 4] = [b"+", b"-", b"//", b"#"];

/// Whether a log may write this before a line: it has a number, or a bar, and nothing of a command or of code.
fn is_of_log(prefix: &[u8]) -> bool {
    let has = |signs: &[u8]| prefix.iter().any(|byte| signs.contains(byte));
    let is_numbered = prefix.iter().any(u8::is_ascii_digit);
    (is_numbered || has(b"|")) && !has(b"'\"`&=$\\<>{}") && prefix.first() != Some(&b'-')
}

/// Whether a word begins at this offset.
fn is_boundary(line: &[u8], at: usize) -> bool {
    let before = at.checked_sub(1).and_then(|at| line.get(at));
    before.is_some_and(|before| matches!(before, b' ' | b'\t' | b'|' | b'+' | b'-')) && line.get(at) != Some(&b' ')
}

/// Whether a text begins a request or an answer, perhaps with the sign of `curl -v`.
fn begins_exchange(text: &[u8]) -> bool {
    let text = text.strip_prefix(b"< ").or(text.strip_prefix(b"> ")).unwrap_or(text);
    StatusLine::of(text).is_some() || SentLine::of(text).is_some()
}

fn begins_head(text: &[u8]) -> bool {
    begins_exchange(text) || header_line(text).is_ok_and(|line| is_known(&line.name) && line.name.contains('-'))
}
